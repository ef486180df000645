//! Things in hand: links one after the other, code and tables likewise.

use super::{Hand, Reader};
use crate::layout::{BlockPlace, LinkPlace};
use crate::text::LinkId;

impl Reader {
    /// The places of links, in reading order.
    fn places(&self) -> &[LinkPlace] {
        self.page.as_ref().map_or(&[], |page| &page.links)
    }

    /// The links that can be seen, in reading order, each at its first place in sight.
    #[must_use]
    pub fn links_in_sight(&self, height: usize) -> Vec<LinkPlace> {
        let mut found: Vec<LinkPlace> = Vec::new();
        let from = self.places().partition_point(|place| place.row < self.top);
        for place in self.places()[from..].iter().take_while(|place| place.row < self.top + height) {
            if found.iter().all(|known| known.link != place.link) {
                found.push(place.clone());
            }
        }
        found
    }

    /// Takes the next link in hand: the first in sight, then one after the other, scrolling on where sight ends.
    pub fn next_link(&mut self, height: usize) {
        let in_sight = self.links_in_sight(height);
        let next = match self.link().and_then(|link| in_sight.iter().position(|place| place.link == link)) {
            Some(at) => in_sight.get(at + 1).cloned(),
            None => in_sight.first().cloned(),
        };
        let from = self.places().partition_point(|place| place.row < self.top + height);
        let beyond = || self.places()[from..].iter().find(|place| Some(place.link) != self.link()).cloned();
        if let Some(place) = next.or_else(beyond) {
            self.take_link(&place, height);
        }
    }

    /// The same, backwards.
    pub fn previous_link(&mut self, height: usize) {
        let in_sight = self.links_in_sight(height);
        let previous = match self.link().and_then(|link| in_sight.iter().position(|place| place.link == link)) {
            Some(at) => at.checked_sub(1).and_then(|at| in_sight.get(at)).cloned(),
            None => in_sight.last().cloned(),
        };
        let until = self.places().partition_point(|place| place.row < self.top);
        let beyond = || self.places()[..until].iter().rfind(|place| Some(place.link) != self.link()).cloned();
        if let Some(place) = previous.or_else(beyond) {
            self.take_link(&place, height);
        }
    }

    /// Takes a link in hand, and brings it into sight.
    pub(super) fn take_link(&mut self, place: &LinkPlace, height: usize) {
        self.hand = Some(Hand::Link(place.link));
        self.reveal(place.row, height);
        self.pan_to(place.link);
    }

    /// Takes in hand what was pointed at: a link, or the code or table of a row.
    pub fn take_at(&mut self, row: usize, link: Option<LinkId>) {
        let block = self.blocks().iter().find(|block| block.rows.contains(&row));
        let block = block.map(|block| Hand::Block(block.words.start));
        self.hand = link.map(Hand::Link).or(block);
    }

    /// The code or table in hand.
    #[must_use]
    pub fn block(&self) -> Option<&BlockPlace> {
        match self.hand {
            Some(Hand::Block(place)) => self.page.as_ref()?.block_at(place),
            _ => None,
        }
    }

    /// The code and tables on the page, in reading order.
    fn blocks(&self) -> &[BlockPlace] {
        self.page.as_ref().map_or(&[], |page| &page.blocks)
    }

    /// Takes the next code or table in hand: the first that can be seen, then one after the other. Says whether there is one.
    pub fn next_block(&mut self, height: usize) -> bool {
        let from = self.block().map_or(self.top(), |block| block.rows.end);
        let next = self
            .blocks()
            .iter()
            .find(|block| if self.block().is_some() { block.rows.start >= from } else { block.rows.end > from });
        let next = next.cloned();
        self.take_block(next, height)
    }

    /// The same, backwards.
    pub fn previous_block(&mut self, height: usize) -> bool {
        let until = self.block().map_or(self.top() + height, |block| block.rows.start);
        let previous = self.blocks().iter().rfind(|block| block.rows.start < until).cloned();
        self.take_block(previous, height)
    }

    fn take_block(&mut self, block: Option<BlockPlace>, height: usize) -> bool {
        let Some(block) = block else { return false };
        self.hand = Some(Hand::Block(block.words.start));
        // All of it if it fits, else its start.
        let is_seen = block.rows.start >= self.top() && block.rows.end <= self.top() + height;
        if !is_seen {
            self.reveal(block.rows.start, height);
            let end = block.rows.end.min(block.rows.start + height);
            if end > self.top() + height {
                self.go(end - height, height);
            }
        }
        true
    }
}
