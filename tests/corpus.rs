//! Every row of real posts, at every width from 20 to 120 columns: what it starts and ends with, which words it cuts, how wide it is, and
//! that no word is lost.

mod shared;

use std::ops::Range;

use kiji::layout::{Page, Sheet, lay_out};
use kiji::library::Library;
use kiji::reading;
use kiji::shelf::Shelf;
use kiji::text::Role;
use kiji::text::breaks::opportunities;
use kiji::text::cjk::{Class, class};
use kiji::text::width::Measure;

const WIDTHS: Range<usize> = 20..121;

/// Of real posts one width in so many is looked at, another one for each post; `every_row_of_every_post` looks at all.
const STEP: usize = 4;

const SITES: [&str; 14] = [
    "seed",
    "torture",
    "babarot_tellme.tokyo",
    "budougumi0617_blog",
    "kaitoy_blog",
    "mryhryki_zenn",
    "rakuishi_rakuishi.com",
    "vim-jp_vim-jp.github.io",
    "alkn203_hugo-blog",
    "Rouji_blog",
    "Lruihao_hugo-blog",
    "tangx_hugo-blog",
    "lhj8390_hugo-blog",
    "phil-opp_blog_os",
];

/// What no line starts with (JIS X 4051, JLREQ: closing brackets, stops, commas, dividing marks, middle dots, small kana, iteration
/// and prolonged sound marks).
const NEVER_FIRST: &str = "、。，．・：；？！）］｝〕〉》」』】〗〙〟’”‐〜～゠–ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶゝゞヽヾ々〻‼⁇⁈⁉｡｣､･ｰｧｨｩｪｫｬｭｮｯﾞﾟ";

/// What no line ends with: opening brackets.
const NEVER_LAST: &str = "（［｛〔〈《「『【〖〘〝‘“｢";

/// What was found.
#[derive(Default)]
struct Tally {
    pages: usize,
    /// Rows of running text that go on in the next, and the columns that they leave free of what they may fill.
    rows: usize,
    shortfall: usize,
    faults: Vec<String>,
}

/// A stretch of the post's words on one row, and the columns of its line or cell.
struct Stretch {
    words: Range<usize>,
    row: usize,
    room: usize,
    role: Role,
}

/// Every stretch of words, in the order of the words. The cells of a table stand side by side on a row.
fn stretches(page: &Page, measure: &Measure) -> Vec<Stretch> {
    let mut all = Vec::new();
    for row in 0..page.len() {
        let mut at = 0;
        let mut start = None;
        let first = all.len();
        let mut edge = first;
        for span in page.spans(row) {
            let columns = measure.columns(span.words);
            let is_between_cells = span.place.is_none() && span.words == " │ ";
            match span.place {
                Some(place) => {
                    let cell = *start.get_or_insert(at);
                    let words = place..place + span.words.len();
                    all.push(Stretch { words, row, room: page.width - cell, role: page.ground(row) });
                }
                None if is_between_cells => {
                    for stretch in &mut all[edge..] {
                        stretch.room = at - start.unwrap_or(at);
                    }
                    edge = all.len();
                    start = None;
                }
                None => {}
            }
            at += columns;
        }
    }
    all.sort_by_key(|stretch| stretch.words.start);
    all
}

fn check_page(name: &str, page: &Page, tally: &mut Tally) {
    let measure = Measure::default();
    tally.pages += 1;
    let mut fault = |what: String| tally.faults.push(format!("{name} at {}: {what}", page.width));
    for row in 0..page.len() {
        let text = page.row_text(row);
        if measure.columns(&text) > page.width {
            fault(format!("too wide: {text:?}"));
        }
    }
    let all = stretches(page, &measure);
    let shown = all.iter().map(|stretch| sum(&page.plain[stretch.words.clone()])).fold(0, u64::wrapping_add);
    if shown != sum(&page.plain) {
        fault("words are lost or doubled".to_owned());
    }
    for (at, pair) in all.windows(2).enumerate() {
        let (before, after) = (&pair[0], &pair[1]);
        let between = page.plain.get(before.words.end..after.words.start).unwrap_or("\n");
        let goes_on = before.row != after.row && between.chars().all(|c| matches!(c, ' ' | '\u{3000}'));
        if !goes_on || before.role == Role::Code {
            continue;
        }
        let line = line_start(&all[..=at], before)..before.words.end;
        let (last, next) =
            (page.plain[line.clone()].chars().next_back(), page.plain[after.words.clone()].chars().next());
        let (Some(last), Some(next)) = (last, next) else { continue };
        let shown = || format!("{:?} | {:?}", page.row_text(before.row), page.row_text(after.row));
        let is_forced = breaks_in(&page.plain[line.clone()]).len() <= 1;
        if NEVER_FIRST.contains(next) && !is_forced {
            fault(format!("starts: {}", shown()));
        }
        if NEVER_LAST.contains(last) && !is_forced {
            fault(format!("ends: {}", shown()));
        }
        let is_cut = between.is_empty() && last.is_ascii_graphic() && next.is_ascii_graphic();
        let unit = unit(&page.plain, after.words.start);
        // The brackets around an address take room beside its words.
        let spans = page.spans(before.row).chain(page.spans(after.row));
        let brackets = spans.filter(|span| span.place.is_none() && matches!(span.words, "<" | ">")).count();
        if is_cut && measure.columns(page.plain[unit].trim_end()) + brackets <= before.room.min(after.room) {
            fault(format!("cut: {}", shown()));
        }
        let is_whole_row = before.room + 8 >= page.width;
        if is_whole_row && !is_forced {
            tally.rows += 1;
            tally.shortfall += before.room.saturating_sub(measure.columns(&page.plain[line]));
        }
    }
}

/// Where the words of a line start: those of one row that follow one another.
fn line_start(all: &[Stretch], last: &Stretch) -> usize {
    let mut start = last.words.start;
    for stretch in all.iter().rev().skip(1) {
        if stretch.row != last.row || stretch.words.end != start {
            break;
        }
        start = stretch.words.start;
    }
    start
}

fn breaks_in(words: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    opportunities(words, &mut ends);
    ends
}

/// The unbreakable unit around a place.
fn unit(plain: &str, at: usize) -> Range<usize> {
    let start = plain[..at].rfind('\n').map_or(0, |before| before + 1);
    let paragraph = plain[start..].split('\n').next().unwrap_or_default();
    let ends = breaks_in(paragraph);
    let after = ends.partition_point(|end| *end <= at - start);
    let unit_start = after.checked_sub(1).map_or(0, |before| ends[before]);
    start + unit_start..start + ends[after]
}

/// A figure that tells two collections of characters apart, blanks left out.
fn sum(words: &str) -> u64 {
    let weight = |c: char| (u64::from(u32::from(c)) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31);
    words.chars().filter(|c| !c.is_whitespace()).map(|c| weight(c).wrapping_mul(weight(c))).fold(0, u64::wrapping_add)
}

/// Whether a post is written in Chinese, Japanese or Korean: one letter in ten at least.
fn is_cjk(plain: &str) -> bool {
    let count = |wanted: fn(char) -> bool| plain.chars().filter(|c| wanted(*c)).count();
    count(|c| matches!(class(c), Class::Letter | Class::Hangul)) * 10 >= count(char::is_alphabetic).max(1)
}

/// Looks at every post of a library that is written in Chinese, Japanese or Korean, at one width in `step`.
fn check_library(library: &Library, step: usize) -> Tally {
    let mut tally = Tally::default();
    for (number, post) in library.posts.iter().enumerate() {
        let document = reading::read(library, post);
        if !is_cjk(&lay_out(&document, &Sheet::of(80)).plain) {
            continue;
        }
        for width in WIDTHS.skip(number % step).step_by(step) {
            check_page(&post.name, &lay_out(&document, &Sheet::of(width)), &mut tally);
        }
    }
    tally
}

fn report(name: &str, tally: &Tally) {
    let Tally { pages, rows, shortfall, faults } = tally;
    let hundredths = shortfall * 100 / rows.max(&1);
    let (whole, part) = (hundredths / 100, hundredths % 100);
    println!(
        "{name}: {pages} pages, {} faults, {rows} wrapped rows, mean shortfall {whole}.{part:02} columns",
        faults.len()
    );
    assert!(faults.is_empty(), "{name}, {} faults:\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}

fn check_sites(step: usize) {
    for site in SITES {
        if let Some(path) = shared::path(&format!("sites/{site}")) {
            report(site, &check_library(&Library::open(&path, None).unwrap(), step));
        }
    }
}

#[test]
fn rows_of_the_samples() {
    report("samples", &check_library(&Shelf::Samples.open(None).unwrap(), 1));
}

#[test]
fn rows_of_real_posts() {
    check_sites(STEP);
}

#[test]
#[ignore = "it takes minutes: cargo test --release --test corpus -- --ignored --nocapture"]
fn every_row_of_every_post() {
    check_sites(1);
}
