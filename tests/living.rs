//! Posts that change while they are read, the user's editor, and what is remembered from one run to the next: the real program in a
//! real pseudo-terminal.
#![cfg(unix)]

mod pseudo_terminal;

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use kiji::state::format::{self, Condition, HEADER};
use kiji::state::{Change, Entry};
use tempfile::TempDir;

use pseudo_terminal::{Launch, PATIENCE, Session};

/// A folder of posts, with a state folder beside it.
struct Blog {
    root: TempDir,
}

impl Blog {
    fn new() -> Blog {
        let blog = Blog { root: tempfile::tempdir().expect("a folder") };
        fs::create_dir(blog.posts()).expect("a folder");
        blog.put("a.md", &long("First post"));
        blog.put("b.md", "---\ntitle: Second post\ndate: 2020-01-01\n---\nshort\n");
        blog
    }

    fn posts(&self) -> PathBuf {
        self.root.path().join("posts")
    }

    fn state(&self) -> PathBuf {
        self.root.path().join("state")
    }

    /// Writes a post as editors do: beside it, then into its place.
    fn put(&self, name: &str, text: &str) {
        let new = self.posts().join(format!(".{name}.new"));
        fs::write(&new, text).expect("a file");
        fs::rename(new, self.posts().join(name)).expect("a post");
    }

    fn launch(&self, arguments: &[&str]) -> Launch {
        Launch::new(arguments).folder(&self.posts()).env("XDG_STATE_HOME", text(&self.state()))
    }

    /// Waits until the state file holds these words.
    fn wait_for_state(&self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !fs::read_to_string(self.state().join("kiji/state.jsonl")).unwrap_or_default().contains(words) {
            assert!(Instant::now() < deadline, "{words:?} was not written down");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn long(title: &str) -> String {
    let paragraphs: String = (0..60).map(|number| format!("paragraph number {number}\n\n")).collect();
    format!("---\ntitle: {title}\ndate: 2021-01-01\n---\n{paragraphs}")
}

/// What stands on the first row of text.
fn top(session: &Session) -> String {
    session.row(1).split('│').next_back().unwrap_or_default().trim().to_owned()
}

#[test]
fn changes_show_at_once() {
    let blog = Blog::new();
    let session = blog.launch(&["."]).start();
    session.wait_for_row(0, "2/2");
    blog.put("c.md", "---\ntitle: Third post\ndate: 2019-01-01\n---\n");
    session.wait_for_text("Third post");
    session.wait_for_row(0, "3/3");
    blog.put("c.md", "---\ntitle: Third post, changed\ndate: 2019-01-01\n---\n");
    session.wait_for_text("Third post, changed");
    fs::remove_file(blog.posts().join("c.md")).expect("gone");
    session.wait_for_row(0, "2/2");
    // A folder that is new is watched too.
    let new = blog.posts().join("new");
    fs::create_dir(&new).expect("a folder");
    fs::write(new.join("d.md"), "# Fourth\n").expect("a post");
    session.wait_for_text("Fourth");
    fs::write(new.join("e.md"), "# Fifth\n").expect("a post");
    session.wait_for_text("Fifth");
    // Many at once are one change.
    (0..300).for_each(|number| fs::write(new.join(format!("{number}.md")), "# many\n").expect("a post"));
    session.wait_for_row(0, "304/304");
}

#[test]
fn an_open_post_changes_in_place() {
    let blog = Blog::new();
    let mut session = blog.launch(&["."]).start();
    session.wait_for_row(0, "2/2");
    session.wait_for_text("paragraph number 0");
    session.keys("\rdd");
    session.wait_for("a row further down", |screen| !screen.contents().contains("paragraph number 0\n"));
    blog.put("a.md", &long("First post").replace("number 0\n", "number 0\n\nwords that are new\n\nand more\n"));
    session.wait_for_text("First post");
    session.keys("G");
    session.wait_for_text("number 59");
    session.keys("g");
    session.wait_for_text("words that are new");
}

/// An editor that notes how it was called and what it has of a terminal, waits for a key, and changes the post.
fn editor(blog: &Blog) -> PathBuf {
    let program = blog.root.path().join("vim");
    let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.asked\"\ntest -t 0 -a -t 1 && echo 'EDITOR HERE'\nread word\n\
                  for file in \"$@\"; do :; done\nsed 's/number 0$/number 0 said '\"$word\"'/' \"$file\" > \"$file~\" && mv \"$file~\" \"$file\"\n";
    fs::write(&program, script).expect("a script");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a script that can be run");
    program
}

#[test]
fn a_post_is_edited_and_read_again() {
    let blog = Blog::new();
    let program = editor(&blog);
    let command = format!("'{}' -n", text(&program));
    let mut session = blog.launch(&["."]).env("VISUAL", &command).start();
    session.wait_for_row(0, "2/2");
    session.wait_for_text("paragraph number 0");
    session.keys("\rjjj");
    session.wait_for("three rows further down", |_| true);
    session.keys("e");
    session.wait_for_text("EDITOR HERE");
    session.look(|screen| assert!(!screen.alternate_screen(), "the editor has the terminal"));
    // Every key is the editor's. `q` would have ended the reader, and so would the signal of Ctrl-C.
    session.keys("quick\r");
    session.wait_for("the reader", vt100::Screen::alternate_screen);
    session.keys("g");
    session.wait_for_text("number 0 said quick");
    let asked = fs::read_to_string(blog.root.path().join("vim.asked")).expect("the editor was called");
    let lines: Vec<&str> = asked.lines().collect();
    let file = blog.posts().canonicalize().expect("a folder").join("a.md");
    assert!(matches!(lines[..], ["-n", "+5", last] if last == text(&file)), "{asked}");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn an_editor_that_cannot_be_run_is_said() {
    let blog = Blog::new();
    let mut session = blog.launch(&["."]).env("VISUAL", "/nowhere/editor").start();
    session.wait_for_row(0, "2/2");
    session.keys("e");
    session.wait_for_row(-1, "/nowhere/editor");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn what_was_read_is_known_at_the_next_start() {
    let blog = Blog::new();
    let mut session = blog.launch(&["."]).start();
    session.wait_for_row(0, "2/2");
    session.wait_for_text("∙Second post");
    session.keys("j");
    session.wait_for_text("short");
    session.keys("*h");
    session.wait_for_text("2020-01-01 *");
    session.keys("\r");
    session.wait_for("the mark gone", |screen| !screen.contents().contains("∙Second post"));
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    let mut session = blog.launch(&["."]).start();
    session.wait_for_text("2020-01-01 *");
    session.wait_for("the mark gone", |screen| !screen.contents().contains("∙Second post"));
    session.wait_for_text("∙First post");
    session.keys("R");
    session.wait_for_text("Open before");
    session.keys("\x1bq");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_session_is_resumed_even_after_a_kill() {
    let blog = Blog::new();
    let mut session = blog.launch(&["."]).start();
    session.wait_for_row(0, "2/2");
    session.wait_for_text("paragraph number 0");
    session.keys("\rG");
    session.wait_for_text("number 59");
    let top = top(&session);
    blog.wait_for_state("\"read\":true");
    blog.wait_for_state(&format!("\"after\":\"{top}"));
    session.signal("KILL");
    // From anywhere: the folder of the last session is opened.
    let session = Launch::new(&["--resume"]).env("XDG_STATE_HOME", text(&blog.state())).start();
    session.wait_for_text("number 59");
    session.wait_for_row(0, "First post");
}

#[test]
fn a_state_that_cannot_be_kept_is_said_once() {
    let blog = Blog::new();
    fs::write(blog.state(), "in the way").expect("a file");
    let mut session = blog.launch(&["."]).start();
    session.wait_for_row(-1, "not remembered");
    session.wait_for_row(0, "2/2");
    session.keys("j");
    session.wait_for_text("short");
    session.keys("\r");
    session.wait_for("no words about it", |screen| !screen.contents().contains("not remembered"));
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    assert_eq!(fs::read_to_string(blog.state()).expect("the file"), "in the way");
}

/// The favourites, and how long the file is. The file must be sound.
fn known(blog: &Blog) -> (HashSet<String>, usize) {
    let bytes = fs::read(blog.state().join("kiji/state.jsonl")).expect("the state");
    let (state, condition) = format::read(&bytes, u64::MAX);
    assert_eq!(condition, Condition::Sound, "{}", String::from_utf8_lossy(&bytes));
    let favourite = |entry: Entry| match entry {
        Entry::Post(post, Change::Favourite(true)) => Some(post),
        _ => None,
    };
    (state.records().into_iter().filter_map(|record| favourite(record.entry)).collect(), bytes.len())
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_written() {
    const POSTS: usize = 200;
    let blog = Blog::new();
    for number in 0..POSTS {
        blog.put(&format!("{number}.md"), &long(&format!("Post {number}")));
    }
    // A file that is so long is written anew, which must bear a kill too.
    let old = "{\"t\":1,\"post\":\"old\",\"favourite\":true}\n".repeat(40_000);
    fs::create_dir_all(blog.state().join("kiji")).expect("a folder");
    fs::write(blog.state().join("kiji/state.jsonl"), format!("{HEADER}{old}")).expect("the state");
    let (mut before, longest) = known(&blog);
    let mut shortest = longest;
    for round in 0..50 {
        let mut sessions = [0, 1, 2, 3].map(|_| blog.launch(&["."]).start());
        for (at, session) in sessions.iter_mut().enumerate() {
            session.wait_for_row(0, "202/202");
            session.keys(&format!("{}j*", 1 + 4 * round + at));
        }
        thread::sleep(Duration::from_millis(round as u64 * 37 % 1000));
        sessions.iter().for_each(|session| session.signal("KILL"));
        drop(sessions);
        let (after, length) = known(&blog);
        assert!(before.is_subset(&after), "lost in round {round}: {:?}", before.difference(&after));
        (before, shortest) = (after, shortest.min(length));
    }
    assert!(before.len() > 5 && shortest < longest, "{} posts, {shortest} bytes", before.len());
}
