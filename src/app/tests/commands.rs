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
fn every_command_of_a_pane_is_listed() {
    for (script, mode) in [(":", Mode::Index), ("<tab>:", Mode::Reader)] {
        let mut desk = Desk::new(100, 30);
        let lines = lines(desk.keys(script));
        let mut entries = desk.app.keymap.entries(mode);
        entries.retain(|entry| entry.name != "commands");
        for entry in entries {
            let named = format!("{} ", entry.name);
            assert!(lines.iter().any(|line| line.starts_with(&named)), "{} in {mode:?}", entry.name);
        }
    }
}

#[test]
fn help_is_searched() {
    let mut desk = Desk::new(100, 30);
    desk.keys("?/");
    assert_eq!(lines(&desk).len(), ALL.iter().map(|mode| desk.app.keymap.entries(*mode).len()).sum::<usize>());
    desk.keys("nxthead");
    assert_eq!(lines(&desk)[0], "Reader: to the next heading ]");
    desk.keys("<enter>");
    assert_eq!(desk.app.mode(), Mode::Index, "what belongs to another pane is not done");
    desk.keys("!/");
    assert_eq!(desk.app.mode(), Mode::Pages, "other pages are not searched");
}
