//! The walls that parsers fall over: each is shown, with no more memory than a real post may take, and none overflows the stack.
//!
//! The shapes are those of the lists that parsers of Markdown, YAML, TOML, HTML and templates are tried on, and of what was found here.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Outcome::Held;
use crate::pseudo_terminal::{KIJI, environment};
use crate::{bytes, check_all};

/// How much memory a wall may take, in KiB of address space: what the program has of its own is part of it.
const MEMORY: usize = 400_000;

/// A wall: its name, what stands before it, what it is made of, and what after it.
type Wall = (&'static str, &'static str, &'static str, &'static str);

const WALLS: [Wall; 44] = [
    ("strong-open", "", "**a ", ""),
    ("emphasis-mixed", "", "*a **b ", ""),
    ("underscores", "", "_a __b ", ""),
    ("brackets-open", "", "[", ""),
    ("brackets-closed", "", "a]", ""),
    ("links-unclosed", "", "[a](<b", ""),
    ("link-titles", "", "[a](b \"", ""),
    ("images-nested", "", "![[]()", ""),
    ("backticks", "", "e``` e` ", ""),
    ("quotes", "", "> ", "a"),
    ("items", "", "- ", "a"),
    ("comments", "", "<!--", ""),
    ("processing", "", "<?", ""),
    ("cdata", "", "<![CDATA[", ""),
    ("entities", "", "&amp;", ""),
    ("headings", "", "# a\n", ""),
    ("paragraphs", "", "a\n\n", ""),
    ("list", "", "- a\n", ""),
    ("rows", "|a|b|\n|-|-|\n", "|x|y|\n", ""),
    ("columns", "", "|a", "|\n"),
    ("footnotes", "", "[^a] ", "\n\n[^a]: x\n"),
    ("links", "", "[a](b)\n\n", ""),
    ("bare-urls", "", "https://a.b/c ", ""),
    ("one-line", "", "x", ""),
    ("one-line-of-kanji", "", "字", ""),
    ("combining", "e", "\u{301}", ""),
    ("joined-emoji", "", "👩\u{200d}", ""),
    ("controls", "", "\u{1}", ""),
    ("zeros", "", "\0", ""),
    ("div", "", "<div>", ""),
    ("bold", "", "<b>", ""),
    ("cells", "", "<table><tr><td>", ""),
    ("tall-cells", "<table>", "<tr><td rowspan=60000 colspan=1000>a</td></tr>", "</table>"),
    ("attributes", "<a ", "x=1 ", ">"),
    ("roots", "$", "\\sqrt", "$"),
    ("fractions", "$", "\\frac{", "$"),
    ("powers", "$", "a^{", "$"),
    ("shortcodes", "", "{{< a >}}", ""),
    ("shortcode-pairs", "", "{{< a >}}x{{< /a >}}", ""),
    ("percent-shortcodes", "", "{{% a %}}", ""),
    ("liquid", "", "{% a %}", ""),
    ("yaml-brackets", "---\na: ", "[", "\n---\n"),
    ("toml-brackets", "+++\na = ", "[", "\n+++\n"),
    ("json-objects", "{\"a\":", "{\"a\":", "\n}\n"),
];

fn check_wall(wall: &Wall, length: usize, limit: Option<Duration>) {
    let (name, before, unit, after) = wall;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("wall.md");
    fs::write(&file, format!("{before}{}{after}\n\nthe end\n", unit.repeat(length / unit.len()))).expect("a post");
    let script = format!("ulimit -v {MEMORY}; exec \"$0\" show --format ansi --width 80 \"$1\"");
    let start = Instant::now();
    let output = Command::new("sh")
        .env_clear()
        .envs(environment(folder.path()))
        .args(["-c", &script, KIJI])
        .arg(&file)
        .output()
        .expect("kiji runs");
    let taken = start.elapsed();
    assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    bytes::check_ansi(std::str::from_utf8(&output.stdout).expect("UTF-8"));
    assert!(limit.is_none_or(|limit| taken < limit), "{name}: {taken:?}");
}

#[test]
fn every_wall_is_borne() {
    check_all(&WALLS, |wall, tally| {
        tally.check(wall.0, || {
            check_wall(wall, 300_000, None);
            Held
        });
    })
    .report("walls");
}

#[test]
#[ignore = "it asserts times: cargo test --release --test hostile walls -- --ignored --nocapture"]
fn walls_of_ten_megabytes_take_a_second_at_most() {
    check_all(&WALLS, |wall, tally| {
        tally.check(wall.0, || {
            check_wall(wall, 10_000_000, Some(Duration::from_secs(1)));
            Held
        });
    })
    .report("walls of ten megabytes");
}
