//! Every item of the hostile folder: listed or not, printed, shown on the screen, and never harmful.

use std::collections::HashMap;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use kiji::text::Clean;
use serde_json::Value;

use crate::Outcome::Held;
use crate::corpus::{Corpus, Item, real_path};
use crate::pseudo_terminal::{KIJI, Launch, environment, line};
use crate::{bytes, check_all};

/// How an item is printed: the format, and what may be in it.
type Format = (&'static str, fn(&str));

const FORMATS: [Format; 3] = [("ansi", bytes::check_ansi), ("plain", bytes::check_words), ("json", bytes::check_words)];

/// What `list` says of the folder.
struct Listed {
    /// The line of each post in JSON, by its path.
    posts: HashMap<String, Value>,
    /// What was said of posts on standard error.
    problems: String,
}

fn kiji(corpus: &Corpus) -> Command {
    let mut command = Command::new(KIJI);
    command.env_clear().envs(environment(&corpus.root())).current_dir(corpus.posts()).stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn listed(corpus: &Corpus) -> Listed {
    let output = kiji(corpus).args(["list", "--json", "."]).output().expect("kiji runs");
    assert_eq!(output.status.code(), Some(0));
    let (list, problems) = (text(&output.stdout), text(&output.stderr));
    bytes::check_words(list);
    bytes::check_words(problems);
    let posts = list.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let posts = posts.map(|post| (post["path"].as_str().expect("a path").to_owned(), post)).collect();
    Listed { posts, problems: problems.to_owned() }
}

fn check_item(corpus: &Corpus, listed: &Listed, item: &Item, formats: &[Format], is_strict: bool) {
    let file = real_path(&corpus.root(), &item.path);
    let below = file.strip_prefix(corpus.posts()).expect("a path below the folder");
    let name = Clean::line(&below.to_string_lossy()).to_string();
    let has_row = listed.posts.contains_key(&name);
    match item.hold["listed"].as_str() {
        Some("yes") => assert!(has_row || !is_post(below), "not listed"),
        Some("row-with-error") => {
            // One that can be read after all is better than what is asked for.
            let is_read =
                listed.posts.get(&name).is_some_and(|post| !post["title"].as_str().unwrap_or_default().is_empty());
            assert!(is_read || listed.problems.contains(&name), "neither listed nor complained of");
        }
        Some("no") => assert!(!has_row, "listed"),
        _ => {}
    }
    // A link that the user names himself is followed.
    if !is_post(below) || !file.is_file() || file.is_symlink() {
        return;
    }
    for (format, check) in formats {
        let start = Instant::now();
        let output = show(corpus, item, &file, format);
        let taken = start.elapsed();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{format}: {:?} {}", output.status, text(&output.stderr));
        check(text(&output.stdout));
        bytes::check_words(text(&output.stderr));
        for secret in corpus.secrets() {
            assert!(!text(&output.stdout).contains(&secret), "{secret} is shown");
        }
        let limit = Duration::from_millis(item.hold["max_ms"].as_u64().unwrap_or(1000));
        assert!(!is_strict || taken < limit, "{format}: {taken:?}");
    }
}

/// Prints an item, with no more memory than it may take.
fn show(corpus: &Corpus, item: &Item, file: &Path, format: &str) -> Output {
    let memory = item.hold["max_rss_mb"].as_u64().unwrap_or(300) * 1024;
    let mut command = Command::new("sh");
    command.env_clear().envs(environment(&corpus.root())).current_dir(corpus.posts()).stdin(Stdio::null());
    let script = format!("ulimit -v {memory}; exec \"$0\" show --links --width 80 --format {format} -- \"$1\"");
    command.args(["-c", &script, KIJI]).arg(file).output().expect("kiji runs")
}

fn is_post(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.as_bytes().to_ascii_lowercase()).unwrap_or_default();
    extension == b"md" || extension == b"markdown"
}

fn check_items(corpus: &Corpus, formats_of: impl Fn(usize) -> Vec<Format> + Sync, is_strict: bool) {
    let listed = listed(corpus);
    let items: Vec<(usize, Item)> = corpus.items().into_iter().enumerate().collect();
    let mut tally = check_all(&items, |(number, item), tally| {
        if item.link.is_none() {
            tally.check(&item.name, || {
                check_item(corpus, &listed, item, &formats_of(*number), is_strict);
                Held
            });
        }
    });
    tally.check("the good posts", || {
        let titles: Vec<&str> = listed.posts.values().filter_map(|post| post["title"].as_str()).collect();
        for good in corpus.good() {
            assert!(titles.contains(&&*good), "{good} is missing");
        }
        Held
    });
    tally.check("the traces", || {
        for trace in corpus.traces() {
            assert!(!Path::new(&trace).exists(), "{trace} was made");
        }
        Held
    });
    tally.report("hostile items");
}

#[test]
fn every_item_is_borne() {
    let Some(corpus) = Corpus::new() else { return };
    // Each in one of the formats; in all of them below.
    check_items(&corpus, |number| vec![FORMATS[number % FORMATS.len()]], false);
}

#[test]
#[ignore = "it takes minutes, and asserts times: cargo test --release --test hostile -- --ignored --nocapture"]
fn every_item_is_borne_in_every_format_and_in_time() {
    let Some(corpus) = Corpus::new() else { return };
    check_items(&corpus, |_| FORMATS.to_vec(), true);
}

#[test]
fn every_post_is_borne_on_the_screen() {
    let Some(corpus) = Corpus::new() else { return };
    let mut session = Launch::new(&["."]).folder(&corpus.posts()).start();
    session.wait_for("the posts", |screen| !line(screen, 0).contains("reading") && line(screen, 0).contains('/'));
    session.keys("\r");
    let count: usize = {
        let row = session.row(0);
        let numbers = row.split_whitespace().find_map(|word| word.split_once('/')).expect("a count");
        numbers.1.parse().expect("a number")
    };
    assert!(count > 300, "{count} posts");
    for step in 1..count {
        let mark = session.mark();
        session.keys("J");
        session.wait_for_frame(mark);
        session.wait_for(&format!("the words of post {step}"), |screen| {
            let row = line(screen, 1);
            let words = row.split_once('│').map_or(row.as_str(), |(_, words)| words).trim().to_owned();
            words != kiji::messages::LOADING.words()
        });
    }
    let raw = session.raw_since(0);
    for secret in corpus.secrets() {
        assert!(!raw.contains(&secret), "{secret} is shown");
    }
    let mark = session.mark();
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    session.check_given_back(mark);
    bytes::check_screen(&session.raw_since(0));
    println!("{count} hostile posts on the screen");
}
