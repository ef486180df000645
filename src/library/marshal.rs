//! Data written out for the templates of a site, as Hugo writes it: JSON, TOML, YAML.

use serde_json::Value as Json;

use super::front_matter;

/// How deep the data may nest, and how long what is written may be in bytes.
const DEEPEST: usize = 32;
const LONGEST: usize = 256 * 1024;

/// What a text says in whichever of the formats it is written.
#[must_use]
pub fn parsed(text: &str) -> Option<Json> {
    let text = text.trim();
    let is_table =
        |line: &str| line.starts_with('[') || line.split_once('=').is_some_and(|(key, _)| is_key(key.trim()));
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let format = match first {
        first if first.starts_with('{') => "json",
        first if is_table(first) && !first.starts_with("- ") => "toml",
        _ => "yaml",
    };
    let formats = [format, "json", "yaml"];
    formats.iter().filter(|_| text.len() <= LONGEST).find_map(|format| front_matter::data(format, text))
}

fn is_key(key: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\'' | ' ');
    !key.is_empty() && key.chars().all(is_part)
}

/// Data in a format; none for a format that is not known, and for what is too deep.
#[must_use]
pub fn written(data: &Json, format: &str) -> Option<String> {
    if depth(data) > DEEPEST {
        return None;
    }
    let text = match format {
        "json" => {
            let json = serde_json::to_string_pretty(data).ok()?;
            // As Go writes it, so that it may stand in HTML.
            json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026") + "\n"
        }
        "yaml" => front_matter::yaml_of(data)?,
        "toml" => {
            let mut text = String::new();
            table(data, "", &mut text)?;
            text
        }
        _ => return None,
    };
    (text.len() <= LONGEST).then_some(text)
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
fn table(data: &Json, path: &str, text: &mut String) -> Option<()> {
    let Json::Object(map) = data else { return None };
    let (tables, values): (Vec<_>, Vec<_>) =
        map.iter().filter(|(_, value)| !value.is_null()).partition(|entry| is_table(entry.1));
    let indent = "  ".repeat(path.matches('.').count());
    for (name, value) in values {
        text.push_str(&format!("{indent}{} = {}\n", key(name), inline(value)));
    }
    for (name, value) in tables {
        let path = if path.is_empty() { key(name) } else { format!("{path}.{}", key(name)) };
        let indent = "  ".repeat(path.matches('.').count());
        match value {
            Json::Array(list) => {
                for item in list {
                    text.push_str(&format!("{indent}[[{path}]]\n"));
                    table(item, &path, text)?;
                }
            }
            value => {
                text.push_str(&format!("{indent}[{path}]\n"));
                table(value, &path, text)?;
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

fn inline(value: &Json) -> String {
    match value {
        Json::String(text) => quoted(text),
        Json::Array(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Json::Object(map) => {
            let entries = map.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Json::Number(number) => number.to_string(),
        value => value.to_string(),
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
        let data = parsed(source).unwrap();
        assert_eq!(written(&data, format).unwrap().trim_end(), expected, "{source}");
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
        check("a: <x>", "json", "{\n  \"a\": \"\\u003cx\\u003e\"\n}");
        check("- a\n- b", "json", "[\n  \"a\",\n  \"b\"\n]");
        check("[[a]]\nb = 1", "json", "{\n  \"a\": [\n    {\n      \"b\": 1\n    }\n  ]\n}");
    }

    #[test]
    fn what_is_too_deep_is_not_written() {
        let deep = "[".repeat(50) + &"]".repeat(50);
        assert_eq!(parsed(&deep).and_then(|data| written(&data, "json")), None);
        assert_eq!(written(&Json::Null, "xml"), None);
    }
}
