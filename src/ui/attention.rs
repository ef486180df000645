//! Where the terminal's cursor stands on a linear screen while nothing is typed: at the thing that the keys are about. Screen readers
//! and lines of braille follow it.

use crate::app::App;
use crate::app::panes::{Area, Focus};
use crate::app::reader::{Hand, Reader};

/// The cell that what was done last led to; none where the screen has no room.
pub fn place(app: &App) -> Option<(u16, u16)> {
    if let (Focus::Reader, Some(reader)) = (app.panes.focus, &app.reader) {
        let (row, column) = of_reader(app, reader);
        return cell(app.panes.text(), row.saturating_sub(reader.top()), column);
    }
    let row = app.index.position().saturating_sub(app.index.top(&app.index_rows()));
    cell(app.panes.index(), row, 0)
}

fn cell(area: Area, row: usize, column: usize) -> Option<(u16, u16)> {
    let last = |size: u16, at: usize| Some(u16::try_from(at).unwrap_or(u16::MAX).min(size.checked_sub(1)?));
    Some((area.x + last(area.width, column)?, area.y + last(area.height, row)?))
}

/// The row and column of the end of the selection, of what is in hand, or of the hit at hand; else the start of the top row.
fn of_reader(app: &App, reader: &Reader) -> (usize, usize) {
    let height = usize::from(app.panes.text().height);
    let top = (reader.top(), 0);
    let Some(page) = &reader.page else { return top };
    let hit = app.search.as_ref().and_then(|search| search.hits.get(search.at_hand?));
    let found = match (reader.selection, reader.hand, hit) {
        (Some(selection), ..) => Some((selection.cursor, 0)),
        (_, Some(Hand::Link(link)), _) => {
            reader.first_in_sight(link, height).map(|place| (place.row, place.columns.start))
        }
        (_, Some(Hand::Block(place)), _) => page.block_at(place).map(|block| (block.rows.start, 0)),
        (_, None, Some(hit)) => Some((page.row_of(hit.start), 0)),
        (_, None, None) => None,
    };
    found.filter(|(row, _)| (reader.top()..reader.top() + height).contains(row)).unwrap_or(top)
}
