//! The rectangles of the screen: one pure function of its size, used by `update` and by `draw`.

/// Under this many columns there is room for one pane only.
pub const NARROW: u16 = 80;

/// From this many columns on, a post of the index takes one line: date, title and tags side by side.
const ONE_LINE: u16 = 60;

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
}

impl Panes {
    /// Whether only the focused pane is shown.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.columns < NARROW
    }

    /// Moves the split, in percent.
    pub fn resize_split(&mut self, change: i16) {
        self.share = self.share.saturating_add_signed(change).clamp(15, 70);
    }

    /// Rows between the bars at the top and at the bottom.
    fn height(&self) -> u16 {
        self.rows.saturating_sub(2)
    }

    fn index_width(&self) -> u16 {
        if self.is_narrow() { self.columns } else { (u32::from(self.columns) * u32::from(self.share) / 100) as u16 }
    }

    /// The posts of the index; empty when it is not shown.
    #[must_use]
    pub fn index(&self) -> Area {
        let is_shown = !self.is_narrow() || self.focus == Focus::Index;
        let y = 1.min(self.rows);
        Area { x: 0, y, width: if is_shown { self.index_width() } else { 0 }, height: self.height() }
    }

    /// The column of text of the reader, with the margin at both sides left out. In a narrow terminal it is the same whichever pane is
    /// shown, so that a post is laid out before it is looked at.
    #[must_use]
    pub fn text(&self) -> Area {
        let (left, whole) = if self.is_narrow() {
            (0, self.columns)
        } else {
            (self.index_width() + 1, self.columns - self.index_width() - 1)
        };
        let margin = u16::from(whole > 20);
        Area {
            x: left + margin,
            y: 1.min(self.rows),
            width: whole.saturating_sub(2 * margin).max(1),
            height: self.height(),
        }
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
        self.index_width() >= ONE_LINE
    }

    /// The columns of a title in the index where it has rows of its own: a mark stands left of it, a blank at its right.
    #[must_use]
    pub fn title_width(&self) -> u16 {
        self.index_width().saturating_sub(3)
    }

    /// The pane that a cell belongs to.
    #[must_use]
    pub fn focus_at(&self, column: u16, row: u16) -> Option<Focus> {
        let is_between_bars = row >= 1 && row < self.rows.saturating_sub(1);
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
                for focus in [Focus::Index, Focus::Reader] {
                    let panes = Panes { columns, rows, share: 38, focus };
                    let (index, text) = (panes.index(), panes.text());
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
