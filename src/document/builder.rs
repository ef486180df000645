//! The workbench on which a document is put together: one stack of open elements.
//!
//! Markdown's elements and those of raw HTML open and close on the same stack, so that a `<details>` around Markdown blocks, a
//! link around a picture or a stray `</div>` need no rules of their own. Markdown closes what it opened and everything above it;
//! an HTML end tag closes its own start tag, but never an element of Markdown. The stack is bounded; nothing here recurses.

mod assembly;
mod goldmark;
mod picture;
mod space;
mod table;

use std::collections::HashMap;
use std::mem;
use std::ops::Range;

use super::{Block, Definition, Document, FoldState, Footnote, Image, Item, Link, LinkKind, Table, Target, links};
use crate::text::{Alert, Clean, Face, LinkId, Role, Text};
pub use space::Breaks;
use space::Pending;

/// How many elements may be open at once. What opens beyond it is read as part of the innermost one.
const DEEPEST: usize = 64;

/// Who opened an element: it decides who closes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opener {
    Markdown,
    /// An HTML tag, by its name in lower case.
    Html(String),
}

/// What can be open. The variants that gather children of their own kind hold them.
#[derive(Debug, Clone)]
pub enum Element {
    /// A stretch of blocks with no look of its own: the document itself, a `<div>`, a fragment.
    Flow,
    Paragraph,
    Heading {
        level: u8,
        id: String,
    },
    Code {
        label: Clean,
        title: Clean,
        tabs: Vec<Range<usize>>,
    },
    Quote,
    Alert {
        kind: Alert,
        mark: Clean,
        title: Text,
    },
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Item {
        task: Option<bool>,
        loose: bool,
    },
    Table {
        table: Table,
        /// In how many rows to come a cell from above still takes each column.
        spans: Vec<usize>,
    },
    /// The group of header rows; its rows reach the table's header.
    Header,
    Row {
        /// Each with the rows that it takes.
        cells: Vec<(Text, usize)>,
        header: bool,
    },
    /// A cell, and how many columns and rows it takes.
    Cell {
        header: bool,
        columns: usize,
        rows: usize,
    },
    Caption,
    Definitions(Vec<Definition>),
    Term,
    Meaning,
    Details {
        summary: Text,
        state: FoldState,
    },
    Summary,
    Figure {
        caption: Vec<Block>,
    },
    FigureCaption,
    /// The definition of a footnote, by its label.
    Note(String),
    /// What is never shown: scripts, styles, templates.
    Hidden,
    /// Inline elements change the face of the text inside them.
    Inline(Style),
}

/// What an inline element does to the face.
#[derive(Debug, Clone)]
pub enum Style {
    Strong,
    Emphasis,
    Strike,
    Role(Role),
    Link(Target),
    /// No change: an element that only has to be closed.
    Plain,
}

struct Open {
    element: Element,
    opener: Opener,
    /// The face to return to when this closes.
    outer: Face,
    blocks: Vec<Block>,
    text: Text,
}

/// See the module's head.
pub struct Builder {
    stack: Vec<Open>,
    face: Face,
    pending: Pending,
    /// Whether the last words ended in a zero-width space, which the text itself does not keep: no line end after it is a blank.
    ends_in_zero_width: bool,
    /// Opens of Markdown that the bound turned away; their closes are passed over.
    turned_away: usize,
    breaks: Breaks,
    links: Vec<Link>,
    images: Vec<Image>,
    anchors: HashMap<String, usize>,
    /// The labels that are referred to, numbered by their first reference.
    notes: HashMap<String, usize>,
    note_blocks: HashMap<String, Vec<Block>>,
    /// How many more empty cells tables may have for cells that span others.
    room_for_empty: usize,
}

impl Builder {
    #[must_use]
    pub fn new(breaks: Breaks) -> Builder {
        Builder {
            stack: vec![Open::new(Element::Flow, Opener::Markdown, Face::default())],
            face: Face::default(),
            pending: Pending::None,
            ends_in_zero_width: false,
            turned_away: 0,
            breaks,
            links: Vec::new(),
            images: Vec::new(),
            anchors: HashMap::new(),
            notes: HashMap::new(),
            note_blocks: HashMap::new(),
            room_for_empty: table::MOST_EMPTY,
        }
    }

    /// Opens an element.
    pub fn open(&mut self, element: Element, opener: Opener) {
        if element.is_block() {
            self.flush();
        }
        // What is never shown is hidden at any depth; inside it there is nothing left to hide.
        let hides = matches!(element, Element::Hidden) && !self.is_hidden();
        if self.stack.len() >= DEEPEST && !hides {
            self.turned_away += usize::from(opener == Opener::Markdown);
            return;
        }
        let outer = self.face;
        match &element {
            Element::Inline(style) => self.wear(&style.clone()),
            Element::Heading { level, .. } => self.face.role = Role::Heading(*level),
            Element::Code { .. } => self.face.role = Role::Code,
            Element::Paragraph => self.loosen(opener == Opener::Markdown),
            _ => {}
        }
        self.stack.push(Open::new(element, opener, outer));
    }

    /// A paragraph of Markdown directly inside an item makes its list loose.
    fn loosen(&mut self, is_markdown: bool) {
        if let (true, Some(Open { element: Element::Item { loose, .. }, .. })) = (is_markdown, self.stack.last_mut()) {
            *loose = true;
        }
    }

    fn wear(&mut self, style: &Style) {
        match style {
            Style::Strong => self.face.strong = true,
            Style::Emphasis => self.face.emphasis = true,
            Style::Strike => self.face.strike = true,
            Style::Role(role) => self.face.role = *role,
            Style::Link(target) => self.face.link = Some(self.add_link(target.clone(), LinkKind::Text)),
            Style::Plain => {}
        }
    }

    /// Closes the innermost element of Markdown, with every HTML element left open inside it.
    pub fn close(&mut self) {
        if self.turned_away > 0 {
            self.turned_away -= 1;
            return self.flush();
        }
        while self.stack.len() > 1 {
            if self.pop() == Opener::Markdown {
                break;
            }
        }
    }

    /// Closes the innermost HTML element of that name, unless Markdown stands between. Says whether there was one.
    pub fn close_html(&mut self, name: &str) -> bool {
        let inner = self.stack[1..].iter().rev().take_while(|open| open.opener != Opener::Markdown);
        let Some(depth) = inner.clone().position(|open| matches!(&open.opener, Opener::Html(tag) if tag == name))
        else {
            return false;
        };
        for _ in 0..=depth {
            self.pop();
        }
        true
    }

    /// Whether the innermost HTML elements, down to the nearest of Markdown or of a name in `until`, hold one named in `names`.
    #[must_use]
    pub fn has_open_html(&self, names: &[&str], until: &[&str]) -> bool {
        for open in self.stack[1..].iter().rev() {
            match &open.opener {
                Opener::Html(tag) if names.contains(&tag.as_str()) => return true,
                Opener::Html(tag) if until.contains(&tag.as_str()) => return false,
                Opener::Html(_) => {}
                Opener::Markdown => return false,
            }
        }
        false
    }

    /// Whether text that comes now would not be shown.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.stack.iter().any(|open| matches!(open.element, Element::Hidden))
    }

    /// Whether text that comes now is code, whose white space counts.
    #[must_use]
    pub fn is_code(&self) -> bool {
        self.stack.iter().any(|open| matches!(open.element, Element::Code { .. }))
    }

    /// The face that text would wear now.
    #[must_use]
    pub fn face(&self) -> Face {
        self.face
    }

    /// Where a link leads.
    #[must_use]
    pub fn target(&self, link: LinkId) -> Option<&Target> {
        self.links.get(link.index()).map(|link| &link.target)
    }

    /// Notes a link and gives its identifier.
    pub fn add_link(&mut self, target: Target, kind: LinkKind) -> LinkId {
        self.links.push(Link { target, kind });
        LinkId::of(self.links.len() - 1)
    }

    /// The mark of a footnote in the text.
    pub fn note_mark(&mut self, label: &str) {
        if self.is_hidden() {
            return;
        }
        let next = self.notes.len();
        let index = *self.notes.entry(label.to_owned()).or_insert(next);
        let link = self.add_link(Target::Note(index), LinkKind::Note);
        let face = Face { link: Some(link), ..Face::of(Role::NoteMark) };
        if matches!(self.pending, Pending::SoftBreak(_)) {
            self.pending = Pending::None;
        }
        self.verbatim(&format!("[{}]", index + 1), face);
    }

    /// Ticks the box of the item that is open.
    pub fn task(&mut self, ticked: bool) {
        if let Some(Open { element: Element::Item { task, .. }, .. }) =
            self.stack.iter_mut().rev().find(|open| matches!(open.element, Element::Item { .. }))
        {
            *task = Some(ticked);
        }
    }

    /// Adds a whole block.
    pub fn block(&mut self, block: Block) {
        if !self.is_hidden() {
            self.flush();
            self.owner().blocks.push(block);
        }
    }

    fn owner(&mut self) -> &mut Open {
        let at = self.stack.iter().rposition(|open| !matches!(open.element, Element::Inline(_))).unwrap_or(0);
        &mut self.stack[at]
    }

    /// Makes a paragraph of the running text of the innermost block.
    fn flush(&mut self) {
        self.pending = Pending::None;
        let face = self.face;
        let owner = self.owner();
        let mut text = mem::take(&mut owner.text);
        if matches!(owner.element, Element::Code { .. }) {
            owner.text = text;
            return;
        }
        text.trim_end();
        if text.is_empty() {
            return;
        }
        if face.link.is_none() {
            links::find_bare(&mut text, &mut self.links);
        }
        let block = self.paragraph_or_image(text);
        self.owner().blocks.push(block);
    }

    /// Closes the innermost element and hands what it holds to the one around it.
    fn pop(&mut self) -> Opener {
        if self.stack.last().is_some_and(|open| open.element.is_block()) {
            self.flush();
        }
        let Some(mut open) = self.stack.pop() else { return Opener::Markdown };
        // Items and cells are many, and most hold one block.
        open.blocks.shrink_to_fit();
        self.face = open.outer;
        let opener = open.opener.clone();
        self.hand_over(open);
        opener
    }

    /// Closes everything that is open and gives the document.
    #[must_use]
    pub fn finish(mut self) -> Document {
        while self.stack.len() > 1 {
            self.pop();
        }
        self.flush();
        let blocks = self.stack.pop().map(|root| root.blocks).unwrap_or_default();
        let mut labels: Vec<(String, usize)> = mem::take(&mut self.notes).into_iter().collect();
        labels.sort_by_key(|(_, index)| *index);
        let mut notes = Vec::with_capacity(labels.len());
        for (label, index) in labels {
            let blocks = self.note_blocks.remove(&label).unwrap_or_default();
            notes.push(Footnote { blocks, back: Some(self.add_link(Target::NoteMark(index), LinkKind::Note)) });
        }
        Document { blocks, notes, links: self.links, images: self.images, ..Document::default() }
    }
}

impl Element {
    /// Code without lines.
    #[must_use]
    pub fn code(label: Clean, title: Clean) -> Element {
        Element::Code { label, title, tabs: Vec::new() }
    }

    /// Whether it ends the paragraph that it stands in.
    fn is_block(&self) -> bool {
        !matches!(self, Element::Inline(_) | Element::Hidden)
    }
}

impl Open {
    fn new(element: Element, opener: Opener, outer: Face) -> Open {
        Open { element, opener, outer, blocks: Vec::new(), text: Text::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_never_closes_what_markdown_opened() {
        let mut builder = Builder::new(Breaks::default());
        builder.open(Element::Quote, Opener::Markdown);
        assert!(!builder.close_html("blockquote"));
        builder.open(Element::Flow, Opener::Html("div".into()));
        builder.text("a");
        builder.close();
        assert!(!builder.close_html("div"));
        let document = builder.finish();
        assert!(matches!(&document.blocks[..], [Block::Quote { blocks }] if blocks.len() == 1));
    }

    #[test]
    fn the_stack_is_bounded_and_stays_balanced() {
        let mut builder = Builder::new(Breaks::default());
        for _ in 0..10_000 {
            builder.open(Element::Quote, Opener::Markdown);
        }
        builder.text("deep");
        for _ in 0..10_000 {
            builder.close();
        }
        builder.text("out");
        let document = builder.finish();
        assert!(
            matches!(&document.blocks[..], [Block::Quote { .. }, Block::Paragraph(text)] if text.as_str() == "out")
        );
    }
}
