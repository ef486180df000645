//! The rectangles of the screen: one pure function of its size, used by `update` and by `draw`.

/// Under this many columns there is room for one pane only.
pub const NARROW: u16 = 80;

/// From this many columns on, a post of the index takes one line: date, title and tags side by side.
const ONE_LINE: u16 = 60;

/// The least and the most that the index gets of a wide screen, in percent.
const NARROWEST_SHARE: u16 = 15;
const WIDEST_SHARE: u16 = 70;

/// The column of text is not made narrower than this by keys.
const NARROWEST_TEXT: u16 = 20;

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    /// Whether a cell lies in it.
    #[must_use]
    pub fn holds(self, column: u16, row: u16) -> bool {
        (self.x..self.x + self.width).contains(&column) && (self.y..self.y + self.height).contains(&row)
    }
}

/// Which pane the keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    #[default]
    Index,
    Reader,
}

/// The size of the screen and how it is shared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Panes {
    pub columns: u16,
    pub rows: u16,
    /// How much of a wide screen the index takes, in percent.
    pub share: u16,
    pub focus: Focus,
    /// The widest that the column of text gets, in columns.
    pub widest: u16,
    /// Whether the column of text stands in the middle of its pane.
    pub is_centred: bool,
    /// Whether nothing but the text is shown.
    pub is_zen: bool,
    /// Whether the screen is for who hears it: one thing at a time, in words.
    pub is_linear: bool,
}

impl Panes {
    /// Whether only the focused pane is shown.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.columns < NARROW || self.is_zen || self.is_linear
    }

    /// Makes the column of text wider, in columns, starting from what is shown.
    pub fn widen(&mut self, columns: i16) {
        let now = self.widest.min(self.reader().width);
        self.widest = now.saturating_add_signed(columns).clamp(NARROWEST_TEXT, self.reader().width.max(NARROWEST_TEXT));
    }

    /// Moves the split, in percent.
    pub fn resize_split(&mut self, change: i16) {
        self.share = self.share.saturating_add_signed(change).clamp(NARROWEST_SHARE, WIDEST_SHARE);
    }

    /// The rows of the bar at the top: none where nothing but the text is shown.
    fn bar(&self) -> u16 {
        if self.is_zen { 0 } else { 1.min(self.rows) }
    }

    /// Rows between the bars at the top and at the bottom.
    fn height(&self) -> u16 {
        self.rows.saturating_sub(1 + self.bar())
    }

    fn index_width(&self) -> u16 {
        if self.is_narrow() { self.columns } else { (u32::from(self.columns) * u32::from(self.share) / 100) as u16 }
    }

    /// The posts of the index; empty when it is not shown.
    #[must_use]
    pub fn index(&self) -> Area {
        let is_shown = !self.is_narrow() || self.focus == Focus::Index;
        let y = self.bar();
        Area { x: 0, y, width: if is_shown { self.index_width() } else { 0 }, height: self.height() }
    }

    /// The column of text of the reader, where it stands in its pane.
    #[must_use]
    pub fn text(&self) -> Area {
        let pane = self.reader();
        let width = pane.width.min(self.widest).max(1);
        let left = if self.is_centred || self.is_zen { (pane.width - width) / 2 } else { 0 };
        Area { x: pane.x + left, width, ..pane }
    }

    /// The pane of the reader, with the margin at both sides left out. In a narrow terminal it is the same whichever pane is
    /// shown, so that a post is laid out before it is looked at.
    #[must_use]
    pub fn reader(&self) -> Area {
        let (left, whole) = if self.is_narrow() {
            (0, self.columns)
        } else {
            (self.index_width() + 1, self.columns - self.index_width() - 1)
        };
        let margin = u16::from(whole > 20);
        Area { x: left + margin, y: self.bar(), width: whole.saturating_sub(2 * margin).max(1), height: self.height() }
    }

    /// A box of this size, in columns and rows, in the middle of the screen. On a linear one it is all there is.
    #[must_use]
    pub fn centred(&self, width: u16, height: u16) -> Area {
        let whole = (self.columns, self.rows);
        let (width, height) = if self.is_linear { whole } else { (width.min(whole.0), height.min(whole.1)) };
        Area { x: (self.columns - width) / 2, y: (self.rows - height) / 2, width, height }
    }

    /// Puts the split at a column.
    pub fn split_at(&mut self, column: u16) {
        let percent = u32::from(column) * 100 / u32::from(self.columns.max(1));
        self.share = u16::try_from(percent).unwrap_or(u16::MAX).clamp(NARROWEST_SHARE, WIDEST_SHARE);
    }

    /// Whether a cell is on the line between the panes.
    #[must_use]
    pub fn is_split(&self, column: u16, row: u16) -> bool {
        !self.is_narrow() && column == self.index_width() && row < self.rows.saturating_sub(1)
    }

    /// A box of this size, in columns and rows, beside a cell of the column of text: below it where there is room, else above it, else
    /// wherever there is more.
    #[must_use]
    pub fn beside(&self, column: u16, row: u16, size: (u16, u16)) -> Area {
        let text = self.text();
        let (above, below) = (row, text.height.saturating_sub(row + 1));
        let (width, height) = (size.0.min(self.columns), size.1);
        let x = (text.x + column).saturating_sub(2).min(self.columns - width);
        if height <= below || below >= above {
            return Area { x, y: text.y + row + 1, width, height: height.min(below) };
        }
        let height = height.min(above);
        Area { x, y: text.y + row - height, width, height }
    }

    /// How many targets of link hints can be listed at the bottom of the screen.
    #[must_use]
    pub fn hint_lines(&self) -> usize {
        usize::from(self.rows / 3).max(1)
    }

    /// How wide the box of a question is, in columns.
    #[must_use]
    pub fn question_width(&self) -> u16 {
        self.columns.saturating_sub(4).min(76)
    }

    /// How many characters of an address a question can show.
    #[must_use]
    pub fn question_room(&self) -> usize {
        usize::from(self.question_width().saturating_sub(4)) * usize::from(self.rows.saturating_sub(6))
    }

    /// Whether the reader is shown.
    #[must_use]
    pub fn shows_reader(&self) -> bool {
        !self.is_narrow() || self.focus == Focus::Reader
    }

    /// Whether a post of the index takes one line, with all of it side by side.
    #[must_use]
    pub fn is_one_line_per_post(&self) -> bool {
        self.index_width() >= ONE_LINE || self.is_linear
    }

    /// The columns of a title in the index where it has rows of its own: a mark stands left of it, a blank at its right.
    #[must_use]
    pub fn title_width(&self) -> u16 {
        self.index_width().saturating_sub(3)
    }

    /// The pane that a cell belongs to.
    #[must_use]
    pub fn focus_at(&self, column: u16, row: u16) -> Option<Focus> {
        let is_between_bars = row >= self.bar() && row < self.rows.saturating_sub(1);
        match () {
            () if !is_between_bars => None,
            () if self.index().holds(column, row) => Some(Focus::Index),
            () if self.shows_reader() => Some(Focus::Reader),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_size_breaks_the_panes() {
        for columns in 0..200 {
            for rows in [0, 1, 2, 3, 24] {
                for (focus, is_zen) in [(Focus::Index, false), (Focus::Reader, false), (Focus::Reader, true)] {
                    let panes = Panes {
                        columns,
                        rows,
                        share: 38,
                        focus,
                        widest: 40,
                        is_centred: rows == 3,
                        is_zen,
                        is_linear: rows == 2,
                    };
                    let (index, text) = (panes.index(), panes.text());
                    for row in 0..text.height {
                        let note = panes.beside(text.width - 1, row, (30, 9));
                        assert!(note.x + note.width <= columns && note.y + note.height <= text.y + text.height);
                        assert!(note.height <= 9 && (note.y + note.height <= text.y + row || note.y > text.y + row));
                    }
                    assert!(index.x + index.width <= columns && index.y + index.height <= rows.max(1));
                    assert!(
                        text.x + text.width <= columns.max(1) && text.y + text.height <= rows.max(1),
                        "{columns}x{rows}"
                    );
                    assert!(panes.is_narrow() || index.width < text.x);
                }
            }
        }
    }
}
