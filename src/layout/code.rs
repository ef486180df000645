//! Code into rows: a label, and lines that wrap where they are too long.

use std::ops::Range;

use super::Setter;
use super::paragraph::Words;
use crate::text::{Face, Role, Text};

impl Setter {
    /// Code: a label where there is one, and its lines, wrapped where they are too long.
    pub(super) fn code(&mut self, label: &str, title: &str, text: &Text) {
        let words = [label, title].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        self.within(None, "  ", Face::FURNITURE, |setter| {
            if !words.is_empty() {
                setter.label(&words, Face::of(Role::Detail));
            }
            setter.ground = Role::Code;
            setter.code_lines(text);
            setter.ground = Role::Body;
        });
    }

    fn code_lines(&mut self, text: &Text) {
        let words = self.words(text);
        let mut at = 0;
        for line in text.as_str().split('\n') {
            let range = at..at + line.len();
            at = range.end + 1;
            self.code_line(text, &words, range);
        }
    }

    fn code_line(&mut self, text: &Text, words: &Words, line: Range<usize>) {
        const CONTINUED: &str = "⋯ ";
        let mut start = line.start;
        let mut is_first = true;
        while start < line.end || is_first {
            self.start_row();
            let mut room = self.room();
            if !is_first && room > 2 * self.measure.columns(CONTINUED) {
                self.furniture(CONTINUED, Face::FURNITURE);
                room -= self.measure.columns(CONTINUED);
            }
            let (fitting, _) = self.measure.prefix(&text.as_str()[start..line.end], room);
            let rest = &text.as_str()[start..line.end];
            let length = if fitting.is_empty() {
                self.measure.clusters(rest).next().map_or(0, |first| first.range.end)
            } else {
                fitting.len()
            };
            self.stretch(words, text.as_str(), start..start + length, room);
            self.end_row();
            start += length;
            is_first = false;
        }
    }
}
