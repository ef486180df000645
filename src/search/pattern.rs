//! The one matcher: words as a reader types them, or a regular expression, found in a text in whatever form the text has them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::kana;
use super::romaji::{Romaji, Spelling};
use crate::layout::{Page, Reading};
use crate::messages;
use crate::text::fold::{Case, Folded};

/// The longest list of hits in one text.
const MOST_HITS: usize = 100_000;
/// The most memory that a compiled regular expression may take, in bytes.
const LARGEST: usize = 1 << 20;

/// A text that is searched, and its folded forms, made when they are first asked for and then kept.
#[derive(Debug, Default)]
pub struct Haystack<'a> {
    words: Cow<'a, str>,
    readings: Vec<Reading>,
    ignored: OnceLock<Vec<Folded>>,
    kept: OnceLock<Vec<Folded>>,
}

impl<'a> Haystack<'a> {
    /// A text without readings.
    #[must_use]
    pub fn new(words: impl Into<Cow<'a, str>>) -> Haystack<'a> {
        Haystack::with_readings(words, Vec::new())
    }

    /// A text and the readings in it, in their order. They may be skipped, and may stand for their words.
    #[must_use]
    pub fn with_readings(words: impl Into<Cow<'a, str>>, readings: Vec<Reading>) -> Haystack<'a> {
        Haystack { words: words.into(), readings, ..Haystack::default() }
    }

    /// The words of a page.
    #[must_use]
    pub fn of_page(page: &'a Page) -> Haystack<'a> {
        Haystack::with_readings(page.plain.as_str(), page.readings())
    }

    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The text as it stands; where it has readings also without them, and with the readings in the place of their words.
    fn folded(&self, case: Case) -> &[Folded] {
        let kept = if case == Case::Ignored { &self.ignored } else { &self.kept };
        kept.get_or_init(|| {
            let mut forms = vec![Folded::of(&self.words, case)];
            if !self.readings.is_empty() {
                forms.push(self.without(&|ruby| vec![ruby.words.clone()], case));
                forms.push(self.without(&|ruby| self.around_words(ruby), case));
            }
            forms
        })
    }

    /// What stands around the words of a reading: what it is the reading of, and its brackets.
    fn around_words(&self, ruby: &Reading) -> Vec<Range<usize>> {
        let reading = self.words.get(ruby.words.clone()).unwrap_or_default();
        let brackets = |c: char| matches!(c, '（' | '）' | '(' | ')' | ' ');
        let start = ruby.words.start + (reading.len() - reading.trim_start_matches(brackets).len());
        let end = ruby.words.end - (reading.len() - reading.trim_end_matches(brackets).len());
        vec![ruby.base.start..start, end.max(start)..ruby.words.end]
    }

    fn without(&self, left_out: &dyn Fn(&Reading) -> Vec<Range<usize>>, case: Case) -> Folded {
        let mut parts = Vec::new();
        let mut at = 0;
        for gap in self.readings.iter().flat_map(left_out) {
            if gap.start >= at {
                parts.push(at..gap.start);
                at = gap.end;
            }
        }
        parts.push(at..self.words.len());
        Folded::of_parts(&self.words, parts, case)
    }
}

/// How far a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// What was typed, in whatever form it is written.
    Literal,
    /// What was typed as romaji or kana: kana and kanji that are read like that.
    Readings,
    /// What was typed as the beginning of romaji, or without its long vowels.
    Begun,
}

impl Reach {
    /// From the closest to the widest.
    pub const ALL: [Reach; 3] = [Reach::Literal, Reach::Readings, Reach::Begun];

    fn spelling(self) -> Spelling {
        if self == Reach::Begun { Spelling::Begun } else { Spelling::Whole }
    }
}

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Pattern {
    kind: Kind,
    romaji: Option<Romaji>,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Folded words; capitals count where there are any.
    Words(String, Case),
    Expression(Regex),
}

/// A regular expression that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPattern {
    /// What is wrong, in one line.
    pub what: String,
}

impl Pattern {
    /// What a reader typed: words, or a regular expression between slashes (`/v\d+/`). A capital letter makes capitals count. Words
    /// that could be romaji also mean what is read like that. Nothing typed is nothing looked for.
    ///
    /// # Errors
    /// Where a regular expression is wrong or too large.
    pub fn of(written: &str) -> Result<Option<Pattern>, BadPattern> {
        match written.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|inner| !inner.is_empty()) {
            Some(expression) => Pattern::expression(expression).map(Some),
            None => Ok(Pattern::words(written)),
        }
    }

    /// These words as they stand.
    #[must_use]
    pub fn words(written: &str) -> Option<Pattern> {
        let kept = Folded::of(written, Case::Kept);
        let case = if kept.as_str().contains(char::is_uppercase) { Case::Kept } else { Case::Ignored };
        let needle = Folded::of(written, case).as_str().to_owned();
        let letters = kana::spelled(&needle);
        let romaji = Romaji::of(letters.as_deref().unwrap_or(&needle)).filter(|_| case == Case::Ignored);
        (!needle.is_empty()).then_some(Pattern { kind: Kind::Words(needle, case), romaji })
    }

    fn expression(written: &str) -> Result<Pattern, BadPattern> {
        let case_counts = written.replace("\\\\", "").split('\\').enumerate().any(|(index, part)| {
            // What follows a backslash is a class or an escape.
            part.chars().skip(usize::from(index > 0)).any(char::is_uppercase)
        });
        RegexBuilder::new(written)
            .case_insensitive(!case_counts)
            .multi_line(true)
            .size_limit(LARGEST)
            .dfa_size_limit(LARGEST)
            .nest_limit(50)
            .build()
            .map(|expression| Pattern { kind: Kind::Expression(expression), romaji: None })
            .map_err(|error| BadPattern { what: bad_expression(&error) })
    }

    /// Whether there may be hits beyond the literal ones.
    #[must_use]
    pub fn has_readings(&self) -> bool {
        self.romaji.is_some()
    }

    /// The folded words that are looked for, where they are words and capitals do not count.
    #[must_use]
    pub fn folded_words(&self) -> Option<&str> {
        match &self.kind {
            Kind::Words(needle, _) => Some(needle),
            Kind::Expression(_) => None,
        }
    }

    /// The folded words, where nothing else is found by them: capitals do not count, and nothing is read like them.
    #[must_use]
    pub fn folded_words_alone(&self) -> Option<&str> {
        match &self.kind {
            Kind::Words(needle, Case::Ignored) if self.romaji.is_none() => Some(needle),
            _ => None,
        }
    }

    /// Where it stands in a text, in bytes of the text, in order and apart from one another.
    #[must_use]
    pub fn hits(&self, text: &Haystack, reach: Reach) -> Vec<Range<usize>> {
        let mut hits: Vec<Range<usize>> = match (&self.kind, reach, &self.romaji) {
            (Kind::Expression(expression), Reach::Literal, _) => {
                let found = expression.find_iter(text.words()).map(|hit| hit.range());
                return found.filter(|hit| !hit.is_empty()).take(MOST_HITS).collect();
            }
            (Kind::Words(needle, case), Reach::Literal, _) => {
                let found = |folded: &'_ Folded| -> Vec<Range<usize>> {
                    let starts = folded.as_str().match_indices(needle.as_str()).take(MOST_HITS);
                    starts.map(|(at, words)| folded.source(at..at + words.len())).collect()
                };
                text.folded(*case).iter().flat_map(found).collect()
            }
            (_, reach, Some(romaji)) => {
                let found = |folded: &'_ Folded| -> Vec<Range<usize>> {
                    romaji
                        .hits(folded.as_str(), reach.spelling())
                        .take(MOST_HITS)
                        .map(|hit| folded.source(hit))
                        .collect()
                };
                text.folded(Case::Ignored).iter().flat_map(found).collect()
            }
            (_, _, None) => Vec::new(),
        };
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        hits.dedup_by(|next, before| next.start < before.end || next.start == before.start);
        hits
    }

    /// The hits of the closest reach that has any.
    #[must_use]
    pub fn best_hits(&self, text: &Haystack) -> (Reach, Vec<Range<usize>>) {
        let found = Reach::ALL.into_iter().map(|reach| (reach, self.hits(text, reach)));
        let found = found.into_iter().find(|(_, hits)| !hits.is_empty());
        found.unwrap_or((Reach::Literal, Vec::new()))
    }

    /// How it is found in a text, if at all and going no farther than `most`; `folded` is the text without regard to case. The text itself is asked for only where it counts:
    /// of very many posts each would be fetched from memory.
    #[must_use]
    pub fn is_in<'t>(&self, text: impl FnOnce() -> &'t str, folded: &str, most: Reach) -> Option<Reach> {
        let is_literal = match &self.kind {
            Kind::Expression(expression) => expression.is_match(text()),
            Kind::Words(needle, Case::Ignored) => folded.contains(needle.as_str()),
            Kind::Words(needle, Case::Kept) => Folded::of(text(), Case::Kept).as_str().contains(needle.as_str()),
        };
        if is_literal {
            return Some(Reach::Literal);
        }
        let romaji = self.romaji.as_ref()?;
        let is_read = |reach: &Reach| romaji.hits(folded, reach.spelling()).next().is_some();
        [Reach::Readings, Reach::Begun].into_iter().filter(|reach| *reach <= most).find(is_read)
    }
}

fn bad_expression(error: &regex::Error) -> String {
    let what = match error {
        regex::Error::CompiledTooBig(_) => messages::EXPRESSION_TOO_LARGE.to_string(),
        error => {
            let shown = error.to_string();
            shown.rsplit("error: ").next().unwrap_or(&shown).trim().replace('\n', " ")
        }
    };
    messages::bad_expression(&what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str, text: &Haystack) -> Vec<String> {
        let pattern = Pattern::of(typed).unwrap().unwrap();
        let hits = pattern.best_hits(text).1;
        hits.into_iter().map(|hit| text.words()[hit].to_owned()).collect()
    }

    fn check(typed: &str, text: &str, expected: &[&str]) {
        assert_eq!(found(typed, &Haystack::new(text)), expected, "{typed} in {text}");
    }

    #[test]
    fn words_are_found_in_every_form() {
        check("rust", "Rust ＲＵＳＴ rust", &["Rust", "ＲＵＳＴ", "rust"]);
        check("Rust", "Rust ＲＵＳＴ rust Ｒust", &["Rust", "Ｒust"]);
        check("がらす", "ガラスとｶﾞﾗｽ、か\u{3099}らす", &["ガラス", "ｶﾞﾗｽ", "か\u{3099}らす"]);
        check("ガラス", "がらす", &["がらす"]);
        check("キロ", "５㌔", &["㌔"]);
        check("it's", "it’s", &["it’s"]);
        check("a b", "A\u{3000}B", &["A\u{3000}B"]);
        check("/etc", "in /etc/passwd", &["/etc"]);
        check("none", "nothing", &[]);
    }

    #[test]
    fn expressions_stand_between_slashes() {
        check("/v\\d+/", "v1 V22 w", &["v1", "V22"]);
        check("/V\\d+/", "v1 V22", &["V22"]);
        check("/\\S+です/", "これは本です", &["これは本です"]);
        check("/^b|x*/", "a\nb", &["b"]);
        check("//", "a//b", &["//"]);
    }

    #[test]
    fn wrong_expressions_are_said() {
        for (typed, expected) in [
            ("/a(/", "regular expression: unclosed group"),
            ("/a{99999}{99999}/", "regular expression: it is too large"),
            ("/\\d{1000}{1000}/", "regular expression: it is too large"),
        ] {
            assert_eq!(Pattern::of(typed).unwrap_err().what, expected, "{typed}");
        }
        assert!(Pattern::of("").unwrap().is_none());
        assert!(Pattern::of("\u{200b}").unwrap().is_none());
    }

    #[test]
    fn readings_may_be_skipped_and_stand_for_their_words() {
        let words = "この漢（カン）字（じ）を読む";
        let at = |part: &str| words.find(part).map(|start| start..start + part.len()).unwrap();
        let rubies =
            vec![Reading { base: at("漢"), words: at("（カン）") }, Reading { base: at("字"), words: at("（じ）") }];
        let text = Haystack::with_readings(words, rubies);
        for (typed, expected) in [
            ("漢字を", "漢（カン）字（じ）を"),
            ("かんじを", "カン）字（じ）を"),
            ("漢（かん", "漢（カン"),
            ("この漢字", "この漢（カン）字"),
            ("kanjiwo", "漢（カン）字（じ）を"),
        ] {
            assert_eq!(found(typed, &text), [expected], "{typed}");
        }
        assert_eq!(found("を読む", &text), ["を読む"]);
    }

    #[test]
    fn romaji_comes_after_what_is_literal() {
        check("kensaku", "検索と kensaku", &["kensaku"]);
        check("kensaku", "検索とけんさくとケンサク", &["検索", "けんさく", "ケンサク"]);
        check("Kensaku", "検索", &[]);
        check("sakujo", "作成と削除", &["削除"]);
        check("kensa", "検索", &["検索"]);
    }
}
