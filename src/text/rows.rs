//! Short messages in rows, each as full as it can be: for what the program says of itself. The words of posts are set by the layout.

use super::breaks::opportunities;
use super::width::Measure;

/// A message cut into rows of so many columns, where lines may break; a word that is wider is cut. Blanks at the ends are left out.
#[must_use]
pub fn rows<'w>(words: &'w str, width: usize, measure: &Measure) -> Vec<&'w str> {
    let mut ends = Vec::new();
    opportunities(words, &mut ends);
    let mut rows = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let start = words.len() - rest.len();
        let fits = |end: &&usize| **end > start && measure.columns(words[start..**end].trim_end()) <= width;
        let end = match ends.iter().take_while(|end| **end <= start || fits(end)).last() {
            Some(end) if *end > start => *end,
            _ => start + measure.prefix(rest, width.max(1)).0.len(),
        };
        if end == start {
            break;
        }
        rows.push(words[start..end].trim_end());
        rest = words[end..].trim_start();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, width: usize, expected: &[&str]) {
        assert_eq!(rows(words, width, &Measure::default()), expected, "{words}");
    }

    #[test]
    fn messages_break_where_lines_may() {
        check("", 9, &[]);
        check("one two three", 80, &["one two three"]);
        check("one two three", 8, &["one two", "three"]);
        check("one two  three", 7, &["one two", "three"]);
        check("abcdefghij k", 4, &["abcd", "efgh", "ij k"]);
        check("日本語、文字", 6, &["日本", "語、文", "字"]);
        check("a", 0, &["a"]);
        check("あ", 1, &[]);
    }
}
