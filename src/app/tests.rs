//! Key scripts: keys in, state out, without a terminal.

mod commands;
mod index;
mod links;
mod memory;
mod pictures;
mod reader;
mod renewal;
mod search;
mod typing;

use std::borrow::Cow;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use super::action::{Action, News};
use super::keys::{Code, Key};
use super::overlay::Overlay;
use super::pictures::PictureAction;
use super::{App, Effect};
use crate::layout::{Page, Sheet, Telling, lay_out};
use crate::library::renewal::Renewal;
use crate::library::{Library, PostId};
use crate::picture::{file, plate};
use crate::reading::source_line::line_of;
use crate::reading::{self, backlinks::Backlinks};
use crate::search::full_text::{Found, search};
use crate::search::pattern::Haystack;
use crate::search::query::Query;
use crate::search::signature::Signatures;
use crate::state::Entry;

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
    /// What is written down.
    pub saved: Vec<Entry>,
}

/// What a search through the texts of posts finds.
fn found_by(library: &Library, posts: &[PostId], query: &Query) -> Vec<Found> {
    let found = Mutex::new(Vec::new());
    search(library, posts, query, &Signatures::default(), &AtomicBool::new(false), &|one| {
        found.lock().unwrap().push(one);
    });
    found.into_inner().unwrap()
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
        Desk::over(library, columns, rows)
    }

    /// A desk over a library.
    pub fn over(library: Library, columns: u16, rows: u16) -> Desk {
        let mut desk = Desk { app: App::new(columns, rows, 80, 38), asked: Vec::new(), saved: Vec::new() };
        desk.act(Action::News(News::Scanned(Arc::new(library))));
        desk
    }

    /// A desk over the files of a folder.
    pub fn of_folder(folder: &Path, columns: u16, rows: u16) -> Desk {
        let mut desk = Desk { app: App::new(columns, rows, 80, 38), asked: Vec::new(), saved: Vec::new() };
        desk.act(Action::News(News::Scanned(Arc::new(Library::open(folder, None).unwrap()))));
        desk
    }

    pub fn act(&mut self, action: Action) {
        for effect in self.app.update(action) {
            match effect {
                Effect::Load { post, width, generation } => {
                    let page = self.laid_out(post, width);
                    self.act(Action::Laid { page, generation });
                }
                Effect::Reread { post: id, encoding } => {
                    let before = Arc::clone(&self.app.library);
                    let library = Arc::new(before.with_encoding(id, encoding).unwrap());
                    self.act(Action::Reread { id, library, before });
                }
                Effect::Seek { generation } => {
                    let (page, pattern) = self.app.sought().unwrap();
                    let hits = pattern.best_hits(&Haystack::of_page(&page)).1;
                    self.act(Action::Sought { hits, generation });
                }
                Effect::Search { query, posts, generation } => {
                    let found = found_by(&self.app.library, &posts, &query);
                    self.act(Action::Found { found, generation, is_over: true });
                }
                Effect::FindBacklinks => {
                    let library = Arc::clone(&self.app.library);
                    let backlinks = Arc::new(Backlinks::of(&library));
                    self.act(Action::Linked { library, backlinks });
                }
                Effect::Save(entry) => self.saved.push(entry),
                Effect::Watch => {}
                Effect::Renew { changes, open } => {
                    let renewal = Renewal::of(Arc::clone(&self.app.library), &changes, open).ok();
                    self.act(Action::News(News::Renewed(renewal)));
                }
                Effect::Edit { post, page, place } => {
                    let line = page.map_or(1, |page| {
                        line_of(
                            &self.app.library.text(self.app.library.post(post).unwrap()).unwrap(),
                            &page.plain,
                            place,
                        )
                    });
                    self.asked.push(format!("edit {} at {line}", self.app.library.post(post).unwrap().name));
                }
                Effect::Draw { key, drawing } => {
                    let pixels = file::pixels(&key.path, plate::size(key.columns, key.rows, drawing));
                    let plate = pixels.and_then(|pixels| plate::make(&pixels, key.columns, key.rows, drawing, 1));
                    let plate = plate.map(Arc::new);
                    self.act(Action::Picture(PictureAction::Drawn { key, plate }));
                }
                Effect::View { source, .. } => self.asked.push(format!("view {source}")),
                Effect::Fetch { url, reach } => self.asked.push(format!("fetch {url} {reach:?}")),
                Effect::Open(url) => self.asked.push(format!("open {url}")),
                Effect::Copy(words) => self.asked.push(format!("copy {words}")),
                Effect::Suspend => self.asked.push("suspend".into()),
                Effect::GiveMouse(holder) => self.asked.push(format!("mouse {holder:?}")),
                Effect::Quit => self.asked.push("quit".into()),
            }
        }
    }

    fn laid_out(&self, post: PostId, width: usize) -> Arc<Page> {
        let (library, pictures) = (Arc::clone(&self.app.library), self.app.frame());
        let telling = if self.app.panes.is_linear { Telling::Words } else { Telling::Signs };
        let post = library.post(post).unwrap();
        let mut document = reading::read(&library, post);
        if pictures.is_some() {
            reading::pictures::look_up(&library, post, &mut document, None);
        }
        Arc::new(lay_out(&document, &Sheet { pictures, wrap: self.app.wrap, telling, ..Sheet::of(width) }).timed())
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
            if let Some(action) = self.app.keymap.find(self.app.mode(), key) {
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

    /// The words of the lines of the open list.
    fn lines(&self) -> Vec<String> {
        match &self.app.overlay {
            Some(Overlay::List(picker)) => picker.lines().iter().map(|line| line.words.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    pub fn top(&self) -> usize {
        self.app.reader.as_ref().map_or(0, super::reader::Reader::top)
    }

    fn notice(&self) -> String {
        self.app.notice.as_ref().map_or_else(String::new, |notice| notice.words.to_string())
    }
}

/// A key as scripts write it.
pub(crate) fn named(key: &str) -> Key {
    let inner = key.strip_prefix('<').and_then(|key| key.strip_suffix('>')).and_then(named_key);
    inner.unwrap_or(Key { code: Code::Char(key.chars().next().unwrap()), has_ctrl: false })
}

fn named_key(name: &str) -> Option<Key> {
    let code = match name {
        "enter" => Code::Enter,
        "esc" => Code::Esc,
        "tab" => Code::Tab,
        "backtab" => Code::BackTab,
        "bs" => Code::Backspace,
        "up" => Code::Up,
        "down" => Code::Down,
        "left" => Code::Left,
        "right" => Code::Right,
        "home" => Code::Home,
        "end" => Code::End,
        "pageup" => Code::PageUp,
        "pagedown" => Code::PageDown,
        "delete" => Code::Delete,
        _ => {
            let letter = name.strip_prefix("c-")?.chars().next()?;
            return Some(Key { code: Code::Char(letter), has_ctrl: true });
        }
    };
    Some(Key { code, has_ctrl: false })
}

/// Posts too short to be known by their looks, in `Shift_JIS`.
pub(crate) const SHORT: [(&str, &[u8]); 2] = [
    ("post/a.md", b"---\ntitle: \x95\\\ndate: 2020-03-01\n---\n\x96{\n"),
    ("post/b.md", b"---\ntitle: \x93\xfa\n---\n\x96{\n"),
];

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
    Desk::over(library, 100, 30)
}
