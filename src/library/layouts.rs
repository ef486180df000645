//! The files of a site beside its posts that its templates are made of and ask for: shortcodes, partials, data, words. Each is read
//! when it is first asked for, and only from below the site's root.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::{Map, Value as Json};

use super::below::is_name_below;
use super::front_matter::{self, field, scalar};
use super::source;
use crate::template::placeholder::without_forgeries;
use crate::template::{Escaping, LONGEST, Page, Template, Value};

/// How many data files are read, and how long one may be in bytes.
const MOST_DATA_FILES: usize = 200;
const LONGEST_DATA_FILE: u64 = 1024 * 1024;

/// How deep data folders and the folders of modules are looked into.
const DEEPEST: usize = 5;

/// How deep what templates put together may nest, to be data.
const MOST_NESTED: usize = 32;

/// The templates and data of a site. Copies share what was read.
#[derive(Debug, Clone, Default)]
pub struct Layouts {
    root: Option<PathBuf>,
    themes: Vec<String>,
    /// The languages whose words are taken, the first first.
    languages: Vec<String>,
    read: Arc<Read>,
}

#[derive(Debug, Default)]
struct Read {
    folders: OnceLock<Vec<PathBuf>>,
    templates: Mutex<HashMap<String, Option<Arc<Template>>>>,
    data: OnceLock<Value>,
    words: Mutex<HashMap<String, Value>>,
    pages: Mutex<HashMap<String, Option<Pages>>>,
}

/// Pages that are listed, shared by all who ask for them.
type Pages = Arc<Vec<Arc<Page>>>;

impl Layouts {
    /// Those of the site at a root, which must be a real path.
    pub(super) fn of(root: &Path, settings: &Map<String, Json>) -> Layouts {
        let themes = match field(settings, "theme") {
            Some(Json::Array(list)) => list.iter().filter_map(scalar).collect(),
            one => one.and_then(scalar).into_iter().collect(),
        };
        let language = |key| field(settings, key).and_then(scalar).map(|name| name.to_lowercase());
        let languages = ["defaultcontentlanguage", "languagecode"].into_iter().filter_map(language).collect();
        Layouts { root: root.canonicalize().ok(), themes, languages, read: Arc::default() }
    }

    /// The template of a shortcode for a language: the site's own before those of its themes.
    #[must_use]
    pub fn shortcode(&self, name: &str, language: &str) -> Option<Arc<Template>> {
        self.template(&["shortcodes", "_shortcodes"], name, language, &["html", "md"])
    }

    /// A partial template, by its path below the folder of partials.
    #[must_use]
    pub fn partial(&self, path: &str, language: &str) -> Option<Arc<Template>> {
        let stem = path.strip_suffix(".html").unwrap_or(path);
        self.template(&["partials", "_partials"], stem, language, &["html"])
    }

    fn template(&self, kinds: &[&str], name: &str, language: &str, extensions: &[&str]) -> Option<Arc<Template>> {
        let kind = kinds.first()?;
        let key = format!("{kind}/{name}.{language}");
        let lock = || self.read.templates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        let names = [format!("{name}.{language}"), name.to_owned()];
        let candidates = self.folders().iter().flat_map(|folder| {
            kinds.iter().flat_map(|kind| {
                let below = folder.join(kind);
                let file = move |name: &String, extension: &str| below.join(format!("{name}.{extension}"));
                names
                    .iter()
                    .flat_map(move |name| extensions.iter().map(|extension| file(name, extension)).collect::<Vec<_>>())
            })
        });
        let is_plain = is_name_below(name);
        let found = candidates.filter(|_| is_plain).find_map(|file| Some((self.text(&file, LONGEST as u64)?, file)));
        let template = found.and_then(|(source, file)| {
            let is_html = file.extension().is_some_and(|extension| extension == "html");
            Template::read(&source, if is_html { Escaping::Html } else { Escaping::None }).map(Arc::new)
        });
        lock().insert(key, template.clone());
        template
    }

    /// The pages of a language, read when they are first asked for.
    pub(super) fn pages(&self, language: &str, read: impl FnOnce() -> Option<Vec<Arc<Page>>>) -> Option<Pages> {
        let lock = || self.read.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(language) {
            return known.clone();
        }
        let pages = read().map(Arc::new);
        lock().insert(language.to_owned(), pages.clone());
        pages
    }

    /// The folders of templates: the site's own, then those of its themes and modules.
    fn folders(&self) -> &[PathBuf] {
        self.read.folders.get_or_init(|| {
            let Some(root) = &self.root else { return Vec::new() };
            let mut folders = vec![root.join("layouts")];
            let themes = root.join("themes");
            let chosen = match &self.themes[..] {
                [] => entries(&themes),
                names => names.iter().filter(|name| is_name_below(name)).map(|name| themes.join(name)).collect(),
            };
            folders.extend(chosen.into_iter().map(|theme| theme.join("layouts")));
            named(&root.join("_vendor"), "layouts", DEEPEST, &mut folders);
            folders.retain(|folder| folder.is_dir());
            folders
        })
    }

    /// The text of a file below the root, if it is one and no link leads out of there.
    pub(super) fn text(&self, file: &Path, longest: u64) -> Option<String> {
        let real = self.real(file)?;
        let bytes = source::read(&real, longest + 1).ok().filter(|bytes| bytes.len() as u64 <= longest)?;
        Some(source::decode(bytes, source::Choice::Guess).text)
    }

    /// The real path of a file or folder below the root.
    pub(super) fn real(&self, path: &Path) -> Option<PathBuf> {
        let root = self.root.as_ref()?;
        path.canonicalize().ok().filter(|real| real.starts_with(root))
    }

    /// A file of the site's own `assets`.
    pub(super) fn asset(&self, path: &str) -> Option<PathBuf> {
        let is_plain = !path.is_empty() && !path.contains("..");
        let file = self.real(&self.root.as_ref().filter(|_| is_plain)?.join("assets").join(path))?;
        Some(file).filter(|file| file.is_file())
    }

    /// The data files by their names, folders as maps.
    pub(super) fn data(&self) -> Value {
        let read = || {
            let mut left = MOST_DATA_FILES;
            let folders = self.beside("data");
            let read = folders.iter().map(|folder| self.folder_of_data(folder, DEEPEST, &mut left));
            // What the site says itself stands before what its theme does.
            read.fold(Value::Nil, |before, value| over(&before, &value))
        };
        self.read.data.get_or_init(read).clone()
    }

    /// The folders of a name that stand beside those of templates, the site's own first.
    fn beside(&self, name: &str) -> Vec<PathBuf> {
        let own = self.root.clone();
        let all =
            own.into_iter().chain(self.folders().iter().filter_map(|folder| folder.parent().map(Path::to_path_buf)));
        let mut folders: Vec<PathBuf> = all.filter_map(|folder| self.real(&folder.join(name))).collect();
        let mut seen = HashSet::new();
        folders.retain(|folder| seen.insert(folder.clone()));
        folders
    }

    fn folder_of_data(&self, folder: &Path, depth: usize, left: &mut usize) -> Value {
        let mut found = Vec::new();
        for path in entries(folder) {
            let Some(stem) = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()) else { continue };
            *left = left.saturating_sub(1);
            if *left == 0 || depth == 0 {
                break;
            }
            if path.is_dir() {
                found.push((stem, self.folder_of_data(&path, depth - 1, left)));
            } else {
                found.push((stem, self.file_of_data(&path)));
            }
        }
        Value::map(found)
    }

    /// What a data file says; what cannot be read is not known.
    fn file_of_data(&self, path: &Path) -> Value {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let data = self.text(path, LONGEST_DATA_FILE).and_then(|text| front_matter::data(extension, &text));
        data.map_or(Value::Unknown, |data| value(&data, Keys::Written))
    }

    /// The words that the site and its theme have for their own keys, in a language.
    pub(super) fn words(&self, language: &str) -> Value {
        let lock = || self.read.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(language) {
            return known.clone();
        }
        let words = self.read_words(language);
        lock().insert(language.to_owned(), words.clone());
        words
    }

    fn read_words(&self, language: &str) -> Value {
        let languages = || std::iter::once(language).chain(self.languages.iter().map(String::as_str)).chain(["en"]);
        let of_folder = |folder: &PathBuf| {
            let file = languages().find_map(|language| {
                let name = |extension: &&str| folder.join(format!("{language}.{extension}"));
                ["toml", "yaml", "yml", "json"].iter().map(name).find(|file| file.is_file())
            });
            match file.map(|file| self.file_of_data(&file)) {
                Some(Value::Map(words)) => Value::map(words.iter().map(word)),
                Some(Value::List(words)) => Value::map(words.iter().filter_map(listed_word)),
                _ => Value::Nil,
            }
        };
        let words = self.beside("i18n").iter().map(of_folder).fold(Value::Nil, |before, value| over(&before, &value));
        if matches!(words, Value::Nil) { Value::Unknown } else { words }
    }
}

/// A word in a list of them, as old sites have it: `id` and `translation`.
fn listed_word(entry: &Value) -> Option<(String, Value)> {
    let Value::Map(entry) = entry else { return None };
    let key = entry.get("id").and_then(Value::string)?;
    Some(word((&key.to_string(), entry.get("translation")?)))
}

/// The form of a word that is used without a count.
fn word((key, word): (&String, &Value)) -> (String, Value) {
    let word = match word {
        Value::Map(forms) => forms.get("other").cloned().unwrap_or(Value::Unknown),
        word => word.clone(),
    };
    // Forms with places for values are not filled in here.
    let is_whole = word.string().is_some_and(|word| !word.contains("{{"));
    (key.clone(), if is_whole { word } else { Value::Unknown })
}

/// Two maps in one; the first wins.
fn over(first: &Value, second: &Value) -> Value {
    match (first, second) {
        (Value::Map(first), Value::Map(second)) => {
            let mut all = (**second).clone();
            all.extend(first.iter().map(|(key, value)| (key.clone(), value.clone())));
            Value::map(all)
        }
        (Value::Nil, second) => second.clone(),
        (first, _) => first.clone(),
    }
}

/// What stands in a folder, in the order of the names, links left out.
pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(folder) else { return Vec::new() };
    let is_own = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| !kind.is_symlink());
    let mut paths: Vec<PathBuf> = found.flatten().filter(is_own).map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Adds the folders of a name below a folder.
fn named(folder: &Path, name: &str, depth: usize, found: &mut Vec<PathBuf>) {
    for path in entries(folder).into_iter().filter(|path| path.is_dir()) {
        if path.file_name().is_some_and(|known| known == name) {
            found.push(path);
        } else if depth > 0 {
            named(&path, name, depth - 1, found);
        }
    }
}

/// How the keys of maps are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    Written,
    /// As Hugo has those of parameters.
    Lower,
}

/// What a settings or data file says, as templates see it.
pub(super) fn value(data: &Json, keys: Keys) -> Value {
    match data {
        Json::Null => Value::Nil,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => number.as_f64().map_or(Value::Unknown, Value::Float),
        },
        Json::String(text) => Value::text(&*without_forgeries(text)),
        Json::Array(list) => Value::list(list.iter().map(|item| value(item, keys)).collect()),
        Json::Object(map) => Value::map(map.iter().map(|(key, item)| {
            (if keys == Keys::Lower { key.to_lowercase() } else { key.clone() }, value(item, keys))
        })),
    }
}

/// What templates work with, as data; none for what is no data.
pub(super) fn data(value: &Value, depth: usize) -> Option<Json> {
    if depth > MOST_NESTED {
        return None;
    }
    Some(match value {
        Value::Nil => Json::Null,
        Value::Bool(value) => Json::from(*value),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::Text(text) | Value::Html(text) => Json::from(&**text),
        Value::List(list) => list.iter().map(|item| data(item, depth + 1)).collect::<Option<Vec<_>>>()?.into(),
        Value::Map(map) => {
            let entry = |(key, item): (&String, &Value)| Some((key.clone(), data(item, depth + 1)?));
            Json::Object(map.iter().map(entry).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
