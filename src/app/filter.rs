//! What the index is narrowed by: one line in the query language, the parts that it says, and what may stand at its cursor.

use std::collections::HashSet;
use std::sync::Arc;

use super::input::Input;
use crate::library::calendar::Today;
use crate::library::{Library, PostId, Term};
use crate::search::query::{Completion, Part, Query, QueryProblem, Scope, completions};

/// See the module's head.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub line: Input,
    query: Arc<Query>,
    problems: Vec<QueryProblem>,
    completing: Completing,
    /// The line before one began to type.
    before: String,
    /// The posts whose texts hold what is asked of them, as far as they are found; none where nothing is asked.
    texts: Option<HashSet<PostId>>,
}

/// What Tab puts into the line.
#[derive(Debug, Clone, Default)]
struct Completing {
    /// The line as it was typed.
    typed: String,
    all: Vec<Completion>,
    chosen: Option<usize>,
}

impl Filter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    #[must_use]
    pub fn query(&self) -> &Arc<Query> {
        &self.query
    }

    /// What is wrong with the line; the rest of it holds.
    #[must_use]
    pub fn problem(&self) -> Option<&QueryProblem> {
        self.problems.first()
    }

    /// What may stand at the cursor, and which of it does.
    #[must_use]
    pub fn completions(&self) -> (&[Completion], Option<usize>) {
        (&self.completing.all, self.completing.chosen)
    }

    /// The parts as they are shown, in the order of [`Filter::remove`].
    #[must_use]
    pub fn parts(&self) -> Vec<&str> {
        self.query.parts.iter().map(Part::label).collect()
    }

    /// Whether a term is asked for.
    #[must_use]
    pub fn has(&self, label: &str) -> bool {
        self.query.parts.iter().any(|part| part.label() == label)
    }

    /// Reads the line anew, after it was edited or the posts are others.
    pub fn read(&mut self, library: &Library, today: Today) {
        let (query, problems) = Query::parse(self.line.as_str(), Scope::Titles, library, today);
        self.texts = query.asks_texts().then(HashSet::new);
        self.query = Arc::new(query);
        self.problems = problems;
    }

    /// Begins to type, after what stands there.
    pub fn begin(&mut self, library: &Library) {
        self.before = self.line.as_str().to_owned();
        let words = if self.before.is_empty() { String::new() } else { format!("{} ", self.before.trim_end()) };
        self.line.set(&words, words.len());
        self.complete(library);
    }

    /// Goes back to what stood there before one began to type.
    pub fn restore(&mut self, library: &Library, today: Today) {
        let words = std::mem::take(&mut self.before);
        self.line.set(&words, words.len());
        self.read(library, today);
    }

    /// Finds what may stand at the cursor.
    pub fn complete(&mut self, library: &Library) {
        let typed = self.line.as_str().to_owned();
        let all = completions(&typed, self.line.before_cursor().len(), library);
        self.completing = Completing { typed, all, chosen: None };
    }

    /// Puts the next thing that may stand at the cursor there; after the last what was typed again.
    pub fn next_completion(&mut self, step: isize) {
        let Completing { typed, all, chosen } = &mut self.completing;
        let count = all.len() as isize + 1;
        let from = chosen.map_or(0, |at| at as isize + 1);
        let next = (from + step).rem_euclid(count);
        *chosen = usize::try_from(next - 1).ok();
        let (words, cursor) = match chosen.and_then(|at| all.get(at)) {
            Some(Completion { range, text, .. }) => {
                let head = format!("{}{text}", &typed[..range.start]);
                (format!("{head}{}", &typed[range.end..]), head.len())
            }
            None => (typed.clone(), typed.len()),
        };
        self.line.set(&words, cursor);
    }

    /// Puts one of those that may stand at the cursor there, and looks for what may follow it.
    pub fn take_completion(&mut self, at: usize, library: &Library) {
        self.completing.chosen = None;
        self.next_completion(at as isize + 1);
        self.complete(library);
    }

    /// Adds a part in the words of the query language, or takes it off if it is there.
    pub fn toggle(&mut self, words: &str, library: &Library, today: Today) {
        let (parsed, _) = Query::parse(words, Scope::Titles, library, today);
        let mut query = Query::clone(&self.query);
        parsed.parts.into_iter().for_each(|part| query.toggle(part));
        self.take(query, library, today);
    }

    /// Takes off the part at this place.
    pub fn remove(&mut self, part: usize, library: &Library, today: Today) {
        let mut query = Query::clone(&self.query);
        query.remove(part);
        self.take(query, library, today);
    }

    /// Takes off the last part.
    pub fn remove_last(&mut self, library: &Library, today: Today) {
        if let Some(last) = self.query.parts.len().checked_sub(1) {
            self.remove(last, library, today);
        }
    }

    pub fn clear(&mut self) {
        *self = Filter::default();
    }

    fn take(&mut self, query: Query, library: &Library, today: Today) {
        let words = query.text();
        self.line.set(&words, words.len());
        self.read(library, today);
    }

    /// Takes posts whose texts hold what is asked of them.
    pub fn take_texts(&mut self, posts: impl IntoIterator<Item = PostId>) {
        if let Some(texts) = &mut self.texts {
            texts.extend(posts);
        }
    }

    /// Whether the text of a post holds what is asked of it, as far as is known.
    #[must_use]
    pub fn holds_in_text(&self, post: PostId) -> bool {
        self.texts.as_ref().is_none_or(|texts| texts.contains(&post))
    }
}

/// A term in the words of the query language.
#[must_use]
pub fn written(term: &Term) -> String {
    let name = &term.name;
    let is_plain = !name.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | '"' | '“' | '”'));
    match (&*term.taxonomy, is_plain) {
        ("", true) => format!("#{name}"),
        ("", false) => format!("tag:\"{name}\""),
        (taxonomy, true) => format!("{taxonomy}:{name}"),
        (taxonomy, false) => format!("{taxonomy}:\"{name}\""),
    }
}
