//! Bare URLs and mail addresses in running text, and the fragments that headings answer to.

use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use memchr::memmem;

use super::{Link, LinkKind, Target};
use crate::text::cjk::{Class, class};
use crate::text::{LinkId, Role, Text, holds};

/// A post of more links than this has its further bare URLs as words: real ones have a hundredth of that.
const MOST: usize = 100_000;

/// Makes links of the bare URLs (`https://…`, `http://…`, `www.…`) and mail addresses in text that is neither code nor a link already.
pub fn find_bare(text: &mut Text, links: &mut Vec<Link>) {
    let has_mail = text.as_str().contains('@');
    if !has_url(text.as_str()) && !has_mail {
        return;
    }
    let open = |role| !matches!(role, Role::Code | Role::Syntax(_) | Role::Furniture | Role::NoteMark);
    let mut places = Vec::new();
    for stretch in plain_stretches(text, open) {
        let first = places.len();
        places.extend(urls_in(text.as_str(), stretch.clone()));
        if has_mail {
            let mails = mails_in(text.as_str(), stretch, &places[first..]);
            places.extend(mails);
            places[first..].sort_by_key(|place| place.start);
        }
    }
    let changes: Vec<(Range<usize>, LinkId)> = places
        .into_iter()
        .take(MOST.saturating_sub(links.len()))
        .map(|place| {
            let url = &text.as_str()[place.clone()];
            let scheme = match url {
                url if url.starts_with("www.") => "https://",
                url if url.contains("://") => "",
                _ => "mailto:",
            };
            let target = Target::Url(format!("{scheme}{url}"));
            links.push(Link { target, kind: LinkKind::Text });
            (place, LinkId::of(links.len() - 1))
        })
        .collect();
    text.restyle_each(&changes, |face, link| face.link = Some(link));
}

/// The bare URLs of a source, wherever they stand in it.
#[must_use]
pub fn bare_urls(source: &str) -> Vec<Range<usize>> {
    if has_url(source) { urls_in(source, 0..source.len()) } else { Vec::new() }
}

fn has_url(string: &str) -> bool {
    holds(string, "://") || holds(string, "www.")
}

/// The longest stretches without a link or code; emphasis inside a URL does not end it.
fn plain_stretches(text: &Text, open: impl Fn(Role) -> bool) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (range, _) in text.runs().filter(|(_, face)| face.link.is_none() && open(face.role)) {
        match stretches.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => stretches.push(range),
        }
    }
    stretches
}

fn urls_in(string: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let bytes = &string.as_bytes()[stretch.clone()];
    let starts_of = |word: &'static str| memmem::find_iter(bytes, word).map(|at| stretch.start + at);
    let mut starts: Vec<usize> = starts_of("http").chain(starts_of("www.")).collect();
    starts.sort_unstable();
    let mut at = stretch.start;
    for start in starts {
        if start < at {
            continue;
        }
        let follows = |c: char| {
            c.is_ascii_alphanumeric() || (matches!(c, '.' | '/' | '-' | '@') && string[start..].starts_with('w'))
        };
        if string[..start].chars().next_back().is_some_and(follows) {
            continue;
        }
        let end = start + url_length(&string[start..stretch.end]);
        if end > start {
            found.push(start..end);
        }
        at = end.max(start + 1);
    }
    found
}

/// The mail addresses in a stretch that stand outside its URLs.
fn mails_in(string: &str, stretch: Range<usize>, urls: &[Range<usize>]) -> Vec<Range<usize>> {
    let marks = string[stretch.clone()].match_indices('@').map(|(at, _)| stretch.start + at);
    let mut found: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        let from = found.last().map_or(stretch.start, |last| last.end);
        let is_in_url = urls.get(urls.partition_point(|url| url.end <= mark)).is_some_and(|url| url.start <= mark);
        if mark < from || is_in_url {
            continue;
        }
        let (before, after) = (&string[from..mark], &string[mark + 1..stretch.end]);
        let name = &before[before.trim_end_matches(is_mail_name).len()..];
        let name = name.trim_start_matches(['.', '-', '+']);
        let host = host_length(after);
        if !name.is_empty() && !name.ends_with('.') && host > 0 {
            found.push(mark - name.len()..mark + 1 + host);
        }
    }
    found
}

fn is_mail_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')
}

/// Length in bytes of the name of a host that a text starts with, or 0. Its last part are letters, since versions (`v1.2`) stand
/// behind an `@` too, and no path goes on behind it, as that of a repository does.
fn host_length(after: &str) -> usize {
    let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(after.len());
    let host = after[..end].trim_end_matches(['.', '-']);
    let goes_on = after[host.len()..].strip_prefix([':', '/']).is_some_and(|rest| rest.starts_with(is_mail_name));
    let is_host = host.rsplit_once('.').is_some_and(|(parts, last)| {
        last.len() > 1
            && last.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.split('.').all(|it| !it.is_empty())
    });
    if is_host && !goes_on { host.len() } else { 0 }
}

/// The longest part of a URL that a reader is to fill in, in bytes. What opens one and does not end it so soon does not.
const LONGEST_PART: usize = 64;

/// Length in bytes of the URL that `rest` starts with, or 0. CJK text that follows without a blank ends it, unless it stands where a
/// path, a query or a fragment goes on in CJK letters.
fn url_length(rest: &str) -> usize {
    let Some(scheme) = ["https://", "http://", "www."].into_iter().find(|scheme| rest.starts_with(scheme)) else {
        return 0;
    };
    let mut end = scheme.len();
    let mut in_cjk = false;
    let mut before = '/';
    let (mut has_path, mut braces, mut opened) = (false, 0, 0);
    for (at, c) in rest.char_indices().skip(scheme.len()) {
        let goes_on = match class(c) {
            _ if c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^') => false,
            // A part that the reader is to fill in, as in `https://example.com/{user}`.
            _ if c == '{' => has_path,
            _ if c == '}' => braces > 0,
            _ if braces > 0 && at - opened > LONGEST_PART => false,
            Class::Punctuation => false,
            Class::Letter | Class::Hangul => {
                let may_start = at > scheme.len() && matches!(before, '/' | '=' | '#' | '_' | '-');
                !is_hiragana(c) && (in_cjk || may_start)
            }
            Class::Other => true,
        };
        if !goes_on {
            break;
        }
        in_cjk = matches!(class(c), Class::Letter | Class::Hangul);
        before = c;
        has_path |= c == '/';
        if c == '{' && braces == 0 {
            opened = at;
        }
        braces += i32::from(c == '{') - i32::from(c == '}');
        end = at + c.len_utf8();
    }
    if braces > 0 {
        end = rest.find('{').unwrap_or(end);
    }
    let url = trim_trailing(&rest[..end]);
    let is_whole = url.len() > scheme.len() && (scheme != "www." || url[scheme.len()..].contains('.'));
    if is_whole { url.len() } else { 0 }
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

/// Drops the punctuation of the sentence around a URL: closing marks without an opening one in it, and final stops.
fn trim_trailing(url: &str) -> &str {
    let count = |mark| url.matches(mark).count();
    let mut surplus = [count(')').saturating_sub(count('(')), count(']').saturating_sub(count('['))];
    let mut end = url.len();
    for (at, last) in url.char_indices().rev() {
        let is_surplus = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => true,
            ')' | ']' => {
                let left = &mut surplus[usize::from(last == ']')];
                let is_over = *left > 0;
                *left = left.saturating_sub(1);
                is_over
            }
            _ => false,
        };
        if !is_surplus {
            break;
        }
        end = at;
    }
    &url[..end]
}

/// Whether a character is a letter or a figure; `①` and `Ⅳ` are neither to Hugo.
fn is_name(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    GeneralCategoryGroup::Letter.contains(category) || category == GeneralCategory::DecimalNumber
}

/// The fragment that a heading's words give, as Hugo's default (`github`) makes it: letters, digits, `_` and `-`, in lower case,
/// with blanks as `-`.
#[must_use]
pub fn anchor(words: &str) -> String {
    words
        .trim()
        .chars()
        .filter_map(|c| match c {
            ' ' | '-' | '\n' => Some('-'),
            _ if is_name(c) || c == '_' => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The fragment that a heading's words give where a site has them in Latin letters, as Zola does: letters and figures in lower case,
/// with `-` for whatever stands between.
#[must_use]
pub fn latin_anchor(words: &str) -> String {
    let mut anchor = String::new();
    for c in deunicode::deunicode(words).chars() {
        match c {
            c if c.is_ascii_alphanumeric() => anchor.push(c.to_ascii_lowercase()),
            _ if anchor.is_empty() || anchor.ends_with('-') => {}
            _ => anchor.push('-'),
        }
    }
    anchor.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Face;

    /// `expected` holds the URL between bars.
    fn check(expected: &str) {
        let mut text = Text::new(&expected.replace('¦', ""), Face::default());
        find_bare(&mut text, &mut Vec::new());
        let shown: String = text
            .runs()
            .map(|(range, face)| {
                let words = &text.as_str()[range];
                if face.link.is_some() { format!("¦{words}¦") } else { words.to_owned() }
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn urls_end_where_the_sentence_goes_on() {
        check("詳細は¦https://example.com/a¦を参照。");
        check("¦https://example.com/¦、次。");
        check("（¦http://example.com/a_(b)¦）");
        check("(see ¦https://example.com/x¦).");
        check("¦https://ja.example.org/wiki/日本語¦を読む");
        check("¦https://example.com/?q=検索¦");
        check("¦https://example.com/width-and-breaks/¦を見てほしい");
        check("（¦https://example.com/a¦））]）");
        check("¦https://example.com¦, ¦https://example.org¦!");
        check("<¦https://example.com/a¦>");
        check("xhttps://example.com");
        check("¦www.example.com¦、mywww.example.com www. www.x ¦https://a.www.b.example¦");
        check("https:// と書く");
        check("¦https://example.com/a?b=c&d=e#f¦ です");
        check("¦https://example.com/${ORG_NAME}/b{c}¦、{¦https://example.com/a¦} と ¦https://example.com/¦{a b}");
        check("¦https://example.com/a¦_{b");
    }

    #[test]
    fn mail_addresses_are_links() {
        check("¦a.b_c@example.com¦, or ¦X_Y@mail.example.org¦.");
        check("宛先は¦a@example.co.jp¦です");
        check("gin@v1.7.4 a@b @c d@ git@github.com:a/b user@host");
        check("¦https://a@example.com/b@c.org¦ ¦d@example.com¦");
    }

    #[test]
    fn links_and_code_are_left_alone() {
        let mut text = Text::new("https://example.com", Face::of(Role::Code));
        find_bare(&mut text, &mut Vec::new());
        assert!(text.runs().all(|(_, face)| face.link.is_none()));
    }

    #[test]
    fn anchors_may_be_latin() {
        for (words, expected) in [
            ("さすがに簡単すぎ", "sasuganijian-dan-sugi"),
            ("Muita mágica??", "muita-magica"),
            ("黑魔法有点多", "hei-mo-fa-you-dian-duo"),
            ("Résumé", "resume"),
            ("", ""),
        ] {
            assert_eq!(latin_anchor(words), expected);
        }
    }

    #[test]
    fn anchors_are_those_of_hugo() {
        for (words, expected) in [
            ("Hello, World!", "hello-world"),
            ("からのメール② Ⅳ 2", "からのメール--2"),
            ("はじめに", "はじめに"),
            ("A_b-c  d", "a_b-c--d"),
            ("1. 設定（基本）", "1-設定基本"),
        ] {
            assert_eq!(anchor(words), expected);
        }
    }
}
