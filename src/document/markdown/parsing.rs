//! What the parser is asked for, and its events with other words in them.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Tag};

use crate::text::markup::{Dialect, MarkupSettings};

/// An event with another text: for what was marked before the parser, and must not be seen after it.
pub(super) fn rewritten<'a>(event: Event<'a>, text: impl Fn(&str) -> Cow<'_, str>) -> Event<'a> {
    let clear = |words: CowStr<'a>| {
        let changed = if let Cow::Owned(changed) = text(&words) { Some(changed) } else { None };
        changed.map_or(words, CowStr::from)
    };
    match event {
        Event::Text(text) => Event::Text(clear(text)),
        Event::Code(text) => Event::Code(clear(text)),
        Event::InlineMath(text) => Event::InlineMath(clear(text)),
        Event::DisplayMath(text) => Event::DisplayMath(clear(text)),
        Event::Html(text) => Event::Html(clear(text)),
        Event::InlineHtml(text) => Event::InlineHtml(clear(text)),
        Event::FootnoteReference(label) => Event::FootnoteReference(clear(label)),
        Event::Start(Tag::FootnoteDefinition(label)) => Event::Start(Tag::FootnoteDefinition(clear(label))),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(clear(info))))
        }
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level, id: id.map(clear), classes, attrs })
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: clear(dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: clear(dest_url), title, id })
        }
        event => event,
    }
}

/// The parts of `CommonMark`'s extensions that blogs use. The parser's own metadata blocks stay off: they are quadratic, and the
/// front matter is gone by now.
pub(super) fn options(source: &str, settings: MarkupSettings) -> Options {
    // Where another program may have written the post, `[[1]](…)` is more often a footnote than a page.
    let has_wikilinks = match settings.dialect {
        Dialect::Obsidian => true,
        Dialect::Unknown => !source.contains("]]("),
        _ => false,
    };
    let wikilinks = if has_wikilinks { Options::ENABLE_WIKILINKS } else { Options::empty() };
    wikilinks
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
