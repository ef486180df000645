//! Values written out: `printf`, JSON, dates, code.

use super::super::value::Value;
use super::dates;
use super::strings::escaped;

pub fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    match (name, arguments) {
        ("print" | "fmt.Print", parts) => {
            let mut text = String::new();
            for (place, part) in parts.iter().enumerate() {
                // Go puts a blank between two values of which neither is a string.
                let is_text = |value: &Value| matches!(value, Value::Text(_) | Value::Html(_));
                if place > 0 && !is_text(part) && !is_text(&parts[place - 1]) {
                    text.push(' ');
                }
                text.push_str(&part.printed()?);
            }
            Some(Value::text(text))
        }
        ("println" | "fmt.Println", parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(Value::printed).collect();
            Some(Value::text(parts?.join(" ") + "\n"))
        }
        ("printf" | "fmt.Printf", [format, values @ ..]) => formatted(&format.string()?, values).map(Value::text),
        ("jsonify" | "encoding.Jsonify", [value]) => {
            let mut json = String::new();
            write_json(value, &mut json, 0)?;
            Some(Value::html(json))
        }
        ("dateFormat" | "time.Format", [layout, Value::Date(moment)]) => {
            moment.format(&dates::layout(layout)?).map(Value::text)
        }
        ("highlight" | "transform.Highlight", [code, language, options @ ..]) => {
            language.string()?;
            let code = escaped(&code.string()?, false);
            let is_inline = options.first().is_some_and(asks_inline);
            Some(Value::html(if is_inline { format!("<code>{code}</code>") } else { format!("<pre>{code}</pre>") }))
        }
        _ => None,
    }
}

fn asks_inline(options: &Value) -> bool {
    match options {
        Value::Map(map) => map.get("hl_inline").and_then(Value::truth) == Some(true),
        options => options.string().is_some_and(|options| options.contains("hl_inline=true")),
    }
}

/// Go's `Sprintf` for the verbs that templates use.
fn formatted(format: &str, values: &[Value]) -> Option<String> {
    let mut text = String::new();
    let (mut next, mut rest) = (0, format);
    let mut is_numbered = false;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.find(|c: char| c.is_alphabetic() || c == '%')?;
        let (flags, verb) = (&after[..end], after[end..].chars().next()?);
        rest = &after[end + verb.len_utf8()..];
        if verb == '%' {
            text.push('%');
            continue;
        }
        // `%[2]s` takes the second value, and the next verb the one after it.
        let flags = match flags.split_once('[') {
            Some((flags, number)) => {
                next = number.strip_suffix(']')?.parse::<usize>().ok()?.checked_sub(1)?;
                is_numbered = true;
                flags
            }
            None => flags,
        };
        text.push_str(&one(verb, flags, values.get(next)?)?);
        next += 1;
    }
    (is_numbered || next == values.len()).then(|| text + rest)
}

fn one(verb: char, flags: &str, value: &Value) -> Option<String> {
    let (width, precision) = flags.split_once('.').unwrap_or((flags, ""));
    let is_text = matches!(value, Value::Text(_) | Value::Html(_));
    let written = match verb {
        's' if is_text => value.printed()?,
        'v' => value.printed()?,
        'd' => match value {
            Value::Int(number) => number.to_string(),
            _ => return None,
        },
        'f' => match value {
            Value::Float(number) => {
                let digits =
                    if precision.is_empty() { 6 } else { precision.parse().ok().filter(|digits| *digits < 20)? };
                format!("{number:.digits$}")
            }
            _ => return None,
        },
        't' if matches!(value, Value::Bool(_)) => value.printed()?,
        'q' if is_text => format!("{:?}", value.string()?),
        'x' => match value {
            Value::Int(number) => format!("{number:x}"),
            _ => return None,
        },
        _ => return None,
    };
    let fill = if width.starts_with('0') { '0' } else { ' ' };
    let is_left = width.starts_with('-');
    let width: usize = match width.trim_start_matches(['-', '0', '+']) {
        "" => 0,
        width => width.parse().ok().filter(|width| *width < 200)?,
    };
    let blanks: String = std::iter::repeat_n(fill, width.saturating_sub(written.chars().count())).collect();
    Some(if is_left { written + &blanks } else { blanks + &written })
}

fn write_json(value: &Value, json: &mut String, depth: usize) -> Option<()> {
    if depth > 8 || json.len() > 64 * 1024 {
        return None;
    }
    match value {
        Value::Nil => json.push_str("null"),
        Value::Text(text) | Value::Html(text) => json.push_str(&format!("{text:?}")),
        Value::List(list) => {
            json.push('[');
            for (place, item) in list.iter().enumerate() {
                json.push_str(if place > 0 { "," } else { "" });
                write_json(item, json, depth + 1)?;
            }
            json.push(']');
        }
        Value::Map(map) => {
            json.push('{');
            for (place, (key, item)) in map.iter().enumerate() {
                json.push_str(if place > 0 { "," } else { "" });
                json.push_str(&format!("{key:?}:"));
                write_json(item, json, depth + 1)?;
            }
            json.push('}');
        }
        value => json.push_str(&value.string()?),
    }
    Some(())
}
