//! Folding for comparison: what a reader types and what a post says meet half-way.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Folds a string so that forms of the same word compare equal: compatibility forms (NFKC: full and half width, squared words),
/// case, and katakana against hiragana.
#[must_use]
pub fn fold(string: &str) -> String {
    if string.is_ascii() {
        return string.to_ascii_lowercase();
    }
    ComposingNormalizerBorrowed::new_nfkc()
        .normalize(string)
        .chars()
        .flat_map(char::to_lowercase)
        .map(to_hiragana)
        .collect()
}

/// Katakana U+30A1 to U+30F6 stand 96 code points above their hiragana.
fn to_hiragana(c: char) -> char {
    match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn forms_of_one_word_meet() {
        for (left, right) in [
            ("ＲＵＳＴ", "rust"),
            ("ｶﾞﾗｽ", "がらす"),
            ("ガラス", "がらす"),
            ("か\u{3099}", "が"),
            ("㌔", "きろ"),
            ("㈱", "(株)"),
            ("Kubernetes", "kubernetes"),
        ] {
            assert_eq!(fold(left), fold(right), "{left} {right}");
        }
        assert_ne!(fold("かき"), fold("がき"));
    }
}
