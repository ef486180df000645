//! What the reader shows of moving inside a post.

use super::*;

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
