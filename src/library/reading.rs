//! The posts of a library read from their files: what is known from before is not read again, the rest on several threads.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::cache::Recalled;
use super::post::{Found, House, Post, read_stamped, unreadable};
use super::renewal::Known;
use super::source::OpenFolder;
use super::stamp::Stamp;
use crate::messages;

/// Fewer posts than these are read before threads have started.
const WORTH_THREADS: usize = 64;

/// More threads than these wait for one another.
const MOST_THREADS: usize = 8;

/// What posts are read with.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub house: House<'a>,
    /// What this very program read of them before.
    pub known: &'a Known<'a>,
    /// What the cache has of them.
    pub recalled: &'a Recalled,
    /// The folder whose cache that is.
    pub folder: &'a OpenFolder<'a>,
}

/// A post that was read.
pub(super) struct Read {
    pub post: Post,
    /// How its file stood, where that was looked at.
    pub stamp: Option<Stamp>,
    /// Whether the cache had it.
    pub is_recalled: bool,
}

impl Reading<'_> {
    /// Reads what was found, in its order, and leaves nothing there.
    pub(super) fn all(self, found: &mut [Found]) -> Vec<Read> {
        // To ask the system for its processors takes as long as reading some files.
        let threads =
            if found.len() < WORTH_THREADS { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
        if threads < 2 {
            return self.some(found);
        }
        let mut chunks = found.chunks_mut(found.len().div_ceil(threads.min(MOST_THREADS)));
        std::thread::scope(|scope| {
            // The first is for this thread.
            let first = chunks.next().unwrap_or_default();
            let workers: Vec<_> = chunks.map(|chunk| scope.spawn(move || self.some(chunk))).collect();
            let mut all = self.some(first);
            workers.into_iter().for_each(|worker| all.extend(worker.join().unwrap_or_default()));
            all
        })
    }

    fn some(self, found: &mut [Found]) -> Vec<Read> {
        let is_kept = self.known.holds(self.house.cascades);
        let mut recalled = (self.recalled.len() > 0).then(|| self.recalled.reader(self.folder));
        let read = |found: &mut Found| {
            if let Some(post) = self.known.kept(found).filter(|_| is_kept) {
                return Read { post: post.clone(), stamp: None, is_recalled: false };
            }
            if let Some((post, stamp)) = recalled.as_mut().and_then(|recalled| recalled.post(found)) {
                return Read { post, stamp: Some(stamp), is_recalled: true };
            }
            let read = catch_unwind(AssertUnwindSafe(|| read_stamped(found, self.house, self.folder)));
            let (post, stamp) = read.unwrap_or_else(|_| (unreadable(found.taken(), &messages::NOT_UNDERSTOOD), None));
            Read { post, stamp, is_recalled: false }
        };
        found.iter_mut().map(read).collect()
    }
}
