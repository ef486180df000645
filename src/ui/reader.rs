//! The reader pane: the rows in sight, in their faces.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::panes::Area;
use crate::app::reader::Reader;
use crate::messages;

pub fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let area = app.panes.text();
    let Some(reader) = &app.reader else { return };
    let Some(page) = &reader.page else {
        canvas.fit(area, &messages::LOADING, theme.detail());
        return;
    };
    for line in 0..area.height {
        let row = reader.top() + usize::from(line);
        if row >= page.len() {
            break;
        }
        let y = area.y + line;
        let end = area.x + area.width;
        let ground = theme.ground(page.ground(row));
        let mut x = area.x;
        for span in page.spans(row) {
            let mut style = ground.patch(theme.style(span.face));
            if span.face.link.is_some() && span.face.link == reader.link() {
                style = style.patch(theme.at_hand());
            }
            x = canvas.put(x, y, end, span.words, style);
        }
        let width = (page.width as u16).min(area.width);
        let rest = (area.x + width).saturating_sub(x);
        canvas.dress(Area { x, y, width: rest, height: 1 }, ground);
        mark_row(reader, row, Area { y, width, height: 1, ..area }, theme, canvas);
    }
}

/// Marks a row that is selected, the one that ends the selection, and those of the code or table in hand.
fn mark_row(reader: &Reader, row: usize, line: Area, theme: Theme, canvas: &mut Canvas) {
    let margin = Area { x: line.x.saturating_sub(1), width: 1, ..line };
    if let Some(selection) = reader.selection {
        if selection.rows().contains(&row) {
            canvas.dress(line, theme.at_hand());
        }
        if selection.cursor == row && margin.x < line.x {
            canvas.put(margin.x, line.y, line.x, canvas.glyphs.cursor, theme.detail());
        }
    } else if reader.block().is_some_and(|block| block.rows.contains(&row)) {
        canvas.dress(margin, theme.at_hand());
    }
}
