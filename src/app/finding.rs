//! Finding posts: the line of the filter, what texts hold, jumping to a title, the queries that were saved.

use std::sync::Arc;

use super::action::Finding;
use super::overlay::Overlay;
use super::picker::{Choice, Line, List, Picker};
use super::{App, Effect, Generation};
use crate::library::PostId;
use crate::search::full_text::{Found, arrange};
use crate::search::query::{Query, Scope};
use crate::text::Clean;

/// A search through texts that runs, or the last that ran.
#[derive(Debug, Default)]
pub(super) struct Texts {
    generation: Generation,
    found: Vec<Found>,
    is_running: bool,
    /// What is wrong with what is typed; the rest of it is looked for.
    problem: Option<String>,
}

impl App {
    pub(super) fn find_posts(&mut self, finding: Finding) -> Vec<Effect> {
        match finding {
            Finding::Filter => {
                self.index.is_typing = true;
                self.index.filter.begin(&self.library);
                return self.focus_index();
            }
            Finding::Complete(step) => {
                self.index.filter.next_completion(step);
                return self.refilter(|index, library, today| index.filter.read(library, today));
            }
            Finding::Texts => {
                self.texts = Texts { generation: self.texts.generation, ..Texts::default() };
                self.open_list(List::Texts);
            }
            Finding::Titles => self.open_list(List::Titles),
            Finding::Queries => self.open_list(List::Queries),
            Finding::Save => self.name_query(),
            Finding::Forget => return self.forget_query(),
            Finding::Facets => self.open_list(List::Facets),
            Finding::Remove(part) => {
                return self.refilter(|index, library, today| index.filter.remove(part, library, today));
            }
            Finding::RemoveLast => {
                return self.refilter(|index, library, today| index.filter.remove_last(library, today));
            }
            Finding::Sort => return self.refilter(|index, _, _| index.next_order()),
        }
        Vec::new()
    }

    /// Looks through texts for what stands in the list's line.
    pub(super) fn seek_texts(&mut self, typed: &str) -> Vec<Effect> {
        let (query, problems) = Query::parse(typed, Scope::Texts, &self.library, self.today);
        let posts = self.index.meant_by(&query, &self.library, &self.memory.facts);
        let effects = self.look_through(&query, posts);
        self.texts.problem = problems.into_iter().next().map(|problem| problem.what);
        effects
    }

    /// Looks through the texts of the posts that the filter leaves, where it asks for something in them.
    pub(super) fn seek_for_filter(&mut self) -> Vec<Effect> {
        let query = Arc::clone(self.index.filter.query());
        if !query.asks_texts() {
            return Vec::new();
        }
        self.look_through(&query, self.index.asked().to_vec())
    }

    /// Looks through the texts of other posts for what was looked for in those before.
    pub(super) fn seek_anew(&mut self) -> Vec<Effect> {
        match &self.overlay {
            Some(Overlay::List(Picker { list: List::Texts, input, .. })) => {
                let typed = input.as_str().to_owned();
                self.seek_texts(&typed)
            }
            _ => self.seek_for_filter(),
        }
    }

    fn look_through(&mut self, query: &Query, posts: Vec<PostId>) -> Vec<Effect> {
        let query = Arc::new(query.settled(&posts, &self.library, &self.memory.facts));
        let generation = self.texts.generation + 1;
        let is_running = query.asks_texts();
        self.texts = Texts { generation, is_running, ..Texts::default() };
        vec![Effect::Search { query, posts, generation }]
    }

    /// Takes posts whose texts hold what is looked for, as they are found.
    pub(super) fn take_found(&mut self, generation: Generation, found: Vec<Found>, is_over: bool) -> Vec<Effect> {
        if generation != self.texts.generation {
            return Vec::new();
        }
        self.texts.is_running = !is_over;
        if matches!(self.overlay, Some(Overlay::List(Picker { list: List::Texts, .. }))) {
            self.texts.found.extend(found);
            arrange(&mut self.texts.found);
            self.refill();
            return Vec::new();
        }
        self.index.filter.take_texts(found.iter().map(|one| one.post));
        self.index.refresh_texts();
        self.preview()
    }

    /// What is wrong with what is looked for in texts.
    #[must_use]
    pub fn texts_problem(&self) -> Option<&str> {
        self.texts.problem.as_deref()
    }

    /// Whether texts are being looked through.
    #[must_use]
    pub fn is_seeking_texts(&self) -> bool {
        self.texts.is_running
    }

    /// The posts that were found, each with the lines that hold what was looked for below it.
    pub(super) fn text_lines(&self) -> Vec<Line> {
        self.texts.found.iter().flat_map(|found| self.lines_of(found)).collect()
    }

    fn lines_of(&self, found: &Found) -> Vec<Line> {
        let Some(head) = self.post_line(found.post) else { return Vec::new() };
        let first = found.places.first().map_or(0, |place| place.start);
        let count = Clean::line(&found.count.to_string());
        let head = Line {
            detail: Clean::joined(&[&count, &head.detail], "  "),
            choice: Choice::Place { post: found.post, place: first },
            ..head
        };
        let lines = found.lines.iter().map(|line| Line {
            depth: 1,
            hits: line.hits.clone(),
            ..Line::new(line.words.clone(), Choice::Place { post: found.post, place: line.place })
        });
        std::iter::once(head).chain(lines).collect()
    }
}
