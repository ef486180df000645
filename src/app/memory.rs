//! What is remembered: which posts were read, the favourites, the place in each, the session.

use std::cmp::Reverse;

use super::action::Deed;
use super::panes::Focus;
use super::picker::Line;
use super::reader::Aim;
use super::{App, Effect};
use crate::library::PostId;
use crate::messages;
use crate::search::query::Order;
use crate::state::facts::Facts;
use crate::state::{Change, Entry, Session, State};

/// See the module's head.
#[derive(Debug, Default)]
pub struct Memory {
    pub facts: Facts,
    state: State,
    /// Whether what was remembered before is known. Nothing is noted until then.
    is_loaded: bool,
    /// Whether the last session is still to be resumed.
    is_resuming: bool,
    /// The place in a post that was noted last.
    seen: Option<(PostId, usize)>,
    /// The session that was noted last.
    session: Option<Session>,
}

impl Memory {
    /// All that is remembered.
    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// Whether a post is known not to have been read.
    #[must_use]
    pub fn is_unread(&self, post: PostId) -> bool {
        self.is_loaded && !self.facts.is_read(post)
    }
}

impl App {
    /// Resumes the last session in the folder as soon as it is known.
    pub fn resume(&mut self) {
        self.memory.is_resuming = true;
    }

    /// Takes what was remembered before.
    pub(super) fn take_state(&mut self, state: State) -> Vec<Effect> {
        self.memory.state = state;
        self.memory.is_loaded = true;
        self.learn_all();
        let effects = self.take_up();
        // A post that was shown from its start meanwhile is shown from where it was left.
        match &self.reader {
            Some(reader) if effects.is_empty() && reader.place() == 0 => {
                let post = reader.post;
                let aim = self.place_in(post);
                if aim == Aim::Place(0) { effects } else { self.show(post, aim) }
            }
            _ => effects,
        }
    }

    /// Finds out anew what is known of the posts.
    pub(super) fn learn_all(&mut self) {
        self.memory.facts = Facts::of(&self.library, &self.memory.state);
        self.memory.seen = None;
    }

    /// Where a post was left: in this session, or in one before.
    pub(super) fn place_in(&self, post: PostId) -> Aim {
        let known = || self.memory.state.post(&self.library.key(post)?)?.place();
        self.history.place(post).or_else(known).map_or(Aim::Place(0), |place| Aim::Words(place.clone()))
    }

    /// Notes what has changed since it was noted last.
    pub(super) fn remember(&mut self) -> Vec<Effect> {
        if !self.memory.is_loaded || self.is_scanning {
            return Vec::new();
        }
        let mut entries = Vec::new();
        entries.extend(self.note_place());
        entries.extend(self.note_end());
        entries.extend(self.note_session());
        entries.into_iter().map(Effect::Save).collect()
    }

    /// Remembers something, and asks for it to be written down.
    pub(super) fn keep(&mut self, entry: Entry) -> Vec<Effect> {
        self.memory.state.note(entry.clone());
        vec![Effect::Save(entry)]
    }

    fn note(&mut self, post: PostId, change: Change) -> Option<Entry> {
        let entry = Entry::Post(self.library.key(post)?, change);
        self.memory.state.note(entry.clone());
        self.memory.facts.learn(post, &self.library, &self.memory.state);
        Some(entry)
    }

    /// The post that is read, and where in it the reader is.
    fn note_place(&mut self) -> Option<Entry> {
        let reader = self.reader.as_ref().filter(|_| self.panes.focus == Focus::Reader)?;
        let here = (reader.post, reader.place());
        let anchor = reader.anchor().filter(|_| self.memory.seen != Some(here))?;
        self.memory.seen = Some(here);
        self.note(here.0, Change::Seen(anchor))
    }

    /// A post counts as read when its end has been in sight while the keys went to it.
    fn note_end(&mut self) -> Option<Entry> {
        let height = usize::from(self.panes.text().height);
        let is_reading = self.panes.focus == Focus::Reader;
        let reader =
            self.reader.as_mut().filter(|reader| is_reading && !reader.was_ended && reader.shows_end(height))?;
        reader.was_ended = true;
        let post = reader.post;
        if self.memory.facts.is_read(post) { None } else { self.note(post, Change::Read(true)) }
    }

    fn note_session(&mut self) -> Option<Entry> {
        let folder = self.library.folder()?;
        let session = self.session();
        let before = self.memory.session.replace(session.clone());
        let is_new = before.is_some_and(|before| before != session);
        let entry = is_new.then_some(Entry::Session(folder, session))?;
        self.memory.state.note(entry.clone());
        Some(entry)
    }

    fn session(&self) -> Session {
        Session {
            post: self.reader.as_ref().and_then(|reader| self.library.key(reader.post)),
            is_reading: self.panes.focus == Focus::Reader,
            sort: self.index.order.name(),
            filter: self.index.filter.line.as_str().to_owned(),
        }
    }

    /// Resumes the last session, where that is wanted and it and the posts are known.
    pub(super) fn take_up(&mut self) -> Vec<Effect> {
        if !self.memory.is_resuming || !self.memory.is_loaded || self.is_scanning {
            return Vec::new();
        }
        self.memory.is_resuming = false;
        let session = self.library.folder().and_then(|folder| self.memory.state.session(&folder).cloned());
        let Some(session) = session else { return Vec::new() };
        self.index.order = Order::named(&session.sort).unwrap_or_default();
        self.index.filter.line.set(&session.filter, session.filter.len());
        self.index.filter.read(&self.library, self.today);
        self.index.refresh(&self.library, &self.memory.facts);
        let open = session.post.as_deref().and_then(|key| self.library.by_key(key));
        let Some(post) = open else { return self.preview() };
        self.index.select(post);
        self.panes.focus = if session.is_reading { Focus::Reader } else { Focus::Index };
        let aim = self.place_in(post);
        self.show(post, aim)
    }

    /// Does something with the post at hand.
    pub(super) fn do_with_post(&mut self, deed: Deed) -> Vec<Effect> {
        let Some(post) = self.post_at_hand() else { return Vec::new() };
        let facts = &self.memory.facts;
        let (change, words) = match deed {
            Deed::Edit => return self.edit_post(post),
            Deed::ToggleRead if facts.is_read(post) => (Change::Read(false), &messages::IS_UNREAD),
            Deed::ToggleRead => (Change::Read(true), &messages::IS_READ),
            Deed::ToggleFavourite if facts.is_favourite(post) => (Change::Favourite(false), &messages::IS_NO_FAVOURITE),
            Deed::ToggleFavourite => (Change::Favourite(true), &messages::IS_FAVOURITE),
        };
        if self.memory.is_loaded {
            self.say(words);
        }
        self.toggle(post, change)
    }

    fn toggle(&mut self, post: PostId, change: Change) -> Vec<Effect> {
        if !self.memory.is_loaded {
            return Vec::new();
        }
        // What was marked by hand is not marked again while it stays open.
        let is_marked = |change: &Change| matches!(change, Change::Read(_));
        if let Some(reader) = self.reader.as_mut().filter(|reader| reader.post == post && is_marked(&change)) {
            reader.was_ended = true;
        }
        self.note(post, change).map(Effect::Save).into_iter().collect()
    }

    /// The posts that were open, the latest first.
    pub(super) fn visited_lines(&self) -> Vec<Line> {
        let posts = self.memory.state.posts();
        let mut visited: Vec<_> =
            posts.filter_map(|(key, memory)| Some((memory.seen()?, self.library.by_key(key)?))).collect();
        visited.sort_unstable_by_key(|(time, _)| Reverse(*time));
        let line = |(_, post): (_, PostId)| {
            self.post_line(post).map(|line| Line { is_marked: self.memory.facts.is_favourite(post), ..line })
        };
        visited.into_iter().filter_map(line).collect()
    }
}
