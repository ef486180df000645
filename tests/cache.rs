//! What a cache gives back of real sites is what a reading gives, byte for byte.

mod shared;

use kiji::library::Library;
use kiji::library::cache::Cache;
use kiji::print;

/// A library as programs see it.
fn printed(library: &Library) -> String {
    let mut lines = String::new();
    for post in &library.posts {
        lines += &format!("{}\n", print::entry(library, post, &post.name));
    }
    for problem in &library.problems {
        lines += &format!("{}: {}\n", problem.place, problem.what);
    }
    lines
}

#[test]
fn real_sites_come_back_as_they_were_read() {
    let Some(sites) = shared::path("sites") else { return };
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::eager(folder.path().to_owned());
    for site in sites.read_dir().unwrap().flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let read = Library::open(&site, None).unwrap();
        let first = Library::open_cached(&site, None, Some(&cache)).unwrap();
        let again = Library::open_cached(&site, None, Some(&cache)).unwrap();
        assert!(!read.posts.is_empty(), "{}", site.display());
        for cached in [first, again] {
            assert_eq!(printed(&cached), printed(&read), "{}", site.display());
            assert_eq!(cached.posts, read.posts, "{}", site.display());
        }
    }
}
