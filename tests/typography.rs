//! Line breaking and clusters against the shared suites: Unicode's own, JLREQ's table, the web platform's.

mod shared;

use kiji::layout::{Page, Sheet, lay_out};
use kiji::library::Library;
use kiji::reading;
use kiji::shelf::Shelf;
use kiji::text::Role;
use kiji::text::breaks::{opportunities, standard};
use kiji::text::width::Measure;

/// The lines of a shared file that are not comments. Empty, with a word on it, where the file is not at hand.
fn lines(name: &str) -> Vec<String> {
    let Some(path) = shared::path(&format!("conformance/{name}")) else { return Vec::new() };
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

fn character(code: &str) -> char {
    char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()
}

/// A line of a Unicode break test: the string, and the byte offsets where it breaks (its start left out).
fn break_test(line: &str) -> (String, Vec<usize>) {
    let (mut string, mut ends) = (String::new(), Vec::new());
    for word in line.split_whitespace() {
        match word {
            "÷" => ends.push(string.len()),
            "×" => {}
            code => string.push(character(code)),
        }
    }
    ends.retain(|end| *end > 0);
    (string, ends)
}

#[test]
fn uax_14_before_tailoring() {
    for line in lines("LineBreakTest_15.1.txt") {
        let (string, ends) = break_test(&line);
        assert_eq!(standard(&string).collect::<Vec<_>>(), ends, "{line}");
    }
}

/// Whether a line may break between two characters.
fn breaks_between(before: &str, after: &str) -> bool {
    let mut ends = Vec::new();
    opportunities(&format!("{before}{after}"), &mut ends);
    ends.contains(&before.len())
}

#[test]
fn jlreq_forbids_no_break_that_is_made() {
    let mut wrong = Vec::new();
    for line in lines("jlreq_pairs.tsv") {
        let fields: Vec<&str> = line.split('\t').collect();
        let [before, after] = [fields[2], fields[3]].map(|code| character(code).to_string());
        // Prefixes such as ¥ and № stand before figures; before anything else UAX #14 lets a line end after them.
        let is_prefix = fields[0] == "cl-12";
        if fields[4] == "no" && !is_prefix && breaks_between(&before, &after) {
            wrong.push(format!("{} {} {before} {after}", fields[0], fields[1]));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_web_platforms_strict_line_starts() {
    for line in lines("wpt_ja_linebreak.tsv") {
        let fields: Vec<&str> = line.split('\t').collect();
        for code in fields[4].split(' ') {
            let c = character(code);
            let found = breaks_between("字", &format!("{c}字"));
            assert_eq!(found, fields[1] == "1", "{} U+{code} {c}", fields[0]);
        }
    }
}

#[test]
fn clusters_are_those_of_uax_29() {
    let tests = lines("GraphemeBreakTest_17.txt");
    let is_right = |line: &&String| {
        let (string, ends) = break_test(line);
        Measure::default().clusters(&string).map(|cluster| cluster.range.end).eq(ends)
    };
    let right = tests.iter().filter(is_right).count();
    println!("{right} of {} grapheme cluster tests", tests.len());
    assert_eq!(right, tests.len());
}

/// What no line starts with (JIS X 4051, JLREQ: closing brackets, stops, commas, dividing marks, middle dots, small kana, iteration
/// and prolonged sound marks).
const NEVER_FIRST: &str = "、。，．・：；？！）］｝〕〉》」』】〗〙〟’”‐〜～゠–ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶゝゞヽヾ々〻‼⁇⁈⁉｡｣､･ｰｧｨｩｪｫｬｭｮｯﾞﾟ";

/// What no line ends with: opening brackets.
const NEVER_LAST: &str = "（［｛〔〈《「『【〖〘〝‘“｢";

/// The faults of a page's wrapped rows.
fn faults(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let row = |row: usize| {
        let mut spans = page.spans(row).filter(|span| span.place.is_some());
        let first = spans.next()?;
        let last = spans.last().unwrap_or(first);
        Some((first, last.place? + last.words.len()))
    };
    for number in 1..page.len() {
        let (Some((_, end)), Some((first, _))) = (row(number - 1), row(number)) else { continue };
        let start = first.place.unwrap_or_default();
        let is_set_otherwise =
            page.ground(number) == Role::Code || is_cells(page, number) || is_cells(page, number - 1);
        // A row that goes on where the one before it broke: only blanks lie between.
        if is_set_otherwise || end > start || !page.plain[end..start].chars().all(|c| matches!(c, ' ' | '\u{3000}')) {
            continue;
        }
        let (Some(last), Some(next)) = (page.plain[..end].chars().next_back(), page.plain[start..].chars().next())
        else {
            continue;
        };
        let shown = || format!("{:?} | {:?}", page.row_text(number - 1), page.row_text(number));
        if NEVER_FIRST.contains(next) && !is_forced(page, number) {
            faults.push(format!("starts: {}", shown()));
        }
        if NEVER_LAST.contains(last) && !is_forced(page, number) {
            faults.push(format!("ends: {}", shown()));
        }
        if end == start && last.is_ascii_graphic() && next.is_ascii_graphic() && unit_fits(page, number, start) {
            faults.push(format!("cut: {}", shown()));
        }
    }
    faults
}

/// Whether a row holds several cells of a table side by side: they are set by the same hand, but their own rows cannot be told apart here.
fn is_cells(page: &Page, row: usize) -> bool {
    page.spans(row).skip_while(|span| span.place.is_none()).any(|span| span.place.is_none() && span.words.contains('│'))
}

/// Columns of a row that are its words' to use.
fn room(page: &Page, row: usize) -> usize {
    let furniture = page
        .spans(row)
        .take_while(|span| span.place.is_none())
        .map(|span| Measure::default().columns(span.words))
        .sum::<usize>();
    page.width - furniture
}

/// Whether the unbreakable unit around an offset would fit a row of its own.
fn unit_fits(page: &Page, row: usize, at: usize) -> bool {
    let start = page.plain[..at].rfind('\n').map_or(0, |before| before + 1);
    let paragraph = page.plain[start..].split('\n').next().unwrap_or_default();
    let mut ends = Vec::new();
    opportunities(paragraph, &mut ends);
    let after = ends.partition_point(|end| *end <= at - start);
    let unit_start = after.checked_sub(1).map_or(0, |before| ends[before]);
    Measure::default().columns(paragraph[unit_start..ends[after]].trim_end()) <= room(page, row)
}

/// Whether the row before had no other place to break: it is one unbreakable unit, wider than its room.
fn is_forced(page: &Page, row: usize) -> bool {
    let words: String = page.spans(row - 1).filter(|span| span.place.is_some()).map(|span| span.words).collect();
    let mut ends = Vec::new();
    opportunities(&words, &mut ends);
    ends.len() <= 1
}

fn check_library(library: &Library, widths: &[usize]) {
    let mut found = Vec::new();
    for post in &library.posts {
        let document = reading::read(library, post);
        for width in widths {
            found.extend(
                faults(&lay_out(&document, &Sheet::of(*width)))
                    .into_iter()
                    .map(|fault| format!("{} at {width}: {fault}", post.name)),
            );
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found[..found.len().min(40)].join("\n"));
}

#[test]
fn no_row_of_the_samples_starts_or_ends_wrong() {
    let widths: Vec<usize> = (20..=120).collect();
    check_library(&Shelf::Samples.open(None).unwrap(), &widths);
}

#[test]
fn no_row_of_real_posts_starts_or_ends_wrong() {
    for site in ["seed", "babarot_tellme.tokyo"] {
        let Some(path) = shared::path(&format!("sites/{site}")) else { continue };
        check_library(&Library::open(&path, None).unwrap(), &[20, 27, 33, 40, 52, 60, 72, 80, 100, 120]);
    }
}
