//! The site's own settings: where its posts lie, what their pages are called, whose links are its own.

mod config;
mod dates;
pub mod folders;
mod jekyll;
pub mod maker;
mod markup;
mod patterns;
pub mod permalink;
mod published;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use regex_lite::Regex;
use serde_json::Value;
use url::Url;

use super::Problem;
pub use super::below::{plainly_below, relative};
use super::front_matter::scalar;
use super::layouts::{self, Keys, Layouts};
use crate::messages;
use crate::template;
use crate::text::Clean;
use crate::text::markup::MarkupSettings;
use config::Config;
use folders::{Folder, Languages};
use maker::Maker;
use patterns::{POSTS, Patterns};
use permalink::{Naming, cased_name, content_stem};

/// How deep below its root a site is recognised from one of its files.
const FARTHEST_ROOT: usize = 12;

/// What is known of a site. A bare folder of posts has a site too: one that says nothing.
#[derive(Debug, Clone)]
pub struct Site {
    pub root: Option<PathBuf>,
    pub maker: Maker,
    pub title: Clean,
    pub base: Option<Url>,
    /// The folders that hold the posts.
    pub content: Vec<Folder>,
    /// The folders whose files the site publishes as they are, and where it puts them.
    pub published: Vec<Folder>,
    pub languages: Languages,
    /// The zone of dates that name none.
    pub zone: TimeZone,
    pub markup: MarkupSettings,
    /// The keys of front matter whose values sort the posts, beside the tags.
    pub taxonomies: Vec<String>,
    /// Where a post has its date: keys of front matter, and `:filename`.
    pub dates: Vec<String>,
    /// Front matter that the settings give to pages; see Hugo's `cascade`.
    pub cascade: Option<Value>,
    /// Which files are no posts.
    pub ignored: Vec<Regex>,
    pub problems: Vec<Problem>,
    permalinks: Patterns,
    casing: Casing,
    pub layouts: Layouts,
    /// The settings that templates may ask for, by their names in lower case.
    pub said: BTreeMap<String, template::Value>,
    ugly: Ugly,
}

/// In which case names stand in addresses.
#[derive(Debug, Clone, Copy)]
enum Casing {
    Lower,
    AsWritten,
}

/// Whose pages are files rather than folders: `/post/a.html`.
#[derive(Debug, Clone, Default)]
enum Ugly {
    #[default]
    None,
    All,
    Sections(Vec<String>),
}

impl Default for Site {
    fn default() -> Site {
        Site {
            root: None,
            maker: Maker::None,
            title: Clean::default(),
            base: None,
            content: Vec::new(),
            published: Vec::new(),
            languages: Languages::default(),
            zone: TimeZone::UTC,
            markup: markup::unset(),
            taxonomies: ["categories", "series"].map(str::to_owned).into(),
            dates: dates::usual(),
            cascade: None,
            ignored: Vec::new(),
            problems: Vec::new(),
            permalinks: Patterns::default(),
            casing: Casing::Lower,
            layouts: Layouts::default(),
            said: BTreeMap::new(),
            ugly: Ugly::None,
        }
    }
}

/// The root of the site that a path belongs to: the path itself, or the nearest folder above it that is one. A vault or the like that
/// lies in the content of a site with settings is part of that site.
#[must_use]
pub fn find_root(path: &Path) -> Option<PathBuf> {
    let folders = path.ancestors().skip(usize::from(path.is_file()));
    let mut roots = folders.take(FARTHEST_ROOT).map(|folder| (folder, Maker::of(folder)));
    let (nearest, maker) = roots.find(|(_, maker)| *maker != Maker::None)?;
    let holds = |(folder, maker): &(&Path, Maker)| {
        maker.has_settings() && maker.folders().iter().any(|content| nearest.starts_with(folder.join(content)))
    };
    let around = if maker.has_settings() { None } else { roots.find(holds) };
    Some(around.map_or(nearest, |(folder, _)| folder).to_owned())
}

/// Whether a folder is the root of a site: settings, and posts beside them, or the layout of a program that has none.
#[must_use]
pub fn is_root(folder: &Path) -> bool {
    Maker::of(folder) != Maker::None
}

impl Site {
    /// Reads the configuration of the site at a root. What is broken in it is a problem of the site, not an error.
    #[must_use]
    pub fn read(root: &Path) -> Site {
        let mut config = Config::read(root);
        let mut site = Site { root: Some(root.to_owned()), maker: Maker::of(root), ..Site::default() };
        if let Some(address) = site.maker.address(root) {
            config.settings.insert("baseurl".to_owned(), address.into());
        }
        site.apply(&mut config);
        site.content = folders::folders(root, site.maker, &mut config, &site.languages);
        site.published = published::folders(root, site.maker, &config);
        site.problems = config.problems;
        site
    }

    /// Reads Hugo's settings from YAML, for a site that is not on disk.
    #[must_use]
    pub fn of(yaml: &str) -> Site {
        let mut site = Site { maker: Maker::Hugo, ..Site::default() };
        let mut config = Config::of(yaml);
        site.apply(&mut config);
        site.problems = config.problems;
        site
    }

    /// All that bears on what is read of a post, to be compared by how it is written. Layouts are asked when a post is opened.
    pub(super) fn bearing(&self) -> impl std::fmt::Debug + '_ {
        #[rustfmt::skip]
        let Site {
            root, maker, title, base, content, published, languages, zone, markup, taxonomies, dates, cascade, ignored, permalinks, casing, ugly, said,
            problems: _, layouts: _,
        } = self;
        let places = (root, maker, title, base, content, published, languages);
        (places, (zone, markup, taxonomies, dates, cascade, ignored, permalinks), (casing, ugly, said))
    }

    fn apply(&mut self, config: &mut Config) {
        self.languages = Languages::of(config);
        let of_language = config.at(&["languages", &self.languages.default, "title"]).and_then(scalar);
        self.title = Clean::line(&config.string("title").or(of_language).unwrap_or_default());
        self.base = base(self.maker, config);
        if let Some(name) = config.string("timezone") {
            match TimeZone::get(&name) {
                Ok(zone) => self.zone = zone,
                Err(_) => config.complain("timeZone", &messages::no_such_zone(&name)),
            }
        }
        self.markup = markup::read(&config.settings, self.maker);
        self.cascade = config.at(&["cascade"]).cloned();
        self.ignored = ignored(config);
        self.taxonomies = taxonomies(config).unwrap_or_else(|| std::mem::take(&mut self.taxonomies));
        self.dates =
            dates::named(config.at(&["frontmatter", "date"])).unwrap_or_else(|| std::mem::take(&mut self.dates));
        if self.maker == Maker::Jekyll {
            self.cascade = jekyll::defaults(config);
        }
        self.permalinks = Patterns::of(config, &self.languages.known);
        self.casing = match config.at(&["disablepathtolower"]) {
            Some(Value::Bool(true)) => Casing::AsWritten,
            _ => Casing::Lower,
        };
        if let Some(root) = &self.root {
            self.layouts = Layouts::of(root, &config.settings);
        }
        let said = |name: &str| (name.to_owned(), config.at(&[name]).map_or_else(Default::default, of_settings));
        self.said = ["params", "copyright", "languagecode"].map(said).into();
        if matches!(self.maker, Maker::Jekyll | Maker::Hexo) {
            let usual = if self.maker == Maker::Jekyll { "date" } else { "/:year/:month/:day/:title/" };
            let pattern = config.string("permalink").unwrap_or_else(|| usual.to_owned());
            let collections = jekyll::collections(config, &pattern);
            self.permalinks = Patterns::of_posts(pattern, collections);
        }
        self.ugly = match config.at(&["uglyurls"]) {
            Some(Value::Bool(true)) => Ugly::All,
            Some(Value::Object(map)) => Ugly::Sections(
                map.iter().filter(|(_, value)| **value == Value::Bool(true)).map(|(key, _)| key.clone()).collect(),
            ),
            _ => Ugly::None,
        };
    }

    /// Where the page of a post is published: a path from the site's root, with `/` at its ends, or a file name for ugly ones.
    #[must_use]
    pub fn permalink(&self, naming: &Naming) -> String {
        if matches!(self.maker, Maker::Jekyll | Maker::Hexo) {
            return self.permalink_of_post(naming);
        }
        let stem = content_stem(naming.path);
        let section = stem.split_once('/').map_or("", |(section, _)| section);
        let is_page = !permalink::is_section(naming.path);
        let pattern = self.permalinks.of_section(naming.language, section).filter(|_| is_page);
        let path = match pattern {
            Some(pattern) => permalink::patterned(pattern, naming, &stem),
            None => match (naming.slug, stem.rsplit_once('/')) {
                (Some(slug), Some((folder, _))) => format!("{}/{}", cased_name(folder), permalink::slug_name(slug)),
                (Some(slug), None) => permalink::slug_name(slug),
                (None, _) => self.plain_path(&stem),
            },
        };
        let path = self.address_path(&path);
        let path = path.trim_matches('/');
        let is_ugly = match &self.ugly {
            Ugly::None => false,
            Ugly::All => is_page,
            Ugly::Sections(sections) => is_page && sections.iter().any(|name| name == section),
        };
        match path {
            "" => "/".to_owned(),
            path if is_ugly => format!("/{path}.html"),
            path => format!("/{path}/"),
        }
    }

    /// A path as it stands in addresses: no part of it empty, in the case of the site.
    fn address_path(&self, path: &str) -> String {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let path = parts.join("/").replace('#', "%23");
        match self.casing {
            Casing::Lower => path.to_lowercase(),
            Casing::AsWritten => path,
        }
    }

    /// The path that the front matter of a page names: for Hugo what stands in it for parts of the page filled in, and with a slash
    /// at the end unless it names a file.
    #[must_use]
    pub fn written_path(&self, written: &str, naming: &Naming) -> String {
        if self.maker != Maker::Hugo {
            return written.to_owned();
        }
        let holds_parts = written.contains(':');
        let stem = content_stem(naming.path);
        let path = if holds_parts { permalink::expand(written, naming, &stem) } else { written.to_owned() };
        permalink::ended(&path)
    }

    /// The path of a page without a pattern. Zola takes a date off its name.
    fn plain_path(&self, stem: &str) -> String {
        let (folder, base) = stem.rsplit_once('/').map_or(("", stem), |(folder, base)| (folder, base));
        match permalink::dated_name(base) {
            (Some(_), rest) if self.maker == Maker::Zola => cased_name(&format!("{folder}/{rest}")),
            _ => cased_name(stem),
        }
    }

    /// Jekyll and Hexo have a pattern for posts, and Jekyll for each of its collections; a page lies where its file does.
    fn permalink_of_post(&self, naming: &Naming) -> String {
        let is_post = naming.path.split('/').any(|part| matches!(part, "_posts" | "_drafts"));
        let of_posts = self.permalinks.of_section(naming.language, POSTS);
        let pattern = of_posts.filter(|_| is_post);
        let collection = self.permalinks.of_collection(naming.path);
        let path = match (pattern, collection, self.maker) {
            (Some(pattern), _, maker) => permalink::by(maker, pattern, naming),
            (None, Some((pattern, path)), _) => permalink::of_post(pattern, &Naming { path, ..*naming }),
            (None, None, Maker::Jekyll) if content_stem(naming.path) != naming.path.trim_end_matches(".md") => {
                format!("/{}/", content_stem(naming.path))
            }
            (None, None, Maker::Jekyll) => {
                format!("/{}{}", content_stem(naming.path), permalink::end_of_page(of_posts.unwrap_or("date")))
            }
            (None, None, _) => format!("/{}/", content_stem(naming.path)),
        };
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
        format!("/{}{end}", parts.join("/"))
    }

    /// The whole address of a path on the published site.
    #[must_use]
    pub fn address(&self, path: &str) -> Option<Url> {
        let base = self.base.as_ref()?;
        base.join(&format!("{}{}", base.path().trim_end_matches('/'), path)).ok()
    }

    /// The whole address of a path in a language. One with an address of its own has no folder there.
    #[must_use]
    pub fn address_in(&self, language: &str, path: &str) -> Option<Url> {
        let Some((_, base)) = self.languages.bases.iter().find(|(known, _)| known == language) else {
            return self.address(path);
        };
        let folder = format!("/{}", self.languages.folder(language));
        let path = path.strip_prefix(folder.trim_end_matches('/')).filter(|rest| rest.starts_with('/')).unwrap_or(path);
        base.join(&format!("{}{path}", base.path().trim_end_matches('/'))).ok()
    }

    /// The path of an address on this site, or none when it is another's.
    #[must_use]
    pub fn own_path(&self, url: &Url) -> Option<String> {
        let of_language = self.languages.bases.iter().find_map(|(language, base)| {
            let path = below(base, url)?;
            Some(format!("/{}/{}", self.languages.folder(language), path.trim_start_matches('/')))
        });
        of_language.or_else(|| below(self.base.as_ref()?, url).map(str::to_owned))
    }

    /// The place of a file among the site's folders: which one, and its path in it.
    #[must_use]
    pub fn place(&self, file: &Path) -> Option<(&Folder, String)> {
        self.content.iter().find_map(|folder| Some((folder, relative(file, &folder.path)?)))
    }
}

/// The path of an address below another.
fn below<'a>(base: &Url, url: &'a Url) -> Option<&'a str> {
    let host = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
    if !matches!(url.scheme(), "http" | "https") || host(url) != host(base) {
        return None;
    }
    url.path().strip_prefix(base.path().trim_end_matches('/'))
}

/// The address of the site. Jekyll has it in two parts.
fn base(maker: Maker, config: &Config) -> Option<Url> {
    let key = ["baseurl", "base_url", "url"].into_iter().find(|key| config.string(key).is_some())?;
    let written = match maker {
        Maker::Jekyll => format!(
            "{}/{}",
            config.string("url").unwrap_or_default(),
            config.string("baseurl").unwrap_or_default().trim_start_matches('/')
        ),
        _ => config.string(key).unwrap_or_default(),
    };
    let written = if written.starts_with("//") { format!("https:{written}") } else { written };
    Url::parse(&written).ok().filter(Url::has_host)
}

fn ignored(config: &mut Config) -> Vec<Regex> {
    let patterns = folders::strings(config.at(&["ignorefiles"]));
    let mut ignored = Vec::new();
    for pattern in patterns {
        match Regex::new(&pattern) {
            Ok(pattern) => ignored.push(pattern),
            Err(error) => config.complain("ignoreFiles", &error.to_string()),
        }
    }
    ignored
}

/// The keys of the taxonomies: the plural forms of Hugo's table, the names of Zola's list.
fn taxonomies(config: &mut Config) -> Option<Vec<String>> {
    let mut keys: Vec<String> = match config.at(&["taxonomies"])? {
        Value::Object(map) => {
            map.iter().filter(|(key, _)| !key.starts_with('_')).filter_map(|(_, value)| scalar(value)).collect()
        }
        Value::Array(list) => list.iter().filter_map(|one| one.get("name").and_then(scalar)).collect(),
        _ => {
            config.complain("taxonomies", &messages::NOT_A_TABLE);
            return None;
        }
    };
    keys.iter_mut().for_each(|key| *key = key.to_lowercase());
    keys.retain(|key| key != "tags");
    keys.sort();
    Some(keys)
}

fn of_settings(value: &Value) -> template::Value {
    layouts::value(value, Keys::Lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::date::Date;
    use crate::text::cjk::SoftBreaks;

    fn sections(path: &str) -> &str {
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn check(settings: &str, path: &str, slug: Option<&str>, expected: &str) {
        let site = Site::of(settings);
        let date = Date::parse("2017-11-02T01:33:34+09:00", &TimeZone::UTC);
        let naming = Naming {
            path,
            title: "SRE になった!",
            slug,
            date: date.as_ref(),
            categories: &[],
            language: "ja",
            sections: sections(path),
        };
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
        check("permalinks: {post: '/:sections[1:]/:filename'}", "post/a.md", None, "/a/");
        check("permalinks: {post: '/Blog/:monthname/:slug'}", "post/a.md", Some("A/b　C"), "/blog/november/a/b-c/");
        check("permalinks: {post: '/:2006/:Jan/:slug'}", "post/a.md", Some("x"), "/2017/nov/x/");
        check("", "post/C# は.md", None, "/post/c%23-は/");
        check("", "post/C++ (a) & ①.md", None, "/post/c++-a--/");
        check("", "post/a.md", Some("a - (b) ---"), "/post/a-b/");
        check("permalinks: {post: ':year/:slug'}", "post/a.md", Some("C++ と C#"), "/2017/c-と-c/");
        check("permalinks: {post: '/:year/:slug/'}", "post/a.md", Some("C# と x"), "/2017/c%23-と-x/");
        check("permalinks: {post: ':year/:contentbasename'}", "post/a - b_Ⅱ.2.md", None, "/2017/a-b_.2/");
        check("disablePathToLower: true", "Post/My Post.md", None, "/Post/My-Post/");
        let languages = "languages: {ja: {permalinks: {post: '/j/:slug'}}, en: {permalinks: {post: '/e/:slug'}}}";
        check(languages, "post/a.md", Some("x"), "/j/x/");
    }

    #[test]
    fn a_path_that_names_no_file_is_a_folder() {
        let naming = Naming {
            path: "post/a.md",
            title: "題 A",
            slug: None,
            date: None,
            categories: &[],
            language: "",
            sections: "post",
        };
        for (maker, written, expected) in [
            (Maker::Hugo, "/a/b", "/a/b/"),
            (Maker::Hugo, "a//b/", "a/b/"),
            (Maker::Hugo, "/a/b.html", "/a/b.html"),
            (Maker::Hugo, "/v1.2/:title", "/v1.2/題-A/"),
            (Maker::Hugo, "/a/index.html", "/a/"),
            (Maker::Jekyll, "/a/b", "/a/b"),
        ] {
            assert_eq!(
                Site { maker, ..Site::default() }.written_path(written, &naming),
                expected,
                "{maker:?} {written}"
            );
        }
    }

    #[test]
    fn pages_of_jekyll_end_as_its_posts_do() {
        for (settings, path, expected) in [
            ("", "about.md", "/about.html"),
            ("permalink: pretty", "about.md", "/about/"),
            ("permalink: /:year/:title/", "a/about.md", "/a/about/"),
            ("permalink: /:title", "about.md", "/about"),
            ("permalink: pretty", "a/index.md", "/a/"),
            ("permalink: pretty\ncollections: [notes]", "_notes/a.md", "/notes/a/"),
        ] {
            let mut site = Site { maker: Maker::Jekyll, ..Site::default() };
            site.apply(&mut Config::of(settings));
            let naming =
                Naming { path, title: "", slug: None, date: None, categories: &[], language: "", sections: "" };
            assert_eq!(site.permalink(&naming), expected, "{settings} {path}");
        }
    }

    #[test]
    fn split_settings_are_read() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(config::FOLDERS[0]);
        std::fs::create_dir_all(&folder).unwrap();
        let markup = "[goldmark.extensions.CJK]\nenable = true\neastAsianLineBreaks = true\n";
        std::fs::write(folder.join("markup.toml"), markup).unwrap();
        assert_eq!(Site::read(root.path()).markup.cjk.soft_breaks, SoftBreaks::Simple);
    }

    #[test]
    fn the_site_around_a_vault_is_the_root() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["site/content/.obsidian", "site/content/post", "site/notes/.obsidian"] {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        std::fs::write(root.path().join("site/hugo.toml"), "").unwrap();
        for (path, expected) in
            [("site", "site"), ("site/content", "site"), ("site/content/post", "site"), ("site/notes", "site/notes")]
        {
            assert_eq!(find_root(&root.path().join(path)), Some(root.path().join(expected)), "{path}");
        }
    }

    #[test]
    fn own_addresses_are_known() {
        let site = Site::of("baseURL: https://example.com/blog/");
        let own = |url: &str| site.own_path(&Url::parse(url).unwrap());
        assert_eq!(own("http://www.example.com/blog/post/a/").as_deref(), Some("/post/a/"));
        assert_eq!(own("https://example.org/blog/post/a/"), None);
        assert_eq!(own("https://example.com/other/"), None);
        assert_eq!(site.address("/post/a/").unwrap().as_str(), "https://example.com/blog/post/a/");
    }
}
