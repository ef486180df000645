//! Footnotes: at the end of the page, and each as a page of its own.

use super::{Gap, Page, Setter, Sheet, lay_out};
use crate::document::{Document, Footnote};
use crate::text::{Face, Role};

/// The widest that the page of one note gets, and what a box around it takes, in columns.
const WIDEST_NOTE: usize = 60;
const BOX: usize = 4;

/// A note on a page of its own, narrow enough for a box within the post's page.
fn page(note: &Footnote, sheet: &Sheet) -> Page {
    let document = Document { blocks: note.blocks.clone(), ..Document::default() };
    lay_out(&document, &Sheet { width: sheet.width.saturating_sub(BOX).min(WIDEST_NOTE), ..*sheet })
}

/// The notes of a document, each on its page.
pub(super) fn pages(document: &Document, sheet: &Sheet) -> Vec<Page> {
    document.notes.iter().map(|note| page(note, sheet)).collect()
}

impl Setter {
    /// The notes at the end, each under its number, which leads back to the mark.
    pub(super) fn notes(&mut self, document: &Document) {
        if document.notes.is_empty() {
            return;
        }
        self.gap = Gap::Row;
        self.rule();
        for (index, note) in document.notes.iter().enumerate() {
            let label = format!("[{}] ", index + 1);
            let face = Face { link: note.back, ..Face::of(Role::NoteMark) };
            self.within(Some((&label, face)), "", Face::FURNITURE, |setter| {
                if note.blocks.is_empty() {
                    setter.start_row();
                    setter.end_row();
                }
                setter.blocks(&note.blocks);
            });
        }
    }
}
