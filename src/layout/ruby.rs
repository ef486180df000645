//! Readings on rows of their own, above what they are the readings of.

use std::ops::Range;

use super::paragraph::{Room, Words, fill, without_marks};
use super::{Firsts, Setter};
use crate::text::{Face, Role, Text, breaks};

/// A text without its readings, and where its parts and the readings stand in the text.
struct Bare {
    string: String,
    /// For each part: where it starts in `string`, and its range in the text.
    parts: Vec<(usize, Range<usize>)>,
    readings: Vec<Reading>,
    /// Where marks of footnotes start in `string`.
    marks: Vec<usize>,
}

struct Reading {
    /// What it is the reading of, in bytes of [`Bare::string`].
    base: Range<usize>,
    /// Its words, in bytes of the text, without the brackets around them.
    words: Range<usize>,
    columns: usize,
}

impl Setter {
    /// Sets a paragraph with its readings above it. Gives false, and sets nothing, where it has none or they have no room.
    pub(super) fn with_readings_above(&mut self, text: &Text, words: &Words, gutter: usize) -> bool {
        let bare = self.bare(text);
        let is_sound = |reading: &Reading| {
            let base = bare.string.get(reading.base.clone()).unwrap_or_default();
            !base.is_empty() && !base.contains('\n') && !text.as_str()[reading.words.clone()].contains('\n')
        };
        if bare.readings.is_empty() || !bare.readings.iter().all(is_sound) {
            return false;
        }
        let mut ends = Vec::new();
        breaks::opportunities(&bare.string, &mut ends);
        ends.retain(|end| !bare.readings.iter().any(|reading| reading.base.start < *end && *end < reading.base.end));
        without_marks(&bare.string, &bare.marks, &mut ends);
        let room = Room { columns: self.room() - gutter, gutter, marks: &bare.marks, measure: self.measure };
        let lines = fill(&bare.string, &ends, &room);
        let places: Option<Vec<Vec<usize>>> = lines.iter().map(|line| self.places(&bare, line)).collect();
        let Some(places) = places.filter(|places| places.iter().flatten().count() == bare.readings.len()) else {
            return false;
        };
        for (line, places) in lines.iter().zip(places) {
            self.readings_row(text, &bare, words, line, &places);
            self.start_row();
            for (start, part) in &bare.parts {
                let shown = line.start.max(*start)..line.end.min(start + part.len());
                if !shown.is_empty() {
                    let offset = part.start - start;
                    let room = self.room();
                    self.stretch(words, text.as_str(), shown.start + offset..shown.end + offset, room);
                }
            }
            self.end_row();
        }
        true
    }

    fn bare(&self, text: &Text) -> Bare {
        let mut bare = Bare { string: String::new(), parts: Vec::new(), readings: Vec::new(), marks: Vec::new() };
        let mut last: Option<(usize, Range<usize>)> = None;
        for (range, face) in text.runs() {
            let reading = if let Role::Ruby { base } = face.role { Some(base as usize) } else { None };
            match (reading, &mut last) {
                // A reading in several faces.
                (Some(_), Some((_, whole))) => whole.end = range.end,
                (Some(base), None) => last = Some((base, range)),
                (None, _) => {
                    self.end_reading(&mut bare, text, last.take());
                    if face.role == Role::NoteMark {
                        bare.marks.push(bare.string.len());
                    }
                    bare.parts.push((bare.string.len(), range.clone()));
                    bare.string.push_str(&text.as_str()[range]);
                }
            }
        }
        self.end_reading(&mut bare, text, last);
        bare
    }

    fn end_reading(&self, bare: &mut Bare, text: &Text, reading: Option<(usize, Range<usize>)>) {
        let Some((base, range)) = reading else { return };
        let brackets = ['（', '）'];
        let string = &text.as_str()[range.clone()];
        let inner = string.trim_start_matches(brackets);
        let start = range.end - inner.len();
        let words = start..start + inner.trim_end_matches(brackets).len();
        let end = bare.string.len();
        let columns = self.measure.columns(&text.as_str()[words.clone()]);
        bare.readings.push(Reading { base: end.checked_sub(base).unwrap_or(end)..end, words, columns });
    }

    /// The column at which each reading of a line starts. Readings of words that touch stand together, over the middle of those words,
    /// moved where they would meet others. None where they would not stand over them at all.
    fn places(&self, bare: &Bare, line: &Range<usize>) -> Option<Vec<usize>> {
        let readings = bare.readings.partition_point(|reading| reading.base.start < line.start)
            ..bare.readings.partition_point(|reading| reading.base.start < line.end);
        let mut places = Vec::new();
        let mut free = 0;
        for together in bare.readings[readings].chunk_by(|before, after| before.base.end == after.base.start) {
            let (Some(first), Some(last)) = (together.first(), together.last()) else { continue };
            let start = self.measure.columns(&bare.string[line.start..first.base.start]);
            let end = start + self.measure.columns(&bare.string[first.base.start..last.base.end]);
            let columns: usize = together.iter().map(|reading| reading.columns).sum();
            let middle = (start + end).saturating_sub(columns) / 2;
            let mut place = middle.max(free).min(self.room().checked_sub(columns)?);
            if place < free || place >= end || place + columns <= start {
                return None;
            }
            for reading in together {
                places.push(place);
                place += reading.columns;
            }
            free = place + 1;
        }
        Some(places)
    }

    fn readings_row(&mut self, text: &Text, bare: &Bare, words: &Words, line: &Range<usize>, places: &[usize]) {
        if places.is_empty() {
            return;
        }
        self.close_gap();
        self.put_margins(Firsts::Keep);
        let left = self.column;
        // The row stands for the first words of the line under it.
        let first = bare.parts.iter().rfind(|(start, _)| *start <= line.start);
        self.row_place = first.and_then(|(start, part)| words.place(part.start + line.start - start));
        let readings = bare.readings.iter().filter(|reading| line.contains(&reading.base.start));
        for (reading, place) in readings.zip(places) {
            self.furniture(&" ".repeat(left + place - self.column), Face::FURNITURE);
            let room = self.room();
            self.stretch(words, text.as_str(), reading.words.clone(), room);
        }
        self.end_row();
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Ruby, Sheet, lay_out};
    use crate::document::markdown;
    use crate::text::markup::MarkupSettings;

    fn check(width: usize, source: &str, expected: &[&str]) {
        let document = markdown::read(source, MarkupSettings::default());
        let above = lay_out(&document, &Sheet { ruby: Ruby::Above, ..Sheet::of(width) });
        let rows: Vec<String> = (0..above.len()).map(|row| above.row_text(row).trim_end().to_owned()).collect();
        assert_eq!(rows, expected);
        assert_eq!(above.plain, lay_out(&document, &Sheet::of(width)).plain);
    }

    #[test]
    fn readings_stand_over_the_middle_of_their_words() {
        check(40, "足は<ruby>結跏趺坐<rt>けっかふざ</rt></ruby>で組む。", &["   けっかふざ", "足は結跏趺坐で組む。"]);
        check(40, "<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>だ", &["かんじ", "漢字だ"]);
        check(
            40,
            "- <ruby>生存期間<rp> (</rp><rt>ライフタイム</rt><rp>) </rp></ruby>の話",
            &["  ライフタイム", "▪ 生存期間の話"],
        );
    }

    #[test]
    fn each_line_has_its_own_readings() {
        check(
            12,
            "この<ruby>検索<rt>けんさく</rt></ruby>と別の<ruby>索引<rt>さくいん</rt></ruby>だ",
            &["  けんさく", "この検索と別", "さくいん", "の索引だ"],
        );
    }

    #[test]
    fn readings_without_room_stand_inline() {
        check(12, "<ruby>承<rt>うけたまわりそうろう</rt></ruby>", &["承（うけたま", "わりそうろ", "う）"]);
        check(20, "ルビなし", &["ルビなし"]);
    }
}
