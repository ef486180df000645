//! The list of posts: which are shown, in which order, and which one is selected.

use std::sync::Arc;

use super::action::Motion;
use super::filter::Filter;
use super::panes::Panes;
use crate::library::calendar::Today;
use crate::library::{Library, Post, PostId};
use crate::search::query::{By, Order, Query};
use crate::state::facts::Facts;
use crate::text::width::Measure;

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
    /// Whether the line of the filter is being typed.
    pub is_typing: bool,
    /// The order, where the filter asks for none.
    pub order: Order,
    /// Whether drafts and what is not public now are left out.
    pub hides_unpublished: bool,
    shown: Vec<PostId>,
    /// The posts that the filter leaves, before their texts are looked at.
    asked: Vec<PostId>,
    total: usize,
    selected: usize,
    top: usize,
}

impl Index {
    /// Takes the posts of a library.
    pub fn take(&mut self, library: &Library, today: Today, facts: &Facts) {
        self.total = library.in_order(self.order).len();
        self.filter.read(library, today);
        self.refresh(library, facts);
    }

    /// Takes the posts of a library that was made anew, with the numbers that the posts have in it. The selected post stays selected,
    /// or the one after it where it is gone, and stays where it stands in the pane, unless the top of the list is in sight.
    pub fn renumber(
        &mut self,
        library: &Library,
        today: Today,
        facts: &Facts,
        number: impl Fn(PostId) -> Option<PostId>,
    ) {
        let (top, below) = (self.top, self.selected.saturating_sub(self.top));
        let kept = self.shown[self.selected.min(self.shown.len())..].iter().find_map(|id| number(*id));
        let kept = kept.or_else(|| self.shown.iter().rev().find_map(|id| number(*id)));
        self.shown.clear();
        self.take(library, today, facts);
        kept.into_iter().for_each(|post| self.select(post));
        // At the top of the list it stays there: that is where new posts come.
        self.top = if top == 0 { 0 } else { self.selected.saturating_sub(below) };
    }

    /// Applies filter and order anew. The selected post stays selected where it is still shown.
    pub fn refresh(&mut self, library: &Library, facts: &Facts) {
        let query = Arc::clone(self.filter.query());
        self.asked = query.select(library, facts, self.order);
        if self.hides_unpublished {
            self.asked.retain(|id| library.post(*id).is_some_and(Post::is_public));
        }
        self.refresh_texts();
    }

    /// Leaves the posts whose texts hold what is asked of them, as far as they are found.
    pub fn refresh_texts(&mut self) {
        let kept = self.selected();
        let filter = &self.filter;
        self.shown.clear();
        if filter.query().asks_texts() {
            self.shown.extend(self.asked.iter().copied().filter(|id| filter.holds_in_text(*id)));
        } else {
            self.shown.extend_from_slice(&self.asked);
        }
        self.selected = 0;
        self.top = 0;
        if let Some(post) = kept {
            self.select(post);
        }
    }

    /// Goes on to the next order.
    pub fn next_order(&mut self) {
        self.order.by = match self.order.by {
            By::Date => By::Title,
            By::Title => By::Path,
            By::Path => By::Date,
        };
    }

    /// The posts that a query means, whatever the filter leaves.
    #[must_use]
    pub fn meant_by(&self, query: &Query, library: &Library, facts: &Facts) -> Vec<PostId> {
        query.select(library, facts, self.order)
    }

    /// The posts that the filter leaves, before their texts are looked at.
    #[must_use]
    pub fn asked(&self) -> &[PostId] {
        &self.asked
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

    /// Selects the first of the posts that are shown.
    pub fn select_first(&mut self) {
        self.selected = 0;
        self.top = 0;
    }

    /// The first post in sight.
    #[must_use]
    pub fn top(&self, rows: &Rows) -> usize {
        let least = self.first_above(self.selected, rows);
        let top = self.top.clamp(least, self.selected.max(least));
        // A page of posts follows for certain: each takes a row or more.
        if self.shown.len() - top.min(self.shown.len()) > rows.height() {
            return top;
        }
        let most = self.first_above(self.shown.len().saturating_sub(1), rows);
        top.min(most.max(least))
    }

    /// The first post of a page at whose end a post stands.
    fn first_above(&self, last: usize, rows: &Rows) -> usize {
        let mut left = rows.height();
        let upwards = self.shown.iter().take(last + 1).rev().take_while(|post| {
            let height = rows.of(**post);
            let fits = height <= left;
            left = left.saturating_sub(height);
            fits
        });
        // One that is higher than the page is on it all the same.
        last.saturating_sub(upwards.count().max(1) - 1)
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

    /// The posts that are in sight, if only in part.
    pub fn in_sight<'a>(&'a self, rows: &'a Rows) -> impl Iterator<Item = PostId> + 'a {
        let below = self.shown.get(self.top(rows)..).unwrap_or_default();
        let starts = below.iter().scan(0, |end, id| Some(std::mem::replace(end, *end + rows.of(*id))));
        below.iter().zip(starts).take_while(|(_, start)| *start < rows.height()).map(|(id, _)| *id)
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
