//! How the reader starts: what is remembered, and which posts are read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::calibration::Question;
use super::rehearsal::rehearse;
use super::store::{self, Store};
use super::{Event, Looks, warning};
use crate::app::App;
use crate::app::action::{Action, News};
use crate::config::{AlignChoice, Config, ImagesChoice, Settings};
use crate::library::cache::Cache;
use crate::library::calendar::Today;
use crate::library::key;
use crate::library::lists::Order;
use crate::library::source::Encoding;
use crate::library::{Library, Problem};
use crate::messages;
use crate::shelf::Shelf;
use crate::text::width::Measure;

/// When the posts have not all been read after so long, some file may never answer.
const LATE: Duration = Duration::from_secs(2);

/// How the reader is to start.
#[derive(Debug, Default)]
pub struct Start {
    /// The encoding that the user says the posts are in.
    pub encoding: Option<Encoding>,
    /// Whether it starts where the last session ended.
    pub is_resuming: bool,
    /// Whether that may be in any folder.
    pub is_anywhere: bool,
    /// The folder of what is remembered; none where nothing is.
    pub state: Option<PathBuf>,
    /// What is kept of posts that were read before; none where nothing is.
    pub cache: Option<Cache>,
}

/// Starts to remember. Without a folder the app learns at once that nothing is known.
pub(super) fn open_store(folder: Option<PathBuf>, sender: &Sender<Event>) -> Option<Store> {
    if folder.is_none() {
        let _ = sender.send(Event::Action(Action::News(News::Remembered(Box::default()))));
    }
    folder.map(|folder| Store::open(folder, sender.clone()))
}

/// Reads the posts on a thread of its own.
pub(super) fn scan(shelf: Shelf, start: Start, sender: Sender<Event>) {
    thread::spawn(move || {
        let open = AssertUnwindSafe(|| {
            rehearse("scanning");
            let last = start.state.filter(|_| start.is_anywhere).and_then(|folder| {
                let folder = key::path(store::remembered(folder).last_folder()?);
                folder.is_dir().then_some(Shelf::Path(folder))
            });
            let shelf = last.unwrap_or(shelf).found();
            let ahead = (!start.is_resuming).then(|| show_ahead(&shelf, start.encoding, &sender));
            let opened = shelf.open_cached(start.encoding, start.cache.as_ref());
            drop(ahead);
            (opened, shelf == Shelf::Samples)
        });
        let (action, are_samples, scanned) = match catch_unwind(open) {
            Ok((Ok(library), are_samples)) => {
                let library = Arc::new(library);
                let _ = (library.in_order(Order::default()), &library);
                let _ = sender.send(Event::Action(Action::Day(Today::now(&library.site.zone))));
                (Action::News(News::Scanned(Arc::clone(&library))), are_samples, Some(library))
            }
            Ok((Err(error), _)) => (warning(&messages::cannot_open(&error.path, &error.cause)), false, None),
            Err(_) => (warning(&messages::SCAN_FAILED), false, None),
        };
        let _ = sender.send(Event::Action(action));
        if are_samples {
            let _ = sender.send(Event::Action(warning(&messages::SAMPLES)));
        }
        if let Some(library) = scanned {
            let _ = catch_unwind(AssertUnwindSafe(|| library.prepare()));
        }
    });
}

/// Shows some of the posts ahead of the rest: of very many the first, at once; of few those that can be read, when all are waited for too
/// long. All are there when what this gives is dropped.
fn show_ahead(shelf: &Shelf, encoding: Option<Encoding>, sender: &Sender<Event>) -> Option<Sender<()>> {
    let Shelf::Path(path) = shelf else { return None };
    let show = |some: Library, sender: &Sender<Event>| {
        let _ = sender.send(Event::Action(Action::Day(Today::now(&some.site.zone))));
        let _ = sender.send(Event::Action(Action::News(News::Glimpsed(Arc::new(some)))));
    };
    if let Some(first) = Library::glimpse(path, encoding) {
        show(first, sender);
        return None;
    }
    let (all, are_all_there) = mpsc::channel();
    let (path, sender) = (path.clone(), sender.clone());
    thread::spawn(move || {
        if are_all_there.recv_timeout(LATE) == Err(RecvTimeoutError::Timeout) {
            let answering = catch_unwind(|| Library::of_answering(&path, encoding));
            answering.ok().flatten().into_iter().for_each(|some| show(some, &sender));
        }
    });
    Some(all)
}

/// What the terminal is to be asked.
pub(super) fn questions(settings: &Settings, looks: Looks) -> Vec<Question> {
    let is_drawing = settings.images() != ImagesChoice::Off;
    let wanted = [
        (settings.calibrate, Question::Widths),
        (looks.is_guess, Question::Ground),
        (settings.calibrate && is_drawing, Question::Pictures),
    ];
    wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, question)| question).collect()
}

/// An app as the settings and the start want it.
pub(super) fn as_set(mut app: App, config: &Config, shelf: &Shelf, start: &Start) -> App {
    let settings = &config.settings;
    app.wrap = settings.wrap();
    app.pictures.fetching.permission = settings.fetching();
    app.mouse = settings.mouse();
    app.panes.is_linear = settings.linear;
    app.panes.is_centred = settings.align == AlignChoice::Centre;
    app.measure = Measure::default().with_ambiguous(settings.ambiguous());
    app.keymap = config.keymap.clone();
    app.queries.clone_from(&config.queries);
    app.complain(config.problems.iter().map(Problem::from).collect());
    app.index.hides_unpublished = !settings.unpublished;
    if shelf.is_one_post() {
        app.want(shelf.path());
    } else if start.is_resuming {
        app.resume();
    }
    app
}
