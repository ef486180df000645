//! The front matter that sections and settings give to the pages below them: Hugo's `cascade`.

use std::collections::BTreeSet;

use globset::{Glob, GlobMatcher};
use serde_json::{Map, Value};

use super::front_matter::{Fields, scalar};
use super::site::permalink::{content_stem, is_section, path_name};

/// See the module's head. The nearest section stands first, the site's settings last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cascades {
    rules: Vec<Rule>,
    /// The folders that have a page of their own as sections.
    sections: BTreeSet<String>,
}

#[derive(Debug, Clone)]
struct Rule {
    /// The section that the pages lie in, with a slash at its end; empty for every page.
    folder: String,
    /// The language of the section; empty for every language.
    language: String,
    path: Option<GlobMatcher>,
    kind: Option<GlobMatcher>,
    lang: Option<GlobMatcher>,
    values: Map<String, Value>,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        let globs = |rule: &Rule| {
            [&rule.path, &rule.kind, &rule.lang].map(|glob| glob.as_ref().map(|glob| glob.glob().clone()))
        };
        (&self.folder, &self.language, &self.values) == (&other.folder, &other.language, &other.values)
            && globs(self) == globs(other)
    }
}

/// A page that may be given something.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Its path below the content folder, without its language.
    pub path: &'a str,
    pub language: &'a str,
}

impl Cascades {
    /// What the settings and the sections of a site give.
    #[must_use]
    pub fn of<'a>(settings: Option<&Value>, sections: impl Iterator<Item = (Page<'a>, &'a Fields)>) -> Cascades {
        let mut rules = Vec::new();
        for (page, fields) in sections {
            let stem = content_stem(page.path);
            let folder = if stem.is_empty() { stem } else { format!("{stem}/") };
            rules.extend(read(fields.get("cascade"), &folder, page.language));
        }
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.folder.matches('/').count()));
        rules.extend(read(settings, "", ""));
        Cascades { rules, sections: BTreeSet::new() }
    }

    /// The same, with the pages of a site among which those of its sections are.
    #[must_use]
    pub fn with_sections<'a>(self, paths: impl Iterator<Item = &'a str>) -> Cascades {
        let sections = paths.filter(|path| is_section(path)).map(content_stem).collect();
        Cascades { sections, ..self }
    }

    /// The folders that a page lies in as Hugo counts them: the first, and those below it that are sections.
    #[must_use]
    pub fn sections_of(&self, path: &str) -> String {
        let stem = content_stem(path);
        let folder = stem.rsplit_once('/').map_or("", |(folder, _)| folder);
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        let mut sections = String::new();
        let mut start = 0_usize;
        for end in ends {
            if start == 0 || self.sections.contains(&folder[..end]) {
                sections.push_str(&folder[start.saturating_sub(1)..end]);
            }
            start = end + 1;
        }
        sections
    }

    /// Gives a page what it does not say itself.
    pub fn give(&self, page: Page, fields: &mut Fields) {
        for rule in self.rules.iter().filter(|rule| rule.holds_for(page)) {
            fields.inherit(&rule.values);
        }
    }
}

impl Rule {
    fn holds_for(&self, page: Page) -> bool {
        let stem = content_stem(page.path);
        let kind = match (is_section(page.path), stem.is_empty()) {
            (false, _) => "page",
            (true, true) => "home",
            (true, false) => "section",
        };
        let fits =
            |pattern: &Option<GlobMatcher>, value: &str| pattern.as_ref().is_none_or(|glob| glob.is_match(value));
        format!("{stem}/").starts_with(&self.folder)
            && (self.language.is_empty() || self.language == page.language)
            && fits(&self.kind, kind)
            && fits(&self.lang, page.language)
            && fits(&self.path, &format!("/{}", path_name(&stem)))
    }
}

/// One map, or a list of them; each may say which pages it is for.
fn read(value: Option<&Value>, folder: &str, language: &str) -> Vec<Rule> {
    let maps = match value {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(map)) => vec![map],
        _ => Vec::new(),
    };
    // Pages are those of the published site.
    let is_published = |map: &&Map<String, Value>| {
        let target = map.get("target").or_else(|| map.get("_target"));
        let environment = target.and_then(|target| target.get("environment")).and_then(scalar);
        environment
            .and_then(|name| Glob::new(&name.to_lowercase()).ok())
            .is_none_or(|glob| glob.compile_matcher().is_match("production"))
    };
    let rule = |map: &Map<String, Value>| {
        let mut values = map.clone();
        let target = values.remove("target").or_else(|| values.remove("_target")).unwrap_or_default();
        let glob = |key: &str| {
            let pattern = target.get(key).and_then(scalar)?;
            Some(Glob::new(&pattern.to_lowercase()).ok()?.compile_matcher())
        };
        let (folder, language) = (folder.to_owned(), language.to_owned());
        Rule { folder, language, path: glob("path"), kind: glob("kind"), lang: glob("lang"), values }
    };
    maps.into_iter().filter(is_published).map(rule).collect()
}

#[cfg(test)]
mod tests {
    use super::super::front_matter::{Format, parse};
    use super::*;

    /// The tags that a page ends up with.
    fn check(path: &str, own: &str, expected: &str) {
        let fields = |block: &str| parse(Format::Yaml, block);
        let page = |path| Page { path, language: "" };
        let sections = [
            ("_index.md", fields("cascade: {tags: home, title: t}")),
            (
                "a/_index.md",
                fields(
                    "cascade: [{tags: away, target: {environment: staging}}, {tags: a, target: {environment: 'prod*'}}]",
                ),
            ),
            ("a/b/_index.md", fields("cascade: {tags: pages, target: {kind: page}}")),
            ("c/_index.md", fields("cascade:\n- tags: deep\n  _target: {path: '/c/**/x'}\n- {tags: c}")),
        ];
        let settings = fields("cascade: {tags: site, draft: true}");
        let cascades =
            Cascades::of(settings.get("cascade"), sections.iter().map(|(path, fields)| (page(*path), fields)));
        let mut found = fields(own);
        cascades.give(page(path), &mut found);
        assert_eq!(found.list("tags").concat(), expected, "{path}");
        assert_eq!(found.truth("draft"), Some(true), "{path}");
    }

    #[test]
    fn folders_are_sections_where_they_have_a_page() {
        let cascades = Cascades::default().with_sections(["a/b/_index.md", "a/b/c/d/_index.md", "x.md"].into_iter());
        for (path, expected) in [
            ("a/x.md", "a"),
            ("a/b/x/index.md", "a/b"),
            ("a/b/c/x.md", "a/b"),
            ("a/b/c/d/x.md", "a/b/d"),
            ("e/f/x.md", "e"),
            ("x.md", ""),
        ] {
            assert_eq!(cascades.sections_of(path), expected, "{path}");
        }
    }

    #[test]
    fn the_nearest_section_gives_what_a_page_does_not_say() {
        check("x.md", "", "home");
        check("a/x.md", "", "a");
        check("ab/x.md", "", "home");
        check("a/_index.md", "", "a");
        check("a/b/x.md", "", "pages");
        check("a/b/_index.md", "", "a");
        check("a/b/x.md", "tags: own", "own");
        check("c/y/x.md", "", "deep");
        check("c/y/z.md", "", "c");
    }
}
