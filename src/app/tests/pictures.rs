//! Pictures: kept free, asked for, shown, hidden, opened.

use std::fs;
use std::sync::Arc;

use super::Desk;
use crate::app::action::{Action, News};
use crate::app::pictures::{PictureAction, State};
use crate::app::{App, Effect};
use crate::layout::{Sheet, lay_out};
use crate::library::Library;
use crate::picture::remote::{Failure, Permission};
use crate::picture::{Cell, Depth, Drawing, Means, Pixels, Size, file};
use crate::reading;

const HALF_BLOCKS: Drawing = Drawing { means: Means::HalfBlocks(Depth::Full), cell: Cell::USUAL };

/// A folder with a post that has pictures: `a.png` is 10 columns wide and 5 rows high.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let size = Size { width: 80, height: 80 };
    let picture = Pixels { size, rgb: vec![100; 80 * 80 * 3] };
    fs::write(folder.path().join("a.png"), file::png(&picture).unwrap()).unwrap();
    let post = "---\ntitle: 絵\n---\n一\n\n![甲](a.png)\n\n二![中](a.png)三\n\n> ![乙](a.png)\n\n\
                ![遠](https://other.example/x.png)\n\n![無](none.png)\n\n[![丙](a.png)](https://other.example/)\n";
    fs::write(folder.path().join("post.md"), post).unwrap();
    folder
}

fn desk(columns: u16, rows: u16) -> (tempfile::TempDir, Desk) {
    let folder = folder();
    let mut desk = Desk::of_folder(folder.path(), columns, rows);
    desk.act(Action::Picture(PictureAction::CanDraw(HALF_BLOCKS)));
    desk.keys("<enter>");
    (folder, desk)
}

/// Where pictures are in sight: column, row, columns, the rows of theirs.
fn sights(desk: &Desk) -> Vec<(u16, u16, u16, std::ops::Range<u16>)> {
    let sights = desk.app.pictures_in_sight();
    assert!(sights.iter().all(|sight| matches!(sight.state, State::Ready(_))), "{sights:?}");
    sights.into_iter().map(|sight| (sight.x, sight.y, sight.columns, sight.rows)).collect()
}

fn rows(desk: &Desk) -> Vec<String> {
    let page = desk.app.reader.as_ref().unwrap().page.clone().unwrap();
    (0..page.len()).map(|row| page.row_text(row)).collect()
}

#[test]
fn pictures_get_rows_and_words_stay_the_same() {
    let (folder, desk) = desk(60, 40);
    let with = desk.app.reader.as_ref().unwrap().page.clone().unwrap();
    let without = Desk::of_folder(folder.path(), 60, 40);
    let without = without.app.reader.as_ref().unwrap().page.clone().unwrap();
    assert_eq!(with.plain, without.plain);
    // Two pictures of five rows, one that stands in a link, and a line that says why there is none.
    assert_eq!(with.len(), without.len() + 5 + 5 + 5 + 1);
    assert_eq!(sights(&desk), [(1, 5, 10, 0..5), (3, 14, 10, 0..5), (1, 26, 10, 0..5)]);
    assert!(rows(&desk).contains(&"Not drawn: no such file in the site".to_owned()), "{:?}", rows(&desk));
}

#[test]
fn pictures_scroll_with_the_text() {
    let (_folder, mut desk) = desk(60, 12);
    assert_eq!(sights(&desk), [(1, 5, 10, 0..5)]);
    desk.keys("jjjj");
    assert_eq!(sights(&desk), [(1, 1, 10, 0..5), (3, 10, 10, 0..1)]);
    desk.keys("jj");
    assert_eq!(sights(&desk), [(1, 1, 10, 2..5), (3, 8, 10, 0..3)]);
    let place = desk.app.reader.as_ref().unwrap().top();
    desk.act(Action::Resize(61, 12));
    assert!(place - desk.app.reader.as_ref().unwrap().top() <= 2, "the picture stays in sight");
}

#[test]
fn pictures_are_no_wider_than_the_column_and_no_higher_than_two_thirds() {
    let (_folder, mut desk) = desk(60, 8);
    let height = |desk: &Desk| {
        let page = desk.app.reader.as_ref().unwrap().page.clone().unwrap();
        page.pictures.first().map(|place| (place.columns, place.rows.len()))
    };
    assert_eq!(height(&desk), Some((8, 4)));
    desk.act(Action::Resize(8, 40));
    assert_eq!(height(&desk), Some((8, 4)), "there is no margin in so narrow a terminal");
    desk.act(Action::Resize(60, 40));
    assert_eq!(height(&desk), Some((10, 5)));
}

#[test]
fn a_key_hides_and_shows_them() {
    let (_folder, mut desk) = desk(60, 40);
    let before = rows(&desk).len();
    desk.keys("I");
    assert_eq!((sights(&desk).len(), rows(&desk).len()), (0, before - 16));
    desk.keys("I");
    assert_eq!((sights(&desk).len(), rows(&desk).len()), (3, before));
    let folder = folder();
    let mut desk = Desk::of_folder(folder.path(), 60, 40);
    desk.keys("<enter>I");
    assert!(desk.app.notice.is_some_and(|notice| notice.is_warning), "a terminal that cannot says so");
}

#[test]
fn a_key_opens_the_one_at_hand_or_in_sight() {
    let (_folder, mut desk) = desk(60, 12);
    desk.keys("v");
    assert_eq!(desk.asked, ["view a.png"]);
    while desk.app.target_at_hand().is_none_or(|target| !target.contains("x.png")) {
        desk.keys("<tab>");
    }
    desk.keys("v<tab>v<tab>v<tab>");
    assert_eq!(
        desk.asked[1..],
        ["open https://other.example/x.png", "view none.png", "view a.png"],
        "one on another host goes to the browser; of one in a link its own file counts"
    );
    // A path that leads nowhere else is a picture to be looked at.
    desk.keys("g<esc><tab><tab>o");
    assert_eq!(desk.asked.last().map(String::as_str), Some("view a.png"));
}

#[test]
fn a_page_that_is_on_its_way_is_laid_out_anew_only_for_pictures() {
    let check = |post: &str, expected: usize| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("post.md"), post).unwrap();
        let library = Arc::new(Library::open(folder.path(), None).unwrap());
        let mut app = App::new(60, 40, 80, 38);
        let asked = app.update(Action::News(News::Scanned(Arc::clone(&library))));
        let [Effect::Watch, Effect::Load { post: id, width, generation }] = asked.as_slice() else {
            panic!("{asked:?}")
        };
        assert_eq!(app.update(Action::Picture(PictureAction::CanDraw(HALF_BLOCKS))).len(), 0, "{post}");
        let document = reading::read(&library, library.post(*id).unwrap());
        let page = Arc::new(lay_out(&document, &Sheet::of(*width)));
        let effects = app.update(Action::Laid { page, generation: *generation });
        assert_eq!(effects.len(), expected, "{post}: {effects:?}");
    };
    check("words", 0);
    check("![a](a.png)", 1);
}

/// What the world is asked, and what is said, when these keys are pressed in a post with these pictures.
fn check_fetching(pictures: &[&str], keys: &str, asked: &[&str], said: &str) {
    let folder = tempfile::tempdir().unwrap();
    let post: String = pictures.iter().map(|address| format!("![p]({address})\n\n")).collect();
    fs::write(folder.path().join("post.md"), post).unwrap();
    let mut desk = Desk::of_folder(folder.path(), 80, 40);
    desk.act(Action::Picture(PictureAction::CanDraw(HALF_BLOCKS)));
    desk.keys("<enter>").keys(keys);
    assert_eq!(desk.asked, asked, "{pictures:?} {keys}");
    assert!(desk.notice().starts_with(said), "{pictures:?} {keys}: {}", desk.notice());
}

#[test]
fn pictures_on_other_hosts_are_fetched_when_asked_for() {
    let [one, two] = ["https://one.example/x.png", "//two.example/y.png#z"];
    check_fetching(&[one, two], "", &[], "");
    check_fetching(
        &[one, two, one],
        "P",
        &["fetch https://one.example/x.png Public", "fetch https://two.example/y.png Public"],
        "Fetching 2 pictures from one.example, two.example",
    );
    check_fetching(
        &[one, two],
        "PP",
        &["fetch https://one.example/x.png Public", "fetch https://two.example/y.png Public"],
        "Fetching 2",
    );
    check_fetching(
        &[one, two],
        "<tab><tab>P",
        &["fetch https://two.example/y.png Public"],
        "Fetching a picture from two",
    );
    check_fetching(
        &["a.png", "data:image/png;base64,AA", "ftp://one.example/x.png"],
        "P",
        &[],
        "No picture of this post",
    );
}

#[test]
fn odd_and_private_hosts_are_asked_about_one_by_one() {
    let [odd, number, near] = ["https://日本.example/x.png", "http://127.0.0.1/x.png", "http://printer/x.png"];
    check_fetching(&[odd, number, near], "P", &[], "3 with an odd address must be taken in hand");
    for (picture, fetched) in [
        (odd, "fetch https://xn--wgv71a.example/x.png Anywhere"),
        (number, "fetch http://127.0.0.1/x.png Anywhere"),
        (near, "fetch http://printer/x.png Anywhere"),
    ] {
        check_fetching(&[picture], "<tab>P", &[], "");
        check_fetching(&[picture], "<tab>Pn", &[], "");
        check_fetching(&[picture], "<tab>Py", &[fetched], "Fetching a picture");
    }
}

#[test]
fn what_may_not_be_fetched_is_said() {
    for (permission, said) in [
        (Permission::Never, "The setting fetch is off"),
        (Permission::NoFolder, "Nothing is fetched: there is no folder"),
    ] {
        let (_folder, mut desk) = desk(60, 40);
        desk.app.pictures.fetching.permission = permission;
        desk.keys("P");
        assert!(desk.asked.is_empty() && desk.notice().starts_with(said), "{}", desk.notice());
    }
}

#[test]
fn what_came_is_said_when_nothing_is_waited_for() {
    let (_folder, mut desk) = desk(60, 40);
    desk.keys("P");
    let url = url::Url::parse("https://other.example/x.png").unwrap();
    desk.act(Action::Picture(PictureAction::Fetched { url: url.clone(), failure: Some(Failure::Status(404)) }));
    assert_eq!(desk.notice(), "Not fetched: its host answered 404 (https://other.example/x.png)");
    desk.keys("P");
    desk.act(Action::Picture(PictureAction::Fetched { url, failure: None }));
    assert_eq!(desk.notice(), "1 picture fetched");
}
