//! Tables: columns as wide as they need, narrowed fairly where the page is narrow, cells wrapped.

use std::ops::Range;

use super::{Face, Gap, Setter};
use crate::document::{Alignment, Table};
use crate::text::width::columns;
use crate::text::{Role, Text};

use super::paragraph::Words;

/// Between two columns.
const BETWEEN: &str = " │ ";

/// A column narrower than this cannot be read: the table is set as a list of its cells instead.
const NARROWEST: usize = 4;

/// One cell, ready to be set: its text, where its words stand, and its lines.
struct Cell<'a> {
    text: &'a Text,
    words: Words,
    lines: Vec<Range<usize>>,
}

impl Setter {
    pub(super) fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.paragraph(&table.caption);
        }
        let count = table.rows.iter().chain([&table.header]).map(Vec::len).max().unwrap_or(0);
        let room = self.room().saturating_sub(columns(BETWEEN) * count.saturating_sub(1));
        if room < count * NARROWEST {
            return self.table_as_list(table);
        }
        let widths = narrowed(natural_widths(table, count), room);
        if !table.header.is_empty() {
            let header: Vec<Text> = table.header.iter().map(strong).collect();
            self.table_row(&header, &widths, &table.alignments);
            self.table_rule(&widths);
        }
        let is_tall =
            |cells: &Vec<Text>| cells.iter().zip(&widths).any(|(cell, width)| columns(cell.as_str()) > *width);
        let spaced = table.rows.len() > 1 && table.rows.iter().any(is_tall);
        for (index, cells) in table.rows.iter().enumerate() {
            if spaced && index > 0 {
                self.gap = Gap::Row;
            }
            self.table_row(cells, &widths, &table.alignments);
        }
    }

    fn table_row(&mut self, texts: &[Text], widths: &[usize], alignments: &[Alignment]) {
        let cells: Vec<Cell> = texts
            .iter()
            .zip(widths)
            .map(|(text, width)| Cell { text, words: self.words(text), lines: self.lines(text, *width) })
            .collect();
        let height = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        for line in 0..height {
            self.start_row();
            for (index, width) in widths.iter().enumerate() {
                if index > 0 {
                    self.furniture(BETWEEN, Face::FURNITURE);
                }
                let alignment = alignments.get(index).copied().unwrap_or_default();
                self.table_cell(cells.get(index), line, *width, alignment, index + 1 == widths.len());
            }
            self.end_row();
        }
    }

    fn table_cell(&mut self, cell: Option<&Cell>, line: usize, width: usize, alignment: Alignment, is_last: bool) {
        let range = cell.and_then(|cell| cell.lines.get(line)).cloned().unwrap_or(0..0);
        let taken = cell.map_or(0, |cell| columns(&cell.text.as_str()[range.clone()]));
        let left = match alignment {
            Alignment::Left => 0,
            Alignment::Center => width.saturating_sub(taken) / 2,
            Alignment::Right => width.saturating_sub(taken),
        };
        self.furniture(&" ".repeat(left), Face::FURNITURE);
        if let Some(cell) = cell {
            self.stretch(&cell.words, cell.text.as_str(), range, width);
        }
        if !is_last {
            self.furniture(&" ".repeat(width.saturating_sub(left + taken)), Face::FURNITURE);
        }
    }

    fn table_rule(&mut self, widths: &[usize]) {
        self.start_row();
        let line = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("─┼─");
        self.furniture(&line, Face::FURNITURE);
        self.end_row();
    }

    /// Each cell on rows of its own, for a page too narrow for columns.
    fn table_as_list(&mut self, table: &Table) {
        let header: Vec<Text> = table.header.iter().map(strong).collect();
        for (index, cells) in std::iter::once(&header).chain(&table.rows).filter(|cells| !cells.is_empty()).enumerate()
        {
            if index > 0 {
                self.gap = Gap::Row;
            }
            for cell in cells {
                self.within(Some(("▪ ", Face::FURNITURE)), "", Face::FURNITURE, |setter| setter.paragraph(cell));
            }
        }
    }
}

fn strong(text: &Text) -> Text {
    let mut text = text.clone();
    text.restyle(&(0..text.len()), |face| face.strong = true);
    if text.is_empty() { Text::new("", Face::of(Role::Body)) } else { text }
}

/// What each column would take on a page without end.
fn natural_widths(table: &Table, count: usize) -> Vec<usize> {
    let mut widths = vec![1; count];
    for cells in table.rows.iter().chain([&table.header]) {
        for (cell, width) in cells.iter().zip(&mut widths) {
            *width = cell.as_str().split('\n').map(columns).max().unwrap_or(0).max(*width);
        }
    }
    widths
}

/// Narrows the widest columns until all fit into `room`: a column that needs less than an equal share keeps what it needs.
fn narrowed(natural: Vec<usize>, room: usize) -> Vec<usize> {
    if natural.iter().sum::<usize>() <= room {
        return natural;
    }
    let mut order: Vec<usize> = (0..natural.len()).collect();
    order.sort_by_key(|index| natural[*index]);
    let mut widths = natural.clone();
    let mut left = room;
    for (done, index) in order.iter().enumerate() {
        let share = left / (order.len() - done);
        widths[*index] = natural[*index].min(share).max(1);
        left = left.saturating_sub(widths[*index]);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_wide_columns_give_way() {
        assert_eq!(narrowed(vec![3, 4], 10), [3, 4]);
        assert_eq!(narrowed(vec![3, 40], 20), [3, 17]);
        assert_eq!(narrowed(vec![30, 40, 2], 22), [10, 10, 2]);
    }
}
