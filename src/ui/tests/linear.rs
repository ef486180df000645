//! The screen in words, and where its cursor stands.

use super::*;

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
 Tags: #SRE #Go

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
