//! The posts of a folder: their titles, dates, tags, drafts, addresses, and how they link to one another.

mod below;
pub mod cache;
pub mod calendar;
mod cascade;
pub mod date;
pub mod front_matter;
mod glimpse;
pub mod host;
pub mod key;
pub mod layouts;
mod links;
pub mod lists;
mod marshal;
mod nearby;
mod pages;
mod pictures;
mod post;
mod reading;
pub mod renewal;
pub mod scan;
pub mod site;
pub mod source;
pub mod stamp;

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::messages;
use crate::text::Clean;
use cache::{Cache, Subject};
use cascade::Cascades;
use links::Called;
pub use links::Destination;
use lists::Lists;
pub use pictures::NoPicture;
use post::{Found, House, read_post};
pub use post::{Kind, Origin, Post, State, Term};
use reading::Reading;
use renewal::{Before, Known};
use scan::Rules;
use site::Site;
use site::folders::Folder;
use source::{Choice, Encoding, OpenFolder};

/// Which post of a library: an index into its posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostId(pub u32);

/// The posts of one folder.
#[derive(Debug, Clone, Default)]
pub struct Library {
    pub site: Site,
    /// Every post, in the order of the paths.
    pub posts: Vec<Post>,
    pub problems: Vec<Problem>,
    /// What was opened; none where the program holds the posts.
    opened: Option<Opened>,
    /// The folder that nothing outside of is read, a real path; none where the posts are no files.
    root: Option<PathBuf>,
    cascades: Cascades,
    /// Whether its posts are in several languages, by what the site calls them.
    is_multilingual: bool,
    has_several_authors: bool,
    /// What the posts are called, once that was asked for.
    called: OnceLock<Called>,
    lists: Lists,
}

/// What a library was opened from.
#[derive(Debug, Clone)]
struct Opened {
    /// The real path that was named.
    path: PathBuf,
    /// The folder whose posts it holds; none for a file by itself.
    root: Option<PathBuf>,
    encoding: Option<Encoding>,
}

/// Something wrong with a post or a site: what, and where. It never stands in the way of the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: Clean,
    pub what: Clean,
}

/// A file that could not be opened as a library.
#[derive(Debug)]
pub struct OpenError {
    pub path: PathBuf,
    pub cause: io::Error,
}

/// A path that is to be opened, and the encoding that the user says goes with it.
#[derive(Clone, Copy)]
struct Asked<'a> {
    path: &'a Path,
    encoding: Option<Encoding>,
    before: Option<Before<'a>>,
    /// Where what is read is kept for the next time; nowhere for none.
    cache: Option<&'a Cache>,
}

impl<'a> Asked<'a> {
    fn of(path: &'a Path) -> Asked<'a> {
        Asked { path, encoding: None, before: None, cache: None }
    }

    /// One file is in the encoding that was named for it; in a folder it is that of the posts which do not show their own.
    fn choice(self, file: &Path) -> Choice {
        match self.encoding {
            Some(encoding) if file == self.path => Choice::Fixed(encoding),
            Some(encoding) if file.starts_with(self.path) => Choice::Fallback(encoding),
            _ => Choice::Guess,
        }
    }
}

impl Library {
    /// Opens a path: a site, a folder, or one file with the site that it belongs to. An encoding may be named: that of the file, or
    /// of the posts in the folder that are not UTF-8.
    ///
    /// # Errors
    /// When the path itself cannot be read. What is wrong with single posts is in the library's problems.
    pub fn open(path: &Path, encoding: Option<Encoding>) -> Result<Library, OpenError> {
        Library::open_cached(path, encoding, None)
    }

    /// The same, with what is kept of an earlier time: what did not change since is not read again.
    ///
    /// # Errors
    /// As [`Library::open`].
    pub fn open_cached(path: &Path, encoding: Option<Encoding>, cache: Option<&Cache>) -> Result<Library, OpenError> {
        Ok(Library::made(Asked { encoding, cache, ..Asked::of(&readable(path)?) }))
    }

    /// Reads what a real path holds, with what is known of it from before.
    fn made(asked: Asked) -> Library {
        let Asked { path, encoding, before, .. } = asked;
        let root = site::find_root(path);
        let site = match before {
            Some(Before { library, changes: Some(_) }) => library.site.clone(),
            _ => root.as_deref().map(Site::read).unwrap_or_default(),
        };
        let is_part = path.is_file() && site.content.iter().any(|folder| path.starts_with(&folder.path));
        let root = root.filter(|root| root == path || is_part);
        let folders = site.content.clone();
        let mut library = match &root {
            Some(root) => Library::scanned(site, &folders, root, asked),
            None => Library::of_path(site, asked),
        };
        let root = root.or_else(|| path.is_dir().then(|| path.to_owned()));
        library.opened = Some(Opened { path: path.to_owned(), root, encoding });
        library
    }

    /// Opens one file without the posts around it: links to them stay addresses.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open_alone(path: &Path, encoding: Option<Encoding>) -> Result<Library, OpenError> {
        let path = &readable(path)?;
        let site = site::find_root(path).as_deref().map(Site::read).unwrap_or_default();
        Ok(Library::of_files(
            site,
            vec![path.clone()],
            path.parent().unwrap_or(path),
            Asked { encoding, ..Asked::of(path) },
        ))
    }

    /// A folder that is not a site's root, or one file.
    fn of_path(site: Site, asked: Asked) -> Library {
        let path = asked.path;
        if path.is_dir() {
            let folder = folder_below(&site, path);
            return Library::scanned(site, &[folder], path, asked);
        }
        let mut files = if site.root.is_some() { vec![path.to_owned()] } else { nearby::files(path) };
        files.sort();
        Library::of_files(site, files, path.parent().unwrap_or(path), asked)
    }

    fn scanned(site: Site, folders: &[Folder], shown_from: &Path, asked: Asked) -> Library {
        let (mut files, mut errors) = (Vec::new(), Vec::new());
        for folder in folders {
            let (found, failed) = scan::posts(&folder.path, &rules(&site, folder, folders));
            files.extend(found);
            errors.extend(failed);
        }
        // Those of one folder are in order.
        if folders.len() > 1 {
            files.sort();
        }
        let mut library = Library::of_files(site, files, shown_from, asked);
        let place = Clean::line(&shown_from.to_string_lossy());
        library
            .problems
            .extend(errors.iter().map(|error| Problem { place: place.clone(), what: Clean::cut(error, 300) }));
        library
    }

    fn of_files(site: Site, files: Vec<PathBuf>, shown_from: &Path, asked: Asked) -> Library {
        let known = Known::of(asked.before);
        let found = |file: PathBuf| {
            let choice = asked.choice(&file);
            known.chosen(Found::file(file, &site, shown_from, choice))
        };
        let found = files.into_iter().map(found).collect();
        let root = site.root.clone().filter(|root| shown_from.starts_with(root)).unwrap_or(shown_from.to_owned());
        Library { root: root.canonicalize().ok(), ..Library::of_found(site, found, &known, asked) }
    }

    fn of_found(site: Site, mut found: Vec<Found>, known: &Known, asked: Asked) -> Library {
        let above = nearby::sections(&found, &site);
        let sections: Vec<_> = found.iter().chain(&above).filter_map(Found::section).collect();
        let cascades = Cascades::of(site.cascade.as_ref(), sections.iter().map(|(page, fields)| (*page, fields)));
        drop(sections);
        let cascades = cascades.with_sections(found.iter().chain(&above).map(|found| found.page.as_str()));
        let house = House { site: &site, cascades: &cascades };
        let cache = asked.cache.filter(|cache| cache.is_for(found.len()));
        let context = || format!("{:?} {:?} {:?}", house.site.bearing(), house.cascades, asked.encoding);
        let memory = cache.map(|cache| (cache, Subject { root: asked.path, context: context() }));
        let recalled = memory.as_ref().map(|(cache, subject)| cache.recall(subject)).unwrap_or_default();
        let posts = Reading { house, known, recalled: &recalled, folder: &OpenFolder::at(asked.path) }.all(&mut found);
        if let Some((cache, subject)) = memory {
            let is_known = posts.iter().filter(|read| read.is_recalled).count() == recalled.len();
            if !is_known || posts.iter().any(|read| !read.is_recalled && read.stamp.is_some()) {
                cache.keep(&subject, posts.iter().map(|read| (&read.post, read.stamp)));
            }
        }
        let posts = posts.into_iter().map(|read| read.post).collect();
        Library::of(site, cascades, posts)
    }

    /// A library of posts that the program holds, by path and content, with the settings of their site.
    #[must_use]
    pub fn of_memory(settings: &str, posts: Vec<(String, Cow<'static, [u8]>)>, encoding: Option<Encoding>) -> Library {
        let site = Site::of(settings);
        let choice = encoding.map_or(Choice::Guess, Choice::Fixed);
        let found = |(path, bytes): (String, Cow<'static, [u8]>)| {
            Found::of(path.clone(), path, None, Origin::Memory(bytes), &site, choice)
        };
        let found = posts.into_iter().map(found).collect();
        Library::of_found(site, found, &Known::of(None), Asked::of(Path::new("")))
    }

    fn reread(&self, id: PostId, encoding: Encoding) -> Option<Post> {
        let house = House { site: &self.site, cascades: &self.cascades };
        Some(read_post(Found::again(self.post(id)?, Choice::Fixed(encoding)), house))
    }

    /// The library with a post read once more, in this encoding.
    #[must_use]
    pub fn with_encoding(&self, id: PostId, encoding: Encoding) -> Option<Library> {
        let post = self.reread(id, encoding)?;
        let mut library = self.clone();
        library.replace(id, post);
        Some(library)
    }

    /// Puts a post that was read once more in the place of the one that it was read from.
    fn replace(&mut self, id: PostId, post: Post) {
        let Some(known) = self.posts.get_mut(id.0 as usize).filter(|known| known.origin == post.origin) else { return };
        let before = std::mem::replace(known, post);
        self.problems.retain(|problem| before.problem.as_ref() != Some(problem));
        self.problems.extend(known.problem.clone());
        self.called = OnceLock::new();
        self.lists = Lists::default();
    }

    fn of(site: Site, cascades: Cascades, posts: Vec<Post>) -> Library {
        let mut problems = site.problems.clone();
        problems.extend(posts.iter().filter_map(|post| post.problem.clone()));
        let mut library = Library { site, posts, problems, cascades, ..Library::default() };
        library.is_multilingual = differ(library.posts.iter().map(|post| &post.language));
        library.has_several_authors = differ(library.posts.iter().flat_map(|post| &post.authors));
        library
    }

    /// The post of an identifier.
    #[must_use]
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.get(id.0 as usize)
    }

    /// The posts that are listed, in the order of their paths.
    pub fn listed(&self) -> impl Iterator<Item = (PostId, &Post)> {
        let numbered = self.posts.iter().enumerate().map(|(index, post)| (PostId(index as u32), post));
        numbered.filter(|(_, post)| post.kind == Kind::Post)
    }

    /// Everything that a post is sorted by: its tags, the terms of other taxonomies, and its authors and language where the posts have
    /// several.
    #[must_use]
    pub fn terms(&self, post: &Post) -> Vec<Term> {
        let mut terms: Vec<Term> = post.tags.iter().map(Term::tag).collect();
        terms.extend(post.terms.iter().cloned());
        if self.has_several_authors {
            let term = |name: &Clean| Term { taxonomy: Clean::line(&messages::AUTHORS), name: name.clone() };
            terms.extend(post.authors.iter().map(term));
        }
        if self.is_multilingual && !post.language.is_empty() {
            terms.push(Term { taxonomy: Clean::line(&messages::LANGUAGE), name: post.language.clone() });
        }
        terms
    }

    /// A post and its translations, in the order of the site's languages.
    #[must_use]
    pub fn translations(&self, id: PostId) -> Vec<PostId> {
        let Some(post) = self.post(id) else { return Vec::new() };
        let numbered = self.posts.iter().enumerate().map(|(index, post)| (PostId(index as u32), post));
        let known = &self.site.languages.known;
        let mut same: Vec<(PostId, &Post)> = numbered
            .filter(|(other, known)| {
                *other == id || (known.translated() == post.translated() && known.language != post.language)
            })
            .collect();
        let rank = |post: &Post| known.iter().position(|language| *language == *post.language);
        same.sort_by_key(|(_, post)| (rank(post), post.language.clone()));
        same.into_iter().map(|(id, _)| id).collect()
    }

    /// The address of a post's page: on the site, or where the post itself says that it is.
    #[must_use]
    pub fn published(&self, post: &Post) -> Option<String> {
        let page = self.site.address_in(&post.language, &post.permalink);
        page.map(String::from).or_else(|| post.canonical.clone())
    }

    /// Its folder, for whoever looks at many of its files.
    #[must_use]
    pub fn open_folder(&self) -> OpenFolder<'_> {
        self.root.as_deref().map_or_else(OpenFolder::default, OpenFolder::at)
    }

    /// The words of a post, decoded, at most [`source::WHOLE`] bytes of them.
    ///
    /// # Errors
    /// When its file cannot be read any more.
    pub fn text(&self, post: &Post) -> io::Result<String> {
        post.origin.read(source::WHOLE, post.choice).map(|decoded| decoded.text)
    }
}

/// A folder that is a part of a site, or of none.
fn folder_below(site: &Site, path: &Path) -> Folder {
    let excluded = site.place(path).map(|(folder, _)| folder.excluded.clone()).unwrap_or_default();
    Folder { path: path.to_owned(), excluded, ..Folder::default() }
}

/// Which files of a folder of posts count.
fn rules<'a>(site: &'a Site, folder: &'a Folder, folders: &'a [Folder]) -> Rules<'a> {
    let others = folders.iter().map(|other| other.path.as_path()).filter(|other| *other != folder.path);
    Rules {
        bundles: site.maker.has_bundles(),
        html: site.maker.html(),
        plain: site.maker.has_settings(),
        excluded: &folder.excluded,
        ignored: &site.ignored,
        others: others.collect(),
    }
}

/// Whether there are two that are not the same.
fn differ<'a>(mut names: impl Iterator<Item = &'a Clean>) -> bool {
    let first = names.next();
    names.any(|name| Some(name) != first)
}

/// The real path of a file or folder that can be opened.
fn readable(path: &Path) -> Result<PathBuf, OpenError> {
    let fail = |cause| OpenError { path: path.to_owned(), cause };
    let real = path.canonicalize().map_err(fail)?;
    if !real.is_dir() {
        source::read(&real, 0).map_err(fail)?;
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(settings: &str, posts: &[(&str, &'static str)]) -> Library {
        let file = |(path, text): &(&str, &'static str)| ((*path).to_owned(), Cow::Borrowed(text.as_bytes()));
        Library::of_memory(settings, posts.iter().map(file).collect(), None)
    }

    #[test]
    fn posts_say_what_the_index_needs() {
        let library = library(
            "",
            &[
                ("_index.md", "---\ntitle: Home\ncascade: {tags: [given]}\n---\n"),
                ("about.md", "# About *me*\n"),
                ("a.md", "---\ntitle: A\ntags: [Go, go]\n---\nx"),
                ("b/index.md", "+++\ndraft = true\ndate = 2999-01-01\n+++\nx"),
                ("c.md", "---\nbuild: {list: never}\n---\n"),
                ("d.md", "---\nexpiryDate: 2001-01-01\ntitle: d\ndate: 2000-01-01\n---\n"),
                ("e.md", "---\ntitle: e\ndate: soon\n---\n"),
                ("f/_index.md", "---\ncascade: {build: {render: never, list: local}}\n---\n"),
                ("f/g.md", "---\ntitle: a part\n---\n"),
                ("h.md", "---\nbuild: {list: local}\ntitle: h\n---\n"),
            ],
        );
        let shown: Vec<_> =
            library.listed().map(|(_, post)| (&*post.title, post.marks().join(" "), post.tags.len())).collect();
        let expected = [
            ("About me", "", 1),
            ("A", "", 1),
            ("b", "draft future", 1),
            ("d", "expired", 1),
            ("e", "", 1),
            ("h", "", 1),
        ];
        assert_eq!(shown, expected.map(|(title, marks, tags)| (title, marks.to_owned(), tags)));
        assert_eq!(library.problems.len(), 1, "{:?}", library.problems);
    }

    #[test]
    fn dates_stand_in_names_where_the_site_says_so() {
        let posts = [("2020-01-31-first.md", ""), ("2020-02-01-b.md", "---\ndate: 2021-01-01\nslug: s\n---\n")];
        for (settings, first, second) in [
            ("", "none /2020-01-31-first/", "2021-01-01 /s/"),
            ("frontmatter: {date: [':filename', ':default']}", "2020-01-31 /first/", "2020-02-01 /s/"),
            ("frontmatter: {date: [date, ':filename']}", "2020-01-31 /first/", "2021-01-01 /s/"),
        ] {
            let library = library(settings, &posts);
            let day = |post: &Post| post.date.map_or_else(|| "none".to_owned(), |date| date.day());
            let shown = library.posts.iter().map(|post| format!("{} {}", day(post), post.permalink));
            assert_eq!(shown.collect::<Vec<_>>(), [first, second], "{settings}");
        }
    }

    #[test]
    fn authors_and_terms_sort_the_posts() {
        let terms = |settings: &str| {
            let posts = [
                ("a.md", "---\ntags: [t]\ncategories: c\ntopics: [x]\nauthor: me\n---\n"),
                ("b.md", "---\nauthors: [{name: you}]\n---\n"),
            ];
            let library = library(settings, &posts);
            library.terms(&library.posts[0]).iter().map(Term::label).collect::<Vec<_>>()
        };
        assert_eq!(terms(""), ["#t", "categories: c", "By: me"]);
        assert_eq!(terms("taxonomies: {tag: tags, topic: topics}"), ["#t", "topics: x", "By: me"]);
    }

    /// The path, language and permalink of each post of a site with these settings and files.
    fn opened(settings: (&str, &str), posts: &[(&str, &str)]) -> (Library, Vec<String>) {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in posts.iter().chain([&settings]) {
            let file = root.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let library = Library::open(root.path(), None).unwrap();
        let shown = |(_, post): (_, &Post)| format!("{} {} {}", post.name, post.language, post.permalink);
        let shown = library.listed().map(shown).collect();
        (library, shown)
    }

    #[test]
    fn languages_may_have_addresses_of_their_own() {
        let settings = "baseURL: https://a.example/\nlanguages: {en: {}, ja: {baseURL: 'https://ja.example/b/'}}";
        let library = library(settings, &[("a.md", ""), ("a.ja.md", "")]);
        let published: Vec<_> = library.posts.iter().map(|post| library.published(post).unwrap()).collect();
        assert_eq!(published, ["https://a.example/a/", "https://ja.example/b/a/"]);
        for (written, expected) in [("https://ja.example/b/a/", 1), ("https://a.example/a/", 0)] {
            let found = Destination::Post { post: PostId(expected), fragment: String::new() };
            assert_eq!(library.resolve(&library.posts[0], written), found);
        }
    }

    #[test]
    fn tags_stand_in_the_text_of_notes() {
        let note = "---\ntags: [given]\n---\n# Head\na #tag, (#no) `#code` #日本/語 #12\n```\n#fence\n```\n#last";
        let (library, _) = opened((".obsidian/app.json", "{}"), &[("a.md", note)]);
        let tags: Vec<&str> = library.posts[0].tags.iter().map(|tag| &**tag).collect();
        assert_eq!(tags, ["given", "tag", "日本/語", "last"]);
    }

    #[test]
    fn languages_are_those_of_names_and_folders() {
        let (library, shown) = opened(
            ("hugo.yaml", "languages: {en: {weight: 1}, ja: {weight: 2, contentDir: content/ja}, fr: {}}"),
            &[("content/a.md", ""), ("content/a.fr.md", ""), ("content/ja/a.md", ""), ("content/b.de.md", "")],
        );
        let expected = [
            "content/a.fr.md fr /fr/a/",
            "content/a.md en /a/",
            "content/b.de.md en /b.de/",
            "content/ja/a.md ja /ja/a/",
        ];
        assert_eq!(shown, expected);
        let found = library.translations(PostId(0));
        assert_eq!(found, [PostId(1), PostId(3), PostId(0)]);
        let from = &library.posts[3];
        let here = Destination::Post { post: PostId(3), fragment: String::new() };
        assert_eq!(library.resolve_page(from, "a.md"), here);
        let english = Destination::Post { post: PostId(1), fragment: String::new() };
        assert_eq!(library.resolve_page(from, "/en/a.md"), english, "`lang` of `ref`");
        let (library, shown) = opened(("x.txt", ""), &[("a.md", ""), ("a.ja.md", ""), ("v1.js.md", "")]);
        assert_eq!(shown, ["a.ja.md ja /ja/a/", "a.md  /a/", "v1.js.md  /v1.js/"]);
        assert_eq!(library.translations(PostId(1)), [PostId(1), PostId(0)]);
    }

    #[test]
    fn folders_of_other_programs_open_by_their_own_rules() {
        let post = "---\ntags: a b\ncategories: [c]\n---\n";
        let jekyll = [
            ("_posts/x/2020-01-31-first.md", post),
            ("_drafts/d.md", ""),
            ("index.md", ""),
            ("docs/p.md", ""),
            ("README.md", ""),
        ];
        let (library, shown) =
            opened(("_config.yml", "exclude: [README.md]\nurl: https://a.example\nbaseurl: /b"), &jekyll);
        let expected = [
            "_drafts/d.md  /d.html",
            "_posts/x/2020-01-31-first.md  /c/2020/01/31/first.html",
            "docs/p.md  /docs/p.html",
            "index.md  /",
        ];
        assert_eq!(shown, expected);
        assert!(library.posts[0].draft);
        assert_eq!((library.posts[1].tags.len(), library.posts[1].date.unwrap().day().as_str()), (2, "2020-01-31"));
        assert_eq!(
            library.published(&library.posts[1]).as_deref(),
            Some("https://a.example/b/c/2020/01/31/first.html")
        );
        let zola = [
            ("content/2020-01-31-first.md", "+++\n[taxonomies]\ncategories = ['c']\n+++\n"),
            ("content/second/index.md", ""),
            ("content/second/index.fr.md", "+++\npath = 'fr/deux'\n+++\n"),
        ];
        let settings = "base_url = 'https://a.example'\ndefault_language = 'en'\n[languages.fr]\n";
        let (library, shown) = opened(("config.toml", settings), &zola);
        let expected = [
            "content/2020-01-31-first.md en /first/",
            "content/second/index.fr.md fr /fr/deux/",
            "content/second/index.md en /second/",
        ];
        assert_eq!(shown, expected);
        assert_eq!((library.posts[0].terms.len(), library.posts[0].date.is_some()), (1, true));
        let qiita = "---\nid: 0a\nprivate: true\nignorePublish: true\nupdated_at: '2024-01-02T03:04:05+09:00'\n---\n";
        let (library, shown) = opened(("qiita.config.json", "{}"), &[("public/a.md", qiita), ("README.md", "")]);
        assert_eq!(shown, ["public/a.md  /a/"]);
        assert_eq!(library.posts[0].marks(), ["draft", "private"]);
        assert_eq!(library.published(&library.posts[0]).as_deref(), Some("https://qiita.com/items/0a"));
        let note = "---\naliases: [別名]\ntags: '#x, y'\n---\n";
        let (library, _) = opened((".obsidian/app.json", "{}"), &[("sub/ノート 1.md", note), ("2024-01-02.md", "")]);
        assert_eq!(library.posts[1].tags.len(), 2);
        assert!(library.posts[0].date.is_some());
        for (written, fragment) in
            [("ノート 1", ""), ("ノート 1#^ab-1", ""), ("別名#節", "節"), ("sub/ノート 1#a#b", "b")]
        {
            let expected = Destination::Post { post: PostId(1), fragment: fragment.to_owned() };
            assert_eq!(library.resolve_page(&library.posts[0], written), expected, "{written}");
        }
    }

    /// The date, title, tags and other terms of each post of a site with these settings and files, and whether it is a draft.
    fn told(settings: (&str, &str), posts: &[(&str, &str)]) -> Vec<String> {
        let (library, _) = opened(settings, posts);
        let told = |(_, post): (_, &Post)| {
            let day = post.date.map_or_else(|| "-".to_owned(), |date| date.day());
            let terms = library.terms(post).iter().map(|term| format!(" {}", term.label())).collect::<String>();
            format!("{day} {}{}{terms}", if post.draft { "draft " } else { "" }, post.title)
        };
        library.listed().map(told).collect()
    }

    #[test]
    fn posts_of_other_programs_are_called_and_sorted_by_their_own_rules() {
        let settings = "defaults:\n- {scope: {path: '', type: posts}, values: {tags: [all]}}\n- {scope: {path: _posts/x}, values: {tags: [x]}}\n\
                        collections: {cook: {permalink: '/c/:name/'}, notes: {}}";
        let jekyll = [
            ("_cook/curry.md", ""),
            ("_notes/a/n.md", "---\ntags: [one tag]\n---\n"),
            ("_posts/2020-01-31-a.md", "---\ncategories: b c\nlast_modified_at: 2021-01-01\n---\n"),
            ("_posts/x/2020-2-1-b.md", "---\npermalink: p/:year/:title/\n---\n"),
        ];
        assert_eq!(
            told(("_config.yml", settings), &jekyll),
            ["- curry", "- n #one tag", "2020-01-31 A #all categories: b categories: c", "2020-02-01 B #x"]
        );
        let (_, shown) = opened(("_config.yml", settings), &jekyll);
        assert_eq!(shown[0], "_cook/curry.md  /c/curry/");
        assert_eq!(shown[1], "_notes/a/n.md  /notes/a/n.html");
        assert_eq!(shown[2], "_posts/2020-01-31-a.md  /b/c/2020/01/31/a.html");
        assert_eq!(shown[3], "_posts/x/2020-2-1-b.md  /p/2020/b/");
        let folders = [("collections/ruby/_posts/2020-05-05-no-title-HERE.md", "---\ncategories: [a, ruby]\n---\n")];
        let settings = ("_config.yml", "collections_dir: collections");
        assert_eq!(told(settings, &folders), ["2020-05-05 No Title Here categories: ruby categories: a"]);
        let (_, shown) = opened(settings, &folders);
        assert_eq!(
            shown,
            ["collections/ruby/_posts/2020-05-05-no-title-HERE.md  /ruby/a/2020/05/05/no-title-HERE.html"]
        );
        let nested = [("source/_posts/2019/Dojo a.md", "---\ndate: 2019-01-30\n---\n")];
        let (_, shown) = opened(("_config.yml", "permalink: :year/:title/"), &nested);
        assert_eq!(shown, ["source/_posts/2019/Dojo a.md  /2019/2019/Dojo-a/"]);
        let hexo = [("source/_drafts/a.md", "---\ncategories:\n- [d, e]\n- f\n---\n"), ("source/_posts/b.md", "")];
        assert_eq!(told(("_config.yml", ""), &hexo), ["- draft a categories: d categories: e categories: f", "- b"]);
        let vault =
            [("Project Alpha.md", "---\ntag: [t, '#u v']\n---\n# Goals\n"), ("202401021030.md", "# A thought\n")];
        assert_eq!(told((".obsidian/app.json", "{}"), &vault), ["2024-01-02 A thought", "- Project Alpha #t #u v"]);
        let qiita = [("public/a.md", "---\nid: null\n---\n"), ("public/b.md", "---\nid: 0a\n---\n")];
        assert_eq!(told(("qiita.config.json", "{}"), &qiita), ["- draft a", "- b"]);
        let astro = [
            (
                "src/content/blog/a.mdx",
                "---\npubDate: 'Jul 08 2022'\nupdatedDate: 2023-01-01\n---\nimport a from 'b'\n\n# A {#x}\n",
            ),
            ("src/pages/about.md", ""),
        ];
        let settings = ("astro.config.mjs", "export default defineConfig({\n  site: 'https://a.example',\n});\n");
        assert_eq!(told(settings, &astro), ["2022-07-08 A", "- about"]);
        let (library, _) = opened(settings, &astro);
        assert_eq!(library.published(&library.posts[0]).as_deref(), Some("https://a.example/blog/a/"));
        let plain = [
            ("2024/01-31-a.md", "# A\n"),
            ("20240131-日記.md", ""),
            ("docs/README.md", "<!-- x -->\n[![b](c)](d)\n\n<h1 align=\"center\">The docs</h1>\n"),
            ("index.md", "---\ndate:\n  created: 2023-01-02\n---\n"),
            ("sub/README.md", "no heading\n"),
            ("x.md", "# [Words](https://x.example) of *mine*\n"),
        ];
        let expected =
            ["2024-01-31 A", "2024-01-31 20240131-日記", "- The docs", "2023-01-02 index", "- sub", "- Words of mine"];
        assert_eq!(told(("x.txt", ""), &plain), expected);
    }

    #[test]
    fn broken_settings_are_a_problem_and_the_posts_are_there() {
        let (library, shown) = opened(
            ("hugo.toml", "baseURL = 'https://a.example/'\ntimeZone = 'Nowhere'\npermalinks = 'x'\ntitle = 日々\n"),
            &[("content/a.md", "")],
        );
        assert_eq!(shown, ["content/a.md  /a/"]);
        assert_eq!((&*library.site.title, library.site.base.is_some()), ("日々", true));
        let places: Vec<&str> = library.problems.iter().map(|problem| &*problem.place).collect();
        assert_eq!(places, ["hugo.toml:4", "hugo.toml:2", "hugo.toml:3"]);
    }
}
