//! Which element of a document a tag of Markdown opens.

use memchr::memmem;
use pulldown_cmark::{Alignment as Lean, BlockQuoteKind, CodeBlockKind, LinkType, Tag};

use super::super::builder::{Element, Style};
use super::super::shortcode::Call;
use super::super::{Alignment, Table, Target};
use super::addresses::destination;
use super::fences::fence;
use crate::text::{Alert, Clean, Text};

/// Whether what stands in double brackets may name a page, where no vault says so: `[[nodiscard, "x"]]` and `[[ -f x ]]` do not.
pub(super) fn may_be_page(name: &str) -> bool {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    !is_number && name.trim() == name && !name.contains(['[', ']', '"', '\'', '=', ';', '{', '}', '$'])
}

/// The marks of alerts in a source (`[!note]`), each once.
pub(super) fn alert_marks(source: &str) -> Vec<String> {
    let mut marks: Vec<String> = Vec::new();
    for at in memmem::find_iter(source.as_bytes(), "[!") {
        let end = source.as_bytes()[at..].iter().take("[!IMPORTANT]".len()).position(|byte| *byte == b']');
        let mark = end.map(|length| &source[at..=at + length]);
        if let Some(mark) = mark.filter(|mark| !marks.iter().any(|known| known.eq_ignore_ascii_case(mark))) {
            marks.push(mark.to_owned());
        }
        if marks.len() >= MOST_MARKS {
            break;
        }
    }
    marks
}

/// How many kinds of marks are told apart; there are five of alerts.
const MOST_MARKS: usize = 16;

pub(super) fn element(tag: Tag, calls: &[Call], marks: &[String]) -> Element {
    match tag {
        Tag::Paragraph => Element::Paragraph,
        Tag::Heading { level, id, .. } => {
            Element::Heading { level: level as u8, id: id.map(|id| id.to_string()).unwrap_or_default() }
        }
        Tag::BlockQuote(None) => Element::Quote,
        Tag::BlockQuote(Some(kind)) => alert(kind, marks),
        Tag::CodeBlock(CodeBlockKind::Indented) => Element::code(Clean::default(), Clean::default()),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => fence(&info),
        Tag::List(start) => Element::List { start, tight: true, items: Vec::new() },
        Tag::Item => Element::Item { task: None, loose: false },
        Tag::FootnoteDefinition(label) => Element::Note(label.to_string()),
        Tag::DefinitionList => Element::Definitions(Vec::new()),
        Tag::DefinitionListTitle => Element::Term,
        Tag::DefinitionListDefinition => Element::Meaning,
        Tag::Table(leans) => {
            let table = Table { alignments: leans.into_iter().map(alignment).collect(), ..Table::default() };
            Element::Table { table, spans: Vec::new() }
        }
        Tag::TableHead => Element::Row { cells: Vec::new(), header: true },
        Tag::TableRow => Element::Row { cells: Vec::new(), header: false },
        Tag::TableCell => Element::Cell { header: true, columns: 1, rows: 1 },
        Tag::Emphasis => Element::Inline(Style::Emphasis),
        Tag::Strong => Element::Inline(Style::Strong),
        Tag::Strikethrough => Element::Inline(Style::Strike),
        Tag::Link { dest_url, link_type, .. } => {
            let target = match link_type {
                LinkType::Email => Target::Url(format!("mailto:{dest_url}")),
                LinkType::WikiLink { .. } => page(&dest_url),
                _ => destination(&dest_url, calls),
            };
            Element::Inline(Style::Link(target))
        }
        Tag::Superscript | Tag::Subscript => Element::Inline(Style::Plain),
        Tag::HtmlBlock | Tag::Image { .. } | Tag::MetadataBlock(_) => Element::Flow,
    }
}

fn alert(kind: BlockQuoteKind, marks: &[String]) -> Element {
    let (kind, mark) = match kind {
        BlockQuoteKind::Note => (Alert::Note, "[!NOTE]"),
        BlockQuoteKind::Tip => (Alert::Tip, "[!TIP]"),
        BlockQuoteKind::Important => (Alert::Important, "[!IMPORTANT]"),
        BlockQuoteKind::Warning => (Alert::Warning, "[!WARNING]"),
        BlockQuoteKind::Caution => (Alert::Caution, "[!CAUTION]"),
    };
    // As the post has it, in whatever case.
    let mark = marks.iter().find(|known| known.eq_ignore_ascii_case(mark)).map_or(mark, String::as_str);
    Element::Alert { kind, mark: Clean::line(mark), title: Text::default() }
}

fn alignment(lean: Lean) -> Alignment {
    match lean {
        Lean::None | Lean::Left => Alignment::Left,
        Lean::Center => Alignment::Center,
        Lean::Right => Alignment::Right,
    }
}

/// Where a wikilink leads. In a table its bar has a backslash before it.
pub(super) fn page(written: &str) -> Target {
    Target::Page(written.trim_end_matches('\\').to_owned())
}
