//! Programs that print and end.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Where a program in this home keeps what it can do without.
pub fn cache(home: &Path) -> PathBuf {
    home.join("cache")
}

/// A program in a home of its own.
fn command(program: &[&str], home: &Path) -> Command {
    let mut command = Command::new(program[0]);
    command.args(&program[1..]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"] {
        command.env(name, home);
    }
    command.env("XDG_CACHE_HOME", cache(home));
    command
}

/// How long a program runs until it ends, its output read and dropped.
pub fn time(program: &[&str], home: &Path) -> Duration {
    let started = Instant::now();
    command(program, home).output().expect("the program starts");
    started.elapsed()
}

pub fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.is_ok()
}

/// The most memory that a program held, in bytes, as it is seen again and again until its end.
pub fn memory(program: &[&str], home: &Path) -> usize {
    let mut child = command(program, home).spawn().expect("the program starts");
    let mut output = child.stdout.take().expect("an output");
    let reader = thread::spawn(move || output.read_to_end(&mut Vec::new()));
    let mut most = 0;
    while child.try_wait().expect("a child").is_none() {
        most = most.max(most_memory(child.id()).unwrap_or_default());
    }
    reader.join().expect("no panic").expect("the whole output");
    most
}

/// The most memory that a program held so far, in bytes (`VmHWM`); none when it has ended.
pub fn most_memory(pid: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? * 1024)
}
