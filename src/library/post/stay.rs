//! From when to when a page is public, and what that makes of it now.

use jiff::Timestamp;

use crate::messages;

/// Whether the page of a post is public now; a draft is known apart from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Public,
    /// Its day has not come yet.
    Future,
    /// Its day is over.
    Expired,
    /// Only for those who know the address.
    Private,
}

impl State {
    /// Its name, for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Public => "public",
            State::Future => "future",
            State::Expired => "expired",
            State::Private => "private",
        }
    }

    /// The word for it, for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Public => messages::PUBLIC.words(),
            State::Future => messages::FUTURE.words(),
            State::Expired => messages::EXPIRED.words(),
            State::Private => messages::PRIVATE.words(),
        }
    }
}

/// From when to when the page of a post is public, in seconds of Unix time; and whether it is so only for those who know the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stay {
    pub appears: Option<i64>,
    pub ends: Option<i64>,
    pub is_private: bool,
}

impl Stay {
    /// Whether the page is public at a moment.
    pub fn state(self, now: Timestamp) -> State {
        let now = now.as_second();
        if self.ends.is_some_and(|end| end <= now) {
            State::Expired
        } else if self.appears.is_some_and(|moment| moment > now) {
            State::Future
        } else if self.is_private {
            State::Private
        } else {
            State::Public
        }
    }
}
