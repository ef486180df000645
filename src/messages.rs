//! Every word that the program itself says, in one place.

use std::path::Path;

use crate::text::Alert;

pub const DETAILS: &str = "Details";
pub const SHOWN_PLAINLY: &str =
    "Shown as plain text: its nesting or its links would take too long to read as Markdown.";

/// The title of an alert that has none of its own.
#[must_use]
pub fn alert(kind: Alert) -> &'static str {
    match kind {
        Alert::Note => "Note",
        Alert::Tip => "Tip",
        Alert::Important => "Important",
        Alert::Warning => "Warning",
        Alert::Caution => "Caution",
    }
}

pub const NOT_A_FILE: &str = "not a regular file";
pub const BINARY: &str = "not text: it holds zero bytes";
pub const FRONT_MATTER_TOO_LONG: &str = "the front matter is longer than 256 KiB";
pub const FRONT_MATTER_TOO_DEEP: &str = "the front matter nests too deep or repeats too much";
pub const DRAFT: &str = "draft";

/// A post whose file cannot be read any more.
#[must_use]
pub fn cannot_read(name: &str, error: &std::io::Error) -> String {
    format!("{name} cannot be read: {error}")
}

/// A setting whose number is too small or too large.
#[must_use]
pub fn out_of_range(key: &str, least: u16, most: u16) -> String {
    format!("{key} must be {least} to {most}")
}
pub const LINKS: &str = "Links";

#[must_use]
pub fn cannot_open(path: &Path, error: &std::io::Error) -> String {
    format!("cannot open {}: {error}; name a folder of Markdown posts, or one file", path.display())
}

#[must_use]
pub fn cannot_write(error: &std::io::Error) -> String {
    format!("cannot write the output: {error}")
}

#[must_use]
pub fn is_a_folder(path: &Path) -> String {
    format!("{} is a folder; `kiji {}` opens it, `kiji list {}` lists it", path.display(), path.display(), path.display())
}

#[must_use]
pub fn terminal_failed(error: &std::io::Error) -> String {
    format!("the terminal cannot be used: {error}")
}
