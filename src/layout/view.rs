//! A page as the reader looks at it: folds open or closed, and blocks that are wider than the page cut at its edge and moved sideways.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::page::{BlockPlace, FoldPlace, LinkPlace, Page, Piece, Row};
use crate::document::FoldState;
use crate::messages;
use crate::text::glyphs::glyphs;
use crate::text::width::Measure;
use crate::text::{Face, LinkId};

/// See the module's head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// The folds that are not as the post has them at first.
    pub turned: BTreeSet<LinkId>,
    /// How far wide blocks are moved to the left, in columns; each moves until its end is in sight.
    pub pan: usize,
}

impl View {
    /// Whether a fold is closed.
    #[must_use]
    pub fn has_closed(&self, fold: &FoldPlace) -> bool {
        (fold.state == FoldState::Closed) != self.turned.contains(&fold.link)
    }

    /// The page through this view: the same words, on rows of which none is wider than the page. Links that are folded away have no
    /// place; headings stand where the fold does; links beyond the edge have places of no columns.
    #[must_use]
    pub fn of(&self, page: &Arc<Page>) -> Arc<Page> {
        let is_whole = page.folds.iter().all(|fold| !self.has_closed(fold));
        if is_whole && page.blocks.iter().all(|block| block.overhang == 0) {
            return Arc::clone(page);
        }
        let mut taker = Taker {
            whole: page,
            rows: Rows::shown(page, self),
            measure: page.measure,
            taken: Page { pieces: Vec::new(), rows: Vec::new(), ..Page::clone(page) },
        };
        taker.take_rows(self);
        taker.take_places(self);
        Arc::new(taker.taken)
    }
}

/// Which rows of a page are shown.
struct Rows {
    /// For each row of the whole page how many before it are shown.
    before: Vec<usize>,
}

impl Rows {
    fn shown(page: &Page, view: &View) -> Rows {
        let mut is_shown = vec![true; page.rows.len()];
        for fold in page.folds.iter().filter(|fold| view.has_closed(fold)) {
            is_shown[fold.rows.clone()].fill(false);
        }
        let mut count = 0;
        let mut before: Vec<usize> = Vec::with_capacity(is_shown.len() + 1);
        for is_shown in is_shown {
            before.push(count);
            count += usize::from(is_shown);
        }
        before.push(count);
        Rows { before }
    }

    fn is_shown(&self, row: usize) -> bool {
        self.before[row] < self.before[row + 1]
    }

    /// Where a row of the whole page stands; where a hidden one would, the heading of its fold.
    fn place(&self, row: usize) -> usize {
        if self.is_shown(row) { self.before[row] } else { self.before[row].saturating_sub(1) }
    }
}

/// Takes over from the whole page what is shown of it.
struct Taker<'a> {
    whole: &'a Page,
    rows: Rows,
    measure: Measure,
    taken: Page,
}

impl Taker<'_> {
    fn take_rows(&mut self, view: &View) {
        let mut blocks = self.whole.blocks.iter().peekable();
        let mut start = 0;
        for (at, row) in self.whole.rows.iter().enumerate() {
            let pieces = start..row.end as usize;
            start = pieces.end;
            while blocks.next_if(|block| block.rows.end <= at).is_some() {}
            if !self.rows.is_shown(at) {
                continue;
            }
            match blocks.peek().filter(|block| block.overhang > 0 && block.rows.contains(&at)) {
                Some(block) => {
                    let window = Window::new(row, self.whole.width, view.pan.min(block.overhang));
                    self.cut(&self.whole.pieces[pieces], &window);
                }
                None => self.taken.pieces.extend_from_slice(&self.whole.pieces[pieces]),
            }
            self.taken.rows.push(Row { end: self.taken.pieces.len() as u32, ..row.clone() });
        }
        for fold in self.whole.folds.iter().filter(|fold| view.has_closed(fold) && self.rows.is_shown(fold.row)) {
            close_mark(&mut self.taken, self.rows.place(fold.row), fold.link);
        }
    }

    /// Takes what a window shows of a row, cluster by cluster, with marks where it is cut.
    fn cut(&mut self, pieces: &[Piece], window: &Window) {
        let [left, right] = glyphs(&self.measure).cut;
        let mut column = 0;
        let mut is_marked = !window.is_cut_left;
        for piece in pieces {
            let words = if piece.is_furniture { &self.whole.furniture } else { &self.whole.plain };
            let words = &words[piece.start as usize..piece.end as usize];
            let mut kept: Option<Range<usize>> = None;
            for cluster in self.measure.clusters(words) {
                let columns = column..column + cluster.columns;
                column = columns.end;
                if !is_marked && columns.end > window.hidden_left.start {
                    is_marked = true;
                    self.keep(piece, kept.take());
                    self.furnish(left);
                }
                let shown = window.shown(&columns);
                if shown.len() == cluster.columns {
                    kept = Some(kept.map_or(cluster.range.start, |kept| kept.start)..cluster.range.end);
                } else if !shown.is_empty() {
                    // Half of a wide character is a blank.
                    self.keep(piece, kept.take());
                    self.furnish(&" ".repeat(shown.len()));
                }
                if columns.start >= window.end {
                    break;
                }
            }
            self.keep(piece, kept);
            if column > window.end {
                break;
            }
        }
        if window.is_cut_right {
            self.furnish(right);
        }
    }

    fn keep(&mut self, piece: &Piece, part: Option<Range<usize>>) {
        if let Some(part) = part {
            let (start, end) = (piece.start + part.start as u32, piece.start + part.end as u32);
            self.taken.pieces.push(Piece { start, end, ..*piece });
        }
    }

    fn furnish(&mut self, words: &str) {
        let start = self.taken.furniture.len() as u32;
        self.taken.furniture.push_str(words);
        let end = self.taken.furniture.len() as u32;
        self.taken.pieces.push(Piece { start, end, face: Face::FURNITURE, is_furniture: true });
    }

    fn take_places(&mut self, view: &View) {
        let (whole, rows) = (self.whole, &self.rows);
        let span = |range: &Range<usize>| rows.before[range.start]..rows.before[range.end];
        for heading in &mut self.taken.headings {
            heading.row = rows.place(heading.row);
        }
        self.taken.links.retain(|link| rows.is_shown(link.row));
        for link in &mut self.taken.links {
            move_link(link, whole, view);
            link.row = rows.place(link.row);
        }
        self.taken.blocks.retain(|block| rows.is_shown(block.rows.start));
        for block in &mut self.taken.blocks {
            block.rows = span(&block.rows);
        }
        self.taken.pictures.retain(|picture| rows.is_shown(picture.rows.start));
        for picture in &mut self.taken.pictures {
            picture.rows = span(&picture.rows);
        }
        self.taken.folds.retain(|fold| rows.is_shown(fold.row));
        for fold in &mut self.taken.folds {
            fold.row = rows.place(fold.row);
            fold.rows = span(&fold.rows);
        }
    }
}

/// What is seen of a row that is moved sideways, in columns of the row.
struct Window {
    /// Columns before these are fixed.
    hidden_left: Range<usize>,
    end: usize,
    is_cut_left: bool,
    is_cut_right: bool,
}

/// A page needs this many columns for marks at its edges.
const LEAST_WITH_MARKS: usize = 4;

impl Window {
    fn new(row: &Row, width: usize, pan: usize) -> Window {
        let (columns, fixed) = (row.columns as usize, (row.fixed as usize).min(width));
        let room = width - fixed;
        let mark = usize::from(room >= LEAST_WITH_MARKS);
        let is_cut_left = pan > 0 && columns > fixed;
        let is_cut_right = columns > width + pan;
        Window {
            hidden_left: fixed..fixed + if is_cut_left { pan + mark } else { 0 },
            end: width + pan - if is_cut_right { mark } else { 0 },
            is_cut_left: is_cut_left && mark > 0,
            is_cut_right: is_cut_right && mark > 0,
        }
    }

    /// The part of these columns that is shown.
    fn shown(&self, columns: &Range<usize>) -> Range<usize> {
        if columns.end <= self.hidden_left.start {
            return columns.clone();
        }
        columns.start.max(self.hidden_left.end)..columns.end.min(self.end)
    }
}

/// The block that moves with a row, if one does.
fn mover(page: &Page, row: usize) -> Option<&BlockPlace> {
    let block = page.blocks.get(page.blocks.partition_point(|block| block.rows.end <= row))?;
    (block.overhang > 0 && block.rows.contains(&row)).then_some(block)
}

impl Page {
    /// The columns of words in a block that is wider than the page, as it was laid out; none for words elsewhere.
    #[must_use]
    pub fn wide_place(&self, words: &Range<usize>) -> Option<Range<usize>> {
        let row = self.row_of(words.start);
        mover(self, row)?;
        let mut start = 0;
        for span in self.spans(row) {
            let at = span.place.filter(|at| (*at..*at + span.words.len()).contains(&words.start));
            if let Some(at) = at {
                let end = words.end.min(at + span.words.len());
                start += self.measure.columns(&self.plain[at..words.start]);
                return Some(start..start + self.measure.columns(&self.plain[words.start..end]));
            }
            start += self.measure.columns(span.words);
        }
        None
    }

    /// How many columns at the left of the row of a place stay when blocks are moved sideways.
    #[must_use]
    pub fn fixed_at(&self, place: usize) -> usize {
        self.rows.get(self.row_of(place)).map_or(0, |row| (row.fixed as usize).min(self.width))
    }
}

/// Moves the place of a link along with its row.
fn move_link(link: &mut LinkPlace, page: &Page, view: &View) {
    let (Some(block), Some(row)) = (mover(page, link.row), page.rows.get(link.row)) else { return };
    let (pan, fixed) = (view.pan.min(block.overhang), (row.fixed as usize).min(page.width));
    let moved =
        |column: usize| if column < fixed { column } else { column.saturating_sub(pan).clamp(fixed, page.width) };
    link.columns = moved(link.columns.start)..moved(link.columns.end);
}

/// Turns the mark of a fold on a row into that of a closed one.
fn close_mark(page: &mut Page, row: usize, link: LinkId) {
    let glyphs = glyphs(&page.measure);
    let start = row.checked_sub(1).map_or(0, |before| page.rows[before].end) as usize;
    let pieces = &mut page.pieces[start..page.rows[row].end as usize];
    let Some(mark) = pieces.iter_mut().find(|piece| piece.is_furniture && piece.face.link == Some(link)) else {
        return;
    };
    let closed = page.furniture[mark.start as usize..mark.end as usize]
        .replace(glyphs.open.trim_end(), glyphs.closed.trim_end())
        .replace(&*messages::FOLD_IS_OPEN, &messages::FOLD_IS_SHUT);
    mark.start = page.furniture.len() as u32;
    page.furniture.push_str(&closed);
    mark.end = page.furniture.len() as u32;
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::{ImageFile, highlight, markdown};
    use crate::layout::{Sheet, Wrap, lay_out};
    use crate::picture::Cell;
    use crate::picture::fit::Frame;
    use crate::text::markup::MarkupSettings;
    use crate::text::{Role, Token};

    fn page(source: &str, width: usize) -> Arc<Page> {
        let document = markdown::read(source, MarkupSettings::default());
        Arc::new(lay_out(&document, &Sheet { wrap: Wrap::Never, ..Sheet::of(width) }))
    }

    fn rows(page: &Page) -> String {
        (0..page.len()).map(|row| page.row_text(row).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    fn check(source: &str, width: usize, pan: usize, expected: &str) {
        let page = View { pan, ..View::default() }.of(&page(source, width));
        assert_eq!(rows(&page), expected.trim_matches('\n'), "{source} moved by {pan}\n{}", rows(&page));
        for row in 0..page.len() {
            assert!(page.measure.columns(&page.row_text(row)) <= width, "row {row}");
        }
    }

    #[test]
    fn what_is_wide_is_cut_with_marks_and_prose_stays() {
        let code = "```\nabcdefghijkl\nxy\n```\n\nwords that wrap";
        check(code, 10, 0, "  abcdefg›\n  xy\n\nwords that\nwrap");
        check(code, 10, 2, "  ‹defghi›\n  ‹\n\nwords that\nwrap");
        check(code, 10, 99, "  ‹fghijkl\n  ‹\n\nwords that\nwrap");
    }

    #[test]
    fn half_of_a_wide_character_is_a_blank() {
        let code = "```\n日本語の文字\n```";
        check(code, 10, 0, "  日本語 ›");
        check(code, 10, 1, "  ‹本語の›");
        check(code, 10, 2, "  ‹ 語の ›");
        check(code, 10, 4, "  ‹ の文字");
    }

    #[test]
    fn narrow_pages_have_no_room_for_marks() {
        check("```\nabcdef\n```", 3, 1, "bcd");
        check("```\n日本\n```", 3, 1, " 本");
    }

    #[test]
    fn tables_keep_their_columns_and_move() {
        let table = "|a|b|c|\n|-|-|-|\n|一二三|四五六|[七](/x)|";
        check(table, 12, 0, "a      │ b ›\n───────┼───›\n一二三 │ 四›");
        check(table, 12, 99, "‹b      │ c\n‹───────┼───\n‹四五六 │ 七");
        let table = "|a|b|c|\n|-|-|-|\n|一|四五六|七八九|";
        check(table, 14, 0, "a  │ b      │›\n───┼────────┼›\n一 │ 四五六 │›");
        check(table, 14, 99, "a  │ ‹│ c\n───┼─‹┼───────\n一 │ ‹│ 七八九");
    }

    #[test]
    fn links_move_with_their_words() {
        let whole = page("> |a|b|\n> |-|-|\n> |一二三|[四五六](/x)|", 12);
        let columns = |pan| View { pan, ..View::default() }.of(&whole).links[0].columns.clone();
        assert_eq!([columns(0), columns(1), columns(99)], [11..12, 10..12, 6..12]);
    }

    #[test]
    fn closed_folds_keep_their_words_and_places() {
        let source = "a\n\n<details><summary>s</summary>\n\n# h\n\nb [l](/x)\n\n</details>\n\n> [!note]+ t\n> c\n\nd";
        let whole = page(source, 20);
        let seen = View::default().of(&whole);
        assert_eq!(rows(&seen), "a\n\n▸ s\n\n│ ▾ t\n│ c\n\nd");
        assert_eq!((&seen.plain, seen.links.len(), seen.headings[0].row), (&whole.plain, 2, 2));
        assert_eq!(seen.row_of(seen.plain.find("b l").unwrap()), 2);
        assert_eq!(seen.row_of(seen.plain.find('c').unwrap()), 5);
        let turned = whole.folds.iter().map(|fold| fold.link).collect();
        let seen = View { turned, pan: 0 }.of(&whole);
        assert_eq!(rows(&seen), "a\n\n▾ s\n\n  # h\n\n  b l\n\n│ ▸ t\n\nd");
    }

    #[test]
    fn pictures_fold_and_move_with_their_rows() {
        let details = "<details><summary>s</summary>\n\n![a](a.png)\n\n</details>\n\n";
        let mut document = markdown::read(&format!("{details}![b](b.png)"), MarkupSettings::default());
        for image in &mut document.images {
            let path = Path::new(&image.source).into();
            image.file = ImageFile::Found { path, version: 0, width: 16, height: 32 };
        }
        let pictures = Some(Frame { cell: Cell::USUAL, tallest: 10 });
        let whole = Arc::new(lay_out(&document, &Sheet { pictures, ..Sheet::of(20) }));
        let places = |page: &Page| -> Vec<_> {
            page.pictures.iter().map(|place| (page.images[place.image].source.clone(), place.rows.clone())).collect()
        };
        let seen = View::default().of(&whole);
        assert_eq!(rows(&seen), "▸ s\n\n\n\n▣\u{a0}b");
        assert_eq!(places(&seen), [("b.png".to_owned(), 2..4)]);
        let turned = whole.folds.iter().map(|fold| fold.link).collect();
        let seen = View { turned, pan: 0 }.of(&whole);
        assert_eq!(rows(&seen), "▾ s\n\n\n  ▣\u{a0}a\n\n\n\n▣\u{a0}b");
        assert_eq!(places(&seen), [("a.png".to_owned(), 1..3), ("b.png".to_owned(), 5..7)]);
    }

    #[test]
    fn folds_lie_within_folds() {
        let source =
            "<details><summary>s</summary>\n\n<details open><summary>t</summary>\n\na\n\n</details>\n\n</details>";
        let whole = page(source, 20);
        assert_eq!(rows(&View::default().of(&whole)), "▸ s");
        let view = View { turned: whole.folds.iter().map(|fold| fold.link).collect(), pan: 0 };
        assert_eq!(rows(&view.of(&whole)), "▾ s\n  ▸ t");
    }

    #[test]
    fn code_that_is_moved_has_its_colours() {
        let mut document = markdown::read("```rust\nlet abcdefghij = \"x\";\n```", MarkupSettings::default());
        highlight::highlight(&mut document, highlight::PATIENCE);
        let whole = Arc::new(lay_out(&document, &Sheet { wrap: Wrap::Never, ..Sheet::of(12) }));
        let seen = View { pan: 99, ..View::default() }.of(&whole);
        let faces: Vec<_> = seen.spans(seen.len() - 1).map(|span| (span.words, span.face.role)).collect();
        assert!(faces.contains(&("\"x\"", Role::Syntax(Token::String))), "{faces:?}");
    }
}
