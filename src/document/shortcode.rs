//! Hugo's shortcodes, taken out of the source before Markdown sees it.
//!
//! `{{< name … >}}` and `{{% name … %}}` are replaced by a placeholder of two noncharacters around a number, which Markdown takes
//! for letters; whoever reads the text afterwards puts the meaning in its place. The lexer is linear and cannot fail: what is not a
//! shortcode stays as it was written.

use std::borrow::Cow;
use std::ops::Range;

use crate::template::placeholder::{self, CLOSE, OPEN};

/// How the text between a pair of tags is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// `{{< >}}`: as it stands.
    Raw,
    /// `{{% %}}`: as Markdown of the page.
    Markdown,
}

/// One argument: named, or by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    pub name: Option<String>,
    pub value: String,
}

/// One shortcode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    pub arguments: Vec<Argument>,
    pub markup: Markup,
    /// The source between the pair of tags, of [`Markup::Raw`] only.
    pub inner: Option<String>,
    /// The closing tag of a pair of [`Markup::Markdown`], whose inner text stays in the page.
    pub closing: bool,
    /// Whether it stands alone on its line.
    pub alone: bool,
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

/// One tag in the source.
struct Tag {
    range: Range<usize>,
    body: Body,
    markup: Markup,
}

enum Body {
    Start {
        name: String,
        arguments: Vec<Argument>,
        self_closing: bool,
    },
    End {
        name: String,
    },
    /// `{{</* … */>}}`: the tag itself, meant to be shown.
    Escaped(String),
}

/// Takes the shortcodes out of a source: the source with placeholders, and the calls that they stand for.
#[must_use]
pub fn extract(source: &str) -> (Cow<'_, str>, Vec<Call>) {
    let source = placeholder::without_forgeries(source);
    let tags = tags(&source);
    if tags.is_empty() {
        return (source, Vec::new());
    }
    let partners = partners(&tags);
    let mut extract =
        Extract { source: &source, output: String::with_capacity(source.len()), calls: Vec::new(), kept: 0 };
    let mut at = 0;
    while at < tags.len() {
        at = extract.tag(&tags, &partners, at);
    }
    extract.output.push_str(&source[extract.kept..]);
    let Extract { output, calls, .. } = extract;
    (output.into(), calls)
}

struct Extract<'a> {
    source: &'a str,
    output: String,
    calls: Vec<Call>,
    /// Everything before this offset is in the output.
    kept: usize,
}

impl Extract<'_> {
    /// Puts the tag at an index into the output and gives the index of the next one.
    fn tag(&mut self, tags: &[Tag], partners: &[Option<usize>], at: usize) -> usize {
        let tag = &tags[at];
        match (&tag.body, partners[at]) {
            (Body::Escaped(words), _) => {
                self.copy_until(tag.range.start);
                self.output.push_str(words);
                self.kept = tag.range.end;
            }
            (Body::Start { name, arguments, .. }, Some(end)) if tag.markup == Markup::Raw => {
                let inner = self.source[tag.range.end..tags[end].range.start].to_owned();
                let whole = tag.range.start..tags[end].range.end;
                self.call(&whole, Call::new(name, arguments.clone(), tag.markup, Some(inner)));
                return end + 1;
            }
            (Body::Start { name, arguments, .. }, _) => {
                self.call(&tag.range, Call::new(name, arguments.clone(), tag.markup, None));
            }
            (Body::End { name }, Some(_)) => {
                let call = Call { closing: true, ..Call::new(name, Vec::new(), tag.markup, None) };
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

    fn copy_until(&mut self, end: usize) {
        self.output.push_str(&self.source[self.kept..end]);
    }

    fn call(&mut self, range: &Range<usize>, mut call: Call) {
        let line_start = self.source[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.source[range.end..].find('\n').map_or(self.source.len(), |at| range.end + at);
        let is_blank = |part: &str| part.trim().is_empty();
        call.alone = is_blank(&self.source[line_start..range.start]) && is_blank(&self.source[range.end..line_end]);
        self.copy_until(range.start);
        // The tags of a Markdown pair that stand on lines of their own must not run into the paragraphs between them.
        let gap = if call.alone && call.markup == Markup::Markdown { "\n\n" } else { "" };
        self.output.push_str(gap);
        self.output.push_str(&placeholder::placeholder(self.calls.len()));
        self.output.push_str(gap);
        self.calls.push(call);
        self.kept = range.end;
    }
}

impl Call {
    fn new(name: &str, arguments: Vec<Argument>, markup: Markup, inner: Option<String>) -> Call {
        Call { name: name.to_owned(), arguments, markup, inner, closing: false, alone: false }
    }
}

/// For each tag the index of the one that it pairs with. An end tag pairs with the nearest start tag of its name and kind that is
/// still open; starts without an end stand alone.
fn partners(tags: &[Tag]) -> Vec<Option<usize>> {
    let mut partners = vec![None; tags.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        match &tag.body {
            Body::Start { self_closing: false, .. } => open.push(at),
            Body::End { name } => {
                let is_start = |start: &usize| matches!(&tags[*start].body, Body::Start { name: other, .. } if other == name && tags[*start].markup == tag.markup);
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

fn tags(source: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(offset) = source[at..].find("{{") {
        let start = at + offset;
        match tag_at(source, start) {
            Some(tag) => {
                at = tag.range.end;
                tags.push(tag);
            }
            None => at = start + 2,
        }
    }
    tags
}

/// The longest tag, in bytes. Real ones are a hundred times shorter; the bound keeps a wall of unclosed ones linear.
const LONGEST_TAG: usize = 16 * 1024;

fn tag_at(source: &str, start: usize) -> Option<Tag> {
    let rest = &source[start + 2..];
    let rest = &rest[..rest.floor_char_boundary(LONGEST_TAG)];
    let (markup, close) = match rest.as_bytes().first()? {
        b'<' => (Markup::Raw, ">}}"),
        b'%' => (Markup::Markdown, "%}}"),
        _ => return None,
    };
    let body = &rest[1..];
    if let Some(comment) = body.strip_prefix("/*") {
        let length = comment.find(&format!("*/{close}"))?;
        let range = start..start + 3 + 2 + length + 2 + close.len();
        let shown = format!("{{{{{}{}{close}", &rest[..1], &comment[..length]);
        return Some(Tag { range, body: Body::Escaped(shown), markup });
    }
    let mut lexer = Lexer { rest: body, close };
    let body_kind = lexer.tag()?;
    let consumed = body.len() - lexer.rest.len();
    Some(Tag { range: start..start + 3 + consumed, body: body_kind, markup })
}

/// Reads the inside of one tag.
struct Lexer<'a> {
    rest: &'a str,
    close: &'static str,
}

impl Lexer<'_> {
    fn tag(&mut self) -> Option<Body> {
        self.blanks();
        let is_end = self.take("/");
        self.blanks();
        let name = self.bare_word()?;
        if is_end {
            self.blanks();
            return self.take(self.close).then_some(Body::End { name });
        }
        let mut arguments = Vec::new();
        loop {
            self.blanks();
            if self.take(self.close) {
                return Some(Body::Start { name, arguments, self_closing: false });
            }
            if self.rest.starts_with('/') && self.rest[1..].trim_start().starts_with(self.close) {
                self.rest = &self.rest[1..];
                self.blanks();
                self.take(self.close);
                return Some(Body::Start { name, arguments, self_closing: true });
            }
            arguments.push(self.argument()?);
        }
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = self.rest.strip_prefix(expected);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn argument(&mut self) -> Option<Argument> {
        if self.rest.starts_with(['"', '`']) {
            return Some(Argument { name: None, value: self.quoted()? });
        }
        let word = self.bare_word()?;
        if !self.take("=") {
            return Some(Argument { name: None, value: word });
        }
        let value =
            if self.rest.starts_with(['"', '`']) { self.quoted()? } else { self.bare_word().unwrap_or_default() };
        Some(Argument { name: Some(word), value })
    }

    /// A word without quotes: up to a blank, a quote, `=`, or the end of the tag.
    fn bare_word(&mut self) -> Option<String> {
        let end = self
            .rest
            .char_indices()
            .find(|(at, c)| {
                c.is_whitespace() || matches!(c, '"' | '`' | '=') || self.rest[*at..].starts_with(self.close)
            })
            .map_or(self.rest.len(), |(at, _)| at);
        let mut word = &self.rest[..end];
        // Another tag begins before this one has ended: it never will.
        if word.starts_with("{{") {
            return None;
        }
        if self.rest[end..].starts_with(self.close) {
            word = word.strip_suffix('/').unwrap_or(word);
        }
        self.rest = &self.rest[word.len()..];
        (!word.is_empty()).then(|| word.to_owned())
    }

    /// A string in `"…"`, with `\"` for a quote, or in backquotes, taken as it stands.
    fn quoted(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let body = &self.rest[1..];
        let mut value = String::new();
        let mut chars = body.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                _ if c == quote => {
                    self.rest = &body[at + 1..];
                    return Some(value);
                }
                '\\' if quote == '"' => {
                    let (_, escaped) = chars.next()?;
                    if escaped != '"' {
                        value.push('\\');
                    }
                    value.push(escaped);
                }
                '\n' if quote == '"' => return None,
                _ => value.push(c),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The source with every call written as `[name args|inner]`.
    fn check(source: &str, expected: &str) {
        let (text, calls) = extract(source);
        let shown: String = pieces(&text)
            .map(|piece| match piece {
                Piece::Words(words) => words.to_owned(),
                Piece::Call(index) => show(&calls[index]),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    fn show(call: &Call) -> String {
        let mut shown = format!("[{}{}", if call.closing { "/" } else { "" }, call.name);
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
        check("x {{% n %}}*y*{{% /n %}}", "x [n]*y*[/n]");
    }

    #[test]
    fn escaped_and_broken_tags_are_text() {
        check("{{</* youtube abc */>}}", "{{< youtube abc >}}");
        check("{{%/* n */%}}", "{{% n %}}");
        check("{{ .Title }} {{< broken", "{{ .Title }} {{< broken");
        check("{{< broken {{< s a >}}", "{{< broken [s a]");
        check("{{< s \"never closed >}}", "{{< s \"never closed >}}");
        check("\u{fdd0}0\u{fdd1}", "\u{fffd}0\u{fffd}");
    }

    #[test]
    fn alone_on_a_line_is_told() {
        let (_, calls) = extract("  {{< a >}}  \nx {{< b >}}\n{{< c >}}");
        assert_eq!(calls.iter().map(|call| call.alone).collect::<Vec<_>>(), [true, false, true]);
    }
}
