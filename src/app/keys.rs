//! The one table of keys: behaviour, help and README come from it.

use std::fmt;

use super::action::{Action, Motion, Within};

/// What keys mean depends on where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Index,
    /// The words of the filter are being typed.
    Filter,
    Reader,
    /// The words of a search in the post are being typed.
    Search,
    /// A list that one chooses from.
    List,
    Hints,
    /// A letter is asked for: that of a mark.
    Letter,
    /// The note of a footnote mark is shown.
    Note,
    Question,
    /// Details, help and problems.
    Pages,
}

impl Mode {
    /// Whether letters that are not bound are typed.
    fn takes_letters(self) -> bool {
        matches!(self, Mode::Filter | Mode::Search | Mode::List | Mode::Hints | Mode::Letter)
    }

    /// The heading of its keys in help.
    fn heading(self) -> &'static str {
        match self {
            Mode::Index => "Index",
            Mode::Filter => "Filter (typing)",
            Mode::Reader => "Reader",
            Mode::Search => "Search (typing)",
            Mode::List => "Lists",
            Mode::Hints => "Link hints",
            Mode::Letter => "Marks (a letter)",
            Mode::Note => "Note",
            Mode::Question => "Question",
            Mode::Pages => "Details, help, problems",
        }
    }
}

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
}

/// A key as it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub code: Code,
    pub has_ctrl: bool,
}

const fn c(letter: char) -> Key {
    Key { code: Code::Char(letter), has_ctrl: false }
}

const fn ctrl(letter: char) -> Key {
    Key { code: Code::Char(letter), has_ctrl: true }
}

const fn k(code: Code) -> Key {
    Key { code, has_ctrl: false }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_ctrl {
            f.write_str("Ctrl-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(letter) => write!(f, "{letter}"),
            Code::BackTab => f.write_str("Shift-Tab"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// One row of the table.
pub struct Binding {
    pub modes: &'static [Mode],
    pub keys: &'static [Key],
    pub action: Action,
    /// What it does, in words; rows with the same words are shown as one.
    pub help: &'static str,
}

const fn row(modes: &'static [Mode], keys: &'static [Key], action: Action, help: &'static str) -> Binding {
    Binding { modes, keys, action, help }
}

const PANES: &[Mode] = &[Mode::Index, Mode::Reader];
const LISTS: &[Mode] = &[Mode::Filter, Mode::List];
const INDEX: &[Mode] = &[Mode::Index];
const READER: &[Mode] = &[Mode::Reader];
const PAGES: &[Mode] = &[Mode::Pages];
const SCROLLED: &[Mode] = &[Mode::Index, Mode::Reader, Mode::Pages];
const SEARCH: &[Mode] = &[Mode::Search];
const NOTE: &[Mode] = &[Mode::Note];
const LEFT: &[Mode] = &[Mode::List, Mode::Hints, Mode::Letter, Mode::Question];
const ALL: &[Mode] = &[
    Mode::Index,
    Mode::Filter,
    Mode::Reader,
    Mode::Search,
    Mode::List,
    Mode::Hints,
    Mode::Letter,
    Mode::Note,
    Mode::Question,
    Mode::Pages,
];

/// What digits do.
const COUNT: &str = "a count for the next key, such as `5j` `3]` `10G`";

/// Every key. The first row that fits wins.
pub static KEYS: &[Binding] = &[
    row(SCROLLED, &[c('j'), k(Code::Down)], Action::Move(Motion::Lines(1)), "a line or post down"),
    row(SCROLLED, &[c('k'), k(Code::Up)], Action::Move(Motion::Lines(-1)), "a line or post up"),
    row(SCROLLED, &[c('d'), ctrl('d')], Action::Move(Motion::HalfPages(1)), "half a page down"),
    row(SCROLLED, &[c('u'), ctrl('u')], Action::Move(Motion::HalfPages(-1)), "half a page up"),
    row(SCROLLED, &[c(' '), ctrl('f'), k(Code::PageDown)], Action::Move(Motion::Pages(1)), "a page down"),
    row(SCROLLED, &[c('b'), ctrl('b'), k(Code::PageUp)], Action::Move(Motion::Pages(-1)), "a page up"),
    row(SCROLLED, &[c('g'), k(Code::Home)], Action::Move(Motion::Top), "to the top"),
    row(SCROLLED, &[c('G'), k(Code::End)], Action::Move(Motion::Bottom), "to the end"),
    row(SCROLLED, &[c('%')], Action::Move(Motion::Percent(0)), "to that part: `50%` is half-way"),
    row(SCROLLED, &[c('0')], Action::Digit(0), COUNT),
    row(SCROLLED, &[c('1')], Action::Digit(1), COUNT),
    row(SCROLLED, &[c('2')], Action::Digit(2), COUNT),
    row(SCROLLED, &[c('3')], Action::Digit(3), COUNT),
    row(SCROLLED, &[c('4')], Action::Digit(4), COUNT),
    row(SCROLLED, &[c('5')], Action::Digit(5), COUNT),
    row(SCROLLED, &[c('6')], Action::Digit(6), COUNT),
    row(SCROLLED, &[c('7')], Action::Digit(7), COUNT),
    row(SCROLLED, &[c('8')], Action::Digit(8), COUNT),
    row(SCROLLED, &[c('9')], Action::Digit(9), COUNT),
    row(INDEX, &[k(Code::Enter), c('l'), k(Code::Right), k(Code::Tab)], Action::FocusReader, "read the selected post"),
    row(INDEX, &[c('t')], Action::Tags, "tags and other terms, with counts: filter by one"),
    row(INDEX, &[c('/')], Action::Filter, "filter by words of the title, as you type"),
    row(READER, &[c('/')], Action::Within(Within::Search), "search in the post as you type; `/re/`: by regex"),
    row(READER, &[c('n')], Action::Within(Within::NextHit(1)), "the next hit of the search"),
    row(READER, &[c('N')], Action::Within(Within::NextHit(-1)), "the hit before"),
    row(SEARCH, &[k(Code::Enter)], Action::Confirm, "keep it; if nothing is typed, what was sought"),
    row(SEARCH, &[k(Code::Down), ctrl('n')], Action::Within(Within::NextHit(1)), "the next hit of the search"),
    row(SEARCH, &[k(Code::Up), ctrl('p')], Action::Within(Within::NextHit(-1)), "the hit before"),
    row(SEARCH, &[ctrl('r')], Action::Within(Within::Syntax), "by regular expression, or by words"),
    row(SEARCH, &[k(Code::Backspace), ctrl('h')], Action::Erase, "erase a letter"),
    row(SEARCH, &[ctrl('u')], Action::EraseAll, "erase all letters"),
    row(SEARCH, &[k(Code::Esc)], Action::Close, "back to where one was"),
    row(READER, &[c('F')], Action::Filter, "filter by words of the title, as you type"),
    row(INDEX, &[c('x')], Action::RemoveLast, "take the last part of the filter off; `2x` part 2"),
    row(INDEX, &[k(Code::Esc)], Action::Close, "clear the filter"),
    row(INDEX, &[c('s')], Action::Sort, "sort by date, title or path"),
    row(READER, &[c(']')], Action::Move(Motion::Headings(1)), "to the next heading"),
    row(READER, &[c('[')], Action::Move(Motion::Headings(-1)), "to the heading before"),
    row(READER, &[k(Code::Tab)], Action::NextLink(1), "take the next link in hand"),
    row(READER, &[k(Code::BackTab)], Action::NextLink(-1), "take the link before in hand"),
    row(READER, &[c('o'), k(Code::Enter)], Action::Open, "open the link at hand"),
    row(READER, &[c('f')], Action::Hints, "letters over the links in sight open them"),
    row(READER, &[c('y')], Action::CopyTarget, "copy the target of the link at hand"),
    row(
        READER,
        &[k(Code::Backspace), ctrl('o'), c('H')],
        Action::Travel(-1),
        "back to where one jumped from, across posts",
    ),
    row(READER, &[c('L')], Action::Travel(1), "forward again (in most terminals Ctrl-i is Tab)"),
    row(READER, &[c('O')], Action::Within(Within::Outline), "the headings of the post: go to one"),
    row(READER, &[ctrl('l')], Action::Within(Within::Links), "the links of the post: open one"),
    row(READER, &[c('p')], Action::Within(Within::Note), "show the note of the mark at hand, or in sight"),
    row(READER, &[c('m')], Action::Within(Within::Mark), "mark this place by a letter from a to z"),
    row(PANES, &[c('\'')], Action::Within(Within::Return), "to a marked place; `''` back from the last jump"),
    row(READER, &[c('+')], Action::Within(Within::Widen(4)), "widen the column of text"),
    row(READER, &[c('-')], Action::Within(Within::Widen(-4)), "narrow the column of text"),
    row(READER, &[c('=')], Action::Within(Within::ResetWidth), "the width of the settings again"),
    row(READER, &[c('C')], Action::Within(Within::Centre), "text in the middle, or at the left"),
    row(READER, &[c('z')], Action::Within(Within::Zen), "nothing but the text, or all again"),
    row(READER, &[c('J')], Action::NextPost(1), "read the next post of the index"),
    row(READER, &[c('K')], Action::NextPost(-1), "read the post before it in the index"),
    row(READER, &[c('h'), k(Code::Left)], Action::FocusIndex, "to the index"),
    row(READER, &[k(Code::Esc)], Action::Close, "let go of hits, then of the link; to the index"),
    row(READER, &[c('t')], Action::Tags, "tags and other terms, with counts: filter by one"),
    row(PANES, &[c('<')], Action::Split(-4), "move the split between the panes to the left"),
    row(PANES, &[c('>')], Action::Split(4), "move the split between the panes to the right"),
    row(PANES, &[c('i')], Action::Details, "the post's file, date, address and encoding"),
    row(&[Mode::Index, Mode::Reader, Mode::Pages], &[c('E')], Action::Encodings, "read the post in another encoding"),
    row(PANES, &[c('B')], Action::OpenPage, "open the published page of the post"),
    row(PANES, &[c('T')], Action::Translation, "the post in the next of its languages"),
    row(PANES, &[c('W')], Action::Backlinks, "which posts link to this one: go to one"),
    row(PANES, &[c('D')], Action::Unpublished, "hide or show drafts, future and expired posts"),
    row(PANES, &[c('!')], Action::Problems, "what is wrong with posts and the site"),
    row(PANES, &[c('?')], Action::Help, "every key"),
    row(PANES, &[c('q')], Action::Quit, "quit"),
    row(LISTS, &[k(Code::Enter)], Action::Confirm, "take it"),
    row(LISTS, &[k(Code::Down), ctrl('n')], Action::Move(Motion::Lines(1)), "down"),
    row(LISTS, &[k(Code::Up), ctrl('p')], Action::Move(Motion::Lines(-1)), "up"),
    row(LISTS, &[k(Code::PageDown)], Action::Move(Motion::Pages(1)), "a page down"),
    row(LISTS, &[k(Code::PageUp)], Action::Move(Motion::Pages(-1)), "a page up"),
    row(LISTS, &[k(Code::Backspace), ctrl('h')], Action::Erase, "erase a letter"),
    row(LISTS, &[ctrl('u')], Action::EraseAll, "erase all letters"),
    row(&[Mode::Filter], &[k(Code::Esc)], Action::Close, "take the words off"),
    row(NOTE, &[k(Code::Enter), c('o')], Action::Open, "open the link at hand; without one go to the note"),
    row(NOTE, &[k(Code::Tab)], Action::NextLink(1), "take the next link in hand"),
    row(NOTE, &[k(Code::BackTab)], Action::NextLink(-1), "take the link before in hand"),
    row(NOTE, &[c('y')], Action::CopyTarget, "copy the target of the link at hand"),
    row(NOTE, &[c('p')], Action::Within(Within::Note), "the next note in sight"),
    row(NOTE, &[c('j'), k(Code::Down)], Action::Move(Motion::Lines(1)), "a line down"),
    row(NOTE, &[c('k'), k(Code::Up)], Action::Move(Motion::Lines(-1)), "a line up"),
    row(NOTE, &[k(Code::Esc), c('q')], Action::Close, "leave"),
    row(LEFT, &[k(Code::Esc)], Action::Close, "leave"),
    row(&[Mode::Question], &[c('y')], Action::Confirm, "open it"),
    row(&[Mode::Question], &[c('n'), c('q')], Action::Close, "leave"),
    row(PAGES, &[k(Code::Esc), c('q'), c('?'), k(Code::Enter)], Action::Close, "leave"),
    row(ALL, &[ctrl('c')], Action::Quit, "quit"),
    row(ALL, &[ctrl('z')], Action::Suspend, "suspend; `fg` comes back"),
];

/// What a key means in a mode.
#[must_use]
pub fn find(mode: Mode, key: Key) -> Option<Action> {
    let bound = KEYS.iter().find(|binding| binding.modes.contains(&mode) && binding.keys.contains(&key));
    match (bound, key.code) {
        (Some(binding), _) => Some(binding.action.clone()),
        (None, Code::Char(letter)) if mode.takes_letters() && !key.has_ctrl => Some(Action::Type(letter)),
        (None, _) => None,
    }
}

/// One line of help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    Heading(&'static str),
    Keys { keys: String, help: &'static str },
}

/// Every key in every mode, as help shows it.
#[must_use]
pub fn help() -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for mode in ALL {
        lines.push(HelpLine::Heading(mode.heading()));
        let first = lines.len();
        for binding in KEYS.iter().filter(|binding| binding.modes.contains(mode)) {
            let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
            let same = lines[first..].iter_mut().find_map(|line| match line {
                HelpLine::Keys { keys, help } if *help == binding.help => Some(keys),
                _ => None,
            });
            match same {
                Some(known) => *known = format!("{known} {}", keys.join(" ")),
                None => lines.push(HelpLine::Keys { keys: keys.join(" "), help: binding.help }),
            }
        }
    }
    lines
}

/// The tables of keys as the README holds them, in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::new();
    for line in help() {
        match line {
            HelpLine::Heading(heading) => text += &format!("\n**{heading}**\n\n| Keys | |\n| --- | --- |\n"),
            HelpLine::Keys { keys, help } => {
                let keys: Vec<String> = keys.split(' ').map(|key| format!("`{key}`")).collect();
                text += &format!("| {} | {help} |\n", keys.join(" "));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things() {
        for mode in ALL {
            let keys: Vec<&Key> = KEYS.iter().filter(|row| row.modes.contains(mode)).flat_map(|row| row.keys).collect();
            for (at, key) in keys.iter().enumerate() {
                assert!(!keys[..at].contains(key), "{key} twice in {mode:?}");
            }
        }
    }

    #[test]
    fn letters_are_typed_where_words_are_asked_for() {
        assert!(matches!(find(Mode::List, c('j')), Some(Action::Type('j'))));
        assert!(matches!(find(Mode::Reader, c('j')), Some(Action::Move(Motion::Lines(1)))));
        assert!(find(Mode::Reader, c('Z')).is_none());
        assert!(find(Mode::Filter, ctrl('j')).is_none());
    }

    #[test]
    fn every_mode_can_be_left() {
        for mode in ALL {
            assert!(matches!(find(*mode, ctrl('c')), Some(Action::Quit)));
            assert!(matches!(find(*mode, k(Code::Esc)), Some(Action::Close)), "{mode:?}");
        }
    }
}
