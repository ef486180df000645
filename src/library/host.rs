//! What the templates of a site may ask while one of its posts is read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::date::Date;
use super::front_matter::{self, Split, split};
use super::layouts::{Keys, entries, value};
use super::site::{Naming, Site, content_stem};
use super::{Library, Post, scan, source};
use crate::template::{Host, Moment, Page, Resource, Template, Value};

/// How many files of a bundle are looked at, and how deep.
const MOST_RESOURCES: usize = 2_000;
const DEEPEST: usize = 4;

/// The site of a library, seen from one of its posts.
pub struct SiteOfPost<'a> {
    site: &'a Site,
    post: &'a Post,
    parts: &'a Split<'a>,
    page: OnceLock<Arc<Page>>,
}

impl Library {
    /// What the templates of the site may ask while a post is read, whose text comes in its parts.
    #[must_use]
    pub fn host<'a>(&'a self, post: &'a Post, parts: &'a Split<'a>) -> SiteOfPost<'a> {
        SiteOfPost { site: &self.site, post, parts, page: OnceLock::new() }
    }
}

impl Host for SiteOfPost<'_> {
    fn shortcode(&self, name: &str) -> Option<Arc<Template>> {
        self.site.layouts.shortcode(name)
    }

    fn partial(&self, path: &str) -> Option<Arc<Template>> {
        self.site.layouts.partial(path)
    }

    fn page(&self) -> Arc<Page> {
        let page = || {
            let post = self.post;
            let date = post.date.as_ref().map(Date::moment);
            Arc::new(page(self.site, &post.path, &post.title, &post.permalink, date, self.parts))
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
        names.filter(is_page).find_map(|name| self.page_of(&name))
    }

    fn resources(&self, page: &Page) -> Vec<Resource> {
        let stem = page.file.rsplit('/').next().unwrap_or_default();
        let depth = match stem.split('.').next() {
            Some("index") => DEEPEST,
            Some("_index") => 0,
            _ => return Vec::new(),
        };
        let Some(folder) = self.file(&page.file).and_then(|file| file.parent().map(Path::to_path_buf)) else {
            return Vec::new();
        };
        let mut names = Vec::new();
        gather(&folder, "", depth, &mut names);
        let resource = |name: String| Resource {
            relative: format!("{}{name}", page.relative),
            address: format!("{}{name}", page.address),
            name,
        };
        names.into_iter().map(resource).collect()
    }

    fn asset(&self, path: &str) -> Option<Resource> {
        let is_plain = !path.is_empty() && !path.contains("..");
        (is_plain && self.site.layouts.has_asset(path)).then(|| {
            let (relative, address) = addresses(self.site, &format!("/{path}"));
            Resource { name: path.to_owned(), relative, address }
        })
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
            "i18n" => self.site.layouts.words(),
            name => self.site.said.get(name).cloned().unwrap_or(Value::Unknown),
        }
    }
}

impl SiteOfPost<'_> {
    /// The file of a path below the content folders.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let candidates = self.site.content.iter().map(|folder| folder.join(path));
        candidates.filter(|file| file.is_file()).find_map(|file| self.site.layouts.real(&file))
    }

    fn page_of(&self, path: &str) -> Option<Arc<Page>> {
        let text = self.site.layouts.text(&self.file(path)?, source::HEAD)?;
        let parts = split(&text);
        let fields = parts.block.map(|(format, block)| front_matter::parse(format, block)).unwrap_or_default();
        let stem = content_stem(path);
        let title = fields.string("title").unwrap_or_else(|| stem.rsplit('/').next().unwrap_or_default().to_owned());
        let date = fields.date(&["date", "publishdate", "lastmod"], &self.site.zone);
        let (slug, url) = (fields.string("slug"), fields.string("url"));
        let naming = Naming { path, title: &title, slug: slug.as_deref(), url: url.as_deref(), date: date.as_ref() };
        let permalink = self.site.permalink(&naming);
        Some(Arc::new(page(self.site, path, &title, &permalink, date.as_ref().map(Date::moment), &parts)))
    }
}

/// A page as templates see it.
fn page(site: &Site, file: &str, title: &str, permalink: &str, date: Option<Moment>, parts: &Split) -> Page {
    let fields = parts.block.map(|(format, block)| front_matter::parse(format, block)).unwrap_or_default();
    let (relative, address) = addresses(site, permalink);
    Page {
        title: title.to_owned(),
        date,
        relative,
        address,
        file: file.to_owned(),
        fields: params(&fields),
        raw: crate::template::placeholder::without_forgeries(parts.body).into(),
    }
}

/// The front matter as Hugo's `.Params`: what stands below `params` belongs to them too, and dates are no strings there.
fn params(fields: &front_matter::Fields) -> Value {
    let Value::Map(map) = value(&fields.all(), Keys::Lower) else { return Value::Nil };
    let mut params = (*map).clone();
    if let Some(Value::Map(own)) = params.remove("params") {
        params.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    for key in ["date", "lastmod", "publishdate", "expirydate"] {
        if let Some(date) = params.get_mut(key) {
            *date = Value::Unknown;
        }
    }
    Value::map(params)
}

/// A path of the site from the root of its host, and its whole address.
fn addresses(site: &Site, path: &str) -> (String, String) {
    let below = site.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
    (format!("{below}{path}"), site.address(path).map(String::from).unwrap_or_default())
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
