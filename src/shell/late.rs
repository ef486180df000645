//! Answers that come after nobody listens for them any more: the library that reads the keyboard takes them for keys. They are told from
//! the user's here, so that none of them does anything.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The longest answer that is held back, in keys.
const LONGEST: u8 = 200;

/// What may still come of the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Late {
    /// Nothing: all of them were answered, or none was asked.
    #[default]
    Nothing,
    /// Whole answers.
    Awaited,
    /// The rest of an answer that has begun, and how many keys it may have.
    Begun(Kind, u8),
}

/// An answer that is a string of the terminal (ECMA-48). Control sequences are never taken for keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The ground, an OSC: `ESC ]`, then `11;rgb:…/…/…`.
    Ground,
    /// A picture of kitty's protocol, an APC: `ESC _`, then `Gi=31;…`.
    Picture,
    /// The terminal's name, a DCS: `ESC P`, then `>|…`.
    Name,
}

impl Kind {
    /// The kind that a letter begins which comes with an escape before it.
    fn of_start(letter: char) -> Option<Kind> {
        match letter {
            ']' => Some(Kind::Ground),
            '_' => Some(Kind::Picture),
            'P' => Some(Kind::Name),
            _ => None,
        }
    }

    /// Whether a letter can be part of such an answer.
    fn has(self, letter: char, is_first: bool) -> bool {
        match self {
            Kind::Ground => letter.is_ascii_hexdigit() || ";:/rgba".contains(letter),
            Kind::Picture => !is_first || letter == 'G',
            Kind::Name => !is_first || letter == '>',
        }
    }
}

impl Late {
    /// Whether a key is part of an answer, which ends with an escape and a backslash, or with a bell.
    pub(super) fn takes(&mut self, key: KeyEvent) -> bool {
        let (has_alt, has_ctrl) =
            (key.modifiers.contains(KeyModifiers::ALT), key.modifiers.contains(KeyModifiers::CONTROL));
        let (is_taken, next) = match (*self, key.code) {
            (Late::Awaited, KeyCode::Char(letter)) if has_alt => match Kind::of_start(letter) {
                Some(kind) => (true, Late::Begun(kind, LONGEST)),
                None => (false, Late::Awaited),
            },
            (Late::Begun(..), KeyCode::Char('\\')) if has_alt => (true, Late::Awaited),
            (Late::Begun(..), KeyCode::Char('g')) if has_ctrl => (true, Late::Awaited),
            (Late::Begun(kind, left @ 1..), KeyCode::Char(letter)) if kind.has(letter, left == LONGEST) => {
                (true, Late::Begun(kind, left - 1))
            }
            (Late::Begun(..), _) => (false, Late::Awaited),
            (late, _) => (false, late),
        };
        *self = next;
        is_taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a text that are left; `^` is Alt for the next one, `\x07` a bell.
    fn left(mut late: Late, keys: &str) -> String {
        let mut modifiers = KeyModifiers::NONE;
        let mut left = String::new();
        for letter in keys.chars() {
            let key = match letter {
                '^' => {
                    modifiers = KeyModifiers::ALT;
                    continue;
                }
                '\x07' => KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL),
                letter => KeyEvent::new(KeyCode::Char(letter), std::mem::replace(&mut modifiers, KeyModifiers::NONE)),
            };
            if !late.takes(key) {
                left.push(letter);
            }
        }
        left
    }

    #[test]
    fn late_answers_are_told_from_keys() {
        let check = |keys: &str, expected: &str| assert_eq!(left(Late::Awaited, keys), expected, "{keys:?}");
        check("jf^]11;rgb:1e1e/2a2a/ffff^\\f", "jff");
        check("jf^]11;rgb:1e1e/2a2a/ffff\x07f", "jff");
        check("a^_Gi=31;OK^\\b^P>|xterm(390) q^\\c^]11;rgb:0/0/0^\\d\\", "abcd\\");
        // What the user types with Alt takes only what an answer would go on with.
        check("^]qbf", "qbf");
        check("^_qG^Pq>", "qGq>");
        check(&format!("^_G{}", "x".repeat(usize::from(LONGEST) + 2)), "xxx");
        assert_eq!(left(Late::Nothing, "a^_G^\\b^]1"), "a_G\\b]1");
    }
}
