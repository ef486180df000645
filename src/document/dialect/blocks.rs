//! What Kramdown has within blocks, as Markdown has it.

use super::kramdown::is_attributes;
use super::{Fence, inline};
use crate::text::markup::Dialect;

/// A table without a head that has more columns than this is left as it is.
const MOST_COLUMNS: usize = 64;

/// What holds text that is no Markdown, by its start and end.
const VERBATIM: [[&str; 2]; 8] = [
    ["{{< highlight", "{{< /highlight"],
    ["{{< codeblock", "{{< /codeblock"],
    ["<pre", "</pre"],
    ["<script", "</script"],
    ["<style", "</style"],
    ["<!--", "-->"],
    ["\\begin{", "\\end{"],
    ["$$", "$$"],
];

/// How far the end of a stretch of code may be, in bytes.
const LONGEST: usize = 1024;

/// The source with what Kramdown has within blocks as Markdown has it: line breaks, tables without a head, bars in the code of their
/// cells, attributes of items and in quotes.
pub(super) fn plain(source: &str) -> String {
    let mut output = String::with_capacity(source.len() + 64);
    let mut fence = Fence::default();
    let mut lines: Vec<&str> = Vec::new();
    let mut end = None;
    for line in source.split_inclusive('\n') {
        let is_code = fence.holds(line);
        if !is_code && !line.trim().is_empty() {
            lines.push(line);
            continue;
        }
        block(&lines, &mut end, &mut output);
        lines.clear();
        output.push_str(line);
    }
    block(&lines, &mut end, &mut output);
    output
}

/// The same for the lines of one block, where text may be open that is no Markdown and ends with these words.
fn block(lines: &[&str], end: &mut Option<&'static str>, output: &mut String) {
    let was_open = end.is_some();
    let has_verbatim = lines.iter().fold(was_open, |has, line| goes_verbatim(line, end) || has);
    if has_verbatim || lines.iter().all(|line| line.starts_with("    ") || line.starts_with('\t')) {
        return lines.iter().for_each(|line| output.push_str(line));
    }
    let has_formula = lines.iter().any(|line| line.contains('$') || line.contains("\\(") || line.contains("\\["));
    let rows = rows(lines, output);
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1);
        let is_break = next.is_some() && !has_formula && line.ends_with("\\\\\n");
        if let Some(attributes) = in_quote(line) {
            let goes_on = next.is_some_and(|next| next.trim_start().starts_with('>'));
            output.push_str(if goes_on { ">\n" } else { attributes });
        } else if let Some((mark, words)) = of_item(line) {
            output.push_str(mark);
            output.push_str(words);
        } else if at >= rows {
            row(line, output);
        } else if is_break {
            output.push_str(&line[..line.len() - 2]);
            output.push('\n');
        } else {
            output.push_str(line);
        }
    }
}

/// Whether a line holds text that is no Markdown, which is not open before it. What ends it is kept where it stays open.
fn goes_verbatim(line: &str, end: &mut Option<&'static str>) -> bool {
    let mut has_any = false;
    let mut rest = line;
    loop {
        if let Some(mark) = *end {
            let Some((_, after)) = rest.split_once(mark) else { return has_any };
            *end = None;
            rest = after;
        }
        let Some(at) = rest.find(['`', '<', '{', '\\', '$']) else { return has_any };
        rest = &rest[at..];
        let found = VERBATIM.iter().find(|[start, _]| rest.starts_with(start));
        let length = match found {
            Some([start, _]) => start.len(),
            None if rest.starts_with('`') => code(rest),
            None => 1,
        };
        has_any |= found.is_some();
        *end = found.map(|[_, end]| *end);
        rest = &rest[length..];
    }
}

/// From which line on a block is a table. The head that one lacks is written.
fn rows(lines: &[&str], output: &mut String) -> usize {
    let is_delimiter = |line: &&str| {
        let words = line.trim();
        words.contains('-') && words.contains('|') && words.bytes().all(|byte| b"|-: +=".contains(&byte))
    };
    let table: Vec<&str> = lines.iter().copied().take_while(|line| !line.starts_with("{:")).collect();
    let is_row = |line: &&str| line.len() > 2 && line.starts_with('|') && line.trim_end().ends_with('|');
    let delimiter = table.iter().position(is_delimiter);
    if delimiter.is_some_and(|at| at > 0) {
        return delimiter.map_or(0, |at| at - 1);
    }
    let columns = table.last().map_or(0, |line| {
        let mut cells = String::new();
        row(line, &mut cells);
        cells.replace("\\|", "").matches('|').count().saturating_sub(1)
    });
    let is_lone = columns == 1 && table.len() == 1;
    if !table.iter().all(is_row) || !(1..=MOST_COLUMNS).contains(&columns) || is_lone {
        return lines.len();
    }
    output.push_str(&format!("|{}\n", "   |".repeat(columns)));
    if delimiter.is_none() {
        output.push_str(&format!("|{}\n", "---|".repeat(columns)));
    }
    0
}

/// Writes a row of a table with the bars marked that stand in code, and belong to it.
fn row(line: &str, output: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        output.push_str(&rest[..at]);
        let from = &rest[at..];
        let length = code(from);
        output.push_str(&from[..length].replace("\\|", "|").replace('|', "\\|"));
        rest = &from[length..];
    }
    output.push_str(rest);
}

/// The attributes that a line of a quote holds and nothing else.
fn in_quote(line: &str) -> Option<&str> {
    let words = line.trim_start_matches([' ', '>']);
    let is_quoted = line[..line.len() - words.len()].contains('>');
    (is_quoted && is_attributes(words.trim_end(), Dialect::Jekyll)).then_some(words)
}

/// The mark of an item that starts with attributes, and what follows these.
fn of_item(line: &str) -> Option<(&str, &str)> {
    let at = line.find("{:")?;
    let (mark, from) = line.split_at(at);
    let end = from.find('}')? + 1;
    let is_mark = matches!(mark.trim(), "*" | "-" | "+")
        || mark.trim().strip_suffix('.').is_some_and(|mark| mark.bytes().all(|byte| byte.is_ascii_digit()));
    let is_whole = mark.ends_with([' ', '\t']) && is_mark && is_attributes(&from[..end], Dialect::Jekyll);
    is_whole.then(|| (mark, from[end..].trim_start_matches([' ', '\t'])))
}

/// How long the code is that a text starts with, in bytes.
fn code(from: &str) -> usize {
    inline::code(&from[..from.floor_char_boundary(LONGEST)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_those_of_markdown() {
        let check = |source: &str, expected: &str| assert_eq!(plain(source), expected, "{source}");
        check("a\\\\\nb\\\\\n\nc", "a\\\nb\\\\\n\nc");
        check("$a\\\\\nb$\n", "$a\\\\\nb$\n");
        check("$$\n\na\\\\\nb\n\n$$\nc\n\nd\\\\\ne", "$$\n\na\\\\\nb\n\n$$\nc\n\nd\\\ne");
        check("```\na\\\\\nb\n```\n", "```\na\\\\\nb\n```\n");
        check("* {: .c} a\n1. {:#d} b\n", "* a\n1. b\n");
        check("> a\n> {: .x}\n\n> {: .y}\n> b\n", "> a\n{: .x}\n\n>\n> b\n");
        check("|a|b|\n|-|-|\n|`x || y`|c|\n", "|a|b|\n|-|-|\n|`x \\|\\| y`|c|\n");
        check("`a|b`\nc\n", "`a|b`\nc\n");
        check("| a | b |\n| `c|d` | e |\n{: .f}\n", "|   |   |\n|---|---|\n| a | b |\n| `c\\|d` | e |\n{: .f}\n");
        check("|:-|-|\n| a | b |\n", "|   |   |\n|:-|-|\n| a | b |\n");
        check("|a|\n", "|a|\n");
        check(&"|".repeat(200), &"|".repeat(200));
        check("| a |\nb\n", "| a |\nb\n");
    }
}
