//! Links: where they lead, and back.

use super::{Desk, site};
use crate::app::action::Action;
use crate::app::keys::Mode;

#[test]
fn links_lead_out_and_in() {
    let mut desk = Desk::new(100, 30);
    desk.keys("jj<enter><tab>");
    assert_eq!(desk.app.target_at_hand().as_deref(), Some("https://other.example/x"));
    desk.keys("o");
    assert_eq!(desk.asked, ["open https://other.example/x"]);
    desk.keys("<tab><enter>");
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("Rust の話", Mode::Reader));
    desk.keys("<bs>");
    assert_eq!(desk.title(), "足場の話");
    desk.keys("L");
    assert_eq!(desk.title(), "Rust の話");
}

#[test]
fn a_card_opens_its_slides() {
    let mut desk = Desk::new(100, 30);
    desk.keys("jj<enter><tab><tab><tab><tab><tab>o");
    assert_eq!(desk.asked, ["open https://www.slideshare.net/u/talk"]);
}

#[test]
fn notes_and_marks_lead_to_each_other() {
    let mut desk = Desk::new(100, 30);
    desk.keys("jj<enter><tab><tab><tab><tab>");
    assert_eq!(desk.app.target_at_hand().as_deref(), Some("note 1"));
    let mark = desk.app.reader.as_ref().unwrap().link();
    desk.keys("<enter>");
    assert_ne!(desk.app.reader.as_ref().unwrap().link(), mark);
    desk.keys("<enter>");
    assert_eq!(desk.app.reader.as_ref().unwrap().link(), mark);
}

#[test]
fn hints_open_by_letter() {
    let mut desk = Desk::new(100, 30);
    desk.keys("jj<enter>f");
    assert_eq!(desk.app.mode(), Mode::Hints);
    desk.keys("a");
    assert_eq!((desk.app.mode(), desk.asked.clone()), (Mode::Reader, vec!["open https://other.example/x".to_owned()]));
    desk.keys("fs");
    assert_eq!(desk.title(), "Rust の話");
    desk.keys("<bs>fZ");
    assert_eq!(desk.app.mode(), Mode::Reader, "a letter that is no hint leaves");
    desk.keys("fあ");
    assert_eq!(desk.app.mode(), Mode::Reader, "so does one from an input method");
}

#[test]
fn odd_addresses_are_asked_about_or_refused() {
    let mut desk = Desk::new(100, 30);
    desk.keys("jjj<enter><tab>o");
    assert_eq!((desk.app.mode(), desk.asked.len()), (Mode::Question, 0));
    desk.keys("<esc>");
    assert_eq!(desk.asked.len(), 0);
    desk.keys("oy");
    assert_eq!(desk.asked, ["open https://xn--wgv71a.example/"]);
    desk.keys("<tab>o");
    assert!(desk.notice().starts_with("Not opened"), "{}", desk.notice());
    desk.keys("<tab>o");
    assert_eq!(desk.notice(), "#nowhere leads nowhere in this folder");
    desk.keys("<tab>o");
    assert_eq!(desk.title(), "Rust の話");
}

#[test]
fn what_cannot_be_opened_is_copied() {
    let mut desk = Desk::new(100, 30);
    desk.act(Action::CouldNotOpen("https://other.example/x".parse().unwrap()));
    assert_eq!(desk.asked, ["copy https://other.example/x"]);
    assert!(desk.notice().contains("https://other.example/x"));
}

#[test]
fn a_click_opens_what_was_pressed() {
    let mut desk = Desk::new(100, 30);
    desk.keys("jj<enter>");
    let text = desk.app.panes.text();
    let reader = desk.app.reader.as_ref().unwrap();
    let place = reader.page.as_ref().unwrap().links[0].clone();
    let (column, row) = (text.x + place.columns.start as u16, text.y + place.row as u16);
    desk.act(Action::Press(column, row));
    assert_eq!(desk.app.target_at_hand().as_deref(), Some("https://other.example/x"));
    desk.act(Action::Release(0, 5));
    assert_eq!(desk.asked.len(), 0, "let go elsewhere: nothing opens");
    desk.act(Action::Press(column, row));
    desk.act(Action::Release(column, row));
    assert_eq!(desk.asked, ["open https://other.example/x"]);
    desk.act(Action::Press(3, 1));
    assert_eq!(desk.title(), "Go と Rust");
}

#[test]
fn translations_go_round() {
    let mut desk = site();
    desk.keys("jj<enter>T");
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("あ", Mode::Reader));
    desk.keys("T");
    assert_eq!(desk.title(), "A");
    desk.keys("<bs>");
    assert_eq!(desk.title(), "あ");
    desk.keys("hGT");
    assert_eq!(desk.notice(), "This post is in one language only");
}

#[test]
fn what_links_here_is_a_list_to_go_by() {
    let mut desk = site();
    desk.keys("jjjW");
    assert_eq!(desk.app.mode(), Mode::List);
    desk.keys("<down><enter>");
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("C", Mode::Reader));
    desk.keys("<bs>Wa<enter>");
    assert_eq!(desk.title(), "A");
    desk.keys("W<enter>");
    assert_eq!(desk.app.mode(), Mode::List, "nothing links here: the list stays and says so");
    desk.keys("<esc>");
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("A", Mode::Reader));
}

#[test]
fn the_published_page_opens() {
    let mut desk = site();
    desk.keys("B");
    assert_eq!(desk.notice(), "This post has no published page: future");
    desk.keys("jB");
    assert_eq!(desk.asked, ["open https://hibi.example/ja/a/"]);
}

#[test]
fn a_heading_that_is_not_there_is_told() {
    let mut desk = site();
    desk.keys("jj<enter><tab><enter>");
    assert_eq!((desk.title().as_str(), desk.notice().as_str()), ("B", "#nowhere leads nowhere in this folder"));
}
