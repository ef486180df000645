//! The bar over the index: the parts of the filter, which come off by a click, and how many posts there are in which order; and the row of
//! what may stand at the cursor of the filter.

use super::App;
use crate::messages;
use crate::search::query::By;
use crate::text::Clean;

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

/// Something that may be put into the filter, where it stands on its row.
#[derive(Debug)]
pub struct Offer {
    /// Its place among the completions.
    pub at: usize,
    pub words: Clean,
    /// The column that it starts at, and how many it takes.
    pub x: u16,
    pub width: u16,
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

    /// What may stand at the cursor of the filter, as far as the row above it has room. The one that stands there is always in sight.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let (all, chosen) = self.index.filter.completions();
        let mut x = 0;
        let first = chosen.unwrap_or(0).saturating_sub(2);
        let offers = all.iter().enumerate().skip(first).map_while(|(at, completion)| {
            let count = completion.count.map_or_else(String::new, |count| format!(" {count}"));
            let words = Clean::line(&format!("{}{count}", completion.text));
            let width = u16::try_from(self.measure.columns(&words)).unwrap_or(u16::MAX);
            let offer = Offer { at, words, x, width };
            x = x.saturating_add(width).saturating_add(BETWEEN as u16);
            (offer.x.saturating_add(width) <= self.panes.columns).then_some(offer)
        });
        offers.collect()
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
