//! Which post the reader shows, and how wide; posts and pages as they arrive.

use std::ops::Range;
use std::sync::Arc;

use super::history::Stop;
use super::panes::Focus;
use super::reader::{Aim, Reader};
use super::{App, Effect, Generation, Knowledge};
use crate::layout::{Extent, Page};
use crate::library::renewal::Renewal;
use crate::library::{Library, PostId};
use crate::messages;
use crate::text::anchor::Anchor;
use crate::text::width::Measure;

impl App {
    pub(super) fn take_measure(&mut self, measure: Measure) -> Vec<Effect> {
        if std::mem::replace(&mut self.measure, measure) != measure
            && let Some(reader) = &mut self.reader
        {
            reader.width = 0;
        }
        self.relayout()
    }

    /// Asks for the open post at the width that it has now.
    pub(super) fn relayout(&mut self) -> Vec<Effect> {
        let (width, frame) = (self.text_width(), self.frame());
        let Some(reader) = &mut self.reader else { return Vec::new() };
        // Whether a page that is still to come has any is seen when it is here.
        let has_pictures = reader.page.as_ref().is_some_and(|page| !page.images.is_empty());
        if reader.width == width && (reader.frame == frame || !has_pictures) {
            return Vec::new();
        }
        (reader.width, reader.frame) = (width, frame);
        self.generation += 1;
        vec![Effect::Load { post: reader.post, width, generation: self.generation }]
    }

    /// Whether the open post has no page yet.
    #[must_use]
    pub fn lacks_page(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| reader.page.is_none()) && self.panes.shows_reader()
    }

    /// The page of the open post and its rows in sight, when all of it is there.
    #[must_use]
    pub fn page_in_sight(&self) -> Option<(Arc<Page>, Range<usize>)> {
        let reader = self.reader.as_ref().filter(|_| self.panes.shows_reader())?;
        let page = reader.page.as_ref().filter(|page| page.extent == Extent::Whole)?;
        Some((Arc::clone(page), reader.top()..reader.top() + usize::from(self.panes.text().height)))
    }

    /// Asks for the open post anew, as it is now. Its page stays until the new one comes.
    pub(super) fn reload(&mut self) -> Vec<Effect> {
        if let Some(reader) = &mut self.reader {
            reader.width = 0;
        }
        self.relayout()
    }

    /// How wide the text of a post is set, in columns.
    fn text_width(&self) -> usize {
        usize::from(self.panes.text().width)
    }

    /// Takes a library that was read anew. What was chosen for posts of the one before is chosen for these too.
    pub(super) fn take_library(&mut self, library: Arc<Library>) -> Vec<Effect> {
        let is_glimpsed = self.is_scanning && !self.library.posts.is_empty();
        let shown = if is_glimpsed { self.take_rest(library) } else { self.show_library(library) };
        [shown, self.reread(&self.encodings)].concat()
    }

    /// Shows some of the posts until all are read.
    pub(super) fn take_glimpse(&mut self, library: Arc<Library>) -> Vec<Effect> {
        if !self.is_scanning || self.wanted.is_some() || !self.library.posts.is_empty() {
            return Vec::new();
        }
        self.library = library;
        self.learn_all();
        self.index.take(&self.library, self.today, &self.memory.facts);
        self.preview()
    }

    /// Takes all posts after some of them were shown. Whoever has not moved from the first stays at the first.
    fn take_rest(&mut self, library: Arc<Library>) -> Vec<Effect> {
        let before = Arc::clone(&self.library);
        let successors = before.posts.iter().map(|post| library.by_origin(&post.origin)).collect();
        let is_at_first = self.panes.focus == Focus::Index && self.index.position() == 0;
        self.is_scanning = false;
        let mut effects = self.renumber(Renewal { before, after: library, successors });
        if is_at_first {
            self.index.select_first();
            effects.extend(self.preview());
        }
        effects
    }

    fn show_library(&mut self, library: Arc<Library>) -> Vec<Effect> {
        self.library = library;
        self.backlinks = Knowledge::None;
        self.is_scanning = false;
        self.learn_all();
        self.index.take(&self.library, self.today, &self.memory.facts);
        let mut effects = vec![Effect::Watch];
        effects.extend(self.show_first());
        effects
    }

    /// Shows the file that was asked for, or else where the last session was, or else the first post.
    fn show_first(&mut self) -> Vec<Effect> {
        let Some(file) = self.wanted.take() else {
            let effects = self.take_up();
            return if effects.is_empty() { self.preview() } else { effects };
        };
        let Some(post) = self.library.by_file(&file) else {
            self.warn(&messages::not_a_post(&file));
            return self.preview();
        };
        // The page of a section is read, though it is not listed.
        self.index.select(post);
        let aim = self.place_in(post);
        self.show(post, aim)
    }

    pub(super) fn take_page(&mut self, page: Arc<Page>, generation: Generation) -> Vec<Effect> {
        let height = usize::from(self.panes.text().height);
        let is_wanted = |reader: &&mut Reader| page.extent == Extent::Whole || reader.takes_start();
        let reader = self.reader.as_mut().filter(|_| generation == self.generation).filter(is_wanted);
        let Some(reader) = reader else { return Vec::new() };
        let is_same = reader.page.as_ref().is_some_and(|known| known.plain == page.plain);
        let before = reader.page.clone().filter(|known| !is_same && known.extent == page.extent);
        let (post, now) = (reader.post, Arc::clone(&page));
        if let Some(missed) = reader.take_page(page, height) {
            self.warn(&messages::dead(&format!("#{missed}")));
        }
        if let Some(before) = before {
            self.move_stops(post, &before.plain, &now.plain);
        }
        // How pictures are drawn may have become known after the page was asked for.
        let mut effects = self.relayout();
        if !is_same {
            self.refill();
            effects.extend(self.find_anew());
        }
        effects
    }

    /// Moves the marks and the stops of the way back in a post whose words have changed to where their words stand now.
    fn move_stops(&mut self, post: PostId, before: &str, now: &str) {
        let moved = |place: usize| Anchor::at(before, place, "").find(now);
        self.history.shift(post, moved);
        let marks = self.marks.values_mut().map(|mark| &mut mark.stop).filter(|stop| stop.post == post);
        marks.for_each(|stop| stop.place = moved(stop.place));
        self.left.iter_mut().filter(|stop| stop.post == post).for_each(|stop| stop.place = moved(stop.place));
    }

    /// Shows the selected post in the reader.
    pub(super) fn preview(&mut self) -> Vec<Effect> {
        match self.index.selected() {
            Some(post) if self.reader.as_ref().map(|reader| reader.post) != Some(post) => {
                let aim = self.place_in(post);
                self.show(post, aim)
            }
            Some(_) => Vec::new(),
            None => {
                self.leave();
                self.reader = None;
                Vec::new()
            }
        }
    }

    pub(super) fn show(&mut self, post: PostId, aim: Aim) -> Vec<Effect> {
        self.leave();
        let width = self.text_width();
        self.generation += 1;
        let mut reader = Reader::new(post, width, aim).with_folds(self.history.folds(post));
        reader.frame = self.frame();
        self.reader = Some(reader);
        vec![Effect::Load { post, width, generation: self.generation }]
    }

    /// Notes the place in the post that is being left.
    fn leave(&mut self) {
        if let Some(reader) = &self.reader {
            reader.anchor().into_iter().for_each(|place| self.history.note_place(reader.post, place));
            self.history.note_folds(reader.post, reader.turned_folds().clone());
        }
    }

    /// Where one is reading; while the keys go to the index, where one was before.
    pub(super) fn stop(&self) -> Option<Stop> {
        match self.panes.focus {
            Focus::Index => self.left,
            Focus::Reader => self.reader.as_ref().map(|reader| Stop { post: reader.post, place: reader.place() }),
        }
    }

    /// Gives the keys to the index.
    pub(super) fn leave_reader(&mut self) {
        self.left = self.stop();
        self.panes.focus = Focus::Index;
    }

    /// Goes to the reader: from one post to another is a jump. A post that was followed there by a link stays, though the filter may
    /// hide it in the index.
    pub(super) fn focus_reader(&mut self) -> Vec<Effect> {
        let effects = if self.reader.is_none() { self.preview() } else { Vec::new() };
        self.enter_reader();
        effects
    }

    /// Gives the keys to the reader, if a post is open.
    pub(super) fn enter_reader(&mut self) {
        let Some(reader) = &self.reader else { return };
        let from = self.left.filter(|left| self.panes.focus == Focus::Index && left.post != reader.post);
        if from.is_some() {
            self.history.leave(from);
        }
        self.panes.focus = Focus::Reader;
    }
}
