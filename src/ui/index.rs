//! The index pane.

use ratatui::style::Modifier;

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::keys::Mode;
use crate::app::panes::{Area, Focus};
use crate::library::{Post, Term};
use crate::messages;

/// Columns of a date.
const DAY: u16 = 10;

/// Stands left of the title of a post that was not read.
const UNREAD: &str = "∙";

/// A post as the index shows it.
struct Entry<'a> {
    post: &'a Post,
    /// The title in two rows.
    title: (&'a str, &'a str),
    terms: String,
    is_favourite: bool,
}

/// The bar over the index: what is filtered, and how many posts are shown of how many.
pub fn draw_bar(app: &App, theme: Theme, canvas: &mut Canvas, width: u16) {
    let bar = app.bar();
    canvas.put(bar.count_at, 0, width, &bar.count, theme.detail());
    let left = Area { x: 0, y: 0, width: bar.count_at.saturating_sub(1), height: 1 };
    if bar.chips.is_empty() {
        let title: &str = &app.library.site.title;
        canvas.fit(left, if title.is_empty() { "kiji" } else { title }, theme.detail().add_modifier(Modifier::BOLD));
        return;
    }
    canvas.fit(left, &bar.chips.join("  "), theme.warning());
}

/// The posts.
pub fn draw(app: &App, theme: Theme, canvas: &mut Canvas, area: Area) {
    let rows = app.index_rows();
    let top = app.index.top(&rows);
    if app.index.shown().is_empty() {
        let clear = app.key_for(Mode::Index, "close");
        let words = if app.is_scanning { messages::SCANNING.to_owned() } else { messages::no_posts(&clear) };
        canvas.fit(Area { x: area.x + 1, width: area.width.saturating_sub(1), ..area }, &words, theme.detail());
        return;
    }
    let mut y = area.y;
    for (at, id) in app.index.shown().iter().enumerate().skip(top) {
        let left = area.y + area.height - y;
        let height = rows.of(*id) as u16;
        // A post of which not all can be seen is left out, unless it is the only one.
        if left == 0 || (height > left && at > top) {
            break;
        }
        let place = Area { y, height: height.min(left), ..area };
        y += place.height;
        let Some(post) = app.library.post(*id) else { continue };
        let title = app.titles.in_two(*id, &post.title);
        let entry = Entry { post, title, terms: terms(app, post), is_favourite: app.memory.facts.is_favourite(*id) };
        if app.panes.is_linear {
            canvas.fit(place, &in_words(&entry, app.memory.is_unread(*id)), ratatui::style::Style::new());
        } else if app.panes.is_one_line_per_post() {
            draw_one_line(&entry, theme, canvas, place);
        } else {
            draw_under_each_other(&entry, theme, canvas, place, app.panes.title_width());
        }
        if app.memory.is_unread(*id) && !app.panes.is_linear {
            canvas.put(place.x + 1, place.y, place.x + 2, UNREAD, theme.detail());
        }
        if at == app.index.position() {
            mark_selected(app, theme, canvas, place);
        }
    }
}

/// The selected post is reversed where keys go to the index, and marked where they go to the reader.
fn mark_selected(app: &App, theme: Theme, canvas: &mut Canvas, place: Area) {
    let title = if place.height > 1 { Area { height: place.height - 1, ..place } } else { place };
    if app.panes.focus == Focus::Index {
        canvas.dress(title, theme.at_hand());
    } else {
        canvas.dress(title, ratatui::style::Style::new().add_modifier(Modifier::BOLD));
    }
    if !app.panes.is_linear {
        canvas.put(place.x, place.y, place.x + 1, "▸", theme.warning());
    }
}

/// A post on a linear screen, the title first.
fn in_words(entry: &Entry, is_unread: bool) -> String {
    let Entry { post, terms, is_favourite, .. } = entry;
    let facts = [
        (is_unread, &messages::UNREAD),
        (*is_favourite, &messages::FAVOURITE),
        (post.problem.is_some(), &messages::HAS_PROBLEM),
    ];
    let facts = facts.into_iter().filter(|(holds, _)| *holds).map(|(_, word)| word.words());
    let facts: Vec<&str> = facts.chain(post.marks()).collect();
    let day = day(post);
    let parts = [&*post.title, &day].into_iter().chain(facts).chain([terms.as_str()]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn draw_one_line(entry: &Entry, theme: Theme, canvas: &mut Canvas, place: Area) {
    let Entry { post, terms, .. } = entry;
    let end = place.x + place.width;
    let mut x = place.x + 2;
    canvas.put(x, place.y, end, &day(post), theme.detail());
    x += DAY + 2;
    x = draw_marks(entry, theme, canvas, x, place.y, end);
    let room = end.saturating_sub(x);
    let tags_width = canvas.columns(terms).min(room / 3);
    let title = Area { x, width: room.saturating_sub(tags_width + 2), ..place };
    canvas.fit(title, &post.title, ratatui::style::Style::new());
    canvas.fit(Area { x: end.saturating_sub(tags_width), width: tags_width, ..place }, terms, theme.detail());
}

/// The title in a row or two, then the date and the tags.
fn draw_under_each_other(entry: &Entry, theme: Theme, canvas: &mut Canvas, place: Area, width: u16) {
    let Entry { post, terms, .. } = entry;
    let end = place.x + place.width;
    let title = Area { x: place.x + 2, width, height: 1, ..place };
    let (first, rest) = if place.height > 2 { entry.title } else { (&*post.title, "") };
    canvas.fit(title, first, ratatui::style::Style::new());
    canvas.fit(Area { y: title.y + 1, ..title }, rest, ratatui::style::Style::new());
    if place.height < 2 {
        return;
    }
    let y = place.y + place.height - 1;
    let mut x = place.x + 2;
    if post.date.is_some() {
        canvas.put(x, y, end, &day(post), theme.detail());
        x += DAY + 1;
    }
    x = draw_marks(entry, theme, canvas, x, y, end);
    let words = if post.date.is_none() && terms.is_empty() { &*post.name } else { terms };
    canvas.fit(Area { x, y, width: end.saturating_sub(x + 1), height: 1 }, words, theme.detail());
}

/// Marks for a favourite and for a post with a problem, and what keeps it from being public.
fn draw_marks(entry: &Entry, theme: Theme, canvas: &mut Canvas, x: u16, y: u16, end: u16) -> u16 {
    let mut x = x;
    let Entry { post, is_favourite, .. } = entry;
    let favourite = is_favourite.then_some("*");
    for mark in favourite.into_iter().chain(post.problem.iter().map(|_| "!")).chain(post.marks()) {
        x = canvas.put(x, y, end, mark, theme.warning()) + 1;
    }
    x
}

fn day(post: &Post) -> String {
    post.date.map_or_else(String::new, |date| date.day())
}

/// The language, where the posts are in several, and the tags; the terms of other taxonomies stand in for tags.
fn terms(app: &App, post: &Post) -> String {
    let terms = app.library.terms(post);
    let (tags, others): (Vec<&Term>, Vec<&Term>) = terms.iter().partition(|term| term.taxonomy.is_empty());
    let (languages, others): (Vec<&Term>, Vec<&Term>) =
        others.into_iter().partition(|term| *term.taxonomy == *messages::LANGUAGE);
    let shown = if tags.is_empty() { others.iter().map(|term| term.name.to_string()).collect() } else { labels(&tags) };
    languages.iter().map(|term| term.name.to_string()).chain(shown).collect::<Vec<_>>().join(" ")
}

fn labels(terms: &[&Term]) -> Vec<String> {
    terms.iter().map(|term| term.label()).collect()
}
