//! The index: order, filter, panes.

use super::{Desk, site};
use crate::app::keys::Mode;
use crate::app::panes::Focus;

#[test]
fn the_newest_post_comes_first_and_is_shown() {
    let desk = Desk::new(100, 30);
    assert_eq!(desk.shown(), ["Go と Rust", "Rust の話", "足場の話", "odd", "日記"]);
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("Go と Rust", Mode::Index));
}

#[test]
fn sorting_goes_round() {
    let mut desk = Desk::new(100, 30);
    desk.keys("s");
    assert_eq!(desk.shown(), ["Go と Rust", "odd", "Rust の話", "日記", "足場の話"]);
    desk.keys("s");
    assert_eq!(desk.shown(), ["足場の話", "Rust の話", "Go と Rust", "日記", "odd"]);
    assert_eq!(desk.title(), "Go と Rust", "the selection stays with its post");
}

#[test]
fn tags_combine_and_come_off() {
    let mut desk = Desk::new(100, 30);
    desk.keys("trust<enter>");
    assert_eq!(desk.shown(), ["Go と Rust", "Rust の話"]);
    desk.keys("tgo<enter>");
    assert_eq!(
        (desk.shown(), desk.app.index.filter.parts()),
        (vec!["Go と Rust".to_owned()], vec!["#Rust".into(), "#Go".into()])
    );
    desk.keys("1x");
    assert_eq!(desk.shown(), ["Go と Rust", "足場の話"]);
    desk.keys("tgo<enter>");
    assert_eq!(desk.shown().len(), 5, "Enter on a chosen tag takes it off");
    desk.keys("trust<enter><esc>");
    assert_eq!(desk.shown().len(), 5);
}

#[test]
fn titles_are_filtered_as_one_types() {
    let mut desk = Desk::new(100, 30);
    desk.keys("/ＲＵＳＴ");
    assert_eq!(desk.shown(), ["Go と Rust", "Rust の話"]);
    desk.keys(" 話");
    assert_eq!(desk.shown(), ["Rust の話"]);
    desk.keys("<bs><bs><enter>j");
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("Rust の話", Mode::Index));
    desk.keys("x");
    assert_eq!(desk.shown().len(), 5);
}

#[test]
fn a_narrow_terminal_shows_one_pane() {
    let mut desk = Desk::new(60, 20);
    assert!(!desk.app.panes.shows_reader());
    desk.keys("<enter>");
    assert!(desk.app.panes.shows_reader());
    assert_eq!(desk.app.panes.index().width, 0);
    desk.keys("<esc>");
    assert_eq!(desk.app.panes.focus, Focus::Index);
}

#[test]
fn the_split_moves_and_lays_out_anew() {
    let mut desk = Desk::new(120, 20);
    let before = desk.app.reader.as_ref().unwrap().page.as_ref().unwrap().width;
    desk.keys(">>>");
    let after = desk.app.reader.as_ref().unwrap().page.as_ref().unwrap().width;
    assert!(after < before);
}

#[test]
fn what_is_not_published_is_hidden_and_shown() {
    let mut desk = site();
    assert_eq!(desk.shown(), ["D", "あ", "A", "B", "C", "E"]);
    desk.keys("D");
    assert_eq!((desk.shown(), desk.app.index.total()), (["あ", "A", "B"].map(str::to_owned).to_vec(), 6));
    desk.keys("<esc>");
    assert_eq!(desk.shown().len(), 3, "it is no part of the filter");
    desk.keys("D");
    assert_eq!(desk.shown().len(), 6);
}

#[test]
fn terms_of_every_taxonomy_filter() {
    let mut desk = site();
    desk.keys("tdiary<enter>");
    assert_eq!((desk.shown(), desk.app.index.filter.parts()), (vec!["A".to_owned()], vec!["categories: Diary".into()]));
    desk.keys("<esc>tja<enter>");
    assert_eq!(desk.shown(), ["あ"]);
}
