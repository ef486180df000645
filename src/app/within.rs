//! What one does inside a post by keys: its outline and links, its shape on the screen, the count before a key.

use super::action::{Action, Motion, Within};
use super::overlay::{Overlay, Wish};
use super::seek::Syntax;
use super::{App, Effect};
use crate::messages;

/// The largest count.
const MOST: usize = 99_999;

impl App {
    pub(super) fn within(&mut self, action: Within) -> Vec<Effect> {
        match action {
            Within::Search => self.start_search(),
            Within::NextHit(steps) => self.next_hit(steps),
            Within::Syntax => {
                return self.edit_search(|search| {
                    search.syntax = if search.syntax == Syntax::Words { Syntax::Expression } else { Syntax::Words };
                });
            }
            Within::Outline => self.list_headings(),
            Within::Links => self.list_links(),
            Within::Mark => self.ask_letter(Wish::Mark),
            Within::Return => self.ask_letter(Wish::Return),
            Within::Note => self.peek(),
            Within::Widen(columns) => return self.reshape(|app| app.panes.widen(columns)),
            Within::ResetWidth => return self.reshape(|app| app.panes.widest = app.widest),
            Within::Centre => return self.reshape(|app| app.panes.is_centred = !app.panes.is_centred),
            Within::Zen => return self.reshape(|app| app.panes.is_zen = !app.panes.is_zen),
        }
        Vec::new()
    }

    /// Changes how the screen is shared, and keeps the place in the post.
    pub(super) fn reshape(&mut self, change: impl FnOnce(&mut App)) -> Vec<Effect> {
        change(self);
        let height = usize::from(self.panes.text().height);
        if let Some(reader) = &mut self.reader {
            reader.keep_place(height);
        }
        self.relayout()
    }

    /// Goes to the index.
    pub(super) fn focus_index(&mut self) -> Vec<Effect> {
        self.leave_reader();
        self.reshape(|app| app.panes.is_zen = false)
    }

    /// Adds a digit to the count; none starts with 0.
    pub(super) fn count_on(&mut self, digit: u8) {
        let count = self.count.unwrap_or_default() * 10 + usize::from(digit);
        self.count = Some(count.min(MOST)).filter(|count| *count > 0);
    }

    /// What an action becomes after the count that was typed; none where it only takes the count off.
    pub(super) fn counted(&mut self, action: Action) -> Option<Action> {
        match (self.count, action) {
            (_, Action::Digit(digit)) => Some(Action::Digit(digit)),
            (None, action) => Some(action),
            (_, action) if !action.is_of_the_user() => Some(action),
            (Some(_), Action::Close) => {
                self.count = None;
                None
            }
            (Some(count), action) => {
                self.count = None;
                Some(action.times(count))
            }
        }
    }

    /// Moves in the post. A jump far away can be gone back from.
    pub(super) fn scroll(&mut self, motion: Motion) {
        if matches!(motion, Motion::Top | Motion::Bottom | Motion::Line(_) | Motion::Percent(_)) {
            self.history.leave(self.stop());
        }
        let height = usize::from(self.panes.text().height);
        if let Some(reader) = &mut self.reader {
            let has_none = reader.page.as_ref().is_some_and(|page| page.headings.is_empty());
            reader.scroll(motion, height);
            if has_none && matches!(motion, Motion::Headings(_)) {
                self.warn(&messages::NO_HEADINGS_IN_POST);
            }
        }
    }

    /// Takes the link so many places on in hand.
    pub(super) fn walk_links(&mut self, steps: isize) {
        if let Some(Overlay::Note(_)) = self.overlay {
            return self.walk_note(steps);
        }
        let height = usize::from(self.panes.text().height);
        let Some(reader) = &mut self.reader else { return };
        if reader.links() == 0 {
            return self.warn(&messages::NO_LINKS_IN_POST);
        }
        for _ in 0..steps.unsigned_abs().min(reader.links()) {
            if steps > 0 { reader.next_link(height) } else { reader.previous_link(height) }
        }
    }
}
