//! What can be done, as a list to choose from: the actions of a pane, or every key there is.

use super::action::Action;
use super::keymap::Entry;
use super::keys::{ALL, KEYS, Mode};
use super::overlay::Overlay;
use super::picker::{Choice, Line, List};
use super::{App, Effect};
use crate::text::Clean;

/// Columns of an action's name, the blanks after it with it.
const NAME: usize = 20;

impl App {
    /// Lists the actions of the pane that the keys go to.
    pub(super) fn list_actions(&mut self) {
        self.open_list(List::Actions { pane: self.pane() });
    }

    /// Lists every key, to be searched, where help is open.
    pub(super) fn search_help(&mut self) {
        if matches!(self.overlay, Some(Overlay::Help { .. })) {
            self.open_list(List::Keys);
        }
    }

    /// The actions of a pane, each with its name, its meaning and its keys.
    pub(super) fn action_lines(&self, pane: Mode) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for entry in self.keymap.entries(pane) {
            let choice = Choice::Action { pane, name: entry.name };
            if !matches!(entry.action, Action::Actions) && lines.iter().all(|line| line.choice != choice) {
                let words = format!("{:<NAME$}{}", entry.name, entry.help);
                lines.push(line(&words, &entry, choice));
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

    /// Does what an action of the pane below does; what belongs elsewhere cannot be done from here.
    pub(super) fn perform(&mut self, pane: Mode, name: &str) -> Vec<Effect> {
        let row = KEYS.iter().find(|row| row.name == name && row.modes.contains(&pane));
        row.filter(|_| pane == self.pane()).map_or_else(Vec::new, |row| self.update(row.action.clone()))
    }
}

fn line(words: &str, entry: &Entry, choice: Choice) -> Line {
    Line { detail: Clean::line(&entry.keys_in_words()), ..Line::new(Clean::line(words), choice) }
}
