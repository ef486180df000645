//! What a character is to CJK typesetting, and what a site may set for the CJK text of its posts.

/// The classes that line breaking, soft breaks and URLs in running text tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Kana, kanji, bopomofo, full-width and half-width forms of letters and digits.
    Letter,
    /// CJK punctuation, with U+3000.
    Punctuation,
    Hangul,
    /// Everything else, emoji included.
    Other,
}

/// The class of a character, by block and East Asian Width (UAX #11: W, F and H, without emoji).
#[must_use]
pub fn class(c: char) -> Class {
    match u32::from(c) {
        0..=0x10ff => Class::Other,
        0x3041..=0x309f | 0x30a1..=0x30fa | 0x4e00..=0x9fff => Class::Letter,
        0x1100..=0x11ff | 0x3131..=0x318e | 0xa960..=0xa97f | 0xac00..=0xd7ff | 0xffa1..=0xffdc => Class::Hangul,
        0x3005..=0x3007 | 0x3021..=0x3029 | 0x3031..=0x3035 | 0x3038..=0x303c => Class::Letter,
        0x3000..=0x303f | 0x30a0 | 0x30fb | 0xff01..=0xff0f | 0xff1a..=0xff20 | 0xff3b..=0xff40 | 0xff5b..=0xff65 => {
            Class::Punctuation
        }
        0x2e80..=0x2fdf
        | 0x3041..=0x312f
        | 0x3190..=0x4dbf
        | 0x4e00..=0xa4cf
        | 0xf900..=0xfaff
        | 0xff10..=0xff9f
        | 0x1b000..=0x1b16f
        | 0x20000..=0x3ffff => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether a character is CJK and not Hangul: two of these never have a space between them where a source line ended.
#[must_use]
pub fn is_cjk(c: char) -> bool {
    matches!(class(c), Class::Letter | Class::Punctuation)
}

/// Kana that no line starts with in strict setting: the small ones, the prolonged sound mark, voicing and iteration marks.
#[must_use]
pub const fn is_small_kana(c: char) -> bool {
    matches!(
        c,
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ'
            | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | 'ー' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '々' | '〻'
            | '\u{31f0}'..='\u{31ff}' | '\u{ff67}'..='\u{ff70}' | '\u{ff9e}' | '\u{ff9f}'
    )
}

/// What a site sets for the CJK text of its posts. The default: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CjkSettings {
    pub soft_breaks: SoftBreaks,
    pub escaped_space: EscapedSpace,
}

/// By which rules a line end in the source of a paragraph is a space or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SoftBreaks {
    /// The program's own.
    #[default]
    Own,
    /// Every one is a space.
    Spaces,
    /// Goldmark's `simple`.
    Simple,
    /// Goldmark's `css3draft`.
    Css3Draft,
}

/// What a space after a backslash is in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EscapedSpace {
    /// A backslash and a space, as in `CommonMark`.
    #[default]
    Shown,
    /// Nothing: it only parts a mark of emphasis from the letters beside it.
    Hidden,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        for (characters, expected) in [
            ("漢あア〇々𠮷Ａ１ｱ", Class::Letter),
            ("、。「」（）・！　｡", Class::Punctuation),
            ("가ㄱ", Class::Hangul),
            ("a1.\u{201c}é😀☰Ω", Class::Other),
        ] {
            for c in characters.chars() {
                assert_eq!(class(c), expected, "{c}");
            }
        }
    }
}
