//! The thread that reads pictures and makes them ready, so that neither keys nor words ever wait for one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::Event;
use crate::app::action::Action;
use crate::app::effect::PictureKey;
use crate::app::pictures::PictureAction;
use crate::picture::plate::{self, Plate};
use crate::picture::{Drawing, Fault, file};

/// The desk of the thread, which starts with the first picture.
pub(super) struct Studio {
    events: Sender<Event>,
    jobs: Option<Sender<Job>>,
}

struct Job {
    key: PictureKey,
    drawing: Drawing,
}

impl Studio {
    pub(super) fn new(events: Sender<Event>) -> Studio {
        Studio { events, jobs: None }
    }

    pub(super) fn draw(&mut self, key: PictureKey, drawing: Drawing) {
        let jobs = self.jobs.get_or_insert_with(|| {
            let (jobs, inbox) = mpsc::channel();
            let events = self.events.clone();
            thread::spawn(move || work(&inbox, &events));
            jobs
        });
        let _ = jobs.send(Job { key, drawing });
    }
}

/// Does what was asked for last first: that is what is looked at.
fn work(inbox: &Receiver<Job>, events: &Sender<Event>) {
    let mut waiting: Vec<Job> = Vec::new();
    // Numbers of pictures are common to all programs of a terminal.
    let mut id = process::id().rotate_left(12);
    loop {
        let first = if waiting.is_empty() { inbox.recv().ok() } else { None };
        if first.is_none() && waiting.is_empty() {
            return;
        }
        let newer: Vec<Job> = first.into_iter().chain(inbox.try_iter()).collect();
        waiting.extend(newer.into_iter().rev());
        let Some(Job { key, drawing }) = waiting.pop() else { continue };
        id = id.wrapping_add(1).max(1);
        let plate = catch_unwind(AssertUnwindSafe(|| make(&key, drawing, id))).unwrap_or(Err(Fault::Broken));
        let action = Action::Picture(PictureAction::Drawn { key, plate: plate.map(Arc::new) });
        if events.send(Event::Action(action)).is_err() {
            return;
        }
    }
}

fn make(key: &PictureKey, drawing: Drawing, id: u32) -> Result<Plate, Fault> {
    let pixels = file::pixels(&key.path, plate::size(key.columns, key.rows, drawing))?;
    plate::make(&pixels, key.columns, key.rows, drawing, id)
}
