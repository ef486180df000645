//! Every word that the program itself says, in one place.

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
