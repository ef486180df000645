//! How the terminal shows pictures: what is set, what it answered, what its environment says.

use std::env;

use crate::config::ImagesChoice;
use crate::picture::{self, Cell, Drawing, Means};
use crate::ui::theme::Depth;

/// What the terminal answered about pictures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Graphics {
    /// Whether sixels are among its attributes (DA1).
    pub(super) has_sixel: bool,
    /// What it calls itself (XTVERSION).
    pub(super) name: String,
    pub(super) cell: Option<Cell>,
}

/// What is known without asking.
#[derive(Debug, Clone)]
pub(super) struct Environment {
    /// What the terminal calls itself there (`TERM_PROGRAM`).
    program: String,
    /// What kind of terminal it is (`TERM`).
    kind: String,
    /// By the size of the terminal in pixels, where it is known.
    cell: Option<Cell>,
    depth: Depth,
}

impl Environment {
    pub(super) fn read(cell: Option<Cell>, depth: Depth) -> Environment {
        let said = |name| env::var(name).unwrap_or_default();
        Environment { program: said("TERM_PROGRAM"), kind: said("TERM"), cell, depth }
    }
}

/// The best that the terminal can, or what is set; none where nothing is left.
pub(super) fn drawing(choice: ImagesChoice, graphics: &Graphics, environment: &Environment) -> Option<Drawing> {
    let cell = graphics.cell.or(environment.cell);
    let half_blocks = half_blocks(environment.depth).map(Means::HalfBlocks);
    // Asking by kitty's own protocol would take an APC, which older terminals show as words: its name says enough.
    let names_kitty =
        |name: &str| ["kitty", "xterm-kitty", "ghostty", "xterm-ghostty"].iter().any(|known| name.starts_with(known));
    let names_iterm2 = |name: &str| name.starts_with("iTerm") || name.starts_with("WezTerm");
    let means = match choice {
        ImagesChoice::Off => None,
        ImagesChoice::HalfBlocks => half_blocks,
        ImagesChoice::Kitty => Some(Means::Kitty),
        ImagesChoice::Iterm2 => Some(Means::Iterm2),
        ImagesChoice::Sixel => Some(Means::Sixel),
        ImagesChoice::Auto if names_kitty(&graphics.name) || names_kitty(&environment.kind) => Some(Means::Kitty),
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
fn half_blocks(depth: Depth) -> Option<picture::Depth> {
    match depth {
        Depth::Truecolor => Some(picture::Depth::Full),
        Depth::Indexed => Some(picture::Depth::Palette),
        Depth::Named | Depth::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(program: &str, depth: Depth) -> Environment {
        Environment { program: program.to_owned(), kind: String::new(), cell: None, depth }
    }

    fn answers(sixel: &str, name: &str, cell: Option<Cell>) -> Graphics {
        Graphics { has_sixel: !sixel.is_empty(), name: name.to_owned(), cell }
    }

    #[test]
    fn the_best_is_taken() {
        let cell = Cell::told(10, 20);
        let full = environment("", Depth::Truecolor);
        let tmux = environment("tmux", Depth::Truecolor);
        let check = |choice, graphics: &Graphics, environment: &Environment, expected: Option<Means>| {
            assert_eq!(drawing(choice, graphics, environment).map(|drawing| drawing.means), expected, "{graphics:?}");
        };
        let auto = ImagesChoice::Auto;
        let [in_full, in_palette] =
            [picture::Depth::Full, picture::Depth::Palette].map(|depth| Some(Means::HalfBlocks(depth)));
        check(auto, &answers("", "kitty(0.40)", cell), &full, Some(Means::Kitty));
        check(auto, &answers("", "ghostty 1.2", cell), &full, Some(Means::Kitty));
        let kitty = Environment { kind: "xterm-kitty".to_owned(), ..full.clone() };
        check(auto, &Graphics::default(), &kitty, Some(Means::Kitty));
        check(auto, &answers("y", "WezTerm 2024", cell), &full, Some(Means::Iterm2));
        check(auto, &answers("y", "XTerm(390)", cell), &full, Some(Means::Sixel));
        check(auto, &answers("y", "XTerm(390)", None), &full, in_full);
        check(auto, &answers("", "tmux 3.4", cell), &tmux, in_full);
        check(auto, &answers("y", "tmux 3.4", cell), &tmux, Some(Means::Sixel));
        check(auto, &Graphics::default(), &environment("iTerm.app", Depth::Indexed), Some(Means::Iterm2));
        check(auto, &Graphics::default(), &environment("", Depth::Indexed), in_palette);
        check(auto, &Graphics::default(), &environment("", Depth::Named), None);
        check(auto, &Graphics::default(), &environment("", Depth::None), None);
        check(ImagesChoice::Off, &answers("y", "", cell), &full, None);
        check(ImagesChoice::HalfBlocks, &answers("y", "", cell), &full, in_full);
        check(ImagesChoice::Sixel, &Graphics::default(), &full, Some(Means::Sixel));
        check(ImagesChoice::Kitty, &Graphics::default(), &tmux, Some(Means::Kitty));
    }

    #[test]
    fn cells_are_what_is_told() {
        let environment = Environment { cell: Cell::told(9, 18), ..environment("", Depth::Truecolor) };
        let cell = |choice, cell| drawing(choice, &answers("", "", cell), &environment).map(|drawing| drawing.cell);
        assert_eq!(cell(ImagesChoice::Kitty, Cell::told(10, 20)), Cell::told(10, 20));
        assert_eq!(cell(ImagesChoice::Kitty, None), Cell::told(9, 18));
        assert_eq!(cell(ImagesChoice::HalfBlocks, Cell::told(20, 50)), Cell::told(8, 20));
        assert_eq!((Cell::told(0, 16), Cell::told(8, 9000)), (None, None));
    }
}
