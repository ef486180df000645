//! What is known of a terminal's colours: its ground, and how many it shows.

use super::contrast::{LEAST, Rgb};

/// The ground that a terminal writes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
    /// What the terminal says that it is.
    Of(Rgb),
    /// Not known: it may be black, it may be white.
    Unknown,
}

impl Ground {
    /// Whether light colours stand out from it more than dark ones.
    pub(super) fn is_dark(self) -> Option<bool> {
        match self {
            Ground::Dark => Some(true),
            Ground::Light => Some(false),
            Ground::Of(ground) => Some(ground.contrast(Rgb([255; 3])) > ground.contrast(Rgb([0; 3]))),
            Ground::Unknown => None,
        }
    }

    /// The grounds that it may be, at worst.
    pub(super) fn extremes(self) -> Vec<Rgb> {
        match self {
            Ground::Dark => vec![Rgb([0; 3]), Rgb([48; 3])],
            Ground::Light => vec![Rgb([255; 3]), Rgb([238; 3])],
            Ground::Of(ground) => vec![ground],
            Ground::Unknown => vec![Rgb([0; 3]), Rgb([255; 3])],
        }
    }

    /// What is to lie behind code: a little off the ground, unless that would leave no colour that can be read on both.
    pub(super) fn code(self) -> Option<Rgb> {
        let is_dark = self.is_dark()?;
        let pole = if is_dark { Rgb([255; 3]) } else { Rgb([0; 3]) };
        let code = match self {
            Ground::Of(ground) => ground.mixed(pole, 14),
            _ if is_dark => Rgb([38; 3]),
            _ => Rgb([238; 3]),
        };
        (pole.contrast(code) >= LEAST).then_some(code)
    }

    /// The ground that the environment tells of, by `COLORFGBG` or the kind of terminal.
    #[must_use]
    pub fn of_environment(says: impl Fn(&str) -> Option<String>) -> Ground {
        let told = says("COLORFGBG").and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
        match told {
            Some(0..=6 | 8) => Ground::Dark,
            Some(_) => Ground::Light,
            None if says("TERM").as_deref() == Some("linux") => Ground::Dark,
            None => Ground::Unknown,
        }
    }
}

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Each by its red, green and blue.
    Truecolor,
    /// 256, of which all but 16 are the same everywhere.
    Indexed,
    /// 16, which every user may set.
    Named,
    /// None are to be shown: bold, underline and reverse only.
    None,
}

/// Programs that show every colour, by `TERM_PROGRAM`.
const PROGRAMS: [&str; 6] = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"];
/// Terminals that show every colour, by the start of `TERM`.
const TERMINALS: [&str; 6] = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"];

impl Depth {
    /// What the environment tells of a terminal: `COLORTERM`, `TERM` and the names of known programs.
    #[must_use]
    pub fn of_environment(says: impl Fn(&str) -> Option<String>) -> Depth {
        let term = says("TERM").unwrap_or_default();
        let shows_all = matches!(says("COLORTERM").as_deref(), Some("truecolor" | "24bit"))
            || says("WT_SESSION").is_some()
            || says("TERM_PROGRAM").is_some_and(|program| PROGRAMS.contains(&program.as_str()))
            || TERMINALS.iter().any(|name| term.starts_with(name))
            || term.contains("direct")
            || (cfg!(windows) && term.is_empty());
        match () {
            () if shows_all => Depth::Truecolor,
            () if term.contains("256color") => Depth::Indexed,
            () => Depth::Named,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says<'v>(values: &'v [(&str, &str)]) -> impl Fn(&str) -> Option<String> + 'v {
        |wanted| Some(values.iter().find(|(name, _)| *name == wanted)?.1.to_owned())
    }

    #[test]
    fn the_environment_tells_how_many_colours_there_are() {
        let check = |values: &[(&str, &str)], expected| {
            assert_eq!(Depth::of_environment(says(values)), expected, "{values:?}");
        };
        check(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::Truecolor);
        check(&[("TERM", "xterm-256color"), ("COLORTERM", "yes")], Depth::Indexed);
        check(&[("TERM", "xterm-kitty")], Depth::Truecolor);
        check(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], Depth::Indexed);
        check(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], Depth::Truecolor);
        check(&[("TERM", "tmux-256color")], Depth::Indexed);
        check(&[("TERM", "linux")], Depth::Named);
        check(&[("TERM", "xterm")], Depth::Named);
    }

    #[test]
    fn the_environment_tells_the_ground() {
        let check = |values: &[(&str, &str)], expected| {
            assert_eq!(Ground::of_environment(says(values)), expected, "{values:?}");
        };
        check(&[("COLORFGBG", "15;0")], Ground::Dark);
        check(&[("COLORFGBG", "0;default;15")], Ground::Light);
        check(&[("COLORFGBG", "default;default"), ("TERM", "xterm")], Ground::Unknown);
        check(&[("TERM", "linux")], Ground::Dark);
        check(&[], Ground::Unknown);
    }
}
