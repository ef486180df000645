//! Goldmark's two styles of line ends in East Asian text, which a Hugo site may choose: the rules of its renderer, as they are.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};

use crate::text::cjk::{Class, class};

/// Whether a line end between these two is a space in the style `simple`: not between two wide characters.
pub(super) fn is_space_simple(before: char, after: char) -> bool {
    !(is_wide(before) && is_wide(after))
}

/// The same in the style `css3draft`, after a draft of CSS Text 3. It goes farther than the draft: one side is enough, if it is CJK or
/// any punctuation.
pub(super) fn is_space_css3_draft(before: char, after: char) -> bool {
    let sides = [before, after];
    if sides.contains(&'\u{200b}') {
        return false;
    }
    if sides.iter().all(|c| class(*c) != Class::Other) {
        return sides.iter().any(|c| class(*c) == Class::Hangul);
    }
    !sides.iter().any(|c| discards_spaces(*c) || is_punctuation(*c))
}

/// What goldmark calls an East Asian wide character. It goes by scripts: full-width Latin letters and signs are none.
fn is_wide(c: char) -> bool {
    let script = CodePointMapData::<Script>::new().get(c);
    matches!(script, Script::Hiragana | Script::Katakana | Script::Han | Script::Hangul)
        || category(c) == GeneralCategory::ModifierLetter
        || matches!(c, '\u{3000}'..='\u{303f}')
}

fn is_punctuation(c: char) -> bool {
    GeneralCategoryGroup::Punctuation.contains(category(c))
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

/// The set of characters that discard the space beside them, by block.
fn discards_spaces(c: char) -> bool {
    matches!(
        u32::from(c),
        0x2e80..=0x30ff
            | 0x3130..=0x319f
            | 0x31c0..=0x31ff
            | 0x3300..=0x4dbf
            | 0x4e00..=0xa4cf
            | 0xf900..=0xfaff
            | 0xfe10..=0xfe1f
            | 0xfe30..=0xfe6f
            | 0xff00..=0xffef
            | 0x1b000..=0x1b16f
            | 0x20000..=0x2ebef
            | 0x2f800..=0x2fa1f
            | 0x30000..=0x3134f
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_those_of_goldmark() {
        for (before, after, simple, css3_draft) in [
            ('た', 'ん', false, false),
            ('、', '言', false, false),
            ('ー', '々', false, false),
            ('가', '나', false, true),
            ('a', 'b', true, true),
            ('a', 'ん', true, false),
            ('。', 'G', true, false),
            ('た', 'b', true, false),
            ('！', 'ん', true, false),
            ('Ａ', '漢', true, false),
            ('가', 'a', true, true),
            ('가', '、', false, true),
            ('.', 'A', true, false),
            ('\u{200b}', 'a', true, false),
            ('😀', 'a', true, true),
        ] {
            let found = (is_space_simple(before, after), is_space_css3_draft(before, after));
            assert_eq!(found, (simple, css3_draft), "{before} {after}");
        }
    }
}
