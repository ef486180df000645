//! A list that one chooses from, narrowed by what is typed. What stands in it, and what choosing does, is the app's.

use std::ops::Range;

use super::action::Motion;
use super::input::Input;
use super::keys::Mode;
use crate::library::PostId;
use crate::library::source::Encoding;
use crate::text::Clean;

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
    /// The queries of the settings file.
    Queries,
    /// What can be done in a pane.
    Actions { pane: Mode },
    /// Every key.
    Keys,
    /// The posts that link to one; none while they are being looked for.
    Backlinks { post: PostId, posts: Option<Vec<PostId>> },
    /// The posts that were open.
    Visited,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub is_marked: bool,
    /// Whether it belongs to the line above it.
    pub is_below: bool,
    pub words: Clean,
    /// What was found in the words, in bytes of them.
    pub hits: Vec<Range<usize>>,
    /// What stands at its end: a count, a date.
    pub detail: Clean,
    pub choice: Choice,
}

impl Line {
    #[must_use]
    pub fn new(words: Clean, choice: Choice) -> Line {
        Line { is_marked: false, is_below: false, words, hits: Vec::new(), detail: Clean::default(), choice }
    }
}

/// What a line stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A part of the filter, in the words of the query language.
    Part(String),
    /// A whole query.
    Query(String),
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

impl Picker {
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
