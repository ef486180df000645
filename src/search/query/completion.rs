//! What may stand at the cursor of a query line.

use std::ops::Range;

use super::token::{quoted, tokens};
use super::{By, KEYS, State};
use crate::library::{Library, Post};
use crate::search::pattern::{Pattern, Reach};
use crate::text::fold::fold;

/// Something that may be put into the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What it takes the place of, in bytes of the line.
    pub range: Range<usize>,
    /// What is put there.
    pub text: String,
    /// How many posts have it, where that is known.
    pub count: Option<usize>,
}

/// The keys of a library, each with its colon.
pub(super) fn keys(library: &Library) -> Vec<String> {
    let mut keys: Vec<String> = KEYS.iter().map(|key| format!("{key}:")).collect();
    for taxonomy in library.taxonomies() {
        let key = format!("{taxonomy}:");
        if taxonomy != "categories" && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// What may stand where the cursor is, a byte of the line: keys, or values after a key, the likeliest first.
#[must_use]
pub fn completions(line: &str, cursor: usize, library: &Library) -> Vec<Completion> {
    let Some(head) = line.get(..cursor) else { return Vec::new() };
    let token = tokens(head).pop().filter(|token| token.range.end == cursor || token.is_open);
    let Some(token) = token else {
        return at(cursor..cursor, keys(library).into_iter().map(|key| (key, None)).collect());
    };
    let typed = &head[token.range.clone()];
    let Some(key) = token.key.as_deref() else {
        // A tag is about to be named.
        if matches!(token.value.as_str(), "#" | "＃") && !token.is_quoted {
            let tags = values("tag", library).into_iter();
            return at(cursor..cursor, tags.map(|(tag, count)| (quoted(&tag), count)).collect());
        }
        let word = token.value.to_lowercase();
        let start = token.range.end - token.value.len();
        let fitting = keys(library).into_iter().filter(|key| !token.is_quoted && key.starts_with(&word));
        return at(start..cursor, fitting.map(|key| (key, None)).collect());
    };
    // After a comma another value begins.
    let separators =
        |c: char| matches!(c, ':' | '：' | '#' | '＃') || (!token.is_quoted && matches!(c, ',' | '，' | '、'));
    let start = typed.rfind(separators).map_or(0, |at| at + typed[at..].chars().next().map_or(0, char::len_utf8));
    let word = typed[start..].trim_matches(['"', '“', '”']);
    let values = fitting(values(key, library), word);
    at(token.range.start + start..cursor, values.into_iter().map(|(value, count)| (quoted(&value), count)).collect())
}

fn at(range: Range<usize>, texts: Vec<(String, Option<usize>)>) -> Vec<Completion> {
    texts.into_iter().map(|(text, count)| Completion { range: range.clone(), text, count }).collect()
}

/// The values that a word is the beginning of, then those that it is part of, then those that are read like it.
fn fitting(values: Vec<(String, Option<usize>)>, word: &str) -> Vec<(String, Option<usize>)> {
    let wanted = fold(word);
    let Some(pattern) = Pattern::words(&wanted) else { return values };
    let rank = |value: &str| {
        let folded = fold(value);
        let reach = pattern.is_in(|| value, &folded, Reach::Begun)?;
        Some((reach, reach != Reach::Literal || !folded.starts_with(&wanted)))
    };
    let mut ranked: Vec<_> = values.into_iter().filter_map(|value| Some((rank(&value.0)?, value))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, value)| value).collect()
}

/// What may stand after a key, with the most frequent first.
fn values(key: &str, library: &Library) -> Vec<(String, Option<usize>)> {
    let fixed = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), None)).collect();
    match key {
        "tag" | "tags" => counted("tag", library, |post| post.tags.iter().map(ToString::to_string).collect()),
        "author" | "by" => counted("author", library, |post| post.authors.iter().map(ToString::to_string).collect()),
        "lang" | "language" => counted("lang", library, |post| vec![post.language.to_string()]),
        "section" | "in" => counted("section", library, |post| vec![post.section().to_owned()]),
        "is" => State::NAMES
            .iter()
            .filter(|(name, _)| *name != "favorite")
            .map(|(name, _)| ((*name).to_owned(), None))
            .collect(),
        "draft" => fixed(&["yes", "no"]),
        "after" | "before" | "date" => {
            let years = counted("date", library, |post| post.date.map(|date| date.part("%Y")).into_iter().collect());
            let relative: Vec<(String, Option<usize>)> = fixed(&["today", "7d", "1m", "1y"]);
            relative.into_iter().chain(years).collect()
        }
        "sort" => By::NAMES
            .iter()
            .flat_map(|(name, _)| [(*name).to_owned(), format!("-{name}")])
            .map(|name| (name, None))
            .collect(),
        key => {
            let stem = key.trim_end_matches('s').trim_end_matches("ie").trim_end_matches('y');
            let names = |post: &Post| {
                let own = post.terms.iter().filter(|term| fold(&term.taxonomy).starts_with(stem));
                own.map(|term| term.name.to_string()).collect()
            };
            counted(&format!("{key}:"), library, names)
        }
    }
}

/// What posts have of a kind, the most frequent first.
fn counted(kind: &str, library: &Library, of: impl Fn(&Post) -> Vec<String>) -> Vec<(String, Option<usize>)> {
    library.counted(kind, of).iter().map(|(name, count)| (name.clone(), Some(*count))).collect()
}
