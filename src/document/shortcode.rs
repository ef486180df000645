//! Hugo's shortcodes, taken out of the source before Markdown sees it.
//!
//! `{{< name … >}}` and `{{% name … %}}` are replaced by a placeholder of two noncharacters around a number, which Markdown takes
//! for letters; whoever reads the text afterwards puts the meaning in its place. The lexer is linear and cannot fail: what is not a
//! shortcode stays as it was written.

mod tags;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use crate::template::placeholder::{self, CLOSE, OPEN};
use tags::{Body, Tag, tags};

/// How the text between a pair of tags is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// `{{< >}}`: as it stands.
    Raw,
    /// `{{% %}}`: as Markdown of the page.
    Markdown,
    /// No tag at all: Markdown that a template made. Its placeholders are those of the list that it stands in.
    Made,
}

/// What of a pair of tags a call stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A tag that stands alone, or a whole pair of [`Markup::Raw`].
    Whole,
    /// The first tag of a pair of [`Markup::Markdown`], whose inner text stays in the page.
    Start,
    End,
}

/// One argument: named, or by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    pub name: Option<String>,
    pub value: String,
    /// Without quotes; then it may be a number or a truth value.
    pub is_bare: bool,
}

/// One shortcode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    pub arguments: Vec<Argument>,
    pub markup: Markup,
    /// The source between the pair of tags, of [`Markup::Raw`] only.
    pub inner: Option<String>,
    pub part: Part,
    /// Whether it stands alone on its line.
    pub alone: bool,
    /// How many calls stand before it in the page, or in the pair that holds it.
    pub ordinal: usize,
}

impl Call {
    /// The value of a named argument, the name in any case.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&str> {
        self.arguments
            .iter()
            .find(|argument| argument.name.as_deref().is_some_and(|n| n.eq_ignore_ascii_case(name)))
            .map(|argument| argument.value.as_str())
    }

    /// The value of the argument at a position.
    #[must_use]
    pub fn positional(&self, index: usize) -> Option<&str> {
        self.arguments.get(index).filter(|argument| argument.name.is_none()).map(|argument| argument.value.as_str())
    }

    /// The value of the first of these names, or else of the position.
    #[must_use]
    pub fn get(&self, names: &[&str], index: usize) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.named(name))
            .or_else(|| self.positional(index))
            .filter(|value| !value.is_empty())
    }
}

/// A piece of text after Markdown: words, or the shortcode of an index.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    Call(usize),
}

/// Splits text at its placeholders.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(number) = rest.strip_prefix(OPEN)
            && let Some((digits, after)) = number.split_once(CLOSE)
            && let Ok(index) = digits.parse()
        {
            rest = after;
            return Some(Piece::Call(index));
        }
        let from = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[from..].find(OPEN).map_or(rest.len(), |at| from + at);
        let words = &rest[..end];
        rest = &rest[end..];
        Some(Piece::Words(words))
    })
}

/// What takes the place of a `{{% %}}` call in the source, if anything does: it is asked with the call, and with the list that the
/// calls inside belong to.
pub type Expand<'a> = &'a mut dyn FnMut(&Call, &mut Vec<Call>) -> Option<String>;

/// What holds no Markdown, even between tags that say so: code, formulas, and what is not shown.
const VERBATIM: [&str; 13] = [
    "highlight",
    "code",
    "codeblock",
    "code-block",
    "prism",
    "comment",
    "mermaid",
    "plantuml",
    "graphviz",
    "echarts",
    "katex",
    "math",
    "latex",
];

/// Parts the braces of tags that are words. A noncharacter: no text has it.
const APART: char = '\u{fdd4}';

/// A source whose tags are to be shown as they are written.
#[must_use]
pub fn literal(source: &str) -> Cow<'_, str> {
    let mut output = String::new();
    let mut kept = 0;
    for at in memmem::find_iter(source.as_bytes(), "{{") {
        if source[at + 2..].starts_with(['<', '%']) {
            output.push_str(&source[kept..=at]);
            output.extend([APART, '{', APART]);
            kept = at + 2;
        }
    }
    if kept == 0 {
        return source.into();
    }
    (output + &source[kept..]).into()
}

/// Whether a source has tags that [`literal`] has left in it.
#[must_use]
pub fn has_literals(source: &str) -> bool {
    memmem::find(source.as_bytes(), "\u{fdd4}".as_bytes()).is_some()
}

/// What the parser gives back of them, as it was written.
#[must_use]
pub fn without_literals(text: &str) -> Cow<'_, str> {
    if has_literals(text) { text.replace(APART, "").into() } else { text.into() }
}

/// Takes the shortcodes out of a source: the source with placeholders, and the calls that they stand for added to the list.
#[must_use]
pub fn extract<'s>(source: &'s str, calls: &mut Vec<Call>, expand: Expand) -> Cow<'s, str> {
    let tags = tags(source);
    if tags.is_empty() {
        return source.into();
    }
    let partners = partners(&tags);
    let mut extract = Extract {
        source,
        ordinals: ordinals(&tags, &partners),
        output: String::with_capacity(source.len()),
        calls,
        expand,
        left: source.len().saturating_mul(16),
        kept: 0,
    };
    let mut at = 0;
    while at < tags.len() {
        at = extract.tag(&tags, &partners, at);
    }
    extract.output.push_str(&source[extract.kept..]);
    extract.output.into()
}

struct Extract<'a> {
    source: &'a str,
    /// See [`Call::ordinal`]; for each tag.
    ordinals: Vec<usize>,
    output: String,
    calls: &'a mut Vec<Call>,
    expand: Expand<'a>,
    /// How many more bytes of the source may be taken in calls that `expand` is asked for: pairs that hold each other are short, or few.
    left: usize,
    /// Everything before this offset is in the output.
    kept: usize,
}

impl Extract<'_> {
    /// Puts the tag at an index into the output and gives the index of the next one.
    fn tag(&mut self, tags: &[Tag], partners: &[Option<usize>], at: usize) -> usize {
        let tag = &tags[at];
        let ordinal = self.ordinals[at];
        if let (Body::Start { name, arguments, .. }, Markup::Markdown) = (&tag.body, tag.markup) {
            let end = partners[at].unwrap_or(at);
            let inner = (end > at).then(|| &self.source[tag.range.end..tags[end].range.start]);
            let left = self.left.checked_sub(inner.map_or(0, str::len));
            let call = || Call { ordinal, ..Call::new(name, arguments.clone(), tag.markup, inner.map(str::to_owned)) };
            self.left = left.unwrap_or(self.left);
            if let Some(made) = left.and_then(|_| (self.expand)(&call(), self.calls)) {
                self.copy_until(tag.range.start);
                self.push_indented(&made);
                self.kept = tags[end].range.end;
                return end + 1;
            }
        }
        match (&tag.body, partners[at]) {
            (Body::Escaped(words), _) => {
                self.copy_until(tag.range.start);
                self.output.push_str(words);
                self.kept = tag.range.end;
            }
            (Body::Start { name, arguments, .. }, Some(end)) if self.is_verbatim(tag, name, &tags[end]) => {
                let inner = self.source[tag.range.end..tags[end].range.start].to_owned();
                let whole = tag.range.start..tags[end].range.end;
                let call = Call::new(name, arguments.clone(), tag.markup, Some(inner));
                self.call(&whole, Call { ordinal, ..call });
                return end + 1;
            }
            (Body::Start { name, arguments, .. }, partner) => {
                let part = if partner.is_some() { Part::Start } else { Part::Whole };
                let call = Call { part, ordinal, ..Call::new(name, arguments.clone(), tag.markup, None) };
                self.call(&tag.range, call);
            }
            (Body::End { .. }, Some(start)) => {
                let Body::Start { name, .. } = &tags[start].body else { return at + 1 };
                let call = Call { part: Part::End, ..Call::new(name, Vec::new(), tag.markup, None) };
                self.call(&tag.range, call);
            }
            // A closing tag without its opening one says nothing.
            (Body::End { .. }, None) => {
                self.copy_until(tag.range.start);
                self.kept = tag.range.end;
            }
        }
        at + 1
    }

    /// Whether what stands between two tags is taken as it is.
    fn is_verbatim(&self, start: &Tag, name: &str, end: &Tag) -> bool {
        // Code in a fence of its own is Markdown.
        let is_fenced = || self.source[start.range.end..end.range.start].contains("```");
        start.markup == Markup::Raw || (VERBATIM.contains(&name) && !is_fenced())
    }

    fn copy_until(&mut self, end: usize) {
        self.output.push_str(&self.source[self.kept..end]);
    }

    /// Lines that go on where a call stood, as deep in lists as it was.
    fn push_indented(&mut self, made: &str) {
        let before = self.output.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
        let is_alone = before.is_empty() || before.ends_with('\n');
        let indent = if is_alone { self.output[before.len()..].to_owned() } else { String::new() };
        self.output.push_str(&made.replace('\n', &format!("\n{indent}")));
    }

    fn call(&mut self, range: &Range<usize>, mut call: Call) {
        let is_blank = |c: char| c.is_whitespace() && c != '\n';
        let before = self.source[..range.start].trim_end_matches(is_blank);
        let after = self.source[range.end..].trim_start_matches(is_blank);
        let starts_line = before.is_empty() || before.ends_with('\n');
        call.alone = starts_line && (after.is_empty() || after.starts_with('\n'));
        self.copy_until(range.start);
        // The tags of a Markdown pair that stand on lines of their own must not run into the paragraphs between them.
        // What is part of a list stays as deep in it.
        let is_parted = call.alone && call.markup == Markup::Markdown;
        let indent = if is_parted { self.source[before.len()..range.start].to_owned() } else { String::new() };
        let gap = if is_parted { "\n\n" } else { "" };
        self.output.push_str(gap);
        self.output.push_str(&indent);
        self.output.push_str(&placeholder::placeholder(self.calls.len()));
        self.output.push_str(gap);
        self.calls.push(call);
        self.kept = range.end;
    }
}

/// The source inside a pair as plain words: what is escaped shown, and of each call inside only its own words.
#[must_use]
pub fn words_inside(source: &str) -> String {
    let source = placeholder::without_forgeries(source);
    let mut calls = Vec::new();
    let source = extract(&source, &mut calls, &mut |_, _| None);
    pieces(&source)
        .map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Call(index) => calls.get(index).map_or("", Call::own_words),
        })
        .collect()
}

impl Call {
    fn own_words(&self) -> &str {
        self.inner.as_deref().or_else(|| self.positional(0)).unwrap_or_default()
    }

    /// Markdown that a template made.
    #[must_use]
    pub fn made(markdown: String) -> Call {
        Call::new("", Vec::new(), Markup::Made, Some(markdown))
    }

    /// A reference to a page that a template made.
    #[must_use]
    pub fn reference(path: String) -> Call {
        Call::new("ref", vec![Argument { name: None, value: path, is_bare: false }], Markup::Raw, None)
    }

    fn new(name: &str, arguments: Vec<Argument>, markup: Markup, inner: Option<String>) -> Call {
        Call { name: name.to_owned(), arguments, markup, inner, part: Part::Whole, alone: false, ordinal: 0 }
    }
}

/// For each tag the index of the one that it pairs with. An end tag pairs with the nearest start tag of its kind, and of its name if it
/// has one, that is still open; starts without an end stand alone.
fn partners(tags: &[Tag]) -> Vec<Option<usize>> {
    let mut partners = vec![None; tags.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        match &tag.body {
            Body::Start { self_closing: false, .. } => open.push(at),
            Body::End { name } => {
                let is_start = |start: &usize| {
                    matches!(&tags[*start].body, Body::Start { name: other, .. } if name.is_empty() || other == name)
                        && tags[*start].markup == tag.markup
                };
                // A close pairs within a bounded distance, so that a wall of unclosed tags stays linear.
                if let Some(depth) = open.iter().rev().take(64).position(is_start) {
                    let start = open[open.len() - 1 - depth];
                    open.truncate(open.len() - 1 - depth);
                    partners[start] = Some(at);
                    partners[at] = Some(start);
                }
            }
            Body::Start { .. } | Body::Escaped(_) => {}
        }
    }
    partners
}

/// How many calls stand before each tag at its level.
fn ordinals(tags: &[Tag], partners: &[Option<usize>]) -> Vec<usize> {
    // The pairs that are open: where they end, and how many calls they hold so far.
    let mut open = vec![(usize::MAX, 0)];
    let mut ordinals = Vec::with_capacity(tags.len());
    for (at, tag) in tags.iter().enumerate() {
        open.retain(|(end, _)| *end > at);
        let level = open.last_mut().map(|(_, count)| count);
        ordinals.push(level.as_ref().map_or(0, |count| **count));
        if let Body::Start { .. } = tag.body {
            if let Some(count) = level {
                *count += 1;
            }
            open.extend(partners[at].map(|end| (end, 0)));
        }
    }
    ordinals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The source with every call written as `[name args|inner]`.
    fn check(source: &str, expected: &str) {
        let mut calls = Vec::new();
        let text = extract(source, &mut calls, &mut |_, _| None);
        let shown: String = pieces(&text)
            .map(|piece| match piece {
                Piece::Words(words) => words.to_owned(),
                Piece::Call(index) => show(&calls[index]),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    fn show(call: &Call) -> String {
        let mut shown = format!("[{}{}", if call.part == Part::End { "/" } else { "" }, call.name);
        for argument in &call.arguments {
            shown += &match &argument.name {
                Some(name) => format!(" {name}={}", argument.value),
                None => format!(" {}", argument.value),
            };
        }
        if let Some(inner) = &call.inner {
            shown += &format!("|{inner}");
        }
        shown + "]"
    }

    #[test]
    fn arguments_of_every_form() {
        check("{{< youtube abc >}}", "[youtube abc]");
        check("{{<youtube abc>}}", "[youtube abc]");
        check(r#"{{< s "a b" `c "d"` e >}}"#, r#"[s a b c "d" e]"#);
        check(r#"{{< fig src="a.png" alt="say \"x\"" >}}"#, r#"[fig src=a.png alt=say "x"]"#);
        check("{{< fig\n  src=\"a.png\"\n  w=10\n>}}", "[fig src=a.png w=10]");
        check("{{< s a / >}}x", "[s a]x");
        check("{{< s />}}x", "[s]x");
        check("{{< gist user 0123 >}}", "[gist user 0123]");
        check("{{< x https://example.com/a/b >}}", "[x https://example.com/a/b]");
    }

    #[test]
    fn pairs_hold_their_inner_source() {
        check("a {{< r >}}in{{< /r >}} b", "a [r|in] b");
        check("{{< o >}}{{< i >}}x{{< /i >}}{{< /o >}}", "[o|{{< i >}}x{{< /i >}}]");
        check("{{< br >}}x{{< o >}}y{{< /o >}}", "[br]x[o|y]");
        check("x{{< /o >}}y", "xy");
        check("{{< o >}}a {{< i >}}x{{< / >}} b{{</>}} c", "[o|a {{< i >}}x{{< / >}} b] c");
        check("{{< o >}}x{{% / %}}{{%n%}}*y*{{%/%}}", "[o]x[n]*y*[/n]");
        check("x {{% n %}}*y*{{% /n %}}", "x [n]*y*[/n]");
        check("{{% highlight go %}}*y*{{% /highlight %}}", "\n\n[highlight go|*y*]\n\n");
        check("{{% code %}}\n```\ny\n```\n{{% /code %}}", "\n\n[code]\n\n\n```\ny\n```\n\n\n[/code]\n\n");
        check("- x\n  {{% n %}}", "- x\n  \n\n  [n]\n\n");
    }

    #[test]
    fn escaped_and_broken_tags_are_text() {
        check("{{</* youtube abc */>}}", "{{< youtube abc >}}");
        check("{{%/* n */%}}", "{{% n %}}");
        check("{{ .Title }} {{< broken", "{{ .Title }} {{< broken");
        check("{{< broken {{< s a >}}", "{{< broken [s a]");
        check("{{< s \"never closed >}}", "{{< s \"never closed >}}");
    }

    #[test]
    fn a_tag_that_never_closes_ends_with_its_line() {
        check("a\n{{< youtube abc\nb", "a\n[youtube abc]\nb");
        check("{{% note x=1", "\n\n[note x=1]\n\n");
        check("a {{< youtube abc\n", "a {{< youtube abc\n");
        check("```\n{{< youtube abc\n```\n", "```\n{{< youtube abc\n```\n");
        check("{{< `a`\n{{< a {{ b\n{{<\n", "{{< `a`\n{{< a {{ b\n{{<\n");
    }

    #[test]
    fn words_inside_a_pair() {
        assert_eq!(words_inside("a {{</* b */>}} {{< c d >}}{{< e >}}f{{< /e >}}"), "a {{< b >}} df");
    }

    #[test]
    fn calls_are_counted_where_they_stand() {
        let mut calls = Vec::new();
        let source =
            "{{< a >}}{{% b %}}{{< c >}}{{< d />}}{{% /b %}}{{< e >}}{{< f >}}{{< /e >}}{{</* g */>}}{{< h >}}";
        let _ = extract(source, &mut calls, &mut |_, _| None);
        let counted = |call: &Call| format!("{}{}", call.name, call.ordinal);
        let is_start = |call: &&Call| call.part != Part::End;
        assert_eq!(calls.iter().filter(is_start).map(counted).collect::<Vec<_>>().join(" "), "a0 b1 c0 d1 e2 h3");
    }

    #[test]
    fn alone_on_a_line_is_told() {
        let mut calls = Vec::new();
        let _ = extract("  {{< a >}}  \nx {{< b >}}\n{{< c >}}", &mut calls, &mut |_, _| None);
        assert_eq!(calls.iter().map(|call| call.alone).collect::<Vec<_>>(), [true, false, true]);
    }
}
