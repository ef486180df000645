//! A folder to the files that are its posts.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::{DirEntry, Walk, WalkBuilder};
use regex_lite::Regex;

use super::source;

/// How deep below its root a folder is searched.
const DEEPEST: usize = 256;

/// Names that are never posts and may hold very many files.
const PASSED_OVER: [&str; 2] = ["node_modules", ".git"];

/// Which Markdown files of a folder count.
#[derive(Debug, Clone, Default)]
pub struct Rules<'a> {
    /// Whether what lies in the folder of an `index.md` are its resources.
    pub bundles: bool,
    /// The folder in which HTML files with front matter are posts too, at any depth; empty for all folders.
    pub html: Option<&'a str>,
    /// Whether Markdown with components (`.mdx`) is none.
    pub plain: bool,
    /// Patterns of paths below the folder that are left out.
    pub excluded: &'a [String],
    /// Patterns of whole paths that are left out.
    pub ignored: &'a [Regex],
    /// Folders that are searched on their own.
    pub others: Vec<&'a Path>,
}

/// The Markdown files below a folder, in the order of their paths, and what could not be looked into. Links are not followed, hidden files
/// are passed over, and `.gitignore` files below the folder are honoured.
#[must_use]
pub fn posts(folder: &Path, rules: &Rules) -> (Vec<PathBuf>, Vec<String>) {
    let (mut posts, mut errors) = (Vec::new(), Vec::new());
    // Put in order folder by folder they are in the order of their paths, at a fraction of the cost of comparing whole paths.
    for entry in walker(folder).sort_by_file_path(|left, right| left.as_os_str().cmp(right.as_os_str())).build() {
        match entry {
            Ok(entry) if is_post(&entry) || is_page(&entry, rules.html) => posts.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => errors.push(error.to_string()),
        }
    }
    if rules.bundles {
        drop_resources(&mut posts, folder);
    }
    drop_excluded(&mut posts, folder, rules);
    (posts, errors)
}

/// Posts of a folder, those that are found first: no more are looked for than so many. Where bundles count, these are pages for certain.
#[must_use]
pub fn first_posts(folder: &Path, rules: &Rules, most: usize) -> Vec<PathBuf> {
    let found = walk(folder).flatten().filter(is_post).map(DirEntry::into_path);
    let mut posts: Vec<PathBuf> = found.take(most).collect();
    if rules.bundles {
        let is_index = |path: &Path| path.file_stem().is_some_and(|stem| stem == "index");
        posts.retain(|path| is_index(path) || !path.with_file_name("index.md").is_file());
    }
    drop_excluded(&mut posts, folder, rules);
    posts
}

fn drop_excluded(posts: &mut Vec<PathBuf>, folder: &Path, rules: &Rules) {
    if rules.plain {
        posts.retain(|path| path.extension().is_none_or(|extension| extension != "mdx"));
    }
    if rules.excluded.is_empty() && rules.ignored.is_empty() && rules.others.is_empty() {
        return;
    }
    let excluded = patterns(rules.excluded);
    posts.retain(|path| {
        let below = path.strip_prefix(folder).unwrap_or(path);
        let is_other = rules.others.iter().any(|other| other.starts_with(folder) && path.starts_with(other));
        let is_ignored = || rules.ignored.iter().any(|pattern| pattern.is_match(&path.to_string_lossy()));
        !is_other && !below.ancestors().any(|part| excluded.is_match(part)) && !is_ignored()
    });
}

/// Patterns such as `drafts/**` or `README.md`; one that cannot be understood leaves nothing out.
fn patterns(written: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in written {
        if let Ok(glob) = GlobBuilder::new(pattern.trim_matches('/')).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

/// Whether there is any Markdown file below a folder; it stops at the first.
#[must_use]
pub fn has_posts(folder: &Path) -> bool {
    walk(folder).flatten().any(|entry| is_post(&entry))
}

/// The folders that are looked into, the first of them the folder itself.
#[must_use]
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let is_folder = |entry: &DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
    walk(folder).flatten().filter(is_folder).map(DirEntry::into_path).collect()
}

fn is_post(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && is_markdown(entry.path())
}

/// Whether it is an HTML file that starts as front matter does; others are whole documents of their own.
fn is_page(entry: &DirEntry, folder: Option<&str>) -> bool {
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    let is_within = |folder: &str| folder.is_empty() || entry.path().iter().any(|part| part == folder);
    is_file
        && is_html(entry.path())
        && folder.is_some_and(is_within)
        && source::read(entry.path(), 16).is_ok_and(|bytes| starts_front_matter(&bytes))
}

fn starts_front_matter(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    start.starts_with(b"---") || start.starts_with(b"+++")
}

/// Whether a file is HTML by its name.
#[must_use]
pub fn is_html(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["html", "htm"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn walk(folder: &Path) -> Walk {
    walker(folder).build()
}

fn walker(folder: &Path) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    walker
        .follow_links(false)
        .max_depth(Some(DEEPEST))
        .parents(false)
        .git_global(false)
        .require_git(false)
        .filter_entry(|entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !(is_folder && entry.depth() > 0 && PASSED_OVER.iter().any(|name| entry.file_name() == *name))
        });
    walker
}

/// Whether a file is Markdown by its name.
#[must_use]
pub fn is_markdown(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["md", "markdown", "mdown", "mkd", "mdx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Takes out the Markdown files that belong to a leaf bundle without being its page. All of a folder is never one bundle.
fn drop_resources(posts: &mut Vec<PathBuf>, root: &Path) {
    let is_page = |path: &Path| {
        path.file_stem().is_some_and(|stem| stem == "index" || stem.to_string_lossy().starts_with("index."))
    };
    let bundles: HashSet<PathBuf> =
        posts.iter().filter(|path| is_page(path)).filter_map(|path| path.parent()).map(Path::to_path_buf).collect();
    let bundles: HashSet<PathBuf> = bundles.into_iter().filter(|folder| folder != root).collect();
    if bundles.is_empty() {
        return;
    }
    let above = root.as_os_str().len();
    posts.retain(|path| {
        let mut folders = path.ancestors().skip(1).take_while(|folder| folder.as_os_str().len() > above);
        let own = folders.next();
        let inside_own = own.is_some_and(|folder| bundles.contains(folder)) && !is_page(path);
        !inside_own && !folders.any(|folder| bundles.contains(folder))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_of_bundles_are_no_posts() {
        let mut posts: Vec<PathBuf> =
            ["a/index.md", "a/notes.md", "a/sub/b.md", "c/d.md", "e/_index.md", "e/f.md"].map(PathBuf::from).into();
        posts.push("index.md".into());
        drop_resources(&mut posts, Path::new(""));
        assert_eq!(posts, ["a/index.md", "c/d.md", "e/_index.md", "e/f.md", "index.md"].map(PathBuf::from));
    }

    #[test]
    fn posts_are_in_the_order_of_their_paths() {
        let root = tempfile::tempdir().unwrap();
        for name in ["b.md", "a/z.md", "a.md", "a-b/c.md", "a b.md", "a/b/c.md", "a/b.md", "Z.md", "日本.md"] {
            let file = root.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        let (found, _) = posts(root.path(), &Rules::default());
        assert!(found.len() == 9 && found.is_sorted(), "{found:?}");
    }

    #[test]
    fn what_the_rules_leave_out_is_no_post() {
        let root = tempfile::tempdir().unwrap();
        let html = "---\ntitle: t\n---\n<p>x</p>";
        for (name, text) in [
            ("a.md", ""),
            ("README.md", ""),
            ("_drafts/b.md", ""),
            ("ja/c.md", ""),
            ("_posts/b.html", html),
            ("page.html", html),
            ("whole.html", "<html>"),
            ("x.tmp.md", ""),
            ("x.mdx", ""),
        ] {
            let file = root.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let excluded = ["README.md".to_owned(), "_drafts".to_owned()];
        let ja = root.path().join("ja");
        let ignored = [Regex::new("\\.tmp\\.md$").unwrap()];
        let rules = Rules {
            html: Some(""),
            bundles: true,
            plain: true,
            excluded: &excluded,
            ignored: &ignored,
            others: vec![&ja],
        };
        let (found, errors) = posts(root.path(), &rules);
        assert_eq!(found, ["_posts/b.html", "a.md", "page.html"].map(|name| root.path().join(name)));
        assert_eq!(errors, Vec::<String>::new());
        let (found, _) = posts(root.path(), &Rules { html: Some("_posts"), ..rules });
        assert_eq!(found, ["_posts/b.html", "a.md"].map(|name| root.path().join(name)));
    }

    #[test]
    fn markdown_by_name() {
        for (name, expected) in
            [("a.md", true), ("a.Markdown", true), ("a.mdx", true), ("a.txt", false), ("md", false), ("a.md~", false)]
        {
            assert_eq!(is_markdown(Path::new(name)), expected, "{name}");
        }
    }
}
