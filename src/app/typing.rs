//! Lines that are being typed; taking what is open, and leaving it.

use super::input::Input;
use super::overlay::Overlay;
use super::panes::Focus;
use super::picker::List;
use super::{App, Effect};

impl App {
    pub(super) fn type_letter(&mut self, letter: char) -> Vec<Effect> {
        match &mut self.overlay {
            Some(Overlay::Hints(hints)) => {
                hints.typed.push(letter);
                self.follow_hint()
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
            Some(Overlay::Question(question)) => self.send(question.url),
            Some(_) => Vec::new(),
            None if self.index.is_typing => {
                self.index.is_typing = false;
                Vec::new()
            }
            None => Vec::new(),
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
        if self.panes.focus == Focus::Index {
            return self.refilter(|index, _, _| index.filter.clear());
        }
        match &mut self.reader {
            Some(reader) if reader.selection.is_some() => reader.selection = None,
            Some(reader) if reader.hand.is_some() => reader.hand = None,
            _ => self.panes.focus = Focus::Index,
        }
        Vec::new()
    }
}
