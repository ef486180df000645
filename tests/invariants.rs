//! What holds for every post at every width: over the sample posts, over text made at random, and over real sites where they are at hand.

mod shared;

use std::sync::Arc;

use kiji::document::{Document, highlight, markdown};
use kiji::layout::{Hanging, Page, Ruby, Sheet, Telling, View, Wrap, lay_out};
use kiji::library::Library;
use kiji::reading;
use kiji::shelf::Shelf;
use kiji::text::clean::is_clean;
use kiji::text::markup::MarkupSettings;
use kiji::text::width::Measure;
use proptest::prelude::*;

const WIDTHS: [usize; 14] = [1, 2, 3, 4, 5, 8, 13, 20, 33, 40, 55, 80, 120, 100_000];

/// A document at a width keeps the promises of the layout.
fn check_page(name: &str, document: &Document, page: &Page, plain: &str) {
    let width = page.width;
    assert_eq!(page.plain, plain, "{name}: the plain words change at width {width}");
    assert_eq!(page.targets, document.links);
    let mut shown = String::new();
    for row in 0..page.len() {
        let text = page.row_text(row);
        assert!(Measure::default().columns(&text) <= width, "{name}: row {row} is wider than {width}: {text:?}");
        assert!(is_clean(&text) && !text.contains('\n'), "{name}: row {row} is not clean: {text:?}");
        shown.extend(page.spans(row).filter(|span| span.place.is_some()).map(|span| span.words));
        assert!(
            row == 0 || page.place_of(row - 1) <= page.place_of(row),
            "{name}: places go back at row {row}, width {width}"
        );
    }
    if width >= Measure::default().clusters(plain).map(|cluster| cluster.columns).max().unwrap_or(0) {
        assert_eq!(sorted(&shown), sorted(plain), "{name}: words are lost or doubled at width {width}");
    }
    for place in &page.links {
        assert!(place.row < page.len() && place.columns.end <= width, "{name}: a link lies outside the page");
    }
    for heading in &page.headings {
        assert!(heading.row < page.len() && page.plain.is_char_boundary(heading.words.start), "{name}");
    }
}

/// Whatever way a page is looked at, it keeps within its width, and its words are the post's.
fn check_views(name: &str, document: &Document, width: usize, plain: &str) {
    for telling in [Telling::Signs, Telling::Words] {
        check_views_of(
            name,
            Arc::new(lay_out(document, &Sheet { wrap: Wrap::Never, telling, ..Sheet::of(width) })),
            plain,
        );
    }
}

fn check_views_of(name: &str, whole: Arc<Page>, plain: &str) {
    let width = whole.width;
    let folds = || whole.folds.iter().map(|fold| fold.link).collect();
    for view in [
        View::default(),
        View { turned: folds(), pan: 0 },
        View { turned: folds(), pan: 3 },
        View { pan: 1_000_000, ..View::default() },
    ] {
        let page = view.of(&whole);
        assert_eq!(page.plain, plain, "{name}");
        for row in 0..page.len() {
            let text = page.row_text(row);
            assert!(Measure::default().columns(&text) <= width, "{name}: row {row} is wider than {width}: {text:?}");
            assert!(row == 0 || page.place_of(row - 1) <= page.place_of(row), "{name}: places go back at row {row}");
        }
        let copied = page.rows_words(0..page.len()).replace(['\n', '\t'], "");
        assert!(is_clean(&copied), "{name}: {copied:?}");
        assert!(page.links.iter().all(|place| place.row < page.len() && place.columns.end <= width), "{name}");
        assert!(page.headings.iter().all(|heading| heading.row < page.len()), "{name}");
        assert!(page.blocks.iter().all(|block| block.rows.end <= page.len()), "{name}");
        assert!(page.folds.iter().all(|fold| fold.row < page.len() && fold.rows.end <= page.len()), "{name}");
    }
}

/// The characters that are not blanks, in an order that does not depend on the rows: cells of a table stand side by side. The brackets
/// around readings are left out: readings above their words have none.
fn sorted(words: &str) -> String {
    let mut letters: Vec<char> = words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '（' | '）')).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

fn check_document(name: &str, document: &mut Document) {
    let plain = lay_out(document, &Sheet::of(80)).plain;
    for width in WIDTHS {
        check_page(name, document, &lay_out(document, &Sheet::of(width)), &plain);
        let with_readings = Sheet { ruby: Ruby::Above, hanging: Hanging::Never, ..Sheet::of(width) };
        check_page(name, document, &lay_out(document, &with_readings), &plain);
        let in_words = Sheet { telling: Telling::Words, ..Sheet::of(width) };
        check_page(name, document, &lay_out(document, &in_words), &plain);
        check_views(name, document, width, &plain);
    }
    highlight::highlight(document, highlight::PATIENCE);
    check_page(name, document, &lay_out(document, &Sheet::of(40)), &plain);
}

fn check_library(library: &Library) -> usize {
    for post in &library.posts {
        assert!(is_clean(&post.title) && post.tags.iter().all(|tag| is_clean(tag)), "{}", post.name);
        check_document(&post.name, &mut reading::read(library, post));
    }
    library.posts.len()
}

#[test]
fn the_samples_keep_every_promise() {
    assert!(check_library(&Shelf::Samples.open(None).unwrap()) > 12);
}

#[test]
fn real_sites_keep_every_promise() {
    for site in ["seed", "torture", "babarot_tellme.tokyo"] {
        if let Some(path) = shared::path(&format!("sites/{site}")) {
            check_library(&Library::open(&path, None).unwrap());
        }
    }
}

#[test]
fn commonmark_examples_are_read_without_fail() {
    let Some(path) = shared::path("conformance/commonmark-0.31.2.json") else { return };
    let examples: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let examples = examples.as_array().unwrap();
    for example in examples {
        let source = example["markdown"].as_str().unwrap();
        check_document(source, &mut markdown::read(source, MarkupSettings::default()));
    }
    assert!(examples.len() > 600);
}

/// Pieces that meet in odd ways.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "日本語",
        "、",
        "。",
        "「",
        "」",
        "ー",
        "っ",
        " ",
        "\n",
        "\n\n",
        "  \n",
        "a",
        "Rust",
        "--flag",
        "https://example.com/a_b",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~~",
        "~~",
        "[",
        "](",
        ")",
        "![",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<ruby>",
        "<rt>",
        "</rt>",
        "</ruby>",
        "<td>",
        "<li>",
        "<script>",
        "<!--",
        "-->",
        "<details>",
        "<a href=x>",
        "|",
        "|-|\n",
        "# ",
        "## ",
        "> ",
        "- ",
        "1. ",
        "- [x] ",
        "[^1]",
        "[^1]: ",
        ": ",
        "---\n",
        "\t",
        "    ",
        "{{< x >}}",
        "{{< /x >}}",
        "{{% y %}}",
        "{{< figure src=a >}}",
        "\u{1b}[31m",
        "\u{202e}",
        "&#27;",
        "👨\u{200d}👩",
        "ｶﾞ",
        "か\u{3099}",
        "한글",
        "\u{3000}",
        "\u{fdd0}0\u{fdd1}",
        "\\",
        "&amp;",
    ];
    prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

#[test]
fn hard_texts_keep_every_promise() {
    for source in [
        // Scripts of their own rules: Thai, Arabic, Hebrew, Devanagari, Burmese, Mongolian.
        "ภาษาไทยไม่มีช่องว่างระหว่างคำ สวัสดีชาวโลก",
        "مرحبا بالعالم، هذا نص عربي طويل بعض الشيء. والسلام!",
        "שלום עולם: \u{202b}טקסט בעברית\u{202c} — עם פיסוק?",
        "हिन्दी में लिखा हुआ एक लंबा वाक्य, क्षत्रिय और श्री।",
        "မြန်မာဘာသာစကား ᠮᠣᠩᠭᠣᠯ",
        // Nothing but emoji.
        "😀👨\u{200d}👩\u{200d}👧\u{200d}👦🇯🇵👍🏽❤\u{fe0f}1\u{fe0f}\u{20e3}🏳\u{fe0f}\u{200d}🌈🫩⌚\u{fe0e}☰",
        // Unassigned, private, and what escapes for lone surrogates become.
        "\u{378}\u{e000}\u{10fffd}\u{2fe0}\u{1ffff} &#xD800; &#xDFFF; &#x110000;",
        // Old Hangul, voiced kana without a letter, kanji with variation selectors, marks without a base.
        "\u{1112}\u{119e}\u{11ab}あ\u{3099}葛\u{e0100}辻\u{fe00}\u{301}\u{3099}\u{20dd}",
    ] {
        check_document(source, &mut markdown::read(&source.repeat(9), MarkupSettings::default()));
    }
}

#[test]
fn walls_of_text_keep_every_promise() {
    let marks = "\u{301}\u{327}\u{3099}\u{20dd}".repeat(2500);
    for (name, source) in [
        ("10,000 marks on one base", format!("か{marks}と e{marks}")),
        ("a megabyte without a blank", "日本語の長い行".repeat(50_000)),
        ("a megabyte of one word", "x".repeat(1_000_000)),
        ("a megabyte of marks", "ｶﾞ\u{301}ﾞ".repeat(80_000)),
    ] {
        let document = markdown::read(&source, MarkupSettings::default());
        let plain = lay_out(&document, &Sheet::of(80)).plain;
        for width in [1, 7, 80] {
            check_page(name, &document, &lay_out(&document, &Sheet::of(width)), &plain);
        }
    }
}

#[test]
fn what_once_failed_holds() {
    for source in ["a\n\n[^1]: # a<td>[^1]", "[^1]: # a<td>[^1]", "# \u{3000}"] {
        check_document(source, &mut markdown::read(source, MarkupSettings::default()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_shown(pieces in prop::collection::vec(piece(), 0..60), width in 1_usize..60) {
        let source = pieces.concat();
        let document = markdown::read(&source, MarkupSettings::default());
        let plain = lay_out(&document, &Sheet::of(80)).plain;
        check_page(&source, &document, &lay_out(&document, &Sheet::of(width)), &plain);
        let sheet = Sheet { ruby: Ruby::Above, ..Sheet::of(width) };
        check_page(&source, &document, &lay_out(&document, &sheet), &plain);
        check_views(&source, &document, width, &plain);
    }
}
