//! What a cache must give back, and whatever may be done to its file.

use std::fs;
use std::path::PathBuf;

use super::super::Library;
use super::*;

/// A folder of posts and one for the cache.
struct Place {
    posts: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place { posts: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() };
        for (name, text) in [
            ("hugo.toml", "title = 't'\nbaseURL = 'https://a.example/'"),
            ("content/a.md", "---\ntitle: A\ndate: 2020-01-02\ntags: [x, y]\naliases: [/old/]\n---\nbody"),
            ("content/b.md", "---\ntitle: B\ncategories: [c]\nauthor: me\ndraft: true\nexpiryDate: 2001-01-01\n---\n"),
            ("content/c/d.md", "---\ntitle: [\ndate: soon\n---\n"),
            ("content/e.md", "\u{200b} odd \u{1b}[31m\n===\n"),
        ] {
            place.put(name, text);
        }
        place
    }

    fn put(&self, name: &str, text: &str) {
        let file = self.posts.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn open(&self) -> Library {
        let cache = Cache::eager(self.cache.path().join("deep/kiji"));
        Library::open_cached(self.posts.path(), None, Some(&cache)).unwrap()
    }

    /// The file of the cache.
    fn file(&self) -> PathBuf {
        let mut files: Vec<PathBuf> =
            self.cache.path().join("deep/kiji").read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        files.remove(0)
    }

    /// That what is opened is what is read without a cache.
    fn check(&self, what: &str) {
        let (found, expected) = (self.open(), Library::open(self.posts.path(), None).unwrap());
        assert_eq!(found.posts, expected.posts, "{what}");
        assert_eq!(found.problems, expected.problems, "{what}");
    }
}

/// The cache with every title that is given replaced by one of the same length, its check sums right: so one sees whether it is used.
fn forge(file: &Path, from: &str, to: &str) {
    let mut bytes = fs::read(file).unwrap();
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
    reseal(&mut bytes);
    fs::write(file, bytes).unwrap();
}

/// Sets the check sums right.
fn reseal(bytes: &mut [u8]) {
    let mut at = MAGIC.len();
    for _ in 0..3 {
        at += 4 + u32::from_le_bytes(*bytes[at..].first_chunk().unwrap()) as usize;
    }
    while let Some(end) = record::end(bytes, at).filter(|_| at < bytes.len()) {
        let sum = record::sum(&bytes[at + 12..end]);
        bytes[at + 4..at + 12].copy_from_slice(&sum.to_le_bytes());
        at = end;
    }
}

fn titles(library: &Library) -> Vec<&str> {
    library.posts.iter().map(|post| &*post.title).collect()
}

#[test]
fn what_is_kept_is_what_was_read() {
    let place = Place::new();
    place.check("first");
    place.check("again");
    forge(&place.file(), "\u{1}\0\0\0A", "\u{1}\0\0\0Z");
    assert_eq!(titles(&place.open())[0], "Z", "the cache is used");
}

#[test]
fn what_changed_is_read_again() {
    let place = Place::new();
    place.open();
    place.put("content/a.md", "---\ntitle: A2\n---\n");
    place.check("a post");
    place.put("content/0.md", "---\ntitle: new\n---\n");
    fs::remove_file(place.posts.path().join("content/b.md")).unwrap();
    place.check("posts that come and go");
    place.check("again");
    place.put("hugo.toml", "title = 't'\nbaseURL = 'https://b.example/'\n[permalinks]\npost = '/:year/'\n");
    place.check("settings");
    place.put("content/_index.md", "---\ncascade: {tags: [given]}\n---\n");
    place.check("what sections give");
    place.put("hugo.toml", "timeZone = 'Asia/Tokyo'\n");
    place.check("the time zone");
}

#[test]
fn a_broken_file_is_as_good_as_none() {
    let place = Place::new();
    place.open();
    let (file, expected) = (place.file(), Library::open(place.posts.path(), None).unwrap().posts);
    let whole = fs::read(&file).unwrap();
    for cut in (0..whole.len()).step_by(17) {
        fs::write(&file, &whole[..cut]).unwrap();
        assert_eq!(place.open().posts, expected, "cut at {cut}");
    }
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x15;
        fs::write(&file, &bytes).unwrap();
        assert_eq!(place.open().posts, expected, "flipped at {at}");
        // A hostile one has its sums right; what it says of titles must be believed, but nothing else may happen.
        bytes[at] = 0xff;
        reseal_what_can_be(&mut bytes);
        fs::write(&file, &bytes).unwrap();
        drop(place.open());
    }
}

fn reseal_what_can_be(bytes: &mut [u8]) {
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| reseal(bytes)));
}

#[test]
fn forged_words_cannot_control_the_terminal() {
    let place = Place::new();
    place.open();
    forge(&place.file(), "\u{1}\0\0\0A", "\u{1}\0\0\0\u{1b}");
    place.check("a control character is no title");
}

#[test]
fn a_cache_of_another_folder_or_program_is_not_used() {
    let place = Place::new();
    place.open();
    let whole = fs::read(place.file()).unwrap();
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    for part in [place.posts.path().canonicalize().unwrap().as_os_str().as_encoded_bytes(), version, b"index 1"] {
        forge(&place.file(), "\u{1}\0\0\0A", "\u{1}\0\0\0Z");
        let mut bytes = fs::read(place.file()).unwrap();
        let at = bytes.windows(part.len()).position(|window| window == part).unwrap();
        bytes[at] ^= 1;
        fs::write(place.file(), &bytes).unwrap();
        place.check(&String::from_utf8_lossy(part));
        fs::write(place.file(), &whole).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn only_the_user_can_read_it_and_a_link_is_not_followed() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.open();
    let file = place.file();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    forge(&file, "\u{1}\0\0\0A", "\u{1}\0\0\0Z");
    let aside = place.cache.path().join("aside");
    fs::rename(&file, &aside).unwrap();
    std::os::unix::fs::symlink(&aside, &file).unwrap();
    place.check("a link");
}

#[test]
fn a_folder_that_cannot_be_written_to_keeps_nothing() {
    let place = Place::new();
    let taken = place.cache.path().join("file");
    fs::write(&taken, "").unwrap();
    let library = Library::open_cached(place.posts.path(), None, Some(&Cache::eager(taken))).unwrap();
    assert_eq!(titles(&library)[0], "A");
}

#[test]
fn many_at_once_leave_a_whole_file() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..10).for_each(|_| place.check("at once")));
        }
    });
    place.check("afterwards");
    forge(&place.file(), "\u{1}\0\0\0A", "\u{1}\0\0\0Z");
    assert_eq!(titles(&place.open())[0], "Z");
}

#[test]
fn files_that_just_changed_are_not_believed() {
    let place = Place::new();
    let cache = Cache { least: 0, ..Cache::of(place.cache.path().join("deep/kiji")) };
    for _ in 0..2 {
        Library::open_cached(place.posts.path(), None, Some(&cache)).unwrap();
    }
    let whole = fs::read(place.file()).unwrap();
    assert!(!whole.windows(4).any(|window| window == b"a.md"), "nothing of them is kept");
}
