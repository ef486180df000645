//! The colours of code, which may come after the page: words never wait for grammars. They stand by the words, so that a page need not be
//! laid out again for them, and every view of it has them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::page::{BlockColours, Colour, Colours};
use super::{BlockKind, BlockPlace, NotePlace, Page};
use crate::document::{self, Document};
use crate::text::{Face, Role, Text};

impl Colours {
    /// Of a page that has just been laid out: none has come yet.
    pub(super) fn awaited(page: &Page) -> Colours {
        let awaited = |block: &BlockPlace| BlockColours { start: block.words.start as u32, colours: OnceLock::new() };
        let blocks: Arc<[BlockColours]> = page.blocks.iter().filter(|block| is_code(block)).map(awaited).collect();
        let notes = page.notes.first().map_or(page.plain.len(), |note| note.words.start);
        Colours { first_of_notes: blocks.partition_point(|block| (block.start as usize) < notes), blocks }
    }
}

impl Page {
    /// The blocks of code on some rows that wait for their colours, by their numbers in reading order. Those of footnotes, which may be
    /// looked at from anywhere, count as if they were on these rows.
    #[must_use]
    pub fn uncoloured(&self, rows: Range<usize>) -> BTreeSet<usize> {
        let Colours { blocks, first_of_notes } = &self.colours;
        let number =
            |block: &BlockPlace| blocks.binary_search_by_key(&(block.words.start as u32), |one| one.start).ok();
        let seen = self.blocks[self.blocks.partition_point(|block| block.rows.end <= rows.start)..].iter();
        let seen = seen.take_while(|block| block.rows.start < rows.end).filter(|block| is_code(block));
        let numbers = seen.filter_map(number).chain(*first_of_notes..blocks.len());
        numbers.filter(|number| blocks[*number].colours.get().is_none()).collect()
    }

    /// Whether both are views of one page.
    #[must_use]
    pub fn is_as_laid_out(&self, other: &Page) -> bool {
        Arc::ptr_eq(&self.colours.blocks, &other.colours.blocks)
    }

    /// Takes the colours of the blocks of code of these numbers, which its document was given after it had been laid out. Those that it
    /// was not given wait no more.
    pub fn colour(&self, document: &Document, numbers: &BTreeSet<usize>) {
        let mut texts = Vec::new();
        gather(&document.blocks, &mut texts);
        document.notes.iter().for_each(|note| gather(&note.blocks, &mut texts));
        numbers.iter().for_each(|number| self.colour_block(*number, texts.get(*number)));
        let mut start = self.colours.first_of_notes;
        for NotePlace { page, .. } in &self.notes {
            let end = start + page.colours.blocks.len();
            let of_note = numbers.range(start..end);
            of_note.for_each(|number| page.colour_block(number - start, texts.get(*number)));
            start = end;
        }
    }

    fn colour_block(&self, number: usize, text: Option<&&Text>) {
        let Some(block) = self.colours.blocks.get(number) else { return };
        let colour = |(range, face): (Range<usize>, Face)| {
            let start = block.start + range.start as u32;
            Colour { start, end: start + range.len() as u32, face }
        };
        let runs = text.into_iter().flat_map(|text| text.runs()).filter(|(_, face)| face.role != Role::Code);
        let _ = block.colours.set(runs.map(colour).collect());
    }
}

fn is_code(block: &BlockPlace) -> bool {
    matches!(block.kind, BlockKind::Code(_))
}

/// All code, in reading order.
fn gather<'d>(blocks: &'d [document::Block], found: &mut Vec<&'d Text>) {
    for block in blocks {
        match block {
            document::Block::Code { text, .. } => found.push(text),
            document::Block::Quote { blocks }
            | document::Block::Alert { blocks, .. }
            | document::Block::Details { blocks, .. } => {
                gather(blocks, found);
            }
            document::Block::List { items, .. } => items.iter().for_each(|item| gather(&item.blocks, found)),
            document::Block::Definitions(list) => {
                list.iter().flat_map(|definition| &definition.meanings).for_each(|blocks| gather(blocks, found));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{highlight, markdown};
    use crate::layout::{Sheet, Wrap, lay_out};
    use crate::text::markup::MarkupSettings;

    #[test]
    fn colours_that_come_later_are_those_of_a_page_that_is_laid_out_with_them() {
        let source = "> ```rust\n> fn a() { 1 }\n> ```\n\na `b`[^n]\n\n- x\n\n  ```\n  plain\n  ```\n- ```rust\n  let c = \"日本語の長い文字列\"; // d\n  ```\n\n[^n]: e\n\n    ```rust\n    use f;\n    ```\n";
        for wrap in [Wrap::Rows, Wrap::Never] {
            let sheet = Sheet { wrap, ..Sheet::of(16) };
            let mut document = markdown::read(source, MarkupSettings::default());
            let page = lay_out(&document, &sheet);
            let awaited = page.uncoloured(0..page.len());
            highlight::highlight(&mut document, std::time::Duration::from_mins(1));
            let with_colours = lay_out(&document, &sheet);
            page.colour(&document, &awaited);
            assert!(page.uncoloured(0..page.len()).is_empty());
            let pages = [(&page, &with_colours), (&page.notes[0].page, &with_colours.notes[0].page)];
            for (page, expected) in pages {
                for row in 0..expected.len() {
                    let spans = |page: &Page| page.spans(row).map(|span| format!("{span:?}")).collect::<Vec<_>>();
                    assert_eq!(spans(page), spans(expected), "row {row}");
                }
            }
        }
    }
}
