//! Where the reader is: which post, which row, which mode. `update` changes it and says what the world must do; it does no IO.

pub mod action;
mod bar;
mod commands;
mod contents;
mod copying;
mod details;
pub mod effect;
mod fetching;
pub mod filter;
mod finding;
mod follow;
mod fuzzy;
pub mod history;
pub mod index;
pub mod input;
pub mod keymap;
pub mod keys;
mod lists;
pub mod marks;
pub mod memory;
mod mouse;
mod notes;
pub mod opening;
pub mod overlay;
mod pages;
pub mod panes;
pub mod picker;
pub mod pictures;
mod queries;
pub mod reader;
mod related;
pub mod renewal;
pub mod seek;
mod showing;
mod titles;
mod typing;
mod within;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::layout::Wrap;
use crate::library::calendar::Today;
use crate::library::source::Encoding;
use crate::library::{Library, Origin, Problem};
use crate::messages;
use crate::reading::backlinks::Backlinks;
use crate::text::Clean;
use crate::text::width::Measure;
use action::{Action, Motion};
pub use effect::{Effect, Holder};
use finding::Texts;
use history::{History, Stop};
use index::{Index, Rows};
use keymap::Keymap;
use keys::Mode;
use marks::Marks;
use memory::Memory;
use mouse::Pressed;
use overlay::Overlay;
use panes::{Focus, Panes};
use picker::List;
use pictures::Pictures;
use reader::Reader;
use renewal::Pending;
use seek::Search;
use titles::Titles;

/// Which load or layout of a post an answer belongs to; older answers are dropped.
pub type Generation = u64;

/// A line for the user at the bottom of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub words: Clean,
    pub is_warning: bool,
}

/// What is known of which posts link to which.
#[derive(Debug, Default)]
enum Knowledge {
    #[default]
    None,
    Asked,
    Known(Arc<Backlinks>),
}

/// The whole state of the reader.
#[derive(Debug, Default)]
pub struct App {
    pub library: Arc<Library>,
    /// Whether the posts are still being read.
    pub is_scanning: bool,
    pub index: Index,
    /// The titles of the index that are in sight.
    pub titles: Titles,
    pub reader: Option<Reader>,
    pub panes: Panes,
    pub overlay: Option<Overlay>,
    pub notice: Option<Notice>,
    /// Which keys do what.
    pub keymap: Keymap,
    /// What is wrong that is no fault of the posts: with the settings file, with watching a folder.
    troubles: Vec<Problem>,
    /// How wide the terminal shows what.
    pub measure: Measure,
    /// The day that dates such as `7d` are counted from.
    pub today: Today,
    /// The queries that the settings give names to.
    pub queries: BTreeMap<String, String>,
    /// The search through texts.
    texts: Texts,
    pub pictures: Pictures,
    /// What becomes of wide code and tables.
    pub wrap: Wrap,
    /// Which posts link to which.
    backlinks: Knowledge,
    pub memory: Memory,
    pending: Pending,
    history: History,
    /// Where one was reading when the keys went to the index, which shows other posts.
    left: Option<Stop>,
    generation: Generation,
    /// The newest search.
    seeking: Generation,
    /// What is sought in the open post.
    pub search: Option<Search>,
    /// The places that are marked by letters.
    pub marks: Marks,
    /// The count that is being typed before a key.
    pub count: Option<usize>,
    /// The widest column of text by the settings, in columns.
    widest: u16,
    /// What is under the pressed button of the mouse.
    pressed: Option<Pressed>,
    /// Whose the mouse is.
    pub mouse: Holder,
    /// The file that was asked for by name.
    wanted: Option<PathBuf>,
    /// The encodings that were chosen for posts.
    encodings: Vec<(Origin, Encoding)>,
}

impl App {
    /// An app that waits for its posts. `widest` bounds the column of text, `share` is the index's part of a wide terminal in percent.
    #[must_use]
    pub fn new(columns: u16, rows: u16, widest: u16, share: u16) -> App {
        let panes = Panes { columns, rows, share, widest, ..Panes::default() };
        App { is_scanning: true, panes, widest, ..App::default() }
    }

    /// Tells what is wrong with the settings: the first of it at once, all of it among the problems.
    pub fn complain(&mut self, problems: Vec<Problem>) {
        if let Some(first) = problems.first() {
            let key = self.key_for(self.mode(), "problems");
            self.warn(&messages::wrong_settings(&format!("{}: {}", first.place, first.what), problems.len(), &key));
        }
        self.troubles = problems;
    }

    /// What is wrong: with the settings, with the site, with posts.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.troubles.iter().chain(&self.library.problems)
    }

    /// The key that does what has this name in a mode.
    #[must_use]
    pub fn key_for(&self, mode: Mode, name: &str) -> String {
        self.keymap.key_for(mode, name)
    }

    /// Shows the reader first; this file, if one is named, as soon as the posts are known.
    pub fn want(&mut self, file: Option<PathBuf>) {
        self.wanted = file;
        self.panes.focus = Focus::Reader;
    }

    /// What keys mean now. It follows from the state and is never stored.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match &self.overlay {
            Some(Overlay::List(_)) => Mode::List,
            Some(Overlay::Hints(_)) => Mode::Hints,
            Some(Overlay::Letter(_)) => Mode::Letter,
            Some(Overlay::Note(_)) => Mode::Note,
            Some(Overlay::Question(_)) => Mode::Question,
            Some(Overlay::Details { .. } | Overlay::Help { .. } | Overlay::Problems { .. }) => Mode::Pages,
            None if self.index.is_typing => Mode::Filter,
            None if self.is_seeking() => Mode::Search,
            None => self.pane(),
        }
    }

    /// What keys mean in the pane that lies below whatever is open.
    #[must_use]
    pub fn pane(&self) -> Mode {
        match (self.panes.focus, &self.reader) {
            (Focus::Reader, Some(reader)) if reader.selection.is_some() => Mode::Select,
            (Focus::Reader, _) => Mode::Reader,
            (Focus::Index, _) => Mode::Index,
        }
    }

    /// Takes one action and gives what the world must do for it.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        self.notice.take_if(|_| action.is_of_the_user());
        let Some(action) = self.counted(action) else { return Vec::new() };
        let mut effects = self.take_action(action);
        effects.extend(self.want_pictures());
        effects.extend(self.remember());
        self.break_titles();
        effects
    }

    fn take_action(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Quit => return vec![Effect::Quit],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Resize(columns, rows) => return self.resize(columns, rows),
            Action::News(news) => return self.take_news(news),
            Action::Do(deed) => return self.do_with_post(deed),
            Action::Visited => self.open_list(List::Visited),
            Action::Measured(measure) => return self.take_measure(measure),
            Action::Day(today) => self.today = today,
            Action::Reread { id, library, before } => return self.take_reread(id, library, &before),
            Action::Laid { page, generation } => return self.take_page(page, generation),
            Action::Sought { hits, generation } => self.take_hits(hits, generation),
            Action::Notify { words, is_warning } => self.notice = Some(Notice { words, is_warning }),
            Action::CouldNotOpen(url) => return self.show_and_copy(url.as_str()),
            Action::Move(motion) => return self.move_by(motion),
            Action::Type(letter) => return self.type_letter(letter),
            Action::Edit(edit) => return self.edit(|input| input.edit(edit)),
            Action::Paste(words) => return self.paste(&words),
            Action::Confirm => return self.confirm(),
            Action::Close => return self.close(),
            Action::FocusIndex => return self.focus_index(),
            Action::FocusReader => return self.focus_reader(),
            Action::Split(change) => return self.split(change),
            Action::Picture(action) => return self.take_picture(action),
            Action::Details => self.show_details(),
            Action::Encodings => self.list_encodings(),
            Action::OpenPage => return self.open_page(),
            Action::Translation => return self.next_translation(),
            Action::Backlinks => return self.list_backlinks(),
            Action::Linked { library, backlinks } => return self.take_backlinks(&library, backlinks),
            Action::Unpublished => return self.toggle_unpublished(),
            Action::Actions => self.list_actions(),
            Action::SearchHelp => self.search_help(),
            Action::Help => self.overlay = Some(Overlay::Help { top: 0 }),
            Action::Problems => self.overlay = Some(Overlay::Problems { top: 0 }),
            Action::Find(finding) => return self.find_posts(finding),
            Action::Found { found, generation, is_over } => return self.take_found(generation, found, is_over),
            Action::NextPost(step) => return self.next_post(step),
            Action::NextLink(steps) => self.walk_links(steps),
            Action::Open => return self.open_at_hand(),
            Action::NextBlock(steps) => self.walk_blocks(steps),
            Action::Copy => return self.copy(),
            Action::CopyAddress => return self.copy_address(),
            Action::Select => self.with_reader(Reader::select),
            Action::Folds(state) => self.turn_folds(state),
            Action::Wrap => return self.toggle_wrap(),
            Action::Pan(steps) => self.pan(steps),
            Action::Hints => self.start_hints(),
            Action::Travel(steps) => return self.travel(steps),
            Action::Digit(digit) => self.count_on(digit),
            Action::Within(action) => return self.within(action),
            Action::Press(column, row) => return self.press(column, row),
            Action::Drag(column, row) => return self.drag(column, row),
            Action::Mouse => return self.toggle_mouse(),
            Action::Release(column, row) => return self.release(column, row),
            Action::Wheel { lines, column, row } => return self.wheel(lines, column, row),
        }
        Vec::new()
    }

    fn resize(&mut self, columns: u16, rows: u16) -> Vec<Effect> {
        self.panes.columns = columns;
        self.panes.rows = rows;
        // Letters stand where the links were.
        if matches!(self.overlay, Some(Overlay::Hints(_))) {
            self.overlay = None;
        }
        let height = usize::from(self.panes.text().height);
        if let Some(reader) = &mut self.reader {
            reader.keep_place(height);
        }
        self.relayout()
    }

    fn split(&mut self, change: i16) -> Vec<Effect> {
        self.panes.resize_split(change);
        self.relayout()
    }

    fn move_by(&mut self, motion: Motion) -> Vec<Effect> {
        match self.mode() {
            Mode::Index | Mode::Filter => self.step_index(motion),
            Mode::Reader => {
                self.scroll(motion);
                Vec::new()
            }
            Mode::Note => {
                if let Motion::Lines(lines) = motion {
                    self.scroll_note(lines);
                }
                Vec::new()
            }
            Mode::Select => {
                self.with_reader(|reader, height| reader.extend(motion, height));
                Vec::new()
            }
            _ => {
                let lines = self.page_sheet().rows.len();
                if let Some(overlay) = &mut self.overlay {
                    overlay.step(motion, lines, usize::from(self.panes.rows));
                }
                Vec::new()
            }
        }
    }

    /// Changes what the index shows, and keeps the selection where it can.
    fn refilter(&mut self, change: impl FnOnce(&mut Index, &Library, Today)) -> Vec<Effect> {
        change(&mut self.index, &self.library, self.today);
        self.index.refresh(&self.library, &self.memory.facts);
        let mut effects = self.seek_for_filter();
        effects.extend(self.preview());
        effects
    }

    fn next_post(&mut self, step: isize) -> Vec<Effect> {
        self.history.leave(self.stop());
        self.step_index(Motion::Lines(step))
    }

    fn step_index(&mut self, motion: Motion) -> Vec<Effect> {
        let rows = self.index_rows();
        self.index.step(motion, &rows);
        self.preview()
    }

    /// What each post takes of the index.
    #[must_use]
    pub fn index_rows(&self) -> Rows {
        Rows { library: Arc::clone(&self.library), panes: self.panes, measure: self.measure }
    }

    /// Does something with the open post, whose text has so many rows in sight.
    fn with_reader(&mut self, act: impl FnOnce(&mut Reader, usize)) {
        let height = usize::from(self.panes.text().height);
        if let Some(reader) = &mut self.reader {
            act(reader, height);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
