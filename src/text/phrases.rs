//! Where a heading or title should break: between phrases (`BudouX`), so that no line starts with a particle.

use std::ops::Range;

use budoux_phf_rs::Parser;

use super::cjk::{Class, class};

/// Characters that only one of the two ways to write Chinese has, common enough to tell which one a title is written in.
const SIMPLIFIED: &str = "这为时说对发会国个来们给没关开动应实现进过还让么样问题学习网络数据库码编译语言环设计项目图务";
const TRADITIONAL: &str =
    "這為時說對發會國個來們給沒關開動應實現進過還讓麼樣問題學習網絡數據庫碼編譯語言環設計項目圖務";

/// Leaves in `ends` (the places where a line of `paragraph` may end, as byte offsets) those between phrases. A phrase that does not
/// fit a line keeps the places inside it.
pub fn retain(paragraph: &str, ends: &mut Vec<usize>, fits: impl Fn(Range<usize>) -> bool) {
    if paragraph.is_ascii() {
        return;
    }
    let phrases = phrase_ends(paragraph);
    let is_between =
        |end: usize| phrases.binary_search(&end).is_ok() || end == paragraph.len() || follows_blank(paragraph, end);
    let mut kept: Vec<usize> = Vec::with_capacity(ends.len());
    let mut inner: Vec<usize> = Vec::new();
    let mut start = 0;
    for &end in ends.iter() {
        if !is_between(end) {
            inner.push(end);
            continue;
        }
        if !fits(start..end) {
            kept.append(&mut inner);
        }
        inner.clear();
        kept.push(end);
        start = end;
    }
    *ends = kept;
}

/// Whether a line that ends here ends with a blank between words, or was broken by its author; a particle after a Latin word belongs
/// to it.
fn follows_blank(paragraph: &str, end: usize) -> bool {
    let is_hiragana = |c| matches!(c, '\u{3041}'..='\u{309f}');
    let before = &paragraph[..end];
    before.ends_with('\n') || (before.ends_with([' ', '\u{3000}']) && !paragraph[end..].starts_with(is_hiragana))
}

/// The ends of phrases, in bytes.
fn phrase_ends(paragraph: &str) -> Vec<usize> {
    let mut end = 0;
    let mut ends = Vec::new();
    parser(paragraph).parse_with(paragraph, |phrase| {
        end += phrase.len();
        ends.push(end);
    });
    ends
}

fn parser(paragraph: &str) -> Parser {
    let is_kana = |c| matches!(c, '\u{3041}'..='\u{30ff}');
    let holds = |letters: &str| paragraph.chars().any(|c| class(c) == Class::Letter && letters.contains(c));
    match () {
        () if paragraph.contains(is_kana) => Parser::japanese_parser(),
        () if holds(SIMPLIFIED) => Parser::simplified_chinese_parser(),
        () if holds(TRADITIONAL) => Parser::traditional_chinese_parser(),
        () => Parser::japanese_parser(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::breaks::opportunities;
    use super::*;

    /// `expected` is the title with a bar at every place where it should break; no phrase is longer than `longest` characters.
    fn check(longest: usize, expected: &str) {
        let title = expected.replace('|', "");
        let mut ends = Vec::new();
        opportunities(&title, &mut ends);
        retain(&title, &mut ends, |phrase| title[phrase].chars().count() <= longest);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let shown: Vec<&str> = starts.zip(&ends).map(|(start, end)| &title[start..*end]).collect();
        assert_eq!(shown.join("|"), expected);
    }

    #[test]
    fn titles_break_between_phrases() {
        check(20, "今日は|天気です。");
        check(20, "Rust で|書いた |CLI |ツールの|話");
        check(20, "Kubernetes の|ローリングアップデートを|理解する");
        check(20, "Go |1.18 |Release |Notes");
        check(20, "我们|使用|这个|网络|框架");
    }

    #[test]
    fn what_does_not_fit_breaks_as_text_does() {
        check(3, "今日は|天|気|で|す。");
    }
}
