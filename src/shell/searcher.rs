//! The threads that look through the texts of posts. A new search stops the one before it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Event;
use crate::app::Generation;
use crate::app::action::Action;
use crate::library::{Library, PostId};
use crate::search::full_text::{Found, search};
use crate::search::query::Query;
use crate::search::signature::Signatures;

/// How long what is found waits for more, so that not each post costs a frame.
const BATCH: Duration = Duration::from_millis(30);

/// See the module's head.
pub(super) struct Searcher {
    events: Sender<Event>,
    stop: Arc<AtomicBool>,
    /// What is known of the texts of the library that was searched last.
    known: Option<(Arc<Library>, Arc<Signatures>)>,
}

/// What was found and is not handed over yet.
struct Batch {
    found: Vec<Found>,
    since: Instant,
}

impl Searcher {
    pub(super) fn new(events: Sender<Event>) -> Searcher {
        Searcher { events, stop: Arc::default(), known: None }
    }

    /// Starts a search; the posts that it finds arrive as [`Action::Found`].
    pub(super) fn start(
        &mut self,
        library: Arc<Library>,
        query: Arc<Query>,
        posts: Vec<PostId>,
        generation: Generation,
    ) {
        self.stop.store(true, Ordering::Relaxed);
        self.stop = Arc::default();
        let (events, stop) = (self.events.clone(), Arc::clone(&self.stop));
        let signatures = self.signatures(&library);
        thread::spawn(move || {
            let batch = Mutex::new(Batch { found: Vec::new(), since: Instant::now() });
            let hand_over = |found: Vec<Found>, is_over: bool| {
                let _ = events.send(Event::Action(Action::Found { found, generation, is_over }));
            };
            let take = |one: Found| {
                let mut batch = batch.lock().unwrap_or_else(PoisonError::into_inner);
                batch.found.push(one);
                if batch.since.elapsed() >= BATCH {
                    batch.since = Instant::now();
                    hand_over(std::mem::take(&mut batch.found), false);
                }
            };
            // A post that cannot be searched is passed over by the search itself.
            let _ = catch_unwind(AssertUnwindSafe(|| search(&library, &posts, &query, &signatures, &stop, &take)));
            let rest = batch.into_inner().unwrap_or_else(PoisonError::into_inner).found;
            if !stop.load(Ordering::Relaxed) {
                hand_over(rest, true);
            }
            // Who searched once will search again.
            if query.asks_texts() {
                signatures.learn(&library, &stop);
            }
        });
    }

    fn signatures(&mut self, library: &Arc<Library>) -> Arc<Signatures> {
        match &self.known {
            Some((known, signatures)) if Arc::ptr_eq(known, library) => Arc::clone(signatures),
            _ => {
                let signatures = Arc::new(Signatures::of(library));
                self.known = Some((Arc::clone(library), Arc::clone(&signatures)));
                signatures
            }
        }
    }
}
