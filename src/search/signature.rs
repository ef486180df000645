//! What is remembered of the text of a post, so that a second search need not read it again: a few hundred bytes from which follows what the
//! text cannot hold. It says no only where [`super::sieve`] would, and only while the file stands as it did.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use memchr::memmem;

use crate::library::source::{Encoding, OpenFolder, WHOLE};
use crate::library::stamp::Stamp;
use crate::library::{Library, Post, PostId};

/// What the readings of words are written with. They stand between the characters of words, so a text with readings may hold anything.
pub(super) const READINGS: [&[u8]; 2] = [b"<rt", b"ruby"];
/// The size of one signature, in words of 64 bits.
const SMALLEST: usize = 4;
const LARGEST: usize = 1024;
/// How much all signatures may take, in bytes; posts beyond that have none and are read each time.
const MOST: usize = 64 << 20;
/// How long a file must not have changed for its stamp to be believed.
const REST: Duration = Duration::from_secs(2);

/// A set of marks, each a character or two neighbours, in which some may seem to be that are not.
#[derive(Debug, PartialEq, Eq)]
struct Signature {
    /// A power of two of them.
    words: Box<[u64]>,
    has_readings: bool,
}

/// What a character is to signatures: all forms that a sieve takes for one are the same.
enum Class {
    /// An ASCII letter or digit, small.
    Letter(u8),
    /// Another ASCII character.
    Sign,
    Wide(char),
    /// The mark of voice of the character before it, whose voice does not count.
    Nothing,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' | 'a'..='z' => Class::Letter(c as u8),
        'A'..='Z' => Class::Letter(c.to_ascii_lowercase() as u8),
        '\0'..='\x7f' => Class::Sign,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).map_or(Class::Sign, class),
        '\u{3099}' | '\u{309a}' | 'ﾞ' | 'ﾟ' => Class::Nothing,
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).map_or(Class::Wide(c), class),
        'ｦ'..='ﾝ' => Class::Wide(unvoiced(full_width(c))),
        'ぁ'..='ゔ' => Class::Wide(unvoiced(c)),
        '\u{3041}'..='\u{9fff}' | '가'..='힣' => Class::Wide(c),
        c => Class::Wide(c.to_lowercase().next().unwrap_or(c)),
    }
}

/// The hiragana of a half-width katakana.
fn full_width(c: char) -> char {
    const WIDE: &str = "をぁぃぅぇぉゃゅょっーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";
    u32::from(c).checked_sub(0xff66).and_then(|at| WIDE.chars().nth(at as usize)).unwrap_or(c)
}

/// A hiragana without its mark of voice: they stand in pairs and triples of code points.
fn unvoiced(c: char) -> char {
    let code = u32::from(c);
    let plain = match code {
        0x304b..=0x3062 => code - (code - 0x304b) % 2,
        0x3064..=0x3069 => code - code % 2,
        0x306f..=0x307d => code - (code - 0x306f) % 3,
        0x3094 => 0x3046,
        code => code,
    };
    char::from_u32(plain).unwrap_or(c)
}

/// Whether neighbours may have ASCII between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Neighbours {
    Apart,
    Touching,
}

/// The marks of a text: every wide character, every two that follow each other, every two letters that do.
fn marks(text: &str, neighbours: Neighbours, mut note: impl FnMut(u32)) {
    let (mut wide, mut letter) = (None, None);
    for c in text.chars() {
        match class(c) {
            Class::Nothing => continue,
            Class::Wide(c) => {
                let code = u32::from(c);
                note(hash(0, code));
                if let Some(before) = wide.replace(code) {
                    note(hash(before, code));
                }
                letter = None;
                continue;
            }
            Class::Letter(next) => {
                if let Some(before) = letter.replace(u32::from(next)) {
                    note(hash(before, u32::from(next)));
                }
            }
            Class::Sign => letter = None,
        }
        if neighbours == Neighbours::Touching {
            wide = None;
        }
    }
}

fn hash(before: u32, code: u32) -> u32 {
    let both = (u64::from(before) << 32 | u64::from(code)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (both >> 32) as u32
}

/// The marks that a text must have which holds some folded words.
pub(super) fn needed(folded: &str) -> Vec<u32> {
    let mut needed = Vec::new();
    marks(folded, Neighbours::Touching, |mark| needed.push(mark));
    needed
}

impl Signature {
    /// The signature of a text; `buffer` is for use in between. None of what is not UTF-8.
    fn of(bytes: &[u8], buffer: &mut Vec<u32>) -> Option<Signature> {
        let text = str::from_utf8(bytes).ok()?;
        buffer.clear();
        marks(text, Neighbours::Apart, |mark| buffer.push(mark));
        let size = (buffer.len() / 32).next_power_of_two().clamp(SMALLEST, LARGEST);
        let mut words = vec![0; size].into_boxed_slice();
        for mark in buffer.iter() {
            words[*mark as usize / 64 % size] |= 1 << (mark % 64);
        }
        let has_readings = READINGS.iter().any(|mark| memmem::find(bytes, mark).is_some());
        Some(Signature { words, has_readings })
    }

    fn may_hold(&self, needed: &[u32]) -> bool {
        let has = |mark: &u32| self.words[*mark as usize / 64 % self.words.len()] >> (mark % 64) & 1 == 1;
        self.has_readings || needed.iter().all(has)
    }
}

/// The signatures of the posts of a library, as far as they are known.
#[derive(Debug, Default)]
pub struct Signatures {
    posts: Vec<OnceLock<(Stamp, Signature)>>,
    /// How much they take, in bytes.
    size: AtomicUsize,
    rest: Duration,
}

impl Signatures {
    /// Those of a library, none of them known.
    #[must_use]
    pub fn of(library: &Library) -> Signatures {
        let posts = library.posts.iter().map(|_| OnceLock::new()).collect();
        Signatures { posts, size: AtomicUsize::new(0), rest: REST }
    }

    /// The same, believing the stamps of files that have not changed for so long.
    #[must_use]
    pub fn believing_after(self, rest: Duration) -> Signatures {
        Signatures { rest, ..self }
    }

    /// Whether the signature of a post is known.
    #[must_use]
    pub fn knows(&self, id: PostId) -> bool {
        self.posts.get(id.0 as usize).is_some_and(|place| place.get().is_some())
    }

    /// Reads the posts whose signatures are not known. It ends early once `is_stopped`.
    pub fn learn(&self, library: &Library, is_stopped: &AtomicBool) {
        let next = AtomicUsize::new(0);
        let folder = library.open_folder();
        let work = || {
            let (mut bytes, mut buffer) = (Vec::new(), Vec::new());
            while !is_stopped.load(Ordering::Relaxed) && self.size.load(Ordering::Relaxed) < MOST {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(post) = library.posts.get(at) else { return };
                let learn = || self.learn_one(&folder, post, PostId(at as u32), &mut bytes, &mut buffer);
                let _ = catch_unwind(AssertUnwindSafe(learn));
            }
        };
        let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
        thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    }

    fn learn_one(&self, folder: &OpenFolder, post: &Post, id: PostId, bytes: &mut Vec<u8>, buffer: &mut Vec<u32>) {
        let Some(place) = self.posts.get(id.0 as usize).filter(|_| !self.knows(id)) else { return };
        let is_utf_8 = post.decoding.is_some_and(|decoding| decoding.encoding == Encoding::UTF_8);
        let stamp = if is_utf_8 { post.origin.bytes_into(folder, WHOLE, bytes).ok().flatten() } else { None };
        let Some(stamp) = stamp.filter(|stamp| stamp.is_settled(SystemTime::now(), self.rest)) else { return };
        if let Some(signature) = Signature::of(bytes, buffer) {
            self.size.fetch_add(signature.words.len() * 8, Ordering::Relaxed);
            let _ = place.set((stamp, signature));
        }
    }

    /// Whether a post cannot hold any of some words, given by the marks that they need: its file stands as it did when it was read, and has
    /// not all marks of any of them.
    pub(super) fn rule_out<'m>(
        &self,
        id: PostId,
        stamp: impl FnOnce() -> Option<Stamp>,
        mut any: impl Iterator<Item = &'m [u32]>,
    ) -> bool {
        let Some((known, signature)) = self.posts.get(id.0 as usize).and_then(OnceLock::get) else { return false };
        any.all(|needed| !signature.may_hold(needed)) && stamp() == Some(*known)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sieve::Sieve;
    use super::*;
    use crate::text::fold::fold;

    fn may_hold(text: &str, words: &str) -> bool {
        Signature::of(text.as_bytes(), &mut Vec::new()).unwrap().may_hold(&needed(&fold(words)))
    }

    #[test]
    fn a_signature_says_what_a_text_cannot_hold() {
        for (text, words, expected) in [
            ("の検索を", "検索", true),
            ("検\n**索**", "検索", true),
            ("索検", "検索", false),
            ("検は索", "検索", false),
            ("ｶﾞﾗｽ", "ガラス", true),
            ("カ\u{3099}らす", "がらす", true),
            ("からす", "がらす", true),
            ("ぱぴぷ", "ハヒフ", true),
            ("づでど", "つてと", true),
            ("ＲＵＳＴ", "rust", true),
            ("ru st", "rust", false),
            ("<rt>", "検索", true),
            ("{{< ruby >}}", "rust", true),
            ("検索", "検 索", true),
            ("ÉA", "éa", true),
        ] {
            assert_eq!(may_hold(text, words), expected, "{words} in {text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn what_a_sieve_lets_through_is_not_ruled_out(
            text in "[ab Ａｂ検索かがｶﾞﾟガパ゛ーｰ、。…\\*\\[\\n\u{3099}éÉ-]{0,12}",
            words in "[abＡ検索かがガパー、。é -]{1,4}",
        ) {
            let folded = fold(&words);
            if let Some(sieve) = Sieve::of(&folded) && sieve.lets_through(text.as_bytes()) {
                prop_assert!(may_hold(&text, &words), "{folded:?} in {text:?}");
            }
        }
    }
}
