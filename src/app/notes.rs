//! The note of a footnote mark, shown in a box beside the mark.

use super::overlay::{Note, Overlay};
use super::panes::Area;
use super::reader::{Hand, Reader};
use super::{App, Effect};
use crate::document::Target;
use crate::layout::{LinkPlace, Page};
use crate::messages;
use crate::text::LinkId;

/// The narrowest box of a note, in columns.
const NARROWEST: u16 = 20;

impl App {
    /// Shows the note of the mark at hand, else of the first mark in sight; where one is shown, that of the next mark in sight.
    pub(super) fn peek(&mut self) {
        let Some(reader) = &self.reader else { return };
        let height = usize::from(self.panes.text().height);
        let marks: Vec<LinkPlace> = reader.links_in_sight(height);
        let mut marks = marks.iter().filter_map(|place| match reader.target(place.link) {
            Some(Target::Note(index)) => Some((*index, place.link)),
            _ => None,
        });
        let wanted = match self.overlay {
            Some(Overlay::Note(shown)) => marks.find(|(_, link)| *link == shown.mark).and_then(|_| marks.next()),
            _ => marks.clone().find(|(_, link)| Some(*link) == reader.link()).or_else(|| marks.next()),
        };
        let was_shown = self.overlay.take().is_some();
        match wanted {
            Some((index, mark)) => self.show_note(index, mark),
            None if was_shown => {}
            None => self.warn(&messages::NO_NOTES_IN_SIGHT),
        }
    }

    pub(super) fn show_note(&mut self, index: usize, mark: LinkId) {
        if let Some(reader) = &mut self.reader {
            reader.hand = Some(Hand::Link(mark));
        }
        self.overlay = Some(Overlay::Note(Note { index, mark, link: None, top: 0 }));
    }

    /// The rows of a note.
    #[must_use]
    pub fn note_page(&self, note: &Note) -> Option<&Page> {
        Some(&self.reader.as_ref()?.page.as_ref()?.notes.get(note.index)?.page)
    }

    /// Where the box of a note lies: below the mark where there is room, else above it.
    #[must_use]
    pub fn note_area(&self, note: &Note) -> Option<Area> {
        let reader = self.reader.as_ref()?;
        let page = self.note_page(note)?;
        if self.panes.is_linear {
            return Some(Area { x: 0, y: 0, width: self.panes.columns, height: self.panes.rows });
        }
        let text = self.panes.text();
        let place = reader.first_in_sight(note.mark, usize::from(text.height));
        let row = place.as_ref().map_or(0, |place| (place.row - reader.top()) as u16);
        let column = place.map_or(0, |place| place.columns.start as u16);
        let longest = (0..page.len()).map(|row| self.measure.columns(&page.row_text(row))).max().unwrap_or_default();
        let size = ((longest as u16 + 4).max(NARROWEST), page.len() as u16 + 2);
        Some(self.panes.beside(column, row, size))
    }

    /// Takes the link so many places on in the note at hand.
    pub(super) fn walk_note(&mut self, steps: isize) {
        let Some(Overlay::Note(note)) = &self.overlay else { return };
        let (Some(page), Some(area)) = (self.note_page(note), self.note_area(note)) else { return };
        let at = note.link.and_then(|link| page.links.iter().position(|place| place.link == link));
        let first = if steps > 0 { 0 } else { page.links.len().saturating_sub(1) };
        let next = at.map_or(first, |at| at.saturating_add_signed(steps).min(page.links.len().saturating_sub(1)));
        let Some(place) = page.links.get(next) else { return };
        let height = usize::from(area.height.saturating_sub(2)).max(1);
        let top = note.top.clamp((place.row + 1).saturating_sub(height), place.row);
        let link = Some(place.link);
        if let Some(Overlay::Note(note)) = &mut self.overlay {
            (note.link, note.top) = (link, top);
        }
    }

    /// Scrolls the note at hand.
    pub(super) fn scroll_note(&mut self, lines: isize) {
        let Some(Overlay::Note(note)) = &self.overlay else { return };
        let (Some(page), Some(area)) = (self.note_page(note), self.note_area(note)) else { return };
        let most = page.len().saturating_sub(usize::from(area.height.saturating_sub(2)));
        let top = note.top.saturating_add_signed(lines).min(most);
        if let Some(Overlay::Note(note)) = &mut self.overlay {
            note.top = top;
        }
    }

    /// A click while a note is shown: on a link in it follows that, elsewhere in it goes to the note, outside leaves it.
    pub(super) fn press_note(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let Some(Overlay::Note(note)) = self.overlay else { return Vec::new() };
        let Some(area) = self.note_area(&note).filter(|area| area.holds(column, row)) else {
            self.overlay = None;
            return Vec::new();
        };
        let cell = (row.checked_sub(area.y + 1), column.checked_sub(area.x + 2));
        let found = self
            .note_page(&note)
            .zip(cell.0.zip(cell.1))
            .and_then(|(page, (row, column))| page.link_at(note.top + usize::from(row), usize::from(column)));
        if let Some(Overlay::Note(note)) = &mut self.overlay {
            note.link = found;
        }
        self.open_at_hand()
    }

    /// The link at hand: of the note that is shown, else of the post.
    #[must_use]
    pub fn link_at_hand(&self) -> Option<LinkId> {
        match &self.overlay {
            Some(Overlay::Note(note)) => note.link.or(Some(note.mark)),
            _ => self.reader.as_ref().and_then(Reader::link),
        }
    }
}
