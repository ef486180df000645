//! Material that is not part of the project: suites and real sites, beside it in `../shared` or where `KIJI_SHARED` points.

use std::path::PathBuf;

/// A path in it; none, with a word on it, where it is not at hand.
pub fn path(below: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = std::env::var_os("KIJI_SHARED").map_or_else(beside, PathBuf::from).join(below);
    let is_here = path.exists();
    if !is_here {
        println!("skipped: {} is not here", path.display());
    }
    is_here.then_some(path)
}
