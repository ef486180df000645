//! Marks that Markdown does not know, of other programs than Hugo: written over as shortcodes, so that they get the same meaning.
//!
//! `:::message` of Zenn and Qiita, `@[card](…)`, the tags of Jekyll and Hexo, Obsidian's comments, Kramdown's attributes. A mark that
//! the post's own program would show is left alone, and so is all code.

mod attributes;
mod blocks;
mod comments;
mod components;
mod containers;
mod draft;
mod hexo;
mod indented;
mod inline;
mod keys;
mod kramdown;
mod liquid;
mod output;
mod tera;
mod verbatim;

use std::borrow::Cow;

use containers::Containers;
use draft::Draft;
use verbatim::Verbatim;

use crate::text::markup::{Dialect, MarkupSettings};

/// Any of these makes a source be read line by line.
const OF_LINES: [&str; 15] =
    [":::", "@[", "{:", "{.", "{ ", "\n{", "--8<--", "*[", "\n^\n", "%%", "```math", "[toc]", "[TOC]", "\n::", "<<< "];

/// The source with its foreign marks written as shortcodes.
#[must_use]
pub fn rewritten(source: &str, settings: MarkupSettings) -> Cow<'_, str> {
    let dialect = settings.dialect;
    if dialect == Dialect::Hugo {
        return Cow::Borrowed(source);
    }
    let mut draft = Draft::new(Cow::Borrowed(source));
    if dialect == Dialect::Zola {
        if draft.holds_any(&["{{", "{%"]) {
            draft.rewrite(tera::rewritten);
        }
        return draft.source;
    }
    if dialect == Dialect::Jekyll && draft.holds_any(&["{{", "{%"]) {
        draft.rewrite(output::written);
    }
    let has_tags = matches!(dialect, Dialect::Jekyll | Dialect::Hexo | Dialect::Unknown);
    if has_tags && draft.holds_any(&["{%"]) {
        draft.rewrite(|source| liquid::rewritten(source, dialect));
    }
    if dialect == Dialect::Unknown && draft.holds_any(&indented::MARKS) {
        draft.rewrite(indented::rewritten);
    }
    if dialect == Dialect::Unknown && components::are_in(&draft) {
        draft.rewrite(components::rewritten);
    }
    if dialect == Dialect::Obsidian && draft.holds_any(&["%%"]) {
        draft.rewrite(comments::without);
    }
    let has_inline = draft.holds_any(inline::marks(dialect));
    if dialect == Dialect::Jekyll && draft.holds_any(&["{::", "{:/"]) {
        draft.rewrite(kramdown::without_extensions);
    }
    if dialect == Dialect::Jekyll && draft.holds_any(&["\\\\\n", "|", "{:"]) {
        draft.rewrite(blocks::plain);
    }
    let elements: &[&str] = match dialect {
        Dialect::Jekyll => &[" markdown", "</"],
        Dialect::Unknown => &[" markdown"],
        _ => &[],
    };
    if draft.holds_any(elements) {
        draft.rewrite(kramdown::parted);
    }
    if dialect == Dialect::Zenn || draft.holds_any(&OF_LINES) {
        draft.rewrite(|source| lines(source, settings));
    }
    // Attributes of blocks are gone by now.
    if has_inline {
        draft.rewrite(|source| inline::rewritten(source, dialect));
    }
    draft.source
}

/// The source with the marks that take a line of their own written as shortcodes.
fn lines(source: &str, settings: MarkupSettings) -> String {
    let mut lines = Lines {
        settings,
        containers: Containers::of(source, settings.dialect),
        after_blank: true,
        block: 0,
        is_formula: false,
    };
    let mut output = String::with_capacity(source.len());
    let mut verbatim = Verbatim::default();
    let mut rest = source.split_inclusive('\n').peekable();
    while let Some(line) = rest.next() {
        let was_open = verbatim.is_fenced();
        if verbatim.holds(line) {
            lines.code(line, was_open, verbatim.is_fenced(), &mut output);
            continue;
        }
        let before_blank = rest.peek().is_none_or(|next| next.trim().is_empty());
        lines.line(line, before_blank, &mut output);
    }
    output
}

/// Where fenced code starts and ends.
#[derive(Debug, Default)]
pub struct Fence {
    /// The fence that is open.
    open: Option<OpenFence>,
}

#[derive(Debug, Clone, Copy)]
struct OpenFence {
    mark: char,
    /// How often the mark stands there.
    length: usize,
    is_quoted: bool,
    /// How far it is indented, in columns.
    indent: usize,
}

impl Fence {
    /// Whether code goes on after the last line.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether a line belongs to fenced code, its fences included.
    pub fn holds(&mut self, line: &str) -> bool {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let before = &line[..line.len() - words.len()];
        let is_quoted = before.contains('>');
        let blanks = before.bytes().rev().take_while(|byte| *byte != b'>');
        let indent: usize = blanks.map(|byte| if byte == b'\t' { 4 } else { 1 }).sum();
        // It ends with the quote that it stands in.
        self.open = self.open.filter(|open| is_quoted || !open.is_quoted);
        let mark = words.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let count = mark.map_or(0, |mark| words.chars().take_while(|c| *c == mark).count());
        match (self.open, mark) {
            (Some(open), _) => {
                // Further in than that it is part of the code.
                let is_fence = mark == Some(open.mark) && count >= open.length && indent < open.indent + 4;
                if is_fence && words[count..].trim().is_empty() {
                    self.open = None;
                }
                true
            }
            (None, Some(mark)) if count >= 3 && !(mark == '`' && words[count..].contains('`')) => {
                self.open = Some(OpenFence { mark, length: count, is_quoted, indent });
                true
            }
            (None, _) => false,
        }
    }
}

struct Lines {
    settings: MarkupSettings,
    containers: Containers,
    after_blank: bool,
    /// Where the block starts whose lines are read, in bytes of the output.
    block: usize,
    /// Whether the code that is read is a formula.
    is_formula: bool,
}

impl Lines {
    /// A line of fenced code. A formula is written between dollars.
    fn code(&mut self, line: &str, was_open: bool, is_open: bool, output: &mut String) {
        let is_fence = was_open != is_open;
        if is_fence && is_open {
            self.is_formula = line.trim() == "```math";
        }
        if is_fence && is_open || self.after_blank {
            self.block = output.len();
        }
        if self.is_formula && is_fence {
            output.push_str(&line.replace("```math", "$$").replace("```", "$$"));
        } else {
            output.push_str(line);
        }
        self.after_blank = false;
    }

    fn line(&mut self, line: &str, before_blank: bool, output: &mut String) {
        let words = line.trim();
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let after_blank = std::mem::replace(&mut self.after_blank, words.is_empty());
        if after_blank && !words.is_empty() {
            self.block = output.len();
        }
        let is_unknown = self.settings.dialect == Dialect::Unknown;
        if self.containers.holds(line) {
            return;
        }
        if let Some(file) = words.strip_prefix("<<< ").filter(|_| is_unknown) {
            return output.push_str(&format!("{indent}`{}`\n", file.split(['{', '#']).next().unwrap_or(file).trim()));
        }
        if is_unknown && (words.starts_with("--8<--") || is_comment(words)) {
            return output.push('\n');
        }
        if kramdown::is_attributes(words, self.settings.dialect) {
            kramdown::attributes(words, self.block, output);
            return output.push('\n');
        }
        if is_unknown && !after_blank && before_blank && attributes::list(words) == Some(words.len()) {
            return output.push('\n');
        }
        let has_abbreviations = matches!(self.settings.dialect, Dialect::Jekyll | Dialect::Unknown);
        let is_end_of_block = words == "^" && self.settings.dialect == Dialect::Jekyll;
        if (has_abbreviations && kramdown::is_abbreviation(words)) || is_end_of_block {
            return output.push('\n');
        }
        if ["[toc]", "[[toc]]", "[[_toc_]]"].iter().any(|mark| words.eq_ignore_ascii_case(mark)) {
            return output.push('\n');
        }
        let (quote, within) = in_quote(line);
        let tag = self.containers.tag(within).or_else(|| embed(words));
        let is_card = self.settings.dialect == Dialect::Zenn && after_blank && before_blank && is_address(words);
        match tag {
            Some(tag) => output.push_str(&format!("{quote}{tag}\n")),
            None if is_card => output.push_str(&format!("{indent}{{{{< card \"{words}\" >}}}}\n")),
            None => output.push_str(line),
        }
    }
}

/// The marks of the quote that a container stands in, or the blanks before it, and the words behind them.
fn in_quote(line: &str) -> (&str, &str) {
    let words = line.trim_start_matches([' ', '\t']);
    let within = words.trim_start_matches(['>', ' ', '\t']);
    let before = &line[..line.len() - within.len()];
    let is_one = within.starts_with(":::") && !before.ends_with("    ") && !before.ends_with('\t');
    let words = if is_one { within } else { words };
    (&line[..line.len() - words.len()], words.trim_end())
}

/// Whether a line is a comment of Obsidian's, where it may be one.
fn is_comment(words: &str) -> bool {
    words.len() > 4 && words.starts_with("%%") && words.ends_with("%%")
}

/// `@[card](https://…)` alone on a line, as a shortcode.
fn embed(words: &str) -> Option<String> {
    let (name, rest) = words.strip_prefix("@[")?.split_once("](")?;
    let target = rest.strip_suffix(')')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| format!("{{{{< {name} {} >}}}}", quoted(target)))
}

fn is_address(words: &str) -> bool {
    (words.starts_with("https://") || words.starts_with("http://"))
        && !words.contains([' ', '\t', '"', '<', '\u{3000}'])
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dialect: Dialect, source: &str, expected: &str) {
        let settings = MarkupSettings { dialect, ..MarkupSettings::default() };
        assert_eq!(rewritten(source, settings), expected);
    }

    #[test]
    fn containers_and_embeds_are_shortcodes() {
        let check = |source, expected| check(Dialect::Zenn, source, expected);
        check(":::message alert\na\n:::\n", "{{% message \"alert\" %}}\na\n{{% /message %}}\n");
        check(
            ":::details A B\n:::message\n:::\n:::\n",
            "{{% details \"A B\" %}}\n{{% message %}}\n{{% /message %}}\n{{% /details %}}\n",
        );
        check("> :::message\n> a\n> :::\n", "> {{% message %}}\n> a\n> {{% /message %}}\n");
        check(">     :::message\n", ">     :::message\n");
        check(":::tip\n:::", "{{% notice \"tip\" %}}\n{{% /notice %}}\n");
        check("```\n:::message\n```\n:::\n", "```\n:::message\n```\n:::\n");
        check("```\n    ```\n:::tip\n```\n", "```\n    ```\n:::tip\n```\n");
        check("> ```\n\n:::tip\n", "> ```\n\n{{% notice \"tip\" %}}\n");
        check("@[card](https://x.example)\n", "{{< card \"https://x.example\" >}}\n");
        check("\nhttps://x.example/\n", "\n{{< card \"https://x.example/\" >}}\n");
        check("a\nhttps://x.example/\n", "a\nhttps://x.example/\n");
        assert_eq!(
            rewritten(":::message\n:::", MarkupSettings { dialect: Dialect::Hugo, ..MarkupSettings::default() }),
            ":::message\n:::"
        );
    }

    #[test]
    fn containers_have_titles_in_several_forms() {
        let check = |source, expected| check(Dialect::Unknown, source, expected);
        check(":::note[A b]\nx\n:::\n", "{{% notice \"note\" \"A b\" %}}\nx\n{{% /notice %}}\n");
        check("::: info{title=\"A b\"}\n:::\n", "{{% notice \"info\" \"A b\" %}}\n{{% /notice %}}\n");
        check("::: code-group\nx\n:::\n", "\nx\n\n");
        check("::::\n:::5\n", "::::\n:::5\n");
        check("a\n\n[[toc]]\n[TOC]\n", "a\n\n\n\n");
        check("<<< @/a/b.js{1}\n", "`@/a/b.js`\n");
    }

    #[test]
    fn components_of_nuxt_are_containers() {
        let check = |source, expected| check(Dialect::Unknown, source, expected);
        check("a\n\n::note{to=\"b\"}\nc\n::\n", "a\n\n{{% notice \"note\" %}}\nc\n{{% /notice %}}\n");
        check("\n::card{title=\"T\"}\n---\nx: y\n---\nc\n::\n", "\n{{% tab \"T\" %}}\nc\n{{% /tab %}}\n");
        check("\n::card\n---\n\nwords\n::\n", "\n\nwords\n\n");
        check("\n::before\n", "\n::before\n");
    }

    #[test]
    fn components_of_nuxt_have_slots() {
        let check = |source, expected| check(Dialect::Unknown, source, expected);
        check("a\n\n::hero\n#title\nb\n::\n#c\n", "a\n\n\n\nb\n\n#c\n");
        check("a\n\n::github{repo=\"a/b\"}\n", "a\n\n{{< github repo=\"a/b\" >}}\n");
        check(
            "\n::youtube[x]{id=abc}\n::youtube{#abc}\n",
            "\n{{< youtube id=\"abc\" >}}\n{{< youtube id=\"abc\" >}}\n",
        );
        check("\n::github\n", "\n::github\n");
    }

    #[test]
    fn containers_of_pandoc_and_myst() {
        let check = |source, expected| check(Dialect::Unknown, source, expected);
        check("::: {.callout-tip title=\"T\"}\na\n:::\n", "{{% notice \"tip\" \"T\" %}}\na\n{{% /notice %}}\n");
        check(":::: {.columns}\n::: {.column width=\"40%\"}\na\n:::\n::::\n", "\n\na\n\n\n");
        check(":::{note}\n:class: b\na\n:::\n", "{{% notice \"note\" %}}\na\n{{% /notice %}}\n");
        check(":::{admonition} T\n:::\n", "{{% notice \"note\" \"T\" %}}\n{{% /notice %}}\n");
        check(":::{dropdown} T\n:::\n", "{{% details \"T\" %}}\n{{% /details %}}\n");
        check("::: {a b}\n", "::: {a b}\n");
    }

    #[test]
    fn attributes_make_notices() {
        let check = |source, expected| check(Dialect::Jekyll, source, expected);
        check("* TOC\n{:toc}\n\na\n", "\n\na\n");
        check("a\n\n> b\n> c\n{: .prompt-tip }\n", "a\n\n> [!tip]\n> b\n> c\n\n");
        check("b\n{: .notice--info}\n", "{{% notice \"info\" %}}\n\nb\n\n{{% /notice %}}\n\n");
        check("```js\nx\n```\n{: file=\"a.js\" }\n", "```js title=\"a.js\"\nx\n```\n\n");
        check("a ![b](c){: .d}\n", "a ![b](c)\n");
        check("- a\n\n^\n    b\n", "- a\n\n\n    b\n");
        check("*[HTML]: Hypertext\na *[b*\n", "\na *[b*\n");
    }

    #[test]
    fn code_is_left_alone() {
        for (dialect, source) in [
            (Dialect::Zenn, "a\n\n    :::message\n    code\n    :::\n"),
            (Dialect::Qiita, "a\n\n\t:::note\n\tcode ^[b]\n\t:::\n"),
            (Dialect::Jekyll, "a\n\n    {: .x}\n    *[a]: b\n"),
            (Dialect::Unknown, "<pre>\n:::tip\n[toc]\n\n--8<-- \"a\"\n%% a %%\n</pre>\n"),
            (Dialect::Unknown, "a\n\n    === \"b\"\n\n        ++ctrl++\n"),
            (Dialect::Unknown, "a\n\n    import a from 'b'\n\n    <Foo />\n"),
        ] {
            check(dialect, source, source);
        }
    }

    #[test]
    fn tags_are_read_where_there_are_some() {
        for dialect in [Dialect::Zenn, Dialect::Qiita, Dialect::Obsidian, Dialect::Hugo, Dialect::Zola] {
            check(dialect, "{% if a %}b{% endif %}\n", "{% if a %}b{% endif %}\n");
        }
        check(Dialect::Hexo, "{% if a %}b{% endif %}\n", "b\n");
    }

    #[test]
    fn formulas_may_be_fenced() {
        check(Dialect::Qiita, "```math\na_1\n```\n```js\n```\n", "$$\na_1\n$$\n```js\n```\n");
        check(Dialect::Hugo, "```math\na\n```\n", "```math\na\n```\n");
    }

    #[test]
    fn attributes_and_comments_are_not_shown() {
        check(Dialect::Hugo, "> a\n{:.c}\n", "> a\n{:.c}\n");
        check(Dialect::Jekyll, "a\n{: .b}\n{:toc}\n", "a\n\n\n");
        check(Dialect::Obsidian, "a %%b%% c\n%%\nd\n%%\ne %% f\n", "a  c\n\n\n\ne %% f\n");
        check(Dialect::Unknown, "a %%b%% c\n%% d %%\n", "a %%b%% c\n\n");
        check(Dialect::Unknown, "a\n{ #b c=\"d\" }\n\nb\n{ c }\n\n", "a\n\n\nb\n{ c }\n\n");
        check(Dialect::Unknown, "a\n{ .b }\n--8<-- \"c.md\"\n", "a\n\n\n");
    }
}
