//! The thread that reads and writes the state file.
//!
//! A change is a line that is added in one write; of two lines about one fact the later counts. So two programs may write at once, and
//! one that is killed loses what it had not written, which is half a second at most. Where lines have piled up the file is written
//! anew beside itself and put in its place, under a lock that whoever adds a line takes too.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::{Event, warning};
use crate::app::action::{Action, News};
use crate::library::source;
use crate::messages;
use crate::state::format::{self, Condition};
use crate::state::{Change, Entry, Record, State, Time};

/// How long changes are gathered before they are written.
const GATHERING: Duration = Duration::from_millis(500);

/// How long another program may hold the lock before a line is added without it.
const PATIENCE: Duration = Duration::from_secs(1);

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A file that is smaller is left as it is, in bytes.
const SMALL: u64 = 1024 * 1024;

const FILE: &str = "state.jsonl";
const NEW: &str = "state.jsonl.new";
const LOCK: &str = "state.lock";

/// The desk of the thread.
pub(super) struct Store {
    entries: Sender<Entry>,
    thread: JoinHandle<()>,
}

impl Store {
    /// Reads what is remembered in a folder and tells the app; then writes down what it is given.
    pub(super) fn open(folder: PathBuf, events: Sender<Event>) -> Store {
        let (entries, inbox) = mpsc::channel();
        let thread = thread::spawn(move || work(Disk::new(folder), &inbox, &events));
        Store { entries, thread }
    }

    pub(super) fn save(&self, entry: Entry) {
        let _ = self.entries.send(entry);
    }

    /// Waits until everything is written, two seconds at most.
    pub(super) fn finish(self) {
        drop(self.entries);
        let until = Instant::now() + 2 * PATIENCE;
        while !self.thread.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

/// What is remembered in a folder, without a word about what is wrong there.
#[must_use]
pub fn remembered(folder: PathBuf) -> State {
    Disk::new(folder).read().0
}

/// What waits to be written: of changes to one fact only the last.
#[derive(Default)]
struct Gathered(BTreeMap<(String, u8), Record>);

impl Gathered {
    fn add(&mut self, record: Record) {
        let fact = match &record.entry {
            Entry::Post(key, Change::Read(_)) => (key.clone(), 0),
            Entry::Post(key, Change::Favourite(_)) => (key.clone(), 1),
            Entry::Post(key, Change::Seen(_)) => (key.clone(), 2),
            Entry::Session(folder, _) => (folder.clone(), 3),
            Entry::Query(name, _) => (name.clone(), 4),
        };
        self.0.insert(fact, record);
    }
}

fn work(mut disk: Disk, inbox: &Receiver<Entry>, events: &Sender<Event>) {
    let (state, problem) = disk.load();
    let tell = |action| drop(events.send(Event::Action(action)));
    tell(Action::News(News::Remembered(Box::new(state))));
    problem.iter().for_each(|words| tell(warning(words)));
    let mut is_failing = problem.is_some();
    let mut gathered = Gathered::default();
    while let Ok(first) = inbox.recv() {
        gathered.add(disk.stamp(first));
        let until = Instant::now() + GATHERING;
        let is_over = loop {
            match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(entry) => gathered.add(disk.stamp(entry)),
                Err(RecvTimeoutError::Timeout) => break false,
                Err(RecvTimeoutError::Disconnected) => break true,
            }
        };
        match disk.append(gathered.0.values()) {
            Ok(()) => gathered = Gathered::default(),
            // It is kept, and tried again with what comes next.
            Err(error) if !is_failing => {
                is_failing = true;
                tell(warning(&messages::cannot_remember(&disk.folder, &error)));
            }
            Err(_) => {}
        }
        if is_over {
            return;
        }
    }
}

/// The files of the state.
struct Disk {
    folder: PathBuf,
    /// Whether a later version of the program wrote them: then they are left alone.
    is_newer: bool,
    /// From which size on, in bytes, the file is written anew.
    most: u64,
    /// The time of the last change.
    last: Time,
}

impl Disk {
    fn new(folder: PathBuf) -> Disk {
        Disk { folder, is_newer: false, most: SMALL, last: 0 }
    }

    /// The state file; where it is a link, what that leads to.
    fn file(&self) -> PathBuf {
        let file = self.folder.join(FILE);
        file.canonicalize().unwrap_or(file)
    }

    /// Reads the state. Says what is wrong with it.
    fn load(&mut self) -> (State, Option<String>) {
        let (state, condition, problem) = self.read();
        self.is_newer = condition == Condition::Newer;
        let problem = match condition {
            Condition::Sound => problem.map(|error| messages::cannot_remember(&self.folder, &error)),
            Condition::Newer => Some(messages::newer_state(&self.folder)),
            Condition::Damaged => Some(match self.compact() {
                Ok(Some(kept)) => messages::damaged_state(&kept),
                Ok(None) => messages::damaged_state(&self.file()),
                Err(error) => messages::cannot_remember(&self.folder, &error),
            }),
        };
        if condition == Condition::Sound && self.length() > self.most {
            let _ = self.compact();
        }
        (state, problem)
    }

    fn read(&self) -> (State, Condition, Option<io::Error>) {
        // A real path: no link is followed by who reads.
        match self.folder.join(FILE).canonicalize().and_then(|real| source::read(&real, LARGEST)) {
            Ok(bytes) => {
                let (state, condition) = format::read(&bytes, now());
                (state, condition, None)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => (State::default(), Condition::Sound, None),
            Err(error) => (State::default(), Condition::Sound, Some(error)),
        }
    }

    fn length(&self) -> u64 {
        self.file().metadata().map_or(0, |metadata| metadata.len())
    }

    /// An entry with a time later than all before it.
    fn stamp(&mut self, entry: Entry) -> Record {
        self.last = now().max(self.last + 1);
        Record { time: self.last, entry }
    }

    /// Adds changes to the file, in one write.
    fn append<'a>(&mut self, records: impl Iterator<Item = &'a Record>) -> io::Result<()> {
        if self.is_newer {
            return Ok(());
        }
        make_folder(&self.folder)?;
        let lock = self.lock()?;
        let mut file = open(&self.file(), OpenOptions::new().append(true).create(true).read(true))?;
        let start = start(&mut file)?.to_owned();
        let lines: String = std::iter::once(start).chain(records.filter_map(format::line)).collect();
        file.write_all(lines.as_bytes())?;
        let is_long = file.metadata()?.len() > self.most;
        drop(lock);
        if is_long {
            self.compact()?;
        }
        Ok(())
    }

    /// Waits for the lock, but not for ever: none where another program holds it all the time, or where there are no locks.
    fn lock(&self) -> io::Result<Option<File>> {
        let lock = open(&self.folder.join(LOCK), OpenOptions::new().write(true).create(true))?;
        let until = Instant::now() + PATIENCE;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Some(lock)),
                Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(Duration::from_millis(5)),
                Err(_) => return Ok(None),
            }
        }
    }

    /// Writes the file anew, without what was overtaken. What of it is not understood is kept beside it; gives where.
    fn compact(&mut self) -> io::Result<Option<PathBuf>> {
        make_folder(&self.folder)?;
        let Some(_lock) = self.lock()? else { return Ok(None) };
        let file = self.file();
        let (mut state, condition, problem) = self.read();
        if let Some(error) = problem {
            return Err(error);
        }
        let folder = file.parent().unwrap_or(&self.folder);
        let kept = match condition {
            Condition::Newer => {
                self.is_newer = true;
                return Ok(None);
            }
            Condition::Sound => None,
            Condition::Damaged => {
                let beside = folder.join(format!("state.damaged-{}.jsonl", now()));
                fs::hard_link(&file, &beside).or_else(|_| fs::copy(&file, &beside).map(drop))?;
                Some(beside)
            }
        };
        state.trim();
        let text = format::write(&state);
        let new = folder.join(NEW);
        let mut writer = open(&new, OpenOptions::new().write(true).create(true).truncate(true))?;
        writer.write_all(text.as_bytes())?;
        writer.sync_all()?;
        fs::rename(&new, &file)?;
        // The name is on the disk when its folder is.
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        self.most = SMALL.max(2 * text.len() as u64);
        Ok(kept)
    }
}

/// What must come before the next line: a first line in a file that is empty, the end of a line that was broken off.
fn start(file: &mut File) -> io::Result<&'static str> {
    if file.metadata()?.len() == 0 {
        return Ok(format::HEADER);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(if last == *b"\n" { "" } else { "\n" })
}

/// Opens a file that nobody else may read. What is no regular file is never waited for.
fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

fn now() -> Time {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as Time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(disk: &Disk, key: &str) -> bool {
        disk.read().0.post(key).is_some_and(crate::state::Memory::is_read)
    }

    fn mark(disk: &mut Disk, key: &str) {
        let record = disk.stamp(Entry::Post(key.to_owned(), Change::Read(true)));
        disk.append([&record].into_iter()).unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn two_writers_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &'static str| {
            let path = folder.path().to_owned();
            thread::spawn(move || {
                let mut disk = Disk::new(path);
                for number in 0..200 {
                    mark(&mut disk, &format!("{name}{number}"));
                    if number % 20 == 0 {
                        disk.compact().unwrap();
                    }
                }
            })
        };
        let writers = ["a", "b", "c"].map(write);
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        let (state, condition, _) = Disk::new(folder.path().to_owned()).read();
        assert_eq!((state.records().len(), condition), (600, Condition::Sound));
    }

    #[test]
    fn files_of_every_condition_are_kept() {
        for (before, loads, appends, names_after) in [
            (None, true, true, vec![FILE, LOCK]),
            (Some("{\"kiji\":\"state\",\"version\":1}\n{\"t\":1,\"post\":\"a\",\"re"), true, true, vec![FILE, LOCK]),
            (Some("words of someone"), false, true, vec!["damaged", FILE, LOCK]),
            (Some("{\"kiji\":\"state\",\"version\":9}\n{}\n"), false, false, vec![FILE]),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join(FILE);
            before.iter().for_each(|text| fs::write(&file, text).unwrap());
            let mut disk = Disk::new(folder.path().to_owned());
            assert_eq!(disk.load().1.is_none(), loads, "{before:?}");
            mark(&mut disk, "key");
            assert_eq!(read(&disk, "key"), appends, "{before:?}");
            let found = names(folder.path());
            assert_eq!(found.len(), names_after.len(), "{before:?} {found:?}");
            assert!(found.iter().zip(&names_after).all(|(found, name)| found.contains(name)), "{found:?}");
            if !loads {
                let words = fs::read_to_string(folder.path().join(&found[0])).unwrap();
                assert_eq!(words, before.unwrap(), "never destroyed");
            }
            assert!(Disk::new(folder.path().to_owned()).load().1.is_none() == (loads || appends), "said once");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Disk::new(folder.path().join("new/kiji"));
        mark(&mut disk, "a");
        disk.compact().unwrap();
        for (path, mode) in [(disk.file(), 0o600), (disk.folder.clone(), 0o700)] {
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, mode);
        }
    }

    #[test]
    fn what_piles_up_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Disk::new(folder.path().to_owned());
        disk.most = 2000;
        (0..200).for_each(|_| mark(&mut disk, "a"));
        assert!(disk.length() < 4000 || disk.most == SMALL, "{}", disk.length());
        assert_eq!(disk.read().0.records().len(), 1);
        assert_eq!(names(folder.path()), [FILE, LOCK]);
    }

    #[test]
    fn a_folder_that_cannot_be_is_an_error_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let mut disk = Disk::new(folder.path().join("file/kiji"));
        let record = disk.stamp(Entry::Post("a".into(), Change::Read(true)));
        assert!(disk.append([&record].into_iter()).is_err());
    }
}
