//! The targets of the fuzzer over their corpus, with the tools of every day: what it has found once is looked at each time.

#[path = "fuzz/src/lib.rs"]
mod fuzz;

use std::fs;

fn each(target: &str, check: impl Fn(&[u8])) {
    let folder = format!("{}/tests/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let files: Vec<_> = fs::read_dir(&folder).expect(&folder).map(|entry| entry.expect("a file").path()).collect();
    assert!(!files.is_empty(), "{folder} is empty");
    for file in files {
        check(&fs::read(&file).expect("a file of the corpus"));
    }
}

/// The targets that take words are given none that are not.
fn each_text(target: &str, check: impl Fn(&str)) {
    each(target, |bytes| check(&String::from_utf8_lossy(bytes)));
}

#[test]
fn encodings() {
    each("encodings", fuzz::encodings::check);
}

#[test]
fn front_matter() {
    each("front_matter", fuzz::front_matter::check);
}

#[test]
fn html() {
    each("html", fuzz::html::check);
}

#[test]
fn markdown() {
    for width in [1, 20, 80] {
        each_text("markdown", |text| fuzz::markdown::check((width, text)));
    }
}

#[test]
fn query() {
    each_text("query", fuzz::query::check);
}

#[test]
fn settings() {
    each_text("settings", fuzz::settings::check);
}

#[test]
fn templates() {
    each_text("templates", fuzz::templates::check);
}
