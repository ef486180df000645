//! The thread that searches in the open post, so that typing never waits for a long one.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::{Event, warning};
use crate::app::Generation;
use crate::app::action::Action;
use crate::layout::Page;
use crate::messages;
use crate::search::pattern::{Haystack, Pattern, Reach};

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
    let mut waiting: Option<Job> = None;
    while let Some(first) = waiting.take().or_else(|| inbox.recv().ok()) {
        let Job { page, pattern, generation } = inbox.try_iter().last().unwrap_or(first);
        let words = match kept.take() {
            Some((known, words)) if Arc::ptr_eq(&known, &page) => words,
            _ => Haystack::with_readings(page.plain.clone(), page.readings()),
        };
        let action = match catch_unwind(AssertUnwindSafe(|| search(&pattern, &words, inbox))) {
            Ok(Outcome::Hits(hits)) => Some(Action::Sought { hits, generation }),
            Ok(Outcome::Newer(job)) => {
                waiting = Some(job);
                None
            }
            Err(_) => Some(warning(&messages::WORKER_FAILED)),
        };
        if let Some(action) = action {
            let _ = events.send(Event::Action(action));
        }
        kept = Some((page, words));
    }
}

enum Outcome {
    Hits(Vec<Range<usize>>),
    /// The search was dropped for a newer one.
    Newer(Job),
}

/// The hits of the closest reach that has any. The wider ones take their time: before each a newer job is looked for.
fn search(pattern: &Pattern, words: &Haystack, inbox: &Receiver<Job>) -> Outcome {
    for reach in Reach::ALL {
        let hits = pattern.hits(words, reach);
        if !hits.is_empty() {
            return Outcome::Hits(hits);
        }
        if let Some(newer) = inbox.try_iter().last() {
            return Outcome::Newer(newer);
        }
    }
    Outcome::Hits(Vec::new())
}
