//! The configuration files of a site, merged as Hugo merges them. What is broken in one is a problem, and the rest of it is read.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::library::below::is_name_below;
use crate::library::front_matter::{self, Format, scalar};
use crate::library::{Problem, source};
use crate::messages;
use crate::text::Clean;

/// The configuration files that Hugo, Zola, Jekyll and Hexo look for, in their order.
pub(super) const FILES: [&str; 11] = [
    "zola.toml",
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "_config.yml",
    "_config.yaml",
];

/// The folders of Hugo's split configuration. A site is read as it is published.
pub(super) const FOLDERS: [&str; 2] = ["config/_default", "config/production"];

/// More problems than this are not told of one site's settings.
const MOST_PROBLEMS: usize = 50;

/// The settings of a site, keys in lower case.
#[derive(Debug, Default)]
pub(super) struct Config {
    pub settings: Map<String, Value>,
    pub problems: Vec<Problem>,
    sources: Vec<Source>,
}

/// One file, kept to say where in it something stands.
#[derive(Debug)]
struct Source {
    name: String,
    text: String,
}

impl Config {
    /// Reads the files of the site at a root.
    pub fn read(root: &Path) -> Config {
        let mut config = Config::default();
        for (file, keys) in files(root) {
            let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
            match source::read_below(root, &file, source::HEAD) {
                Ok(bytes) => config.add(name, source::decode(bytes, source::Choice::Guess).text, keys),
                Err(error) => {
                    config.problems.push(Problem { place: Clean::line(&name), what: Clean::line(&error.to_string()) });
                }
            }
        }
        config.take_theme_parameters(root);
        config
    }

    /// Parameters of the themes that the settings name, where the site does not set them itself. What is broken in those is not the site's.
    fn take_theme_parameters(&mut self, root: &Path) {
        let named = match self.settings.get("theme") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            name => name.and_then(Value::as_str).map(str::to_owned).into_iter().collect::<Vec<_>>(),
        };
        for name in named.iter().filter(|name| is_name_below(name)) {
            let mut theme = Config::default();
            for (file, keys) in files(&root.join("themes").join(name)) {
                if let Ok(bytes) = source::read_below(root, &file, source::HEAD) {
                    let text = source::decode(bytes, source::Choice::Guess).text;
                    theme.add(file.to_string_lossy().into_owned(), text, keys);
                }
            }
            if let Some(Value::Object(mut parameters)) = theme.settings.remove("params") {
                if let Some(Value::Object(own)) = self.settings.remove("params") {
                    merge(&mut parameters, own);
                }
                self.settings.insert("params".to_owned(), Value::Object(parameters));
            }
        }
    }

    /// Settings that are given as text, in YAML.
    pub fn of(yaml: &str) -> Config {
        let mut config = Config::default();
        config.add("hugo.yaml".to_owned(), yaml.to_owned(), Vec::new());
        config
    }

    /// Takes the settings of one file, which belong under these keys.
    fn add(&mut self, name: String, text: String, keys: Vec<String>) {
        let format = match name.rsplit('.').next().unwrap_or_default() {
            "toml" => Format::Toml,
            "json" => Format::Json,
            _ => Format::Yaml,
        };
        let map = front_matter::whole(format, &text).unwrap_or_else(|error| {
            self.problems.push(syntax_problem(&name, &text, &error));
            front_matter::recover(format, &text)
        });
        let map = keys.into_iter().rev().fold(map, |map, key| Map::from_iter([(key, Value::Object(map))]));
        merge(&mut self.settings, map);
        self.sources.push(Source { name, text });
    }

    /// The value under a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        let (last, outer) = path.split_last()?;
        outer.iter().try_fold(&self.settings, |map, key| map.get(*key)?.as_object())?.get(*last)
    }

    pub fn string(&self, key: &str) -> Option<String> {
        self.settings.get(key).and_then(scalar).filter(|value| !value.is_empty())
    }

    /// Notes that the value of a key cannot be used, with the place where it is set.
    pub fn complain(&mut self, key: &str, what: &str) {
        if self.problems.len() >= MOST_PROBLEMS {
            return;
        }
        let place = self.sources.iter().rev().find_map(|source| {
            let line = source.text.lines().position(|line| sets(line, key))?;
            Some(format!("{}:{}", source.name, line + 1))
        });
        let place = place.or_else(|| Some(self.sources.first()?.name.clone())).unwrap_or_default();
        self.problems.push(Problem { place: Clean::line(&place), what: Clean::cut(&format!("{key}: {what}"), 300) });
    }
}

/// Whether a line sets a key, at its start or in a map on one line.
fn sets(line: &str, key: &str) -> bool {
    let line = line.to_lowercase();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    line.match_indices(&key.to_lowercase()).any(|(at, key)| {
        let after = line[at + key.len()..].trim_start_matches(['"', '\'', ' ']);
        !line[..at].ends_with(is_name)
            && (after.starts_with([':', '=']) || line.trim_end().ends_with(&format!("[{key}]")))
    })
}

/// The key that a line sets, or the name of the table that it starts; or nothing.
fn key_of(line: &str) -> &str {
    let is_table = line.starts_with('[') && !line.contains([',', '=', '{']);
    let key = if is_table { line } else { line.split_once([':', '=']).map_or("", |(key, _)| key) };
    key.trim().trim_matches(['"', '\'', '[', ']', '{', ' '])
}

/// What the parser said, at the line that it names, with the key that stands there or above.
fn syntax_problem(name: &str, text: &str, error: &str) -> Problem {
    let line = error
        .rsplit_once(" line ")
        .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok());
    let key = line.and_then(|line| {
        let above: Vec<&str> = text.lines().take(line).map(key_of).collect();
        above.into_iter().rfind(|key| !key.is_empty())
    });
    let place = line.map_or_else(|| name.to_owned(), |line| format!("{name}:{line}"));
    let what = key.map_or_else(|| error.to_owned(), |key| format!("{key}: {error}"));
    Problem { place: Clean::line(&place), what: Clean::cut(&messages::broken_settings(&what), 300) }
}

/// The configuration files of a site, each with the keys that its settings belong under.
fn files(root: &Path) -> Vec<(PathBuf, Vec<String>)> {
    let mut files: Vec<(PathBuf, Vec<String>)> = Vec::new();
    if let Some(name) = FILES.iter().find(|name| root.join(name).is_file()) {
        files.push((root.join(name), Vec::new()));
    }
    for folder in FOLDERS {
        let Ok(folder) = root.join(folder).read_dir() else { continue };
        let is_config = |path: &PathBuf| {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            path.is_file() && ["toml", "yaml", "yml", "json"].contains(&extension)
        };
        let mut parts: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).filter(is_config).collect();
        parts.sort();
        files.extend(parts.into_iter().map(|part| {
            let keys = keys(&part.file_stem().unwrap_or_default().to_string_lossy().to_lowercase());
            (part, keys)
        }));
    }
    files
}

/// Where the settings of a file belong by its name: `params` under `params`, `menus.ja` under `languages.ja.menus`.
fn keys(stem: &str) -> Vec<String> {
    match stem.split_once('.') {
        _ if matches!(stem, "hugo" | "config") => Vec::new(),
        None => vec![stem.to_owned()],
        Some(("languages", language)) => vec!["languages".to_owned(), language.to_owned()],
        Some((name, language)) => vec!["languages".to_owned(), language.to_owned(), name.to_owned()],
    }
}

/// Puts maps into maps; of other values the later holds.
fn merge(settings: &mut Map<String, Value>, later: Map<String, Value>) {
    for (key, value) in later {
        match (settings.get_mut(&key), value) {
            (Some(Value::Object(known)), Value::Object(value)) => merge(known, value),
            (_, value) => drop(settings.insert(key, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The settings and the problems of these files.
    fn read(written: &[(&str, &str)]) -> (Value, Vec<String>) {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in written {
            let file = root.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let config = Config::read(root.path());
        let problems = config.problems.iter().map(|problem| format!("{}: {}", problem.place, problem.what));
        (Value::Object(config.settings), problems.collect())
    }

    #[test]
    fn files_are_merged_as_hugo_does() {
        let expected =
            serde_json::json!({"title": "b", "params": {"a": 1, "b": 2}, "languages": {"ja": {"title": "日"}}});
        let files = [
            ("hugo.yaml", "Title: a\nPARAMS: {a: 1}\n"),
            ("config/_default/hugo.toml", "title = 'b'\n"),
            ("config/_default/params.json", "{\"b\": 3}"),
            ("config/_default/languages.ja.yml", "title: 日\n"),
            ("config/production/params.toml", "b = 2\n"),
            ("config/development/params.toml", "b = 4\n"),
            ("config/_default/notes.txt", "x"),
        ];
        assert_eq!(read(&files), (expected, Vec::new()));
    }

    #[test]
    fn themes_give_parameters() {
        let files = [
            ("hugo.yaml", "theme: [one, two, ../up, /up, '']\nparams: {a: 1, m: {x: 1}}\n"),
            ("themes/one/hugo.toml", "title = 't'\n[params]\na = 2\nb = 2\n[params.m]\nx = 2\ny = 2\n"),
            ("themes/two/config/_default/params.yaml", "{b: 3, c: 3}"),
            ("up/hugo.yaml", "params: {d: 4}"),
        ];
        let (settings, problems) = read(&files);
        assert_eq!(settings["params"], serde_json::json!({"a": 1, "b": 2, "c": 3, "m": {"x": 1, "y": 2}}));
        assert_eq!((settings.get("title"), problems.len()), (None, 0));
    }

    #[test]
    fn a_broken_file_is_named_with_line_and_key() {
        let (settings, problems) =
            read(&[("hugo.toml", "baseURL = \"https://a.example/\"\ntitle = 日々\n[params]\nx = 1\n")]);
        assert_eq!(settings["baseurl"], "https://a.example/");
        assert_eq!(settings["title"], "日々");
        assert!(problems[0].starts_with("hugo.toml:2: title: "), "{problems:?}");
        let (settings, problems) = read(&[("config.yaml", "title: a\npermalinks:\n  post: [\n")]);
        assert_eq!(settings["title"], "a");
        assert!(problems[0].starts_with("config.yaml:"), "{problems:?}");
    }

    #[test]
    fn lines_set_keys_at_their_start_and_in_maps() {
        for (line, expected) in [
            ("a = 1", "a"),
            ("[params", "params"),
            ("[[menu.main]]", "menu.main"),
            ("  b: [1]", "b"),
            ("{\"c\": 1", "c"),
        ] {
            assert_eq!(key_of(line), expected, "{line}");
        }
        for (line, expected) in [
            ("timeZone: x", true),
            ("timezone = \"x\"", true),
            ("\"timeZone\" : 1", true),
            ("[timezone]", true),
            ("{a: 1, timeZone: x}", true),
            ("mytimezone: x", false),
            ("# the timezone is x", false),
        ] {
            assert_eq!(sets(line, "timeZone"), expected, "{line}");
        }
    }
}
