//! Tables: columns as wide as they need, narrowed fairly where the page is narrow, cells wrapped.

use std::ops::Range;

use super::{BlockKind, Face, Gap, Setter, Wrap};
use crate::document::{Alignment, Table};
use crate::messages;
use crate::text::glyphs::Glyphs;
use crate::text::width::Measure;
use crate::text::{Role, Text, breaks};

use super::paragraph::Words;

/// Columns between two columns: a line with a blank at both sides.
const BETWEEN: usize = 3;

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
        self.close_gap();
        let start = self.block_start();
        if self.is_spoken() {
            let columns = table.rows.iter().chain([&table.header]).map(Vec::len).max().unwrap_or(0);
            self.say(&messages::spoken_table(table.rows.len(), columns));
            self.lead(if table.caption.is_empty() { "" } else { &messages::CAPTION }, None);
        }
        if !table.caption.is_empty() {
            self.paragraph(&table.caption);
        }
        let first = self.page.rows.len();
        let cells = if self.is_spoken() { self.table_in_words(table) } else { self.table_body(table) };
        let stays = self.first_column(table);
        self.end_block(start, first, BlockKind::Table(cells), stays);
    }

    /// How many columns stay in sight while the table moves sideways: those of its first column, where they leave most of the page.
    fn first_column(&self, table: &Table) -> usize {
        let count = table.rows.iter().chain([&table.header]).map(Vec::len).max().unwrap_or(0);
        let first = natural_widths(table, count, &self.measure).first().map_or(0, |width| width + BETWEEN);
        if self.wrap == Wrap::Never && !self.is_spoken() && count > 1 && first <= self.room() / 2 { first } else { 0 }
    }

    /// Gives where the words of the cells stand, row by row.
    fn table_body(&mut self, table: &Table) -> Vec<Vec<Range<usize>>> {
        let count = table.rows.iter().chain([&table.header]).map(Vec::len).max().unwrap_or(0);
        let room = self.room().saturating_sub(BETWEEN * count.saturating_sub(1));
        let natural = natural_widths(table, count, &self.measure);
        let widths = match self.wrap {
            Wrap::Rows if room < count * NARROWEST => return self.table_as_list(table),
            Wrap::Rows => fitted(&natural, &least_widths(table, count, &self.measure), room),
            // No cell is wider than what can be seen at once.
            Wrap::Never => natural.iter().map(|width| (*width).min(self.room())).collect(),
        };
        let mut places = Vec::new();
        if !table.header.is_empty() {
            let header: Vec<Text> = table.header.iter().map(strong).collect();
            places.push(self.table_row(&header, &widths, &table.alignments));
            self.table_rule(&widths);
        }
        let is_tall = |cells: &Vec<Text>| {
            cells.iter().zip(&widths).any(|(cell, width)| self.measure.columns(cell.as_str()) > *width)
        };
        let spaced = table.rows.len() > 1 && table.rows.iter().any(is_tall);
        for (index, cells) in table.rows.iter().enumerate() {
            if spaced && index > 0 {
                self.gap = Gap::Row;
            }
            places.push(self.table_row(cells, &widths, &table.alignments));
        }
        places
    }

    fn table_row(&mut self, texts: &[Text], widths: &[usize], alignments: &[Alignment]) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut cells = Vec::new();
        for (text, width) in texts.iter().zip(widths) {
            let start = self.page.plain.len();
            cells.push(Cell { text, words: self.words(text), lines: self.lines(text, *width, 0) });
            places.push(start..self.page.plain.len() - 1);
        }
        let height = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        for line in 0..height {
            self.start_row();
            for (index, width) in widths.iter().enumerate() {
                if index > 0 {
                    self.furniture(&format!(" {} ", self.glyphs.vertical), Face::FURNITURE);
                }
                let alignment = alignments.get(index).copied().unwrap_or_default();
                self.table_cell(cells.get(index), line, *width, alignment, index + 1 == widths.len());
            }
            self.end_row();
        }
        places
    }

    fn table_cell(&mut self, cell: Option<&Cell>, line: usize, width: usize, alignment: Alignment, is_last: bool) {
        let range = cell.and_then(|cell| cell.lines.get(line)).cloned().unwrap_or(0..0);
        let taken = cell.map_or(0, |cell| self.measure.columns(&cell.text.as_str()[range.clone()]));
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
        let Glyphs { horizontal, crossing, .. } = self.glyphs;
        let parts: Vec<String> = widths.iter().map(|width| horizontal.repeat(*width)).collect();
        let line = parts.join(&format!("{horizontal}{crossing}{horizontal}"));
        self.furniture(&line, Face::FURNITURE);
        self.end_row();
    }

    /// Each cell on rows of its own, for a page too narrow for columns.
    fn table_as_list(&mut self, table: &Table) -> Vec<Vec<Range<usize>>> {
        let mut places = Vec::new();
        let header: Vec<Text> = table.header.iter().map(strong).collect();
        for (index, cells) in std::iter::once(&header).chain(&table.rows).filter(|cells| !cells.is_empty()).enumerate()
        {
            if index > 0 {
                self.gap = Gap::Row;
            }
            let mut row = Vec::new();
            for cell in cells {
                let start = self.page.plain.len();
                self.within(Some(("▪ ", Face::FURNITURE)), "", Face::FURNITURE, |setter| setter.paragraph(cell));
                row.push(start..self.page.plain.len() - 1);
            }
            places.push(row);
        }
        places
    }
}

fn strong(text: &Text) -> Text {
    let mut text = text.clone();
    text.restyle(&(0..text.len()), |face| face.strong = true);
    if text.is_empty() { Text::new("", Face::of(Role::Body)) } else { text }
}

/// What each column would take on a page without end.
fn natural_widths(table: &Table, count: usize, measure: &Measure) -> Vec<usize> {
    widest(table, count, |cell| cell.split('\n').map(|line| measure.columns(line)).max().unwrap_or(0))
}

/// What each column needs so that no word of it is cut.
fn least_widths(table: &Table, count: usize, measure: &Measure) -> Vec<usize> {
    let mut ends = Vec::new();
    widest(table, count, |cell| {
        breaks::opportunities(cell, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| measure.columns(cell[start..*end].trim_end())).max().unwrap_or(0)
    })
}

fn widest(table: &Table, count: usize, mut measure: impl FnMut(&str) -> usize) -> Vec<usize> {
    let mut widths = vec![1; count];
    for cells in table.rows.iter().chain([&table.header]) {
        for (cell, width) in cells.iter().zip(&mut widths) {
            *width = measure(cell.as_str()).max(*width);
        }
    }
    widths
}

/// The widths of columns in `room`: what they need, then fair shares of what is left over. Where not even the words fit, they are cut.
fn fitted(natural: &[usize], least: &[usize], room: usize) -> Vec<usize> {
    let needed: usize = least.iter().sum();
    if natural.iter().sum::<usize>() <= room {
        natural.to_vec()
    } else if needed <= room {
        let wanted: Vec<usize> = natural.iter().zip(least).map(|(natural, least)| natural - least).collect();
        least.iter().zip(shared_out(&wanted, room - needed)).map(|(least, more)| least + more).collect()
    } else {
        shared_out(natural, room).into_iter().map(|width| width.max(1)).collect()
    }
}

/// Shares `room` out so that one who wants less than an equal share gets what it wants.
fn shared_out(wanted: &[usize], room: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|index| wanted[*index]);
    let mut shares = wanted.to_vec();
    let mut left = room;
    for (done, index) in order.iter().enumerate() {
        shares[*index] = wanted[*index].min(left / (order.len() - done));
        left -= shares[*index];
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_wide_columns_give_way() {
        assert_eq!(fitted(&[3, 4], &[1, 1], 10), [3, 4]);
        assert_eq!(fitted(&[3, 40], &[1, 1], 20), [3, 17]);
        assert_eq!(fitted(&[30, 40, 2], &[1, 1, 1], 22), [10, 10, 2]);
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(fitted(&[40, 40], &[12, 4], 20), [14, 6]);
        assert_eq!(fitted(&[40, 12], &[2, 12], 16), [4, 12]);
        assert_eq!(fitted(&[40, 40], &[12, 12], 20), [10, 10], "not even the words fit");
    }
}
