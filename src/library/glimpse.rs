//! Some posts of a folder, to be shown while all are read: of very many the first, and of those that are waited for too long the ones
//! that can be read at all.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::site::folders::Folder;
use super::site::{self, Site};
use super::source::{self, Encoding};
use super::{Asked, Library, Opened, folder_below, readable, rules, scan};

/// From so many posts on some are shown before all are read, and how many.
const VERY_MANY: usize = 1000;
const GLIMPSED: usize = 64;

/// After so long without an answer no more are waited for, and how many files are asked at the same time.
const SILENCE: Duration = Duration::from_secs(1);
const ASKED_AT_ONCE: usize = 8;

impl Library {
    /// Posts of a folder, those that are found first. None where there are not so many that anyone would wait for the rest.
    #[must_use]
    pub fn glimpse(path: &Path, encoding: Option<Encoding>) -> Option<Library> {
        Library::some(path, encoding, VERY_MANY, |mut files| {
            if files.len() < VERY_MANY {
                return Vec::new();
            }
            files.drain(..files.len() - GLIMPSED.min(files.len()));
            files
        })
    }

    /// The posts of a folder whose files answer. To read another one may take for ever: that of a server that is gone, say.
    #[must_use]
    pub fn of_answering(path: &Path, encoding: Option<Encoding>) -> Option<Library> {
        let is_readable = |file: &Path| source::read(file, 1).is_ok();
        Library::some(path, encoding, usize::MAX, |files| answering(files, SILENCE, is_readable))
    }

    /// Some of the first posts that are found in a folder, if any are chosen.
    fn some(
        path: &Path,
        encoding: Option<Encoding>,
        most: usize,
        choose: impl FnOnce(Vec<PathBuf>) -> Vec<PathBuf>,
    ) -> Option<Library> {
        let path = &readable(path).ok().filter(|path| path.is_dir())?;
        let asked = Asked { encoding, ..Asked::of(path) };
        let root = site::find_root(path);
        let site = root.as_deref().map(Site::read).unwrap_or_default();
        let is_site = root.as_ref() == Some(path);
        let folders = if is_site { site.content.clone() } else { vec![folder_below(&site, path)] };
        let found = |folder: &Folder| scan::first_posts(&folder.path, &rules(&site, folder, &folders), most);
        let mut files: Vec<PathBuf> = folders.iter().flat_map(found).collect();
        files.sort();
        let files = choose(files);
        if files.is_empty() {
            return None;
        }
        let mut library = Library::of_files(site, files, path, asked);
        library.opened = Some(Opened { path: path.clone(), root: Some(path.clone()), encoding });
        Some(library)
    }
}

/// The files that can be read, in their order. A thread that asks one which never answers is left behind.
fn answering(
    files: Vec<PathBuf>,
    silence: Duration,
    is_readable: impl Fn(&Path) -> bool + Copy + Send + 'static,
) -> Vec<PathBuf> {
    let (answers, answered) = mpsc::channel();
    let files = Arc::new(Mutex::new(files.into_iter()));
    for _ in 0..ASKED_AT_ONCE {
        let (files, answers) = (Arc::clone(&files), answers.clone());
        let next = move || files.lock().unwrap_or_else(PoisonError::into_inner).next();
        thread::spawn(move || {
            while let Some(file) = next() {
                let answer = is_readable(&file).then_some(file);
                if answers.send(answer).is_err() {
                    return;
                }
            }
        });
    }
    drop(answers);
    let mut found = Vec::new();
    while let Ok(answer) = answered.recv_timeout(silence) {
        found.extend(answer);
    }
    found.sort();
    found
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

    #[test]
    fn a_file_that_never_answers_is_left_out() {
        let files: Vec<PathBuf> = ["a", "b", "hangs", "c", "is no file"].map(PathBuf::from).to_vec();
        let is_readable = |file: &Path| {
            if file == Path::new("hangs") {
                thread::park();
            }
            file != Path::new("is no file")
        };
        let found = answering(files, Duration::from_millis(200), is_readable);
        assert_eq!(found, ["a", "b", "c"].map(PathBuf::from));
    }
}
