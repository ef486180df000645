//! Where the links of posts lead: other posts, by every address and name that they go by, or elsewhere.

use std::hash::{BuildHasher, RandomState};

use percent_encoding::percent_decode_str;
use url::Url;

use super::post::{Origin, joined};
use super::site::maker::Maker;
use super::site::permalink::{content_stem, dated_name};
use super::{Library, Post, PostId, scan};
use crate::text::Clean;
use crate::text::fold::fold;

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

/// Names of a post that weigh the same.
type Tier<'a> = &'a dyn Fn(&Post) -> Vec<String>;

/// What posts are called. It takes a while to find out for many of them, so it is done when it is first asked for.
#[derive(Debug, Clone)]
pub(super) struct Called {
    /// Normalised addresses, paths and aliases.
    addresses: Names,
    /// Folded names of files, titles and other names.
    names: Names,
}

/// The posts of names. The names themselves are not kept, only what a hash with keys of its own makes of them: 64 bits.
#[derive(Debug, Clone)]
struct Names {
    hasher: RandomState,
    /// By hash.
    posts: Vec<(u64, PostId)>,
}

impl Names {
    /// Of two posts with the same name the one of the earlier tier has it, then the earlier one.
    fn of(posts: &[Post], tiers: &[Tier], key: fn(&str) -> String) -> Names {
        let hasher = RandomState::new();
        let mut named = Vec::with_capacity(posts.len() * 6);
        for tier in tiers {
            for (at, post) in (0..).zip(posts) {
                named.extend(tier(post).iter().map(|name| (hasher.hash_one(key(name)), PostId(at))));
            }
        }
        named.sort_by_key(|(hash, _)| *hash);
        named.dedup_by_key(|(hash, _)| *hash);
        named.shrink_to_fit();
        Names { hasher, posts: named }
    }

    /// The post of a name in the form that the names were given in.
    fn get(&self, name: &str) -> Option<PostId> {
        let hash = self.hasher.hash_one(name);
        let at = self.posts.binary_search_by_key(&hash, |(known, _)| *known).ok()?;
        Some(self.posts[at].1)
    }
}

impl Library {
    /// What the posts are called. What the site calls a page goes before what its file is called.
    pub(super) fn called(&self) -> &Called {
        self.called.get_or_init(|| Called { addresses: self.addresses(), names: self.names() })
    }

    fn addresses(&self) -> Names {
        let languages = &self.site.languages;
        let in_language = |post: &Post| {
            let stem = content_stem(post.page());
            match languages.folder(&post.language) {
                "" => stem,
                folder => format!("{folder}/{stem}"),
            }
        };
        let tiers: [Tier; 4] = [
            &|post| vec![post.permalink.clone()],
            &|post| post.aliases.iter().chain(&post.canonical).map(|alias| whole(alias).to_owned()).collect(),
            &|post| {
                let folder = folder_page(&post.path).filter(|_| !self.site.maker.has_settings());
                let names = [in_language(post), content_stem(&post.path), post.path.clone()];
                names.into_iter().chain(folder.map(str::to_owned)).collect()
            },
            &|post| {
                let stem = content_stem(post.page());
                // As `ref` has it with `lang`.
                vec![format!("{}/{stem}", post.language), stem, post.page().to_owned()]
            },
        ];
        Names::of(&self.posts, &tiers, normal)
    }

    fn names(&self) -> Names {
        let tiers: [Tier; 4] = [
            &|post| vec![last_part(&content_stem(post.page())).to_owned()],
            &|post| {
                vec![
                    dated_name(last_part(&content_stem(post.page()))).1.to_owned(),
                    last_part(post.permalink.trim_end_matches('/')).to_owned(),
                ]
            },
            &|post| vec![post.title.to_string()],
            &|post| post.names.clone(),
        ];
        Names::of(&self.posts, &tiers, fold)
    }

    /// Where a target written in a post leads.
    #[must_use]
    pub fn resolve(&self, from: &Post, written: &str) -> Destination {
        let written = written.trim();
        if let Some(fragment) = written.strip_prefix('#') {
            return Destination::Here { fragment: decoded(fragment) };
        }
        // Zola's way to name a file of the content.
        if let Some(page) = written.strip_prefix("@/") {
            return self.resolve_page(from, &format!("/{page}"));
        }
        let absolute = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
        if let Ok(url) = Url::parse(&absolute) {
            let fragment = url.fragment().unwrap_or_default();
            let own = self.site.own_path(&url).and_then(|path| self.at(&path, fragment));
            let by_name = || self.at(whole(absolute.split(['#', '?']).next()?), fragment);
            return own.or_else(by_name).unwrap_or(Destination::Elsewhere(absolute));
        }
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() {
            return Destination::Dead(written.to_owned());
        }
        // A file is meant, and of its translations that in the same language.
        let is_file = scan::is_markdown(path.as_ref());
        let candidates = self.candidates(from, path);
        let candidates = if is_file { self.in_language(from, candidates) } else { candidates };
        if let Some(found) = candidates.iter().find_map(|candidate| self.at(candidate, fragment)) {
            return found;
        }
        let rooted = if path.starts_with('/') { written.to_owned() } else { joined(self.home(from, path), written) };
        let below = self.site.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
        let rooted = rooted.strip_prefix(below).filter(|rest| rest.starts_with('/')).unwrap_or(&rooted);
        match self.site.address(rooted).filter(|_| !is_file) {
            Some(url) => Destination::Elsewhere(url.into()),
            // Where pages are published is not known, or it is a file that was moved: its name may still be that of a post.
            None => self.named(&decoded(path), fragment).unwrap_or(Destination::Dead(written.to_owned())),
        }
    }

    /// Where the argument of a `ref` or `relref`, or a wikilink, leads: a path from the content folder, or from the folder of the
    /// post, or else a name: of a file, a title, another name of a note. A part after `#` is a heading, by its fragment or its words.
    #[must_use]
    pub fn resolve_page(&self, from: &Post, written: &str) -> Destination {
        let written = written.trim();
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        // Of several headings the last counts. The name of a block is not kept.
        let fragment = fragment.rsplit('#').next().filter(|name| !name.starts_with('^')).unwrap_or_default();
        if path.is_empty() {
            return Destination::Here { fragment: fragment.to_owned() };
        }
        let candidates = self.in_language(from, self.candidates(from, path));
        let found = candidates.iter().find_map(|candidate| self.at(candidate, fragment));
        found.or_else(|| self.named(path, fragment)).unwrap_or_else(|| Destination::Dead(written.to_owned()))
    }

    /// The post of a name: a file's, a title, or another name; of a path its last part counts.
    fn named(&self, name: &str, fragment: &str) -> Option<Destination> {
        let path = name.trim_matches('/');
        let is_file = scan::is_markdown(path.as_ref()) || scan::is_html(path.as_ref());
        let stem = if is_file { content_stem(path) } else { path.to_owned() };
        // Every folder may have one.
        if path.contains('/') && (folder_page(path).is_some() || (is_file && path.contains("index."))) {
            return None;
        }
        let post = [name, last_part(&stem)].into_iter().find_map(|name| self.called().names.get(&fold(name)))?;
        Some(Destination::Post { post, fragment: fragment.to_owned() })
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
        let page = self.published(post).unwrap_or_else(|| post.permalink.clone());
        let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        Some(Clean::line(&(page + &fragment)).to_string())
    }

    /// The addresses that a path without a host may mean, the likeliest first.
    fn candidates(&self, from: &Post, path: &str) -> Vec<String> {
        if path.starts_with('/') {
            let base = self.site.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
            let below = path.strip_prefix(base).filter(|_| !base.is_empty()).map(str::to_owned);
            // Zenn has the name of the author before the path.
            let article = path.find("/articles/").filter(|_| self.site.maker == Maker::Zenn);
            let article = article.map(|at| path[at..].to_owned());
            // A folder above a site may be open: then its root is that of the content.
            let above = from.path.find("content/").map(|at| format!("/{}content{path}", &from.path[..at]));
            return below.into_iter().chain(article).chain([path.to_owned()]).chain(above).collect();
        }
        let folder = from.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        vec![joined(&format!("{folder}/"), path), joined(&from.permalink, path), path.to_owned()]
    }

    /// The address that a path in a post starts from. Hugo publishes the files of a bundle once, beside the page in the default language.
    fn home<'p>(&self, from: &'p Post, path: &str) -> &'p str {
        let folder = self.site.languages.folder(&from.language);
        let shared = from.permalink.strip_prefix(&format!("/{folder}")).filter(|_| !folder.is_empty());
        let is_beside = || match &from.origin {
            Origin::File(file) => {
                last_part(from.page()).starts_with("index.") && file.with_file_name(decoded(path)).is_file()
            }
            Origin::Memory(_) => false,
        };
        shared.filter(|rest| rest.starts_with('/') && is_beside()).unwrap_or(&from.permalink)
    }

    /// Puts the same paths in the language of a post before these.
    fn in_language(&self, from: &Post, paths: Vec<String>) -> Vec<String> {
        let folder = self.site.languages.folder(&from.language);
        if folder.is_empty() {
            return paths;
        }
        let own = paths.iter().map(|path| format!("/{folder}/{}", path.trim_start_matches('/')));
        own.chain(paths.iter().cloned()).collect()
    }

    pub(super) fn at(&self, path: &str, fragment: &str) -> Option<Destination> {
        let post = self.called().addresses.get(&normal(path))?;
        Some(Destination::Post { post, fragment: decoded(fragment) })
    }
}

/// A whole address without its scheme, as it is looked up; a path as it is.
fn whole(address: &str) -> &str {
    address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address)
}

/// The folder that a file called `README` is the page of.
fn folder_page(path: &str) -> Option<&str> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, _) = file.rsplit_once('.')?;
    stem.eq_ignore_ascii_case("readme").then_some(folder)
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A path in the form that addresses are compared in.
fn normal(path: &str) -> String {
    let path = decoded(path).to_lowercase();
    let path = path.trim_matches('/');
    let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    let path = if scan::is_markdown(path.as_ref()) { content_stem(path) } else { path.to_owned() };
    path.trim_matches('/').to_owned()
}

pub(super) fn decoded(written: &str) -> String {
    percent_decode_str(written).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

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
        check_in(&library(), written, expected);
    }

    fn check_in(library: &Library, written: &str, expected: &str) {
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
        check("/post/2017/11/b-old/", "/post/2017/11/a/#");
        check("/about.html", "/about/#");
        check("/", "/#");
        check("#top", "#top");
        check("/nowhere/", "https://blog.example/nowhere/");
        check("https://other.example/", "https://other.example/");
        check("//other.example/x", "https://other.example/x");
        check("mailto:me@blog.example", "mailto:me@blog.example");
        check("@/post/2018/b/index.md#x", "/post/2018/01/b/#x");
        check("b.md", "/post/2018/01/b/#");
        check("gone.md", "dead gone.md");
    }

    #[test]
    fn translations_of_a_bundle_share_its_files() {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("hugo.yaml", "baseURL: https://blog.example/\ndefaultContentLanguage: en\nlanguages: {en: {}, de: {}}\n"),
            ("content/a/index.de.md", "---\ntitle: A\n---\nx"),
            ("content/a/b c.scad", ""),
        ] {
            let file = root.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let library = Library::open(root.path(), None).unwrap();
        for (written, expected) in
            [("b%20c.scad", "https://blog.example/a/b%20c.scad"), ("none.scad", "https://blog.example/de/a/none.scad")]
        {
            assert_eq!(library.resolve(&library.posts[0], written), Destination::Elsewhere(expected.to_owned()));
        }
    }

    #[test]
    fn names_stand_in_for_addresses_that_are_not_known() {
        let post = |path: &str, text: &'static str| (path.to_owned(), Cow::Borrowed(text.as_bytes()));
        let posts = vec![
            post("0.md", ""),
            post("1.md", ""),
            post("x/2020-01-31-first-post.md", "---\ntitle: 題\ncanonical: https://zenn.dev/me/articles/first\n---\n"),
            post("x/y.md", "---\nslug: other\n---\n"),
            post("z/v1.2.md", ""),
            post("blog/content/a/index.md", ""),
        ];
        let library = Library::of_memory("", posts, None);
        for (written, expected) in [
            ("/archives/first-post/", "/x/2020-01-31-first-post/#"),
            ("/archives/other#h", "/x/other/#h"),
            ("https://zenn.dev/me/articles/first#h", "/x/2020-01-31-first-post/#h"),
            ("https://zenn.dev/me/articles/second", "https://zenn.dev/me/articles/second"),
            ("/archives/none/", "dead /archives/none/"),
            ("/archives/other.html", "/x/other/#"),
            ("other.txt", "dead other.txt"),
            ("a/v1.2.md", "/z/v1.2/#"),
        ] {
            check_in(&library, written, expected);
        }
        let inside = library.resolve(&library.posts[5], "@/a/index.md#h");
        assert_eq!(inside, Destination::Post { post: PostId(5), fragment: "h".to_owned() });
        for (written, expected) in [("v1.2", Some(4)), ("a/V1.2#h", Some(4)), ("題", Some(2)), ("first.png", None)] {
            let found = match library.resolve_page(&library.posts[0], written) {
                Destination::Post { post, .. } => Some(post.0),
                _ => None,
            };
            assert_eq!(found, expected, "{written}");
        }
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
}
