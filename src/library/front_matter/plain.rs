//! The plainest YAML, which most posts have: one line for each key, with a word, a quoted string or a list after it. It is read here
//! for its speed; of whatever else there is it says nothing, and a whole parser reads the block.

use serde_json::{Map, Value};

/// The longest key, in bytes.
const LONGEST_KEY: usize = 100;

/// The entries of a block, keys as they are written. None where anything in it is beyond the plainest: the result is that of the parser
/// or none.
pub(super) fn entries(block: &str) -> Option<Map<String, Value>> {
    if !block.chars().all(is_plain) {
        return None;
    }
    let mut entries = Map::new();
    let mut lines = block.split_terminator('\n').peekable();
    while let Some(line) = lines.next() {
        let (key, rest) = line.split_once(':')?;
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if key.len() > LONGEST_KEY || !key.starts_with(|c: char| c.is_ascii_alphabetic()) || !key.bytes().all(is_key) {
            return None;
        }
        if !(rest.is_empty() || rest.starts_with(' ')) || is_reserved(key) {
            return None;
        }
        let mut value = if rest.trim_matches(' ').is_empty() { Value::Null } else { value(rest.trim_matches(' '))? };
        if value == Value::Null {
            let mut list = Vec::new();
            let mut indent = None;
            while let Some(item) = lines.peek().filter(|line| line.trim_start_matches(' ').starts_with('-')) {
                let deep = item.len() - item.trim_start_matches(' ').len();
                if *indent.get_or_insert(deep) != deep {
                    return None;
                }
                list.push(scalar(item[deep..].strip_prefix("- ")?.trim_matches(' '), Around::Block)?);
                lines.next();
            }
            if !list.is_empty() {
                value = Value::Array(list);
            }
        }
        // Two keys that differ by case alone are for the parser to judge.
        if entries.keys().any(|known: &String| known.eq_ignore_ascii_case(key)) {
            return None;
        }
        entries.insert(key.to_owned(), value);
    }
    (!entries.is_empty()).then_some(entries)
}

/// Characters that mean nothing to YAML beyond themselves: no tabs, no line ends of other kinds, no byte order marks.
fn is_plain(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a1}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fefe}'
        | '\u{ff00}'..='\u{fffd}' | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// What stands around a scalar.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// A line of its own.
    Block,
    /// The brackets of a list.
    Brackets,
}

fn value(written: &str) -> Option<Value> {
    let Some(inner) = written.strip_prefix('[') else { return scalar(written, Around::Block) };
    let inner = inner.strip_suffix(']')?.trim_matches(' ');
    if inner.is_empty() {
        return Some(Value::Array(Vec::new()));
    }
    inner
        .split(',')
        .map(|item| scalar(item.trim_matches(' '), Around::Brackets))
        .collect::<Option<_>>()
        .map(Value::Array)
}

/// A quoted string without escapes, a date, a whole number, a word or several that are no value of YAML's own.
fn scalar(written: &str, around: Around) -> Option<Value> {
    for quote in ['"', '\''] {
        if let Some(inner) = written.strip_prefix(quote) {
            let inner = inner.strip_suffix(quote)?;
            let is_simple =
                !inner.contains([quote, '\\']) && (around == Around::Block || !inner.contains(['[', ']', ',']));
            return is_simple.then(|| Value::String(inner.to_owned()));
        }
    }
    let first = written.chars().next()?;
    if first.is_ascii_digit() {
        return number(written);
    }
    if !(first.is_ascii_alphabetic() || first >= '\u{a1}') || is_reserved(written) {
        return (written == "true" || written == "false").then(|| Value::Bool(written == "true"));
    }
    let ends = match around {
        Around::Block => written.contains(": ") || written.contains(" #") || written.ends_with(':'),
        Around::Brackets => {
            written.contains(|c: char| c.is_ascii_punctuation() && !matches!(c, '-' | '_' | '.' | '/' | '+'))
        }
    };
    (!ends).then(|| Value::String(written.to_owned()))
}

/// Whole numbers of up to 15 figures, and what starts like a date; all that is more is for the parser.
fn number(written: &str) -> Option<Value> {
    let is_figures = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if is_figures(written) {
        let is_usual = written.len() <= 15 && (written == "0" || !written.starts_with('0'));
        return is_usual.then(|| written.parse::<i64>().ok().map(Value::from)).flatten();
    }
    let day = written.get(..10)?;
    let mut parts = day.split('-');
    let lengths =
        [4, 2, 2].iter().all(|length| parts.next().is_some_and(|part| part.len() == *length && is_figures(part)));
    let is_time = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'T' | b'Z' | b':' | b'+' | b'-' | b'.');
    // A blank may part day, time and zone.
    let rest = &written[10..];
    let is_dated = lengths && rest.split(' ').all(|part| part.bytes().all(is_time)) && !rest.ends_with(':');
    (is_dated && !rest.contains(": ")).then(|| Value::String(written.to_owned()))
}

/// Words that YAML, or some reader of it, takes for something else than themselves.
fn is_reserved(word: &str) -> bool {
    const WORDS: [&str; 13] =
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "infinity", "nan", "none"];
    WORDS.iter().any(|reserved| word.eq_ignore_ascii_case(reserved))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::{Format, parsed_yaml, whole};
    use super::*;

    fn check(block: &str, expected: Option<Value>) {
        let found = entries(block).map(Value::Object);
        assert_eq!(found, expected, "{block}");
        if found.is_some() {
            assert_eq!(found, parsed_yaml(block).ok(), "the parser on {block}");
        }
    }

    #[test]
    fn the_plainest_blocks_are_read() {
        check("title: 題 の 名\ndraft: false\n", Some(json!({"title": "題 の 名", "draft": false})));
        check(
            "title: \"a: 'b'\"\ntags: [Go, 日記, \"x y\"]\n",
            Some(json!({"title": "a: 'b'", "tags": ["Go", "日記", "x y"]})),
        );
        check(
            "date: 2020-01-02T03:04:05+09:00\nweight: 10\n",
            Some(json!({"date": "2020-01-02T03:04:05+09:00", "weight": 10})),
        );
        check("tags:\n  - a\n  - b c\nx:\n- 'd'\nz:\n", Some(json!({"tags": ["a", "b c"], "x": ["d"], "z": null})));
        check(
            "date: 2020-01-02 03:04:05 +09:00\nt: []\n",
            Some(json!({"date": "2020-01-02 03:04:05 +09:00", "t": []})),
        );
    }

    #[test]
    fn whatever_is_more_is_left_to_the_parser() {
        for block in [
            "",
            "a",
            "a:b\n",
            "# c\na: b\n",
            "a: b # c\n",
            "a: \"\\n\"\n",
            "a: b: c\n",
            "a: |\n  b\n",
            "a: b\n  c\n",
            "a: 0x10\n",
            "a: 1.5\n",
            "a: 010\n",
            "a: yes\n",
            "a: ~\n",
            "a: &b c\n",
            "a: *b\n",
            "a: !!str b\n",
            "a: {b: c}\n",
            "a: [b: c]\n",
            "a: [[b]]\n",
            "a: [b,]\n",
            "a: b\na: c\n",
            "a: b\nA: c\n",
            "a:\tb\n",
            "a: \u{85}\n",
            "a: \u{2028}b\n",
            "\u{feff}a: b\n",
            "- a\n",
            "a:\n  b: c\n",
            "? a\n",
            "a: @b\n",
            "a: %b\n",
            "a: `b`\n",
            "a:\n- b: c\n",
            "a:\n-\n",
            "a: 'it''s'\n",
            "a: [\"b, c\"]\n",
            "true: a\n",
            "a: -1\n",
            "a: .5\n",
            "a: b:\n",
        ] {
            check(block, None);
        }
    }

    /// Blocks near to the plainest.
    fn blocks() -> impl Strategy<Value = String> {
        let key = "[a-zA-Z][a-zA-Z_0-9-]{0,4}";
        let value = prop_oneof![
            "[a-z0-9A-Z日 :#'\"\\[\\],.{}&*!|>%@`?_/+-]{0,9}",
            "[0-9]{1,4}[-:.T0-9eExXoO_+ ]{0,12}",
            "20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ]?[0-9:+Z -]{0,10}",
            "\\[[a-z日 0-9,'\".-]{0,12}\\]",
            "[\"'][a-z日:# ,-]{0,9}[\"']",
            Just("true".to_owned()),
            Just(String::new()),
        ];
        let line = prop_oneof![
            8 => (key, "[ ]{0,2}", value).prop_map(|(key, blank, value)| format!("{key}:{blank}{value}\n")),
            2 => "[ ]{0,2}- ?[a-z日:#'\" -]{0,6}".prop_map(|item| format!("{item}\n")),
        ];
        proptest::collection::vec(line, 1..5).prop_map(|lines| lines.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn what_is_read_is_what_the_parser_reads(block in blocks()) {
            if let Some(found) = entries(&block) {
                prop_assert_eq!(Ok(Value::Object(found)), parsed_yaml(&block));
                prop_assert!(whole(Format::Yaml, &block).is_ok());
            }
        }
    }
}
