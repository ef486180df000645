//! The posts of a folder: their titles, dates, tags, drafts, addresses, and how they link to one another.

pub mod date;
pub mod front_matter;
pub mod host;
pub mod layouts;
mod markup;
mod post;
pub mod scan;
pub mod site;
pub mod source;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use url::Url;

use crate::messages;
use crate::text::Clean;
use post::{Found, joined, read_post, unreadable};
pub use post::{Kind, Origin, Post, Problem};
use scan::Rules;
use site::{Site, content_stem};
use source::{Choice, Encoding};

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

/// A path that is to be opened, and the encoding that the user says goes with it.
#[derive(Clone, Copy)]
struct Asked<'a> {
    path: &'a Path,
    encoding: Option<Encoding>,
}

impl Asked<'_> {
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
        let path = &readable(path)?;
        let asked = Asked { path, encoding };
        let root = site::find_root(path);
        let site = root.as_deref().map(Site::read).unwrap_or_default();
        let is_part = path.is_file() && site.content.iter().any(|folder| path.starts_with(folder));
        let Some(root) = root.filter(|root| root == path || is_part) else {
            return Ok(Library::of_path(site, asked));
        };
        let folders = site.content.clone();
        Ok(Library::scanned(site, &folders, &root, asked))
    }

    /// Opens one file without the posts around it: links to them stay addresses.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open_alone(path: &Path, encoding: Option<Encoding>) -> Result<Library, OpenError> {
        let path = &readable(path)?;
        let site = site::find_root(path).as_deref().map(Site::read).unwrap_or_default();
        Ok(Library::of_path(site, Asked { path, encoding }))
    }

    /// A folder that is not a site's root, or one file.
    fn of_path(site: Site, asked: Asked) -> Library {
        let path = asked.path;
        if path.is_dir() {
            return Library::scanned(site, &[path.to_owned()], path, asked);
        }
        Library::of_files(site, &[path.to_owned()], path.parent().unwrap_or(path), asked)
    }

    fn scanned(site: Site, folders: &[PathBuf], shown_from: &Path, asked: Asked) -> Library {
        let rules = if site.root.is_some() { Rules::Bundles } else { Rules::Plain };
        let (mut files, mut errors) = (Vec::new(), Vec::new());
        for folder in folders {
            let (found, failed) = scan::posts(folder, rules);
            files.extend(found);
            errors.extend(failed);
        }
        let mut library = Library::of_files(site, &files, shown_from, asked);
        let place = Clean::line(&shown_from.to_string_lossy());
        library
            .problems
            .extend(errors.iter().map(|error| Problem { place: place.clone(), what: Clean::cut(error, 300) }));
        library
    }

    fn of_files(site: Site, files: &[PathBuf], shown_from: &Path, asked: Asked) -> Library {
        let found = |file: &PathBuf| Found::file(file, &site, shown_from, asked.choice(file));
        let read = |file: &PathBuf| {
            catch_unwind(AssertUnwindSafe(|| read_post(found(file), &site)))
                .unwrap_or_else(|_| unreadable(found(file), messages::NOT_UNDERSTOOD))
        };
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
    pub fn of_memory(settings: &str, posts: Vec<(String, Cow<'static, [u8]>)>, encoding: Option<Encoding>) -> Library {
        let site = Site::of(settings);
        let choice = encoding.map_or(Choice::Guess, Choice::Fixed);
        let posts = posts.into_iter().map(|(path, bytes)| {
            let found = Found { name: path.clone(), path, origin: Origin::Memory(bytes), choice };
            read_post(found, &site)
        });
        let posts = posts.collect();
        Library::of(site, posts)
    }

    /// Reads a post once more, in this encoding. Give the library what comes back by [`Library::replace`].
    #[must_use]
    pub fn reread(&self, id: PostId, encoding: Encoding) -> Option<Post> {
        Some(read_post(Found::again(self.post(id)?, Choice::Fixed(encoding)), &self.site))
    }

    /// Puts a post that was read once more in the place of the one that it was read from.
    pub fn replace(&mut self, id: PostId, post: Post) {
        let Some(known) = self.posts.get_mut(id.0 as usize).filter(|known| known.origin == post.origin) else { return };
        let before = std::mem::replace(known, post);
        self.problems.retain(|problem| before.problem.as_ref() != Some(problem));
        self.problems.extend(known.problem.clone());
        self.addresses = addresses(&self.posts);
    }

    fn of(site: Site, posts: Vec<Post>) -> Library {
        let mut problems: Vec<Problem> = posts.iter().filter_map(|post| post.problem.clone()).collect();
        problems.extend(site.problem.clone().map(|what| Problem { place: site.title.clone(), what }));
        Library { site, addresses: addresses(&posts), posts, problems }
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
        post.origin.read(source::WHOLE, post.choice).map(|decoded| decoded.text)
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
        let below = self.site.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
        let rooted = rooted.strip_prefix(below).filter(|rest| rest.starts_with('/')).unwrap_or(&rooted).to_owned();
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

    /// The whole address of where a link of a post leads, as a browser needs it; on a site without an address the path alone.
    #[must_use]
    pub fn address(&self, from: &Post, destination: &Destination) -> Option<String> {
        let (post, fragment) = match destination {
            Destination::Elsewhere(address) | Destination::Dead(address) => {
                return Some(Clean::line(address).to_string());
            }
            Destination::Here { fragment } => (from, fragment),
            Destination::Post { post, fragment } => (self.post(*post)?, fragment),
        };
        let page = self.site.address(&post.permalink).map_or_else(|| post.permalink.clone(), String::from);
        let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        Some(Clean::line(&(page + &fragment)).to_string())
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

/// The real path of a file or folder that can be opened.
fn readable(path: &Path) -> Result<PathBuf, OpenError> {
    let fail = |cause| OpenError { path: path.to_owned(), cause };
    let real = path.canonicalize().map_err(fail)?;
    if !real.is_dir() {
        source::read(&real, 0).map_err(fail)?;
    }
    Ok(real)
}

/// See [`Library::addresses`].
fn addresses(posts: &[Post]) -> HashMap<String, PostId> {
    let mut addresses = HashMap::with_capacity(posts.len() * 3);
    // What the site calls a page goes before what its file is called.
    let names: [fn(&Post) -> Vec<String>; 3] = [
        |post| vec![post.permalink.clone()],
        |post| post.aliases.clone(),
        |post| vec![content_stem(&post.path), post.path.clone()],
    ];
    for names_of in names {
        for (index, post) in posts.iter().enumerate() {
            for address in names_of(post) {
                addresses.entry(normal(&address)).or_insert(PostId(index as u32));
            }
        }
    }
    addresses
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
            None,
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
        assert_eq!(shown, [("About me", false, 0), ("A", false, 1), ("b", true, 0)]);
    }
}
