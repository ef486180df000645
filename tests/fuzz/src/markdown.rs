//! Any text as a post in Markdown, laid out at any width. The first byte is the width.

use kiji::document::{highlight, markdown};
use kiji::text::markup::MarkupSettings;
use std::time::Duration;

use super::check_document;

pub fn check(post: (u8, &str)) {
    let (width, source) = post;
    let mut document = markdown::read(source, MarkupSettings::default());
    check_document(&document, usize::from(width));
    highlight::highlight(&mut document, Duration::from_millis(50));
    check_document(&document, usize::from(width));
}
