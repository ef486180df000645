//! The parts of a table. A cell that takes several columns or rows stands in the first of each; the others are empty.

use std::mem;

use super::super::{Block, Table};
use super::assembly::between_cells;
use super::{Builder, Element};
use crate::text::Text;

/// How many columns or rows one cell may take.
const LONGEST_SPAN: usize = 64;

/// How many empty cells the wide and tall cells of a post may leave in their tables; what spans more takes one column and row.
pub(super) const MOST_EMPTY: usize = 50_000;

impl Builder {
    pub(super) fn table(&mut self, table: Table, blocks: Vec<Block>) {
        self.owner().blocks.extend(blocks);
        if !table.header.is_empty() || !table.rows.is_empty() {
            self.owner().blocks.push(Block::Table(table));
        }
    }

    pub(super) fn row(&mut self, cells: Vec<(Text, usize)>, header: bool) {
        let place = self.stack.iter_mut().rev().find_map(|open| match &mut open.element {
            Element::Table { table, spans } => Some((table, spans)),
            _ => None,
        });
        match place {
            Some((table, spans)) => {
                let cells = placed(cells, spans, &mut self.room_for_empty);
                if header && table.header.is_empty() && table.rows.is_empty() {
                    // One without words is there because Markdown wants one.
                    let has_words = cells.iter().any(|cell| !cell.is_empty());
                    table.header = if has_words { cells } else { Vec::new() };
                } else {
                    table.rows.push(cells);
                }
            }
            None => self.owner().blocks.extend(cells.into_iter().map(|(text, _)| Block::Paragraph(text))),
        }
    }

    pub(super) fn cell(&mut self, text: Text, is_header: bool, columns: usize, rows: usize) {
        let columns = columns.clamp(1, LONGEST_SPAN).min(self.room_for_empty + 1);
        self.room_for_empty -= columns - 1;
        let owner = self.owner();
        match &mut owner.element {
            Element::Row { cells, header } => {
                cells.extend(between_cells(mem::take(&mut owner.blocks)));
                *header &= is_header;
                let rows = rows.clamp(1, LONGEST_SPAN);
                cells.push((text, rows));
                cells.extend((1..columns).map(|_| (Text::default(), rows)));
            }
            _ if text.is_empty() => {}
            _ => self.owner().blocks.push(Block::Paragraph(text)),
        }
    }

    pub(super) fn caption(&mut self, text: Text) {
        let table =
            self.enclosing(|element| if let Element::Table { table, .. } = element { Some(table) } else { None });
        match table {
            Some(table) => table.caption = text,
            None => self.owner().blocks.push(Block::Paragraph(text)),
        }
    }
}

/// The cells of a row in their columns, past those that cells from above take; those of the row are noted for the rows to come. Where
/// there is no room for that many empty cells, nothing is taken from above.
fn placed(cells: Vec<(Text, usize)>, spans: &mut Vec<usize>, room: &mut usize) -> Vec<Text> {
    let empty = spans.iter().filter(|left| **left > 0).count();
    if empty > *room {
        spans.clear();
    } else {
        *room -= empty;
    }
    let mut taken = mem::take(spans).into_iter();
    let mut row = Vec::with_capacity(cells.len());
    for (text, rows) in cells {
        for left in taken.by_ref() {
            if left == 0 {
                break;
            }
            row.push(Text::default());
            spans.push(left - 1);
        }
        row.push(text);
        spans.push(rows - 1);
    }
    let rest: Vec<usize> = taken.collect();
    let last = rest.iter().rposition(|left| *left > 0).map_or(0, |at| at + 1);
    row.extend(rest[..last].iter().map(|_| Text::default()));
    spans.extend(rest.iter().map(|left| left.saturating_sub(1)));
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown::read;
    use crate::text::markup::MarkupSettings;

    /// How many cells each row gets, of rows of so many cells that take that many rows each.
    fn check(rows: &[(usize, usize)], mut room: usize, expected: &[usize]) {
        let mut spans = Vec::new();
        let widths = rows
            .iter()
            .map(|(cells, tall)| placed(vec![(Text::default(), *tall); *cells], &mut spans, &mut room).len());
        assert_eq!(widths.collect::<Vec<_>>(), expected, "{rows:?}");
    }

    #[test]
    fn a_head_without_words_is_none() {
        for (source, expected) in [("| a | |\n|-|-|\n| b | c |\n", 2), ("| | |\n|-|-|\n| b | c |\n", 0)] {
            let document = read(source, MarkupSettings::default());
            let tables = document.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some((table.header.len(), table.rows.len())),
                _ => None,
            });
            assert_eq!(tables.collect::<Vec<_>>(), [(expected, 1)], "{source}");
        }
    }

    #[test]
    fn tall_cells_push_those_below_aside_while_there_is_room() {
        check(&[(2, 2), (1, 1), (2, 1)], 10, &[2, 3, 2]);
        check(&[(2, 9), (1, 9), (1, 9)], 5, &[2, 3, 4]);
        check(&[(2, 9), (1, 9), (1, 9)], 4, &[2, 3, 1]);
    }
}
