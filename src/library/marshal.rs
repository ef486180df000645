//! Data written out for the templates of a site, as Hugo writes it: JSON, TOML, YAML.

mod yaml;

use std::collections::HashSet;

use serde_json::{Number, Value as Json};

use super::front_matter;

/// How deep the data may nest, and how long what is written may be in bytes.
const DEEPEST: usize = 32;
const LONGEST: usize = 256 * 1024;

/// The strings of some data that were written as dates. Only TOML has such.
#[derive(Debug, Default)]
pub struct Dates(HashSet<String>);

impl Dates {
    fn holds(&self, text: &str) -> bool {
        self.0.contains(text)
    }

    /// Whether it is a date with a time, which YAML has without quotes.
    fn is_moment(&self, text: &str) -> bool {
        self.holds(text) && text.contains(':') && text.contains('-')
    }
}

/// What a text says in whichever of the formats it is written, and in another one.
#[must_use]
pub fn rewritten(text: &str, format: &str) -> Option<String> {
    let data = parsed(text)?;
    let dates = if format_of(text.trim()) == Some("toml") { front_matter::toml_dates(text) } else { HashSet::new() };
    written_with(&data, format, &Dates(dates))
}

/// What a text says in whichever of the formats it is written.
#[must_use]
pub fn parsed(text: &str) -> Option<Json> {
    let text = text.trim();
    let formats = [format_of(text)?, "json", "yaml"];
    formats.iter().filter(|_| text.len() <= LONGEST).find_map(|format| front_matter::data(format, text))
}

/// The format that a text looks like.
fn format_of(text: &str) -> Option<&'static str> {
    let is_table =
        |line: &str| line.starts_with('[') || line.split_once('=').is_some_and(|(key, _)| is_key(key.trim()));
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
    Some(match first {
        first if first.starts_with('{') => "json",
        first if is_table(first) && !first.starts_with("- ") => "toml",
        _ => "yaml",
    })
}

fn is_key(key: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\'' | ' ');
    !key.is_empty() && key.chars().all(is_part)
}

/// Data in a format; none for a format that is not known, and for what is too deep.
#[must_use]
pub fn written(data: &Json, format: &str) -> Option<String> {
    written_with(data, format, &Dates::default())
}

fn written_with(data: &Json, format: &str, dates: &Dates) -> Option<String> {
    if depth(data) > DEEPEST {
        return None;
    }
    let text = match format {
        "json" => {
            let json: Vec<String> = serde_json::to_string_pretty(data).ok()?.lines().map(deeper).collect();
            let json = json.join("\n");
            // As Go writes it, so that it may stand in HTML.
            json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026") + "\n"
        }
        "yaml" => yaml::document(data, dates),
        "toml" => {
            let mut text = String::new();
            table(data, "", dates, &mut text)?;
            text
        }
        _ => return None,
    };
    (text.len() <= LONGEST).then_some(text)
}

/// A line of JSON, which has no line ends in its strings, with three blanks for every two of its indent.
fn deeper(line: &str) -> String {
    let words = line.trim_start();
    " ".repeat((line.len() - words.len()) / 2 * 3) + words
}

fn depth(data: &Json) -> usize {
    let mut deepest = 0;
    let mut open = vec![(data, 1)];
    while let Some((data, depth)) = open.pop() {
        deepest = deepest.max(depth);
        match data {
            Json::Array(list) => open.extend(list.iter().map(|item| (item, depth + 1))),
            Json::Object(map) => open.extend(map.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    deepest
}

/// A table of TOML: its values first, then the tables in it under their headings. What is null is left out.
fn table(data: &Json, path: &str, dates: &Dates, text: &mut String) -> Option<()> {
    let Json::Object(map) = data else { return None };
    let (tables, values): (Vec<_>, Vec<_>) =
        map.iter().filter(|(_, value)| !value.is_null()).partition(|entry| is_table(entry.1));
    let indent = "  ".repeat(path.matches('.').count());
    for (name, value) in values {
        text.push_str(&format!("{indent}{} = {}\n", key(name), inline(value, dates)));
    }
    for (name, value) in tables {
        let path = if path.is_empty() { key(name) } else { format!("{path}.{}", key(name)) };
        let indent = "  ".repeat(path.matches('.').count());
        match value {
            Json::Array(list) => {
                for item in list {
                    text.push_str(&format!("{indent}[[{path}]]\n"));
                    table(item, &path, dates, text)?;
                }
            }
            value => {
                text.push_str(&format!("{indent}[{path}]\n"));
                table(value, &path, dates, text)?;
            }
        }
    }
    Some(())
}

fn is_table(value: &Json) -> bool {
    match value {
        Json::Object(_) => true,
        Json::Array(list) => !list.is_empty() && list.iter().all(Json::is_object),
        _ => false,
    }
}

fn inline(value: &Json, dates: &Dates) -> String {
    match value {
        Json::String(text) if dates.holds(text) => text.clone(),
        Json::String(text) => quoted(text),
        Json::Array(list) => {
            format!("[{}]", list.iter().map(|item| inline(item, dates)).collect::<Vec<_>>().join(", "))
        }
        Json::Object(map) => {
            let entries = map.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value, dates)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Json::Number(number) => self::number(number),
        value => value.to_string(),
    }
}

/// A number without a fraction that says nothing.
fn number(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if !number.is_i64() && !number.is_u64() => float.to_string(),
        _ => number.to_string(),
    }
}

/// A string as it stands, or with its marks escaped where it holds what a literal one cannot.
fn quoted(text: &str) -> String {
    if text.contains(|c: char| c == '\'' || c.is_control()) {
        Json::from(text).to_string()
    } else {
        format!("'{text}'")
    }
}

fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_bare { name.to_owned() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, format: &str, expected: &str) {
        assert_eq!(rewritten(source, format).unwrap().trim_end(), expected, "{source}");
    }

    #[test]
    fn yaml_is_written_as_hugo_writes_it() {
        check("a = []\nb = {}\n", "yaml", "a: []\nb: {}");
        check("[[h]]\nx = 1\ny = [{z = 1}]\n[[h]]\nx = 2", "yaml", "h:\n- x: 1\n  'y':\n  - z: 1\n- x: 2");
        check("a = [[1, 2], ['x']]", "yaml", "a:\n- - 1\n  - 2\n- - x");
        check("a = \"b\\nc\"", "yaml", "a: |-\n  b\n  c");
        check("[p]\na = \"b\\nc\\n\"\n[p.q]\nr = 1.0", "yaml", "p:\n  a: |\n    b\n    c\n  q:\n    r: 1");
        check("- [a]\n- b: 1\n  c: [d]", "yaml", "- - a\n- b: 1\n  c:\n  - d");
    }

    #[test]
    fn dates_of_toml_stay_dates() {
        let source = "a = 2020-01-02\nb = [2020-01-02T03:04:05+09:00]\nc = '2020-01-03'";
        check(source, "toml", source);
        check("a = 2020-01-02\nb = 2020-01-02T03:04:05Z", "yaml", "a: '2020-01-02'\nb: 2020-01-02T03:04:05Z");
        check("a: 2020-01-02", "toml", "a = '2020-01-02'");
    }

    #[test]
    fn from_each_format_to_each() {
        let toml = "title = 'A & B'\nlist = [1, 2]\n[params.\"a b\"]\nx = true\n[[menu]]\nname = \"it's\"";
        check(
            toml,
            "toml",
            "list = [1, 2]\ntitle = 'A & B'\n[[menu]]\nname = \"it's\"\n[params]\n  [params.'a b']\n  x = true",
        );
        check("a: {b: [x, 'yes']}\n", "toml", "[a]\nb = ['x', 'yes']");
        check("a = 1", "yaml", "a: 1");
        check("{\"a\": {\"b\": \"<x>\"}}", "yaml", "a:\n  b: <x>");
        check("a: <x>", "json", "{\n   \"a\": \"\\u003cx\\u003e\"\n}");
        check("- a\n- b", "json", "[\n   \"a\",\n   \"b\"\n]");
        check("[[a]]\nb = 1", "json", "{\n   \"a\": [\n      {\n         \"b\": 1\n      }\n   ]\n}");
    }

    #[test]
    fn what_is_too_deep_is_not_written() {
        let deep = "[".repeat(50) + &"]".repeat(50);
        assert_eq!(parsed(&deep).and_then(|data| written(&data, "json")), None);
        assert_eq!(written(&Json::Null, "xml"), None);
    }
}
