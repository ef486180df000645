//! Searching in the open post.

use super::Desk;
use crate::app::keys::Mode;

/// Words in several forms, across marks, links, readings and rows.
const POSTS: [(&str, &[u8]); 2] = [
    (
        "a.md",
        "---\ntitle: 検索\ndate: 2020-01-01\n---\n全文**検**索と[検](b.md)索、<ruby>検索<rt>けんさく</rt></ruby>機。\n\n\
         Rust と ＲＵＳＴ と rust。\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\nガラスとｶﾞﾗｽと、とても長い一つの段落の中で行をまたぐかもしれない検索の語。\n\n\
         文\n\n文\n\n文\n\nv1 と v22\n"
            .as_bytes(),
    ),
    ("b.md", "---\ntitle: 次\n---\n検索は一つ。\n".as_bytes()),
];

fn desk() -> Desk {
    let mut desk = Desk::of(&POSTS, 40, 9);
    desk.keys("<enter>");
    desk
}

/// Which hit is at hand, of how many; the first is 1.
fn hits(desk: &Desk) -> (usize, usize) {
    desk.app.search.as_ref().map_or((0, 0), |search| (search.at_hand.map_or(0, |at| at + 1), search.hits.len()))
}

/// The words of the hit at hand.
fn hit(desk: &Desk) -> String {
    let search = desk.app.search.as_ref().unwrap();
    let page = desk.app.reader.as_ref().unwrap().page.as_ref().unwrap();
    search.at_hand.map_or_else(String::new, |at| page.plain[search.hits[at].clone()].to_owned())
}

#[test]
fn words_are_found_as_they_are_typed() {
    let check = |typed: &str, count: usize, first: &str| {
        let mut desk = desk();
        desk.keys("/").keys(typed);
        assert_eq!((hits(&desk).1, hit(&desk).as_str()), (count, first), "{typed}");
    };
    check("検索", 5, "検索");
    check("索機", 1, "索（けんさく）機");
    check("rust", 3, "Rust");
    check("Rust", 1, "Rust");
    check("がらす", 2, "ガラス");
    check("またぐかもしれない検索の語", 1, "またぐかもしれない検索の語");
    check("kensaku", 6, "検索");
    check("/v\\d+/", 2, "v1");
    check("v\\d+", 0, "");
    check("<c-r>v\\d\\d", 1, "v22");
    check("<c-r>v\\d\\d<c-r>", 0, "");
    check("nosuch", 0, "");
    check("rustx<bs>", 3, "Rust");
    check("rust<c-u>", 0, "");
}

#[test]
fn the_view_goes_to_the_hit_and_back() {
    let mut desk = desk();
    desk.keys("3j/ガラ");
    assert!(desk.top() > 5 && desk.app.mode() == Mode::Search);
    desk.keys("x");
    assert_eq!(desk.top(), 3, "nothing is found: where one was");
    desk.keys("<bs><esc>");
    assert_eq!((desk.top(), desk.app.mode(), hits(&desk)), (3, Mode::Reader, (0, 0)));
    desk.keys("/ガラ<enter>");
    assert!(desk.top() > 5 && desk.app.mode() == Mode::Reader);
    desk.keys("<c-o>");
    assert_eq!(desk.top(), 3);
    desk.keys("<esc>");
    assert_eq!((hits(&desk), desk.app.mode()), ((0, 0), Mode::Reader), "Esc lets go of the hits");
    desk.keys("n");
    assert_eq!(desk.notice(), "Nothing is sought: / starts a search");
    desk.keys("/nosuch<enter>");
    assert_eq!(desk.notice(), "Not found: nosuch");
    desk.keys("n");
    assert_eq!(desk.notice(), "Not found: nosuch");
}

#[test]
fn hits_go_round() {
    let mut desk = desk();
    desk.keys("/検索<enter>");
    assert_eq!(hits(&desk), (1, 5));
    desk.keys("3n");
    assert_eq!(hits(&desk), (4, 5));
    desk.keys("N");
    assert_eq!((hits(&desk), desk.notice().as_str()), ((3, 5), ""));
    desk.keys("2nn");
    assert_eq!((hits(&desk), desk.notice().as_str()), ((1, 5), "Past the last hit: from the top again"));
    desk.keys("N");
    assert_eq!((hits(&desk), desk.notice().as_str()), ((5, 5), "Past the first hit: from the end again"));
    desk.keys("gn");
    assert_eq!(hits(&desk), (1, 5), "what is shown counts, not what was scrolled away from");
    desk.keys("GN");
    assert_eq!(hits(&desk), (5, 5));
}

#[test]
fn a_search_goes_on() {
    let mut desk = desk();
    desk.keys("/検索<enter>J");
    assert_eq!((desk.title().as_str(), hits(&desk)), ("次", (0, 1)), "in the next post");
    desk.keys("n");
    assert_eq!(hits(&desk), (1, 1));
    desk.keys("K/rust<esc>");
    assert_eq!(hits(&desk).1, 5, "what was sought before");
    desk.keys("/<enter>");
    assert_eq!((hits(&desk), desk.app.mode()), ((1, 5), Mode::Reader));
    desk.act(crate::app::action::Action::Resize(30, 8));
    assert_eq!(hits(&desk), (1, 5), "at every width");
}

#[test]
fn a_wrong_expression_is_told_and_kept() {
    let mut desk = desk();
    desk.keys("/<c-r>v(");
    let problem = |desk: &Desk| desk.app.search.as_ref().unwrap().problem.clone().map(|words| words.to_string());
    assert_eq!(problem(&desk).as_deref(), Some("regular expression: unclosed group"));
    desk.keys("<enter>");
    assert_eq!((desk.app.mode(), desk.app.search.as_ref().unwrap().input.as_str()), (Mode::Search, "v("));
    desk.keys("\\d)");
    assert_eq!((problem(&desk), hits(&desk)), (None, (1, 2)));
}

#[test]
fn older_hits_are_dropped() {
    let mut desk = desk();
    desk.keys("/rust");
    desk.act(crate::app::action::Action::Sought { hits: vec![0..1, 2..3], generation: 1 });
    assert_eq!(hits(&desk), (1, 3));
}

/// A hit, a heading, a link and a mark that can be folded away.
const FOLDED: [(&str, &[u8]); 1] = [(
    "a.md",
    "---\ntitle: 畳\n---\n表の語\n\n<details><summary>一</summary>\n\n# 奥\n\n中の語と[外](https://other.example/)\n\n</details>\n\n\
     <details><summary>二</summary>\n\n次の語\n\n</details>\n\n終わりの語\n"
        .as_bytes(),
)];

#[test]
fn what_is_folded_away_is_found_and_opens() {
    let open = |desk: &Desk| {
        let page = desk.app.reader.as_ref().unwrap().page.clone().unwrap();
        let rows: Vec<String> = (0..page.len()).map(|row| page.row_text(row)).collect();
        [" 中の語", " 次の語"].map(|words| rows.iter().any(|row| row.contains(words)))
    };
    let check = |script: &str, expected: [bool; 2]| {
        let mut desk = Desk::of(&FOLDED, 40, 20);
        desk.keys("<enter>").keys(script);
        assert_eq!(open(&desk), expected, "{script}");
    };
    check("", [false, false]);
    check("/語<enter>", [false, false]);
    check("/語<enter>n", [true, false]);
    check("/語<enter>nn", [true, true]);
    check("/語<enter>NN", [false, true]);
    check("/次の語", [false, true]);
    check("/次の語<esc>", [false, false]);
    check("/次の語<c-u>中", [true, false]);
    check("/次の語<enter>", [false, true]);
    check("O奥<enter>", [true, false]);
    check("<c-l>外<enter>", [true, false]);
    check("{GmaH}'a", [false, false]);
    let mut desk = Desk::of(&FOLDED, 40, 4);
    desk.keys("<enter>{7Gma}'a");
    assert_eq!(open(&desk), [true, false], "to a mark in it");
}

#[test]
fn the_words_that_are_sought_are_edited_and_pasted() {
    let mut desk = desk();
    desk.keys("/ust<c-a>R");
    assert_eq!(hits(&desk), (1, 1));
    desk.keys("<c-e>x<c-w>");
    desk.act(crate::app::action::Action::Paste("検\n".into()));
    assert_eq!((hits(&desk).1, desk.app.search.as_ref().unwrap().input.as_str()), (5, "検"));
}

#[test]
fn keys_of_leaving_let_go_of_one_thing_after_another() {
    let mut desk = Desk::of(&POSTS, 100, 9);
    desk.keys("<enter>z/検索<enter><tab>V");
    let state = |desk: &Desk| {
        let reader = desk.app.reader.as_ref().unwrap();
        let is_seeking = desk.app.search.is_some();
        (is_seeking, reader.selection.is_some(), reader.hand.is_some(), desk.app.panes.is_zen, desk.app.mode())
    };
    let mut states = vec![state(&desk)];
    for _ in 0..5 {
        states.push(state(desk.keys("<esc>")));
    }
    assert_eq!(
        states,
        [
            (true, true, true, true, Mode::Select),
            (false, true, true, true, Mode::Select),
            (false, false, true, true, Mode::Reader),
            (false, false, false, true, Mode::Reader),
            (false, false, false, false, Mode::Reader),
            (false, false, false, false, Mode::Index),
        ]
    );
}

#[test]
fn a_hit_in_code_that_runs_on_is_moved_into_sight() {
    let code = format!("---\ntitle: t\n---\n```\n{}needle {}\n```\n", "x".repeat(150), "y".repeat(100)).leak();
    let mut desk = Desk::of(&[("a.md", code.as_bytes())], 100, 12);
    let row = |desk: &Desk| desk.app.reader.as_ref().unwrap().page.as_ref().unwrap().row_text(2);
    desk.keys("<enter>w");
    assert!(!row(&desk).contains("needle"), "{}", row(&desk));
    desk.keys("/needle");
    assert!(row(&desk).contains("needle"), "{}", row(&desk));
    desk.keys("<enter>/xxx<enter>");
    assert!(row(&desk).contains("xxx"), "{}", row(&desk));
}
