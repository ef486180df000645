//! Any text as a post in Markdown, laid out at any width. The first byte is the width.
#![no_main]

use kiji::document::{highlight, markdown};
use kiji::text::markup::MarkupSettings;
use kiji_fuzz::check_document;
use libfuzzer_sys::fuzz_target;
use std::time::Duration;

fuzz_target!(|post: (u8, &str)| {
    let (width, source) = post;
    let mut document = markdown::read(source, MarkupSettings::default());
    check_document(&document, usize::from(width));
    highlight::highlight(&mut document, Duration::from_millis(50));
    check_document(&document, usize::from(width));
});
