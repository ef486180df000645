//! Colons that start no definition, though the parser would take them for one: those deeper than the line that they follow, and those
//! without a blank behind them, as of `:memo:`.

/// Where in the source they stand, in order.
pub(super) fn false_ones(source: &str) -> Vec<usize> {
    if !source.contains(':') {
        return Vec::new();
    }
    let mut places = Vec::new();
    let mut term = None;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let at = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let words = line[at..].trim_end();
        let is_colon = words.starts_with(": ") || words.starts_with(":\t");
        if words.starts_with(':') && !is_colon && !is_delimiter(words) {
            places.push(start + at);
        }
        if is_colon && term.is_some_and(|column| at > column) {
            places.push(start + at);
        }
        // What follows a colon is measured by the line before it.
        if words.is_empty() {
            term = None;
        } else if !is_colon {
            term = Some(content_column(line));
        }
        start += line.len();
    }
    places
}

/// Whether a line is the one below the header of a table.
fn is_delimiter(words: &str) -> bool {
    words.contains('-') && words.chars().all(|c| matches!(c, ':' | '-' | '|' | ' ' | '\t'))
}

/// The column at which the words of a line start, past its quote and list marks.
fn content_column(line: &str) -> usize {
    let mut column = 0;
    loop {
        let rest = &line[column..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = &rest[blanks..];
        let digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
        let mark = match rest.as_bytes().get(digits) {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'*' | b'+') if digits == 0 && rest[1..].starts_with([' ', '\t']) => 1,
            Some(b'.' | b')') if digits > 0 && rest[digits + 1..].starts_with([' ', '\t']) => digits + 1,
            _ => return column + blanks,
        };
        column += blanks + mark;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` has a bar before each colon that starts nothing.
    fn check(expected: &str) {
        let source = expected.replace("¦", "");
        let mut marked = source.clone();
        false_ones(&source).into_iter().rev().for_each(|place| marked.insert(place, '¦'));
        assert_eq!(marked, expected);
    }

    #[test]
    fn a_definition_stands_no_deeper_than_its_term() {
        check("term\n: meaning\n: more");
        check("term\n  ¦: meaning\n  ¦: more");
        check("- term\n  : meaning");
        check("- term<br/>\n    ¦: meaning");
        check("1. term\n   : meaning\n\n    : code");
        check("> term\n: lazy");
        check("> term\n> : meaning\n>  ¦: more");
    }

    #[test]
    fn a_definition_has_a_blank_behind_its_colon() {
        check("term\n¦:memo: a\n\n  ¦:b\n\n¦:");
        check("> log\n> ¦:app:test FAILED");
        check("a | b\n:-- | --:\nc | d");
    }
}
