//! The folders whose files a site publishes as they are: pictures and the like.

use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use super::config::Config;
use super::folders::{Folder, strings};
use super::maker::Maker;
use crate::library::front_matter::scalar;
use crate::library::layouts::entries;

/// Where they lie, the site's own first, and below which address the files of each stand.
pub(super) fn folders(root: &Path, maker: Maker, config: &Config) -> Vec<Folder> {
    let mut folders = mounted(root, config);
    let named = ["staticdir", "publicdir"].map(|key| strings(config.at(&[key])));
    let own = named.into_iter().take(usize::from(maker == Maker::Hugo)).flatten();
    let usual = ["static", "public", "assets", "source", "images", "attachments"].map(str::to_owned);
    let own = own.chain(usual).filter_map(|name| below(root, &name));
    let themes = entries(&root.join("themes")).into_iter().map(|theme| theme.join("static"));
    folders.extend(own.chain(themes).map(|path| Folder { path, ..Folder::default() }));
    // The address of a file may be its path below the root.
    folders.push(Folder { path: root.to_owned(), ..Folder::default() });
    folders.retain(|folder| folder.path.is_dir());
    folders
}

/// The mounts of a Hugo site into its static files and its assets.
fn mounted(root: &Path, config: &Config) -> Vec<Folder> {
    let Some(Value::Array(mounts)) = config.at(&["module", "mounts"]) else { return Vec::new() };
    let folder = |mount: &Value| {
        let target = mount.get("target").and_then(scalar)?;
        let target = target.trim_matches('/');
        let under = target.strip_prefix("static").or_else(|| target.strip_prefix("assets"))?;
        let is_whole = under.is_empty() || under.starts_with('/');
        let path = below(root, &mount.get("source").and_then(scalar)?).filter(|_| is_whole)?;
        Some(Folder { path, under: under.trim_matches('/').to_owned(), ..Folder::default() })
    };
    mounts.iter().filter_map(folder).collect()
}

/// A folder below the root by its name.
fn below(root: &Path, name: &str) -> Option<PathBuf> {
    let is_below = Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    is_below.then(|| root.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_folders_are_found() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["static", "media", "themes/t/static", "docs/img"] {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        for (settings, expected) in [
            ("", vec![("static", ""), ("themes/t/static", ""), ("", "")]),
            ("staticDir: [media, ../out]", vec![("media", ""), ("static", ""), ("themes/t/static", ""), ("", "")]),
            (
                "module: {mounts: [{source: docs/img, target: static/i}, {source: docs, target: content}, {source: docs, target: statics}]}",
                vec![("docs/img", "i"), ("static", ""), ("themes/t/static", ""), ("", "")],
            ),
        ] {
            let found = folders(root.path(), Maker::Hugo, &Config::of(settings));
            let found: Vec<(PathBuf, String)> = found.into_iter().map(|folder| (folder.path, folder.under)).collect();
            let expected: Vec<(PathBuf, String)> = expected
                .into_iter()
                .map(|(path, under)| {
                    (if path.is_empty() { root.path().to_owned() } else { root.path().join(path) }, under.to_owned())
                })
                .collect();
            assert_eq!(found, expected, "{settings}");
        }
    }
}
