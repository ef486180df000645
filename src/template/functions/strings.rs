//! Functions from text to text.

use super::super::value::Value;

/// The string functions; none for what is not one of them or has other arguments.
pub fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    let name = name.strip_prefix("strings.").unwrap_or(name);
    match arguments {
        [one] => of_one(name, &one.string()?, one),
        [first, second] => of_two(name, &first.string()?, &second.string()?),
        [first, second, third] => of_three(name, &first.string()?, second, third),
        _ => None,
    }
}

fn of_one(name: &str, text: &str, value: &Value) -> Option<Value> {
    let same_kind = |text: &str| if matches!(value, Value::Html(_)) { Value::html(text) } else { Value::text(text) };
    Some(match name {
        "lower" | "ToLower" => Value::text(text.to_lowercase()),
        "upper" | "ToUpper" => Value::text(text.to_uppercase()),
        "title" | "Title" => Value::text(title(text)?),
        "FirstUpper" => Value::text(first_upper(text)),
        "humanize" | "inflect.Humanize" => Value::text(humanized(text)?),
        "chomp" | "Chomp" => same_kind(text.trim_end_matches(['\n', '\r'])),
        "TrimSpace" => Value::text(text.trim()),
        "RuneCount" | "countrunes" | "CountRunes" => {
            Value::Int(text.chars().filter(|c| !c.is_whitespace()).count() as i64)
        }
        "countwords" | "CountWords" => Value::Int(text.split_whitespace().count() as i64),
        "safeHTML" | "safe.HTML" | "safeHTMLAttr" | "safe.HTMLAttr" | "safeURL" | "safe.URL" | "safeCSS"
        | "safe.CSS" | "safeJS" | "safe.JS" | "safeJSStr" | "safe.JSStr" => Value::html(text),
        "htmlEscape" | "html" | "transform.HTMLEscape" => Value::text(escaped(text, false)),
        "htmlUnescape" | "transform.HTMLUnescape" => Value::text(unescaped(text)),
        "plainify" | "transform.Plainify" => Value::html(plain(text)),
        "string" | "cast.ToString" => Value::text(text),
        _ => return None,
    })
}

fn of_two(name: &str, first: &str, second: &str) -> Option<Value> {
    let set = |cut: &str| cut.chars().collect::<Vec<_>>();
    Some(match name {
        "split" | "Split" if second.is_empty() => {
            Value::list(first.chars().map(|c| Value::text(c.to_string())).collect())
        }
        "split" | "Split" => Value::list(first.split(second).map(Value::text).collect()),
        "trim" | "Trim" => Value::text(first.trim_matches(&set(second)[..])),
        "TrimLeft" => Value::text(second.trim_start_matches(&set(first)[..])),
        "TrimRight" => Value::text(second.trim_end_matches(&set(first)[..])),
        "TrimPrefix" => Value::text(second.strip_prefix(first).unwrap_or(second)),
        "TrimSuffix" => Value::text(second.strip_suffix(first).unwrap_or(second)),
        "hasPrefix" | "HasPrefix" => Value::Bool(first.starts_with(second)),
        "hasSuffix" | "HasSuffix" => Value::Bool(first.ends_with(second)),
        "Contains" => Value::Bool(first.contains(second)),
        "ContainsAny" => Value::Bool(first.contains(&set(second)[..])),
        "Count" if !first.is_empty() => Value::Int(second.matches(first).count() as i64),
        "Repeat" => {
            let count = first.parse::<usize>().ok().filter(|count| count.saturating_mul(second.len()) < 64 * 1024)?;
            Value::text(second.repeat(count))
        }
        "substr" | "Substr" => Value::text(part(first, second.parse().ok()?, None)?),
        "slicestr" | "SliceString" => Value::text(first.chars().skip(second.parse().ok()?).collect::<String>()),
        _ => return None,
    })
}

fn of_three(name: &str, first: &str, second: &Value, third: &Value) -> Option<Value> {
    Some(match name {
        "replace" | "Replace" => {
            let (old, new) = (second.string()?, third.string()?);
            // An empty pattern stands between all letters, which nobody means.
            if old.is_empty() || first.len() / old.len() * new.len() > 1024 * 1024 {
                return None;
            }
            Value::text(first.replace(&*old, &new))
        }
        "substr" | "Substr" => Value::text(part(first, second.int()?, Some(third.int()?))?),
        "slicestr" | "SliceString" => {
            let (start, end) = (usize::try_from(second.int()?).ok()?, usize::try_from(third.int()?).ok()?);
            Value::text(first.chars().take(end).skip(start).collect::<String>())
        }
        _ => return None,
    })
}

/// `substr`: a start that may count from the end, and a length that may too.
fn part(text: &str, start: i64, length: Option<i64>) -> Option<String> {
    let count = text.chars().count() as i64;
    let start = if start < 0 { (count + start).max(0) } else { start.min(count) };
    let end = match length {
        None => count,
        Some(length) if length < 0 => count + length,
        Some(length) => start.saturating_add(length).min(count),
    };
    let taken = usize::try_from(end - start).unwrap_or(0);
    Some(text.chars().skip(usize::try_from(start).ok()?).take(taken).collect())
}

/// A text as HTML shows it. Outside quotes a blank would end an attribute.
#[must_use]
pub fn escaped(text: &str, is_unquoted: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            c if is_unquoted && c.is_whitespace() => escaped.push_str(&format!("&#{};", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The entities that templates write, decoded; others stay.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest[1..].split_once(';').and_then(|(name, after)| Some((entity(name)?, after)));
        let (c, after) = entity.unwrap_or(('&', &rest[1..]));
        plain.push(c);
        rest = after;
    }
    plain + rest
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// A text without its tags.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        match rest[at..].find('>') {
            Some(end) => rest = &rest[at + end + 1..],
            None => break,
        }
    }
    plain + if rest.contains('<') { "" } else { rest }
}

fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Words with capitals. Hugo leaves small words as they are, by rules of its own.
fn title(text: &str) -> Option<String> {
    const SMALL: [&str; 17] =
        ["a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "of", "on", "or", "the", "to", "via"];
    let is_small = |word: &str| SMALL.contains(&word.to_lowercase().as_str());
    if text.split(' ').any(is_small) {
        return None;
    }
    Some(text.split(' ').map(first_upper).collect::<Vec<_>>().join(" "))
}

fn humanized(text: &str) -> Option<String> {
    const ACRONYMS: [&str; 10] = ["API", "CSS", "HTML", "HTTP", "HTTPS", "ID", "IDS", "JSON", "URL", "XML"];
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters: Vec<char> = text.chars().collect();
    let mut words = String::new();
    for (at, c) in letters.iter().enumerate() {
        let is_lower = |at: usize| letters.get(at).is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        // A word starts where capitals start, and with the last of several: `HTTPCache`, but `URLs`.
        let starts = at > 0 && c.is_uppercase() && (is_lower(at - 1) || (is_lower(at + 1) && is_lower(at + 2)));
        words.push_str(if starts { " " } else { "" });
        words.push(if matches!(c, '-' | '_') { ' ' } else { *c });
    }
    let word = |word: &str| {
        let upper = word.to_uppercase();
        let is_acronym = ACRONYMS.contains(&upper.as_str()) && word.starts_with(&upper[..2]);
        if is_acronym { upper } else { word.to_lowercase() }
    };
    let words: Vec<String> = words.split_whitespace().map(word).collect();
    (!is_number).then(|| first_upper(&words.join(" ")))
}

/// Lines without the blanks that all of them start with.
#[must_use]
pub fn dedented(text: &str) -> String {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let indent = lines().map(|line| line.len() - line.trim_start_matches([' ', '\t']).len()).min().unwrap_or(0);
    text.split('\n').map(|line| line.get(indent..).unwrap_or(line.trim_start())).collect::<Vec<_>>().join("\n")
}
