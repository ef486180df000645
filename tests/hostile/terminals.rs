//! The states of a terminal: sizes, signals, streams, environments, browsers, input. Each case is named as in the manifest.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use kiji::messages;
use tempfile::TempDir;

use crate::Outcome::{self, Held, Skipped};
use crate::bytes;
use crate::check_all;
use crate::corpus::Corpus;
use crate::pseudo_terminal::{Launch, PATIENCE, Session, line};

/// A case: its name in the manifest, and how it is driven.
type Case = (&'static str, fn() -> Outcome);

const ASHIBA: &str = "sample-posts/content/post/2018/moved-to-ashiba.md";
/// A link of that post, and the words that it stands on.
const LINK: &str = "https://man7.org/linux/man-pages/man8/ss.8.html";
const LINK_WORDS: &str = "コマンドの出力を指さして";

const CASES: [Case; 63] = [
    ("size-0x0", || size(0, 0)),
    ("size-1x1", || size(1, 1)),
    ("size-1x200", || size(200, 1)),
    ("size-200x1", || size(1, 200)),
    ("size-2x2", || size(2, 2)),
    ("size-3x20", || size(20, 3)),
    ("size-500x2000", || size(2000, 500)),
    ("size-65535", || size(u16::MAX, u16::MAX)),
    ("resize-storm", resize_storm),
    ("resize-during-load", resize_during_load),
    ("resize-narrow-wide", resize_narrow_wide),
    ("sigterm", || ending_signal("TERM", 143)),
    ("sigint", || ending_signal("INT", 130)),
    ("sighup", || ending_signal("HUP", 129)),
    ("sigquit", || ending_signal("QUIT", 131)),
    ("sigtstp", stop_and_go_on),
    ("sigcont-resized", resized_while_stopped),
    ("sigwinch-only", || borne_signal("WINCH")),
    ("sigpipe", || borne_signal("PIPE")),
    ("sigusr1", || ending_signal("USR1", 138)),
    ("hangup", hangup),
    ("hangup-ignored", hangup_ignored),
    ("panic-main", panic_on_the_main_thread),
    ("panic-worker", panic_on_another_thread),
    ("stack-overflow", deep_posts_on_a_small_stack),
    ("oom", little_memory),
    ("stdin-null", || reads_keys("exec \"$KIJI\" sample-posts </dev/null")),
    ("stdin-pipe", || reads_keys("yes q | \"$KIJI\" sample-posts")),
    ("stdout-pipe", || refused("\"$KIJI\" sample-posts | cat; exit 2", &messages::NO_TERMINAL)),
    ("stdout-closed", stdout_closed),
    ("no-tty", || refused("exec setsid -w \"$KIJI\" sample-posts </dev/null 2>&1 >/dev/null", &messages::NO_TERMINAL)),
    ("stderr-closed", || reads_keys("exec \"$KIJI\" sample-posts 2>&-")),
    ("fds-closed", fds_closed),
    ("term-dumb", || refused("TERM=dumb exec \"$KIJI\" sample-posts", &messages::DUMB_TERMINAL)),
    ("term-unset", term_unset),
    ("term-vt100", || colourless(&[("TERM", "vt100"), ("NO_COLOR", "1")])),
    ("no-color", || colourless(&[("NO_COLOR", "1")])),
    ("locale-c", || locale("C")),
    ("locale-sjis", || locale("ja_JP.SJIS")),
    ("ambiguous-wide", ambiguous_wide),
    ("home-unset", || reads_keys("unset HOME XDG_CONFIG_HOME; exec \"$KIJI\" sample-posts")),
    ("home-readonly", || {
        reads_keys("HOME=/proc XDG_STATE_HOME=/proc XDG_CACHE_HOME=/proc exec \"$KIJI\" sample-posts")
    }),
    ("state-corrupt", || {
        reads_keys(
            "d=\"$HOME/.local/state/kiji\"; mkdir -p \"$d\"; head -c 5000 /dev/urandom >\"$d/state.jsonl\"; exec \"$KIJI\" sample-posts",
        )
    }),
    ("cwd-deleted", cwd_deleted),
    ("path-missing", || refused("exec \"$KIJI\" nosuch", "nosuch")),
    ("path-is-file", || reads_keys("exec \"$KIJI\" sample-posts/content/post/2018/moved-to-ashiba.md")),
    ("path-is-fifo", path_is_fifo),
    ("path-empty", path_empty),
    ("path-invalid-utf8", path_not_utf_8),
    ("nofile-limit", || reads_keys("ulimit -n 20; exec \"$KIJI\" sample-posts")),
    ("browser-missing", || browser_fails(&[("BROWSER", "/nonexistent/browser")])),
    ("browser-slow", browser_slow),
    ("browser-noisy", || browser_is_not_seen("echo noise-of-it; echo noise-of-it >&2")),
    ("browser-writes-tty", || browser_is_not_seen("echo noise-of-it 2>/dev/null >/dev/tty")),
    ("browser-fails", browser_ends_badly),
    ("browser-text", || browser_fails(&[("SSH_CONNECTION", "1 2 3 4")])),
    ("paste-bomb", paste_bomb),
    ("paste-escape", paste_escape),
    ("key-flood", key_flood),
    ("unknown-csi-input", unknown_input),
    ("slow-terminal", slow_terminal),
    ("clock-jump", clock_jump),
    ("timezone-odd", || {
        reads_keys("TZ=:/dev/zero exec \"$KIJI\" sample-posts");
        reads_keys("TZ=Nowhere/Zone exec \"$KIJI\" sample-posts")
    }),
];

#[test]
fn every_state_of_the_terminal_is_borne() {
    let named = Corpus::terminal_states().unwrap_or_else(|| CASES.map(|(name, _)| name.to_owned()).into());
    // One case can be asked for alone.
    let only = std::env::var("KIJI_CASE").ok();
    let asked: Vec<Case> =
        CASES.into_iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)).collect();
    let mut tally = check_all(&asked, |(name, case), tally| {
        let start = Instant::now();
        tally.check(name, case);
        eprintln!("{name}: {:?}", start.elapsed());
    });
    for name in named.iter().filter(|name| !CASES.iter().any(|(known, _)| known == name)) {
        tally.failed.push(format!("{name}: nothing drives it"));
    }
    tally.report("states of the terminal");
}

/// The reader on the post about the team, its first rows shown.
fn reader(launch: Launch) -> Session {
    let session = launch.start();
    session.wait_for_text("この春から、");
    session
}

fn ashiba() -> Session {
    reader(Launch::new(&[ASHIBA]))
}

/// Leaves the program, and sees to it that all is well.
pub fn quit(mut session: Session) -> Outcome {
    let mark = session.mark();
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    session.check_given_back(mark);
    bytes::check_screen(&session.raw_since(0));
    Held
}

fn size(columns: u16, rows: u16) -> Outcome {
    let mut session = Launch::new(&["sample-posts"]).size(columns, rows).start();
    for keys in ["j", "\r", "G", "t", "\x1b", "f", "\x1b", "?", "\x1b"] {
        session.keys(keys);
        // Where nothing fits nothing is drawn, and an Esc that is not alone is another key.
        thread::sleep(Duration::from_millis(40));
    }
    session.resize(80, 24);
    session.wait_for_text("日々の余白");
    if columns > 0 {
        session.resize(columns, rows);
    }
    quit(session)
}

fn resize_storm() -> Outcome {
    let mut session = ashiba();
    for step in 0..2000_u16 {
        session.resize_unseen(1 + step * 7 % 200, 1 + step * 3 % 60);
        if step % 20 == 0 {
            session.keys("j");
        }
    }
    session.keys("g");
    session.resize(91, 33);
    session.wait_for_row(-1, &messages::for_help("?"));
    session.wait_for_text("この春から、");
    quit(session)
}

fn resize_during_load() -> Outcome {
    let mut session = Launch::new(&["sample-posts"]).start();
    for columns in (20..120).rev() {
        session.resize_unseen(columns, 30);
    }
    session.resize(100, 30);
    session.wait_for_text("日々の余白");
    quit(session)
}

fn resize_narrow_wide() -> Outcome {
    let mut session = reader(Launch::new(&[ASHIBA]).size(80, 24));
    session.keys("d");
    session.wait_for("a page further", |screen| !screen.contents().contains("この春から、"));
    // Blanks that were written and cells that were not look the same.
    let first = |screen: &vt100::Screen| line(screen, 1).trim_end().to_owned();
    let before = session.look(first);
    for columns in [10, 200, 80] {
        let mark = session.mark();
        session.resize(columns, 24);
        session.wait_for_frame(mark);
    }
    session.wait_for(&format!("{before:?} at the top"), |screen| first(screen) == before);
    quit(session)
}

fn ending_signal(name: &str, code: u32) -> Outcome {
    let mut session = ashiba();
    let mark = session.mark();
    session.signal(name);
    assert_eq!(session.exit_code(), code, "SIG{name}");
    session.check_given_back(mark);
    Held
}

fn borne_signal(name: &str) -> Outcome {
    let mut session = ashiba();
    for _ in 0..20 {
        session.signal(name);
    }
    session.keys("i");
    session.wait_for_text(messages::POST_DETAILS.words());
    session.escape();
    quit(session)
}

fn stop_and_go_on() -> Outcome {
    for by_signal in [true, false] {
        let mut session = ashiba();
        let mark = session.mark();
        if by_signal {
            session.signal("TSTP");
        } else {
            session.keys("\x1a");
        }
        session.wait_for_raw(mark, "\x1b[?1049l");
        wait_until("a stopped program", || state(session.process()) == "T");
        session.check_given_back(mark);
        let mark = session.mark();
        session.go_on(mark, "\x1b[?1049h");
        session.wait_for_frame(mark);
        session.wait_for_text("この春から、");
        quit(session);
    }
    Held
}

fn resized_while_stopped() -> Outcome {
    let mut session = ashiba();
    let mark = session.mark();
    session.signal("TSTP");
    session.wait_for_raw(mark, "\x1b[?1049l");
    wait_until("a stopped program", || state(session.process()) == "T");
    session.resize(70, 20);
    let mark = session.mark();
    session.go_on(mark, "\x1b[?1049h");
    session.wait_for_row(-1, &messages::for_help("?"));
    session.wait_for_text("この春から、");
    quit(session)
}

/// The state of a process as the system has it: `S`, `T`, `Z` and so on; nothing for one that is gone.
fn state(process: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    status.rsplit(") ").next().and_then(|rest| rest.split(' ').next()).unwrap_or_default().to_owned()
}

pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "not seen: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn hangup() -> Outcome {
    gone("exec setsid -c \"$KIJI\" sample-posts")
}

/// Without a controlling terminal nobody tells the program that its terminal is gone.
fn hangup_ignored() -> Outcome {
    gone("trap '' HUP; exec setsid -c \"$KIJI\" sample-posts");
    gone("trap '' HUP; exec setsid \"$KIJI\" sample-posts")
}

/// The program ends, and at once, when its terminal vanishes.
fn gone(script: &str) -> Outcome {
    let mut bare = bytes::Bare::start(script);
    bare.read_until("日々の余白");
    let mut child = bare.hang_up();
    wait_until("the end of a program without a terminal", || child.try_wait().expect("a child").is_some());
    Held
}

fn panic_on_the_main_thread() -> Outcome {
    let mut session = reader(Launch::new(&[ASHIBA]).env("KIJI_PANIC", "key"));
    let mark = session.mark();
    session.keys("?");
    assert_ne!(session.exit_code(), 0);
    session.check_given_back(mark);
    session.look(|screen| assert!(screen.contents().contains("KIJI_PANIC"), "{}", screen.contents()));
    Held
}

fn panic_on_another_thread() -> Outcome {
    for (place, said) in [
        ("scanning", &messages::SCAN_FAILED),
        ("loading", &messages::WORKER_FAILED),
        ("backlinks", &messages::WORKER_FAILED),
    ] {
        let mut session = Launch::new(&["sample-posts"]).env("KIJI_PANIC", place).start();
        session.wait_for_frame(0);
        if place == "backlinks" {
            session.wait_for_text("踊り場に立つ");
            session.keys("W");
        }
        session.wait_for_row(-1, said.words());
        session.look(|screen| assert!(screen.alternate_screen(), "the screen goes on"));
        session.escape();
        session.keys("?");
        session.wait_for_text(messages::KEYS.words());
        session.escape();
        quit(session);
    }
    let mut session = reader(Launch::new(&[ASHIBA]).env("KIJI_PANIC", "listening"));
    // The first keys are heard by who listens for the answers of the terminal.
    thread::sleep(Duration::from_millis(500));
    let mark = session.mark();
    session.keys("j");
    assert_eq!(session.exit_code(), 1, "a program that hears nothing any more ends");
    session.check_given_back(mark);
    Held
}

fn deep_posts_on_a_small_stack() -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    let deep = [
        ">".repeat(100) + "a",
        "- ".repeat(100) + "a",
        "<div>".repeat(20_000),
        "<b>".repeat(20_000),
        "*".repeat(20_000) + "a" + &"*".repeat(20_000),
        "{{< details >}}".repeat(5_000),
        "[".repeat(20_000) + &"]".repeat(20_000),
        format!("---\na: {}\n---\n", "[".repeat(60)),
        format!("---\n{}\n---\n", (0..2000).map(|n| " ".repeat(n) + "a:\n").collect::<String>()),
        format!("+++\na = {}\n+++\n", "[".repeat(50_000)),
        format!("{{\"a\":{}\n}}\n", "[".repeat(50_000)),
    ];
    for (number, text) in deep.iter().enumerate() {
        fs::write(folder.path().join(format!("{number:02}.md")), format!("{text}\n\nthe end\n")).expect("a post");
    }
    let mut session = Launch::new(&["."]).folder(folder.path()).env("RUST_MIN_STACK", "262144").start();
    session.wait_for_row(0, &format!("{0}/{0}", deep.len()));
    session.keys("\r");
    let mut before = String::new();
    for _ in 0..deep.len() {
        session.wait_for("the next post", |screen| line(screen, 0) != before && line(screen, 0).contains(".md"));
        before = session.row(0);
        session.keys("J");
    }
    quit(session)
}

fn little_memory() -> Outcome {
    reads_keys("ulimit -v 400000; exec \"$KIJI\" sample-posts")
}

/// The program starts so, takes keys from the terminal, and ends well.
fn reads_keys(script: &str) -> Outcome {
    let mut session = Launch::script(script).start();
    session.wait_for_text("日々の余白");
    session.wait_for_text("踊り場に立つ");
    session.keys("?");
    session.wait_for_text(messages::KEYS.words());
    session.escape();
    quit(session)
}

/// The program says so and ends with 2, and has not touched the terminal.
fn refused(script: &str, words: &str) -> Outcome {
    let mut session = Launch::script(script).start();
    let code = session.exit_code();
    let said = session.raw_since(0);
    assert!(said.starts_with("kiji: ") && said.contains(words) && !said.contains('\x1b'), "{said:?}");
    assert_eq!(code, 2, "{said:?}");
    assert_eq!(said.lines().count(), 1, "{said:?}");
    Held
}

/// The program says so and fails.
fn said(script: &str, words: &str) -> Outcome {
    let mut session = Launch::script(script).start();
    let code = session.exit_code();
    let said = session.raw_since(0);
    assert!(matches!(code, 1 | 2) && said.contains(words) && !said.contains('\x1b'), "{code} {said:?}");
    Held
}

fn stdout_closed() -> Outcome {
    said("\"$KIJI\" sample-posts >&-", "kiji: ");
    said("\"$KIJI\" sample-posts | true; exit 1", "kiji: ");
    let mut session = Launch::script("\"$KIJI\" list sample-posts | true; \"$KIJI\" show README.md | true").start();
    assert_eq!(session.exit_code(), 0);
    assert_eq!(session.raw_since(0), "");
    Held
}

fn fds_closed() -> Outcome {
    let mut session = Launch::script("\"$KIJI\" sample-posts <&- >&- 2>&-; echo code $?").start();
    session.exit_code();
    assert_eq!(session.raw_since(0), "code 2\r\n");
    Held
}

fn term_unset() -> Outcome {
    let session = reader(Launch::new(&[ASHIBA]).without("TERM"));
    quit(session)
}

/// Whether a control sequence sets a colour rather than bold, reverse and so on.
fn is_colour(parameters: &str) -> bool {
    parameters
        .split(';')
        .any(|part| part.parse().is_ok_and(|code: u16| (30..49).contains(&code) || (90..108).contains(&code)))
}

fn colourless(environment: &[(&str, &str)]) -> Outcome {
    let launch = environment.iter().fold(Launch::new(&[ASHIBA]), |launch, (name, value)| launch.env(name, value));
    let session = reader(launch);
    let raw = session.raw_since(0);
    let set = raw.split("\x1b[").filter_map(|part| part.split_once('m').map(|(codes, _)| codes));
    let colours: Vec<&str> =
        set.filter(|codes| codes.bytes().all(|b| b.is_ascii_digit() || b == b';') && is_colour(codes)).collect();
    assert!(colours.iter().all(|codes| matches!(*codes, "39" | "49" | "39;49")), "{colours:?}");
    quit(session)
}

fn locale(name: &str) -> Outcome {
    let session = Launch::new(&[ASHIBA]).env("LC_ALL", name).without("LANG").start();
    session.wait_for_text("この春から、");
    quit(session)
}

fn ambiguous_wide() -> Outcome {
    let session = reader(Launch::new(&[ASHIBA]).settings("ambiguous = \"wide\"\ncalibrate = false\n"));
    let columns: Vec<usize> = session.look(|screen| {
        let is_border =
            |row: u16, column: u16| screen.cell(row, column).is_some_and(|cell| matches!(cell.contents(), "│" | "|"));
        (1..35).filter_map(|row| (30..60).find(|column| is_border(row, *column))).map(usize::from).collect()
    });
    assert!(columns.len() > 20 && columns.windows(2).all(|pair| pair[0] == pair[1]), "{columns:?}");
    quit(session)
}

fn cwd_deleted() -> Outcome {
    let mut session = Launch::script("mkdir \"$HOME/d\"; cd \"$HOME/d\"; rmdir \"$HOME/d\"; exec \"$KIJI\"").start();
    session.wait_for("the samples or a word", |screen| {
        screen.contents().contains("日々の余白") || screen.contents().contains("kiji:")
    });
    if session.is_running() { quit(session) } else { Held }
}

fn path_is_fifo() -> Outcome {
    let session = Launch::script("mkfifo \"$HOME/f.md\"; exec \"$KIJI\" \"$HOME/f.md\"").start();
    session.wait_for_text("not a regular file");
    quit(session)
}

fn path_empty() -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    let session = Launch::new(&[folder.path().to_str().expect("UTF-8")]).start();
    session.wait_for_text("0/0");
    session.wait_for("a word", |screen| (1..20).any(|row| !line(screen, row).trim_matches([' ', '│']).is_empty()));
    quit(session)
}

fn path_not_utf_8() -> Outcome {
    reads_keys("d=\"$HOME/$(printf 'x\\377')\"; cp -r sample-posts \"$d\"; exec \"$KIJI\" \"$d\"");
    let mut session = Launch::script("\"$KIJI\" \"$(printf 'x\\377\\033[31m')\"").start();
    assert_eq!(session.exit_code(), 2);
    bytes::check_words(&session.raw_since(0).replace("\r\n", "\n"));
    Held
}

/// A program that stands in for a browser.
struct Browser {
    folder: TempDir,
}

impl Browser {
    fn new(script: &str) -> Browser {
        let browser = Browser { folder: tempfile::tempdir().expect("a folder") };
        fs::write(browser.program(), format!("#!/bin/sh\n{script}\necho \"$$ $@\" >> \"$0.asked\"\n"))
            .expect("a script");
        fs::set_permissions(browser.program(), fs::Permissions::from_mode(0o755)).expect("a script");
        browser
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("browser")
    }

    fn name(&self) -> String {
        self.program().to_str().expect("UTF-8").to_owned()
    }

    fn asked(&self) -> String {
        fs::read_to_string(self.folder.path().join("browser.asked")).unwrap_or_default()
    }
}

/// Clicks the link of the post.
fn open_link(session: &mut Session) {
    let (column, row) = session.find(LINK_WORDS);
    session.click(column, row);
}

fn browser_fails(environment: &[(&str, &str)]) -> Outcome {
    let launch = environment.iter().fold(Launch::new(&[ASHIBA]), |launch, (name, value)| launch.env(name, value));
    let mut session = reader(launch);
    open_link(&mut session);
    session.wait_for_row(-1, &messages::copied_instead(LINK));
    quit(session)
}

fn browser_ends_badly() -> Outcome {
    let browser = Browser::new("exit 3");
    browser_fails(&[("BROWSER", &browser.name())])
}

fn browser_slow() -> Outcome {
    let browser = Browser::new("echo \"$$ $@\" >> \"$0.asked\"; exec sleep 60");
    let mut session = reader(Launch::new(&[ASHIBA]).env("BROWSER", &browser.name()));
    open_link(&mut session);
    session.wait_for_row(-1, &messages::opening(&LINK.parse().expect("an address")));
    wait_until("a browser that was asked", || browser.asked().contains(LINK));
    session.keys("i");
    session.wait_for_text(messages::POST_DETAILS.words());
    session.escape();
    quit(session);
    let number = browser.asked().split(' ').next().expect("a process").to_owned();
    assert!(std::process::Command::new("kill").arg(&number).status().expect("kill").success(), "the browser lives on");
    Held
}

fn browser_is_not_seen(script: &str) -> Outcome {
    let browser = Browser::new(script);
    let mut session = reader(Launch::new(&[ASHIBA]).env("BROWSER", &browser.name()));
    open_link(&mut session);
    wait_until("a browser that has made its noise", || browser.asked().contains(LINK));
    session.keys("i");
    session.wait_for_text(messages::POST_DETAILS.words());
    session.escape();
    assert!(!session.raw_since(0).contains("noise-of-it"));
    let number: u32 = browser.asked().split(' ').next().and_then(|number| number.parse().ok()).expect("a process");
    wait_until("no zombie", || state(number).is_empty());
    quit(session)
}

fn paste_bomb() -> Outcome {
    let mut session = Launch::new(&["sample-posts"]).start();
    session.wait_for_text("踊り場に立つ");
    session.keys("/");
    session.paste_meanwhile("q\n".repeat(5 << 20));
    session.wait_for_row(-1, "/q q q");
    session.escape();
    session.wait_for_row(-1, &messages::for_help("?"));
    session.keys("?");
    session.wait_for_text(messages::KEYS.words());
    session.escape();
    quit(session)
}

fn paste_escape() -> Outcome {
    let mut session = Launch::new(&["sample-posts"]).start();
    session.wait_for_text("踊り場に立つ");
    session.keys("/");
    session.keys("\x1b[200~abc\x1b]0;x\x07\x1b[31m\x1b[201~");
    session.wait_for_row(-1, "/abc");
    assert!(session.is_running());
    session.escape();
    // Where nothing is typed into, nothing that is pasted is obeyed.
    session.wait_for_row(-1, &messages::for_help("?"));
    session.keys("\x1b[200~q?\x03\x1b[201~");
    session.keys("i");
    session.wait_for_text(messages::POST_DETAILS.words());
    session.escape();
    quit(session)
}

fn key_flood() -> Outcome {
    let mut session = ashiba();
    session.keys_meanwhile("jk".repeat(50_000) + "i");
    session.wait_for_text(messages::POST_DETAILS.words());
    session.escape();
    quit(session)
}

fn unknown_input() -> Outcome {
    let mut session = Launch::new(&["sample-posts"]).start();
    session.wait_for_text("踊り場に立つ");
    session.wait_for_row(0, "日々の余白");
    // What a terminal may say at any time: attributes, colours, reports of modes and settings, names of capabilities.
    let answers = "\x1b[?1;2c\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b]4;1;rgb:aaaa/bbbb/cccc\x07\
                   \x1bP1$r0m\x1b\\\x1bP1+r544e=787465726d\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[8;24;80t\x1b[1;1R\x1b[97;5u";
    for keys in ["", "/"] {
        session.keys(keys);
        session.keys(answers);
    }
    session.keys("xyz");
    session.wait_for_row(-1, "xyz");
    assert!(session.row(-1).starts_with("/xyz"), "{}", session.row(-1));
    session.escape();
    quit(session)
}

fn slow_terminal() -> Outcome {
    let mut bare = bytes::Bare::start("exec setsid -c \"$KIJI\" sample-posts");
    bare.read_until("日々の余白");
    let before = bare.memory();
    // Nobody reads: the program has to wait, with what it has to say bounded.
    for _ in 0..2000 {
        bare.write("jk");
    }
    thread::sleep(Duration::from_secs(2));
    let grown = bare.memory().saturating_sub(before);
    assert!(grown < 32 << 10, "{grown} KiB more");
    bare.write("?");
    bare.read_until(messages::KEYS.words());
    Held
}

fn clock_jump() -> Outcome {
    if std::process::Command::new("faketime").arg("--version").output().is_err() {
        return Skipped("no program that sets another clock is here");
    }
    for date in ["1970-01-01", "2106-02-08"] {
        reads_keys(&format!("exec faketime {date} \"$KIJI\" sample-posts"));
    }
    Held
}
