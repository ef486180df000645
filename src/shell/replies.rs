//! What a terminal says of itself in strings (OSC, DCS, APC, PM, SOS), told from what is typed.
//!
//! The library that reads the keyboard knows no such strings: it gives the letters of one as keys. They come when what ran
//! before has asked, and where answers come later than they are waited for.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A string comes at once. Keys that come later than this after the last are typed by hand.
const AT_ONCE: Duration = Duration::from_millis(50);

/// The longest string, in keys.
const LONGEST: usize = 4096;

/// See the module's head.
#[derive(Debug, Default)]
pub(super) struct Replies {
    /// How many keys the string has so far, and when the last of them came.
    string: Option<(usize, Instant)>,
}

impl Replies {
    /// Whether a key is part of such a string.
    pub(super) fn take(&mut self, key: KeyEvent, now: Instant) -> bool {
        let has = |modifier| key.modifiers.contains(modifier);
        let known = self.string.filter(|(length, last)| *length < LONGEST && now.duration_since(*last) <= AT_ONCE);
        let (is_part, is_end) = match (known, key.code) {
            (None, KeyCode::Char(']' | 'P' | '_' | '^' | 'X')) => (has(KeyModifiers::ALT), false),
            (None, _) => (false, true),
            (Some(_), KeyCode::Char('\\')) if has(KeyModifiers::ALT) => (true, true),
            (Some(_), KeyCode::Char('g')) if has(KeyModifiers::CONTROL) => (true, true),
            // A key of its own, such as an arrow, is no letter of a string.
            (Some(_), KeyCode::Char(_)) => (true, false),
            (Some(_), _) => (false, true),
        };
        self.string = (is_part && !is_end).then(|| (known.map_or(0, |(length, _)| length) + 1, now));
        is_part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters that are typed among these keys: `!` before one stands for Alt, `~` for Ctrl, and `.` is a pause.
    fn check(keys: &str, expected: &str) {
        let (mut replies, mut now) = (Replies::default(), Instant::now());
        let (mut typed, mut modifiers) = (String::new(), KeyModifiers::NONE);
        for letter in keys.chars() {
            match letter {
                '!' => modifiers = KeyModifiers::ALT,
                '~' => modifiers = KeyModifiers::CONTROL,
                '.' => now += Duration::from_secs(1),
                letter => {
                    let key = KeyEvent::new(KeyCode::Char(letter), modifiers);
                    if !replies.take(key, now) {
                        typed.push(letter);
                    }
                    modifiers = KeyModifiers::NONE;
                }
            }
        }
        assert_eq!(typed, expected, "{keys}");
    }

    #[test]
    fn strings_are_told_from_keys() {
        check("ab!]11;rgb:ffff/ffff!\\c", "abc");
        check("!]11;q~gj", "j");
        check("!P1$r0m!\\!_Gi=31;OK!\\x", "x");
        check("!]j.k", "k");
        check("!].jk", "jk");
        check("]j!jk", "]jjk");
        check(&format!("!]{}", "j".repeat(5000)), &"j".repeat(905));
    }
}
