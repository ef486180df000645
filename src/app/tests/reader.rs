//! The open post: its place, its encoding, its pages.

use std::sync::Arc;

use super::{Desk, SHORT};
use crate::app::action::{Action, Motion};
use crate::app::keys::Mode;
use crate::app::overlay::Overlay;
use crate::app::reader::{Aim, Hand, Reader};
use crate::document::markdown;
use crate::layout::{Extent, Page, Sheet, lay_out};
use crate::library::PostId;
use crate::text::markup::MarkupSettings;

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
fn the_end_stays_in_sight_on_resize() {
    let mut desk = Desk::new(100, 8);
    desk.keys("j<enter>G");
    let is_at_end = |desk: &Desk| {
        let height = usize::from(desk.app.panes.text().height);
        desk.app.reader.as_ref().unwrap().shows_end(height)
    };
    for (columns, rows) in [(30, 8), (70, 5), (100, 4), (40, 3), (100, 8)] {
        desk.act(Action::Resize(columns, rows));
        assert!(is_at_end(&desk), "{columns} x {rows}");
    }
    desk.keys("k");
    desk.act(Action::Resize(30, 5));
    assert!(!is_at_end(&desk), "whoever went on from the end stays there");
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

/// Headings of three levels, far apart.
const LONG: [(&str, &[u8]); 2] = [
    (
        "a.md",
        "---\ntitle: 長い話\ndate: 2020-01-01\n---\n# 一\n\n文\n\n文\n\n文\n\n## 一の二\n\n文\n\n文\n\n文\n\n### 細目\n\n文\n\n文\n\n文\n\n\
         # 二\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n"
            .as_bytes(),
    ),
    ("b.md", "---\ntitle: 次\n---\n[前](a.md)\n".as_bytes()),
];

/// The words of the first row in sight.
fn at(desk: &Desk) -> String {
    desk.app.reader.as_ref().unwrap().top_words()
}

#[test]
fn counts_come_before_keys() {
    let check = |script: &str, row: usize| {
        let mut desk = Desk::of(&LONG, 100, 8);
        desk.keys("<enter>").keys(script);
        assert_eq!((desk.top(), desk.app.count), (row, None), "{script}");
    };
    check("5j", 5);
    check("12j2k", 10);
    check("10G", 9);
    check("10g", 9);
    check("0j", 1);
    check("2<c-d>", 6);
    check("50%", 23);
    check("G%", 0);
    check("5<esc>j", 1);
    check("99999999999999999999k", 0);
    let mut desk = Desk::of(&LONG, 100, 8);
    desk.keys("<enter>3]");
    assert_eq!(at(&desk), "細目");
    desk.keys("2[");
    assert_eq!(at(&desk), "一");
    desk.keys("9]");
    assert_eq!(at(&desk), "二");
    desk.keys("9[12");
    assert_eq!((desk.top(), desk.app.count), (0, Some(12)));
    let mut desk = Desk::new(100, 30);
    desk.keys("3j");
    assert_eq!(desk.title(), "odd");
    desk.keys("2G");
    assert_eq!(desk.title(), "Rust の話");
    desk.keys("<enter>3J");
    assert_eq!(desk.title(), "日記");
    desk.keys("?12j");
    assert!(matches!(desk.app.overlay, Some(Overlay::Help { top: 12 })), "{:?}", desk.app.overlay);
}

#[test]
fn the_outline_leads_to_headings() {
    let mut desk = Desk::of(&LONG, 40, 12);
    desk.keys("<enter>2]O");
    let lines = |desk: &Desk| match &desk.app.overlay {
        Some(Overlay::List(picker)) => picker.lines().iter().map(|line| (line.depth, line.words.to_string())).collect(),
        _ => Vec::new(),
    };
    let line = |depth, words: &str| (depth, words.to_owned());
    assert_eq!(lines(&desk), [line(0, "一"), line(1, "一の二"), line(2, "細目"), line(0, "二")]);
    desk.keys("<enter>");
    assert_eq!(at(&desk), "一の二", "the section in view is selected");
    desk.keys("Oサイ");
    assert_eq!(lines(&desk), []);
    desk.keys("<c-u>細<enter>");
    assert_eq!((at(&desk).as_str(), desk.app.mode()), ("細目", Mode::Reader));
    desk.keys("<c-o>");
    assert_eq!(at(&desk), "一の二");
}

#[test]
fn marks_are_kept_across_posts() {
    let mut desk = Desk::of(&LONG, 40, 8);
    desk.keys("<enter>3]maJ");
    assert_eq!((desk.title().as_str(), desk.app.marks[&'a'].words.to_string()), ("次", "細目".to_owned()));
    desk.keys("'a");
    assert_eq!((desk.title().as_str(), at(&desk).as_str()), ("長い話", "細目"));
    desk.keys("''");
    assert_eq!(desk.title(), "次");
    desk.keys("''");
    assert_eq!((desk.title().as_str(), at(&desk).as_str()), ("長い話", "細目"));
    for (script, notice) in [
        ("'b", "Nothing is marked b"),
        ("m1", "A mark is a letter from a to z"),
        ("mあ", "A mark is a letter from a to z"),
        ("mb", "Marked b: ' b comes back here"),
    ] {
        desk.keys(script);
        assert_eq!((desk.notice().as_str(), desk.app.mode()), (notice, Mode::Reader), "{script}");
    }
    desk.keys("h'a");
    assert_eq!(desk.app.mode(), Mode::Reader);
    desk.keys("m<esc>h");
    assert_eq!(desk.app.mode(), Mode::Index);
}

#[test]
fn jumps_go_back_and_forward() {
    let mut desk = Desk::of(&LONG, 40, 8);
    desk.keys("<enter>jG");
    let end = desk.top();
    desk.keys("J<c-o>");
    assert_eq!((desk.title().as_str(), desk.top()), ("長い話", end));
    desk.keys("H");
    assert_eq!(desk.top(), 1);
    desk.keys("2L");
    assert_eq!(desk.title(), "次");
    desk.keys("9<c-o>");
    assert_eq!((desk.title().as_str(), desk.top()), ("長い話", 1));
    desk.keys("<bs>");
    assert_eq!(desk.notice(), "No farther this way");
}

#[test]
fn the_column_of_text_changes_its_shape() {
    let column = |desk: &Desk| {
        let text = desk.app.panes.text();
        assert_eq!(usize::from(text.width), desk.app.reader.as_ref().unwrap().page.as_ref().unwrap().width);
        (text.x, text.width)
    };
    let mut desk = Desk::of(&LONG, 200, 60);
    desk.keys("<enter>");
    assert_eq!(column(&desk), (78, 80));
    desk.keys("-");
    assert_eq!(column(&desk), (78, 76));
    desk.keys("5-");
    assert_eq!(column(&desk), (78, 56));
    desk.keys("|");
    assert_eq!(column(&desk), (78 + (121 - 56) / 2, 56));
    desk.keys("99+");
    assert_eq!(column(&desk), (78, 121));
    desk.keys("99-");
    assert_eq!(column(&desk).1, 20);
    desk.keys("=|");
    assert_eq!(column(&desk), (78, 80));
}

#[test]
fn zen_leaves_nothing_but_the_text() {
    let mut desk = Desk::of(&LONG, 100, 10);
    desk.keys("<enter>3]");
    let before = desk.app.panes.text();
    desk.keys("z");
    let text = desk.app.panes.text();
    assert_eq!((desk.app.panes.index().width, text.y, text.height, text.x), (0, 0, 9, 10));
    assert_eq!(at(&desk), "細目");
    desk.keys("<esc>");
    assert_eq!((desk.app.panes.text(), desk.app.mode(), at(&desk).as_str()), (before, Mode::Reader, "細目"));
    desk.keys("zz");
    assert_eq!(desk.app.panes.text(), before);
    desk.keys("zh");
    assert_eq!((desk.app.panes.is_zen, desk.app.mode()), (false, Mode::Index));
}

#[test]
fn opening_a_post_from_the_index_is_a_jump() {
    let mut desk = Desk::new(100, 9);
    desk.keys("j<enter>4jhj<enter>");
    let first = "Rust の話";
    assert_eq!((desk.title().as_str(), desk.app.mode()), ("足場の話", Mode::Reader));
    desk.keys("<c-o>");
    assert_eq!((desk.title().as_str(), desk.top()), (first, 4));
    desk.keys("h<enter><c-o>");
    assert_eq!(desk.notice(), "No farther this way", "the same post is not jumped to");
    desk.keys("L");
    assert_eq!(desk.title(), "足場の話");
    desk.keys("<c-o>hjjk<tab><c-o>");
    assert_eq!((desk.title().as_str(), desk.top()), (first, 4), "posts that were only passed are not come back to");
}

/// The pages of a post: of its start, of as many lines as are given, and of all forty.
fn start_and_whole(lines: usize) -> [Arc<Page>; 2] {
    let page = |lines: usize| {
        let source: String = (0..lines).map(|line| format!("# h{line}\n\n[l{line}](/{line})\n\n")).collect();
        lay_out(&markdown::read(&source, MarkupSettings::default()), &Sheet::of(20)).timed()
    };
    let mut start = page(lines);
    start.extent = Extent::Start;
    [Arc::new(start), Arc::new(page(40))]
}

#[test]
fn the_start_of_a_post_is_read_while_the_rest_is_to_come() {
    let [start, whole] = start_and_whole(10);
    let reader = |aim: Aim| Reader::new(PostId(0), 20, aim);
    let words = |reader: &Reader| reader.page.as_ref().unwrap().row_text(reader.top());
    assert!(reader(Aim::Place(0)).takes_start());
    assert!(!reader(Aim::Place(9)).takes_start() && !reader(Aim::Fragment("h3".into())).takes_start());
    let open = || {
        let mut reader = reader(Aim::Place(0));
        reader.take_page(Arc::clone(&start), 5);
        assert!(!reader.takes_start() && !reader.shows_end(100));
        assert_eq!((reader.progress(5), reader.time_left(5)), (None, None));
        reader
    };
    for (motion, before, after) in [
        (Motion::Lines(8), "# h2", "# h2"),
        (Motion::Pages(100), "l8", "l8"),
        (Motion::Bottom, "l8", "l38"),
        (Motion::Line(81), "l8", "# h20"),
        (Motion::Percent(63), "# h6", "# h25"),
    ] {
        let mut reader = open();
        reader.scroll(motion, 5);
        assert_eq!(words(&reader), before, "{motion:?}");
        assert_eq!(reader.take_page(Arc::clone(&whole), 5), None);
        assert_eq!(words(&reader), after, "{motion:?}");
        assert!(reader.progress(5).is_some());
    }
    for (fragment, missed) in [("h3", None), ("h30", None), ("h50", Some("h50".to_owned()))] {
        let mut reader = open();
        assert!(reader.aim_at(&Aim::Fragment(fragment.to_owned()), 5), "{fragment}");
        assert_eq!(reader.take_page(Arc::clone(&whole), 5), missed);
        assert_eq!(words(&reader), if missed.is_some() { "# h0".to_owned() } else { format!("# {fragment}") });
    }
    let mut reader = open();
    reader.scroll(Motion::Lines(8), 5);
    reader.hand = Some(Hand::Link(start.links[2].link));
    reader.take_page(Arc::clone(&whole), 5);
    assert!(reader.link().is_some(), "what is in hand stays there");
}
