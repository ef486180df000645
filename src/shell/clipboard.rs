//! The clipboard: the system's own by a program that puts words there, run without a shell and unseen on a thread of its own; else, and
//! over ssh, that of the terminal (OSC 52).

use std::env;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::Event;

/// The most that is asked of a terminal, in bytes: it is written as 100,000 characters, and some take no longer sequence.
pub(super) const MOST: usize = 74_994;

/// A program that has not taken the words within this time does not work.
const PATIENCE: Duration = Duration::from_secs(2);

/// A program that puts what it reads on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Copier {
    program: &'static str,
    arguments: &'static [&'static str],
    encoding: Encoding,
}

/// How a program wants its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    /// With a byte order mark: what Windows takes for Unicode.
    Utf16,
}

const fn copier(program: &'static str, arguments: &'static [&'static str]) -> Copier {
    Copier { program, arguments, encoding: Encoding::Utf8 }
}

const PBCOPY: Copier = copier("pbcopy", &[]);
const WL_COPY: Copier = copier("wl-copy", &["--type", "text/plain;charset=utf-8"]);
const XCLIP: Copier = copier("xclip", &["-selection", "clipboard"]);
const XSEL: Copier = copier("xsel", &["--clipboard", "--input"]);
const CLIP: Copier = Copier { program: "clip.exe", arguments: &[], encoding: Encoding::Utf16 };

/// The programs to try on a system whose environment has these names set, best first.
fn copiers(system: &str, is_set: impl Fn(&str) -> bool) -> Vec<Copier> {
    if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        return Vec::new();
    }
    match system {
        "macos" => vec![PBCOPY],
        "windows" => vec![CLIP],
        _ => {
            let mut found = Vec::new();
            if is_set("WSL_DISTRO_NAME") {
                found.push(CLIP);
            }
            if is_set("WAYLAND_DISPLAY") {
                found.push(WL_COPY);
            }
            if is_set("DISPLAY") {
                found.extend([XCLIP, XSEL]);
            }
            found
        }
    }
}

/// The desk of the thread.
pub(super) struct Clipboard {
    /// None where no program is to be tried.
    jobs: Option<Sender<String>>,
    /// How much waits to be copied.
    pending: Arc<AtomicUsize>,
}

impl Clipboard {
    pub(super) fn new(events: Sender<Event>) -> Clipboard {
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let copiers = copiers(env::consts::OS, is_set);
        let pending = Arc::new(AtomicUsize::new(0));
        if copiers.is_empty() {
            return Clipboard { jobs: None, pending };
        }
        let (jobs, inbox) = mpsc::channel::<String>();
        let left = Arc::clone(&pending);
        thread::spawn(move || {
            for words in inbox {
                if !copiers.iter().any(|copier| copier.copy(&words)) {
                    let _ = events.send(Event::CopyByTerminal(words));
                }
                left.fetch_sub(1, Ordering::SeqCst);
            }
        });
        Clipboard { jobs: Some(jobs), pending }
    }

    /// Copies words. Where there is no program to be tried they come back at once; where all fail, as an event.
    pub(super) fn copy(&self, words: String) -> Option<String> {
        let Some(jobs) = &self.jobs else { return Some(words) };
        self.pending.fetch_add(1, Ordering::SeqCst);
        jobs.send(words).err().map(|unsent| unsent.0)
    }

    /// Waits until all is copied, so that leaving the program at once does not lose it. It takes a second at most.
    pub(super) fn finish(&self) {
        let until = Instant::now() + Duration::from_secs(1);
        while self.pending.load(Ordering::SeqCst) > 0 && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Copier {
    /// Says whether the program took the words.
    fn copy(self, words: &str) -> bool {
        let bytes = match self.encoding {
            Encoding::Utf8 => words.as_bytes().to_vec(),
            Encoding::Utf16 => {
                "\u{feff}".encode_utf16().chain(words.encode_utf16()).flat_map(u16::to_le_bytes).collect()
            }
        };
        let Ok(mut child) = self.start() else { return false };
        // What does not read must not keep this thread: another one writes.
        if let Some(mut input) = child.stdin.take() {
            thread::spawn(move || input.write_all(&bytes));
        }
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            match child.try_wait() {
                Ok(Some(status)) => return status.success(),
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                Err(_) => return false,
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        false
    }

    /// Starts the program in a group of its own, so that it outlives this one, with its output thrown away.
    fn start(self) -> io::Result<Child> {
        let mut command = Command::new(self.program);
        command.args(self.arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            command.process_group(0);
        }
        command.spawn()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(system: &str, set: &[&str], expected: &[Copier]) {
        assert_eq!(copiers(system, |name| set.contains(&name)), expected, "{system} {set:?}");
    }

    #[test]
    fn each_system_has_its_programs() {
        check("macos", &[], &[PBCOPY]);
        check("windows", &[], &[CLIP]);
        check("linux", &[], &[]);
        check("linux", &["WAYLAND_DISPLAY", "DISPLAY"], &[WL_COPY, XCLIP, XSEL]);
        check("freebsd", &["DISPLAY"], &[XCLIP, XSEL]);
        check("linux", &["WSL_DISTRO_NAME", "DISPLAY"], &[CLIP, XCLIP, XSEL]);
    }

    #[test]
    fn over_ssh_the_terminal_is_asked() {
        check("linux", &["SSH_TTY", "DISPLAY"], &[]);
        check("macos", &["SSH_CONNECTION"], &[]);
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_is_missing_or_fails_has_not_copied() {
        assert!(!copier("kiji-no-such-program", &[]).copy("x"));
        assert!(!copier("false", &[]).copy("x"));
        assert!(copier("cat", &[]).copy(&"x".repeat(1_000_000)));
        assert!(copier("true", &[]).copy(&"x".repeat(1_000_000)), "one that reads nothing");
    }
}
