//! The bar over the index: the parts of the filter, which come off by a click, and how many posts there are in which order.

use super::App;
use crate::messages;
use crate::search::query::By;

/// What stands on the bar.
#[derive(Debug)]
pub struct Bar {
    /// The parts of the filter, each with its number; none where nothing is filtered.
    pub chips: Vec<String>,
    /// How many posts are shown, and their order; it stands at the right end.
    pub count: String,
    /// The column that it starts at.
    pub count_at: u16,
}

/// Columns between two parts.
const BETWEEN: usize = 2;

/// What lies under a cell of the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnBar {
    /// A part of the filter, counted from 0.
    Chip(usize),
    Count,
}

impl App {
    /// What stands on the bar over the index.
    #[must_use]
    pub fn bar(&self) -> Bar {
        let order = self.index.filter.query().order().unwrap_or(self.index.order);
        let sort = match order.by {
            By::Date => messages::BY_DATE,
            By::Title => messages::BY_TITLE,
            By::Path => messages::BY_PATH,
        };
        let (shown, total) = (self.index.shown().len(), self.index.total());
        let count = if self.is_scanning { messages::SCANNING.to_owned() } else { format!("{shown}/{total} {sort}") };
        let chips =
            self.index.filter.parts().iter().enumerate().map(|(at, part)| format!("{} {part}", at + 1)).collect();
        let taken = u16::try_from(self.measure.columns(&count) + 1).unwrap_or(u16::MAX);
        Bar { chips, count, count_at: self.panes.index().width.saturating_sub(taken) }
    }

    /// What lies under a column of the bar.
    pub(super) fn on_bar(&self, column: u16) -> Option<OnBar> {
        let bar = self.bar();
        if column >= bar.count_at {
            return (column < self.panes.index().width).then_some(OnBar::Count);
        }
        let mut start = 0;
        for (at, chip) in bar.chips.iter().enumerate() {
            let end = start + self.measure.columns(chip);
            if (start..end).contains(&usize::from(column)) {
                return Some(OnBar::Chip(at));
            }
            start = end + BETWEEN;
        }
        None
    }
}
