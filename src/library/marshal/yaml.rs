//! Data as YAML, in the style of Hugo: no indent before the items of lists, single quotes and only where they are needed.

use serde_json::{Map, Value as Json};

use super::Dates;

/// What YAML would take for something else than a string.
const RESERVED: [&str; 14] =
    ["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", "-.inf", "+.inf", ".nan"];

/// Characters that a string without quotes does not start with.
const MARKS: &str = "*&[{}],!|>%'\"@#- `";

/// A value as a document of its own.
pub(super) fn document(data: &Json, dates: &Dates) -> String {
    let mut text = String::new();
    match data {
        Json::Object(map) if !map.is_empty() => entries(map, 0, dates, &mut text),
        Json::Array(list) if !list.is_empty() => items(list, 0, dates, &mut text),
        data => text.push_str(&(scalar(data, 0, dates) + "\n")),
    }
    text
}

fn entries(map: &Map<String, Json>, depth: usize, dates: &Dates, text: &mut String) {
    for (place, (key, value)) in map.iter().enumerate() {
        if place > 0 {
            text.push_str(&"  ".repeat(depth));
        }
        text.push_str(&quoted(key));
        text.push(':');
        match value {
            Json::Object(map) if !map.is_empty() => {
                text.push_str(&format!("\n{}", "  ".repeat(depth + 1)));
                entries(map, depth + 1, dates, text);
            }
            Json::Array(list) if !list.is_empty() => {
                text.push_str(&format!("\n{}", "  ".repeat(depth)));
                items(list, depth, dates, text);
            }
            value => text.push_str(&format!(" {}\n", scalar(value, depth + 1, dates))),
        }
    }
}

fn items(list: &[Json], depth: usize, dates: &Dates, text: &mut String) {
    for (place, value) in list.iter().enumerate() {
        if place > 0 {
            text.push_str(&"  ".repeat(depth));
        }
        text.push_str("- ");
        match value {
            Json::Object(map) if !map.is_empty() => entries(map, depth + 1, dates, text),
            Json::Array(list) if !list.is_empty() => items(list, depth + 1, dates, text),
            value => text.push_str(&(scalar(value, depth + 1, dates) + "\n")),
        }
    }
}

fn scalar(value: &Json, depth: usize, dates: &Dates) -> String {
    match value {
        Json::Object(_) => "{}".to_owned(),
        Json::Array(_) => "[]".to_owned(),
        Json::String(text) if dates.is_moment(text) => text.clone(),
        Json::String(text) if text.contains('\n') => block(text, depth),
        Json::String(text) => quoted(text),
        Json::Number(number) => super::number(number),
        value => value.to_string(),
    }
}

/// A string of several lines.
fn block(text: &str, depth: usize) -> String {
    let (mark, lines) = match text.strip_suffix('\n') {
        Some(lines) if lines.ends_with('\n') => ("|+", lines),
        Some(lines) => ("|", lines),
        None => ("|-", text),
    };
    let indent = format!("\n{}", "  ".repeat(depth));
    format!("{mark}{indent}{}", lines.replace('\n', &indent))
}

fn quoted(text: &str) -> String {
    if needs_quotes(text) { format!("'{}'", text.replace('\'', "''")) } else { text.to_owned() }
}

fn needs_quotes(text: &str) -> bool {
    text.is_empty()
        || RESERVED.contains(&text.to_lowercase().as_str())
        || is_number(text)
        || is_time(text)
        || text.starts_with(|first| MARKS.contains(first))
        || text.ends_with([':', ' '])
        || text.contains(": ")
        || text.contains(['#', '\\'])
}

fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']).replace('_', "");
    let after = |prefix, is_digit: fn(char) -> bool| {
        digits.strip_prefix(prefix).is_some_and(|rest: &str| !rest.is_empty() && rest.chars().all(is_digit))
    };
    let is_plain = digits.contains(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() <= 1;
    is_plain
        || after("0x", |c| c.is_ascii_hexdigit())
        || after("0o", |c| c.is_digit(8))
        || after("0b", |c| c.is_digit(2))
        || (digits.contains('.') && digits.parse::<f64>().is_ok_and(f64::is_finite))
}

/// Whether it is a day, a moment or a time of day.
fn is_time(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_hour = |shape: &str| matches!(shape, "00:00" | "0:00" | "00:0" | "0:0");
    let is_moment = |rest: &str| {
        let (time, zone) = rest.split_at(rest.len().min(8));
        let zone = zone.trim_start_matches(['.', '0']);
        time == "00:00:00" && (zone.is_empty() || zone == "Z" || zone.starts_with(['+', '-']))
    };
    let rest = shape.strip_prefix("0000-00-00");
    is_hour(&shape)
        || rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(['T', 't', ' ']).is_some_and(is_moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_quotes_where_hugo_gives_them() {
        for text in [
            "x: y", "a#b", "*x", "- x", "true", "12", "1.5", ".5", "1_000", "0x1f", "", "yes", "a\\b", "x:", "-",
            "12:30",
        ] {
            assert_eq!(quoted(text), format!("'{text}'"));
        }
        for text in ["2020-01-02", "2020-01-02T03:04:05Z", "2020-01-02T03:04:05+09:00", "2020-01-02 03:04:05"] {
            assert_eq!(quoted(text), format!("'{text}'"));
        }
        for text in [
            "it's",
            "say \"x\"",
            "/^x$/",
            "?x",
            "a:b",
            "日本 語",
            "1e3",
            "<b>&",
            "h1, h2",
            "=x",
            ":x",
            "5m",
            "v1.2.3",
            "none",
        ] {
            assert_eq!(quoted(text), text);
        }
        assert_eq!(quoted("'x'"), "'''x'''");
    }
}
