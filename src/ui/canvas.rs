//! The painter: words onto cells, by the one measure of columns.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::style::Style;

use crate::app::panes::Area;
use crate::text::glyphs::{Glyphs, glyphs};
use crate::text::width::Measure;

/// The cells of a frame.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    measure: Measure,
    /// What lines and marks are drawn with.
    pub glyphs: &'static Glyphs,
}

impl<'a> Canvas<'a> {
    pub fn new(buffer: &'a mut Buffer, measure: Measure) -> Canvas<'a> {
        Canvas { buffer, measure, glyphs: glyphs(&measure) }
    }

    /// The columns that words take.
    pub fn columns(&self, words: &str) -> u16 {
        self.measure.columns(words).try_into().unwrap_or(u16::MAX)
    }

    /// The first cluster of the words.
    pub fn first_cluster<'w>(&self, words: &'w str) -> &'w str {
        self.measure.clusters(words).next().map_or("", |cluster| &words[cluster.range])
    }

    /// As many of the words as fit so many columns.
    pub fn prefix<'w>(&self, words: &'w str, limit: u16) -> &'w str {
        self.measure.prefix(words, usize::from(limit)).0
    }

    /// Paints words from a cell on, as far as whole clusters fit before column `end`. Gives the column after the last.
    pub fn put(&mut self, x: u16, y: u16, end: u16, words: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        let end = end.min(area.width);
        let mut at = x;
        if y >= area.height {
            return at;
        }
        for cluster in self.measure.clusters(words) {
            let columns = cluster.columns as u16;
            if at + columns > end {
                break;
            }
            let Some(width) = NonZeroU16::new(columns) else { continue };
            let symbol = self.measure.shown(&words[cluster.range]);
            let cell = &mut self.buffer[(at, y)];
            cell.set_symbol(symbol).set_style(style);
            // Our measure counts, and ratatui need not measure again.
            let is_ascii = symbol.len() == 1;
            cell.set_diff_option(if is_ascii { CellDiffOption::None } else { CellDiffOption::ForcedWidth(width) });
            for covered in at + 1..at + columns {
                // Not a blank: what comes after the wide character must be seen as a change there.
                self.buffer[(covered, y)].set_symbol("").set_style(style);
            }
            at += columns;
        }
        at
    }

    /// Paints words into the first row of an area, the cut marked where they do not fit. Gives the column after the last.
    pub fn fit(&mut self, area: Area, words: &str, style: Style) -> u16 {
        let (shown, _) = self.measure.fit(words, usize::from(area.width));
        self.put(area.x, area.y, area.x + area.width, &shown, style)
    }

    /// The same for words whose end tells most: the cut is in the middle.
    pub fn fit_ends(&mut self, area: Area, words: &str, style: Style) -> u16 {
        let shown = self.measure.fit_ends(words, usize::from(area.width));
        self.put(area.x, area.y, area.x + area.width, &shown, style)
    }

    /// Gives every cell of an area a style, leaving the words.
    pub fn dress(&mut self, area: Area, style: Style) {
        for y in area.y..(area.y + area.height).min(self.buffer.area.height) {
            for x in area.x..(area.x + area.width).min(self.buffer.area.width) {
                self.buffer[(x, y)].set_style(style);
            }
        }
    }

    /// Empties an area. A wide character that reaches into it or out of it goes with it: half of one cannot be shown.
    pub fn clear(&mut self, area: Area) {
        for y in area.y..(area.y + area.height).min(self.buffer.area.height) {
            if let Some(before) = area.x.checked_sub(1)
                && before < self.buffer.area.width
                && self.buffer[(before, y)].cell_width() > 1
            {
                self.buffer[(before, y)].set_symbol(" ").set_diff_option(CellDiffOption::None);
            }
            for x in area.x..(area.x + area.width).min(self.buffer.area.width) {
                self.buffer[(x, y)].reset();
            }
            let after = area.x + area.width;
            if after < self.buffer.area.width && self.buffer[(after, y)].symbol().is_empty() {
                self.buffer[(after, y)].set_symbol(" ");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::text::width::Ambiguous;
    use crate::text::width::class::TABLE;

    #[test]
    fn measured_is_painted() {
        let plain = ["abc", "漢字かな", "ｶﾞｷﾞ", "か\u{3099}き", "한글", "e\u{301}", "สวัสดี", "नमस्ते", "\u{3000}x"];
        let wide = TABLE.map(|(.., columns)| usize::from(columns) % 2 + 1);
        for measure in [
            Measure::default(),
            Measure::default().with_ambiguous(Ambiguous::Wide),
            // A terminal that disagrees about everything.
            Measure::calibrated(&wide),
            Measure::calibrated(&[4; TABLE.len()]),
            Measure::calibrated(&[0; TABLE.len()]),
        ] {
            for words in TABLE.iter().map(|(_, probe, _)| *probe).chain(plain) {
                let words = format!("{words}x");
                let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
                let end = Canvas::new(&mut buffer, measure).put(0, 0, 40, &words, Style::new());
                assert_eq!(usize::from(end), measure.columns(&words), "{words}");
                let mut at = 0;
                let mut painted = String::new();
                while at < end {
                    painted.push_str(buffer[(at, 0)].symbol());
                    at += buffer[(at, 0)].cell_width();
                }
                let expected: String =
                    measure.clusters(&words).map(|cluster| measure.shown(&words[cluster.range])).collect();
                assert_eq!((at, painted), (end, expected), "{words}");
            }
        }
    }

    #[test]
    fn wide_characters_are_never_cut() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        assert_eq!(Canvas::new(&mut buffer, Measure::default()).put(0, 0, 5, "漢字漢", Style::new()), 4);
        Canvas::new(&mut buffer, Measure::default()).clear(Area { x: 3, y: 0, width: 2, height: 1 });
        assert_eq!((buffer[(0, 0)].symbol(), buffer[(2, 0)].symbol()), ("漢", " "));
        Canvas::new(&mut buffer, Measure::default()).clear(Area { x: 0, y: 0, width: 1, height: 1 });
        assert_eq!((buffer[(0, 0)].symbol(), buffer[(1, 0)].symbol()), (" ", " "));
    }
}
