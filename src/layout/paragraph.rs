//! A paragraph into rows: flattened to one string, broken as a whole, its styles laid back over the rows.

use std::ops::Range;

use super::{GUTTER, Hanging, NARROWEST_WITH_GUTTER, Ruby, Setter};
use crate::text::width::{Measure, NOT_SHOWN, plain_columns_alone};
use crate::text::{Face, Role, Text, breaks, phrases};

/// Where the runs of a text stand on the page: the range in the text, the face, and for words the offset in `Page::plain`.
pub(super) struct Words {
    runs: Vec<(Range<usize>, Face, Option<usize>)>,
}

impl Words {
    /// Those of a text that is nothing of the post.
    pub(super) fn of_furniture(text: &Text) -> Words {
        Words { runs: text.runs().map(|(range, face)| (range, face, None)).collect() }
    }

    /// Where a byte of the text stands in `Page::plain`; none for what is not the post's words.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        let run = self.runs.get(self.runs.partition_point(|(range, ..)| range.end <= at));
        run.and_then(|(range, _, place)| Some((*place)? + at - range.start))
    }
}

impl Setter {
    /// Sets a paragraph.
    pub(super) fn paragraph(&mut self, text: &Text) {
        let text = &*self.told(text);
        let words = self.words(text);
        let gutter = self.gutter(text.as_str());
        if self.ruby == Ruby::Above && self.with_readings_above(text, &words, gutter) {
            return;
        }
        for line in self.lines(text, self.room() - gutter, gutter) {
            self.start_row();
            let room = self.room();
            self.stretch(&words, text.as_str(), line, room);
            self.end_row();
        }
    }

    /// Sets a heading or title: broken between phrases, its lines of about one length.
    pub(super) fn display(&mut self, text: &Text) {
        if self.is_spoken() {
            return self.paragraph(text);
        }
        let words = self.words(text);
        let room = self.room();
        for line in balanced(text.as_str(), room, self.measure) {
            self.start_row();
            self.stretch(&words, text.as_str(), line, room);
            self.end_row();
        }
    }

    /// Columns at the right that a paragraph keeps free for marks to hang into.
    fn gutter(&self, words: &str) -> usize {
        let is_wanted = self.hanging == Hanging::Into && self.room() >= NARROWEST_WITH_GUTTER;
        if is_wanted && words.contains(may_hang) { GUTTER } else { 0 }
    }

    /// Adds the words of a text to the page's plain words, followed by a newline.
    pub(super) fn words(&mut self, text: &Text) -> Words {
        // The empty row before them belongs to the words that come before.
        self.close_gap();
        let plain = &mut self.page.plain;
        let runs = text
            .runs()
            .map(|(range, face)| {
                let place = (!face.role.is_furniture()).then_some(plain.len());
                if place.is_some() {
                    plain.push_str(&text.as_str()[range.clone()]);
                }
                (range, face, place)
            })
            .collect();
        plain.push('\n');
        Words { runs }
    }

    /// Where the lines of a text stand in it, for rows of `room` columns and a gutter beside them.
    pub(super) fn lines(&mut self, text: &Text, room: usize, gutter: usize) -> Vec<Range<usize>> {
        let mut ends = std::mem::take(&mut self.ends);
        breaks::opportunities(text.as_str(), &mut ends);
        let marks: Vec<usize> =
            text.runs().filter(|(_, face)| face.role == Role::NoteMark).map(|(range, _)| range.start).collect();
        without_marks(text.as_str(), &marks, &mut ends);
        let lines = fill(text.as_str(), &ends, &Room { columns: room, gutter, marks: &marks, measure: self.measure });
        self.ends = ends;
        lines
    }

    /// Puts a stretch of a text on the row, in its faces.
    pub(super) fn stretch(&mut self, words: &Words, string: &str, stretch: Range<usize>, room: usize) {
        let first = words.runs.partition_point(|(range, ..)| range.end <= stretch.start);
        for (range, face, place) in &words.runs[first..] {
            let part = range.start.max(stretch.start)..range.end.min(stretch.end);
            if part.is_empty() {
                break;
            }
            let is_too_wide = room < super::WIDEST_CLUSTER && self.measure.columns(&string[part.clone()]) > room;
            match place {
                _ if is_too_wide => self.furniture(NOT_SHOWN, *face),
                Some(place) => self.put(place + part.start - range.start..place + part.end - range.start, *face, false),
                None => self.furniture(&string[part], *face),
            }
        }
    }
}

/// The blanks that may stand beyond the end of a row.
fn trimmed(string: &str) -> &str {
    string.trim_end_matches([' ', '\n', '\u{3000}'])
}

/// Marks that may hang: full-width stops and commas.
fn may_hang(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．')
}

/// The lines of a heading or title in rows of so many columns: as few as can be, broken between phrases, and balanced, which is to
/// say as narrow as that many lines can be. They are byte ranges.
#[must_use]
pub fn balanced(string: &str, columns: usize, measure: Measure) -> Vec<Range<usize>> {
    let lines = |ends: &[usize], columns| fill(string, ends, &Room { columns, gutter: 0, marks: &[], measure });
    let wide = |range: Range<usize>| measure.columns(trimmed(&string[range]));
    if !string.contains('\n') && wide(0..string.len()) <= columns {
        return std::iter::once(0..string.len()).collect();
    }
    let mut ends = Vec::new();
    breaks::opportunities(string, &mut ends);
    phrases::retain(string, &mut ends, |phrase| wide(phrase) <= columns);
    let count = lines(&ends, columns).len();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let mut least = starts.zip(&ends).map(|(start, end)| wide(start..*end)).max().unwrap_or(0).min(columns);
    let mut most = columns;
    while least < most {
        let middle = usize::midpoint(least, most);
        if lines(&ends, middle).len() > count {
            least = middle + 1;
        } else {
            most = middle;
        }
    }
    lines(&ends, least)
}

/// The room for a row.
pub(super) struct Room<'a> {
    pub(super) columns: usize,
    /// Columns beside them for a stop or comma that hangs.
    pub(super) gutter: usize,
    /// Where marks of footnotes start: a row ends before one only where it would be cut otherwise.
    pub(super) marks: &'a [usize],
    pub(super) measure: Measure,
}

/// Takes the places before marks of footnotes out of `ends`, except where the author broke the line.
pub(super) fn without_marks(string: &str, marks: &[usize], ends: &mut Vec<usize>) {
    if !marks.is_empty() {
        ends.retain(|end| marks.binary_search(end).is_err() || string[..*end].ends_with('\n'));
    }
}

/// Fills rows greedily. `ends` are the places where a row may end.
pub(super) fn fill(string: &str, ends: &[usize], room: &Room) -> Vec<Range<usize>> {
    let &Room { columns: room, gutter, marks, measure } = room;
    let mut filler = Filler { string, room, gutter, marks, measure, lines: Vec::new(), start: 0, taken: 0 };
    let mut start = 0;
    for &end in ends {
        filler.unit(start..end);
        start = end;
    }
    if filler.start < string.len() {
        filler.finish(string.len());
    }
    // A text of nothing but blanks has a row all the same.
    if filler.lines.is_empty() {
        filler.lines.push(0..0);
    }
    filler.lines
}

struct Filler<'a> {
    string: &'a str,
    room: usize,
    gutter: usize,
    marks: &'a [usize],
    measure: Measure,
    lines: Vec<Range<usize>>,
    /// Where the row that is being filled starts, and the columns taken on it.
    start: usize,
    taken: usize,
}

impl Filler<'_> {
    /// Adds an unbreakable unit with the blanks after it.
    fn unit(&mut self, unit: Range<usize>) {
        let string = &self.string[unit.clone()];
        // Most units are one kana or kanji that has room.
        if let Some(columns) = plain_columns_alone(string)
            && self.taken + columns <= self.room
        {
            self.taken += columns;
            return;
        }
        let core = trimmed(string);
        let wide = self.measure.columns(core);
        let hanging = if core.ends_with(may_hang) { self.gutter } else { 0 };
        if self.taken + wide > self.room + hanging {
            // Rather than be cut, a long word reaches into the gutter.
            if wide > self.room + self.gutter {
                return self.split(unit);
            }
            if self.start < unit.start {
                self.finish(unit.start);
            }
        }
        self.taken += wide + self.measure.columns(string[core.len()..].trim_end_matches('\n'));
        if string.ends_with('\n') {
            self.finish(unit.end);
        }
    }

    /// Ends the row before `end`.
    fn finish(&mut self, end: usize) {
        let length = trimmed(&self.string[self.start..end]).len();
        if length > 0 || self.string[self.start..end].contains('\n') {
            self.lines.push(self.start..self.start + length);
        }
        self.start = end;
        self.taken = 0;
    }

    /// Cuts a unit that is wider than a whole row: before the mark of a footnote, after the separators of a path or URL, or else between
    /// clusters.
    fn split(&mut self, unit: Range<usize>) {
        let mut start = unit.start;
        // Each turn looks at one row's worth, however long the token is.
        loop {
            let rest = &self.string[start..unit.end];
            let core = trimmed(rest);
            if self.measure.prefix(core, self.room + self.gutter).0.len() == core.len() {
                break;
            }
            let left = self.room.saturating_sub(self.taken);
            let fitting = self.measure.prefix(core, left).0;
            // A no-break space gives way before a word is cut.
            if let Some(at) = fitting.rfind('\u{a0}') {
                start += at + '\u{a0}'.len_utf8();
                self.finish(start);
                continue;
            }
            let whole_row = self.measure.prefix(core, self.room + self.gutter).0.len();
            match self.before_mark(start, whole_row) {
                // What stands before the mark has room on a row of its own.
                Some(_) if self.taken > 0 => {
                    self.finish(start);
                    continue;
                }
                Some(cut) => {
                    start += cut;
                    self.finish(start);
                    continue;
                }
                None => {}
            }
            match breaks::last_cut(core, fitting.len()) {
                Some(cut) => {
                    start += cut;
                    self.finish(start);
                }
                None if self.taken > 0 => self.finish(start),
                None => {
                    start += self.clusters_within(rest);
                    self.finish(start);
                }
            }
        }
        self.unit(start..unit.end);
    }

    /// The last mark of a footnote within `length` bytes after `start`, counted from there.
    fn before_mark(&self, start: usize, length: usize) -> Option<usize> {
        let mark = self.marks[..self.marks.partition_point(|mark| *mark <= start + length)].last()?;
        mark.checked_sub(start).filter(|cut| *cut > 0)
    }

    /// Bytes of the clusters that fit a row, at least one.
    fn clusters_within(&self, string: &str) -> usize {
        let mut taken = 0;
        for cluster in self.measure.clusters(string) {
            taken += cluster.columns;
            if taken > self.room && cluster.range.start > 0 {
                return cluster.range.start;
            }
        }
        string.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the paragraph with a bar at every row's end.
    fn check(room: usize, paragraph: &str, expected: &str) {
        let mut ends = Vec::new();
        breaks::opportunities(paragraph, &mut ends);
        let rows: Vec<&str> =
            fill(paragraph, &ends, &Room { columns: room, gutter: 0, marks: &[], measure: Measure::default() })
                .into_iter()
                .map(|line| &paragraph[line])
                .collect();
        assert_eq!(rows.join("|"), expected);
    }

    #[test]
    fn rows_break_where_japanese_allows() {
        check(10, "日本語の文章です。", "日本語の文|章です。");
        check(8, "日本語、そう", "日本語、|そう");
        check(8, "日本語で「は」", "日本語で|「は」");
        check(8, "これはRustで", "これは|Rustで");
        check(6, "a b c d e", "a b c|d e");
    }

    #[test]
    fn hard_breaks_and_blank_rows() {
        check(10, "a\nb", "a|b");
        check(10, "a\n\nb", "a||b");
        check(10, "", "");
    }

    #[test]
    fn long_tokens_are_cut_last() {
        check(12, "see https://example.com/path", "see https://|example.com/|path");
        check(4, "abcdefghij", "abcd|efgh|ij");
        check(3, "日本語", "日|本|語");
        check(1, "日本", "日|本");
        check(8, "a ▣\u{a0}filename", "a ▣\u{a0}|filename");
    }

    #[test]
    fn stops_hang_into_the_gutter() {
        let paragraph = "日本語、そう。だ";
        let mut ends = Vec::new();
        breaks::opportunities(paragraph, &mut ends);
        let rows = |gutter| {
            fill(paragraph, &ends, &Room { columns: 6, gutter, marks: &[], measure: Measure::default() })
                .into_iter()
                .map(|line| &paragraph[line])
                .collect::<Vec<_>>()
        };
        assert_eq!(rows(2), ["日本語、", "そう。", "だ"]);
        assert_eq!(rows(0), ["日本", "語、そ", "う。だ"]);
        let paragraph = "autocdls、だ";
        breaks::opportunities(paragraph, &mut ends);
        let rows: Vec<&str> =
            fill(paragraph, &ends, &Room { columns: 8, gutter: 2, marks: &[], measure: Measure::default() })
                .into_iter()
                .map(|line| &paragraph[line])
                .collect();
        assert_eq!(rows, ["autocdls、", "だ"], "a long word reaches into the gutter");
    }

    #[test]
    fn a_word_is_not_cut_for_the_mark_after_it() {
        let paragraph = "see autocdls[1] x";
        let room = Room { columns: 10, gutter: 0, marks: &[12], measure: Measure::default() };
        let rows: Vec<&str> = fill(paragraph, &[4, 16, 17], &room).into_iter().map(|line| &paragraph[line]).collect();
        assert_eq!(rows, ["see", "autocdls", "[1] x"]);
        let room = Room { columns: 10, gutter: 0, marks: &[13], measure: Measure::default() };
        let rows: Vec<&str> = fill("see /dev/nvme[1] x", &[4, 17, 18], &room)
            .into_iter()
            .map(|line| &"see /dev/nvme[1] x"[line])
            .collect();
        assert_eq!(rows, ["see", "/dev/nvme", "[1] x"]);
    }

    #[test]
    fn titles_are_broken_between_phrases_and_balanced() {
        for (columns, title, expected) in [
            (40, "今日は良い天気です", "今日は良い天気です"),
            (30, "Kubernetes のローリングアップデートを理解する", "Kubernetes の|ローリングアップデートを|理解する"),
            (40, "コンテナの中身を入れ替える設定の読み方を覚える", "コンテナの中身を入れ替える|設定の読み方を覚える"),
            (16, "Release notes of the newest version", "Release notes|of the newest|version"),
            (6, "今日は", "今日は"),
            (4, "今日は", "今日|は"),
        ] {
            let lines = balanced(title, columns, Measure::default());
            let shown: Vec<&str> = lines.into_iter().map(|line| trimmed(&title[line])).collect();
            assert_eq!(shown.join("|"), expected);
        }
    }

    #[test]
    fn blanks_at_a_rows_end_take_no_room() {
        check(5, "abcde fgh", "abcde|fgh");
        check(6, "日本語　文", "日本語|文");
    }
}
