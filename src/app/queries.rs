//! Queries that were saved: those of the settings file, which is the user's own, and those that were saved from inside.

use super::keys::Mode;
use super::overlay::Overlay;
use super::picker::{Choice, Line, List, Picker};
use super::{App, Effect};
use crate::messages;
use crate::state::Entry;
use crate::text::Clean;

/// The longest that a name may be, in characters.
const LONGEST: usize = 100;

impl App {
    /// Every saved query, by name.
    pub(super) fn query_lines(&self) -> Vec<Line> {
        let line = |(name, query): (&str, &str)| {
            let choice = Choice::Query(query.to_owned());
            Line { detail: Clean::line(query), ..Line::new(Clean::line(name), choice) }
        };
        let set = self.queries.iter().map(|(name, query)| (name.as_str(), query.as_str()));
        let mut all: Vec<_> = set.chain(self.saved_queries()).collect();
        all.sort_unstable();
        all.into_iter().map(line).collect()
    }

    /// Those that were saved from inside. One of the settings hides one of its name.
    fn saved_queries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.memory.state().queries().filter(|(name, _)| !self.queries.contains_key(*name))
    }

    /// Asks under which name the filter is to be saved.
    pub(super) fn name_query(&mut self) {
        if self.index.filter.is_empty() {
            let key = self.key_for(self.pane(), "filter");
            return self.warn(&messages::nothing_to_save(&key));
        }
        self.open_list(List::Naming);
    }

    /// The name that is typed, or else the query itself; then the names that there are, each of which may be given anew.
    pub(super) fn name_lines(&self, typed: &str) -> Vec<Line> {
        let query = self.index.filter.line.as_str().trim();
        let name = Clean::cut(if typed.trim().is_empty() { query } else { typed.trim() }, LONGEST);
        let fresh = Line {
            detail: Clean::line(query),
            ..Line::new(Clean::line(&messages::save_as(&name)), Choice::Save(name.to_string()))
        };
        let known = self.saved_queries().filter(|(known, _)| *known != &*name).map(|(known, query)| {
            let choice = Choice::Save(known.to_owned());
            Line { detail: Clean::line(query), ..Line::new(Clean::line(&messages::replace(known)), choice) }
        });
        std::iter::once(fresh).chain(known).collect()
    }

    /// Saves the filter under a name.
    pub(super) fn save_query(&mut self, name: String) -> Vec<Effect> {
        if self.queries.contains_key(&name) {
            self.warn(&messages::query_is_set(&name));
            return Vec::new();
        }
        let key = self.key_for(self.pane(), "queries");
        self.say(&messages::query_saved(&name, &key));
        let query = self.index.filter.line.as_str().trim().to_owned();
        self.keep(Entry::Query(name, Some(query)))
    }

    /// Deletes the saved query that is selected in their list.
    pub(super) fn forget_query(&mut self) -> Vec<Effect> {
        let Some(Overlay::List(picker @ Picker { list: List::Queries, .. })) = &self.overlay else {
            return Vec::new();
        };
        let Some(line) = picker.lines().get(picker.selected()) else { return Vec::new() };
        let (name, query) = (line.words.to_string(), line.detail.to_string());
        if self.queries.contains_key(&name) {
            self.warn(&messages::query_is_set(&name));
            return Vec::new();
        }
        self.say(&messages::query_deleted(&name, &query));
        let effects = self.keep(Entry::Query(name, None));
        self.refill();
        effects
    }

    /// What the list of saved queries says at its end: how one is deleted.
    #[must_use]
    pub fn key_to_forget(&self) -> String {
        self.key_for(Mode::List, "forget")
    }
}
