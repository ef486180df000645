//! What the fields of a front matter mean for a post.

use url::Url;

use super::{Found, Kind, Stay, Term, joined};
use crate::library::date::Date;
use crate::library::front_matter::Fields;
use crate::library::site::Site;
use crate::library::site::maker::Maker;
use crate::library::site::permalink::{Naming, content_stem, dated_name, is_section, path_name};
use crate::messages;
use crate::text::Clean;
use crate::text::fold::fold;

/// The title, or what stands for one: `linkTitle`, the first heading, the file's name.
pub(super) fn title(fields: &Fields, body: &str, path: &str, maker: Maker) -> String {
    let heading = || first_heading(body);
    let file = || {
        let stem = content_stem(path);
        let name = stem.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(path);
        let is_dated = matches!(maker, Maker::Jekyll | Maker::Hexo | Maker::Zola);
        if is_dated { dated_name(name).1.to_owned() } else { name.to_owned() }
    };
    fields.string("title").or_else(|| fields.string("linktitle")).or_else(heading).unwrap_or_else(file)
}

/// The words of the first heading, when nothing but comments stands before it.
fn first_heading(body: &str) -> Option<String> {
    let mut lines = body.lines().filter(|line| !line.trim().is_empty());
    let line = lines.find(|line| !line.starts_with("<!--"))?;
    let heading = match lines.next() {
        Some(below) if below.starts_with("==") && below.trim().bytes().all(|byte| byte == b'=') => line,
        _ => line.strip_prefix("# ")?,
    };
    let words = heading.trim().trim_end_matches('#').trim().replace(['*', '`'], "");
    Some(words).filter(|words| !words.is_empty())
}

/// The date, from the fields and perhaps the name of the file; or what is wrong with the one that is there.
pub(super) fn date(fields: &Fields, path: &str, site: &Site) -> (Option<Date>, Option<String>) {
    let of_name = || {
        let stem = content_stem(path);
        Date::parse(dated_name(stem.rsplit('/').next().unwrap_or_default()).0?, &site.zone)
    };
    let of_key = |key: &String| match key.as_str() {
        ":filename" => of_name(),
        key => fields.date(&[key], &site.zone),
    };
    let date = site.dates.iter().find_map(of_key).or_else(|| of_name().filter(|_| site.maker.dates_names()));
    let odd = || site.dates.iter().find_map(|key| Some(messages::not_a_date(key, &fields.text(key)?)));
    (date, if date.is_some() { None } else { odd() })
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
pub(super) fn permalink(fields: &Fields, found: &Found, title: &str, date: Option<Date>, site: &Site) -> String {
    if let Some(written) = url(fields, site) {
        let path = Url::parse(&written).map_or_else(|_| written.clone(), |url| url.path().to_owned());
        // Zola's paths are those of folders.
        let path = if site.maker == Maker::Zola { format!("{}/", path.trim_end_matches('/')) } else { path };
        return format!("/{}", path.trim_start_matches('/'));
    }
    let own_slug = slug(fields, &found.page, site);
    let own = categories(fields, &found.page);
    let path = &found.page;
    let naming = Naming { path, title, slug: own_slug.as_deref(), date: date.as_ref(), categories: &own };
    let path = site.permalink(&naming);
    match site.languages.folder(&found.language) {
        "" => path,
        folder => format!("/{folder}{path}"),
    }
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

/// Hugo's `draft`, Jekyll's and Zenn's `published`, Qiita's `ignorePublish`.
pub(super) fn is_draft(fields: &Fields, path: &str, site: &Site) -> bool {
    let in_drafts = site.maker == Maker::Jekyll && path.split('/').any(|part| part == "_drafts");
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
    } else if fields.truth("headless") == Some(true) || is_never(&list) || is_part {
        Kind::Unlisted
    } else {
        Kind::Post
    }
}

/// The tags: `tags`, or what other programs call them: Zenn `topics`, Zola `taxonomies.tags`.
pub(super) fn tags(fields: &Fields, body: &str, site: &Site) -> Vec<Clean> {
    let keys = ["tags", "topics", "taxonomies.tags"];
    let mut tags = keys.into_iter().map(|key| fields.list(key)).find(|tags| !tags.is_empty()).unwrap_or_default();
    // For these programs words in a string are a list.
    if let ([one], Maker::Jekyll | Maker::Obsidian) = (tags.as_slice(), site.maker) {
        tags = one.split([',', ' ']).map(|tag| tag.trim_start_matches('#').to_owned()).collect();
    }
    if site.maker == Maker::Obsidian {
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

/// The terms of the other taxonomies.
pub(super) fn terms(fields: &Fields, site: &Site) -> Vec<Term> {
    let mut terms = Vec::new();
    for key in &site.taxonomies {
        let mut names = [fields.list(key), fields.list(&format!("taxonomies.{key}"))].concat();
        if key == "categories" && site.maker != Maker::Hugo {
            names.extend(fields.list("category"));
        }
        terms.extend(distinct(names).into_iter().map(|name| Term { taxonomy: Clean::line(key), name }));
    }
    terms
}

/// What Jekyll puts into the path of a post: its categories, and the folders above `_posts`.
pub(super) fn categories(fields: &Fields, path: &str) -> Vec<String> {
    let above = path.split_once("_posts/").map_or("", |(above, _)| above);
    let folders = above.split('/').filter(|folder| !folder.is_empty()).map(str::to_owned);
    folders.chain(fields.list("categories")).chain(fields.list("category")).collect()
}

/// The addresses that lead to the post too.
pub(super) fn aliases(fields: &Fields, path: &str) -> Vec<String> {
    let written = [fields.list("aliases"), fields.list("redirect_from")].concat();
    written.iter().map(|alias| alias_path(alias, path)).collect()
}

/// An alias is a path from the site's root, or from the folder of its post.
fn alias_path(alias: &str, path: &str) -> String {
    if alias.starts_with('/') {
        return alias.to_owned();
    }
    let folder = content_stem(path).rsplit_once('/').map_or(String::new(), |(folder, _)| path_name(folder));
    joined(&format!("{folder}/"), alias)
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
