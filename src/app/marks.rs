//! Places that the reader marks by a letter, and going back to them. They hold for all posts.

use std::collections::BTreeMap;

use super::history::Stop;
use super::keys::Mode;
use super::overlay::{Overlay, Wish};
use super::{App, Effect, Notice};
use crate::messages;
use crate::text::Clean;

/// The marked places, by letter from a to z.
pub type Marks = BTreeMap<char, Mark>;

/// A marked place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub stop: Stop,
    /// The words of its row.
    pub words: Clean,
}

/// The longest that the words of a mark get, in characters.
const LONGEST: usize = 80;

impl App {
    /// Asks for the letter of a mark.
    pub(super) fn ask_letter(&mut self, wish: Wish) {
        self.overlay = Some(Overlay::Letter(wish));
    }

    /// Takes the letter. One that marks nothing is told.
    pub(super) fn take_letter(&mut self, wish: Wish, letter: char) -> Vec<Effect> {
        self.overlay = None;
        match (wish, letter) {
            (Wish::Mark, 'a'..='z') => self.mark(letter),
            (Wish::Return, 'a'..='z') => {
                if let Some(mark) = self.marks.get(&letter) {
                    return self.jump_to(mark.stop);
                }
                self.warn(&messages::no_mark(letter));
            }
            (Wish::Return, '\'') => {
                if let Some(stop) = self.history.last() {
                    return self.jump_to(stop);
                }
                self.warn(&messages::NO_FARTHER);
            }
            _ => self.warn(&messages::NOT_A_MARK),
        }
        Vec::new()
    }

    fn mark(&mut self, letter: char) {
        let Some(stop) = self.stop() else { return };
        let words = self.reader.as_ref().map(super::reader::Reader::top_words).unwrap_or_default();
        self.marks.insert(letter, Mark { stop, words: Clean::cut(words.trim(), LONGEST) });
        self.notice = Some(Notice {
            words: Clean::line(&messages::marked(letter, &self.key_for(Mode::Reader, "to-mark"))),
            is_warning: false,
        });
    }
}
