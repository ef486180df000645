//! Lists: what stands before their items, and how far apart they are.

use super::{Gap, Setter, Telling};
use crate::document::{Block, Item};
use crate::messages;
use crate::text::Face;

impl Setter {
    pub(super) fn list(&mut self, start: Option<u64>, tight: bool, items: &[Item]) {
        self.say(&messages::spoken_list(items.len()));
        let last = start.map(|start| start.saturating_add(items.len() as u64).saturating_sub(1));
        let digits = last.map_or(0, |last| last.to_string().len());
        for (index, item) in items.iter().enumerate() {
            if index > 0 && !tight {
                self.gap = Gap::Row;
            }
            let number = start.map(|start| start.saturating_add(index as u64));
            let mark = self.item_mark(item, number, digits);
            self.close_gap();
            self.lead(&mark, None);
            self.depth += 1;
            self.within(Some((&mark, Face::FURNITURE)), "", Face::FURNITURE, |setter| setter.item(item, tight));
            self.depth -= 1;
        }
        self.say(&messages::LIST_END);
    }

    /// What stands before an item; its number is set in so many digits.
    fn item_mark(&self, item: &Item, number: Option<u64>, digits: usize) -> String {
        const BULLETS: [&str; 3] = ["▪ ", "◦ ", "‣ "];
        let number = number.map(|number| match self.telling {
            Telling::Signs => format!("{number:>digits$}. "),
            Telling::Words => format!("{number}. "),
        });
        let number = number.unwrap_or_default();
        match (self.telling, item.task) {
            (Telling::Signs, Some(true)) => number + "☑ ",
            (Telling::Signs, Some(false)) => number + "☐ ",
            (Telling::Words, Some(true)) => number + &messages::TASK_DONE,
            (Telling::Words, Some(false)) => number + &messages::TASK_TO_DO,
            (_, None) if !number.is_empty() => number,
            (Telling::Signs, None) => BULLETS[self.depth % BULLETS.len()].to_owned(),
            (Telling::Words, None) => "- ".to_owned(),
        }
    }

    fn item(&mut self, item: &Item, tight: bool) {
        if item.blocks.is_empty() {
            return self.empty_row();
        }
        for (index, block) in item.blocks.iter().enumerate() {
            if index > 0 && !(tight && matches!(block, Block::Paragraph(_) | Block::List { .. })) {
                self.gap = Gap::Row;
            }
            self.block(block);
        }
    }

    /// The row of something that says nothing.
    pub(super) fn empty_row(&mut self) {
        if self.is_spoken() {
            return self.close_gap();
        }
        self.start_row();
        self.end_row();
    }
}
