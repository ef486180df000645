//! How the page is looked at: folds open or closed, wide blocks moved sideways.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::aim::heading_of;
use super::{Aim, Hand, Reader, Selection};
use crate::document::FoldState;
use crate::layout::{Page, View};
use crate::text::LinkId;

impl Reader {
    /// Takes a page as it was laid out. Selected rows stay with their words.
    pub(super) fn look_at(&mut self, whole: Arc<Page>) {
        let seen = self.view.of(&whole);
        if let (Some(before), Some(Selection { anchor, cursor })) = (&self.page, self.selection) {
            let row = |row| if before.len() == seen.len() { row } else { seen.row_of(before.place_of(row)) };
            self.selection = Some(Selection { anchor: row(anchor), cursor: row(cursor) });
        }
        self.whole = Some(whole);
        self.page = Some(seen);
    }

    /// Changes the view. What was in hand and is no more to be seen is let go.
    fn look(&mut self, change: impl FnOnce(&mut View)) {
        let Some(whole) = &self.whole else { return };
        change(&mut self.view);
        let page = self.view.of(whole);
        let is_seen = match self.hand {
            Some(Hand::Link(link)) => page.link_place(link).is_some(),
            Some(Hand::Block(place)) => page.block_at(place).is_some(),
            None => false,
        };
        if !is_seen {
            self.hand = None;
        }
        if self.page.as_ref().is_some_and(|before| before.len() != page.len()) {
            self.selection = None;
        }
        self.page = Some(page);
    }

    /// Whether a place of the plain words is folded away.
    pub(super) fn hides(&self, place: usize) -> bool {
        let Some(whole) = &self.whole else { return false };
        let row = whole.row_of(place);
        whole.folds.iter().any(|fold| fold.rows.contains(&row) && self.view.has_closed(fold))
    }

    /// Turns the folds that differ from these, which a post was left with.
    pub fn restore_folds(&mut self, turned: &BTreeSet<LinkId>) {
        if self.view.turned != *turned {
            self.look(|view| view.turned.clone_from(turned));
        }
    }

    /// The folds that are not as the post has them at first.
    #[must_use]
    pub fn turned_folds(&self) -> &BTreeSet<LinkId> {
        &self.view.turned
    }

    /// Whether the fold of a heading is closed; none where the link is no such heading.
    #[must_use]
    pub fn is_closed(&self, link: LinkId) -> Option<bool> {
        Some(self.view.has_closed(self.whole.as_ref()?.fold(link)?))
    }

    /// Opens or closes a fold. Its heading stays on its row of the screen.
    pub fn turn_fold(&mut self, link: LinkId, height: usize) {
        let row_of = |reader: &Reader| Some(reader.page.as_ref()?.fold(link)?.row);
        let Some(before) = row_of(self) else { return };
        let line = before.saturating_sub(self.top);
        self.look(|view| turn(view, link));
        if let Some(row) = row_of(self) {
            self.go(row.saturating_sub(line), height);
        }
    }

    /// Opens or closes every fold. What was read stays in sight, or the heading over it.
    pub fn set_folds(&mut self, state: FoldState, height: usize) {
        let Some(whole) = self.whole.clone() else { return };
        let place = self.place;
        self.look(|view| {
            view.turned = whole.folds.iter().filter(|fold| fold.state != state).map(|fold| fold.link).collect();
        });
        if let Some(page) = &self.page {
            self.go(page.row_of(place), height);
        }
    }

    /// Opens what is closed over an aim.
    pub(super) fn unfold(&mut self, aim: &Aim) {
        let Some(whole) = &self.whole else { return };
        let row = match aim {
            Aim::Place(place) => Some(whole.row_of(*place)),
            Aim::Words(anchor) => Some(whole.row_of(anchor.find(&whole.plain))),
            Aim::Fragment(fragment) => heading_of(whole, fragment).map(|heading| heading.row),
            Aim::Link(target) => whole.target_place(target).map(|place| place.row),
        };
        self.unfold_row(row);
    }

    /// Opens what is closed over a link.
    pub(super) fn unfold_link(&mut self, link: LinkId) {
        let row = self.whole.as_ref().and_then(|whole| Some(whole.link_place(link)?.row));
        self.unfold_row(row);
    }

    /// Opens what is closed over a row of the whole page.
    fn unfold_row(&mut self, row: Option<usize>) {
        let (Some(whole), Some(row)) = (&self.whole, row) else { return };
        let is_over = |fold: &&crate::layout::FoldPlace| fold.rows.contains(&row) && self.view.has_closed(fold);
        let closed: Vec<LinkId> = whole.folds.iter().filter(is_over).map(|fold| fold.link).collect();
        if !closed.is_empty() {
            self.look(|view| closed.into_iter().for_each(|link| turn(view, link)));
        }
    }

    /// Moves what is wider than the page sideways, by half its width for each step to the right. Says whether anything in sight is wider.
    pub fn pan(&mut self, steps: isize, height: usize) -> bool {
        let Some(page) = &self.page else { return false };
        let in_sight =
            page.blocks.iter().filter(|block| block.rows.start < self.top + height && block.rows.end > self.top);
        let most = in_sight.map(|block| block.overhang).max().unwrap_or(0);
        let step = steps.saturating_mul((page.width / 2).max(1) as isize);
        let pan = self.view.pan.min(most).saturating_add_signed(step).min(most);
        if most > 0 {
            self.look(|view| view.pan = pan);
        }
        most > 0
    }

    /// Moves what is wider than the page back to its start.
    pub fn unpan(&mut self) {
        self.look(|view| view.pan = 0);
    }

    /// Moves what is wider than the page so that a link in it can be seen.
    pub(super) fn pan_to(&mut self, link: LinkId) {
        let (Some(whole), Some(page)) = (&self.whole, &self.page) else { return };
        let (Some(place), Some(seen)) = (whole.link_place(link), page.link_place(link)) else { return };
        if place.columns.len() > seen.columns.len() {
            // The mark of the cut stands at the edge.
            let pan = (place.columns.end + 1).saturating_sub(whole.width);
            self.look(|view| view.pan = pan);
        }
    }

    /// Moves what is wider than the page so that words in it can be seen, in bytes of the plain words.
    pub(super) fn pan_to_words(&mut self, words: Range<usize>) {
        let Some(whole) = &self.whole else { return };
        let Some(place) = whole.wide_place(&words) else { return };
        // The marks of the cuts stand at the edges.
        let least = (place.end + 1).saturating_sub(whole.width);
        let most = place.start.saturating_sub(whole.fixed_at(words.start) + 1).max(least);
        if !(least..=most).contains(&self.view.pan) {
            self.look(|view| view.pan = least);
        }
    }

    /// What a fold says, heading and all.
    #[must_use]
    pub fn fold_words(&self, link: LinkId) -> Option<String> {
        let whole = self.whole.as_ref()?;
        let fold = whole.fold(link)?;
        Some(whole.rows_words(fold.row..fold.rows.end))
    }
}

fn turn(view: &mut View, link: LinkId) {
    if !view.turned.remove(&link) {
        view.turned.insert(link);
    }
}
