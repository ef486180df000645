//! What is remembered: of one run to the next.

use super::*;
use crate::app::keys::Mode;
use crate::state::{Record, State};

/// A desk that knows what was saved at another.
fn after(saved: &[Entry]) -> Desk {
    let mut state = State::default();
    saved.iter().for_each(|entry| state.note(entry.clone()));
    let mut desk = Desk::new(100, 8);
    desk.act(Action::News(News::Remembered(Box::new(state))));
    desk
}

fn marks(desk: &Desk) -> Vec<String> {
    let facts = &desk.app.memory.facts;
    let mark = |id: &crate::library::PostId| match (facts.is_read(*id), facts.is_favourite(*id)) {
        (false, false) => "",
        (true, false) => "read",
        (false, true) => "favourite",
        (true, true) => "both",
    };
    desk.app.index.shown().iter().map(|id| mark(id).to_owned()).collect()
}

#[test]
fn a_post_is_read_when_its_end_was_in_sight() {
    let mut desk = after(&[]);
    desk.keys("j");
    assert_eq!(marks(&desk), ["", "", "", "", ""], "looking is not reading");
    desk.keys("<enter>");
    assert_eq!(marks(&desk), ["", "", "", "", ""], "its end is not in sight");
    desk.keys("G");
    assert_eq!(marks(&desk), ["", "read", "", "", ""]);
    desk.keys("r");
    assert_eq!((marks(&desk)[1].as_str(), desk.notice().as_str()), ("", "Marked unread"));
    desk.keys("gG");
    assert_eq!(marks(&desk)[1], "", "it stays unread while it is open");
    desk.keys("*r");
    assert_eq!(marks(&desk)[1], "both");
    let later = after(&desk.saved);
    assert_eq!(marks(&later), marks(&desk));
    assert!(later.app.memory.is_unread(later.app.index.shown()[0]));
}

#[test]
fn nothing_is_noted_before_it_is_known_what_was() {
    let mut desk = Desk::new(100, 8);
    desk.keys("<enter>r*");
    assert_eq!((desk.saved.len(), marks(&desk)), (0, vec![String::new(); 5]));
    let id = desk.app.index.shown()[0];
    assert!(!desk.app.memory.is_unread(id), "it is not known yet");
}

#[test]
fn the_place_in_each_post_is_kept() {
    let mut desk = after(&[]);
    desk.keys("j<enter>jjjj");
    let top = desk.top();
    assert_eq!(top, 4);
    desk.keys("h");
    let mut later = after(&desk.saved);
    later.keys("j");
    assert_eq!((later.title(), later.top()), (desk.title(), top));
    // It is found by its words, though the state comes after the post.
    let mut state = State::default();
    desk.saved.iter().for_each(|entry| state.note(entry.clone()));
    let mut late = Desk::new(100, 8);
    late.keys("j");
    assert_eq!(late.top(), 0);
    late.act(Action::News(News::Remembered(Box::new(state))));
    assert_eq!(late.top(), top);
}

#[test]
fn what_was_open_is_listed_the_latest_first() {
    let mut desk = after(&[]);
    desk.keys("<enter>JhjR");
    let words = |desk: &Desk| match &desk.app.overlay {
        Some(crate::app::overlay::Overlay::List(picker)) => {
            picker.lines().iter().map(|line| line.words.to_string()).collect()
        }
        _ => Vec::new(),
    };
    assert_eq!(words(&desk), ["Rust の話", "Go と Rust"]);
    desk.keys("go<enter>");
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("Go と Rust", Mode::Reader));
    assert_eq!(words(after(&desk.saved).keys("R")), ["Go と Rust", "Rust の話"]);
}

#[test]
fn changes_of_other_programs_are_not_overtaken() {
    let mut desk = after(&[]);
    desk.keys("r");
    let Some(Entry::Post(key, _)) = desk.saved.first().cloned() else { panic!("{:?}", desk.saved) };
    let mut state = State::default();
    state.apply(Record { time: 5, entry: Entry::Post(key.clone(), crate::state::Change::Favourite(true)) });
    state.apply(Record { time: 3, entry: desk.saved[0].clone() });
    assert!(state.post(&key).is_some_and(|memory| memory.is_read() && memory.is_favourite()));
}
