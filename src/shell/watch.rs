//! notify's door: the thread that waits for files to change. What changes together is told together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use notify::event::{EventKind, Flag};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};

use super::Event;
use crate::app::action::{Action, News};
use crate::library::Problem;
use crate::library::renewal::{self, Changes, Watched};
use crate::messages;
use crate::text::Clean;

/// A burst is over when nothing has changed for so long.
const QUIET: Duration = Duration::from_millis(40);

/// A burst that goes on is told in parts of this length.
const LONGEST: Duration = Duration::from_millis(250);

/// How far the clock of the files may be behind.
const TICK: Duration = Duration::from_millis(20);

enum Message {
    Folders(Vec<Watched>),
    Changed(notify::Result<notify::Event>),
}

/// The desk of the thread.
pub(super) struct Watch {
    messages: Sender<Message>,
}

impl Watch {
    /// Starts the thread. What changed after `since` is told too.
    pub(super) fn new(since: SystemTime, events: Sender<Event>) -> Watch {
        let (messages, inbox) = mpsc::channel();
        let to_thread = messages.clone();
        thread::spawn(move || {
            Station {
                to_thread,
                events,
                since,
                watcher: None,
                watched: Vec::new(),
                folders: BTreeSet::new(),
                has_failed: false,
            }
            .work(&inbox);
        });
        Watch { messages }
    }

    /// Watches these folders from now on.
    pub(super) fn folders(&self, folders: Vec<Watched>) {
        let _ = self.messages.send(Message::Folders(folders));
    }
}

struct Station {
    to_thread: Sender<Message>,
    events: Sender<Event>,
    since: SystemTime,
    watcher: Option<RecommendedWatcher>,
    watched: Vec<Watched>,
    /// Every folder that is watched, each by itself: so links are not followed, and what is passed over costs nothing.
    folders: BTreeSet<PathBuf>,
    /// Whether it was said that something cannot be watched.
    has_failed: bool,
}

impl Station {
    fn work(mut self, inbox: &Receiver<Message>) {
        while let Ok(first) = inbox.recv() {
            let mut changes = Changes::default();
            self.take(first, &mut changes);
            let until = Instant::now() + LONGEST;
            while changes != Changes::default() {
                match inbox.recv_timeout(QUIET.min(until.saturating_duration_since(Instant::now()))) {
                    Ok(message) => self.take(message, &mut changes),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                if Instant::now() >= until {
                    break;
                }
            }
            if changes == Changes::default() {
                continue;
            }
            // New folders are watched before they are read, so that nothing in them is missed.
            if changes.is_partial || changes.paths.iter().any(|path| path.is_dir() || self.folders.contains(path)) {
                self.watch_all();
            }
            if self.events.send(Event::Action(Action::News(News::Changed(changes)))).is_err() {
                return;
            }
        }
    }

    fn take(&mut self, message: Message, changes: &mut Changes) {
        match message {
            Message::Folders(folders) => {
                let is_first = self.watcher.is_none();
                if std::mem::replace(&mut self.watched, folders) != self.watched {
                    self.watch_all();
                }
                if is_first {
                    changes.paths.extend(self.changed_before());
                }
            }
            Message::Changed(Ok(event)) => {
                changes.is_partial |= event.attrs.flag() == Some(Flag::Rescan);
                changes
                    .paths
                    .extend(event.paths.into_iter().filter(|path| !renewal::is_passed_over(path, &self.watched)));
            }
            Message::Changed(Err(error)) => {
                changes.is_partial = true;
                self.fail(&error);
            }
        }
    }

    /// What has changed since the start, while nothing was watched yet.
    fn changed_before(&self) -> impl Iterator<Item = PathBuf> {
        let entries = self.folders.iter().filter_map(|folder| folder.read_dir().ok()).flatten().flatten();
        let files = entries.map(|entry| entry.path()).filter(|path| !renewal::is_passed_over(path, &self.watched));
        let is_new = |path: &PathBuf| {
            path.symlink_metadata().and_then(|data| data.modified()).is_ok_and(|time| time + TICK >= self.since)
        };
        self.folders.iter().cloned().chain(files).filter(is_new)
    }

    /// Watches every folder that is there now, and no other.
    fn watch_all(&mut self) {
        let now: BTreeSet<PathBuf> = self.watched.iter().flat_map(renewal::folders).collect();
        if self.watcher.is_none() {
            let to_thread = self.to_thread.clone();
            // Files that are merely read are told too: nobody is woken for them.
            let is_of_change = |event: &notify::Result<notify::Event>| {
                !event.as_ref().is_ok_and(|event| matches!(event.kind, EventKind::Access(_)))
            };
            let tell = move |event| {
                if is_of_change(&event) {
                    let _ = to_thread.send(Message::Changed(event));
                }
            };
            match RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false)) {
                Ok(watcher) => self.watcher = Some(watcher),
                Err(error) => return self.fail(&error),
            }
        }
        let Some(watcher) = &mut self.watcher else { return };
        let mut failed = None;
        let mut paths = watcher.paths_mut();
        for folder in self.folders.difference(&now) {
            // One that is gone is not watched any more as it is.
            let _ = paths.remove(folder);
        }
        // One that was there before may be another by now.
        for folder in &now {
            if let Err(error) = paths.add(folder, RecursiveMode::NonRecursive) {
                failed = Some(error);
                break;
            }
        }
        let committed = paths.commit();
        self.folders = now;
        failed.or(committed.err()).iter().for_each(|error| self.fail(error));
    }

    /// Says once that something cannot be watched.
    fn fail(&mut self, error: &notify::Error) {
        if std::mem::replace(&mut self.has_failed, true) {
            return;
        }
        let place = error.paths.first().or_else(|| self.watched.first().map(|folder| &folder.path));
        let place = place.map_or_else(Clean::default, |path: &PathBuf| Clean::line(&Path::to_string_lossy(path)));
        let problem = Problem { place, what: Clean::cut(&messages::not_watched(&error.to_string()), 300) };
        let _ = self.events.send(Event::Action(Action::News(News::Trouble(problem))));
    }
}
