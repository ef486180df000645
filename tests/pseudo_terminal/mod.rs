//! The program in a real pseudo-terminal, with a terminal emulator at the other end.

// Each test file is a crate of its own and uses its own part of this.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use vt100::{Callbacks, MouseProtocolMode, Parser, Screen};

/// The program under test.
pub const KIJI: &str = env!("CARGO_BIN_EXE_kiji");
/// The folder of the repository.
pub const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// How long anything may take. It is only ever waited out by a test that fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// How the program is to be started: in the repository, in a home of its own, and with nothing of the tester's environment.
pub struct Launch {
    command: CommandBuilder,
    size: PtySize,
    home: TempDir,
    /// The ground of the terminal, as it tells it when it is asked (OSC 11).
    ground: Option<&'static str>,
    attributes: String,
}

impl Launch {
    pub fn new(arguments: &[&str]) -> Launch {
        Launch::program(KIJI, arguments)
    }

    /// Runs a script of the shell, in which `$KIJI` is the program.
    pub fn script(script: &str) -> Launch {
        Launch::program("sh", &["-c", script]).env("KIJI", KIJI)
    }

    fn program(program: &str, arguments: &[&str]) -> Launch {
        let home = tempfile::tempdir().expect("a folder");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(REPOSITORY);
        command.env_clear();
        for (name, value) in environment(home.path()) {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        Launch { command, size: size(120, 36), home, ground: None, attributes: String::new() }
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Launch {
        self.size = size(columns, rows);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Launch {
        self.command.env(name, value);
        self
    }

    pub fn without(mut self, name: &str) -> Launch {
        self.command.env_remove(name);
        self
    }

    /// What the terminal answers when it is asked what it is and what it can.
    pub fn answering(mut self, attributes: &str) -> Launch {
        attributes.clone_into(&mut self.attributes);
        self
    }

    pub fn ground(mut self, ground: &'static str) -> Launch {
        self.ground = Some(ground);
        self
    }

    pub fn folder(mut self, folder: &Path) -> Launch {
        self.command.cwd(folder);
        self
    }

    /// Writes the settings file.
    pub fn settings(self, text: &str) -> Launch {
        let folder = self.home.path().join("kiji");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("config.toml"), text).expect("a settings file");
        self
    }

    pub fn start(self) -> Session {
        let pair = native_pty_system().openpty(self.size).expect("a pseudo-terminal");
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(self.command).expect("kiji starts");
        // Only the program holds that end now: when it ends, reading ends.
        drop(pair.slave);
        let answers = Answers { written: String::new(), ground: self.ground, attributes: self.attributes };
        let parser = Parser::new_with_callbacks(rows(self.size), columns(self.size), 0, answers);
        let output = Output { parser, raw: Vec::new(), is_over: false };
        let shared = Arc::new(Shared { output: Mutex::new(output), news: Condvar::new() });
        let reader = pair.master.try_clone_reader().expect("a reader");
        let listener = Arc::clone(&shared);
        let writer: Writer = Arc::new(Mutex::new(pair.master.take_writer().expect("a writer")));
        let answerer = Arc::clone(&writer);
        thread::spawn(move || listen(reader, &answerer, &listener));
        Session { shared, writer, master: pair.master, child, modes, _home: self.home }
    }
}

/// What every run gets of an environment.
pub fn environment(home: &Path) -> Vec<(&'static str, String)> {
    let home = home.to_str().expect("a path in UTF-8").to_owned();
    vec![
        ("PATH", std::env::var("PATH").unwrap_or_default()),
        ("HOME", home.clone()),
        ("XDG_CONFIG_HOME", home),
        ("LANG", "C.UTF-8".to_owned()),
    ]
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// The rows that the emulator has: it knows no screen without any, and one of 65,535 would not fit into memory.
fn rows(size: PtySize) -> NonZeroU16 {
    NonZeroU16::new(size.rows.min(1000)).unwrap_or(NonZeroU16::MIN)
}

/// See [`rows`].
fn columns(size: PtySize) -> NonZeroU16 {
    NonZeroU16::new(size.cols.min(2000)).unwrap_or(NonZeroU16::MIN)
}

/// The modes of the line (echo, whole lines, signals from keys and so on), to be compared.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// What a terminal answers when it is asked where its cursor is (DSR 6, CPR), and what its ground is where it knows that.
struct Answers {
    written: String,
    ground: Option<&'static str>,
    /// What it says of itself beside that, when it is asked for its attributes (DA1).
    attributes: String,
}

impl Callbacks for Answers {
    fn unhandled_csi(&mut self, screen: &mut Screen, i1: Option<u8>, _: Option<u8>, params: &[&[u16]], c: char) {
        if (i1, params, c) == (None, &[&[6]], 'n') {
            let (row, column) = screen.cursor_position();
            self.written += &format!("\x1b[{};{}R", row + 1, column + 1);
        } else if c == 'c' && i1.is_none() {
            self.written += &self.attributes;
        }
    }

    fn unhandled_osc(&mut self, _: &mut Screen, params: &[&[u8]]) {
        if let (Some(ground), true) = (self.ground, params == [&b"11"[..], b"?"]) {
            self.written += &format!("\x1b]11;{ground}\x1b\\");
        }
    }
}

/// What came out of the program.
struct Output {
    parser: Parser<Answers>,
    raw: Vec<u8>,
    is_over: bool,
}

impl Output {
    /// Whether a frame has begun and not ended. A terminal shows no half of a synchronised update, and no test looks at one.
    fn is_within_frame(&self) -> bool {
        let last = |needle: &[u8]| self.raw.windows(needle.len()).rposition(|window| window == needle);
        last(BEGIN_FRAME) > last(END_FRAME)
    }
}

struct Shared {
    output: Mutex<Output>,
    news: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Output> {
        self.output.lock().expect("the emulator lives")
    }
}

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

fn write(writer: &Writer, words: &str) {
    let mut writer = writer.lock().expect("the terminal lives");
    writer.write_all(words.as_bytes()).and_then(|()| writer.flush()).expect("the terminal takes keys");
}

fn listen(mut reader: Box<dyn Read + Send>, writer: &Writer, shared: &Shared) {
    let mut buffer = [0; 16 * 1024];
    loop {
        let count = reader.read(&mut buffer).unwrap_or(0);
        let mut output = shared.lock();
        output.parser.process(&buffer[..count]);
        output.raw.extend_from_slice(&buffer[..count]);
        output.is_over = count == 0;
        let answers = std::mem::take(&mut output.parser.callbacks_mut().written);
        if !answers.is_empty() {
            write(writer, &answers);
        }
        shared.news.notify_all();
        if count == 0 {
            return;
        }
    }
}

/// A running program.
pub struct Session {
    shared: Arc<Shared>,
    writer: Writer,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// The modes of the line before the program was started.
    modes: String,
    _home: TempDir,
}

impl Session {
    /// Types. Control characters and escape sequences are sent as they are.
    pub fn keys(&mut self, keys: &str) {
        write(&self.writer, keys);
    }

    /// Types Esc. What follows at once would be one key with it.
    pub fn escape(&mut self) {
        self.keys("\x1b");
        thread::sleep(Duration::from_millis(50));
    }

    /// Types so much that the terminal may not take it at once.
    pub fn keys_meanwhile(&self, keys: String) {
        let writer = Arc::clone(&self.writer);
        thread::spawn(move || {
            let mut rest = keys.as_bytes();
            while !rest.is_empty() {
                let (now, later) = rest.split_at(rest.len().min(4096));
                let mut writer = writer.lock().expect("the terminal lives");
                if writer.write_all(now).and_then(|()| writer.flush()).is_err() {
                    return;
                }
                rest = later;
            }
        });
    }

    /// Pastes, in brackets, so much that the terminal may not take it at once.
    pub fn paste_meanwhile(&self, words: String) {
        self.keys_meanwhile(format!("\x1b[200~{words}\x1b[201~"));
    }

    /// Waits until the screen is as described, and fails with what it shows when that never happens.
    pub fn wait_for(&self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        drop(self.wait_until(what, |output| !output.is_within_frame() && is_so(output.parser.screen())));
    }

    /// Waits until these words stand on one row of the screen.
    pub fn wait_for_text(&self, words: &str) {
        self.wait_for(words, |screen| lines(screen).iter().any(|line| line.contains(words)));
    }

    /// Waits until a row of the screen, counted from 0 and from the end below 0, holds these words.
    pub fn wait_for_row(&self, row: isize, words: &str) {
        self.wait_for(&format!("{words} on row {row}"), |screen| line(screen, row).contains(words));
    }

    /// Waits until a whole frame has been drawn after a mark.
    pub fn wait_for_frame(&self, mark: usize) {
        let is_ended = |raw: &[u8]| raw.windows(END_FRAME.len()).any(|window| window == END_FRAME);
        drop(self.wait_until("a frame", |output| !output.is_within_frame() && is_ended(&output.raw[mark..])));
    }

    /// Waits until the output is as described, and gives it, still locked.
    fn wait_until(&self, what: &str, is_so: impl Fn(&Output) -> bool) -> MutexGuard<'_, Output> {
        let deadline = Instant::now() + PATIENCE;
        let mut output = self.shared.lock();
        while !is_so(&output) {
            let rest = deadline.saturating_duration_since(Instant::now());
            if rest.is_zero() || output.is_over {
                let why = if output.is_over { "the program ended" } else { "it took too long" };
                let shown = output.parser.screen().contents();
                drop(output);
                panic!("not seen, {why}: {what}\n--- the screen:\n{shown}\n---");
            }
            output = self.shared.news.wait_timeout(output, rest).expect("the emulator lives").0;
        }
        output
    }

    /// Looks at the screen between two frames.
    pub fn look<T>(&self, look: impl FnOnce(&Screen) -> T) -> T {
        look(self.wait_until("the end of a frame", |output| !output.is_within_frame()).parser.screen())
    }

    /// A row of the screen, counted from 0 and from the end below 0.
    pub fn row(&self, row: isize) -> String {
        self.look(|screen| line(screen, row))
    }

    /// A place in the raw output: its end so far.
    pub fn mark(&self) -> usize {
        self.shared.lock().raw.len()
    }

    /// The raw output from a mark on.
    pub fn raw_since(&self, mark: usize) -> String {
        String::from_utf8_lossy(&self.shared.lock().raw[mark..]).into_owned()
    }

    /// Waits until the raw output from a mark on holds these bytes.
    pub fn wait_for_raw(&self, mark: usize, bytes: &str) {
        let is_there = |raw: &[u8]| raw.windows(bytes.len()).any(|window| window == bytes.as_bytes());
        drop(self.wait_until(&format!("{bytes:?} in the raw output"), |output| is_there(&output.raw[mark..])));
    }

    /// Changes the size of the terminal, as dragging its window does.
    pub fn resize(&mut self, columns_now: u16, rows_now: u16) {
        let now = size(columns_now, rows_now);
        let mut output = self.shared.lock();
        output.parser.set_size(rows(now), columns(now));
        self.master.resize(now).expect("a new size");
    }

    /// Changes the size faster than the emulator could follow: what it shows means nothing until [`Session::resize`].
    pub fn resize_unseen(&self, columns: u16, rows: u16) {
        self.master.resize(size(columns, rows)).expect("a new size");
    }

    /// Presses and releases the left button of the mouse on a cell, counted from 0.
    pub fn click(&mut self, column: usize, row: usize) {
        let (column, row) = (column + 1, row + 1);
        self.keys(&format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
    }

    /// Turns the wheel of the mouse by one notch over a cell, counted from 0.
    pub fn wheel(&mut self, is_down: bool, column: usize, row: usize) {
        self.keys(&format!("\x1b[<{};{};{}M", if is_down { 65 } else { 64 }, column + 1, row + 1));
    }

    /// The column and row of the first cell of these words, which stand on one row.
    pub fn find(&self, words: &str) -> (usize, usize) {
        let found = self.look(|screen| {
            lines(screen).iter().enumerate().find_map(|(row, line)| {
                let before = line.get(..line.find(words)?)?;
                Some((cells_of(screen, row, before.chars().count()), row))
            })
        });
        found.unwrap_or_else(|| panic!("{words} is not on the screen:\n{}", self.look(Screen::contents)))
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let process = self.process().to_string();
        let status = std::process::Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", name, &process]).status();
        assert!(status.expect("a shell").success());
    }

    /// Lets a program that is about to stop go on: it is called on until it writes these bytes after a mark, since it hears nothing
    /// before it has stopped.
    pub fn go_on(&self, mark: usize, bytes: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.raw_since(mark).contains(bytes) {
            assert!(Instant::now() < deadline, "the program does not go on:\n{}", self.raw_since(mark));
            self.signal("CONT");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits for the end of the program and of its output, and gives its exit code.
    pub fn exit_code(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            match self.child.try_wait().expect("a child") {
                Some(status) => break status,
                None if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
                None => panic!("kiji does not end; the screen:\n{}", self.look(Screen::contents)),
            }
        };
        assert_eq!(status.signal(), None, "ended by a signal");
        drop(self.wait_until("the end of the output", |output| output.is_over));
        status.exit_code()
    }

    /// The number of the process.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("a running program")
    }

    /// Whether the program has not ended.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_none()
    }

    /// Fails unless the terminal was given back after a mark: screen, cursor, mouse, paste and the modes of the line.
    pub fn check_given_back(&self, mark: usize) {
        let tail = self.raw_since(mark);
        for sequence in ["\x1b[?1049l", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?1006l", "\x1b[?2004l", "\x1b[?25h"] {
            assert!(tail.contains(sequence), "{sequence:?} is not in {tail:?}");
        }
        self.look(|screen| {
            assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
            assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
        });
        assert!(self.has_modes_back(), "the modes of the line are not as before");
    }

    /// Whether the modes of the line are those that the program found.
    pub fn has_modes_back(&self) -> bool {
        modes(&*self.master) == self.modes
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The rows of a screen.
pub fn lines(screen: &Screen) -> Vec<String> {
    screen.rows(0, screen.size().1.get()).collect()
}

/// A row of a screen, counted from 0 and from the end below 0.
pub fn line(screen: &Screen, row: isize) -> String {
    let lines = lines(screen);
    let at = if row < 0 { lines.len().checked_add_signed(row) } else { usize::try_from(row).ok() };
    at.and_then(|at| lines.get(at).cloned()).unwrap_or_default()
}

/// How many cells the first characters of a row take.
fn cells_of(screen: &Screen, row: usize, characters: usize) -> usize {
    let mut left = characters;
    let mut column = 0;
    while left > 0 {
        let Some(cell) = screen.cell(row as u16, column) else { break };
        left = left.saturating_sub(if cell.has_contents() { cell.contents().chars().count() } else { 1 });
        column += if cell.is_wide() { 2 } else { 1 };
    }
    usize::from(column)
}
