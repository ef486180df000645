//! Control characters, bidi controls and invisible characters made harmless.
//!
//! It works by class of character and never by matching escape sequences, so there is no half of a sequence that could slip
//! through. It stands at the door of `document` and `library`, after entities and escapes are decoded.

use std::fmt;
use std::ops::Deref;

use icu_normalizer::properties::CanonicalCompositionBorrowed;

/// What happens to a character on its way in.
enum Fate {
    Keep,
    Replace(char),
    /// A combining mark or part of a syllable, which becomes one character with what stands before it where there is one.
    Compose,
    /// Zero-width typographic hints (soft hyphen, zero-width space, word joiner, byte order mark), which have no glyph, and the backspace:
    /// input methods leave it behind inside words, and no page shows it. What it would have hidden in a terminal is seen.
    Drop,
}

fn fate(c: char) -> Fate {
    let code = u32::from(c);
    match code {
        0x20..=0x7e | 0x0a | 0xa0..=0xac | 0xae..=0x2ff => Fate::Keep,
        0x300..=0x36f | 0x1161..=0x11c2 | 0x3099 | 0x309a => Fate::Compose,
        0x370..=0x61b => Fate::Keep,
        0x09 | 0x2028 | 0x2029 => Fate::Replace(' '),
        0x08 => Fate::Drop,
        0x00..=0x1f => Fate::Replace(char::from_u32(0x2400 + code).unwrap_or('\u{fffd}')),
        0x7f => Fate::Replace('\u{2421}'),
        0xad | 0x180e | 0x200b | 0x2060 | 0xfeff => Fate::Drop,
        0x80..=0x9f
        | 0x61c
        | 0x115f
        | 0x1160
        | 0x200e
        | 0x200f
        | 0x202a..=0x202e
        | 0x2061..=0x206f
        | 0x3164
        | 0xfdd0..=0xfdef
        | 0xffa0
        | 0xfff9..=0xfffb
        | 0x1d173..=0x1d17a
        | 0xe0000..=0xe007f => Fate::Replace('\u{fffd}'),
        _ => Fate::Keep,
    }
}

/// The characters that most words consist of, which are told at once: printable ASCII, kana and kanji.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{3001}'..='\u{3098}' | '\u{309b}'..='\u{312f}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
}

/// Appends `words` to `string`, cleaned. Newlines stay; a tab becomes one space.
///
/// Replaced: C0 controls other than the backspace by their pictures (U+2400 and on), DEL by U+2421, C1 controls, bidi controls, fillers, tag characters
/// and noncharacters by U+FFFD, line and paragraph separators by a space. Joiners, variation selectors and combining marks stay; letters
/// written apart (か and U+3099, conjoining jamo, e and U+0301), as the file names of some systems are, become one, by canonical
/// composition of the two alone: normalizing all of the text would change kanji.
pub fn append(string: &mut String, words: &str) {
    string.reserve(words.len());
    let start = string.len();
    let mut kept = 0;
    for (at, c) in words.char_indices() {
        if is_plain(c) {
            continue;
        }
        let put = match fate(c) {
            Fate::Keep => continue,
            Fate::Compose => {
                string.push_str(&words[kept..at]);
                kept = at;
                let Some(whole) = composed(&string[start..], c) else { continue };
                string.pop();
                Some(whole)
            }
            Fate::Replace(mark) => Some(mark),
            Fate::Drop => None,
        };
        string.push_str(&words[kept..at]);
        string.extend(put);
        kept = at + c.len_utf8();
    }
    string.push_str(&words[kept..]);
}

/// The last character of `before` and a mark as one character, where there is one.
fn composed(before: &str, mark: char) -> Option<char> {
    CanonicalCompositionBorrowed::new().compose(before.chars().next_back()?, mark)
}

/// One line of text that cannot control the terminal. Only this module makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Clean(String);

impl Clean {
    /// Cleans one line: newlines become spaces, and white space at both ends goes.
    #[must_use]
    pub fn line(words: &str) -> Clean {
        let words = words.trim();
        if words.chars().all(is_plain) {
            return Clean(words.to_owned());
        }
        let mut string = String::new();
        append(&mut string, words);
        if string.contains('\n') {
            string = string.replace('\n', " ");
        }
        Clean(string)
    }

    /// Cleans one line and cuts it at `limit` characters, marking the cut.
    #[must_use]
    pub fn cut(words: &str, limit: usize) -> Clean {
        match words.char_indices().nth(limit) {
            None => Clean::line(words),
            Some((at, _)) => Clean(Clean::line(&words[..at]).0 + "…"),
        }
    }

    /// Two clean texts stay clean together.
    #[must_use]
    pub fn joined(parts: &[&Clean], between: &'static str) -> Clean {
        Clean(parts.iter().map(|part| part.0.as_str()).collect::<Vec<_>>().join(between))
    }
}

impl Deref for Clean {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a string is already free of everything that the cleaner would touch; used by tests over every road out.
#[must_use]
pub fn is_clean(words: &str) -> bool {
    words.chars().all(|c| matches!(fate(c), Fate::Keep | Fate::Compose))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let mut out = String::new();
        append(&mut out, input);
        assert_eq!(out, expected);
        assert!(is_clean(&out));
    }

    #[test]
    fn controls_become_pictures() {
        check("a\u{1b}]0;x\u{7}b", "a\u{241b}]0;x\u{2407}b");
        check("a\rb\tc\u{7}\u{7f}", "a\u{240d}b c\u{2407}\u{2421}");
        check("入力\u{8}する \u{8}\u{8}x", "入力する x");
        check("\u{9b}31m\u{80}", "\u{fffd}31m\u{fffd}");
    }

    #[test]
    fn bidi_and_tags_are_marked_and_hints_dropped() {
        check("a\u{202e}b\u{2066}\u{200f}\u{61c}", "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}");
        check("\u{e0041}\u{3164}\u{fdd0}", "\u{fffd}\u{fffd}\u{fffd}");
        check("ゼロ\u{200b}幅\u{ad}\u{feff}", "ゼロ幅");
        check("行\u{2028}間", "行 間");
    }

    #[test]
    fn what_writing_needs_stays() {
        check(
            "あ\u{3099} 葛\u{e0100} 👨\u{200d}👩 ❤\u{fe0f} می\u{200c}خواهم",
            "あ\u{3099} 葛\u{e0100} 👨\u{200d}👩 ❤\u{fe0f} می\u{200c}خواهم",
        );
        check("一行目\n二行目", "一行目\n二行目");
    }

    #[test]
    fn letters_written_apart_become_one() {
        check("か\u{3099}は\u{309a}e\u{301}\u{302}", "がぱé\u{302}");
        check("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", "한글");
        check("\u{fa19}\u{fa1c} \u{3099}", "\u{fa19}\u{fa1c} \u{3099}");
        check(&format!("a{}", "\u{327}".repeat(10_000)), &format!("a{}", "\u{327}".repeat(10_000)));
    }

    #[test]
    fn lines_are_one_line() {
        assert_eq!(&*Clean::line("  題\n名 \u{1b}c "), "題 名 \u{241b}c");
        assert_eq!(&*Clean::cut("あいうえお", 3), "あいう…");
        assert_eq!(&*Clean::cut("あいう", 3), "あいう");
    }
}
