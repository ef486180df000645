//! What the program draws its own lines and marks with. Box-drawing characters are of East Asian Width A: a terminal that shows them
//! two columns wide gets others.

use super::width::Measure;

/// A set of glyphs, each one column wide.
#[derive(Debug)]
pub struct Glyphs {
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub crossing: &'static str,
    /// From the left at the top to the right at the bottom.
    pub corners: [&'static str; 4],
    /// Stands left of a quote.
    pub quote: &'static str,
    /// Stands left of a card.
    pub card: &'static str,
    /// Stand before the heading of what is open and of what is closed.
    pub open: &'static str,
    pub closed: &'static str,
    /// Before and after the part in sight of what is wider than the page.
    pub cut: [&'static str; 2],
    /// Stands left of the row where a selection ends.
    pub cursor: &'static str,
    /// Stands before the target of a link.
    pub target: &'static str,
}

const BOXES: Glyphs = Glyphs {
    horizontal: "─",
    vertical: "│",
    crossing: "┼",
    corners: ["┌", "┐", "└", "┘"],
    quote: "│ ",
    card: "┃ ",
    open: "▾ ",
    closed: "▸ ",
    cut: ["‹", "›"],
    cursor: "▸",
    target: "→ ",
};

const PLAIN: Glyphs = Glyphs {
    horizontal: "-",
    vertical: "|",
    crossing: "+",
    corners: ["+"; 4],
    quote: "| ",
    card: "| ",
    target: "› ",
    ..BOXES
};

/// The glyphs for a terminal of this measure.
#[must_use]
pub fn glyphs(measure: &Measure) -> &'static Glyphs {
    if measure.columns("─→") == 2 { &BOXES } else { &PLAIN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::Ambiguous;

    #[test]
    fn glyphs_take_one_column_each() {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
            let measure = Measure::default().with_ambiguous(ambiguous);
            let &Glyphs { horizontal, vertical, crossing, corners, quote, card, open, closed, cut, cursor, target } =
                glyphs(&measure);
            let marks = [horizontal, vertical, crossing, quote, card, open, closed, cursor, target];
            let marks = marks.into_iter().chain(corners).chain(cut);
            for mark in marks {
                assert_eq!(measure.columns(mark.trim_end()), 1, "{mark} {ambiguous:?}");
            }
        }
    }
}
