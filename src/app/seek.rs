//! Searching in the open post: what is typed, the hits that come back, the one at hand.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::history::Stop;
use super::input::Input;
use super::keys::Mode;
use super::{App, Effect, Generation, Notice};
use crate::layout::Page;
use crate::messages;
use crate::search::pattern::Pattern;
use crate::text::{Clean, LinkId};

/// How what is typed is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Syntax {
    /// Words, or an expression between slashes.
    #[default]
    Words,
    Expression,
}

/// What becomes of the place in the post when the hits arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Arrival {
    /// It moves to the first hit from where the search started.
    Go,
    #[default]
    Stay,
}

/// A search in the open post. It goes on in every post that is opened after it.
#[derive(Debug, Default)]
pub struct Search {
    pub input: Input,
    pub syntax: Syntax,
    pub is_typing: bool,
    /// What is wrong with what is typed.
    pub problem: Option<Clean>,
    /// Where it was found: bytes of [`Page::plain`], in order and apart from one another.
    pub hits: Arc<Vec<Range<usize>>>,
    /// Which of the hits is at hand.
    pub at_hand: Option<usize>,
    pattern: Option<Pattern>,
    arrival: Arrival,
    /// Where one was before.
    origin: Option<Stop>,
    /// The row at the top there, and the folds as they were.
    row: usize,
    folds: BTreeSet<LinkId>,
    /// What was sought before.
    before: Option<Box<Search>>,
}

impl Search {
    /// Reads what is typed. What is wrong is noted, and what was read before stays.
    fn read(&mut self) {
        let written = self.input.as_str();
        let is_expression = self.syntax == Syntax::Expression && !written.is_empty();
        let found = if is_expression { Pattern::of(&format!("/{written}/")) } else { Pattern::of(written) };
        match found {
            Ok(pattern) => (self.pattern, self.problem) = (pattern, None),
            Err(error) => self.problem = Some(Clean::cut(&error.what, LONGEST)),
        }
    }

    /// Puts the place where it started on a new number of its post.
    pub(super) fn renumber(&mut self, renumbered: impl Fn(Stop) -> Option<Stop>) {
        self.origin = self.origin.and_then(renumbered);
    }

    /// The first hit from a place on.
    fn from(&self, place: usize) -> usize {
        self.hits.partition_point(|hit| hit.start < place)
    }
}

/// The longest that a problem is told, in characters.
const LONGEST: usize = 300;

impl App {
    pub(super) fn start_search(&mut self) {
        let Some(reader) = &self.reader else { return };
        let (origin, row, folds) = (self.stop(), reader.top(), reader.turned_folds().clone());
        let before = self.search.take().map(Box::new);
        self.search = Some(Search { is_typing: true, origin, row, folds, before, ..Search::default() });
    }

    /// Whether the words of a search are being typed.
    #[must_use]
    pub fn is_seeking(&self) -> bool {
        self.search.as_ref().is_some_and(|search| search.is_typing)
    }

    /// Changes what is sought.
    pub(super) fn edit_search(&mut self, change: impl FnOnce(&mut Search)) -> Vec<Effect> {
        let Some(search) = &mut self.search else { return Vec::new() };
        let before = (search.input.as_str().to_owned(), search.syntax);
        change(search);
        if (search.input.as_str(), search.syntax) == (&before.0, before.1) {
            return Vec::new();
        }
        search.read();
        if search.problem.is_some() {
            return Vec::new();
        }
        search.arrival = Arrival::Go;
        self.find()
    }

    /// Asks for the hits in the page that is shown now.
    fn find(&mut self) -> Vec<Effect> {
        self.seeking += 1;
        if self.sought().is_some() {
            return vec![Effect::Seek { generation: self.seeking }];
        }
        self.take_hits(Vec::new(), self.seeking);
        Vec::new()
    }

    /// What is sought, and in which page.
    #[must_use]
    pub fn sought(&self) -> Option<(Arc<Page>, Pattern)> {
        let page = Arc::clone(self.reader.as_ref()?.whole()?);
        Some((page, self.search.as_ref()?.pattern.clone()?))
    }

    /// Takes the hits; those of an older search are dropped.
    pub(super) fn take_hits(&mut self, hits: Vec<Range<usize>>, generation: Generation) {
        let Some(search) = self.search.as_mut().filter(|_| generation == self.seeking) else { return };
        let is_none = hits.is_empty();
        search.hits = Arc::new(hits);
        search.at_hand = None;
        if std::mem::take(&mut search.arrival) == Arrival::Stay {
            return;
        }
        let origin = search.origin.map_or(0, |stop| stop.place);
        let first = search.from(origin);
        search.at_hand = (!is_none).then_some(if first < search.hits.len() { first } else { 0 });
        let tells = is_none && !search.is_typing && search.pattern.is_some();
        let words = search.input.as_str().to_owned();
        self.return_to_origin();
        self.reveal_hit();
        if tells {
            self.warn(&messages::not_found(&words));
        }
    }

    /// Looks for the same in a page that says something else.
    pub(super) fn find_anew(&mut self) -> Vec<Effect> {
        let Some(search) = &mut self.search else { return Vec::new() };
        search.hits = Arc::default();
        search.at_hand = None;
        self.find()
    }

    fn return_to_origin(&mut self) {
        let Some(search) = &self.search else { return };
        let height = usize::from(self.panes.text().height);
        if let (Some(origin), Some(reader)) = (search.origin, &mut self.reader)
            && origin.post == reader.post
        {
            reader.restore_folds(&search.folds);
            reader.go_back(search.row, origin.place, height);
        }
    }

    fn reveal_hit(&mut self) {
        let hit = self.search.as_ref().and_then(|search| search.hits.get(search.at_hand?));
        let height = usize::from(self.panes.text().height);
        if let (Some(hit), Some(reader)) = (hit, &mut self.reader) {
            reader.reveal_words(hit.clone(), height);
        }
    }

    /// Keeps what is typed; where that is nothing, what was sought before.
    pub(super) fn keep_search(&mut self) -> Vec<Effect> {
        let Some(search) = &mut self.search else { return Vec::new() };
        if search.problem.is_some() {
            return Vec::new();
        }
        if search.input.is_empty() {
            let (origin, row, folds) = (search.origin, search.row, std::mem::take(&mut search.folds));
            self.search = search.before.take().map(|before| Search { origin, row, folds, ..*before });
            let effects = self.find_anew();
            if let Some(search) = &mut self.search {
                search.arrival = Arrival::Go;
            }
            return effects;
        }
        search.is_typing = false;
        search.before = None;
        let is_missing = search.arrival == Arrival::Stay && search.hits.is_empty();
        let (origin, words) = (search.origin, search.input.as_str().to_owned());
        self.history.leave(origin);
        if is_missing {
            self.warn(&messages::not_found(&words));
        }
        Vec::new()
    }

    /// Leaves what is typed and goes back to where one was.
    pub(super) fn leave_search(&mut self) -> Vec<Effect> {
        self.return_to_origin();
        self.search = self.search.take().and_then(|search| search.before).map(|before| *before);
        self.find_anew()
    }

    /// Goes so many hits on, or back, round and round.
    pub(super) fn next_hit(&mut self, steps: isize) {
        let Some((search, reader)) = self.search.as_ref().zip(self.reader.as_ref()) else {
            let key = self.key_for(Mode::Reader, "search");
            return self.warn(&messages::no_search(&key));
        };
        let count = search.hits.len() as isize;
        if count == 0 {
            let words = messages::not_found(search.input.as_str());
            return self.warn(&words);
        }
        let height = usize::from(self.panes.text().height);
        let in_sight = search.at_hand.filter(|at| reader.shows(search.hits[*at].start, height));
        // One that was scrolled away from is not gone on from: what is shown is.
        let from = match in_sight {
            Some(at) => at as isize,
            None if steps > 0 => search.from(reader.top_place()) as isize - 1,
            None => search.from(reader.top_place()) as isize,
        };
        let to = from.saturating_add(steps);
        let at = to.rem_euclid(count) as usize;
        let notice = match to {
            _ if (0..count).contains(&to) => None,
            _ if steps > 0 => Some(messages::FROM_THE_TOP),
            _ => Some(messages::FROM_THE_END),
        };
        if let Some(search) = &mut self.search {
            search.at_hand = Some(at);
        }
        if let Some(words) = notice {
            self.notice = Some(Notice { words: Clean::line(&words), is_warning: false });
        }
        self.reveal_hit();
    }
}
