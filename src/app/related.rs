//! What belongs to the post at hand: its published page, its translations, the posts that link to it; and whether what is not
//! published is shown at all.

use std::sync::Arc;

use super::overlay::Overlay;
use super::picker::{List, Picker};
use super::reader::Aim;
use super::{App, Effect, Knowledge, Notice};
use crate::library::Library;
use crate::messages;
use crate::reading::backlinks::Backlinks;
use crate::text::Clean;

impl App {
    /// Opens the page of the post at hand in the browser.
    pub(super) fn open_page(&mut self) -> Vec<Effect> {
        let library = Arc::clone(&self.library);
        let Some(post) = self.post_at_hand().and_then(|id| library.post(id)) else { return Vec::new() };
        match library.published(post) {
            _ if !post.is_public() => self.warn(&messages::not_published(&post.marks().join(", "))),
            Some(address) => return self.open_address(&address),
            None => self.warn(&messages::NO_PAGE),
        }
        Vec::new()
    }

    /// Goes from one translation of the post at hand to the next.
    pub(super) fn next_translation(&mut self) -> Vec<Effect> {
        let Some(here) = self.post_at_hand() else { return Vec::new() };
        let all = self.library.translations(here);
        let next = all.iter().skip_while(|id| **id != here).nth(1).or(all.first());
        if let Some(next) = next.filter(|id| **id != here) {
            return self.visit(*next, Aim::Place(0));
        }
        self.warn(&messages::NO_TRANSLATION);
        Vec::new()
    }

    /// Lists the posts that link to the one at hand. Which they are is found out once.
    pub(super) fn list_backlinks(&mut self) -> Vec<Effect> {
        let Some(post) = self.post_at_hand() else { return Vec::new() };
        let posts =
            if let Knowledge::Known(backlinks) = &self.backlinks { Some(backlinks.to(post).to_vec()) } else { None };
        self.open_list(List::Backlinks { post, posts });
        self.ask_for_backlinks()
    }

    fn ask_for_backlinks(&mut self) -> Vec<Effect> {
        if !matches!(self.backlinks, Knowledge::None) {
            return Vec::new();
        }
        self.backlinks = Knowledge::Asked;
        vec![Effect::FindBacklinks]
    }

    /// Takes what was found out. If the posts are others by now it is asked for anew, where it is still wanted.
    pub(super) fn take_backlinks(&mut self, library: &Arc<Library>, backlinks: Arc<Backlinks>) -> Vec<Effect> {
        let is_wanted = matches!(self.overlay, Some(Overlay::List(Picker { list: List::Backlinks { .. }, .. })));
        if !Arc::ptr_eq(library, &self.library) {
            return if is_wanted { self.ask_for_backlinks() } else { Vec::new() };
        }
        if let Some(Overlay::List(Picker { list: List::Backlinks { post, posts }, .. })) = &mut self.overlay {
            *posts = Some(backlinks.to(*post).to_vec());
        }
        self.refill();
        self.backlinks = Knowledge::Known(backlinks);
        Vec::new()
    }

    /// Hides drafts and what is not public now, or shows it.
    pub(super) fn toggle_unpublished(&mut self) -> Vec<Effect> {
        let effects = self.refilter(|index, _, _| index.hides_unpublished = !index.hides_unpublished);
        let words = if self.index.hides_unpublished {
            messages::unpublished_hidden(&self.key_for(self.mode(), "unpublished"))
        } else {
            messages::UNPUBLISHED_SHOWN.to_owned()
        };
        self.notice = Some(Notice { words: Clean::line(&words), is_warning: false });
        effects
    }
}
