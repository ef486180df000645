//! Everything that can happen to the app: intents of the user, and news from the world.

use std::ops::Range;
use std::sync::Arc;

use url::Url;

use super::Generation;
use super::input::Edit;
use super::pictures::PictureAction;
use crate::document::FoldState;
use crate::layout::Page;
use crate::library::calendar::Today;
use crate::library::renewal::{Changes, Renewal};
use crate::library::{Library, PostId, Problem};
use crate::reading::backlinks::Backlinks;
use crate::search::full_text::Found;
use crate::state::State;
use crate::text::Clean;
use crate::text::width::Measure;

/// How far to go, in a list or a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    Lines(isize),
    HalfPages(isize),
    Pages(isize),
    Headings(isize),
    Top,
    Bottom,
    /// To a line, counted from 1.
    Line(usize),
    /// To a part, in percent.
    Percent(usize),
}

impl Motion {
    /// Where it leads from a place in a list of so many, of which a page shows some.
    #[must_use]
    pub fn from(self, place: usize, count: usize, page: usize) -> usize {
        let step = |steps: isize, size: usize| place.saturating_add_signed(steps.saturating_mul(size as isize));
        let to = match self {
            Motion::Lines(steps) | Motion::Headings(steps) => step(steps, 1),
            Motion::HalfPages(steps) => step(steps, page / 2),
            Motion::Pages(steps) => step(steps, page),
            Motion::Top => 0,
            Motion::Bottom => count,
            Motion::Line(line) => line.saturating_sub(1),
            Motion::Percent(part) => count.saturating_mul(part) / 100,
        };
        to.min(count.saturating_sub(1))
    }

    /// The same so many times; the top and the end become the line of that number.
    #[must_use]
    fn times(self, count: usize) -> Motion {
        let times = |steps: isize| steps.saturating_mul(count as isize);
        match self {
            Motion::Lines(steps) => Motion::Lines(times(steps)),
            Motion::HalfPages(steps) => Motion::HalfPages(times(steps)),
            Motion::Pages(steps) => Motion::Pages(times(steps)),
            Motion::Headings(steps) => Motion::Headings(times(steps)),
            Motion::Top | Motion::Bottom | Motion::Line(_) => Motion::Line(count),
            Motion::Percent(_) => Motion::Percent(count),
        }
    }
}

/// What one does inside a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Searches in the post.
    Search,
    /// The next hit of the search, or one so many on or back.
    NextHit(isize),
    /// What is typed is a regular expression, or is words.
    Syntax,
    /// The headings of the post.
    Outline,
    /// Its links.
    Links,
    /// Marks this place by the letter that comes next.
    Mark,
    /// Goes to the place of the letter that comes next.
    Return,
    /// The note of a footnote mark.
    Note,
    /// Widens the column of text, in columns.
    Widen(i16),
    /// The width of the settings.
    ResetWidth,
    /// The column of text in the middle of its pane, or at its left.
    Centre,
    /// The column of text alone on the screen, or with all the rest.
    Zen,
}

/// Ways to find posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// By the line of the filter.
    Filter,
    /// What may stand at the cursor of the line, in turn.
    Complete(isize),
    /// By what stands in the texts.
    Texts,
    /// By the letters of a title.
    Titles,
    /// By a query that was saved.
    Queries,
    /// Saves the filter under a name.
    Save,
    /// Deletes the saved query that is selected.
    Forget,
    /// By what the posts that are shown can be narrowed by.
    Facets,
    /// Without the part of the filter at this place, counted from 0.
    Remove(usize),
    /// Without the last part of the filter.
    RemoveLast,
    /// In the next order.
    Sort,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Action {
    Quit,
    Suspend,
    Move(Motion),
    FocusIndex,
    FocusReader,
    /// Moves the split between the panes, in percent of the width.
    Split(i16),
    /// What is known of the post at hand.
    Details,
    /// The encodings that the post at hand may be read in.
    Encodings,
    /// The published page of the post at hand, in the browser.
    OpenPage,
    /// The post at hand in another language.
    Translation,
    /// The posts that link to the one at hand.
    Backlinks,
    /// Shows or hides what is not published.
    Unpublished,
    Help,
    /// Every action of the pane, to choose from.
    Actions,
    /// Searches help.
    SearchHelp,
    Problems,
    /// The posts that were open before.
    Visited,
    Find(Finding),
    NextPost(isize),
    /// Takes the link so many places on, or back, in hand.
    NextLink(isize),
    Open,
    /// Takes the code or table so many places on, or back, in hand.
    NextBlock(isize),
    /// Copies the thing in hand, or what is selected.
    Copy,
    /// Copies the address of the post at hand.
    CopyAddress,
    /// Starts to select rows.
    Select,
    /// Opens or closes every fold of the post.
    Folds(FoldState),
    /// Wraps wide code and tables, or lets them run on.
    Wrap,
    /// Moves wide code and tables sideways, in halves of the page.
    Pan(isize),
    Hints,
    /// Something with the post at hand.
    Do(Deed),
    /// Forward along the places one has been at, or back.
    Travel(isize),
    /// Adds a digit to the count that comes before a key.
    Digit(u8),
    /// Something that one does inside a post.
    Within(Within),
    /// Leaves what is open: an overlay, the line being typed, the filter.
    Close,
    Confirm,
    Type(char),
    Edit(Edit),
    /// Words that the terminal pasted, as they came.
    Paste(String),
    /// Gives the mouse to the terminal, or takes it back.
    Mouse,
    /// The mouse, in cells of the screen.
    Press(u16, u16),
    Drag(u16, u16),
    Release(u16, u16),
    Wheel {
        lines: isize,
        column: u16,
        row: u16,
    },

    Resize(u16, u16),
    Measured(Measure),
    /// The day that it is where the site is.
    Day(Today),
    /// A post of a library was read in another encoding: the library with it, and without.
    Reread {
        id: PostId,
        library: Arc<Library>,
        before: Arc<Library>,
    },
    Laid {
        page: Arc<Page>,
        generation: Generation,
    },
    /// Where something is in the open post, as bytes of its plain words.
    Sought {
        hits: Vec<Range<usize>>,
        generation: Generation,
    },
    /// Posts whose texts hold what is looked for.
    Found {
        found: Vec<Found>,
        generation: Generation,
        is_over: bool,
    },
    /// Which of these posts link to which was found out.
    Linked {
        library: Arc<Library>,
        backlinks: Arc<Backlinks>,
    },
    News(News),
    /// What happens to pictures.
    Picture(PictureAction),
    CouldNotOpen(Url),
    Notify {
        words: Clean,
        is_warning: bool,
    },
}

/// What can be done with a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    ToggleRead,
    ToggleFavourite,
    /// In the user's editor.
    Edit,
}

/// What the disk tells.
#[derive(Debug, Clone)]
pub enum News {
    /// The posts were read.
    Scanned(Arc<Library>),
    /// Some of the posts, while all are read.
    Glimpsed(Arc<Library>),
    /// What was remembered before is known.
    Remembered(Box<State>),
    /// Files changed.
    Changed(Changes),
    /// What changed was read; none where the folder is gone.
    Renewed(Option<Renewal>),
    /// Something is wrong that is no post's fault.
    Trouble(Problem),
}

impl Action {
    /// What it becomes with a count before it: the same so many times; what takes no count stays as it is.
    #[must_use]
    pub fn times(self, count: usize) -> Action {
        let times = |steps: isize| steps.saturating_mul(count as isize);
        let columns = |step: i16| step.saturating_mul(i16::try_from(count).unwrap_or(i16::MAX));
        match self {
            Action::Move(motion) => Action::Move(motion.times(count)),
            Action::NextPost(steps) => Action::NextPost(times(steps)),
            Action::NextLink(steps) => Action::NextLink(times(steps)),
            Action::NextBlock(steps) => Action::NextBlock(times(steps)),
            Action::Pan(steps) => Action::Pan(times(steps)),
            Action::Travel(steps) => Action::Travel(times(steps)),
            Action::Split(percent) => Action::Split(columns(percent)),
            Action::Within(Within::Widen(step)) => Action::Within(Within::Widen(columns(step))),
            Action::Within(Within::NextHit(steps)) => Action::Within(Within::NextHit(times(steps))),
            Action::Find(Finding::RemoveLast) => Action::Find(Finding::Remove(count.saturating_sub(1))),
            other => other,
        }
    }

    /// Whether the user did it, as against news from the world.
    #[must_use]
    pub fn is_of_the_user(&self) -> bool {
        !matches!(
            self,
            Action::Resize(..)
                | Action::Measured(_)
                | Action::Day(_)
                | Action::Reread { .. }
                | Action::Laid { .. }
                | Action::Sought { .. }
                | Action::Linked { .. }
                | Action::Found { .. }
                | Action::News(_)
                | Action::Picture(PictureAction::CanDraw(_) | PictureAction::Drawn { .. })
                | Action::CouldNotOpen(_)
                | Action::Notify { .. }
                | Action::Release(..)
        )
    }
}
