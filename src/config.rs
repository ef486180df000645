//! The settings file: typed, with errors that name file, line and key. What is wrong leaves the rest as it is.

mod folders;
mod reading;
mod table;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::app::effect::Holder;
use crate::app::keymap::Keymap;
use crate::app::keys;
use crate::layout::{Hanging, Ruby, Sheet, Stress, Telling, Wrap};
use crate::library::Problem;
use crate::library::cache::Cache;
use crate::messages::{self, Language};
use crate::picture::album::Album;
use crate::picture::remote::Permission;
use crate::text::Clean;
use crate::text::width::{Ambiguous, Measure};
pub use folders::{expand_home, file, state_folder};

pub use reading::parse;
pub use table::{Setting, TABLE};

/// What a user may set. The defaults are those of [`Settings::default`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting that the user turns on or off")]
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
    /// Whether wide code and tables go on on the next row at first.
    pub wrap: bool,
    /// Where the readings of words stand.
    pub ruby: RubyChoice,
    /// How wide characters of East Asian Width A are taken to be.
    pub ambiguous: AmbiguousChoice,
    /// How pictures are drawn.
    pub images: ImagesChoice,
    /// Whether pictures are fetched from other hosts.
    pub fetch: FetchChoice,
    /// Whether the reader asks the terminal how wide it shows what terminals disagree about.
    pub calibrate: bool,
    /// The language that the program speaks.
    pub language: LanguageChoice,
    /// Whether what is read is remembered.
    pub state: bool,
    /// Whether the last session is resumed.
    pub resume: bool,
    /// Whether posts that change are read anew.
    pub watch: bool,
    /// The program and its arguments that edit posts.
    pub editor: Vec<String>,
    /// Whether the mouse is the reader's at first.
    pub mouse: bool,
    /// Whether all is told in words, in one pane, for who hears it.
    pub linear: bool,
    /// How emphasis is told where all is told in words.
    pub emphasis: EmphasisChoice,
    /// How many colours the terminal is taken to show.
    pub colours: ColourChoice,
    /// Whether what is read of the posts of large folders is kept for the next time.
    pub cache: bool,
}

/// See [`Settings::colours`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColourChoice {
    Auto,
    Truecolor,
    #[serde(rename = "256")]
    Indexed,
    #[serde(rename = "16")]
    Named,
    None,
}

/// See [`Settings::language`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LanguageChoice {
    Auto,
    En,
    Ja,
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

/// See [`Settings::images`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImagesChoice {
    Auto,
    Off,
    HalfBlocks,
    Kitty,
    Iterm2,
    Sixel,
}

/// See [`Settings::fetch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FetchChoice {
    Ask,
    Off,
}

/// See [`Settings::emphasis`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmphasisChoice {
    Signs,
    Words,
    None,
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
    /// A sheet of so many columns, set as the user wants it, on which everything has room: the reader itself heeds
    /// [`Settings::wrap`]. The measure is that of a terminal which was not asked.
    #[must_use]
    pub fn sheet(&self, width: usize) -> Sheet {
        Sheet {
            width,
            hanging: if self.hanging { Hanging::Into } else { Hanging::Never },
            ruby: match self.ruby {
                RubyChoice::Above if !self.linear => Ruby::Above,
                RubyChoice::Inline | RubyChoice::Above => Ruby::Inline,
            },
            wrap: Wrap::Rows,
            stress: match self.emphasis {
                EmphasisChoice::Signs => Stress::Signs,
                EmphasisChoice::Words => Stress::Words,
                EmphasisChoice::None => Stress::Untold,
            },
            telling: if self.linear { Telling::Words } else { Telling::Signs },
            measure: Measure::default().with_ambiguous(self.ambiguous()),
            pictures: None,
        }
    }

    /// Where what is read of posts is kept; none where that is not wanted, or the system has no place for it.
    #[must_use]
    pub fn index_cache(&self) -> Option<Cache> {
        self.cache.then(folders::cache_folder).flatten().map(Cache::of)
    }

    /// The pictures that were fetched from other hosts; none where nothing may be kept.
    #[must_use]
    pub fn album(&self) -> Option<Album> {
        self.cache.then(folders::cache_folder).flatten().map(|folder| Album::of(&folder))
    }

    /// Whether pictures may be fetched from other hosts.
    #[must_use]
    pub fn fetching(&self) -> Permission {
        match self.fetch {
            FetchChoice::Off => Permission::Never,
            FetchChoice::Ask if self.album().is_none() => Permission::NoFolder,
            FetchChoice::Ask => Permission::WhenAsked,
        }
    }

    /// What becomes of wide code and tables in the reader at first.
    #[must_use]
    pub fn wrap(&self) -> Wrap {
        if self.wrap { Wrap::Rows } else { Wrap::Never }
    }

    /// Whose the mouse is at first.
    #[must_use]
    pub fn mouse(&self) -> Holder {
        if self.mouse { Holder::Reader } else { Holder::Terminal }
    }

    /// How pictures are drawn: who hears the page gets their descriptions.
    #[must_use]
    pub fn images(&self) -> ImagesChoice {
        if self.linear { ImagesChoice::Off } else { self.images }
    }

    /// The language that is set, or else that of the locale.
    #[must_use]
    pub fn language(&self, locale: Language) -> Language {
        match self.language {
            LanguageChoice::Auto => locale,
            LanguageChoice::En => Language::English,
            LanguageChoice::Ja => Language::Japanese,
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
            wrap: true,
            ruby: RubyChoice::Inline,
            ambiguous: AmbiguousChoice::Auto,
            images: ImagesChoice::Auto,
            fetch: FetchChoice::Ask,
            calibrate: true,
            language: LanguageChoice::Auto,
            state: true,
            resume: false,
            watch: true,
            editor: Vec::new(),
            mouse: true,
            linear: false,
            emphasis: EmphasisChoice::Signs,
            colours: ColourChoice::Auto,
            cache: true,
        }
    }
}

/// What the settings file says: what can be used of it, and what is wrong with the rest.
#[derive(Debug, Clone, Default)]
pub struct Config {
    pub settings: Settings,
    pub keymap: Keymap,
    /// Queries for the index, by their names.
    pub queries: BTreeMap<String, String>,
    pub problems: Vec<SettingsError>,
}

/// A part of a settings file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    pub file: PathBuf,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    pub what: String,
}

impl SettingsError {
    fn place(&self) -> String {
        let file = self.file.display();
        self.line.map_or_else(|| file.to_string(), |line| format!("{file}:{line}"))
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.what)
    }
}

impl From<&SettingsError> for Problem {
    fn from(error: &SettingsError) -> Problem {
        Problem { place: Clean::line(&error.place()), what: Clean::cut(&error.what, 600) }
    }
}

/// Reads the settings. No file is no error; a file that cannot be read is a problem, and so is each part of it that cannot be used.
#[must_use]
pub fn read(file: &Path) -> Config {
    match std::fs::read(file) {
        Ok(bytes) => parse(&String::from_utf8_lossy(&bytes), file),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Config::default(),
        Err(error) => {
            let problem = SettingsError { file: file.to_owned(), line: None, what: error.to_string() };
            Config { problems: vec![problem], ..Config::default() }
        }
    }
}

/// A whole settings file that sets everything to its default, with what each means.
#[must_use]
pub fn default_file() -> String {
    let mut text = format!("# {}\n", messages::DEFAULT_FILE);
    for Setting { name, default, meaning } in TABLE {
        let line = if *default == "none" { format!("# {name} = \"~/blog\"") } else { format!("{name} = {default}") };
        text += &format!("\n# {meaning}\n{line}\n");
    }
    text += &format!("\n# {}\n[queries]\n# unread = \"is:unread after:1y\"\n", messages::DEFAULT_QUERIES);
    text += &format!("\n# {}\n", messages::DEFAULT_KEYS);
    for mode in keys::ALL {
        text += &format!("\n[keys.{}]\n", mode.name());
        for entry in Keymap::default().entries(*mode) {
            text += &format!("# {}\n", entry.help);
            let name = entry.name;
            text += &entry.keys.iter().map(|key| format!("{:?} = {name:?}\n", key.name())).collect::<String>();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::HelpLine;

    fn check(text: &str, expected: Settings, told: &[&str]) {
        let found = parse(text, Path::new("c.toml"));
        assert_eq!(found.settings, expected, "{text}");
        let problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), told.len(), "{text}: {problems:?}");
        for (problem, told) in problems.iter().zip(told) {
            assert!(problem.starts_with("c.toml:") && problem.contains(told), "{problem} has no {told}");
        }
    }

    #[test]
    fn settings_are_typed() {
        check("", Settings::default(), &[]);
        let light = Settings { width: 60, theme: ThemeChoice::Light, ..Settings::default() };
        check("width = 60\ntheme = \"light\"", light.clone(), &[]);
        check("images = \"halfblocks\"", Settings { images: ImagesChoice::HalfBlocks, ..Settings::default() }, &[]);
        check("images = \"big\"", Settings::default(), &[":1: images: unknown variant `big`, expected one of `auto`"]);
        check("width = 60\ntheme = 'light'\n[keys.reader]\nx = \"quit\"", light, &[]);
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_is_used() {
        let narrow = || Settings { width: 60, ..Settings::default() };
        check("width = 60\nwidht = 60", narrow(), &[":2: no setting is called \"widht\": did you mean \"width\"?"]);
        check("xyz = 1", Settings::default(), &[":1: no setting is called \"xyz\": there are \"path\""]);
        check(
            "\ntheme = \"blue\"\nwidth = 60",
            narrow(),
            &[":2: theme: unknown variant `blue`, expected one of `auto`"],
        );
        check(
            "width = 5\nindex = 40",
            Settings { index: 40, ..Settings::default() },
            &[":1: width: it must be 20 to 1000"],
        );
        check("width = \"x\"", Settings::default(), &[":1: width: invalid type"]);
        check("width = 60\nindex = [\n", narrow(), &[":2"]);
        check("width = 60\nwidth = 70", narrow(), &[":2: "]);
        check("width = 60\nkeys = 1", narrow(), &[":2: keys are set in tables"]);
        let keys = "width = 60\n[keys.raeder]\nj = \"quit\"\n[keys.reader]\n\"ctrl-n\" = \"line-dwn\"\nx = 1";
        check(keys, narrow(), &[":3: no keys are for \"raeder\"", ":5: [keys.reader] has no action", ":6: keys are"]);
    }

    #[test]
    fn the_default_file_sets_the_defaults() {
        let found = parse(&default_file(), Path::new("c.toml"));
        assert_eq!((found.settings, found.problems), (Settings::default(), Vec::new()));
        assert_eq!(sorted(&found.keymap), sorted(&Keymap::default()));
        for Setting { name, default, .. } in TABLE {
            assert!(default_file().contains(&format!("{name} = ")), "{name} {default}");
        }
    }

    /// The help, the keys of each line in one order.
    fn sorted(keymap: &Keymap) -> Vec<HelpLine> {
        let mut lines = keymap.help();
        for line in &mut lines {
            if let HelpLine::Keys { keys, .. } = line {
                let mut parts: Vec<&str> = keys.split(' ').collect();
                parts.sort_unstable();
                *keys = parts.join(" ");
            }
        }
        lines
    }

    #[test]
    fn the_table_names_every_setting() {
        // What is unknown to it is told with the names that there are.
        let error = toml::from_str::<Settings>("nosuch = 1").unwrap_err().message().to_owned();
        for Setting { name, .. } in TABLE {
            assert!(error.contains(&format!("`{name}`")), "{name}: {error}");
        }
        assert_eq!(error.matches('`').count() / 2, TABLE.len() + 1, "{error}");
    }
}
