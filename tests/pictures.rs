//! Pictures in the real program: a terminal that says it can is sent them, sees them scroll, and is given back without them; a viewer
//! is started with what is a picture and nothing else.
#![cfg(unix)]

mod pseudo_terminal;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use kiji::picture::{Pixels, Size, file};
use pseudo_terminal::{Launch, PATIENCE, Session};

/// What a terminal like kitty answers, and one like xterm with sixels, of cells of 10 by 20 pixels.
const KITTY: &str = "\x1b[6;20;10t\x1bP>|kitty(0.40)\x1b\\\x1b[?62;c";
const SIXEL: &str = "\x1b[6;20;10t\x1bP>|XTerm(390)\x1b\\\x1b[?62;4;22c";
const ITERM2: &str = "\x1b[6;20;10t\x1bP>|iTerm2 3.5\x1b\\\x1b[?62;4c";
const NOTHING: &str = "\x1b[?1;2c";

/// A folder with a post that has a picture of 20 columns and 5 rows.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let size = Size { width: 200, height: 100 };
    let rgb = (0..200 * 100 * 3_u32).map(|at| (at % 251) as u8).collect();
    let png = file::png(&Pixels { size, rgb }).expect("a picture");
    fs::write(folder.path().join("a.png"), png).expect("a file");
    fs::write(folder.path().join("script.png"), "#!/bin/sh\n").expect("a file");
    let lines: String = (0..60).map(|line| format!("line {line}\n\n")).collect();
    let post = format!("---\ntitle: t\n---\nfirst\n\n![one](a.png)\n\n[![two](script.png)](x)\n\n{lines}");
    fs::write(folder.path().join("post.md"), post).expect("a file");
    folder
}

fn start(folder: &Path, answers: &str) -> Session {
    let file = folder.join("post.md");
    let launch = Launch::new(&[file.to_str().expect("a path in UTF-8")]).size(60, 20).folder(folder);
    let session = launch.env("COLORTERM", "truecolor").answering(answers).start();
    session.wait_for_text("one");
    session
}

#[test]
fn kitty_is_sent_graphics_which_scroll_and_are_taken_away() {
    let folder = folder();
    let mut session = start(folder.path(), KITTY);
    session.wait_for_raw(0, "\x1b_Ga=t,f=100,t=d,i=");
    session.wait_for_raw(0, ",p=1,x=0,y=0,w=200,h=100,c=20,r=5,C=1,q=2\x1b\\");
    let mark = session.mark();
    session.keys("jjjjjj");
    session.wait_for_raw(mark, ",p=1,q=2\x1b\\");
    session.wait_for_raw(mark, ",p=1,x=0,y=40,w=200,h=60,c=20,r=3,C=1,q=2\x1b\\");
    assert!(!session.raw_since(mark).contains("a=t"), "it is sent once");
    let mark = session.mark();
    session.keys("?");
    session.wait_for_raw(mark, "\x1b_Ga=d,d=i,i=");
    let mark = session.mark();
    session.keys("q");
    session.wait_for_raw(mark, "\x1b_Ga=p,i=");
    let mark = session.mark();
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    let tail = session.raw_since(mark);
    let (taken, left) = (tail.find("\x1b_Ga=d,d=I,i="), tail.find("\x1b[?1049l"));
    assert!(taken.is_some() && taken < left, "{tail:?}");
}

#[test]
fn other_terminals_get_what_they_can() {
    let folder = folder();
    for (answers, expected) in [(SIXEL, "\x1bP0;1q\"1;1;200;20#"), (ITERM2, "\x1b]1337;File=inline=1;"), (NOTHING, "▀")]
    {
        let mut session = start(folder.path(), answers);
        session.wait_for_raw(0, expected);
        session.keys("q");
        assert_eq!(session.exit_code(), 0);
        assert!(answers == KITTY || !session.raw_since(0).contains("\x1b_Ga=t"), "{answers:?}");
    }
}

/// A host on this machine that has one picture.
fn serve(png: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/far.png", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
            lines.find(String::is_empty);
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", png.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&png));
        }
    });
    address
}

#[test]
fn a_picture_on_another_host_is_fetched_when_it_is_asked_for_and_kept() {
    if Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: curl is not installed");
        return;
    }
    let folder = folder();
    let address = serve(fs::read(folder.path().join("a.png")).expect("a picture"));
    fs::write(folder.path().join("post.md"), format!("![far]({address})\n\n![one](none.png)\n")).expect("a file");
    let caches = tempfile::tempdir().expect("a folder");
    let launch = |file: &Path| {
        let launch = Launch::new(&[file.to_str().expect("a path in UTF-8")]).size(60, 20).folder(folder.path());
        let launch = launch.env("COLORTERM", "truecolor").env("XDG_CACHE_HOME", caches.path().to_str().expect("UTF-8"));
        let session = launch.answering(NOTHING).start();
        session.wait_for_text("one");
        session
    };
    let file = folder.path().join("post.md");
    let mut session = launch(&file);
    session.wait_for_text("Not drawn");
    assert!(!session.raw_since(0).contains("▀"), "nothing is fetched by itself");
    session.keys("\tP");
    session.wait_for_text("Fetch this picture?");
    let mark = session.mark();
    session.keys("y");
    session.wait_for_raw(mark, "▀");
    session.wait_for_text("1 picture fetched");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    let mut session = launch(&file);
    session.wait_for_raw(0, "▀");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_late_answer_is_no_key() {
    let folder = folder();
    let mut session = start(folder.path(), "");
    session.wait_for_raw(0, "▀");
    // `q` among its letters would end the program, and `i` would show the details.
    session.keys("\x1b_Gi=31;q\x1b\\");
    session.keys("j");
    session.wait_for_row(2, "first");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[cfg(not(target_os = "macos"))]
#[test]
fn a_viewer_is_given_pictures_only() {
    let folder = folder();
    let bin = tempfile::tempdir().expect("a folder");
    let viewer = bin.path().join("xdg-open");
    fs::write(&viewer, "#!/bin/sh\necho noise\nprintf '%s\\n' \"$@\" >> \"$0.asked\"\n").expect("a script");
    fs::set_permissions(&viewer, fs::Permissions::from_mode(0o755)).expect("a script that can be run");
    let path = format!("{}:{}", bin.path().display(), std::env::var("PATH").unwrap_or_default());
    let launch = Launch::new(&["post.md"]).size(60, 20).folder(folder.path());
    let mut session = launch.env("PATH", &path).env("DISPLAY", ":0").answering(NOTHING).start();
    session.wait_for_text("one");
    session.keys("\t\tv");
    session.wait_for_row(-2, "script.png was not opened: it is not a picture");
    session.keys("\x1b[Zv");
    let asked = bin.path().join("xdg-open.asked");
    let deadline = Instant::now() + PATIENCE;
    while !fs::read_to_string(&asked).is_ok_and(|asked| asked.ends_with('\n')) {
        assert!(Instant::now() < deadline, "the viewer was not started");
        thread::sleep(Duration::from_millis(5));
    }
    let expected = folder.path().canonicalize().expect("a folder").join("a.png");
    assert_eq!(fs::read_to_string(&asked).expect("what was asked").trim(), expected.to_str().expect("UTF-8"));
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}
