//! Which files cannot hold some words, told by their bytes. It lets through more than there is, never less, but for words that no
//! file has: those that a template or an entity makes.

use memchr::memmem::{self, Finder};
use regex::bytes::{Regex, RegexBuilder};

use super::signature;

/// What may stand between two characters of CJK text that are read as neighbours: marks, tags, addresses, line ends.
const BETWEEN: &str = "[\\x00-\\x7f]{0,120}?";
/// What may stand for a blank.
const BLANK: &str = "[\\s\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e\u{3000}\u{a0}]{1,40}?";

/// Lets through what may hold some words.
#[derive(Debug)]
pub(super) struct Sieve {
    /// Characters of the words that are written in one form only. Most texts lack one of them, and that is quickly seen.
    single: Vec<Finder<'static>>,
    expression: Regex,
    needed: Vec<u32>,
}

impl Sieve {
    /// A sieve for folded words. None where there is none that would be small enough.
    pub(super) fn of(folded: &str) -> Option<Sieve> {
        let mut expression = String::new();
        let mut before: Option<char> = None;
        for c in folded.chars() {
            let is_open = |c: char| !c.is_ascii_alphanumeric();
            match before {
                Some(' ') | None => {}
                _ if c == ' ' => {}
                Some(before) if !before.is_ascii() || !c.is_ascii() => expression.push_str(BETWEEN),
                Some(before) if is_open(before) || is_open(c) => expression.push_str("[\\\\*_`~]{0,4}?"),
                Some(_) => {}
            }
            if c == ' ' {
                expression.push_str(BLANK);
            } else {
                expression.push_str(&forms(c));
            }
            before = Some(c);
        }
        // Readings stand between the characters of their words.
        expression.push_str("|<rt|[<{%]\\s*ruby");
        RegexBuilder::new(&expression).unicode(true).size_limit(4 << 20).build().ok().map(|expression| Sieve {
            single: single_forms(folded),
            expression,
            needed: signature::needed(folded),
        })
    }

    pub(super) fn lets_through(&self, bytes: &[u8]) -> bool {
        let lacks_one = self.single.iter().any(|finder| finder.find(bytes).is_none());
        let has_readings = || signature::READINGS.iter().any(|mark| memmem::find(bytes, mark).is_some());
        (!lacks_one || has_readings()) && self.expression.is_match(bytes)
    }

    /// The marks that the signature of a text must have.
    pub(super) fn needed(&self) -> &[u32] {
        &self.needed
    }
}

/// The characters of folded words that have one form only, each once.
fn single_forms(folded: &str) -> Vec<Finder<'static>> {
    let is_single = |c: &char| {
        let is_kana = matches!(c, 'ぁ'..='ゖ' | 'ー');
        !c.is_ascii() && !is_kana && c.to_uppercase().eq(std::iter::once(*c))
    };
    let mut single: Vec<char> = folded.chars().filter(is_single).collect();
    single.sort_unstable();
    single.dedup();
    single.iter().map(|c| Finder::new(c.encode_utf8(&mut [0; 4])).into_owned()).collect()
}

/// The ways in which a folded character may be written.
fn forms(c: char) -> String {
    let escaped = |form: &str| regex::escape(form);
    match c {
        '\'' => "['’‘＇]".to_owned(),
        '"' => "[\"“”＂]".to_owned(),
        '-' => "[-‐-―−－]".to_owned(),
        '~' => "[~〜∼～]".to_owned(),
        // Three of them may be one character.
        '.' => "(?:\\.|…|．|。)".to_owned(),
        '!'..='~' => {
            let wide = char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
            let capital = c.to_ascii_uppercase();
            let wide_capital = char::from_u32(u32::from(capital) + 0xfee0).unwrap_or(capital);
            let all = [c, capital, wide, wide_capital].map(|form| escaped(&form.to_string()));
            format!("(?:{})", all.join("|"))
        }
        'ぁ'..='ゖ' | 'ー' => kana_forms(c),
        c => {
            let capitals: String = c.to_uppercase().collect();
            format!("(?:{}|{})", escaped(&c.to_string()), escaped(&capitals))
        }
    }
}

/// Hiragana, katakana and half-width, with a mark of voice in one character or two.
fn kana_forms(c: char) -> String {
    const WIDE: &str = "をぁぃぅぇぉゃゅょっーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";
    const VOICED: &str = "がぎぐげござじずぜぞだぢづでどばびぶべぼ";
    const PLAIN: &str = "かきくけこさしすせそたちつてとはひふへほ";
    let katakana = |c: char| match c {
        'ー' => c,
        c => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
    };
    let half = |c: char| WIDE.chars().position(|wide| wide == c).and_then(|at| char::from_u32(0xff66 + at as u32));
    let mut forms = vec![c, katakana(c)].into_iter().map(String::from).collect::<Vec<_>>();
    forms.extend(half(c).map(String::from));
    let unvoiced = VOICED.chars().position(|voiced| voiced == c).and_then(|at| PLAIN.chars().nth(at));
    let unvoiced = if c == 'ゔ' { Some('う') } else { unvoiced };
    let half_voiced = "ぱぴぷぺぽ".chars().position(|voiced| voiced == c).and_then(|at| "はひふへほ".chars().nth(at));
    for (base, marks) in unvoiced
        .map(|base| (base, ['\u{3099}', 'ﾞ']))
        .into_iter()
        .chain(half_voiced.map(|base| (base, ['\u{309a}', 'ﾟ'])))
    {
        forms.extend([base, katakana(base)].map(|base| format!("{base}{}", marks[0])));
        forms.extend(half(base).map(|base| format!("{base}{}", marks[1])));
    }
    format!("(?:{})", forms.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn what_may_hold_the_words_gets_through() {
        for (words, source, expected) in [
            ("検索", "の検索を", true),
            ("検索", "検\n索", true),
            ("強調です", "**「強調」です**", false),
            ("強調です", "**強調**です", true),
            ("漢字", "<ruby>漢<rt>かん</rt>字</ruby>", true),
            ("検索", "検は索", false),
            ("ガラス", "ｶﾞﾗｽ", true),
            ("がらす", "ガラス", true),
            ("が", "か\u{3099}", true),
            ("パ", "ﾊﾟ", true),
            ("rust", "RUST", true),
            ("rust", "ＲＵＳＴ", true),
            ("rust", "ru st", false),
            ("a b", "a **b**", true),
            ("a b", "a\nb", true),
            ("foo_bar", "foo\\_bar", true),
            ("it's", "it’s", true),
            ("éa", "ÉA", true),
        ] {
            let is_through = Sieve::of(&fold(words)).unwrap().lets_through(source.as_bytes());
            assert_eq!(is_through, expected, "{words} {source}");
        }
    }
}
