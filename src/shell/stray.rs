//! Answers of the terminal that come after nobody waits for them any more: they look like keys, and must not be taken for them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The longest answer that is held back, in keys.
const LONGEST: usize = 200;

/// What has come of a late answer: `ESC _` (kitty) or `ESC P` (XTVERSION) up to `ESC \`, which the keyboard's library takes for keys
/// with Alt and letters between them.
#[derive(Debug, Default)]
pub(super) struct Stray {
    is_expected: bool,
    /// How many more keys the answer may have, while one is coming in.
    left: usize,
}

impl Stray {
    /// From now on answers may come.
    pub(super) fn beware(&mut self) {
        self.is_expected = true;
    }

    /// Whether a key is part of an answer.
    pub(super) fn holds(&mut self, key: KeyEvent) -> bool {
        let has_alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('\\') if has_alt && self.left > 0 => {
                self.left = 0;
                true
            }
            _ if self.left > 0 => {
                self.left -= 1;
                true
            }
            KeyCode::Char('_' | 'P') if has_alt && self.is_expected => {
                self.left = LONGEST;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a text that are let through; `^` is Alt.
    fn let_through(stray: &mut Stray, keys: &str) -> String {
        let mut modifiers = KeyModifiers::NONE;
        let mut through = String::new();
        for letter in keys.chars() {
            if letter == '^' {
                modifiers = KeyModifiers::ALT;
            } else if !stray
                .holds(KeyEvent::new(KeyCode::Char(letter), std::mem::replace(&mut modifiers, KeyModifiers::NONE)))
            {
                through.push(letter);
            }
        }
        through
    }

    #[test]
    fn late_answers_are_no_keys() {
        let mut stray = Stray::default();
        assert_eq!(let_through(&mut stray, "a^_b^\\"), "a_b\\");
        stray.beware();
        assert_eq!(let_through(&mut stray, "a^_Gi=31;OK^\\b^P>|xterm(390)^\\c\\"), "abc\\");
        let endless = format!("^_{}", "x".repeat(LONGEST + 3));
        assert_eq!(let_through(&mut stray, &endless), "xxx");
    }
}
