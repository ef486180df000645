//! Lines that are being typed; taking what is open, and leaving it.

use super::input::Input;
use super::keys::Mode;
use super::overlay::{Overlay, Wanted};
use super::panes::Focus;
use super::picker::List;
use super::{App, Effect};
use crate::picture::remote::Reach;

impl App {
    pub(super) fn type_letter(&mut self, letter: char) -> Vec<Effect> {
        match &mut self.overlay {
            Some(Overlay::Hints(hints)) => {
                hints.typed.push(letter);
                self.follow_hint()
            }
            Some(Overlay::Letter(wish)) => {
                let wish = *wish;
                self.take_letter(wish, letter)
            }
            _ => self.edit(|input| input.push(letter)),
        }
    }

    /// Adds what was pasted to the line that is being typed; elsewhere it does nothing.
    pub(super) fn paste(&mut self, words: &str) -> Vec<Effect> {
        self.edit(|input| input.paste(words))
    }

    /// Changes the line that is being typed.
    pub(super) fn edit(&mut self, change: impl FnOnce(&mut Input)) -> Vec<Effect> {
        if self.mode() == Mode::Search {
            return self.edit_search(|search| change(&mut search.input));
        }
        match &mut self.overlay {
            Some(Overlay::List(picker)) => {
                picker.edit(change);
                let typed = (picker.list == List::Texts).then(|| picker.input.as_str().to_owned());
                let effects = typed.map_or_else(Vec::new, |typed| self.seek_texts(&typed));
                self.refill();
                effects
            }
            Some(_) => Vec::new(),
            None if self.index.is_typing => {
                change(&mut self.index.filter.line);
                self.index.filter.complete(&self.library);
                self.refilter(|index, library, today| index.filter.read(library, today))
            }
            None => Vec::new(),
        }
    }

    pub(super) fn confirm(&mut self) -> Vec<Effect> {
        match self.overlay.take() {
            Some(Overlay::List(picker)) => self.choose(picker),
            Some(Overlay::Question(question)) => match question.wanted {
                Wanted::Page => self.send(question.url),
                Wanted::Picture => self.fetch(vec![question.url], Reach::Anywhere, 0),
            },
            Some(_) => Vec::new(),
            None if self.index.is_typing => {
                self.index.is_typing = false;
                // The rest of the line holds.
                if let Some(what) = self.index.filter.problem().map(|problem| problem.what.clone()) {
                    self.warn(&what);
                }
                Vec::new()
            }
            None => self.keep_search(),
        }
    }

    pub(super) fn close(&mut self) -> Vec<Effect> {
        if self.overlay.take().is_some() {
            return Vec::new();
        }
        if self.index.is_typing {
            self.index.is_typing = false;
            return self.refilter(|index, library, today| index.filter.restore(library, today));
        }
        if self.is_seeking() {
            return self.leave_search();
        }
        if self.panes.focus == Focus::Index {
            return self.refilter(|index, _, _| index.filter.clear());
        }
        if self.search.take().is_some() {
            return Vec::new();
        }
        match &mut self.reader {
            Some(reader) if reader.selection.is_some() => reader.selection = None,
            Some(reader) if reader.hand.is_some() => reader.hand = None,
            _ if self.panes.is_zen => return self.reshape(|app| app.panes.is_zen = false),
            _ => return self.focus_index(),
        }
        Vec::new()
    }
}
