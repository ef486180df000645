//! Colours: the only place that knows any. What they are in numbers, and that they can be read, is the palette's.

mod contrast;
mod palette;
mod terminal;

use ratatui::style::{Color, Modifier, Style};

use crate::picture::plate;
use crate::text::{Alert, Face, Role, Token};
use palette::{Palette, Shade};

pub use contrast::Rgb;
pub use terminal::{Depth, Ground};

/// What roles look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// None where there are to be no colours.
    palette: Option<Palette>,
}

impl Theme {
    /// The looks on a ground that are readable with so many colours: each at a contrast of 4.5 or more.
    #[must_use]
    pub fn new(ground: Ground, depth: Depth) -> Theme {
        Theme { palette: Palette::new(ground, depth) }
    }

    fn ink(self, shade: Shade) -> Style {
        self.palette.map_or_else(Style::new, |palette| Style::new().fg(palette.ink(shade)))
    }

    /// The style of a face.
    #[must_use]
    pub fn style(self, face: Face) -> Style {
        let mut style = self.role(face.role);
        if face.link.is_some() {
            style = match face.role {
                // The headings of folds, which say so by their mark.
                Role::Summary | Role::Alert(_) => style,
                Role::Furniture | Role::NoteMark => style.patch(self.ink(Shade::Blue)),
                _ => style.patch(self.ink(Shade::Blue)).add_modifier(Modifier::UNDERLINED),
            };
        }
        for (is_on, modifier) in
            [(face.strong, Modifier::BOLD), (face.emphasis, Modifier::ITALIC), (face.strike, Modifier::CROSSED_OUT)]
        {
            if is_on {
                style = style.add_modifier(modifier);
            }
        }
        style
    }

    fn role(self, role: Role) -> Style {
        match role {
            Role::Body | Role::Quote | Role::FileName => Style::new(),
            Role::Summary => Style::new().add_modifier(Modifier::BOLD),
            Role::Title => self.ink(Shade::Gold).add_modifier(Modifier::BOLD),
            Role::Heading(1 | 2) => self.ink(Shade::Orange).add_modifier(Modifier::BOLD),
            Role::Heading(_) => self.ink(Shade::Tan).add_modifier(Modifier::BOLD),
            Role::Detail | Role::Ruby { .. } => self.ink(Shade::Grey),
            Role::Code => self.ink(Shade::Mint),
            Role::Syntax(token) => self.ink(shade_of_token(token)),
            Role::Alert(alert) => self.ink(shade_of_alert(alert)),
            Role::NoteMark => self.ink(Shade::Blue),
            Role::Marked if self.palette.is_none() => Style::new().add_modifier(Modifier::UNDERLINED),
            Role::Marked => self.ink(Shade::Gold).add_modifier(Modifier::BOLD),
            Role::Furniture => self.ink(Shade::Faint),
        }
    }

    /// What lies behind a row of that ground, and the colour of plain text there.
    #[must_use]
    pub fn ground(self, role: Role) -> Style {
        match (role, self.palette.and_then(|palette| palette.code)) {
            (Role::Code, Some(code)) => self.ink(Shade::Text).bg(code),
            _ => Style::new(),
        }
    }

    /// The link, post or entry at hand.
    #[must_use]
    pub fn at_hand(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The upper and the lower half of a cell of a picture, for `▀`.
    #[must_use]
    pub fn halves(self, upper: plate::Shade, lower: plate::Shade) -> Style {
        let colour = |shade| match shade {
            plate::Shade::Full([red, green, blue]) => Color::Rgb(red, green, blue),
            plate::Shade::Palette(number) => Color::Indexed(number),
        };
        Style::new().fg(colour(upper)).bg(colour(lower))
    }

    /// The letters of a link hint.
    #[must_use]
    pub fn hint(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }

    /// What was sought.
    #[must_use]
    pub fn hit(self) -> Style {
        match self.palette {
            Some(Palette { hits: [ink, ground, _], .. }) => Style::new().fg(ink).bg(ground),
            None => Style::new().add_modifier(Modifier::UNDERLINED),
        }
    }

    /// The hit at hand: it stands out among the others without colours too.
    #[must_use]
    pub fn hit_at_hand(self) -> Style {
        let style = match self.palette {
            Some(Palette { hits: [ink, _, ground], .. }) => Style::new().fg(ink).bg(ground),
            None => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
        };
        style.add_modifier(Modifier::UNDERLINED)
    }

    /// Words of the program itself, by weight.
    #[must_use]
    pub fn detail(self) -> Style {
        self.role(Role::Detail)
    }

    /// Lines between panes and around overlays.
    #[must_use]
    pub fn furniture(self) -> Style {
        self.role(Role::Furniture)
    }

    /// Something that asks for attention.
    #[must_use]
    pub fn warning(self) -> Style {
        self.role(Role::Alert(Alert::Warning))
    }
}

fn shade_of_alert(alert: Alert) -> Shade {
    match alert {
        Alert::Note => Shade::Blue,
        Alert::Tip => Shade::Green,
        Alert::Important => Shade::Violet,
        Alert::Warning => Shade::Orange,
        Alert::Caution => Shade::Red,
    }
}

fn shade_of_token(token: Token) -> Shade {
    match token {
        Token::Keyword | Token::Operator => Shade::Violet,
        Token::Type => Shade::Tan,
        Token::Function => Shade::Blue,
        Token::String | Token::Inserted => Shade::Green,
        Token::Number | Token::Constant => Shade::Orange,
        Token::Comment => Shade::Grey,
        Token::Variable => Shade::Sky,
        Token::Deleted => Shade::Red,
        Token::Heading => Shade::Gold,
    }
}

/// The parameters of the escape sequence that selects a style (ECMA-48, SGR); none for the
/// style that a terminal starts with.
#[must_use]
pub fn sgr(style: Style) -> String {
    let modifiers = [
        (Modifier::BOLD, "1"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
        (Modifier::CROSSED_OUT, "9"),
    ];
    let mut codes: Vec<String> = modifiers
        .iter()
        .filter(|(modifier, _)| style.add_modifier.contains(*modifier))
        .map(|(_, code)| (*code).to_owned())
        .collect();
    for (plane, colour) in [(3, style.fg), (4, style.bg)] {
        match colour {
            Some(Color::Rgb(red, green, blue)) => codes.push(format!("{plane}8;2;{red};{green};{blue}")),
            Some(Color::Indexed(index @ 0..8)) => codes.push(format!("{plane}{index}")),
            // The bright ones stand 60 after the others.
            Some(Color::Indexed(index @ 8..16)) => codes.push(format!("{}{}", plane + 6, index - 8)),
            Some(Color::Indexed(index)) => codes.push(format!("{plane}8;5;{index}")),
            _ => {}
        }
    }
    codes.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 14] = [
        Role::Title,
        Role::Detail,
        Role::Heading(1),
        Role::Heading(3),
        Role::Code,
        Role::Ruby { base: 0 },
        Role::NoteMark,
        Role::Marked,
        Role::Alert(Alert::Note),
        Role::Alert(Alert::Tip),
        Role::Alert(Alert::Important),
        Role::Alert(Alert::Warning),
        Role::Alert(Alert::Caution),
        Role::Furniture,
    ];

    const TOKENS: [Token; 12] = [
        Token::Keyword,
        Token::Type,
        Token::Function,
        Token::String,
        Token::Number,
        Token::Constant,
        Token::Comment,
        Token::Variable,
        Token::Operator,
        Token::Inserted,
        Token::Deleted,
        Token::Heading,
    ];

    /// What a terminal with these sixteen colours shows; none for its own colour of text.
    fn shown(colour: Option<Color>, sixteen: &[Rgb; 16]) -> Option<Rgb> {
        match colour? {
            Color::Rgb(red, green, blue) => Some(Rgb([red, green, blue])),
            Color::Indexed(index @ 0..16) => Some(sixteen[usize::from(index)]),
            Color::Indexed(index) => Some(palette::indexed(index)),
            _ => None,
        }
    }

    /// Every ink, on the terminal's ground and on that of code.
    fn check(ground: Ground, depth: Depth, background: Rgb) {
        let theme = Theme::new(ground, depth);
        let code = theme.ground(Role::Code);
        let roles = ROLES.into_iter().chain(TOKENS.map(Role::Syntax));
        for sixteen in &palette::SIXTEEN {
            let grounds = [Some(background), shown(code.bg, sixteen)];
            for ground_shown in grounds.into_iter().flatten() {
                let inks = roles.clone().map(|role| (format!("{role:?}"), theme.role(role).fg));
                for (name, ink) in inks.chain([("text on code".to_owned(), code.fg)]) {
                    let found = shown(ink, sixteen).map(|ink| ink.contrast(ground_shown));
                    assert!(
                        found.is_none_or(|found| found >= contrast::LEAST),
                        "{name} on {ground_shown:?}, {ground:?}, {depth:?}: {found:?}"
                    );
                }
            }
        }
    }

    const EVERY_DEPTH: [Depth; 4] = [Depth::Truecolor, Depth::Indexed, Depth::Named, Depth::None];

    #[test]
    fn every_colour_can_be_read() {
        for depth in EVERY_DEPTH {
            for level in [0, 18, 30, 40, 48] {
                check(Ground::Dark, depth, Rgb([level; 3]));
            }
            for level in [238, 247, 255] {
                check(Ground::Light, depth, Rgb([level; 3]));
            }
            check(Ground::Unknown, depth, Rgb([0; 3]));
            check(Ground::Unknown, depth, Rgb([255; 3]));
        }
    }

    /// Whatever ground a terminal has: the greys, and the grounds of well-known themes (Solarized, Dracula, Nord, Gruvbox).
    #[test]
    fn every_colour_can_be_read_on_the_ground_that_the_terminal_names() {
        let greys = (0..=u8::MAX).map(|level| Rgb([level; 3]));
        let themes =
            [[0, 43, 54], [253, 246, 227], [40, 42, 54], [46, 52, 64], [251, 241, 199], [0, 0, 128], [200, 60, 0]];
        for ground in greys.chain(themes.map(Rgb)) {
            for depth in EVERY_DEPTH {
                check(Ground::Of(ground), depth, ground);
            }
        }
    }

    #[test]
    fn hits_can_be_read() {
        for (depth, sixteen) in
            EVERY_DEPTH.into_iter().flat_map(|depth| palette::SIXTEEN.map(|sixteen| (depth, sixteen)))
        {
            let theme = Theme::new(Ground::Unknown, depth);
            assert_ne!(theme.hit(), theme.hit_at_hand());
            for style in [theme.hit(), theme.hit_at_hand()] {
                let found = shown(style.fg, &sixteen).zip(shown(style.bg, &sixteen));
                let found = found.map(|(ink, ground)| ink.contrast(ground));
                assert_eq!(found.is_none(), depth == Depth::None);
                assert!(found.is_none_or(|found| found >= contrast::LEAST), "{style:?}");
            }
        }
    }

    #[test]
    fn without_colour_nothing_is_coloured() {
        let theme = Theme::new(Ground::Dark, Depth::None);
        for role in ROLES {
            assert!(theme.role(role).fg.is_none() && theme.ground(role).bg.is_none());
        }
    }

    #[test]
    fn colours_are_written_in_the_fewest_words() {
        let check = |colour, expected: &str| assert_eq!(sgr(Style::new().fg(colour).bg(colour)), expected);
        check(Color::Rgb(1, 2, 3), "38;2;1;2;3;48;2;1;2;3");
        check(Color::Indexed(208), "38;5;208;48;5;208");
        check(Color::Indexed(4), "34;44");
        check(Color::Indexed(11), "93;103");
        check(Color::Reset, "");
    }
}
