//! Cells onto the terminal: few bytes, and no guess about where the cursor stands.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{self, BeginSynchronizedUpdate, Clear, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Style;

use super::easel::Easel;
use crate::text::width::Measure;
use crate::ui::theme::sgr;

/// Writes frames, each in one piece and inside a synchronised update. Where a width is at risk, both of its cells are blanked first and the cursor is set anew after it, so that a terminal
/// that shows it otherwise spoils nothing beside it.
pub(super) struct Painter<W: Write> {
    out: W,
    pub(super) measure: Measure,
    pub(super) easel: Easel,
    cursor: Position,
    is_cursor_shown: bool,
    /// Whether a frame is being written.
    is_drawing: bool,
}

impl<W: Write> Painter<W> {
    pub(super) fn new(out: W) -> Painter<W> {
        Painter {
            out,
            measure: Measure::default(),
            easel: Easel::default(),
            cursor: Position::ORIGIN,
            is_cursor_shown: true,
            is_drawing: false,
        }
    }

    /// Starts the frame, if it has not been started.
    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.is_drawing, true) { Ok(()) } else { queue!(self.out, BeginSynchronizedUpdate) }
    }

    /// Prints one cell at the cursor, which stands at it. Gives the columns it moved by, where that is sure.
    fn print(&mut self, at: Position, symbol: &str) -> io::Result<Option<u16>> {
        if symbol.len() == 1 {
            self.out.write_all(symbol.as_bytes())?;
            return Ok(Some(1));
        }
        let columns = self.measure.columns(symbol) as u16;
        if self.measure.is_certain(symbol) {
            self.out.write_all(symbol.as_bytes())?;
            return Ok(Some(columns));
        }
        for _ in 0..columns {
            self.out.write_all(b" ")?;
        }
        queue!(self.out, MoveTo(at.x, at.y))?;
        self.out.write_all(symbol.as_bytes())?;
        Ok(None)
    }
}

impl<W: Write> Write for Painter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let is_stale = self.easel.is_stale();
        if is_stale {
            self.begin()?;
            self.easel.take_away(&mut self.out)?;
        }
        let mut cursor = None;
        let mut worn = String::new();
        let mut style = Style::reset();
        for (x, y, cell) in content.filter(|(.., cell)| !cell.symbol().is_empty()) {
            self.begin()?;
            let at = Position { x, y };
            if cursor != Some(at) {
                queue!(self.out, MoveTo(x, y))?;
            }
            if cell.style() != style {
                style = cell.style();
                let wanted = sgr(style);
                if wanted != worn {
                    write!(self.out, "\x1b[{}{wanted}m", if wanted.is_empty() { "" } else { "0;" })?;
                    worn = wanted;
                }
            }
            cursor = self.print(at, cell.symbol())?.map(|columns| Position { x: x + columns, y });
        }
        if !worn.is_empty() {
            self.out.write_all(b"\x1b[m")?;
        }
        if is_stale { self.easel.put_up(&mut self.out) } else { Ok(()) }
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.is_cursor_shown, false) { queue!(self.out, Hide) } else { Ok(()) }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.is_cursor_shown, true) { Ok(()) } else { queue!(self.out, Show) }
    }

    /// Where it was last set: the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        queue!(self.out, MoveTo(self.cursor.x, self.cursor.y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        let region = match region {
            ClearType::All => terminal::ClearType::All,
            ClearType::AfterCursor => terminal::ClearType::FromCursorDown,
            ClearType::BeforeCursor => terminal::ClearType::FromCursorUp,
            ClearType::CurrentLine => terminal::ClearType::CurrentLine,
            ClearType::UntilNewLine => terminal::ClearType::UntilNewLine,
        };
        self.easel.clear(&mut self.out)?;
        queue!(self.out, Clear(region))
    }

    fn size(&self) -> io::Result<Size> {
        terminal::size().map(Size::from)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let size = terminal::window_size()?;
        Ok(WindowSize { columns_rows: Size::new(size.columns, size.rows), pixels: Size::new(size.width, size.height) })
    }

    /// Ends the frame.
    fn flush(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.is_drawing, false) {
            queue!(self.out, EndSynchronizedUpdate)?;
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    /// What is written for these symbols, side by side from the first cell on, each as wide as it is measured.
    fn written(symbols: &[&'static str]) -> String {
        let cells: Vec<Cell> = symbols.iter().map(|symbol| Cell::new(symbol)).collect();
        let mut painter = Painter::new(Vec::new());
        let mut x = 0;
        let places: Vec<u16> = symbols
            .iter()
            .map(|symbol| {
                x += painter.measure.columns(symbol) as u16;
                x - painter.measure.columns(symbol) as u16
            })
            .collect();
        painter.draw(places.into_iter().zip(&cells).map(|(x, cell)| (x, 0, cell))).unwrap();
        let written = String::from_utf8(painter.out).unwrap();
        written.strip_prefix("\x1b[?2026h").unwrap().to_owned()
    }

    #[test]
    fn the_cursor_moves_where_it_must() {
        assert_eq!(written(&["a", "漢", "字", "b"]), "\x1b[1;1Ha漢字b");
        assert_eq!(written(&["❤\u{fe0f}", "b"]), "\x1b[1;1H  \x1b[1;1H❤\u{fe0f}\x1b[1;3Hb");
        assert_eq!(written(&["…", "b"]), "\x1b[1;1H \x1b[1;1H…\x1b[1;2Hb");
    }

    #[test]
    fn styles_are_written_once() {
        let mut bold = Cell::new("a");
        bold.modifier = Modifier::BOLD;
        let plain = Cell::new("b");
        let mut painter = Painter::new(Vec::new());
        painter.draw([(0, 0, &bold), (1, 0, &bold), (2, 0, &plain)].into_iter()).unwrap();
        assert_eq!(String::from_utf8(painter.out).unwrap(), "\x1b[?2026h\x1b[1;1H\x1b[0;1maa\x1b[mb");
    }
}
