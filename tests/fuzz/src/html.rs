//! Any bytes as a post in HTML, and the same as HTML among Markdown.

use kiji::reading;

use super::{check_document, library};

pub fn check(data: &[u8]) {
    for (name, before) in [("a.html", "---\ntitle: t\n---\n"), ("a.md", "a\n\n<div>\n")] {
        let source = [before.as_bytes(), data].concat();
        let library = library("", name, &source);
        for post in &library.posts {
            check_document(&reading::read(&library, post), data.len() % 100);
        }
    }
}
