//! What Kramdown, which Jekyll reads posts with, has beside Markdown and never shows: attributes, extensions, abbreviations.

use super::output::Code;
use super::{Fence, quoted};
use crate::document::notice;
use crate::text::markup::Dialect;

/// How long the mark of an extension may be, in bytes.
const LONGEST: usize = 1024;

/// The source without its extensions (`{::options … /}`): a comment is gone with what stands in it, of the others what they hold stays.
pub(super) fn without_extensions(source: &str) -> String {
    let mut output = String::with_capacity(source.len());
    let mut code = Code::default();
    let mut close = Close { source, next: source.find("{:/") };
    let mut rest = source;
    while let Some(at) = rest.find("{:") {
        let (before, from) = rest.split_at(at);
        output.push_str(before);
        code.read(before);
        let place = source.len() - from.len();
        let after = if code.holds_end() { None } else { extension(from, place, &mut close) };
        if after.is_none() {
            output.push_str("{:");
        }
        rest = after.unwrap_or(&from[2..]);
    }
    output.push_str(rest);
    output
}

/// Where the next mark is that closes an extension.
struct Close<'a> {
    source: &'a str,
    next: Option<usize>,
}

impl Close<'_> {
    fn after(&mut self, place: usize) -> Option<usize> {
        if self.next.is_some_and(|next| next < place) {
            self.next = self.source[place..].find("{:/").map(|at| place + at);
        }
        self.next
    }
}

/// What follows the mark of an extension that a text starts with, which stands at a place of the source.
fn extension<'a>(from: &'a str, place: usize, close: &mut Close) -> Option<&'a str> {
    let within = &from[..from.floor_char_boundary(LONGEST)];
    let end = within.find('}').filter(|end| !within[..*end].contains('\n'))? + 1;
    let mark = &within[..end];
    if mark.starts_with("{:/") {
        let is_name = mark[3..end - 1].bytes().all(|byte| byte.is_ascii_lowercase());
        return is_name.then(|| &from[end..]);
    }
    let name = mark.strip_prefix("{::").filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))?;
    let is_whole = mark.ends_with("/}");
    match close.after(place).filter(|_| name.starts_with("comment") && !is_whole) {
        Some(close) => Some(&from[close - place..]),
        None => Some(&from[end..]),
    }
}

/// Elements that are blocks by themselves.
const BLOCKS: [&str; 17] = [
    "div",
    "p",
    "section",
    "center",
    "table",
    "figure",
    "details",
    "ul",
    "ol",
    "dl",
    "pre",
    "blockquote",
    "iframe",
    "video",
    "script",
    "style",
    "aside",
];

/// The source with blank lines behind the elements that end where their tags do, and where an element says that it holds Markdown
/// (`markdown="1"`): Markdown alone takes all up to the next blank line for HTML.
pub(super) fn parted(source: &str) -> String {
    let mut output = String::with_capacity(source.len() + 64);
    let mut fence = Fence::default();
    let mut lines = source.split_inclusive('\n').peekable();
    let mut is_held = false;
    while let Some(line) = lines.next() {
        let is_code = fence.holds(line);
        let words = line.trim();
        let next = lines.peek().map_or("", |next| next.trim_end());
        let is_apart = next.starts_with([' ', '\t']);
        let ends = !is_code && !is_apart && !next.starts_with('<') && ends_block(words);
        let holds = !is_code && holds_markdown(words);
        let is_last = is_held && !is_code && next.starts_with("</");
        is_held = (is_held || holds) && !is_last;
        output.push_str(line);
        if (ends || holds || is_last) && !next.is_empty() {
            output.push('\n');
        }
    }
    output
}

fn ends_block(words: &str) -> bool {
    let name = words.strip_suffix('>').and_then(|words| words.rsplit_once("</")).map(|(_, name)| name);
    name.is_some_and(|name| BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)))
}

fn holds_markdown(words: &str) -> bool {
    let inside = words.strip_prefix('<').and_then(|words| words.strip_suffix('>'));
    let mut said = inside.unwrap_or_default().split([' ', '\t']).skip(1);
    said.any(|word| word == "markdown" || (word.starts_with("markdown=") && !word.contains('0')))
}

/// Whether a line explains an abbreviation: `*[HTML]: Hypertext Markup Language`.
pub(super) fn is_abbreviation(words: &str) -> bool {
    words.strip_prefix("*[").and_then(|rest| rest.split_once("]:")).is_some_and(|(name, _)| !name.is_empty())
}

/// Whether words are a list of attributes, `{: .class}`; Kramdown itself takes whatever stands there for one.
pub(super) fn is_attributes(words: &str, dialect: Dialect) -> bool {
    let Some(inside) = words.strip_prefix('{').and_then(|words| words.strip_suffix('}')) else { return false };
    let is_plain = dialect == Dialect::Unknown && inside.trim_start().starts_with('.');
    let Some(inside) = inside.strip_prefix(':').or_else(|| is_plain.then_some(inside)) else { return false };
    let first = inside.trim_start_matches(':').trim_start();
    let is_list = first.starts_with(['.', '#']) || first.contains('=') || first == "toc";
    let is_any = dialect == Dialect::Jekyll && !inside.starts_with([':', '/']);
    (is_list || is_any) && !inside.contains(['{', '}'])
}

/// The attributes that a text starts with, where they follow what they are for at once: `](address){: .wide}`. Their length.
pub(super) fn behind(from: &str, output: &str, dialect: Dialect) -> Option<usize> {
    let end = from.find('}')?;
    let is_behind = output.ends_with([')', ']', '*', '_', '`', '~', '>']);
    (is_behind && is_attributes(&from[..=end], dialect)).then_some(end + 1)
}

/// Writes what attributes below a block make of it, which starts at `start` of the output: a table of contents of a list, a notice of a
/// quote or paragraph, a name of code.
pub(super) fn attributes(words: &str, start: usize, output: &mut String) {
    let block = &output[start..];
    let class = |name: &str| words.split(['.', ' ', '}']).find_map(|class| class.strip_prefix(name));
    if words.trim_start_matches("{:").trim_start().starts_with("toc") && is_list(block) {
        output.truncate(start);
    } else if let Some(kind) = class("prompt-").filter(|kind| block.starts_with('>') && notice::kind(kind).is_some()) {
        output.insert_str(start, &format!("> [!{kind}]\n"));
    } else if let Some(kind) = class("notice--").or_else(|| class("notice")).filter(|_| !block.trim().is_empty()) {
        let kind = if kind.is_empty() { "note" } else { kind };
        output.insert_str(start, &format!("{{{{% notice {} %}}}}\n\n", quoted(kind)));
        output.push_str("\n{{% /notice %}}\n");
    } else if let Some((_, rest)) = words.split_once("file=").filter(|_| block.starts_with("```")) {
        let file = rest.split(['"', '\'']).nth(1).unwrap_or_default();
        let end = start + block.find('\n').unwrap_or(block.len());
        output.insert_str(end, &format!(" title={}", quoted(file)));
    }
}

fn is_list(block: &str) -> bool {
    let rest = block.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['*', '-', '+', '.']).unwrap_or_default();
    rest.starts_with([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_not_shown() {
        let check = |source: &str, expected: &str| assert_eq!(without_extensions(source), expected, "{source}");
        check("a {::comment}b\nc{:/comment} d", "a  d");
        check("{::nomarkdown}\n<b>x</b>\n{:/}\n", "\n<b>x</b>\n\n");
        check("{::options parse_block_html=\"true\" /}a", "a");
        check("{::comment} a", " a");
        check("```\n{::comment}\n```\n`{::x}` {::x}", "```\n{::comment}\n```\n`{::x}` ");
        check("a{: .b} {::} {:/x y}", "a{: .b} {::} {:/x y}");
        check(&"{::comment}".repeat(100), "");
    }

    #[test]
    fn elements_end_with_their_tags() {
        let check = |source: &str, expected: &str| assert_eq!(parted(source), expected, "{source}");
        check("<div>\n<br>\n</div>\n**a**\n", "<div>\n<br>\n</div>\n\n**a**\n");
        check("<div markdown=\"1\">\n*a*\n</div>\n", "<div markdown=\"1\">\n\n*a*\n\n</div>\n");
        check("a </b>\nc\n", "a </b>\nc\n");
        check("```\n</div>\na\n```\n", "```\n</div>\na\n```\n");
    }

    #[test]
    fn attributes_are_lists() {
        let check = |words, dialect, expected| assert_eq!(is_attributes(words, dialect), expected, "{words}");
        check("{: .a}", Dialect::Unknown, true);
        check("{:a=\"b\"}", Dialect::Unknown, true);
        check("{:name}", Dialect::Unknown, false);
        check("{:name}", Dialect::Jekyll, true);
        check("{ .name #id }", Dialect::Unknown, true);
        check("{ .name }", Dialect::Jekyll, false);
        check("{ name }", Dialect::Unknown, false);
        check("{}", Dialect::Jekyll, false);
        check("{:/name}", Dialect::Jekyll, false);
        check("{: a", Dialect::Jekyll, false);
    }

    #[test]
    fn abbreviations_are_explained_on_lines() {
        assert!(is_abbreviation("*[HTML]: Hypertext"));
        assert!(!is_abbreviation("*[a*"));
        assert!(!is_abbreviation("*[]: a"));
    }
}
