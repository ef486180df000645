//! How the terminal shows pictures: what is set, what it answered, what its environment says.

use std::env;

use crate::config::ImagesChoice;
use crate::picture::{Cell, Depth, Drawing, Means};
use crate::ui::theme::Theme;

/// What the terminal answered about pictures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Graphics {
    /// Whether it took a picture of kitty's protocol.
    pub(super) has_kitty: bool,
    /// Whether sixels are among its attributes (DA1).
    pub(super) has_sixel: bool,
    /// What it calls itself (XTVERSION).
    pub(super) name: String,
    pub(super) cell: Option<Cell>,
}

/// What is known without asking.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    term: String,
    program: String,
    colours: String,
    /// By the size of the terminal in pixels, where it is known.
    cell: Option<Cell>,
    is_colourless: bool,
}

impl Environment {
    pub(super) fn read(cell: Option<Cell>, theme: Theme) -> Environment {
        let value = |name| env::var(name).unwrap_or_default();
        Environment {
            term: value("TERM"),
            program: value("TERM_PROGRAM"),
            colours: value("COLORTERM"),
            cell,
            is_colourless: !theme.has_colours(),
        }
    }
}

/// The best that the terminal can, or what is set; none where nothing is left.
pub(super) fn drawing(choice: ImagesChoice, graphics: &Graphics, environment: &Environment) -> Option<Drawing> {
    let cell = graphics.cell.or(environment.cell);
    let half_blocks = half_blocks(environment).map(Means::HalfBlocks);
    let names_iterm2 = |name: &str| name.starts_with("iTerm") || name.starts_with("WezTerm");
    let means = match choice {
        ImagesChoice::Off => None,
        ImagesChoice::HalfBlocks => half_blocks,
        ImagesChoice::Kitty => Some(Means::Kitty),
        ImagesChoice::Iterm2 => Some(Means::Iterm2),
        ImagesChoice::Sixel => Some(Means::Sixel),
        ImagesChoice::Auto if graphics.has_kitty => Some(Means::Kitty),
        ImagesChoice::Auto if names_iterm2(&graphics.name) || names_iterm2(&environment.program) => Some(Means::Iterm2),
        // Strips of sixels meet only where the height of a cell is known.
        ImagesChoice::Auto if graphics.has_sixel && cell.is_some() => Some(Means::Sixel),
        ImagesChoice::Auto => half_blocks,
    };
    let means = means?;
    let cell = match (means, cell.unwrap_or(Cell::USUAL)) {
        // What a pixel is on the screen does not count for half-blocks, only the shape of a cell.
        (Means::HalfBlocks(_), cell) => {
            let height = u32::from(cell.height) * u32::from(Cell::USUAL.width) / u32::from(cell.width);
            Cell { width: Cell::USUAL.width, height: (height as u16).clamp(8, 32) }
        }
        (_, cell) => cell,
    };
    Some(Drawing { means, cell })
}

/// The colours for half-blocks; none where a terminal has too few.
fn half_blocks(environment: &Environment) -> Option<Depth> {
    let is_full =
        matches!(environment.colours.as_str(), "truecolor" | "24bit") || environment.term.ends_with("-direct");
    let has_few = ["linux", "vt", "ansi", "cons"].iter().any(|name| environment.term.starts_with(name));
    match () {
        () if environment.is_colourless => None,
        () if is_full => Some(Depth::Full),
        () if has_few => None,
        () => Some(Depth::Palette),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(term: &str, program: &str, colours: &str) -> Environment {
        let [term, program, colours] = [term, program, colours].map(str::to_owned);
        Environment { term, program, colours, ..Environment::default() }
    }

    fn answers(kitty: &str, sixel: &str, name: &str, cell: Option<Cell>) -> Graphics {
        Graphics { has_kitty: !kitty.is_empty(), has_sixel: !sixel.is_empty(), name: name.to_owned(), cell }
    }

    #[test]
    fn the_best_is_taken() {
        let cell = Cell::told(10, 20);
        let xterm = environment("xterm-256color", "", "");
        let full = environment("xterm-256color", "", "truecolor");
        let tmux = environment("tmux-256color", "tmux", "truecolor");
        let check = |choice, graphics: &Graphics, environment: &Environment, expected: Option<Means>| {
            assert_eq!(drawing(choice, graphics, environment).map(|drawing| drawing.means), expected, "{graphics:?}");
        };
        let auto = ImagesChoice::Auto;
        let (in_full, in_palette) = (Some(Means::HalfBlocks(Depth::Full)), Some(Means::HalfBlocks(Depth::Palette)));
        check(auto, &answers("y", "y", "WezTerm 2024", cell), &full, Some(Means::Kitty));
        check(auto, &answers("", "y", "WezTerm 2024", cell), &full, Some(Means::Iterm2));
        check(auto, &answers("", "y", "XTerm(390)", cell), &full, Some(Means::Sixel));
        check(auto, &answers("", "y", "XTerm(390)", None), &full, in_full);
        check(auto, &answers("", "", "tmux 3.4", cell), &tmux, in_full);
        check(auto, &answers("", "y", "tmux 3.4", cell), &tmux, Some(Means::Sixel));
        check(auto, &Graphics::default(), &environment("xterm-256color", "iTerm.app", ""), Some(Means::Iterm2));
        check(auto, &Graphics::default(), &xterm, in_palette);
        check(auto, &Graphics::default(), &environment("linux", "", ""), None);
        check(auto, &Graphics::default(), &Environment { is_colourless: true, ..full.clone() }, None);
        check(ImagesChoice::Off, &answers("y", "y", "", cell), &full, None);
        check(ImagesChoice::HalfBlocks, &answers("y", "y", "", cell), &full, in_full);
        check(ImagesChoice::Sixel, &Graphics::default(), &full, Some(Means::Sixel));
        check(ImagesChoice::Kitty, &Graphics::default(), &tmux, Some(Means::Kitty));
    }

    #[test]
    fn cells_are_what_is_told() {
        let environment = Environment { cell: Cell::told(9, 18), ..environment("x", "", "24bit") };
        let cell = |choice, cell| drawing(choice, &answers("", "", "", cell), &environment).map(|drawing| drawing.cell);
        assert_eq!(cell(ImagesChoice::Kitty, Cell::told(10, 20)), Cell::told(10, 20));
        assert_eq!(cell(ImagesChoice::Kitty, None), Cell::told(9, 18));
        assert_eq!(cell(ImagesChoice::HalfBlocks, Cell::told(20, 50)), Cell::told(8, 20));
        assert_eq!((Cell::told(0, 16), Cell::told(8, 9000)), (None, None));
    }
}
