//! The thread that reads, parses and lays out posts, so that no key ever waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::{Event, warning};
use crate::app::Generation;
use crate::app::action::Action;
use crate::document::{Document, highlight};
use crate::layout::{Page, Sheet, lay_out};
use crate::library::{Library, PostId};
use crate::{messages, reading};

struct Job {
    library: Arc<Library>,
    post: PostId,
    sheet: Sheet,
    generation: Generation,
}

/// The desk of the thread.
pub(super) struct Worker {
    jobs: Sender<Job>,
}

/// The post that was read last: a change of width needs no second reading.
struct Kept {
    library: Arc<Library>,
    post: PostId,
    document: Document,
    is_highlighted: bool,
}

impl Worker {
    pub(super) fn new(events: Sender<Event>) -> Worker {
        let (jobs, inbox) = mpsc::channel();
        thread::spawn(move || work(&inbox, &events));
        Worker { jobs }
    }

    pub(super) fn load(&self, library: Arc<Library>, post: PostId, sheet: Sheet, generation: Generation) {
        let _ = self.jobs.send(Job { library, post, sheet, generation });
    }
}

fn work(inbox: &Receiver<Job>, events: &Sender<Event>) {
    let mut kept: Option<Kept> = None;
    let mut next: Option<Job> = None;
    while let Some(job) = next.take().or_else(|| inbox.recv().ok()) {
        // Only the newest job counts.
        let job = inbox.try_iter().last().unwrap_or(job);
        let done = catch_unwind(AssertUnwindSafe(|| do_job(&job, kept.take(), inbox, events)));
        match done {
            Ok((document, newer)) => {
                kept = Some(document);
                next = newer;
            }
            Err(_) => {
                let _ = events.send(Event::Action(warning(messages::WORKER_FAILED)));
            }
        }
    }
}

/// Lays the post out and sends it; then, where there is code, once more with its colours, unless a newer job waits.
fn do_job(job: &Job, kept: Option<Kept>, inbox: &Receiver<Job>, events: &Sender<Event>) -> (Kept, Option<Job>) {
    let known = kept.filter(|kept| kept.post == job.post && Arc::ptr_eq(&kept.library, &job.library));
    let mut kept = known.unwrap_or_else(|| {
        let document = job.library.post(job.post).map(|post| reading::read(&job.library, post)).unwrap_or_default();
        Kept { library: Arc::clone(&job.library), post: job.post, document, is_highlighted: false }
    });
    send(lay_out(&kept.document, &job.sheet), job.generation, events);
    let newer = inbox.try_iter().last();
    if newer.is_none() && !kept.is_highlighted && highlight::is_wanted(&kept.document) {
        kept.is_highlighted = true;
        if highlight::highlight(&mut kept.document, highlight::PATIENCE) {
            send(lay_out(&kept.document, &job.sheet), job.generation, events);
        }
    }
    (kept, newer)
}

fn send(page: Page, generation: Generation, events: &Sender<Event>) {
    let _ = events.send(Event::Action(Action::Laid { page: Arc::new(page), generation }));
}
