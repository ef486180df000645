//! Where the user keeps settings, state and caches.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// Where the settings file lies: `kiji/config.toml` in the user's configuration folder.
#[must_use]
pub fn file() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("kiji").join("config.toml"))
}

/// Where the program keeps what it remembers: `kiji` in the user's folder for state, or for data where the system has none.
#[must_use]
pub fn state_folder() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_dir()).join("kiji"))
}

/// Where the program keeps what it can do without: `kiji` in the user's folder for caches.
#[must_use]
pub fn cache_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("kiji"))
}

/// A path with `~/` at its start put into the user's home folder.
#[must_use]
pub fn expand_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(below), Ok(home)) => home.join(below),
        _ => path.to_owned(),
    }
}
