//! The index: order, filter, panes.

use super::{Desk, site};
use crate::app::action::{Action, News};
use crate::app::keys::Mode;
use crate::app::panes::Focus;
use crate::state::Entry;

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
    assert_eq!((desk.shown(), desk.app.index.filter.parts()), (vec!["Go と Rust".to_owned()], vec!["#Rust", "#Go"]));
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
    desk.keys("/ｒｕｓｔ");
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
    assert_eq!((desk.shown(), desk.app.index.filter.parts()), (vec!["A".to_owned()], vec!["categories:Diary"]));
    desk.keys("<esc>tja<enter>");
    assert_eq!(desk.shown(), ["あ"]);
}

#[test]
fn the_line_of_the_filter_is_a_query() {
    let check = |line: &str, shown: &[&str], parts: &[&str]| {
        let mut desk = Desk::new(100, 30);
        desk.keys("/").keys(line).keys("<enter>");
        assert_eq!(
            (desk.shown(), desk.app.index.filter.parts()),
            (shown.iter().map(|s| (*s).to_owned()).collect(), parts.to_vec()),
            "{line}"
        );
    };
    check("#go -#rust", &["足場の話"], &["#go", "-#rust"]);
    check("after:2021 sort:title", &["Go と Rust", "Rust の話"], &["after:2021", "sort:title"]);
    check("is:draft", &["Go と Rust"], &["is:draft"]);
    check("ashiba", &["足場の話"], &["ashiba"]);
    check("after:never 日記", &["日記"], &["日記"]);
    check("tag:go OR odd", &["Go と Rust", "足場の話", "odd"], &["#go OR odd"]);
}

#[test]
fn what_was_typed_can_be_taken_back_part_by_part() {
    let mut desk = Desk::new(100, 30);
    desk.keys("/#rust<enter>/go<esc>");
    assert_eq!(desk.app.index.filter.parts(), ["#rust"], "Esc brings back what stood there before");
    desk.keys("/go<enter>");
    assert_eq!((desk.app.index.filter.parts(), desk.shown().len()), (vec!["#rust", "go"], 1));
    desk.keys("xx");
    assert_eq!((desk.app.index.filter.line.as_str(), desk.shown().len()), ("", 5));
}

#[test]
fn the_line_completes_in_turn() {
    let line = |script: &str| {
        let mut desk = Desk::new(100, 30);
        desk.keys(script);
        (desk.app.index.filter.line.as_str().to_owned(), desk.shown().len())
    };
    assert_eq!(line("/#r<tab>"), ("#Rust".into(), 2));
    assert_eq!(line("/#<tab><tab>"), ("#Rust".into(), 2), "as many posts have it");
    assert_eq!(line("/ta<tab>g<tab>"), ("tag:Go".into(), 2));
    assert_eq!(line("/#r<tab><tab><tab>"), ("#r".into(), 0), "what was typed comes again");
    assert_eq!(line("/#<backtab>"), ("#SRE".into(), 1));
}

#[test]
fn what_is_wrong_with_the_line_is_said() {
    let mut desk = Desk::new(100, 30);
    desk.keys("/日記 after:never");
    assert!(desk.app.index.filter.problem().unwrap().what.contains("never"));
    assert_eq!(desk.shown(), ["日記"], "the rest holds");
}

#[test]
fn years_folders_and_languages_filter_too() {
    let mut desk = Desk::new(100, 30);
    desk.keys("tdate:2021<enter>");
    assert_eq!((desk.shown(), desk.app.index.filter.parts()), (vec!["Rust の話".to_owned()], vec!["date:2021"]));
    desk.keys("t2021<enter>");
    assert_eq!(desk.shown().len(), 5);
}

#[test]
fn letters_of_a_title_lead_to_it() {
    let mut desk = Desk::new(100, 30);
    desk.keys("<c-p>rst話<enter>");
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("Rust の話", Mode::Reader));
    desk.keys("<c-p>ashibano<enter>");
    assert_eq!(desk.title(), "足場の話", "by its reading");
}

#[test]
fn texts_are_searched_and_opened_at_the_hit() {
    let mut desk = Desk::new(100, 12);
    desk.keys("S本文");
    assert_eq!(desk.lines(), ["足場の話", "本文は外と中、無。注。"], "{:?}", desk.lines());
    desk.keys("<down><enter>");
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("足場の話", Mode::Reader));
    desk.keys("Snosuchwords");
    assert_eq!(desk.lines(), [""; 0]);
    desk.keys("<esc>Ftext:本文<enter>");
    assert_eq!(desk.shown(), ["足場の話"], "the filter asks texts too");
}

#[test]
fn saved_queries_filter() {
    let mut desk = Desk::new(100, 30);
    desk.app.queries.insert("mine".into(), "#go -#rust".into());
    desk.keys("Qmi<enter>");
    assert_eq!((desk.shown(), desk.app.index.filter.line.as_str()), (vec!["足場の話".to_owned()], "#go -#rust"));
}

#[test]
fn the_filter_is_saved_chosen_and_deleted() {
    let mut desk = Desk::new(100, 30);
    desk.act(Action::News(News::Remembered(Box::default())));
    desk.keys("A");
    assert_eq!(desk.notice(), "Nothing to save: / filters first");
    desk.keys("/#go -#rust<enter>A");
    assert_eq!(desk.lines(), ["Save as #go -#rust"], "without a name it is its own");
    desk.keys("mine<enter>");
    assert_eq!(desk.notice(), "Saved mine: Q lists saved queries");
    let saved = Entry::Query("mine".into(), Some("#go -#rust".into()));
    assert!(desk.saved.contains(&saved), "{:?}", desk.saved);
    desk.keys("<esc>Qmi<enter>");
    assert_eq!((desk.shown(), desk.app.index.filter.line.as_str()), (vec!["足場の話".to_owned()], "#go -#rust"));
    desk.keys("<esc>/odd<enter>A<down><enter>Q");
    assert_eq!(desk.lines(), ["mine"], "the name is given anew");
    desk.keys("<c-x>");
    assert_eq!((desk.lines().len(), desk.notice().as_str()), (0, "Deleted mine: it was odd"));
    assert!(desk.saved.contains(&Entry::Query("mine".into(), None)));
}

#[test]
fn queries_of_the_settings_are_the_users() {
    let mut desk = Desk::new(100, 30);
    desk.act(Action::News(News::Remembered(Box::default())));
    desk.app.queries.insert("mine".into(), "#go".into());
    desk.keys("/odd<enter>Amine<enter>");
    assert_eq!(desk.notice(), "mine stands in your settings file: change it there");
    desk.keys("Q<c-x>");
    assert_eq!(desk.lines(), ["mine"]);
    assert!(!desk.saved.iter().any(|entry| matches!(entry, Entry::Query(..))), "{:?}", desk.saved);
}

#[test]
fn what_is_wrong_with_words_for_texts_is_said() {
    let mut desk = Desk::new(100, 30);
    desk.keys("S/(/");
    assert!(desk.app.texts_problem().unwrap().contains("unclosed group"), "{:?}", desk.app.texts_problem());
    desk.keys("<c-u>本文 after:never");
    assert!(desk.app.texts_problem().unwrap().contains("never"));
    assert!(!desk.lines().is_empty(), "the rest is looked for");
    desk.keys("<c-u>本文");
    assert_eq!(desk.app.texts_problem(), None);
}
