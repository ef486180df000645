//! The site's own settings: where its posts lie, what their pages are called, whose links are its own.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use url::Url;

use super::date::Date;
use super::front_matter::{self, field, scalar};
use super::layouts::{self, Keys, Layouts};
use super::{markup, source};
use crate::template;
use crate::text::Clean;
use crate::text::markup::MarkupSettings;

/// The configuration files that Hugo, Zola and Jekyll look for, in their order.
const CONFIG_FILES: [&str; 9] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "_config.yml",
];

/// The folder of Hugo's split configuration.
const CONFIG_FOLDER: &str = "config/_default";

/// How deep below its root a site is recognised from one of its files.
const FARTHEST_ROOT: usize = 12;

/// What is known of a site. A bare folder of posts has a site too: one that says nothing.
#[derive(Debug, Clone)]
pub struct Site {
    pub root: Option<PathBuf>,
    pub title: Clean,
    pub base: Option<Url>,
    /// The folders that hold the posts, below the root.
    pub content: Vec<PathBuf>,
    /// The zone of dates that name none.
    pub zone: TimeZone,
    pub markup: MarkupSettings,
    /// Patterns of permalinks, by section.
    permalinks: Vec<(String, String)>,
    pub layouts: Layouts,
    /// The settings that templates may ask for, by their names in lower case.
    pub said: BTreeMap<String, template::Value>,
    pub problem: Option<Clean>,
}

impl Default for Site {
    fn default() -> Site {
        Site {
            root: None,
            title: Clean::default(),
            base: None,
            content: Vec::new(),
            zone: TimeZone::UTC,
            markup: MarkupSettings::default(),
            permalinks: Vec::new(),
            layouts: Layouts::default(),
            said: BTreeMap::new(),
            problem: None,
        }
    }
}

/// What a permalink is made of.
pub struct Naming<'a> {
    /// The file's path below the content folder, with `/` between its parts.
    pub path: &'a str,
    pub title: &'a str,
    pub slug: Option<&'a str>,
    pub url: Option<&'a str>,
    pub date: Option<&'a Date>,
}

/// The root of the site that a path belongs to: the path itself, or the nearest folder above it with a configuration.
#[must_use]
pub fn find_root(path: &Path) -> Option<PathBuf> {
    path.ancestors().take(FARTHEST_ROOT).find(|folder| is_root(folder)).map(Path::to_path_buf)
}

/// Whether a folder is the root of a site: a configuration, and posts beside it.
#[must_use]
pub fn is_root(folder: &Path) -> bool {
    let has_config = CONFIG_FILES.iter().any(|name| folder.join(name).is_file()) || folder.join(CONFIG_FOLDER).is_dir();
    has_config && ["content", "_posts", "themes", "layouts", "archetypes"].iter().any(|name| folder.join(name).is_dir())
}

impl Site {
    /// Reads the configuration of the site at a root. What is broken in it is a problem of the site, not an error.
    #[must_use]
    pub fn read(root: &Path) -> Site {
        let mut site = Site { root: Some(root.to_owned()), ..Site::default() };
        let mut settings = Map::new();
        for (file, prefix) in config_files(root) {
            match read_config(&file) {
                Ok(map) => merge(&mut settings, map, prefix.as_deref()),
                Err(error) => site.problem = Some(Clean::cut(&format!("{}: {error}", file.display()), 300)),
            }
        }
        site.apply(&settings);
        site.markup = markup::read(&settings, config_name(root).unwrap_or_default());
        site.content.retain(|folder| folder.is_dir());
        if site.content.is_empty() {
            site.content = vec![root.to_owned()];
        }
        site
    }

    /// Reads settings that are given as text, for a site that is not on disk.
    #[must_use]
    pub fn of(yaml: &str) -> Site {
        let mut site = Site::default();
        match front_matter::yaml(yaml) {
            Ok(map) => {
                site.apply(&map);
                site.markup = markup::read(&map, "");
            }
            Err(error) => site.problem = Some(Clean::cut(&error, 300)),
        }
        site
    }

    fn apply(&mut self, settings: &Map<String, Value>) {
        let string = |key: &str| settings.get(key).and_then(scalar);
        self.title = Clean::line(&string("title").unwrap_or_default());
        let base = string("baseurl").or_else(|| string("base_url")).or_else(|| string("url")).unwrap_or_default();
        self.base = Url::parse(&base).ok().filter(Url::has_host);
        if let Some(zone) = string("timezone").and_then(|name| TimeZone::get(&name).ok()) {
            self.zone = zone;
        }
        if let Some(root) = &self.root {
            let folder = string("contentdir").unwrap_or_else(|| "content".to_owned());
            self.content = vec![root.join(folder)];
        }
        self.permalinks = permalinks(settings.get("permalinks"));
        if let Some(root) = &self.root {
            self.layouts = Layouts::of(root, settings);
        }
        let said = |name: &str| (name.to_owned(), field(settings, name).map_or_else(Default::default, of_settings));
        self.said = ["params", "copyright", "languagecode"].map(said).into();
    }

    /// Where the page of a post is published: a path from the site's root, with `/` at its ends, or a file name for ugly ones.
    #[must_use]
    pub fn permalink(&self, naming: &Naming) -> String {
        if let Some(url) = naming.url {
            let path = Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.path().to_owned());
            return format!("/{}", path.trim_start_matches('/'));
        }
        let stem = content_stem(naming.path);
        let section = stem.split_once('/').map_or("", |(section, _)| section);
        let pattern =
            self.permalinks.iter().find(|(name, _)| name.trim_matches('/') == section).map(|(_, pattern)| pattern);
        let path = match pattern {
            Some(pattern) => expand(pattern, naming, &stem),
            None => match (naming.slug, stem.rsplit_once('/')) {
                (Some(slug), Some((folder, _))) => format!("{}/{}", path_name(folder), path_name(slug)),
                (Some(slug), None) => path_name(slug),
                (None, _) => path_name(&stem),
            },
        };
        let path = path.trim_matches('/');
        if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
    }

    /// The whole address of a path on the published site.
    #[must_use]
    pub fn address(&self, path: &str) -> Option<Url> {
        let base = self.base.as_ref()?;
        base.join(&format!("{}{}", base.path().trim_end_matches('/'), path)).ok()
    }

    /// The path of an address on this site, or none when it is another's.
    #[must_use]
    pub fn own_path<'a>(&self, url: &'a Url) -> Option<&'a str> {
        let base = self.base.as_ref()?;
        let host = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
        if !matches!(url.scheme(), "http" | "https") || host(url) != host(base) {
            return None;
        }
        url.path().strip_prefix(base.path().trim_end_matches('/'))
    }
}

/// The name of the file that holds the whole configuration, where there is one.
fn config_name(root: &Path) -> Option<&'static str> {
    CONFIG_FILES.into_iter().find(|name| root.join(name).is_file())
}

/// The configuration files of a site, each with the key that its settings belong under.
fn config_files(root: &Path) -> Vec<(PathBuf, Option<String>)> {
    let mut files: Vec<(PathBuf, Option<String>)> = Vec::new();
    if let Some(name) = config_name(root) {
        files.push((root.join(name), None));
    }
    let Ok(folder) = root.join(CONFIG_FOLDER).read_dir() else { return files };
    let mut parts: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    parts.sort();
    for part in parts {
        let stem = part.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_lowercase();
        let is_whole = matches!(stem.as_str(), "hugo" | "config");
        files.push((part, (!is_whole).then_some(stem)));
    }
    files
}

fn read_config(file: &Path) -> Result<Map<String, Value>, String> {
    let bytes = source::read(file, source::HEAD).map_err(|error| error.to_string())?;
    let text = source::decode(bytes, source::Choice::Guess).text;
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "toml" => front_matter::toml(&text),
        "yaml" | "yml" => front_matter::yaml(&text),
        "json" => front_matter::json(&text),
        _ => Ok(Map::new()),
    }
}

fn merge(settings: &mut Map<String, Value>, map: Map<String, Value>, prefix: Option<&str>) {
    match prefix {
        Some(key) => {
            settings.insert(key.to_owned(), Value::Object(map));
        }
        None => settings.extend(map),
    }
}

fn of_settings(value: &Value) -> template::Value {
    layouts::value(value, Keys::Lower)
}

/// Hugo knows two forms: section to pattern, and since 0.115 kind of page to section to pattern.
fn permalinks(value: Option<&Value>) -> Vec<(String, String)> {
    let Some(Value::Object(map)) = value else { return Vec::new() };
    let of_pages = map.get("page").and_then(Value::as_object);
    map.iter()
        .chain(of_pages.into_iter().flatten())
        .filter_map(|(section, pattern)| Some((section.clone(), pattern.as_str()?.to_owned())))
        .collect()
}

/// The path of a post without its extension; a bundle is named by its folder.
#[must_use]
pub fn content_stem(path: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    match (folder, stem) {
        (folder, "index" | "_index") => folder.to_owned(),
        ("", stem) => stem.to_owned(),
        (folder, stem) => format!("{folder}/{stem}"),
    }
}

/// Puts values in the places of a permalink pattern such as `/post/:year/:month/:slug/`.
fn expand(pattern: &str, naming: &Naming, stem: &str) -> String {
    let mut path = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        path.push_str(&rest[..at]);
        let name_end = rest[at + 1..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .map_or(rest.len(), |end| at + 1 + end);
        let name = &rest[at + 1..name_end];
        rest = &rest[name_end..];
        let slice = rest.starts_with('[').then(|| rest.find(']')).flatten().map(|end| &rest[1..end]);
        rest = slice.map_or(rest, |slice| &rest[slice.len() + 2..]);
        path.push_str(&value(name, slice, naming, stem));
    }
    path.push_str(rest);
    path
}

fn value(name: &str, slice: Option<&str>, naming: &Naming, stem: &str) -> String {
    let date = |format: &str| naming.date.map_or_else(|| "0001".to_owned(), |date| date.part(format));
    let folder = stem.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = stem.rsplit('/').next().unwrap_or(stem);
    match name {
        "year" => date("%Y"),
        "month" => date("%m"),
        "day" => date("%d"),
        "monthname" => date("%B"),
        "weekday" => date("%w"),
        "weekdayname" => date("%A"),
        "yearday" => date("%-j"),
        "hour" => date("%H"),
        "minute" => date("%M"),
        "second" => date("%S"),
        "section" => path_name(folder.split('/').next().unwrap_or_default()),
        "sections" => sliced(&path_name(folder), slice),
        "title" => path_name(naming.title),
        "slug" => path_name(naming.slug.unwrap_or(naming.title)),
        "filename" | "contentbasename" => path_name(base),
        "slugorfilename" | "slugorcontentbasename" => path_name(naming.slug.unwrap_or(base)),
        _ => String::new(),
    }
}

/// `[1:]`, `[:2]`, `[0]`, `[last]` of a path's parts.
fn sliced(path: &str, slice: Option<&str>) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some(slice) = slice else { return parts.join("/") };
    let index = |written: &str, absent: usize| match written {
        "" => absent,
        "last" => parts.len().saturating_sub(1),
        number => number.parse().unwrap_or(absent),
    };
    let (start, end) = match slice.split_once(':') {
        Some((start, end)) => (index(start, 0), index(end, parts.len())),
        None => (index(slice, 0), index(slice, 0) + 1),
    };
    parts.get(start..end.min(parts.len())).unwrap_or_default().join("/")
}

/// A name as it stands in a path of the site: lower case, blanks as `-`, without the marks that Hugo takes out.
#[must_use]
pub fn path_name(name: &str) -> String {
    let mut path = String::with_capacity(name.len());
    for c in name.trim().chars().flat_map(char::to_lowercase) {
        match c {
            ' ' | '-' if (!path.ends_with('-') || c == '-') => {
                path.push('-');
            }
            '.' | '/' | '_' | '#' | '+' | '~' | '@' => path.push(c),
            c if c.is_alphanumeric() || is_mark(c) => path.push(c),
            _ => {}
        }
    }
    path
}

/// Combining marks are part of the letters before them.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x3099 | 0x309a | 0xfe00..=0xfe0f)
}

/// A path below a folder as text with `/` between its parts, for matching; none when it is not below it.
#[must_use]
pub fn relative(path: &Path, folder: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let parts: Vec<_> = below
        .components()
        .filter_map(|part| if let Component::Normal(name) = part { Some(name.to_string_lossy()) } else { None })
        .collect();
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cjk::SoftBreaks;

    fn check(settings: &str, path: &str, slug: Option<&str>, expected: &str) {
        let site = Site::of(settings);
        let date = Date::parse("2017-11-02T01:33:34+09:00", &TimeZone::UTC);
        let naming = Naming { path, title: "SRE になった!", slug, url: None, date: date.as_ref() };
        assert_eq!(site.permalink(&naming), expected, "{settings} {path}");
    }

    #[test]
    fn permalinks_are_those_of_hugo() {
        check("", "post/2017/sre.md", None, "/post/2017/sre/");
        check("", "post/My Post/index.md", None, "/post/my-post/");
        check("", "about.md", None, "/about/");
        check("", "_index.md", None, "/");
        check("", "post/a.md", Some("b"), "/post/b/");
        let dated = "permalinks:\n  post: /post/:year/:month/:day/:filename/";
        check(dated, "post/2017/sre.md", None, "/post/2017/11/02/sre/");
        check(dated, "post/2017/sre/index.md", None, "/post/2017/11/02/sre/");
        check(dated, "note/sre.md", None, "/note/sre/");
        check("permalinks: {post: ':year/:slug'}", "post/a.md", Some("x"), "/2017/x/");
        check("permalinks: {post: ':year/:slug'}", "post/a.md", None, "/2017/sre-になった/");
        check("permalinks: {page: {post: '/p/:slugorcontentbasename'}}", "post/a.md", None, "/p/a/");
        check("permalinks: {post: '/:sections[1:]/:filename'}", "post/x/y/a.md", None, "/x/y/a/");
    }

    #[test]
    fn split_settings_are_read() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(CONFIG_FOLDER);
        std::fs::create_dir_all(&folder).unwrap();
        let markup = "[goldmark.extensions.CJK]\nenable = true\neastAsianLineBreaks = true\n";
        std::fs::write(folder.join("markup.toml"), markup).unwrap();
        assert_eq!(Site::read(root.path()).markup.cjk.soft_breaks, SoftBreaks::Simple);
    }

    #[test]
    fn own_addresses_are_known() {
        let site = Site::of("baseURL: https://example.com/blog/");
        let own = |url: &str| site.own_path(&Url::parse(url).unwrap()).map(str::to_owned);
        assert_eq!(own("http://www.example.com/blog/post/a/").as_deref(), Some("/post/a/"));
        assert_eq!(own("https://example.org/blog/post/a/"), None);
        assert_eq!(own("https://example.com/other/"), None);
        assert_eq!(site.address("/post/a/").unwrap().as_str(), "https://example.com/blog/post/a/");
    }
}
