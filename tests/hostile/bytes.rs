//! The bytes that the program writes: which of them may be there, and a terminal that does nothing but hold them.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::process::{Child, Command};
use std::time::Instant;

use kiji::text::clean::is_clean;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::pseudo_terminal::{KIJI, PATIENCE, REPOSITORY, environment};

/// What a hostile file has inside its control strings.
const CANARY: &str = "ZQ9X";

/// Fails where words that are printed hold anything but lines of text.
pub fn check_words(words: &str) {
    for line in words.split('\n') {
        // A list puts tabs between its columns.
        let odd = line.split('\t').find(|part| !is_clean(part));
        assert_eq!(odd, None, "control or invisible characters");
    }
}

/// Fails where what is printed for a terminal holds more than colours, faces, links and text.
pub fn check_ansi(words: &str) {
    let mut rest = words;
    while let Some(at) = rest.find('\x1b') {
        check_words(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(address) = rest.strip_prefix("]8;;") {
            let end = address.find('\x1b').expect("an end of the address");
            assert!(address[..end].bytes().all(|byte| byte.is_ascii_graphic()), "{:?}", &address[..end]);
            let is_allowed = ["", "http://", "https://", "mailto:"].iter().any(|scheme| match *scheme {
                "" => end == 0,
                scheme => address.starts_with(scheme),
            });
            assert!(is_allowed, "{:?}", &address[..end]);
            rest = address[end + 1..].strip_prefix('\\').expect("an end of the address");
        } else {
            let codes = rest.strip_prefix('[').and_then(|rest| rest.split_once('m'));
            let (codes, after) = codes.unwrap_or_else(|| panic!("{:?}", rest.chars().take(20).collect::<String>()));
            assert!(codes.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b':')), "{codes:?}");
            assert!(!codes.contains("1;254;3"), "the colour of a post");
            rest = after;
        }
    }
    check_words(rest);
}

/// Fails where what is written to the screen holds a sequence that is not one of the program's own.
pub fn check_screen(raw: &str) {
    let mut rest = raw;
    while let Some(at) = rest.find(|c: char| c.is_control() && !matches!(c, '\r' | '\n')) {
        check_words(&rest[..at].replace('\r', "\n"));
        let sequence = &rest[at..];
        let length = own_sequence(sequence);
        let shown: String = sequence.chars().take(30).collect();
        assert!(length > 0, "not a sequence of the program's own: {shown:?}");
        assert!(!sequence[..length].contains(CANARY), "{shown:?}");
        rest = &sequence[length..];
    }
    check_words(&rest.replace('\r', "\n"));
}

/// The length of one of the control sequences that the program composes; 0 for any other.
fn own_sequence(words: &str) -> usize {
    if let Some(copied) = words.strip_prefix("\x1b]52;c;") {
        let end = copied.find("\x1b\\").unwrap_or_default();
        let is_coded = copied[..end].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
        return if end > 0 && is_coded { 7 + end + 2 } else { 0 };
    }
    // What it asks the terminal of itself.
    let questions = ["\x1b]11;?\x1b\\", "\x1b[16t", "\x1b[>q"];
    if let Some(question) = questions.iter().find(|question| words.starts_with(**question)) {
        return question.len();
    }
    let Some(rest) = words.strip_prefix("\x1b[") else { return 0 };
    let Some(end) = rest.find(|c: char| ('@'..='~').contains(&c)) else { return 0 };
    let (parameters, last) = (&rest[..end], rest.as_bytes()[end]);
    let is_numbers = |words: &str| words.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b':'));
    let modes = ["7", "25", "1000", "1002", "1003", "1006", "1015", "1049", "2004", "2026"];
    let is_own = match (parameters.strip_prefix('?'), last) {
        (Some(mode), b'h' | b'l') => modes.contains(&mode),
        (None, b'm') => is_numbers(parameters) && !parameters.contains("1;254;3"),
        (None, b'H' | b'J' | b'K' | b'A' | b'B' | b'C' | b'D' | b'G' | b'd' | b'X') => is_numbers(parameters),
        (None, b'n') => parameters == "6",
        (None, b'c') => parameters.is_empty(),
        _ => false,
    };
    if is_own { 2 + end + 1 } else { 0 }
}

/// The program on a pseudo-terminal whose other end is held here and nowhere else, so that it can be left unread, or closed.
pub struct Bare {
    master: File,
    child: Child,
    seen: Vec<u8>,
    _home: tempfile::TempDir,
}

impl Bare {
    pub fn start(script: &str) -> Bare {
        let home = tempfile::tempdir().expect("a folder");
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).expect("a pseudo-terminal");
        grantpt(&master).and_then(|()| unlockpt(&master)).expect("a pseudo-terminal");
        let size = Winsize { ws_row: 36, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&master, size).expect("a size");
        let name = ptsname(&master, Vec::new()).expect("a name").into_string().expect("UTF-8");
        let slave = || -> OwnedFd { File::options().read(true).write(true).open(&name).expect("a terminal").into() };
        let child = Command::new("sh")
            .args(["-c", script])
            .current_dir(REPOSITORY)
            .env_clear()
            .envs(environment(home.path()))
            .env("KIJI", KIJI)
            .env("TERM", "xterm-256color")
            .stdin(slave())
            .stdout(slave())
            .stderr(slave())
            .spawn()
            .expect("a shell");
        Bare { master: master.into(), child, seen: Vec::new(), _home: home }
    }

    /// Reads until these words have been written.
    pub fn read_until(&mut self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        let mut bytes = [0; 4096];
        while !String::from_utf8_lossy(&self.seen).contains(words) {
            assert!(Instant::now() < deadline, "not seen: {words}");
            let length = self.master.read(&mut bytes).expect("a program that writes");
            self.seen.extend_from_slice(&bytes[..length]);
        }
        self.seen.clear();
    }

    pub fn write(&mut self, words: &str) {
        self.master.write_all(words.as_bytes()).expect("a terminal that takes keys");
    }

    /// The memory that the program has now, in KiB.
    pub fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or_default()
    }

    /// Takes the terminal away.
    pub fn hang_up(self) -> Child {
        let Bare { master, child, .. } = self;
        let _ = master.as_fd();
        drop(master);
        child
    }
}
