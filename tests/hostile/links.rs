//! Every link of the hostile folder, clicked: what is opened, what is asked about, what is refused.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::Duration;

use kiji::messages;
use vt100::Screen;

use crate::Outcome::Held;
use crate::corpus::{Corpus, Item};
use crate::pseudo_terminal::{Launch, Session, line};
use crate::terminals::wait_until;
use crate::{Tally, bytes};

/// What came of a click.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Seen {
    Opened,
    Asked,
    Refused,
    Nothing,
}

/// A link as the maker of the folder writes it.
fn written(url: &str, label: &str) -> String {
    if url.starts_with('<') || !url.contains(' ') { format!("[{label}]({url})") } else { format!("[{label}](<{url}>)") }
}

fn is_question(screen: &Screen) -> bool {
    screen.contents().contains(messages::host("").trim())
}

/// What a screen says of the link that was clicked last.
fn seen(screen: &Screen) -> Seen {
    let status = line(screen, -1);
    if is_question(screen) {
        Seen::Asked
    } else if status.starts_with("Opening ") {
        Seen::Opened
    } else if status.starts_with("Not opened") || status.contains("leads nowhere") {
        Seen::Refused
    } else {
        Seen::Nothing
    }
}

#[test]
fn every_link_is_opened_asked_about_or_refused() {
    let Some(corpus) = Corpus::new() else { return };
    let browser = corpus.root().join("browser");
    fs::write(&browser, "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >> \"$0.asked\"\n").expect("a script");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("a script");
    let asked = || fs::read_to_string(browser.with_extension("asked")).unwrap_or_default();
    // The folder's own post of links holds one so long that all of it is shown as plain text: here each has a paragraph of its own.
    let links = |item: &Item| item.link.as_ref().map(|(url, label)| written(url, label));
    let words: Vec<String> = corpus.items().iter().filter_map(links).collect();
    let post = corpus.posts().join("links-here.md");
    fs::write(&post, format!("{}\n\nHZEND\n", words.join("\n\n"))).expect("a post");
    let mut session = Launch::new(&[post.to_str().expect("UTF-8")])
        .env("BROWSER", browser.to_str().expect("UTF-8"))
        .size(240, 300)
        .settings("index = 15\n")
        .start();
    session.wait_for_text("HZEND");
    let mut tally = Tally::default();
    let mut count = 0;
    for item in corpus.items().iter().filter(|item| item.link.is_some()) {
        let before = asked().lines().count();
        let outcome = click(&mut session, item);
        if outcome == Seen::Opened {
            count += 1;
            wait_until("a browser that was asked", || asked().lines().count() == before + 2);
        }
        tally.check(&item.name, || {
            check(item, outcome);
            let asked = asked();
            let last: Vec<&str> = asked.lines().skip(before).collect();
            if outcome == Seen::Opened {
                assert_eq!(last[0], "1", "arguments");
                assert!(
                    ["http://", "https://", "mailto:"].iter().any(|scheme| last[1].starts_with(scheme)),
                    "{last:?}"
                );
            }
            Held
        });
    }
    assert_eq!(asked().lines().count(), 2 * count, "nothing else was opened");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
    bytes::check_screen(&session.raw_since(0));
    tally.report("links");
}

/// Clicks a link, and answers a question with yes where the manifest wants it opened.
fn click(session: &mut Session, item: &Item) -> Seen {
    let (_, label) = item.link.as_ref().expect("a link");
    // Of a long post the start is shown first.
    session.wait_for_text(label);
    let (column, row) = session.find(label);
    let mark = session.mark();
    session.click(column, row);
    session.wait_for_frame(mark);
    // A press and a release make two frames.
    thread::sleep(Duration::from_millis(40));
    let came = session.look(seen);
    if came == Seen::Asked {
        session.escape();
        session.wait_for("no question", |screen| !is_question(screen));
    }
    if !session.look(|screen| screen.contents().contains("L000")) {
        session.keys("H");
        session.wait_for_text("L000");
    }
    came
}

fn check(item: &Item, outcome: Seen) {
    // Without a scheme it is one of https, as browsers have it on a site of that.
    let is_relative = item.link.as_ref().is_some_and(|(url, _)| url.starts_with("//"));
    let is_held = is_relative && outcome == Seen::Opened
        || match item.hold["action"].as_str().expect("an action") {
            "open" => matches!(outcome, Seen::Opened | Seen::Asked),
            "confirm" => matches!(outcome, Seen::Asked | Seen::Refused),
            "internal" => matches!(outcome, Seen::Nothing | Seen::Refused),
            _ => matches!(outcome, Seen::Refused | Seen::Nothing),
        };
    assert!(is_held, "{:?} came of {:?}, which is to be {}", outcome, item.link, item.hold["action"]);
}
