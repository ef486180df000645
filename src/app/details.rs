//! The post at hand: what is known of it, and which encoding it is read in.

use std::sync::Arc;

use super::overlay::Overlay;
use super::panes::Focus;
use super::picker::List;
use super::reader::Aim;
use super::{App, Effect, Knowledge, Notice};
use crate::library::source::Encoding;
use crate::library::{Library, Origin, PostId};
use crate::messages;
use crate::text::Clean;

impl App {
    /// The post that the keys are about.
    pub(super) fn post_at_hand(&self) -> Option<PostId> {
        match self.panes.focus {
            Focus::Index => self.index.selected(),
            Focus::Reader => self.reader.as_ref().map(|reader| reader.post),
        }
    }

    pub(super) fn show_details(&mut self) {
        self.overlay = self.post_at_hand().map(|post| Overlay::Details { post, top: 0 });
    }

    pub(super) fn list_encodings(&mut self) {
        let Some(id) = self.post_at_hand() else { return };
        let used = self.library.post(id).and_then(|post| post.decoding).map(|decoding| decoding.encoding);
        self.open_list(List::Encodings { post: id, used });
    }

    /// Takes the library in which a post was read in another encoding, and shows the post anew. If there is a newer library meanwhile,
    /// the post is read once more in that.
    pub(super) fn take_reread(&mut self, id: PostId, library: Arc<Library>, before: &Arc<Library>) -> Vec<Effect> {
        let Some(post) = library.post(id) else { return Vec::new() };
        let Some(encoding) = post.decoding.map(|decoding| decoding.encoding) else { return Vec::new() };
        self.encodings.retain(|(origin, _)| *origin != post.origin);
        self.encodings.push((post.origin.clone(), encoding));
        if !Arc::ptr_eq(before, &self.library) {
            return self.reread(&[(post.origin.clone(), encoding)]);
        }
        self.notice = Some(Notice { words: Clean::line(&messages::read_in(encoding.name())), is_warning: false });
        self.library = library;
        self.backlinks = Knowledge::None;
        self.index.refresh(&self.library, &self.memory.facts);
        match &self.reader {
            Some(reader) if reader.post == id => {
                let place = reader.place();
                self.show(id, Aim::Place(place))
            }
            _ => Vec::new(),
        }
    }

    /// Asks for posts in the encodings that were chosen for them, as far as they are still there.
    pub(super) fn reread(&self, chosen: &[(Origin, Encoding)]) -> Vec<Effect> {
        let effect = |(origin, encoding): &(Origin, Encoding)| {
            let post = self.library.by_origin(origin)?;
            Some(Effect::Reread { post, encoding: *encoding })
        };
        chosen.iter().filter_map(effect).collect()
    }
}
