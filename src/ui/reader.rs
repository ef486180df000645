//! The reader pane: the rows in sight, in their faces.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::panes::Area;
use crate::layout::Page;
use crate::messages;
use crate::text::LinkId;

pub fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let area = app.panes.text();
    let Some(reader) = &app.reader else { return };
    let Some(page) = &reader.page else {
        canvas.fit(area, messages::LOADING, theme.detail());
        return;
    };
    draw_rows(page, reader.top(), reader.link, area, theme, canvas);
}

/// The rows of a page from one on, the link at hand set apart.
pub fn draw_rows(page: &Page, top: usize, at_hand: Option<LinkId>, area: Area, theme: Theme, canvas: &mut Canvas) {
    for line in 0..area.height {
        let row = top + usize::from(line);
        if row >= page.len() {
            break;
        }
        let y = area.y + line;
        let end = area.x + area.width;
        let ground = theme.ground(page.ground(row));
        let mut x = area.x;
        for span in page.spans(row) {
            let mut style = ground.patch(theme.style(span.face));
            if span.face.link.is_some() && span.face.link == at_hand {
                style = style.patch(theme.at_hand());
            }
            x = canvas.put(x, y, end, span.words, style);
        }
        let width = (page.width as u16).min(area.width);
        let rest = (area.x + width).saturating_sub(x);
        canvas.dress(Area { x, y, width: rest, height: 1 }, ground);
    }
}
