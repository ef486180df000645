//! One post as the index knows it, and how it is read from its file.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use super::date::Date;
use super::front_matter::{self, Fields, split};
use super::site::{self, Naming, Site, content_stem, path_name};
use super::source::{self, Choice, Decoded, Decoding};
use crate::messages;
use crate::text::Clean;

/// Where the words of a post come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    File(PathBuf),
    /// Held by the program: an embedded sample, or what came from standard input.
    Memory(Cow<'static, [u8]>),
}

/// What a page is to its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Post,
    /// The page of a section (`_index.md`): links lead to it, but it is not listed.
    Section,
}

/// Something wrong with a post or a site: what, and where. It never stands in the way of the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: Clean,
    pub what: Clean,
}

/// One post, as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub origin: Origin,
    pub kind: Kind,
    /// Its path below the folder that was opened.
    pub name: Clean,
    /// Its path below the content folder, for links.
    pub(super) path: String,
    pub title: Clean,
    pub date: Option<Date>,
    pub tags: Vec<Clean>,
    pub authors: Vec<Clean>,
    pub draft: bool,
    /// Where its page is published, from the site's root.
    pub permalink: String,
    pub(super) aliases: Vec<String>,
    /// How its bytes were read; none where they could not be.
    pub decoding: Option<Decoding>,
    /// How they are to be read.
    pub(super) choice: Choice,
    pub problem: Option<Problem>,
}

/// A post that is to be read.
pub(super) struct Found {
    /// See [`Post::name`].
    pub name: String,
    /// See [`Post::path`].
    pub path: String,
    pub origin: Origin,
    pub choice: Choice,
}

/// A path below a folder, `.` and `..` taken away.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/").trim_start_matches('/'))
}

impl Found {
    /// A file of a site.
    pub fn file(file: &Path, site: &Site, shown_from: &Path, choice: Choice) -> Found {
        let name = site::relative(file, shown_from).unwrap_or_else(|| file.to_string_lossy().into_owned());
        let path = site.content.iter().find_map(|folder| site::relative(file, folder)).unwrap_or_else(|| name.clone());
        Found { name, path, origin: Origin::File(file.to_owned()), choice }
    }

    /// A post that was read before, to be read in another encoding.
    pub fn again(post: &Post, choice: Choice) -> Found {
        Found { name: post.name.to_string(), path: post.path.clone(), origin: post.origin.clone(), choice }
    }
}

impl Origin {
    /// The text, of a file at most so many bytes.
    pub(super) fn read(&self, limit: u64, choice: Choice) -> io::Result<Decoded> {
        let bytes = match self {
            Origin::File(path) => source::read(path, limit)?,
            Origin::Memory(bytes) => bytes.to_vec(),
        };
        Ok(source::decode(bytes, choice))
    }
}

pub(super) fn read_post(found: Found, site: &Site) -> Post {
    match found.origin.read(source::HEAD, found.choice) {
        Ok(Decoded { text, decoding }) if text.contains('\0') => {
            Post { decoding: Some(decoding), ..unreadable(found, messages::BINARY) }
        }
        Ok(decoded) => post(&decoded, found, site),
        Err(error) => unreadable(found, &error.to_string()),
    }
}

/// A post that cannot be read stays in the list, under its file's name.
pub(super) fn unreadable(found: Found, what: &str) -> Post {
    let name = Clean::line(&found.name);
    let problem = Problem { place: name.clone(), what: Clean::cut(what, 200) };
    Post {
        origin: found.origin,
        kind: Kind::Post,
        title: name.clone(),
        name,
        permalink: found.path.clone(),
        path: found.path,
        date: None,
        tags: Vec::new(),
        authors: Vec::new(),
        draft: false,
        aliases: Vec::new(),
        decoding: None,
        choice: found.choice,
        problem: Some(problem),
    }
}

fn post(decoded: &Decoded, found: Found, site: &Site) -> Post {
    let path = found.path.as_str();
    let parts = split(&decoded.text);
    let fields = parts.block.map(|(format, block)| front_matter::parse(format, block)).unwrap_or_default();
    let clean = |list: Vec<String>| list.iter().map(|item| Clean::line(item)).collect::<Vec<_>>();
    let title = title(&fields, parts.body, path);
    let date = fields
        .date(&["date", "publishdate", "pubdate", "published", "lastmod", "modified"], &site.zone)
        .or_else(|| jekyll_date(path, site));
    let slug = fields.string("slug");
    let url = fields.string("url");
    let naming = Naming { path, title: &title, slug: slug.as_deref(), url: url.as_deref(), date: date.as_ref() };
    let file = path.rsplit('/').next().unwrap_or(path);
    Post {
        kind: if file.starts_with("_index.") { Kind::Section } else { Kind::Post },
        permalink: site.permalink(&naming),
        title: Clean::line(&title),
        date,
        tags: clean(tags(&fields)),
        authors: clean([fields.list("author"), fields.list("authors")].concat()),
        draft: fields.truth("draft").unwrap_or_else(|| fields.truth("published") == Some(false)),
        aliases: fields.list("aliases").iter().map(|alias| alias_path(alias, path)).collect(),
        problem: fields.problem.map(|what| Problem { place: Clean::line(&found.name), what }),
        name: Clean::line(&found.name),
        decoding: Some(decoded.decoding),
        choice: found.choice,
        path: found.path,
        origin: found.origin,
    }
}

/// The title, or what stands for one: `linkTitle`, the first heading, the file's name.
fn title(fields: &Fields, body: &str, path: &str) -> String {
    let heading = || first_heading(body);
    let file = || {
        let stem = content_stem(path);
        stem.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(path).to_owned()
    };
    fields.string("title").or_else(|| fields.string("linktitle")).or_else(heading).unwrap_or_else(file)
}

/// The words of the first heading, when nothing but comments stands before it.
fn first_heading(body: &str) -> Option<String> {
    let mut lines = body.lines().filter(|line| !line.trim().is_empty());
    let line = lines.find(|line| !line.starts_with("<!--"))?;
    let heading = match lines.next() {
        Some(below) if below.starts_with("==") && below.trim().bytes().all(|byte| byte == b'=') => line,
        _ => line.strip_prefix("# ")?,
    };
    let words = heading.trim().trim_end_matches('#').trim().replace(['*', '`'], "");
    Some(words).filter(|words| !words.is_empty())
}

/// The tags: `tags`, or what other tools call them: Zenn `topics`, Zola `taxonomies.tags`.
fn tags(fields: &Fields) -> Vec<String> {
    ["tags", "topics", "taxonomies.tags"]
        .into_iter()
        .map(|key| fields.list(key))
        .find(|tags| !tags.is_empty())
        .unwrap_or_default()
}

/// Jekyll has the date of a post in the name of its file.
fn jekyll_date(path: &str, site: &Site) -> Option<Date> {
    let (folders, file) = path.rsplit_once('/')?;
    let is_post = folders.split('/').any(|folder| folder == "_posts");
    Date::parse(file.get(..10).filter(|_| is_post)?, &site.zone)
}

/// An alias is a path from the site's root, or from the folder of its post.
fn alias_path(alias: &str, path: &str) -> String {
    if alias.starts_with('/') {
        return alias.to_owned();
    }
    let folder = content_stem(path).rsplit_once('/').map_or(String::new(), |(folder, _)| path_name(folder));
    joined(&format!("{folder}/"), alias)
}
