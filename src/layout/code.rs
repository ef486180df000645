//! Code into rows: a label, and lines that wrap where they are too long, or run on.

use std::ops::Range;

use super::paragraph::Words;
use super::{BlockKind, Setter, Wrap};
use crate::messages;
use crate::text::{Clean, Face, Role, Text};

/// Stands before what goes on from the row above.
const CONTINUED: &str = "⋯ ";

impl Setter {
    /// Code: a label where there is one, and its lines.
    pub(super) fn code(&mut self, label: &Clean, title: &Clean, text: &Text, tabs: &[Range<usize>]) {
        let name =
            [label, title].iter().filter(|part| !part.is_empty()).map(|part| &***part).collect::<Vec<_>>().join(" ");
        self.within(None, "  ", Face::FURNITURE, |setter| {
            let start = setter.block_start();
            if setter.is_spoken() {
                setter.say(&messages::spoken_code(&name, text.as_str().split('\n').count()));
            } else if !name.is_empty() {
                setter.label(&name, Face::of(Role::Detail));
            }
            let first = setter.page.rows.len();
            setter.ground = Role::Code;
            setter.code_lines(text, tabs);
            setter.ground = Role::Body;
            setter.end_block(start, first, BlockKind::Code(label.clone()), 0);
            setter.say(&messages::CODE_END);
        });
    }

    fn code_lines(&mut self, text: &Text, tabs: &[Range<usize>]) {
        let words = self.words(text);
        let places = tabs.iter().filter_map(|tab| Some((words.place(tab.start)?, tab.len())));
        self.page.tabs.extend(places.map(|(place, blanks)| place..place + blanks));
        let mut at = 0;
        for line in text.as_str().split('\n') {
            let range = at..at + line.len();
            at = range.end + 1;
            match self.wrap {
                Wrap::Rows => self.code_line(text, &words, range),
                Wrap::Never => self.whole_line(text, &words, range),
            }
        }
    }

    fn whole_line(&mut self, text: &Text, words: &Words, line: Range<usize>) {
        self.start_row();
        self.stretch(words, text.as_str(), line, usize::MAX);
        self.end_row();
    }

    fn code_line(&mut self, text: &Text, words: &Words, line: Range<usize>) {
        let mut start = line.start;
        let mut is_first = true;
        while start < line.end || is_first {
            self.start_row();
            let mut room = self.room();
            if !is_first && !self.is_spoken() && room > 2 * self.measure.columns(CONTINUED) {
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
