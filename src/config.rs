//! The settings file: typed, with errors that name file, line and key.

use std::fmt;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Deserialize;

use crate::layout::{Hanging, Ruby, Sheet};
use crate::messages;
use crate::text::width::{Ambiguous, Measure};

/// What a user may set. The defaults are those of [`Settings::default`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// What to open when no path is given.
    pub path: Option<PathBuf>,
    /// The program and its arguments that open links; the target is added at the end.
    pub opener: Vec<String>,
    /// The background that the colours are for.
    pub theme: ThemeChoice,
    /// The widest that a column of text gets, in columns of the terminal.
    pub width: u16,
    /// Where the column of text stands in its pane.
    pub align: AlignChoice,
    /// How much of a wide terminal the index takes, in percent.
    pub index: u16,
    /// Whether the index shows drafts, future and expired posts at first.
    pub unpublished: bool,
    /// Whether stops and commas hang into a gutter at the right.
    pub hanging: bool,
    /// Where the readings of words stand.
    pub ruby: RubyChoice,
    /// How wide characters of East Asian Width A are taken to be.
    pub ambiguous: AmbiguousChoice,
    /// Whether the reader asks the terminal how wide it shows what terminals disagree about.
    pub calibrate: bool,
}

/// See [`Settings::ruby`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RubyChoice {
    Inline,
    Above,
}

/// See [`Settings::align`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlignChoice {
    Left,
    Centre,
}

/// See [`Settings::ambiguous`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AmbiguousChoice {
    Auto,
    Narrow,
    Wide,
}

/// See [`Settings::theme`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    Auto,
    Dark,
    Light,
}

impl Settings {
    /// A sheet of so many columns, set as the user wants it. The measure is that of a terminal which was not asked.
    #[must_use]
    pub fn sheet(&self, width: usize) -> Sheet {
        Sheet {
            width,
            hanging: if self.hanging { Hanging::Into } else { Hanging::Never },
            ruby: match self.ruby {
                RubyChoice::Inline => Ruby::Inline,
                RubyChoice::Above => Ruby::Above,
            },
            measure: Measure::default().with_ambiguous(self.ambiguous()),
        }
    }

    /// The field of that name, in the words of the measure.
    #[must_use]
    pub fn ambiguous(&self) -> Ambiguous {
        match self.ambiguous {
            AmbiguousChoice::Auto => Ambiguous::Auto,
            AmbiguousChoice::Narrow => Ambiguous::Narrow,
            AmbiguousChoice::Wide => Ambiguous::Wide,
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            path: None,
            opener: Vec::new(),
            theme: ThemeChoice::Auto,
            width: 80,
            align: AlignChoice::Left,
            index: 38,
            unpublished: true,
            hanging: true,
            ruby: RubyChoice::Inline,
            ambiguous: AmbiguousChoice::Auto,
            calibrate: true,
        }
    }
}

/// One setting as the README shows it: name, default, meaning.
pub const TABLE: [(&str, &str, &str); 11] = [
    ("path", "none", "what `kiji` opens when no path is given"),
    (
        "opener",
        "[]",
        "program and arguments that open links, such as `[\"firefox\", \"--new-tab\"]`; the target is added as the last argument",
    ),
    ("theme", "\"auto\"", "`\"dark\"`, `\"light\"`, or `\"auto\"`: what `$COLORFGBG` says, else colours for both"),
    ("width", "80", "the widest that a column of text gets, in terminal columns (20 to 1000)"),
    ("align", "\"left\"", "where the column of text stands in its pane: `\"left\"` or `\"centre\"`; `C` changes it"),
    ("index", "38", "how much of a wide terminal the index takes, in percent (15 to 70)"),
    (
        "unpublished",
        "true",
        "whether the index shows drafts, future and expired posts at first; `D` hides and shows them",
    ),
    ("hanging", "true", "whether `、。，．` hang into a gutter of two columns where a row has no room for them"),
    (
        "ruby",
        "\"inline\"",
        "where readings stand: `\"inline\"` is in brackets after the words, `\"above\"` on a row of their own",
    ),
    (
        "ambiguous",
        "\"auto\"",
        "the columns of characters such as `…①→α`: `\"narrow\"` is one, `\"wide\"` is two, `\"auto\"` what the terminal shows",
    ),
    (
        "calibrate",
        "true",
        "whether the reader asks the terminal, as it starts, how wide it shows emoji and other odd characters",
    ),
];

/// A settings file that cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct SettingsError {
    pub file: PathBuf,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    pub what: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file.display(), self.what),
            None => write!(f, "{}: {}", self.file.display(), self.what),
        }
    }
}

/// Where the settings file lies: `kiji/config.toml` in the user's configuration folder.
#[must_use]
pub fn file() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("kiji").join("config.toml"))
}

/// A path with `~/` at its start put into the user's home folder.
#[must_use]
pub fn expand_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(below), Ok(home)) => home.join(below),
        _ => path.to_owned(),
    }
}

/// Reads the settings. No file is no error.
///
/// # Errors
/// When the file cannot be read, is not TOML, or holds an unknown key or a wrong value.
pub fn read(file: &Path) -> Result<Settings, SettingsError> {
    match std::fs::read_to_string(file) {
        Ok(text) => parse(&text, file),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(error) => Err(SettingsError { file: file.to_owned(), line: None, what: error.to_string() }),
    }
}

fn parse(text: &str, file: &Path) -> Result<Settings, SettingsError> {
    let fail = |line, what: String| SettingsError { file: file.to_owned(), line, what };
    let settings: Settings = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        fail(line, error.message().replace('\n', " "))
    })?;
    for (key, value, range) in [("width", settings.width, 20..=1000), ("index", settings.index, 15..=70)] {
        if !range.contains(&value) {
            let line = text.lines().position(|line| line.trim_start().starts_with(key)).map(|at| at + 1);
            return Err(fail(line, messages::out_of_range(key, *range.start(), *range.end())));
        }
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Settings, &str>) {
        let found = parse(text, Path::new("c.toml")).map_err(|error| error.to_string());
        match expected {
            Ok(settings) => assert_eq!(found, Ok(settings)),
            Err(part) => assert!(found.as_ref().is_err_and(|error| error.contains(part)), "{found:?}"),
        }
    }

    #[test]
    fn settings_are_typed() {
        check("", Ok(Settings::default()));
        check(
            "width = 60\ntheme = \"light\"",
            Ok(Settings { width: 60, theme: ThemeChoice::Light, ..Settings::default() }),
        );
        check("width = 80\nwidht = 60", Err("c.toml:2: unknown field `widht`"));
        check("\ntheme = \"blue\"", Err("c.toml:2: unknown variant `blue`"));
        check("theme = \"dark\"\nwidth = 5", Err("c.toml:2: width must be 20 to 1000"));
        check("width = [", Err("c.toml:1: "));
    }

    #[test]
    fn the_table_names_every_setting() {
        for (name, default, _) in TABLE.iter().filter(|(_, default, _)| *default != "none") {
            assert_eq!(parse(&format!("{name} = {default}"), Path::new("c.toml")), Ok(Settings::default()), "{name}");
        }
        let error = parse("nosuch = 1", Path::new("c.toml")).unwrap_err().what;
        for (name, ..) in TABLE {
            assert!(error.contains(&format!("`{name}`")), "{name}: {error}");
        }
    }
}
