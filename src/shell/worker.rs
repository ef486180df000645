//! The thread that reads, parses and lays out posts, so that no key ever waits for it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::rehearsal::rehearse;
use super::{Event, warning};
use crate::app::action::{Action, News};
use crate::app::panes::Focus;
use crate::app::{App, Generation};
use crate::document::Document;
use crate::document::highlight::{self, Highlighter};
use crate::layout::{Extent, Page, Sheet, lay_out};
use crate::library::renewal::{Changes, Renewal};
use crate::library::source::Encoding;
use crate::library::{Library, PostId};
use crate::messages;
use crate::picture::album::Album;
use crate::reading::backlinks::Backlinks;
use crate::reading::{Manuscript, pictures};

/// What the thread is asked to do with a post of a library.
enum Job {
    Load(Load),
    /// Read it in another encoding.
    Reread {
        library: Arc<Library>,
        post: PostId,
        encoding: Encoding,
    },
    Colour(Colour),
}

struct Load {
    library: Arc<Library>,
    post: PostId,
    sheet: Sheet,
    generation: Generation,
    /// The pictures that were fetched from other hosts.
    album: Option<Album>,
}

/// Code of a page that is to have its colours.
struct Colour {
    page: Arc<Page>,
    /// The numbers of the blocks.
    blocks: BTreeSet<usize>,
}

/// What is done next. A post that is wanted makes the colours of the page before it needless.
enum Task {
    Load(Load),
    Colour(Colour),
}

/// A thread that has been with one job for so long may never come back, as when it reads a file of a server that does not answer. The
/// next job is for another one then.
const LOST: Duration = Duration::from_secs(2);

/// Who gives the jobs.
pub(super) struct Worker {
    desk: Desk,
    events: Sender<Event>,
    album: Option<Album>,
}

/// The desk of a thread.
struct Desk {
    jobs: Sender<Job>,
    /// Since when the thread has been with a job.
    busy: Busy,
}

#[derive(Clone, Default)]
struct Busy(Arc<Mutex<Option<Instant>>>);

impl Busy {
    fn set(&self, since: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }

    fn is_longer_than(&self, patience: Duration) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|since| since.elapsed() > patience)
    }
}

impl Desk {
    fn open(events: Sender<Event>) -> Desk {
        let (jobs, inbox) = mpsc::channel();
        let busy = Busy::default();
        let desk = Desk { jobs, busy: busy.clone() };
        thread::spawn(move || work(&inbox, &events, &busy));
        desk
    }
}

/// The post that was read last: a change of width needs no second reading.
struct Kept {
    library: Arc<Library>,
    post: PostId,
    document: Document,
    /// Whether its file could be read.
    is_read: bool,
    /// Whether it cannot be read any more, which is said once.
    is_gone: bool,
    highlighter: Highlighter,
    /// The blocks of code that have their colours.
    coloured: BTreeSet<usize>,
    /// As it was laid out last.
    page: Arc<Page>,
    /// When the files of its pictures were looked up: with which edition of the album.
    pictures: Option<u64>,
}

impl Kept {
    /// A post of which nothing has been read yet.
    fn new(library: Arc<Library>, post: PostId) -> Kept {
        Kept {
            library,
            post,
            document: Document::default(),
            is_read: false,
            is_gone: false,
            highlighter: Highlighter::default(),
            coloured: BTreeSet::new(),
            page: Arc::default(),
            pictures: None,
        }
    }
}

impl Worker {
    pub(super) fn new(events: Sender<Event>, album: Option<Album>) -> Worker {
        Worker { desk: Desk::open(events.clone()), events, album }
    }

    /// Finds out which posts link to which, on a thread of its own: no page waits for that.
    pub(super) fn find_backlinks(&self, library: Arc<Library>) {
        let events = self.events.clone();
        thread::spawn(move || {
            let find = AssertUnwindSafe(|| {
                rehearse("backlinks");
                Backlinks::of(&library)
            });
            match catch_unwind(find) {
                Ok(backlinks) => {
                    let _ = events.send(Event::Action(Action::Linked { library, backlinks: Arc::new(backlinks) }));
                }
                Err(_) => fail(&events),
            }
        });
    }

    /// Reads what changed, on a thread of its own.
    pub(super) fn renew(&self, before: Arc<Library>, changes: Changes, open: Option<PostId>) {
        let events = self.events.clone();
        thread::spawn(move || {
            let renewal = catch_unwind(AssertUnwindSafe(|| {
                let renewal = Renewal::of(before, &changes, open).ok();
                renewal.iter().for_each(|renewal| renewal.after.prepare());
                renewal
            }))
            .unwrap_or_default();
            let _ = events.send(Event::Action(Action::News(News::Renewed(renewal))));
        });
    }

    pub(super) fn load(&mut self, library: Arc<Library>, post: PostId, sheet: Sheet, generation: Generation) {
        let album = self.album.clone();
        self.give(Job::Load(Load { library, post, sheet, generation, album }));
    }

    /// Whether the page in sight is still to come, or the colours of code on it, which are asked for.
    pub(super) fn is_awaited(&mut self, app: &App) -> bool {
        let Some((page, rows)) = app.page_in_sight() else { return app.lacks_page() };
        // Whoever reads goes on; of what is shown beside the index most is never looked at.
        let ahead = match app.panes.focus {
            Focus::Reader => 2 * rows.len(),
            Focus::Index => 0,
        };
        let blocks = page.uncoloured(rows.start..rows.end + ahead);
        let is_awaited = !blocks.is_empty() && !page.uncoloured(rows).is_empty();
        if !blocks.is_empty() {
            self.give(Job::Colour(Colour { page, blocks }));
        }
        is_awaited
    }

    pub(super) fn reread(&mut self, library: Arc<Library>, post: PostId, encoding: Encoding) {
        self.give(Job::Reread { library, post, encoding });
    }

    fn give(&mut self, job: Job) {
        if self.desk.busy.is_longer_than(LOST) {
            self.desk = Desk::open(self.events.clone());
        }
        let _ = self.desk.jobs.send(job);
    }
}

fn work(inbox: &Receiver<Job>, events: &Sender<Event>, busy: &Busy) {
    let mut kept: Option<Kept> = None;
    let mut next: Option<Task> = None;
    loop {
        let waited_for = match next {
            Some(_) => None,
            None => match inbox.recv() {
                Ok(job) => Some(job),
                Err(_) => return,
            },
        };
        busy.set(Some(Instant::now()));
        match newest(next.take(), waited_for.into_iter().chain(inbox.try_iter()), events) {
            Some(Task::Load(load)) => {
                match catch_unwind(AssertUnwindSafe(|| do_load(&load, kept.take(), inbox, events))) {
                    Ok(Ok(done)) => kept = Some(done),
                    Ok(Err(newer)) => next = Some(Task::Load(newer)),
                    Err(_) => fail(events),
                }
            }
            Some(Task::Colour(colour)) => {
                match catch_unwind(AssertUnwindSafe(|| do_colour(&colour, kept.take()))) {
                    Ok(done) => kept = done,
                    Err(_) => fail(events),
                }
                // What has no colours by now has none: nobody waits for them.
                colour.page.colour(&Document::default(), &colour.blocks);
                let _ = events.send(Event::Coloured);
            }
            None => {}
        }
        busy.set(None);
    }
}

/// What is to be done next, of the task before and the jobs that wait: the newest counts. What is to be read in another encoding is read,
/// each in its turn.
fn newest(before: Option<Task>, jobs: impl Iterator<Item = Job>, events: &Sender<Event>) -> Option<Task> {
    let mut newest = before;
    for job in jobs {
        match job {
            Job::Load(load) => newest = Some(Task::Load(load)),
            Job::Colour(_) if matches!(newest, Some(Task::Load(_))) => {}
            Job::Colour(colour) => newest = Some(Task::Colour(colour)),
            Job::Reread { library, post: id, encoding } => {
                match catch_unwind(AssertUnwindSafe(|| library.with_encoding(id, encoding))) {
                    Ok(Some(read)) => {
                        read.prepare();
                        let action = Action::Reread { id, library: Arc::new(read), before: library };
                        drop(events.send(Event::Action(action)));
                    }
                    Ok(None) => {}
                    Err(_) => fail(events),
                }
            }
        }
    }
    newest
}

fn fail(events: &Sender<Event>) {
    let _ = events.send(Event::Action(warning(&messages::WORKER_FAILED)));
}

/// Lays the post out and sends it. Of a long post the start goes ahead; a newer job ends the work then, and is given back.
fn do_load(job: &Load, kept: Option<Kept>, inbox: &Receiver<Job>, events: &Sender<Event>) -> Result<Kept, Load> {
    rehearse("loading");
    let mut kept = match kept {
        Some(kept) if kept.post == job.post && Arc::ptr_eq(&kept.library, &job.library) => kept,
        before => open(job, before, inbox, events)?,
    };
    let edition = job.album.as_ref().map_or(0, Album::edition);
    if job.sheet.pictures.is_some() && kept.pictures != Some(edition) {
        kept.pictures = Some(edition);
        look_up_pictures(job, &mut kept.document);
    }
    kept.page = Arc::new(lay_out(&kept.document, &job.sheet).timed());
    kept.page.colour(&kept.document, &kept.coloured);
    send(Arc::clone(&kept.page), job.generation, events);
    Ok(kept)
}

/// Colours code of the page that was laid out last; any other is about to leave the screen.
fn do_colour(job: &Colour, kept: Option<Kept>) -> Option<Kept> {
    let mut kept = kept?;
    if job.page.is_as_laid_out(&kept.page) {
        let Kept { highlighter, document, coloured, page, .. } = &mut kept;
        highlighter.highlight(document, |number| job.blocks.contains(&number), highlight::PATIENCE);
        page.colour(document, &job.blocks);
        coloured.extend(&job.blocks);
    }
    Some(kept)
}

/// Reads a post. While a long one is read, its start is looked at; a newer job ends that. One that was read last and cannot be read any
/// more stays as it was.
fn open(job: &Load, before: Option<Kept>, inbox: &Receiver<Job>, events: &Sender<Event>) -> Result<Kept, Load> {
    let (library, id) = (Arc::clone(&job.library), job.post);
    let Some(post) = job.library.post(id) else { return Ok(Kept::new(library, id)) };
    let manuscript = Manuscript::open(&job.library, post);
    let is_same = |kept: &Kept| kept.library.post(kept.post).is_some_and(|known| known.origin == post.origin);
    // Where it can be read, what was read before is let go: a long post is not held twice.
    let before = before.filter(|kept| manuscript.error().is_some() && kept.is_read && is_same(kept));
    if let Some((error, before)) = manuscript.error().zip(before) {
        if !before.is_gone {
            let _ = events.send(Event::Action(warning(&messages::shown_as_it_was(&post.name, error))));
        }
        return Ok(Kept { library, post: id, is_gone: true, ..before });
    }
    if let Some(mut start) = manuscript.start() {
        if job.sheet.pictures.is_some() {
            look_up_pictures(job, &mut start);
        }
        let mut page = lay_out(&start, &job.sheet).timed();
        page.extent = Extent::Start;
        send(Arc::new(page), job.generation, events);
        if let Some(Task::Load(newer)) = newest(None, inbox.try_iter(), events) {
            return Err(newer);
        }
    }
    let is_read = manuscript.error().is_none();
    Ok(Kept { document: manuscript.whole(), is_read, ..Kept::new(library, id) })
}

fn look_up_pictures(job: &Load, document: &mut Document) {
    if let Some(post) = job.library.post(job.post) {
        pictures::look_up(&job.library, post, document, job.album.as_ref());
    }
}

fn send(page: Arc<Page>, generation: Generation, events: &Sender<Event>) {
    let _ = events.send(Event::Action(Action::Laid { page, generation }));
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::document::markdown;
    use crate::text::markup::MarkupSettings;

    #[test]
    fn a_thread_that_never_comes_back_is_not_waited_for() {
        let (events, told) = mpsc::channel();
        let mut worker = Worker::new(events, None);
        // Nobody takes a job from this desk.
        let (jobs, _inbox) = mpsc::channel();
        worker.desk = Desk { jobs, busy: Busy::default() };
        worker.desk.busy.set(Instant::now().checked_sub(LOST * 2));
        let library = Library::of_memory("", vec![("a.md".to_owned(), Cow::Borrowed(b"x".as_slice()))], None);
        worker.load(Arc::new(library), PostId(0), Sheet::of(40), Generation::default());
        let page = told.recv_timeout(Duration::from_mins(1));
        assert!(matches!(page, Ok(Event::Action(Action::Laid { .. }))));
    }

    #[test]
    fn code_is_coloured_when_it_is_asked_for() {
        let (events, told) = mpsc::channel();
        let mut worker = Worker::new(events, None);
        let source = "```rust\nfn a() {}\n```\n\nx[^n]\n\n```rust\nfn b() {}\n```\n\n[^n]: y\n\n    ```rust\n    fn c() {}\n    ```\n";
        let library = Library::of_memory("", vec![("a.md".to_owned(), Cow::Borrowed(source.as_bytes()))], None);
        worker.load(Arc::new(library), PostId(0), Sheet::of(40), Generation::default());
        let next = || told.recv_timeout(Duration::from_mins(1)).unwrap();
        let Event::Action(Action::Laid { page, .. }) = next() else { panic!() };
        assert_eq!(page.uncoloured(page.blocks[0].rows.clone()), BTreeSet::from([0, 2]), "that of notes too");
        worker.give(Job::Colour(Colour { page: Arc::clone(&page), blocks: BTreeSet::from([1, 2]) }));
        assert!(matches!(next(), Event::Coloured));
        assert_eq!(page.uncoloured(0..page.len()), BTreeSet::from([0]));
        let faces = |page: &Page| {
            let rows = (0..page.len()).filter(|row| page.row_text(*row).contains("fn "));
            rows.map(|row| page.spans(row).filter(|span| span.words.trim() == "fn").count()).collect::<Vec<_>>()
        };
        assert_eq!(faces(&page), [0, 1, 1], "a word with a colour is a span of its own");
        assert_eq!(faces(&page.notes[0].page), [1]);
        // Nobody waits for the colours of a page that is gone.
        let document = markdown::read(source, MarkupSettings::default());
        let other = Arc::new(lay_out(&document, &Sheet::of(40)));
        worker.give(Job::Colour(Colour { page: Arc::clone(&other), blocks: BTreeSet::from([0]) }));
        assert!(matches!(next(), Event::Coloured));
        assert_eq!(other.uncoloured(0..other.len()), BTreeSet::from([1, 2]));
    }
}
