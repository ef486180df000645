//! Emphasis beside CJK text, before Markdown sees it.
//!
//! `CommonMark` takes `**「強調」**です` for plain asterisks, because a closing run after punctuation needs a blank or punctuation after it.
//! The CJK-friendly amendment (markdown-cjk-friendly) counts CJK punctuation as letters there, and a CJK neighbour as a blank. Where the
//! two verdicts on a run differ, one mark that Markdown takes for a letter or for punctuation is put beside the run; nothing is replaced, and every
//! mark is taken out of what the parser gives back. By the same means a bare URL keeps its underlines and tildes, and what only
//! looks like a definition keeps its colon.

mod definitions;

use std::borrow::Cow;
use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use memchr::memchr2_iter;

use super::links;
use crate::text::cjk::{Class, class};

/// A noncharacter, which Markdown takes for a letter.
const LETTER: char = '\u{fdd2}';
/// Punctuation of a script that died out before Markdown: it is used only in sources that do not hold it.
const POINT: char = '\u{10a7f}';

/// What stands beside a run, as far as emphasis cares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Blank,
    Point,
    Letter,
}

/// Whether a run may open and may close emphasis.
type Verdict = (bool, bool);

/// Marks the runs of a source that CJK-friendly emphasis judges otherwise than the parser does.
#[must_use]
pub fn mark(source: &str) -> Cow<'_, str> {
    if has_marks(source) {
        return Cow::Borrowed(source);
    }
    let places = definitions::false_ones(source);
    let source = if places.is_empty() { Cow::Borrowed(source) } else { Cow::Owned(with_letters(source, &places)) };
    match beside_runs(&source) {
        Some(marked) => Cow::Owned(marked),
        None => source,
    }
}

/// The source with a letter before each of these places.
fn with_letters(source: &str, places: &[usize]) -> String {
    let mut marked = String::with_capacity(source.len() + 3 * places.len());
    let mut kept = 0;
    for place in places {
        marked.push_str(&source[kept..*place]);
        marked.push(LETTER);
        kept = *place;
    }
    marked + &source[kept..]
}

/// The source with marks beside its runs, if any needs one.
fn beside_runs(source: &str) -> Option<String> {
    // The words of a link are no URL, whatever they look like.
    let is_bare = |url: &Range<usize>| !source[..url.start].ends_with('[');
    let mut urls = links::bare_urls(source).into_iter().filter(is_bare).peekable();
    if source.is_ascii() && urls.peek().is_none() && !source.contains('~') {
        return None;
    }
    let mut marked = String::new();
    let mut kept = 0;
    for run in Runs::new(source) {
        while urls.next_if(|url| url.end <= run.start).is_some() {}
        let is_in_url = urls.peek().is_some_and(|url| url.start < run.start) && run.delimiter != '*';
        let marks = if is_in_url { Some((Some(LETTER), Some(LETTER))) } else { marks_for(&run) };
        let Some((before, after)) = marks else { continue };
        if kept == 0 {
            marked.reserve_exact(source.len() + source.len() / 16);
        }
        marked.push_str(&source[kept..run.start]);
        marked.extend(before);
        marked.push_str(&source[run.start..run.end]);
        marked.extend(after);
        kept = run.end;
    }
    if kept == 0 {
        return None;
    }
    marked.push_str(&source[kept..]);
    Some(marked)
}

/// Both begin with bytes that are rare.
fn has_marks(text: &str) -> bool {
    memchr2_iter(0xef, 0xf0, text.as_bytes()).any(|at| text[at..].starts_with([LETTER, POINT]))
}

/// Takes the marks out of what the parser gives back.
#[must_use]
pub fn unmark(text: &str) -> Cow<'_, str> {
    if has_marks(text) { Cow::Owned(text.replace([LETTER, POINT], "")) } else { Cow::Borrowed(text) }
}

/// A run of one delimiter, and the characters around it.
struct Run {
    start: usize,
    end: usize,
    delimiter: char,
    before: Option<char>,
    /// The character before a variation selector that stands before the run.
    base: Option<char>,
    after: Option<char>,
}

struct Runs<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Runs<'a> {
    fn new(source: &'a str) -> Runs<'a> {
        Runs { source, at: 0 }
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        loop {
            let start = self.at + memchr::memchr3(b'*', b'_', b'~', &self.source.as_bytes()[self.at..])?;
            let delimiter = char::from(self.source.as_bytes()[start]);
            // Every other one of the backslashes before it is escaped itself.
            if self.source[self.at..start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
                self.at = start + 1;
                continue;
            }
            let length = self.source[start..].bytes().take_while(|byte| char::from(*byte) == delimiter).count();
            self.at = start + length;
            if delimiter == '~' && length > 2 {
                continue;
            }
            let mut behind = self.source[..start].chars().rev();
            let before = behind.next();
            let base = behind.next();
            return Some(Run {
                start,
                end: self.at,
                delimiter,
                before,
                base,
                after: self.source[self.at..].chars().next(),
            });
        }
    }
}

/// The marks to put before and after a run, or none when the parser judges it right by itself.
fn marks_for(run: &Run) -> Option<(Option<char>, Option<char>)> {
    let cell_edge = Some('|');
    if run.before == cell_edge || run.after == cell_edge {
        return None;
    }
    let is_double = run.end - run.start > 1;
    let (before, after) = (beside(run.before), beside(run.after));
    let wanted = friendly(run, before, after);
    let parser = |before, after| verdict(run.delimiter, is_double, before, after);
    if parser(before, after) == wanted {
        return None;
    }
    let choices = [(None, None), (Some(LETTER), Beside::Letter.into()), (Some(POINT), Some(Beside::Point))];
    for (before_mark, before_as) in choices {
        for (after_mark, after_as) in choices {
            if parser(before_as.unwrap_or(before), after_as.unwrap_or(after)) == wanted {
                return Some((before_mark, after_mark));
            }
        }
    }
    None
}

/// What the parser says of a run.
fn verdict(delimiter: char, is_double: bool, before: Beside, after: Beside) -> Verdict {
    let is_letterwise = delimiter == '*' || (delimiter == '~' && is_double);
    let opens = after != Beside::Blank
        && ((is_letterwise && (after == Beside::Letter || delimiter == '~')) || before != Beside::Letter);
    let closes = before != Beside::Blank && ((is_letterwise && before == Beside::Letter) || after != Beside::Letter);
    (opens, closes)
}

/// What the CJK-friendly amendment says of a run.
fn friendly(run: &Run, before: Beside, after: Beside) -> Verdict {
    let selector = run.before.is_some_and(is_selector);
    let is_cjk_before = run.before.is_some_and(is_cjk)
        || run.before.is_some_and(is_ideographic_selector)
        || (selector && run.base.is_some_and(is_cjk));
    let is_cjk_after = run.after.is_some_and(is_cjk);
    // One tilde is a wave dash in CJK text as often as it strikes out: it gets no favours there.
    let is_wave = run.delimiter == '~' && run.end - run.start == 1;
    let (is_cjk_before, is_cjk_after) = (is_cjk_before && !is_wave, is_cjk_after && !is_wave);
    let point_before = before == Beside::Point && !is_cjk_before;
    let point_after = after == Beside::Point && !is_cjk_after;
    let left = after != Beside::Blank && (!point_after || before == Beside::Blank || point_before || is_cjk_before);
    let right = before != Beside::Blank && (!point_before || after == Beside::Blank || point_after || is_cjk_after);
    if run.delimiter != '_' {
        return (left, right);
    }
    // A variation selector belongs to the punctuation before it.
    let before = if selector { beside(run.base) } else { before };
    (left && (!right || before == Beside::Point), right && (!left || after == Beside::Point))
}

fn beside(c: Option<char>) -> Beside {
    match c {
        None => Beside::Blank,
        Some(c) if c.is_whitespace() => Beside::Blank,
        Some(c) if is_point(c) => Beside::Point,
        Some(_) => Beside::Letter,
    }
}

/// Punctuation and symbols, as `CommonMark` 0.31 counts them.
fn is_point(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    GeneralCategoryGroup::Punctuation.contains(category) || GeneralCategoryGroup::Symbol.contains(category)
}

/// CJK as this amendment has it: with the enclosed ideographs that are no emoji by default.
fn is_cjk(c: char) -> bool {
    class(c) != Class::Other || matches!(c, '\u{1f200}'..='\u{1f2ff}')
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}') || is_ideographic_selector(c)
}

fn is_ideographic_selector(c: char) -> bool {
    matches!(c, '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the source with `l` for a letter mark and `p` for a point.
    fn check(source: &str, expected: &str) {
        let marked = mark(source);
        assert_eq!(marked.replace(LETTER, "l").replace(POINT, "p"), expected);
        assert_eq!(unmark(&marked), source);
    }

    #[test]
    fn only_runs_that_the_parser_misjudges_are_marked() {
        check("**強調**です", "**強調**です");
        check("**「強調」**です", "**「強調」**pです");
        check("は**「強調」**", "は**l「強調」**");
        check("**日本語(英)**です", "**日本語(英)**pです");
        check("a **b** c", "a **b** c");
        check("近い 哈哈~）と（嘿嘿~）", "近い 哈哈~）と（嘿嘿~）");
        check("https://x.example/__a__/b_c d_e_", "https://x.example/l__lal__l/bl_lc d_e_");
        check("[https://x.example/_a_](b)", "[https://x.example/_a_](b)");
        check("- a\n    : b", "- a\n    l: b");
        check("\\**「あ」**い", "\\**「あ」**pい");
        check("| **「あ」**|", "| **「あ」**|");
    }
}
