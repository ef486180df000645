//! Running text and the white space in it: what a blank or a line end in the source becomes.

use std::mem;

use super::{Builder, Element, goldmark};
use crate::text::cjk::{Class, SoftBreaks, class, is_cjk};
use crate::text::width::Measure;
use crate::text::{Face, Role, Text};

/// White space that waits for the next word to know what it becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pending {
    None,
    /// A blank, and the face it was written in.
    Space(Face),
    /// A line end in the source, likewise.
    SoftBreak(Face),
}

/// Which line ends in the source of a post are spaces.
#[derive(Debug, Clone, Copy, Default)]
pub struct Breaks {
    rules: SoftBreaks,
    /// Whether the post itself puts a space between CJK letters and Latin words more often than not.
    spaced: bool,
}

/// Tab stops stand every so many columns in code.
const TAB_STOP: usize = 4;

impl Breaks {
    /// Those of a post, by the rules that its site sets.
    #[must_use]
    pub fn of(source: &str, rules: SoftBreaks) -> Breaks {
        Breaks { rules, spaced: is_spaced(source) }
    }

    fn is_space(self, before: char, after: char) -> bool {
        match self.rules {
            SoftBreaks::Own => soft_break_is_space(before, after, self.spaced),
            SoftBreaks::Spaces => true,
            SoftBreaks::Simple => goldmark::is_space_simple(before, after),
            SoftBreaks::Css3Draft => goldmark::is_space_css3_draft(before, after),
        }
    }
}

impl Builder {
    /// Adds running text. Runs of blanks become one; a blank at a line's start goes.
    pub fn text(&mut self, words: &str) {
        if self.is_hidden() {
            return;
        }
        let mut rest = words;
        while !rest.is_empty() {
            let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            if blank > 0 {
                self.blank();
            }
            rest = &rest[blank..];
            let end = double_blank(rest).unwrap_or(rest.len());
            self.word(&rest[..end]);
            rest = &rest[end..];
        }
    }

    /// Adds words without blanks at their edges, settling the white space before them.
    fn word(&mut self, words: &str) {
        let trimmed = words.trim_end_matches([' ', '\t']);
        let Some(first) = trimmed.chars().next() else {
            if !words.is_empty() {
                self.blank();
            }
            return;
        };
        self.settle(first);
        let face = self.face;
        self.owner().text.push(trimmed, face);
        self.ends_in_zero_width = words.ends_with('\u{200b}');
        if trimmed.len() < words.len() {
            self.blank();
        }
    }

    pub(super) fn blank(&mut self) {
        if self.pending == Pending::None {
            self.pending = Pending::Space(self.face);
        }
    }

    /// Adds text whose blanks all count: inline code, code blocks, marks.
    pub fn verbatim(&mut self, words: &str, face: Face) {
        let Some(first) = words.chars().next() else { return };
        if self.is_hidden() {
            return;
        }
        self.settle(first);
        self.owner().text.push(words, face);
    }

    /// Adds lines of code in the face of now. Tabs become blanks up to the next stop; which they are is kept.
    pub fn code(&mut self, words: &str) {
        let face = self.face;
        if !words.contains('\t') || self.is_hidden() {
            return self.verbatim(words, face);
        }
        let measure = Measure::default();
        for line in words.split_inclusive('\n') {
            let mut column = 0;
            for part in line.split_inclusive('\t') {
                let words = part.strip_suffix('\t').unwrap_or(part);
                self.verbatim(words, face);
                column += measure.columns(words.trim_end_matches('\n'));
                if part.len() > words.len() {
                    let blanks = TAB_STOP - column % TAB_STOP;
                    self.tab(blanks);
                    column += blanks;
                }
            }
        }
    }

    fn tab(&mut self, blanks: usize) {
        let face = self.face;
        self.settle(' ');
        let owner = self.owner();
        let start = owner.text.len();
        owner.text.push(&" ".repeat(blanks), face);
        if let Element::Code { tabs, .. } = &mut owner.element {
            tabs.push(start..start + blanks);
        }
    }

    /// Length of the running text so far, in bytes.
    pub fn text_len(&mut self) -> usize {
        self.owner().text.len()
    }

    /// How much the innermost block holds: it grows with whatever is added.
    pub fn extent(&mut self) -> (usize, usize) {
        let owner = self.owner();
        (owner.blocks.len(), owner.text.len())
    }

    /// The face of a reading of what was written since the running text was `start` bytes long.
    pub fn ruby_face(&mut self, start: usize) -> Face {
        let base = self.owner().text.as_str().get(start..).unwrap_or_default().trim_start().len();
        Face { role: Role::Ruby { base: u16::try_from(base).unwrap_or(u16::MAX) }, ..self.face }
    }

    /// Turns the white space that waits into what it is before `next`.
    pub(super) fn settle(&mut self, next: char) {
        let pending = mem::replace(&mut self.pending, Pending::None);
        if pending == Pending::None {
            return;
        }
        let (breaks, link) = (self.breaks, self.face.link);
        let text = &mut self.owner().text;
        // Where nothing but the mark of a note stands before it, a blank stays.
        let Some(last) = last_letter(text).or_else(|| text.as_str().chars().next_back()) else { return };
        let face = match pending {
            _ if text.as_str().ends_with(['\n', ' ']) => return,
            Pending::Space(face) => face,
            Pending::SoftBreak(face) if breaks.is_space(last, next) => face,
            Pending::SoftBreak(_) | Pending::None => return,
        };
        // A blank at the edge of a link is not part of it.
        text.push(" ", if face.link == link { face } else { Face { link: None, ..face } });
    }

    /// A line end in the source, which is a space or nothing.
    pub fn soft_break(&mut self) {
        if self.is_alert_title() {
            return self.hard_break();
        }
        if self.is_code() {
            let face = self.face;
            return self.verbatim("\n", face);
        }
        self.pending = if self.ends_in_zero_width { Pending::None } else { Pending::SoftBreak(self.face) };
    }

    /// Whether the line that ends is the title of an alert: the first of a quote, with the alert's mark.
    fn is_alert_title(&mut self) -> bool {
        let is_quote = self.stack.iter().rev().nth(1).is_some_and(|open| matches!(open.element, Element::Quote));
        let words = self.owner().text.as_str();
        is_quote && words.starts_with("[!") && !words.contains('\n')
    }

    /// Puts `^` before a number that was raised, from `start` in the running text on: 10⁶ is not 106. Only what follows a letter or a
    /// figure would be misread.
    pub fn raise(&mut self, start: usize) {
        let text = &mut self.owner().text;
        let string = text.as_str();
        let is_beside = string.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        let Some(raised) = string.get(start..).filter(|raised| is_beside && is_number(raised)) else { return };
        let raised = text.slice(start..start + raised.len());
        let face = raised.runs().next().map_or_else(Face::default, |(_, face)| face);
        text.truncate(start);
        text.push("^", face);
        text.append(&raised);
    }

    /// A line end that the author asked for.
    pub fn hard_break(&mut self) {
        if self.is_hidden() {
            return;
        }
        self.pending = Pending::None;
        let face = self.face;
        let text = &mut self.owner().text;
        let end = text.as_str().trim_end_matches(' ').len();
        text.truncate(end);
        text.push("\n", Face { link: None, ..face });
    }
}

fn is_number(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
        && words.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '−'))
}

/// Where the first run of two blanks starts, past the first word.
fn double_blank(words: &str) -> Option<usize> {
    words.as_bytes().windows(2).position(|pair| pair.iter().all(|byte| matches!(byte, b' ' | b'\t')))
}

/// The last character that the reader sees as part of the sentence: footnote marks do not count.
fn last_letter(text: &Text) -> Option<char> {
    text.up_to_last(|face| face.role != Role::NoteMark).chars().next_back()
}

/// Whether a line end in the source between these two characters is a space. The rules are those of CSS Text 4's segment break
/// transformation, with the post's own habit deciding between CJK letters and Latin words.
fn soft_break_is_space(before: char, after: char, spaced: bool) -> bool {
    let is_hangul = |c| class(c) == Class::Hangul;
    let is_punctuation = |c| class(c) == Class::Punctuation;
    if after == '\u{200b}' || (is_cjk(before) && is_cjk(after)) {
        return false;
    }
    if (is_punctuation(before) && !is_hangul(after)) || (is_punctuation(after) && !is_hangul(before)) {
        return false;
    }
    let is_word = |c: char| c.is_alphanumeric() && class(c) == Class::Other;
    if (is_cjk(before) && is_word(after)) || (is_word(before) && is_cjk(after)) {
        return spaced;
    }
    true
}

/// How many bytes are looked at at once.
const STRIDE: usize = 32;

/// Whether a post puts a space between CJK letters and Latin words more often than not. By the program's own rules it decides what a
/// line end between the two becomes.
fn is_spaced(source: &str) -> bool {
    let bytes = source.as_bytes();
    let is_latin = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_space = |at: usize| bytes.get(at) == Some(&b' ');
    let starts_letter = |at: usize| source[at..].chars().next().is_some_and(|c| class(c) == Class::Letter);
    let ends_letter = |at: usize| source[..at].chars().next_back().is_some_and(|c| class(c) == Class::Letter);
    let (mut spaced, mut tight) = (0_usize, 0_usize);
    let mut edge = |at: usize| match (bytes[at - 1].is_ascii(), bytes[at].is_ascii()) {
        (true, true) | (false, false) => {}
        (false, true) if is_latin(at) => tight += usize::from(ends_letter(at)),
        (false, true) if is_space(at) && is_latin(at + 1) => spaced += usize::from(ends_letter(at)),
        (true, false) if is_latin(at - 1) => tight += usize::from(starts_letter(at)),
        (true, false) if is_space(at - 1) && at > 1 && is_latin(at - 2) => spaced += usize::from(starts_letter(at)),
        _ => {}
    };
    // Most bytes stand among their like: those are passed over many at once.
    for start in (1..bytes.len()).step_by(STRIDE) {
        let end = (start + STRIDE).min(bytes.len());
        let (all, any) = bytes[start - 1..end].iter().fold((0xff, 0), |(all, any), byte| (all & byte, any | byte));
        if all < 0x80 && any >= 0x80 {
            for at in start..end {
                edge(at);
            }
        }
    }
    spaced > tight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_between_cjk_are_nothing() {
        for (before, after, spaced, expected) in [
            ('す', 'こ', true, false),
            ('。', 'G', true, false),
            ('E', '、', true, false),
            ('の', 'G', true, true),
            ('の', 'G', false, false),
            ('1', '年', false, false),
            ('가', '나', false, true),
            ('가', '、', false, true),
            ('a', 'b', false, true),
            ('😀', '日', true, true),
            ('\u{3000}', 'a', true, false),
        ] {
            assert_eq!(soft_break_is_space(before, after, spaced), expected, "{before} {after} {spaced}");
        }
    }
}
