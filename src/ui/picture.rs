//! Pictures in the reader pane, where they are made of cells; a word where they cannot be drawn.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::panes::Area;
use crate::app::pictures::{Sight, State};
use crate::messages;
use crate::picture::plate::{Form, Plate};

pub fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    for sight in app.pictures_in_sight() {
        let area = Area { x: sight.x, y: sight.y, width: sight.columns, height: 1 };
        match &sight.state {
            State::Ready(plate) => draw_half_blocks(&sight, plate, theme, canvas),
            State::Failed(fault) => drop(canvas.fit(area, &messages::not_drawn(fault.words()), theme.detail())),
            State::Asked => drop(canvas.fit(area, &messages::LOADING, theme.detail())),
        }
    }
}

fn draw_half_blocks(sight: &Sight, plate: &Plate, theme: Theme, canvas: &mut Canvas) {
    let Form::HalfBlocks(cells) = &plate.form else { return };
    // A terminal that shows it two columns wide gets one pixel a cell.
    let symbol = if canvas.columns("▀") == 1 { "▀" } else { " " };
    let width = usize::from(plate.columns.max(1));
    let rows = cells.chunks(width).skip(usize::from(sight.rows.start)).zip(sight.y..);
    for (row, y) in rows.take(sight.rows.len()) {
        for ([upper, lower], x) in row.iter().zip(sight.x..) {
            canvas.put(x, y, x + 1, symbol, theme.halves(*upper, *lower));
        }
    }
}
