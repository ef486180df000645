//! The mouse: what lies under it, and what its buttons and wheel do.

use super::action::Motion;
use super::keys::Mode;
use super::panes::Focus;
use super::{App, Effect, Pressed};
use crate::text::LinkId;

impl App {
    /// The button goes down: the link under it is at hand, its target shown; a post under it is selected.
    pub(super) fn press(&mut self, column: u16, row: u16) -> Vec<Effect> {
        self.pressed = None;
        self.index.is_typing = false;
        if self.overlay.take().is_some() {
            return Vec::new();
        }
        match self.panes.focus_at(column, row) {
            Some(Focus::Index) => {
                self.panes.focus = Focus::Index;
                let row = usize::from(row - self.panes.index().y);
                let rows = self.index_rows();
                if self.index.select_row(row, &rows) {
                    self.pressed = Some(Pressed::Post);
                }
                self.preview()
            }
            Some(Focus::Reader) => {
                self.panes.focus = Focus::Reader;
                let link = self.link_at(column, row);
                let line = usize::from(row - self.panes.text().y);
                if let Some(reader) = &mut self.reader {
                    let row = reader.top() + line;
                    self.pressed = Some(Pressed::Text { row, link });
                    reader.selection = None;
                    reader.take_at(row, link);
                }
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The button goes up: a link opens if it is the one that was pressed; a click on the index opens the post in narrow terminals.
    pub(super) fn release(&mut self, column: u16, row: u16) -> Vec<Effect> {
        match self.pressed.take() {
            Some(Pressed::Post) if self.panes.is_narrow() => self.focus_reader(),
            Some(Pressed::Text { link: Some(link), .. }) if self.mode() != Mode::Select => {
                if self.link_at(column, row) == Some(link) { self.follow(link) } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }

    /// The mouse moves with its button down: rows are selected from where it went down. Beyond the edge the text follows.
    pub(super) fn drag(&mut self, row: u16) {
        let Some(Pressed::Text { row: from, .. }) = self.pressed else { return };
        let first = self.panes.text().y;
        self.with_reader(|reader, height| {
            let to = match row.checked_sub(first) {
                Some(line) => reader.top() + usize::from(line).min(height),
                None => reader.top().saturating_sub(1),
            };
            if to != from || reader.selection.is_some() {
                reader.select_rows(from, to, height);
            }
        });
    }

    fn link_at(&self, column: u16, row: u16) -> Option<LinkId> {
        let area = self.panes.text();
        let reader = self.reader.as_ref()?;
        let (column, row) = (column.checked_sub(area.x)?, row.checked_sub(area.y)?);
        reader.link_at(usize::from(row), usize::from(column))
    }

    pub(super) fn wheel(&mut self, lines: isize, column: u16, row: u16) -> Vec<Effect> {
        if self.overlay.is_some() {
            return self.move_by(Motion::Lines(lines.signum()));
        }
        let height = usize::from(self.panes.text().height);
        match (self.panes.focus_at(column, row), &mut self.reader) {
            (Some(Focus::Reader), Some(reader)) => {
                reader.scroll(Motion::Lines(lines), height);
                Vec::new()
            }
            (Some(Focus::Index), _) => self.step_index(Motion::Lines(lines.signum())),
            _ => Vec::new(),
        }
    }
}
