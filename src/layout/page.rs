//! The page: rows that point into the post's words.

use std::ops::Range;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::document::{FoldState, Image, Link, Target};
use crate::text::width::Measure;
use crate::text::{Clean, Face, LinkId, Role};

/// How much of a post a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    #[default]
    Whole,
    /// What it starts with; the rest is still to come.
    Start,
}

/// A document laid out for one width.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub extent: Extent,
    /// The width that it was laid out for, in columns. No row is wider, save those of code and tables on a sheet that does not wrap,
    /// until the page is looked at through a [`View`](super::View).
    pub width: usize,
    /// The post's words: the same string at every width.
    pub plain: String,
    pub headings: Vec<HeadingPlace>,
    /// Where links stand, in reading order. One that wraps has several places.
    pub links: Vec<LinkPlace>,
    /// What the [`LinkId`]s mean.
    pub targets: Vec<Link>,
    /// Every picture of the document.
    pub images: Vec<Image>,
    /// The rows that are kept free for pictures, from the top down.
    pub pictures: Vec<PicturePlace>,
    /// Code and tables, in reading order.
    pub blocks: Vec<BlockPlace>,
    /// What opens and closes, in reading order. All of it is open unless the page is looked at through a [`View`](super::View).
    pub folds: Vec<FoldPlace>,
    /// The footnotes, in the order of their numbers.
    pub notes: Vec<NotePlace>,
    pub(super) measure: Measure,
    /// The blanks that stand for a tab each, in bytes of [`Page::plain`], in order.
    pub(super) tabs: Vec<Range<usize>>,
    pub(super) colours: Colours,
    pub(super) furniture: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) rows: Vec<Row>,
    /// How long all words take to be read, in milliseconds.
    pub(super) whole: u32,
}

/// Where a heading stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingPlace {
    pub row: usize,
    pub level: u8,
    pub id: String,
    /// Its words, in bytes of [`Page::plain`].
    pub words: Range<usize>,
}

/// One stretch of a link on one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPlace {
    pub link: LinkId,
    pub row: usize,
    pub columns: Range<usize>,
}

/// Where a picture is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PicturePlace {
    pub rows: Range<usize>,
    /// The first of its columns.
    pub column: usize,
    pub columns: u16,
    /// Which one it is, as an index into [`Page::images`].
    pub image: usize,
}

/// A block that can be taken in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockPlace {
    pub kind: BlockKind,
    pub rows: Range<usize>,
    /// Its words, in bytes of [`Page::plain`]. No two blocks start at one place: it tells them apart on every page of the post.
    pub words: Range<usize>,
    /// Columns of its widest row that have no room on the page.
    pub overhang: usize,
}

/// See [`BlockPlace`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// With its language as the post wrote it, or nothing.
    Code(Clean),
    /// With the words of its cells, row by row, in bytes of [`Page::plain`].
    Table(Vec<Vec<Range<usize>>>),
}

/// Something that opens and closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldPlace {
    /// The link that its heading is.
    pub link: LinkId,
    /// What it is at first.
    pub state: FoldState,
    /// The first row of its heading.
    pub row: usize,
    /// What is hidden while it is closed.
    pub rows: Range<usize>,
    /// The words of that, in bytes of [`Page::plain`].
    pub words: Range<usize>,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct NotePlace {
    /// Its words at the end of the post, in bytes of [`Page::plain`].
    pub words: Range<usize>,
    /// The note alone on a narrow page. Its links are those of the targets of the post's page.
    pub page: Page,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Up to which piece the row goes; it starts where the one before it ends.
    pub(super) end: u32,
    /// The first word on or after this row, as an offset into `plain`.
    pub(super) place: u32,
    /// How long the words before `place` take to be read, in milliseconds.
    pub(super) before: u32,
    pub(super) ground: Role,
    pub(super) columns: u32,
    /// How many columns at the left stay when blocks are moved sideways; in prose all do.
    pub(super) fixed: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) face: Face,
    pub(super) is_furniture: bool,
}

/// The colours of each block of code, as they come. A page and its views have the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Colours {
    pub(super) blocks: Arc<[BlockColours]>,
    /// The number of the first block that stands in a footnote.
    pub(super) first_of_notes: usize,
}

/// The colours of one block.
#[derive(Debug)]
pub(super) struct BlockColours {
    /// Where its words start, in bytes of [`Page::plain`].
    pub(super) start: u32,
    pub(super) colours: OnceLock<Vec<Colour>>,
}

/// A stretch of code, in bytes of [`Page::plain`], and its face.
#[derive(Debug, Clone, Copy)]
pub(super) struct Colour {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) face: Face,
}

impl Colours {
    /// Those of a piece, from its first byte on.
    fn of(&self, piece: &Piece) -> &[Colour] {
        if piece.is_furniture || piece.face.role != Role::Code {
            return &[];
        }
        let block = self.blocks.partition_point(|block| block.start <= piece.start).checked_sub(1);
        let colours = block.and_then(|block| self.blocks[block].colours.get()).map_or(&[][..], Vec::as_slice);
        &colours[colours.partition_point(|colour| colour.end <= piece.start)..]
    }
}

/// Words with their reading, in bytes of [`Page::plain`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it is the reading of.
    pub base: Range<usize>,
    /// The reading with the brackets around it.
    pub words: Range<usize>,
}

/// A stretch of one face on a row, as it is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span<'a> {
    pub words: &'a str,
    pub face: Face,
    /// Where it stands in [`Page::plain`]; none for furniture.
    pub place: Option<usize>,
}

impl Page {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The spans of a row, from left to right.
    pub fn spans(&self, row: usize) -> impl Iterator<Item = Span<'_>> {
        let start = row.checked_sub(1).map_or(0, |before| self.rows[before].end) as usize;
        let end = self.rows.get(row).map_or(start, |row| row.end as usize);
        self.pieces[start..end].iter().flat_map(|piece| self.painted(piece))
    }

    /// A piece as it is painted: in one part, or in several where it is code that has its colours.
    fn painted<'p>(&'p self, piece: &'p Piece) -> impl Iterator<Item = Span<'p>> {
        let mut colours = self.colours.of(piece).iter().peekable();
        let mut start = piece.start;
        std::iter::from_fn(move || {
            if start >= piece.end {
                return None;
            }
            let (face, end) = match colours.peek() {
                Some(colour) if colour.start <= start => (colour.face, colour.end),
                Some(colour) => (piece.face, colour.start),
                None => (piece.face, piece.end),
            };
            let part = start..end.min(piece.end);
            start = part.end;
            colours.next_if(|colour| colour.end <= start);
            Some(self.span(part.start as usize..part.end as usize, face, piece.is_furniture))
        })
    }

    /// A stretch of what the layout added, or of the post's words.
    fn span(&self, range: Range<usize>, face: Face, is_furniture: bool) -> Span<'_> {
        if is_furniture {
            Span { words: &self.furniture[range], face, place: None }
        } else {
            Span { place: Some(range.start), words: &self.plain[range], face }
        }
    }

    /// The readings that stand in the post's words, in their order.
    #[must_use]
    pub fn readings(&self) -> Vec<Reading> {
        const BRACKETS: [char; 4] = ['（', '）', '(', ')'];
        let of_piece = |piece: &Piece| match piece.face.role {
            Role::Ruby { base } if !piece.is_furniture => {
                Some((piece.start as usize..piece.end as usize, base as usize))
            }
            _ => None,
        };
        let mut found: Vec<(Range<usize>, usize)> = self.pieces.iter().filter_map(of_piece).collect();
        found.sort_by_key(|(range, _)| range.start);
        let mut readings: Vec<Reading> = Vec::new();
        for (mut words, base) in found {
            // On a row of its own it is shown without its brackets.
            let (before, after) = (&self.plain[..words.start], &self.plain[words.end..]);
            let is_bare = !self.plain[words.clone()].starts_with(BRACKETS);
            let open = before.chars().next_back().filter(|c| is_bare && BRACKETS.contains(c));
            let close = after.chars().next().filter(|c| open.is_some() && BRACKETS.contains(c));
            words = words.start - open.map_or(0, char::len_utf8)..words.end + close.map_or(0, char::len_utf8);
            match readings.last_mut() {
                // One that wraps, or is in several faces.
                Some(last) if words.start <= last.words.end => last.words.end = words.end.max(last.words.end),
                _ => readings.push(Reading { base: words.start.saturating_sub(base)..words.start, words }),
            }
        }
        readings.retain(|reading| self.plain.is_char_boundary(reading.base.start));
        readings
    }

    /// What lies behind a row: code has a ground of its own.
    #[must_use]
    pub fn ground(&self, row: usize) -> Role {
        self.rows.get(row).map_or(Role::Body, |row| row.ground)
    }

    /// The first word on or after a row, as an offset into [`Page::plain`].
    #[must_use]
    pub fn place_of(&self, row: usize) -> usize {
        self.rows.get(row).map_or(self.plain.len(), |row| row.place as usize)
    }

    /// How long the words from a row on take to be read, on a page that is [timed](Page::timed).
    #[must_use]
    pub fn time_left(&self, row: usize) -> Duration {
        let before = self.rows.get(row).map_or(self.whole, |row| row.before);
        Duration::from_millis(u64::from(self.whole.saturating_sub(before)))
    }

    /// The row on which the word at an offset of [`Page::plain`] stands.
    #[must_use]
    pub fn row_of(&self, place: usize) -> usize {
        let after = self.rows.partition_point(|row| row.place as usize <= place);
        // Rows without words before a word share its offset: the last of them holds it, or the first if it has words itself.
        let last = after.saturating_sub(1);
        let shared = self.rows.get(last).map_or(0, |row| row.place);
        let first = self.rows.partition_point(|row| row.place < shared);
        (first..=last).find(|row| self.spans(*row).any(|span| span.place.is_some())).unwrap_or(last)
    }

    /// The row to put at the top to show the word at an offset: its own, or the first of the pictures that stand for it.
    #[must_use]
    pub fn first_row_of(&self, place: usize) -> usize {
        let row = self.row_of(place);
        let above = |row: usize| self.pictures.iter().rev().find(|picture| picture.rows.end == row);
        std::iter::successors(Some(row), |row| above(*row).map(|picture| picture.rows.start)).last().unwrap_or(row)
    }

    /// The pictures on these rows.
    pub fn pictures_on(&self, rows: Range<usize>) -> impl Iterator<Item = &PicturePlace> {
        let first = self.pictures.partition_point(|picture| picture.rows.end <= rows.start);
        self.pictures[first..].iter().take_while(move |picture| picture.rows.start < rows.end)
    }

    /// The block whose words start at a place.
    #[must_use]
    pub fn block_at(&self, place: usize) -> Option<&BlockPlace> {
        self.blocks.iter().find(|block| block.words.start == place)
    }

    /// The fold whose heading a link is.
    #[must_use]
    pub fn fold(&self, link: LinkId) -> Option<&FoldPlace> {
        self.folds.iter().find(|fold| fold.link == link)
    }

    /// The first place of a link.
    #[must_use]
    pub fn link_place(&self, id: LinkId) -> Option<&LinkPlace> {
        self.links.iter().find(|place| place.link == id)
    }

    /// The link at a cell.
    #[must_use]
    pub fn link_at(&self, row: usize, column: usize) -> Option<LinkId> {
        Some(self.links.iter().find(|place| place.row == row && place.columns.contains(&column))?.link)
    }

    /// The link that stands for the picture at a cell.
    #[must_use]
    pub fn picture_at(&self, row: usize, column: usize) -> Option<LinkId> {
        let holds = |place: &&PicturePlace| (place.column..place.column + usize::from(place.columns)).contains(&column);
        let place = self.pictures_on(row..row + 1).find(holds)?;
        Some(self.images.get(place.image)?.link)
    }

    /// The first place of the link whose target is this.
    #[must_use]
    pub fn target_place(&self, target: &Target) -> Option<&LinkPlace> {
        self.links.iter().find(|place| self.targets.get(place.link.index()).is_some_and(|link| link.target == *target))
    }

    /// The post's own words on a row.
    #[must_use]
    pub fn words(&self, row: usize) -> String {
        self.spans(row).filter(|span| span.place.is_some()).map(|span| span.words).collect()
    }

    /// The words of a row with its furniture, as they are painted.
    #[must_use]
    pub fn row_text(&self, row: usize) -> String {
        self.spans(row).map(|span| span.words).collect()
    }
}
