//! The program as it is used: the real binary, in a real pseudo-terminal and in pipes. Keys, the mouse, sizes and signals go in; what
//! the terminal shows, what a browser is asked for, what is printed and the exit code come out.
#![cfg(unix)]

mod pseudo_terminal;

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use vt100::{Cell, Color, Screen};

use kiji::messages;
use pseudo_terminal::{KIJI, Launch, PATIENCE, REPOSITORY, Session, environment, line};

/// How many posts the samples are.
const POSTS: usize = 19;
const ASHIBA: &str = "sample-posts/content/post/2018/moved-to-ashiba.md";
const CARD: &str = "https://www.slideshare.net/ashiba-team/scaffolds-for-small-libraries";
/// The first words of a paragraph in the middle of the post.
const MIDDLE: &str = "それ以来、面談のたびに";
/// What the stand-in browser prints.
const NOISE: &str = "noise-of-the-browser";

/// A program that stands in for a browser: it is as noisy as browsers are, and notes what it is asked for.
struct Browser {
    folder: TempDir,
}

impl Browser {
    fn new() -> Browser {
        let browser = Browser { folder: tempfile::tempdir().expect("a folder") };
        let script = format!("#!/bin/sh\necho {NOISE}\necho {NOISE} >&2\nprintf '%s\\n' \"$@\" >> \"$0.asked\"\n");
        fs::write(browser.program(), script).expect("a script");
        fs::set_permissions(browser.program(), fs::Permissions::from_mode(0o755)).expect("a script that can be run");
        browser
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("browser")
    }

    fn set_up(&self, launch: Launch) -> Launch {
        launch.env("BROWSER", self.program().to_str().expect("a path in UTF-8"))
    }

    /// Waits until it was asked for something, and gives every argument that it ever got, one a line.
    fn asked(&self) -> String {
        let file = self.folder.path().join("browser.asked");
        let deadline = Instant::now() + PATIENCE;
        loop {
            match fs::read_to_string(&file) {
                Ok(asked) if asked.ends_with('\n') => return asked,
                _ => assert!(Instant::now() < deadline, "the browser was not asked for anything"),
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Starts with the post about the team open, its first rows shown.
fn ashiba(launch: Launch) -> Session {
    let session = launch.start();
    session.wait_for_text("この春から、");
    session
}

/// Opens a post from the index by words of its title, and takes the filter off again.
fn open_by_title(session: &mut Session, words: &str) {
    session.keys(&format!("/{words}\r"));
    session.wait_for_row(0, &format!("1/{POSTS}"));
    session.keys("\x1b");
    session.wait_for_row(0, &format!("{POSTS}/{POSTS}"));
    session.keys("\r");
}

/// Takes link after link in hand until the status line shows this target.
fn tab_to(session: &mut Session, target: &str) {
    while !session.row(-1).starts_with(&format!("→ {target}")) {
        let before = session.row(-1);
        session.keys("\t");
        // The keys before it may have changed the row too.
        let is_next = |row: String| row.starts_with('→') && row != before;
        session.wait_for("the next link at hand", |screen| is_next(line(screen, -1)));
    }
}

/// What a row of the reader pane shows, right of the line between the panes.
fn reader_row(screen: &Screen, row: isize) -> String {
    let row = line(screen, row);
    row.split_once('│').map_or(row.as_str(), |(_, reader)| reader).trim().to_owned()
}

/// The row that what is at hand stands on: the first with a reversed character.
fn row_at_hand(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let is_reversed = |cell: &Cell| cell.inverse() && !cell.contents().trim().is_empty();
    let holds_one = |row: &u16| (0..columns.get()).any(|column| screen.cell(*row, column).is_some_and(is_reversed));
    (0..rows.get()).find(holds_one).map_or_else(String::new, |row| line(screen, row as isize))
}

/// Scrolls the open post until the paragraph in its middle is at the top.
fn scroll_to_middle(session: &mut Session) {
    while !session.look(|screen| reader_row(screen, 1)).starts_with(MIDDLE) {
        let before = session.look(|screen| reader_row(screen, 1));
        session.keys("j");
        session.wait_for("a line further", |screen| reader_row(screen, 1) != before);
    }
}

fn check_given_back(session: &Session, mark: usize) {
    session.check_given_back(mark);
    session.look(|screen| assert_eq!(screen.contents(), "", "nothing is left on the screen"));
}

#[test]
fn the_blog_of_the_folder_is_shown() {
    let session = Launch::new(&[]).start();
    session.wait_for_row(0, "日々の余白");
    session.wait_for_row(0, &format!("{POSTS}/{POSTS}"));
    session.wait_for_row(1, "▸∙踊り場に立つ");
    session.wait_for_row(2, "2026-05-17");
    session.wait_for_row(3, "2025年のふりかえり");
    session.wait_for("the newest post in the reader", |screen| reader_row(screen, 1) == "踊り場に立つ");
    assert!(!session.row(-1).contains(messages::SAMPLES.words()));
}

#[test]
fn the_program_speaks_the_language_of_the_locale_or_of_the_setting() {
    let check = |settings: &str, hint: &str, order: &str| {
        let session = Launch::new(&[]).env("LC_ALL", "").env("LANG", "ja_JP.UTF-8").settings(settings).start();
        session.wait_for_row(-1, hint);
        session.wait_for_row(0, order);
    };
    check("", "? キー一覧", messages::BY_DATE.japanese);
    check("language = \"en\"\n", "? every key", messages::BY_DATE.english);
}

#[test]
fn keys_and_settings_are_the_users_own_and_what_is_wrong_with_them_is_told() {
    let settings = "widht = 60\n[keys.index]\n\"F\" = \"help\"\n\"?\" = \"none\"\n\"ctrl-n\" = \"line-dwn\"\n";
    let mut session = Launch::new(&[]).settings(settings).start();
    session.wait_for_text("config.toml:1: no setting is called \"widht\"");
    session.keys("!");
    session.wait_for_text("config.toml:5: [keys.index] has no action \"line-dwn\"");
    session.keys("q");
    session.wait_for_row(-1, &messages::for_help("F"));
    session.keys("?F");
    session.wait_for_text("┌─ Keys ─");
    session.keys("qq");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn the_colours_suit_the_ground_that_the_terminal_names() {
    let check = |ground, settings: &str, title: Color| {
        let session = Launch::new(&[]).ground(ground).settings(settings).start();
        session.wait_for(&format!("a title in {title:?} on {ground}"), |screen| {
            let is_in_colour = screen.cell(1, 47).is_some_and(|cell| cell.fgcolor() == title);
            reader_row(screen, 1) == "踊り場に立つ" && is_in_colour
        });
    };
    check("rgb:ffff/ffff/ffff", "", Color::Idx(94));
    check("rgb:0000/0000/0000", "", Color::Idx(222));
    check("rgb:ffff/ffff/ffff", "theme = \"dark\"", Color::Idx(222));
    check("rgb:1e1e/1e1e/1e1e", "colours = \"truecolor\"", Color::Rgb(255, 215, 135));
    check("rgb:1e1e/1e1e/1e1e", "colours = \"16\"", Color::Idx(11));
    check("rgb:1e1e/1e1e/1e1e", "colours = \"none\"", Color::Default);
}

#[test]
fn an_empty_folder_shows_the_samples_that_the_program_carries() {
    let folder = tempfile::tempdir().expect("a folder");
    let session = Launch::new(&[]).folder(folder.path()).start();
    session.wait_for_row(0, "日々の余白");
    session.wait_for_row(0, &format!("{POSTS}/{POSTS}"));
    session.wait_for_row(1, "▸∙踊り場に立つ");
    session.wait_for_row(-1, messages::SAMPLES.words());
}

#[test]
fn tags_filter_and_combine() {
    let mut session = Launch::new(&[]).start();
    session.wait_for_row(0, &format!("{POSTS}/{POSTS}"));
    session.keys("trust");
    session.wait_for_text("› rust");
    session.keys("\r");
    session.wait_for_row(0, "1 #Rust");
    session.wait_for_row(0, &format!(" 2/{POSTS}"));
    session.keys("tcjk\r");
    session.wait_for_row(0, "1 #Rust  2 #CJK");
    session.wait_for_row(0, &format!(" 1/{POSTS}"));
    session.keys("1x");
    session.wait_for_row(0, &format!(" 3/{POSTS}"));
    assert!(session.row(0).starts_with("1 #CJK "), "{}", session.row(0));
    session.keys("\x1b");
    session.wait_for_row(0, &format!("{POSTS}/{POSTS}"));
    assert!(session.row(0).starts_with("日々の余白"), "{}", session.row(0));
}

#[test]
fn words_filter_the_titles() {
    for (words, title) in [
        ("keeps tmux", "(nothing)"),
        ("stays tmux", "A tmux status line that stays quiet"),
        ("キーボード", "左手だけ、自作キーボードにした"),
        ("온콜", "도쿄에서 보낸 온콜 반년"),
    ] {
        let mut session = Launch::new(&[]).start();
        session.wait_for_row(0, &format!("{POSTS}/{POSTS}"));
        session.keys(&format!("/{words}"));
        session.wait_for_row(-1, &format!("/{words}"));
        if title == "(nothing)" {
            session.wait_for_row(1, &messages::no_posts("Esc"));
            continue;
        }
        session.wait_for_row(0, &format!(" 1/{POSTS}"));
        session.wait_for_row(1, &format!("▸∙{title}"));
        session.wait_for("the post in the reader", |screen| reader_row(screen, 1) == title);
        session.keys("\r");
        let parts = words.split(' ').enumerate().map(|(at, word)| format!("{} {word}", at + 1));
        session.wait_for_row(0, &parts.collect::<Vec<_>>().join("  "));
    }
}

#[test]
fn a_card_opens_in_the_browser() {
    let browser = Browser::new();
    let mut session = browser.set_up(Launch::new(&[])).start();
    session.wait_for_row(0, &format!("{POSTS}/{POSTS}"));
    open_by_title(&mut session, "足場チーム");
    session.wait_for_text("この春から、");
    tab_to(&mut session, CARD);
    session.wait_for("the card at hand", |screen| row_at_hand(screen).contains("SlideShare"));
    session.keys("o");
    session.wait_for_row(-1, &messages::opening(&CARD.parse().expect("an address")));
    assert_eq!(browser.asked(), format!("{CARD}\n"));
    // The browser has made its noise by now: one more frame shows that none of it came through.
    session.keys("\x1b");
    session.wait_for_row(-1, &messages::for_help("?"));
    assert!(!session.raw_since(0).contains(NOISE));
    assert_eq!(browser.asked(), format!("{CARD}\n"));
}

#[test]
fn what_links_here_and_the_published_page_are_found() {
    let browser = Browser::new();
    let mut session = ashiba(browser.set_up(Launch::new(&[ASHIBA])));
    session.keys("W");
    session.wait_for_text(messages::BACKLINKS.words());
    session.wait_for_text("2025年のふりかえり");
    session.keys("\x1b");
    session.wait_for("no list", |screen| !screen.contents().contains(messages::BACKLINKS.words()));
    session.keys("B");
    assert_eq!(browser.asked(), "https://hibi.example/post/2018/04/10/ashiba/\n");
    session.keys("W2025");
    session.wait_for_text("› 2025");
    session.keys("\r");
    session.wait_for("the post that links here", |screen| reader_row(screen, 1) == "2025年のふりかえり");
    session.keys("H");
    session.wait_for_text("この春から、");
}

#[test]
fn what_is_not_published_can_be_left_out() {
    let mut session = Launch::new(&[]).settings("unpublished = false\n").start();
    session.wait_for_row(0, &format!("{}/{POSTS}", POSTS - 2));
    session.keys("D");
    session.wait_for_row(0, &format!("{POSTS}/{POSTS}"));
    session.wait_for_row(-1, messages::UNPUBLISHED_SHOWN.words());
}

// On macOS a browser always has a display.
#[cfg(not(target_os = "macos"))]
#[test]
fn without_a_browser_the_address_is_copied() {
    let mut session = ashiba(Launch::new(&[ASHIBA]));
    tab_to(&mut session, CARD);
    let mark = session.mark();
    session.keys("o");
    session.wait_for_row(-1, &messages::copied_instead(CARD));
    // The address in Base64.
    let words = "aHR0cHM6Ly93d3cuc2xpZGVzaGFyZS5uZXQvYXNoaWJhLXRlYW0vc2NhZmZvbGRzLWZvci1zbWFsbC1saWJyYXJpZXM=";
    session.wait_for_raw(mark, &format!("\x1b]52;c;{words}\x1b\\"));
}

#[test]
fn words_are_copied_by_the_program_of_the_system() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("wl-copy");
    let script = format!("#!/bin/sh\necho {NOISE}\ncat > \"$0.part\"\nmv \"$0.part\" \"$0.got\"\n");
    fs::write(&program, script).expect("a script");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a script that can be run");
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
    let got = folder.path().join("wl-copy.got");
    let copied = |launch: Launch| {
        let mut session = ashiba(launch.env("PATH", &path).env("WAYLAND_DISPLAY", "wayland-0"));
        tab_to(&mut session, CARD);
        let mark = session.mark();
        session.keys("y");
        session.wait_for_row(-1, &messages::copied(CARD));
        session.keys("q");
        session.exit_code();
        let words = fs::read_to_string(&got).unwrap_or_default();
        let _ = fs::remove_file(&got);
        (words, session.raw_since(mark).contains("\x1b]52;"), session.raw_since(mark).contains(NOISE))
    };
    assert_eq!(copied(Launch::new(&[ASHIBA])), (CARD.to_owned(), false, false));
    let over_ssh = Launch::new(&[ASHIBA]).env("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
    assert_eq!(copied(over_ssh), (String::new(), true, false));
}

#[test]
fn the_mouse_is_left_to_the_terminal_and_taken_back() {
    let mut session = Launch::new(&[ASHIBA]).start();
    session.wait_for_row(0, "by date");
    let mark = session.mark();
    session.keys("M");
    session.wait_for_raw(mark, "\x1b[?1000l");
    session.wait_for_row(-1, "The mouse is the terminal's now: M takes it back");
    let mark = session.mark();
    session.keys("M");
    session.wait_for_raw(mark, "\x1b[?1000h");
}

#[test]
fn the_setting_leaves_the_mouse_alone() {
    let session = Launch::new(&[ASHIBA]).settings("mouse = false\n").start();
    session.wait_for_row(0, "by date");
    assert!(!session.raw_since(0).contains("\x1b[?1000h"));
}

#[test]
fn a_click_opens_a_link() {
    let browser = Browser::new();
    let mut session = ashiba(browser.set_up(Launch::new(&[ASHIBA])));
    let (column, row) = session.find("コマンドの出力を指さして");
    session.click(column, row);
    assert_eq!(browser.asked(), "https://man7.org/linux/man-pages/man8/ss.8.html\n");
}

#[test]
fn the_wheel_scrolls_the_post() {
    let mut session = ashiba(Launch::new(&[ASHIBA]));
    let words = session.look(|screen| reader_row(screen, 5));
    assert!(words.starts_with("この春から、"), "{words}");
    session.wheel(true, 60, 10);
    session.wait_for("the wheel turned down", |screen| reader_row(screen, 2) == words);
    session.wheel(false, 60, 10);
    session.wait_for("the wheel turned up", |screen| reader_row(screen, 5) == words);
}

#[test]
fn hints_name_their_targets_and_lead_to_posts_and_back() {
    let mut session = ashiba(Launch::new(&[ASHIBA]));
    scroll_to_middle(&mut session);
    session.keys("f");
    session.wait_for_text("a post: 日報を三十秒で書き始めるCLIをGoで作った");
    session.wait_for_text("f https://kubernetes.io/docs/concepts/");
    // The letter lies over the first character of the link's words.
    session.wait_for_text("▪ fubernetes の概念のページ");
    session.keys("a");
    session.wait_for("the other post", |screen| reader_row(screen, 1).starts_with("日報を三十秒で"));
    session.wait_for_text("日報が苦手だ。");
    session.keys("\x7f");
    session.wait_for("back", |screen| reader_row(screen, 0) == "足場チームに移った");
    session.wait_for("back at the same place", |screen| reader_row(screen, 1).starts_with(MIDDLE));
}

#[test]
fn a_footnote_leads_there_and_back() {
    let mut session = ashiba(Launch::new(&[ASHIBA]).size(60, 16));
    tab_to(&mut session, "note 1");
    session.wait_for("the mark", |screen| row_at_hand(screen).contains("決まった[1]"));
    session.keys("\r");
    session.wait_for_text("─ Note 1 ─");
    session.keys("\r");
    session.wait_for("the note", |screen| row_at_hand(screen).contains("[1] 引き継ぎに"));
    session.keys("\r");
    session.wait_for("the mark again", |screen| row_at_hand(screen).contains("決まった[1]"));
}

#[test]
fn every_size_is_borne_and_the_place_is_kept() {
    let mut session = ashiba(Launch::new(&[ASHIBA]));
    scroll_to_middle(&mut session);
    let top = session.look(|screen| reader_row(screen, 1));
    for (columns, rows, words) in [(60, 20, MIDDLE), (20, 6, "それ以来、"), (1, 1, ""), (120, 36, &top)] {
        let mark = session.mark();
        session.resize(columns, rows);
        session.wait_for_frame(mark);
        let what = format!("{words} at the top at {columns}x{rows}");
        session.wait_for(&what, |screen| reader_row(screen, 1).starts_with(words));
    }
    session.wait_for("the index as before", |screen| line(screen, 1).starts_with(" ∙踊り場に立つ"));
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_narrow_terminal_shows_one_pane() {
    let mut session = Launch::new(&[]).size(60, 20).start();
    session.wait_for_row(1, "▸∙2026-05-17");
    assert!(!session.row(1).contains('│'), "{}", session.row(1));
    session.keys("\r");
    session.wait_for_text("階段の踊り場は、");
    session.keys("h");
    session.wait_for_row(1, "▸∙2026-05-17");
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut session = ashiba(Launch::new(&[ASHIBA]));
    session.look(|screen| assert!(screen.alternate_screen() && screen.bracketed_paste()));
    assert!(!session.has_modes_back(), "keys come one by one while the program runs");
    let mark = session.mark();
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    check_given_back(&session, mark);
}

#[test]
fn signals_give_the_terminal_back() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let mut session = ashiba(Launch::new(&[ASHIBA]));
        let mark = session.mark();
        session.signal(signal);
        assert_eq!(session.exit_code(), code, "SIG{signal}");
        check_given_back(&session, mark);
    }
}

#[test]
fn a_dumb_terminal_is_refused() {
    let mut session = Launch::new(&[]).env("TERM", "dumb").start();
    assert_eq!(session.exit_code(), 2);
    assert_eq!(session.raw_since(0), format!("kiji: {}\r\n", messages::DUMB_TERMINAL));
}

/// Runs the program in the repository, without a terminal.
fn run(arguments: &[&str], input: &str) -> Output {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(KIJI);
    command.args(arguments).current_dir(REPOSITORY).env_clear().envs(environment(home.path()));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("kiji starts");
    // A program that reads nothing may be gone by now.
    let _ = child.stdin.take().expect("its input").write_all(input.as_bytes());
    child.wait_with_output().expect("kiji ends")
}

/// What a run that must succeed printed.
fn printed(arguments: &[&str], input: &str) -> String {
    let output = run(arguments, input);
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]), "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn failures_have_a_code_and_a_sentence() {
    for (arguments, code, words, lines) in [
        (&[][..], 2, "`kiji show FILE`", Some(1)),
        (&["show", "nosuch.md"], 2, "nosuch.md", Some(1)),
        (&["list", "nosuch"], 2, "nosuch", Some(1)),
        (&["show", "sample-posts"], 2, "is a folder", Some(1)),
        (&["--nosuch"], 2, "--nosuch", None),
        (&["show", "--encoding", "klingon", ASHIBA], 2, "\"klingon\"; name one such as UTF-8, Shift_JIS,", Some(1)),
        (&["list", "--encoding", "klingon"], 2, "klingon", Some(1)),
        (&["--encoding", "klingon"], 2, "klingon", Some(1)),
    ] {
        let output = run(arguments, "");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(lines.is_none_or(|lines| lines == said.lines().count()), "{arguments:?}: {said}");
        assert_eq!(output.stdout, b"", "{arguments:?}");
    }
}

#[test]
fn a_post_is_printed_plain_into_a_pipe() {
    let plain = printed(&["show", ASHIBA], "");
    assert!(plain.starts_with("足場チームに移った\n2018-04-10"), "{plain}");
    assert!(plain.contains(CARD) && !plain.contains('\x1b'), "{plain}");
    let input = printed(&["show", "-"], "---\ntitle: 題\n---\n\n本文は*ここ*です。\n");
    assert!(input.contains("題\n") && input.contains("本文はここです。\n"), "{input}");
}

#[test]
fn a_post_is_printed_in_its_words_alone() {
    let source = "---\ntitle: 題\n---\n\n## 見出し\n\n> [!NOTE]\n> $x_1$ と\u{8}制\u{7}御\n";
    let plain = run(&["show", "--format", "plain", "-"], source);
    assert_eq!(String::from_utf8_lossy(&plain.stdout), "見出し\n\n│ [!NOTE]\n│\n│ $x_1$ と制␇御\n");
}

#[test]
fn what_a_site_does_not_count_among_its_posts_is_printed_all_the_same() {
    let site = tempfile::tempdir().expect("a folder");
    for (name, words) in [("hugo.toml", ""), ("content/b/index.md", "a"), ("content/b/notes.txt", "わき道\n")] {
        let file = site.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, words).expect("a file");
    }
    let file = site.path().join("content/b/notes.txt");
    let shown = printed(&["show", "--format", "ansi", file.to_str().expect("UTF-8")], "");
    assert!(shown.contains("わき道"), "{shown}");
}

#[test]
fn a_post_is_printed_with_links_for_a_terminal() {
    let ansi = printed(&["show", "--format", "ansi", ASHIBA], "");
    assert!(ansi.contains("\x1b["));
    assert!(ansi.contains(&format!("\x1b]8;;{CARD}\x1b\\")));
    assert_eq!(ansi.matches("\x1b]8;;\x1b\\").count(), ansi.matches("\x1b]8;;http").count(), "every link is ended");
}

#[test]
fn a_post_is_printed_as_json() {
    let post: Value = serde_json::from_str(&printed(&["show", "--format", "json", ASHIBA], "")).expect("JSON");
    assert_eq!(post["title"], "足場チームに移った");
    assert_eq!(post["tags"], serde_json::json!(["SRE", "キャリア", "Kubernetes"]));
    assert!(post["links"].as_array().is_some_and(|links| links.iter().any(|link| link["target"] == CARD)));
}

#[test]
fn posts_are_listed_as_json_one_a_line() {
    let list = printed(&["list", "--json"], "");
    let posts: Vec<Value> = list.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(posts.len(), POSTS);
    for post in &posts {
        assert!(post["path"].is_string() && post["title"].is_string(), "{post}");
        assert!(post["date"].is_string() || post["date"].is_null(), "{post}");
        assert!(post["tags"].is_array() && post["draft"].is_boolean(), "{post}");
    }
    assert_eq!((&posts[0]["title"], &posts[0]["draft"]), (&"踊り場に立つ".into(), &true.into()));
    let path = posts[0]["path"].as_str().expect("a path");
    assert!(printed(&["show", path], "").starts_with("踊り場に立つ\n"), "a path of the list can be shown");
}

/// The encodings of the world's CJK posts, and words long enough to know each by.
const WRITTEN: [(&str, &str, &str); 9] = [
    ("UTF-8", "日本の題", "吾輩は猫である。名前はまだ無い。"),
    (
        "Shift_JIS",
        "表示の題",
        "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で泣いていた。",
    ),
    (
        "EUC-JP",
        "日本の題",
        "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で泣いていた。",
    ),
    ("ISO-2022-JP", "日本の題", "吾輩は猫である。名前はまだ無い。"),
    ("UTF-16LE", "日本の題", "吾輩は猫である。名前はまだ無い。"),
    ("UTF-16BE", "日本の題", "吾輩は猫である。名前はまだ無い。"),
    (
        "GB18030",
        "中文的标题",
        "这个博客用来记录我在工作中遇到的问题，以及解决这些问题的办法。今天说的是怎样在终端里阅读用各种编码写成的文章。",
    ),
    (
        "Big5",
        "中文的標題",
        "這個部落格用來記錄我在工作中遇到的問題，以及解決這些問題的辦法。今天說的是怎樣在終端機裡閱讀各種編碼的文章。",
    ),
    (
        "EUC-KR",
        "한국의 제목",
        "이 블로그는 일하면서 겪은 문제와 그 해결 방법을 적어 두는 곳입니다. 오늘은 글을 읽는 방법을 이야기합니다.",
    ),
];

fn encode(words: &str, name: &str) -> Vec<u8> {
    match name {
        "UTF-16LE" => words.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => words.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        name => encoding_rs::Encoding::for_label(name.as_bytes()).expect("an encoding").encode(words).0.into_owned(),
    }
}

#[test]
fn posts_of_every_encoding_are_listed_and_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(format!("{name}.md")).to_str().expect("a path in UTF-8").to_owned();
    for (name, title, body) in WRITTEN {
        let post = format!("---\ntitle: {title}\ntags: [{title}]\n---\n\n{body}\n");
        fs::write(path(name), encode(&post, name)).expect("a post");
    }
    let list = printed(&["list", "--json", &path("x").replace("/x.md", "")], "");
    let posts: Vec<Value> = list.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(posts.len(), WRITTEN.len());
    for (name, title, body) in WRITTEN {
        let listed = posts.iter().find(|post| post["path"] == *path(name)).expect("a post");
        assert_eq!((&listed["title"], &listed["tags"]), (&title.into(), &serde_json::json!([title])), "{name}");
        let shown = printed(&["show", "--format", "json", &path(name)], "");
        let shown: Value = serde_json::from_str(&shown).expect("JSON");
        assert_eq!(shown["encoding"], name);
        assert!(shown["text"].as_str().is_some_and(|text| text.contains(body)), "{shown}");
    }
}

#[test]
fn an_encoding_can_be_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path in UTF-8").to_owned();
    // Too short to be known by its looks.
    fs::write(path("a.md"), encode("# 表\n", "Shift_JIS")).expect("a post");
    fs::write(path("b.md"), "# 表\n").expect("a post");
    let list = printed(&["list", "--encoding", "sjis", "--json", &path("")], "");
    assert_eq!(list.matches("\"title\":\"表\"").count(), 2, "{list}");
    assert_eq!(printed(&["show", "--encoding", "SJIS", &path("a.md")], "").trim_end(), "# 表");
    assert_eq!(printed(&["show", "--encoding", "shift_jis", &path("b.md")], "").trim_end(), "# 陦ｨ");
    assert_eq!(printed(&["show", "--encoding", "latin1", "-"], "# é\n").trim_end(), "# Ã©");
}

#[test]
fn a_wrong_guess_can_be_overridden() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), encode("---\ntitle: 表\n---\n本日は\n", "Shift_JIS")).expect("a post");
    let mut session = Launch::new(&["."]).folder(folder.path()).start();
    session.wait_for_row(0, "1/1");
    session.keys("Eshift\r");
    session.wait_for_row(1, "▸∙表");
    session.wait_for("the post in the reader", |screen| reader_row(screen, 3) == "本日は");
    session.keys("i");
    session.wait_for_text("Shift_JIS, chosen");
}

#[test]
fn a_stop_and_a_return_are_survived() {
    let mut session = ashiba(Launch::new(&[ASHIBA]));
    let mark = session.mark();
    session.keys("\x1a");
    session.wait_for_raw(mark, "\x1b[?1049l");
    let mark = session.mark();
    session.go_on(mark, "\x1b[?1049h");
    session.wait_for_frame(mark);
    session.wait_for_text("この春から、");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}
