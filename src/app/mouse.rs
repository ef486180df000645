//! The mouse: who has it, what lies under it, and what its buttons and wheel do.

use super::action::Motion;
use super::bar::OnBar;
use super::effect::Holder;
use super::keys::Mode;
use super::overlay::Overlay;
use super::panes::Focus;
use super::{App, Effect};
use crate::messages;
use crate::text::LinkId;

/// What a button of the mouse was pressed on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pressed {
    Post,
    /// A row of the page, and the link there.
    Text {
        row: usize,
        link: Option<LinkId>,
    },
    /// A line of the open list.
    Line(usize),
    Bar(OnBar),
    /// Something that may stand at the cursor of the filter.
    Offer(usize),
    /// A line of the list of hints.
    Hint(LinkId),
    /// The line at the bottom.
    Status,
    /// The line between the panes.
    Split,
}

impl App {
    /// Gives the mouse to the terminal, or takes it back.
    pub(super) fn toggle_mouse(&mut self) -> Vec<Effect> {
        let key = self.key_for(self.mode(), "mouse");
        let (holder, words) = match self.mouse {
            Holder::Reader => (Holder::Terminal, messages::mouse_given(&key)),
            Holder::Terminal => (Holder::Reader, messages::MOUSE_TAKEN.to_owned()),
        };
        self.mouse = holder;
        self.say(&words);
        vec![Effect::GiveMouse(holder)]
    }

    /// The button goes down: the link under it is at hand, its target shown; a post or a line of a list under it is selected.
    pub(super) fn press(&mut self, column: u16, row: u16) -> Vec<Effect> {
        self.pressed = None;
        if self.is_on_typed_line(column, row) {
            return Vec::new();
        }
        self.index.is_typing = false;
        let mut effects = if self.is_seeking() { self.keep_search() } else { Vec::new() };
        effects.extend(self.press_on(column, row));
        effects
    }

    /// Whether a cell belongs to the line that is being typed, or to what may stand at its cursor: then one types on.
    fn is_on_typed_line(&mut self, column: u16, row: u16) -> bool {
        let is_typing = self.index.is_typing || self.is_seeking();
        let is_line = is_typing && self.overlay.is_none() && row + 1 == self.panes.rows;
        let offer = self.offer_at(column, row);
        self.pressed = offer.map(Pressed::Offer);
        is_line || offer.is_some()
    }

    /// The completion at a cell.
    fn offer_at(&self, column: u16, row: u16) -> Option<usize> {
        let is_row = self.index.is_typing && self.overlay.is_none() && row + 2 == self.panes.rows;
        let offers = if is_row { self.offers() } else { Vec::new() };
        offers.into_iter().find(|offer| (offer.x..offer.x + offer.width).contains(&column)).map(|offer| offer.at)
    }

    /// The link whose target stands in a row at the bottom, while letters lie over the links.
    fn hint_at(&self, row: u16) -> Option<LinkId> {
        let Some(Overlay::Hints(hints)) = &self.overlay else { return None };
        let listed: Vec<LinkId> = hints.open().map(|(place, _)| place.link).take(self.panes.hint_lines()).collect();
        let first = self.panes.rows.saturating_sub(listed.len() as u16);
        listed.get(usize::from(row.checked_sub(first)?)).copied()
    }

    fn press_on(&mut self, column: u16, row: u16) -> Vec<Effect> {
        match &mut self.overlay {
            Some(Overlay::Note(_)) => return self.press_note(column, row),
            Some(Overlay::List(picker)) if picker.area(&self.panes).holds(column, row) => {
                if let Some(line) = picker.line_at(row, &self.panes) {
                    picker.select(line);
                    self.pressed = Some(Pressed::Line(line));
                }
                return Vec::new();
            }
            // Letters over the links do not keep a click from them.
            Some(Overlay::Hints(_)) => {
                let hint = self.hint_at(row);
                self.overlay = None;
                if let Some(link) = hint {
                    self.pressed = Some(Pressed::Hint(link));
                    return Vec::new();
                }
            }
            Some(_) => {
                self.overlay = None;
                return Vec::new();
            }
            None => {}
        }
        match self.panes.focus_at(column, row) {
            _ if self.panes.is_split(column, row) => self.pressed = Some(Pressed::Split),
            Some(Focus::Index) => return self.press_index(row),
            Some(Focus::Reader) => return self.press_text(column, row),
            None if row == 0 && !self.panes.is_zen && column < self.panes.index().width => {
                self.pressed = self.on_bar(column).map(Pressed::Bar);
            }
            None if row + 1 == self.panes.rows => self.pressed = Some(Pressed::Status),
            None => {}
        }
        Vec::new()
    }

    fn press_index(&mut self, row: u16) -> Vec<Effect> {
        self.leave_reader();
        let row = usize::from(row - self.panes.index().y);
        let rows = self.index_rows();
        if self.index.select_row(row, &rows) {
            self.pressed = Some(Pressed::Post);
        }
        self.preview()
    }

    fn press_text(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let effects = self.focus_reader();
        let link = self.link_at(column, row);
        let line = usize::from(row - self.panes.text().y);
        if let Some(reader) = &mut self.reader {
            let row = reader.top() + line;
            self.pressed = Some(Pressed::Text { row, link });
            reader.selection = None;
            reader.take_at(row, link);
        }
        effects
    }

    /// The button goes up: what it was pressed on is opened or chosen if it is still there; a click on the index opens the post in
    /// narrow terminals.
    pub(super) fn release(&mut self, column: u16, row: u16) -> Vec<Effect> {
        match self.pressed.take() {
            Some(Pressed::Post) if self.panes.is_narrow() => self.focus_reader(),
            Some(Pressed::Text { link: Some(link), .. }) if self.mode() != Mode::Select => {
                if self.link_at(column, row) == Some(link) { self.follow(link) } else { Vec::new() }
            }
            Some(Pressed::Line(line)) => match &self.overlay {
                Some(Overlay::List(picker)) if picker.line_at(row, &self.panes) == Some(line) => self.confirm(),
                _ => Vec::new(),
            },
            Some(Pressed::Bar(on)) if row == 0 && self.on_bar(column) == Some(on) => match on {
                OnBar::Chip(part) => self.refilter(|index, library, today| index.filter.remove(part, library, today)),
                OnBar::Count => self.refilter(|index, _, _| index.next_order()),
            },
            Some(Pressed::Hint(link)) => self.follow(link),
            Some(Pressed::Offer(at)) if self.offer_at(column, row) == Some(at) => {
                self.refilter(|index, library, today| {
                    index.filter.take_completion(at, library);
                    index.filter.read(library, today);
                })
            }
            Some(Pressed::Status) if row + 1 == self.panes.rows => self.release_status(),
            _ => Vec::new(),
        }
    }

    /// A click on the line at the bottom opens what it names: the target of the link in hand, or help.
    fn release_status(&mut self) -> Vec<Effect> {
        if let Some(link) = self.link_at_hand().filter(|_| self.panes.shows_reader()) {
            return self.follow(link);
        }
        self.overlay = Some(Overlay::Help { top: 0 });
        Vec::new()
    }

    /// The mouse moves with its button down: rows are selected from where it went down, beyond the edge the text follows; or the split is
    /// moved.
    pub(super) fn drag(&mut self, column: u16, row: u16) -> Vec<Effect> {
        match self.pressed {
            Some(Pressed::Text { row: from, .. }) => self.drag_text(from, row),
            Some(Pressed::Split) => {
                self.panes.split_at(column);
                return self.relayout();
            }
            _ => {}
        }
        Vec::new()
    }

    fn drag_text(&mut self, from: usize, row: u16) {
        let first = self.panes.text().y;
        self.with_reader(|reader, height| {
            let to = match row.checked_sub(first) {
                Some(line) => reader.top() + usize::from(line).min(height),
                None => reader.top().saturating_sub(1),
            };
            if to != from || reader.selection.is_some() {
                reader.select_rows(from, to, height);
            }
        });
    }

    /// The link at a cell of the text, or that of the picture there.
    fn link_at(&self, column: u16, row: u16) -> Option<LinkId> {
        let area = self.panes.text();
        let reader = self.reader.as_ref()?;
        let (column, row) = (column.checked_sub(area.x)?, row.checked_sub(area.y)?);
        reader.link_at(usize::from(row), usize::from(column))
    }

    pub(super) fn wheel(&mut self, lines: isize, column: u16, row: u16) -> Vec<Effect> {
        match self.overlay {
            Some(Overlay::List(_) | Overlay::Note(_)) => return self.move_by(Motion::Lines(lines.signum())),
            Some(_) => return self.move_by(Motion::Lines(lines)),
            None => {}
        }
        let height = usize::from(self.panes.text().height);
        match (self.panes.focus_at(column, row), &mut self.reader) {
            (Some(Focus::Reader), Some(reader)) => {
                reader.scroll(Motion::Lines(lines), height);
                Vec::new()
            }
            (Some(Focus::Index), _) => self.step_index(Motion::Lines(lines.signum())),
            _ => Vec::new(),
        }
    }
}
