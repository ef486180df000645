//! CJK-friendly emphasis against the shared cases, and `CommonMark`'s own examples, which it must leave as they are.

mod shared;

use kiji::document::emphasis::{mark, unmark};
use pulldown_cmark::{Options, Parser, html};
use serde_json::Value;

/// The HTML of a source, with the parser's own emphasis.
fn render(source: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(source, Options::ENABLE_STRIKETHROUGH));
    out.trim().to_owned()
}

/// The cases of a shared file: source and expected HTML. Empty, with a word on it, where the file is not at hand.
fn cases(name: &str) -> Vec<(String, String)> {
    let Some(path) = shared::path(&format!("conformance/{name}")) else { return Vec::new() };
    let json = std::fs::read_to_string(path).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&json).unwrap();
    let text = |case: &Value, key: &str| case[key].as_str().unwrap().to_owned();
    cases.iter().map(|case| (text(case, "markdown"), text(case, "html"))).collect()
}

#[test]
fn every_case_of_cjk_friendly_emphasis() {
    let mut failed = Vec::new();
    for (source, expected) in cases("cjk-emphasis.json") {
        let found = unmark(&render(&mark(&source))).into_owned();
        // The writers escape quotes differently.
        if found != expected.trim().replace("&quot;", "\"") {
            failed.push(format!("{source}\n  found    {found}\n  expected {expected}"));
        }
    }
    assert!(failed.is_empty(), "{} cases:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn commonmark_is_left_as_it_is() {
    for (source, _) in cases("commonmark-0.31.2.json") {
        assert_eq!(unmark(&render(&mark(&source))), render(&source), "{source}");
    }
}
