//! Opening addresses in the system's browser: an argument vector, never a shell, on a thread of its own, with its output thrown away.

use std::env;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use url::Url;

use super::Event;
use crate::app::action::Action;

/// How addresses are opened.
pub(super) struct Opener {
    /// The user's own program and its arguments; without one, the system's.
    command: Vec<String>,
    events: Sender<Event>,
}

impl Opener {
    /// `setting` is the program that the settings name; without one `$BROWSER` is asked.
    pub(super) fn new(setting: &[String], events: Sender<Event>) -> Opener {
        let command = if setting.is_empty() { browser() } else { setting.to_vec() };
        Opener { command, events }
    }

    /// Opens an address, and tells the app when nothing could be started.
    pub(super) fn open(&self, url: Url) {
        let (command, events) = (self.command.clone(), self.events.clone());
        thread::spawn(move || {
            let opened = match command.split_first() {
                Some((program, arguments)) => run(program, arguments, &url),
                None if has_display() => open::that_detached(url.as_str()).is_ok(),
                None => false,
            };
            if !opened {
                let _ = events.send(Event::Action(Action::CouldNotOpen(url)));
            }
        });
    }
}

/// The first program of `$BROWSER`, with its arguments. `%s` in them, which some expect, is where the address goes; it goes last anyway.
fn browser() -> Vec<String> {
    let value = env::var("BROWSER").unwrap_or_default();
    let first = value.split(':').find(|part| !part.trim().is_empty()).unwrap_or_default();
    first.split_whitespace().filter(|word| *word != "%s").map(str::to_owned).collect()
}

/// Starts a program and waits for it on this thread, so that it leaves no zombie. Says whether it could be started.
fn run(program: &str, arguments: &[String], url: &Url) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).arg(url.as_str()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    match command.spawn() {
        Ok(mut child) => child.wait().is_ok_and(|status| status.success()),
        Err(_) => false,
    }
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
