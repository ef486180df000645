//! The post at hand: what is known of it, and which encoding it is read in.

use std::sync::Arc;

use super::overlay::Overlay;
use super::panes::Focus;
use super::picker::List;
use super::reader::Aim;
use super::{App, Effect, Knowledge, Notice};
use crate::library::{Post, PostId};
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

    /// Puts a post that was read in another encoding in its place, and shows it anew.
    pub(super) fn take_post(&mut self, id: PostId, post: Post) -> Vec<Effect> {
        let words = post.decoding.map(|decoding| messages::read_in(decoding.encoding.name()));
        self.notice = words.map(|words| Notice { words: Clean::line(&words), is_warning: false });
        Arc::make_mut(&mut self.library).replace(id, post);
        self.backlinks = Knowledge::None;
        self.index.take(&self.library);
        match &self.reader {
            Some(reader) if reader.post == id => {
                let place = reader.place();
                self.show(id, Aim::Place(place))
            }
            _ => Vec::new(),
        }
    }
}
