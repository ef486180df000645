//! Where the posts of a site lie, and in which languages they are.

use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};
use url::Url;

use super::config::Config;
use super::maker::Maker;
use crate::library::front_matter::scalar;
use crate::messages;

/// A folder of posts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    pub path: PathBuf,
    /// Where the site puts it below its content, without slashes at the ends.
    pub under: String,
    /// The language of everything in it.
    pub language: Option<String>,
    /// Patterns of what in it is left out.
    pub excluded: Vec<String>,
}

/// The languages of a site, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Languages {
    /// Those that the site names; empty where it says nothing of languages.
    pub known: Vec<String>,
    pub default: String,
    /// Whether the pages of the default language lie in a folder of their own too.
    pub default_in_folder: bool,
    /// The languages that have an address of their own.
    pub bases: Vec<(String, Url)>,
}

impl Languages {
    pub(super) fn of(config: &mut Config) -> Languages {
        let table = match config.at(&["languages"]) {
            Some(Value::Object(map)) => map.clone(),
            Some(_) => {
                config.complain("languages", &messages::NOT_A_TABLE);
                Map::new()
            }
            None => Map::new(),
        };
        let mut known: Vec<(i64, String)> = table
            .iter()
            .filter(|(key, value)| !key.starts_with('_') && value.is_object())
            .map(|(key, value)| (value.get("weight").and_then(Value::as_i64).unwrap_or(i64::MAX), key.clone()))
            .collect();
        known.sort();
        let mut known: Vec<String> = known.into_iter().map(|(_, key)| key).collect();
        let named = config.string("defaultcontentlanguage").or_else(|| config.string("default_language"));
        let fallback = || known.iter().find(|key| *key == "en").or(known.first()).cloned().unwrap_or_default();
        let default = named.map_or_else(fallback, |name| name.to_lowercase());
        if !known.is_empty() && !known.contains(&default) {
            known.push(default.clone());
        }
        let default_in_folder = config.at(&["defaultcontentlanguageinsubdir"]) == Some(&Value::Bool(true));
        let base = |key: &String| {
            let written = config.at(&["languages", key, "baseurl"]).and_then(scalar)?;
            let url = Url::parse(&written).ok().filter(Url::has_host)?;
            Some((key.clone(), url))
        };
        let bases = known.iter().filter_map(base).collect();
        Languages { known, default, default_in_folder, bases }
    }

    /// The language in the name of a file such as `a.ja.md`, where the site has that language.
    #[must_use]
    pub fn in_name<'a>(&self, path: &'a str) -> Option<&'a str> {
        named_language(path).filter(|language| self.known.contains(&language.to_lowercase()))
    }

    /// The folder that the pages of a language lie in; empty for that of the default one.
    #[must_use]
    pub fn folder<'a>(&self, language: &'a str) -> &'a str {
        if language == self.default && !self.default_in_folder { "" } else { language }
    }
}

/// What may be a language in the name of a file: `ja` of `a.ja.md`, `zh-CN` of `index.zh-CN.md`.
#[must_use]
pub fn named_language(path: &str) -> Option<&str> {
    let file = path.rsplit('/').next()?;
    let (stem, _) = file.rsplit_once('.')?;
    let (name, language) = stem.rsplit_once('.')?;
    let (tongue, rest) = language.split_once(['-', '_']).unwrap_or((language, ""));
    let is_tongue = matches!(tongue.len(), 2 | 3) && tongue.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_rest = rest.len() <= 10 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (!name.is_empty() && is_tongue && is_rest).then_some(language)
}

/// A path without the language in its name.
#[must_use]
pub fn without_language(path: &str, language: &str) -> String {
    match path.rfind(&format!(".{language}.")) {
        Some(at) => format!("{}{}", &path[..at], &path[at + 1 + language.len()..]),
        None => path.to_owned(),
    }
}

/// The folders of a site's posts: its mounts, those of its languages, or the one that it or its program names.
pub(super) fn folders(root: &Path, maker: Maker, config: &mut Config, languages: &Languages) -> Vec<Folder> {
    let mounted = mounts(root, config);
    if !mounted.is_empty() {
        return mounted;
    }
    let one = config.string("contentdir").filter(|_| maker == Maker::Hugo);
    let mut folders = of_languages(root, config, languages);
    let is_whole = !folders.is_empty() && folders.len() == languages.known.len();
    if !is_whole {
        let names: Vec<&str> = one.as_deref().map_or_else(|| maker.folders().to_vec(), |one| vec![one]);
        for name in &names {
            let under = if maker == Maker::Zenn { (*name).to_owned() } else { String::new() };
            folders.extend(below(root, name, config, "contentDir").map(|path| Folder {
                path,
                under,
                ..Folder::default()
            }));
        }
    }
    if folders.is_empty() {
        folders.push(Folder { path: root.to_owned(), ..Folder::default() });
    }
    if maker == Maker::Jekyll {
        // Its name is no part of what is in it.
        let collections =
            config.string("collections_dir").and_then(|name| below(root, &name, config, "collections_dir"));
        let is_new = |path: &PathBuf| folders.iter().all(|folder| folder.path != *path);
        folders.extend(collections.filter(is_new).map(|path| Folder { path, ..Folder::default() }));
        folders.iter_mut().for_each(|folder| folder.excluded = excluded_by_jekyll(config));
    }
    // The inner folder knows more of a post than the outer one.
    folders.sort_by_key(|folder| std::cmp::Reverse(folder.path.components().count()));
    folders
}

fn of_languages(root: &Path, config: &mut Config, languages: &Languages) -> Vec<Folder> {
    let mut folders = Vec::new();
    for language in &languages.known {
        let Some(name) = config.at(&["languages", language, "contentdir"]).and_then(scalar) else { continue };
        let path = below(root, &name, config, "contentDir");
        folders.extend(path.map(|path| Folder { path, language: Some(language.clone()), ..Folder::default() }));
    }
    folders
}

/// The mounts of a site's own folders into its content.
fn mounts(root: &Path, config: &mut Config) -> Vec<Folder> {
    let Some(Value::Array(mounts)) = config.at(&["module", "mounts"]).cloned() else { return Vec::new() };
    let mut folders = Vec::new();
    for mount in &mounts {
        let string = |key: &str| mount.get(key).and_then(scalar);
        let target = string("target").unwrap_or_default();
        let target = target.trim_matches('/');
        let under = match target.strip_prefix("content") {
            Some(under) if under.is_empty() || under.starts_with('/') => under.trim_matches('/').to_owned(),
            _ => continue,
        };
        let matrix = mount.get("sites").and_then(|sites| sites.get("matrix")?.get("languages"));
        let language =
            string("lang").or_else(|| matrix.and_then(|matrix| matrix.get(0).or(Some(matrix)).and_then(scalar)));
        let Some(path) = below(root, &string("source").unwrap_or_default(), config, "source") else { continue };
        let excluded = strings(mount.get("excludefiles"));
        folders.push(Folder { path, under, language: language.map(|language| language.to_lowercase()), excluded });
    }
    folders
}

/// One string or a list of them.
pub(super) fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(scalar).collect(),
        Some(value) => scalar(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A folder that a setting names, when it is there. A site has its posts below its root: another folder is not searched.
fn below(root: &Path, name: &str, config: &mut Config, key: &str) -> Option<PathBuf> {
    let is_below = Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !is_below {
        config.complain(key, &messages::NOT_BELOW_THE_SITE);
        return None;
    }
    let parts = Path::new(name).components().filter(|part| matches!(part, Component::Normal(_)));
    let path = parts.fold(root.to_owned(), |path, part| path.join(part));
    // It may be a link, as long as it does not lead out.
    let real = path.canonicalize().ok().filter(|real| real.is_dir())?;
    if root.canonicalize().is_ok_and(|root| real.starts_with(root)) {
        return Some(real);
    }
    config.complain(key, &messages::NOT_BELOW_THE_SITE);
    None
}

/// What Jekyll passes over: what the site says, and the folders that are none of its own.
fn excluded_by_jekyll(config: &Config) -> Vec<String> {
    let mut excluded = strings(config.at(&["exclude"]));
    excluded.extend(["_site", "_includes", "_layouts", "_data", "_sass", "vendor"].map(str::to_owned));
    excluded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The folders of a site with these settings, as path, place and language.
    fn check(settings: &str, present: &[&str], expected: &[(&str, &str, &str)]) {
        let root = tempfile::tempdir().unwrap();
        for folder in present {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let mut config = Config::of(settings);
        let languages = Languages::of(&mut config);
        let found = folders(root.path(), Maker::Hugo, &mut config, &languages);
        let shown = |folder: &Folder| {
            let path = folder.path.strip_prefix(root.path()).unwrap().to_string_lossy().into_owned();
            (path, folder.under.clone(), folder.language.clone().unwrap_or_default())
        };
        let expected: Vec<_> = expected
            .iter()
            .map(|(path, under, language)| ((*path).into(), (*under).into(), (*language).into()))
            .collect();
        assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected, "{settings}");
    }

    #[test]
    fn posts_lie_where_the_settings_say() {
        check("", &["content"], &[("content", "", "")]);
        check("", &[], &[("", "", "")]);
        check("contentDir: ./blog/", &["blog"], &[("blog", "", "")]);
        check("contentDir: /etc", &["content"], &[("", "", "")]);
        check(
            "languages: {en: {contentDir: content/en, weight: 1}, ja: {contentDir: content/ja, weight: 2}}",
            &["content/en", "content/ja"],
            &[("content/en", "", "en"), ("content/ja", "", "ja")],
        );
        check(
            "languages: {en: {weight: 1}, ja: {contentDir: content/ja}}",
            &["content/ja"],
            &[("content/ja", "", "ja"), ("content", "", "")],
        );
        check(
            "module: {mounts: [{source: assets, target: assets}, {source: docs, target: content/post, lang: ja}]}",
            &["docs", "assets"],
            &[("docs", "post", "ja")],
        );
        check(
            "module: {mounts: [{source: c, target: content, sites: {matrix: {languages: [en]}}}]}",
            &["c"],
            &[("c", "", "en")],
        );
    }

    #[test]
    fn languages_stand_in_names() {
        for (path, expected) in [
            ("post/a.ja.md", Some("ja")),
            ("post/index.zh-CN.md", Some("zh-CN")),
            ("a.md", None),
            ("v1.2.md", None),
            (".ja.md", None),
            ("about.texts.md", None),
        ] {
            assert_eq!(named_language(path), expected, "{path}");
        }
        assert_eq!(without_language("post/a.ja.md", "ja"), "post/a.md");
    }

    #[test]
    fn the_default_language_is_the_one_named_or_the_first() {
        let of = |settings: &str| Languages::of(&mut Config::of(settings));
        assert_eq!(of("languages: {ja: {weight: 2}, fr: {weight: 1}}").default, "fr");
        let site = of("defaultContentLanguage: JA\nlanguages: {en: {}, ja: {}}");
        assert_eq!((site.default.as_str(), site.folder("ja"), site.folder("en")), ("ja", "", "en"));
        assert_eq!(site.in_name("a.en.md"), Some("en"));
        assert_eq!(site.in_name("a.de.md"), None);
    }
}
