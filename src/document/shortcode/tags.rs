//! The tags of shortcodes in a source, read one by one.

use std::cell::LazyCell;
use std::ops::Range;

use memchr::memmem;

use super::{Argument, Markup};
use crate::document::dialect::Fence;

/// One tag in the source.
pub struct Tag {
    pub range: Range<usize>,
    pub body: Body,
    pub markup: Markup,
}

pub enum Body {
    Start {
        name: String,
        arguments: Vec<Argument>,
        self_closing: bool,
    },
    End {
        /// Empty for `{{</>}}`, which closes whatever is open.
        name: String,
    },
    /// `{{</* … */>}}`: the tag itself, meant to be shown.
    Escaped(String),
}

/// The tags of a source, in their order.
pub fn tags(source: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    let mut before = Before::default();
    let last_end = LazyCell::new(|| source.rfind("}}").unwrap_or(0));
    while let Some(offset) = memmem::find(&source.as_bytes()[at..], b"{{") {
        let start = at + offset;
        match Some(start).filter(|start| start < &last_end).and_then(|start| tag_at(source, start)) {
            Some(tag) => {
                at = tag.range.end;
                tags.push(tag);
            }
            None => match before.unclosed(source, start) {
                Some(tag) => {
                    at = tag.range.end;
                    tags.push(tag);
                }
                None => at = start + 2,
            },
        }
    }
    tags
}

/// How many tags of a post may be ended where nothing ends them.
const MOST_BROKEN: usize = 64;

/// The lines before a tag that never closes.
#[derive(Default)]
struct Before {
    fence: Fence,
    /// How far they were read, in bytes.
    read: usize,
    /// How many tags were ended.
    ended: usize,
}

impl Before {
    /// A tag that starts a line and never closes, up to the end of that line; none in fenced code, where one may be talked about.
    fn unclosed(&mut self, source: &str, start: usize) -> Option<Tag> {
        let (markup, close) = markup(&source[start + 2..]).filter(|_| self.ended < MOST_BROKEN)?;
        let mut ahead = source[..start].bytes().rev().take_while(|byte| *byte != b'\n');
        if !ahead.all(|byte| matches!(byte, b' ' | b'\t')) {
            return None;
        }
        let line = source[start + 2..].lines().next()?;
        let is_name = line[1..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_name || line.contains(['`', '{', '}']) {
            return None;
        }
        for line in source[self.read..start].lines() {
            self.fence.holds(line);
        }
        self.read = start;
        if self.fence.is_open() {
            return None;
        }
        let whole = format!("{}{close}", &line[1..]);
        let body = Lexer { rest: &whole, close }.tag()?;
        self.ended += 1;
        Some(Tag { range: start..start + 2 + line.len(), body, markup })
    }
}

/// What kind of tag starts with what follows the braces, and how it ends.
fn markup(rest: &str) -> Option<(Markup, &'static str)> {
    match rest.as_bytes().first()? {
        b'<' => Some((Markup::Raw, ">}}")),
        b'%' => Some((Markup::Markdown, "%}}")),
        _ => None,
    }
}

/// The longest tag, in bytes. Real ones are a hundred times shorter; the bound keeps a wall of unclosed ones linear.
const LONGEST_TAG: usize = 16 * 1024;

fn tag_at(source: &str, start: usize) -> Option<Tag> {
    let rest = &source[start + 2..];
    let rest = &rest[..rest.floor_char_boundary(LONGEST_TAG)];
    let (markup, close) = markup(rest)?;
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
        if is_end && self.take(self.close) {
            return Some(Body::End { name: String::new() });
        }
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
            return Some(Argument { name: None, value: self.quoted()?, is_bare: false });
        }
        let word = self.bare_word()?;
        if !self.take("=") {
            return Some(Argument { name: None, value: word, is_bare: true });
        }
        let is_bare = !self.rest.starts_with(['"', '`']);
        let value = if is_bare { self.bare_word().unwrap_or_default() } else { self.quoted()? };
        Some(Argument { name: Some(word), value, is_bare })
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
