//! A line that is being typed, and the cursor in it.

use std::ops::Range;

use crate::text::Clean;
use crate::text::width::Measure;

/// See the module's head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    words: String,
    /// Where the next letter goes, in bytes: always between two clusters.
    cursor: usize,
}

/// The longest line that is taken, in bytes.
const LONGEST: usize = 1024;

/// What may be done to the line beside typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Left,
    Right,
    Start,
    End,
    /// Takes off what stands before the cursor.
    Erase,
    /// Takes off what stands under the cursor.
    Delete,
    EraseWord,
    EraseToStart,
    EraseToEnd,
}

impl Input {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.words
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What stands before the cursor.
    #[must_use]
    pub fn before_cursor(&self) -> &str {
        &self.words[..self.cursor]
    }

    /// Adds a letter. Control characters are no letters.
    pub fn push(&mut self, letter: char) {
        if !letter.is_control() {
            self.insert(letter.encode_utf8(&mut [0; 4]));
        }
    }

    /// Adds words that were pasted: line ends become blanks, and what could control a terminal is made harmless.
    pub fn paste(&mut self, words: &str) {
        let words: String = words.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        self.insert(&Clean::line(&words));
    }

    fn insert(&mut self, words: &str) {
        if self.words.len() + words.len() <= LONGEST {
            self.words.insert_str(self.cursor, words);
            self.cursor += words.len();
            // A letter that joins what comes after it takes the cursor along.
            let end = self.clusters().map(|cluster| cluster.end).find(|end| *end >= self.cursor);
            self.cursor = end.unwrap_or(self.words.len());
        }
    }

    pub fn clear(&mut self) {
        *self = Input::default();
    }

    /// Puts these words there, with the cursor at a byte of them.
    pub fn set(&mut self, words: &str, cursor: usize) {
        words.clone_into(&mut self.words);
        self.cursor = cursor.min(words.len());
    }

    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Left => self.cursor = self.before(),
            Edit::Right => self.cursor = self.after(),
            Edit::Start => self.cursor = 0,
            Edit::End => self.cursor = self.words.len(),
            Edit::Erase => self.remove(self.before()..self.cursor),
            Edit::Delete => self.remove(self.cursor..self.after()),
            Edit::EraseWord => {
                let kept = self.before_cursor().trim_end().rfind(char::is_whitespace);
                let blank = kept.and_then(|at| Some(at + self.words[at..].chars().next()?.len_utf8()));
                self.remove(blank.unwrap_or_default()..self.cursor);
            }
            Edit::EraseToStart => self.remove(0..self.cursor),
            Edit::EraseToEnd => self.remove(self.cursor..self.words.len()),
        }
    }

    fn remove(&mut self, range: Range<usize>) {
        self.cursor = range.start;
        self.words.replace_range(range, "");
    }

    fn clusters(&self) -> impl Iterator<Item = Range<usize>> {
        Measure::default().clusters(&self.words).map(|cluster| cluster.range)
    }

    /// The place one cluster before the cursor.
    fn before(&self) -> usize {
        self.clusters().map(|cluster| cluster.start).take_while(|start| *start < self.cursor).last().unwrap_or(0)
    }

    /// The place one cluster after the cursor.
    fn after(&self) -> usize {
        self.clusters().map(|cluster| cluster.end).find(|end| *end > self.cursor).unwrap_or(self.words.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line with a bar at the cursor, after these edits.
    fn check(words: &str, edits: &[Edit], expected: &str) {
        let mut input = Input::default();
        words.chars().for_each(|letter| input.push(letter));
        edits.iter().for_each(|edit| input.edit(*edit));
        let found = format!("{}|{}", input.before_cursor(), &input.as_str()[input.cursor..]);
        assert_eq!(found, expected, "{words} {edits:?}");
    }

    #[test]
    fn the_line_is_edited_by_clusters() {
        use Edit::{Delete, End, Erase, EraseToEnd, EraseToStart, EraseWord, Left, Right, Start};
        check("ab", &[], "ab|");
        check("ab", &[Left], "a|b");
        check("日本", &[Left, Left, Left], "|日本");
        check("e\u{301}x", &[Left, Left], "|e\u{301}x");
        check("e\u{301}x", &[Left, Erase], "|x");
        check("e\u{301}x", &[Start, Delete], "|x");
        check("👨\u{200d}👩", &[Erase], "|");
        check("abc", &[Start, Right, Erase], "|bc");
        check("abc", &[Start, Erase, Left, End, Delete, Right], "abc|");
        check("one two  ", &[EraseWord], "one |");
        check("one\u{3000}二", &[EraseWord], "one\u{3000}|");
        check("one", &[EraseWord, EraseWord], "|");
        check("abcd", &[Left, Left, EraseToEnd], "ab|");
        check("abcd", &[Left, Left, EraseToStart], "|cd");
    }

    #[test]
    fn what_is_pasted_stands_on_one_line() {
        let check = |pasted: &str, expected: &str| {
            let mut input = Input::default();
            "ab".chars().for_each(|letter| input.push(letter));
            input.edit(Edit::Left);
            input.paste(pasted);
            assert_eq!(input.as_str(), expected, "{pasted:?}");
        };
        check("x", "axb");
        check("x\r\ny\tz", "ax y zb");
        check("\x1b[31mx", "a[31mxb");
        check(&"x".repeat(2000), "ab");
        assert!(!Clean::line("\u{202e}").contains('\u{202e}'));
    }
}
