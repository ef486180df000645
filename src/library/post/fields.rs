//! What the fields of a front matter mean for a post.

use std::collections::HashSet;

use url::Url;

use super::{Found, House, Kind, Stay, Term, joined};
use crate::library::date::Date;
use crate::library::front_matter::Fields;
use crate::library::site::Site;
use crate::library::site::maker::Maker;
use crate::library::site::permalink::{Naming, content_stem, dated_name, is_section, of_post};
use crate::messages;
use crate::text::Clean;
use crate::text::fold::fold;

/// The title, or what stands for one: `linkTitle`, the first heading, the file's name. A note is called by its file, as in its vault.
pub(super) fn title(fields: &Fields, body: &str, path: &str, maker: Maker) -> String {
    let stem = content_stem(path);
    let mut parts = stem.rsplit('/').filter(|part| !part.is_empty());
    let own = parts.next().unwrap_or("index");
    // What every folder may have is called by its folder.
    let name = if own.eq_ignore_ascii_case("readme") { parts.next().unwrap_or(own) } else { own };
    let is_dated = matches!(maker, Maker::Jekyll | Maker::Hexo | Maker::Zola);
    let name = if is_dated { dated_name(name).1 } else { name };
    let is_name = maker == Maker::Obsidian && name.chars().any(char::is_alphabetic);
    let heading = || if is_name { None } else { first_heading(body) };
    let own = fields.string("title").or_else(|| fields.string("linktitle"));
    let is_slug = maker == Maker::Jekyll && is_post(path);
    own.or_else(heading).unwrap_or_else(|| if is_slug { of_slug(name) } else { name.to_owned() })
}

/// Whether a file lies where Jekyll and Hexo have posts.
fn is_post(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "_posts" | "_drafts"))
}

/// The title that Jekyll gives a post without one: the words of its name, each with a capital.
fn of_slug(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(letters.flat_map(char::to_lowercase)).collect::<String>()
    };
    name.split('-').map(capital).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The words of the first heading, when nothing but comments, pictures and the like stands before it.
fn first_heading(body: &str) -> Option<String> {
    let mut lines = body.lines().filter(|line| !line.trim().is_empty());
    let is_passed_over = |line: &str| {
        ["<!--", "![", "[![", "import ", "[["].iter().any(|start| line.starts_with(start))
            || (line.starts_with('<') && !line.starts_with("<h1"))
    };
    let line = lines.find(|line| !is_passed_over(line))?;
    let heading = match lines.next() {
        Some(below) if below.starts_with("==") && below.trim().bytes().all(|byte| byte == b'=') => line,
        _ if line.starts_with("<h1") => line.split_once('>')?.1.split("</h1").next()?,
        _ => line.strip_prefix("# ")?,
    };
    let words = heading.trim().trim_end_matches('#').trim();
    // Attributes (`{#name}`) are no words.
    let words = words.rsplit_once(" {").filter(|(_, rest)| rest.ends_with('}')).map_or(words, |(words, _)| words);
    let words = without_links(words).replace(['*', '`'], "");
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

/// Words in which links stand for their own words, and pictures for nothing.
fn without_links(words: &str) -> String {
    let mut shown = String::new();
    let mut rest = words;
    while let Some((before, label, after)) = rest.split_once('[').and_then(|(before, from)| {
        let (label, to) = from.split_once("](")?;
        Some((before, label, to.split_once(')')?.1))
    }) {
        shown.push_str(before.strip_suffix('!').unwrap_or(before));
        shown.push_str(if before.ends_with('!') { "" } else { label });
        rest = after;
    }
    shown + rest
}

/// The date, from the fields and perhaps the name of the file; or what is wrong with the one that is there.
pub(super) fn date(fields: &Fields, path: &str, site: &Site) -> (Option<Date>, Option<String>) {
    let of_name = || {
        let stem = content_stem(path);
        let name = stem.rsplit('/').next().unwrap_or_default();
        let day = dated_name(name).0.or_else(|| numbered_day(name).filter(|_| site.maker.dates_names()));
        let day = day.map(str::to_owned).or_else(|| day_of_folders(&stem).filter(|_| site.maker.dates_names()));
        Date::parse(&day?, &site.zone)
    };
    let of_key = |key: &String| match key.as_str() {
        ":filename" => of_name(),
        // When it was changed says less than its name.
        "lastmod" if site.maker.dates_names() => of_name().or_else(|| fields.date(&["lastmod"], &site.zone)),
        key => fields.date(&[key], &site.zone),
    };
    let date = site.dates.iter().find_map(of_key).or_else(|| of_name().filter(|_| site.maker.dates_names()));
    let odd = || site.dates.iter().find_map(|key| Some(messages::not_a_date(key, &fields.text(key)?)));
    (date, if date.is_some() { None } else { odd() })
}

/// The day that a name such as `20240131-name` or `202401311200` starts with.
fn numbered_day(name: &str) -> Option<&str> {
    let figures = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    name.get(..8).filter(|day| matches!(figures, 8 | 12 | 14) && (day.starts_with("19") || day.starts_with("20")))
}

/// The day that a path has in the names of folders and its file: `2024/01-31-name`, `2024/01/31/name`.
fn day_of_folders(stem: &str) -> Option<String> {
    let is_number = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = stem.split(['/', '-', '_']).collect();
    let year =
        parts.iter().position(|part| is_number(part, 4) && (part.starts_with("19") || part.starts_with("20")))?;
    let [month, day] = [parts.get(year + 1)?, parts.get(year + 2)?];
    (is_number(month, 2) && is_number(day, 2)).then(|| format!("{}-{month}-{day}", parts[year]))
}

/// The slug; a date in the name of the file is not part of it, where the site takes it for one.
pub(super) fn slug(fields: &Fields, path: &str, site: &Site) -> Option<String> {
    let named = || {
        let dating = site.dates.iter().find(|key| *key == ":filename" || fields.date(&[key], &site.zone).is_some())?;
        let stem = content_stem(path);
        let (day, rest) = dated_name(stem.rsplit('/').next()?);
        day.filter(|_| dating == ":filename").map(|_| rest.to_owned())
    };
    fields.string("slug").or_else(named)
}

/// Where the front matter itself says that the page is: Hugo's `url`, Jekyll's `permalink`, Zola's `path`.
pub(super) fn url(fields: &Fields, site: &Site) -> Option<String> {
    let key = match site.maker {
        Maker::Zola => "path",
        Maker::Jekyll | Maker::Hexo => "permalink",
        _ => "url",
    };
    fields.string(key)
}

/// Where the page is published.
pub(super) fn permalink(fields: &Fields, found: &Found, title: &str, date: Option<Date>, house: House) -> String {
    let House { site, cascades } = house;
    let own_slug = slug(fields, &found.page, site);
    let own = categories(fields, &found.page, site.maker);
    let path = &found.page;
    let naming = Naming {
        path,
        title,
        slug: own_slug.as_deref(),
        date: date.as_ref(),
        categories: &own,
        language: &found.language,
        sections: &cascades.sections_of(path),
    };
    let in_language = |path: String| match site.languages.folder(&found.language) {
        "" => path,
        folder => format!("/{folder}{path}"),
    };
    let Some(written) = url(fields, site) else { return in_language(site.permalink(&naming)) };
    if let Ok(url) = Url::parse(&written) {
        return format!("/{}", url.path().trim_start_matches('/'));
    }
    // Those of Jekyll and Hexo may have names in them.
    if site.maker != Maker::Hugo && written.contains("/:") {
        return of_post(&format!("/{}", written.trim_start_matches('/')), &naming);
    }
    let path = site.written_path(&written, &naming);
    // Zola's paths are those of folders.
    let path = if site.maker == Maker::Zola { format!("{}/", path.trim_end_matches('/')) } else { path };
    let rooted = format!("/{}", path.trim_start_matches('/'));
    // From the root of the site, a path says itself in which language it is.
    if site.maker == Maker::Hugo && !path.starts_with('/') { in_language(rooted) } else { rooted }
}

/// From when to when the page is public.
pub(super) fn stay(fields: &Fields, date: Option<Date>, site: &Site) -> Stay {
    let day = |keys: &[&str]| fields.date(keys, &site.zone).map(|date| date.timestamp().as_second());
    Stay {
        appears: day(&["publishdate", "published_at"]).or(date.map(|date| date.timestamp().as_second())),
        ends: day(&["expirydate", "unpublishdate"]),
        is_private: site.maker == Maker::Qiita && fields.truth("private") == Some(true),
    }
}

/// Hugo's `draft`, Jekyll's and Zenn's `published`, Qiita's `ignorePublish`. What was posted to Qiita has an `id`.
pub(super) fn is_draft(fields: &Fields, path: &str, site: &Site) -> bool {
    let in_drafts = match site.maker {
        Maker::Jekyll | Maker::Hexo => path.split('/').any(|part| part == "_drafts"),
        Maker::Qiita => fields.get("id").is_some() && fields.string("id").is_none(),
        _ => false,
    };
    let kept_back = || fields.truth("published") == Some(false) || fields.truth("ignorepublish") == Some(true);
    in_drafts || fields.truth("draft").unwrap_or_else(kept_back)
}

pub(super) fn kind(fields: &Fields, path: &str) -> Kind {
    let build = |key: &str| {
        let written = fields.string(&format!("build.{key}")).or_else(|| fields.string(&format!("_build.{key}")));
        written.unwrap_or_default().to_lowercase()
    };
    let (list, render) = (build("list"), build("render"));
    let is_never = |word: &str| matches!(word, "never" | "false");
    // A page that is never made is part of another one, where only its own section lists it.
    let is_part = list == "local" && is_never(&render);
    if is_section(path) {
        Kind::Section
    } else if fields.truth("headless") == Some(true) || is_never(&list) {
        Kind::Unlisted
    } else if is_part {
        Kind::Part
    } else {
        Kind::Post
    }
}

/// The tags: `tags`, or what other programs call them: Zenn `topics`, Zola `taxonomies.tags`.
pub(super) fn tags(fields: &Fields, body: &str, site: &Site) -> Vec<Clean> {
    let keys = ["tags", "topics", "taxonomies.tags", "tag"];
    let keys = keys.into_iter().filter(|key| *key != "tag" || site.maker != Maker::Hugo);
    // For these programs words in a string are a list.
    let is_parted = matches!(site.maker, Maker::Jekyll | Maker::Obsidian);
    let listed = |key| match fields.text(key).filter(|_| is_parted) {
        Some(words) => words.split([',', ' ']).map(str::to_owned).collect(),
        None => fields.list(key),
    };
    let mut tags = keys.map(listed).find(|tags| !tags.is_empty()).unwrap_or_default();
    if site.maker == Maker::Obsidian {
        tags.iter_mut().for_each(|tag| *tag = tag.trim_start_matches('#').to_owned());
        tags.extend(tags_in(body));
    }
    distinct(tags)
}

/// The tags in the text of a note: `#word`, not in code, and not a number alone.
fn tags_in(body: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut fence: Option<&str> = None;
    for line in body.lines() {
        let start = line.trim_start();
        let marks = ["```", "~~~"].into_iter().find(|marks| start.starts_with(marks));
        match (fence, marks) {
            (None, Some(_)) => fence = marks,
            (Some(open), Some(marks)) if open == marks => fence = None,
            (None, None) => tags.extend(tags_of(line)),
            (Some(_), _) => {}
        }
    }
    tags
}

fn tags_of(line: &str) -> impl Iterator<Item = String> + '_ {
    let outside_code = line.split('`').step_by(2);
    let words = outside_code.flat_map(|words| words.split_whitespace());
    words.filter_map(|word| {
        let tag = word.strip_prefix('#')?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
        let tag = &tag[..tag.find(|c| !is_part(c)).unwrap_or(tag.len())];
        let is_tag = tag.chars().any(|c| !c.is_ascii_digit());
        is_tag.then(|| tag.trim_end_matches('/').to_owned())
    })
}

/// The terms of the other taxonomies, of a post whose file has this path.
pub(super) fn terms(fields: &Fields, path: &str, site: &Site) -> Vec<Term> {
    let mut terms = Vec::new();
    for key in &site.taxonomies {
        let names = match key.as_str() {
            "categories" if site.maker != Maker::Hugo => {
                [categories(fields, path, site.maker), fields.list("taxonomies.categories")].concat()
            }
            key => [fields.list(key), fields.list(&format!("taxonomies.{key}"))].concat(),
        };
        terms.extend(distinct(names).into_iter().map(|name| Term { taxonomy: Clean::line(key), name }));
    }
    terms
}

/// What Jekyll puts into the path of a post: its categories, and the folders above `_posts`.
pub(super) fn categories(fields: &Fields, path: &str, maker: Maker) -> Vec<String> {
    let above = path.split_once("_posts/").filter(|_| maker == Maker::Jekyll).map_or("", |(above, _)| above);
    let folders = above.split('/').filter(|folder| !folder.is_empty()).map(str::to_owned);
    let mut seen = HashSet::new();
    folders.chain(own_categories(fields, maker)).filter(|name| seen.insert(name.clone())).collect()
}

/// Words in a string are a list for Jekyll.
fn own_categories(fields: &Fields, maker: Maker) -> Vec<String> {
    let many = match fields.text("categories").filter(|_| maker == Maker::Jekyll) {
        Some(words) => words.split_whitespace().map(str::to_owned).collect(),
        None => fields.flat_list("categories"),
    };
    [many, fields.list("category")].concat()
}

/// The addresses that lead to the post too: paths from the site's root, or from beside the page of the post.
pub(super) fn aliases(fields: &Fields, permalink: &str) -> Vec<String> {
    let written = [fields.list("aliases"), fields.list("redirect_from")].concat();
    let beside = permalink.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = |alias: &String| {
        if alias.starts_with('/') {
            alias.clone()
        } else {
            joined(&format!("{}/", beside.trim_start_matches('/')), alias)
        }
    };
    written.iter().map(path).collect()
}

/// The whole address that the front matter names as the post's own.
pub(super) fn canonical(fields: &Fields, maker: Maker) -> Option<String> {
    let item =
        || fields.string("id").filter(|_| maker == Maker::Qiita).map(|id| format!("https://qiita.com/items/{id}"));
    ["canonical", "canonicalurl", "canonical_url"].into_iter().find_map(|key| fields.string(key)).or_else(item)
}

/// Names in their order, each once in whatever case.
fn distinct(names: Vec<String>) -> Vec<Clean> {
    let mut seen = Vec::new();
    let mut kept = Vec::new();
    for name in names {
        let folded = fold(&name);
        if !name.is_empty() && !seen.contains(&folded) {
            seen.push(folded);
            kept.push(Clean::line(&name));
        }
    }
    kept
}
