//! The one measure of columns. What is measured here is what is painted.
//!
//! Width belongs to a grapheme cluster (UAX #29), not to a character. The common cases (printable ASCII, kana, kanji, Hangul
//! syllables, full-width forms) are told by range; everything else goes through `unicode-segmentation` and `unicode-width`.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The longest cluster, in bytes, that is kept whole; what follows becomes a cluster of its own. Real clusters are shorter.
const LONGEST_CLUSTER: usize = 64;

/// A grapheme cluster: where it stands in its string, in bytes, and how many columns it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    pub range: Range<usize>,
    pub columns: usize,
}

/// The grapheme clusters of a string, in order, without gaps.
#[must_use]
pub fn clusters(string: &str) -> Clusters<'_> {
    Clusters { string, at: 0 }
}

/// See [`clusters`].
#[derive(Debug, Clone)]
pub struct Clusters<'a> {
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
            _ => measured_cluster(rest),
        };
        let range = self.at..self.at + length;
        self.at = range.end;
        Some(Cluster { range, columns })
    }
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

/// Looks no farther than the longest cluster, so that a wall of combining marks takes linear time.
fn measured_cluster(rest: &str) -> (usize, usize) {
    let window = &rest[..rest.floor_char_boundary(LONGEST_CLUSTER)];
    let cluster = window.graphemes(true).next().unwrap_or(window);
    (cluster.len(), cluster_columns(cluster))
}

/// Columns of one cluster. Half-width voicing marks (U+FF9E, U+FF9F) take a column of their own in terminals, though they extend
/// the cluster before them.
fn cluster_columns(cluster: &str) -> usize {
    let is_mark = |c: char| matches!(c, '\u{ff9e}' | '\u{ff9f}');
    if !cluster.contains(is_mark) {
        return cluster.width();
    }
    let marks = cluster.chars().filter(|c| is_mark(*c)).count();
    cluster.replace(is_mark, "").width() + marks
}

/// Columns of a string.
#[must_use]
pub fn columns(string: &str) -> usize {
    clusters(string).map(|cluster| cluster.columns).sum()
}

/// The longest prefix of whole clusters that fits `limit` columns, and the columns it takes.
#[must_use]
pub fn prefix(string: &str, limit: usize) -> (&str, usize) {
    let mut taken = 0;
    for cluster in clusters(string) {
        if taken + cluster.columns > limit {
            return (&string[..cluster.range.start], taken);
        }
        taken += cluster.columns;
    }
    (string, taken)
}

/// The string cut to at most `limit` columns, the cut marked with `…`, and the columns that the result takes.
#[must_use]
pub fn fit(string: &str, limit: usize) -> (String, usize) {
    let whole = columns(string);
    if whole <= limit {
        return (string.to_owned(), whole);
    }
    let mark = columns("…");
    if limit < mark {
        return (String::new(), 0);
    }
    let (kept, taken) = prefix(string, limit - mark);
    (format!("{kept}…"), taken + mark)
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
            assert_eq!(columns(string), expected, "{string}");
        }
    }

    #[test]
    fn clusters_cover_the_string() {
        for string in ["", "abc", "かな\u{3099}x\u{301}👨\u{200d}👩", "ｶﾞ", &format!("a{}", "\u{301}".repeat(500))]
        {
            let joined: String = clusters(string).map(|cluster| &string[cluster.range]).collect();
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
        assert_eq!(fit("日本語", 6), ("日本語".into(), 6));
        assert_eq!(fit("日本語", 5), ("日本…".into(), 5));
        assert_eq!(fit("日本語", 4), ("日…".into(), 3));
        assert_eq!(fit("日本語", 0), (String::new(), 0));
        assert_eq!(prefix("a日本", 2), ("a", 1));
    }
}
