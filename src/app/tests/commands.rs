//! The list of commands, and help.

use super::Desk;
use crate::app::keys::{ALL, Mode};
use crate::app::overlay::Overlay;

/// The lines of the open list.
fn lines(desk: &Desk) -> Vec<String> {
    let Some(Overlay::List(picker)) = &desk.app.overlay else { return Vec::new() };
    picker.lines().iter().map(|line| format!("{} {}", line.words, line.detail)).collect()
}

#[test]
fn a_command_is_found_by_some_of_its_letters_and_done() {
    let mut desk = Desk::new(100, 30);
    desk.keys(":srt");
    assert_eq!(lines(&desk)[0], "sort                sort by date, title or path s");
    desk.keys("<enter>");
    assert_eq!(desk.shown()[1], "odd", "it is sorted by title");
    desk.keys("<tab>:index<enter>");
    assert_eq!(desk.app.mode(), Mode::Index);
    desk.keys(":quit<enter>");
    assert_eq!(desk.asked, ["quit"]);
    desk.keys(":xyz<enter>");
    assert_eq!((lines(&desk).len(), desk.app.mode()), (0, Mode::List), "without a command the list stays");
}

#[test]
fn every_command_of_the_panes_is_listed_once() {
    for script in [":", "<tab>:"] {
        let mut desk = Desk::new(100, 30);
        let lines = lines(desk.keys(script));
        let panes = [Mode::Index, Mode::Reader].map(|mode| desk.app.keymap.entries(mode));
        // A digit alone does nothing.
        let is_left_out = |name: &str| name == "commands" || name == "digit-0";
        for entry in panes.iter().flatten().filter(|entry| !is_left_out(entry.name)) {
            let named = format!("{} ", entry.name);
            assert_eq!(lines.iter().filter(|line| line.starts_with(&named)).count(), 1, "{} {script}", entry.name);
        }
    }
}

#[test]
fn commands_of_the_other_pane_go_there_first() {
    let mut desk = Desk::new(100, 30);
    desk.keys(":outline<enter>");
    assert_eq!(
        (desk.app.pane(), desk.lines()),
        (Mode::Reader, vec!["足場の話"; 0].into_iter().map(str::to_owned).collect())
    );
    desk.keys("<esc>:sort<enter>");
    assert_eq!((desk.app.mode(), desk.shown()[1].as_str()), (Mode::Index, "odd"));
    desk.keys("/nosuchpost<enter>:outline<enter>");
    assert_eq!((desk.app.mode(), desk.notice().as_str()), (Mode::Index, "No post is open"));
}

#[test]
fn help_is_searched() {
    let mut desk = Desk::new(100, 30);
    desk.keys("?/");
    assert_eq!(lines(&desk).len(), ALL.iter().map(|mode| desk.app.keymap.entries(*mode).len()).sum::<usize>());
    desk.keys("nxthead");
    assert_eq!(lines(&desk)[0], "Reader: to the next heading ]");
    desk.keys("<enter>");
    assert_eq!(desk.app.mode(), Mode::Reader, "it is done there");
    desk.keys("?/noteleave<enter>");
    assert_eq!(desk.notice(), "That can be done only there: Note");
    desk.keys("!/");
    assert_eq!(desk.app.mode(), Mode::Pages, "other pages are not searched");
}
