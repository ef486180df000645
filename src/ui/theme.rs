//! Colours: the only place that knows any.
//!
//! They are of the fixed part of the 256-colour palette, so that their contrast is known. On a terminal whose background is not
//! known, the colours are those that stand out from black and from white alike.

use ratatui::style::{Color, Modifier, Style};

use crate::text::{Alert, Face, Role, Token};

/// The background that a theme is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
    /// Not known: colours of middle lightness.
    Either,
    /// No colours at all: bold, underline and reverse only.
    Colourless,
}

/// What roles look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    ground: Ground,
}

/// One colour for each ground that has colours: dark, light, either. The numbers are those of the 256-colour palette.
struct Shades(u8, u8, u8);

const TITLE: Shades = Shades(222, 94, 130);
const HEADING: Shades = Shades(215, 94, 130);
const SUBHEADING: Shades = Shades(180, 94, 130);
const LINK: Shades = Shades(75, 25, 30);
const DETAIL: Shades = Shades(247, 240, 243);
const CODE: Shades = Shades(151, 23, 30);
const FURNITURE: Shades = Shades(243, 243, 243);
const NOTE: Shades = Shades(75, 25, 30);
const TIP: Shades = Shades(114, 22, 65);
const IMPORTANT: Shades = Shades(177, 54, 98);
const WARNING: Shades = Shades(215, 94, 130);
const CAUTION: Shades = Shades(210, 124, 161);

impl Theme {
    #[must_use]
    pub fn new(ground: Ground) -> Theme {
        Theme { ground }
    }

    fn colour(self, shades: &Shades) -> Color {
        match self.ground {
            Ground::Dark => Color::Indexed(shades.0),
            Ground::Light => Color::Indexed(shades.1),
            Ground::Either => Color::Indexed(shades.2),
            Ground::Colourless => Color::Reset,
        }
    }

    /// The style of a face.
    #[must_use]
    pub fn style(self, face: Face) -> Style {
        let mut style = self.role(face.role);
        if face.link.is_some() {
            let is_mark = matches!(face.role, Role::Furniture | Role::NoteMark);
            let line = if is_mark { Modifier::empty() } else { Modifier::UNDERLINED };
            style = style.fg(self.colour(&LINK)).add_modifier(line);
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
        let plain = Style::new();
        let fg = |shades: &Shades| plain.fg(self.colour(shades));
        match role {
            Role::Body | Role::Quote => plain,
            Role::Title => fg(&TITLE).add_modifier(Modifier::BOLD),
            Role::Heading(1 | 2) => fg(&HEADING).add_modifier(Modifier::BOLD),
            Role::Heading(_) => fg(&SUBHEADING).add_modifier(Modifier::BOLD),
            Role::Detail | Role::Ruby { .. } => fg(&DETAIL),
            Role::Code => fg(&CODE),
            Role::Syntax(token) => self.token(token),
            Role::Alert(alert) => fg(match alert {
                Alert::Note => &NOTE,
                Alert::Tip => &TIP,
                Alert::Important => &IMPORTANT,
                Alert::Warning => &WARNING,
                Alert::Caution => &CAUTION,
            }),
            Role::NoteMark => fg(&LINK),
            Role::Marked if self.ground == Ground::Colourless => plain.add_modifier(Modifier::UNDERLINED),
            Role::Marked => fg(&TITLE).add_modifier(Modifier::BOLD),
            Role::Furniture => fg(&FURNITURE),
        }
    }

    fn token(self, token: Token) -> Style {
        let shades = match token {
            Token::Keyword | Token::Operator => Shades(177, 54, 98),
            Token::Type => Shades(180, 94, 130),
            Token::Function => Shades(75, 25, 30),
            Token::String | Token::Inserted => Shades(114, 22, 65),
            Token::Number | Token::Constant => Shades(215, 94, 130),
            Token::Comment => Shades(246, 241, 243),
            Token::Variable => Shades(152, 24, 30),
            Token::Deleted => Shades(210, 124, 161),
            Token::Heading => Shades(222, 94, 130),
        };
        Style::new().fg(self.colour(&shades))
    }

    /// What lies behind a row of that ground.
    #[must_use]
    pub fn ground(self, role: Role) -> Style {
        match (role, self.ground) {
            (Role::Code, Ground::Dark) => Style::new().bg(Color::Indexed(235)),
            (Role::Code, Ground::Light) => Style::new().bg(Color::Indexed(255)),
            _ => Style::new(),
        }
    }

    /// The link, post or entry at hand.
    #[must_use]
    pub fn at_hand(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The letters of a link hint.
    #[must_use]
    pub fn hint(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }

    /// What was sought.
    #[must_use]
    pub fn hit(self) -> Style {
        match self.ground {
            Ground::Colourless => Style::new().add_modifier(Modifier::UNDERLINED),
            _ => Style::new().fg(Color::Indexed(16)).bg(Color::Indexed(222)),
        }
    }

    /// The hit at hand: it stands out among the others without colours too.
    #[must_use]
    pub fn hit_at_hand(self) -> Style {
        let style = match self.ground {
            Ground::Colourless => Style::new().add_modifier(Modifier::REVERSED),
            _ => Style::new().fg(Color::Indexed(16)).bg(Color::Indexed(208)),
        };
        style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
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
    for (plane, colour) in [("38", style.fg), ("48", style.bg)] {
        if let Some(Color::Indexed(index)) = colour {
            codes.push(format!("{plane};5;{index}"));
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

    /// The colour of an index above 15, as xterm fixed it.
    fn rgb(index: u8) -> [f64; 3] {
        let step = |level: u8| if level == 0 { 0.0 } else { 55.0 + 40.0 * f64::from(level) };
        if index >= 232 {
            return [8.0 + 10.0 * f64::from(index - 232); 3];
        }
        let cube = index - 16;
        [step(cube / 36), step(cube / 6 % 6), step(cube % 6)]
    }

    fn luminance(colour: [f64; 3]) -> f64 {
        let linear = colour.map(|level| {
            let level = level / 255.0;
            if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Contrast by WCAG 2.
    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn check(ground: Ground, background: u8, least: f64) {
        let theme = Theme::new(ground);
        let styles = ROLES.iter().map(|role| (format!("{role:?}"), theme.role(*role)));
        let tokens = TOKENS.iter().map(|token| (format!("{token:?}"), theme.token(*token)));
        for (name, style) in styles.chain(tokens) {
            let Some(Color::Indexed(index)) = style.fg else { panic!("{name} has no colour") };
            let least = if name == "Furniture" { least.min(3.0) } else { least };
            let found = contrast(luminance(rgb(index)), luminance(rgb(background)));
            assert!(found >= least, "{name} on {background}: {found:.2}");
        }
    }

    #[test]
    fn every_colour_can_be_read() {
        for background in [16, 234, 235] {
            check(Ground::Dark, background, 4.5);
        }
        for background in [231, 255] {
            check(Ground::Light, background, 4.5);
        }
        for background in [16, 231] {
            check(Ground::Either, background, 3.9);
        }
    }

    #[test]
    fn hits_can_be_read() {
        for style in [Theme::new(Ground::Dark).hit(), Theme::new(Ground::Light).hit_at_hand()] {
            let (Some(Color::Indexed(fg)), Some(Color::Indexed(bg))) = (style.fg, style.bg) else {
                panic!("{style:?}")
            };
            assert!(contrast(luminance(rgb(fg)), luminance(rgb(bg))) >= 4.5, "{style:?}");
        }
    }

    #[test]
    fn without_colour_nothing_is_coloured() {
        let theme = Theme::new(Ground::Colourless);
        for role in ROLES {
            assert!(matches!(theme.role(role).fg, None | Some(Color::Reset)));
        }
    }
}
