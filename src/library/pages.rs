//! The pages of a site as its templates see them.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;

use super::cascade::{self, Cascades};
use super::date::Date;
use super::front_matter::{self, Fields, split};
use super::layouts::{Keys, value};
use super::post::{Found, House, Kind, read_post};
use super::site::Site;
use super::source::{self, Choice};
use super::{Post, rules, scan};
use crate::template::{Page, Value, in_order};

/// How many pages are listed; a site with more has none that templates could list.
const MOST_PAGES: usize = 5_000;

/// The page of a post, whose front matter is given.
pub(super) fn of_post(site: &Site, cascades: &Cascades, post: &Post, mut fields: Fields) -> Page {
    cascades.give(cascade::Page { path: post.page(), language: &post.language }, &mut fields);
    let (relative, address) = addresses(site, &post.permalink);
    Page {
        title: post.title.to_string(),
        date: post.date.as_ref().map(Date::moment),
        relative,
        address,
        file: post.path.clone(),
        weight: fields.get("weight").and_then(serde_json::Value::as_i64).unwrap_or(0),
        fields: params(&fields),
    }
}

/// The post and the page of a file, if it lies below the root.
fn of_file(site: &Site, cascades: &Cascades, file: &Path) -> Option<(Post, Page)> {
    let text = site.layouts.text(file, source::HEAD)?;
    let fields = split(&text).block.map(|(format, block)| front_matter::parse(format, block)).unwrap_or_default();
    let post = read_post(Found::file(file.to_owned(), site, file.parent()?, Choice::Guess), House { site, cascades });
    let page = of_post(site, cascades, &post, fields);
    Some((post, page))
}

pub(super) fn at(site: &Site, cascades: &Cascades, file: &Path) -> Option<Page> {
    of_file(site, cascades, file).map(|(_, page)| page)
}

/// The public pages of a language in Hugo's order: by weight, the newest first, then by title. None where there are too many.
pub(super) fn all(site: &Site, language: &str) -> Option<Vec<Arc<Page>>> {
    let mut files = Vec::new();
    for folder in &site.content {
        files.extend(scan::posts(&folder.path, &rules(site, folder, &site.content)).0);
    }
    if files.len() > MOST_PAGES {
        return None;
    }
    let found: Vec<Found> = files.iter().map(|file| Found::file(file.clone(), site, file, Choice::Guess)).collect();
    let sections: Vec<_> = found.iter().filter_map(Found::section).collect();
    let cascades = Cascades::of(site.cascade.as_ref(), sections.iter().map(|(page, fields)| (*page, fields)));
    let cascades = cascades.with_sections(found.iter().map(|found| found.page.as_str()));
    let is_shown = |post: &Post| post.is_public() && post.kind != Kind::Unlisted && *post.language == *language;
    let read = files.iter().filter_map(|file| of_file(site, &cascades, file));
    let mut pages: Vec<Page> = read.filter(|(post, _)| is_shown(post)).map(|(_, page)| page).collect();
    add_sections(site, &mut pages);
    let weight = |page: &Page| if page.weight == 0 { i64::MAX } else { page.weight };
    let newest = |page: &Page| Reverse(page.date.map(|date| date.seconds()));
    pages.sort_by_cached_key(|page| (weight(page), newest(page), in_order(&link_title(page)), page.file.clone()));
    Some(pages.into_iter().map(Arc::new).collect())
}

fn link_title(page: &Page) -> String {
    let Value::Map(fields) = &page.fields else { return page.title.clone() };
    fields.get("linktitle").and_then(Value::string).map_or_else(|| page.title.clone(), |title| title.to_string())
}

/// The folders right below the content are sections, also without a page of their own.
fn add_sections(site: &Site, pages: &mut Vec<Page>) {
    let mut names: Vec<String> = pages
        .iter()
        .filter_map(|page| page.around().split('/').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names.retain(|name| !pages.iter().any(|page| page.is_section() && page.folder() == name));
    pages.extend(names.iter().map(|name| section(site, name)));
}

/// A section without a page of its own.
fn section(site: &Site, name: &str) -> Page {
    let (relative, address) = addresses(site, &format!("/{name}/"));
    let title = name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect();
    Page { title, relative, address, file: format!("{name}/_index.md"), ..Page::default() }
}

/// The front matter as Hugo's `.Params`: what stands below `params` belongs to them too, and dates are no strings there.
fn params(fields: &Fields) -> Value {
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
pub(super) fn addresses(site: &Site, path: &str) -> (String, String) {
    let below = site.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
    (format!("{below}{path}"), site.address(path).map(String::from).unwrap_or_default())
}
