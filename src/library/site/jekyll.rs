//! What the settings of Jekyll say of its posts: defaults of front matter, and where the pages of collections are.

use serde_json::{Map, Value, json};

use super::config::Config;
use super::permalink::end_of_page;
use crate::library::front_matter::scalar;

/// The front matter that the settings give to posts, in the form of Hugo's `cascade`: the nearest scope first.
pub(super) fn defaults(config: &Config) -> Option<Value> {
    let Some(Value::Array(list)) = config.at(&["defaults"]) else { return None };
    let mut given: Vec<(usize, Value)> = list.iter().filter_map(given).collect();
    given.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    Some(given.into_iter().map(|(_, values)| values).collect())
}

/// Values for the pages of a scope, and how near it is.
fn given(one: &Value) -> Option<(usize, Value)> {
    let scope = |key: &str| one.get("scope").and_then(|scope| scope.get(key)).and_then(scalar).unwrap_or_default();
    let (path, kind) = (scope("path"), scope("type"));
    let path = path.trim_matches('/');
    let folder = match kind.as_str() {
        "" | "pages" => String::new(),
        // Posts may lie in any folder.
        "post" | "posts" | "draft" | "drafts" => format!("*_{}s/", kind.trim_end_matches('s')),
        collection => format!("*_{collection}/"),
    };
    let folder = if path.contains(folder.trim_start_matches('*')) { String::new() } else { folder };
    let mut values: Map<String, Value> = one.get("values")?.as_object()?.clone();
    values.insert("target".to_owned(), json!({ "path": format!("/{path}{folder}*") }));
    Some((path.len() + usize::from(!kind.is_empty()), Value::Object(values)))
}

/// The pattern of each collection's pages, by the name of its folder, where posts have this pattern.
pub(super) fn collections(config: &Config, of_posts: &str) -> Vec<(String, String)> {
    let named = match config.at(&["collections"]) {
        Some(Value::Object(map)) => map.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        Some(Value::Array(list)) => list.iter().filter_map(|name| Some((scalar(name)?, Value::Null))).collect(),
        _ => Vec::new(),
    };
    let usual = |name: &str| format!("/{name}/:path{}", end_of_page(of_posts));
    let pattern = |(name, value): (String, Value)| {
        let own = value.get("permalink").and_then(scalar);
        let pattern = own.map_or_else(|| usual(&name), |pattern| pattern.replace(":collection", &name));
        (format!("_{name}"), pattern)
    };
    named.into_iter().filter(|(name, _)| name != "posts").map(pattern).collect()
}
