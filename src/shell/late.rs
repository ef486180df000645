//! An answer that comes after nobody listens for it any more: the library that reads the keyboard takes it for keys. They are told from
//! the user's here, so that none of them does anything.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What may still come of the question for the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Late {
    /// Nothing: it was not asked, or has been answered.
    Nothing,
    /// The whole answer.
    Awaited,
    /// The rest of an answer that has begun.
    Begun,
}

impl Late {
    /// Whether a key is part of the answer: `ESC ] 11;rgb:…/…/…` with a bell, or an escape and a backslash, at its end.
    pub(super) fn takes(&mut self, key: KeyEvent) -> bool {
        let has = |modifier| key.modifiers.contains(modifier);
        let (is_taken, next) = match (*self, key.code) {
            (Late::Awaited, KeyCode::Char(']')) if has(KeyModifiers::ALT) => (true, Late::Begun),
            (Late::Begun, KeyCode::Char('\\')) if has(KeyModifiers::ALT) => (true, Late::Nothing),
            (Late::Begun, KeyCode::Char('g')) if has(KeyModifiers::CONTROL) => (true, Late::Nothing),
            (Late::Begun, KeyCode::Char(letter)) if letter.is_ascii_hexdigit() || ";:/rgba".contains(letter) => {
                (true, Late::Begun)
            }
            (Late::Begun, _) => (false, Late::Nothing),
            (late, _) => (false, late),
        };
        *self = next;
        is_taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(letter: char, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(letter), modifiers)
    }

    fn letters(letters: &str) -> impl Iterator<Item = KeyEvent> {
        letters.chars().map(|letter| key(letter, KeyModifiers::NONE))
    }

    #[test]
    fn a_late_answer_is_told_from_keys() {
        let start = key(']', KeyModifiers::ALT);
        for end in [key('\\', KeyModifiers::ALT), key('g', KeyModifiers::CONTROL)] {
            let mut late = Late::Awaited;
            let answer = [start].into_iter().chain(letters("11;rgb:1e1e/2a2a/ffff")).chain([end]);
            let keys = letters("jf").chain(answer).chain(letters("f"));
            let left: Vec<KeyEvent> = keys.filter(|key| !late.takes(*key)).collect();
            assert_eq!(left, letters("jff").collect::<Vec<_>>());
        }
        let mut late = Late::Awaited;
        let left: Vec<KeyEvent> = [start].into_iter().chain(letters("qbf")).filter(|key| !late.takes(*key)).collect();
        assert_eq!(left, letters("qbf").collect::<Vec<_>>());
    }
}
