//! The thread that searches in the open post, so that typing never waits for a long one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::{Event, warning};
use crate::app::Generation;
use crate::app::action::Action;
use crate::layout::Page;
use crate::messages;
use crate::search::pattern::{Haystack, Pattern};

struct Job {
    page: Arc<Page>,
    pattern: Pattern,
    generation: Generation,
}

/// The desk of the thread.
pub(super) struct Seeker {
    jobs: Sender<Job>,
}

impl Seeker {
    pub(super) fn new(events: Sender<Event>) -> Seeker {
        let (jobs, inbox) = mpsc::channel();
        thread::spawn(move || work(&inbox, &events));
        Seeker { jobs }
    }

    pub(super) fn find(&self, page: Arc<Page>, pattern: Pattern, generation: Generation) {
        let _ = self.jobs.send(Job { page, pattern, generation });
    }
}

/// Does the newest of the jobs that wait: only that one counts.
fn work(inbox: &Receiver<Job>, events: &Sender<Event>) {
    // The folded words of a page serve every letter that is typed.
    let mut kept: Option<(Arc<Page>, Haystack)> = None;
    while let Ok(first) = inbox.recv() {
        let Job { page, pattern, generation } = inbox.try_iter().last().unwrap_or(first);
        let words = match kept.take() {
            Some((known, words)) if Arc::ptr_eq(&known, &page) => words,
            _ => Haystack::with_readings(page.plain.clone(), page.readings()),
        };
        let action = match catch_unwind(AssertUnwindSafe(|| pattern.best_hits(&words).1)) {
            Ok(hits) => Action::Found { hits, generation },
            Err(_) => warning(&messages::WORKER_FAILED),
        };
        let _ = events.send(Event::Action(action));
        kept = Some((page, words));
    }
}
