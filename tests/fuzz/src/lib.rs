//! What the targets do, a module each, and what they look for beside a crash, a hang and a leak: the promises of a page. The test suite
//! runs them over the corpus too (`tests/fuzzed.rs`).

pub mod encodings;
pub mod front_matter;
pub mod html;
pub mod markdown;
pub mod query;
pub mod settings;
pub mod templates;

use std::borrow::Cow;

use kiji::document::Document;
use kiji::layout::{Ruby, Sheet, lay_out};
use kiji::library::Library;
use kiji::print;
use kiji::text::clean::is_clean;
use kiji::text::width::Measure;

/// Lays a document out, and sees that its rows are clean, fit, and that its words do not depend on the width.
pub fn check_document(document: &Document, width: usize) {
    let wide = lay_out(document, &Sheet::of(80));
    let sheet = Sheet {
        ruby: if width.is_multiple_of(2) { Ruby::Above } else { Ruby::Inline },
        ..Sheet::of(width.clamp(1, 200))
    };
    let page = lay_out(document, &sheet);
    assert_eq!(wide.plain, page.plain);
    for row in 0..page.len() {
        let text = page.row_text(row);
        assert!(is_clean(&text) && !text.contains('\n'), "{text:?}");
        assert!(Measure::default().columns(&text) <= page.width, "{text:?}");
    }
    for notice in &document.notices {
        assert!(is_clean(notice), "{notice:?}");
    }
}

/// A library of one post, in which everything that is shown of it is clean.
pub fn library(settings: &str, name: &str, post: &[u8]) -> Library {
    let library = Library::of_memory(settings, vec![(name.to_owned(), Cow::Owned(post.to_vec()))], None);
    for problem in &library.problems {
        assert!(is_clean(&problem.place) && is_clean(&problem.what), "{problem:?}");
    }
    for post in &library.posts {
        let mut line = Vec::new();
        print::line(&mut line, post, &post.name).expect("memory takes it");
        let line = String::from_utf8(line).expect("words");
        assert!(line.trim_end_matches('\n').split('\t').all(is_clean), "{line:?}");
        let entry = print::entry(&library, post, &post.name).to_string();
        assert!(is_clean(&entry), "{entry:?}");
    }
    library
}
