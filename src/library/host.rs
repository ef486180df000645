//! What the templates of a site may ask while one of its posts is read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::cascade::Cascades;
use super::front_matter::{self, Split, split};
use super::layouts::{Keys, data, entries, value};
use super::site::Site;
use super::site::permalink::{content_stem, path_name};
use super::{Library, Post, marshal, pages, scan, source};
use crate::template::placeholder::without_forgeries;
use crate::template::{Host, Page, Resource, Template, Value};

/// How many files of a bundle are looked at, and how deep.
const MOST_RESOURCES: usize = 2_000;
const DEEPEST: usize = 4;

/// The longest of them whose words are taken, in bytes.
const LONGEST_RESOURCE: u64 = 64 * 1024;

/// The site of a library, seen from one of its posts.
pub struct SiteOfPost<'a> {
    site: &'a Site,
    cascades: &'a Cascades,
    post: &'a Post,
    parts: &'a Split<'a>,
    page: OnceLock<Arc<Page>>,
}

impl Library {
    /// What the templates of the site may ask while a post is read, whose text comes in its parts.
    #[must_use]
    pub fn host<'a>(&'a self, post: &'a Post, parts: &'a Split<'a>) -> SiteOfPost<'a> {
        SiteOfPost { site: &self.site, cascades: &self.cascades, post, parts, page: OnceLock::new() }
    }
}

impl Host for SiteOfPost<'_> {
    fn shortcode(&self, name: &str) -> Option<Arc<Template>> {
        self.site.layouts.shortcode(name, &self.post.language)
    }

    fn partial(&self, path: &str) -> Option<Arc<Template>> {
        self.site.layouts.partial(path, &self.post.language)
    }

    fn page(&self) -> Arc<Page> {
        let page = || {
            let block = self.parts.block;
            let fields = block.map(|(format, block)| front_matter::parse(format, block)).unwrap_or_default();
            Arc::new(pages::of_post(self.site, self.cascades, self.post, fields))
        };
        self.page.get_or_init(page).clone()
    }

    fn find_page(&self, path: &str) -> Option<Arc<Page>> {
        let path = path.trim_end_matches('/');
        let folder = self.post.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let language = self.post.path.split_once('/').map_or("", |(first, _)| first);
        let rooted = path.trim_start_matches('/');
        // The content of a language may lie in a folder of its own.
        let mut starts = vec![rooted.to_owned(), format!("{language}/{rooted}")];
        if rooted == path {
            starts.insert(0, format!("{folder}/{path}"));
        }
        let forms = ["", ".md", "/index.md", "/_index.md"];
        let names = starts.iter().flat_map(|start| forms.iter().map(move |form| format!("{start}{form}")));
        let is_page = |name: &String| scan::is_markdown(Path::new(name)) && !name.contains("..");
        names.filter(is_page).find_map(|name| self.page_of(&name)).or_else(|| {
            // Hugo knows pages by paths in lower case.
            let called = |page: &Page| path_name(&content_stem(&page.file));
            let wanted = starts.iter().map(|start| path_name(start.trim_start_matches('/'))).collect::<Vec<_>>();
            self.pages()?.iter().find(|page| wanted.contains(&called(page))).cloned()
        })
    }

    fn resources(&self, page: &Page) -> Vec<Resource> {
        let stem = page.file.rsplit('/').next().unwrap_or_default();
        let depth = match stem.split('.').next() {
            Some("index") => DEEPEST,
            Some("_index") => 0,
            _ => return Vec::new(),
        };
        let Some(folder) = self.page_file(&page.file).and_then(|file| file.parent().map(Path::to_path_buf)) else {
            return Vec::new();
        };
        let mut names = Vec::new();
        gather(&folder, "", depth, &mut names);
        let resource = |name: String| Resource {
            relative: format!("{}{name}", page.relative),
            address: format!("{}{name}", page.address),
            page: Some(page.file.clone()),
            name,
        };
        names.into_iter().map(resource).collect()
    }

    fn asset(&self, path: &str) -> Option<Resource> {
        self.site.layouts.asset(path)?;
        let (relative, address) = pages::addresses(self.site, &format!("/{path}"));
        Some(Resource { name: path.to_owned(), relative, address, page: None })
    }

    fn file(&self, path: &str) -> Option<String> {
        let path = path.trim_start_matches('/');
        let is_plain = !path.is_empty() && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        let root = self.site.root.as_ref().filter(|_| is_plain)?;
        let folders = std::iter::once(root).chain(self.site.content.iter().map(|folder| &folder.path));
        let text = folders
            .map(|folder| folder.join(path))
            .filter(|file| file.is_file())
            .find_map(|file| self.site.layouts.text(&file, LONGEST_RESOURCE))?;
        (!text.contains('\0')).then(|| without_forgeries(&text).into_owned())
    }

    fn content(&self, resource: &Resource) -> Option<String> {
        let text = self.site.layouts.text(&self.file_of(resource)?, LONGEST_RESOURCE)?;
        (!text.contains('\0')).then(|| without_forgeries(&text).into_owned())
    }

    fn raw(&self, page: &Page) -> Option<String> {
        if page.file == self.post.path {
            return Some(without_forgeries(self.parts.body).into_owned());
        }
        let text = self.site.layouts.text(&self.page_file(&page.file)?, source::HEAD)?;
        Some(without_forgeries(split(&text).body).into_owned())
    }

    fn pages(&self) -> Option<Arc<Vec<Arc<Page>>>> {
        let language = &*self.post.language;
        self.site.layouts.pages(language, || pages::all(self.site, language))
    }

    fn parsed(&self, text: &str) -> Option<Value> {
        marshal::parsed(text).map(|data| value(&data, Keys::Written))
    }

    fn written(&self, value: &Value, format: &str) -> Option<String> {
        marshal::written(&data(value, 0)?, format).map(|text| without_forgeries(&text).into_owned())
    }

    fn rewritten(&self, text: &str, format: &str) -> Option<String> {
        marshal::rewritten(text, format).map(|text| without_forgeries(&text).into_owned())
    }

    fn site(&self, name: &str) -> Value {
        match name {
            "title" => Value::text(&*self.site.title),
            "baseurl" => Value::text(
                self.site
                    .base
                    .as_ref()
                    .map_or_else(String::new, |base| format!("{}/", base.as_str().trim_end_matches('/'))),
            ),
            "data" => self.site.layouts.data(),
            "i18n" => self.site.layouts.words(&self.post.language),
            "language" => {
                // Hugo's own default.
                let lang = Value::text(if self.post.language.is_empty() { "en" } else { &*self.post.language });
                Value::map([("Lang".to_owned(), lang.clone()), ("LanguageCode".to_owned(), lang)])
            }
            name => self.site.said.get(name).cloned().unwrap_or(Value::Unknown),
        }
    }
}

impl SiteOfPost<'_> {
    /// The file of a path below the content folders.
    fn page_file(&self, path: &str) -> Option<PathBuf> {
        let below = |under: &str| path.strip_prefix(under).map(|rest| rest.trim_start_matches('/'));
        let candidates = self.site.content.iter().filter_map(|folder| Some(folder.path.join(below(&folder.under)?)));
        candidates.filter(|file| file.is_file()).find_map(|file| self.site.layouts.real(&file))
    }

    fn page_of(&self, path: &str) -> Option<Arc<Page>> {
        pages::at(self.site, self.cascades, &self.page_file(path)?).map(Arc::new)
    }

    /// The file of something that belongs to a page or to the site.
    fn file_of(&self, resource: &Resource) -> Option<PathBuf> {
        match &resource.page {
            Some(page) => self.site.layouts.real(&self.page_file(page)?.parent()?.join(&resource.name)),
            None => self.site.layouts.asset(&resource.name),
        }
    }
}

/// The names of the files below a folder that are no pages, with `/` between their parts.
fn gather(folder: &Path, below: &str, depth: usize, names: &mut Vec<String>) {
    for path in entries(folder) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if names.len() >= MOST_RESOURCES || name.starts_with('.') {
            continue;
        }
        let name = format!("{below}{name}");
        if path.is_file() && !scan::is_markdown(&path) {
            names.push(name);
        } else if depth > 0 && path.is_dir() {
            gather(&path, &format!("{name}/"), depth - 1, names);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::PostId;

    /// A site in a folder: files by their paths, `post/a/index.md` among them.
    fn site(files: &[(&str, &str)]) -> (tempfile::TempDir, Library) {
        let root = tempfile::tempdir().unwrap();
        let own = [
            ("hugo.yaml", "baseURL: https://example.com/blog\ntheme: t\nparams: {Tag: x}\ndefaultContentLanguage: ja"),
            ("content/post/a/index.md", "---\ntitle: A\ndate: 2020-01-02\nCover: c.png\nparams: {own: 1}\n---\nbody"),
        ];
        for (path, text) in own.iter().chain(files) {
            let file = root.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let library = Library::open_alone(&root.path().join("content/post/a/index.md"), None).unwrap();
        (root, library)
    }

    fn with_host(library: &Library, check: impl FnOnce(&SiteOfPost)) {
        let post = library.post(PostId(0)).unwrap();
        let text = library.text(post).unwrap();
        check(&library.host(post, &split(&text)));
    }

    #[test]
    fn templates_are_the_sites_own_before_those_of_its_theme() {
        let own = "layouts/shortcodes/s.html";
        let theme = "themes/t/layouts/shortcodes/s.html";
        let plain = "layouts/_shortcodes/n.md";
        let nested = "layouts/shortcodes/a/b.html";
        let (_root, library) = site(&[
            (own, "own"),
            (theme, "theme"),
            ("themes/t/layouts/_shortcodes/x.html", "x"),
            ("themes/other/layouts/shortcodes/y.html", "y"),
            ("_vendor/example.com/m/layouts/shortcodes/z.html", "z"),
            (plain, "n"),
            (nested, "b"),
            ("layouts/partials/p/q.html", "q"),
            ("layouts/shortcodes/broken.html", "{{ if }}"),
            ("layouts/shortcodes/only.rss.xml", "rss"),
            ("secret.html", "no"),
        ]);
        with_host(&library, |host| {
            let is_there = |name: &str| host.shortcode(name).is_some();
            assert_eq!(["s", "x", "z", "n", "a/b"].map(is_there), [true; 5]);
            let none = ["y", "broken", "only", "../../secret", "/etc/passwd", "", "none"].map(is_there);
            assert_eq!(none, [false; 7]);
            assert!(host.partial("p/q.html").is_some() && host.partial("p/q").is_some());
        });
        assert!(library.site.layouts.shortcode("s", "").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_site_are_not_followed() {
        let (root, library) = site(&[("layouts/shortcodes/a.html", "a")]);
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("out.html"), "out").unwrap();
        let link = root.path().join("layouts/shortcodes/out.html");
        std::os::unix::fs::symlink(outside.path().join("out.html"), link).unwrap();
        std::os::unix::fs::symlink(outside.path(), root.path().join("data")).unwrap();
        with_host(&library, |host| {
            assert!(host.shortcode("out").is_none() && host.shortcode("a").is_some());
            assert!(!matches!(host.site("data"), Value::Map(map) if !map.is_empty()));
        });
    }

    #[test]
    fn the_page_and_the_site_say_what_they_are() {
        let (_root, library) = site(&[
            ("data/books/go.yaml", "Key: {title: Go}"),
            ("data/list.json", "[1, 2]"),
            ("data/broken.toml", "= ="),
            ("i18n/ja.toml", "[note]\nother = \"注\"\n[count]\nother = \"{{ .Count }}\""),
            ("content/post/a/cover.png", ""),
            ("content/post/a/img/b.jpg", ""),
            ("content/post/a/part.md", ""),
            ("content/post/b.md", "---\ntitle: B\n---\nb"),
            ("assets/logo.svg", ""),
        ]);
        with_host(&library, |host| {
            let page = host.page();
            assert_eq!((page.title.as_str(), page.relative.as_str()), ("A", "/blog/post/a/"));
            assert_eq!(page.date.and_then(|date| date.format("2006-01-02")).as_deref(), Some("2020-01-02"));
            let fields = page.fields.printed();
            assert_eq!(fields, None, "a date in it is not known");
            let Value::Map(fields) = &page.fields else { panic!("no map") };
            assert_eq!((fields["cover"].string().as_deref(), fields["own"].int()), (Some("c.png"), Some(1)));
            let names: Vec<String> = host.resources(&page).into_iter().map(|resource| resource.relative).collect();
            assert_eq!(names, ["/blog/post/a/cover.png", "/blog/post/a/img/b.jpg"]);
            assert_eq!(host.find_page("/post/b").map(|page| page.title.clone()).as_deref(), Some("B"));
            assert_eq!(host.find_page("../b").map(|page| page.title.clone()), None);
            assert_eq!(host.asset("logo.svg").map(|asset| asset.relative).as_deref(), Some("/blog/logo.svg"));
            assert!(host.asset("../hugo.yaml").is_none());
            assert_eq!(host.file("/data/list.json").as_deref(), Some("[1, 2]"));
            assert_eq!(host.file("post/b.md").as_deref(), Some("---\ntitle: B\n---\nb"));
            for outside in ["", "../x", "data/../hugo.yaml", ".git/config", "none"] {
                assert_eq!(host.file(outside), None, "{outside}");
            }
            assert_eq!(host.site("params").printed().as_deref(), Some("map[tag:x]"));
            assert_eq!(host.site("baseurl").string().as_deref(), Some("https://example.com/blog/"));
            let Value::Map(data) = host.site("data") else { panic!("no data") };
            assert_eq!(data["books"].printed().as_deref(), Some("map[go:map[Key:map[title:Go]]]"));
            assert_eq!(data["list"].printed().as_deref(), Some("[1 2]"));
            assert!(data["broken"].is_unknown());
            let Value::Map(words) = host.site("i18n") else { panic!("no words") };
            assert_eq!(words["note"].string().as_deref(), Some("注"));
            assert!(words["count"].is_unknown());
        });
        let post = library.post(PostId(0)).unwrap();
        let resolved = library.resolve(post, "/blog/post/a/cover.png");
        let expected = crate::library::Destination::Elsewhere("https://example.com/blog/post/a/cover.png".into());
        assert_eq!(resolved, expected);
    }
}
