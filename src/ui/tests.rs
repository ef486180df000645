//! Whole screens.

mod linear;
mod pictures;
mod scripts;
mod within;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use super::draw;
use super::theme::{Depth, Ground, Theme};
use crate::app::action::Action;
use crate::app::pictures::PictureAction;
use crate::app::tests::{Desk, SHORT, site};
use crate::picture::{self, Cell, Drawing, Means, Pixels, Size, file};

/// The screen as text, one string a row, without the blanks at the ends.
fn screen(desk: &Desk, columns: u16, rows: u16) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::Indexed), frame)).unwrap();
    let buffer = terminal.backend().buffer();
    (0..rows)
        .map(|y| {
            let mut row = String::new();
            let mut x = 0;
            while x < columns {
                let cell = &buffer[(x, y)];
                row.push_str(cell.symbol());
                x += ratatui::buffer::CellWidth::cell_width(cell).max(1);
            }
            row.trim_end().to_owned()
        })
        .collect()
}

fn check(script: &str, columns: u16, rows: u16, expected: &str) {
    let mut desk = Desk::new(columns, rows);
    desk.keys(script);
    check_desk(&desk, columns, rows, expected);
}

fn check_desk(desk: &Desk, columns: u16, rows: u16, expected: &str) {
    let found = screen(desk, columns, rows).join("\n");
    let expected: Vec<&str> = expected.trim_matches('\n').lines().map(str::trim_end).collect();
    assert_eq!(found.trim_end(), expected.join("\n"), "\n{found}\n");
}

#[test]
fn two_panes() {
    check(
        "jj",
        84,
        14,
        "
日々               5/5 by date │ post/a.md
  Go と Rust                   │ 足場の話
  2022-03-01 draft #Go #Rust   │ 2020-03-01
  Rust の話                    │ #SRE #Go
  2021-03-01 #Rust             │
▸ 足場の話                     │ 本文は外と中、無。注[1]。
  2020-03-01 #SRE #Go          │
  odd                          │ ┃ SlideShare  T
  2019-01-01                   │ ┃ @a
  日記                         │ ┃ <https://www.slideshare.net/u/talk>
  post/d.md                    │
                               │ ────────────────────────
                               │ [1] 注の文
? every key   / filter   t tags   S search texts   Ctrl-p jump         <1 min  100%",
    );
}

#[test]
fn one_pane_with_dates_titles_and_tags_on_a_line() {
    check(
        "",
        60,
        6,
        "
日々                                            5/5 by date
▸ 2022-03-01  draft Go と Rust                     #Go #Rust
  2021-03-01  Rust の話                                #Rust
  2020-03-01  足場の話                              #SRE #Go
  2019-01-01  odd
? every key",
    );
}

#[test]
fn a_small_reader_shows_the_target_at_hand() {
    check(
        "jj<enter><tab>",
        24,
        8,
        "
 post/a.md
 足場の話
 2020-03-01
 #SRE #Go

 本文は外と中、無。
 注[1]。
→ https://ot…mple/x 40%",
    );
}

#[test]
fn the_tag_list_lies_over_wide_characters() {
    check(
        "t",
        60,
        14,
        "
日々                                            5/5 by date
▸ 2022-03-01  draft Go と Rust                     #Go #Rust
  2021-0┌─ Filter by ──────────────────────────────┐   #Rust
  2020-0│ ›                                        │#SRE #Go
  2019-0│   #Go                                  2 │
        │   #Rust                                2 │
        │   #SRE                                 1 │
        │   date:2022                            1 │
        │   date:2021                            1 │
        │   date:2020                            1 │
        │   date:2019                            1 │
        └──────────────────────────────────────────┘

? every key",
    );
}

#[test]
fn details_and_encodings_lie_over_the_panes() {
    let mut desk = Desk::of(&SHORT, 60, 12);
    desk.keys("Esjis<enter>i");
    check_desk(
        &desk,
        60,
        12,
        "
日々                                            2/2 by date
▸ 2020-03-01  表
┌─ Post ───────────────────────────────────────────────────┐
│ Title     表                                             │
│ File      post/a.md                                      │
│ Date      2020-03-01                                     │
│ Draft     no                                             │
│ Address   https://hibi.example/post/a/                   │
│ Encoding  Shift_JIS, chosen                              │
└──────────────────────────────────────────────────────────┘

? every key",
    );
    desk.keys("E2022");
    check_desk(
        &desk,
        60,
        12,
        "
日々                                            2/2 by date
▸ 2020-03-01  表
              “ú
        ┌─ Encoding ───────────────────────────────┐
        │ › 2022                                   │
        │   ISO-2022-JP                            │
        │                                          │
        └──────────────────────────────────────────┘



? every key",
    );
}

#[test]
fn a_filter_is_shown_in_parts() {
    check(
        "trust<enter>/go",
        60,
        5,
        "
1 #Rust  2 go                                   1/5 by date
▸ 2022-03-01  draft Go と Rust                     #Go #Rust


/#Rust go",
    );
}

#[test]
fn hints_name_their_targets() {
    let mut desk = Desk::new(100, 20);
    desk.keys("jj<enter>f");
    let rows = screen(&desk, 100, 20);
    assert!(rows.iter().any(|row| row == "a https://other.example/x"), "{rows:#?}");
    assert!(rows.iter().any(|row| row.contains("f note 1")), "{rows:#?}");
    assert!(rows.iter().any(|row| row.contains("本文はa")), "{rows:#?}");
    // No letter is painted over the list of them, however low the screen.
    let listed = |height: u16| -> Vec<String> {
        let mut desk = Desk::new(60, height);
        desk.keys("jj<enter>f");
        let rows = screen(&desk, 60, height);
        rows.into_iter().filter(|row| row.starts_with(|c: char| c.is_ascii_lowercase())).collect()
    };
    let all = listed(40);
    for height in 6..40 {
        assert!(listed(height).iter().all(|row| all.contains(row)), "{height}: {:#?}", listed(height));
    }
}

#[test]
fn a_question_shows_the_whole_address_and_host() {
    let mut desk = Desk::new(100, 20);
    desk.keys("jjj<enter><tab>o");
    let text = screen(&desk, 100, 20).join("\n");
    for words in ["https://xn--wgv71a.example/", "Host: xn--wgv71a.example", "y opens it"] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn help_shows_every_key_of_the_table() {
    let mut desk = Desk::new(100, 300);
    desk.keys("?");
    let text = screen(&desk, 100, 300).join("\n");
    for binding in crate::app::keys::KEYS {
        assert!(text.contains(binding.help.words()), "{}", binding.help);
    }
}

#[test]
fn what_is_not_public_and_the_language_are_marked() {
    let text = screen(&site(), 100, 30).join("\n");
    for words in ["2999-01-01 future", "2018-01-01 draft", "2000-01-01 expired", "2020-01-01 ja", "2020-01-01 en Diary"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn the_link_at_hand_is_reversed() {
    let mut desk = Desk::new(100, 20);
    desk.keys("jj<enter><tab>");
    let mut terminal = Terminal::new(TestBackend::new(100, 20)).unwrap();
    terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::None), frame)).unwrap();
    let reversed = terminal.backend().buffer().content.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED));
    assert_eq!(reversed.map(ratatui::buffer::Cell::symbol).collect::<String>(), "外");
}

/// Code, a fold and prose.
const TAKEN: &str = "---\ntitle: T\n---\n```go\nfunc 長い行(a int, b string)\n```\n\n<details><summary>畳</summary>\n\n中\n\n</details>\n\n文\n";

#[test]
fn wide_code_is_cut_and_folds_are_marked() {
    let mut desk = Desk::of(&[("a.md", TAKEN.as_bytes())], 24, 9);
    desk.keys("<enter>w)");
    check_desk(
        &desk,
        24,
        9,
        "
 a.md
 T

   go
   ‹行(a int, b string)

 ▸ 畳

? every key <1 min  87%",
    );
}

#[test]
fn what_is_in_hand_or_selected_is_marked_without_colour() {
    for (script, expected) in [("c", "   "), ("cV", "  go                    "), ("<tab>", "▸ 畳")] {
        let mut desk = Desk::of(&[("a.md", TAKEN.as_bytes())], 26, 20);
        desk.keys("<enter>").keys(script);
        let mut terminal = Terminal::new(TestBackend::new(26, 20)).unwrap();
        terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::None), frame)).unwrap();
        let cells = terminal.backend().buffer().content.iter();
        let reversed = cells.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        assert_eq!(reversed.map(ratatui::buffer::Cell::symbol).collect::<String>(), expected, "{script}");
    }
}

#[test]
fn no_size_and_no_mode_breaks_the_screen() {
    let panes = ["", "jj<enter>", "12", "jj<enter>z", "jj<enter>|", "jj<enter>zp<tab>", "jj<enter>VG", "j<enter>c"];
    let lists = ["t", "/x", "E", "W", "jWx", "j<enter>O", "jj<enter><c-l>", "<enter>ma'"];
    let others = [
        "j<enter>/文",
        "j<enter>/<c-r>(",
        "jj<enter>f",
        "jjj<enter><tab>o",
        "?",
        "!",
        "i",
        "<enter>m",
        "jj<enter>p",
        "/x(",
    ];
    for script in panes.into_iter().chain(lists).chain(others) {
        for (columns, rows) in [(1, 1), (2, 3), (5, 2), (20, 1), (79, 10), (80, 10), (200, 60)] {
            let mut desk = Desk::new(100, 30);
            desk.keys(script);
            desk.act(Action::Resize(columns, rows));
            screen(&desk, columns, rows);
        }
    }
}
