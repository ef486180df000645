//! What can be read of front matter that its parser refuses: every entry on its own, and one that is broken itself by hand.

use serde_json::{Map, Value};

use super::{Format, whole};

/// Every entry of a block, keys in lower case. Of two with the same key the first holds.
pub(super) fn entries(block: &str, format: Format) -> Map<String, Value> {
    let mut map = Map::new();
    for entry in cut(block, format) {
        for (key, value) in whole(format, entry).unwrap_or_else(|_| by_hand(entry)) {
            map.entry(key).or_insert(value);
        }
    }
    map
}

/// The entries: each starts at a line that names a key, or at a TOML table, and goes on to the next.
fn cut(block: &str, format: Format) -> Vec<&str> {
    let mut starts = vec![0];
    let (mut at, mut is_in_table) = (0, false);
    for line in block.split_inclusive('\n') {
        let is_table = format == Format::Toml && line.starts_with('[') && line.trim_end().ends_with(']');
        if is_table || (!is_in_table && names_a_key(line, format)) {
            starts.push(at);
        }
        is_in_table |= is_table;
        at += line.len();
    }
    starts.push(block.len());
    starts.windows(2).map(|ends| &block[ends[0]..ends[1]]).filter(|entry| !entry.trim().is_empty()).collect()
}

fn names_a_key(line: &str, format: Format) -> bool {
    let (line, mark) = match format {
        Format::Yaml => (line, ':'),
        Format::Toml => (line, '='),
        Format::Json => (line.trim_start(), ':'),
    };
    let Some((key, _)) = line.split_once(mark) else { return false };
    let key = key.trim_end();
    !key.is_empty() && !key.starts_with('-') && key.chars().all(|c| c.is_alphanumeric() || "_-.\"'".contains(c))
}

/// `key: value` or `key = value` at the start of a line, `[a, b]` and `- a` for lists.
fn by_hand(entry: &str) -> Map<String, Value> {
    let mut map = Map::new();
    let mut key = String::new();
    for line in entry.lines().filter(|line| !line.trim_start().starts_with('#')) {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some(Value::Array(list)) = map.get_mut(&key) {
                list.push(Value::String(unquoted(item).to_owned()));
            }
            continue;
        }
        // The lines below the first go on with a value; JSON alone indents its keys.
        let is_key = !line.starts_with([' ', '\t']) || line.trim_start().starts_with('"');
        let Some((name, value)) = line.split_once([':', '=']).filter(|_| is_key) else { continue };
        key = unquoted(name).to_lowercase();
        map.entry(key.clone()).or_insert_with(|| value_by_hand(value));
    }
    map
}

fn value_by_hand(written: &str) -> Value {
    // Outside quotes a blank and `#` start a comment.
    let is_quoted = written.trim_start().starts_with(['"', '\'']);
    let value = if is_quoted { written } else { written.split(" #").next().unwrap_or(written) };
    let value = value.trim().trim_end_matches(',');
    match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => list.split(',').map(unquoted).filter(|item| !item.is_empty()).map(Value::from).collect(),
        None if value.is_empty() => Value::Array(Vec::new()),
        None if value == "true" || value == "false" => Value::Bool(value == "true"),
        None => Value::String(unquoted(value).to_owned()),
    }
}

fn unquoted(value: &str) -> &str {
    let value = value.trim().trim_end_matches(',');
    let bare = value.trim_matches(['"', '\'']);
    if bare.len() < value.len() { bare } else { value.trim_matches(['[', ']']) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(format: Format, block: &str, expected: Value) {
        assert!(whole(format, block).is_err(), "{block}");
        assert_eq!(Value::Object(entries(block, format)), expected, "{block}");
    }

    #[test]
    fn only_the_broken_entry_is_read_by_hand() {
        let yaml = |block: &str, expected| check(Format::Yaml, block, expected);
        yaml("title: @題 [x\ntags: [a, b]\n", json!({"title": "@題 [x", "tags": ["a", "b"]}));
        yaml("tags: [a]\ntags: [c]\nDraft: true\n", json!({"tags": ["a"], "draft": true}));
        yaml("title: a: b\nx:\n  y: [1]\n", json!({"title": "a: b", "x": {"y": [1]}}));
        yaml("title: {{t}} x\ndate: 2020-01-01\n", json!({"title": "{{t}} x", "date": "2020-01-01"}));
        yaml("title: t\ntags:\n\t- a\n\t- b\n", json!({"title": "t", "tags": ["a", "b"]}));
        yaml("title: \"half\ndraft: true # x\ntags: [a, b\n", json!({"title": "half", "draft": true, "tags": "a, b"}));
        yaml("description: |\n  a: b\n title: no\ntitle: t\n", json!({"description": "|", "title": "t"}));
        let toml = |block: &str, expected| check(Format::Toml, block, expected);
        toml("title = 題\ntags = [\n \"a\",\n]\n[x]\ny = 1\n", json!({"title": "題", "tags": ["a"], "x": {"y": 1}}));
        toml("date = 2020-1-2\ndraft = true\n", json!({"date": "2020-1-2", "draft": true}));
        let json_block = "{\n  \"title\": \"t\",\n  \"tags\": [\"a\"],\n}";
        check(Format::Json, json_block, json!({"title": "t", "tags": ["a"]}));
    }
}
