//! A place in a text that is known by its words, so that it is found again when the text has changed.

/// How many characters are kept of what follows the place, of what precedes it, and of its heading.
const AFTER: usize = 48;
const BEFORE: usize = 24;
const HEADING: usize = 48;

/// Fewer characters than this stand in a text by chance.
const FEWEST: usize = 6;

/// How many places of the same words are compared.
const MOST: usize = 1000;

/// See the module's head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchor {
    /// Where it was, in bytes of the text.
    pub offset: usize,
    /// The words just before it.
    pub before: String,
    /// The words that start there.
    pub after: String,
    /// The heading that it stands under, or empty.
    pub heading: String,
}

impl Anchor {
    /// The anchor of an offset, in bytes. One that is beyond the text or inside a character is moved back to where it can be.
    #[must_use]
    pub fn at(text: &str, offset: usize, heading: &str) -> Anchor {
        let offset = text.floor_char_boundary(offset);
        let (before, after) = text.split_at(offset);
        Anchor {
            offset,
            before: last(before, BEFORE).to_owned(),
            after: first(after, AFTER).to_owned(),
            heading: first(heading, HEADING).to_owned(),
        }
    }

    /// Where the place is in a text now, in bytes: where its words stand, the nearest of them where they stand often; where they are
    /// gone, the end of the words before it, then its heading, then as far from the start as it was.
    #[must_use]
    pub fn find(&self, text: &str) -> usize {
        let is_there = |offset: &usize| {
            text.get(..*offset).is_some_and(|before| before.ends_with(&self.before))
                && text[*offset..].starts_with(&self.after)
        };
        if is_there(&self.offset) {
            return self.offset;
        }
        if self.offset == 0 {
            return 0;
        }
        let by_after = || shorter(&self.after, first).find_map(|words| self.nearest(text, words, 0));
        let by_before = || shorter(&self.before, last).find_map(|words| self.nearest(text, words, words.len()));
        let by_heading = || (!self.heading.is_empty()).then(|| self.nearest(text, &self.heading, 0)).flatten();
        by_after().or_else(by_before).or_else(by_heading).unwrap_or_else(|| text.floor_char_boundary(self.offset))
    }

    /// Of the places of some words the one with the most of the known words before it, then the nearest. The place itself lies so many
    /// bytes after the start of the words.
    fn nearest(&self, text: &str, words: &str, shift: usize) -> Option<usize> {
        let next = |from: usize| Some(from + text.get(from..)?.find(words)?);
        // They may overlap.
        let starts = std::iter::successors(next(0), |at| next(text.ceil_char_boundary(at + 1)));
        starts.take(MOST).map(|at| at + shift).min_by_key(|at| {
            let known = self.before.bytes().rev().zip(text.as_bytes()[..*at].iter().rev());
            let unlike = self.before.len() - known.take_while(|(left, right)| left == *right).count();
            (unlike, at.abs_diff(self.offset))
        })
    }
}

/// Some words, then half of them, and so on down to as few as are enough to go by.
fn shorter(words: &str, cut: fn(&str, usize) -> &str) -> impl Iterator<Item = &str> {
    let count = Some(words.chars().count()).filter(|count| *count > 0);
    let counts = std::iter::successors(count, |count| (*count > FEWEST).then(|| FEWEST.max(count / 2)));
    counts.map(move |count| cut(words, count))
}

/// The first characters of a text.
fn first(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}

/// The last characters of a text.
fn last(text: &str, characters: usize) -> &str {
    let start = characters.checked_sub(1).map(|back| text.char_indices().rev().nth(back));
    match start {
        None => "",
        Some(None) => text,
        Some(Some((start, _))) => &text[start..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts an anchor where `|` stands in the first text, and expects it where `|` stands in the second.
    fn check(before: &str, after: &str) {
        let marked = |text: &str| (text.replace('|', ""), text.find('|').unwrap());
        let ((old, from), (new, expected)) = (marked(before), marked(after));
        let found = Anchor::at(&old, from, "見出しの言葉").find(&new);
        assert_eq!(found, expected, "{before:?} to {after:?}: …{}", &new[found..]);
    }

    #[test]
    fn a_place_is_found_by_its_words() {
        check("first\nsecond|third is here\n", "first\nsecond|third is here\n");
        check("first\nsecond\n|third is here\n", "first\nnew words, many\nsecond\n|third is here\n");
        check("吾輩は猫である。|名前はまだ無い。", "追記。吾輩は猫である。|名前はまだ無い。");
        // Words that come again: by what stands before them, else the nearest.
        check("aa 文文文文文文\nbb |文文文文文文\n", "zz\naa 文文文文文文\nbb |文文文文文文\n");
        check("x 文文文文文文 x |文文文文文文 x 文文文文文文", "x x 文文文文文文 x |文文文文文文 x 文文文文文文");
        // The words changed a little further on, or are gone.
        check("one two\n|three four five six seven", "zero one two\n|three four five 6 seven");
        check("one two three\n|gone gone gone gone", "zero one two three\n|other words");
        check("見出しの言葉\nabcdefgh |ijklmnop", "zz\n|見出しの言葉\n12345 67890");
        check("abcdefgh |ijklmnop", "123456789|0");
    }

    #[test]
    fn the_start_stays_the_start() {
        check("|words of the first line", "|a new line\nwords of the first line");
    }

    #[test]
    fn no_offset_breaks_it() {
        let text = "日本語 text\n\u{1f600}";
        for offset in 0..30 {
            let anchor = Anchor::at(text, offset, "");
            for other in [text, "", "語", "日本", "\u{1f600} 日本語 text"] {
                assert!(other.is_char_boundary(anchor.find(other)), "{offset} {other}");
            }
        }
    }
}
