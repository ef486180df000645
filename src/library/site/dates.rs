//! Where the posts of a site have their dates.

use serde_json::Value;

use super::folders;

/// Where Hugo looks for the date of a post, and what other programs call it: when it was published, and then when it changed.
const DATES: [&str; 15] = [
    "date",
    "publishdate",
    "pubdate",
    "published",
    "pubdatetime",
    "published_at",
    "created",
    "created_at",
    "createdat",
    "lastmod",
    "modified",
    "updated",
    "updated_at",
    "updateddate",
    "last_modified_at",
];

/// Where dates are looked for when a site says nothing of it.
pub(super) fn usual() -> Vec<String> {
    DATES.map(str::to_owned).into()
}

/// The keys of front matter that the settings of a Hugo site name, and `:filename`.
pub(super) fn named(value: Option<&Value>) -> Option<Vec<String>> {
    let keys = folders::strings(value).into_iter().map(|key| key.to_lowercase());
    let keys: Vec<String> = keys.flat_map(|key| if key == ":default" { usual() } else { vec![key] }).collect();
    (!keys.is_empty()).then_some(keys)
}
