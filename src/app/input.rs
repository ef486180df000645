//! A line that is being typed.

/// See the module's head. The cursor stands at its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    words: String,
}

/// The longest line that is taken, in bytes.
const LONGEST: usize = 1024;

impl Input {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.words
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Adds a letter. Control characters are no letters.
    pub fn push(&mut self, letter: char) {
        if !letter.is_control() && self.words.len() < LONGEST {
            self.words.push(letter);
        }
    }

    /// Takes off the last letter.
    pub fn erase(&mut self) {
        self.words.pop();
    }

    pub fn clear(&mut self) {
        self.words.clear();
    }
}
