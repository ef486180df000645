//! Where a paragraph may break: UAX #14 in its strict form, and what Japanese typesetting asks for on top.
//!
//! It looks at a whole paragraph, never at one styled piece of it, so that no punctuation after bold text starts a line.

mod standard;

use super::cjk::{Class, class, is_cjk, is_small_kana};
use standard::Standard;
pub use standard::standard;

/// Collects into `ends` the byte offsets at which a line of `paragraph` may end, in order; the last is its length.
///
/// The tailoring: a run of printable ASCII is one token, which breaks nowhere inside, and its edges against CJK letters are
/// break points unless an opening or closing mark stands there (UAX #14 alone would split `/usr` and hold `C++と` together).
pub fn opportunities(paragraph: &str, ends: &mut Vec<usize>) {
    ends.clear();
    if paragraph.is_ascii() {
        ascii_opportunities(paragraph, ends);
    } else {
        tailored_opportunities(paragraph, ends);
    }
}

/// In plain ASCII every token ends with its spaces; what closes and stands alone stays with the token before it.
fn ascii_opportunities(paragraph: &str, ends: &mut Vec<usize>) {
    let bytes = paragraph.as_bytes();
    let mut is_opened = false;
    for at in 1..bytes.len() {
        let (before, after) = (bytes[at - 1], bytes[at]);
        is_opened = matches!(before, b'(' | b'[' | b'{') || (is_opened && before == b' ');
        let next = bytes.get(at + 1).map(|byte| char::from(*byte));
        let closes = b")]}!?,.:;".contains(&after) && is_closer(char::from(after), next);
        let is_between = before == b' ' && after != b' ' && after != b'\n';
        if before == b'\n' || (is_between && !closes && !is_opened) {
            ends.push(at);
        }
    }
    ends.push(bytes.len());
}

fn tailored_opportunities(paragraph: &str, ends: &mut Vec<usize>) {
    let mut standard = Standard::new(paragraph);
    let mut characters = paragraph.char_indices().peekable();
    let mut before = None;
    let mut earlier = None;
    // Whether nothing but blanks has come since an opening bracket: no line ends there.
    let mut is_opened = false;
    let keeps_words = is_korean(paragraph);
    while let Some((at, after)) = characters.next() {
        let known = standard.step(at, after);
        // Between kana, kanji and their marks there is nothing to add to the standard.
        if let Some(is_end) = known.filter(|_| standard.is_wide() && !keeps_words) {
            if is_end {
                ends.push(at);
            }
            is_opened = is_cjk_opener(after);
            earlier = before.replace(after);
            continue;
        }
        let mut allowed = || known.unwrap_or_else(|| standard.ask(at));
        let next = characters.peek().map(|(_, c)| *c);
        if let Some(before) = before
            && !(keeps_words && is_word(before) && is_word(after))
            && (may_break(before, after, next, &mut allowed) || is_outside_quotes(earlier, before, after, next))
            && (!is_opened || allowed())
        {
            ends.push(at);
        }
        is_opened = is_opener(after) || is_cjk_opener(after) || (is_opened && after == ' ');
        earlier = before.replace(after);
    }
    ends.push(paragraph.len());
}

/// Whether half or more of a paragraph's letters are Hangul: then its lines end between words only, as Korean is set.
fn is_korean(paragraph: &str) -> bool {
    let letters = |wanted: fn(char) -> bool| paragraph.chars().filter(|c| wanted(*c)).count();
    // Most paragraphs have none.
    if !may_hold_hangul(paragraph.as_bytes()) {
        return false;
    }
    let hangul = letters(|c| class(c) == Class::Hangul);
    hangul * 2 >= letters(char::is_alphabetic)
}

/// Whether there are bytes that Hangul begins with: many are looked at at once.
fn may_hold_hangul(bytes: &[u8]) -> bool {
    let is_first = |first: u8, second: u8| {
        matches!(first, 0xe1 | 0xea..=0xed)
            | ((first == 0xe3) & matches!(second, 0x84..=0x86))
            | ((first == 0xef) & matches!(second, 0xbe..=0xbf))
    };
    let seconds = bytes.get(1..).unwrap_or_default();
    let mut strides = bytes.chunks(64).zip(seconds.chunks(64));
    strides.any(|(firsts, seconds)| {
        firsts.iter().zip(seconds).fold(false, |found, (first, second)| found | is_first(*first, *second))
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// The verdict between two characters, given the one that follows them and the verdict of UAX #14, which is asked for only where it counts.
fn may_break(before: char, after: char, next: Option<char>, allowed: &mut dyn FnMut() -> bool) -> bool {
    match (before, after) {
        ('\n', _) => true,
        (_, '〜' | '～') => false,
        // UAX #14 lets a line start with these after a blank; Japanese does not.
        (' ' | '\u{3000}', after) if is_small_kana(after) || "–‐゠・：；？！‼⁇⁈⁉".contains(after) => {
            false
        }
        _ if is_token(before) && is_token(after) => false,
        (' ', after) if is_token(after) => !is_closer(after, next) || allowed(),
        _ if is_token(before) && is_cjk_letter(after) => !is_opener(before) || allowed(),
        _ if is_token(after) && (is_cjk_letter(before) || is_cjk_closer(before)) => {
            !is_closer(after, next) || allowed()
        }
        _ => allowed(),
    }
}

/// Whether this is a place outside curly quotes among CJK letters: a line may end there, as it may outside corner brackets (UAX #14 of
/// Unicode 16, `LB19a`). The quotes of Latin text hold together with what stands beside them.
fn is_outside_quotes(earlier: Option<char>, before: char, after: char, next: Option<char>) -> bool {
    let goes_on = |c: char| is_cjk_letter(c) || is_cjk_opener(c);
    match (before, after) {
        (before, '“' | '‘') => (is_cjk_letter(before) || is_cjk_closer(before)) && next.is_some_and(goes_on),
        ('”' | '’', after) => goes_on(after) && earlier.is_some_and(|c| is_cjk(c) || class(c) == Class::Hangul),
        _ => false,
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_graphic()
}

fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<' | '"' | '\'' | '`')
}

/// Whether a token starts with the end of what stands before it. `.gitignore`, `:wq` and `?q=` start something of their own.
fn is_closer(c: char, next: Option<char>) -> bool {
    let starts_word = next.is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, '/' | '-' | '_' | '.'));
    match c {
        ')' | ']' | '}' | '>' | '"' | '\'' | '`' | '%' => true,
        ',' | '.' | '!' | '?' | ':' | ';' => !starts_word,
        _ => false,
    }
}

fn is_cjk_opener(c: char) -> bool {
    matches!(c, '（' | '［' | '｛' | '〔' | '〈' | '《' | '「' | '『' | '【' | '〖' | '〘' | '‘' | '“' | '｢')
}

fn is_cjk_closer(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．' | '）' | '］' | '｝' | '〕' | '〉' | '》' | '」' | '』' | '】')
}

/// The letters that a line may break before and after.
fn is_cjk_letter(c: char) -> bool {
    match class(c) {
        Class::Letter => !is_small_kana(c),
        Class::Hangul => true,
        Class::Punctuation | Class::Other => false,
    }
}

/// Where a token that is wider than a whole line may be cut: the last byte offset up to `limit` that follows one of
/// `/ ? & = - _ . ,` and leaves at least three characters on both sides.
#[must_use]
pub fn last_cut(token: &str, limit: usize) -> Option<usize> {
    let first = token.char_indices().nth(3).map_or(token.len(), |(at, _)| at);
    let last = token.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let ends = token[..limit.min(last)].char_indices().rev().filter(|(_, c)| "/?&=-_.,".contains(*c));
    ends.map(|(at, _)| at + 1).find(|at| *at >= first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the paragraph with a bar at every place where it may break.
    fn check(expected: &str) {
        let paragraph = expected.replace('|', "");
        let mut ends = Vec::new();
        opportunities(&paragraph, &mut ends);
        let mut shown = String::new();
        let mut start = 0;
        for end in ends {
            shown.push_str(&paragraph[start..end]);
            if end < paragraph.len() {
                shown.push('|');
            }
            start = end;
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn japanese_keeps_its_forbidden_starts_and_ends() {
        check("日|本|語、|で|す。");
        check("「か|な」|と|カ|ナ");
        check("サー|バー");
        check("ちょっ|と|待っ|て");
        check("人々|が");
        check("あ～|い");
        check("Qiita っ|て|い|う");
        check("API ー、|a – |b");
    }

    #[test]
    fn ascii_runs_are_tokens() {
        check("the |quick |brown");
        check("C++|と|Rust|の|話");
        check("実|行|は|--long-flag|で");
        check("設|定|は|/usr/local/etc|に");
        check("関|数|foo(bar)|を");
        check("値|（a/b）|は");
        check("（.config/、|.cursor/、|/usr/）|は");
        check("値 |?style=flat |と |:wq |は. |次");
        check("本 !|は");
        check("に|「 Exception |を」");
        check("a  |b");
        check("a . |b |( c |d) |.e !");
        check("あ|a . |b |( c |d) |.e !");
    }

    #[test]
    fn curly_quotes_break_outside() {
        check("他|说|“你|好”|然|后");
        check("他|说，|“你|好。”|然|后");
        check("他|说|“你|好”，|然|后");
        check("don’t |“quote” |it");
        check("说“Rust”吧");
    }

    #[test]
    fn hard_breaks_end_lines() {
        check("一\n|二");
        check("a\n|b");
    }

    #[test]
    fn korean_and_emoji_follow_the_standard() {
        check("한국어는 |띄어쓰기로 |나눕니다. |Rust로 |썼다.");
        check("日|本|語|と|한|국|어|を|混|ぜ|る");
        check("👨\u{200d}👩|🇯🇵|x");
    }

    #[test]
    fn words_of_scripts_without_blanks_are_found() {
        check("ภาษา|ไทย|เขียน|โดย|ไม่|มี|ช่อง|ว่าง");
        check("ພາສາ|ລາວ");
    }

    #[test]
    fn long_tokens_are_cut_after_separators_only() {
        let token = "https://example.com/a_b?c";
        let cut = |limit| last_cut(token, limit).map(|at| &token[..at]);
        assert_eq!(cut(12), Some("https://"));
        assert_eq!(cut(20), Some("https://example.com/"));
        assert_eq!(cut(token.len()), Some("https://example.com/a_"));
        assert_eq!(cut(5), None);
    }
}
