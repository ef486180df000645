//! Where the reader has been: back and forward over links, and the place in each post.

use std::collections::{BTreeSet, HashMap};

use crate::library::PostId;
use crate::text::LinkId;
use crate::text::anchor::Anchor;

/// A place in a post, as an offset into its plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    pub post: PostId,
    pub place: usize,
}

/// See the module's head.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Stop>,
    future: Vec<Stop>,
    places: HashMap<PostId, Anchor>,
    folds: HashMap<PostId, BTreeSet<LinkId>>,
}

impl History {
    /// Notes a stop that is left by a link. What was ahead is forgotten.
    pub fn leave(&mut self, stop: Option<Stop>) {
        self.past.extend(stop);
        self.future.clear();
    }

    /// The stop before this one; `here` becomes the one ahead.
    pub fn back(&mut self, here: Option<Stop>) -> Option<Stop> {
        let stop = self.past.pop()?;
        self.future.extend(here);
        Some(stop)
    }

    /// The stop ahead; `here` becomes the one behind.
    pub fn forward(&mut self, here: Option<Stop>) -> Option<Stop> {
        let stop = self.future.pop()?;
        self.past.extend(here);
        Some(stop)
    }

    /// Notes the place that a post was left at.
    pub fn note_place(&mut self, post: PostId, place: Anchor) {
        self.places.insert(post, place);
    }

    /// Notes the folds of a post that are not as it has them at first.
    pub fn note_folds(&mut self, post: PostId, turned: BTreeSet<LinkId>) {
        self.folds.insert(post, turned);
    }

    /// The folds that a post was left with.
    #[must_use]
    pub fn folds(&self, post: PostId) -> BTreeSet<LinkId> {
        self.folds.get(&post).cloned().unwrap_or_default()
    }

    /// The place that a post was left at.
    #[must_use]
    pub fn place(&self, post: PostId) -> Option<&Anchor> {
        self.places.get(&post)
    }

    /// Follows the posts to their numbers in another library. What is gone is forgotten.
    pub fn renumber(&mut self, number: impl Fn(PostId) -> Option<PostId>) {
        for stops in [&mut self.past, &mut self.future] {
            let old = std::mem::take(stops);
            *stops = old.into_iter().filter_map(|stop| Some(Stop { post: number(stop.post)?, ..stop })).collect();
        }
        let old = std::mem::take(&mut self.places);
        self.places = old.into_iter().filter_map(|(post, place)| Some((number(post)?, place))).collect();
        let old = std::mem::take(&mut self.folds);
        self.folds = old.into_iter().filter_map(|(post, turned)| Some((number(post)?, turned))).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_are_each_others_way() {
        let stop = |post| Stop { post: PostId(post), place: post as usize };
        let mut history = History::default();
        history.leave(Some(stop(1)));
        history.leave(Some(stop(2)));
        assert_eq!(history.back(Some(stop(3))), Some(stop(2)));
        assert_eq!(history.back(Some(stop(2))), Some(stop(1)));
        assert_eq!(history.back(Some(stop(1))), None);
        assert_eq!(history.forward(Some(stop(1))), Some(stop(2)));
        history.leave(Some(stop(2)));
        assert_eq!(history.forward(Some(stop(9))), None);
    }
}
