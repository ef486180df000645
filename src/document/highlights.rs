//! Marked words (`==words==`) of Obsidian, and of Hugo sites that ask for them; written as HTML, which says the same.

use std::borrow::Cow;

use super::dialect::Fence;

/// The source with its marked words between tags, outside code.
#[must_use]
pub fn marked(source: &str) -> Cow<'_, str> {
    if !source.contains("==") {
        return Cow::Borrowed(source);
    }
    let mut output = String::with_capacity(source.len() + 16);
    let mut fence = Fence::default();
    for line in source.split_inclusive('\n') {
        if fence.holds(line) || !line.contains("==") {
            output.push_str(line);
            continue;
        }
        for (index, part) in line.split('`').enumerate() {
            output.push_str(if index > 0 { "`" } else { "" });
            if index % 2 == 0 { words(part, &mut output) } else { output.push_str(part) }
        }
    }
    Cow::Owned(output)
}

fn words(part: &str, output: &mut String) {
    let mut kept = 0;
    let mut open: Option<usize> = None;
    for (at, _) in part.match_indices("==") {
        let (before, after) = (part[..at].chars().next_back(), part[at + 2..].chars().next());
        // A longer run is a line below a heading, or a comparison.
        if at < kept || before == Some('=') || after == Some('=') {
            continue;
        }
        match open {
            Some(start) if at > start + 2 && before.is_some_and(|c| !c.is_whitespace()) => {
                output.push_str(&part[kept..start]);
                output.push_str("<mark>");
                output.push_str(&part[start + 2..at]);
                output.push_str("</mark>");
                kept = at + 2;
                open = None;
            }
            _ => {
                let may_open =
                    after.is_some_and(|c| !c.is_whitespace()) && !before.is_some_and(|c| c.is_ascii_alphanumeric());
                open = may_open.then_some(at);
            }
        }
    }
    output.push_str(&part[kept..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(marked(source), expected);
    }

    #[test]
    fn marked_words_are_between_tags() {
        check("a ==b c== d、==**e**==。", "a <mark>b c</mark> d、<mark>**e**</mark>。");
        check("==a== ==b==\n", "<mark>a</mark> <mark>b</mark>\n");
    }

    #[test]
    fn what_marks_nothing_stays() {
        for source in [
            "a == b == c",
            "`==a==`",
            "```\n==a==\n```",
            "x==y==z",
            "====",
            "a\n==\n",
            "==a",
            "if a=== b===",
            "== a ==",
        ] {
            check(source, source);
        }
    }
}
