//! A line that is being typed, with the cursor kept in sight.

use ratatui::style::Style;

use super::canvas::Canvas;
use crate::app::input::Input;
use crate::app::panes::Area;

/// Draws a line that is being typed after its prompt, in the first row of an area. Gives the place of the cursor. A line that is too long
/// loses its beginning.
pub fn draw(prompt: &str, input: &Input, area: Area, style: Style, canvas: &mut Canvas) -> (u16, u16) {
    let end = area.x + area.width;
    let x = canvas.put(area.x, area.y, end, prompt, style);
    let before = input.before_cursor();
    // The cursor needs a cell of its own, and what stands under it may be wide.
    let room = end.saturating_sub(x + 2);
    let mut hidden = 0;
    while canvas.columns(&before[hidden..]) > room {
        hidden += canvas.first_cluster(&before[hidden..]).len().max(1);
    }
    let cursor = x + canvas.columns(&before[hidden..]);
    canvas.put(x, area.y, end, &input.as_str()[hidden..], style);
    (cursor.min(end.saturating_sub(1)), area.y)
}
