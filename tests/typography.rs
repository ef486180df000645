//! Line breaking and clusters against the shared suites: Unicode's own, JLREQ's table, the web platform's.

mod shared;

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
