//! `<!--more-->`, where a summary ends.

use std::borrow::Cow;

use memchr::memmem;

const DIVIDER: &str = "<!--more-->";

/// The source as Hugo reads it: its first divider, wherever that stands, ends what is before it as a blank line would. In code it stays.
pub(super) fn divided(source: &str) -> Cow<'_, str> {
    let Some(at) = memmem::find(source.as_bytes(), DIVIDER.as_bytes()) else { return source.into() };
    let (before, after) = (&source[..at], &source[at + DIVIDER.len()..]);
    let line = before.rsplit('\n').next().unwrap_or(before);
    let is_code = line.contains('`') || line.starts_with("    ") || in_fence(before);
    if is_code {
        return source.into();
    }
    let gap = |is_parted| if is_parted { "" } else { "\n\n" };
    let above = gap(line.trim().is_empty());
    let below = gap(after.is_empty() || after.starts_with(['\n', '\r']));
    [before, above, below, after].concat().into()
}

fn in_fence(before: &str) -> bool {
    let mut fence = crate::document::dialect::Fence::default();
    before.lines().for_each(|line| {
        fence.holds(line);
    });
    fence.is_open()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(divided(source), expected);
    }

    #[test]
    fn the_first_divider_parts_what_stands_around_it() {
        check("a\n\n<!--more-->\n\nb", "a\n\n\n\nb");
        check("<iframe></iframe>\n<!--more-->\n*b*\n<!--more-->", "<iframe></iframe>\n\n*b*\n<!--more-->");
        check("a <!--more--> b", "a \n\n\n\n b");
        check("a<!--more-->", "a\n\n");
        check("a <!-- more --> b", "a <!-- more --> b");
    }

    #[test]
    fn code_keeps_it() {
        for source in ["```\n<!--more-->\n```", "a `<!--more-->` b", "    <!--more-->", "a"] {
            check(source, source);
        }
    }
}
