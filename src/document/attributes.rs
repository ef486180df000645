//! Lines of attributes (`{.class #id key="value"}`), which a Hugo site may have below its blocks and never shows.

use std::borrow::Cow;

use super::dialect::Fence;
use crate::text::markup::Dialect;

/// The source without its lines of attributes. Such a line ends the block before it, and what else stands on it is gone with it, as
/// it is on the site.
#[must_use]
pub fn hidden(source: &str) -> Cow<'_, str> {
    if !source.contains('{') {
        return Cow::Borrowed(source);
    }
    let mut output = String::with_capacity(source.len());
    let mut fence = Fence::default();
    for line in source.split_inclusive('\n') {
        let words = without_marks(line);
        if !fence.holds(line) && is_list(words) {
            output.push_str(line[..line.len() - words.len()].trim_end());
            output.push('\n');
        } else {
            output.push_str(line);
        }
    }
    Cow::Owned(output)
}

/// A line from behind the marks of the quotes and items that it stands in.
fn without_marks(line: &str) -> &str {
    let mut rest = line.trim_start_matches([' ', '\t']);
    loop {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let after =
            rest.strip_prefix('>').or_else(|| rest.strip_prefix(['-', '*', '+']).filter(is_spaced)).or_else(|| {
                let is_number = (1..10).contains(&(rest.len() - digits.len()));
                digits.strip_prefix(['.', ')']).filter(|after| is_number && is_spaced(after))
            });
        match after {
            Some(after) => rest = after.trim_start_matches([' ', '\t']),
            None => return rest,
        }
    }
}

fn is_spaced(rest: &&str) -> bool {
    rest.starts_with([' ', '\t'])
}

/// Whether a line starts with a list of attributes.
fn is_list(words: &str) -> bool {
    words.strip_prefix('{').and_then(list).is_some()
}

/// A list of attributes behind its first brace: the name that it gives, and what follows it.
fn list(words: &str) -> Option<(Option<&str>, &str)> {
    let (mut name, mut rest) = (None, words);
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if let Some(after) = rest.strip_prefix('}') {
            return Some((name, after));
        }
        let after = attribute(rest)?;
        name = name.or(rest[..rest.len() - after.len()].strip_prefix('#'));
        rest = after;
    }
}

/// The list of attributes that a heading ends with: where it starts, in bytes, and the name that it gives. Braces with anything else in
/// them are words. Some programs have no such lists, some write a colon first.
#[must_use]
pub fn at_end(words: &str, dialect: Dialect) -> Option<(usize, Option<&str>)> {
    let has_lists = matches!(dialect, Dialect::Hugo | Dialect::Zola | Dialect::Jekyll | Dialect::Unknown);
    let words = words.trim_end();
    let start =
        words.rfind('{').filter(|start| has_lists && words.ends_with('}') && !words[..*start].ends_with('$'))?;
    let inside = &words[start + 1..];
    // Zola takes whatever stands in braces for attributes.
    if dialect == Dialect::Zola {
        let name = inside.trim_end_matches('}').split_whitespace().find_map(|part| part.strip_prefix('#'));
        return Some((start, name.filter(|name| !name.is_empty())));
    }
    let colon = inside.strip_prefix(':').filter(|_| matches!(dialect, Dialect::Jekyll | Dialect::Unknown));
    let (name, after) = list(colon.unwrap_or(inside))?;
    // Goldmark takes dots for a class.
    let has_words = dialect == Dialect::Hugo || inside.contains(char::is_alphanumeric);
    (after.is_empty() && inside != "}" && has_words).then_some((start, name))
}

/// What follows the attribute that a text starts with.
fn attribute(rest: &str) -> Option<&str> {
    let is_name = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '-' | '/' | '!') || (!c.is_ascii() && !c.is_whitespace())
    };
    let after = |rest: &str| rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
    if let Some(name) = rest.strip_prefix(['.', '#']) {
        return Some(&name[after(name)..]).filter(|left| left.len() < name.len());
    }
    let length = after(rest);
    let value = rest[length..].strip_prefix('=').filter(|_| length > 0)?;
    match value.chars().next()? {
        '"' => value[1..].split_once('"').map(|(_, after)| after),
        '[' => value.split_once(']').map(|(_, after)| after),
        _ => Some(&value[after(value)..]).filter(|left| left.len() < value.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(hidden(source), expected);
    }

    #[test]
    fn lines_of_attributes_are_gone_with_what_stands_on_them() {
        check("> a\n{.b}\nc\n", "> a\n\nc\n");
        check("- {} a\n- b\n", "-\n- b\n");
        check("1. > {#x} a\n", "1. >\n");
        check("{class=\"a b\" data-x=1, hl=[1,2]} c\nd", "\nd");
        check("x\n{style=\"}\"}\n", "x\n\n");
    }

    #[test]
    fn headings_end_with_lists() {
        let check = |words: &str, dialect, expected: Option<(usize, Option<&str>)>| {
            assert_eq!(at_end(words, dialect), expected, "{words}");
        };
        check("題 {#a .b c=1} ", Dialect::Hugo, Some((4, Some("a"))));
        check("{.b}", Dialect::Zola, Some((0, None)));
        check("a {# b}", Dialect::Zola, Some((2, None)));
        check("a {#1-—-b’s}", Dialect::Hugo, Some((2, Some("1-—-b’s"))));
        check("a {: #b}", Dialect::Jekyll, Some((2, Some("b"))));
        check("a {: #b}", Dialect::Hugo, None);
        check("a {#b}", Dialect::Zenn, None);
        for words in [
            "/users/{id}",
            "f() { ... }",
            "{a, b}",
            "${x}",
            "${#x}",
            "{\"a\": 1}",
            "{a}{b}",
            "{:ok, x}",
            "{}",
            "{#a",
            "{#a} b",
        ] {
            check(words, Dialect::Unknown, None);
        }
    }

    #[test]
    fn what_is_no_list_of_attributes_stays() {
        for source in ["{x}", "{:.c}", "{ x }", "{=}", "a {.b}", "{.b", "{{< a >}}", "```\n{.b}\n```\n", "{\"a\": 1}"] {
            check(source, source);
        }
    }
}
