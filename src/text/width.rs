//! The one measure of columns. What is measured here is what is painted.
//!
//! Width belongs to a grapheme cluster (UAX #29), not to a character. The common cases (printable ASCII, kana, kanji, Hangul
//! syllables, full-width forms) are told by range; everything else goes through `unicode-segmentation`, the table of what
//! terminals disagree about, and `unicode-width`.

pub mod class;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use class::{Class, TABLE, WIDEST, class, is_half_voicing, is_skin_tone};

/// Joins emoji.
const JOINER: char = '\u{200d}';

/// The longest cluster, in bytes, that is kept whole; what follows becomes a cluster of its own. Real clusters are shorter.
const LONGEST_CLUSTER: usize = 64;

/// What is shown for a cluster that cannot be: the terminal gives it no room, or the page is narrower than it.
pub const NOT_SHOWN: &str = "?";

/// A grapheme cluster: where it stands in its string, in bytes, and how many columns it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    pub range: Range<usize>,
    pub columns: usize,
}

/// What characters of East Asian Width A (UAX #11) are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguous {
    /// What the terminal was measured to show; one column where it was not.
    Auto,
    Narrow,
    Wide,
}

/// How many columns a terminal gives to each class of cluster that terminals disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// By the number of the [`Class`]; zero where the terminal shows nothing.
    widths: [u8; TABLE.len()],
    /// Whether the terminal was asked.
    is_calibrated: bool,
}

impl Default for Measure {
    fn default() -> Measure {
        Measure { widths: TABLE.map(|(.., columns)| columns), is_calibrated: false }
    }
}

/// Where there is less room, in columns, a cut stands at the end.
const ROOM_FOR_ENDS: usize = 12;

impl Measure {
    /// What a terminal was found to show: the columns that each probe of [`TABLE`] took, in its order. A figure that cannot be right is
    /// not taken over.
    #[must_use]
    pub fn calibrated(found: &[usize; TABLE.len()]) -> Measure {
        let mut measure = Measure { is_calibrated: true, ..Measure::default() };
        for (width, found) in measure.widths.iter_mut().zip(found) {
            if *found <= WIDEST {
                *width = *found as u8;
            }
        }
        measure
    }

    /// The same measure with the ambiguous classes taken for what the user says.
    #[must_use]
    pub fn with_ambiguous(mut self, ambiguous: Ambiguous) -> Measure {
        let columns = match ambiguous {
            Ambiguous::Auto => return self,
            Ambiguous::Narrow => 1,
            Ambiguous::Wide => 2,
        };
        for (width, (class, ..)) in self.widths.iter_mut().zip(TABLE) {
            if class.is_ambiguous() {
                *width = columns;
            }
        }
        self
    }

    /// The grapheme clusters of a string, in order, without gaps. Emoji that are joined in writing and shown one by one come one by one.
    #[must_use]
    pub fn clusters<'a>(&self, string: &'a str) -> Clusters<'a> {
        Clusters { measure: *self, string, at: 0 }
    }

    /// Columns of a string.
    #[must_use]
    pub fn columns(&self, string: &str) -> usize {
        let mut total = 0;
        let mut rest = string;
        // Plain characters are told one by one; another one is measured with the one before it, which it may join.
        while !rest.is_empty() {
            let mut last = (0, 0);
            let mut end = None;
            for (at, c) in rest.char_indices() {
                let Some(columns) = plain_columns(c) else {
                    end = Some(at);
                    break;
                };
                total += columns;
                last = (at, columns);
            }
            let Some(end) = end else { break };
            let start = if end > 0 { last.0 } else { 0 };
            total -= last.1;
            let (length, columns) = self.measured_cluster(&rest[start..]);
            total += columns;
            rest = &rest[start + length..];
        }
        total
    }

    /// The longest prefix of whole clusters that fits `limit` columns, and the columns it takes.
    #[must_use]
    pub fn prefix<'a>(&self, string: &'a str, limit: usize) -> (&'a str, usize) {
        let window = &string.as_bytes()[..string.len().min(limit.saturating_add(1))];
        if window.iter().all(|byte| (0x20..0x7f).contains(byte)) {
            let length = string.len().min(limit);
            return (&string[..length], length);
        }
        let mut taken = 0;
        for cluster in self.clusters(string) {
            if taken + cluster.columns > limit {
                return (&string[..cluster.range.start], taken);
            }
            taken += cluster.columns;
        }
        (string, taken)
    }

    /// The string cut to at most `limit` columns, the cut marked with `…`, and the columns that the result takes.
    #[must_use]
    pub fn fit(&self, string: &str, limit: usize) -> (String, usize) {
        let whole = self.columns(string);
        if whole <= limit {
            return (string.to_owned(), whole);
        }
        let mark = self.columns("…");
        if limit < mark {
            return (String::new(), 0);
        }
        let (kept, taken) = self.prefix(string, limit - mark);
        (format!("{kept}…"), taken + mark)
    }

    /// The same with the cut in the middle, so that the end can be seen: of an address that tells more than what stands before it.
    #[must_use]
    pub fn fit_ends(&self, string: &str, limit: usize) -> String {
        let mark = self.columns("…");
        if self.columns(string) <= limit || limit < ROOM_FOR_ENDS {
            return self.fit(string, limit).0;
        }
        let room = (limit - mark) / 3;
        let clusters: Vec<Cluster> = self.clusters(string).collect();
        let mut taken = 0;
        let fits = clusters.iter().rev().take_while(|cluster| {
            taken += cluster.columns;
            taken <= room
        });
        let end = fits.last().map_or("", |cluster| &string[cluster.range.start..]);
        let (start, _) = self.prefix(string, limit - mark - self.columns(end));
        format!("{start}…{end}")
    }

    /// Whether the terminal surely gives a cluster the columns that it is measured at. After any other the cursor is set anew.
    #[must_use]
    pub fn is_certain(&self, cluster: &str) -> bool {
        let mut chars = cluster.chars();
        let Some(first) = chars.next() else { return true };
        match chars.next() {
            None => plain_columns(first).is_some() || self.is_calibrated || class(cluster).is_none(),
            Some(_) => false,
        }
    }

    /// What to paint for a cluster: itself, unless the terminal has no room for it.
    #[must_use]
    pub fn shown<'a>(&self, cluster: &'a str) -> &'a str {
        let is_plain = cluster.chars().next().and_then(plain_columns).is_some();
        if !is_plain && class(cluster).is_some_and(|class| self.width(class) == 0) { NOT_SHOWN } else { cluster }
    }

    fn width(&self, class: Class) -> usize {
        usize::from(self.widths[class as usize])
    }

    /// Looks no farther than the longest cluster, so that a wall of combining marks takes linear time.
    fn measured_cluster(&self, rest: &str) -> (usize, usize) {
        let window = &rest[..rest.floor_char_boundary(LONGEST_CLUSTER)];
        let cluster = window.graphemes(true).next().unwrap_or(window);
        let kind = class(cluster);
        let end = self.part(cluster, kind);
        if end == cluster.len() {
            return (end, self.cluster_columns(cluster, kind));
        }
        (end, self.cluster_columns(&cluster[..end], class(cluster[..end].trim_end_matches(JOINER))))
    }

    /// How many bytes of a cluster a terminal shows as one, where it shows parts of it one by one.
    fn part(&self, cluster: &str, class: Option<Class>) -> usize {
        let after = |count| cluster.char_indices().nth(count).map(|(at, _)| at);
        let end = match class {
            Some(Class::Joined) if self.width(Class::Joined) > 2 => {
                cluster.find(JOINER).map(|at| at + JOINER.len_utf8())
            }
            // These take room for each of their parts, however many there are.
            Some(Class::HalfVoiced) => after(2),
            Some(Class::Jamo) => after(3),
            _ => None,
        };
        end.unwrap_or(cluster.len())
    }

    fn cluster_columns(&self, cluster: &str, class: Option<Class>) -> usize {
        let Some(class) = class else { return cluster.width() };
        let columns = self.width(class);
        let first = cluster.chars().next();
        let base = first.and_then(UnicodeWidthChar::width).unwrap_or_default();
        let found = match class {
            // A terminal that shows tones beside what they colour does so in joined emoji too.
            Class::SkinTone | Class::Joined if self.width(Class::SkinTone) > 2 => {
                (base + 2 * cluster.chars().skip(1).filter(|c| is_skin_tone(*c)).count()).min(WIDEST)
            }
            // What the marks of the probe took beside its base, these marks take beside theirs.
            Class::HalfVoiced => {
                base + cluster.chars().filter(|c| is_half_voicing(*c)).count() * columns.saturating_sub(1)
            }
            Class::Voiced | Class::Variant => base + columns.saturating_sub(2),
            Class::EmojiStyle => base.max(columns),
            Class::TextStyle => base.min(columns),
            _ => columns,
        };
        found.max(1)
    }
}

/// See [`Measure::clusters`].
#[derive(Debug, Clone)]
pub struct Clusters<'a> {
    measure: Measure,
    string: &'a str,
    at: usize,
}

impl Iterator for Clusters<'_> {
    type Item = Cluster;

    fn next(&mut self) -> Option<Cluster> {
        let rest = &self.string[self.at..];
        let mut chars = rest.chars();
        let first = chars.next()?;
        let (length, columns) = match (plain_columns(first), chars.next().map(plain_columns)) {
            (Some(columns), None | Some(Some(_))) => (first.len_utf8(), columns),
            _ => self.measure.measured_cluster(rest),
        };
        let range = self.at..self.at + length;
        self.at = range.end;
        Some(Cluster { range, columns })
    }
}

/// Columns of a string that is one kana, kanji or the like: what most strings are that a paragraph is set of.
#[must_use]
pub fn plain_columns_alone(string: &str) -> Option<usize> {
    if string.len() == 3 { string.chars().next().and_then(plain_columns).filter(|columns| *columns == 2) } else { None }
}

/// Columns of a character that never joins another of its kind into a cluster.
fn plain_columns(c: char) -> Option<usize> {
    match u32::from(c) {
        0x20..=0x7e => Some(1),
        0x3001..=0x3029
        | 0x3041..=0x3096
        | 0x309b..=0x30ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xac00..=0xd7a3
        | 0xff01..=0xff60 => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_take_the_columns_that_terminals_give_them() {
        for (string, expected) in [
            ("abc", 3),
            ("漢字かなカナ", 12),
            ("한글", 4),
            ("ｶﾞｷﾞ", 4),
            ("か\u{3099}", 2),
            ("\u{1112}\u{1161}\u{11ab}", 2),
            ("葛\u{e0100}", 2),
            ("Ａ、。「」", 10),
            ("\u{3000}x", 3),
            ("👨\u{200d}👩\u{200d}👧", 2),
            ("🇯🇵", 2),
            ("👍🏽", 2),
            ("e\u{301}", 1),
            ("𠮷", 2),
        ] {
            assert_eq!(Measure::default().columns(string), expected, "{string}");
        }
    }

    #[test]
    fn clusters_cover_the_string() {
        for string in [
            "",
            "abc",
            "かな\u{3099}x\u{301}👨\u{200d}👩",
            "…漢①\u{301}…é",
            "ｶﾞｶ",
            "\u{301}a",
            &format!("a{}", "\u{301}".repeat(500)),
        ] {
            let sum: usize = Measure::default().clusters(string).map(|cluster| cluster.columns).sum();
            assert_eq!(Measure::default().columns(string), sum, "{string}");
            let joined: String = Measure::default().clusters(string).map(|cluster| &string[cluster.range]).collect();
            assert_eq!(joined, string);
        }
    }

    #[test]
    fn the_quick_road_agrees_with_the_long_one() {
        for code in (0x20..0x3_0000).filter_map(char::from_u32).filter(|c| plain_columns(*c).is_some()) {
            let string = code.to_string();
            assert_eq!(plain_columns(code), Some(string.width()), "{code:?}");
            for pair in [format!("{code}x"), format!("あ{code}"), format!("{code}가")] {
                assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
            }
        }
    }

    #[test]
    fn fitting_never_cuts_through_a_wide_character() {
        assert_eq!(Measure::default().fit("日本語", 6), ("日本語".into(), 6));
        assert_eq!(Measure::default().fit("日本語", 5), ("日本…".into(), 5));
        assert_eq!(Measure::default().fit("日本語", 4), ("日…".into(), 3));
        assert_eq!(Measure::default().fit("日本語", 0), (String::new(), 0));
        assert_eq!(Measure::default().fit_ends("日本語日本語日本語x.md", 16), "日本語日本…x.md");
        assert_eq!(Measure::default().fit_ends("日本語日本語日本語日本", 16), "日本語日本…日本");
        assert_eq!(Measure::default().fit_ends("日本語", 4), "日…");
        assert_eq!(Measure::default().prefix("a日本", 2), ("a", 1));
        assert_eq!(Measure::default().prefix("abc", 2), ("ab", 2));
        assert_eq!(Measure::default().prefix("ab\u{301}c", 2), ("ab\u{301}", 2));
    }
}
