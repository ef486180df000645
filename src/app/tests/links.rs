//! Links: where they lead, and back.

use super::{Desk, site};
use crate::app::action::Action;
use crate::app::keys::Mode;
use crate::app::overlay::Overlay;

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
    assert_eq!(desk.app.mode(), Mode::Note);
    desk.keys("<enter>");
    assert_ne!(desk.app.reader.as_ref().unwrap().link(), mark);
    desk.keys("<enter>");
    assert_eq!((desk.app.reader.as_ref().unwrap().link(), desk.app.mode()), (mark, Mode::Reader));
}

/// Notes with a link, far from their marks.
const NOTES: [(&str, &[u8]); 1] = [(
    "a.md",
    "---\ntitle: t\n---\n一[^a]二[^b]\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n\
     [^a]: 甲は[外](https://other.example/)へ\n\n[^b]: 乙\n"
        .as_bytes(),
)];

#[test]
fn a_note_is_shown_beside_its_mark() {
    let mut desk = Desk::of(&NOTES, 40, 12);
    desk.keys("<enter>p");
    let top = |desk: &Desk| desk.app.reader.as_ref().unwrap().top();
    let shown = |desk: &Desk| match &desk.app.overlay {
        Some(Overlay::Note(note)) => desk.app.note_page(note).unwrap().row_text(0),
        _ => String::new(),
    };
    assert_eq!((shown(&desk).as_str(), desk.app.target_at_hand().as_deref()), ("甲は外へ", Some("note 1")));
    desk.keys("<tab>");
    assert_eq!(desk.app.target_at_hand().as_deref(), Some("https://other.example/"));
    desk.keys("y<enter>");
    assert_eq!(desk.asked, ["copy https://other.example/", "open https://other.example/"]);
    assert_eq!((desk.app.mode(), top(&desk)), (Mode::Reader, 0));
    desk.keys("<esc>pp");
    assert_eq!(shown(&desk), "乙");
    desk.keys("<enter>");
    assert_ne!(top(&desk), 0, "Enter goes to the note");
    desk.keys("<c-o>");
    assert_eq!(top(&desk), 0);
    desk.keys("ppp");
    assert_eq!(desk.app.mode(), Mode::Reader, "after the last note it is left");
    desk.keys("Gp<esc>10jp");
    assert_eq!(desk.notice(), "No footnote mark in sight");
}

#[test]
fn a_click_shows_a_note() {
    let mut desk = Desk::of(&NOTES, 40, 12);
    desk.keys("<enter>");
    let text = desk.app.panes.text();
    let place = desk.app.reader.as_ref().unwrap().page.as_ref().unwrap().links[0].clone();
    let (column, row) = (text.x + place.columns.start as u16, text.y + place.row as u16);
    let mut click = |column, row| {
        desk.act(Action::Press(column, row));
        desk.act(Action::Release(column, row));
        (desk.app.mode(), desk.asked.clone(), desk.top())
    };
    assert_eq!(click(column, row), (Mode::Note, vec![], 0));
    assert_eq!(click(39, 11), (Mode::Reader, vec![], 0), "outside it is left");
    click(column, row);
    let opened = vec!["open https://other.example/".to_owned()];
    assert_eq!(click(column + 4, row + 2), (Mode::Reader, opened.clone(), 0));
    click(column, row);
    let (mode, asked, top) = click(column + 1, row + 2);
    assert_eq!((mode, asked), (Mode::Reader, opened), "on its words: to the note");
    assert_ne!(top, 0);
}

#[test]
fn links_are_a_list() {
    let mut desk = Desk::new(100, 30);
    desk.keys("jj<enter><c-l>");
    let lines = |desk: &Desk| match &desk.app.overlay {
        Some(Overlay::List(picker)) => {
            picker.lines().iter().map(|line| format!("{} > {}", line.words, line.detail)).collect()
        }
        _ => Vec::new(),
    };
    assert_eq!(lines(&desk)[..2], ["外 > https://other.example/x", "中 > post: Rust の話"]);
    desk.keys("other");
    assert_eq!(lines(&desk), ["外 > https://other.example/x"], "found by the target");
    desk.keys("<enter>");
    assert_eq!((desk.asked.clone(), desk.app.mode()), (vec!["open https://other.example/x".to_owned()], Mode::Reader));
    desk.keys("<c-l>中<enter>");
    assert_eq!(desk.title(), "Rust の話");
    desk.keys("<bs><c-l>nosuch<enter>");
    assert_eq!(desk.app.mode(), Mode::List, "what is typed is not lost");
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
