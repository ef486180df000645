//! A script for every row of the table of keys: what one presses first, the key, and what must be different after it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use super::super::draw;
use super::super::theme::{Depth, Ground, Theme};
use crate::app::action::{Action, News};
use crate::app::keys::{Binding, KEYS, Mode};
use crate::app::tests::{Desk, named};
use crate::library::Library;

const COLUMNS: u16 = 100;
const ROWS: u16 = 40;

/// A blog with something for every key.
fn trial() -> Desk {
    let paragraphs: String = (0..60).map(|number| format!("p{number:02}\n\n")).collect();
    let note: String = (0..60).map(|number| format!("    n{number:02}\n\n")).collect();
    let wide = "x".repeat(120);
    let alpha = format!(
        "---\ntitle: Alpha\ndate: 2024-03-01\ntags: [go]\n---\n# One\n\n[out](https://out.example/x), [Beta](/b/) and so on and on \
         and on until the line is longer than the column of text[^a][^b][^c].\n\n```rust\nlet w = \"{wide}\";\n```\n\n```\nsecond\n```\n\n\
         ![cat](https://pics.example/cat.png)\n\n<details><summary>More</summary>\n\nhidden words\n\n</details>\n\n# Two\n\n{paragraphs}\
         [^a]: first note [in](https://note.example/)\n\n[^b]: second note\n\n[^c]: third\n\n{note}"
    );
    let posts = [
        ("a.md", alpha),
        ("a.ja.md", "---\ntitle: アルファ\ndate: 2024-03-01\n---\n文\n".to_owned()),
        ("b.md", "---\ntitle: Beta\ndate: 2023-01-01\ntags: [go, web]\n---\n[odd](https://日本.example/)\n".to_owned()),
        ("c.md", "---\ntitle: Gamma\ndate: 2022-01-01\ndraft: true\n---\nx\n".to_owned()),
    ];
    let posts = posts.map(|(path, text)| (path.to_owned(), Cow::Owned(text.into_bytes())));
    let settings = "baseURL: https://hibi.example/\nlanguages: {en: {weight: 1}, ja: {weight: 2}}";
    let mut desk = Desk::over(Library::of_memory(settings, posts.into(), None), COLUMNS, ROWS);
    desk.act(Action::News(News::Remembered(Box::default())));
    desk
}

/// All that can be told of a desk: the mode, the screen, what is set apart on it, the cursor, what the world was asked.
fn told(desk: &Desk) -> String {
    let mut terminal = Terminal::new(TestBackend::new(COLUMNS, ROWS)).unwrap();
    terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::Indexed), frame)).unwrap();
    let cursor = terminal.get_cursor_position().unwrap();
    let buffer = terminal.backend().buffer();
    let mut told = format!("={}\n@{cursor}\n", desk.app.mode().name());
    for y in 0..ROWS {
        let is_apart = |x: &u16| buffer[(*x, y)].modifier.contains(Modifier::REVERSED);
        let apart: String = (0..COLUMNS).filter(is_apart).map(|x| buffer[(x, y)].symbol()).collect();
        let row: String = (0..COLUMNS).map(|x| buffer[(x, y)].symbol()).collect();
        told += &format!("{row}\n");
        told += &if apart.is_empty() { String::new() } else { format!("<{y} {apart}>\n") };
    }
    told + &desk.asked.iter().map(|asked| format!("!{asked}\n")).collect::<String>()
}

/// The mode, the action, what is pressed first, the key, and what must be new after it: words, a mode (`=reader`), what the world is
/// asked (`!open …`); words after `-` must be gone, and `~` is whatever change.
const SCRIPTS: &[(&str, &str, &str, &str, &str)] = &[
    ("reader", "line-down", "<enter>", "j", "-a.md"),
    ("reader", "line-up", "<enter>j", "k", "a.md"),
    ("reader", "half-page-down", "<enter>", "d", "-a.md"),
    ("reader", "half-page-up", "<enter>d", "u", "a.md"),
    ("reader", "page-down", "<enter>", " ", "-a.md"),
    ("reader", "page-up", "<enter> ", "b", "a.md"),
    ("reader", "top", "<enter>G", "g", "a.md"),
    ("reader", "bottom", "<enter>", "G", "100%"),
    ("reader", "percent", "<enter>50", "%", "-a.md"),
    ("reader", "digit-0", "<enter>99", "0", "990"),
    ("reader", "digit-1", "<enter>99", "1", "991"),
    ("reader", "digit-2", "<enter>99", "2", "992"),
    ("reader", "digit-3", "<enter>99", "3", "993"),
    ("reader", "digit-4", "<enter>99", "4", "994"),
    ("reader", "digit-5", "<enter>99", "5", "995"),
    ("reader", "digit-6", "<enter>99", "6", "996"),
    ("reader", "digit-7", "<enter>99", "7", "997"),
    ("reader", "digit-8", "<enter>99", "8", "998"),
    ("reader", "digit-9", "<enter>88", "9", "889"),
    ("index", "read", "", "<enter>", "=reader"),
    ("index", "facets", "", "t", "Filter by"),
    ("index", "search-texts", "", "S", "Search the texts"),
    ("index", "jump-to-title", "", "<c-p>", "Jump to a title"),
    ("index", "queries", "", "Q", "Saved queries"),
    ("index", "save-query", "/#web<enter>", "A", "Save the filter as"),
    ("index", "filter", "", "/", "=filter"),
    ("index", "remove-last-part", "/#web<enter>", "x", "-1 #web"),
    ("index", "close", "/#web<enter>", "<esc>", "-1 #web"),
    ("index", "sort", "", "s", "by title"),
    ("reader", "search", "<enter>", "/", "=search"),
    ("reader", "next-hit", "<enter>/p0<enter>", "n", "2/10"),
    ("reader", "previous-hit", "<enter>/p0<enter>", "N", "10/10"),
    ("search", "confirm", "<enter>/p0", "<enter>", "=reader"),
    ("search", "next-hit", "<enter>/p0", "<down>", "2/10"),
    ("search", "previous-hit", "<enter>/p0", "<up>", "10/10"),
    ("search", "syntax", "<enter>/p", "<c-r>", "regex /"),
    ("search", "close", "<enter>/p", "<esc>", "=reader"),
    ("reader", "filter", "<enter>", "F", "=filter"),
    ("reader", "next-heading", "<enter>", "]", "-a.md"),
    ("reader", "previous-heading", "<enter>G", "[", "-100%"),
    ("reader", "next-link", "<enter>", "<tab>", "→ https://out.example/x"),
    ("reader", "previous-link", "<enter><tab><tab>", "<backtab>", "→ https://out.example/x"),
    ("reader", "next-block", "<enter>", "c", "1 line of rust: y copies"),
    ("reader", "previous-block", "<enter>cc", "C", "1 line of rust: y copies"),
    ("reader", "open", "<enter><tab>", "o", "!open https://out.example/x"),
    ("reader", "hints", "<enter>", "f", "=hints"),
    ("reader", "view-image", "<enter>", "v", "!open https://pics.example/cat.png"),
    ("reader", "fetch-images", "<enter>", "P", "No pictures are drawn here: v opens them in a viewer"),
    ("reader", "images", "<enter>", "I", "No pictures are drawn here: v opens them in a viewer"),
    ("reader", "copy", "<enter><tab>", "y", "!copy https://out.example/x"),
    ("select", "copy", "<enter>V", "y", "!copy Alpha"),
    ("select", "select", "<enter>V", "V", "=reader"),
    ("select", "close", "<enter>V", "<esc>", "=reader"),
    ("index", "copy-address", "", "Y", "!copy https://hibi.example/a/"),
    ("reader", "select", "<enter>", "V", "1 row selected: y copies, Esc leaves"),
    ("reader", "open-folds", "<enter>", "{", "hidden words"),
    ("reader", "close-folds", "<enter>{", "}", "-hidden words"),
    ("reader", "wrap", "<enter>", "w", "Wide code and tables run on: ( and ) move them"),
    ("reader", "pan-left", "<enter>w)", "(", "-‹"),
    ("reader", "pan-right", "<enter>w", ")", "‹"),
    ("reader", "back", "<enter>G", "<bs>", "a.md"),
    ("reader", "forward", "<enter>G<bs>", "L", "-a.md"),
    ("reader", "outline", "<enter>", "O", "Headings"),
    ("reader", "links", "<enter>", "<c-l>", "─ Links ─"),
    ("reader", "note", "<enter>", "p", "first note"),
    ("reader", "mark", "<enter>", "m", "=letter"),
    ("index", "to-mark", "", "'", "=letter"),
    ("reader", "widen-text", "<enter>-", "+", "~"),
    ("reader", "narrow-text", "<enter>", "-", "~"),
    ("reader", "reset-width", "<enter>-", "=", "~"),
    ("reader", "centre-text", "<enter>----", "|", "~"),
    ("reader", "zen", "<enter>", "z", "-Gamma"),
    ("reader", "next-post", "<enter>", "J", "a.ja.md"),
    ("reader", "previous-post", "<enter>J", "K", "-a.ja.md"),
    ("reader", "index", "<enter>", "h", "=index"),
    ("reader", "close", "<enter>", "<esc>", "=index"),
    ("index", "split-left", "", "<", "~"),
    ("index", "split-right", "", ">", "~"),
    ("index", "details", "", "i", "https://hibi.example/a/"),
    ("index", "encodings", "", "E", "EUC-JP"),
    ("index", "open-page", "", "B", "!open https://hibi.example/a/"),
    ("index", "translation", "", "T", "a.ja.md"),
    ("index", "backlinks", "", "W", "What links here"),
    ("index", "toggle-read", "", "r", "Marked read"),
    ("index", "toggle-favourite", "", "*", "A favourite now"),
    ("index", "history", "", "R", "Open before"),
    ("index", "edit", "", "e", "This post lies in no file"),
    ("index", "unpublished", "", "D", "-Gamma"),
    ("index", "problems", "", "!", "Nothing is wrong."),
    ("index", "commands", "", ":", "Commands"),
    ("index", "help", "", "?", "=pages"),
    ("index", "mouse", "", "M", "!mouse Terminal"),
    ("index", "quit", "", "q", "!quit"),
    ("list", "confirm", "t", "<enter>", "1 #go"),
    ("list", "line-down", "t", "<down>", "~"),
    ("list", "line-up", "t<down>", "<up>", "~"),
    ("list", "page-down", "t", "<pagedown>", "~"),
    ("list", "page-up", "t<pagedown>", "<pageup>", "~"),
    ("list", "forget", "/#web<enter>Amine<enter>Q", "<c-x>", "Deleted mine: it was #web"),
    ("filter", "cursor-left", "/ab", "<left>", "~"),
    ("filter", "cursor-right", "/ab<left>", "<right>", "~"),
    ("filter", "cursor-start", "/ab", "<home>", "~"),
    ("filter", "cursor-end", "/ab<home>", "<end>", "~"),
    ("filter", "erase", "/ab", "<bs>", "-/ab"),
    ("filter", "delete", "/ab<home>", "<delete>", "-/ab"),
    ("filter", "erase-word", "/ab cd", "<c-w>", "-/ab cd"),
    ("filter", "erase-to-start", "/ab", "<c-u>", "-/ab"),
    ("filter", "erase-to-end", "/ab<home>", "<c-k>", "-/ab"),
    ("filter", "complete", "/#w", "<tab>", "/#web"),
    ("filter", "complete-back", "/#w", "<backtab>", "/#web"),
    ("filter", "close", "/", "<esc>", "=index"),
    ("note", "open", "<enter>p", "<enter>", "=reader"),
    ("note", "next-link", "<enter>p", "<tab>", "→ https://note.example/"),
    ("note", "previous-link", "<enter>p", "<backtab>", "→ https://note.example/"),
    ("note", "copy", "<enter>p", "y", "!copy first note in"),
    ("note", "note", "<enter>p", "p", "second note"),
    ("note", "line-down", "<enter>ppp", "j", "~"),
    ("note", "line-up", "<enter>pppj", "k", "~"),
    ("note", "close", "<enter>p", "<esc>", "=reader"),
    ("list", "close", "t", "<esc>", "=index"),
    ("question", "confirm", "<enter>JJ<tab>o", "y", "!open https://xn--wgv71a.example/"),
    ("question", "close", "<enter>JJ<tab>o", "n", "=reader"),
    ("pages", "search-help", "?", "/", "=list"),
    ("pages", "close", "?", "q", "=index"),
    ("index", "quit", "", "<c-c>", "!quit"),
    ("index", "suspend", "", "<c-z>", "!suspend"),
];

/// The row of the table that a key of a mode belongs to.
fn row(mode: Mode, key: &str) -> Option<&'static Binding> {
    let key = named(key);
    KEYS.iter().find(|row| row.modes.contains(&mode) && row.keys.contains(&key))
}

/// What is wrong with what became of a screen; none where it is as expected.
fn fault(expected: &str, was: &str, is: &str) -> Option<String> {
    match expected.strip_prefix('-') {
        Some(gone) if !was.contains(gone) => Some(format!("{gone:?} was not there\n{was}")),
        Some(gone) => is.contains(gone).then(|| format!("{gone:?} is not gone\n{is}")),
        None if expected == "~" => (was == is).then(|| format!("nothing has changed\n{is}")),
        None if was.contains(expected) => Some(format!("{expected:?} was there before\n{was}")),
        None => (!is.contains(expected)).then(|| format!("{expected:?} is missing\n{is}")),
    }
}

#[test]
fn every_key_of_the_table_does_what_its_script_says() {
    let mut scripted: BTreeSet<*const Binding> = BTreeSet::new();
    let mut faults: Vec<String> = Vec::new();
    for (mode, action, before, key, expected) in SCRIPTS {
        let mut desk = trial();
        desk.keys(before);
        let row = row(desk.app.mode(), key).filter(|row| row.name == *action && desk.app.mode().name() == *mode);
        let Some(row) = row else {
            faults.push(format!("{action} in {mode}: after {before} it is not {key}\n{}", told(&desk)));
            continue;
        };
        let was = told(&desk);
        let fault = fault(expected, &was, &told(desk.keys(key)));
        faults.extend(fault.map(|fault| format!("{action} in {mode}: {before} then {key}: {fault}")));
        scripted.insert(std::ptr::from_ref(row));
    }
    let without = KEYS.iter().filter(|row| !scripted.contains(&std::ptr::from_ref(*row)));
    faults.extend(without.map(|row| format!("{} in {:?} has no script", row.name, row.modes)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Clicks on the first place of some words.
fn click(desk: &mut Desk, words: &str) {
    let (x, y) = place(desk, words);
    desk.act(Action::Press(x, y));
    desk.act(Action::Release(x, y));
}

fn place(desk: &Desk, words: &str) -> (u16, u16) {
    let mut terminal = Terminal::new(TestBackend::new(COLUMNS, ROWS)).unwrap();
    terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::Indexed), frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let length = words.chars().count() as u16;
    let reads = |x: u16, y: u16| (x..x + length).map(|x| buffer[(x, y)].symbol()).collect::<String>() == words;
    let found = (0..ROWS).flat_map(|y| (0..=COLUMNS - length).map(move |x| (x, y))).find(|(x, y)| reads(*x, *y));
    found.unwrap_or_else(|| panic!("{words:?} is not on the screen\n{}", told(desk)))
}

/// What is pressed first, the words that are clicked on, and what must be new after it, as in [`SCRIPTS`].
const CLICKS: &[(&str, &str, &str)] = &[
    ("", "Beta", "b.md"),
    ("", "out,", "!open https://out.example/x"),
    ("", "[1]", "first note"),
    ("", "▸ More", "hidden words"),
    ("", "cat", "!open https://pics.example/cat.png"),
    ("", "let w", "1 line of rust: y copies"),
    ("/#web<enter>", "1 #web", "4/4"),
    ("", "by date", "by title"),
    ("t", "  #web", "1 #web"),
    ("<enter>O", "  Two", "-a.md"),
    ("<enter><c-l>", "https://out.example/x", "!open https://out.example/x"),
    (":", "sort by date", "by title"),
    ("t", "a.md", "-Filter by"),
    ("<enter>p", "in  ", "!open https://note.example/"),
    ("<enter>f", "and so on", "-=hints"),
    ("<enter>f", "a https://out", "!open https://out.example/x"),
    ("/#", "web 1", "/#web"),
    ("/ta", "tag:", "go 2"),
    ("", "every key", "=pages"),
    ("<enter><tab>", "→ https", "!open https://out.example/x"),
    ("<enter>JJ<tab>o", "Alpha", "-=question"),
];

#[test]
fn whatever_is_seen_can_be_clicked() {
    let mut faults: Vec<String> = Vec::new();
    for (before, words, expected) in CLICKS {
        let mut desk = trial();
        desk.keys(before);
        let was = told(&desk);
        click(&mut desk, words);
        let fault = fault(expected, &was, &told(&desk));
        faults.extend(fault.map(|fault| format!("{before} then a click on {words:?}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_wrong_with_a_filter_is_said_where_it_is_typed() {
    let check = |keys: &str, is_said: bool| {
        let mut desk = trial();
        desk.keys(keys);
        assert_eq!(told(&desk).matches("is no day").count(), usize::from(is_said), "{keys}: {}", told(&desk));
    };
    check("/after:soon", true);
    check("/after:soon ", true);
    check("/after:soon #web<enter>", true);
    check("/after:2022 #web<enter>", false);
}

#[test]
fn a_click_on_the_line_that_is_typed_changes_nothing() {
    for (before, words) in [("/#web", "/#web"), ("<enter>/p0", "/p0")] {
        let mut desk = trial();
        desk.keys(before);
        let was = told(&desk);
        click(&mut desk, words);
        assert_eq!(told(&desk), was, "{before}");
    }
}

#[test]
fn the_split_is_dragged_and_the_wheel_moves_what_is_under_it() {
    let mut desk = trial();
    let split = desk.app.panes.index().width;
    desk.act(Action::Press(split, 5));
    desk.act(Action::Drag(split + 10, 6));
    desk.act(Action::Release(split + 10, 6));
    assert_eq!(desk.app.panes.index().width, split + 10);
    let wheel = |desk: &mut Desk, column: u16| desk.act(Action::Wheel { lines: 3, column, row: 5 });
    wheel(&mut desk, 90);
    assert_eq!((desk.top(), desk.app.index.position()), (3, 0), "over the text");
    wheel(&mut desk, 5);
    assert_eq!(desk.app.index.position(), 1, "over the index");
    desk.keys("t");
    wheel(&mut desk, 5);
    let selected = |desk: &Desk| told(desk).lines().rfind(|line| line.starts_with('<')).map(str::to_owned);
    assert!(selected(&desk).unwrap().contains("#web"), "{:?}", selected(&desk));
}
