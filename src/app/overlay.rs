//! What may lie over the panes: the lists of terms, encodings and posts that link here, link hints, a question, the pages of details, help and problems.

use std::cmp::Reverse;
use std::collections::HashMap;

use url::Url;

use super::action::Motion;
use super::index::Index;
use super::input::Input;
use super::keys;
use crate::layout::LinkPlace;
use crate::library::source::{Basis, Decoding, Encoding};
use crate::library::{Library, PostId, State, Term};
use crate::messages;
use crate::text::fold::fold;
use crate::text::{Clean, LinkId};

/// See the module's head.
#[derive(Debug)]
pub enum Overlay {
    Tags(TagList),
    Encodings(EncodingList),
    Backlinks(BacklinkList),
    Hints(Hints),
    Question(Question),
    Details { post: PostId, top: usize },
    Help { top: usize },
    Problems { top: usize },
}

impl Overlay {
    /// Changes the line that is being typed, where there is one; the list that it narrows starts anew.
    pub(super) fn edit(&mut self, change: impl FnOnce(&mut Input)) {
        let (Overlay::Tags(TagList { input, selected })
        | Overlay::Encodings(EncodingList { input, selected, .. })
        | Overlay::Backlinks(BacklinkList { input, selected, .. })) = self
        else {
            return;
        };
        change(input);
        *selected = 0;
    }

    /// Moves inside the overlay, on a screen of so many rows.
    pub(super) fn step(&mut self, motion: Motion, library: &Library, index: &Index, rows: usize) {
        let page = rows.saturating_sub(6).max(1);
        let moved = |from: usize, count: usize| {
            let step = |steps: isize, size: usize| from.saturating_add_signed(steps.saturating_mul(size as isize));
            let to = match motion {
                Motion::Lines(steps) | Motion::Headings(steps) => step(steps, 1),
                Motion::HalfPages(steps) => step(steps, page / 2),
                Motion::Pages(steps) => step(steps, page),
                Motion::Top => 0,
                Motion::Bottom => count,
            };
            to.min(count.saturating_sub(1))
        };
        match self {
            Overlay::Tags(list) => list.selected = moved(list.selected, list.entries(library, index).len()),
            Overlay::Encodings(list) => list.selected = moved(list.selected, list.entries().len()),
            Overlay::Backlinks(list) => list.selected = moved(list.selected, list.entries(library).len()),
            Overlay::Details { post, top } => {
                *top = moved(*top, (facts(library, *post).len() + 1).saturating_sub(page));
            }
            Overlay::Help { top } => *top = moved(*top, (keys::help().len() + 1).saturating_sub(page)),
            Overlay::Problems { top } => *top = moved(*top, (library.problems.len() + 1).saturating_sub(page)),
            Overlay::Hints(_) | Overlay::Question(_) => {}
        }
    }
}

/// The tags of the posts that are shown now and the terms of their other taxonomies, narrowed by what is typed.
#[derive(Debug, Default)]
pub struct TagList {
    pub input: Input,
    pub selected: usize,
}

/// One line of the tag list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagEntry {
    pub term: Term,
    /// How many of the posts shown carry it.
    pub count: usize,
    /// Whether it is part of the filter.
    pub is_chosen: bool,
}

impl TagList {
    /// The lines of the list: the tags, then one taxonomy after the other; the most used terms first.
    #[must_use]
    pub fn entries(&self, library: &Library, index: &Index) -> Vec<TagEntry> {
        let mut counts: HashMap<(Clean, String), (Term, usize)> = HashMap::new();
        for post in index.shown().iter().filter_map(|id| library.post(*id)) {
            for term in library.terms(post) {
                let key = (term.taxonomy.clone(), fold(&term.name));
                counts.entry(key).or_insert((term, 0)).1 += 1;
            }
        }
        let wanted = fold(self.input.as_str());
        let mut entries: Vec<TagEntry> = counts
            .into_values()
            .filter(|(term, _)| fold(&term.label()).contains(&wanted))
            .map(|(term, count)| {
                let is_chosen = index.filter.terms.iter().any(|chosen| chosen.is_like(&term));
                TagEntry { term, count, is_chosen }
            })
            .collect();
        let order = |entry: &TagEntry| (entry.term.taxonomy.clone(), Reverse(entry.count), entry.term.name.clone());
        entries.sort_by_cached_key(order);
        entries
    }

    /// The term of the selected line.
    #[must_use]
    pub fn chosen(&self, library: &Library, index: &Index) -> Option<Term> {
        self.entries(library, index).into_iter().nth(self.selected).map(|entry| entry.term)
    }
}

/// The posts that link to one, narrowed by what is typed.
#[derive(Debug)]
pub struct BacklinkList {
    pub post: PostId,
    /// None while they are being looked for.
    pub posts: Option<Vec<PostId>>,
    pub input: Input,
    pub selected: usize,
}

impl BacklinkList {
    #[must_use]
    pub fn new(post: PostId, posts: Option<Vec<PostId>>) -> BacklinkList {
        BacklinkList { post, posts, input: Input::default(), selected: 0 }
    }

    /// The lines of the list.
    #[must_use]
    pub fn entries(&self, library: &Library) -> Vec<PostId> {
        let wanted = fold(self.input.as_str());
        let fits = |id: &&PostId| library.post(**id).is_some_and(|post| fold(&post.title).contains(&wanted));
        self.posts.iter().flatten().filter(fits).copied().collect()
    }

    /// The post of the selected line.
    #[must_use]
    pub fn chosen(&self, library: &Library) -> Option<PostId> {
        self.entries(library).get(self.selected).copied()
    }
}

/// The encodings that a post may be read in, narrowed by what is typed.
#[derive(Debug)]
pub struct EncodingList {
    pub post: PostId,
    /// The one that it was read in.
    pub used: Option<Encoding>,
    pub input: Input,
    pub selected: usize,
}

impl EncodingList {
    #[must_use]
    pub fn new(post: PostId, used: Option<Encoding>) -> EncodingList {
        EncodingList { post, used, input: Input::default(), selected: 0 }
    }

    /// The lines of the list: the one in use first. Whatever else is typed as a whole name is offered too.
    #[must_use]
    pub fn entries(&self) -> Vec<Encoding> {
        let wanted = fold(self.input.as_str());
        let mut entries: Vec<Encoding> = self.used.into_iter().collect();
        for encoding in Encoding::OFFERED {
            if !entries.contains(&encoding) {
                entries.push(encoding);
            }
        }
        entries.retain(|encoding| fold(encoding.name()).contains(&wanted));
        if let Some(encoding) = Encoding::named(self.input.as_str()).filter(|encoding| !entries.contains(encoding)) {
            entries.push(encoding);
        }
        entries
    }

    /// The encoding of the selected line.
    #[must_use]
    pub fn chosen(&self) -> Option<Encoding> {
        self.entries().into_iter().nth(self.selected)
    }
}

/// What is known of a post: names of facts, and what they are. What is not known is left out.
#[must_use]
pub fn facts(library: &Library, post: PostId) -> Vec<(&'static str, Clean)> {
    let Some(post) = library.post(post) else { return Vec::new() };
    let list = |items: &[Clean]| Clean::joined(&items.iter().collect::<Vec<_>>(), ", ");
    let terms: Vec<String> = post.terms.iter().map(Term::label).collect();
    let facts = [
        (messages::TITLE, Some(post.title.clone())),
        (messages::FILE, Some(post.name.clone())),
        (messages::DATE, post.date.map(|date| Clean::line(&date.day()))),
        (messages::AUTHORS, Some(list(&post.authors))),
        (messages::TAGS, Some(list(&post.tags))),
        (messages::TERMS, Some(Clean::line(&terms.join(", ")))),
        (messages::LANGUAGE, Some(post.language.clone())),
        (messages::IS_DRAFT, Some(Clean::line(if post.draft { messages::YES } else { messages::NO }))),
        (messages::STATE, (post.state != State::Public).then(|| Clean::line(post.state.word()))),
        (messages::ADDRESS, library.published(post).map(|address| Clean::line(&address))),
        (messages::ENCODING, post.decoding.map(|decoding| Clean::line(&encoding(decoding)))),
        (messages::PROBLEM, post.problem.as_ref().map(|problem| problem.what.clone())),
    ];
    let known = facts.into_iter().filter_map(|(name, fact)| Some((name, fact.filter(|fact| !fact.is_empty())?)));
    known.collect()
}

/// An encoding, and what speaks for it.
fn encoding(decoding: Decoding) -> String {
    let name = decoding.encoding.name();
    match decoding.basis {
        Basis::Evident => name.to_owned(),
        Basis::Guessed => messages::guessed(name),
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

    /// Whether any link's letters start with what is typed.
    #[must_use]
    pub fn has_match(&self) -> bool {
        self.links.iter().any(|(_, label)| label.starts_with(&self.typed))
    }
}

/// An address that is opened only after a second key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub url: Url,
    pub reason: &'static str,
}
