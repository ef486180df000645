//! Escaped spaces (`\ `), which a site may want unseen: they part marks of emphasis from the CJK text beside them.
//!
//! After the parser nobody can tell whether a backslash escapes or is escaped itself. So a mark stands for it in the source, of
//! the same kind to Markdown, and what the parser gives back has the mark taken out of running text and made a backslash elsewhere.

use std::borrow::Cow;

/// Punctuation, as the backslash is, of a script that died out before Markdown. It is used only in sources that do not hold it.
const MARK: char = '\u{1039f}';

/// Puts the mark in the place of every backslash that escapes a space.
#[must_use]
pub fn mark(source: &str) -> Cow<'_, str> {
    if !source.contains("\\ ") || source.contains(MARK) {
        return Cow::Borrowed(source);
    }
    let mut marked = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        let end = at + rest[at..].bytes().take_while(|byte| *byte == b'\\').count();
        // Of two backslashes the first escapes the second.
        let escapes = (end - at) % 2 == 1 && rest[end..].starts_with(' ');
        marked.push_str(&rest[..end - usize::from(escapes)]);
        marked.extend(escapes.then_some(MARK));
        rest = &rest[end..];
    }
    marked.push_str(rest);
    Cow::Owned(marked)
}

/// Running text without the spaces that are escaped. At the end of a line, where Markdown took the space, a backslash is one.
#[must_use]
pub fn hide(text: &str) -> String {
    text.replace([MARK, ' '].iter().collect::<String>().as_str(), "").replace(MARK, "\\")
}

/// What is no running text, as it was written.
#[must_use]
pub fn restore(text: &str) -> Cow<'_, str> {
    if text.contains(MARK) { text.replace(MARK, "\\").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_backslashes_that_escape_a_space_are_marked() {
        for (source, hidden) in [
            ("は\\ **「x」**\\ と", "は**「x」**と"),
            ("a\\\\ b", "a\\\\ b"),
            ("a\\\\\\ b", "a\\\\b"),
            ("\\*a\\", "\\*a\\"),
        ] {
            assert_eq!(
                (hide(&mark(source)), restore(&mark(source)).into_owned()),
                (hidden.to_owned(), source.to_owned())
            );
        }
    }
}
