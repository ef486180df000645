//! The whole program beside others, each pair in one run: `cargo bench --bench programs`, with words of the names of rows to choose some.
//!
//! What counts is the ratio of the medians. Programs that are not installed are left out, and said so. Linux only: it reads `/proc`.

#[path = "programs/posts.rs"]
mod posts;
#[path = "programs/run.rs"]
mod run;
#[path = "programs/terminal.rs"]
mod terminal;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use posts::{END, START};
use run::{is_installed, memory, time};
use terminal::Terminal;

const KIJI: &str = env!("CARGO_BIN_EXE_kiji");
const RUNS: usize = 9;
/// As many posts as a blog of ten years has.
const SMALL: usize = 95;

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let temporary = std::env::temp_dir();
    // What programs keep for themselves is no change of a folder that is read.
    let bench = Bench { folder: temporary.join("kiji-bench"), home: temporary.join("kiji-bench-home"), chosen };
    for folder in [&bench.folder, &bench.home] {
        fs::create_dir_all(folder).expect("a folder");
    }
    println!("{:<44} {:>10} {:>10} {:>8} {:>7}", "", "kiji", "baseline", "ratio", "noise");
    bench.printing();
    bench.first_frames();
    bench.indexes();
    bench.keys();
    bench.scaling();
    println!("binary: {:.1} MB", megabytes(fs::metadata(KIJI).map_or(0, |file| file.len() as usize)));
}

struct Bench {
    folder: PathBuf,
    home: PathBuf,
    chosen: Vec<String>,
}

/// Times of one thing, sorted.
struct Times(Vec<Duration>);

impl Times {
    fn new(mut times: Vec<Duration>) -> Times {
        times.sort();
        Times(times)
    }

    fn median(&self) -> Duration {
        self.0[self.0.len() / 2]
    }

    fn percentile(&self, percent: usize) -> Duration {
        self.0[(self.0.len() * percent / 100).min(self.0.len() - 1)]
    }

    /// How far the middle half lies apart, as a share of the median.
    fn noise(&self) -> f64 {
        self.percentile(75).saturating_sub(self.percentile(25)).as_secs_f64() / self.median().as_secs_f64()
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0
}

impl Bench {
    fn wants(&self, name: &str) -> bool {
        self.chosen.is_empty() || self.chosen.iter().any(|word| name.contains(word.as_str()))
    }

    /// Measures two things in turn and prints a row.
    fn compare(&self, name: &str, mut ours: impl FnMut() -> Duration, mut other: impl FnMut() -> Duration) {
        if !self.wants(name) {
            return;
        }
        // Once for the caches of files.
        ours();
        other();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            left.push(ours());
            right.push(other());
        }
        let (left, right) = (Times::new(left), Times::new(right));
        println!(
            "{name:<44} {:>7.2} ms {:>7.2} ms {:>7.2}x {:>6.0}%",
            milliseconds(left.median()),
            milliseconds(right.median()),
            left.median().as_secs_f64() / right.median().as_secs_f64(),
            100.0 * left.noise().max(right.noise()),
        );
    }

    /// The same for two programs that print and end.
    fn compare_programs(&self, name: &str, ours: &[&str], other: &[&str]) {
        if is_installed(other[0]) {
            self.compare(name, || time(ours, &self.home), || time(other, &self.home));
        } else if self.wants(name) {
            println!("{name:<44} {} is not installed", other[0]);
        }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let file = self.folder.join(name);
        if fs::read_to_string(&file).ok().as_deref() != Some(text) {
            fs::write(&file, text).expect("a file");
        }
        file.to_str().expect("a path in UTF-8").to_owned()
    }

    fn blog(&self, posts: usize) -> String {
        posts::blog(&self.folder, posts).to_str().expect("a path in UTF-8").to_owned()
    }

    fn printing(&self) {
        let small = self.file("small.md", &posts::prose(5000));
        let coded = self.file("coded.md", &posts::mixed(5000));
        let large = self.file("large.md", &posts::prose(1_000_000));
        let huge = self.file("huge.md", &posts::mixed(10_000_000));
        let plain = |file| [KIJI, "show", "--format", "plain", file];
        let ansi = |file| [KIJI, "show", "--format", "ansi", file];
        self.compare_programs("print 5 KB, plain / cat", &plain(&small), &["cat", &small]);
        self.compare_programs("print 5 KB, ansi / cat", &ansi(&small), &["cat", &small]);
        self.compare_programs("print 5 KB with code, ansi / cat", &ansi(&coded), &["cat", &coded]);
        self.compare_programs("print 1 MB, plain / cat", &plain(&large), &["cat", &large]);
        self.compare_programs("print 1 MB, ansi / lowdown", &ansi(&large), &["lowdown", "-Tterm", &large]);
        let bat = ["batcat", "bat"].into_iter().find(|name| is_installed(name)).unwrap_or("bat");
        let coloured = [bat, "-l", "md", "--color=always", "--paging=never", &huge];
        self.compare_programs("print 10 MB, ansi / bat", &ansi(&huge), &coloured);
    }

    /// The time until a program shows these words.
    fn first(&self, program: &[&str], words: &str) -> Duration {
        Terminal::start(program, &self.home).first(words)
    }

    fn first_frames(&self) {
        let small = self.file("small.md", &posts::prose(5000));
        let large = self.file("large.md", &posts::prose(1_000_000));
        let huge = self.file("huge.md", &posts::mixed(10_000_000));
        for (name, file) in [("first frame, 5 KB / less", &small), ("first frame, 1 MB / less", &large)] {
            self.compare(name, || self.first(&[KIJI, file], START), || self.first(&["less", file], START));
        }
        let source = fs::read_to_string(&huge).expect("a file");
        let parse = || {
            let started = Instant::now();
            std::hint::black_box(pulldown_cmark::Parser::new(&source).count());
            started.elapsed()
        };
        self.compare("first frame, 10 MB / parse alone", || self.first(&[KIJI, &huge], START), parse);
        let blog = self.blog(SMALL);
        let all = ["sh", "-c", &format!("cat {blog}/content/post/*/*.md")];
        self.compare(
            "first frame, 95 posts indexed / cat",
            || self.first(&[KIJI, &blog], "番目の記事"),
            || time(&all, &self.home),
        );
        for posts in [10_000, 100_000] {
            for (what, words) in [("frame", "\x1b[?2026l"), ("titles", "番目の記事")] {
                let name = format!("first {what}, {posts} posts / {SMALL}");
                if self.wants(&name) {
                    let many = self.blog(posts);
                    let some = || self.first(&[KIJI, &blog], words);
                    self.compare(&name, || self.first(&[KIJI, &many], words), some);
                }
            }
        }
    }

    fn indexes(&self) {
        if !self.wants("list 10,000") && !self.wants("search 10,000") {
            return;
        }
        let blog = self.blog(10_000);
        let list = [KIJI, "list", &blog];
        let rg = ["rg", "-l", "需要曲線", &blog];
        let first = || {
            let _ = fs::remove_dir_all(run::cache(&self.home));
            time(&list, &self.home)
        };
        self.compare("list 10,000 posts, first time / rg -l", first, || time(&rg, &self.home));
        self.compare_programs("list 10,000 posts, again / find", &list, &["find", &blog, "-name", "*.md"]);
        self.compare_programs("list 10,000 posts, again / find -size", &list, &["find", &blog, "-size", "+0"]);
        // Words that no post has, and words that a few have.
        for (name, word) in
            [("search 10,000 posts, none / rg -l", "需要曲線"), ("search 10,000 posts, some / rg -l", "100番目")]
        {
            self.compare_programs(name, &[KIJI, "search", word, &blog], &["rg", "-l", word, &blog]);
        }
        self.compare("search 10,000 in the reader, first / rg -l", || self.search(&blog, 0), || time(&rg, &self.home));
        self.compare("search 10,000 in the reader, second / rg -l", || self.search(&blog, 1), || time(&rg, &self.home));
    }

    /// How long one of several searches in one session takes.
    fn search(&self, blog: &str, which: usize) -> Duration {
        let mut terminal = Terminal::start(&[KIJI, blog], &self.home);
        terminal.first("番目の記事");
        terminal.rest();
        terminal.press_and_settle("S");
        let words = ["需要曲線", "言葉は需要"];
        let mut took = Duration::ZERO;
        for words in &words[..=which] {
            // All of the line is erased, and the words come at once.
            terminal.press_and_settle("\x15");
            took = terminal.press_and_settle(&format!("\x1b[200~{words}\x1b[201~"));
            terminal.rest();
        }
        took
    }

    /// What a key costs: processor time in all threads, and bytes to the terminal.
    fn keys(&self) {
        let small = self.file("small.md", &posts::prose(5000));
        let large = self.file("large.md", &posts::prose(1_000_000));
        let huge = self.file("huge.md", &posts::mixed(10_000_000));
        for (name, program) in [
            ("key j, 1 MB, kiji", vec![KIJI, &large]),
            ("key j, 1 MB, less", vec!["less", &large]),
            ("key j, 5 KB, kiji", vec![KIJI, &small]),
        ] {
            self.cost(name, &program, START, "j", 60);
        }
        for posts in [10_000, 100_000] {
            let blog = self.blog(posts);
            let keys = |keys: &str| keys.chars().map(String::from).collect::<Vec<_>>();
            let typed = keys(&format!("/番目の記事{0}端末{0}9番目{0}kiji{0}", "\u{7f}".repeat(5)));
            for (what, keys) in
                [("j", keys(&"j".repeat(60))), ("Space", keys(&" ".repeat(60))), ("filter letters", typed)]
            {
                self.costs(&format!("key {what} in the index of {posts}"), &[KIJI, &blog], "番目の記事", &keys);
            }
        }
        if self.wants("end key") {
            let end = || {
                let mut terminal = Terminal::start(&[KIJI, &huge], &self.home);
                terminal.first(START);
                terminal.press_until("G", END)
            };
            let printed = |format: &str| time(&[KIJI, "show", "--format", format, &huge], &self.home);
            self.compare("end key, 10 MB / print in colour", end, || printed("ansi"));
            self.compare("end key, 10 MB / print plain", end, || printed("plain"));
            let mut terminal = Terminal::start(&[KIJI, &huge], &self.home);
            terminal.first(START);
            terminal.press_until("G", END);
            println!("{:<44} {:>7.0} MB", "memory, 10 MB", megabytes(terminal.most_memory()));
        }
    }

    fn cost(&self, name: &str, program: &[&str], first: &str, key: &str, times: usize) {
        self.costs(name, program, first, &vec![key.to_owned(); times]);
    }

    fn costs(&self, name: &str, program: &[&str], first: &str, keys: &[String]) {
        if !self.wants(name) {
            return;
        }
        let mut terminal = Terminal::start(program, &self.home);
        terminal.first(first);
        terminal.rest();
        let costs = terminal.costs_of(keys);
        let bytes = costs.iter().map(|(_, bytes)| bytes).sum::<usize>() / keys.len();
        let cost = Times::new(costs.into_iter().map(|(cost, _)| cost).collect());
        println!(
            "{name:<44} {:>7.3} ms median {:>7.3} ms p99 {bytes:>6} bytes; idle {:.3} ms/s; memory {:.0} MB",
            milliseconds(cost.median()),
            milliseconds(cost.percentile(99)),
            milliseconds(terminal.idle()),
            megabytes(terminal.most_memory()),
        );
    }

    /// Time and memory as posts and documents grow.
    fn scaling(&self) {
        for posts in [100, 1000, 10_000, 100_000] {
            let name = format!("scaling: index of {posts} posts");
            if self.wants(&name) {
                let blog = self.blog(posts);
                let _ = fs::remove_dir_all(run::cache(&self.home));
                let mut terminal = Terminal::start(&[KIJI, &blog], &self.home);
                let ready = terminal.first("番目の記事");
                let whole = if posts > 1000 { terminal.first(&format!("/{posts} ")) } else { ready };
                terminal.rest();
                let reader = megabytes(terminal.most_memory());
                let again = Times::new((0..RUNS).map(|_| time(&[KIJI, "list", &blog], &self.home)).collect());
                let _ = fs::remove_dir_all(run::cache(&self.home));
                let first = time(&[KIJI, "list", &blog], &self.home);
                let list = megabytes(memory(&[KIJI, "list", &blog], &self.home));
                println!(
                    "{name:<44} titles {:>7.1} ms, all {:>8.1} ms; list {:>8.1} ms, again {:>7.1} ms; memory {reader:.0} MB, list {list:.0} MB",
                    milliseconds(ready),
                    milliseconds(whole),
                    milliseconds(first),
                    milliseconds(again.median()),
                );
            }
        }
        for kilobytes in [10, 100, 1000, 10_000, 100_000] {
            let name = format!("scaling: document of {kilobytes} KB");
            if self.wants(&name) {
                let file = self.file(&format!("{kilobytes}.md"), &posts::mixed(kilobytes * 1000));
                let mut terminal = Terminal::start(&[KIJI, &file], &self.home);
                let ready = terminal.first(START);
                // Where the end is in sight, all of it is there.
                let end = terminal.press_until("G", END);
                let memory = megabytes(terminal.most_memory());
                let [plain, ansi] =
                    ["plain", "ansi"].map(|format| time(&[KIJI, "show", "--format", format, &file], &self.home));
                println!(
                    "{name:<44} first frame {:>8.1} ms, end key {:>8.1} ms, print {:>8.1} ms, in colour {:>8.1} ms, memory {memory:.0} MB",
                    milliseconds(ready),
                    milliseconds(end),
                    milliseconds(plain),
                    milliseconds(ansi)
                );
            }
        }
    }
}
