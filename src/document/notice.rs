//! The kinds of notices, by the many names that blogs have for them.

use crate::text::Alert;

/// The kind that a name stands for.
#[must_use]
pub fn kind(name: &str) -> Option<Alert> {
    let kind = match name.to_ascii_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "todo" | "example" | "quote" | "primary" | "secondary"
        | "default" | "message" | "cite" | "tldr" => Alert::Note,
        "tip" | "hint" | "success" | "check" | "done" | "green" => Alert::Tip,
        "important" | "question" | "help" | "faq" => Alert::Important,
        "warning" | "warn" | "attention" | "alert" | "yellow" => Alert::Warning,
        "caution" | "danger" | "error" | "failure" | "fail" | "bug" | "missing" | "red" => Alert::Caution,
        _ => return None,
    };
    Some(kind)
}
