//! HTML's door: the tokens of raw HTML, and which element of a document a tag is.

use std::borrow::Cow;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::builder::{Element, Style};
use super::{FoldState, Table, Target};
use crate::text::{Clean, Role, Text};

/// A start tag; names in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// One token of HTML. Comments and declarations are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Start(Tag),
    End(String),
    Text(String),
}

/// The tokens of a piece of HTML, by the WHATWG tokenizer's rules, entities decoded.
pub fn pieces(html: &str) -> impl Iterator<Item = Piece> + '_ {
    // With this the text of scripts and styles is not taken for tags.
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::<_, DefaultEmitter>::new_with_emitter(html, emitter).flatten().filter_map(|token| match token {
        Token::StartTag(tag) => Some(Piece::Start(Tag {
            name: string(&tag.name).into_owned(),
            attributes: tag
                .attributes
                .iter()
                .map(|(key, value)| (string(key).into_owned(), string(value).into_owned()))
                .collect(),
        })),
        Token::EndTag(tag) => Some(Piece::End(string(&tag.name).into_owned())),
        Token::String(words) => Some(Piece::Text(string(&words).into_owned())),
        Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => None,
    })
}

fn string(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The element that a start tag opens, if it opens one that the document knows. Void elements open nothing.
#[must_use]
pub fn element(tag: &Tag) -> Option<Element> {
    let element = match tag.name.as_str() {
        "p" => Element::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let id = tag.attribute("id").unwrap_or_default().to_owned();
            Element::Heading { level: tag.name.as_bytes()[1] - b'0', id }
        }
        "div" | "section" | "article" | "main" | "header" | "footer" | "nav" | "aside" | "center" | "address"
        | "form" | "fieldset" | "legend" | "hgroup" | "body" | "html" => Element::Flow,
        "blockquote" => Element::Quote,
        "pre" => Element::code(Clean::default(), Clean::default()),
        "ul" | "menu" => Element::List { start: None, tight: true, items: Vec::new() },
        "ol" => {
            let start = tag.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
            Element::List { start: Some(start), tight: true, items: Vec::new() }
        }
        "li" => Element::Item { task: None, loose: false },
        "table" => Element::Table { table: Table::default(), spans: Vec::new() },
        "thead" => Element::Header,
        "tr" => Element::Row { cells: Vec::new(), header: true },
        "td" | "th" => {
            let span = |name| tag.attribute(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1);
            Element::Cell { header: tag.name == "th", columns: span("colspan"), rows: span("rowspan") }
        }
        "caption" => Element::Caption,
        "dl" => Element::Definitions(Vec::new()),
        "dt" => Element::Term,
        "dd" => Element::Meaning,
        "details" => {
            let state = if tag.attribute("open").is_some() { FoldState::Open } else { FoldState::Closed };
            Element::Details { summary: Text::default(), state }
        }
        "summary" => Element::Summary,
        "figure" => Element::Figure { caption: Vec::new() },
        "figcaption" => Element::FigureCaption,
        "script" | "style" | "template" | "noscript" | "title" | "svg" | "math" | "rp" | "option" | "datalist" => {
            Element::Hidden
        }
        name => Element::Inline(style(name, tag)?),
    };
    Some(element)
}

fn style(name: &str, tag: &Tag) -> Option<Style> {
    let style = match name {
        "strong" | "b" => Style::Strong,
        "em" | "i" | "cite" | "dfn" | "var" => Style::Emphasis,
        "del" | "s" | "strike" => Style::Strike,
        "code" | "samp" | "tt" => Style::Role(Role::Code),
        "kbd" | "mark" => Style::Role(Role::Marked),
        "a" => match tag.attribute("href") {
            Some(href) => Style::Link(Target::Url(href.to_owned())),
            None => Style::Plain,
        },
        _ => return None,
    };
    Some(style)
}

/// The elements that a start tag ends by coming, and those within which it ends them (HTML, "optional tags").
#[must_use]
pub fn implied_ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "tr" => (&["tr"], &["table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
        "option" => (&["option"], &["select", "datalist"]),
        "p" | "div" | "ul" | "ol" | "dl" | "table" | "pre" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "hr" | "section" | "article" | "figure" | "details" => {
            (&["p"], &["td", "th", "li", "dd", "div", "blockquote", "figure", "details"])
        }
        _ => (&[], &[]),
    }
}

/// What stands in for a video that cannot be played, and is not shown beside its card.
pub const FALLBACK: &str = "fallback";

/// The elements that an end tag ends inside its own element, because their own end tags may be left out.
#[must_use]
pub fn ended_with(name: &str) -> &'static [&'static str] {
    match name {
        "ruby" => &["rt", "rp"],
        "video" | "audio" => &[FALLBACK],
        "select" | "datalist" => &["option"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        pieces(html)
            .map(|piece| match piece {
                Piece::Start(tag) => format!("<{}>", tag.name),
                Piece::End(name) => format!("</{name}>"),
                Piece::Text(words) => words,
            })
            .collect()
    }

    #[test]
    fn tokens_are_those_of_a_browser() {
        assert_eq!(shown("<B>a&amp;b</B><!-- no --><br/>"), "<b>a&b</b><br>");
        assert_eq!(shown("<script>if (a<b) {}</script>x"), "<script>if (a<b) {}</script>x");
        assert_eq!(shown("a < b"), "a < b");
    }

    #[test]
    fn attributes_are_decoded() {
        let Some(Piece::Start(tag)) = pieces("<a HREF='/x?a=1&amp;b=2'>").next() else { panic!("no tag") };
        assert_eq!(tag.attribute("href"), Some("/x?a=1&b=2"));
        assert_eq!(tag.attribute("id"), None);
    }
}
