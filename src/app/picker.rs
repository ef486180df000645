//! A list that one chooses from, narrowed by what is typed. What stands in it, and what choosing does, is the app's.

use std::ops::Range;

use super::action::Motion;
use super::input::Input;
use super::keys::Mode;
use super::panes::{Area, Panes};
use crate::library::PostId;
use crate::library::source::Encoding;
use crate::text::{Clean, LinkId};

/// What a list is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// What the posts that are shown can be narrowed by: tags, terms of other taxonomies, years, folders, languages.
    Facets,
    /// The encodings that a post may be read in, and the one that it was read in.
    Encodings { post: PostId, used: Option<Encoding> },
    /// The titles of all posts, found by some of their letters.
    Titles,
    /// What texts hold: posts, and below each the lines that were found.
    Texts,
    /// The queries that were saved.
    Queries,
    /// The names that the filter may be saved under.
    Naming,
    /// What can be done, in a pane first.
    Actions { pane: Mode },
    /// Every key.
    Keys,
    /// The posts that link to one; none while they are being looked for.
    Backlinks { post: PostId, posts: Option<Vec<PostId>> },
    /// The posts that were open.
    Visited,
    /// The headings of the open post.
    Outline,
    /// The links of the open post.
    Links,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub is_marked: bool,
    /// How many steps it stands below those above it.
    pub depth: usize,
    pub words: Clean,
    /// What was found in the words, in bytes of them.
    pub hits: Vec<Range<usize>>,
    /// What stands at its end: a count, a date, a target.
    pub detail: Clean,
    pub choice: Choice,
}

impl Line {
    #[must_use]
    pub fn new(words: Clean, choice: Choice) -> Line {
        Line { is_marked: false, depth: 0, words, hits: Vec::new(), detail: Clean::default(), choice }
    }
}

/// What a line stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A part of the filter, in the words of the query language.
    Part(String),
    /// A whole query.
    Query(String),
    /// The name that the filter is saved under.
    Save(String),
    /// A place in a post, in bytes of its words.
    Place {
        post: PostId,
        place: usize,
    },
    Encoding {
        post: PostId,
        encoding: Encoding,
    },
    Post(PostId),
    /// A link of the open post.
    Link(LinkId),
    /// What has this name in a pane.
    Action {
        pane: Mode,
        name: &'static str,
    },
}

/// See the module's head.
#[derive(Debug)]
pub struct Picker {
    pub list: List,
    pub input: Input,
    lines: Vec<Line>,
    selected: usize,
}

impl List {
    /// How wide its box is where there is room, in columns.
    #[must_use]
    pub fn columns(&self) -> u16 {
        match self {
            List::Facets | List::Encodings { .. } => 44,
            List::Titles | List::Queries | List::Naming | List::Outline | List::Backlinks { .. } | List::Visited => 72,
            List::Actions { .. } | List::Keys => 78,
            List::Texts => 96,
            List::Links => 100,
        }
    }
}

impl Picker {
    /// The box that it is drawn in.
    #[must_use]
    pub fn area(&self, panes: &Panes) -> Area {
        let height = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(3);
        panes.centred(self.list.columns(), height.clamp(5, panes.rows.saturating_sub(2).max(5)))
    }

    /// The first line in sight, where so many rows have room.
    #[must_use]
    pub fn first(&self, rows: usize) -> usize {
        (self.selected + 1).saturating_sub(rows)
    }

    /// The line on a row of the screen.
    pub(super) fn line_at(&self, row: u16, panes: &Panes) -> Option<usize> {
        let area = self.area(panes);
        // The frame and the line that is typed stand above the first.
        let rows = usize::from(area.height.saturating_sub(3));
        let below = usize::from(row.checked_sub(area.y + 2)?);
        let at = self.first(rows) + below;
        (below < rows && at < self.lines.len()).then_some(at)
    }

    /// Selects a line.
    pub(super) fn select(&mut self, line: usize) {
        self.selected = line;
    }

    /// A list without lines: the app fills it.
    #[must_use]
    pub fn new(list: List) -> Picker {
        Picker { list, input: Input::default(), lines: Vec::new(), selected: 0 }
    }

    /// The lines that what is typed leaves.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The place of the selected line.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// What the selected line stands for.
    #[must_use]
    pub fn chosen(&self) -> Option<&Choice> {
        Some(&self.lines.get(self.selected)?.choice)
    }

    /// Takes the lines. The selected one stays selected where it is still there.
    pub(super) fn fill(&mut self, lines: Vec<Line>) {
        let kept = self.chosen().and_then(|chosen| lines.iter().position(|line| line.choice == *chosen));
        self.selected = kept.unwrap_or_default();
        self.lines = lines;
    }

    /// Selects the marked line.
    pub(super) fn select_marked(&mut self) {
        self.selected = self.lines.iter().position(|line| line.is_marked).unwrap_or(self.selected);
    }

    /// Changes the line that is being typed: the first line that is left is selected.
    pub(super) fn edit(&mut self, change: impl FnOnce(&mut Input)) {
        change(&mut self.input);
        self.lines.clear();
    }

    /// Moves the selection. A page is so many lines.
    pub(super) fn step(&mut self, motion: Motion, page: usize) {
        self.selected = motion.from(self.selected, self.lines.len(), page);
    }
}
