//! What the commands print of posts, one line or JSON object each: hits, links, terms, faults.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{address, entry, links};
use crate::document::{Link, Target};
use crate::layout::Page;
use crate::library::{Destination, Library, Post, Term};
use crate::reading::audit::Fault;
use crate::search::full_text::{Found, Line};
use crate::search::pattern::Reach;
use crate::text::{Clean, Face, Role};
use crate::ui::theme::{Theme, sgr};

/// Prints a post that was found: a line for each line that holds a hit, or its title where nothing was asked of its text.
///
/// # Errors
/// Those of the output.
pub fn found(
    out: &mut dyn Write,
    path: &str,
    post: &Post,
    one: &Found,
    library: &Library,
    theme: Option<Theme>,
) -> io::Result<()> {
    let dressed = |words: &str, face: Face| match theme.map(|theme| sgr(theme.style(face))) {
        Some(codes) if !codes.is_empty() => format!("\x1b[{codes}m{words}\x1b[0m"),
        _ => words.to_owned(),
    };
    let path = dressed(path, Face::of(Role::Detail));
    if one.lines.is_empty() {
        return writeln!(out, "{path}: {}", post.title);
    }
    let numbers = line_numbers(library, post, &one.lines);
    for (line, number) in one.lines.iter().zip(numbers) {
        let mut shown = String::new();
        let mut at = 0;
        for hit in &line.hits {
            shown.push_str(&line.words[at..hit.start]);
            shown.push_str(&dressed(&line.words[hit.clone()], Face { strong: true, ..Face::of(Role::Marked) }));
            at = hit.end;
        }
        shown.push_str(&line.words[at..]);
        writeln!(out, "{path}:{number}: {shown}")?;
    }
    Ok(())
}

/// A post that was found, as JSON: what the list has of it, and its lines.
#[must_use]
pub fn found_json(path: &str, post: &Post, one: &Found, library: &Library) -> Value {
    let numbers = line_numbers(library, post, &one.lines);
    let line = |(line, number): (&Line, usize)| {
        let hits: Vec<Value> = line.hits.iter().map(|hit| json!([hit.start, hit.end])).collect();
        json!({"line": number, "text": &*line.words, "hits": hits})
    };
    let mut object = entry(library, post);
    if let Value::Object(map) = &mut object {
        map.insert("path".into(), path.into());
        map.insert("count".into(), one.count.into());
        map.insert("by_reading".into(), (one.reach != Reach::Literal).into());
        map.insert("lines".into(), one.lines.iter().zip(numbers).map(line).collect());
    }
    object
}

/// The line of the file that each line stands on, from 1. Where the file says it in other words it is that of the hit before.
fn line_numbers(library: &Library, post: &Post, lines: &[Line]) -> Vec<usize> {
    let text = library.text(post).unwrap_or_default();
    let mut at = 0;
    let number = |line: &Line| {
        let words = line.hits.first().map_or("", |hit| &line.words[hit.clone()]);
        // The words around tell one hit from another.
        let before = line.hits.first().map_or("", |hit| &line.words[..hit.start]);
        let near = before.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
        let around = format!("{}{words}", &before[near..]);
        let found = text[at..].find(&around).map(|found| found + around.len() - words.len());
        if let Some(found) = found.or_else(|| text[at..].find(words)) {
            at += found;
        }
        text[..at].matches('\n').count() + 1
    };
    lines.iter().map(number).collect()
}

/// A link of a post, and where it leads.
pub struct Lead {
    words: String,
    written: String,
    kind: &'static str,
    /// The post that it leads to, if any.
    path: Option<String>,
    fragment: Option<String>,
    address: Option<String>,
}

/// The links of a page in their order.
#[must_use]
pub fn leads(page: &Page, library: &Library, post: &Post) -> Vec<Lead> {
    let found = links(page);
    found.filter_map(|(id, words)| lead(page.targets.get(id.index())?, words, library, post)).collect()
}

fn lead(link: &Link, words: &str, library: &Library, post: &Post) -> Option<Lead> {
    let (written, destination) = match &link.target {
        Target::Url(written) => (written, library.resolve(post, written)),
        Target::Page(written) => (written, library.resolve_page(post, written)),
        Target::Note(_) | Target::NoteMark(_) | Target::Fold => return None,
    };
    let (kind, path, fragment) = match destination {
        Destination::Post { post, fragment } => {
            ("post", library.post(post).map(|post| post.name.to_string()), fragment)
        }
        Destination::Here { fragment } => ("here", Some(post.name.to_string()), fragment),
        Destination::Elsewhere(_) => ("elsewhere", None, String::new()),
        Destination::Dead(_) => ("dead", None, String::new()),
    };
    let fragment = (!fragment.is_empty()).then(|| Clean::line(&fragment).to_string());
    let written = Clean::line(written).to_string();
    Some(Lead { words: words.to_owned(), written, kind, path, fragment, address: address(library, post, link) })
}

impl Lead {
    /// What it is, where it leads and its words, with tabs between.
    #[must_use]
    pub fn line(&self) -> String {
        let fragment = self.fragment.as_ref().map_or(String::new(), |fragment| format!("#{fragment}"));
        let to = match &self.path {
            Some(path) => format!("{path}{fragment}"),
            None => self.address.clone().unwrap_or_else(|| self.written.clone()),
        };
        format!("{}\t{to}\t{}", self.kind, self.words.replace(['\n', '\t'], " "))
    }

    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "kind": self.kind,
            "text": self.words,
            "written": self.written,
            "path": self.path,
            "fragment": self.fragment,
            "address": self.address,
        })
    }
}

/// A term and how many posts have it; tags are of the taxonomy `tags`.
#[must_use]
pub fn term_json(term: &Term, count: usize) -> Value {
    let taxonomy = if term.taxonomy.is_empty() { "tags" } else { &*term.taxonomy };
    json!({"taxonomy": taxonomy, "name": &*term.name, "count": count})
}

/// What is wrong, after its path and line.
#[must_use]
pub fn fault_line(path: &str, fault: &Fault) -> String {
    match fault.line {
        Some(line) => format!("{path}:{line}: {}", fault.what),
        None => format!("{path}: {}", fault.what),
    }
}

#[must_use]
pub fn fault_json(path: &str, fault: &Fault) -> Value {
    json!({"path": path, "line": fault.line, "kind": fault.kind.name(), "what": &*fault.what})
}
