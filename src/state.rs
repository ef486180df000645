//! What is remembered of posts from one run to the next: which were read, the favourites, the place in each, the last session, the queries
//! that were saved.
//!
//! Everything is a change with a time; of two changes to the same fact the later one counts. So changes may be written in any order,
//! by several programs at once, and twice: what they come to is the same.

pub mod facts;
pub mod format;

use std::collections::HashMap;

use crate::text::anchor::Anchor;

/// How many posts are remembered. Beyond it those that were touched the longest ago are forgotten, favourites last.
const MOST_POSTS: usize = 20_000;

/// How many folders' sessions are remembered.
const MOST_SESSIONS: usize = 200;

/// How many names of saved queries are remembered, deleted ones forgotten first.
const MOST_QUERIES: usize = 500;

/// When a change was made, in milliseconds since 1970.
pub type Time = u64;

/// A change to what is known of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Read(bool),
    Favourite(bool),
    /// It was open, and this was at the top.
    Seen(Anchor),
}

/// Where the reader was, to be resumed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Session {
    /// The key of the open post.
    pub post: Option<String>,
    /// Whether the keys went to the reader.
    pub is_reading: bool,
    /// `date`, `title` or `path`.
    pub sort: String,
    /// The line of the filter.
    pub filter: String,
}

/// Something to remember: of a post by its key, of a folder by its path, of a query by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    Post(String, Change),
    Session(String, Session),
    /// What is saved under a name; none where it was deleted.
    Query(String, Option<String>),
}

/// An entry and when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub time: Time,
    pub entry: Entry,
}

/// What is known of a post, each fact with its time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory {
    read: Option<(Time, bool)>,
    favourite: Option<(Time, bool)>,
    seen: Option<(Time, Anchor)>,
}

impl Memory {
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.read.is_some_and(|(_, is_read)| is_read)
    }

    #[must_use]
    pub fn is_favourite(&self) -> bool {
        self.favourite.is_some_and(|(_, is_favourite)| is_favourite)
    }

    /// The place that it was left at.
    #[must_use]
    pub fn place(&self) -> Option<&Anchor> {
        self.seen.as_ref().map(|(_, place)| place)
    }

    /// When it was open last.
    #[must_use]
    pub fn seen(&self) -> Option<Time> {
        self.seen.as_ref().map(|(time, _)| *time)
    }

    fn apply(&mut self, time: Time, change: Change) {
        match change {
            Change::Read(is_read) => put(&mut self.read, time, is_read),
            Change::Favourite(is_favourite) => put(&mut self.favourite, time, is_favourite),
            Change::Seen(place) => put(&mut self.seen, time, place),
        }
    }

    /// When any of it changed last.
    fn touched(&self) -> Time {
        let times = [self.read.map(|(time, _)| time), self.favourite.map(|(time, _)| time), self.seen()];
        times.into_iter().flatten().max().unwrap_or_default()
    }

    fn changes(&self) -> impl Iterator<Item = (Time, Change)> {
        let read = self.read.map(|(time, is_read)| (time, Change::Read(is_read)));
        let favourite = self.favourite.map(|(time, is_favourite)| (time, Change::Favourite(is_favourite)));
        let seen = self.seen.clone().map(|(time, place)| (time, Change::Seen(place)));
        [read, favourite, seen].into_iter().flatten()
    }
}

/// Takes the later of two values.
fn put<T>(known: &mut Option<(Time, T)>, time: Time, value: T) {
    if known.as_ref().is_none_or(|(before, _)| *before <= time) {
        *known = Some((time, value));
    }
}

/// Everything that is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    posts: HashMap<String, Memory>,
    sessions: HashMap<String, (Time, Session)>,
    queries: HashMap<String, (Time, Option<String>)>,
    /// The time of the latest change.
    latest: Time,
}

impl State {
    /// What is known of a post.
    #[must_use]
    pub fn post(&self, key: &str) -> Option<&Memory> {
        self.posts.get(key)
    }

    /// The posts of which anything is known, and what.
    pub fn posts(&self) -> impl Iterator<Item = (&str, &Memory)> {
        self.posts.iter().map(|(key, memory)| (key.as_str(), memory))
    }

    /// The last session in a folder.
    #[must_use]
    pub fn session(&self, folder: &str) -> Option<&Session> {
        self.sessions.get(folder).map(|(_, session)| session)
    }

    /// The folder of the last session of all.
    #[must_use]
    pub fn last_folder(&self) -> Option<&str> {
        self.sessions.iter().max_by_key(|(_, (time, _))| *time).map(|(folder, _)| folder.as_str())
    }

    /// The queries that were saved, with their names.
    pub fn queries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.queries.iter().filter_map(|(name, (_, query))| Some((name.as_str(), query.as_deref()?)))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.posts.is_empty() && self.sessions.is_empty() && self.queries.is_empty()
    }

    /// Takes a change in.
    pub fn apply(&mut self, record: Record) {
        let Record { time, entry } = record;
        self.latest = self.latest.max(time);
        match entry {
            Entry::Post(key, change) => self.posts.entry(key).or_default().apply(time, change),
            Entry::Session(folder, session) => {
                let known = self.sessions.entry(folder).or_default();
                if known.0 <= time {
                    *known = (time, session);
                }
            }
            Entry::Query(name, query) => {
                let known = self.queries.entry(name).or_default();
                if known.0 <= time {
                    *known = (time, query);
                }
            }
        }
    }

    /// Takes in a change that is made now: later than all before it.
    pub fn note(&mut self, entry: Entry) {
        self.apply(Record { time: self.latest + 1, entry });
    }

    /// Forgets what is too much.
    pub fn trim(&mut self) {
        if self.posts.len() > MOST_POSTS {
            let order = |memory: &Memory| (memory.is_favourite(), memory.touched());
            let mut times: Vec<_> = self.posts.values().map(order).collect();
            times.sort_unstable();
            let least = times[times.len() - MOST_POSTS];
            self.posts.retain(|_, memory| order(memory) >= least);
        }
        if self.sessions.len() > MOST_SESSIONS {
            let mut times: Vec<Time> = self.sessions.values().map(|(time, _)| *time).collect();
            times.sort_unstable();
            let least = times[times.len() - MOST_SESSIONS];
            self.sessions.retain(|_, (time, _)| *time >= least);
        }
        if self.queries.len() > MOST_QUERIES {
            let order = |(time, query): &(Time, Option<String>)| (query.is_some(), *time);
            let mut times: Vec<_> = self.queries.values().map(order).collect();
            times.sort_unstable();
            let least = times[times.len() - MOST_QUERIES];
            self.queries.retain(|_, query| order(query) >= least);
        }
    }

    /// The changes that it comes to, the oldest first.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let of_post = |(key, memory): (&String, &Memory)| {
            let record = |(time, change)| Record { time, entry: Entry::Post(key.clone(), change) };
            memory.changes().map(record).collect::<Vec<_>>()
        };
        let of_folder = |(folder, (time, session)): (&String, &(Time, Session))| Record {
            time: *time,
            entry: Entry::Session(folder.clone(), session.clone()),
        };
        let of_name = |(name, (time, query)): (&String, &(Time, Option<String>))| Record {
            time: *time,
            entry: Entry::Query(name.clone(), query.clone()),
        };
        let of_posts = self.posts.iter().flat_map(of_post);
        let mut records: Vec<Record> =
            of_posts.chain(self.sessions.iter().map(of_folder)).chain(self.queries.iter().map(of_name)).collect();
        records.sort_by_key(|record| record.time);
        records
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(time: Time, change: Change) -> Record {
        Record { time, entry: Entry::Post("a".into(), change) }
    }

    #[test]
    fn the_later_change_counts_in_whatever_order_they_come() {
        let anchor = Anchor::at("words", 2, "");
        let records = [
            record(1, Change::Read(true)),
            record(3, Change::Read(false)),
            record(2, Change::Favourite(true)),
            record(2, Change::Seen(anchor.clone())),
        ];
        let (mut forth, mut back) = (State::default(), State::default());
        records.iter().cloned().for_each(|record| forth.apply(record));
        records.iter().rev().chain(&records).cloned().for_each(|record| back.apply(record));
        assert_eq!(forth, back);
        let memory = forth.post("a").unwrap();
        assert_eq!((memory.is_read(), memory.is_favourite(), memory.place()), (false, true, Some(&anchor)));
        forth.note(Entry::Post("a".into(), Change::Read(true)));
        assert!(forth.post("a").unwrap().is_read());
    }

    #[test]
    fn the_last_session_is_known() {
        let mut state = State::default();
        for (time, folder) in [(1, "/a"), (3, "/b"), (2, "/c")] {
            let session = Session { filter: folder.into(), ..Session::default() };
            state.apply(Record { time, entry: Entry::Session(folder.into(), session) });
        }
        assert_eq!((state.last_folder(), state.session("/c").unwrap().filter.as_str()), (Some("/b"), "/c"));
    }

    #[test]
    fn the_last_word_on_a_saved_query_counts() {
        let mut state = State::default();
        for (time, name, query) in [(1, "a", Some("x")), (3, "a", None), (2, "a", Some("y")), (1, "b", Some("z"))] {
            state.apply(Record { time, entry: Entry::Query(name.into(), query.map(str::to_owned)) });
        }
        assert_eq!(state.queries().collect::<Vec<_>>(), [("b", "z")]);
    }

    #[test]
    fn favourites_are_forgotten_last() {
        let mut state = State::default();
        for post in 0..MOST_POSTS as u64 + 10 {
            let change = if post < 3 { Change::Favourite(true) } else { Change::Read(true) };
            state.apply(Record { time: post, entry: Entry::Post(post.to_string(), change) });
        }
        state.trim();
        assert_eq!(state.posts.len(), MOST_POSTS);
        assert!(state.post("2").is_some() && state.post("3").is_none() && state.post("12").is_none());
        assert!(state.post("13").is_some());
    }
}
