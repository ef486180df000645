//! Opening addresses in the system's browser: an argument vector, never a shell, on a thread of its own, with its output thrown away.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{env, io};

use process_wrap::std::{ChildWrapper, CommandWrap};
use url::Url;

use super::{Event, warning};
use crate::app::action::Action;
use crate::library::{Library, PostId};
use crate::messages;
use crate::picture::file;

/// How addresses are opened.
pub(super) struct Opener {
    /// The user's own program and its arguments; without one, the system's.
    command: Vec<String>,
    events: Sender<Event>,
    /// The threads that are starting the system's browser.
    pending: Vec<JoinHandle<()>>,
}

/// A program that fails within this time has not opened anything.
const AT_ONCE: Duration = Duration::from_secs(2);

impl Opener {
    /// `setting` is the program that the settings name; without one `$BROWSER` is asked.
    pub(super) fn new(setting: &[String], events: Sender<Event>) -> Opener {
        let command = if setting.is_empty() { browser() } else { setting.to_vec() };
        Opener { command, events, pending: Vec::new() }
    }

    /// Opens an address, and tells the app when nothing could be started.
    pub(super) fn open(&mut self, url: Url) {
        self.pending.retain(|pending| !pending.is_finished());
        let events = self.events.clone();
        let fail = move |url| drop(events.send(Event::Action(Action::CouldNotOpen(url))));
        match self.command.split_first() {
            Some((program, arguments)) => match start(program, arguments, &url) {
                // It is waited for on a thread, so that it leaves no zombie. What ends badly at once did not open; what ends later did.
                Ok(mut child) => drop(thread::spawn(move || {
                    let since = Instant::now();
                    let is_failed = !child.wait().is_ok_and(|status| status.success());
                    if is_failed && since.elapsed() < AT_ONCE {
                        fail(url);
                    }
                })),
                Err(_) => fail(url),
            },
            None if has_display() => self.pending.push(thread::spawn(move || {
                if open::that_detached(url.as_str()).is_err() {
                    fail(url);
                }
            })),
            None => fail(url),
        }
    }

    /// Shows a picture of a post in the system's viewer, and tells the app why not. Only a file below the site's root that is a picture by
    /// its name and by its first bytes is handed over: nothing that a system would run.
    pub(super) fn view(&mut self, library: Arc<Library>, post: PostId, source: String) {
        let events = self.events.clone();
        self.pending.push(thread::spawn(move || {
            let found = library.post(post).and_then(|post| library.picture(post, &source).ok());
            let reason = match found {
                None => messages::PICTURE_MISSING,
                Some(path) if !file::is_picture(&path) => messages::NOT_A_PICTURE,
                Some(path) if has_display() && view(&path).is_ok() => return,
                Some(_) => messages::NO_VIEWER,
            };
            let _ = events.send(Event::Action(warning(&messages::not_viewed(&source, &reason))));
        }));
    }

    /// Waits until what was asked for is started, so that leaving the program at once does not lose it. It takes a second at most.
    pub(super) fn finish(&mut self) {
        let until = Instant::now() + Duration::from_secs(1);
        while self.pending.iter().any(|pending| !pending.is_finished()) && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The first program of `$BROWSER`, with its arguments. `%s` in them, which some expect, is where the address goes; it goes last anyway.
fn browser() -> Vec<String> {
    let value = env::var("BROWSER").unwrap_or_default();
    let first = value.split(':').find(|part| !part.trim().is_empty()).unwrap_or_default();
    first.split_whitespace().filter(|word| *word != "%s").map(str::to_owned).collect()
}

/// Starts a program without the terminal: with none of its streams, and in a session of its own, so that it cannot ask for it either.
fn start(program: &str, arguments: &[String], url: &Url) -> io::Result<Box<dyn ChildWrapper>> {
    let mut command = CommandWrap::with_new(program, |command| {
        command.args(arguments).arg(url.as_str()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    });
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessSession);
    command.spawn()
}

/// Hands a picture to the system. Its path is a whole one, so that it cannot be taken for an option.
fn view(path: &Path) -> io::Result<()> {
    open::that_detached(path)
}

/// Whether a browser has somewhere to show itself: not over ssh, and on Unix only under a display.
fn has_display() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        return false;
    }
    !cfg!(all(unix, not(target_os = "macos")))
        || is_set("DISPLAY")
        || is_set("WAYLAND_DISPLAY")
        || is_set("WSL_DISTRO_NAME")
}
