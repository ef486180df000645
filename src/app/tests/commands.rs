//! The list of commands, and help.

use super::Desk;
use crate::app::keys::{ALL, Mode};
use crate::app::overlay::Overlay;
use crate::library::Problem;
use crate::text::Clean;

/// The lines of the open list.
fn lines(desk: &Desk) -> Vec<String> {
    let Some(Overlay::List(picker)) = &desk.app.overlay else { return Vec::new() };
    picker.lines().iter().map(|line| format!("{} {}", line.words, line.detail)).collect()
}

/// Where scrolling by pages ends, and whether all is read on the way there.
fn check_page(desk: &mut Desk, open: &str, last: &str) {
    desk.keys(open);
    let sheet = desk.app.page_sheet();
    let inside = usize::from(sheet.area.width - 4 - sheet.names);
    assert!(sheet.rows.iter().all(|row| desk.app.measure.columns(&row.words) <= inside), "{open}");
    desk.keys("G");
    let Some(Overlay::Details { top, .. } | Overlay::Help { top } | Overlay::Problems { top }) = desk.app.overlay
    else {
        panic!("{open} opens no page")
    };
    let end = top + usize::from(sheet.area.height - 2);
    assert!(end >= sheet.rows.len(), "{open}: the end is not in sight");
    assert!(sheet.rows.last().unwrap().words.ends_with(last), "{open}: {:?}", sheet.rows.last());
    desk.keys("<esc>");
}

#[test]
fn pages_wrap_and_are_read_to_their_end_on_small_screens() {
    let mut desk = Desk::new(60, 12);
    let problem = |number: usize| {
        let what = format!("{} the end of {number}", "words ".repeat(20));
        Problem { place: Clean::line("file"), what: Clean::line(&what) }
    };
    desk.app.complain((0..9).map(problem).collect());
    check_page(&mut desk, "?", "comes back");
    check_page(&mut desk, "!", "the end of 8");
    check_page(&mut desk, "i", "UTF-8");
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

#[test]
fn what_has_the_letters_strewn_over_it_is_left_out() {
    let check = |typed: &str, expected: &[&str]| {
        let mut desk = Desk::new(100, 30);
        desk.keys(":").keys(typed);
        let names: Vec<String> = lines(&desk).iter().map(|line| line[..20].trim().to_owned()).collect();
        assert_eq!(names, expected, "{typed}");
    };
    check("fold", &["open-folds", "close-folds", "facets", "open"]);
    check("quit", &["quit"]);
    check("toggle-read", &["toggle-read"]);
}
