//! Patterns: the door of the regular expressions, which take linear time, and globs.

use regex_lite::{Regex, RegexBuilder};

use super::super::value::Value;

/// The longest text that a pattern is sought in, in bytes.
const LONGEST: usize = 256 * 1024;

pub fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    let name = name.strip_prefix("strings.").unwrap_or(name);
    match (name, arguments) {
        ("findRE" | "FindRE", [pattern, text, rest @ ..]) => {
            let limit = rest.first().map_or(Some(-1), Value::int)?;
            let (regex, text) = (regex(pattern)?, sought(text)?);
            let found = regex.find_iter(&text).map(|found| Value::text(found.as_str()));
            Some(Value::list(found.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect()))
        }
        ("replaceRE" | "ReplaceRE" | "ReplaceRe", [pattern, replacement, text, rest @ ..]) => {
            let limit = rest.first().map_or(Some(0), Value::int)?.max(0);
            let replaced = regex(pattern)?
                .replacen(&sought(text)?, usize::try_from(limit).ok()?, &*replacement.string()?)
                .into_owned();
            (replaced.len() <= 4 * LONGEST).then(|| Value::text(replaced))
        }
        ("findRESubmatch" | "FindRESubmatch", [pattern, text, rest @ ..]) => {
            let limit = rest.first().map_or(Some(-1), Value::int)?;
            let text = sought(text)?;
            let groups = |found: regex_lite::Captures| {
                let parts = found.iter().map(|part| Value::text(part.map_or("", |part| part.as_str())));
                Value::list(parts.collect())
            };
            let found = regex(pattern)?;
            let found = found.captures_iter(&text).map(groups);
            Some(Value::list(found.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect()))
        }
        _ => None,
    }
}

fn regex(pattern: &Value) -> Option<Regex> {
    let pattern = pattern.string().filter(|pattern| pattern.len() < 1024)?;
    RegexBuilder::new(&pattern).size_limit(256 * 1024).build().ok()
}

fn sought(text: &Value) -> Option<std::sync::Arc<str>> {
    text.string().filter(|text| text.len() <= LONGEST)
}

/// Whether a name matches a glob: `*` and `?` within a folder, `**` across folders, `{a,b}`.
#[must_use]
pub fn matches(glob: &str, name: &str) -> bool {
    let mut pattern = String::from("^");
    let mut chars = glob.chars().peekable();
    let mut groups = 0_usize;
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
                pattern.push_str(".*");
            }
            '*' => pattern.push_str("[^/]*"),
            '?' => pattern.push_str("[^/]"),
            '{' => {
                groups += 1;
                pattern.push_str("(?:");
            }
            '}' if groups > 0 => {
                groups -= 1;
                pattern.push(')');
            }
            ',' if groups > 0 => pattern.push('|'),
            '[' | ']' => pattern.push(c),
            c => pattern.push_str(&regex_lite::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern.push('$');
    glob.len() < 256
        && RegexBuilder::new(&pattern).size_limit(64 * 1024).build().is_ok_and(|regex| regex.is_match(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        for (glob, name, expected) in [
            ("*.png", "a.png", true),
            ("*.png", "b/a.png", false),
            ("**.png", "b/a.png", true),
            ("a*", "a.b/c", false),
            ("*cover*", "the-cover.jpg", true),
            ("{a,b}.jpg", "b.jpg", true),
            ("a.jpg", "axjpg", false),
        ] {
            assert_eq!(matches(glob, name), expected, "{glob} {name}");
        }
    }
}
