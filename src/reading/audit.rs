//! What is wrong inside a blog: links to nothing, headings and images that are not there, shortcodes that nobody knows. It takes
//! reading every post. What cannot be known (a page that only the theme makes, a file of a folder that is not at hand) is not wrong.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;

use super::body;
use crate::document::embed::{Meaning, meaning};
use crate::document::{Block, Document, LinkKind, Target, links, shortcode};
use crate::library::front_matter::split;
use crate::library::site::maker::Maker;
use crate::library::{Destination, Library, Origin, Post, PostId};
use crate::messages;
use crate::template::Host;
use crate::text::Clean;
use crate::text::fold::fold;

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// Front matter or a settings file: a problem of the library.
    Problem,
    Link,
    Heading,
    Image,
    Shortcode,
}

impl FaultKind {
    /// Its name, for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FaultKind::Problem => "problem",
            FaultKind::Link => "link",
            FaultKind::Heading => "heading",
            FaultKind::Image => "image",
            FaultKind::Shortcode => "shortcode",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as the library names it.
    pub place: Clean,
    /// The line in the file, from 1, where it is known.
    pub line: Option<usize>,
    pub kind: FaultKind,
    /// In words.
    pub what: Clean,
}

/// The folders of a site that its files are published from.
const PUBLISHED: [&str; 6] = ["static", "public", "assets", "content", "source", ""];

/// What is known of a post before any link is followed.
#[derive(Debug, Default)]
struct Known {
    links: Vec<(Target, LinkKind)>,
    /// The fragments of its headings, and their folded words.
    headings: HashSet<String>,
    shortcodes: Vec<String>,
}

/// Looks for what is wrong, in the order of the posts.
#[must_use]
pub fn audit(library: &Library) -> Vec<Fault> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
    let chunks = library.posts.chunks(library.posts.len().div_ceil(threads).max(1));
    let read = |post: &Post| catch_unwind(AssertUnwindSafe(|| known(library, post))).unwrap_or_default();
    let known: Vec<Known> = thread::scope(|scope| {
        let workers: Vec<_> =
            chunks.map(|chunk| scope.spawn(move || chunk.iter().map(read).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    let auditor = Auditor::new(library, known);
    let problems = library.problems.iter().map(|problem| Fault {
        place: problem.place.clone(),
        line: None,
        kind: FaultKind::Problem,
        what: problem.what.clone(),
    });
    let posts = (0..library.posts.len() as u32).map(PostId);
    problems.chain(posts.flat_map(|id| auditor.faults(id))).collect()
}

fn known(library: &Library, post: &Post) -> Known {
    let text = library.text(post).unwrap_or_default();
    let document = body(library, post, &text);
    let mut headings = HashSet::new();
    note_headings(&document.blocks, &mut headings);
    document.notes.iter().for_each(|note| note_headings(&note.blocks, &mut headings));
    let links = document.links.iter().map(|link| (link.target.clone(), link.kind)).collect();
    Known { links, headings, shortcodes: unknown_shortcodes(library, post, &text, &document) }
}

/// What is the same of a heading in every program that makes fragments of it: its letters and figures.
fn letters(words: &str) -> String {
    fold(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn note_headings(blocks: &[Block], headings: &mut HashSet<String>) {
    for block in blocks {
        match block {
            Block::Heading { id, text, .. } => {
                headings.insert(letters(id));
                headings.insert(letters(text.as_str()));
                headings.insert(letters(&links::latin_anchor(text.as_str())));
            }
            Block::Quote { blocks } | Block::Alert { blocks, .. } | Block::Details { blocks, .. } => {
                note_headings(blocks, headings);
            }
            // Hugo's themes make anchors of terms.
            Block::Definitions(list) => {
                headings.extend(list.iter().flat_map(|one| &one.terms).map(|term| letters(term.as_str())));
            }
            Block::List { items, .. } => items.iter().for_each(|item| note_headings(&item.blocks, headings)),
            _ => {}
        }
    }
}

/// The shortcodes of a Hugo site that neither it nor the program knows.
fn unknown_shortcodes(library: &Library, post: &Post, text: &str, document: &Document) -> Vec<String> {
    let is_shown_plainly = !document.notices.is_empty();
    let has_layouts = library.site.root.as_deref().is_some_and(has_layouts);
    if library.site.maker != Maker::Hugo || !has_layouts || is_shown_plainly {
        return Vec::new();
    }
    let parts = split(text);
    let host = library.host(post, &parts);
    let mut calls = Vec::new();
    let _ = shortcode::extract(parts.body, &mut calls, &mut |_, _| None);
    let mut names: Vec<String> = Vec::new();
    for call in calls.iter().filter(|call| meaning(call) == Meaning::Unknown) {
        if !names.contains(&call.name) && host.shortcode(&call.name).is_none() {
            names.push(call.name.clone());
        }
    }
    names
}

/// Whether all that lays out a Hugo site is here: no theme that is fetched from elsewhere.
fn has_layouts(root: &Path) -> bool {
    let themes = root.join("themes");
    let mut folders = themes.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let is_fetched =
        root.join("go.mod").exists() || folders.any(|theme| theme.is_dir() && !theme.join("layouts").is_dir());
    !is_fetched && (root.join("layouts").is_dir() || themes.is_dir())
}

struct Auditor<'a> {
    library: &'a Library,
    known: Vec<Known>,
    /// Paths of pages that hold others: `/post/`, `/post/2017/`.
    above: HashSet<String>,
    /// The folders of posts by the paths of their pages: what lies beside a post is published below its page.
    folders: HashMap<String, PathBuf>,
    /// Whether the site renders links in a way of its own.
    has_hooks: bool,
    /// Whether its theme is not at hand.
    is_strange: bool,
}

impl Auditor<'_> {
    fn new(library: &Library, known: Vec<Known>) -> Auditor<'_> {
        let mut above = HashSet::new();
        let mut folders = HashMap::new();
        for post in &library.posts {
            let path = post.permalink.trim_matches('/').to_lowercase();
            above.extend(path.match_indices('/').map(|(at, _)| path[..at].to_owned()));
            if let Origin::File(file) = &post.origin
                && let Some(folder) = file.parent()
            {
                folders.insert(path, folder.to_owned());
            }
        }
        let root = library.site.root.as_deref();
        let hooks = ["layouts/_default/_markup", "layouts/_markup"];
        let has_hooks = root.is_some_and(|root| hooks.iter().any(|folder| root.join(folder).is_dir()));
        let is_strange = root.is_some_and(|root| library.site.maker == Maker::Hugo && !has_layouts(root));
        Auditor { library, known, above, folders, has_hooks, is_strange }
    }

    fn faults(&self, id: PostId) -> Vec<Fault> {
        let (Some(post), Some(known)) = (self.library.post(id), self.known.get(id.0 as usize)) else {
            return Vec::new();
        };
        let mut found: Vec<(FaultKind, String)> = Vec::new();
        for (target, kind) in &known.links {
            let written = match target {
                Target::Url(written) | Target::Page(written) => written,
                Target::Note(_) | Target::NoteMark(_) | Target::Fold => continue,
            };
            if let Some(fault) =
                self.fault(id, post, target, *kind).filter(|_| !found.iter().any(|(_, known)| known == written))
            {
                found.push((fault, written.clone()));
            }
        }
        found.extend(known.shortcodes.iter().map(|name| (FaultKind::Shortcode, name.clone())));
        if found.is_empty() {
            return Vec::new();
        }
        let text = self.library.text(post).unwrap_or_default();
        let fault = |(kind, written): (FaultKind, String)| {
            let what = match kind {
                FaultKind::Heading => messages::no_such_heading(&written),
                FaultKind::Image => messages::missing_image(&written),
                FaultKind::Shortcode => messages::unknown_shortcode(&written),
                FaultKind::Link | FaultKind::Problem => messages::dead_link(&written),
            };
            let line = text.find(&written).map(|at| text[..at].matches('\n').count() + 1);
            Fault { place: post.name.clone(), line, kind, what: Clean::cut(&what, 300) }
        };
        found.into_iter().map(fault).collect()
    }

    /// What is wrong with a link of a post, if anything.
    fn fault(&self, id: PostId, post: &Post, target: &Target, kind: LinkKind) -> Option<FaultKind> {
        let is_image = kind == LinkKind::Image;
        let wrong = if is_image { FaultKind::Image } else { FaultKind::Link };
        let written = match target {
            Target::Url(written) | Target::Page(written) => written.trim(),
            Target::Note(_) | Target::NoteMark(_) | Target::Fold => return None,
        };
        // A site that renders links in its own way may mean what nobody else can know.
        let is_relative = !written.starts_with(['/', '#']) && !written.contains("://");
        let is_own_way = is_relative && (self.has_hooks || (self.is_strange && !written.contains(['/', '.'])));
        let is_drawn = || is_image && self.library.picture(post, written).is_ok();
        if written.is_empty() || is_own_way || is_drawn() || written.contains(['{', '<', '\u{fdd0}']) {
            return None;
        }
        let destination = match target {
            Target::Page(_) => self.library.resolve_page(post, written),
            _ => self.library.resolve(post, written),
        };
        match destination {
            Destination::Post { .. } if is_image => None,
            Destination::Post { post, fragment } => {
                // A link to a translation may be written as one to the original.
                let has = |post: &PostId| self.has_heading(*post, &fragment);
                let is_known = has(&post) || self.library.translations(post).iter().any(has);
                (!is_known).then_some(FaultKind::Heading)
            }
            Destination::Here { fragment } => (!self.has_heading(id, &fragment)).then_some(FaultKind::Heading),
            Destination::Dead(path) if matches!(target, Target::Page(_)) => {
                (!self.is_file(post, &path)).then_some(wrong)
            }
            Destination::Dead(path) => (!self.is_there(post, &path)).then_some(wrong),
            Destination::Elsewhere(address) => {
                let url = url::Url::parse(&address).ok()?;
                let path = self.library.site.own_path(&url)?;
                // A whole address may lead to another part of the same host.
                let is_whole = written.contains("://") || written.starts_with("//");
                let path = if is_whole { path } else { written.to_owned() };
                (!is_whole && !self.is_there(post, &path)).then_some(wrong)
            }
        }
    }

    fn has_heading(&self, id: PostId, fragment: &str) -> bool {
        let is_made = ["fn", "top", ":~:", "!", "/"].iter().any(|start| fragment.starts_with(start));
        let Some(known) = self.known.get(id.0 as usize) else { return true };
        if fragment.is_empty() || is_made || known.headings.contains(&letters(fragment)) {
            return true;
        }
        // An anchor of the post's own, or of a section's page that lists what it holds.
        let Some(post) = self.library.post(id) else { return true };
        let text = self.library.text(post).unwrap_or_default();
        let quoted =
            [format!("\"{fragment}\""), format!("'{fragment}'"), format!("#{fragment}}}"), format!("={fragment}>")];
        post.kind != crate::library::Kind::Post || quoted.iter().any(|anchor| text.contains(anchor.as_str()))
    }

    /// Whether a path leads to a file or to a page that the site makes, or cannot be known to lead nowhere.
    fn is_there(&self, post: &Post, written: &str) -> bool {
        let path = written.split(['#', '?']).next().unwrap_or_default();
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let trimmed = path.trim_matches('/').to_lowercase();
        let is_term = |part: &str| part == "tags" || self.library.site.taxonomies.iter().any(|name| name == part);
        let is_made = trimmed.is_empty() || self.above.contains(&trimmed) || trimmed.split('/').any(is_term);
        is_made || self.is_file(post, &path) || !self.is_folder_at_hand(&path)
    }

    fn is_file(&self, post: &Post, path: &str) -> bool {
        let Origin::File(file) = &post.origin else { return true };
        let beside = file.parent().map(|folder| folder.join(path.trim_start_matches('/')));
        let rooted = path.trim_start_matches('/');
        // A page is a folder of its own: what is beside the file is one step up from there.
        let above = file.parent().map(|folder| folder.join(rooted.strip_prefix("../").unwrap_or(rooted)));
        let bases = self.bases();
        let mut files = beside.into_iter().chain(above).chain(bases.into_iter().map(|base| base.join(rooted)));
        files.any(|file| file.exists()) || self.is_beside_a_page(post, path)
    }

    /// Whether a path below the page of a post leads to a file that lies beside that post.
    fn is_beside_a_page(&self, post: &Post, path: &str) -> bool {
        let base = url::Url::parse("http://localhost/").and_then(|base| base.join(&post.permalink));
        let Some(path) = base.and_then(|base| base.join(path)).ok().map(|url| url.path().to_owned()) else {
            return false;
        };
        let path = percent_encoding::percent_decode_str(path.trim_matches('/')).decode_utf8_lossy();
        let mut pages = path
            .match_indices('/')
            .filter_map(|(at, _)| Some((self.folders.get(&path[..at].to_lowercase())?, &path[at + 1..])));
        pages.any(|(folder, rest)| folder.join(rest).exists())
    }

    /// Whether files of the folder that a path from the root begins with are here at all. A relative path always is.
    fn is_folder_at_hand(&self, path: &str) -> bool {
        let Some(rooted) = path.strip_prefix('/') else { return true };
        match rooted.split_once('/') {
            Some((first, rest)) if !rest.is_empty() && Path::new(rest).extension().is_some() => {
                self.bases().iter().any(|base| base.join(first).is_dir())
            }
            _ => Path::new(rooted).extension().is_none(),
        }
    }

    fn bases(&self) -> Vec<PathBuf> {
        let Some(root) = &self.library.site.root else { return Vec::new() };
        PUBLISHED.iter().map(|folder| root.join(folder)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let root = tempfile::tempdir().unwrap();
        let files = [
            ("hugo.toml", "baseURL = 'https://a.example/'\n"),
            ("static/img/there.png", ""),
            ("layouts/shortcodes/own.html", "x"),
            ("content/post/b.md", "---\ndate: soon\n---\n## Head\n\n<a name=\"own\"></a>\n"),
            (
                "content/post/a/index.md",
                "[b](/post/b/) [h](/post/b/#head) [own](/post/b/#own) ![i](x.png) ![j](/img/there.png)\n\
                 [tag](/tags/go/) [list](/post/) [out](https://b.example/gone) [feed](/index.xml)\n\
                 {{< own >}} {{< youtube abc >}}\n\n\
                 [gone](/post/gone/) [bad](/post/b/#none)\n![k](gone.png) ![l](/img/gone.png)\n\
                 {{< never-heard-of >}} [r]({{< ref \"nothing.md\" >}}) [me](#none-here)\n",
            ),
            ("content/post/a/x.png", ""),
        ];
        for (path, text) in files {
            let file = root.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let library = Library::open(root.path(), None).unwrap();
        let shown: Vec<String> = audit(&library)
            .iter()
            .map(|fault| {
                format!("{} {} {}", fault.kind.name(), fault.line.unwrap_or(0), fault.what.rsplit(": ").next().unwrap())
            })
            .collect();
        let expected = [
            "problem 0 \"soon\" is not a date",
            "link 5 /post/gone/",
            "heading 5 /post/b/#none",
            "image 6 gone.png",
            "image 6 /img/gone.png",
            "link 7 nothing.md",
            "heading 7 #none-here",
            "shortcode 7 never-heard-of",
        ];
        assert_eq!(shown, expected);
    }
}
