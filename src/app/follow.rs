//! Links: what they lead to, going there, and coming back.

use url::Url;

use super::history::Stop;
use super::keys::Mode;
use super::opening::{self, Verdict};
use super::overlay::{Hints, Overlay, Question, Wanted};
use super::panes::Focus;
use super::reader::{Aim, Hand, Reader};
use super::{App, Effect, Notice};
use crate::document::Target;
use crate::library::{Destination, PostId};
use crate::messages;
use crate::text::{Clean, LinkId};

impl App {
    /// What the link at hand leads to, in words: its address, or the title of the post.
    #[must_use]
    pub fn target_at_hand(&self) -> Option<Clean> {
        let reader = self.reader.as_ref()?;
        Some(self.target_words(reader, self.link_at_hand()?))
    }

    /// See [`App::target_at_hand`], for any link of the open post.
    #[must_use]
    pub fn target_words(&self, reader: &Reader, link: LinkId) -> Clean {
        let open_key = || self.key_for(Mode::Reader, "open");
        match reader.target(link) {
            Some(Target::Note(index) | Target::NoteMark(index)) => Clean::line(&messages::note(index + 1)),
            Some(Target::Fold) if reader.is_closed(link) == Some(true) => {
                Clean::line(&messages::fold_closed(&open_key()))
            }
            Some(Target::Fold) => Clean::line(&messages::fold_open(&open_key())),
            Some(target) => match self.destination(reader.post, target) {
                Destination::Elsewhere(address) => Clean::cut(&address, 2000),
                Destination::Dead(path) => Clean::cut(&messages::dead(&path), 2000),
                Destination::Here { fragment } => Clean::line(&format!("#{fragment}")),
                Destination::Post { post, .. } => self.library.post(post).map_or_else(Clean::default, |post| {
                    Clean::joined(&[&Clean::line(&messages::POST), &post.title], " ")
                }),
            },
            None => Clean::default(),
        }
    }

    fn destination(&self, from: PostId, target: &Target) -> Destination {
        let Some(post) = self.library.post(from) else { return Destination::Dead(String::new()) };
        match target {
            Target::Url(written) => self.library.resolve(post, written),
            Target::Page(written) => self.library.resolve_page(post, written),
            Target::Note(_) | Target::NoteMark(_) | Target::Fold => Destination::Here { fragment: String::new() },
        }
    }

    pub(super) fn open_at_hand(&mut self) -> Vec<Effect> {
        if let Some(Overlay::Note(note)) = &self.overlay {
            let (link, index) = (note.link, note.index);
            self.overlay = None;
            return match link {
                Some(link) => self.follow(link),
                None => self.jump(Aim::Link(Target::NoteMark(index))),
            };
        }
        match self.reader.as_ref().and_then(|reader| reader.hand) {
            Some(Hand::Link(link)) => return self.follow(link),
            Some(Hand::Block(_)) => self.warn(&messages::nothing_to_open(&self.key_for(Mode::Reader, "copy"))),
            None => self.warn_of_no_link(),
        }
        Vec::new()
    }

    /// Goes where a link leads.
    pub(super) fn follow(&mut self, link: LinkId) -> Vec<Effect> {
        let Some(reader) = &mut self.reader else { return Vec::new() };
        reader.hand = Some(Hand::Link(link));
        let Some(target) = reader.target(link).cloned() else { return Vec::new() };
        match target {
            Target::Note(note) => {
                self.show_note(note, link);
                return Vec::new();
            }
            Target::NoteMark(_) => return self.jump(Aim::counterpart(&target)),
            Target::Fold => {
                self.with_reader(|reader, height| reader.turn_fold(link, height));
                return Vec::new();
            }
            Target::Url(_) | Target::Page(_) => {}
        }
        let from = reader.post;
        match self.destination(from, &target) {
            Destination::Here { fragment } => self.jump(Aim::Fragment(fragment)),
            Destination::Post { post, fragment } if post == from => self.jump(Aim::Fragment(fragment)),
            Destination::Post { post, fragment } => self.visit(post, Aim::Fragment(fragment)),
            Destination::Elsewhere(address) => self.open_address(&address),
            Destination::Dead(_) if self.is_image(link) => self.view_image(),
            Destination::Dead(path) => {
                self.warn(&messages::dead(&path));
                Vec::new()
            }
        }
    }

    /// Goes to another place of the same post.
    pub(super) fn jump(&mut self, aim: Aim) -> Vec<Effect> {
        let stop = self.stop();
        let height = usize::from(self.panes.text().height);
        let Some(reader) = &mut self.reader else { return Vec::new() };
        if reader.aim_at(&aim, height) {
            self.history.leave(stop);
        } else if let Aim::Fragment(fragment) = aim {
            self.warn(&messages::dead(&format!("#{fragment}")));
        }
        Vec::new()
    }

    pub(super) fn visit(&mut self, post: PostId, aim: Aim) -> Vec<Effect> {
        self.enter_reader();
        self.history.leave(self.stop());
        self.index.select(post);
        self.panes.focus = Focus::Reader;
        self.show(post, aim)
    }

    pub(super) fn open_address(&mut self, address: &str) -> Vec<Effect> {
        match opening::vet(address) {
            Verdict::Open(url) => self.send(url),
            // What cannot be shown whole cannot be asked about.
            Verdict::Ask { url, .. } if url.as_str().len() > self.panes.question_room() => {
                self.warn(&messages::refused(&messages::NO_ROOM));
                Vec::new()
            }
            Verdict::Ask { url, reason } => {
                self.overlay = Some(Overlay::Question(Question { url, reason, wanted: Wanted::Page }));
                Vec::new()
            }
            Verdict::Refuse(reason) => {
                self.warn(&messages::refused(reason));
                Vec::new()
            }
        }
    }

    pub(super) fn send(&mut self, url: Url) -> Vec<Effect> {
        self.notice = Some(Notice { words: Clean::cut(&messages::opening(&url), 2000), is_warning: false });
        vec![Effect::Open(url)]
    }

    pub(super) fn show_and_copy(&mut self, address: &str) -> Vec<Effect> {
        self.warn(&messages::copied_instead(address));
        vec![Effect::Copy(address.to_owned())]
    }

    pub(super) fn say(&mut self, words: &str) {
        self.notice = Some(Notice { words: Clean::cut(words, 2000), is_warning: false });
    }

    pub(super) fn warn_of_no_link(&mut self) {
        let key = |name| self.key_for(Mode::Reader, name);
        self.warn(&messages::no_link(&key("next-link"), &key("hints")));
    }

    pub(super) fn warn(&mut self, words: &str) {
        self.notice = Some(Notice { words: Clean::cut(words, 2000), is_warning: true });
    }

    pub(super) fn start_hints(&mut self) {
        let height = usize::from(self.panes.text().height);
        let Some(reader) = &self.reader else { return };
        let links = reader.links_in_sight(height);
        if links.is_empty() {
            return self.warn(&messages::NO_LINKS_IN_SIGHT);
        }
        self.overlay = Some(Overlay::Hints(Hints::new(links)));
    }

    /// Follows the link whose letters are typed. One whose target there was no room to show is only taken in hand, which shows it.
    pub(super) fn follow_hint(&mut self) -> Vec<Effect> {
        let Some(Overlay::Hints(hints)) = &self.overlay else { return Vec::new() };
        let room = self.panes.hint_lines();
        if let Some((link, at)) = hints.chosen() {
            self.overlay = None;
            if at < room {
                return self.follow(link);
            }
            if let Some(reader) = &mut self.reader {
                reader.hand = Some(Hand::Link(link));
            }
        } else if !hints.has_match() {
            self.overlay = None;
        }
        Vec::new()
    }

    /// Goes so many steps forward along the places one has been at, or back.
    pub(super) fn travel(&mut self, steps: isize) -> Vec<Effect> {
        let here = self.stop();
        let Some(stop) = self.history.travel(steps, here) else {
            self.warn(&messages::NO_FARTHER);
            return Vec::new();
        };
        self.arrive(stop)
    }

    /// Jumps to a place of this post or another.
    pub(super) fn jump_to(&mut self, stop: Stop) -> Vec<Effect> {
        self.enter_reader();
        self.history.leave(self.stop());
        self.arrive(stop)
    }

    fn arrive(&mut self, stop: Stop) -> Vec<Effect> {
        self.panes.focus = Focus::Reader;
        let height = usize::from(self.panes.text().height);
        match &mut self.reader {
            Some(reader) if reader.post == stop.post => {
                reader.aim_at(&Aim::Place(stop.place), height);
                Vec::new()
            }
            _ => {
                self.index.select(stop.post);
                self.show(stop.post, Aim::Place(stop.place))
            }
        }
    }
}
