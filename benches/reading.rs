//! Reading and layout beside the raw Markdown parser, in one run: the ratio is what counts.

use std::path::PathBuf;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use kiji::document::{highlight, markdown};
use kiji::layout::{Sheet, lay_out};
use kiji::library::Library;
use kiji::library::front_matter::split;
use kiji::reading::Manuscript;
use kiji::shelf::Shelf;
use kiji::text::markup::MarkupSettings;
use pulldown_cmark::Parser;

fn main() {
    divan::main();
}

/// The bodies of the sample posts as one document of about half a megabyte.
fn source() -> String {
    let library = Shelf::Samples.open(None).expect("the samples are part of the program");
    let bodies: Vec<String> = library
        .posts
        .iter()
        .filter_map(|post| library.text(post).ok())
        .map(|text| split(&text).body.to_owned())
        .collect();
    bodies.join("\n\n").repeat(10)
}

#[divan::bench]
fn baseline_raw_parser(bencher: Bencher) {
    let source = source();
    bencher.counter(BytesCount::of_str(&source)).bench(|| Parser::new(black_box(&source)).count());
}

#[divan::bench]
fn read(bencher: Bencher) {
    let source = source();
    bencher
        .counter(BytesCount::of_str(&source))
        .bench(|| markdown::read(black_box(&source), MarkupSettings::default()));
}

/// What is read of a long post before its first rows are shown.
#[divan::bench]
fn start_of_a_long_post(bencher: Bencher) {
    let library = Library::of_memory("", vec![("a.md".to_owned(), source().into_bytes().into())], None);
    bencher.bench(|| Manuscript::open(black_box(&library), &library.posts[0]).start());
}

/// The bodies of the posts of a real blog, where it is at hand.
fn blog() -> Option<String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("KIJI_SHARED").map_or_else(beside, PathBuf::from);
    let library = Library::open(&shared.join("sites/babarot_tellme.tokyo"), None).ok()?;
    let text = |post| Some(split(&library.text(post).ok()?).body.to_owned());
    Some(library.posts.iter().filter_map(text).collect::<Vec<_>>().join("\n\n"))
}

#[divan::bench]
fn blog_baseline_raw_parser(bencher: Bencher) {
    let Some(source) = blog() else { return };
    bencher.counter(BytesCount::of_str(&source)).bench(|| Parser::new(black_box(&source)).count());
}

#[divan::bench(args = [40, 80])]
fn blog_lay_out_at(bencher: Bencher, width: usize) {
    let Some(source) = blog() else { return };
    let document = markdown::read(&source, MarkupSettings::default());
    bencher.counter(BytesCount::of_str(&source)).bench(|| lay_out(black_box(&document), &Sheet::of(width)));
}

#[divan::bench(args = [40, 80])]
fn lay_out_at(bencher: Bencher, width: usize) {
    let source = source();
    let document = markdown::read(&source, MarkupSettings::default());
    bencher.counter(BytesCount::of_str(&source)).bench(|| lay_out(black_box(&document), &Sheet::of(width)));
}

#[divan::bench(sample_count = 5)]
fn highlight_code(bencher: Bencher) {
    let source = source();
    let document = markdown::read(&source, MarkupSettings::default());
    bencher.counter(BytesCount::of_str(&source)).with_inputs(|| document.clone()).bench_values(|mut document| {
        highlight::highlight(&mut document, highlight::PATIENCE);
        document
    });
}
