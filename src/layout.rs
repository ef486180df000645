//! A document at one width: blocks become rows under a stack of margins.
//!
//! A [`Page`] holds the post's words once, in `plain`, and rows that point into it; what the layout adds (bullets, bars, borders,
//! numbers) is kept apart, so that search, the reading place and copied text never see it.

mod block;
mod card;
mod code;
mod colours;
mod excerpt;
mod fold;
mod list;
mod notes;
mod pace;
mod page;
mod paragraph;
mod picture;
mod ruby;
mod sheet;
mod spoken;
mod table;
mod view;

use std::ops::Range;

pub use page::{
    BlockKind, BlockPlace, Extent, FoldPlace, HeadingPlace, LinkPlace, NotePlace, Page, PicturePlace, Reading, Span,
};
use page::{Colours, Piece, Row};
pub use paragraph::balanced;
pub use sheet::{Hanging, Ruby, Sheet, Stress, Telling, Wrap};
pub use view::View;

use crate::document::{Block, Definition, Document};
use crate::messages;
use crate::picture::fit::Frame;
use crate::text::glyphs::{Glyphs, glyphs};
use crate::text::width::{Measure, class};
use crate::text::{Alert, Face, LinkId, Role, Text};

/// Lays out a document.
#[must_use]
pub fn lay_out(document: &Document, sheet: &Sheet) -> Page {
    let width = sheet.width.max(1);
    let (targets, images) = (document.links.clone(), document.images.clone());
    let page = Page { width, measure: sheet.measure, targets, images, ..Page::default() };
    let mut setter = Setter {
        hanging: sheet.hanging,
        ruby: sheet.ruby,
        frame: sheet.pictures,
        wrap: sheet.wrap,
        telling: sheet.telling,
        stress: sheet.stress,
        lead: Text::default(),
        measure: sheet.measure,
        glyphs: glyphs(&sheet.measure),
        page,
        margins: Vec::new(),
        column: 0,
        row_place: None,
        gap: Gap::None,
        ground: Role::Body,
        depth: 0,
        ends: Vec::new(),
    };
    setter.head(document);
    setter.blocks(&document.blocks);
    setter.notes(document, sheet);
    setter.page.colours = Colours::awaited(&setter.page);
    setter.page
}

/// What stands left of every row of a block.
struct Margin {
    /// On the first row, until it is used up.
    first: Option<(String, Face)>,
    rest: &'static str,
    face: Face,
    columns: usize,
}

/// Whether an empty row comes before the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Row,
}

/// Sets rows onto a page.
struct Setter {
    page: Page,
    hanging: Hanging,
    ruby: Ruby,
    /// What pictures have to fit into; none where they are not drawn.
    frame: Option<Frame>,
    wrap: Wrap,
    telling: Telling,
    stress: Stress,
    /// On a page in words: what is to be said in front of what is set next.
    lead: Text,
    measure: Measure,
    glyphs: &'static Glyphs,
    margins: Vec<Margin>,
    /// Columns taken on the row that is being set.
    column: usize,
    row_place: Option<usize>,
    gap: Gap,
    ground: Role,
    /// How many lists are open.
    depth: usize,
    /// Where the paragraph being set may break; kept for its memory.
    ends: Vec<usize>,
}

impl Setter {
    fn head(&mut self, document: &Document) {
        for (index, text) in document.head.iter().enumerate() {
            if text.runs().next().is_some_and(|(_, face)| face.role == Role::Title) {
                self.lead(&messages::SPOKEN_TITLE, None);
            }
            if text.as_str().starts_with('#') && index > 0 {
                self.lead(&messages::SPOKEN_TAGS, None);
            }
            if index == 0 { self.display(text) } else { self.paragraph(text) }
        }
        for notice in &document.notices {
            self.gap = Gap::Row;
            self.lead(&messages::SPOKEN_NOTICE, None);
            self.paragraph(&Text::new(notice, Face::of(Role::Alert(Alert::Warning))));
        }
        if !document.head.is_empty() {
            self.gap = Gap::Row;
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                self.gap = Gap::Row;
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, id, text } => self.heading(*level, id, text),
            Block::Paragraph(text) => {
                self.pictures(text);
                self.paragraph(text);
            }
            Block::Code { label, title, text, tabs } => self.code(label, title, text, tabs),
            Block::Quote { blocks } => self.quote(Role::Quote, blocks),
            Block::Alert { kind, title, blocks, fold, .. } => self.alert(*kind, title, blocks, *fold),
            Block::List { start, tight, items } => self.list(*start, *tight, items),
            Block::Table(table) => self.table(table),
            Block::Definitions(list) => self.definitions(list),
            Block::Image { text, caption } => {
                self.pictures(text);
                self.image(text, caption);
            }
            Block::Card { service, text, detail, link } => self.card(service, text, detail, *link),
            Block::Details { summary, blocks, fold } => self.details(summary, blocks, *fold),
            Block::Rule => self.rule(),
        }
    }

    /// Runs `set` with one more margin. Together margins take at most half of the page; one in words has none.
    fn within(&mut self, first: Option<(&str, Face)>, rest: &'static str, face: Face, set: impl FnOnce(&mut Setter)) {
        if self.is_spoken() {
            return set(self);
        }
        self.close_gap();
        let most = (self.page.width / 2).min(self.page.width.saturating_sub(WIDEST_CLUSTER));
        let room = most.saturating_sub(self.margin_columns());
        let wanted = self.measure.columns(rest).max(first.map_or(0, |(words, _)| self.measure.columns(words)));
        let cut = |words: &str| self.measure.prefix(words, room).0.to_owned();
        let first = first.map(|(words, face)| (cut(words), face));
        self.margins.push(Margin { first, rest, face, columns: wanted.min(room) });
        set(self);
        self.margins.pop();
    }

    fn margin_columns(&self) -> usize {
        self.margins.iter().map(|margin| margin.columns).sum()
    }

    /// Columns left for words.
    fn room(&self) -> usize {
        self.page.width - self.margin_columns()
    }

    /// Starts a row: the gap before it, and the margins.
    fn start_row(&mut self) {
        self.close_gap();
        self.put_margins(Firsts::Take);
    }

    /// Sets the empty row that is due, under the margins of now.
    fn close_gap(&mut self) {
        if std::mem::replace(&mut self.gap, Gap::None) == Gap::Row && !self.page.rows.is_empty() {
            let ground = std::mem::take(&mut self.ground);
            self.put_margins(Firsts::Keep);
            self.end_row();
            self.ground = ground;
        }
        self.say_lead();
    }

    fn put_margins(&mut self, firsts: Firsts) {
        let mut margins = std::mem::take(&mut self.margins);
        for margin in &mut margins {
            let start = self.column;
            let first = if firsts == Firsts::Take { margin.first.take() } else { None };
            match first {
                Some((words, face)) => self.furniture(&words, face),
                None => self.furniture(self.measure.prefix(margin.rest, margin.columns).0, margin.face),
            }
            let missing = (start + margin.columns).saturating_sub(self.column);
            self.furniture(&" ".repeat(missing), Face::FURNITURE);
        }
        self.margins = margins;
    }

    fn end_row(&mut self) {
        let before = self.page.rows.last().map_or(0, |row| row.place);
        let place = self.row_place.take().unwrap_or(self.page.plain.len()) as u32;
        self.page.rows.push(Row {
            end: self.page.pieces.len() as u32,
            place: place.max(before),
            before: 0,
            ground: self.ground,
            columns: std::mem::take(&mut self.column) as u32,
            fixed: u32::MAX,
        });
    }

    /// Puts what is not the post's words on the row.
    fn furniture(&mut self, words: &str, face: Face) {
        if words.is_empty() {
            return;
        }
        let start = self.page.furniture.len();
        self.page.furniture.push_str(words);
        self.put(start..self.page.furniture.len(), face, true);
    }

    fn put(&mut self, range: Range<usize>, face: Face, is_furniture: bool) {
        let words = if is_furniture { &self.page.furniture[range.clone()] } else { &self.page.plain[range.clone()] };
        let taken = self.measure.columns(words);
        if let Some(link) = face.link {
            let place = self.column..self.column + taken;
            self.note_link(link, place);
        }
        if !is_furniture {
            self.row_place = Some(self.row_place.map_or(range.start, |place| place.min(range.start)));
        }
        self.column += taken;
        self.page.pieces.push(Piece { start: range.start as u32, end: range.end as u32, face, is_furniture });
    }

    fn note_link(&mut self, link: LinkId, columns: Range<usize>) {
        let row = self.page.rows.len();
        match self.page.links.last_mut() {
            Some(last) if last.link == link && last.row == row && last.columns.end == columns.start => {
                last.columns.end = columns.end;
            }
            _ => self.page.links.push(LinkPlace { link, row, columns }),
        }
    }

    fn heading(&mut self, level: u8, id: &str, text: &Text) {
        let start = self.page.plain.len();
        self.gap_before_heading();
        self.close_gap();
        let row = self.page.rows.len();
        let mark = format!("{} ", "#".repeat(usize::from(level)));
        self.lead(&messages::spoken_heading(level), None);
        let face = Face { role: Role::Heading(level), ..Face::FURNITURE };
        self.within(Some((&mark, face)), "", Face::FURNITURE, |setter| setter.display(text));
        let words = start..self.page.plain.len().saturating_sub(1).max(start);
        self.page.headings.push(HeadingPlace { row, level, id: id.to_owned(), words });
    }

    fn gap_before_heading(&mut self) {
        if !self.page.rows.is_empty() {
            self.gap = Gap::Row;
        }
    }

    fn quote(&mut self, role: Role, blocks: &[Block]) {
        self.say(&messages::QUOTE_START);
        self.within(None, self.glyphs.quote, Face::of(role), |setter| setter.blocks(blocks));
        self.say(&messages::QUOTE_END);
    }

    /// A row of the program's own words.
    fn label(&mut self, words: &str, face: Face) {
        if self.is_spoken() {
            return self.say(words);
        }
        self.start_row();
        let room = self.room();
        self.furniture(self.measure.prefix(words, room).0, face);
        self.end_row();
    }

    fn definitions(&mut self, list: &[Definition]) {
        for (index, definition) in list.iter().enumerate() {
            if index > 0 {
                self.gap = Gap::Row;
            }
            for term in &definition.terms {
                let mut term = term.clone();
                // In words it is announced as what it is.
                if !self.is_spoken() {
                    term.restyle(&(0..term.len()), |face| face.strong = true);
                }
                self.lead(&messages::TERM, None);
                self.paragraph(&term);
            }
            for meaning in &definition.meanings {
                self.lead(&messages::MEANING, None);
                self.within(Some(("  ", Face::FURNITURE)), "  ", Face::FURNITURE, |setter| setter.blocks(meaning));
            }
        }
    }

    fn rule(&mut self) {
        if self.is_spoken() {
            return self.say(&messages::SEPARATOR);
        }
        self.start_row();
        let line = self.glyphs.horizontal.repeat(self.room().min(RULE));
        self.furniture(&line, Face::FURNITURE);
        self.end_row();
    }
}

/// Whether the first rows of margins are due.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Firsts {
    Take,
    Keep,
}

/// Margins always leave room for one cluster, however wide.
const WIDEST_CLUSTER: usize = class::WIDEST;

/// The gutter that hanging marks take, in columns; a narrower page than the second number has none.
const GUTTER: usize = 2;
const NARROWEST_WITH_GUTTER: usize = 20;

/// The longest that a rule gets, in columns.
const RULE: usize = 24;
