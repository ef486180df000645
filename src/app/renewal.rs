//! Posts that change while they are read: what changed is read anew, and everything stays where it was.

use std::sync::Arc;

use super::action::News;
use super::history::Stop;
use super::marks::Mark;
use super::overlay::Overlay;
use super::panes::Focus;
use super::picker::{List, Picker};
use super::{App, Effect, Knowledge};
use crate::library::PostId;
use crate::library::renewal::{Changes, Renewal};
use crate::messages;

/// What is being read anew.
#[derive(Debug, Default)]
pub enum Pending {
    #[default]
    Nothing,
    /// These changes are being read; those came after them.
    Reading { now: Changes, next: Changes },
}

impl App {
    pub(super) fn take_news(&mut self, news: News) -> Vec<Effect> {
        match news {
            News::Scanned(library) => self.take_library(library),
            News::Glimpsed(library) => self.take_glimpse(library),
            News::Remembered(state) => self.take_state(*state),
            News::Changed(changes) => self.take_changes(changes),
            News::Renewed(renewal) => self.take_renewal(renewal),
            News::Trouble(problem) => {
                self.troubles.push(problem);
                Vec::new()
            }
        }
    }

    /// Asks for what changed. What changes meanwhile waits.
    fn take_changes(&mut self, changes: Changes) -> Vec<Effect> {
        if self.is_scanning {
            return Vec::new();
        }
        match &mut self.pending {
            Pending::Reading { next, .. } => {
                next.add(changes);
                Vec::new()
            }
            Pending::Nothing => {
                self.pending = Pending::Reading { now: changes.clone(), next: Changes::default() };
                let open = self.reader.as_ref().filter(|_| self.panes.focus == Focus::Reader).map(|reader| reader.post);
                vec![Effect::Renew { changes, open }]
            }
        }
    }

    /// Takes what was read; none where the folder itself is gone.
    fn take_renewal(&mut self, renewal: Option<Renewal>) -> Vec<Effect> {
        let Pending::Reading { now, mut next } = std::mem::take(&mut self.pending) else { return Vec::new() };
        let mut effects = Vec::new();
        match renewal {
            Some(renewal) if Arc::ptr_eq(&renewal.before, &self.library) => effects.extend(self.renumber(renewal)),
            // A post was read in another encoding meanwhile.
            Some(_) => next.add(now),
            None => self.warn(&messages::FOLDER_GONE),
        }
        if next != Changes::default() {
            effects.extend(self.take_changes(next));
        }
        effects
    }

    pub(super) fn renumber(&mut self, renewal: Renewal) -> Vec<Effect> {
        let number = |post: PostId| renewal.successors.get(post.0 as usize).copied().flatten();
        self.library = Arc::clone(&renewal.after);
        self.backlinks = Knowledge::None;
        self.history.renumber(number);
        self.renumber_places(number);
        self.learn_all();
        self.index.renumber(&self.library, self.today, &self.memory.facts, number);
        self.pressed = None;
        self.follow_overlay(number);
        self.refill();
        let mut effects = vec![Effect::Watch];
        effects.extend(self.seek_anew());
        match self.reader.as_mut().map(|reader| (number(reader.post), reader)) {
            Some((Some(post), reader)) => {
                reader.post = post;
                effects.extend(self.reload());
            }
            Some((None, _)) => {
                self.reader = None;
                effects.extend(self.preview());
                self.warn(&messages::POST_GONE);
            }
            None => effects.extend(self.preview()),
        }
        effects
    }

    /// Puts the places that are kept beside the history on the new numbers.
    fn renumber_places(&mut self, number: impl Fn(PostId) -> Option<PostId>) {
        let renumbered = |stop: Stop| Some(Stop { post: number(stop.post)?, ..stop });
        self.left = self.left.and_then(renumbered);
        let marks = std::mem::take(&mut self.marks).into_iter();
        self.marks =
            marks.filter_map(|(letter, mark)| Some((letter, Mark { stop: renumbered(mark.stop)?, ..mark }))).collect();
        if let Some(search) = &mut self.search {
            search.renumber(renumbered);
        }
    }

    /// Puts what lies over the panes on the new numbers, or takes it off where its post is gone.
    fn follow_overlay(&mut self, number: impl Fn(PostId) -> Option<PostId>) {
        let is_there = match &mut self.overlay {
            Some(Overlay::Details { post, .. } | Overlay::List(Picker { list: List::Encodings { post, .. }, .. })) => {
                number(*post).map(|new| *post = new).is_some()
            }
            Some(Overlay::List(Picker { list: List::Backlinks { post, posts }, .. })) => {
                *posts = posts.take().map(|posts| posts.into_iter().filter_map(&number).collect());
                number(*post).map(|new| *post = new).is_some()
            }
            Some(Overlay::Hints(_) | Overlay::Note(_)) => false,
            _ => true,
        };
        if !is_there {
            self.overlay = None;
        }
    }

    /// Edits a post at the line in view.
    pub(super) fn edit_post(&mut self, post: PostId) -> Vec<Effect> {
        if self.library.file(post).is_none() {
            self.warn(&messages::NO_FILE);
            return Vec::new();
        }
        let reader = self.reader.as_ref().filter(|reader| reader.post == post);
        let page = reader.and_then(|reader| reader.page.clone());
        vec![Effect::Edit { post, page, place: reader.map_or(0, super::reader::Reader::place) }]
    }
}
