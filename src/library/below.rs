//! Where a file is below a folder.

use std::path::{Component, Path};

/// A path below a folder as text with `/` between its parts, for matching; none when it is not below it.
#[must_use]
pub fn relative(path: &Path, folder: &Path) -> Option<String> {
    if let Some(below) = plainly_below(path, folder) {
        return Some(below.to_owned());
    }
    let below = path.strip_prefix(folder).ok()?;
    let parts: Vec<_> = below
        .components()
        .filter_map(|part| if let Component::Normal(name) = part { Some(name.to_string_lossy()) } else { None })
        .collect();
    Some(parts.join("/"))
}

/// Whether a name that settings give is that of something below the folder that it is looked for in.
#[must_use]
pub fn is_name_below(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// A path below a folder, where both are written as paths of files are found: told by their letters, without taking them apart.
#[must_use]
pub fn plainly_below<'p>(path: &'p Path, folder: &Path) -> Option<&'p str> {
    let below = path.to_str()?.strip_prefix(folder.to_str()?)?.strip_prefix('/')?;
    below.split('/').all(|part| !matches!(part, "" | "." | "..")).then_some(below)
}
