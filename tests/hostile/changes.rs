//! What may happen to a folder while it is shown. Each case is named as in the manifest.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kiji::messages;
use tempfile::TempDir;

use crate::Outcome::{self, Skipped};
use crate::check_all;
use crate::corpus::Corpus;
use crate::pseudo_terminal::{Launch, Session};
use crate::terminals::quit;

type Case = (&'static str, fn() -> Outcome);

const CASES: [Case; 15] = [
    ("delete-open", || {
        while_open("a.md cannot be read", |folder| fs::remove_file(folder.join("a.md")).expect("a post"))
    }),
    ("delete-dir", || {
        // What is said hangs on which part of it is seen to go first.
        while_open("words of line", |folder| fs::remove_dir_all(folder).expect("a folder"))
    }),
    ("truncate-while-read", truncate),
    ("append-forever", append_forever),
    ("replace-with-dir", || {
        replaced(|file| {
            fs::remove_file(file).expect("a post");
            fs::create_dir(file).expect("a folder");
        })
    }),
    ("replace-with-fifo", || {
        replaced(|file| {
            fs::remove_file(file).expect("a post");
            assert!(Command::new("mkfifo").arg(file).status().expect("mkfifo").success());
        })
    }),
    ("replace-with-symlink", || {
        replaced(|file| {
            fs::remove_file(file).expect("a post");
            symlink("/etc/passwd", file).expect("a link");
        })
    }),
    ("rename-storm", || {
        busy(|folder, step| {
            let (from, to) = if step % 2 == 0 { ("b.md", "c.md") } else { ("c.md", "b.md") };
            let _ = fs::rename(folder.join(from), folder.join(to));
        })
    }),
    ("chmod-000", || {
        // Whoever may read everything sees no difference.
        while_open("words of line", |folder| {
            fs::set_permissions(folder.join("a.md"), fs::Permissions::from_mode(0o000)).expect("a post");
        })
    }),
    ("grow-10k", grow),
    ("event-flood", || {
        busy(|folder, step| {
            let name = format!("{}.md", ["a", "b"][step % 2]);
            let _ = fs::File::options().append(true).open(folder.join(name)).and_then(|mut file| file.write_all(b" "));
        })
    }),
    ("inotify-limit", no_watches_left),
    ("git-checkout", git_checkout),
    ("mtime-future", || {
        while_open("words of line", |folder| {
            for date in ["2106-02-08", "1901-01-01"] {
                let touched = Command::new("touch").args(["-d", date]).arg(folder.join("a.md")).status();
                assert!(touched.expect("touch").success());
            }
        })
    }),
    ("nfs-hang", || Skipped("no file system that never answers can be made here")),
];

#[test]
fn every_change_of_the_folder_is_borne() {
    let named = Corpus::changes().unwrap_or_else(|| CASES.map(|(name, _)| name.to_owned()).into());
    let mut tally = check_all(&CASES, |(name, case), tally| tally.check(name, case));
    for name in named.iter().filter(|name| !CASES.iter().any(|(known, _)| known == name)) {
        tally.failed.push(format!("{name}: nothing drives it"));
    }
    tally.report("changes of the folder");
}

/// A folder of two posts, one long and newer than the other.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: String = (0..500).map(|line| format!("words of line {line}\n\n")).collect();
    let long = format!("---\ntitle: The first\ndate: 2020-01-02\n---\n[to b](b.md)\n\n{lines}");
    fs::write(folder.path().join("a.md"), long).expect("a post");
    fs::write(folder.path().join("b.md"), "---\ntitle: The second\ndate: 2020-01-01\n---\nwords of b\n")
        .expect("a post");
    folder
}

/// The reader with the first post open.
fn opened(folder: &Path) -> Session {
    let mut session = Launch::new(&[folder.to_str().expect("UTF-8")]).start();
    session.wait_for_text("words of line 1");
    session.keys("\r");
    session
}

/// What is shown stays when some words have come to the screen after a change, scrolls, can be set anew, and left by a link.
fn while_open(words: &str, change: fn(&Path)) -> Outcome {
    let folder = folder();
    let mut session = opened(folder.path());
    change(folder.path());
    session.wait_for_text(words);
    session.keys("G");
    session.wait_for_text("words of line 499");
    session.resize(70, 30);
    // The last row may lie under a message of two.
    session.wait_for_text("words of line 498");
    session.keys("g");
    session.wait_for_text("words of line 1");
    session.keys("\t\r");
    session.wait_for("the other post, or a word on why not", |screen| {
        let words = screen.contents();
        !words.contains("words of line") || words.contains("b.md")
    });
    session.keys("H");
    session.keys("?");
    session.wait_for_text(messages::KEYS.words());
    session.escape();
    quit(session)
}

/// A post that loses its words while it is read is shown without them, and goes on when they are back.
fn truncate() -> Outcome {
    let folder = folder();
    let mut session = opened(folder.path());
    let words = fs::read(folder.path().join("a.md")).expect("a post");
    for _ in 0..3 {
        fs::write(folder.path().join("a.md"), "").expect("a post");
        session.keys("G");
        session.wait_for("a post without words", |screen| !screen.contents().contains("words of line"));
        session.resize(70, 30);
        session.keys("g");
        fs::write(folder.path().join("a.md"), &words).expect("a post");
        session.wait_for_text("words of line 1");
        session.resize(100, 30);
    }
    quit(session)
}

/// A post that is no file any more when it is opened says so, unless it has left the index before.
fn replaced(change: fn(&Path)) -> Outcome {
    let folder = folder();
    let mut session = Launch::new(&[folder.path().to_str().expect("UTF-8")]).start();
    session.wait_for_text("words of line 1");
    change(&folder.path().join("b.md"));
    session.keys("j");
    session.wait_for("why it is not shown", |screen| {
        let words = screen.contents();
        words.contains("b.md cannot be read") || !words.contains("The second")
    });
    assert!(!session.raw_since(0).contains("root:x:0"));
    session.keys("k");
    session.wait_for_text("words of line 1");
    quit(session)
}

/// Keys are answered while something goes on in the folder again and again.
fn busy(disturb: fn(&Path, usize)) -> Outcome {
    busy_until(&["words of line 499"], disturb)
}

/// The same for a post whose end shows one of these.
fn busy_until(ends: &[&str], disturb: fn(&Path, usize)) -> Outcome {
    let folder = folder();
    let mut session = opened(folder.path());
    let is_over = Arc::new(AtomicBool::new(false));
    let (path, stop) = (folder.path().to_owned(), Arc::clone(&is_over));
    let worker = thread::spawn(move || {
        let mut step = 0;
        while !stop.load(Ordering::Relaxed) {
            disturb(&path, step);
            step += 1;
            thread::sleep(Duration::from_millis(1));
        }
    });
    for _ in 0..5 {
        session.keys("G");
        session.wait_for("the end", |screen| ends.iter().any(|words| screen.contents().contains(words)));
        session.keys("g");
        session.wait_for_text("words of line 1");
    }
    is_over.store(true, Ordering::Relaxed);
    worker.join().expect("a worker");
    quit(session)
}

/// A post that grows while it is read.
fn append_forever() -> Outcome {
    busy_until(&["words of line 499", "words words"], |folder, _| {
        let file = fs::File::options().append(true).open(folder.join("a.md"));
        file.and_then(|mut file| file.write_all(&b"words\n".repeat(200))).expect("a post");
    })
}

/// How many watches there may be is set for a user, and in a namespace of its own for that one.
fn no_watches_left() -> Outcome {
    const NO_WATCHES: &str = "unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_inotify_watches && ";
    if !Command::new("sh")
        .args(["-c", &format!("{NO_WATCHES} true'")])
        .output()
        .is_ok_and(|output| output.status.success())
    {
        return Skipped("no namespace of users can be made here");
    }
    let mut session = Launch::script(&format!("{NO_WATCHES} exec \"$KIJI\" sample-posts'")).start();
    session.wait_for_text("踊り場に立つ");
    session.wait_for_row(-1, "!1");
    session.keys("!");
    session.wait_for_text(messages::not_watched("").trim_end_matches([' ', ':']));
    session.escape();
    quit(session)
}

/// The index follows from one branch to another, and the post that is on both stays where it was.
fn git_checkout() -> Outcome {
    let folder = folder();
    let git = |script: &str| {
        let settings = "git -c user.name=a -c user.email=a@example.org -c commit.gpgsign=false";
        let script = script.replace("git ", &format!("{settings} "));
        let output = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git("git init -q && git add -A && git commit -qm a && git branch one") {
        return Skipped("no git is here");
    }
    assert!(git(
        "git checkout -qb two && git rm -q b.md && for n in $(seq 200); do echo \"# new $n\" >$n.md; done && git add -A && git commit -qm b"
    ));
    let mut session = opened(folder.path());
    session.wait_for_row(0, "201/201");
    session.keys("G");
    session.wait_for_text("words of line 499");
    for (branch, count) in [("one", "2/2"), ("two", "201/201"), ("one", "2/2")] {
        assert!(git(&format!("git checkout -q {branch}")));
        session.wait_for_row(0, count);
        session.wait_for_text("words of line 499");
    }
    quit(session)
}

fn grow() -> Outcome {
    let folder = folder();
    let mut session = opened(folder.path());
    for number in 0..10_000 {
        fs::write(folder.path().join(format!("{number}.md")), "# x\n").expect("a post");
    }
    session.keys("G");
    session.wait_for_text("words of line 499");
    quit(session);
    let mut session = Launch::new(&[folder.path().to_str().expect("UTF-8")]).start();
    session.wait_for_row(0, "10002/10002");
    session.keys("G");
    session.wait_for_text("x");
    quit(session)
}
