//! The reader pane: the rows in sight, in their faces.

use std::ops::Range;

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::panes::Area;
use crate::app::reader::Reader;
use crate::layout::{Page, Span};
use crate::messages;
use crate::text::LinkId;

pub fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let area = app.panes.text();
    let Some(reader) = &app.reader else { return };
    let Some(page) = &reader.page else {
        canvas.fit(area, &messages::LOADING, theme.detail());
        return;
    };
    let search = app.search.as_ref();
    let marks = Marks {
        link: reader.link(),
        hits: search.map_or(&[], |search| search.hits.as_slice()),
        hit: search.and_then(|search| search.at_hand),
    };
    draw_rows(page, reader.top(), &marks, area, theme, canvas);
    let width = (page.width as u16).min(area.width);
    for (line, row) in (reader.top()..page.len()).take(usize::from(area.height)).enumerate() {
        mark_row(app, reader, row, Area { y: area.y + line as u16, width, height: 1, ..area }, theme, canvas);
    }
}

/// What is set apart on a page.
#[derive(Default)]
pub struct Marks<'a> {
    /// The link at hand.
    pub link: Option<LinkId>,
    /// What was sought, in bytes of the plain words.
    pub hits: &'a [Range<usize>],
    /// The hit at hand.
    pub hit: Option<usize>,
}

/// The rows of a page from one on.
pub fn draw_rows(page: &Page, top: usize, marks: &Marks, area: Area, theme: Theme, canvas: &mut Canvas) {
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
            if span.face.link.is_some() && span.face.link == marks.link {
                style = style.patch(theme.at_hand());
            }
            let start = x;
            x = canvas.put(x, y, end, span.words, style);
            dress_hits(&span, marks, Area { x: start, y, width: x - start, height: 1 }, theme, canvas);
        }
        let width = (page.width as u16).min(area.width);
        let rest = (area.x + width).saturating_sub(x);
        canvas.dress(Area { x, y, width: rest, height: 1 }, ground);
    }
}

/// Marks a row that is selected, the one that ends the selection, and those of the code or table in hand.
fn mark_row(app: &App, reader: &Reader, row: usize, line: Area, theme: Theme, canvas: &mut Canvas) {
    let is_linear = app.panes.is_linear;
    let margin = Area { x: line.x.saturating_sub(1), width: 1, ..line };
    if let Some(selection) = reader.selection {
        if selection.rows().contains(&row) {
            canvas.dress(line, theme.at_hand());
        }
        if selection.cursor == row && margin.x < line.x && !is_linear {
            canvas.put(margin.x, line.y, line.x, canvas.glyphs.cursor, theme.detail());
        }
    } else if reader.block().is_some_and(|block| block.rows.contains(&row)) {
        canvas.dress(margin, theme.at_hand());
    }
}

/// Dresses the hits in a span, which is painted in an area.
fn dress_hits(span: &Span, marks: &Marks, area: Area, theme: Theme, canvas: &mut Canvas) {
    let Some(place) = span.place else { return };
    let end = place + span.words.len();
    let first = marks.hits.partition_point(|hit| hit.end <= place);
    for (at, hit) in marks.hits.iter().enumerate().skip(first).take_while(|(_, hit)| hit.start < end) {
        let part = hit.start.max(place) - place..hit.end.min(end) - place;
        let (Some(before), Some(words)) = (span.words.get(..part.start), span.words.get(part)) else { continue };
        let (before, columns) = (canvas.columns(before).min(area.width), canvas.columns(words));
        let style = if marks.hit == Some(at) { theme.hit_at_hand() } else { theme.hit() };
        let width = columns.min(area.width - before);
        canvas.dress(Area { x: area.x + before, width, ..area }, style);
    }
}
