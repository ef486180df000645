//! Front matter: split off a post, read as YAML, TOML or JSON, and never a reason to refuse the post.
//!
//! This is the one door of the YAML parser. Its whole family hangs over walls of brackets and blows up over aliases, so the block is
//! measured before it is handed over; what the parser refuses is read again entry by entry.

mod hexo;
mod plain;
mod recovery;

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::date::Date;
use crate::messages;
use crate::text::Clean;
use jiff::tz::TimeZone;

/// How a block of front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Yaml,
    Toml,
    Json,
}

/// The longest block that is parsed, in bytes; real ones are a hundred times shorter.
const LONGEST: usize = 256 * 1024;

/// The deepest nesting of brackets, and the most aliases, that the YAML parser is given.
const DEEPEST: usize = 64;

/// A post in two parts.
#[derive(Debug, PartialEq, Eq)]
pub struct Split<'a> {
    pub block: Option<(Format, &'a str)>,
    pub body: &'a str,
}

/// Splits the front matter off. Blank lines may stand before it. What is not closed is not front matter.
#[must_use]
pub fn split(source: &str) -> Split<'_> {
    let rest = source.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let fenced = |mark: &str, format| {
        let after = rest.strip_prefix(mark)?;
        let (line, _) = after.split_once('\n')?;
        if !line.trim().is_empty() {
            return None;
        }
        let block_start = mark.len() + line.len() + 1;
        let mut at = block_start;
        for line in rest[block_start..].split_inclusive('\n') {
            // YAML's own end of a document closes it too: Jekyll and Pandoc take it.
            let is_end = format == Format::Yaml && line.trim_end() == "...";
            // What follows the mark on its line is the start of the body.
            let after = line.strip_prefix(mark).map(|after| after.trim_start_matches(&mark[..1]));
            let length =
                after.filter(|after| !after.trim().is_empty()).map_or(line.len(), |after| line.len() - after.len());
            if is_end || after.is_some() {
                return Some(Split { block: Some((format, &rest[block_start..at])), body: &rest[at + length..] });
            }
            at += line.len();
        }
        None
    };
    fenced("---", Format::Yaml)
        .or_else(|| fenced("+++", Format::Toml))
        .or_else(|| hexo::split(rest))
        .or_else(|| json_block(rest))
        .or_else(|| unopened(rest))
        .unwrap_or(Split { block: None, body: source })
}

/// YAML that is closed but was never opened, as Hexo takes it: it starts with `title:`, and has a date.
fn unopened(rest: &str) -> Option<Split<'_>> {
    const MOST_LINES: usize = 40;
    if !rest.starts_with("title:") {
        return None;
    }
    let is_entry = |line: &str| {
        let key = line.split(':').next().filter(|key| key.len() < line.len()).unwrap_or_default();
        let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_key || line.trim().is_empty() || line.starts_with([' ', '\t', '-'])
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n').take(MOST_LINES) {
        if line.trim_end() == "---" {
            let block = &rest[..at];
            let body = &rest[at + line.len()..];
            return block.contains("\ndate:").then_some(Split { block: Some((Format::Yaml, block)), body });
        }
        if !is_entry(line) {
            return None;
        }
        at += line.len();
    }
    None
}

/// A JSON object at the start. A brace alone is not enough: templates and shortcodes start with one too.
fn json_block(rest: &str) -> Option<Split<'_>> {
    let inside = rest.strip_prefix('{')?.trim_start();
    if !inside.starts_with(['"', '}']) {
        return None;
    }
    let mut objects = serde_json::Deserializer::from_str(rest).into_iter::<serde::de::IgnoredAny>();
    let end = match objects.next()? {
        Ok(_) => objects.byte_offset(),
        // One that is broken ends where its brace stands alone.
        Err(_) => rest.match_indices("\n}").map(|(at, brace)| at + brace.len()).find(|end| {
            let line = rest[*end..].lines().next().unwrap_or_default();
            line.trim().is_empty()
        })?,
    };
    let body = rest[end..].strip_prefix('\n').unwrap_or(&rest[end..]);
    Some(Split { block: Some((Format::Json, &rest[..end])), body })
}

/// The fields of a front matter, keys in lower case, and what was wrong with it.
#[derive(Debug, Default, PartialEq)]
pub struct Fields {
    map: Map<String, Value>,
    pub problem: Option<Clean>,
}

/// Reads a block. It cannot fail: what no parser takes is read entry by entry, with a word on what was wrong.
#[must_use]
pub fn parse(format: Format, block: &str) -> Fields {
    match whole(format, block) {
        Ok(map) => Fields { map, problem: None },
        Err(error) => Fields { map: recover(format, block), problem: Some(Clean::cut(&error, 200)) },
    }
}

/// Reads a block as a whole, by the parser of its format.
///
/// # Errors
/// What the parser said, with the line where it is known, or which bound the block is beyond.
pub fn whole(format: Format, block: &str) -> Result<Map<String, Value>, String> {
    match format {
        _ if block.len() > LONGEST => Err(messages::FRONT_MATTER_TOO_LONG.to_owned()),
        Format::Yaml => yaml(block),
        Format::Toml => toml(block),
        Format::Json => json(block),
    }
}

/// Reads what can be read of a block that its parser refuses.
#[must_use]
pub fn recover(format: Format, block: &str) -> Map<String, Value> {
    recovery::entries(block, format)
}

/// Reads any YAML whose size and nesting are sane.
fn yaml(block: &str) -> Result<Map<String, Value>, String> {
    match plain::entries(block) {
        Some(entries) => Ok(to_map(Value::Object(entries))),
        None => any_yaml(block).map(to_map),
    }
}

fn any_yaml(block: &str) -> Result<Value, String> {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in block.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let aliases = block.split([' ', '\n', '[', ',']).filter(|word| word.len() > 1 && word.starts_with('*')).count();
    if deepest > DEEPEST || aliases > DEEPEST {
        return Err(messages::FRONT_MATTER_TOO_DEEP.to_owned());
    }
    // A tab after a key's colon is a blank to people, but not to YAML.
    let block = if block.contains(":\t") { block.replace(":\t", ": ") } else { block.to_owned() };
    parsed_yaml(&block)
}

/// What the parser makes of YAML that was measured. Of several documents the first counts.
fn parsed_yaml(block: &str) -> Result<Value, String> {
    let first = serde_yaml::Deserializer::from_str(block).next();
    let read = first.map_or(Ok(serde_yaml::Value::Null), serde_yaml::Value::deserialize);
    read.map(yaml_value).map_err(|error| error.to_string())
}

/// Reads a data file by the extension of its name, keys as they are written; none where it is broken.
#[must_use]
pub fn data(extension: &str, text: &str) -> Option<Value> {
    match extension {
        "yaml" | "yml" => any_yaml(text).ok(),
        "toml" => text.parse::<toml::Table>().ok().map(|table| toml_value(table.into())),
        "json" => serde_json::from_str(text).ok(),
        _ => None,
    }
}

/// What in a text of TOML is a date, as it is written out.
#[must_use]
pub fn toml_dates(text: &str) -> HashSet<String> {
    let mut open: Vec<toml::Value> = text.parse::<toml::Table>().map(toml::Value::from).into_iter().collect();
    let mut dates = HashSet::new();
    while let Some(value) = open.pop() {
        match value {
            toml::Value::Datetime(date) => {
                dates.insert(date.to_string());
            }
            toml::Value::Array(list) => open.extend(list),
            toml::Value::Table(table) => open.extend(table.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    dates
}

fn yaml_value(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(value) => Value::Bool(value),
        serde_yaml::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(float)) => Value::from(float),
            (None, None) => Value::String(number.to_string()),
        },
        serde_yaml::Value::String(string) => Value::String(string),
        serde_yaml::Value::Sequence(list) => Value::Array(list.into_iter().map(yaml_value).collect()),
        serde_yaml::Value::Mapping(map) => Value::Object(
            map.into_iter()
                .map(|(key, value)| (scalar(&yaml_value(key)).unwrap_or_default(), yaml_value(value)))
                .collect(),
        ),
        serde_yaml::Value::Tagged(tagged) => yaml_value(tagged.value),
    }
}

/// Reads TOML; dates become strings.
fn toml(block: &str) -> Result<Map<String, Value>, String> {
    let table = block.parse::<toml::Table>().map_err(|error| {
        let line = error.span().map(|span| block[..span.start.min(block.len())].matches('\n').count() + 1);
        let what = error.message().replace('\n', " ");
        line.map_or_else(|| what.clone(), |line| messages::at_line(&what, line))
    })?;
    Ok(to_map(toml_value(table.into())))
}

/// Reads JSON.
fn json(block: &str) -> Result<Map<String, Value>, String> {
    serde_json::from_str(&hexo::braced(block)).map(to_map).map_err(|error| error.to_string())
}

fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(string) => Value::String(string),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(toml_value).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, toml_value(value))).collect())
        }
    }
}

/// A map with its keys in lower case, as Hugo matches them; nothing for any other value.
fn to_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map.into_iter().map(|(key, value)| (key.to_lowercase(), lower_case(value))).collect(),
        _ => Map::new(),
    }
}

fn lower_case(value: Value) -> Value {
    match value {
        Value::Object(_) => Value::Object(to_map(value)),
        Value::Array(list) => Value::Array(list.into_iter().map(lower_case).collect()),
        value => value,
    }
}

/// The value of a key in any case.
#[must_use]
pub fn field<'a>(map: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    map.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A value as one string, if it is a scalar.
#[must_use]
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(string) => Some(string.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What a list holds, or the value itself.
fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        value => std::slice::from_ref(value),
    }
}

/// The words of values, those of maps by their `name`.
fn names(values: &[&Value]) -> Vec<String> {
    let one = |value: &&Value| match value {
        Value::Object(map) => map.get("name").and_then(scalar),
        value => scalar(value),
    };
    let words = values.iter().filter_map(one).map(|value| value.trim().to_owned());
    words.filter(|value| !value.is_empty()).collect()
}

impl Fields {
    /// All of them as one value.
    #[must_use]
    pub fn all(&self) -> Value {
        Value::Object(self.map.clone())
    }

    /// Takes values for the keys that are not there.
    pub fn inherit(&mut self, values: &Map<String, Value>) {
        for (key, value) in values {
            self.map.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }

    /// The value of a key, which must be given in lower case; a dot leads into a map.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        match key.split_once('.') {
            Some((outer, inner)) => self.map.get(outer)?.get(inner),
            None => self.map.get(key),
        }
    }

    /// A field that is one string, number or truth value, and not empty.
    #[must_use]
    pub fn string(&self, key: &str) -> Option<String> {
        self.get(key).and_then(scalar).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// A field that is words, and not empty.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        let text = self.get(key)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A field that is a list, or one string taken for a list of one. Maps in it give their `name`.
    #[must_use]
    pub fn list(&self, key: &str) -> Vec<String> {
        let values: Vec<&Value> = match self.get(key) {
            Some(Value::Array(list)) => list.iter().collect(),
            value => value.into_iter().collect(),
        };
        names(&values)
    }

    /// The same, with what lists in it hold.
    #[must_use]
    pub fn flat_list(&self, key: &str) -> Vec<String> {
        let values: Vec<&Value> = self.get(key).map(items).into_iter().flatten().flat_map(items).collect();
        names(&values)
    }

    /// A field that says yes or no, as Hugo casts it.
    #[must_use]
    pub fn truth(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(value) => Some(*value),
            Value::Number(number) => Some(number.as_f64() != Some(0.0)),
            Value::String(string) => match string.as_str() {
                "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
                "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The first of these fields that holds a date.
    #[must_use]
    pub fn date(&self, keys: &[&str], zone: &TimeZone) -> Option<Date> {
        keys.iter().find_map(|key| match self.get(key)? {
            Value::Number(number) => Date::from_unix(number.as_i64()?),
            Value::String(string) => Date::parse(string, zone),
            // MkDocs has several dates in one map.
            Value::Object(map) => Date::parse(map.get("created")?.as_str()?, zone),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(source: &str) -> Fields {
        let (format, block) = split(source).block.expect("front matter");
        parse(format, block)
    }

    #[test]
    fn splitting() {
        for (source, block, body) in [
            ("---\na: 1\n---\nb\n", Some((Format::Yaml, "a: 1\n")), "b\n"),
            ("\n\n--- \na: 1\n---", Some((Format::Yaml, "a: 1\n")), ""),
            ("+++\na = 1\n+++\nb", Some((Format::Toml, "a = 1\n")), "b"),
            ("{\"a\": 1}\nb", Some((Format::Json, "{\"a\": 1}")), "b"),
            ("\u{feff}\n\u{feff}---\na: 1\n---\nb", Some((Format::Yaml, "a: 1\n")), "b"),
            ("---\na: 1\n---b\nc\n---\nd", Some((Format::Yaml, "a: 1\n")), "b\nc\n---\nd"),
            ("---\na: 1\n-----\nb", Some((Format::Yaml, "a: 1\n")), "b"),
            ("---\na: 1\n...\nb", Some((Format::Yaml, "a: 1\n")), "b"),
            ("{\n  \"a\": 1,\n}\nb", Some((Format::Json, "{\n  \"a\": 1,\n}")), "b"),
            ("\"a\": 1,\n\"b\": 2\n;;;\nc", Some((Format::Json, "\"a\": 1,\n\"b\": 2")), "c"),
            ("{\n\"a\": 1}\n;;;\nb", Some((Format::Json, "{\n\"a\": 1}")), "b"),
            ("\"a\" b\n;;;\nc", None, "\"a\" b\n;;;\nc"),
            ("---\nnever closed", None, "---\nnever closed"),
            ("----\nb", None, "----\nb"),
            ("{{< x >}}", None, "{{< x >}}"),
            ("---\n---\nb", Some((Format::Yaml, "")), "b"),
            ("本文", None, "本文"),
            ("title: a\ndate: b\ntags:\n- c\n---\nd", Some((Format::Yaml, "title: a\ndate: b\ntags:\n- c\n")), "d"),
            ("title: a\n---\nb", None, "title: a\n---\nb"),
            ("title: a\n\nwords here\ndate: b\n---\nd", None, "title: a\n\nwords here\ndate: b\n---\nd"),
        ] {
            assert_eq!(split(source), Split { block, body }, "{source}");
        }
    }

    #[test]
    fn fields_in_three_formats() {
        for source in [
            "---\nTitle: 題\ntags: [a, b]\ndraft: true\n---\n",
            "+++\ntitle = \"題\"\ntags = [\"a\", \"b\"]\ndraft = true\n+++\n",
            "{\"title\": \"題\", \"tags\": [\"a\", \"b\"], \"draft\": true}\n",
            "\"title\": \"題\",\n\"tags\": [\"a\", \"b\"],\n\"draft\": true\n;;;\n",
        ] {
            let fields = fields(source);
            assert_eq!(
                (fields.string("title").as_deref(), fields.list("tags"), fields.truth("draft")),
                (Some("題"), vec!["a".into(), "b".into()], Some(true))
            );
            assert_eq!(fields.problem, None);
        }
    }

    #[test]
    fn of_several_documents_the_first_counts() {
        assert_eq!(data("yaml", "---\na: 1\n---\nb: 2\n"), data("yaml", "a: 1"));
        assert_eq!(data("yaml", "a: 1\n---\n"), data("yaml", "a: 1"));
        assert_eq!(data("yaml", ""), Some(Value::Null));
    }

    #[test]
    fn truth_is_that_of_hugo() {
        for (written, expected) in [
            ("true", Some(true)),
            ("TRUE", Some(true)),
            ("\"true\"", Some(true)),
            ("1", Some(true)),
            ("yes", None),
            ("on", None),
            ("", None),
            ("false", Some(false)),
        ] {
            assert_eq!(fields(&format!("---\ndraft: {written}\n---\n")).truth("draft"), expected, "{written}");
        }
    }

    #[test]
    fn tags_of_every_form() {
        for (written, expected) in [
            ("Go", vec!["Go"]),
            ("\"Go, Rust\"", vec!["Go, Rust"]),
            ("[1, A]", vec!["1", "A"]),
            ("", vec![]),
            ("\n- Go\n- Rust", vec!["Go", "Rust"]),
        ] {
            assert_eq!(fields(&format!("---\ntags: {written}\n---\n")).list("tags"), expected, "{written}");
        }
    }

    #[test]
    fn walls_of_brackets_never_reach_the_parser() {
        assert!(yaml(&format!("a: {}", "[".repeat(100_000))).is_err());
        let entries = recover(Format::Yaml, &format!("title: t\na: {}\n", "[".repeat(300_000)));
        assert_eq!(entries.get("title"), Some(&Value::from("t")));
        assert!(yaml(&format!("a: &x 1\nb: [{}]", "*x, ".repeat(1_000))).is_err());
    }
}
