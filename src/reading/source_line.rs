//! Which line of a post's file holds what is in view: found by its words.

use crate::text::anchor::Anchor;

/// The line of a source, counted from 1, that holds the words at an offset of what was made of it. Marks and blanks do not count, so
/// what Markdown adds does not matter; of words that come often it is the place nearest to where they should stand.
#[must_use]
pub fn line_of(source: &str, plain: &str, place: usize) -> usize {
    if place == 0 {
        return 1;
    }
    let (before, after) = plain.split_at(plain.floor_char_boundary(place));
    let start = bare(before);
    let words = start.clone() + &bare(after);
    let mut starts = Vec::new();
    let mut whole = String::with_capacity(source.len());
    for line in source.lines() {
        starts.push(whole.len());
        whole += &bare(line);
    }
    let anchor = Anchor::at(&words, start.len(), "");
    let expected = start.len() * whole.len() / words.len().max(1);
    let found = Anchor { offset: expected, ..anchor }.find(&whole);
    starts.partition_point(|start| *start <= found).max(1)
}

/// A text without its marks and blanks.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source, what was made of it, words in that, and the line of the source that they stand on.
    fn check(source: &str, plain: &str, words: &str, expected: usize) {
        let place = plain.find(words).unwrap_or_else(|| panic!("{words:?} in {plain:?}"));
        assert_eq!(line_of(source, plain, place), expected, "{words}");
    }

    #[test]
    fn lines_are_found_by_their_words() {
        let source = "# Title\n\nA **bold** [link](https://long.example/with/words) here\nand on.\n\n- one\n- two `code`\n\n\
                      ```rust\nfn main() {}\n```\n\n{{< youtube abc >}}\n\n注の[^1]前。\n吾輩は*猫*である。\n\n[^1]: 注の文。\n";
        let plain = "Title\nA bold link here and on.\none\ntwo code\nfn main() {}\nYouTube video\n\
                     注の[1]前。吾輩は猫である。\n[1] 注の文。";
        for (words, expected) in [
            ("bold", 3),
            ("link", 3),
            ("and on", 4),
            ("two", 7),
            ("fn main", 10),
            ("吾輩は", 16),
            ("猫", 16),
            ("注の文", 18),
        ] {
            check(source, plain, words, expected);
        }
        check("x\n\n文\n\n文\n\n文\n\n# 二\n\n文\n", "x\n文\n文\n文\n二\n文", "二", 9);
        check("x\n\n文\n\n文\n\n文\n\n# 二\n\n文\n", "x\n文\n文\n文\n二\n文", "文\n文\n二", 5);
    }

    #[test]
    fn what_is_nowhere_is_some_line() {
        for (source, plain) in [("", "words"), ("a\nb\n", ""), ("a\nb\n", "other words"), ("\n\n", "日本語")] {
            for place in 0..12 {
                assert!((1..=3).contains(&line_of(source, plain, place)), "{source:?} {plain:?} {place}");
            }
        }
    }
}
