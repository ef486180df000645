//! The kinds of grapheme cluster whose width terminals disagree about, and a probe for each.

use icu_properties::CodePointMapData;
use icu_properties::props::EastAsianWidth;

/// A kind of cluster that terminals show in different widths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    // East Asian Width A (UAX #11), by the blocks that fonts and terminals treat alike.
    Ellipsis,
    Quote,
    Dash,
    Enclosed,
    Line,
    Shape,
    Symbol,
    Latin,
    Greek,
    Cyrillic,
    /// Private use, such as the icons of patched fonts.
    Private,
    // What follows is told by the whole cluster.
    /// A kanji outside the Basic Multilingual Plane.
    Supplementary,
    /// Half-width katakana with a voicing mark of its own.
    HalfVoiced,
    /// Kana with a combining voicing mark for which there is no letter.
    Voiced,
    /// A kanji with a variation selector.
    Variant,
    /// Hangul written in conjoining jamo for which there is no syllable.
    Jamo,
    /// A character that U+FE0F turns into an emoji.
    EmojiStyle,
    /// An emoji that U+FE0E turns into text.
    TextStyle,
    Keycap,
    /// Emoji joined by U+200D.
    Joined,
    Flag,
    SkinTone,
    /// Emoji of the newest versions of Unicode.
    New,
    /// Trigrams, hexagrams and counting rods, wide since Unicode 16.
    Hexagram,
}

/// Each class, in the order of its number: what to print in order to learn its width, and the columns it takes where the terminal was
/// not asked: rather one too many, which leaves a gap, than one too few, which covers a part of it.
pub const TABLE: [(Class, &str, u8); 24] = [
    (Class::Ellipsis, "…", 1),
    (Class::Quote, "“", 1),
    (Class::Dash, "―", 1),
    (Class::Enclosed, "①", 1),
    (Class::Line, "─", 1),
    (Class::Shape, "★", 1),
    (Class::Symbol, "→", 1),
    (Class::Latin, "×", 1),
    (Class::Greek, "α", 1),
    (Class::Cyrillic, "я", 1),
    (Class::Private, "\u{e0b0}", 1),
    (Class::Supplementary, "𠮷", 2),
    (Class::HalfVoiced, "ｶﾞ", 2),
    (Class::Voiced, "あ\u{3099}", 2),
    (Class::Variant, "葛\u{e0100}", 2),
    (Class::Jamo, "\u{1112}\u{119e}\u{11ab}", 2),
    (Class::EmojiStyle, "❤\u{fe0f}", 2),
    (Class::TextStyle, "⌚\u{fe0e}", 2),
    (Class::Keycap, "1\u{fe0f}\u{20e3}", 2),
    (Class::Joined, "👩\u{200d}👧", 2),
    (Class::Flag, "🇯🇵", 2),
    (Class::SkinTone, "👍🏽", 2),
    (Class::New, "\u{1fae9}", 2),
    (Class::Hexagram, "☰", 2),
];

/// The most columns that a cluster takes: two people with a skin tone each, shown one by one.
pub const WIDEST: usize = 6;

impl Class {
    /// Whether its members are of East Asian Width A.
    #[must_use]
    pub fn is_ambiguous(self) -> bool {
        (self as usize) <= Class::Private as usize
    }
}

/// The class of a cluster; none where all terminals agree.
#[must_use]
pub fn class(cluster: &str) -> Option<Class> {
    let mut chars = cluster.chars();
    let first = chars.next()?;
    match chars.next() {
        None => class_of_char(first),
        Some(_) => class_of_sequence(first, cluster).or_else(|| class_of_char(first)),
    }
}

fn class_of_sequence(first: char, cluster: &str) -> Option<Class> {
    let holds = |wanted: fn(char) -> bool| cluster.chars().skip(1).any(wanted);
    match () {
        () if is_regional(first) && holds(is_regional) => Some(Class::Flag),
        () if first >= '\u{2000}' && holds(|c| c == '\u{200d}') => Some(Class::Joined),
        () if holds(|c| c == '\u{20e3}') => Some(Class::Keycap),
        () if holds(is_skin_tone) => Some(Class::SkinTone),
        () if holds(|c| c == '\u{fe0f}') => Some(Class::EmojiStyle),
        () if holds(|c| matches!(c, '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}')) => Some(Class::Variant),
        () if holds(|c| c == '\u{fe0e}') => Some(Class::TextStyle),
        () if holds(is_half_voicing) => Some(Class::HalfVoiced),
        () if holds(|c| matches!(c, '\u{3099}' | '\u{309a}')) => Some(Class::Voiced),
        () if matches!(first, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}') => Some(Class::Jamo),
        () => None,
    }
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// The half-width voicing marks.
#[must_use]
pub fn is_half_voicing(c: char) -> bool {
    matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

/// The modifiers that give a hand or a face its colour.
#[must_use]
pub fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

fn class_of_char(c: char) -> Option<Class> {
    match u32::from(c) {
        0x2630..=0x2637 | 0x268a..=0x268f | 0x4dc0..=0x4dff | 0x1d300..=0x1d356 | 0x1d360..=0x1d376 => {
            Some(Class::Hexagram)
        }
        0x20000..=0x3ffff => Some(Class::Supplementary),
        // Emoji added by Unicode 15 to 17.
        0x1f6d8 | 0x1f6dc | 0x1fa75..=0x1fa77 | 0x1fa87..=0x1fa8f | 0x1faad..=0x1faaf | 0x1fabb..=0x1fabf => {
            Some(Class::New)
        }
        0x1fac6..=0x1facf | 0x1fada..=0x1fadf | 0x1fae8..=0x1faef | 0x1faf7..=0x1faf8 => Some(Class::New),
        0xe000..=0xf8ff | 0xf0000.. => Some(Class::Private),
        0x300..=0x36f | 0xfe00..=0xfe0f | 0xe0100..=0xe01ef => None,
        code if CodePointMapData::<EastAsianWidth>::new().get(c) == EastAsianWidth::Ambiguous => {
            Some(ambiguous_class(code))
        }
        _ => None,
    }
}

fn ambiguous_class(code: u32) -> Class {
    match code {
        0x00..=0x36f => Class::Latin,
        0x370..=0x3ff => Class::Greek,
        0x400..=0x52f => Class::Cyrillic,
        0x2010..=0x2017 => Class::Dash,
        0x2018..=0x201f => Class::Quote,
        0x2020..=0x206f => Class::Ellipsis,
        0x2070..=0x23ff => Class::Symbol,
        0x2460..=0x24ff | 0x2776..=0x2793 | 0x3248..=0x324f | 0x1f100..=0x1f1ff => Class::Enclosed,
        0x2500..=0x259f => Class::Line,
        _ => Class::Shape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probe_is_of_its_class() {
        for (number, (wanted, probe, _)) in TABLE.into_iter().enumerate() {
            assert_eq!((class(probe), wanted as usize), (Some(wanted), number), "{probe}");
        }
    }

    #[test]
    fn classes() {
        for (cluster, expected) in [
            ("a", None),
            ("漢", None),
            ("😀", None),
            ("e\u{301}", None),
            ("é", Some(Class::Latin)),
            ("│", Some(Class::Line)),
            ("\u{fffd}", Some(Class::Shape)),
            ("‥", Some(Class::Ellipsis)),
            ("—", Some(Class::Dash)),
            ("≠", Some(Class::Symbol)),
            ("ß\u{301}", Some(Class::Latin)),
            ("☎\u{fe0f}", Some(Class::EmojiStyle)),
            ("👨🏽\u{200d}💻", Some(Class::Joined)),
            ("क\u{94d}\u{200d}", None),
            ("辻\u{fe00}", Some(Class::Variant)),
            ("か\u{309a}", Some(Class::Voiced)),
        ] {
            assert_eq!(class(cluster), expected, "{cluster}");
        }
    }
}
