//! What was read of the posts of a folder, kept in a file until the next start: a post whose file stands as it did is not read again.
//!
//! Nothing is believed that the file says: it is for this folder, these settings and this very program, or it is not used; each of its
//! records has a check sum and must decode to the end; words in it pass the cleaner like those of a post; and it names no file that is
//! opened, it is only asked about files that were found. It may be deleted at any time. It is put in place by a rename.

mod record;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::post::{Found, Post};
use super::site::plainly_below;
use super::source;
use super::source::OpenFolder;
use super::stamp::Stamp;
use record::Record;

/// The first bytes of a file of this form. A change of the form changes the number.
const MAGIC: &[u8] = b"kiji index 1\n";
/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 30;
/// Folders of fewer posts are read as fast as their cache would be.
const LEAST: usize = 256;
/// How long a file must not have changed for its stamp to be believed: the coarsest clock of a file system ticks every two seconds.
const REST: Duration = Duration::from_secs(2);
/// How many folders are remembered; those that were not written for longest are forgotten.
const MOST_FOLDERS: usize = 40;

/// The folder of what is kept.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    least: usize,
    rest: Duration,
}

/// What is kept of one folder: of which, and all that its posts depend on beside their files.
pub(super) struct Subject<'a> {
    pub root: &'a Path,
    pub context: String,
}

impl Cache {
    #[must_use]
    pub fn of(folder: PathBuf) -> Cache {
        Cache { folder, least: LEAST, rest: REST }
    }

    /// One for tests: it keeps what little there is, however new.
    #[doc(hidden)]
    #[must_use]
    pub fn eager(folder: PathBuf) -> Cache {
        Cache { folder, least: 0, rest: Duration::ZERO }
    }

    /// Whether so many posts are worth it.
    pub(super) fn is_for(&self, posts: usize) -> bool {
        posts >= self.least
    }

    fn file(&self, subject: &Subject) -> PathBuf {
        self.folder.join(format!("index-{:016x}", record::sum(subject.root.as_os_str().as_encoded_bytes())))
    }

    /// What is known of a folder; nothing where the file is not there or not fit for use.
    pub(super) fn recall(&self, subject: &Subject) -> Recalled {
        let real = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        let file = real.join(self.file(subject).file_name().unwrap_or_default());
        let bytes = source::read(&file, LARGEST).unwrap_or_default();
        Recalled::of(bytes, &head(subject))
    }

    /// Keeps what was read, for the next time. A folder that cannot be written to keeps nothing.
    pub(super) fn keep<'p>(&self, subject: &Subject, posts: impl Iterator<Item = (&'p Post, Option<Stamp>)>) {
        let now = SystemTime::now();
        let mut bytes = head(subject);
        for (post, stamp) in posts {
            if let Some(stamp) = stamp.filter(|stamp| stamp.is_settled(now, self.rest)) {
                record::write(post, stamp, subject.root, &mut bytes);
            }
        }
        if self.put(&self.file(subject), &bytes).is_ok() {
            self.forget_the_oldest();
        }
    }

    /// Writes a file beside its place and moves it there.
    fn put(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        create_folder(&self.folder)?;
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().subsec_nanos();
        let beside = file.with_extension(format!("{}-{moment}", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&beside)?.write_all(bytes).and_then(|()| fs::rename(&beside, file));
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written
    }

    /// Removes the oldest files, and with them what programs left that were killed while they wrote.
    fn forget_the_oldest(&self) {
        let entries = self.folder.read_dir().into_iter().flatten().flatten();
        let own = entries.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(b"index-"));
        let mut files: Vec<_> =
            own.filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry))).collect();
        files.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
        files.iter().skip(MOST_FOLDERS).for_each(|(_, entry)| drop(fs::remove_file(entry.path())));
    }
}

#[cfg(unix)]
fn create_folder(folder: &Path) -> io::Result<()> {
    std::os::unix::fs::DirBuilderExt::mode(fs::DirBuilder::new().recursive(true), 0o700).create(folder)
}

#[cfg(not(unix))]
fn create_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// What a file begins with that is of use for a subject.
fn head(subject: &Subject) -> Vec<u8> {
    let mut head = MAGIC.to_vec();
    for part in [subject.root.as_os_str().as_encoded_bytes(), program().as_bytes(), subject.context.as_bytes()] {
        record::put_bytes(part, &mut head);
    }
    head
}

/// Which program this is: another version of it, or another build, may read posts in another way.
fn program() -> String {
    let built = std::env::current_exe().and_then(fs::metadata).map(|metadata| Stamp::of(&metadata));
    let built = built.map(|stamp| (stamp.size, stamp.number, stamp.modified)).ok();
    format!("{} {built:?} {:?}", env!("CARGO_PKG_VERSION"), crate::messages::language())
}

/// What is known of the posts of a folder.
#[derive(Debug, Default)]
pub(super) struct Recalled {
    bytes: Vec<u8>,
    /// Where each record begins, in the order of their paths; and where the last ends.
    starts: Vec<usize>,
}

impl Recalled {
    fn of(bytes: Vec<u8>, head: &[u8]) -> Recalled {
        if !bytes.starts_with(head) {
            return Recalled::default();
        }
        let mut starts = vec![head.len()];
        let mut at = head.len();
        while at < bytes.len() {
            let Some(next) = record::end(&bytes, at) else { return Recalled::default() };
            starts.push(next);
            at = next;
        }
        Recalled { bytes, starts }
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn record(&self, at: usize) -> Option<Record<'_>> {
        let (start, end) = (*self.starts.get(at)?, *self.starts.get(at + 1)?);
        Record::of(self.bytes.get(start..end)?)
    }

    /// Asks about files in their order.
    pub(super) fn reader<'a>(&'a self, folder: &'a OpenFolder<'a>) -> Reader<'a> {
        Reader { recalled: self, folder, at: None }
    }
}

/// Goes through the records beside the files of a folder, both in the order of their paths.
pub(super) struct Reader<'a> {
    recalled: &'a Recalled,
    folder: &'a OpenFolder<'a>,
    /// The next record; none before the first question.
    at: Option<usize>,
}

impl Reader<'_> {
    /// The post of a file, if it stands as it did when it was read.
    pub(super) fn post(&mut self, found: &Found) -> Option<(Post, Stamp)> {
        let file = record::file(found)?;
        let root = self.folder.path();
        let path = plainly_below(file, root).map(Path::new).or_else(|| file.strip_prefix(root).ok())?;
        let mut at = self.at.unwrap_or_else(|| self.first(path));
        // Records of files that are gone are passed over.
        while self.recalled.record(at).is_some_and(|record| record.path() != path && record.path() < path) {
            at += 1;
        }
        let record = self.recalled.record(at).filter(|record| record.path() == path);
        self.at = Some(at + usize::from(record.is_some()));
        let stamp = self.folder.stamp(file)?;
        Some((record?.post(stamp, found)?, stamp))
    }

    /// The first record that is not before a path.
    fn first(&self, path: &Path) -> usize {
        let (mut low, mut high) = (0, self.recalled.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.recalled.record(middle) {
                Some(record) if record.path() < path => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }
}

#[cfg(test)]
mod tests;
