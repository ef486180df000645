//! The open post: its page, the row at the top, and the thing at hand.

mod aim;
mod hand;
mod selection;
mod sight;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::action::Motion;
use crate::document::Target;
use crate::layout::{Extent, Page, View};
use crate::library::PostId;
use crate::picture::fit::Frame;
use crate::text::LinkId;
use crate::text::anchor::Anchor;
pub use aim::Aim;
pub use selection::Selection;

/// Rows without words that are looked over for one that has some.
const WORDLESS: usize = 100;

/// A thing in hand: what is opened and copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A link, picture, card, the mark of a footnote, or the heading of a fold.
    Link(LinkId),
    /// The code or table whose words start at a place.
    Block(usize),
}

/// See the module's head.
#[derive(Debug)]
pub struct Reader {
    pub post: PostId,
    /// The width that the page is or will be laid out for, in columns.
    pub width: usize,
    /// What its pictures have to fit into.
    pub frame: Option<Frame>,
    /// The page through the view: what is closed is not on it, and no row is wider than it.
    pub page: Option<Arc<Page>>,
    pub hand: Option<Hand>,
    pub selection: Option<Selection>,
    /// The page as it was laid out.
    whole: Option<Arc<Page>>,
    view: View,
    top: usize,
    /// The place that the reader chose: it stays the same while the terminal changes its size.
    place: usize,
    /// Whether one scrolled to the end of the post, which then stays in sight instead.
    is_at_end: bool,
    /// The place in the words of a file that is cut off before it: editors empty a file and then write it.
    lost: Option<Anchor>,
    /// Where to go when the page arrives.
    aim: Option<Aim>,
    /// How to move when the rest of the post is there.
    due: Option<Motion>,
    /// Whether its end was in sight.
    pub was_ended: bool,
}

impl Reader {
    /// A post that is being loaded.
    #[must_use]
    pub fn new(post: PostId, width: usize, aim: Aim) -> Reader {
        let place = if let Aim::Place(place) = aim { place } else { 0 };
        Reader {
            post,
            width,
            frame: None,
            page: None,
            hand: None,
            selection: None,
            whole: None,
            view: View::default(),
            top: 0,
            place,
            is_at_end: false,
            lost: None,
            aim: Some(aim),
            due: None,
            was_ended: false,
        }
    }

    /// The same, with these folds not as the post has them at first.
    #[must_use]
    pub fn with_folds(mut self, turned: BTreeSet<LinkId>) -> Reader {
        self.view.turned = turned;
        self
    }

    /// The link in hand.
    #[must_use]
    pub fn link(&self) -> Option<LinkId> {
        match self.hand {
            Some(Hand::Link(link)) => Some(link),
            _ => None,
        }
    }

    /// The page as it was laid out, with every fold open.
    #[must_use]
    pub fn whole(&self) -> Option<&Arc<Page>> {
        self.whole.as_ref()
    }

    /// The row at the top.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// The offset into the plain words at the top.
    #[must_use]
    pub fn place(&self) -> usize {
        self.place
    }

    /// The place at the top by its words; none while there is no page.
    #[must_use]
    pub fn anchor(&self) -> Option<Anchor> {
        let page = self.page.as_ref()?;
        if self.lost.is_some() {
            return self.lost.clone();
        }
        let heading = page.headings.iter().rfind(|heading| heading.words.start <= self.place);
        Some(Anchor::at(&page.plain, self.place, heading.map_or("", |heading| &page.plain[heading.words.clone()])))
    }

    /// Whether the start of a post is of use before the rest is there: nothing else is shown, and nothing else is sought.
    #[must_use]
    pub fn takes_start(&self) -> bool {
        self.page.is_none() && self.aim == Some(Aim::Place(0))
    }

    /// Whether the rest of the post is still to come.
    fn has_start_alone(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.extent == Extent::Start)
    }

    /// Whether a page goes on where the start of the post ends, as far as one has read.
    fn goes_on(&self, page: &Page) -> bool {
        let read =
            self.page.as_ref().filter(|_| self.has_start_alone()).and_then(|start| start.plain.get(..self.place));
        read.is_some_and(|read| page.plain.starts_with(read))
    }

    /// Takes a page, the first, one of another width or of changed words, and keeps the place. Gives the fragment that it was to show and does not have.
    pub fn take_page(&mut self, page: Arc<Page>, height: usize) -> Option<String> {
        let lead = self.lead();
        // Words that changed are found again by those around them; what was at hand is something else.
        if self.goes_on(&page) {
            let target = |link: LinkId| page.targets.get(link.index()).map(|link| &link.target);
            if self.link().is_some_and(|link| self.target(link) != target(link)) {
                self.hand = None;
            }
        } else if self.page.as_ref().is_some_and(|before| before.plain != page.plain) {
            let anchor = self.anchor();
            self.place = anchor.as_ref().map_or(0, |anchor| anchor.find(&page.plain));
            self.lost = anchor.filter(|anchor| anchor.offset >= page.plain.len());
            self.is_at_end = false;
            self.hand = None;
            self.selection = None;
            self.view.turned.clear();
        }
        self.look_at(page);
        match self.aim.take() {
            Some(aim) if self.aim_at(&aim, height) => {}
            Some(Aim::Fragment(fragment)) => return Some(fragment),
            _ => {
                self.keep_place(height);
                if let Some(page) = self.page.as_ref().filter(|_| lead != 0 && !self.is_at_end) {
                    let row = page.first_row_of(self.place).saturating_add_signed(-lead);
                    self.top = row.min(page.len().saturating_sub(height));
                }
            }
        }
        if let Some(motion) = self.due.take() {
            self.scroll(motion, height);
        }
        None
    }

    /// How far the top is above the row that is shown for the place, over empty rows; below it, within a picture, it is negative.
    fn lead(&self) -> isize {
        let is_at = |page: &&Arc<Page>| page.place_of(self.top) == self.place && self.top > 0;
        self.page.as_ref().filter(is_at).map_or(0, |page| page.first_row_of(self.place) as isize - self.top as isize)
    }

    /// Puts a row at the top, or as near as the end allows.
    fn go(&mut self, row: usize, height: usize) {
        let Some(page) = &self.page else { return };
        self.top = row.min(page.len().saturating_sub(height));
        self.place = if self.top == 0 { 0 } else { page.place_of(self.top) };
        (self.is_at_end, self.lost) = (false, None);
    }

    /// Goes back to the place that the reader chose, for another height.
    pub fn keep_place(&mut self, height: usize) {
        let (place, is_at_end, lost) = (self.place, self.is_at_end, self.lost.take());
        if is_at_end {
            self.go(usize::MAX, height);
            self.place = place;
        } else {
            self.aim_at(&Aim::Place(place), height);
        }
        (self.is_at_end, self.lost) = (is_at_end, lost);
    }

    /// Brings a row into sight, moving no more than needed, but then to the upper third.
    fn reveal(&mut self, row: usize, height: usize) {
        if !(self.top..self.top + height).contains(&row) {
            self.go(row.saturating_sub(height / 3), height);
        }
    }

    /// Goes back to a row whose place was this; where rows have changed, to the place.
    pub fn go_back(&mut self, row: usize, place: usize, height: usize) {
        if self.page.as_ref().is_some_and(|page| page.place_of(row) == place) {
            self.go(row, height);
        } else {
            self.aim_at(&Aim::Place(place), height);
        }
    }

    /// Brings words into sight, in bytes of the plain words. What is closed over them opens; what is wide moves.
    pub fn reveal_words(&mut self, words: Range<usize>, height: usize) {
        self.unfold(&Aim::Place(words.start));
        if let Some(page) = &self.page {
            self.reveal(page.row_of(words.start), height);
        }
        self.pan_to_words(words);
    }

    /// Whether a place of the plain words is in sight.
    #[must_use]
    pub fn shows(&self, place: usize, height: usize) -> bool {
        let is_in_sight = |page: &Arc<Page>| (self.top..self.top + height).contains(&page.row_of(place));
        self.page.as_ref().is_some_and(is_in_sight) && !self.hides(place)
    }

    /// The offset into the plain words of the top row.
    #[must_use]
    pub fn top_place(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.place_of(self.top))
    }

    pub fn scroll(&mut self, motion: Motion, height: usize) {
        let Some(page) = self.page.clone() else { return };
        let is_far = matches!(motion, Motion::Bottom | Motion::Line(_) | Motion::Percent(_));
        self.due = Some(motion).filter(|_| is_far && self.has_start_alone());
        let by = |count: isize, size: usize| self.top.saturating_add_signed(count.saturating_mul(size.max(1) as isize));
        let row = match motion {
            Motion::Lines(count) => by(count, 1),
            Motion::HalfPages(count) => by(count, height / 2),
            // One row of the page before stays in sight.
            Motion::Pages(count) => by(count, height.saturating_sub(1)),
            Motion::Top => 0,
            Motion::Bottom => page.len(),
            Motion::Line(line) => line.saturating_sub(1),
            Motion::Percent(part) => page.len().saturating_mul(part) / 100,
            Motion::Headings(count) => heading(&page, self.top, count),
        };
        self.go(row, height);
        self.is_at_end = self.top > 0 && self.shows_end(height);
    }

    /// Where a link leads.
    #[must_use]
    pub fn target(&self, link: LinkId) -> Option<&Target> {
        Some(&self.page.as_ref()?.targets.get(link.index())?.target)
    }

    /// How many places of links there are.
    #[must_use]
    pub fn links(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.links.len())
    }

    /// The words of the first row from the top on that has any.
    #[must_use]
    pub fn top_words(&self) -> String {
        let Some(page) = &self.page else { return String::new() };
        let rows = (self.top..page.len()).map(|row| page.words(row));
        rows.take(WORDLESS).find(|words| !words.trim().is_empty()).unwrap_or_default()
    }

    /// The link at a cell of the text, or that of the picture there: rows count from the top one.
    #[must_use]
    pub fn link_at(&self, row: usize, column: usize) -> Option<LinkId> {
        let (page, row) = (self.page.as_ref()?, self.top + row);
        page.link_at(row, column).or_else(|| page.picture_at(row, column))
    }

    /// How long the words from the top row on take to be read; none where the end is in sight, unless the start is too, and while the end
    /// is not known.
    #[must_use]
    pub fn time_left(&self, height: usize) -> Option<Duration> {
        let page = self.page.as_ref().filter(|_| !self.has_start_alone())?;
        (self.top == 0 || self.top + height < page.len()).then(|| page.time_left(self.top))
    }

    /// Whether the last row is in sight.
    #[must_use]
    pub fn shows_end(&self, height: usize) -> bool {
        !self.has_start_alone() && self.page.as_ref().is_some_and(|page| self.top + height >= page.len())
    }

    /// How far the last row in sight is, in percent; none while the end is not known.
    #[must_use]
    pub fn progress(&self, height: usize) -> Option<usize> {
        let rows = self.page.as_ref().map_or(0, |page| page.len());
        let progress = ((self.top + height).min(rows) * 100).checked_div(rows).unwrap_or(100);
        (!self.has_start_alone()).then_some(progress)
    }
}

/// The row of the heading so many on from a row, or back; the last or first there is.
fn heading(page: &Page, row: usize, count: isize) -> usize {
    let rows = |from: usize| page.headings.get(from).map(|heading| heading.row);
    let steps = count.unsigned_abs();
    if count > 0 {
        let ahead = page.headings.partition_point(|heading| heading.row <= row);
        let last = page.headings.len().saturating_sub(1);
        return rows(ahead.saturating_add(steps - 1).min(last)).filter(|found| *found > row).unwrap_or(row);
    }
    let behind = page.headings.partition_point(|heading| heading.row < row);
    behind.checked_sub(steps).and_then(rows).unwrap_or(0)
}
