//! The text of a settings file to settings, part by part: what cannot be used is told, and the rest is used.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{Config, Settings, SettingsError, TABLE};
use crate::messages;

/// Reads the text of a settings file.
#[must_use]
pub fn parse(text: &str, file: &Path) -> Config {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading { text, file, good: String::new(), config: Config::default() };
    for error in errors {
        reading.complain(error.span(), error.message().replace('\n', " "));
    }
    // In the order of the file.
    let mut entries: Vec<_> = table.into_inner().into_iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    for (name, value) in entries {
        match (&**name.get_ref(), value.get_ref()) {
            ("keys", DeValue::Table(modes)) => modes.iter().for_each(|(mode, keys)| reading.take_keys(mode, keys)),
            ("queries", DeValue::Table(queries)) => queries.iter().for_each(|(name, query)| {
                reading.take_query(name, query);
            }),
            ("queries", _) => reading.complain(Some(name.span()), messages::NOT_QUERIES.to_owned()),
            ("keys", _) => reading.complain(Some(name.span()), messages::NOT_KEYS.to_owned()),
            (known, _) if TABLE.iter().any(|row| row.name == known) => reading.take(known, name.span(), value.span()),
            (unknown, _) => {
                let known: Vec<&str> = TABLE.iter().map(|row| row.name).chain(["keys", "queries"]).collect();
                reading.complain(Some(name.span()), messages::unknown_setting(unknown, &known));
            }
        }
    }
    reading.config.problems.sort_by_key(|problem| problem.line);
    reading.config
}

/// A settings file that is being read.
struct Reading<'t> {
    text: &'t str,
    file: &'t Path,
    /// The lines that can be used so far.
    good: String,
    config: Config,
}

impl Reading<'_> {
    fn complain(&mut self, span: Option<Range<usize>>, what: String) {
        let line = span.map(|span| self.text[..span.start.min(self.text.len())].matches('\n').count() + 1);
        // What a broken line holds is wrong for the same reason.
        if line.is_none() || self.config.problems.iter().all(|known| known.line != line) {
            self.config.problems.push(SettingsError { file: self.file.to_owned(), line, what });
        }
    }

    /// Takes one setting, if its value can be used.
    fn take(&mut self, name: &str, key: Range<usize>, value: Range<usize>) {
        let line = format!("{name} = {}\n", self.text.get(value).unwrap_or_default());
        let with_it = format!("{}{line}", self.good);
        match toml::from_str::<Settings>(&with_it).map_err(|error| error.message().replace('\n', " ")).and_then(checked)
        {
            Ok(settings) => {
                self.config.settings = settings;
                self.good = with_it;
            }
            Err(what) => self.complain(Some(key), messages::wrong_value(name, &what)),
        }
    }

    /// Takes a query and its name. What it says is told where it is used: it takes the posts to know.
    fn take_query(&mut self, name: &Spanned<DeString<'_>>, query: &Spanned<DeValue<'_>>) {
        match query.get_ref() {
            DeValue::String(query) => drop(self.config.queries.insert(name.get_ref().to_string(), query.to_string())),
            _ => self.complain(Some(query.span()), messages::NOT_QUERIES.to_owned()),
        }
    }

    /// Takes the keys of one mode.
    fn take_keys(&mut self, mode: &Spanned<DeString<'_>>, keys: &Spanned<DeValue<'_>>) {
        let DeValue::Table(keys) = keys.get_ref() else {
            return self.complain(Some(mode.span()), messages::NOT_KEYS.to_owned());
        };
        for (key, action) in keys {
            let bound = match action.get_ref() {
                DeValue::String(action) => self.config.keymap.bind(mode.get_ref(), key.get_ref(), action),
                _ => Err(messages::NOT_KEYS.to_owned()),
            };
            if let Err(what) = bound {
                self.complain(Some(key.span()), what);
            }
        }
    }
}

/// The numbers that have bounds.
fn checked(settings: Settings) -> Result<Settings, String> {
    for (value, range) in [(settings.width, 20..=1000), (settings.index, 15..=70)] {
        if !range.contains(&value) {
            return Err(messages::out_of_range(*range.start(), *range.end()));
        }
    }
    Ok(settings)
}
