//! Any bytes as a post: its front matter split off, parsed or recovered, and all that the index shows of it.

use kiji::library::front_matter::{Format, parse, split};

use super::library;

pub fn check(data: &[u8]) {
    library("", "2024-01-02-post.ja.md", data);
    if let Ok(text) = std::str::from_utf8(data) {
        let parts = split(text);
        assert!(text.ends_with(parts.body));
        for format in [Format::Yaml, Format::Toml, Format::Json] {
            let _ = parse(format, text);
        }
    }
}
