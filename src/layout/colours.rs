//! The colours of code, which may come after the page: words never wait for grammars. They stand by the words, so that a page need not be
//! laid out again for them, and every view of it has them.

use super::page::Colour;
use super::{BlockKind, Page};
use crate::document::{Block, Document};
use crate::text::{Role, Text};

impl Page {
    /// Takes the colours that the code of its document was given after it had been laid out.
    pub fn colour(&self, document: &Document) {
        let notes = document.notes.iter().zip(&self.notes);
        notes.for_each(|(note, place)| place.page.colour_blocks([note.blocks.as_slice()]));
        let of_notes = document.notes.iter().map(|note| note.blocks.as_slice());
        self.colour_blocks(std::iter::once(document.blocks.as_slice()).chain(of_notes));
    }

    fn colour_blocks<'d>(&self, parts: impl IntoIterator<Item = &'d [Block]>) {
        let mut texts = Vec::new();
        parts.into_iter().for_each(|blocks| gather(blocks, &mut texts));
        let places = self.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code(_)));
        // The words of a block end with a line end.
        let known = texts.into_iter().zip(places).filter(|(text, place)| place.words.len() == text.len() + 1);
        let colours = known.flat_map(|(text, place)| {
            let runs = text.runs().filter(|(_, face)| face.role != Role::Code);
            runs.map(|(range, face)| {
                let start = (place.words.start + range.start) as u32;
                Colour { start, end: start + range.len() as u32, face }
            })
        });
        self.colours.set(colours.collect());
    }
}

/// All code, in reading order.
fn gather<'d>(blocks: &'d [Block], found: &mut Vec<&'d Text>) {
    for block in blocks {
        match block {
            Block::Code { text, .. } => found.push(text),
            Block::Quote { blocks } | Block::Alert { blocks, .. } | Block::Details { blocks, .. } => {
                gather(blocks, found);
            }
            Block::List { items, .. } => items.iter().for_each(|item| gather(&item.blocks, found)),
            Block::Definitions(list) => {
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
            assert!(highlight::highlight(&mut document, std::time::Duration::from_mins(1)));
            let with_colours = lay_out(&document, &sheet);
            page.colour(&document);
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
