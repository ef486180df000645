//! A page or a list as ANSI, plain text or JSON. It is the road out that needs no screen.

mod lines;

use std::io::{self, Write};
use std::ops::Range;

use ratatui::style::Style;
use serde_json::{Map, Value, json};
use url::Url;

pub use lines::{Lead, fault_json, fault_line, found, found_json, leads, term_json};

use crate::document::{Link, Target};
use crate::layout::{Page, Span};
use crate::library::{Library, Post};
use crate::messages;
use crate::text::{Clean, LinkId, Role};
use crate::ui::theme::{Theme, sgr};

/// Prints a page as text.
///
/// # Errors
/// Those of the output.
pub fn text(out: &mut dyn Write, page: &Page) -> io::Result<()> {
    for row in 0..page.len() {
        writeln!(out, "{}", page.row_text(row).trim_end())?;
    }
    Ok(())
}

/// Prints a page as text in which headings are words like others.
///
/// # Errors
/// Those of the output.
pub fn plain(out: &mut dyn Write, page: &Page) -> io::Result<()> {
    for row in 0..page.len() {
        let is_mark = |span: &Span| span.place.is_none() && matches!(span.face.role, Role::Heading(_));
        let words: String = page.spans(row).filter(|span| !is_mark(span)).map(|span| span.words).collect();
        writeln!(out, "{}", words.trim_end())?;
    }
    Ok(())
}

/// Lists the targets of the links on a page, in their order, below what was printed of it.
///
/// # Errors
/// Those of the output.
pub fn targets(out: &mut dyn Write, page: &Page, library: &Library, post: &Post) -> io::Result<()> {
    let addresses = links(page).filter_map(|(id, _)| address(library, post, page.targets.get(id.index())?));
    for (index, address) in addresses.enumerate() {
        if index == 0 {
            writeln!(out, "\n{}", messages::LINKS)?;
        }
        writeln!(out, "{address}")?;
    }
    Ok(())
}

/// Prints a page with colours and links (OSC 8) for a terminal.
///
/// # Errors
/// Those of the output.
pub fn ansi(out: &mut dyn Write, page: &Page, library: &Library, post: &Post, theme: Theme) -> io::Result<()> {
    let addresses: Vec<Option<String>> = page
        .targets
        .iter()
        .map(|link| address(library, post, link).and_then(|address| safe_address(&address)))
        .collect();
    for row in 0..page.len() {
        let ground = theme.ground(page.ground(row));
        let mut open = None;
        for span in page.spans(row) {
            let link = span.face.link.filter(|id| addresses.get(id.index()).is_some_and(Option::is_some));
            // The parts of a link that look different are one link.
            if link != open {
                end_link(out, open)?;
                if let Some(address) = link.and_then(|id| addresses.get(id.index())?.as_deref()) {
                    write!(out, "\x1b]8;;{address}\x1b\\")?;
                }
                open = link;
            }
            write_span(out, &span, ground.patch(theme.style(span.face)))?;
        }
        end_link(out, open)?;
        writeln!(out)?;
    }
    Ok(())
}

fn end_link(out: &mut dyn Write, open: Option<LinkId>) -> io::Result<()> {
    if open.is_some() { write!(out, "\x1b]8;;\x1b\\") } else { Ok(()) }
}

fn write_span(out: &mut dyn Write, span: &Span, style: Style) -> io::Result<()> {
    let codes = sgr(style);
    if codes.is_empty() { write!(out, "{}", span.words) } else { write!(out, "\x1b[{codes}m{}\x1b[0m", span.words) }
}

/// Every link that stands on the page, once, with its words.
fn links(page: &Page) -> impl Iterator<Item = (LinkId, &str)> {
    let mut words: Vec<Option<Range<usize>>> = vec![None; page.targets.len()];
    let mut order: Vec<LinkId> = Vec::new();
    let mut seen = vec![false; page.targets.len()];
    for span in (0..page.len()).flat_map(|row| page.spans(row)) {
        let Some(id) = span.face.link else { continue };
        if !std::mem::replace(&mut seen[id.index()], true) {
            order.push(id);
        }
        if let Some(place) = span.place {
            let known = words[id.index()].get_or_insert(place..place);
            known.end = known.end.max(place + span.words.len());
        }
    }
    order.into_iter().map(move |id| (id, words[id.index()].take().map_or("", |range| &page.plain[range])))
}

/// The whole address of a link, as a browser needs it; none for what leads nowhere outside the post.
fn address(library: &Library, post: &Post, link: &Link) -> Option<String> {
    let destination = match &link.target {
        Target::Url(written) => library.resolve(post, written),
        Target::Page(written) => library.resolve_page(post, written),
        Target::Note(_) | Target::NoteMark(_) | Target::Fold => return None,
    };
    library.address(post, &destination).filter(|address| !address.is_empty())
}

/// An address as it may stand in an escape sequence: of an allowed scheme, all but printable ASCII percent-encoded.
fn safe_address(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "mailto"))?;
    let url = String::from(url);
    url.bytes().all(|byte| byte.is_ascii_graphic()).then_some(url)
}

/// A post as one JSON object: what the list has of it, its words, headings and links.
#[must_use]
pub fn json(page: &Page, library: &Library, post: &Post) -> Value {
    let headings: Vec<Value> = page
        .headings
        .iter()
        .map(|heading| json!({"level": heading.level, "id": heading.id, "text": page.plain[heading.words.clone()]}))
        .collect();
    let links: Vec<Value> = links(page)
        .filter_map(|(id, words)| {
            Some(json!({"text": words, "target": address(library, post, page.targets.get(id.index())?)?}))
        })
        .collect();
    let mut object = entry(library, post, &post.name);
    if let Value::Object(map) = &mut object {
        map.insert("authors".into(), post.authors.iter().map(ToString::to_string).collect());
        map.insert("encoding".into(), post.decoding.map(|decoding| decoding.encoding.name()).into());
        map.insert("text".into(), page.plain.clone().into());
        map.insert("headings".into(), headings.into());
        map.insert("links".into(), links.into());
    }
    object
}

/// A post as the list has it, with the path that is shown of it, a clean one.
#[must_use]
pub fn entry(library: &Library, post: &Post, path: &str) -> Value {
    let mut terms: Map<String, Value> = Map::new();
    for term in &post.terms {
        if let Value::Array(names) = terms.entry(term.taxonomy.to_string()).or_insert_with(|| json!([])) {
            names.push(term.name.to_string().into());
        }
    }
    json!({
        "path": path,
        "title": &*post.title,
        "date": post.date.map(|date| date.rfc_3339()),
        "tags": post.tags.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "terms": terms,
        "draft": post.draft,
        "state": post.state.name(),
        "language": &*post.language,
        "address": library.published(post),
    })
}

/// Prints a post as a line of the list: path, day, what keeps it from being public or `-`, title and tags, with tabs between.
///
/// # Errors
/// Those of the output.
pub fn line(out: &mut dyn Write, post: &Post, path: &Clean) -> io::Result<()> {
    out.write_all(path.as_bytes())?;
    out.write_all(b"\t")?;
    match post.date {
        Some(date) => out.write_all(date.day().as_bytes())?,
        None => out.write_all(b"-")?,
    }
    let flags = post.flags();
    let flags = if flags.is_empty() { "-".to_owned() } else { flags.join(",") };
    for part in ["\t", &flags, "\t", &post.title, "\t"] {
        out.write_all(part.as_bytes())?;
    }
    for (index, tag) in post.tags.iter().enumerate() {
        out.write_all(if index == 0 { b"#" } else { b" #" })?;
        out.write_all(tag.as_bytes())?;
    }
    out.write_all(b"\n")
}
