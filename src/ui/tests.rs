//! Whole screens.

mod scripts;

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
? every key                                                            <1 min  100%",
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

/// A folder with a post that has a picture of four rows: two red, two blue.
fn folder_with_a_picture() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let colours = [[255, 0, 0], [255, 0, 0], [0, 0, 255], [0, 0, 255]];
    let rgb = (0..64 * 40).flat_map(|at| colours[at / 40 / 16]).collect();
    let png = file::png(&Pixels { size: Size { width: 40, height: 64 }, rgb }).unwrap();
    std::fs::write(folder.path().join("a.png"), &png).unwrap();
    std::fs::write(folder.path().join("broken.png"), &png[..png.len() - 30]).unwrap();
    let post = "---\ntitle: 絵\n---\n![甲](a.png)\n\n二\n\n三\n\n![乙](broken.png)\n";
    std::fs::write(folder.path().join("post.md"), post).unwrap();
    folder
}

/// A desk over that folder, with pictures drawn by these means.
fn desk_with_a_picture(means: Means, columns: u16, rows: u16) -> (tempfile::TempDir, Desk) {
    let folder = folder_with_a_picture();
    let mut desk = Desk::of_folder(folder.path(), columns, rows);
    desk.act(Action::Picture(PictureAction::CanDraw(Drawing { means, cell: Cell::USUAL })));
    desk.keys("<enter>");
    (folder, desk)
}

#[test]
fn pictures_are_half_blocks_and_are_cut_at_the_edge() {
    let (_folder, mut desk) = desk_with_a_picture(Means::HalfBlocks(picture::Depth::Full), 24, 10);
    check_desk(
        &desk,
        24,
        10,
        "
 post.md
 絵

 ▀▀▀▀▀
 ▀▀▀▀▀
 ▀▀▀▀▀
 ▀▀▀▀▀
 ▣ 甲

? every key <1 min  47%",
    );
    let halves = |desk: &Desk, y: u16| {
        let mut terminal = Terminal::new(TestBackend::new(24, 10)).unwrap();
        terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::Truecolor), frame)).unwrap();
        let cell = &terminal.backend().buffer()[(1, y)];
        super::theme::sgr(cell.style())
    };
    assert_eq!(halves(&desk, 3), "38;2;255;0;0;48;2;255;0;0");
    assert_eq!(halves(&desk, 6), "38;2;0;0;255;48;2;0;0;255");
    desk.keys("jjjj");
    assert_eq!(halves(&desk, 2), "38;2;0;0;255;48;2;0;0;255");
    desk.keys("G");
    assert!(screen(&desk, 24, 10).iter().any(|row| row.starts_with(" Not")), "a broken picture says so");
}

#[test]
fn pictures_over_the_cells_are_away_below_an_overlay() {
    for means in [Means::Kitty, Means::Iterm2, Means::Sixel] {
        let (_folder, mut desk) = desk_with_a_picture(means, 24, 10);
        let places = |desk: &Desk| -> Vec<(u16, u16, std::ops::Range<u16>)> {
            super::over_cells(&desk.app).into_iter().map(|hung| (hung.x, hung.y, hung.rows)).collect()
        };
        assert_eq!(places(&desk), [(1, 3, 0..4)], "{means:?}");
        assert_eq!(screen(&desk, 24, 10)[3..7], ["", "", "", ""], "the cells below are blank");
        desk.keys("?");
        assert_eq!(places(&desk), []);
        desk.keys("?jjj");
        assert_eq!(places(&desk), [(1, 1, 1..4)]);
        desk.keys("h");
        assert_eq!(places(&desk), [], "the index covers the reader in a narrow terminal");
    }
}

#[test]
fn a_note_lies_beside_its_mark() {
    check(
        "jj<enter>p",
        40,
        12,
        "
 post/a.md
 足場の話
 2020-03-01
 #SRE #Go

 本文は外と中、無。注[1]。
                   ┌─ Note 1 ─────────┐
 ┃ SlideShare  T   │ 注の文           │
 ┃ @a              └──────────────────┘
 ┃ <https://www.slideshare.net/u/talk>

→ note 1                    <1 min  83%
",
    );
}

#[test]
fn the_outline_marks_the_section_in_view() {
    check(
        "j<enter>2]O",
        40,
        12,
        "
 Rust の話

 文
┌─ Headings ───────────────────────────┐
│ ›                                    │
│ ✓ 一                             19% │
│   二                             85% │
└──────────────────────────────────────┘
 # 二

 文
? every key                        100%
",
    );
}

#[test]
fn the_links_and_their_targets_are_listed() {
    check(
        "jj<enter><c-l>",
        60,
        12,
        "
 post/a.md
 足場の話
┌─ Links ──────────────────────────────────────────────────┐
│ ›                                                        │
│ ✓ 外                             https://other.example/x │
│   中                                     post: Rust の話 │
│   無                          https://hibi.example/none/ │
│   [1]                                             note 1 │
│   T https://www.slideshare… https://www.slideshare.net/… │
└──────────────────────────────────────────────────────────┘

? every key                                     <1 min  83%
",
    );
}

#[test]
fn marks_are_listed_when_one_is_asked_for() {
    check(
        "j<enter>maJmb'",
        60,
        10,
        "
 post/a.md
 足場の話
 2020-03-01
 #SRE #Go

 本文は外と中、無。注[1]。

Which place? ' is where the last jump came from
a Rust の話  Rust の話
b 足場の話  足場の話
",
    );
}

#[test]
fn nothing_but_the_text_is_shown() {
    check(
        "jj<enter>z----------",
        100,
        8,
        "
                              足場の話
                              2020-03-01
                              #SRE #Go

                              本文は外と中、無。注[1]。

                              ┃ SlideShare  T
",
    );
    check(
        "jj<enter>z<tab>",
        100,
        6,
        "
          足場の話
          2020-03-01
          #SRE #Go

          本文は外と中、無。注[1]。
→ https://other.example/x                                                               <1 min  41%
",
    );
}

#[test]
fn a_search_is_counted_and_told() {
    check(
        "j<enter>/文",
        40,
        8,
        "
 Rust の話
 # 一

 文

 文

/文                                  1/7
",
    );
    check(
        "j<enter>/<c-r>x(",
        40,
        8,
        "
 post/b.md
 Rust の話
 2021-03-01
 #Rust

 # 一
regular expression: unclosed group
regex /x(                            -/0
",
    );
    let mut desk = Desk::new(40, 8);
    desk.keys("j<enter>/文<enter>nn");
    assert!(screen(&desk, 40, 8)[7].contains(" 3/7  "), "{:?}", screen(&desk, 40, 8)[7]);
}

#[test]
fn the_hit_at_hand_stands_out_without_colours() {
    let mut desk = Desk::new(100, 20);
    desk.keys("jj<enter>/文<enter>");
    let mut terminal = Terminal::new(TestBackend::new(100, 20)).unwrap();
    terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::None), frame)).unwrap();
    let worn = |modifier| {
        let cells = terminal.backend().buffer().content.iter().filter(|cell| cell.modifier.contains(modifier));
        cells.map(ratatui::buffer::Cell::symbol).collect::<String>()
    };
    assert_eq!(worn(Modifier::REVERSED), "文");
    assert!(worn(Modifier::UNDERLINED).matches('文').count() == 2, "{}", worn(Modifier::UNDERLINED));
}

/// The small blog on a linear screen, after some keys.
fn linear(script: &str, columns: u16, rows: u16) -> Desk {
    let mut desk = Desk::new(columns, rows);
    desk.app.panes.is_linear = true;
    desk.act(Action::Resize(columns, rows));
    desk.keys(script);
    desk
}

#[test]
fn a_linear_screen_tells_one_thing_at_a_time_in_words() {
    let check = |script: &str, cursor: (u16, u16), expected: &str| {
        let desk = linear(script, 60, 10);
        check_desk(&desk, 60, 10, expected);
        assert_eq!(cursor_of(&desk, 60, 10), cursor, "{script}");
    };
    check(
        "j",
        (0, 2),
        "
日々                                            5/5 by date
Go と Rust, 2022-03-01, draft, #Go #Rust
Rust の話, 2021-03-01, #Rust
足場の話, 2020-03-01, #SRE #Go
odd, 2019-01-01
日記



? every key",
    );
    check(
        "jj<enter><tab>",
        (7, 5),
        "
 post/a.md
 Title: 足場の話
 2020-03-01
 #SRE #Go

 本文は(link: 外)と(link: 中)、(link: 無)。注 (note 1)。

 SlideShare  (embedded page: T)
 @a
leads to https://other.example/x                <1 min  66%",
    );
    check(
        "tru",
        (2, 2),
        "
   Filter by
  ru
    #Rust                                                2",
    );
    check(
        "jj<enter>p",
        (2, 1),
        "
   Note 1
  注の文",
    );
}

fn cursor_of(desk: &Desk, columns: u16, rows: u16) -> (u16, u16) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw(&desk.app, Theme::new(Ground::Dark, Depth::Indexed), frame)).unwrap();
    terminal.get_cursor_position().unwrap().into()
}
