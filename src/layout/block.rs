//! Blocks that can be taken in hand: where they stand, and what of them has no room.

use super::{BlockKind, BlockPlace, Setter};

/// Where a block starts: its first row, and its first word in bytes of `Page::plain`.
pub(super) struct BlockStart {
    row: usize,
    place: usize,
}

impl Setter {
    pub(super) fn block_start(&self) -> BlockStart {
        BlockStart { row: self.page.rows.len(), place: self.page.plain.len() }
    }

    /// Notes the block that has been set. Its rows from `first` on move sideways where they are wider than the page,
    /// all but the columns of the margins and so many after them.
    pub(super) fn end_block(&mut self, start: BlockStart, first: usize, kind: BlockKind, stays: usize) {
        let words = start.place..self.page.plain.len();
        if words.is_empty() {
            return;
        }
        let fixed = (self.margin_columns() + stays) as u32;
        let mut widest = 0;
        for row in &mut self.page.rows[first..] {
            row.fixed = fixed;
            widest = widest.max(row.columns as usize);
        }
        let overhang = widest.saturating_sub(self.page.width);
        self.page.blocks.push(BlockPlace { kind, rows: start.row..self.page.rows.len(), words, overhang });
    }
}
