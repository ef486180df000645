//! The patterns that the settings have for the addresses of pages: by section, and perhaps by language.

use serde_json::Value;

use super::config::Config;
use super::permalink::path_name;
use crate::messages;

/// The section of all posts of Jekyll and Hexo.
pub(super) const POSTS: &str = "_posts";

/// See the module's head. Those of single languages stand first.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns(Vec<Pattern>);

#[derive(Debug, Clone)]
struct Pattern {
    /// The language of the pages; none for any.
    language: Option<String>,
    section: String,
    path: String,
}

impl Patterns {
    /// Those of Hugo's settings, for these languages.
    pub fn of(config: &mut Config, languages: &[String]) -> Patterns {
        let of_language =
            |language: &String| read(config.at(&["languages", language, "permalinks"])?, Some(language.as_str()));
        let mut patterns: Vec<Pattern> = languages.iter().filter_map(of_language).flatten().collect();
        match config.at(&["permalinks"]).map(|table| read(table, None)) {
            Some(Some(found)) => patterns.extend(found),
            Some(None) => config.complain("permalinks", &messages::NOT_A_TABLE),
            None => {}
        }
        Patterns(patterns)
    }

    /// One pattern for all posts, and those of the collections by the names of their folders.
    pub fn of_posts(pattern: String, collections: Vec<(String, String)>) -> Patterns {
        let all = std::iter::once((POSTS.to_owned(), pattern)).chain(collections);
        Patterns(all.map(|(section, pattern)| Pattern { language: None, section, path: pattern }).collect())
    }

    /// The pattern of the collection whose folder a path goes through, and what of the path is below that.
    pub fn of_collection<'p>(&self, path: &'p str) -> Option<(&str, &'p str)> {
        self.0.iter().filter(|pattern| pattern.section != POSTS).find_map(
            |Pattern { section, path: pattern, .. }| {
                let at = format!("/{path}").find(&format!("/{section}/"))?;
                Some((pattern.as_str(), &path[at + section.len() + 1..]))
            },
        )
    }

    /// The pattern of a section's pages in a language.
    pub fn of_section(&self, language: &str, section: &str) -> Option<&str> {
        let is_its = |pattern: &&Pattern| {
            path_name(pattern.section.trim_matches('/')) == path_name(section)
                && pattern.language.as_deref().is_none_or(|own| own == language)
        };
        self.0.iter().find(is_its).map(|pattern| pattern.path.as_str())
    }
}

/// Hugo knows two forms: section to pattern, and since 0.115 kind of page to section to pattern. None where it is no table.
fn read(table: &Value, language: Option<&str>) -> Option<Vec<Pattern>> {
    let map = table.as_object()?;
    let of_pages = map.get("page").and_then(Value::as_object);
    let sections = map.iter().chain(of_pages.into_iter().flatten());
    let patterns = sections.filter_map(|(section, pattern)| {
        let (section, pattern) = (section.clone(), pattern.as_str()?.to_owned());
        Some(Pattern { language: language.map(str::to_owned), section, path: pattern })
    });
    Some(patterns.collect())
}
