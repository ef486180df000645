//! Bytes to text: files opened with care, encodings told apart, line ends made one kind.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// The head of a file is enough for the index, in bytes.
pub const HEAD: u64 = 260 * 1024;

/// The longest post that is read whole, in bytes.
pub const WHOLE: u64 = 128 * 1024 * 1024;

/// Reads at most `limit` bytes of a regular file. Whatever else stands under that name (a pipe, a device, a folder) is an error,
/// never a wait.
///
/// # Errors
/// Those of the system, or [`io::ErrorKind::InvalidInput`] for what is not a regular file.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, crate::messages::NOT_A_FILE));
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(limit) as usize);
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// The text of a file: UTF-8 with or without byte order marks, UTF-16, or else what the bytes look like (`Shift_JIS`, EUC-JP,
/// ISO-2022-JP, GB18030, Big5, EUC-KR and the rest of the Encoding Standard). Line ends become `\n`.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> String {
    let text = match String::from_utf8(bytes) {
        Ok(text) if !text.contains("\u{1b}$") && !text.contains('\0') => text,
        Ok(text) => decode_legacy(text.as_bytes()),
        Err(error) if is_damaged_utf_8(error.as_bytes()) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        Err(error) => decode_legacy(error.as_bytes()),
    };
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.trim_start_matches('\u{feff}').to_owned(),
        None => text,
    };
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// Whether bytes are UTF-8 with a few wrong ones among them, or cut in the middle of a character.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return false;
    }
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    // Text in another encoding is hardly ever valid by chance: not one character in ten.
    wrong * 10 <= right
}

fn decode_legacy(bytes: &[u8]) -> String {
    encoding(bytes).decode(bytes).0.into_owned()
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf_16_by_zeros(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without a mark shows by zero bytes at every other place.
fn utf_16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = head.len() / 10;
    match () {
        () if even > enough && odd * 10 < even => Some(UTF_16BE),
        () if odd > enough && even * 10 < odd => Some(UTF_16LE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_open_as_if_they_were_utf_8() {
        let words = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で泣いていた事だけは記憶している。";
        for name in ["shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "utf-8"] {
            let (bytes, ..) = Encoding::for_label(name.as_bytes()).unwrap().encode(words);
            assert_eq!(decode(bytes.into_owned()), words, "{name}");
        }
        let utf_16: Vec<u8> = format!("\u{feff}{words}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(utf_16), words);
        let unmarked: Vec<u8> = "# Title\nplain words\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(unmarked), "# Title\nplain words\n");
    }

    #[test]
    fn damaged_utf_8_stays_utf_8() {
        let words = "名前はまだ無い。".repeat(20);
        let cut = &words.as_bytes()[..words.len() - 1];
        assert!(decode(cut.to_vec()).starts_with("名前はまだ無い。"));
        let stray = [words.as_bytes(), &[0xff], words.as_bytes()].concat();
        assert_eq!(decode(stray), format!("{words}\u{fffd}{words}"));
    }

    #[test]
    fn marks_and_line_ends_are_gone() {
        assert_eq!(decode("\u{feff}\u{feff}a\r\nb\rc".into()), "a\nb\nc");
    }

    #[test]
    fn what_is_not_a_file_is_an_error() {
        assert!(read(Path::new("/"), HEAD).is_err());
    }
}
