//! A stranger's posts, and everything that may happen to a terminal: what must hold is held by the real program.
//!
//! `../shared/hostile` makes a folder of hostile posts and says of each item, of each state of the terminal and of each change under
//! the reader what must hold. Each of these lines is checked and counted here.
#![cfg(unix)]

mod bytes;
mod changes;
mod corpus;
mod items;
mod links;
mod pathological;
#[path = "../pseudo_terminal/mod.rs"]
mod pseudo_terminal;
mod roads;
#[path = "../shared/mod.rs"]
mod shared;
mod terminals;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The lines that were held and those that were not.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
    skipped: Vec<String>,
}

/// What came of a line.
enum Outcome {
    Held,
    /// It cannot be driven here, for this reason.
    Skipped(&'static str),
}

impl Tally {
    /// Counts what holds, and what fails with its words.
    fn check(&mut self, name: &str, check: impl FnOnce() -> Outcome) {
        match catch_unwind(AssertUnwindSafe(check)) {
            Ok(Outcome::Held) => self.passed += 1,
            Ok(Outcome::Skipped(why)) => self.skipped.push(format!("{name}: {why}")),
            Err(panic) => {
                let words = panic.downcast_ref::<String>().cloned();
                let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
                self.failed.push(format!("{name}: {}", words.unwrap_or_default()));
            }
        }
    }

    fn join(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        self.skipped.extend(other.skipped);
    }

    /// Prints the counts, and fails where a line was not held.
    fn report(self, what: &str) {
        println!("{what}: {} passed, {} failed, {} skipped", self.passed, self.failed.len(), self.skipped.len());
        self.skipped.iter().for_each(|line| println!("  skipped: {line}"));
        assert!(self.failed.is_empty(), "{what}, {} failed:\n{}", self.failed.len(), self.failed.join("\n"));
    }
}

/// Checks many things on as many threads as the machine has cores.
fn check_all<T: Sync>(things: &[T], check: impl Fn(&T, &mut Tally) + Sync) -> Tally {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, all) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut tally = Tally::default();
                while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
                    check(thing, &mut tally);
                }
                all.lock().expect("a tally").join(tally);
            });
        }
    });
    all.into_inner().expect("a tally")
}
