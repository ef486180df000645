//! How a file stood when it was read: another stamp means that it may have changed.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// See the module's head. It is compared, never interpreted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// The number of the file in its file system; 0 where there is none.
    pub number: u64,
    /// When its contents changed, in nanoseconds of Unix time.
    pub modified: u64,
    /// When anything about it changed, the same way. No program can set that back.
    pub changed: u64,
}

impl Stamp {
    #[cfg(unix)]
    #[must_use]
    pub fn of(metadata: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        Stamp {
            size: metadata.size(),
            number: metadata.ino(),
            modified: moment(metadata.mtime(), metadata.mtime_nsec()),
            changed: moment(metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    #[cfg(not(unix))]
    #[must_use]
    pub fn of(metadata: &Metadata) -> Stamp {
        let modified = metadata.modified().ok().and_then(nanoseconds).unwrap_or(0);
        Stamp { size: metadata.len(), number: 0, modified, changed: modified }
    }

    /// Whether the file had not changed for so long at a moment. The clocks of file systems tick, some only every two seconds: a file
    /// may change once more without its stamp showing it.
    #[must_use]
    pub fn is_settled(&self, now: SystemTime, rest: Duration) -> bool {
        let latest = nanoseconds(now.checked_sub(rest).unwrap_or(UNIX_EPOCH)).unwrap_or(0);
        self.modified.max(self.changed) <= latest
    }
}

/// A moment as stamps have it.
#[cfg(unix)]
pub(super) fn moment(seconds: i64, nanoseconds: i64) -> u64 {
    seconds.wrapping_mul(1_000_000_000).wrapping_add(nanoseconds).cast_unsigned()
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}
