//! The pages of details, help and problems: what stands on them, in rows that fit the screen.

use super::App;
use super::keymap::HelpLine;
use super::overlay::{Overlay, facts};
use super::panes::Area;
use crate::text::rows::rows;

/// One row of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageRow {
    /// Keys, or what a fact is called.
    pub name: String,
    pub words: String,
    pub is_heading: bool,
}

/// A page as it fits the screen.
#[derive(Debug, Clone, Default)]
pub struct PageSheet {
    pub rows: Vec<PageRow>,
    /// How wide names are, in columns.
    pub names: u16,
    /// The box that it lies in, with its frame.
    pub area: Area,
}

/// Columns that the frame of a box and the blanks beside it take.
const FRAME: u16 = 4;

/// The widest that the keys of help get, in columns.
const KEYS: u16 = 24;

impl App {
    /// What the open page holds; nothing where none is open.
    #[must_use]
    pub fn page_sheet(&self) -> PageSheet {
        let panes = &self.panes;
        let tall = panes.rows.saturating_sub(2);
        let inside = |area: Area| usize::from(area.width.saturating_sub(FRAME).max(1));
        match &self.overlay {
            Some(Overlay::Details { post, .. }) => {
                let area = panes.centred(78, tall);
                let facts = facts(&self.library, *post, &self.keymap);
                let names = facts.iter().map(|(name, _)| self.measure.columns(name)).max().unwrap_or_default() + 2;
                let room = inside(area).saturating_sub(names).max(1);
                let rows: Vec<PageRow> = facts.iter().flat_map(|(name, fact)| self.entry(name, fact, room)).collect();
                let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(2).min(tall);
                PageSheet { rows, names: names as u16, area: panes.centred(78, height) }
            }
            Some(Overlay::Help { .. }) => {
                let area = panes.centred(78, tall);
                let names = KEYS.min(area.width.saturating_sub(FRAME) / 2);
                let room = inside(area).saturating_sub(usize::from(names)).max(1);
                let rows = self.keymap.help().into_iter().flat_map(|line| match line {
                    HelpLine::Heading(words) => {
                        vec![PageRow { words: words.to_owned(), is_heading: true, ..PageRow::default() }]
                    }
                    HelpLine::Keys { keys, help } => self.entry(&format!("  {keys}"), help, room),
                });
                PageSheet { rows: rows.collect(), names, area }
            }
            Some(Overlay::Problems { .. }) => {
                let area = panes.centred(100, tall);
                let words = self.problems().map(|problem| format!("{}: {}", problem.place, problem.what));
                let rows: Vec<PageRow> = words.flat_map(|words| self.entry("", &words, inside(area))).collect();
                let height = u16::try_from(rows.len().max(1)).unwrap_or(u16::MAX).saturating_add(2).min(tall);
                PageSheet { rows, names: 0, area: panes.centred(100, height) }
            }
            _ => PageSheet::default(),
        }
    }

    /// A name and what stands beside it, in as many rows as that takes.
    fn entry(&self, name: &str, words: &str, room: usize) -> Vec<PageRow> {
        let rows = rows(words, room, &self.measure).into_iter().enumerate();
        let name = |at: usize| if at == 0 { name.to_owned() } else { String::new() };
        rows.map(|(at, words)| PageRow { name: name(at), words: words.to_owned(), is_heading: false }).collect()
    }
}
