//! Alerts and details: a heading, and what lies below it, which may open and close.

use super::{FoldPlace, Setter};
use crate::document::{Block, Fold};
use crate::messages;
use crate::text::{Alert, Face, LinkId, Role, Text};

impl Setter {
    pub(super) fn details(&mut self, summary: &Text, blocks: &[Block], fold: Fold) {
        let words = if summary.is_empty() { &Text::new(&messages::DETAILS, Face::default()) } else { summary };
        self.folding(
            Some(fold),
            |setter| setter.paragraph(&heading(words, Role::Summary, Some(fold.link))),
            |setter| {
                setter.within(None, "  ", Face::FURNITURE, |setter| setter.blocks(blocks));
                setter.say(&messages::DETAILS_END);
            },
        );
    }

    pub(super) fn alert(&mut self, kind: Alert, title: &Text, blocks: &[Block], fold: Option<Fold>) {
        let role = Role::Alert(kind);
        let link = fold.map(|fold| fold.link);
        let head = |setter: &mut Setter| {
            setter.lead(&messages::spoken_alert(kind), link);
            if title.is_empty() && setter.is_spoken() {
                setter.say_lead();
            } else if title.is_empty() {
                setter.label(&messages::alert(kind), Face { strong: true, link, ..Face::of(role) });
            } else {
                setter.paragraph(&heading(title, role, link));
            }
        };
        self.within(None, self.glyphs.quote, Face::of(role), |setter| {
            setter.folding(fold, head, |setter| {
                setter.blocks(blocks);
                setter.say(&messages::NOTICE_END);
            });
        });
    }

    /// Sets a heading and what lies below it, which opens and closes where there is a fold.
    fn folding(&mut self, fold: Option<Fold>, head: impl FnOnce(&mut Setter), set: impl FnOnce(&mut Setter)) {
        let Some(Fold { link, state }) = fold else {
            head(self);
            return set(self);
        };
        self.close_gap();
        let row = self.page.rows.len();
        let mark = Face { link: Some(link), ..Face::FURNITURE };
        self.lead(&messages::FOLD_IS_OPEN, Some(link));
        self.within(Some((self.glyphs.open, mark)), "", Face::FURNITURE, head);
        let (at, rows, words) = (self.page.folds.len(), self.page.rows.len(), self.page.plain.len());
        set(self);
        let (rows, words) = (rows..self.page.rows.len(), words..self.page.plain.len());
        self.page.folds.insert(at, FoldPlace { link, state, row, rows, words });
    }
}

/// Words as the heading of a block: strong, and, where the block folds, a link that opens and closes it.
fn heading(words: &Text, role: Role, link: Option<LinkId>) -> Text {
    let mut words = words.clone();
    words.restyle(&(0..words.len()), |face| {
        face.strong = true;
        if face.role == Role::Body {
            face.role = role;
        }
        face.link = face.link.or(link);
    });
    words
}
