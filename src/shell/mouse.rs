//! What the mouse does, in the words of the app.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::app::action::Action;

/// Lines that one notch of the wheel moves.
const NOTCH: isize = 3;

/// What an event of the mouse means, if anything.
pub(super) fn action_of_mouse(event: MouseEvent) -> Option<Action> {
    let MouseEvent { column, row, .. } = event;
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Action::Press(column, row)),
        MouseEventKind::Drag(MouseButton::Left) => Some(Action::Drag(column, row)),
        MouseEventKind::Up(MouseButton::Left) => Some(Action::Release(column, row)),
        MouseEventKind::ScrollDown => Some(Action::Wheel { lines: NOTCH, column, row }),
        MouseEventKind::ScrollUp => Some(Action::Wheel { lines: -NOTCH, column, row }),
        MouseEventKind::ScrollLeft => Some(Action::Pan(-1)),
        MouseEventKind::ScrollRight => Some(Action::Pan(1)),
        _ => None,
    }
}
