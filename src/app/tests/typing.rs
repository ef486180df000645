//! Lines that are typed, and what is pasted.

use super::Desk;
use crate::app::action::Action;
use crate::app::keys::Mode;

#[test]
fn a_line_is_edited_at_its_cursor() {
    let mut desk = Desk::new(100, 30);
    desk.keys("/ust<c-a>r");
    assert_eq!(desk.shown(), ["Go と Rust", "Rust の話"]);
    desk.keys("<c-e> 話");
    assert_eq!(desk.shown(), ["Rust の話"]);
    desk.keys("<c-w>");
    assert_eq!(desk.shown().len(), 2);
    desk.keys("<c-a><c-k>");
    assert_eq!(desk.shown().len(), 5);
}

#[test]
fn what_is_pasted_is_typed_and_nothing_else() {
    let mut desk = Desk::new(100, 30);
    desk.keys("/");
    desk.act(Action::Paste("rust\n話\n".into()));
    assert_eq!(desk.shown(), ["Rust の話"]);
    desk.keys("<esc>jj<tab>f");
    for mode in [Mode::Hints, Mode::Reader] {
        assert_eq!(desk.app.mode(), mode);
        desk.act(Action::Paste("aq\n".into()));
        assert_eq!((desk.app.mode(), desk.asked.len()), (mode, 0));
        desk.keys("<esc>");
    }
}
