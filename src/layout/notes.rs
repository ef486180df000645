//! Footnotes: at the end of the page, and each as a page of its own.

use super::{Gap, NotePlace, Page, Setter, Sheet, Wrap, lay_out};
use crate::document::{Document, Footnote};
use crate::messages;
use crate::text::{Face, Role};

/// The widest that the page of one note gets, and what a box around it takes, in columns.
const WIDEST_NOTE: usize = 60;
const BOX: usize = 4;

/// A note on a page of its own, narrow enough for a box within the post's page.
fn page(note: &Footnote, sheet: &Sheet) -> Page {
    let document = Document { blocks: note.blocks.clone(), ..Document::default() };
    let width = sheet.width.saturating_sub(BOX).min(WIDEST_NOTE);
    lay_out(&document, &Sheet { width, wrap: Wrap::Rows, ..*sheet })
}

impl Setter {
    /// The notes at the end, each under its number, which leads back to the mark.
    pub(super) fn notes(&mut self, document: &Document, sheet: &Sheet) {
        if document.notes.is_empty() {
            return;
        }
        self.gap = Gap::Row;
        if self.is_spoken() {
            self.say(&messages::FOOTNOTES);
        } else {
            self.rule();
        }
        for (index, note) in document.notes.iter().enumerate() {
            let start = self.page.plain.len();
            let label = format!("[{}] ", index + 1);
            self.lead(&messages::spoken_note(index + 1), note.back);
            let face = Face { link: note.back, ..Face::of(Role::NoteMark) };
            self.within(Some((&label, face)), "", Face::FURNITURE, |setter| {
                if note.blocks.is_empty() {
                    setter.empty_row();
                }
                setter.blocks(&note.blocks);
            });
            self.page.notes.push(NotePlace { words: start..self.page.plain.len(), page: page(note, sheet) });
        }
    }
}
