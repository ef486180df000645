//! How long words take to be read, by their kind: characters for CJK, words otherwise.

use super::{Page, Row};
use crate::text::cjk;

/// Milliseconds for a character of CJK text: 500 a minute.
const CHARACTER: u32 = 120;

/// Milliseconds for a word of other text: 220 a minute.
const WORD: u32 = 273;

impl Page {
    /// The page with note taken on each row of how long what stands before it takes to be read.
    #[must_use]
    pub fn timed(mut self) -> Page {
        let mut read: u32 = 0;
        let mut from = 0;
        for Row { place, before, .. } in &mut self.rows {
            let place = *place as usize;
            read = read.saturating_add(milliseconds(self.plain.get(from..place).unwrap_or_default()));
            (*before, from) = (read, place);
        }
        self.whole = read.saturating_add(milliseconds(self.plain.get(from..).unwrap_or_default()));
        self
    }
}

/// How long words take, in milliseconds.
fn milliseconds(words: &str) -> u32 {
    let mut sum: u32 = 0;
    let mut is_in_word = false;
    for c in words.chars() {
        let is_character = is_character(c);
        let is_word = !is_character && c.is_alphanumeric();
        if is_character {
            sum = sum.saturating_add(CHARACTER);
        } else if is_word && !is_in_word {
            sum = sum.saturating_add(WORD);
        }
        // An apostrophe or a full stop within a word does not end it.
        is_in_word = is_word || (is_in_word && !is_character && !c.is_whitespace());
    }
    sum
}

fn is_character(c: char) -> bool {
    !c.is_ascii() && cjk::class(c) != cjk::Class::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_words_take_their_time() {
        for (words, characters, others) in [
            ("", 0, 0),
            ("日本語です", 5, 0),
            ("It's three words.", 0, 3),
            ("Rust の話、2 つ", 4, 2),
            ("https://example.org/a/b", 0, 1),
            ("한국어", 3, 0),
        ] {
            assert_eq!(milliseconds(words), characters * CHARACTER + others * WORD, "{words}");
        }
    }
}
