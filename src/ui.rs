//! The view: a function of the app's state. It changes nothing.

mod attention;
mod canvas;
mod index;
mod input;
mod overlay;
mod picture;
mod reader;
pub mod theme;

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::style::{Modifier, Style};

use crate::app::App;
use crate::app::keys::Mode;
use crate::app::panes::Area;
use crate::app::pictures::{Sight, State};
use crate::app::seek::{Search, Syntax};
use crate::messages::{self, Message};
use crate::picture::plate::Hung;
use crate::text::Clean;
use crate::text::rows::rows;
use canvas::Canvas;
use theme::Theme;

/// From how many columns on more than one key is hinted at.
const HINTED: u16 = 72;

/// Draws the whole screen.
pub fn draw(app: &App, theme: Theme, frame: &mut Frame) {
    let area = frame.area();
    let panes = &app.panes;
    // Between a resize and its news the frame may be smaller than the app believes: then the next one is right.
    if area.width < panes.columns || area.height < panes.rows || area.width == 0 || area.height == 0 {
        return;
    }
    let mut canvas = Canvas::new(frame.buffer_mut(), app.measure);
    let index = panes.index();
    if index.width > 0 {
        index::draw(app, theme, &mut canvas, index);
    }
    if panes.shows_reader() {
        reader::draw(app, theme, &mut canvas);
        picture::draw(app, theme, &mut canvas);
    }
    draw_bars(app, theme, &mut canvas);
    let mut cursor = draw_status(app, theme, &mut canvas);
    if let Some(overlay) = &app.overlay {
        cursor = overlay::draw(app, overlay, theme, &mut canvas);
    } else if panes.is_linear {
        cursor = cursor.or_else(|| attention::place(app));
    }
    if let Some((x, y)) = cursor {
        frame.set_cursor_position(Position::new(x.min(area.width - 1), y.min(area.height - 1)));
    }
}

/// What is to be hung over the cells, where the terminal draws pictures by itself. Nothing else may lie there: while there is an overlay,
/// they are away.
#[must_use]
pub fn over_cells(app: &App) -> Vec<Hung> {
    let sights = if app.overlay.is_none() { app.pictures_in_sight() } else { Vec::new() };
    let hung = |sight: Sight| match sight.state {
        State::Ready(plate) if plate.is_over_cells() => Some(Hung { plate, x: sight.x, y: sight.y, rows: sight.rows }),
        _ => None,
    };
    // Nor may they cover the rows that a long notice takes.
    let is_long = app
        .notice
        .as_ref()
        .is_some_and(|notice| app.measure.columns(&notice.words) + 8 > usize::from(app.panes.columns));
    let end = app.panes.rows.saturating_sub(if is_long { 1 + app.panes.rows / 3 } else { 1 });
    sights.into_iter().filter(|sight| sight.y + sight.rows.len() as u16 <= end).filter_map(hung).collect()
}

/// The bar at the top: site, filter and count over the index, the post's title over the reader; and the line between the panes.
fn draw_bars(app: &App, theme: Theme, canvas: &mut Canvas) {
    let panes = &app.panes;
    let index = panes.index();
    if index.width > 0 {
        index::draw_bar(app, theme, canvas, index.width);
    }
    if !panes.shows_reader() || panes.is_zen {
        return;
    }
    let pane = panes.reader();
    if let Some(post) = app.reader.as_ref().and_then(|reader| app.library.post(reader.post)) {
        // At the top the title stands in the text itself; there the bar tells the file.
        let is_at_top = app.reader.as_ref().is_none_or(|reader| reader.top() == 0);
        let (words, style) = if is_at_top {
            (&post.name, theme.furniture())
        } else {
            (&post.title, theme.detail().add_modifier(Modifier::BOLD))
        };
        canvas.fit(Area { y: 0, height: 1, ..pane }, words, style);
    }
    if !panes.is_narrow() {
        for row in 0..panes.rows.saturating_sub(1) {
            canvas.put(index.width, row, index.width + 1, canvas.glyphs.vertical, theme.furniture());
        }
    }
}

/// The line at the bottom: a notice, the words being typed, or the target of the link at hand; and at its right end how far one is.
fn draw_status(app: &App, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let panes = &app.panes;
    let row = panes.rows.checked_sub(1)?;
    let line = Area { x: 0, y: row, width: panes.columns, height: 1 };
    if app.index.is_typing {
        draw_completions(app, theme, canvas);
        return Some(input::draw("/", &app.index.filter.line, line, theme.warning(), canvas));
    }
    if let Some(search) = app.search.as_ref().filter(|search| search.is_typing) {
        return Some(draw_search(search, line, theme, canvas));
    }
    let at_hand = at_hand(app, canvas);
    // Where nothing but the text is shown, this line is there only while it has something to say.
    if panes.is_zen && app.notice.is_none() && at_hand.is_none() && app.count.is_none() && app.search.is_none() {
        return None;
    }
    let (words, style) = match (&app.notice, at_hand) {
        (Some(notice), _) if notice.is_warning => (notice.words.to_string(), theme.warning()),
        (Some(notice), _) => (notice.words.to_string(), theme.detail()),
        (None, Some(words)) => (words, theme.detail()),
        (None, None) => (hints(app), theme.furniture()),
    };
    // The time gives way to words that need its room.
    let room = |place: &str, canvas: &Canvas| line.width.saturating_sub(canvas.columns(place) + 2);
    let long = place(app, Time::Told);
    let place = if canvas.columns(&words) <= room(&long, canvas) { long } else { place(app, Time::LeftOut) };
    let room = room(&place, canvas);
    let left = Area { width: room, ..line };
    if app.notice.is_some() {
        draw_notice(app, &words, left, style, canvas);
    } else {
        canvas.fit_ends(left, &words, style);
    }
    canvas.put(room + 1, row, line.width, &place, theme.detail());
    None
}

/// The key that shows every key, and those that a newcomer looks for first, as many as there is room for beside the time and place.
fn hints(app: &App) -> String {
    let pane = app.pane();
    let mut words = messages::for_help(&app.key_for(pane, "help"));
    let room = usize::from(app.panes.columns / 10 * 8);
    let wanted: &[(&str, Message)] = match pane {
        _ if app.panes.is_linear || app.panes.columns < HINTED => &[],
        Mode::Index => &messages::INDEX_HINTS,
        Mode::Reader => &messages::READER_HINTS,
        _ => &[],
    };
    for (name, does) in wanted {
        let hint = format!("   {} {does}", app.key_for(pane, name));
        if app.measure.columns(&words) + app.measure.columns(&hint) > room {
            break;
        }
        words += &hint;
    }
    words
}

/// A notice, which goes up over the rows above where one has no room for it.
fn draw_notice(app: &App, words: &str, line: Area, style: Style, canvas: &mut Canvas) {
    let rows = rows(words, usize::from(line.width), &app.measure);
    let most = usize::from(app.panes.rows / 3).max(1);
    if rows.len() < 2 || rows.len() > most {
        canvas.fit(line, words, style);
        return;
    }
    let first = line.y.saturating_sub(rows.len() as u16 - 1);
    for (words, y) in rows.iter().zip(first..) {
        canvas.clear(Area { x: 0, y, width: app.panes.columns, height: 1 });
        canvas.fit(Area { y, ..line }, words, style);
    }
}

/// What is selected or in hand, in words.
fn at_hand(app: &App, canvas: &Canvas) -> Option<String> {
    if let Some(selection) = app.reader.as_ref().and_then(|reader| reader.selection) {
        let key = |name| app.key_for(Mode::Select, name);
        return Some(messages::selected(selection.rows().len(), &key("copy"), &key("close")));
    }
    let leads_to = if app.panes.is_linear { messages::LEADS_TO.words() } else { canvas.glyphs.target };
    let target = app.target_at_hand().map(|target| format!("{leads_to}{target}"));
    if let Some(target) = target.as_ref().filter(|_| app.can_fetch_what_is_in_hand()) {
        return Some(messages::fetched_by(target, &app.key_for(Mode::Reader, "fetch-images")));
    }
    target.or_else(|| app.block_at_hand().map(|what| messages::in_hand(&what, &app.key_for(Mode::Reader, "copy"))))
}

/// Above the line that is typed: what is wrong with it, or else what may stand at its cursor.
fn draw_completions(app: &App, theme: Theme, canvas: &mut Canvas) {
    let Some(row) = app.panes.rows.checked_sub(2) else { return };
    let line = Area { x: 0, y: row, width: app.panes.columns, height: 1 };
    let (all, chosen) = app.index.filter.completions();
    // What is half typed is wrong for the moment only.
    let cursor = app.index.filter.line.before_cursor().len();
    let problem = app.index.filter.problem().filter(|problem| all.is_empty() || problem.range.end < cursor);
    if let Some(problem) = problem {
        let above = Area { y: if all.is_empty() { row } else { row.saturating_sub(1) }, ..line };
        canvas.clear(above);
        canvas.fit(above, &Clean::line(&problem.what), theme.warning());
    }
    if all.is_empty() {
        return;
    }
    canvas.clear(line);
    for offer in app.offers() {
        let place = Area { x: offer.x, width: offer.width, ..line };
        canvas.fit(place, &offer.words, theme.detail());
        if chosen == Some(offer.at) {
            canvas.dress(place, theme.at_hand());
        }
    }
}

/// What is sought, while it is typed: the hits are counted at the right end, and what is wrong stands above.
fn draw_search(search: &Search, line: Area, theme: Theme, canvas: &mut Canvas) -> (u16, u16) {
    if let (Some(problem), Some(above)) = (&search.problem, line.y.checked_sub(1)) {
        let above = Area { y: above, ..line };
        canvas.clear(above);
        canvas.fit(above, problem, theme.warning());
    }
    let count = hits(search);
    let room = line.width.saturating_sub(canvas.columns(&count) + 1);
    canvas.put(room + 1, line.y, line.width, &count, theme.detail());
    let kind = if search.syntax == Syntax::Expression { messages::BY_EXPRESSION.words() } else { "" };
    input::draw(&format!("{kind}/"), &search.input, Area { width: room, ..line }, theme.warning(), canvas)
}

/// Which hit is at hand, of how many.
fn hits(search: &Search) -> String {
    let at_hand = search.at_hand.map_or_else(|| "-".to_owned(), |at| (at + 1).to_string());
    format!("{at_hand}/{}", search.hits.len())
}

/// Whether it is said how long the rest of the post takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Told,
    LeftOut,
}

/// The count that is being typed, the hits of a search, what is wrong, the time that the rest of the post takes, and how far the reader is.
fn place(app: &App, time: Time) -> String {
    let count = app.count.map(|count| count.to_string());
    let in_words = app.panes.is_linear;
    let problems = |count| if in_words { messages::problems(count) } else { format!("!{count}") };
    let problems = Some(app.problems().count()).filter(|count| *count > 0).map(problems);
    let hit = |search| if in_words { messages::hits(&hits(search)) } else { hits(search) };
    let search = app.search.as_ref().map(hit);
    let height = usize::from(app.panes.text().height);
    let reader = app.reader.as_ref().filter(|_| app.panes.shows_reader());
    let told = reader.filter(|_| time == Time::Told);
    let left = told.and_then(|reader| reader.time_left(height)).map(messages::minutes);
    let progress = reader.and_then(|reader| Some(format!("{}%", reader.progress(height)?)));
    [count, search, problems, left, progress].into_iter().flatten().collect::<Vec<_>>().join("  ")
}

#[cfg(test)]
mod tests;
