//! Rows that are selected, to be copied.

use std::ops::Range;

use super::{Hand, Motion, Reader};

/// The row where a selection began, and the one where it ends now, which the keys move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    pub anchor: usize,
    pub cursor: usize,
}

impl Selection {
    /// The rows from the one to the other.
    #[must_use]
    pub fn rows(&self) -> Range<usize> {
        self.anchor.min(self.cursor)..self.anchor.max(self.cursor) + 1
    }
}

impl Reader {
    /// Starts a selection at the thing in hand if it is in sight, else at the first row in sight.
    pub fn select(&mut self, height: usize) {
        let Some(page) = &self.page else { return };
        let in_sight = self.top..(self.top + height).min(page.len());
        let row = match self.hand {
            Some(Hand::Link(link)) => page.link_place(link).map(|place| place.row),
            Some(Hand::Block(place)) => page.block_at(place).map(|block| block.rows.start),
            None => None,
        };
        let row = row.filter(|row| in_sight.contains(row)).unwrap_or(self.top);
        if !page.is_empty() {
            self.selection = Some(Selection { anchor: row, cursor: row });
        }
    }

    /// Selects from one row to another, and brings that into sight.
    pub fn select_rows(&mut self, anchor: usize, cursor: usize, height: usize) {
        let Some(last) = self.page.as_ref().and_then(|page| page.len().checked_sub(1)) else { return };
        self.selection = Some(Selection { anchor: anchor.min(last), cursor: cursor.min(last) });
        self.follow_cursor(height);
    }

    /// Moves the end of the selection.
    pub fn extend(&mut self, motion: Motion, height: usize) {
        let (Some(Selection { cursor, .. }), Some(page)) = (self.selection, &self.page) else { return };
        let mut headings = page.headings.iter().map(|heading| heading.row);
        let row = match motion {
            Motion::Headings(count) if count > 0 => headings.find(|row| *row > cursor).unwrap_or(cursor),
            Motion::Headings(_) => headings.rfind(|row| *row < cursor).unwrap_or(0),
            motion => motion.from(cursor, page.len(), height.saturating_sub(1).max(1)),
        };
        if let Some(selection) = &mut self.selection {
            selection.cursor = row;
        }
        self.follow_cursor(height);
    }

    /// Scrolls no farther than is needed to see the end of the selection.
    fn follow_cursor(&mut self, height: usize) {
        let Some(Selection { cursor, .. }) = self.selection else { return };
        if cursor < self.top {
            self.go(cursor, height);
        } else if cursor >= self.top + height {
            self.go(cursor + 1 - height, height);
        }
    }

    /// What the selected rows say.
    #[must_use]
    pub fn selected_words(&self) -> Option<String> {
        Some(self.page.as_ref()?.rows_words(self.selection?.rows()))
    }
}
