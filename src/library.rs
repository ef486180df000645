//! The posts of a folder: their titles, dates, tags, drafts, addresses, and how they link to one another.

pub mod date;
pub mod front_matter;
pub mod scan;
pub mod site;
pub mod source;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use url::Url;

use crate::messages;
use crate::text::Clean;
use date::Date;
use front_matter::{Fields, split};
use scan::Rules;
use site::{Naming, Site, content_stem, path_name};

/// Which post of a library: an index into its posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostId(pub u32);

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
    path: String,
    pub title: Clean,
    pub date: Option<Date>,
    pub tags: Vec<Clean>,
    pub authors: Vec<Clean>,
    pub draft: bool,
    /// Where its page is published, from the site's root.
    pub permalink: String,
    aliases: Vec<String>,
    pub problem: Option<Problem>,
}

/// The posts of one folder.
#[derive(Debug, Clone, Default)]
pub struct Library {
    pub site: Site,
    /// Every post, in the order of the paths.
    pub posts: Vec<Post>,
    pub problems: Vec<Problem>,
    /// Normalised addresses, paths and aliases, and the posts they lead to.
    addresses: HashMap<String, PostId>,
}

/// Where a link of a post leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A post of this library, perhaps at a heading.
    Post { post: PostId, fragment: String },
    /// A heading of the same post.
    Here { fragment: String },
    /// Somewhere else, as a whole address. It is raw: vet it before opening it.
    Elsewhere(String),
    /// Nowhere that is known.
    Dead(String),
}

/// A file that could not be opened as a library.
#[derive(Debug)]
pub struct OpenError {
    pub path: PathBuf,
    pub cause: io::Error,
}

impl Library {
    /// Opens a path: a site, a folder, or one file.
    ///
    /// # Errors
    /// When the path itself cannot be read. What is wrong with single posts is in the library's problems.
    pub fn open(path: &Path) -> Result<Library, OpenError> {
        let fail = |cause| OpenError { path: path.to_owned(), cause };
        let path = &path.canonicalize().map_err(fail)?;
        let is_file = !path.is_dir();
        if is_file {
            source::read(path, 0).map_err(fail)?;
        }
        let root = site::find_root(path);
        let site = root.as_deref().map(Site::read).unwrap_or_default();
        let opens_site = root.as_ref().is_some_and(|root| {
            root == path || (is_file && site.content.iter().any(|folder| path.starts_with(folder)))
        });
        let folders = if opens_site { site.content.clone() } else { vec![path.clone()] };
        let rules = if root.is_some() { Rules::Bundles } else { Rules::Plain };
        let mut files: Vec<PathBuf> = folders.iter().flat_map(|folder| scan::posts(folder, rules)).collect();
        if is_file && !files.contains(path) {
            files.push(path.clone());
        }
        let shown_from = if is_file && !opens_site { path.parent().unwrap_or(path) } else { path };
        let shown_from = if opens_site { root.as_deref().unwrap_or(shown_from) } else { shown_from };
        Ok(Library::of_files(site, &files, shown_from))
    }

    fn of_files(site: Site, files: &[PathBuf], shown_from: &Path) -> Library {
        let read = |file: &PathBuf| read_post(file, &site, shown_from);
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let posts = if files.len() < 64 || threads < 2 {
            files.iter().map(read).collect()
        } else {
            let chunks = files.chunks(files.len().div_ceil(threads));
            std::thread::scope(|scope| {
                let workers: Vec<_> =
                    chunks.map(|chunk| scope.spawn(|| chunk.iter().map(read).collect::<Vec<Post>>())).collect();
                workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
            })
        };
        Library::of(site, posts)
    }

    /// A library of posts that the program holds, by path and content, with the settings of their site.
    #[must_use]
    pub fn of_memory(settings: &str, posts: Vec<(String, Cow<'static, [u8]>)>) -> Library {
        let site = Site::of(settings);
        let posts = posts
            .into_iter()
            .map(|(path, bytes)| {
                let text = source::decode(bytes.to_vec());
                post(&text, path.clone(), &path, Origin::Memory(bytes), &site)
            })
            .collect();
        Library::of(site, posts)
    }

    fn of(site: Site, posts: Vec<Post>) -> Library {
        let mut addresses = HashMap::with_capacity(posts.len() * 3);
        for (index, post) in posts.iter().enumerate() {
            let id = PostId(index as u32);
            let stem = content_stem(&post.path);
            for address in [&post.permalink, &stem, &post.path].into_iter().chain(&post.aliases) {
                addresses.entry(normal(address)).or_insert(id);
            }
        }
        let mut problems: Vec<Problem> = posts.iter().filter_map(|post| post.problem.clone()).collect();
        problems.extend(site.problem.clone().map(|what| Problem { place: site.title.clone(), what }));
        Library { site, posts, problems, addresses }
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

    /// The post that a file holds.
    #[must_use]
    pub fn by_file(&self, path: &Path) -> Option<PostId> {
        let path = path.canonicalize().ok()?;
        let at = self.posts.iter().position(|post| matches!(&post.origin, Origin::File(file) if *file == path))?;
        Some(PostId(at as u32))
    }

    /// The words of a post, decoded, at most [`source::WHOLE`] bytes of them.
    ///
    /// # Errors
    /// When its file cannot be read any more.
    pub fn text(&self, post: &Post) -> io::Result<String> {
        match &post.origin {
            Origin::File(path) => source::read(path, source::WHOLE).map(source::decode),
            Origin::Memory(bytes) => Ok(source::decode(bytes.to_vec())),
        }
    }

    /// Where a target written in a post leads.
    #[must_use]
    pub fn resolve(&self, from: &Post, written: &str) -> Destination {
        let written = written.trim();
        if let Some(fragment) = written.strip_prefix('#') {
            return Destination::Here { fragment: decoded(fragment) };
        }
        let absolute = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
        if let Ok(url) = Url::parse(&absolute) {
            let own = self.site.own_path(&url).and_then(|path| self.at(path, url.fragment().unwrap_or_default()));
            return own.unwrap_or(Destination::Elsewhere(absolute));
        }
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() {
            return Destination::Dead(written.to_owned());
        }
        if let Some(found) = self.candidates(from, path).iter().find_map(|candidate| self.at(candidate, fragment)) {
            return found;
        }
        let rooted = if path.starts_with('/') { written.to_owned() } else { joined(&from.permalink, written) };
        match self.site.address(&rooted) {
            Some(url) => Destination::Elsewhere(url.into()),
            None => Destination::Dead(written.to_owned()),
        }
    }

    /// Where the argument of a `ref` or `relref` leads: a path from the content folder, or from the folder of the post, or the
    /// name of a file that is the only one of its name.
    #[must_use]
    pub fn resolve_page(&self, from: &Post, written: &str) -> Destination {
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        if path.is_empty() {
            return Destination::Here { fragment: fragment.to_owned() };
        }
        let found = self.candidates(from, path).iter().find_map(|candidate| self.at(candidate, fragment));
        let by_name = || {
            let wanted = normal(&content_stem(path));
            let name = |post: &Post| normal(content_stem(&post.path).rsplit('/').next().unwrap_or_default());
            let at = self.posts.iter().position(|post| name(post) == wanted)?;
            Some(Destination::Post { post: PostId(at as u32), fragment: fragment.to_owned() })
        };
        found.or_else(by_name).unwrap_or_else(|| Destination::Dead(written.to_owned()))
    }

    /// The addresses that a path without a host may mean, the likeliest first.
    fn candidates(&self, from: &Post, path: &str) -> Vec<String> {
        if path.starts_with('/') {
            let base = self.site.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
            let below = path.strip_prefix(base).filter(|_| !base.is_empty()).map(str::to_owned);
            return below.into_iter().chain([path.to_owned()]).collect();
        }
        let folder = from.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        vec![joined(&format!("{folder}/"), path), joined(&from.permalink, path), path.to_owned()]
    }

    fn at(&self, path: &str, fragment: &str) -> Option<Destination> {
        let post = *self.addresses.get(&normal(path))?;
        Some(Destination::Post { post, fragment: decoded(fragment) })
    }
}

/// A path in the form that addresses are compared in.
fn normal(path: &str) -> String {
    let path = decoded(path).to_lowercase();
    let path = path.trim_matches('/');
    let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    let path = if scan::is_markdown(Path::new(path)) { content_stem(path) } else { path.to_owned() };
    path.trim_matches('/').to_owned()
}

fn decoded(written: &str) -> String {
    percent_decode_str(written).decode_utf8_lossy().into_owned()
}

/// A path below a folder, `.` and `..` taken away.
fn joined(folder: &str, path: &str) -> String {
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

fn read_post(file: &Path, site: &Site, shown_from: &Path) -> Post {
    let name = site::relative(file, shown_from).unwrap_or_else(|| file.to_string_lossy().into_owned());
    let path = site.content.iter().find_map(|folder| site::relative(file, folder)).unwrap_or_else(|| name.clone());
    let origin = Origin::File(file.to_owned());
    match source::read(file, source::HEAD) {
        Ok(bytes)
            if bytes[..bytes.len().min(8192)].contains(&0)
                && !bytes.starts_with(&[0xff, 0xfe])
                && !bytes.starts_with(&[0xfe, 0xff]) =>
        {
            unreadable(name, path, origin, messages::BINARY)
        }
        Ok(bytes) => post(&source::decode(bytes), name, &path, origin, site),
        Err(error) => unreadable(name, path, origin, &error.to_string()),
    }
}

/// A post that cannot be read stays in the list, under its file's name.
fn unreadable(name: String, path: String, origin: Origin, what: &str) -> Post {
    let name = Clean::line(&name);
    let problem = Problem { place: name.clone(), what: Clean::cut(what, 200) };
    Post {
        origin,
        kind: Kind::Post,
        title: name.clone(),
        name,
        permalink: path.clone(),
        path,
        date: None,
        tags: Vec::new(),
        authors: Vec::new(),
        draft: false,
        aliases: Vec::new(),
        problem: Some(problem),
    }
}

fn post(text: &str, name: String, path: &str, origin: Origin, site: &Site) -> Post {
    let parts = split(text);
    let fields = parts.block.map(|(format, block)| front_matter::parse(format, block)).unwrap_or_default();
    let clean = |list: Vec<String>| list.iter().map(|item| Clean::line(item)).collect::<Vec<_>>();
    let title = title(&fields, parts.body, path);
    let date = fields.date(&["date", "publishdate", "pubdate", "published", "lastmod", "modified"], &site.zone);
    let slug = fields.string("slug");
    let url = fields.string("url");
    let naming = Naming { path, title: &title, slug: slug.as_deref(), url: url.as_deref(), date: date.as_ref() };
    let file = path.rsplit('/').next().unwrap_or(path);
    Post {
        kind: if file.starts_with("_index.") { Kind::Section } else { Kind::Post },
        permalink: site.permalink(&naming),
        title: Clean::line(&title),
        date,
        tags: clean(fields.list("tags")),
        authors: clean([fields.list("author"), fields.list("authors")].concat()),
        draft: fields.truth("draft").unwrap_or_else(|| fields.truth("published") == Some(false)),
        aliases: fields.list("aliases").iter().map(|alias| alias_path(alias, path)).collect(),
        problem: fields.problem.map(|what| Problem { place: Clean::line(&name), what }),
        name: Clean::line(&name),
        path: path.to_owned(),
        origin,
    }
}

/// The title, or what stands for one: `linkTitle`, the first heading, the file's name.
fn title(fields: &Fields, body: &str, path: &str) -> String {
    let heading = || {
        let line = body.lines().take(200).find_map(|line| line.strip_prefix("# "))?;
        Some(line.trim().trim_end_matches('#').trim().to_owned()).filter(|heading| !heading.is_empty())
    };
    let file = || {
        let stem = content_stem(path);
        stem.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(path).to_owned()
    };
    fields.string("title").or_else(|| fields.string("linktitle")).or_else(heading).unwrap_or_else(file)
}

/// An alias is a path from the site's root, or from the folder of its post.
fn alias_path(alias: &str, path: &str) -> String {
    if alias.starts_with('/') {
        return alias.to_owned();
    }
    let folder = content_stem(path).rsplit_once('/').map_or(String::new(), |(folder, _)| path_name(folder));
    joined(&format!("{folder}/"), alias)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Library {
        let file = |path: &str, text: &'static str| (path.to_owned(), Cow::Borrowed(text.as_bytes()));
        Library::of_memory(
            "baseURL: https://blog.example/\npermalinks: {post: '/post/:year/:month/:filename/'}",
            vec![
                file("_index.md", "---\ntitle: Home\n---\n"),
                file("about.md", "# About *me*\n"),
                file(
                    "post/2017/a.md",
                    "---\ntitle: A\ndate: 2017-11-02\ntags: [Go]\naliases: [/old/a/, b-old]\n---\nx",
                ),
                file("post/2018/b/index.md", "+++\ndate = 2018-01-02\ndraft = true\n+++\nx"),
            ],
        )
    }

    /// The permalink that a target in `post/2017/a.md` leads to.
    fn check(written: &str, expected: &str) {
        let library = library();
        let shown = match library.resolve(&library.posts[2], written) {
            Destination::Post { post, fragment } => format!("{}#{fragment}", library.post(post).unwrap().permalink),
            Destination::Here { fragment } => format!("#{fragment}"),
            Destination::Elsewhere(url) => url,
            Destination::Dead(path) => format!("dead {path}"),
        };
        assert_eq!(shown, expected, "{written}");
    }

    #[test]
    fn links_find_their_posts() {
        check("https://blog.example/post/2018/01/b/", "/post/2018/01/b/#");
        check("http://blog.example/post/2018/01/b#x", "/post/2018/01/b/#x");
        check("/post/2018/01/b/#%E8%A6%8B", "/post/2018/01/b/#見");
        check("../../../2018/01/b/", "/post/2018/01/b/#");
        check("../2018/b/index.md", "/post/2018/01/b/#");
        check("/old/a", "/post/2017/11/a/#");
        check("/post/2017/b-old/", "/post/2017/11/a/#");
        check("/about.html", "/about/#");
        check("/", "/#");
        check("#top", "#top");
        check("/nowhere/", "https://blog.example/nowhere/");
        check("https://other.example/", "https://other.example/");
        check("//other.example/x", "https://other.example/x");
        check("mailto:me@blog.example", "mailto:me@blog.example");
    }

    #[test]
    fn references_find_their_posts() {
        let library = library();
        let b = Destination::Post { post: PostId(3), fragment: String::new() };
        for written in ["post/2018/b/index.md", "post/2018/b", "/post/2018/b/", "b"] {
            assert_eq!(library.resolve_page(&library.posts[2], written), b, "{written}");
        }
        assert_eq!(library.resolve_page(&library.posts[2], "none.md"), Destination::Dead("none.md".into()));
    }

    #[test]
    fn posts_say_what_the_index_needs() {
        let library = library();
        let shown: Vec<_> = library.listed().map(|(_, post)| (&*post.title, post.draft, post.tags.len())).collect();
        assert_eq!(shown, [("About *me*", false, 0), ("A", false, 1), ("b", true, 0)]);
    }
}
