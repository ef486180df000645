//! Folding for comparison: what a reader types and what a post says meet half-way. [`Folded`] knows the way back.

use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// What becomes of capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    #[default]
    Ignored,
    Kept,
}

/// Folds a string so that forms of the same word compare equal: compatibility forms (NFKC: full and half width, squared words),
/// case, katakana against hiragana, kinds of dashes, tildes and quotes; variation selectors and soft hyphens are dropped.
#[must_use]
pub fn fold(string: &str) -> String {
    if string.is_ascii() {
        return string.to_ascii_lowercase();
    }
    Folded::of(string, Case::Ignored).string
}

/// A folded string, and where each part of it stands in its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    string: String,
    steps: Vec<Step>,
}

/// A stretch of the source and what it was folded to, up to the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    /// Where it starts in the folded string.
    folded: u32,
    /// Where it stands in the source.
    start: u32,
    end: u32,
    kind: Stretch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stretch {
    /// Byte for byte.
    Even,
    /// One cluster, which has no inner places.
    Whole,
}

impl Folded {
    /// Folds a string.
    #[must_use]
    pub fn of(source: &str, case: Case) -> Folded {
        Folded::of_parts(source, std::iter::once(0..source.len()), case)
    }

    /// Folds parts of a string (bytes on character boundaries, in order) as if nothing stood between them.
    #[must_use]
    pub fn of_parts(source: &str, parts: impl IntoIterator<Item = Range<usize>>, case: Case) -> Folded {
        let mut folded = Folded { string: String::with_capacity(source.len()), steps: Vec::new() };
        let marks = CanonicalCombiningClassMapBorrowed::new();
        let folder = Folder { case, normalizer: ComposingNormalizerBorrowed::new_nfkc(), marks };
        for part in parts {
            let start = part.start;
            folder.fold(source.get(part).unwrap_or_default(), start, &mut folded);
        }
        folded
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Where bytes of the folded string stand in the source. A part of what one cluster was folded to is all of that cluster.
    #[must_use]
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        let Some(first) = self.step(folded.start) else { return 0..0 };
        let start = match first.kind {
            Stretch::Even => first.start as usize + folded.start - first.folded as usize,
            Stretch::Whole => first.start as usize,
        };
        let last = self.step(folded.end.saturating_sub(1).max(folded.start)).unwrap_or(first);
        let end = match last.kind {
            Stretch::Even => (last.start as usize + folded.end - last.folded as usize).min(last.end as usize),
            Stretch::Whole => last.end as usize,
        };
        start..end.max(start)
    }

    fn step(&self, at: usize) -> Option<&Step> {
        self.steps[..self.steps.partition_point(|step| step.folded as usize <= at)].last()
    }

    /// Notes what was pushed since `folded` as the stretch of these bytes of the source.
    fn note(&mut self, folded: usize, source: Range<usize>, kind: Stretch) {
        match self.steps.last_mut() {
            Some(last) if kind == Stretch::Even && last.kind == kind && last.end as usize == source.start => {
                last.end = source.end as u32;
            }
            _ => self.steps.push(Step {
                folded: folded as u32,
                start: source.start as u32,
                end: source.end as u32,
                kind,
            }),
        }
    }
}

/// What folding needs at every character.
struct Folder {
    case: Case,
    normalizer: ComposingNormalizerBorrowed<'static>,
    marks: CanonicalCombiningClassMapBorrowed<'static>,
}

impl Folder {
    /// Folds a part of a source that starts at `offset` of it.
    fn fold(&self, part: &str, offset: usize, folded: &mut Folded) {
        let mut at = 0;
        while at < part.len() {
            let start = folded.string.len();
            let even = self.even(&part[at..], folded);
            if even > 0 {
                folded.note(start, offset + at..offset + at + even, Stretch::Even);
                at += even;
                continue;
            }
            let cluster = self.cluster(&part[at..]);
            let words = self.normalizer.normalize(&part[at..at + cluster]);
            words.chars().for_each(|c| self.push(c, &mut folded.string));
            folded.note(start, offset + at..offset + at + cluster, Stretch::Whole);
            at += cluster;
        }
    }

    /// Folds the characters at the start that become one character of the same length each. Gives how many bytes they are.
    fn even(&self, rest: &str, folded: &mut Folded) -> usize {
        let mut taken = 0;
        let mut last = 0;
        let string = &mut folded.string;
        for c in rest.chars() {
            let becomes = match c {
                '\0'..='\x7f' if self.case == Case::Ignored => c.to_ascii_lowercase(),
                '\0'..='\x7f' => c,
                'ァ'..='ヶ' => to_hiragana(c),
                '、'
                | '。'
                | '「'
                | '」'
                | 'ぁ'..='ゖ'
                | 'ー'
                | '一'..='\u{9fff}'
                | '㐀'..='\u{4dbf}'
                | '가'..='힣' => c,
                _ => {
                    // A mark belongs to the character before it.
                    if self.extends(c) {
                        string.truncate(string.len() - last);
                        taken -= last;
                    }
                    break;
                }
            };
            string.push(becomes);
            last = c.len_utf8();
            taken += last;
        }
        taken
    }

    /// The length in bytes of the first character and the marks that belong to it.
    fn cluster(&self, rest: &str) -> usize {
        let mut chars = rest.char_indices().skip(1);
        chars.find(|(_, c)| !self.extends(*c)).map_or(rest.len(), |(at, _)| at)
    }

    fn extends(&self, c: char) -> bool {
        match c {
            '\u{ad}' => true,
            '\0'..='\u{2ff}' | '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309b}'..='\u{a66e}' => false,
            // Jamo that close a syllable, and the half-width marks of voice.
            '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7fb}' | 'ﾞ' | 'ﾟ' => true,
            c => is_dropped(c) || self.marks.get_u8(c) != 0,
        }
    }

    fn push(&self, c: char, string: &mut String) {
        match to_hiragana(c) {
            c if is_dropped(c) => {}
            '\u{2010}'..='\u{2015}' | '−' => string.push('-'),
            '〜' | '∼' => string.push('~'),
            '‘' | '’' => string.push('\''),
            '“' | '”' => string.push('"'),
            'ς' if self.case == Case::Ignored => string.push('σ'),
            c if self.case == Case::Ignored => string.extend(c.to_lowercase()),
            c => string.push(c),
        }
    }
}

/// What says nothing on its own: variation selectors, soft hyphens, joiners and blanks without a width.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
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
    use super::*;

    #[test]
    fn forms_of_one_word_meet() {
        for (left, right) in [
            ("ＲＵＳＴ", "rust"),
            ("ｶﾞﾗｽ", "がらす"),
            ("ガラス", "がらす"),
            ("か\u{3099}", "が"),
            ("カ\u{3099}", "ｶﾞ"),
            ("㌔", "きろ"),
            ("㈱", "(株)"),
            ("Kubernetes", "kubernetes"),
            ("葛\u{e0100}城", "葛城"),
            ("so\u{ad}ft", "soft"),
            ("a–b—c−d", "a-b-c-d"),
            ("１０〜２０", "10～20"),
            ("it’s “x”", "it's \"x\""),
            ("e\u{301}", "É"),
            ("ＡＢＣ\u{3000}ｱ", "abc あ"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("ㇷ゚", "ㇷ゚"),
        ] {
            assert_eq!(fold(left), fold(right), "{left} {right}");
        }
        for (left, right) in [("かき", "がき"), ("カー", "カ-"), ("は", "ぱ")] {
            assert_ne!(fold(left), fold(right), "{left} {right}");
        }
    }

    #[test]
    fn case_may_be_kept() {
        for (source, expected) in [("ＲｕＳＴ ガ", "RuST が"), ("É", "É")] {
            assert_eq!(Folded::of(source, Case::Kept).as_str(), expected);
        }
    }

    /// What the first place of some folded words is in the source.
    fn check(source: &str, words: &str, expected: &str) {
        let folded = Folded::of(source, Case::Ignored);
        let at = folded.as_str().find(words).unwrap_or_else(|| panic!("{words} in {folded:?}"));
        assert_eq!(&source[folded.source(at..at + words.len())], expected, "{source} {words}");
    }

    #[test]
    fn the_way_back_leads_to_whole_clusters() {
        check("日本ガラス工業", "がらす", "ガラス");
        check("日本ｶﾞﾗｽ工業", "がらす", "ｶﾞﾗｽ");
        check("日本ｶﾞﾗｽ工業", "工", "工");
        check("５㌔先", "ろ先", "㌔先");
        check("５㌔先", "5き", "５㌔");
        check("か\u{3099}く", "が", "か\u{3099}");
        check("葛\u{e0100}城", "葛", "葛\u{e0100}");
        check("Straße İx", "x", "x");
        check("ab㍱cd", "pac", "㍱c");
        check("x\u{200b}y", "xy", "x\u{200b}y");
        check("naïve ＡＰＩ", "api", "ＡＰＩ");
    }

    #[test]
    fn parts_are_folded_as_if_nothing_stood_between_them() {
        let source = "漢字（カンジ）を";
        let end = source.find('（').unwrap();
        let after = source.find('を').unwrap();
        let folded = Folded::of_parts(source, [0..end, after..source.len()], Case::Ignored);
        assert_eq!(folded.as_str(), "漢字を");
        let hit = folded.as_str().find("字を").unwrap();
        assert_eq!(&source[folded.source(hit..hit + "字を".len())], "字（カンジ）を");
    }
}
