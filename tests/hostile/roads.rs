//! Every road out of the program (screen, title, clipboard, links, print, list, messages), over posts made at random of what is dangerous:
//! the only control bytes are those that the program composes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::bytes;
use crate::pseudo_terminal::{KIJI, Launch, environment};

/// What must not come through, in every form that a file can hold it in.
const DANGERS: [&str; 31] = [
    "\u{1b}]0;ZQ9X\u{7}",
    "\u{1b}]52;c;ZQ9X\u{1b}\\",
    "\u{1b}[31m",
    "\u{1b}",
    "\u{9b}31m",
    "\u{9d}0;ZQ9X\u{9c}",
    "\u{7f}",
    "\u{8}",
    "\r",
    "\t",
    "\u{0}",
    "\u{85}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{61c}",
    "\u{e0041}",
    "\u{200b}",
    "\u{ad}",
    "\u{2028}",
    "\u{feff}",
    "&#27;[31m",
    "&#x9b;31m",
    "&#127;",
    "&#x202e;",
    "\\e[31m",
    "\\u001b]0;ZQ9X\\u0007",
    "\\x9b",
    "%1b%5b31m",
    "%C2%9B31m",
    "ZQ9X",
];

/// Where it may stand.
const PLACES: [&str; 30] = [
    "@",
    "# @",
    "**@**",
    "[@](https://e.example/)",
    "[a](https://e.example/@)",
    "[a](<https://e.example/@>)",
    "[a](@)",
    "[a](mailto:@)",
    "[a](other.md#@)",
    "![@](a.png)",
    "![a](<@.png>)",
    "[a](https://e.example \"@\")",
    "`@`",
    "```@\n@\n```",
    "    @",
    "| @ | b |\n|---|---|\n| a | @ |",
    "x[^@]\n\n[^@]: @",
    "- @\n- [x] @",
    "> [!@] @\n> @",
    "<div title=\"@\">@</div>",
    "<a href=\"@\">@</a> <a href=\"https://e.example/@\">x</a>",
    "<!-- @ -->",
    "<ruby>@<rt>@</rt></ruby>",
    "<https://e.example/@>",
    "$$@$$",
    "{{< img src=\"@\" title=\"@\" >}}",
    "{{< @ >}}",
    "{{< details \"@\" >}}@{{< /details >}}",
    "{{< youtube @ >}} {{< ref \"@\" >}}",
    "[a](@://x) [b](javascript:@)",
];

/// Front matters, with a title, tags and so on.
const FRONT_MATTERS: [&str; 8] = [
    "---\ntitle: \"@\"\ntags: [\"@\", \"@\"]\ndate: \"@\"\nauthor: \"@\"\n---\n",
    "---\ntitle: @\ntags: @\ncategories: [\"@\"]\nslug: \"@\"\naliases: [\"@\"]\nurl: \"/@/\"\n---\n",
    "---\n\"@\": [\ntitle: x\n---\n",
    "+++\ntitle = \"@\"\ntags = [\"@\"]\nx = @\n+++\n",
    "+++\ntitle = '@'\ncanonicalURL = '@'\n+++\n",
    "{\"title\": \"@\", \"tags\": [\"@\"]}\n",
    "{\"title\": \"@\", @}\n",
    "# @\n",
];

/// A post: a front matter and places, all of them with dangers in.
fn post() -> impl Strategy<Value = String> {
    let dangers =
        || prop::collection::vec(prop::sample::select(DANGERS.to_vec()), 1..4).prop_map(|parts| parts.concat());
    let filled = |places: &'static [&'static str]| {
        (prop::sample::select(places.to_vec()), dangers()).prop_map(|(place, danger)| place.replace('@', &danger))
    };
    (filled(&FRONT_MATTERS), prop::collection::vec(filled(&PLACES), 1..8))
        .prop_map(|(front_matter, places)| format!("{front_matter}\n{}\n\nthe end\n", places.join("\n\n")))
}

/// Posts that differ from run to run only where proptest is told so.
fn posts(count: usize) -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| post().new_tree(&mut runner).expect("a post").current()).collect()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(KIJI);
    command.args(arguments).current_dir(folder).env_clear().envs(environment(folder)).stdin(Stdio::null());
    command.output().expect("kiji runs")
}

/// What a run printed on each of its streams.
fn check_run(folder: &Path, arguments: &[&str], check: fn(&str)) {
    let output = run(folder, arguments);
    check(std::str::from_utf8(&output.stdout).expect("UTF-8"));
    bytes::check_words(std::str::from_utf8(&output.stderr).expect("UTF-8"));
    assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?}: {:?}", output.status);
}

/// A folder of posts, with a site's settings and files that are named to harm.
fn folder(posts: &[String]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, post) in posts.iter().enumerate() {
        let danger = DANGERS[number % DANGERS.len()].replace(['/', '\0'], "");
        fs::write(folder.path().join(format!("{number:03}{danger}.md")), post).expect("a post");
    }
    let settings = "title = \"\\u001b]0;ZQ9X\\u0007\\u202e\"\nbaseURL = \"https://e.example/\u{9b}\"\ntheme = \"\\u001b[31m\"\n\"\\u001b\" = [\n";
    fs::write(folder.path().join("hugo.toml"), settings).expect("settings");
    folder
}

#[test]
fn no_road_out_carries_what_a_post_holds() {
    let posts = posts(96);
    let folder = folder(&posts);
    let mut files: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.path()).collect();
    files.sort();
    check_run(folder.path(), &["list"], bytes::check_words);
    check_run(folder.path(), &["list", "--json"], bytes::check_words);
    for file in &files {
        let file = file.to_str().expect("UTF-8");
        check_run(folder.path(), &["show", "--format", "ansi", "--links", file], bytes::check_ansi);
        check_run(folder.path(), &["show", "--links", file], bytes::check_words);
        check_run(folder.path(), &["show", "--format", "json", file], bytes::check_words);
    }
    for danger in DANGERS.map(|danger| danger.replace('\0', "")) {
        check_run(folder.path(), &["show", &danger], bytes::check_words);
        check_run(folder.path(), &["list", &danger], bytes::check_words);
        check_run(folder.path(), &["show", "--encoding", &danger, "x.md"], bytes::check_words);
        check_run(folder.path(), &[&format!("--{danger}")], bytes::check_words);
    }
}

#[test]
fn nothing_of_a_post_controls_the_screen() {
    let posts = posts(48);
    let folder = folder(&posts);
    let mut session = Launch::new(&["."]).folder(folder.path()).start();
    session.wait_for_row(0, &format!("{0}/{0}", posts.len()));
    for keys in ["\r", "!", "\x1b", "t", "\x1b"] {
        let mark = session.mark();
        session.keys(keys);
        session.wait_for_frame(mark);
        thread::sleep(Duration::from_millis(40));
    }
    for _ in &posts {
        // Hints, details, what links here; the first link at hand, copied, opened, come back from.
        for keys in ["f", "\x1b", "i", "\x1b", "W", "\x1b", "\t", "y", "o", "\x1b", "H", "J"] {
            session.keys(keys);
            thread::sleep(Duration::from_millis(if keys == "\x1b" { 40 } else { 5 }));
        }
    }
    session.escape();
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    bytes::check_screen(&session.raw_since(0));
}
