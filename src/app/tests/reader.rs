//! The open post: its place, its encoding, its pages.

use std::sync::Arc;

use super::{Desk, SHORT};
use crate::app::action::Action;
use crate::app::keys::Mode;

#[test]
fn a_post_is_read_in_another_encoding() {
    let mut desk = Desk::of(&SHORT, 100, 30);
    let words = |desk: &Desk| desk.app.reader.as_ref().unwrap().page.as_ref().unwrap().plain.clone();
    assert!(desk.title() != "表" && !words(&desk).contains('本'), "{}", words(&desk));
    desk.keys("Eshift<enter>");
    assert_eq!((desk.title().as_str(), desk.notice().as_str()), ("表", "Read as Shift_JIS"));
    assert!(words(&desk).contains('本'), "{}", words(&desk));
    desk.keys("j<enter>EEUC-JP<enter>");
    assert!(desk.title() != "日" && desk.shown()[0] == "表", "{:?}", desk.shown());
    desk.keys("E<esc>Esjis<enter>");
    assert_eq!((desk.shown(), desk.app.mode()), (vec!["表".to_owned(), "日".to_owned()], Mode::Reader));
    desk.keys("K");
    assert!(words(&desk).contains('本'), "the choice lasts: {}", words(&desk));
    desk.act(Action::News(crate::app::action::News::Scanned(Desk::of(&SHORT, 100, 30).app.library)));
    assert!(words(&desk).contains('本'), "and when the posts are read anew: {}", words(&desk));
    desk.keys("iE<down><down><enter>");
    assert_eq!(desk.notice(), "Read as EUC-JP", "after the one in use and UTF-8");
    desk.keys("Enosuch<enter>");
    assert_eq!((desk.notice().as_str(), desk.app.mode()), ("", Mode::List), "what is typed is not lost");
}

#[test]
fn the_place_is_kept_on_resize_and_return() {
    let mut desk = Desk::new(100, 8);
    desk.keys("j<enter>]]");
    let place = |desk: &Desk| {
        let reader = desk.app.reader.as_ref().unwrap();
        reader.page.as_ref().unwrap().row_text(reader.top())
    };
    let row = place(&desk);
    assert!(desk.top() > 0);
    for (columns, rows) in [(30, 8), (100, 4), (1, 1), (100, 8)] {
        desk.act(Action::Resize(columns, rows));
    }
    assert_eq!(place(&desk), row);
    desk.keys("hk");
    assert_eq!(desk.top(), 0);
    desk.keys("j");
    assert_eq!(place(&desk), row);
}

#[test]
fn scrolling_stays_within_the_post() {
    let mut desk = Desk::new(100, 8);
    desk.keys("j<enter>kkk");
    assert_eq!(desk.top(), 0);
    desk.keys("G");
    let end = desk.top();
    desk.keys("jjj <c-d>");
    assert_eq!(desk.top(), end);
    desk.keys("[");
    assert!(desk.top() < end);
    desk.keys("g");
    assert_eq!(desk.top(), 0);
}

#[test]
fn pages_for_another_width_are_dropped() {
    let mut desk = Desk::new(100, 30);
    let page = desk.app.reader.as_ref().unwrap().page.clone().unwrap();
    desk.act(Action::Laid { page: Arc::new(crate::layout::Page::default()), generation: 0 });
    assert!(Arc::ptr_eq(&page, desk.app.reader.as_ref().unwrap().page.as_ref().unwrap()));
}

#[test]
fn quitting_and_suspending_are_asked_of_the_world() {
    let mut desk = Desk::new(100, 30);
    desk.keys("<c-z>q");
    assert_eq!(desk.asked, ["suspend", "quit"]);
    desk.keys("/q");
    assert_eq!(desk.asked.len(), 2, "while typing q is a letter");
}
