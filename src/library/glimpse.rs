//! Some posts of a folder of very many, to be shown while all are read.

use std::path::{Path, PathBuf};

use super::site::folders::Folder;
use super::site::{self, Site};
use super::source::Encoding;
use super::{Asked, Library, Opened, folder_below, readable, rules, scan};

/// From so many posts on some are shown before all are read, and how many.
const VERY_MANY: usize = 1000;
const GLIMPSED: usize = 64;

impl Library {
    /// Posts of a folder, those that are found first. None where there are not so many that anyone would wait for the rest.
    #[must_use]
    pub fn glimpse(path: &Path, encoding: Option<Encoding>) -> Option<Library> {
        let path = &readable(path).ok().filter(|path| path.is_dir())?;
        let asked = Asked { encoding, ..Asked::of(path) };
        let root = site::find_root(path);
        let site = root.as_deref().map(Site::read).unwrap_or_default();
        let is_site = root.as_ref() == Some(path);
        let folders = if is_site { site.content.clone() } else { vec![folder_below(&site, path)] };
        let found = |folder: &Folder| scan::first_posts(&folder.path, &rules(&site, folder, &folders), VERY_MANY);
        let mut files: Vec<PathBuf> = folders.iter().flat_map(found).collect();
        if files.len() < VERY_MANY {
            return None;
        }
        files.sort();
        files.drain(..files.len() - GLIMPSED.min(files.len()));
        let mut library = Library::of_files(site, files, path, asked);
        library.opened = Some(Opened { path: path.clone(), root: Some(path.clone()), encoding });
        Some(library)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_of_very_many_are_shown_first() {
        let root = tempfile::tempdir().unwrap();
        let put = |name: &str| {
            let file = root.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "---\ntitle: t\n---\n").unwrap();
        };
        (0..VERY_MANY - 1).for_each(|number| put(&format!("content/{number}.md")));
        put("hugo.toml");
        assert!(Library::glimpse(root.path(), None).is_none());
        put("content/last.md");
        let some = Library::glimpse(root.path(), None).unwrap();
        let all = Library::open(root.path(), None).unwrap();
        assert_eq!((some.posts.len(), all.posts.len()), (GLIMPSED, VERY_MANY));
        assert!(some.posts.iter().all(|post| all.by_origin(&post.origin).is_some_and(|id| all.post(id) == Some(post))));
    }
}
