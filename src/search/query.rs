//! The query language: what a reader types to find posts, as parts that can be shown, taken off and put together again.
//!
//! Parts stand side by side and all must hold; `OR` between two makes them one of which any may; `-` before one excludes.

mod completion;
mod matching;
mod token;

use std::collections::HashSet;
use std::ops::Range;

pub use completion::{Completion, completions};
pub use matching::{Match, Wanted};

use super::pattern::Pattern;
use crate::library::calendar::Today;
pub use crate::library::lists::{By, Order};
use crate::library::{Library, PostId, Term};
use crate::messages;
use crate::text::fold::fold;
use token::{Token, tokens};

/// What a reader asks for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub parts: Vec<Part>,
}

/// One part of a query, which can be shown and taken off.
#[derive(Debug, Clone)]
pub struct Part {
    /// As it is written; parsed again it is the same part.
    label: String,
    pub(super) kind: PartKind,
    /// The posts that it means whatever their texts say: see [`Query::settled`].
    met: HashSet<PostId>,
}

#[derive(Debug, Clone)]
pub(super) enum PartKind {
    /// One of these holds.
    Any(Vec<Condition>),
    Order(Order),
}

/// Something that a post is or is not.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) is_excluded: bool,
    pub(super) test: Test,
}

#[derive(Debug, Clone)]
pub(super) enum Test {
    /// Words of the title.
    Title(Pattern),
    /// Words of the text. The library does not know it: see [`Query::texts`].
    Text(Pattern),
    /// Any of these terms, folded, of a taxonomy; of the one without a name they are tags.
    Terms(String, Vec<String>),
    Author(Vec<String>),
    Language(String),
    Section(String),
    /// Days as `2020-05-01`: the first, and the one after the last.
    Days(Option<String>, Option<String>),
    State(State),
}

/// What `is:` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Unread,
    Read,
    Favourite,
    Draft,
    Future,
    Expired,
    Private,
    Public,
}

impl State {
    const NAMES: [(&'static str, State); 9] = [
        ("unread", State::Unread),
        ("read", State::Read),
        ("favourite", State::Favourite),
        ("favorite", State::Favourite),
        ("draft", State::Draft),
        ("future", State::Future),
        ("expired", State::Expired),
        ("private", State::Private),
        ("public", State::Public),
    ];
}

impl Order {
    /// As it stands after `sort:`.
    #[must_use]
    pub fn name(self) -> String {
        let name = By::NAMES.iter().find(|(_, by)| *by == self.by).map_or("date", |(name, _)| *name);
        format!("{}{name}", if self.is_reversed { "-" } else { "" })
    }

    /// The order that a name stands for.
    #[must_use]
    pub fn named(name: &str) -> Option<Order> {
        order(name).ok()
    }
}

impl By {
    const NAMES: [(&'static str, By); 3] = [("date", By::Date), ("title", By::Title), ("path", By::Path)];
}

/// What is wrong with a part of a query, which was left out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryProblem {
    /// The part, in bytes of what was typed.
    pub range: Range<usize>,
    pub what: String,
}

/// Where words are looked for that do not say it themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Titles,
    Texts,
}

/// The keys that every library has, without the colon; its taxonomies are keys too.
const KEYS: [&str; 14] = [
    "tag", "title", "text", "author", "lang", "section", "in", "after", "before", "date", "draft", "is", "sort",
    "category",
];

impl Query {
    /// Reads what was typed. A part that is wrong is left out and told.
    #[must_use]
    pub fn parse(typed: &str, scope: Scope, library: &Library, today: Today) -> (Query, Vec<QueryProblem>) {
        let mut query = Query::default();
        let mut problems = Vec::new();
        let reader = Reader { scope, library, today };
        let mut joins = false;
        for token in tokens(typed) {
            if token.is_or() {
                joins = true;
                continue;
            }
            let read = if token.is_open { Err(messages::OPEN_QUOTE.to_string()) } else { reader.part(&token) };
            match read {
                Ok(part) => query.put(part, std::mem::replace(&mut joins, false)),
                Err(what) => problems.push(QueryProblem { range: token.range, what }),
            }
        }
        (query, problems)
    }

    fn put(&mut self, part: Part, joins: bool) {
        match (self.parts.last_mut(), part.kind) {
            (Some(Part { label, kind: PartKind::Any(all), .. }), PartKind::Any(more)) if joins => {
                *label = format!("{label} OR {}", part.label);
                all.extend(more);
            }
            (_, kind) => self.parts.push(Part { kind, ..part }),
        }
    }

    /// The query as it can be typed again.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.iter().map(Part::label).collect::<Vec<_>>().join(" ")
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Takes off the part at this place.
    pub fn remove(&mut self, part: usize) {
        if part < self.parts.len() {
            self.parts.remove(part);
        }
    }

    /// Adds what one part says, or takes it off if it is there.
    pub fn toggle(&mut self, part: Part) {
        match self.parts.iter().position(|known| known.label == part.label) {
            Some(at) => self.remove(at),
            None => self.parts.push(part),
        }
    }

    /// The order that it asks for; the last counts.
    #[must_use]
    pub fn order(&self) -> Option<Order> {
        self.parts.iter().rev().find_map(|part| match part.kind {
            PartKind::Order(order) => Some(order),
            PartKind::Any(_) => None,
        })
    }
}

impl Part {
    /// As it is shown and typed.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// What tokens are read with.
struct Reader<'a> {
    scope: Scope,
    library: &'a Library,
    today: Today,
}

impl Reader<'_> {
    /// What a token says, or what is wrong with it.
    fn part(&self, token: &Token) -> Result<Part, String> {
        let kind = match token.key.as_deref() {
            Some("sort") if token.is_excluded => return Err(messages::NOT_TO_EXCLUDE.to_string()),
            Some("sort") => PartKind::Order(order(&token.value)?),
            _ => PartKind::Any(vec![Condition { is_excluded: token.is_excluded, test: self.test(token)? }]),
        };
        Ok(Part { label: token.label(), kind, met: HashSet::new() })
    }

    fn test(&self, token: &Token) -> Result<Test, String> {
        let value = token.value.as_str();
        let Some(key) = token.key.as_deref() else {
            // A tag that is still to be named.
            if matches!(value, "#" | "＃") && !token.is_quoted {
                return Err(messages::nothing_after("#"));
            }
            let pattern = pattern(token)?;
            return Ok(if self.scope == Scope::Titles { Test::Title(pattern) } else { Test::Text(pattern) });
        };
        if value.is_empty() {
            return Err(messages::nothing_after(&format!("{key}:")));
        }
        let names = |key: fn(&str) -> String| token.values().map(|name| key(&name)).collect::<Vec<_>>();
        let period = || self.today.period(value).ok_or_else(|| messages::not_a_day(value));
        match key {
            "tag" | "tags" => Ok(Test::Terms(String::new(), names(Term::key))),
            "title" => Ok(Test::Title(pattern(token)?)),
            "text" => Ok(Test::Text(pattern(token)?)),
            "author" | "by" => Ok(Test::Author(names(fold))),
            "lang" | "language" => Ok(Test::Language(fold(value))),
            "section" | "in" => Ok(Test::Section(value.to_owned())),
            "after" => Ok(Test::Days(Some(period()?.start), None)),
            "before" => Ok(Test::Days(None, Some(period()?.start))),
            "date" => period().map(|days| Test::Days(Some(days.start), Some(days.end))),
            "is" => named(value, &State::NAMES).map(Test::State),
            "draft" => named(value, &[("yes", State::Draft), ("no", State::Public)]).map(|state| match state {
                State::Draft => Test::State(State::Draft),
                _ => Test::State(State::Public),
            }),
            key => match self.taxonomy(key) {
                Some(taxonomy) => Ok(Test::Terms(taxonomy, names(Term::key))),
                None => Err(messages::no_such_key(key, &self.keys().join(" "))),
            },
        }
    }

    /// The taxonomy that a key names: `category` and `categories` are both `categories`.
    fn taxonomy(&self, key: &str) -> Option<String> {
        let plural = key.strip_suffix('y').map_or_else(|| format!("{key}s"), |stem| format!("{stem}ies"));
        let is_named = |taxonomy: &&str| [key, &plural].contains(&fold(taxonomy).as_str());
        let found = self.library.taxonomies().iter().find(|name| is_named(&name.as_str())).cloned();
        // A blog may have none yet.
        found.or_else(|| ["category", "categories"].contains(&key).then(|| "categories".to_owned()))
    }

    fn keys(&self) -> Vec<String> {
        completion::keys(self.library)
    }
}

fn pattern(token: &Token) -> Result<Pattern, String> {
    let found = if token.is_quoted { Ok(Pattern::words(&token.value)) } else { Pattern::of(&token.value) };
    found.map_err(|error| error.what)?.ok_or_else(|| messages::nothing_after(&token.label()))
}

fn order(value: &str) -> Result<Order, String> {
    let name = value.strip_prefix('-').unwrap_or(value);
    Ok(Order { by: named(name, &By::NAMES)?, is_reversed: name.len() < value.len() })
}

/// The value of a name in a table.
fn named<T: Copy>(value: &str, names: &[(&str, T)]) -> Result<T, String> {
    let found = names.iter().find(|(name, _)| fold(value) == *name).map(|(_, named)| *named);
    let known = || names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| messages::no_such_value(value, &known()))
}

#[cfg(test)]
mod tests;
