//! One post as the index knows it, and how it is read from its file.

mod fields;
mod origin;
mod stay;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::Problem;
use super::calendar;
use super::cascade::{Cascades, Page};
use super::date::Date;
use super::front_matter::{self, Fields, split};
use super::scan;
use super::site::folders::{named_language, without_language};
use super::site::permalink::is_section;
use super::site::{self, Site};
use super::source::{self, Choice, Decoded, Decoding, OpenFolder};
use super::stamp::Stamp;
use crate::messages;
use crate::text::fold::fold;
use crate::text::{Clean, holds};
pub use origin::Origin;
pub use stay::State;
pub(super) use stay::Stay;

/// What a page is to its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Post,
    /// The page of a section (`_index.md`): links lead to it, but it is not listed.
    Section,
    /// A page that its site does not list either.
    Unlisted,
    /// One that its site never makes: the page of its section shows it.
    Part,
}

/// A word that a post is sorted by. Tags are of the taxonomy without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub taxonomy: Clean,
    pub name: Clean,
}

impl Term {
    #[must_use]
    pub fn tag(name: &Clean) -> Term {
        Term { taxonomy: Clean::default(), name: name.clone() }
    }

    /// What the name of a term is told apart by: folded, and with hyphens for blanks, as in the address of its page on a site. So
    /// `Data Engineering` and `data-engineering` are one.
    #[must_use]
    pub fn key(name: &str) -> String {
        let folded = fold(name);
        if folded.contains(char::is_whitespace) { folded.replace(char::is_whitespace, "-") } else { folded }
    }

    /// Whether it is the same, however it is written.
    #[must_use]
    pub fn is_like(&self, other: &Term) -> bool {
        self.taxonomy == other.taxonomy && Term::key(&self.name) == Term::key(&other.name)
    }

    /// `#tag`, or `categories: name`.
    #[must_use]
    pub fn label(&self) -> String {
        match &*self.taxonomy {
            "" => format!("#{}", self.name),
            taxonomy => format!("{taxonomy}: {}", self.name),
        }
    }
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
    /// The same without its language, where that is another one: see [`Post::page`].
    pub(super) own_page: Option<String>,
    /// The key of its language on the site; empty where there is but one.
    pub language: Clean,
    pub title: Clean,
    pub date: Option<Date>,
    pub tags: Vec<Clean>,
    /// What sorts it beside the tags: categories, series and the like.
    pub terms: Vec<Term>,
    pub authors: Vec<Clean>,
    pub draft: bool,
    pub state: State,
    /// What its state follows from.
    pub(super) stay: Stay,
    /// Where its page is published, from the site's root.
    pub permalink: String,
    pub(super) aliases: Vec<String>,
    /// Other names of the note, as wikilinks use them.
    pub(super) names: Vec<String>,
    /// The whole address that it names as its own.
    pub canonical: Option<String>,
    /// What its translations have in common, where that is not the page: see [`Post::translated`].
    pub(super) translation_key: Option<String>,
    /// How its bytes were read; none where they could not be.
    pub decoding: Option<Decoding>,
    /// How they are to be read.
    pub(super) choice: Choice,
    pub problem: Option<Problem>,
}

impl Post {
    /// Whether its site shows it to everyone now.
    #[must_use]
    pub fn is_public(&self) -> bool {
        !self.draft && self.state == State::Public
    }

    /// Its path below the content folder without its language.
    pub(super) fn page(&self) -> &str {
        self.own_page.as_deref().unwrap_or(&self.path)
    }

    /// What its translations have in common.
    pub(super) fn translated(&self) -> &str {
        self.translation_key.as_deref().unwrap_or(self.page())
    }

    /// Whether it lies in this folder of the content, or below it.
    #[must_use]
    pub fn is_in(&self, folder: &str) -> bool {
        let folder = folder.trim_matches('/');
        self.page().strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'))
    }

    /// The folder of the content that it lies in, the first of them; empty for none.
    #[must_use]
    pub fn section(&self) -> &str {
        self.page().split_once('/').map_or("", |(section, _)| section)
    }

    /// Whether its words are HTML rather than Markdown.
    #[must_use]
    pub fn is_html(&self) -> bool {
        scan::is_html(self.path.as_ref())
    }

    /// What keeps it from being public, in names for programs.
    #[must_use]
    pub fn flags(&self) -> Vec<&'static str> {
        let draft = self.draft.then_some("draft");
        draft.into_iter().chain((self.state != State::Public).then(|| self.state.name())).collect()
    }

    /// What keeps it from being public, in words.
    #[must_use]
    pub fn marks(&self) -> Vec<&'static str> {
        let draft = self.draft.then(|| messages::DRAFT.words());
        draft.into_iter().chain((self.state != State::Public).then(|| self.state.word())).collect()
    }
}

/// A post that is to be read.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// See [`Post::name`].
    pub name: String,
    /// See [`Post::path`].
    pub path: String,
    /// See [`Post::page`].
    pub page: String,
    pub language: String,
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

/// What is needed to read a post: the site that it belongs to, and what its sections give it.
#[derive(Clone, Copy)]
pub(super) struct House<'a> {
    pub site: &'a Site,
    pub cascades: &'a Cascades,
}

impl Found {
    /// A file of a site.
    pub fn file(file: PathBuf, site: &Site, shown_from: &Path, choice: Choice) -> Found {
        let name = site::relative(&file, shown_from).unwrap_or_else(|| file.to_string_lossy().into_owned());
        let Some((folder, path)) = site.place(&file) else {
            return Found::of(name.clone(), name, None, Origin::File(file), site, choice);
        };
        let under = &folder.under;
        let path = if under.is_empty() { path } else { format!("{under}/{path}") };
        Found::of(name, path, folder.language.clone(), Origin::File(file), site, choice)
    }

    /// A post of this name at this path below the content folder.
    pub fn of(
        name: String,
        path: String,
        language: Option<String>,
        origin: Origin,
        site: &Site,
        choice: Choice,
    ) -> Found {
        let languages = &site.languages;
        let in_name = match &origin {
            _ if language.is_some() => {
                languages.in_name(&path).filter(|name| language.as_deref() == Some(&name.to_lowercase()))
            }
            _ if !languages.known.is_empty() => languages.in_name(&path),
            Origin::File(file) if !site.maker.is_strict() => language_beside(file, &path),
            _ => None,
        };
        let page = in_name.map_or_else(|| path.clone(), |language| without_language(&path, language));
        let language = language.or(in_name.map(str::to_lowercase)).unwrap_or_else(|| languages.default.clone());
        Found { name, path, page, language, origin, choice }
    }

    /// All of it, which leaves nothing here.
    pub fn taken(&mut self) -> Found {
        let nothing = Found {
            name: String::new(),
            path: String::new(),
            page: String::new(),
            language: String::new(),
            origin: Origin::Memory(Cow::Borrowed(&[])),
            choice: self.choice,
        };
        std::mem::replace(self, nothing)
    }

    /// The page, where it is not simply the path.
    pub fn own_page(&self) -> Option<String> {
        (self.page != self.path).then(|| self.page.clone())
    }

    /// A post that was read before, to be read in another encoding.
    pub fn again(post: &Post, choice: Choice) -> Found {
        Found {
            name: post.name.to_string(),
            path: post.path.clone(),
            page: post.page().to_owned(),
            language: post.language.to_string(),
            origin: post.origin.clone(),
            choice,
        }
    }

    /// The fields of a section's page, which may be for all that lies below it.
    pub fn section(&self) -> Option<(Page<'_>, Fields)> {
        let text = is_section(&self.page).then(|| self.origin.read(source::HEAD, self.choice))?.ok()?.text;
        let (format, block) = split(&text).block.filter(|(_, block)| holds(block, "ascade"))?;
        let fields = front_matter::parse(format, block);
        fields.get("cascade")?;
        Some((Page { path: &self.page, language: &self.language }, fields))
    }
}

/// The language in the name of a file that lies beside the same post in another one, where no settings name the languages.
fn language_beside<'a>(file: &Path, path: &'a str) -> Option<&'a str> {
    let language = named_language(path)?;
    let name = file.file_name()?.to_str()?;
    file.with_file_name(without_language(name, language)).is_file().then_some(language)
}

pub(super) fn read_post(mut found: Found, house: House) -> Post {
    read_stamped(&mut found, house, &OpenFolder::default()).0
}

/// Reads a post, and tells how its file stood then. What was found is emptied into the post, at the very end.
pub(super) fn read_stamped(found: &mut Found, house: House, folder: &OpenFolder) -> (Post, Option<Stamp>) {
    let mut bytes = Vec::new();
    let stamp = match found.origin.bytes_into(folder, source::HEAD, &mut bytes) {
        Ok(stamp) => stamp,
        Err(error) => return (unreadable(found.taken(), &error.to_string()), None),
    };
    let decoded = source::decode(bytes, found.choice);
    let post = if source::is_binary(&decoded.text) {
        Post { decoding: Some(decoded.decoding), ..unreadable(found.taken(), &messages::BINARY) }
    } else {
        post(&decoded, found, house)
    };
    (post, stamp)
}

/// A post that cannot be read stays in the list, under its file's name.
pub(super) fn unreadable(found: Found, what: &str) -> Post {
    let name = Clean::line(&found.name);
    let problem = Problem { place: name.clone(), what: Clean::cut(what, 200) };
    Post {
        own_page: found.own_page(),
        origin: found.origin,
        kind: Kind::Post,
        title: name.clone(),
        name,
        permalink: found.path.clone(),
        translation_key: None,
        path: found.path,
        language: Clean::line(&found.language),
        date: None,
        tags: Vec::new(),
        terms: Vec::new(),
        authors: Vec::new(),
        draft: false,
        state: State::Public,
        stay: Stay::default(),
        aliases: Vec::new(),
        names: Vec::new(),
        canonical: None,
        decoding: None,
        choice: found.choice,
        problem: Some(problem),
    }
}

fn post(decoded: &Decoded, found: &mut Found, house: House) -> Post {
    let House { site, cascades } = house;
    let page = found.page.as_str();
    let parts = split(&decoded.text);
    let mut fields = parts.block.map(|(format, block)| front_matter::parse(format, block)).unwrap_or_default();
    cascades.give(Page { path: page, language: &found.language }, &mut fields);
    let clean = |list: Vec<String>| list.iter().map(|item| Clean::line(item)).collect::<Vec<_>>();
    let title = fields::title(&fields, parts.body, page, site.maker);
    let (date, odd_date) = fields::date(&fields, page, site);
    let stay = fields::stay(&fields, date, site);
    let problem = fields.problem.take().or_else(|| odd_date.map(|what| Clean::cut(&what, 200)));
    let permalink = fields::permalink(&fields, found, &title, date, house);
    let kind = fields::kind(&fields, page);
    let draft = fields::is_draft(&fields, page, site);
    let aliases = fields::aliases(&fields, &permalink);
    let terms = fields::terms(&fields, page, site);
    let translation_key = fields.string("translationkey").filter(|key| key != page);
    let found = found.taken();
    Post {
        kind,
        permalink,
        title: Clean::line(&title),
        date,
        tags: fields::tags(&fields, parts.body, site),
        terms,
        authors: clean([fields.list("author"), fields.list("authors")].concat()),
        draft,
        state: stay.state(calendar::now()),
        stay,
        aliases,
        names: fields.list("aliases"),
        canonical: fields::canonical(&fields, site.maker),
        translation_key,
        own_page: found.own_page(),
        problem: problem.map(|what| Problem { place: Clean::line(&found.name), what }),
        name: Clean::line(&found.name),
        language: Clean::line(&found.language),
        decoding: Some(decoded.decoding),
        choice: found.choice,
        path: found.path,
        origin: found.origin,
    }
}
