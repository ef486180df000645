//! Key scripts: keys in, state out, without a terminal.

use std::borrow::Cow;
use std::sync::Arc;

use super::action::Action;
use super::keys::{Code, Key, Mode, find};
use super::panes::Focus;
use super::{App, Effect};
use crate::layout::{Sheet, lay_out};
use crate::library::Library;
use crate::reading::{self, backlinks::Backlinks};

/// A small blog.
const POSTS: [(&str, &str); 5] = [
    (
        "post/a.md",
        "---\ntitle: 足場の話\ndate: 2020-03-01\ntags: [SRE, Go]\n---\n本文は[外](https://other.example/x)と[中](/post/b/#二)、[無](/none/)。注[^1]。\n\n\
         {{< slideshare \"k\" \"u/talk\" \"T\" \"@a\" >}}\n\n[^1]: 注の文\n",
    ),
    (
        "post/b.md",
        "---\ntitle: Rust の話\ndate: 2021-03-01\ntags: [Rust]\n---\n# 一\n\n文\n\n文\n\n文\n\n文\n\n文\n\n文\n\n# 二\n\n文\n",
    ),
    ("post/c.md", "---\ntitle: Go と Rust\ndate: 2022-03-01\ntags: [Go, Rust]\ndraft: true\n---\nx\n"),
    ("post/d.md", "---\ntitle: 日記\n---\nx\n"),
    (
        "post/e.md",
        "---\ntitle: odd\ndate: 2019-01-01\n---\n[p](https://日本.example/) [j](javascript:x) [l](#nowhere) [r]({{< ref \"b.md\" >}})\n",
    ),
];

/// An app over the small blog, whose loads are done at once.
pub(crate) struct Desk {
    pub app: App,
    /// What the world was asked for, loads aside.
    pub asked: Vec<String>,
}

impl Desk {
    pub fn new(columns: u16, rows: u16) -> Desk {
        let posts: Vec<_> = POSTS.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        Desk::of(&posts, columns, rows)
    }

    /// A desk over other posts.
    pub fn of(posts: &[(&str, &'static [u8])], columns: u16, rows: u16) -> Desk {
        let posts = posts.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes))).collect();
        let library = Library::of_memory("title: 日々\nbaseURL: https://hibi.example/", posts, None);
        let mut desk = Desk { app: App::new(columns, rows, 80, 38), asked: Vec::new() };
        desk.act(Action::Scanned(Arc::new(library)));
        desk
    }

    pub fn act(&mut self, action: Action) {
        for effect in self.app.update(action) {
            match effect {
                Effect::Load { post, width, generation } => {
                    let document = reading::read(&self.app.library, self.app.library.post(post).unwrap());
                    self.act(Action::Laid {
                        page: Arc::new(lay_out(&document, &Sheet { wrap: self.app.wrap, ..Sheet::of(width) })),
                        generation,
                    });
                }
                Effect::Reread { post: id, encoding } => {
                    let post = Box::new(self.app.library.reread(id, encoding).unwrap());
                    self.act(Action::Reread { id, post });
                }
                Effect::FindBacklinks => {
                    let library = Arc::clone(&self.app.library);
                    let backlinks = Arc::new(Backlinks::of(&library));
                    self.act(Action::Linked { library, backlinks });
                }
                Effect::Open(url) => self.asked.push(format!("open {url}")),
                Effect::Copy(words) => self.asked.push(format!("copy {words}")),
                Effect::Suspend => self.asked.push("suspend".into()),
                Effect::Quit => self.asked.push("quit".into()),
            }
        }
    }

    /// Presses keys: letters as they are, others as `<enter>`, `<c-d>`.
    pub fn keys(&mut self, script: &str) -> &mut Desk {
        let mut rest = script;
        while let Some(letter) = rest.chars().next() {
            let (key, length) = match rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
                Some((name, _)) if named_key(name).is_some() => (named_key(name).unwrap(), name.len() + 2),
                _ => (Key { code: Code::Char(letter), has_ctrl: false }, letter.len_utf8()),
            };
            rest = &rest[length..];
            if let Some(action) = find(self.app.mode(), key) {
                self.act(action);
            }
        }
        self
    }

    fn title(&self) -> String {
        let post = self.app.reader.as_ref().and_then(|reader| self.app.library.post(reader.post));
        post.map_or_else(String::new, |post| post.title.to_string())
    }

    fn shown(&self) -> Vec<String> {
        let title = |id: &crate::library::PostId| self.app.library.post(*id).unwrap().title.to_string();
        self.app.index.shown().iter().map(title).collect()
    }

    fn top(&self) -> usize {
        self.app.reader.as_ref().map_or(0, super::reader::Reader::top)
    }

    fn notice(&self) -> String {
        self.app.notice.as_ref().map_or_else(String::new, |notice| notice.words.to_string())
    }
}

fn named_key(name: &str) -> Option<Key> {
    let code = match name {
        "enter" => Code::Enter,
        "esc" => Code::Esc,
        "tab" => Code::Tab,
        "backtab" => Code::BackTab,
        "bs" => Code::Backspace,
        "down" => Code::Down,
        "end" => Code::End,
        _ => {
            let letter = name.strip_prefix("c-")?.chars().next()?;
            return Some(Key { code: Code::Char(letter), has_ctrl: true });
        }
    };
    Some(Key { code, has_ctrl: false })
}

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
    desk.keys("1");
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

/// Posts too short to be known by their looks, in `Shift_JIS`.
pub(crate) const SHORT: [(&str, &[u8]); 2] = [
    ("post/a.md", b"---\ntitle: \x95\\\ndate: 2020-03-01\n---\n\x96{\n"),
    ("post/b.md", b"---\ntitle: \x93\xfa\n---\n\x96{\n"),
];

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
    desk.keys("iE<down><down><enter>");
    assert_eq!(desk.notice(), "Read as EUC-JP", "after the one in use and UTF-8");
    desk.keys("Enosuch<enter>");
    assert_eq!((desk.notice().as_str(), desk.app.mode()), ("", Mode::List), "what is typed is not lost");
}

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

/// A site in two languages, with what is not public and what links here.
const SITE: [(&str, &[u8]); 6] = [
    ("a.ja.md", "---\ntitle: あ\ndate: 2020-01-01\n---\n".as_bytes()),
    ("a.md", "---\ntitle: A\ndate: 2020-01-01\ncategories: [Diary]\n---\n[[b]] [b](/b/#nowhere)\n".as_bytes()),
    ("b.md", "---\ntitle: B\ndate: 2019-01-01\ntags: [x]\n---\n# 見出し\n".as_bytes()),
    ("c.md", "---\ntitle: C\ndate: 2018-01-01\ndraft: true\n---\n[x]({{< ref \"b#見出し\" >}})\n".as_bytes()),
    ("d.md", "---\ntitle: D\ndate: 2999-01-01\n---\n".as_bytes()),
    ("e.md", "---\ntitle: E\ndate: 2000-01-01\nexpiryDate: 2001-01-01\n---\n".as_bytes()),
];

pub(crate) fn site() -> Desk {
    let posts = SITE.map(|(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes)));
    let settings = "baseURL: https://hibi.example/\nlanguages: {en: {weight: 1}, ja: {weight: 2}}";
    let library = Library::of_memory(settings, posts.into(), None);
    let mut desk = Desk { app: App::new(100, 30, 80, 38), asked: Vec::new() };
    desk.act(Action::Scanned(Arc::new(library)));
    desk
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
