//! The pictures of the open post: whether they are drawn, which are in sight, which are at hand or have to be asked for.

use std::ops::Range;
use std::sync::Arc;

use url::Url;

use super::effect::PictureKey;
use super::{App, Effect, Notice};
use crate::document::{ImageFile, LinkKind};
use crate::layout::PicturePlace;
use crate::messages;
use crate::picture::fit::Frame;
use crate::picture::plate::Plate;
use crate::picture::remote::{Failure, Permission};
use crate::picture::{Drawing, Fault};
use crate::text::{Clean, LinkId};

/// What plates together may take in memory, in bytes; those near the rows in sight are kept all the same.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// How many are known at most.
const MOST_KNOWN: usize = 1000;

/// What can happen to pictures.
#[derive(Debug, Clone)]
pub enum PictureAction {
    /// Shows or hides them.
    Toggle,
    /// The one at hand or in sight, in the system's viewer.
    View,
    /// How the terminal shows them is known.
    CanDraw(Drawing),
    /// Those on other hosts, fetched.
    Fetch,
    /// One was fetched, or why not.
    Fetched { url: Url, failure: Option<Failure> },
    /// One is ready, or cannot be drawn.
    Drawn { key: PictureKey, plate: Result<Arc<Plate>, Fault> },
}

/// How far a picture is.
#[derive(Debug, Clone)]
pub enum State {
    Asked,
    Ready(Arc<Plate>),
    Failed(Fault),
}

#[derive(Debug)]
struct Known {
    key: PictureKey,
    state: State,
    /// When it was last near the rows in sight, in turns.
    seen: u64,
}

/// See the module's head.
#[derive(Debug, Default)]
pub struct Pictures {
    /// How the terminal shows them; none where it cannot.
    drawing: Option<Drawing>,
    is_hidden: bool,
    pub fetching: Fetching,
    known: Vec<Known>,
    turn: u64,
}

/// What is being fetched from other hosts.
#[derive(Debug, Default)]
pub struct Fetching {
    pub permission: Permission,
    pub(super) waiting: Vec<Url>,
    /// How many came since nothing was waited for, and what did not.
    pub(super) came: usize,
    pub(super) failed: Vec<(Url, Failure)>,
}

/// A picture in sight.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The cell of the screen where its first row in sight starts.
    pub x: u16,
    pub y: u16,
    pub columns: u16,
    /// Which of its rows are in sight.
    pub rows: Range<u16>,
    pub state: State,
}

impl Pictures {
    /// Takes what was asked for.
    pub fn take(&mut self, key: &PictureKey, plate: Result<Arc<Plate>, Fault>) {
        if let Some(known) = self.known.iter_mut().find(|known| known.key == *key) {
            known.state = plate.map_or_else(State::Failed, State::Ready);
        }
        self.forget_the_oldest();
    }

    /// Whether the terminal draws any.
    pub(super) fn can_draw(&self) -> bool {
        self.drawing.is_some()
    }

    fn forget_the_oldest(&mut self) {
        let bytes = |known: &Known| if let State::Ready(plate) = &known.state { plate.bytes() } else { 0 };
        let mut total: usize = self.known.iter().map(bytes).sum();
        while total > MOST_BYTES || self.known.len() > MOST_KNOWN {
            let done = self.known.iter().enumerate().filter(|(_, known)| !matches!(known.state, State::Asked));
            let old = done.filter(|(_, known)| known.seen < self.turn).min_by_key(|(_, known)| known.seen);
            let Some((at, _)) = old else { return };
            total -= bytes(&self.known.swap_remove(at));
        }
    }

    fn state(&self, key: &PictureKey) -> Option<&State> {
        self.known.iter().find(|known| known.key == *key).map(|known| &known.state)
    }
}

impl App {
    /// What pictures have to fit into: at most two thirds of the pane's height.
    #[must_use]
    pub fn frame(&self) -> Option<Frame> {
        let drawing = self.pictures.drawing.filter(|_| !self.pictures.is_hidden)?;
        let tallest = (u32::from(self.panes.text().height) * 2 / 3).max(1) as u16;
        Some(Frame { cell: drawing.cell, tallest })
    }

    pub(super) fn take_picture(&mut self, action: PictureAction) -> Vec<Effect> {
        match action {
            PictureAction::Toggle => self.toggle_images(),
            PictureAction::View => self.view_image(),
            PictureAction::Fetch => self.fetch_images(),
            PictureAction::Fetched { url, failure } => self.take_fetched(&url, failure),
            PictureAction::CanDraw(drawing) => {
                self.pictures.drawing = Some(drawing);
                self.relayout()
            }
            PictureAction::Drawn { key, plate } => {
                self.pictures.take(&key, plate);
                Vec::new()
            }
        }
    }

    fn toggle_images(&mut self) -> Vec<Effect> {
        if self.pictures.drawing.is_none() {
            self.warn(&messages::no_pictures_here(&self.key_for(self.pane(), "view-image")));
            return Vec::new();
        }
        self.pictures.is_hidden = !self.pictures.is_hidden;
        let hidden = || messages::pictures_hidden(&self.key_for(self.pane(), "images"));
        let words = if self.pictures.is_hidden { hidden() } else { messages::PICTURES_SHOWN.to_owned() };
        self.notice = Some(Notice { words: Clean::line(&words), is_warning: false });
        self.relayout()
    }

    /// Asks for the pictures in sight, and for those a page before and after, that are not known yet.
    pub(super) fn want_pictures(&mut self) -> Vec<Effect> {
        let (Some(drawing), Some(reader)) = (self.pictures.drawing, &self.reader) else { return Vec::new() };
        let Some(page) = reader.page.clone().filter(|page| !page.pictures.is_empty()) else { return Vec::new() };
        let height = usize::from(self.panes.text().height);
        let near = reader.top().saturating_sub(height)..reader.top() + 2 * height;
        self.pictures.turn += 1;
        let turn = self.pictures.turn;
        let mut effects = Vec::new();
        for key in page.pictures_on(near).filter_map(|place| key(&page.images.get(place.image)?.file, place)) {
            if let Some(known) = self.pictures.known.iter_mut().find(|known| known.key == key) {
                known.seen = turn;
            } else {
                self.pictures.known.push(Known { key: key.clone(), state: State::Asked, seen: turn });
                effects.push(Effect::Draw { key, drawing });
            }
        }
        effects
    }

    /// The pictures in sight, as far as they are known, from the top down.
    #[must_use]
    pub fn pictures_in_sight(&self) -> Vec<Sight> {
        let area = self.panes.text();
        let Some(reader) = self.reader.as_ref().filter(|_| self.panes.shows_reader()) else { return Vec::new() };
        let Some(page) = &reader.page else { return Vec::new() };
        let seen = reader.top()..reader.top() + usize::from(area.height);
        let sight = |place: &PicturePlace| {
            let key = key(&page.images.get(place.image)?.file, place)?;
            // Between a change of width and the page for it, a picture may not fit.
            let column = u16::try_from(place.column).ok()?;
            if column + place.columns > area.width {
                return None;
            }
            let (first, last) = (place.rows.start.max(seen.start), place.rows.end.min(seen.end));
            Some(Sight {
                x: area.x + column,
                y: area.y + (first - seen.start) as u16,
                columns: place.columns,
                rows: (first - place.rows.start) as u16..(last - place.rows.start) as u16,
                state: self.pictures.state(&key)?.clone(),
            })
        };
        page.pictures_on(seen.clone()).filter_map(sight).collect()
    }

    /// Whether a link stands for a picture.
    pub(super) fn is_image(&self, link: LinkId) -> bool {
        let page = self.reader.as_ref().and_then(|reader| reader.page.as_ref());
        page.and_then(|page| page.targets.get(link.index())).is_some_and(|link| link.kind == LinkKind::Image)
    }

    /// Shows the picture at hand in the system's viewer, or else the first in sight. One on another host goes to the browser.
    pub(super) fn view_image(&mut self) -> Vec<Effect> {
        let Some(source) = self.source_at_hand() else {
            self.warn(&messages::NO_PICTURE);
            return Vec::new();
        };
        if self.library.is_picture_elsewhere(&source) {
            let address = if source.starts_with("//") { format!("https:{source}") } else { source };
            return self.open_address(&address);
        }
        let words = Clean::cut(&messages::viewing(&source), 2000);
        self.notice = Some(Notice { words, is_warning: false });
        self.reader.as_ref().map(|reader| Effect::View { post: reader.post, source }).into_iter().collect()
    }

    fn source_at_hand(&self) -> Option<String> {
        let reader = self.reader.as_ref()?;
        let page = reader.page.as_ref()?;
        let of_link = |link: LinkId| page.images.iter().find(|image| image.link == link);
        let height = usize::from(self.panes.text().height);
        let drawn = page.pictures_on(reader.top()..reader.top() + height).next();
        let found = reader
            .link()
            .and_then(of_link)
            .or_else(|| page.images.get(drawn?.image))
            .or_else(|| reader.links_in_sight(height).iter().find_map(|place| of_link(place.link)));
        found.map(|image| image.source.clone())
    }
}

fn key(file: &ImageFile, place: &PicturePlace) -> Option<PictureKey> {
    let ImageFile::Found { path, version, .. } = file else { return None };
    let rows = u16::try_from(place.rows.len()).ok()?;
    Some(PictureKey { path: Arc::clone(path), version: *version, columns: place.columns, rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::plate::Form;

    fn key_of(name: &str) -> PictureKey {
        PictureKey { path: std::path::Path::new(name).into(), version: 0, columns: 1, rows: 1 }
    }

    fn plate(bytes: usize) -> Arc<Plate> {
        Arc::new(Plate { columns: 1, rows: 1, form: Form::Strips(vec!["x".repeat(bytes)]) })
    }

    #[test]
    fn the_memory_of_plates_is_bounded() {
        let mut pictures = Pictures::default();
        for (turn, name) in (1..).zip(["a", "b", "c"]) {
            pictures.turn = turn;
            pictures.known.push(Known { key: key_of(name), state: State::Asked, seen: turn });
            pictures.take(&key_of(name), Ok(plate(MOST_BYTES / 2)));
        }
        let names: Vec<String> = pictures.known.iter().map(|known| known.key.path.display().to_string()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(!names.contains(&"a".to_owned()), "the oldest goes first");
        // What is in sight stays, whatever it takes.
        pictures.known.push(Known { key: key_of("d"), state: State::Asked, seen: 3 });
        pictures.take(&key_of("d"), Ok(plate(2 * MOST_BYTES)));
        assert!(pictures.state(&key_of("d")).is_some() && pictures.state(&key_of("c")).is_some());
        assert!(pictures.state(&key_of("b")).is_none());
    }
}
