//! Where the reader has been: the places that were jumped from, back and forward across posts, and the place in each post.

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
    /// Notes a stop that is jumped from, once in a row. What was ahead is forgotten.
    pub fn leave(&mut self, stop: Option<Stop>) {
        if self.past.last() != stop.as_ref() {
            self.past.extend(stop);
        }
        self.future.clear();
    }

    /// Where the last jump led from.
    #[must_use]
    pub fn last(&self) -> Option<Stop> {
        self.past.last().copied()
    }

    /// The stop so many on, or back; the farthest there is, or none.
    pub fn travel(&mut self, steps: isize, here: Option<Stop>) -> Option<Stop> {
        let go = if steps < 0 { History::back } else { History::forward };
        let mut stop = None;
        for _ in 0..steps.unsigned_abs() {
            let Some(next) = go(self, stop.or(here)) else { break };
            stop = Some(next);
        }
        stop
    }

    /// The stop before this one; `here` becomes the one ahead.
    fn back(&mut self, here: Option<Stop>) -> Option<Stop> {
        let stop = self.past.pop()?;
        self.future.extend(here);
        Some(stop)
    }

    /// The stop ahead; `here` becomes the one behind.
    fn forward(&mut self, here: Option<Stop>) -> Option<Stop> {
        let stop = self.future.pop()?;
        self.past.extend(here);
        Some(stop)
    }

    /// Moves the stops in a post to where they are now.
    pub fn shift(&mut self, post: PostId, place: impl Fn(usize) -> usize) {
        let stops = self.past.iter_mut().chain(&mut self.future).filter(|stop| stop.post == post);
        stops.for_each(|stop| stop.place = place(stop.place));
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
        history.leave(Some(stop(2)));
        assert_eq!(history.travel(-1, Some(stop(3))), Some(stop(2)));
        assert_eq!(history.travel(-1, Some(stop(2))), Some(stop(1)), "one stop in a row");
        assert_eq!(history.travel(-1, Some(stop(1))), None);
        assert_eq!(history.travel(1, Some(stop(1))), Some(stop(2)));
        assert_eq!(history.travel(-9, Some(stop(2))), Some(stop(1)), "as far as it goes");
        assert_eq!(history.travel(9, Some(stop(1))), Some(stop(3)));
        history.leave(Some(stop(2)));
        assert_eq!(history.travel(1, Some(stop(9))), None);
    }
}
