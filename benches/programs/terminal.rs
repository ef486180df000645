//! A program in a pseudo-terminal, with a clock.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_mins(1);
/// How long a program is quiet before it counts as done with a key.
const QUIET: Duration = Duration::from_millis(25);

pub struct Terminal {
    started: Instant,
    output: Receiver<(Instant, Vec<u8>)>,
    seen: Vec<u8>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts a program on a screen of 100 columns and 30 rows, in a home of its own.
    pub fn start(program: &[&str], home: &Path) -> Terminal {
        let size = PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 };
        // What is remembered from one run would show another place in the next.
        drop(std::fs::remove_file(home.join("kiji/state.jsonl")));
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program[0]);
        command.args(&program[1..]);
        command.cwd(home);
        for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"] {
            command.env(name, home);
        }
        command.env("XDG_CACHE_HOME", super::run::cache(home));
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("LESSCHARSET", "utf-8");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (news, output) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 256 * 1024];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if news.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        Terminal { started, output, seen: Vec::new(), writer, child, _master: pair.master }
    }

    /// How long it took from the start until the output held these words.
    pub fn first(&mut self, words: &str) -> Duration {
        self.until(words).duration_since(self.started)
    }

    /// When the output held these words, looked for from where the last wait ended.
    fn until(&mut self, words: &str) -> Instant {
        let needle = words.as_bytes();
        loop {
            let (at, bytes) = self.output.recv_timeout(PATIENCE).unwrap_or_else(|_| {
                panic!(
                    "{words:?} never came: {}",
                    String::from_utf8_lossy(&self.seen[self.seen.len().saturating_sub(2000)..])
                )
            });
            self.seen.extend_from_slice(&bytes);
            if self.seen.windows(needle.len()).any(|window| window == needle) {
                self.seen.clear();
                return at;
            }
        }
    }

    /// Waits until nothing more comes, and gives how many bytes came.
    pub fn settle(&mut self) -> usize {
        let mut count = 0;
        while let Ok((_, bytes)) = self.output.recv_timeout(QUIET) {
            count += bytes.len();
        }
        self.seen.clear();
        count
    }

    /// Presses a key, and gives how long it took until these words came.
    pub fn press_until(&mut self, key: &str, words: &str) -> Duration {
        let pressed = Instant::now();
        self.press(key);
        self.until(words).duration_since(pressed)
    }

    fn press(&mut self, key: &str) {
        self.writer.write_all(key.as_bytes()).and_then(|()| self.writer.flush()).expect("the terminal takes keys");
    }

    /// Presses a key, and gives how long it took until the last output that followed.
    pub fn press_and_settle(&mut self, key: &str) -> Duration {
        let pressed = Instant::now();
        let mut last = pressed;
        self.press(key);
        let mut patience = PATIENCE;
        while let Ok((at, _)) = self.output.recv_timeout(patience) {
            last = at;
            patience = 4 * QUIET;
        }
        last.duration_since(pressed)
    }

    /// Waits until the program has nothing more to do: for a while it takes no processor time.
    pub fn rest(&mut self) {
        let mut before = self.processor_time();
        loop {
            thread::sleep(8 * QUIET);
            let now = self.processor_time();
            if now == before {
                break;
            }
            before = now;
        }
        self.settle();
    }

    /// Presses keys one after the other, and gives the processor time and the bytes that each press cost.
    pub fn costs_of(&mut self, keys: &[String]) -> Vec<(Duration, usize)> {
        keys.iter()
            .map(|key| {
                let before = self.processor_time();
                self.press(key);
                let bytes = self.settle();
                (self.processor_time().saturating_sub(before), bytes)
            })
            .collect()
    }

    /// The processor time of all its threads so far (`/proc/PID/task/TID/schedstat`, first field, nanoseconds).
    fn processor_time(&self) -> Duration {
        let pid = self.child.process_id().expect("it runs");
        let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("a process");
        let time = |path: std::path::PathBuf| {
            let text = std::fs::read_to_string(path.join("schedstat")).unwrap_or_default();
            text.split(' ').next().and_then(|field| field.parse().ok()).unwrap_or(0)
        };
        Duration::from_nanos(tasks.flatten().map(|task| time(task.path())).sum())
    }

    /// The most memory that it held, in bytes (`VmHWM`).
    pub fn most_memory(&self) -> usize {
        super::run::most_memory(self.child.process_id().expect("it runs")).expect("it runs")
    }

    /// The processor time that a second without keys costs.
    pub fn idle(&mut self) -> Duration {
        self.settle();
        let before = self.processor_time();
        thread::sleep(Duration::from_secs(1));
        self.processor_time().saturating_sub(before)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
