//! What a page is set on, and how.

use crate::picture::fit::Frame;
use crate::text::width::Measure;

/// What becomes of a stop or comma (`、。，．`) for which a row has no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hanging {
    /// It hangs into a gutter at the right, which paragraphs with such marks keep free (JLREQ 3.8.1).
    Into,
    /// It takes the character before it along to the next row.
    Never,
}

/// Where the readings of words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruby {
    /// In brackets after the words.
    Inline,
    /// On a row of their own, above the words.
    Above,
}

/// What becomes of lines of code and rows of tables that are wider than the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wrap {
    /// They go on on the next row.
    #[default]
    Rows,
    /// They run on beyond the page: [`View::pan`](super::View::pan) moves them.
    Never,
}

/// How the page tells what a thing is: that something is a heading, a quote, a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Telling {
    /// By signs, boxes and indentation.
    #[default]
    Signs,
    /// In words, on rows without margins: for who hears the page, or feels it line by line.
    Words,
}

/// How a page in words tells what stands out in running text: emphasis, code, what is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stress {
    /// By a sign before and after it, as in plain text: `*` or a backquote.
    #[default]
    Signs,
    Words,
    Untold,
}

/// What a page is set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// In columns; at least one is used.
    pub width: usize,
    pub hanging: Hanging,
    pub ruby: Ruby,
    pub wrap: Wrap,
    pub telling: Telling,
    pub stress: Stress,
    pub measure: Measure,
    /// What pictures have to fit into; none where they are not drawn.
    pub pictures: Option<Frame>,
}

impl Sheet {
    /// A sheet of so many columns, all else as it is by default.
    #[must_use]
    pub fn of(width: usize) -> Sheet {
        let measure = Measure::default();
        Sheet {
            width,
            hanging: Hanging::Into,
            ruby: Ruby::Inline,
            wrap: Wrap::Rows,
            telling: Telling::Signs,
            stress: Stress::Signs,
            measure,
            pictures: None,
        }
    }
}
