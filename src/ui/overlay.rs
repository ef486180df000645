//! What lies over the panes: lists to choose from, hints, questions, details, help, problems.

use ratatui::style::{Modifier, Style};

use super::canvas::Canvas;
use super::input;
use super::reader::{Marks, draw_rows};
use super::theme::Theme;
use crate::app::App;
use crate::app::keys::Mode;
use crate::app::marks::Mark;
use crate::app::overlay::{Hints, Note, Overlay, Question, Wanted, Wish};
use crate::app::panes::Area;
use crate::app::picker::{Line, List, Picker};
use crate::messages;
use crate::text::Clean;

/// Draws an overlay. Gives the place of the cursor where something is typed.
pub fn draw(app: &App, overlay: &Overlay, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let cursor = match overlay {
        Overlay::List(picker) => draw_list(app, picker, theme, canvas),
        Overlay::Hints(hints) => draw_hints(app, hints, theme, canvas),
        Overlay::Letter(wish) => draw_marks(app, *wish, theme, canvas),
        Overlay::Note(note) => draw_note(app, note, theme, canvas),
        Overlay::Question(question) => draw_question(app, question, theme, canvas),
        Overlay::Details { top, .. } => draw_page(app, &messages::POST_DETAILS, *top, theme, canvas),
        Overlay::Help { top } => draw_page(app, &messages::KEYS, *top, theme, canvas),
        Overlay::Problems { top } => draw_problems(app, *top, theme, canvas),
    };
    // What else lies over a linear screen is read from its start.
    cursor.or_else(|| app.panes.is_linear.then_some((2, 1)))
}

/// A framed box in the middle of the screen. Gives the area inside.
fn frame(app: &App, title: &str, width: u16, height: u16, theme: Theme, canvas: &mut Canvas) -> Area {
    let outer = app.panes.centred(width, height);
    frame_at(app, outer, title, theme, canvas)
}

/// A framed box, on a linear screen without its frame. Gives the area inside.
fn frame_at(app: &App, outer: Area, title: &str, theme: Theme, canvas: &mut Canvas) -> Area {
    let Area { width, height, .. } = outer;
    canvas.clear(outer);
    if !app.panes.is_linear {
        draw_frame(outer, theme, canvas);
    }
    let label = format!(" {title} ");
    canvas.fit(
        Area { x: outer.x + 2, width: width.saturating_sub(4), height: 1, ..outer },
        &label,
        theme.detail().add_modifier(Modifier::BOLD),
    );
    Area { x: outer.x + 2, y: outer.y + 1, width: width.saturating_sub(4), height: height.saturating_sub(2) }
}

fn draw_frame(outer: Area, theme: Theme, canvas: &mut Canvas) {
    let width = outer.width;
    let end = outer.x + outer.width;
    let line = canvas.glyphs.horizontal.repeat(usize::from(width.saturating_sub(2)));
    let vertical = canvas.glyphs.vertical;
    let [top_left, top_right, bottom_left, bottom_right] = canvas.glyphs.corners;
    let (first, last) = (outer.y, outer.y + outer.height.saturating_sub(1));
    for row in first..=last {
        let (left, right) = match row {
            _ if row == first => (top_left, top_right),
            _ if row == last => (bottom_left, bottom_right),
            _ => (vertical, vertical),
        };
        canvas.put(outer.x, row, end, left, theme.furniture());
        if row == first || row == last {
            canvas.put(outer.x + 1, row, end, &line, theme.furniture());
        }
        canvas.put(end.saturating_sub(1), row, end, right, theme.furniture());
    }
}

/// The heading of a list, and what stands there where nothing is left.
fn looks(app: &App, picker: &Picker) -> (&'static str, &'static str) {
    match &picker.list {
        List::Facets => (&messages::FACETS, &messages::NO_FACETS),
        List::Titles => (&messages::TITLES, &messages::NO_TITLES),
        List::Texts if picker.input.is_empty() => (&messages::TEXTS, &messages::TYPE_TEXTS),
        List::Texts if app.is_seeking_texts() => (&messages::TEXTS, &messages::SEEKING),
        List::Texts => (&messages::TEXTS, &messages::NO_TEXTS),
        List::Queries => (&messages::QUERIES, &messages::NO_QUERIES),
        List::Naming => (&messages::NAME_QUERY, &messages::NO_QUERIES),
        List::Outline => (&messages::OUTLINE, &messages::NO_HEADINGS),
        List::Links => (&messages::LINKS, &messages::NO_LINKS),
        List::Actions { .. } => (&messages::ACTIONS, &messages::NO_ACTIONS),
        List::Keys => (&messages::KEYS, &messages::NO_KEYS),
        List::Encodings { .. } => (&messages::ENCODING, &messages::NO_ENCODINGS),
        List::Backlinks { posts: Some(_), .. } => (&messages::BACKLINKS, &messages::NO_BACKLINKS),
        List::Visited => (&messages::VISITED, &messages::NONE_VISITED),
        List::Backlinks { posts: None, .. } => (&messages::BACKLINKS, &messages::SCANNING),
    }
}

fn draw_list(app: &App, picker: &Picker, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let (title, none) = looks(app, picker);
    let (lines, selected) = (picker.lines(), picker.selected());
    let outer = picker.area(&app.panes);
    let inside = frame_at(app, outer, title, theme, canvas);
    draw_foot(app, picker, outer, theme, canvas);
    if inside.height == 0 {
        return None;
    }
    let mut is_cut = false;
    let prompt = if app.panes.is_linear { "" } else { "› " };
    let mut cursor = input::draw(prompt, &picker.input, Area { height: 1, ..inside }, theme.warning(), canvas);
    let rows = usize::from(inside.height - 1);
    let top = picker.first(rows);
    for (at, line) in lines.iter().enumerate().skip(top).take(rows) {
        let row = Area { y: inside.y + 1 + (at - top) as u16, height: 1, ..inside };
        // The end of a line never takes more than half of it.
        let end = canvas.columns(&line.detail).min(row.width / 2);
        let room = row.width.saturating_sub(end + 1);
        let mark = if app.panes.is_linear { &messages::CHOSEN } else { "✓ " };
        draw_words(line, mark, Area { width: room, ..row }, theme, canvas);
        canvas.fit(Area { x: row.x + room + 1, width: end, ..row }, &line.detail, theme.detail());
        if at == selected {
            is_cut = canvas.columns(&line.words).saturating_add(2 + 2 * line.depth as u16) > room;
            canvas.dress(row, theme.at_hand());
            // There a screen reader finds what is selected.
            if app.panes.is_linear {
                cursor = (row.x, row.y);
            }
        }
    }
    if let Some(line) = lines.get(selected).filter(|_| is_cut) {
        // The name of a command stands before what it does.
        let words = line.words.rsplit("  ").next().unwrap_or_default();
        draw_at_foot(outer, words, theme.detail(), canvas);
    }
    if lines.is_empty() {
        canvas.fit(Area { y: inside.y + 1, height: 1, ..inside }, none, theme.detail());
    }
    Some(cursor)
}

/// What stands at the foot of a list: what is wrong with what is typed, or a key that works there.
fn draw_foot(app: &App, picker: &Picker, outer: Area, theme: Theme, canvas: &mut Canvas) {
    let (words, style) = match (&picker.list, app.texts_problem()) {
        (List::Texts, Some(problem)) => (Clean::line(problem), theme.warning()),
        (List::Queries, _) if !picker.lines().is_empty() => {
            (Clean::line(&messages::to_forget(&app.key_to_forget())), theme.detail())
        }
        _ => return,
    };
    draw_at_foot(outer, &words, style, canvas);
}

fn draw_at_foot(outer: Area, words: &str, style: Style, canvas: &mut Canvas) {
    let words = format!(" {words} ");
    let width = canvas.columns(&words).min(outer.width.saturating_sub(4));
    let y = outer.y + outer.height.saturating_sub(1);
    canvas.fit(Area { x: outer.x + 2, y, width, height: 1 }, &words, style);
}

/// The words of a line of a list, with what was found in them.
fn draw_words(line: &Line, mark: &str, area: Area, theme: Theme, canvas: &mut Canvas) {
    let mark = format!("{}{}", if line.is_marked { mark } else { "  " }, "  ".repeat(line.depth));
    // What was found in a text has less weight than the title over it.
    let style = if line.hits.is_empty() { Style::new() } else { theme.detail() };
    canvas.fit(area, &format!("{mark}{}", line.words), style);
    let start = area.x + canvas.columns(&mark);
    let end = area.x + area.width;
    for hit in &line.hits {
        let (Some(before), Some(words)) = (line.words.get(..hit.start), line.words.get(hit.clone())) else { continue };
        let x = start.saturating_add(canvas.columns(before)).min(end);
        let width = canvas.columns(words).min(end - x);
        canvas.dress(Area { x, width, height: 1, ..area }, theme.warning().add_modifier(Modifier::BOLD));
    }
}

/// The letters over the links, and at the bottom what each leads to, so that no target is opened unseen.
fn draw_hints(app: &App, hints: &Hints, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let reader = app.reader.as_ref()?;
    let area = app.panes.text();
    let open = hints.open();
    let targets = open.clone().map(|(place, label)| format!("{label} {}", app.target_words(reader, place.link)));
    let lines: Vec<String> = targets.take(app.panes.hint_lines()).collect();
    let first = app.panes.rows.saturating_sub(lines.len() as u16);
    for (line, words) in lines.iter().enumerate() {
        let row = Area { x: 0, y: first + line as u16, width: app.panes.columns, height: 1 };
        canvas.clear(row);
        canvas.fit(row, words, theme.detail());
    }
    for (place, label) in open {
        let row = place.row.checked_sub(reader.top()).filter(|row| *row < usize::from(area.height));
        let Some(row) = row else { continue };
        let x = area.x + place.columns.start as u16;
        let y = area.y + row as u16;
        // What the list hides cannot be read, and its letter would spoil an address.
        if y >= first {
            continue;
        }
        canvas.clear(Area { x, y, width: label.len() as u16, height: 1 });
        canvas.put(x, y, area.x + area.width, label, theme.hint());
    }
    None
}

/// What a letter is asked for, and the marked places.
fn draw_marks(app: &App, wish: Wish, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let question = if wish == Wish::Mark { &messages::WHICH_MARK } else { &messages::WHICH_PLACE };
    let title = |mark: &Mark| app.library.post(mark.stop.post).map_or_else(String::new, |post| post.title.to_string());
    let marks = app.marks.iter().map(|(letter, mark)| (*letter, title(mark), mark.words.to_string()));
    let room = usize::from(app.panes.rows.saturating_sub(3));
    let marks: Vec<_> = marks.take(room).collect();
    let first = app.panes.rows.saturating_sub(marks.len() as u16 + 1);
    let line = |at: usize| Area { x: 0, y: first + at as u16, width: app.panes.columns, height: 1 };
    canvas.clear(line(0));
    canvas.fit(line(0), question, theme.warning());
    for (at, (letter, title, words)) in marks.iter().enumerate() {
        let row = line(at + 1);
        canvas.clear(row);
        canvas.put(0, row.y, row.width, &letter.to_string(), theme.warning());
        let half = row.width.saturating_sub(3) / 2;
        let end = canvas.fit(Area { x: 2, width: half, ..row }, title, Style::new());
        canvas.fit(Area { x: end + 2, width: row.width.saturating_sub(end + 2), ..row }, words, theme.detail());
    }
    None
}

/// The note in a box beside its mark.
fn draw_note(app: &App, note: &Note, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let (page, area) = (app.note_page(note)?, app.note_area(note)?);
    let inside = frame_at(app, area, &messages::note_title(note.index + 1), theme, canvas);
    draw_rows(page, note.top, &Marks { link: note.link, ..Marks::default() }, inside, theme, canvas);
    None
}

fn draw_question(app: &App, question: &Question, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let address = question.url.as_str();
    let width = app.panes.question_width();
    let rows = cut_into_rows(address, width.saturating_sub(4).max(1), canvas);
    let key = |name| app.key_for(Mode::Question, name);
    let (confirm, close) = (key("confirm"), key("close"));
    let (title, keys) = match question.wanted {
        Wanted::Page => (&messages::OPEN, messages::open_or_not(&confirm, &close)),
        Wanted::Picture => (&messages::FETCH, messages::fetch_or_not(&confirm, &close)),
    };
    let host = messages::host(question.url.host_str().unwrap_or_default());
    let lines: Vec<&str> = [question.reason, &keys, &host, ""].into_iter().chain(rows).collect();
    let inside = frame(app, title, width, lines.len() as u16 + 2, theme, canvas);
    for (line, words) in lines.iter().take(usize::from(inside.height)).enumerate() {
        let style = if line == 0 { theme.warning() } else { Style::new() };
        canvas.fit(Area { y: inside.y + line as u16, height: 1, ..inside }, words, style);
    }
    None
}

/// The page of details, help or problems, from a row of it on.
fn draw_page(app: &App, title: &str, top: usize, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let sheet = app.page_sheet();
    let inside = frame_at(app, sheet.area, title, theme, canvas);
    for (line, row) in sheet.rows.iter().skip(top).take(usize::from(inside.height)).enumerate() {
        let place = Area { y: inside.y + line as u16, height: 1, ..inside };
        if row.is_heading {
            canvas.fit(place, &row.words, theme.warning().add_modifier(Modifier::BOLD));
            continue;
        }
        canvas.fit(Area { width: sheet.names.saturating_sub(1), ..place }, &row.name, theme.detail());
        let words = Area { x: place.x + sheet.names, width: place.width.saturating_sub(sheet.names), ..place };
        canvas.fit(words, &row.words, Style::new());
    }
    None
}

/// The page of problems, which may be empty.
fn draw_problems(app: &App, top: usize, theme: Theme, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let cursor = draw_page(app, &messages::PROBLEMS, top, theme, canvas);
    if app.problems().next().is_none() {
        let area = app.page_sheet().area;
        let inside = Area { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: 1 };
        canvas.fit(inside, &messages::NO_PROBLEMS, theme.detail());
    }
    cursor
}

/// A message cut into rows of so many columns, between clusters.
fn cut_into_rows<'w>(words: &'w str, width: u16, canvas: &Canvas) -> Vec<&'w str> {
    let mut rows = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let row = canvas.prefix(rest, width);
        if row.is_empty() {
            break;
        }
        rows.push(row);
        rest = &rest[row.len()..];
    }
    rows
}
