//! `icu_segmenter`'s door: where UAX #14 lets a line end, with strict rules for Japanese. Between most characters of running text that is
//! known at once; the segmenter is asked about the others.

use icu_segmenter::iterators::LineBreakIterator;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::scaffold::Utf8;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::super::cjk::is_small_kana;

/// What a character is to the rules. All but `Other` and `Sign` stand to one another in the same way wherever they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Kana and kanji that a line may start with.
    Letter,
    /// Wide marks and small kana that no line starts with.
    Closer,
    /// Wide marks that no line ends with.
    Opener,
    /// Letters and digits of ASCII.
    Latin,
    /// Marks of ASCII.
    Sign,
    Blank,
    Other,
}

/// The kinds of CJK punctuation and kana, from U+3000 on.
static KANA: [Kind; 0x100] = {
    let mut kinds = [Kind::Other; 0x100];
    let mut at = 0;
    while at < kinds.len() {
        if let Some(c) = char::from_u32(0x3000 + at as u32) {
            kinds[at] = Kind::found(c);
        }
        at += 1;
    }
    kinds
};

/// What [`Kind::allows`] says of all that can stand together.
static ALLOWS: [[[Option<bool>; Kind::ALL.len()]; Kind::ALL.len()]; Kind::ALL.len()] = {
    let all = Kind::ALL;
    let mut table = [[[None; Kind::ALL.len()]; Kind::ALL.len()]; Kind::ALL.len()];
    let mut at = 0;
    while at < all.len() * all.len() * all.len() {
        let (base, before, after) = (at / all.len() / all.len(), at / all.len() % all.len(), at % all.len());
        table[base][before][after] = Kind::allows(all[base], all[before], all[after]);
        at += 1;
    }
    table
};

impl Kind {
    /// All of them, in their order.
    const ALL: [Kind; 7] =
        [Kind::Letter, Kind::Closer, Kind::Opener, Kind::Latin, Kind::Sign, Kind::Blank, Kind::Other];

    fn of(c: char) -> Kind {
        match u32::from(c) {
            0x4e00..=0x9fff => Kind::Letter,
            code @ 0x3000..=0x30ff => KANA[code as usize - 0x3000],
            _ => Kind::found(c),
        }
    }

    const fn found(c: char) -> Kind {
        match c {
            '\u{4e00}'..='\u{9fff}' => Kind::Letter,
            'ぁ'..='ゖ' | 'ァ'..='ヺ' | '々' | 'ー' if is_small_kana(c) => Kind::Closer,
            'ぁ'..='ゖ' | 'ァ'..='ヺ' => Kind::Letter,
            ' ' => Kind::Blank,
            c if c.is_ascii_alphanumeric() => Kind::Latin,
            c if c.is_ascii_graphic() => Kind::Sign,
            '、' | '。' | '，' | '．' | '）' | '］' | '〉' | '》' | '」' | '』' | '】' | '！' | '？' | '：' | '・' => {
                Kind::Closer
            }
            '（' | '［' | '〈' | '《' | '「' | '『' | '【' => Kind::Opener,
            _ => Kind::Other,
        }
    }

    /// Whether a line may end between two characters, where that is the same whatever stands around them. `base` is the last before them
    /// that is no blank.
    const fn allows(base: Kind, before: Kind, after: Kind) -> Option<bool> {
        use Kind::{Blank, Closer, Latin, Letter, Opener, Other, Sign};
        match (before, after) {
            (Other, _) | (_, Other) => None,
            (_, Blank) => Some(false),
            (Letter | Closer | Opener | Latin | Sign, Closer) => Some(false),
            (Opener, _) => Some(false),
            (Letter | Closer, Letter | Opener | Latin) | (Latin, Letter | Opener) => Some(true),
            (Blank, Letter | Opener | Latin) if matches!(base, Letter | Closer | Latin) => Some(true),
            _ => None,
        }
    }
}

/// Goes through a paragraph from its first character to its last.
pub(super) struct Standard<'a> {
    paragraph: &'a str,
    before: Kind,
    base: Kind,
    is_wide: bool,
    /// Where a line may end for certain: what follows is the same without what comes before.
    start: usize,
    /// What the segmenter said last: where a line may end at or after the place that was asked about.
    told: Option<usize>,
    /// The segmenter, and where it was set to work last.
    ends: Option<(usize, LineBreakIterator<'static, 'a, Utf8>)>,
    segmenter: Option<LineSegmenterBorrowed<'static>>,
}

impl<'a> Standard<'a> {
    pub(super) fn new(paragraph: &'a str) -> Standard<'a> {
        let (before, base) = (Kind::Other, Kind::Other);
        Standard { paragraph, before, base, is_wide: false, start: 0, told: None, ends: None, segmenter: None }
    }

    /// Goes on to the next character, which stands at a byte. Gives whether a line may end before it, where that is known at once.
    pub(super) fn step(&mut self, at: usize, c: char) -> Option<bool> {
        let kind = Kind::of(c);
        let known = ALLOWS[self.base as usize][self.before as usize][kind as usize];
        if known == Some(true) {
            self.start = at;
        }
        let is_wide = |kind| matches!(kind, Kind::Letter | Kind::Closer | Kind::Opener);
        self.is_wide = is_wide(self.before) && is_wide(kind);
        self.before = kind;
        if kind != Kind::Blank {
            self.base = kind;
        }
        known
    }

    /// Whether the last two characters are kana, kanji or their marks.
    pub(super) fn is_wide(&self) -> bool {
        self.is_wide
    }

    /// Whether a line may end before a byte, by the segmenter. Places are asked about in their order.
    pub(super) fn ask(&mut self, at: usize) -> bool {
        let paragraph = self.paragraph;
        let is_behind = self.told.is_none_or(|told| told < self.start);
        let (start, ends) = match &mut self.ends {
            Some(ends) if !is_behind => ends,
            ends => {
                let segmenter = *self.segmenter.get_or_insert_with(|| segmenter(paragraph));
                self.told = None;
                ends.insert((self.start, segmenter.segment_str(&paragraph[self.start..])))
            }
        };
        while self.told.is_none_or(|told| told < at) {
            let Some(end) = ends.next() else { return false };
            self.told = Some(*start + end);
        }
        self.told == Some(at)
    }
}

/// Where UAX #14 alone lets a line end: byte offsets, the end of the string among them.
pub fn standard(paragraph: &str) -> impl Iterator<Item = usize> + '_ {
    segmenter(paragraph).segment_str(paragraph).skip(1)
}

/// The models that find words in scripts without blanks are loaded only where there is such a script.
fn segmenter(paragraph: &str) -> LineSegmenterBorrowed<'static> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    let may_be = paragraph.bytes().any(|byte| matches!(byte, 0xe0 | 0xe1 | 0xea));
    if may_be && paragraph.contains(has_no_blanks) {
        LineSegmenter::new_lstm(options)
    } else {
        LineSegmenter::new_for_non_complex_scripts(options)
    }
}

/// Thai, Lao, Burmese and Khmer are written without blanks between words.
fn has_no_blanks(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_what_the_segmenter_says() {
        let all: Vec<char> = "漢かカっャー々、。，．）」』】〉！？：・（「『【〈aZ09 .,:;!?/-()[]'\"%$#“”‘’…—〜\u{3000}\u{3099}é한ก👍\u{a0}\n".chars().collect();
        let mut chance: usize = 1;
        for _ in 0..40_000 {
            let mut pick = || {
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                all[(chance >> 33) % all.len()]
            };
            let paragraph: String = (0..12).map(|_| pick()).collect();
            let ends: Vec<usize> = standard(&paragraph).collect();
            let mut steps = Standard::new(&paragraph);
            for (at, c) in paragraph.char_indices() {
                let known = steps.step(at, c);
                if at > 0 {
                    assert_eq!(known.unwrap_or_else(|| steps.ask(at)), ends.contains(&at), "{paragraph:?} at {at}");
                }
            }
        }
    }
}
