//! The state as it is written: lines of JSON, the first of which names the format, each other one a change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Change, Entry, Record, Session, State, Time};
use crate::text::anchor::Anchor;

/// The first line of a file of this version.
pub const HEADER: &str = "{\"kiji\":\"state\",\"version\":1}\n";

const VERSION: u64 = 1;

/// The longest line that is written or read, in bytes.
const LONGEST: usize = 64 * 1024;

/// What a file is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Sound,
    /// Some of it is not understood. What is understood counts.
    Damaged,
    /// A later version of the program wrote it.
    Newer,
}

#[derive(Deserialize)]
struct Header {
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(rename = "t")]
    time: Time,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum What {
    Read {
        post: String,
        read: bool,
    },
    Favourite {
        post: String,
        favourite: bool,
    },
    Seen {
        post: String,
        at: usize,
        before: String,
        after: String,
        heading: String,
    },
    Session {
        folder: String,
        post: Option<String>,
        reading: bool,
        sort: String,
        #[serde(default)]
        filter: String,
    },
    Query {
        name: String,
        query: Option<String>,
    },
    /// A kind that a later program of the same version may write.
    Other(BTreeMap<String, serde_json::Value>),
}

/// A record as a line, with its end. None for one that is too long to be kept.
#[must_use]
pub fn line(record: &Record) -> Option<String> {
    let what = match record.entry.clone() {
        Entry::Post(post, Change::Read(read)) => What::Read { post, read },
        Entry::Post(post, Change::Favourite(favourite)) => What::Favourite { post, favourite },
        Entry::Post(post, Change::Seen(Anchor { offset: at, before, after, heading })) => {
            What::Seen { post, at, before, after, heading }
        }
        Entry::Session(folder, Session { post, is_reading: reading, sort, filter }) => {
            What::Session { folder, post, reading, sort, filter }
        }
        Entry::Query(name, query) => What::Query { name, query },
    };
    let line = serde_json::to_string(&Line { time: record.time, what }).ok()?;
    (line.len() < LONGEST).then_some(line + "\n")
}

/// Reads a file. `now` bounds the times in it, so that a clock that once went wrong does not win for ever.
#[must_use]
pub fn read(bytes: &[u8], now: Time) -> (State, Condition) {
    let mut state = State::default();
    let mut condition = Condition::Sound;
    let whole = bytes.len() - bytes.rsplit(|byte| *byte == b'\n').next().map_or(0, <[u8]>::len);
    let mut lines = bytes[..whole].split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    match lines.next().map(serde_json::from_slice::<Header>) {
        // Nothing in it, or the start of a first line.
        None if HEADER.as_bytes().starts_with(bytes) => return (state, Condition::Sound),
        Some(Ok(header)) if header.version > VERSION => return (state, Condition::Newer),
        Some(Ok(_)) => {}
        None | Some(Err(_)) => condition = Condition::Damaged,
    }
    for line in lines {
        match serde_json::from_slice::<Line>(line) {
            Ok(line) => record(line, now).into_iter().for_each(|record| state.apply(record)),
            // A line that breaks off is one whose writer was stopped.
            Err(error) if error.is_eof() => {}
            // Two programs that began the file at once each wrote a first line.
            Err(_) if line == HEADER.trim_end().as_bytes() => {}
            Err(_) => condition = Condition::Damaged,
        }
    }
    (state, condition)
}

fn record(line: Line, now: Time) -> Option<Record> {
    let entry = match line.what {
        What::Read { post, read } => Entry::Post(post, Change::Read(read)),
        What::Favourite { post, favourite } => Entry::Post(post, Change::Favourite(favourite)),
        What::Seen { post, at, before, after, heading } => {
            Entry::Post(post, Change::Seen(Anchor { offset: at, before, after, heading }))
        }
        What::Session { folder, post, reading, sort, filter } => {
            Entry::Session(folder, Session { post, is_reading: reading, sort, filter })
        }
        What::Query { name, query } => Entry::Query(name, query),
        What::Other(_) => return None,
    };
    Some(Record { time: line.time.min(now), entry })
}

/// A whole file of a state.
#[must_use]
pub fn write(state: &State) -> String {
    let lines = state.records().into_iter().filter_map(|record| line(&record));
    std::iter::once(HEADER.to_owned()).chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> State {
        let mut state = State::default();
        let key = "/ブログ/a%FF.md".to_owned();
        state.note(Entry::Post(key.clone(), Change::Read(true)));
        state.note(Entry::Post(key.clone(), Change::Favourite(true)));
        state.note(Entry::Post(key.clone(), Change::Seen(Anchor::at("前の言葉。後の\n言葉 \"x\"", 15, "見出し"))));
        let session = Session { post: Some(key), is_reading: true, sort: "title".into(), filter: "#go".into() };
        state.note(Entry::Session("/ブログ".into(), session));
        state.note(Entry::Query("新しい".into(), Some("is:unread after:1y".into())));
        state
    }

    #[test]
    fn what_is_written_is_read() {
        let written = write(&sample());
        assert_eq!(written.lines().count(), 6);
        assert_eq!(read(written.as_bytes(), Time::MAX), (sample(), Condition::Sound));
    }

    /// A file, its condition, and how many of the sample's five records are read.
    fn check(bytes: &[u8], condition: Condition, records: usize) {
        let (state, found) = read(bytes, Time::MAX);
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!((found, state.records().len()), (condition, records), "{shown}");
    }

    #[test]
    fn files_of_every_condition_are_read() {
        let text = write(&sample());
        let whole = text.as_bytes();
        // Cut anywhere, it is sound: what is whole counts.
        for end in 0..whole.len() {
            let lines = text[..text.floor_char_boundary(end)].matches('\n').count();
            check(&whole[..end], Condition::Sound, lines.saturating_sub(1));
        }
        let line = |at: usize| text.lines().nth(at).unwrap();
        let with = |middle: &[u8]| [HEADER.as_bytes(), middle, b"\n", line(1).as_bytes(), b"\n"].concat();
        check(&with(b"\n\n  "), Condition::Sound, 1);
        check(&with(&line(2).as_bytes()[..line(2).len() - 3]), Condition::Sound, 1);
        check(&with(b"{\"t\":1,\"post\":\"x\",\"colour\":3}"), Condition::Sound, 1);
        check(&with(HEADER.trim_end().as_bytes()), Condition::Sound, 1);
        check(&with(b"garbage"), Condition::Damaged, 1);
        check(&with(&[0; 4096]), Condition::Damaged, 1);
        check(&with(b"\xff\xfe{}"), Condition::Damaged, 1);
        check(b"\x00\x01\x02", Condition::Damaged, 0);
        check(b"some words of someone\n", Condition::Damaged, 0);
        check(b"{\"kiji\":\"state\",\"version\":2,\"new\":[]}\n{\"t\":1}\n", Condition::Newer, 0);
    }

    #[test]
    fn a_clock_that_was_wrong_does_not_win() {
        let late = Record { time: Time::MAX, entry: Entry::Post("a".into(), Change::Read(true)) };
        let text = format!("{HEADER}{}", line(&late).unwrap());
        let (mut state, _) = read(text.as_bytes(), 10);
        state.apply(Record { time: 11, entry: Entry::Post("a".into(), Change::Read(false)) });
        assert!(!state.post("a").unwrap().is_read());
    }
}
