//! Lists of attributes as Python-Markdown, Pandoc and Nuxt write them (`{ .wide #id key=value }`), which are none of the words.

/// How long the list is that a text starts with, in bytes. Each of its words must be a class, a name or a key with a value: other words
/// in braces may be meant to be read.
pub(super) fn list(from: &str) -> Option<usize> {
    let mut rest = from.strip_prefix('{')?;
    rest = rest.strip_prefix(':').unwrap_or(rest);
    let mut is_empty = true;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = rest.strip_prefix('}') {
            return (!is_empty).then_some(from.len() - after.len());
        }
        rest = word(rest)?;
        is_empty = false;
    }
}

/// What follows the class, name, or key with its value that a text starts with.
fn word(from: &str) -> Option<&str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@');
    let mark = usize::from(from.starts_with(['.', '#']));
    let length = from[mark..].find(|c: char| !is_part(c)).unwrap_or(from.len() - mark);
    let rest = &from[mark + length..];
    if length == 0 {
        return None;
    }
    if mark > 0 {
        return rest.starts_with([' ', '\t', '}', '.', '#']).then_some(rest);
    }
    let value = rest.strip_prefix('=')?;
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return value[1..].split_once(quote).filter(|(inside, _)| !inside.contains('\n')).map(|(_, rest)| rest);
    }
    let length = value.find(|c: char| c.is_whitespace() || matches!(c, '}' | '{')).unwrap_or(value.len());
    (length > 0).then_some(&value[length..])
}

/// What a list may follow, at the end of what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearer {
    /// A link, a picture, code, emphasis.
    Whole,
    /// Words in brackets that are no link; they start at this place.
    Span(usize),
}

/// How far back a bearer is looked for, in bytes.
const LONGEST: usize = 512;

/// What the text bears that ends here.
pub(super) fn bearer(output: &str) -> Option<Bearer> {
    if output.ends_with('`') {
        return Some(Bearer::Whole);
    }
    let start = output.ceil_char_boundary(output.len().saturating_sub(LONGEST));
    let near = &output[start..];
    if output.ends_with(['*', '_', '~']) {
        return is_emphasis(near).then_some(Bearer::Whole);
    }
    let (open, close) = match output.chars().next_back()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return None,
    };
    let mut depth = 0;
    let place = near.rfind(|c: char| {
        depth += i32::from(c == close) - i32::from(c == open);
        depth == 0
    })?;
    let before = &near[..place];
    match open {
        '(' => before.ends_with(']').then_some(Bearer::Whole),
        // `\sqrt[n]{a=b}` and the like are formulas.
        _ if before.ends_with(|c: char| c.is_ascii_alphanumeric()) || near.ends_with("\\]") => None,
        _ if before.ends_with([']', '!', '\\', '[']) || near[place..].starts_with("[^") => {
            before.ends_with(']').then_some(Bearer::Whole)
        }
        _ => Some(Bearer::Span(start + place)),
    }
}

/// Whether a text ends with emphasis: its marks stand before words on the same line too.
fn is_emphasis(near: &str) -> bool {
    let line = near.rsplit('\n').next().unwrap_or(near);
    let words = line.trim_end_matches(['*', '_', '~']);
    let marks = &line[words.len()..];
    let Some(open) = words.rfind(marks) else { return false };
    let is_start = !words[..open].ends_with(|c: char| c.is_ascii_alphanumeric());
    is_start && !words[open + marks.len()..].starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_nothing_else() {
        let check = |source: &str, expected: Option<usize>| assert_eq!(list(source), expected, "{source}");
        check("{ .a }b", Some(6));
        check("{ target=_blank }", Some(17));
        check("{: #a .b c=\"d e\" f='g}' }", Some(25));
        check("{.a.b}", Some(6));
        check("{ #feedback style=\"x: y\" data-a=1 }", Some(35));
        for source in ["{}", "{ a }", "{ a b=c }", "{ .a", "{ a = b }", "{ a: b }", "{.}", "{ \"a\" }", "{ a=\"b }"] {
            check(source, None);
        }
    }

    #[test]
    fn lists_follow_what_bears_them() {
        let check = |output: &str, expected: Option<Bearer>| assert_eq!(bearer(output), expected, "{output}");
        check("a [b](c)", Some(Bearer::Whole));
        check("![b](c_(d))", Some(Bearer::Whole));
        check("`a`", Some(Bearer::Whole));
        check("a **b**", Some(Bearer::Whole));
        check("[a][b]", Some(Bearer::Whole));
        check("a [b [c]]", Some(Bearer::Span(2)));
        for output in
            ["a", "f(x)", "a *", "\\sum_", "a_b_", "_ b_", "\\sqrt[n]", "\\[a\\]", "", "a]", "[^1]", "a) ", "日(本)"]
        {
            check(output, None);
        }
    }
}
