//! Romaji: which kana and kanji are read as what was typed. The text drives it: at each place a kana must be spelled, or a kanji be
//! read, as the letters that are left begin.

mod reading;

use std::ops::Range;
use std::sync::LazyLock;

use reading::{Reading, voiced};

/// The readings of kanji: lines of a reading and the characters that have it, or after `=` words with a reading of their own.
const READINGS: &str = include_str!("readings.txt");

/// How kana are spelled, in Hepburn, Kunrei and as input methods take them.
pub(super) const SPELLINGS: &str = "\
あ a|い i yi|う u wu|え e|お o|か ka ca|き ki|く ku cu|け ke|こ ko co|さ sa|し shi si ci|す su|せ se|そ so|た ta|ち chi ti|つ tsu tu|て te|と to|\
な na|に ni|ぬ nu|ね ne|の no|は ha wa|ひ hi|ふ fu hu|へ he e|ほ ho|ま ma|み mi|む mu|め me|も mo|や ya|ゆ yu|よ yo|ら ra la|り ri li|る ru lu|\
れ re le|ろ ro lo|わ wa|ゐ wi i|ゑ we e|を wo o|が ga|ぎ gi|ぐ gu|げ ge|ご go|ざ za|じ ji zi|ず zu|ぜ ze|ぞ zo|だ da|ぢ ji di zi|づ zu du dzu|\
で de|ど do|ば ba|び bi|ぶ bu|べ be|ぼ bo|ぱ pa|ぴ pi|ぷ pu|ぺ pe|ぽ po|ゔ vu bu|ぁ a xa|ぃ i xi|ぅ u xu|ぇ e xe|ぉ o xo|ゃ xya|ゅ xyu|ょ xyo|\
きゃ kya|きゅ kyu|きょ kyo|しゃ sha sya|しゅ shu syu|しょ sho syo|しぇ she sye|ちゃ cha tya cya|ちゅ chu tyu cyu|ちょ cho tyo cyo|ちぇ che tye|\
にゃ nya|にゅ nyu|にょ nyo|ひゃ hya|ひゅ hyu|ひょ hyo|みゃ mya|みゅ myu|みょ myo|りゃ rya|りゅ ryu|りょ ryo|ぎゃ gya|ぎゅ gyu|ぎょ gyo|\
じゃ ja zya jya|じゅ ju zyu jyu|じょ jo zyo jyo|じぇ je zye jye|ぢゃ ja dya zya|ぢゅ ju dyu zyu|ぢょ jo dyo zyo|びゃ bya|びゅ byu|びょ byo|\
ぴゃ pya|ぴゅ pyu|ぴょ pyo|ふぁ fa|ふぃ fi|ふぇ fe|ふぉ fo|ふゅ fyu|ゔぁ va ba|ゔぃ vi bi|ゔぇ ve be|ゔぉ vo bo|てぃ ti thi|でぃ di dhi|でゅ dyu dhu|\
とぅ tu twu|どぅ du dwu|うぃ wi|うぇ we|うぉ wo|つぁ tsa|つぇ tse|つぉ tso|いぇ ye|くぁ qa kwa";

/// What is typed must be so long, in letters, or everything would be read like it.
const SHORTEST: usize = 3;
const LONGEST: usize = 48;

/// How closely letters must spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Letter by letter, to the end of the last kana or kanji.
    Whole,
    /// Long vowels may be typed short (`tokyo`), and the last syllable or kanji half (`kens`).
    Begun,
}

/// Letters that may be romaji.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Romaji(Vec<u8>);

/// What a kanji is read as, alone and as the first of words.
#[derive(Debug, Default)]
struct Kanji {
    readings: Vec<Reading>,
    /// What follows it in a word, and the reading of the word.
    words: Vec<(&'static str, Reading)>,
    /// The letters that its readings may begin with, a bit each.
    first: u32,
}

/// How a kana is spelled, alone and with a small one after it.
#[derive(Debug, Default)]
struct Kana {
    alone: Vec<&'static str>,
    pairs: Vec<(char, Vec<&'static str>)>,
    first: u32,
}

struct Dictionary {
    /// By code point, from U+3041.
    kana: Vec<Kana>,
    /// By code point, from U+4E00: where its entry is, plus one.
    places: Vec<u16>,
    kanji: Vec<Kanji>,
}

/// Read when the first romaji is looked for.
static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(Dictionary::parse);

const FIRST_KANA: u32 = 0x3041;
const FIRST_KANJI: u32 = 0x4e00;
const KANA: usize = 0x56;
const KANJI: usize = 0x5200;

impl Dictionary {
    fn parse() -> Dictionary {
        let mut dictionary = Dictionary { kana: Vec::new(), places: vec![0; KANJI], kanji: Vec::new() };
        dictionary.kana.resize_with(KANA, Kana::default);
        for (kana, spellings) in SPELLINGS.split('|').filter_map(|entry| entry.split_once(' ')) {
            let spellings: Vec<&str> = spellings.split(' ').collect();
            let mut letters = kana.chars();
            let Some(entry) = letters.next().and_then(|first| dictionary.kana_of(first)) else { continue };
            entry.first |= spellings.iter().fold(0, |bits, spelling| bits | bit(spelling.as_bytes()[0]));
            match letters.next() {
                Some(small) => entry.pairs.push((small, spellings)),
                None => entry.alone = spellings,
            }
        }
        // These are spelled by what stands beside them.
        if let Some(entry) = dictionary.kana_of('っ') {
            *entry = Kana { alone: vec!["xtu", "xtsu", "ltu", "ltsu"], first: u32::MAX, ..Kana::default() };
        }
        if let Some(entry) = dictionary.kana_of('ん') {
            entry.first = bit(b'n') | bit(b'm');
        }
        for (reading, who) in READINGS.lines().filter_map(|line| line.split_once(' ')) {
            let Some(reading) = Reading::of(reading) else { continue };
            match who.strip_prefix('=') {
                Some(words) => words.split(' ').for_each(|word| dictionary.add_word(word, reading)),
                None => who.chars().for_each(|c| dictionary.add(c, |kanji| kanji.readings.push(reading), reading)),
            }
        }
        dictionary
    }

    fn kana_of(&mut self, c: char) -> Option<&mut Kana> {
        self.kana.get_mut(u32::from(c).checked_sub(FIRST_KANA)? as usize)
    }

    fn known_kana(&self, c: char) -> Option<&Kana> {
        self.kana.get(u32::from(c).checked_sub(FIRST_KANA)? as usize)
    }

    fn add_word(&mut self, word: &'static str, reading: Reading) {
        let Some(first) = word.chars().next() else { return };
        self.add(first, |kanji| kanji.words.push((&word[first.len_utf8()..], reading)), reading);
    }

    fn add(&mut self, c: char, change: impl FnOnce(&mut Kanji), reading: Reading) {
        let first = [reading.kana()[0]].into_iter().chain(voiced(reading.kana()[0]));
        let bits = first.fold(0, |bits, kana| bits | self.known_kana(kana).map_or(0, |kana| kana.first));
        let Some(place) = place(c).and_then(|place| self.places.get_mut(place)) else { return };
        if *place == 0 {
            self.kanji.push(Kanji::default());
            *place = self.kanji.len() as u16;
        }
        let kanji = &mut self.kanji[usize::from(*place) - 1];
        kanji.first |= bits;
        change(kanji);
    }

    fn kanji(&self, c: char) -> Option<&Kanji> {
        let at = *self.places.get(place(c)?)?;
        self.kanji.get(usize::from(at).checked_sub(1)?)
    }

    /// The letters that a match which starts here may begin with.
    fn first(&self, c: char) -> u32 {
        match c {
            'ぁ'..='ゖ' => self.known_kana(c).map_or(0, |kana| kana.first),
            c => self.kanji(c).map_or(0, |kanji| kanji.first),
        }
    }
}

fn place(c: char) -> Option<usize> {
    Some(u32::from(c).checked_sub(FIRST_KANJI)? as usize)
}

fn bit(letter: u8) -> u32 {
    1_u32.checked_shl(u32::from(letter.wrapping_sub(b'a'))).unwrap_or(0)
}

/// Where a match stands while it is looked for.
#[derive(Clone, Copy)]
struct State<'a> {
    /// The text from here on.
    text: &'a str,
    /// The letters that are left.
    rest: &'a [u8],
    /// The letter before them.
    before: u8,
    /// How many characters of the text were matched.
    matched: usize,
    /// The kanji before this place.
    kanji: Option<char>,
    spelling: Spelling,
}

impl State<'_> {
    /// Whether a vowel may follow that makes the one before it long, and was not typed.
    fn may_lengthen(&self) -> bool {
        self.spelling == Spelling::Begun && matches!(self.before, b'o' | b'u')
    }
}

/// What follows kana that were spelled: how many, the letters after them, the last of those before.
type GoesOn<'f> = dyn FnMut(usize, &[u8], u8) -> Option<usize> + 'f;

impl Romaji {
    /// Letters that may be romaji, given in small ones. None where they cannot be: `kubernetes`.
    #[must_use]
    pub fn of(written: &str) -> Option<Romaji> {
        let letters: Option<Vec<u8>> = written
            .chars()
            .map(|c| match c {
                'a'..='z' | '-' | '\'' => Some(c as u8),
                // Long vowels with a sign over them.
                c => {
                    ["aāâ", "iīî", "uūû", "eēê", "oōô"].iter().find(|row| row.contains(c)).map(|row| row.as_bytes()[0])
                }
            })
            .collect();
        let letters = letters.filter(|letters| (SHORTEST..=LONGEST).contains(&letters.len()))?;
        can_be_kana(&letters).then_some(Romaji(letters))
    }

    /// Where it is read in a folded text, apart from one another.
    pub fn hits<'a>(&'a self, folded: &'a str, spelling: Spelling) -> impl Iterator<Item = Range<usize>> + 'a {
        let dictionary = &*DICTIONARY;
        let first = bit(self.0[0]);
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(c) = folded[at..].chars().next() {
                let start = at;
                at += c.len_utf8();
                if c.is_ascii() || dictionary.first(c) & first == 0 {
                    continue;
                }
                let text = &folded[start..];
                let state = State { text, rest: &self.0, before: 0, matched: 0, kanji: None, spelling };
                if let Some(left) = dictionary.ends(state) {
                    at = folded.len() - left;
                    return Some(start..at);
                }
            }
            None
        })
    }
}

/// Whether letters are kana from the first to the last; the last may be half typed.
fn can_be_kana(letters: &[u8]) -> bool {
    let spelled = |rest: &[u8]| {
        let spellings = SPELLINGS.split('|').flat_map(|entry| entry.split(' ').skip(1));
        let fitting = spellings.map(str::as_bytes).filter(|spelling| rest.starts_with(spelling));
        let is_begun = || SPELLINGS.split(['|', ' ']).any(|spelling| spelling.as_bytes().starts_with(rest));
        fitting.map(<[u8]>::len).max().or_else(|| is_begun().then_some(rest.len()))
    };
    let mut rest = letters;
    while let [first, after @ ..] = rest {
        let taken = match (*first, after.first().copied()) {
            (b'-' | b'\'', _) if rest.len() < letters.len() => 1,
            (b'n', None | Some(b'\'')) => 1,
            (b'n', Some(next)) if !is_vowel(next) && next != b'y' => 1,
            (b'm', Some(b'b' | b'm' | b'p')) => 1,
            (b't', Some(b'c')) => 1,
            (letter, Some(next)) if letter == next && letter.is_ascii_lowercase() && !is_vowel(letter) => 1,
            _ => match spelled(rest) {
                Some(taken) => taken,
                None => return false,
            },
        };
        rest = &rest[taken..];
    }
    true
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'i' | b'u' | b'e' | b'o')
}

impl Dictionary {
    /// How much of the text is left after a match that starts here.
    fn ends(&self, state: State) -> Option<usize> {
        if state.rest.is_empty() {
            return Some(state.text.len());
        }
        let mut chars = state.text.chars();
        let c = chars.next()?;
        let after = chars.as_str();
        if is_kana(c) {
            let small = after.chars().next().filter(|c| is_kana(*c));
            let kana = [c, small.unwrap_or('\0')];
            return self.spelled(&kana[..=usize::from(small.is_some())], state, &mut |taken, rest, before| {
                let text = state.text.char_indices().nth(taken).map_or("", |(at, _)| &state.text[at..]);
                self.ends(State { text, rest, before, matched: state.matched + taken, kanji: None, ..state })
            });
        }
        let kanji = if c == '々' { state.kanji? } else { c };
        let entry = self.kanji(kanji)?;
        // A long vowel that was not typed is none of the letters.
        if entry.first & bit(state.rest[0]) == 0 && !state.may_lengthen() {
            return None;
        }
        let words = entry.words.iter().filter(|_| c != '々');
        let words = words.filter_map(|(rest, reading)| Some((after.strip_prefix(rest)?, *reading)));
        for (text, reading) in words.chain(entry.readings.iter().map(|reading| (after, *reading))) {
            let goes_on = text.chars().next().is_some_and(|c| !is_kana(c));
            for sound in reading.sounds(state.matched > 0, goes_on) {
                let next = State { text, kanji: Some(kanji), ..state };
                if let Some(left) = self.read(sound.kana(), next) {
                    return Some(left);
                }
            }
        }
        None
    }

    /// How much of the text is left after a match that goes on with this reading. Half typed it may end within the reading, but not of
    /// its first kanji: 検索 is found while `kensa` is typed, 権利 is not by `ken`.
    fn read(&self, kana: &[char], state: State) -> Option<usize> {
        if kana.is_empty() {
            return self.ends(State { matched: state.matched + 1, ..state });
        }
        if state.rest.is_empty() {
            return (state.matched > 0 && state.spelling == Spelling::Begun).then_some(state.text.len());
        }
        self.spelled(kana, state, &mut |taken, rest, before| self.read(&kana[taken..], State { rest, before, ..state }))
    }

    /// Every way in which kana may be spelled by the letters that are left.
    fn spelled(&self, kana: &[char], state: State, then: &mut GoesOn) -> Option<usize> {
        let rest = state.rest;
        let next = rest.get(1).copied();
        let first = rest.first().copied()?;
        if self.known_kana(kana[0]).is_some_and(|entry| entry.first & bit(first) == 0) && !state.may_lengthen() {
            return None;
        }
        let mut go = |taken: usize, letters: usize| then(taken, &rest[letters..], rest[letters - 1]);
        match kana[0] {
            'っ' if first.is_ascii_lowercase() && !is_vowel(first) && first != b'n' => {
                let is_last = next.is_none() && state.spelling == Spelling::Begun;
                let doubles = is_last || next == Some(first) || (first == b't' && next == Some(b'c'));
                if let Some(found) = doubles.then(|| go(1, 1)).flatten() {
                    return Some(found);
                }
            }
            'ん' => {
                let long = usize::from(matches!((first, next), (b'n', Some(b'n' | b'\''))));
                let short = first == b'n' || (first == b'm' && matches!(next, Some(b'b' | b'm' | b'p')));
                let found = (long > 0).then(|| go(1, 2)).flatten();
                return found.or_else(|| short.then(|| go(1, 1)).flatten());
            }
            'ー' if state.before != 0 => {
                if let Some(found) = (first == b'-' || first == state.before).then(|| go(1, 1)).flatten() {
                    return Some(found);
                }
            }
            _ => {}
        }
        let entry = self.known_kana(kana[0]);
        let pair = kana.get(1).and_then(|small| entry?.pairs.iter().find(|(known, _)| known == small));
        let spellings = pair.iter().flat_map(|(_, spellings)| spellings.iter().map(|spelling| (2, spelling)));
        let alone = entry.filter(|_| pair.is_none());
        let alone = alone.into_iter().flat_map(|entry| entry.alone.iter().map(|spelling| (1, spelling)));
        for (taken, spelling) in spellings.chain(alone) {
            let is_begun = state.spelling == Spelling::Begun && spelling.as_bytes().starts_with(rest);
            if !is_begun && !rest.starts_with(spelling.as_bytes()) {
                continue;
            }
            if let Some(found) = go(taken, spelling.len().min(rest.len())) {
                return Some(found);
            }
        }
        // A long vowel that was not typed: `tokyo`, `saba`.
        let is_short = state.spelling == Spelling::Begun;
        let is_long = match kana[0] {
            'ー' => state.before != 0,
            'う' => is_short && matches!(state.before, b'o' | b'u'),
            'お' => is_short && state.before == b'o',
            _ => false,
        };
        if is_long { then(1, rest, 0) } else { None }
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ー')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn check_as(spelling: Spelling, typed: &str, text: &str, expected: &[&str]) {
        let folded = fold(text);
        let romaji = Romaji::of(typed).unwrap_or_else(|| panic!("{typed} is no romaji"));
        let hits: Vec<&str> = romaji.hits(&folded, spelling).map(|hit| &folded[hit]).collect();
        assert_eq!(hits, expected, "{typed} in {text}");
    }

    fn check(typed: &str, text: &str, expected: &[&str]) {
        check_as(Spelling::Whole, typed, text, expected);
    }

    #[test]
    fn kana_are_found_as_they_are_spelled() {
        check("kensaku", "ケンサク", &["けんさく"]);
        check("shashin", "しゃしん", &["しゃしん"]);
        check("syasin", "しゃしん", &["しゃしん"]);
        check("matcha", "抹茶とまっちゃ", &["抹茶", "まっちゃ"]);
        check("maccha", "まっちゃ", &["まっちゃ"]);
        check("konnichi", "こんにちは", &["こんにち"]);
        check("kon'nichi", "こんにちは", &["こんにち"]);
        check("shimbun", "新聞", &["新聞"]);
        check("sa-ba-", "サーバー", &["さーばー"]);
        check("saba", "サーバ", &["さーば"]);
        check("tsuduki", "つづき", &["つづき"]);
        check("fairu", "ファイル", &["ふぁいる"]);
        check("hairu", "ファイル", &[]);
    }

    #[test]
    fn kanji_are_found_as_they_are_read() {
        for (typed, word) in [
            ("kensaku", "検索"),
            ("sigoto", "仕事"),
            ("shigoto", "仕事"),
            ("jidouka", "自動化"),
            ("mojiretsu", "文字列"),
            ("gakkou", "学校"),
            ("happyou", "発表"),
            ("hyouji", "表示"),
            ("toukyou", "東京"),
            ("kyou", "今日"),
            ("samazama", "様々"),
            ("yomikomu", "読み込む"),
            ("hikisuu", "引数"),
            ("nippon", "日本"),
        ] {
            check(typed, word, &[word]);
        }
        for (typed, text) in
            [("kensaku", "検査"), ("kensa", "検索"), ("sakujo", "作成"), ("shiyou", "上"), ("hyouji", "標準")]
        {
            check(typed, text, &[]);
        }
    }

    #[test]
    fn what_is_half_typed_is_begun() {
        for (typed, word) in [
            ("kens", "検索"),
            ("kensa", "検索"),
            ("tokyo", "東京"),
            ("tokyo", "とうきょ"),
            ("gakk", "学校"),
            ("kensak", "けんさく"),
        ] {
            check_as(Spelling::Begun, typed, word, &[word]);
        }
        check_as(Spelling::Begun, "ken", "権利", &["権"]);
        check_as(Spelling::Begun, "shiyou", "上", &[]);
    }

    #[test]
    fn what_cannot_be_kana_is_no_romaji() {
        for written in ["kubernetes", "test", "docker", "go", "", "3gatu", "kensaku 2", "xyz", "-ka", "the"] {
            assert_eq!(Romaji::of(written), None, "{written}");
        }
        for written in ["kensaku", "kens", "make", "tokyo", "tōkyō", "kon'ya", "sa-ba"] {
            assert!(Romaji::of(written).is_some(), "{written}");
        }
    }

    #[test]
    fn walls_of_long_marks_end() {
        let wall = format!("か{}", "ー".repeat(100_000));
        assert_eq!(Romaji::of("kaaaaaaaaaaaaaaaa").unwrap().hits(&wall, Spelling::Begun).count(), 1);
        let hits = Romaji::of("seiseiseiseiseiseiseiseiseisei").unwrap();
        assert_eq!(hits.hits(&"生".repeat(10_000), Spelling::Begun).count(), 1000);
    }
}
