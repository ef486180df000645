//! Where the bytes of a post come from.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use super::super::source::{self, Choice, Decoded, OpenFolder};
use super::super::stamp::Stamp;

/// Where the words of a post come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    File(PathBuf),
    /// Held by the program: an embedded sample, or what came from standard input.
    Memory(Cow<'static, [u8]>),
}

impl Origin {
    /// The text, of a file at most so many bytes; of one that starts with no words only its head.
    pub(in crate::library) fn read(&self, limit: u64, choice: Choice) -> io::Result<Decoded> {
        let path = match self {
            Origin::File(path) => path,
            Origin::Memory(bytes) => return Ok(source::decode(bytes.to_vec(), choice)),
        };
        let head = source::read(path, limit.min(source::HEAD))?;
        let is_all = limit <= source::HEAD || (head.len() as u64) < source::HEAD;
        let head = source::decode(head, choice);
        if is_all || !source::holds_words(&head.text) {
            return Ok(head);
        }
        Ok(source::decode(source::read(path, limit)?, choice))
    }

    /// Puts the bytes, at most so many of them, in the place of what `bytes` held. Gives how the file stood then, if it is one.
    ///
    /// # Errors
    /// When a file cannot be read any more.
    pub fn bytes_into(&self, folder: &OpenFolder, limit: u64, bytes: &mut Vec<u8>) -> io::Result<Option<Stamp>> {
        match self {
            Origin::File(file) => folder.read_into(file, limit, bytes).map(Some),
            Origin::Memory(held) => {
                bytes.clear();
                bytes.extend_from_slice(held);
                Ok(None)
            }
        }
    }

    /// How the file stands now, if it is one.
    #[must_use]
    pub fn stamp(&self, folder: &OpenFolder) -> Option<Stamp> {
        if let Origin::File(file) = self { folder.stamp(file) } else { None }
    }
}
