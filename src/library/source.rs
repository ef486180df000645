//! Bytes to text: files opened with care, encodings told apart, line ends made one kind.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use super::below::plainly_below;
use super::stamp::{Stamp, moment};

/// The head of a file is enough for the index, in bytes.
pub const HEAD: u64 = 260 * 1024;

/// The longest post that is read whole, in bytes. What is longer is shown from its start.
pub const WHOLE: u64 = 128 * 1024 * 1024;

/// Reads at most `limit` bytes of a regular file. Whatever else stands under that name (a pipe, a device, a folder) is an error,
/// never a wait. The path must be a real one: what has become a link since it was found is not followed.
///
/// # Errors
/// Those of the system, or [`io::ErrorKind::InvalidInput`] for what is not a regular file.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_into(path, limit, &mut bytes)?;
    Ok(bytes)
}

/// The same, in the place of what `bytes` held. Gives how the file stood before it was read.
///
/// # Errors
/// As [`read`].
pub fn read_into(path: &Path, limit: u64, bytes: &mut Vec<u8>) -> io::Result<Stamp> {
    read_opened(open(path)?, limit, bytes)
}

/// The same of a file that [`open`] gave.
fn read_opened(mut file: File, limit: u64, bytes: &mut Vec<u8>) -> io::Result<Stamp> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, crate::messages::NOT_A_FILE.words()));
    }
    let size = metadata.len().min(limit) as usize;
    bytes.clear();
    bytes.resize(size, 0);
    let mut filled = 0;
    while filled < size {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    // Some file systems do not tell a size.
    if size == 0 {
        file.take(limit).read_to_end(bytes)?;
    }
    Ok(Stamp::of(&metadata))
}

/// Reads at most `limit` bytes of a file that lies below a folder, wherever in it links lead.
///
/// # Errors
/// As [`read`], and for what lies outside the folder.
pub fn read_below(folder: &Path, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let real = path.canonicalize()?;
    if !real.starts_with(folder.canonicalize()?) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, crate::messages::NOT_BELOW_THE_SITE.words()));
    }
    read(&real, limit)
}

#[cfg(target_os = "linux")]
fn open(path: &Path) -> io::Result<File> {
    open_at(rustix::fs::CWD, path)
}

/// Opens a file by its way from a folder.
#[cfg(target_os = "linux")]
fn open_at(folder: impl std::os::fd::AsFd, path: impl rustix::path::Arg + Copy) -> io::Result<File> {
    use rustix::fs::{Mode, ResolveFlags, openat, openat2};
    use rustix::io::Errno;
    match openat2(&folder, path, flags(), Mode::empty(), ResolveFlags::NO_SYMLINKS) {
        // Old kernels and some sandboxes do not know it: there the last part of the path alone is looked at.
        Err(Errno::NOSYS | Errno::PERM) => Ok(openat(&folder, path, flags(), Mode::empty())?.into()),
        opened => Ok(opened?.into()),
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn open(path: &Path) -> io::Result<File> {
    Ok(rustix::fs::open(path, flags(), rustix::fs::Mode::empty())?.into())
}

#[cfg(unix)]
fn flags() -> rustix::fs::OFlags {
    use rustix::fs::OFlags;
    OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC | OFlags::NOFOLLOW
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// An open folder: the way to it is gone once, and each of the thousands of files below it is a short way off from there.
#[derive(Debug)]
pub struct OpenFolder<'a> {
    path: &'a Path,
    /// None where it cannot be opened, or the system has no such thing: then each way is gone whole.
    #[cfg(target_os = "linux")]
    handle: Option<rustix::fd::OwnedFd>,
}

/// No folder: each way is gone whole.
impl Default for OpenFolder<'_> {
    fn default() -> Self {
        OpenFolder {
            path: Path::new(""),
            #[cfg(target_os = "linux")]
            handle: None,
        }
    }
}

impl<'a> OpenFolder<'a> {
    #[must_use]
    pub fn at(path: &'a Path) -> OpenFolder<'a> {
        #[cfg(target_os = "linux")]
        let handle = {
            use rustix::fs::{CWD, Mode, OFlags};
            let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
            rustix::fs::openat(CWD, path, flags, Mode::empty()).ok()
        };
        OpenFolder {
            path,
            #[cfg(target_os = "linux")]
            handle,
        }
    }

    #[must_use]
    pub fn path(&self) -> &'a Path {
        self.path
    }

    /// How a file stands now; none of what is not a regular file.
    #[must_use]
    pub fn stamp(&self, file: &Path) -> Option<Stamp> {
        #[cfg(target_os = "linux")]
        if let Some((handle, below)) = self.way(file) {
            use rustix::fs::{AtFlags, FileType, StatxFlags, statx};
            let asked = StatxFlags::TYPE | StatxFlags::INO | StatxFlags::SIZE | StatxFlags::MTIME | StatxFlags::CTIME;
            if let Ok(found) = statx(handle, below, AtFlags::SYMLINK_NOFOLLOW, asked) {
                let is_file = FileType::from_raw_mode(found.stx_mode.into()) == FileType::RegularFile;
                return is_file.then(|| Stamp {
                    size: found.stx_size,
                    number: found.stx_ino,
                    modified: moment(found.stx_mtime.tv_sec, found.stx_mtime.tv_nsec.into()),
                    changed: moment(found.stx_ctime.tv_sec, found.stx_ctime.tv_nsec.into()),
                });
            }
        }
        file.symlink_metadata().ok().filter(Metadata::is_file).map(|metadata| Stamp::of(&metadata))
    }

    /// As [`read_into`].
    ///
    /// # Errors
    /// The same.
    pub fn read_into(&self, file: &Path, limit: u64, bytes: &mut Vec<u8>) -> io::Result<Stamp> {
        #[cfg(target_os = "linux")]
        if let Some((handle, below)) = self.way(file) {
            return read_opened(open_at(handle, below)?, limit, bytes);
        }
        read_into(file, limit, bytes)
    }

    /// The way to a file from here, if it lies below the folder.
    #[cfg(target_os = "linux")]
    fn way<'p>(&self, file: &'p Path) -> Option<(&rustix::fd::OwnedFd, &'p str)> {
        Some((self.handle.as_ref()?, plainly_below(file, self.path)?))
    }
}

/// Whether what a file starts with are words, rather than the bytes of something else.
#[must_use]
pub fn holds_words(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(8 * 1024)];
    !head.contains(&0) && has_few_controls(head)
}

/// Whether what stands where a post should be are the bytes of something else. A zero byte that slipped into words makes no post one.
#[must_use]
pub fn is_binary(text: &str) -> bool {
    memchr::memchr(0, text.as_bytes()).is_some() && !has_few_controls(text.as_bytes())
}

fn has_few_controls(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| **byte < b' ' && !matches!(byte, b'\n' | b'\t' | 0x0c);
    bytes.iter().filter(is_control).count() <= bytes.len() / 20
}

/// What the characters of a file are written in: an encoding of the Encoding Standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    pub const UTF_8: Encoding = Encoding(encoding_rs::UTF_8);

    /// Those to choose from, the likeliest first. Every other one has a name too.
    pub const OFFERED: [Encoding; 10] = [
        Encoding::UTF_8,
        Encoding(encoding_rs::SHIFT_JIS),
        Encoding(encoding_rs::EUC_JP),
        Encoding(encoding_rs::ISO_2022_JP),
        Encoding(UTF_16LE),
        Encoding(UTF_16BE),
        Encoding(GB18030),
        Encoding(encoding_rs::BIG5),
        Encoding(encoding_rs::EUC_KR),
        Encoding(encoding_rs::WINDOWS_1252),
    ];

    /// The encoding of a label of the Encoding Standard, in any case.
    #[must_use]
    pub fn named(label: &str) -> Option<Encoding> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(Encoding)
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        if self.0 == GB18030 { "GB18030" } else { self.0.name() }
    }

    fn read(self, bytes: &[u8]) -> String {
        self.0.decode_with_bom_removal(bytes).0.into_owned()
    }
}

/// Which encoding a file is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// The one that its bytes look like.
    #[default]
    Guess,
    /// This one, unless it is UTF-8 or has a byte order mark.
    Fallback(Encoding),
    /// This one, whatever it looks like.
    Fixed(Encoding),
}

/// What speaks for an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The file itself: it is UTF-8 without a fault, or has a byte order mark.
    Evident,
    Guessed,
    /// The user.
    Chosen,
}

/// The encoding that a file was read in, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoding {
    pub encoding: Encoding,
    pub basis: Basis,
}

/// What [`decode`] gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub decoding: Decoding,
}

/// The text of a file: UTF-8 with or without byte order marks, UTF-16, or else what the bytes look like (`Shift_JIS`, EUC-JP,
/// ISO-2022-JP, GB18030, Big5, EUC-KR and the rest of the Encoding Standard), if nothing else was chosen. Line ends become `\n`.
#[must_use]
pub fn decode(bytes: Vec<u8>, choice: Choice) -> Decoded {
    let (text, encoding, basis) = match choice {
        Choice::Fixed(encoding) => (encoding.read(&bytes), encoding, Basis::Chosen),
        Choice::Guess | Choice::Fallback(_) => decode_by_looks(bytes, choice),
    };
    Decoded { text: tidied(text), decoding: Decoding { encoding, basis } }
}

fn decode_by_looks(mut bytes: Vec<u8>, choice: Choice) -> (String, Encoding, Basis) {
    let valid = encoding_rs::Encoding::utf8_valid_up_to(&bytes);
    if bytes.len() as u64 >= HEAD && is_start_of_character(&bytes[valid..]) {
        bytes.truncate(valid);
    }
    // Both look at many bytes at once.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes) {
        let is_marked = memmem::find(&bytes, b"\x1b$").is_some() || memchr::memchr(0, &bytes).is_some();
        if is_marked {
            return decode_legacy(&bytes, Choice::Guess);
        }
        return (text.into_owned(), Encoding::UTF_8, Basis::Evident);
    }
    if is_damaged_utf_8(&bytes) {
        return (String::from_utf8_lossy(&bytes).into_owned(), Encoding::UTF_8, Basis::Guessed);
    }
    decode_legacy(&bytes, choice)
}

/// A text without byte order marks, its line ends made one kind.
fn tidied(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.trim_start_matches('\u{feff}').to_owned(),
        None => text,
    };
    if memchr::memchr(b'\r', text.as_bytes()).is_some() { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// Whether these bytes are what is left of a character of UTF-8 where its file was cut.
fn is_start_of_character(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

/// Whether bytes are UTF-8 with a few wrong ones among them, or cut in the middle of a character.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return false;
    }
    let (mut right, mut long, mut wrong) = (0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        long += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    // Text in another encoding is hardly ever valid by chance: not one character in ten, and of three bytes next to none.
    wrong * 10 <= right || wrong <= long
}

fn decode_legacy(bytes: &[u8], choice: Choice) -> (String, Encoding, Basis) {
    let (encoding, basis) = match (encoding_rs::Encoding::for_bom(bytes), choice) {
        (Some((marked, _)), _) => (Encoding(marked), Basis::Evident),
        (None, Choice::Fallback(encoding)) => (encoding, Basis::Chosen),
        (None, _) => (Encoding(utf_16_by_zeros(bytes).unwrap_or_else(|| guess(bytes))), Basis::Guessed),
    };
    (encoding.read(bytes), encoding, basis)
}

fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // The end of a head is not the end of its file.
    detector.feed(bytes, (bytes.len() as u64) < HEAD);
    match detector.guess(None, Utf8Detection::Allow) {
        // The one reads all that the other does, and more.
        found if found == GBK => GB18030,
        found => found,
    }
}

/// UTF-16 without a mark shows by zero bytes at every other place. A text in CJK has few: those of its line ends, blanks and markup.
fn utf_16_by_zeros(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = head.len() / 10;
    match () {
        () if even > enough && odd * 10 < even => return Some(UTF_16BE),
        () if odd > enough && even * 10 < odd => return Some(UTF_16LE),
        () if even + odd == 0 || str::from_utf8(head).is_ok() => return None,
        () => {}
    }
    let big = head.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let little = head.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    match (marks(big.clone()), marks(little.clone())) {
        (many, few) if many > few * 10 && is_text(big) => Some(UTF_16BE),
        (few, many) if many > few * 10 && is_text(little) => Some(UTF_16LE),
        _ => None,
    }
}

/// How many line ends, blanks and ASCII marks there are. Read the wrong way round they are characters that hardly any text holds, as
/// against `0`, which would be an ideographic space, or `N`, which would be `一`.
fn marks(units: impl Iterator<Item = u16>) -> usize {
    units.filter(|unit| matches!(unit, 0x0a | 0x0d | 0x20..=0x2f | 0x3a..=0x3f)).count()
}

/// Whether these are characters of a text, and no pictures or programs. The last may be half of one.
fn is_text(units: impl Iterator<Item = u16>) -> bool {
    let mut characters: Vec<_> = char::decode_utf16(units).collect();
    characters.pop();
    characters.iter().all(|c| c.as_ref().is_ok_and(|c| !c.is_control() || c.is_ascii_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_and_what_is_no_file_are_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let (inside, outside) = (root.join("inside"), root.join("outside"));
        std::fs::create_dir_all(&inside).unwrap();
        std::fs::create_dir_all(&outside).unwrap();
        std::fs::write(inside.join("a.md"), "a").unwrap();
        std::fs::write(outside.join("b.md"), "b").unwrap();
        for (name, target) in [("own.md", "a.md"), ("other.md", "../outside/b.md"), ("zero.md", "/dev/zero")] {
            std::os::unix::fs::symlink(target, inside.join(name)).unwrap();
        }
        std::os::unix::fs::symlink("../outside", inside.join("folder")).unwrap();
        let read_here = |name: &str| read(&inside.join(name), 10).ok();
        assert_eq!(read_here("a.md"), Some(b"a".to_vec()));
        for name in ["own.md", "other.md", "zero.md", "folder/b.md", ".", "nosuch"] {
            assert_eq!(read_here(name), None, "{name}");
        }
        assert!(read(Path::new("/dev/null"), 10).is_err());
        let below = |name: &str| read_below(&inside, &inside.join(name), 10).ok();
        assert_eq!(below("own.md"), Some(b"a".to_vec()));
        assert_eq!((below("other.md"), below("folder/b.md"), below("zero.md")), (None, None, None));
    }

    const JAPANESE: &str = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で泣いていた事だけは記憶している。";
    const SIMPLIFIED: &str = "这个博客用来记录我在工作中遇到的问题，以及解决这些问题的办法。今天说的是怎样在终端里阅读用各种编码写成的文章。";
    const TRADITIONAL: &str = "這個部落格用來記錄我在工作中遇到的問題，以及解決這些問題的辦法。今天說的是怎樣在終端機裡閱讀用各種編碼寫成的文章。";
    const KOREAN: &str = "이 블로그는 일하면서 겪은 문제와 그 해결 방법을 적어 두는 곳입니다. 오늘은 터미널에서 여러 인코딩으로 쓴 글을 읽는 방법을 이야기합니다.";

    fn encode(words: &str, name: &str) -> Vec<u8> {
        match name {
            "UTF-16LE" => words.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "UTF-16BE" => words.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            name => Encoding::named(name).unwrap().0.encode(words).0.into_owned(),
        }
    }

    fn check(bytes: Vec<u8>, choice: Choice, words: &str, name: &str, basis: Basis) {
        let decoded = decode(bytes, choice);
        let found = (decoded.text.as_str(), decoded.decoding.encoding.name(), decoded.decoding.basis);
        assert_eq!(found, (words, name, basis), "{choice:?}");
    }

    #[test]
    fn encodings_open_as_if_they_were_utf_8() {
        for (words, name) in [
            (JAPANESE, "Shift_JIS"),
            (JAPANESE, "EUC-JP"),
            (JAPANESE, "ISO-2022-JP"),
            (SIMPLIFIED, "GB18030"),
            (TRADITIONAL, "Big5"),
            (KOREAN, "EUC-KR"),
            ("# Title\nplain words\n", "UTF-16BE"),
            ("# Title\nplain words\n", "UTF-16LE"),
        ] {
            check(encode(words, name), Choice::Guess, words, name, Basis::Guessed);
        }
        check(JAPANESE.into(), Choice::Guess, JAPANESE, "UTF-8", Basis::Evident);
    }

    #[test]
    fn utf_16_is_known_by_its_mark_or_a_few_zeros() {
        let post = format!("---\ntitle: 猫\n---\n\n{JAPANESE}\n");
        let spaced = format!("\u{3000}一、{JAPANESE}\n\n\u{3000}二、{JAPANESE}\n");
        for name in ["UTF-16BE", "UTF-16LE"] {
            let marked = encode(&format!("\u{feff}{JAPANESE}"), name);
            check(marked, Choice::Guess, JAPANESE, name, Basis::Evident);
            for words in [&post, &spaced, &format!("{KOREAN}\n"), &format!("{TRADITIONAL}\n𠮷")] {
                check(encode(words, name), Choice::Guess, words, name, Basis::Guessed);
            }
        }
        let binary =
            decode(vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0, b'\n', 0, 0, 0, b'\r', 0xd8, 0], Choice::Guess);
        assert!(is_binary(&binary.text), "{binary:?}");
        let slipped = decode(format!("---\ntitle: 猫\n---\n正則 \0{JAPANESE}\n").into_bytes(), Choice::Guess);
        assert!(!is_binary(&slipped.text) && slipped.text.contains("正則"), "{slipped:?}");
    }

    #[test]
    fn a_chosen_encoding_counts() {
        let sjis = Encoding::named("sjis").unwrap();
        let short = encode("表", "Shift_JIS");
        check(short.clone(), Choice::Fixed(sjis), "表", "Shift_JIS", Basis::Chosen);
        check(short, Choice::Fallback(sjis), "表", "Shift_JIS", Basis::Chosen);
        check("表".into(), Choice::Fallback(sjis), "表", "UTF-8", Basis::Evident);
        check("表".into(), Choice::Fixed(sjis), "陦ｨ", "Shift_JIS", Basis::Chosen);
        check("\u{feff}表".into(), Choice::Fixed(Encoding::UTF_8), "表", "UTF-8", Basis::Chosen);
        check(vec![b'a', 0xff], Choice::Fixed(Encoding::UTF_8), "a\u{fffd}", "UTF-8", Basis::Chosen);
        let marked = encode("\u{feff}表", "UTF-16LE");
        check(marked, Choice::Fallback(sjis), "表", "UTF-16LE", Basis::Evident);
        check(encode(JAPANESE, "ISO-2022-JP"), Choice::Fallback(sjis), JAPANESE, "ISO-2022-JP", Basis::Guessed);
    }

    #[test]
    fn encodings_have_names() {
        for encoding in Encoding::OFFERED {
            assert_eq!(Encoding::named(&encoding.name().to_lowercase()), Some(encoding));
        }
        // A label that stands for no encoding, and one that is none.
        assert_eq!((Encoding::named("iso-2022-kr"), Encoding::named("klingon")), (None, None));
    }

    #[test]
    fn damaged_utf_8_stays_utf_8() {
        let words = "名前はまだ無い。".repeat(20);
        let cut = &words.as_bytes()[..words.len() - 1];
        assert!(decode(cut.to_vec(), Choice::Guess).text.starts_with("名前はまだ無い。"));
        let few = [b"a \0 few: \xe2\x80\x8b\xe2\x80\xae".as_slice(), b" bad: \xff\xfe"].concat();
        assert!(decode(few, Choice::Guess).text.ends_with("bad: \u{fffd}\u{fffd}"));
        let stray = [words.as_bytes(), &[0xff], words.as_bytes()].concat();
        check(stray, Choice::Guess, &format!("{words}\u{fffd}{words}"), "UTF-8", Basis::Guessed);
    }

    #[test]
    fn a_head_may_end_in_the_middle_of_a_character() {
        let sjis = Encoding::named("sjis").unwrap();
        let words = "a".repeat(HEAD as usize - 1);
        for (character, choice, encoding, basis) in [
            (&"表".as_bytes()[..1], Choice::Fallback(sjis), Encoding::UTF_8, Basis::Evident),
            (&[0xff], Choice::Fallback(sjis), sjis, Basis::Chosen),
        ] {
            let decoded = decode([words.as_bytes(), character].concat(), choice);
            assert_eq!(decoded.decoding, Decoding { encoding, basis });
        }
        let many = "吾輩は猫である。".repeat(HEAD as usize / 16);
        let head = [&b"a"[..], &encode(&many, "Shift_JIS")[..HEAD as usize - 1]].concat();
        assert_eq!(decode(head, Choice::Guess).decoding.encoding, sjis);
    }

    #[test]
    fn marks_and_line_ends_are_gone() {
        check("\u{feff}\u{feff}a\r\nb\rc".into(), Choice::Guess, "a\nb\nc", "UTF-8", Basis::Evident);
    }

    #[test]
    fn what_is_not_a_file_is_an_error() {
        assert!(read(Path::new("/"), HEAD).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn files_are_the_same_by_either_way() {
        let temporary = tempfile::tempdir().unwrap();
        let root = temporary.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("b")).unwrap();
        std::fs::write(root.join("b/c.md"), "words").unwrap();
        std::os::unix::fs::symlink("c.md", root.join("b/link.md")).unwrap();
        std::os::unix::fs::symlink("b", root.join("way")).unwrap();
        for from in [root.clone(), root.join("b"), root.join("none")] {
            let folder = OpenFolder::at(&from);
            for (name, is_file, is_opened) in [
                ("b/c.md", true, true),
                ("b/link.md", false, false),
                ("way/c.md", true, false),
                ("b", false, false),
                ("b/none.md", false, false),
            ] {
                let file = root.join(name);
                let expected = is_file.then(|| Stamp::of(&file.symlink_metadata().unwrap()));
                assert_eq!(folder.stamp(&file), expected, "{name} from {from:?}");
                let mut bytes = Vec::new();
                let read = folder.read_into(&file, 3, &mut bytes);
                assert_eq!(read.ok(), expected.filter(|_| is_opened), "{name} from {from:?}");
                assert_eq!(bytes == b"wor", is_opened, "{name} from {from:?}");
            }
        }
    }
}
