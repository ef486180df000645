//! Which keys do what: the table of keys with what the user set otherwise.

use super::action::Action;
use super::keys::{ALL, Binding, Code, KEYS, Key, Mode};
use crate::messages::{self, Message};

/// The keys as they are bound. By default they are those of the table.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    changes: Vec<Change>,
}

/// What the user set for one key.
#[derive(Debug, Clone)]
struct Change {
    mode: Mode,
    key: Key,
    /// None where it is to do nothing.
    binding: Option<&'static Binding>,
}

/// What unbinds a key.
pub const NOTHING: &str = "none";

impl Keymap {
    /// Binds a key, all three as the settings file names them.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn bind(&mut self, mode: &str, key: &str, action: &str) -> Result<(), String> {
        let names = || ALL.iter().map(|mode| mode.name());
        let Some(mode) = ALL.iter().copied().find(|known| known.name() == mode) else {
            return Err(messages::unknown_mode(mode, &names().collect::<Vec<_>>()));
        };
        let Some(parsed) = Key::parse(key) else { return Err(messages::unknown_key(key)) };
        if self.changes.iter().any(|change| change.mode == mode && change.key == parsed) {
            return Err(messages::key_twice(key));
        }
        let binding = match of_mode(mode).find(|binding| binding.name == action) {
            None if action != NOTHING => {
                let mut known: Vec<&str> = of_mode(mode).map(|binding| binding.name).chain([NOTHING]).collect();
                known.dedup();
                return Err(messages::unknown_action(mode.name(), action, &known));
            }
            binding => binding,
        };
        self.changes.push(Change { mode, key: parsed, binding });
        Ok(())
    }

    /// What a key means in a mode.
    #[must_use]
    pub fn find(&self, mode: Mode, key: Key) -> Option<Action> {
        let binding = match self.changes.iter().find(|change| change.mode == mode && change.key == key) {
            Some(change) => change.binding,
            None => of_mode(mode).find(|binding| binding.keys.contains(&key)),
        };
        match (binding, key.code) {
            (Some(binding), _) => Some(binding.action.clone()),
            (None, Code::Char(letter)) if mode.takes_letters() && !key.has_ctrl => Some(Action::Type(letter)),
            (None, _) => None,
        }
    }

    /// The keys of a row of the table in a mode.
    fn keys(&self, mode: Mode, binding: &'static Binding) -> Vec<Key> {
        let is_kept = |key: &&Key| !self.changes.iter().any(|change| change.mode == mode && change.key == **key);
        let own = binding.keys.iter().filter(is_kept).copied();
        let is_set =
            |change: &&Change| change.mode == mode && change.binding.is_some_and(|other| std::ptr::eq(other, binding));
        own.chain(self.changes.iter().filter(is_set).map(|change| change.key)).collect()
    }

    /// The first key that does what has this name in a mode; nothing where none does.
    #[must_use]
    pub fn key_for(&self, mode: Mode, name: &str) -> String {
        let mut keys = of_mode(mode).filter(|binding| binding.name == name).flat_map(|row| self.keys(mode, row));
        keys.next().map(|key| key.to_string()).unwrap_or_default()
    }

    /// What can be done in a mode, in the order of the table: each action once, with all its keys.
    #[must_use]
    pub fn entries(&self, mode: Mode) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for binding in of_mode(mode) {
            let keys = self.keys(mode, binding);
            match entries.iter_mut().find(|entry| entry.help == &binding.help) {
                Some(entry) => entry.keys.extend(keys),
                None => entries.push(Entry { name: binding.name, action: &binding.action, help: &binding.help, keys }),
            }
        }
        entries
    }

    /// Every key in every mode, as help shows it.
    #[must_use]
    pub fn help(&self) -> Vec<HelpLine> {
        let mut lines = Vec::new();
        for mode in ALL {
            lines.push(HelpLine::Heading(mode.heading()));
            for entry in self.entries(*mode).into_iter().filter(|entry| !entry.keys.is_empty()) {
                lines.push(HelpLine::Keys { keys: entry.keys_in_words(), help: entry.help.words() });
            }
        }
        lines
    }

    /// The tables of keys as the README holds them, in Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        for line in self.help() {
            match line {
                HelpLine::Heading(heading) => text += &format!("\n**{heading}**\n\n| Keys | |\n| --- | --- |\n"),
                HelpLine::Keys { keys, help } => {
                    let keys: Vec<String> = keys.split(' ').map(|key| format!("`{key}`")).collect();
                    text += &format!("| {} | {help} |\n", keys.join(" "));
                }
            }
        }
        text
    }
}

fn of_mode(mode: Mode) -> impl Iterator<Item = &'static Binding> {
    KEYS.iter().filter(move |binding| binding.modes.contains(&mode))
}

/// What can be done in a mode.
#[derive(Debug)]
pub struct Entry {
    /// See [`Binding::name`].
    pub name: &'static str,
    pub action: &'static Action,
    pub help: &'static Message,
    pub keys: Vec<Key>,
}

impl Entry {
    /// Its keys, with blanks between.
    #[must_use]
    pub fn keys_in_words(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// One line of help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    Heading(&'static str),
    Keys { keys: String, help: &'static str },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Motion;

    fn key(name: &str) -> Key {
        Key::parse(name).unwrap()
    }

    #[test]
    fn letters_are_typed_where_words_are_asked_for() {
        let keys = Keymap::default();
        assert!(matches!(keys.find(Mode::List, key("j")), Some(Action::Type('j'))));
        assert!(matches!(keys.find(Mode::Reader, key("j")), Some(Action::Move(Motion::Lines(1)))));
        assert!(keys.find(Mode::Reader, key("Z")).is_none());
        assert!(keys.find(Mode::Filter, key("ctrl-j")).is_none());
    }

    #[test]
    fn every_mode_can_be_left() {
        for mode in ALL {
            assert!(matches!(Keymap::default().find(*mode, key("ctrl-c")), Some(Action::Quit)));
            assert!(matches!(Keymap::default().find(*mode, key("esc")), Some(Action::Close)), "{mode:?}");
        }
    }

    #[test]
    fn keys_are_bound_and_unbound() {
        let mut keys = Keymap::default();
        for (mode, key, action) in [("reader", "ctrl-n", "line-down"), ("reader", "j", "none"), ("index", "j", "top")] {
            assert_eq!(keys.bind(mode, key, action), Ok(()));
        }
        assert!(matches!(keys.find(Mode::Reader, key("ctrl-n")), Some(Action::Move(Motion::Lines(1)))));
        assert!(keys.find(Mode::Reader, key("j")).is_none());
        assert!(matches!(keys.find(Mode::Index, key("j")), Some(Action::Move(Motion::Top))));
        assert_eq!(keys.key_for(Mode::Reader, "line-down"), "Down");
        assert_eq!(keys.key_for(Mode::Index, "top"), "g");
        let line = HelpLine::Keys { keys: "Down Ctrl-n".to_owned(), help: "a line or post down" };
        assert!(keys.help().contains(&line));
    }

    #[test]
    fn what_cannot_be_bound_is_told() {
        let check = |mode: &str, key: &str, action: &str, told: &str| {
            let mut keys = Keymap::default();
            assert_eq!(keys.bind("index", "ctrl-n", "line-down"), Ok(()));
            let error = keys.bind(mode, key, action).unwrap_err();
            assert!(error.contains(told), "{error}");
        };
        check("raeder", "j", "line-down", "did you mean \"reader\"?");
        check("reader", "j", "line-dwn", "did you mean \"line-down\"?");
        check("reader", "j", "xyz", "\"next-heading\"");
        check("reader", "hyper-j", "line-down", "\"hyper-j\" is not a key");
        check("index", "Ctrl-n", "line-up", "bound twice");
    }

    #[test]
    fn keys_are_read_as_they_are_named() {
        for key in KEYS.iter().flat_map(|binding| binding.keys) {
            assert_eq!(Key::parse(&key.name()), Some(*key), "{}", key.name());
            assert_eq!(Key::parse(&key.to_string()), Some(*key), "{key}");
        }
        assert_eq!(Key::parse("Page-Up"), Key::parse("pageup"));
        assert_ne!(Key::parse("J"), Key::parse("j"));
        for wrong in ["", "ctrl-", "ctrl-ctrl-a", "up up", "jj"] {
            assert_eq!(Key::parse(wrong), None, "{wrong:?}");
        }
    }
}
