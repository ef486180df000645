//! What running text becomes where the site says so: quotes curly, hyphens dashes, short codes emoji.

use std::borrow::Cow;

use super::links;
use crate::text::cjk::{Class, class};
use crate::text::markup::{Dialect, MarkupSettings, Punctuation, ShortCodes};

/// Sets the words of one block after another.
pub struct Typesetter {
    settings: MarkupSettings,
    /// What stands before the words to come, as far as quotes care.
    last: char,
    /// Whether a quote of two marks, or of one, is open.
    open: [bool; 2],
    /// The words of the block as they are written.
    written: String,
}

impl Typesetter {
    #[must_use]
    pub fn new(settings: MarkupSettings) -> Typesetter {
        Typesetter { settings, last: ' ', open: [false; 2], written: String::new() }
    }

    /// A new block begins.
    pub fn block(&mut self) {
        self.open = [false; 2];
        self.last = ' ';
        self.written.clear();
    }

    /// The words of the block so far, as they are written: a heading answers to these.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Code stands between the words.
    pub fn code(&mut self, code: &str) {
        self.written.push_str(code);
        self.last = 'x';
    }

    /// A line ends between the words.
    pub fn line_end(&mut self) {
        self.written.push(' ');
        self.last = ' ';
    }

    /// Running text as the site sets it.
    #[must_use]
    pub fn set<'a>(&mut self, words: &'a str) -> Cow<'a, str> {
        self.written.push_str(words);
        let mut set = Cow::Borrowed(words);
        if self.settings.emoji == ShortCodes::Emoji && words.contains(':') {
            set = Cow::Owned(with_emoji(&set, self.settings.dialect));
        }
        if self.settings.punctuation == Punctuation::Typographic && set.contains(['"', '\'', '-', '.', '<', '>']) {
            set = Cow::Owned(self.typographic(&set));
        }
        self.last = set.chars().next_back().unwrap_or(self.last);
        set
    }

    fn typographic(&mut self, words: &str) -> String {
        let mut set = String::with_capacity(words.len() + 8);
        let mut at = 0;
        for url in links::bare_urls(words) {
            self.stretch(&words[at..url.start], &mut set);
            set.push_str(&words[url.clone()]);
            at = url.end;
        }
        self.stretch(&words[at..], &mut set);
        set
    }

    fn stretch(&mut self, words: &str, set: &mut String) {
        const MARKS: [(&str, &str); 5] = [("---", "—"), ("--", "–"), ("...", "…"), ("<<", "«"), (">>", "»")];
        let mut rest = words;
        while let Some(c) = rest.chars().next() {
            let hyphens = rest.len() - rest.trim_start_matches('-').len();
            let mark = MARKS.iter().find(|(mark, _)| rest.starts_with(mark));
            let before = set.chars().next_back().unwrap_or(self.last);
            let length = match (mark, c) {
                // A longer line of hyphens is drawn, not said.
                _ if hyphens > 3 => {
                    set.push_str(&rest[..hyphens]);
                    hyphens
                }
                (Some((mark, becomes)), _) => {
                    set.push_str(becomes);
                    mark.len()
                }
                (None, '"' | '\'') => {
                    set.push(self.quote(c, before, &rest[1..]));
                    1
                }
                _ => {
                    set.push(c);
                    c.len_utf8()
                }
            };
            rest = &rest[length..];
        }
    }

    /// What a straight quote becomes. Beside a CJK letter it may open and close as beside a blank.
    fn quote(&mut self, quote: char, before: char, rest: &str) -> char {
        let after = rest.chars().next();
        let is_letter = |c: char| c.is_alphanumeric() && class(c) == Class::Other;
        let is_word_after = after.is_some_and(is_letter);
        let is_blank_after = after.is_none_or(char::is_whitespace);
        let open = &mut self.open[usize::from(quote == '\'')];
        let closes = !before.is_whitespace() && !is_word_after;
        if *open && closes {
            *open = false;
            return if quote == '"' { '”' } else { '’' };
        }
        let is_apostrophe = quote == '\'' && (is_letter(before) || is_decade(rest) || ends_word(before, rest));
        if is_apostrophe {
            return '’';
        }
        // At the end of the words something emphasised may follow.
        let opens = !is_letter(before) && (!is_blank_after || (after.is_none() && before.is_whitespace()));
        if opens && !*open {
            *open = true;
            return if quote == '"' { '“' } else { '‘' };
        }
        quote
    }
}

/// Whether words go on as a contraction ends, behind a letter of any script (`コード's`).
fn ends_word(before: char, words: &str) -> bool {
    let ends = |end: &&str| {
        words.strip_prefix(end).is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    before.is_alphanumeric() && ["s", "t", "d", "m", "ll", "re", "ve"].iter().any(ends)
}

/// Whether words start with a decade, such as `90s`.
fn is_decade(words: &str) -> bool {
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = words[digits..].strip_prefix('s');
    digits == 2 && after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}

/// Puts the emoji in the place of every short code that GitHub knows. Where no site asks for them, colons among colons and between
/// figures (`std::b::c`, `80:100:20`) are not theirs.
fn with_emoji(words: &str, dialect: Dialect) -> String {
    let is_figure = |c: char| c.is_ascii_digit();
    let mut shown = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once(':') {
        shown.push_str(before);
        let is_apart = |after: &str| {
            let is_number = shown.ends_with(is_figure) && after.starts_with(is_figure);
            dialect != Dialect::Unknown || !(is_number || shown.ends_with(':') || after.starts_with(':'))
        };
        let code = after.split_once(':').filter(|(_, after)| is_apart(after));
        let code = code.and_then(|(code, after)| Some((emojis::get_by_shortcode(code)?, after)));
        if let Some((emoji, after)) = code {
            shown.push_str(emoji.as_str());
            rest = after;
        } else {
            shown.push(':');
            rest = after;
        }
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let wanted = MarkupSettings {
            emoji: ShortCodes::Emoji,
            punctuation: Punctuation::Typographic,
            ..MarkupSettings::default()
        };
        assert_eq!(Typesetter::new(wanted).set(words), expected);
        assert_eq!(Typesetter::new(MarkupSettings::default()).set(words), words);
    }

    #[test]
    fn short_codes_are_emoji() {
        check(":smile: a:tada:b :+1:", "😄 a🎉b 👍");
        check("10:30:20 :no_such: ::", "10:30:20 :no_such: ::");
        check("80:100:20 std::b::c", "80:100:20 std::b::c");
        check("説明:tada:", "説明🎉");
    }

    #[test]
    fn quotes_are_curly() {
        check("題's 題'll 題'a'", "題’s 題’ll 題‘a’");
        check("\"a\" 'b' it's dogs' '90s", "“a” ‘b’ it’s dogs’ ’90s");
        check("(\"a\") \"a 'b'\"", "(“a”) “a ‘b’”");
        check("これは\"日本語\"です", "これは“日本語”です");
        check("'아시바 팀'에서", "‘아시바 팀’에서");
        check("a: '2019-01' '19 b'", "a: ‘2019-01’ ‘19 b’");
        check("a 5\" disk, \"", "a 5\" disk, “");
    }

    #[test]
    fn dashes_dots_and_angles() {
        check("a -- b --- c ---- d", "a – b — c ---- d");
        check("a... b....", "a… b….");
        check("a << b >> c", "a « b » c");
        check("https://x.example/a--b'c... --", "https://x.example/a--b'c… –");
    }
}
