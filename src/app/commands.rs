//! What can be done, as a list to choose from: the actions of the panes, or every key there is.

use super::action::Action;
use super::keymap::Entry;
use super::keys::{ALL, KEYS, Mode};
use super::overlay::Overlay;
use super::picker::{Choice, Line, List};
use super::{App, Effect};
use crate::messages;
use crate::text::Clean;

/// Columns of an action's name, the blanks after it with it.
const NAME: usize = 20;

impl App {
    /// Lists the actions, those of the pane that the keys go to first.
    pub(super) fn list_actions(&mut self) {
        self.open_list(List::Actions { pane: self.pane() });
    }

    /// Lists every key, to be searched, where help is open.
    pub(super) fn search_help(&mut self) {
        if matches!(self.overlay, Some(Overlay::Help { .. })) {
            self.open_list(List::Keys);
        }
    }

    /// Every action of the panes, those of one of them first, each with its name, its meaning and its keys.
    pub(super) fn action_lines(&self, first: Mode) -> Vec<Line> {
        let mut names: Vec<&str> = Vec::new();
        let mut lines: Vec<Line> = Vec::new();
        let others = [Mode::Index, Mode::Reader].into_iter().filter(|pane| *pane != first);
        for pane in std::iter::once(first).chain(others) {
            for entry in self.keymap.entries(pane) {
                if matches!(entry.action, Action::Actions | Action::Digit(_)) || names.contains(&entry.name) {
                    continue;
                }
                names.push(entry.name);
                let place = if pane == first { String::new() } else { format!("{}: ", pane.heading()) };
                let words = format!("{:<NAME$}{place}{}", entry.name, entry.help);
                lines.push(line(&words, &entry, Choice::Action { pane, name: entry.name }));
            }
        }
        lines
    }

    /// Every key, with the place where it is pressed and its meaning.
    pub(super) fn key_lines(&self) -> Vec<Line> {
        let of_mode = |mode: &Mode| {
            let entries = self.keymap.entries(*mode).into_iter().filter(|entry| !entry.keys.is_empty());
            let (heading, pane) = (mode.heading(), *mode);
            let lines = entries.map(move |entry| {
                line(&format!("{heading}: {}", entry.help), &entry, Choice::Action { pane, name: entry.name })
            });
            lines.collect::<Vec<_>>()
        };
        ALL.iter().flat_map(of_mode).collect()
    }

    /// Does what an action does in a pane, after going there.
    pub(super) fn perform(&mut self, pane: Mode, name: &str) -> Vec<Effect> {
        let Some(row) = KEYS.iter().find(|row| row.name == name && row.modes.contains(&pane)) else {
            return Vec::new();
        };
        let mut effects = self.go_to(pane);
        if self.pane() == pane {
            effects.extend(self.update(row.action.clone()));
        }
        effects
    }

    /// Gives the keys to a pane. Where that cannot be, it says why.
    fn go_to(&mut self, pane: Mode) -> Vec<Effect> {
        let mut effects = Vec::new();
        match pane {
            _ if pane == self.pane() => {}
            Mode::Index => effects = self.focus_index(),
            Mode::Reader => {
                self.with_reader(|reader, _| reader.selection = None);
                effects = self.focus_reader();
                if self.reader.is_none() {
                    self.warn(&messages::NO_POST_OPEN);
                }
            }
            _ => self.warn(&messages::only_in(pane.heading())),
        }
        effects
    }
}

fn line(words: &str, entry: &Entry, choice: Choice) -> Line {
    Line { detail: Clean::line(&entry.keys_in_words()), ..Line::new(Clean::line(words), choice) }
}
