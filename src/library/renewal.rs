//! A library made anew after files have changed: what did not change is not read again.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::cascade::Cascades;
use super::post::{Found, Kind};
use super::source::Choice;
use super::{Asked, Library, OpenError, Origin, Post, PostId, scan};

/// Which files and folders changed, came or went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub paths: BTreeSet<PathBuf>,
    /// Whether there may be others.
    pub is_partial: bool,
}

impl Changes {
    /// One file.
    #[must_use]
    pub fn of(path: PathBuf) -> Changes {
        Changes { paths: BTreeSet::from([path]), is_partial: false }
    }

    /// Takes in others.
    pub fn add(&mut self, others: Changes) {
        self.paths.extend(others.paths);
        self.is_partial |= others.is_partial;
    }

    /// Whether a file may have changed: it or a folder around it is named.
    fn touch(&self, file: &Path) -> bool {
        self.is_partial || file.ancestors().any(|path| self.paths.contains(path))
    }
}

/// A library made anew, and where the posts of the one before are in it: see [`Library::successors`].
#[derive(Debug, Clone)]
pub struct Renewal {
    pub before: Arc<Library>,
    pub after: Arc<Library>,
    pub successors: Vec<Option<PostId>>,
}

impl Renewal {
    /// Reads what changed: see [`Library::renewed`]. The post that is open stays, unlisted, where its file is gone.
    ///
    /// # Errors
    /// When what was opened cannot be read any more.
    pub fn of(before: Arc<Library>, changes: &Changes, open: Option<PostId>) -> Result<Renewal, OpenError> {
        let mut after = before.renewed(changes)?;
        let mut successors = before.successors(&after);
        if let Some(open) = open.filter(|open| successors.get(open.0 as usize) == Some(&None)) {
            after.hold(&before.posts[open.0 as usize]);
            successors = before.successors(&after);
        }
        Ok(Renewal { successors, before, after: Arc::new(after) })
    }
}

/// What is known from before.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub library: &'a Library,
    /// Which of its posts can be kept; none where all must be read.
    pub changes: Option<&'a Changes>,
}

/// The posts of before by what they were read from.
pub(super) struct Known<'a> {
    posts: HashMap<&'a Origin, &'a Post>,
    before: Option<Before<'a>>,
}

impl<'a> Known<'a> {
    pub(super) fn of(before: Option<Before<'a>>) -> Known<'a> {
        let posts = before.iter().flat_map(|before| &before.library.posts).map(|post| (&post.origin, post)).collect();
        Known { posts, before }
    }

    /// What is to be read, in the encoding that the user chose for it before.
    pub(super) fn chosen(&self, found: Found) -> Found {
        match self.posts.get(&found.origin) {
            Some(Post { choice: choice @ Choice::Fixed(_), .. }) => Found { choice: *choice, ..found },
            _ => found,
        }
    }

    /// The post as it was read before, where that still holds.
    pub(super) fn kept(&self, found: &Found) -> Option<&'a Post> {
        let post = self.posts.get(&found.origin)?;
        let Origin::File(file) = &found.origin else { return None };
        let is_same = !self.before?.changes?.touch(file) && Found::again(post, post.choice) == *found;
        is_same.then_some(post)
    }

    /// Whether sections give the same to their pages as before; else no post can be kept.
    pub(super) fn holds(&self, cascades: &Cascades) -> bool {
        self.before.is_some_and(|before| before.library.cascades == *cascades)
    }
}

/// A folder whose changes matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Watched {
    pub path: PathBuf,
    /// Whether what lies in the folders below it matters too.
    pub is_deep: bool,
}

/// The folders of a site that hold what its posts are read with.
const BESIDE: [&str; 5] = ["config", "layouts", "data", "i18n", "themes"];

impl Library {
    /// Reads what changed, and the rest with it where it hangs on that. Encodings that were chosen stay so.
    ///
    /// # Errors
    /// When what was opened cannot be read any more.
    pub fn renewed(&self, changes: &Changes) -> Result<Library, OpenError> {
        let Some(opened) = &self.opened else { return Ok(self.clone()) };
        let path = super::readable(&opened.path)?;
        let is_of_posts = changes.paths.iter().all(|path| self.is_of_posts(path));
        let before = Before { library: self, changes: is_of_posts.then_some(changes) };
        Ok(Library::made(Asked { encoding: opened.encoding, before: Some(before), ..Asked::of(&path) }))
    }

    /// Takes in a post of before whose file is gone. It is listed nowhere.
    fn hold(&mut self, post: &Post) {
        let Origin::File(path) = &post.origin else { return };
        let place = self.posts.partition_point(|other| matches!(&other.origin, Origin::File(file) if file < path));
        self.posts.insert(place, Post { kind: Kind::Unlisted, ..post.clone() });
    }

    /// Whether a change of a file or folder bears on posts alone, not on the site.
    fn is_of_posts(&self, path: &Path) -> bool {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let is_setting = ["toml", "yaml", "yml", "json", "js", "ts"].contains(&extension);
        let Some(root) = &self.site.root else { return !is_setting };
        let is_content = self.site.content.iter().any(|folder| path.starts_with(&folder.path));
        is_content && !is_setting && path != root
    }

    /// The folders to be watched, where there are such.
    #[must_use]
    pub fn watched(&self) -> Vec<Watched> {
        let Some(opened) = &self.opened else { return Vec::new() };
        let watched = |path: &Path, is_deep| Watched { path: path.to_owned(), is_deep };
        match &opened.root {
            Some(root) if self.site.root.as_ref() == Some(root) => {
                let content = self.site.content.iter().map(|folder| watched(&folder.path, true));
                let beside = BESIDE.iter().map(|name| watched(&root.join(name), true));
                std::iter::once(watched(root, false)).chain(content).chain(beside).collect()
            }
            Some(root) => vec![watched(root, true)],
            None => opened.path.parent().map(|folder| watched(folder, false)).into_iter().collect(),
        }
    }

    /// For each post the one that it is in a library made later. One whose file has another name there is known by title and date.
    #[must_use]
    pub fn successors(&self, later: &Library) -> Vec<Option<PostId>> {
        let by_origin: HashMap<&Origin, u32> = (0..).zip(&later.posts).map(|(at, post)| (&post.origin, at)).collect();
        let here: HashSet<&Origin> = self.posts.iter().map(|post| &post.origin).collect();
        let looks = |post: &Post| (post.title.clone(), post.date.map(|date| date.timestamp()), post.language.clone());
        let mut new: HashMap<_, Vec<u32>> = HashMap::new();
        for (at, post) in (0..).zip(&later.posts).filter(|(_, post)| !here.contains(&post.origin)) {
            new.entry(looks(post)).or_default().push(at);
        }
        let renamed = |post: &Post| new.get(&looks(post)).filter(|alike| alike.len() == 1).map(|alike| alike[0]);
        let successor = |post: &Post| by_origin.get(&post.origin).copied().or_else(|| renamed(post)).map(PostId);
        self.posts.iter().map(successor).collect()
    }
}

/// The folders below one in which posts are looked for, and the folder itself.
#[must_use]
pub fn folders(folder: &Watched) -> Vec<PathBuf> {
    match folder.path.is_dir() {
        false => Vec::new(),
        true if folder.is_deep => scan::folders(&folder.path),
        true => vec![folder.path.clone()],
    }
}

/// Whether a path below one of the watched folders is of a file that is passed over.
#[must_use]
pub fn is_passed_over(path: &Path, watched: &[Watched]) -> bool {
    let below = watched.iter().filter_map(|folder| path.strip_prefix(&folder.path).ok());
    let below = below.min_by_key(|below| below.as_os_str().len());
    let is_hidden = |part: &OsStr| part != ".gitignore" && part.as_encoded_bytes().starts_with(b".");
    below.is_none_or(|below| below.iter().any(|part| is_hidden(part) || part == "node_modules"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::source::Encoding;
    use super::*;

    /// A site in a folder of its own.
    fn site() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("hugo.toml", "title = 't'"),
            ("content/_index.md", "---\ntitle: Home\n---\n"),
            ("content/a.md", "---\ntitle: A\n---\n"),
            ("content/b/index.md", "---\ntitle: B\n---\n"),
            ("content/c.md", "---\ntitle: C\n---\n"),
        ] {
            put(root.path(), name, text);
        }
        root
    }

    fn put(root: &Path, name: &str, text: &str) {
        let file = root.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn titles(library: &Library) -> Vec<String> {
        library.listed().map(|(_, post)| post.title.to_string()).collect()
    }

    /// Changes a site, names some of the changed paths, and compares the titles.
    fn check(change: impl FnOnce(&Path), named: &[&str], expected: &[&str]) -> (Library, Library) {
        let root = site();
        let before = Library::open(root.path(), None).unwrap();
        change(root.path());
        let real = root.path().canonicalize().unwrap();
        let paths = named.iter().map(|name| real.join(name)).collect();
        let after = before.renewed(&Changes { paths, is_partial: false }).unwrap();
        assert_eq!(titles(&after), expected, "{named:?}");
        (before, after)
    }

    #[test]
    fn only_what_changed_is_read() {
        let both = |root: &Path| {
            put(root, "content/a.md", "---\ntitle: A2\n---\n");
            put(root, "content/c.md", "---\ntitle: C2\n---\n");
        };
        check(both, &["content/a.md"], &["A2", "B", "C"]);
        check(both, &["content"], &["A2", "B", "C2"]);
        check(|root| put(root, "content/0.md", "---\ntitle: new\n---\n"), &["content/0.md"], &["new", "A", "B", "C"]);
        check(|root| fs::remove_file(root.join("content/a.md")).unwrap(), &["content/a.md"], &["B", "C"]);
        check(|root| fs::remove_dir_all(root.join("content/b")).unwrap(), &["content/b"], &["A", "C"]);
    }

    #[test]
    fn what_posts_hang_on_is_read_with_them() {
        let given = "---\ntitle: Home\ncascade: {draft: true}\n---\n";
        let (_, after) = check(|root| put(root, "content/_index.md", given), &["content/_index.md"], &["A", "B", "C"]);
        assert!(after.listed().all(|(_, post)| post.draft));
        let (_, after) = check(|root| put(root, "hugo.toml", "title = 'new'"), &["hugo.toml"], &["A", "B", "C"]);
        assert_eq!(&*after.site.title, "new");
    }

    #[test]
    fn posts_are_followed_to_where_they_are_now() {
        let rename = |root: &Path| fs::rename(root.join("content/a.md"), root.join("content/z.md")).unwrap();
        let (before, after) = check(rename, &["content/a.md", "content/z.md"], &["B", "C", "A"]);
        let followed: Vec<_> = before
            .successors(&after)
            .into_iter()
            .map(|id| id.map(|id| after.posts[id.0 as usize].title.to_string()))
            .collect();
        assert_eq!(followed, before.posts.iter().map(|post| Some(post.title.to_string())).collect::<Vec<_>>());
        let remove = |root: &Path| fs::remove_file(root.join("content/a.md")).unwrap();
        let (before, after) = check(remove, &["content/a.md"], &["B", "C"]);
        let gone = before.listed().find(|(_, post)| &*post.title == "A").unwrap().0;
        assert_eq!(before.successors(&after)[gone.0 as usize], None);
    }

    #[test]
    fn the_open_post_stays() {
        let root = site();
        let mut library = Arc::new(Library::open(root.path(), None).unwrap());
        let mut open = library.listed().find(|(_, post)| &*post.title == "B").unwrap().0;
        let file = root.path().canonicalize().unwrap().join("content/b/index.md");
        let mut renew = || {
            let renewal = Renewal::of(Arc::clone(&library), &Changes::of(file.clone()), Some(open)).unwrap();
            library = renewal.after;
            open = renewal.successors[open.0 as usize].expect("it stays");
            (
                titles(&library),
                library.post(open).unwrap().title.to_string(),
                library.by_origin(&Origin::File(file.clone())) == Some(open),
            )
        };
        let expected = |listed: &[&str]| (listed.iter().map(ToString::to_string).collect(), "B".to_owned(), true);
        fs::remove_dir_all(root.path().join("content/b")).unwrap();
        assert_eq!(renew(), expected(&["A", "C"]));
        assert_eq!(renew(), expected(&["A", "C"]), "as long as it is open");
        put(root.path(), "content/b/index.md", "---\ntitle: B\n---\n");
        assert_eq!(renew(), expected(&["A", "B", "C"]), "it came back");
    }

    #[test]
    fn chosen_encodings_last() {
        let root = site();
        let mut library = Library::open(root.path(), None).unwrap();
        let (id, _) = library.listed().next().unwrap();
        let sjis = Encoding::named("sjis").unwrap();
        let post = library.reread(id, sjis).unwrap();
        library.replace(id, post);
        put(root.path(), "content/a.md", "---\ntitle: A2\n---\n");
        let file = root.path().canonicalize().unwrap().join("content/a.md");
        let after = library.renewed(&Changes::of(file)).unwrap();
        let post = after.listed().next().unwrap().1;
        assert_eq!((&*post.title, post.choice), ("A2", Choice::Fixed(sjis)));
    }

    #[test]
    fn hidden_files_are_passed_over() {
        let watched = [Watched { path: "/s/.x".into(), is_deep: true }];
        for (path, expected) in [
            ("/s/.x/a.md", false),
            ("/s/.x/b/.a.md.swp", true),
            ("/s/.x/.git/index", true),
            ("/s/.x/.gitignore", false),
            ("/s/.x/node_modules/a.md", true),
            ("/elsewhere/a.md", true),
        ] {
            assert_eq!(is_passed_over(Path::new(path), &watched), expected, "{path}");
        }
    }
}
