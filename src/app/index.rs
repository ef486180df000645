//! The list of posts: which are shown, in which order, and which one is selected.

use std::cmp::Reverse;
use std::sync::Arc;

use super::action::Motion;
use super::input::Input;
use super::panes::Panes;
use crate::library::{Library, Post, PostId, Term};
use crate::text::fold::fold;
use crate::text::width::Measure;

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest first; posts without a date last.
    #[default]
    Date,
    Title,
    Path,
}

/// Which posts are shown: those that carry every one of the terms, and every word in the title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Tags, and the terms of other taxonomies.
    pub terms: Vec<Term>,
    pub words: Input,
}

impl Filter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.words.is_empty()
    }

    /// Adds a term, or takes it off if it is there.
    pub fn toggle(&mut self, term: Term) {
        match self.terms.iter().position(|known| known.is_like(&term)) {
            Some(at) => drop(self.terms.remove(at)),
            None => self.terms.push(term),
        }
    }

    /// Takes off the part at this place: the terms in their order, then the words.
    pub fn remove(&mut self, part: usize) {
        if part < self.terms.len() {
            self.terms.remove(part);
        } else if part == self.terms.len() {
            self.words.clear();
        }
    }

    /// Takes off the last part.
    pub fn remove_last(&mut self) {
        let last = if self.words.is_empty() { self.terms.len().checked_sub(1) } else { Some(self.terms.len()) };
        if let Some(part) = last {
            self.remove(part);
        }
    }

    pub fn clear(&mut self) {
        *self = Filter::default();
    }

    /// The parts as they are shown, in the order of [`Filter::remove`].
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        let words = (!self.words.is_empty()).then(|| format!("“{}”", self.words.as_str()));
        self.terms.iter().map(Term::label).chain(words).collect()
    }
}

/// How many rows each post takes in the index, and how many rows there are.
#[derive(Debug)]
pub struct Rows {
    pub library: Arc<Library>,
    pub panes: Panes,
    pub measure: Measure,
}

impl Rows {
    /// The rows of a post: one where there is room for all of it side by side, else one or two for the title and one for the rest.
    #[must_use]
    pub fn of(&self, post: PostId) -> usize {
        let room = usize::from(self.panes.title_width());
        let is_long = |post: &Post| self.measure.columns(&post.title) > room;
        match self.library.post(post) {
            _ if self.panes.is_one_line_per_post() => 1,
            Some(post) if is_long(post) => 3,
            _ => 2,
        }
    }

    fn height(&self) -> usize {
        usize::from(self.panes.index().height)
    }
}

/// See the module's head.
#[derive(Debug, Default)]
pub struct Index {
    pub filter: Filter,
    /// Whether the words of the filter are being typed.
    pub is_typing: bool,
    pub sort: Sort,
    /// Whether drafts and what is not public now are left out.
    pub hides_unpublished: bool,
    shown: Vec<PostId>,
    total: usize,
    selected: usize,
    top: usize,
    /// Folded titles, by post.
    titles: Vec<String>,
}

impl Index {
    /// Takes a library in which one post has changed.
    pub fn retitle(&mut self, id: PostId, library: &Library) {
        if let (Some(title), Some(post)) = (self.titles.get_mut(id.0 as usize), library.post(id)) {
            *title = fold(&post.title);
        }
        self.refresh(library);
    }

    /// Takes the posts of a library.
    pub fn take(&mut self, library: &Library) {
        self.titles = library.posts.iter().map(|post| fold(&post.title)).collect();
        self.total = library.listed().count();
        self.refresh(library);
    }

    /// Applies filter and order anew. The selected post stays selected where it is still shown.
    pub fn refresh(&mut self, library: &Library) {
        let kept = self.selected();
        let words: Vec<String> = fold(self.filter.words.as_str()).split_whitespace().map(str::to_owned).collect();
        let wanted = &self.filter.terms;
        let carries = |post: &Post| {
            let terms = if wanted.is_empty() { Vec::new() } else { library.terms(post) };
            wanted.iter().all(|wanted| terms.iter().any(|term| term.is_like(wanted)))
        };
        let is_wanted = |post: &Post| (!self.hides_unpublished || post.is_public()) && carries(post);
        let names = |id: PostId| words.iter().all(|word| self.titles[id.0 as usize].contains(word.as_str()));
        self.shown = library.listed().filter(|(id, post)| names(*id) && is_wanted(post)).map(|(id, _)| id).collect();
        let post = |id: &PostId| &library.posts[id.0 as usize];
        match self.sort {
            Sort::Date => self.shown.sort_by_cached_key(|id| Reverse(post(id).date.map(|date| date.timestamp()))),
            Sort::Title => {
                self.shown.sort_by(|left, right| self.titles[left.0 as usize].cmp(&self.titles[right.0 as usize]));
            }
            Sort::Path => self.shown.sort(),
        }
        self.selected = 0;
        self.top = 0;
        if let Some(post) = kept {
            self.select(post);
        }
    }

    /// Goes on to the next order.
    pub fn next_sort(&mut self) {
        self.sort = match self.sort {
            Sort::Date => Sort::Title,
            Sort::Title => Sort::Path,
            Sort::Path => Sort::Date,
        };
    }

    /// The posts that are shown, in their order.
    #[must_use]
    pub fn shown(&self) -> &[PostId] {
        &self.shown
    }

    /// How many posts there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    #[must_use]
    pub fn selected(&self) -> Option<PostId> {
        self.shown.get(self.selected).copied()
    }

    /// The place of the selected post among those shown.
    #[must_use]
    pub fn position(&self) -> usize {
        self.selected
    }

    /// Selects a post, if it is shown.
    pub fn select(&mut self, post: PostId) {
        if let Some(at) = self.shown.iter().position(|id| *id == post) {
            self.selected = at;
        }
    }

    /// The first post in sight.
    #[must_use]
    pub fn top(&self, rows: &Rows) -> usize {
        let least = self.first_above(self.selected, rows);
        let most = self.first_above(self.shown.len().saturating_sub(1), rows);
        self.top.clamp(least, self.selected.max(least)).min(most.max(least))
    }

    /// The first post of a page at whose end a post stands.
    fn first_above(&self, last: usize, rows: &Rows) -> usize {
        let mut left = rows.height();
        let mut first = last;
        while let Some(post) = self.shown.get(first) {
            left = left.saturating_sub(rows.of(*post));
            match first.checked_sub(1).and_then(|above| self.shown.get(above)) {
                Some(above) if rows.of(*above) <= left => first -= 1,
                _ => break,
            }
        }
        first
    }

    /// How many posts are whole in sight; at least one.
    fn page(&self, rows: &Rows) -> usize {
        self.ends(rows).count().max(1)
    }

    /// The row after each post in sight, counted from the first.
    fn ends<'a>(&'a self, rows: &'a Rows) -> impl Iterator<Item = usize> + 'a {
        let below = self.shown.get(self.top(rows)..).unwrap_or_default();
        below.iter().scan(0, |end, id| {
            *end += rows.of(*id);
            (*end <= rows.height()).then_some(*end)
        })
    }

    /// Moves the selection.
    pub fn step(&mut self, motion: Motion, rows: &Rows) {
        let page = self.page(rows);
        let step = |count: isize, size: usize| count.saturating_mul(size as isize);
        let last = self.shown.len().saturating_sub(1);
        self.top = self.top(rows);
        self.selected = match motion {
            Motion::Lines(count) => self.selected.saturating_add_signed(count),
            Motion::HalfPages(count) => self.selected.saturating_add_signed(step(count, page.div_ceil(2))),
            Motion::Pages(count) => self.selected.saturating_add_signed(step(count, page)),
            Motion::Top => 0,
            Motion::Bottom => last,
            Motion::Headings(_) => self.selected,
            Motion::Line(_) | Motion::Percent(_) => motion.from(self.selected, self.shown.len(), page),
        }
        .min(last);
        self.top = self.top(rows);
    }

    /// Selects the post on a row of the pane. Says whether there is one.
    pub fn select_row(&mut self, row: usize, rows: &Rows) -> bool {
        let top = self.top(rows);
        let Some(below) = self.ends(rows).position(|end| row < end) else { return false };
        let at = top + below;
        self.top = top;
        self.selected = at;
        true
    }
}
