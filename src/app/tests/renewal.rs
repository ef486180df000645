//! Posts that change while they are read, sessions that go on, and editing.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::app::keys::Mode;
use crate::library::renewal::Changes;
use crate::state::State;

fn put(root: &TempDir, name: &str, text: &str) -> Changes {
    let file = root.path().join(name);
    fs::write(&file, text).unwrap();
    Changes::of(file.canonicalize().unwrap())
}

fn remove(root: &TempDir, name: &str) -> Changes {
    let file = root.path().canonicalize().unwrap().join(name);
    fs::remove_file(&file).unwrap();
    Changes::of(file)
}

fn long(title: &str) -> String {
    let paragraphs: String = (0..40).map(|number| format!("段落の{number}番目の文です。\n\n")).collect();
    format!("---\ntitle: {title}\n---\n{paragraphs}")
}

/// A folder of three long posts.
fn folder() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    ["a", "b", "c"].iter().for_each(|name| drop(put(&root, &format!("{name}.md"), &long(name))));
    root
}

fn open(root: &Path) -> Desk {
    let mut desk = Desk::over(Library::open(root, None).unwrap(), 100, 12);
    desk.act(Action::News(News::Remembered(Box::default())));
    desk
}

/// The first row of the text.
fn top_row(desk: &Desk) -> String {
    let reader = desk.app.reader.as_ref().unwrap();
    reader.page.as_ref().unwrap().row_text(reader.top())
}

#[test]
fn posts_come_change_and_go() {
    let root = folder();
    let mut desk = open(root.path());
    desk.keys("ss/c<enter>");
    assert_eq!((desk.shown(), desk.title().as_str()), (vec!["c".to_owned()], "c"));
    desk.act(Action::News(News::Changed(put(&root, "0c.md", &long("0c")))));
    assert_eq!((desk.shown(), desk.title().as_str()), (vec!["0c".to_owned(), "c".to_owned()], "c"), "the filter stays");
    desk.act(Action::News(News::Changed(put(&root, "c.md", &long("new c")))));
    assert_eq!((desk.shown(), desk.title().as_str()), (vec!["0c".to_owned(), "new c".to_owned()], "new c"));
    desk.act(Action::News(News::Changed(remove(&root, "c.md"))));
    assert_eq!((desk.shown(), desk.title().as_str()), (vec!["0c".to_owned()], "0c"));
    assert_eq!(desk.notice(), "The post that was open is gone");
    desk.act(Action::News(News::Changed(remove(&root, "0c.md"))));
    assert_eq!((desk.shown().len(), desk.title().as_str()), (0, ""));
}

#[test]
fn whoever_reads_a_post_keeps_it_when_its_file_is_gone() {
    let root = folder();
    let mut desk = open(root.path());
    desk.keys("<enter>");
    assert_eq!(desk.title(), "a");
    desk.act(Action::News(News::Changed(remove(&root, "a.md"))));
    assert_eq!((desk.shown(), desk.title().as_str()), (vec!["b".to_owned(), "c".to_owned()], "a"));
}

#[test]
fn marks_and_the_way_back_keep_their_places_by_their_words() {
    let root = folder();
    let mut desk = open(root.path());
    desk.keys("<enter>14jma");
    let marked = top_row(&desk);
    desk.keys("6j");
    let left = top_row(&desk);
    desk.keys("G");
    let edited = long("a").replacen("段落", "前に加えた段落です。\n\n- 一\n- 二\n\n段落", 1);
    desk.act(Action::News(News::Changed(put(&root, "a.md", &edited))));
    desk.keys("<c-o>");
    assert_eq!(top_row(&desk), left);
    desk.keys("'a");
    assert_eq!(top_row(&desk), marked);
    assert!(marked.contains("番目") && left.contains("番目") && marked != left, "{marked} {left}");
}

#[test]
fn an_open_post_keeps_its_place_by_its_words() {
    let root = folder();
    let mut desk = open(root.path());
    desk.keys("<enter>ddd");
    if top_row(&desk).is_empty() {
        desk.keys("j");
    }
    let before = top_row(&desk);
    assert!(desk.top() > 10 && before.contains("番目"), "{before}");
    let edited = long("a").replacen("段落", "前に加えた段落です。\n\n- 一\n- 二\n\n段落", 1);
    desk.act(Action::News(News::Changed(put(&root, "a.md", &edited))));
    assert_eq!(top_row(&desk), before);
    desk.keys("k");
    let top = desk.top();
    assert_eq!(top_row(&desk), "", "an empty row");
    desk.act(Action::News(News::Changed(put(&root, "a.md", &edited))));
    assert_eq!(desk.top(), top, "nothing moves when nothing changed");
    // At the end, above an empty row or not.
    for keys in ["G", "Gk"] {
        desk.keys(keys);
        let top = desk.top();
        desk.act(Action::News(News::Changed(put(&root, "a.md", &edited))));
        assert_eq!(desk.top(), top, "nothing moves at the end");
    }
    // At the top it stays at the top.
    desk.keys("g");
    desk.act(Action::News(News::Changed(put(&root, "a.md", &long("a")))));
    assert_eq!(desk.top(), 0);
}

#[test]
fn a_file_that_is_cut_off_for_a_moment_keeps_its_place() {
    let root = folder();
    let mut desk = open(root.path());
    desk.keys("<enter>14j");
    let before = top_row(&desk);
    for text in ["", "---\ntitle: a\n---\n段落の", &long("a")] {
        desk.act(Action::News(News::Changed(put(&root, "a.md", text))));
    }
    assert_eq!(top_row(&desk), before);
}

#[test]
fn changes_that_come_meanwhile_wait() {
    let root = folder();
    let mut desk = open(root.path());
    let first = desk.app.update(Action::News(News::Changed(put(&root, "d.md", &long("d")))));
    let [Effect::Renew { changes, .. }] = &first[..] else { panic!("{first:?}") };
    assert!(desk.app.update(Action::News(News::Changed(put(&root, "e.md", &long("e"))))).is_empty());
    desk.keys("Esjis<enter>");
    let before = Arc::new(Library::open(root.path(), None).unwrap());
    // What was read is of other posts than those shown by now, so it is read once more.
    desk.act(Action::News(News::Renewed(Renewal::of(before, changes, None).ok())));
    assert_eq!(desk.shown().len(), 5);
    let decoding = desk.app.library.posts[0].decoding.unwrap();
    assert_eq!(decoding.encoding.name(), "Shift_JIS", "the choice lasts");
    desk.app.update(Action::News(News::Changed(Changes::default())));
    desk.act(Action::News(News::Renewed(None)));
    assert_eq!((desk.shown().len(), desk.notice().is_empty()), (5, false));
}

#[test]
fn a_session_goes_on() {
    let root = folder();
    let mut desk = open(root.path());
    desk.keys("ss/a<enter>x/b<enter><enter>dd");
    let before = top_row(&desk);
    let mut state = State::default();
    desk.saved.iter().for_each(|entry| state.note(entry.clone()));
    assert_eq!(state.last_folder(), desk.app.library.folder().as_deref());
    for is_early in [true, false] {
        let mut later = Desk { app: App::new(100, 12, 80, 38), asked: Vec::new(), saved: Vec::new() };
        later.app.resume();
        let mut news = vec![
            Action::News(News::Remembered(Box::new(state.clone()))),
            Action::News(News::Scanned(Arc::new(Library::open(root.path(), None).unwrap()))),
        ];
        if !is_early {
            news.reverse();
        }
        news.into_iter().for_each(|news| later.act(news));
        assert_eq!(
            (later.title().as_str(), later.shown(), later.app.mode()),
            ("b", vec!["b".to_owned()], Mode::Reader)
        );
        assert_eq!((top_row(&later), later.app.index.order), (before.clone(), desk.app.index.order));
    }
    // Without the wish it starts anew, but in the post's place.
    let mut later = open(root.path());
    later.act(Action::News(News::Remembered(Box::new(state))));
    assert_eq!((later.shown().len(), later.app.mode()), (3, Mode::Index));
}

#[test]
fn a_post_is_edited_at_the_line_in_view() {
    let root = folder();
    let mut desk = open(root.path());
    desk.keys("e");
    assert_eq!(desk.asked, ["edit a.md at 1"]);
    desk.keys("<enter>dd");
    if top_row(&desk).is_empty() {
        desk.keys("j");
    }
    desk.keys("e");
    let words = top_row(&desk);
    let source = long("a");
    let line = source.lines().position(|line| !words.is_empty() && line == words.trim()).map(|at| at + 1);
    let line = line.unwrap_or_else(|| panic!("{words:?}"));
    assert_eq!(desk.asked[1], format!("edit a.md at {line}"));
    let mut samples = Desk::new(100, 12);
    samples.keys("e");
    assert_eq!(samples.notice(), "This post lies in no file that could be edited");
}
