//! Numbers between two noncharacters, which stand in a text for something that is read later. Markdown takes them for letters, and
//! the cleaner never lets them in from a file.

use std::borrow::Cow;

use memchr::memmem;

pub const OPEN: char = '\u{fdd0}';
pub const CLOSE: char = '\u{fdd1}';

/// What stands in the output of a template where it had to print what is not known.
pub const UNKNOWN: char = '\u{fdd3}';

/// The placeholder of a number.
#[must_use]
pub fn placeholder(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// Whether a text holds a placeholder.
#[must_use]
pub fn has_placeholder(text: &str) -> bool {
    text.contains(OPEN)
}

/// A text from a file, in which nothing may look like a placeholder.
#[must_use]
pub fn without_forgeries(text: &str) -> Cow<'_, str> {
    let is_forged = ["\u{fdd0}", "\u{fdd1}", "\u{fdd3}"]
        .into_iter()
        .any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some());
    if is_forged { text.replace([OPEN, CLOSE, UNKNOWN], "\u{fffd}").into() } else { text.into() }
}
