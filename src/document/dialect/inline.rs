//! Marks within lines that Markdown does not know: sizes of pictures, attributes, footnotes in place, marks of blocks. They are taken
//! out, or written as Markdown has them; code is left alone.

use super::attributes::{self, Bearer};
use super::containers::attribute;
use super::verbatim::Verbatim;
use super::{keys, kramdown};
use crate::document::notice;
use crate::text::markup::Dialect;

/// How far a mark may reach, in bytes.
const LONGEST: usize = 4 * 1024;
const LONGEST_CHANGE: usize = 1024;

/// The source with the marks of its program written as Markdown.
pub(super) fn rewritten(source: &str, dialect: Dialect) -> String {
    let mut marks = Marks { dialect, notes: Vec::new() };
    let mut output = String::with_capacity(source.len());
    let mut verbatim = Verbatim::default();
    for line in source.split_inclusive('\n') {
        if verbatim.holds(line) {
            output.push_str(line);
        } else {
            marks.line(line, &mut output);
        }
    }
    for (number, words) in marks.notes.iter().enumerate() {
        output.push_str(&format!("\n\n[^{}]: {words}", name(number)));
    }
    output
}

/// Without any of these a source has none.
pub(super) fn marks(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Obsidian => &["^", "[[", "|", "[!"],
        Dialect::Jekyll => &["{:"],
        Dialect::Hugo | Dialect::Zola => &[],
        Dialect::Unknown => &[
            "^[",
            " =",
            "$`",
            "{:",
            "{.",
            "){",
            "]{",
            "`{",
            "*{",
            "_{",
            "~{",
            "[!",
            "++",
            "{--",
            "{~~",
            "{==",
            "{>>",
            "`#!",
            ":material-",
            ":octicons-",
            ":fontawesome-",
            ":simple-",
            ":icon{",
            ":badge",
            ":kbd{",
            ":u-",
        ],
        _ => &["^[", " =", "$`", "{:"],
    }
}

/// The name of a footnote that has none.
fn name(number: usize) -> String {
    format!("in-place-{}", number + 1)
}

struct Marks {
    dialect: Dialect,
    /// The words of the footnotes that stand in the text.
    notes: Vec<String>,
}

impl Marks {
    fn line(&mut self, line: &str, output: &mut String) {
        let (line, end) = match self.dialect {
            Dialect::Obsidian => without_block_name(line),
            _ => (line, ""),
        };
        let is_note = matches!(self.dialect, Dialect::Obsidian | Dialect::Unknown);
        let line = if is_note { callout(line, output) } else { line };
        let is_row = line.trim_start().starts_with('|');
        let mut rest = line;
        while let Some(at) = rest.find(['`', '^', '[', ']', '{', '$', '+', ':']) {
            output.push_str(&rest[..at]);
            let from = &rest[at..];
            let near = near(from);
            let taken = match from.as_bytes()[0] {
                b'`' => self.code(near, output),
                b'$' => formula(near, output),
                b'^' => self.note(near, output),
                b'[' if self.dialect == Dialect::Obsidian => page(near, is_row, output),
                b']' => size(near, self.dialect, output),
                b'+' if self.dialect == Dialect::Unknown => keys::written(near, output),
                b':' if self.dialect == Dialect::Unknown => icon(near, output).or_else(|| component(near, output)),
                b'{' => self.braces(near, output),
                _ => None,
            };
            let taken = taken.unwrap_or_else(|| {
                output.push_str(&from[..1]);
                1
            });
            rest = &from[taken..];
        }
        output.push_str(rest);
        output.push_str(end);
    }

    /// A stretch of code as it stands.
    fn code(&self, from: &str, output: &mut String) -> Option<usize> {
        let plain = if self.dialect == Dialect::Unknown { highlighted(from, output) } else { None };
        plain.or_else(|| {
            let length = code(from);
            output.push_str(&from[..length]);
            Some(length)
        })
    }

    /// Attributes, or a change of the text.
    fn braces(&self, from: &str, output: &mut String) -> Option<usize> {
        if self.dialect != Dialect::Unknown {
            return kramdown::behind(from, output, self.dialect);
        }
        attributes_behind(from, output)
            .or_else(|| kramdown::behind(from, output, self.dialect))
            .or_else(|| change(from, output))
    }

    /// `^[words]`, a footnote in its place.
    fn note(&mut self, from: &str, output: &mut String) -> Option<usize> {
        let inside = from.strip_prefix("^[").filter(|_| self.dialect != Dialect::Jekyll && !output.ends_with('\\'))?;
        let mut depth = 1;
        let end = inside.find(|c| {
            depth += match c {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            depth == 0
        })?;
        let words = inside[..end].trim();
        if words.is_empty() {
            return None;
        }
        output.push_str(&format!("[^{}]", name(self.notes.len())));
        self.notes.push(words.to_owned());
        Some(end + 3)
    }
}

/// As much of a text as a mark may reach.
pub(super) fn near(from: &str) -> &str {
    &from[..from.floor_char_boundary(LONGEST)]
}

/// How long a stretch of code is that a text starts with, in bytes; of marks without an end the marks alone.
pub(super) fn code(from: &str) -> usize {
    let marks = from.len() - from.trim_start_matches('`').len();
    let mut at = marks;
    while let Some(found) = from[at..].find('`') {
        let start = at + found;
        let run = from[start..].len() - from[start..].trim_start_matches('`').len();
        at = start + run;
        if run == marks {
            return at;
        }
    }
    marks
}

/// Code without the name of its language (`` `#!python x` ``), where a text starts with one; how much it takes.
fn highlighted(from: &str, output: &mut String) -> Option<usize> {
    let length = code(from);
    let marks = from.len() - from.trim_start_matches('`').len();
    let (name, words) = from.get(marks..length.checked_sub(marks)?)?.strip_prefix("#!")?.split_once(' ')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '_' | '#');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(is_name) || words.is_empty() {
        return None;
    }
    let marks = &from[..marks];
    output.push_str(&format!("{marks}{words}{marks}"));
    Some(length)
}

/// What someone changed in a text, between braces: `{++in++}`, `{--out--}`, `{~~out~>in~~}`, `{==marked==}`, `{>>comment<<}`.
fn change(from: &str, output: &mut String) -> Option<usize> {
    let (open, close) = [("{++", "++}"), ("{--", "--}"), ("{~~", "~~}"), ("{==", "==}"), ("{>>", "<<}")]
        .into_iter()
        .find(|(open, _)| from.starts_with(open))?;
    let near = &from[..from.floor_char_boundary(LONGEST_CHANGE)];
    let inside = near[open.len()..].split_once(close).map(|(inside, _)| inside).filter(|inside| !inside.is_empty())?;
    // Blade has comments in two braces.
    if output.ends_with('{') {
        return None;
    }
    let written = match open {
        "{++" => format!("<ins>{inside}</ins>"),
        "{--" => format!("<del>{inside}</del>"),
        "{==" => format!("<mark>{inside}</mark>"),
        "{~~" => {
            let (old, new) = inside.split_once("~>")?;
            format!("<del>{old}</del><ins>{new}</ins>")
        }
        _ => String::new(),
    };
    output.push_str(&written);
    Some(inside.len() + 6)
}

/// How long the list of attributes is that a text starts with, where what it belongs to is written. Of words that are in brackets for
/// its sake the words alone stay.
fn attributes_behind(from: &str, output: &mut String) -> Option<usize> {
    let length = attributes::list(from)?;
    if let Bearer::Span(place) = attributes::bearer(output)? {
        output.pop();
        output.remove(place);
    }
    Some(length)
}

/// How long the name of an icon is that a text starts with (`:material-check:`), which is none of the words.
fn icon(from: &str, output: &str) -> Option<usize> {
    let (name, rest) = from[1..].split_once(':')?;
    let attributes = if rest.starts_with('{') { rest.find('}').map_or(0, |end| end + 1) } else { 0 };
    let is_icon = ["material-", "octicons-", "fontawesome-", "simple-"].iter().any(|set| name.starts_with(set));
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    // Its blank goes with it: the text of an item would start further in.
    let is_apart = output.is_empty() || output.ends_with([' ', '\n', '[', '\t']);
    let blank = usize::from(is_apart && rest[attributes..].starts_with(' '));
    (is_icon && is_name).then_some(name.len() + attributes + blank + 2)
}

/// A component within a line, as Nuxt has it (`:badge[words]{color="red"}`): its words stay. How much it takes.
fn component(from: &str, output: &mut String) -> Option<usize> {
    let rest = from.strip_prefix(':')?;
    let length = rest.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '-')?;
    let is_apart = output.is_empty() || output.ends_with([' ', '\n', '\t', '(', '*', '_', '"']);
    if !is_apart || !rest.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let rest = &rest[length..];
    let label = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')).map(|(label, _)| label);
    let behind = &rest[label.map_or(0, |label| label.len() + 2)..];
    let attributes = attributes::list(behind).unwrap_or(0);
    if behind.starts_with('(') || (label.is_none() && attributes == 0) {
        return None;
    }
    let said = ["label", "value", "text"].iter().find_map(|key| attribute(&behind[..attributes], key));
    output.push_str(label.or(said).unwrap_or_default());
    Some(from.len() - behind.len() + attributes)
}

/// A formula between dollars and backquotes.
fn formula(from: &str, output: &mut String) -> Option<usize> {
    let (words, _) = from.strip_prefix("$`")?.split_once("`$")?;
    output.push_str(&format!("${}$", words.trim()));
    Some(words.len() + 4)
}

/// The size of a picture: ` =300x200)` behind its address, `|300]` behind its description.
fn size(from: &str, dialect: Dialect, output: &mut String) -> Option<usize> {
    let is_size = |words: &str| {
        let is_part = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        !words.is_empty() && words.split('x').all(is_part) && words.matches('x').count() < 2
    };
    let (address, _) = from.strip_prefix("](")?.split_once(')')?;
    if dialect == Dialect::Obsidian {
        let end = output.floor_char_boundary(output.len().saturating_sub(12));
        let (label, size) = output[end..].rsplit_once('|')?;
        if is_size(size) {
            output.truncate(end + label.trim_end_matches('\\').len());
        }
        return None;
    }
    let (place, size) = address.rsplit_once(" =")?;
    is_size(size.trim()).then(|| {
        output.push_str(&format!("]({place})"));
        address.len() + 3
    })
}

/// `[[page#heading]]`, which is called `page > heading`; a block has no words of its own.
fn page(from: &str, is_row: bool, output: &mut String) -> Option<usize> {
    let (inside, _) = from.strip_prefix("[[")?.split_once("]]")?;
    let (path, place) = inside.split_once('#')?;
    if inside.contains(['|', '[', '\n']) || place.is_empty() {
        return None;
    }
    let place = place.rsplit('#').next().filter(|place| !place.starts_with('^')).unwrap_or_default();
    let label = [path, place].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" > ");
    let bar = if is_row { "\\|" } else { "|" };
    let label = if label.is_empty() { inside } else { &label };
    output.push_str(&format!("[[{inside}{bar}{label}]]"));
    Some(inside.len() + 4)
}

/// A line without the name that a note gives to its block (` ^name` at the end), and its end.
fn without_block_name(line: &str) -> (&str, &str) {
    let Some((before, name)) = line.trim_end().rsplit_once('^') else { return (line, "") };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_apart = before.is_empty() || before.ends_with([' ', '\t']);
    if is_name && is_apart { (before, &line[line.trim_end().len()..]) } else { (line, "") }
}

/// Writes the start of a callout whose kind is the vault's own, and gives what follows it.
fn callout<'a>(line: &'a str, output: &mut String) -> &'a str {
    let quoted = line.trim_start_matches(['>', ' ', '\t']);
    let quotes = &line[..line.len() - quoted.len()];
    let Some((kind, after)) = quoted.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else { return line };
    let (kind, extra) = kind.split_once('|').map_or((kind, None), |(kind, extra)| (kind, Some(extra)));
    let is_name = kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if extra.is_some() && quotes.contains('>') && notice::kind(kind).is_some() {
        output.push_str(&format!("{quotes}[!{kind}]"));
        return after;
    }
    if !quotes.contains('>') || !is_name || kind.is_empty() || notice::kind(kind).is_some() {
        return line;
    }
    let fold = after.starts_with(['+', '-']);
    let (fold, title) = after.split_at(usize::from(fold));
    let name = if title.trim().is_empty() { kind } else { "" };
    output.push_str(&format!("{quotes}[!note]{fold} {name}"));
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dialect: Dialect, source: &str, expected: &str) {
        assert_eq!(rewritten(source, dialect), expected, "{source}");
    }

    #[test]
    fn footnotes_may_stand_in_the_text() {
        check(Dialect::Zenn, "a^[b [c](d)] `^[e]`", "a[^in-place-1] `^[e]`\n\n[^in-place-1]: b [c](d)");
        check(Dialect::Zenn, "```\na^[b]\n```\n^[ ] ^[x \\^[y]", "```\na^[b]\n```\n^[ ] ^[x \\^[y]");
    }

    #[test]
    fn sizes_and_attributes_are_no_words() {
        check(Dialect::Zenn, "![a](/b.png =250x) ![c](d.png =1x2)", "![a](/b.png) ![c](d.png)");
        check(Dialect::Zenn, "[a](b =c) `[a](b =1x)`", "[a](b =c) `[a](b =1x)`");
        check(Dialect::Jekyll, "![a](b){: .c d=\"e\"} *f*{:.g} `h`{: .i} j{: .k}", "![a](b) *f* `h` j{: .k}");
        check(Dialect::Jekyll, "~~a~~{:b} <https://c.example>{: d}", "~~a~~ <https://c.example>");
        check(Dialect::Obsidian, "![a|100](b) ![c|d](e) ![|2x3](f)", "![a](b) ![c|d](e) ![](f)");
    }

    #[test]
    fn notes_name_pages_and_blocks() {
        check(
            Dialect::Obsidian,
            "[[a#b]] [[a#^c]] [[#d]] [[e]] [[a#b|f]]",
            "[[a#b|a > b]] [[a#^c|a]] [[#d|d]] [[e]] [[a#b|f]]",
        );
        check(Dialect::Obsidian, "| [[a#b]] |", "| [[a#b\\|a > b]] |");
        check(
            Dialect::Obsidian,
            "words ^name-1\n^name\nx^2\n",
            "words \nx^2\n".replace("words \n", "words \n\n").as_str(),
        );
    }

    #[test]
    fn keys_and_icons() {
        check(
            Dialect::Unknown,
            "++ctrl+a++ `++a++` i++ j++ a++b++",
            "<kbd>Ctrl</kbd>+<kbd>A</kbd> `++a++` i++ j++ a++b++",
        );
        check(Dialect::Unknown, ":material-check:{ .lg } a :b: c:material-x", "a :b: c:material-x");
        check(Dialect::Unknown, "-   :material-clock: __a__\n\n    b", "-   __a__\n\n    b");
        check(Dialect::Unknown, "> [!own] a", "> [!note]  a");
        check(Dialect::Obsidian, "> [!tip|right]- a\n> [!own|b] a", "> [!tip]- a\n> [!note]  a");
        check(Dialect::Unknown, "[a](b){ .c }", "[a](b)");
        check(Dialect::Unknown, "[a](b){ target=_blank } ![c](d){width=1} `e`{lang=\"f\"}", "[a](b) ![c](d) `e`");
        check(Dialect::Unknown, "[a *b*]{.red} f(x){ a=1 } [a](b){ c }", "a *b* f(x){ a=1 } [a](b){ c }");
    }

    #[test]
    fn components_within_lines_have_words() {
        check(
            Dialect::Unknown,
            "a :icon{name=\"b\"} :badge[v1.0] :kbd{value=\"K\"} b:badge[c] :badge :badge[d](e) :badge[",
            "a  v1.0 K b:badge[c] :badge :badge[d](e) :badge[",
        );
    }

    #[test]
    fn changes_are_shown() {
        check(
            Dialect::Unknown,
            "{++a++} {--b--} {~~c~>d~~} {==e==} {>>f<<} `{++g++}` {++h",
            "<ins>a</ins> <del>b</del> <del>c</del><ins>d</ins> <mark>e</mark>  `{++g++}` {++h",
        );
        check(Dialect::Zenn, "{++a++}", "{++a++}");
    }

    #[test]
    fn code_may_name_its_language() {
        check(
            Dialect::Unknown,
            "`#!python range()` `#!/bin/sh -e` `` #! a` ``",
            "`range()` `#!/bin/sh -e` `` #! a` ``",
        );
    }

    #[test]
    fn formulas_stand_between_dollars() {
        check(Dialect::Qiita, "$`a_1`$ と `$` と `b`", "$a_1$ と `$` と `b`");
    }
}
