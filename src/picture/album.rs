//! Pictures that were fetched from other hosts because the reader asked for them: kept in a folder of the cache, within a bound.
//! Nothing here fetches.

use std::fs::{self, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use url::Url;

/// What all of them together may take on the disk, in bytes.
const MOST_BYTES: u64 = 128 * 1024 * 1024;

/// See the module's head.
#[derive(Debug, Clone)]
pub struct Album {
    folder: PathBuf,
    /// How many were added since the program started.
    edition: Arc<AtomicU64>,
}

impl Album {
    /// The pictures of a folder for caches. It need not exist.
    #[must_use]
    pub fn of(cache: &Path) -> Album {
        Album { folder: cache.join("pictures"), edition: Arc::default() }
    }

    /// A number that is another one whenever there is a new picture.
    #[must_use]
    pub fn edition(&self) -> u64 {
        self.edition.load(Ordering::SeqCst)
    }

    /// The file of a picture that was fetched from an address.
    #[must_use]
    pub fn find(&self, address: &Url) -> Option<PathBuf> {
        Some(self.file(address)).filter(|file| file.is_file())
    }

    /// Keeps a picture, and forgets the oldest where there are too many.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn keep(&self, address: &Url, bytes: &[u8]) -> io::Result<()> {
        make_folder(&self.folder)?;
        let file = self.file(address);
        let beside = file.with_extension(format!("{}-{}", std::process::id(), self.edition()));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&beside)?.write_all(bytes).and_then(|()| fs::rename(&beside, &file));
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written?;
        self.edition.fetch_add(1, Ordering::SeqCst);
        self.make_room(MOST_BYTES);
        Ok(())
    }

    fn file(&self, address: &Url) -> PathBuf {
        let half = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            (salt, address.as_str()).hash(&mut hasher);
            hasher.finish()
        };
        self.folder.join(format!("{:016x}{:016x}", half(0), half(1)))
    }

    /// Removes the oldest until the rest takes no more than so many bytes. The newest stays.
    fn make_room(&self, most: u64) {
        let entries = self.folder.read_dir().into_iter().flatten().flatten();
        let known = entries.filter_map(|entry| Some((entry.metadata().ok()?, entry.path())));
        let mut files: Vec<(SystemTime, u64, PathBuf)> =
            known.filter_map(|(facts, path)| Some((facts.modified().ok()?, facts.len(), path))).collect();
        files.sort();
        let mut total: u64 = files.iter().map(|(_, length, _)| length).sum();
        files.pop();
        for (_, length, path) in files {
            if total <= most {
                return;
            }
            if fs::remove_file(path).is_ok() {
                total -= length;
            }
        }
    }
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    std::os::unix::fs::DirBuilderExt::mode(fs::DirBuilder::new().recursive(true), 0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn address(name: &str) -> Url {
        Url::parse(&format!("https://pics.example/{name}")).unwrap()
    }

    #[test]
    fn what_is_kept_is_found_and_numbers_a_new_edition() {
        let folder = tempfile::tempdir().unwrap();
        let album = Album::of(folder.path());
        assert_eq!((album.find(&address("a")), album.edition()), (None, 0));
        album.keep(&address("a"), b"one").unwrap();
        album.keep(&address("a"), b"two").unwrap();
        assert_eq!(fs::read(album.find(&address("a")).unwrap()).unwrap(), b"two");
        assert_eq!((album.find(&address("b")), album.clone().edition()), (None, 2));
        let names = fs::read_dir(folder.path().join("pictures")).unwrap().count();
        assert_eq!(names, 1, "nothing is left of the writing");
    }

    #[test]
    fn the_oldest_make_room_and_the_newest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let album = Album::of(folder.path());
        for (age, name) in [(30, "a"), (20, "b"), (10, "c")] {
            album.keep(&address(name), &[0; 10]).unwrap();
            let file = fs::File::options().write(true).open(album.find(&address(name)).unwrap()).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
        }
        let kept = |album: &Album| ["a", "b", "c"].map(|name| album.find(&address(name)).is_some());
        album.make_room(30);
        assert_eq!(kept(&album), [true, true, true]);
        album.make_room(20);
        assert_eq!(kept(&album), [false, true, true]);
        album.make_room(0);
        assert_eq!(kept(&album), [false, false, true]);
    }

    #[test]
    fn a_folder_that_cannot_be_is_an_error_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(Album::of(&folder.path().join("file")).keep(&address("a"), b"x").is_err());
    }
}
