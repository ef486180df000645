//! One post in the bytes of a cache, and back. What does not decode to the last byte is no record.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use crate::library::calendar;
use crate::library::date::Date;
use crate::library::post::{Found, Stay};
use crate::library::source::{Basis, Decoding, Encoding};
use crate::library::stamp::Stamp;
use crate::library::{Kind, Origin, Post, Problem, Term};
use crate::text::Clean;

/// Before each record: its length and its check sum.
const LENGTH: usize = 4;
const SUM: usize = 8;

/// A check sum.
pub(super) fn sum(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// The file of a post that is to be read.
pub(super) fn file(found: &Found) -> Option<&Path> {
    match &found.origin {
        Origin::File(path) => Some(path),
        Origin::Memory(_) => None,
    }
}

/// Where the record ends that begins here.
pub(super) fn end(bytes: &[u8], start: usize) -> Option<usize> {
    let length = u32::from_le_bytes(bytes.get(start..start + LENGTH)?.try_into().ok()?) as usize;
    let end = start.checked_add(LENGTH + SUM)?.checked_add(length)?;
    (end <= bytes.len()).then_some(end)
}

/// Adds the record of a post. One that is no file below the root, or is not as a reading from here would give it, has none.
pub(super) fn write(post: &Post, stamp: Stamp, root: &Path, bytes: &mut Vec<u8>) {
    let Origin::File(file) = &post.origin else { return };
    let Ok(path) = file.strip_prefix(root) else { return };
    let start = bytes.len();
    bytes.extend([0; LENGTH + SUM]);
    put_bytes(path.as_os_str().as_encoded_bytes(), bytes);
    for number in [stamp.size, stamp.number, stamp.modified, stamp.changed] {
        bytes.extend(number.to_le_bytes());
    }
    [&post.path, post.page(), &post.language].iter().for_each(|word| put(word, bytes));
    put_fields(post, bytes);
    let body = start + LENGTH + SUM;
    let sum = sum(&bytes[body..]);
    let length = u32::try_from(bytes.len() - body).unwrap_or(u32::MAX);
    bytes[start..start + LENGTH].copy_from_slice(&length.to_le_bytes());
    bytes[start + LENGTH..body].copy_from_slice(&sum.to_le_bytes());
}

pub(super) fn put_bytes(part: &[u8], bytes: &mut Vec<u8>) {
    bytes.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(part);
}

fn put(word: &str, bytes: &mut Vec<u8>) {
    put_bytes(word.as_bytes(), bytes);
}

fn put_all<'w>(words: impl ExactSizeIterator<Item = &'w str>, bytes: &mut Vec<u8>) {
    bytes.extend(u32::try_from(words.len()).unwrap_or(u32::MAX).to_le_bytes());
    words.for_each(|word| put(word, bytes));
}

/// None as none of something, some as one.
fn put_any(word: Option<&str>, bytes: &mut Vec<u8>) {
    put_all(word.into_iter(), bytes);
}

/// The same of what always has as many bytes.
fn put_fixed<const COUNT: usize>(fixed: Option<[u8; COUNT]>, bytes: &mut Vec<u8>) {
    bytes.extend(u32::from(fixed.is_some()).to_le_bytes());
    bytes.extend(fixed.iter().flatten());
}

fn put_fields(post: &Post, bytes: &mut Vec<u8>) {
    let kind = match post.kind {
        Kind::Post => 0,
        Kind::Section => 1,
        Kind::Unlisted => 2,
        Kind::Part => 3,
    };
    bytes.extend([kind, u8::from(post.draft), u8::from(post.stay.is_private)]);
    put_fixed(post.stay.appears.map(i64::to_le_bytes), bytes);
    put_fixed(post.stay.ends.map(i64::to_le_bytes), bytes);
    put_fixed(post.date.map(Date::to_bytes), bytes);
    put(&post.title, bytes);
    put(&post.permalink, bytes);
    put_all(post.tags.iter().map(|tag| &**tag), bytes);
    put_all(post.terms.iter().map(|term| &*term.taxonomy), bytes);
    put_all(post.terms.iter().map(|term| &*term.name), bytes);
    put_all(post.authors.iter().map(|author| &**author), bytes);
    put_all(post.aliases.iter().map(String::as_str), bytes);
    put_all(post.names.iter().map(String::as_str), bytes);
    put_any(post.canonical.as_deref(), bytes);
    put_any(post.translation_key.as_deref(), bytes);
    put_any(post.problem.as_ref().map(|problem| &*problem.what), bytes);
    put_any(post.decoding.map(|decoding| decoding.encoding.name()), bytes);
    put_any(post.decoding.map(|decoding| basis_name(decoding.basis)), bytes);
}

fn basis_name(basis: Basis) -> &'static str {
    match basis {
        Basis::Evident => "evident",
        Basis::Guessed => "guessed",
        Basis::Chosen => "chosen",
    }
}

/// A record as its bytes have it.
pub(super) struct Record<'a> {
    whole: &'a [u8],
    path: &'a Path,
    /// What follows the path.
    rest: &'a [u8],
}

impl<'a> Record<'a> {
    pub(super) fn of(whole: &'a [u8]) -> Option<Record<'a>> {
        let mut fields = Fields { rest: whole.get(LENGTH + SUM..)? };
        let path = fields.path()?;
        Some(Record { whole, path, rest: fields.rest })
    }

    /// The path of its file below the root.
    pub(super) fn path(&self) -> &'a Path {
        self.path
    }

    /// The post, if its file has this stamp and is read as this one. Its words pass the cleaner; where that changes them they are not what
    /// was read, and the record is none.
    pub(super) fn post(&self, stamp: Stamp, found: &Found) -> Option<Post> {
        let mut fields = Fields { rest: self.rest };
        let known =
            Stamp { size: fields.u64()?, number: fields.u64()?, modified: fields.u64()?, changed: fields.u64()? };
        if known != stamp
            || sum(self.whole.get(LENGTH + SUM..)?) != u64::from_le_bytes(*self.whole[LENGTH..].first_chunk()?)
        {
            return None;
        }
        let is_same = fields.str()? == found.path && fields.str()? == found.page && fields.str()? == found.language;
        let post = if is_same { fields.post(found)? } else { return None };
        fields.rest.is_empty().then_some(post)
    }
}

/// What is left of a record.
struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.u32()?;
        self.take(length as usize)
    }

    fn str(&mut self) -> Option<&'a str> {
        str::from_utf8(self.bytes()?).ok()
    }

    #[cfg(unix)]
    fn path(&mut self) -> Option<&'a Path> {
        self.bytes().map(|bytes| Path::new(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes)))
    }

    #[cfg(not(unix))]
    fn path(&mut self) -> Option<&'a Path> {
        self.str().map(OsStr::new).map(Path::new)
    }

    fn truth(&mut self) -> Option<bool> {
        match self.u8()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn string(&mut self) -> Option<String> {
        self.str().map(str::to_owned)
    }

    fn clean(&mut self) -> Option<Clean> {
        let written = self.str()?;
        Some(Clean::line(written)).filter(|clean| **clean == *written)
    }

    /// As many as it says there are.
    fn all<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.u32()?;
        (0..count).map(|_| one(self)).collect()
    }

    /// One or none, as a list.
    fn any<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.all(one).filter(|all| all.len() < 2)
    }

    fn moment(&mut self) -> Option<i64> {
        self.u64().map(u64::cast_signed)
    }

    fn date(&mut self) -> Option<Date> {
        Date::from_bytes(*self.take(Date::BYTES)?.first_chunk()?)
    }

    fn encoding(&mut self) -> Option<Encoding> {
        match self.str()? {
            "UTF-8" => Some(Encoding::UTF_8),
            name => Encoding::named(name),
        }
    }

    fn basis(&mut self) -> Option<Basis> {
        let name = self.str()?;
        [Basis::Evident, Basis::Guessed, Basis::Chosen].into_iter().find(|basis| basis_name(*basis) == name)
    }

    fn post(&mut self, found: &Found) -> Option<Post> {
        let kind = match self.u8()? {
            0 => Kind::Post,
            1 => Kind::Section,
            2 => Kind::Unlisted,
            3 => Kind::Part,
            _ => return None,
        };
        let draft = self.truth()?;
        let is_private = self.truth()?;
        let stay = Stay { appears: self.any(Fields::moment)?.pop(), ends: self.any(Fields::moment)?.pop(), is_private };
        let name = Clean::line(&found.name);
        let mut post = Post {
            kind,
            draft,
            state: stay.state(calendar::now()),
            stay,
            date: self.any(Fields::date)?.pop(),
            title: self.clean()?,
            permalink: self.string()?,
            tags: self.all(Fields::clean)?,
            terms: Vec::new(),
            authors: Vec::new(),
            aliases: Vec::new(),
            names: Vec::new(),
            canonical: None,
            translation_key: None,
            problem: None,
            decoding: None,
            origin: found.origin.clone(),
            language: Clean::line(&found.language),
            own_page: found.own_page(),
            path: found.path.clone(),
            choice: found.choice,
            name,
        };
        let taxonomies = self.all(Fields::clean)?;
        let names = self.all(Fields::clean)?;
        if taxonomies.len() != names.len() {
            return None;
        }
        post.terms = taxonomies.into_iter().zip(names).map(|(taxonomy, name)| Term { taxonomy, name }).collect();
        post.authors = self.all(Fields::clean)?;
        post.aliases = self.all(Fields::string)?;
        post.names = self.all(Fields::string)?;
        post.canonical = self.any(Fields::string)?.pop();
        post.translation_key = self.any(Fields::string)?.pop();
        post.problem = self.any(Fields::clean)?.pop().map(|what| Problem { place: post.name.clone(), what });
        let (encoding, basis) = (self.any(Fields::encoding)?.pop(), self.any(Fields::basis)?.pop());
        post.decoding = encoding.zip(basis).map(|(encoding, basis)| Decoding { encoding, basis });
        Some(post)
    }
}
