//! What a post says: blocks that nest, inlines that are flat styled text. Free of Markdown, of width and of colour.

pub mod attributes;
mod builder;
pub mod dialect;
pub mod embed;
pub mod emphasis;
pub mod escaped;
pub mod highlight;
pub mod highlights;
pub mod html;
pub mod links;
pub mod markdown;
pub mod math;
pub mod notice;
pub mod plain;
pub mod shortcode;
pub mod templated;
pub mod words;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::text::{Alert, Clean, LinkId, Text};

/// A post, read.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// What is shown above the body: title, date, author, tags. Empty for a fragment.
    pub head: Vec<Text>,
    pub blocks: Vec<Block>,
    /// Every link, image, card and footnote mark; a [`LinkId`] is an index into this. `Page::links` has them in reading order.
    pub links: Vec<Link>,
    /// The pictures, in the order of the text.
    pub images: Vec<Image>,
    /// The footnotes that the text refers to, in the order of their first reference.
    pub notes: Vec<Footnote>,
    /// What had to be left out or shown plainly, in words for the reader.
    pub notices: Vec<Clean>,
}

impl Document {
    /// The link of an identifier.
    #[must_use]
    pub fn link(&self, id: LinkId) -> Option<&Link> {
        self.links.get(id.index())
    }
}

/// Something in the text that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub target: Target,
    pub kind: LinkKind,
}

/// Where a link leads, as the post wrote it. It is raw: clean it before showing it, vet it before opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A URL or a path, absolute or relative.
    Url(String),
    /// The path of a page of the same site, as Hugo's `ref` and `relref` take it, perhaps with a `#fragment`.
    Page(String),
    /// The footnote of an index into `Document::notes`.
    Note(usize),
    /// Back from the footnote of an index to its first mark.
    NoteMark(usize),
    /// Nowhere: the heading of a fold, which opens and closes it.
    Fold,
}

/// What a link is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    Text,
    Image,
    Card,
    Note,
    Fold,
}

/// Whether what is folded can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldState {
    Open,
    Closed,
}

/// What makes a block one that opens and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// The link that its heading is; no other fold has it.
    pub link: LinkId,
    /// How the post wants it to be at first.
    pub state: FoldState,
}

/// A picture in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The link that stands for it, and perhaps for others beside it.
    pub link: LinkId,
    /// Where its file is, as the post wrote it: raw.
    pub source: String,
    pub file: ImageFile,
}

/// What is known of the file of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ImageFile {
    /// Nobody has looked.
    #[default]
    Unknown,
    Found {
        path: Arc<Path>,
        /// In pixels.
        width: u32,
        height: u32,
        /// It changes when the file does.
        version: u64,
    },
    /// It cannot be drawn, for this reason; without one, nobody would expect it to be.
    Not(Option<&'static str>),
}

/// A footnote: its blocks, shown at the end of the post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Footnote {
    pub blocks: Vec<Block>,
    /// The link back to the first mark.
    pub back: Option<LinkId>,
}

/// One block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `id` is the fragment that links lead to.
    Heading {
        level: u8,
        id: String,
        text: Text,
    },
    Paragraph(Text),
    /// Lines of code. `label` is the language as the post wrote it, or empty; `title` a file name or caption, or empty; `tabs` are the
    /// blanks in `text` that stand for one tab each, in bytes.
    Code {
        label: Clean,
        title: Clean,
        text: Text,
        tabs: Vec<Range<usize>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    /// `mark` is what a quote starts with to be one, as the post wrote it (`[!NOTE]`); empty where something else made it. `fold` is
    /// there where it opens and closes.
    Alert {
        kind: Alert,
        mark: Clean,
        title: Text,
        blocks: Vec<Block>,
        fold: Option<Fold>,
    },
    /// `start` is the first number of an ordered list.
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Table(Table),
    Definitions(Vec<Definition>),
    /// A picture on a line of its own: `text` is its label, a link.
    Image {
        text: Text,
        caption: Vec<Block>,
    },
    /// An embed: what it is, its title, more about it, and where it leads.
    Card {
        service: Clean,
        text: Text,
        detail: Text,
        link: LinkId,
    },
    Details {
        summary: Text,
        blocks: Vec<Block>,
        fold: Fold,
    },
    Rule,
}

/// One item of a list; `task` tells whether its box is ticked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    pub task: Option<bool>,
    pub blocks: Vec<Block>,
}

/// Which way the cells of a column lean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    #[default]
    Left,
    Center,
    Right,
}

/// A table: `header` may be empty; rows may be ragged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    pub caption: Text,
    pub alignments: Vec<Alignment>,
    pub header: Vec<Text>,
    pub rows: Vec<Vec<Text>>,
}

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definition {
    pub terms: Vec<Text>,
    pub meanings: Vec<Vec<Block>>,
}
