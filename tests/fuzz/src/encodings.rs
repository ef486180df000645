//! Any bytes, guessed at and read in each of the encodings that are offered.

use kiji::library::source::{Choice, Encoding, decode};

pub fn check(data: &[u8]) {
    let guessed = decode(data.to_vec(), Choice::Guess);
    assert!(!guessed.text.contains('\r') && !guessed.text.starts_with('\u{feff}'));
    for encoding in Encoding::OFFERED {
        for choice in [Choice::Fixed(encoding), Choice::Fallback(encoding)] {
            assert!(!decode(data.to_vec(), choice).text.contains('\r'));
        }
    }
    if std::str::from_utf8(data).is_ok_and(|text| !text.contains(['\0', '\u{1b}'])) {
        assert_eq!(guessed.decoding.encoding, Encoding::UTF_8);
    }
}
