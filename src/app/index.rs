//! The list of posts: which are shown, in which order, and which one is selected.

use std::cmp::Reverse;

use super::action::Motion;
use super::input::Input;
use crate::library::{Library, Post, PostId};
use crate::text::Clean;
use crate::text::fold::fold;

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest first; posts without a date last.
    #[default]
    Date,
    Title,
    Path,
}

/// Which posts are shown: those that carry every one of the tags, and every word in the title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub tags: Vec<Clean>,
    pub words: Input,
}

impl Filter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.words.is_empty()
    }

    /// Adds a tag, or takes it off if it is there.
    pub fn toggle(&mut self, tag: Clean) {
        let wanted = fold(&tag);
        match self.tags.iter().position(|known| fold(known) == wanted) {
            Some(at) => drop(self.tags.remove(at)),
            None => self.tags.push(tag),
        }
    }

    /// Takes off the part at this place: the tags in their order, then the words.
    pub fn remove(&mut self, part: usize) {
        if part < self.tags.len() {
            self.tags.remove(part);
        } else if part == self.tags.len() {
            self.words.clear();
        }
    }

    /// Takes off the last part.
    pub fn remove_last(&mut self) {
        let last = if self.words.is_empty() { self.tags.len().checked_sub(1) } else { Some(self.tags.len()) };
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
        self.tags.iter().map(|tag| format!("#{tag}")).chain(words).collect()
    }
}

/// See the module's head.
#[derive(Debug, Default)]
pub struct Index {
    pub filter: Filter,
    /// Whether the words of the filter are being typed.
    pub is_typing: bool,
    pub sort: Sort,
    shown: Vec<PostId>,
    total: usize,
    selected: usize,
    top: usize,
    /// Folded titles, by post.
    titles: Vec<String>,
}

impl Index {
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
        let tags: Vec<String> = self.filter.tags.iter().map(|tag| fold(tag)).collect();
        let carries = |post: &Post| tags.iter().all(|wanted| post.tags.iter().any(|tag| fold(tag) == *wanted));
        let names = |id: PostId| words.iter().all(|word| self.titles[id.0 as usize].contains(word.as_str()));
        self.shown = library.listed().filter(|(id, post)| names(*id) && carries(post)).map(|(id, _)| id).collect();
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

    /// The first post in sight of a page of so many posts.
    #[must_use]
    pub fn top(&self, page: usize) -> usize {
        let least = (self.selected + 1).saturating_sub(page);
        self.top.clamp(least, self.selected.max(least)).min(self.shown.len().saturating_sub(page).max(least))
    }

    /// Moves the selection, for a page of so many posts.
    pub fn step(&mut self, motion: Motion, page: usize) {
        let step = |count: isize, size: usize| count.saturating_mul(size as isize);
        let last = self.shown.len().saturating_sub(1);
        self.top = self.top(page);
        self.selected = match motion {
            Motion::Lines(count) => self.selected.saturating_add_signed(count),
            Motion::HalfPages(count) => self.selected.saturating_add_signed(step(count, page.div_ceil(2))),
            Motion::Pages(count) => self.selected.saturating_add_signed(step(count, page)),
            Motion::Top => 0,
            Motion::Bottom => last,
            Motion::Headings(_) => self.selected,
        }
        .min(last);
        self.top = self.top(page);
    }

    /// Selects the post on a line of the page. Says whether there is one.
    pub fn select_line(&mut self, line: usize, page: usize) -> bool {
        let at = self.top(page) + line;
        if at >= self.shown.len() {
            return false;
        }
        self.top = self.top(page);
        self.selected = at;
        true
    }
}
