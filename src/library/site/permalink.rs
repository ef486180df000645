//! What the page of a post is called: the patterns of Hugo, Zola and Jekyll, and names made fit for addresses.

use super::maker::Maker;
use crate::library::date::Date;

/// What a permalink is made of.
pub struct Naming<'a> {
    /// The file's path below the content folder, its language taken out, with `/` between its parts.
    pub path: &'a str,
    pub title: &'a str,
    pub slug: Option<&'a str>,
    pub date: Option<&'a Date>,
    pub categories: &'a [String],
    /// The key of its language on the site.
    pub language: &'a str,
    /// The folders that it lies in, with `/` between them, without those that are no sections.
    pub sections: &'a str,
}

/// The path of a post without its extension; a bundle is named by its folder.
#[must_use]
pub fn content_stem(path: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    match (folder, stem) {
        (folder, "index" | "_index") => folder.to_owned(),
        ("", stem) => stem.to_owned(),
        (folder, stem) => format!("{folder}/{stem}"),
    }
}

/// Whether a file is the page of its section.
#[must_use]
pub fn is_section(path: &str) -> bool {
    path.rsplit('/').next().unwrap_or(path).starts_with("_index.")
}

/// The path that a permalink pattern gives a page. Hugo reads it as an address once more: so plus signs are blanks, and a number sign at
/// its end, which starts a fragment without words, is gone.
pub(super) fn patterned(pattern: &str, naming: &Naming, stem: &str) -> String {
    let path = expand(pattern, naming, stem).replace('+', " ");
    let path = path.trim_end_matches('/');
    let is_first = |at: usize| !path[..at].contains('#');
    sanitized(path.strip_suffix('#').filter(|path| is_first(path.len())).unwrap_or(path))
}

/// A path without empty parts, and with a slash at its end unless it names a file.
pub(super) fn ended(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    parts.retain(|part| !part.is_empty());
    let folders = parts.iter().map(|part| format!("{part}/")).collect::<String>();
    let root = if path.starts_with('/') { "/" } else { "" };
    match last {
        "" | "index.html" => format!("{root}{folders}"),
        file if file.contains('.') => format!("{root}{folders}{file}"),
        folder => format!("{root}{folders}{folder}/"),
    }
}

/// Puts values in the places of a permalink pattern such as `/post/:year/:month/:slug/`, in the case that they are written in.
pub(super) fn expand(pattern: &str, naming: &Naming, stem: &str) -> String {
    let mut path = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        path.push_str(&rest[..at]);
        let name_end = rest[at + 1..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .map_or(rest.len(), |end| at + 1 + end);
        let name = &rest[at + 1..name_end];
        rest = &rest[name_end..];
        let slice = rest.starts_with('[').then(|| rest.find(']')).flatten().map(|end| &rest[1..end]);
        rest = slice.map_or(rest, |slice| &rest[slice.len() + 2..]);
        path.push_str(&value(name, slice, naming, stem));
    }
    path.push_str(rest);
    path
}

fn value(name: &str, slice: Option<&str>, naming: &Naming, stem: &str) -> String {
    // A page without a date is as old as Go's calendar.
    let date = |format: &str| match (naming.date, format) {
        (Some(date), format) => date.part(format),
        (None, "%m" | "%d") => "01".to_owned(),
        (None, "%B") => "January".to_owned(),
        (None, "%A") => "Monday".to_owned(),
        (None, "%H" | "%M" | "%S") => "00".to_owned(),
        (None, _) => "1".to_owned(),
    };
    let folder = stem.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = stem.rsplit('/').next().unwrap_or(stem);
    match name {
        "year" => date("%Y"),
        "month" => date("%m"),
        "day" => date("%d"),
        "monthname" => date("%B"),
        "weekday" => date("%w"),
        "weekdayname" => date("%A"),
        "yearday" => date("%-j"),
        "hour" => date("%H"),
        "minute" => date("%M"),
        "second" => date("%S"),
        "section" | "sectionslug" => cased_name(folder.split('/').next().unwrap_or_default()),
        "sections" | "sectionslugs" => sliced(&cased_name(naming.sections), slice),
        "title" => part_name(naming.title),
        "slug" => naming.slug.map_or_else(|| part_name(naming.title), slug_name),
        "filename" | "contentbasename" => part_name(base),
        "slugorfilename" | "slugorcontentbasename" => naming.slug.map_or_else(|| part_name(base), slug_name),
        layout => naming.date.and_then(|date| date.moment().format(layout)).unwrap_or_default(),
    }
}

/// A name that is one part of a path, whatever stands in it.
fn part_name(name: &str) -> String {
    sanitized(&name.replace(['/', '\\'], "-"))
}

/// A slug may be several parts of a path, and never ends with a hyphen.
pub(super) fn slug_name(slug: &str) -> String {
    sanitized(slug).trim_end_matches('-').to_owned()
}

/// Jekyll's names for its patterns.
fn named(pattern: &str) -> &str {
    match pattern {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

/// What Jekyll puts behind the name of a page that is no post, by the pattern for posts.
pub(super) fn end_of_page(pattern: &str) -> &'static str {
    match pattern {
        "date" | "ordinal" | "none" => ".html",
        pattern if pattern == "pretty" || pattern.ends_with('/') => "/",
        pattern if pattern.ends_with(":output_ext") => ".html",
        _ => "",
    }
}

/// The page of a post of Jekyll or Hexo. Their `:title` is the name of the file without its date, or the slug, in the case that it is
/// written in.
#[must_use]
pub fn of_post(pattern: &str, naming: &Naming) -> String {
    let mut path = String::new();
    let mut rest = named(pattern);
    while let Some(at) = rest.find(':') {
        path.push_str(&rest[..at]);
        let name = &rest[at + 1..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
        rest = &name[end..];
        path.push_str(&value_of_post(&name[..end], naming));
    }
    path.push_str(rest);
    path
}

/// The same by the rules of one of them: Hexo calls a post by the path of its file below `_posts`, without the date in its name.
pub(super) fn by(maker: Maker, pattern: &str, naming: &Naming) -> String {
    if maker != Maker::Hexo {
        return of_post(pattern, naming);
    }
    let stem = content_stem(naming.path);
    let below = stem.split_once("_posts/").map_or(&*stem, |(_, below)| below);
    let (folder, base) = below.rsplit_once('/').map_or(("", below), |(folder, base)| (folder, base));
    let own = format!("{folder}/{}", dated_name(base).1);
    of_post(pattern, &Naming { slug: naming.slug.or(Some(own.trim_start_matches('/'))), ..*naming })
}

fn value_of_post(name: &str, naming: &Naming) -> String {
    let date = |format: &str| naming.date.map_or_else(String::new, |date| date.part(format));
    let stem = content_stem(naming.path);
    let (_, base) = dated_name(stem.rsplit('/').next().unwrap_or_default());
    match name {
        "year" => date("%Y"),
        "short_year" => date("%y"),
        "month" => date("%m"),
        "i_month" => date("%-m"),
        "day" => date("%d"),
        "i_day" => date("%-d"),
        "y_day" => date("%j"),
        "hour" => date("%H"),
        "minute" => date("%M"),
        "second" => date("%S"),
        "title" | "post_title" => cased_name(naming.slug.unwrap_or(base)),
        "slug" | "name" => path_name(naming.slug.unwrap_or(base)),
        "categories" | "category" => naming.categories.iter().map(|name| path_name(name)).collect::<Vec<_>>().join("/"),
        "path" => stem,
        "basename" | "filename" => base.to_owned(),
        "output_ext" => ".html".to_owned(),
        _ => String::new(),
    }
}

/// A file's name such as `2020-01-31-name` in two: the date, where there is one, and the rest. Month and day may have one figure.
#[must_use]
pub fn dated_name(stem: &str) -> (Option<&str>, &str) {
    let figures = |rest: &str, most: usize| rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let month =
        stem.strip_prefix(|c: char| c.is_ascii_digit()).filter(|_| figures(stem, 4) == 4 && stem[4..].starts_with('-'));
    let Some(month) = month.map(|_| figures(&stem[5..], 2)).filter(|length| *length > 0) else { return (None, stem) };
    let day = 5 + month + 1;
    if !stem[5 + month..].starts_with('-') {
        return (None, stem);
    }
    let length = figures(&stem[day..], 2);
    let rest = &stem[day + length..];
    // Short ones are dates where a name follows.
    let is_whole = month == 2 && length == 2;
    if length == 0 || (!is_whole && !rest.starts_with('-')) {
        return (None, stem);
    }
    let date = &stem[..day + length];
    match rest.trim_start_matches(['-', '_']) {
        "" => (Some(date), stem),
        rest => (Some(date), rest),
    }
}

/// `[1:]`, `[:2]`, `[0]`, `[last]` of a path's parts.
fn sliced(path: &str, slice: Option<&str>) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some(slice) = slice else { return parts.join("/") };
    let index = |written: &str, absent: usize| match written {
        "" => absent,
        "last" => parts.len().saturating_sub(1),
        number => number.parse().unwrap_or(absent),
    };
    let (start, end) = match slice.split_once(':') {
        Some((start, end)) => (index(start, 0), index(end, parts.len())),
        None => (index(slice, 0), index(slice, 0) + 1),
    };
    parts.get(start..end.min(parts.len())).unwrap_or_default().join("/")
}

/// A name as it stands in a path of the site: lower case, blanks as `-`, without the marks that Hugo takes out.
#[must_use]
pub fn path_name(name: &str) -> String {
    cased_name(name).to_lowercase()
}

/// The same in the case that it is written in. Each blank is a hyphen before anything is taken out: `a & b` is `a--b`.
#[must_use]
pub fn cased_name(name: &str) -> String {
    sanitized(&name.trim().replace(char::is_whitespace, "-"))
}

/// A name without the characters that Hugo takes out of paths. Blanks between others are one hyphen, or none beside one.
fn sanitized(name: &str) -> String {
    let mut path = String::with_capacity(name.len());
    let mut is_apart = false;
    for c in name.chars() {
        if matches!(c, '.' | '/' | '_' | '#' | '+' | '~' | '-' | '@') || is_letter_or_digit(c) || is_mark(c) {
            if is_apart && c != '-' {
                path.push('-');
            }
            is_apart = false;
            path.push(c);
        } else if c.is_whitespace() {
            is_apart |= !path.is_empty() && !path.ends_with('-');
        }
    }
    path
}

/// Numbers that are neither letters nor decimal digits, such as ², ½, Ⅱ, ①, 〇, ㈠, go out of paths.
fn is_letter_or_digit(c: char) -> bool {
    let is_other_number = matches!(
        u32::from(c),
        0xb2 | 0xb3 | 0xb9 | 0xbc..=0xbe | 0x2070 | 0x2074..=0x2089 | 0x2150..=0x218b | 0x2460..=0x24ff | 0x2776..=0x2793
            | 0x3007 | 0x3021..=0x3029 | 0x3220..=0x3229 | 0x3248..=0x324f | 0x3251..=0x325f | 0x3280..=0x3289 | 0x32b1..=0x32bf
    );
    c.is_alphanumeric() && !is_other_number
}

/// Combining marks are part of the letters before them.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x3099 | 0x309a | 0xfe00..=0xfe0f)
}
