//! What may lie over the panes: a list to choose from, link hints, a note, a question, the pages of details, help and problems.

use url::Url;

use super::action::Motion;
use super::keymap::Keymap;
use super::keys::Mode;
use super::picker::Picker;
use crate::layout::LinkPlace;
use crate::library::source::{Basis, Decoding};
use crate::library::{Library, PostId, State, Term};
use crate::messages;
use crate::text::{Clean, LinkId};

/// See the module's head.
#[derive(Debug)]
pub enum Overlay {
    List(Picker),
    Hints(Hints),
    /// A letter is asked for: that of a mark.
    Letter(Wish),
    Note(Note),
    Question(Question),
    Details {
        post: PostId,
        top: usize,
    },
    Help {
        top: usize,
    },
    Problems {
        top: usize,
    },
}

impl Overlay {
    /// Moves inside the overlay, which has so many lines, on a screen of so many rows.
    pub(super) fn step(&mut self, motion: Motion, lines: usize, rows: usize) {
        let page = rows.saturating_sub(6).max(1);
        let top = match self {
            Overlay::List(picker) => return picker.step(motion, page),
            Overlay::Details { top, .. } | Overlay::Help { top } | Overlay::Problems { top } => top,
            Overlay::Hints(_) | Overlay::Question(_) | Overlay::Letter(_) | Overlay::Note(_) => return,
        };
        *top = motion.from(*top, (lines + 1).saturating_sub(page), page);
    }
}

/// What is known of a post: names of facts, and what they are. What is not known is left out.
#[must_use]
pub fn facts(library: &Library, post: PostId, keymap: &Keymap) -> Vec<(&'static str, Clean)> {
    let Some(post) = library.post(post) else { return Vec::new() };
    let list = |items: &[Clean]| Clean::joined(&items.iter().collect::<Vec<_>>(), ", ");
    let terms: Vec<String> = post.terms.iter().map(Term::label).collect();
    let facts = [
        (messages::TITLE.words(), Some(post.title.clone())),
        (messages::FILE.words(), Some(post.name.clone())),
        (messages::DATE.words(), post.date.map(|date| Clean::line(&date.day()))),
        (messages::AUTHORS.words(), Some(list(&post.authors))),
        (messages::TAGS.words(), Some(list(&post.tags))),
        (messages::TERMS.words(), Some(Clean::line(&terms.join(", ")))),
        (messages::LANGUAGE.words(), Some(post.language.clone())),
        (messages::IS_DRAFT.words(), Some(Clean::line(if post.draft { &messages::YES } else { &messages::NO }))),
        (messages::STATE.words(), (post.state != State::Public).then(|| Clean::line(post.state.word()))),
        (messages::ADDRESS.words(), library.published(post).map(|address| Clean::line(&address))),
        (messages::ENCODING.words(), post.decoding.map(|decoding| Clean::line(&encoding(decoding, keymap)))),
        (messages::PROBLEM.words(), post.problem.as_ref().map(|problem| problem.what.clone())),
    ];
    let known = facts.into_iter().filter_map(|(name, fact)| Some((name, fact.filter(|fact| !fact.is_empty())?)));
    known.collect()
}

/// An encoding, and what speaks for it.
fn encoding(decoding: Decoding, keymap: &Keymap) -> String {
    let name = decoding.encoding.name();
    match decoding.basis {
        Basis::Evident => name.to_owned(),
        Basis::Guessed => messages::guessed(name, &keymap.key_for(Mode::Pages, "encodings")),
        Basis::Chosen => messages::chosen(name),
    }
}

/// Letters over the links in sight.
#[derive(Debug)]
pub struct Hints {
    /// Each link with its place and its letters.
    pub links: Vec<(LinkPlace, String)>,
    pub typed: String,
}

/// The letters of hints, the easiest to reach first.
const LETTERS: &[u8; 26] = b"asdfghjklqwertyuiopzxcvbnm";

impl Hints {
    #[must_use]
    pub fn new(links: Vec<LinkPlace>) -> Hints {
        let letter = |at: usize| char::from(LETTERS[at % LETTERS.len()]);
        let is_short = links.len() <= LETTERS.len();
        let label = |at: usize| {
            if is_short { letter(at).to_string() } else { [letter(at / LETTERS.len()), letter(at)].iter().collect() }
        };
        let most = LETTERS.len() * LETTERS.len();
        Hints {
            links: links.into_iter().take(most).enumerate().map(|(at, place)| (place, label(at))).collect(),
            typed: String::new(),
        }
    }

    /// The link whose letters are typed in full, and its place among those that the letters before left open.
    #[must_use]
    pub fn chosen(&self) -> Option<(LinkId, usize)> {
        let mut before = self.typed.chars();
        before.next_back();
        let mut open = self.links.iter().filter(|(_, label)| label.starts_with(before.as_str())).enumerate();
        open.find(|(_, (_, label))| *label == self.typed).map(|(at, (place, _))| (place.link, at))
    }

    /// The links that what is typed leaves.
    pub fn open(&self) -> impl Iterator<Item = &(LinkPlace, String)> + Clone {
        self.links.iter().filter(|(_, label)| label.starts_with(&self.typed))
    }

    /// Whether any link's letters start with what is typed.
    #[must_use]
    pub fn has_match(&self) -> bool {
        self.links.iter().any(|(_, label)| label.starts_with(&self.typed))
    }
}

/// What the letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Mark,
    Return,
}

/// A note that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// Which of the post's notes.
    pub index: usize,
    /// The mark that it is shown beside.
    pub mark: LinkId,
    /// The link in it that is at hand.
    pub link: Option<LinkId>,
    /// The first of its rows that is shown.
    pub top: usize,
}

/// An address that is opened or fetched only after a second key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub url: Url,
    pub reason: &'static str,
    pub wanted: Wanted,
}

/// What is wanted of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Its page, in the browser.
    Page,
    /// The picture that lies there.
    Picture,
}
