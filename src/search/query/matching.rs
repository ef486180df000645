//! Which posts of a library a query means, and in which order.

use std::collections::HashSet;

use super::{Condition, Order, Part, PartKind, Query, State, Test};
use crate::library::{self, Library, Post, PostId};
use crate::search::pattern::{Pattern, Reach};
use crate::state::facts::Facts;
use crate::text::Clean;
use crate::text::fold::fold;

/// A post that is meant, and how far the search had to go for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    pub post: PostId,
    pub reach: Reach,
}

impl Query {
    /// The listed posts that are meant, the closest first, and among those in the order that is asked for, or else in `order`. Posts
    /// that are only begun to be spelled are left out where others are spelled. What it asks of texts counts as true: that is for
    /// [`crate::search::full_text`].
    #[must_use]
    pub fn select(&self, library: &Library, facts: &Facts, order: Order) -> Vec<PostId> {
        let order = self.order().unwrap_or(order);
        // Tags leave so many out at once that nothing else is asked of those.
        let (tags, rest): (Vec<&Part>, Vec<&Part>) = self.parts.iter().partition(|part| part.tags().is_some());
        let mut is_left = vec![true; library.posts.len()];
        for names in tags.iter().filter_map(|part| part.tags()) {
            let mut is_named = vec![false; is_left.len()];
            names.iter().flat_map(|name| library.tagged(name)).for_each(|id| is_named[id.0 as usize] = true);
            is_left.iter_mut().zip(is_named).for_each(|(is_left, is_named)| *is_left &= is_named);
        }
        let rest = Query { parts: rest.into_iter().cloned().collect() };
        let Some(words) = rest.words_of_title() else {
            let posts = library.in_order(order).iter().copied().filter(|id| is_left[id.0 as usize]);
            return rest.select_from(posts.collect(), library, facts);
        };
        let mut held = library.titles().holding(words);
        held.retain(|id| is_left[id.0 as usize]);
        if order == Order::default() {
            return held;
        }
        let mut is_held = vec![false; library.posts.len()];
        held.iter().for_each(|id| is_held[id.0 as usize] = true);
        library.in_order(order).iter().copied().filter(|id| is_held[id.0 as usize]).collect()
    }

    /// The posts among these that are meant; those were in the order that is asked for.
    fn select_from(&self, posts: Vec<PostId>, library: &Library, facts: &Facts) -> Vec<PostId> {
        if self.parts.iter().all(|part| matches!(part.kind, PartKind::Order(_))) {
            return posts;
        }
        let within = |most: Reach| -> Vec<Match> {
            let found = posts.iter().filter_map(|id| {
                let reach = self.matches(*id, library.post(*id)?, library, facts, most)?;
                Some(Match { post: *id, reach })
            });
            found.collect()
        };
        let mut found = within(Reach::Readings);
        if found.is_empty() {
            found = within(Reach::Begun);
        }
        found.sort_by_key(|one| one.reach);
        found.into_iter().map(|one| one.post).collect()
    }

    /// Folded words of titles, where that is all that is asked for, and they mean nothing but themselves.
    fn words_of_title(&self) -> Option<&str> {
        let mut parts = self.parts.iter().filter(|part| !matches!(part.kind, PartKind::Order(_)));
        let (Some(Part { kind: PartKind::Any(conditions), .. }), None) = (parts.next(), parts.next()) else {
            return None;
        };
        match conditions.as_slice() {
            [Condition { is_excluded: false, test: Test::Title(pattern) }] => pattern.folded_words_alone(),
            _ => None,
        }
    }

    /// How a post is meant, if it is, going no farther than `most`.
    fn matches(&self, id: PostId, post: &Post, library: &Library, facts: &Facts, most: Reach) -> Option<Reach> {
        let mut widest = Reach::Literal;
        let title = library.titles().of_post(id);
        for part in &self.parts {
            let PartKind::Any(conditions) = &part.kind else { continue };
            let about = About { id, post, library, title, facts, most };
            let closest = conditions.iter().filter_map(|condition| about.holds(condition)).min()?;
            widest = widest.max(closest);
        }
        Some(widest)
    }

    /// Whether anything is asked of the texts of posts.
    #[must_use]
    pub fn asks_texts(&self) -> bool {
        let (wanted, excluded) = self.texts();
        !wanted.is_empty() || !excluded.is_empty()
    }

    /// The same, with note taken of those of these posts that meet parts by something other than their texts.
    #[must_use]
    pub fn settled(&self, posts: &[PostId], library: &Library, facts: &Facts) -> Query {
        let mut query = self.clone();
        for part in &mut query.parts {
            let PartKind::Any(conditions) = &part.kind else { continue };
            let (of_text, others): (Vec<_>, Vec<_>) = conditions.iter().partition(|one| one.is_of_text());
            if of_text.is_empty() || others.is_empty() {
                continue;
            }
            let is_met = |id: &PostId| {
                let about = library.post(*id).map(|post| {
                    let title = library.titles().of_post(*id);
                    About { id: *id, post, library, title, facts, most: Reach::Begun }
                });
                about.is_some_and(|about| others.iter().any(|one| about.holds(one).is_some()))
            };
            part.met = posts.iter().copied().filter(is_met).collect();
        }
        query
    }

    /// What the texts of posts must hold, all of it. Patterns that none may hold come after.
    #[must_use]
    pub fn texts(&self) -> (Vec<Wanted<'_>>, Vec<&Pattern>) {
        let (mut wanted, mut excluded) = (Vec::new(), Vec::new());
        for part in &self.parts {
            let PartKind::Any(conditions) = &part.kind else { continue };
            let patterns = |is_excluded: bool| {
                let of_text = conditions.iter().filter(move |condition| condition.is_excluded == is_excluded);
                of_text.filter_map(
                    |condition| if let Test::Text(pattern) = &condition.test { Some(pattern) } else { None },
                )
            };
            let (any, none): (Vec<&Pattern>, Vec<&Pattern>) = (patterns(false).collect(), patterns(true).collect());
            match (any.is_empty(), none.as_slice()) {
                (true, []) => {}
                (true, [pattern]) if conditions.len() == 1 => excluded.push(*pattern),
                _ => wanted.push(Wanted { any, none, met: &part.met }),
            }
        }
        (wanted, excluded)
    }
}

/// What a part wants of the text of a post.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// At least one of these …
    pub any: Vec<&'a Pattern>,
    /// … or that it lacks one of these.
    pub none: Vec<&'a Pattern>,
    /// Of these posts nothing.
    pub met: &'a HashSet<PostId>,
}

impl Part {
    /// The folded names of tags, where nothing is asked for but one of them.
    fn tags(&self) -> Option<&[String]> {
        match &self.kind {
            PartKind::Any(conditions) => match conditions.as_slice() {
                [Condition { is_excluded: false, test: Test::Terms(taxonomy, names) }] if taxonomy.is_empty() => {
                    Some(names)
                }
                _ => None,
            },
            PartKind::Order(_) => None,
        }
    }
}

impl Condition {
    fn is_of_text(&self) -> bool {
        matches!(self.test, Test::Text(_))
    }
}

/// A post and all that is known of it.
#[derive(Clone, Copy)]
struct About<'a> {
    id: PostId,
    post: &'a Post,
    library: &'a Library,
    title: &'a str,
    facts: &'a Facts,
    /// How far is gone for words.
    most: Reach,
}

impl About<'_> {
    fn holds(&self, condition: &Condition) -> Option<Reach> {
        if condition.is_of_text() {
            return Some(Reach::Literal);
        }
        let found = self.test(&condition.test);
        if condition.is_excluded {
            // What is only read like it is not excluded.
            return (found != Some(Reach::Literal)).then_some(Reach::Literal);
        }
        found
    }

    fn test(&self, test: &Test) -> Option<Reach> {
        let post = self.post;
        let holds = match test {
            Test::Title(pattern) => return pattern.is_in(|| &post.title, self.title, self.most),
            Test::Text(_) => true,
            Test::Terms(taxonomy, names) => {
                let is_named = |name: &Clean| names.contains(&library::Term::key(name));
                let has_term = |term: &library::Term| *term.taxonomy == **taxonomy && is_named(&term.name);
                if taxonomy.is_empty() { post.tags.iter().any(is_named) } else { post.terms.iter().any(has_term) }
            }
            Test::Author(names) => post.authors.iter().any(|author| names.contains(&fold(author))),
            Test::Language(language) => self.is_in_language(language),
            Test::Section(folder) => post.is_in(folder),
            Test::Days(from, until) => post.date.map(|date| date.day()).is_some_and(|day| {
                from.as_ref().is_none_or(|from| day >= *from) && until.as_ref().is_none_or(|until| day < *until)
            }),
            Test::State(state) => self.is(*state),
        };
        holds.then_some(Reach::Literal)
    }

    /// `ja` is also `ja-jp`.
    fn is_in_language(&self, wanted: &str) -> bool {
        let own = fold(&self.post.language);
        let language = if own.is_empty() { fold(&self.library.site.languages.default) } else { own };
        language.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    }

    fn is(&self, state: State) -> bool {
        let post = self.post;
        match state {
            State::Unread => !self.facts.is_read(self.id),
            State::Read => self.facts.is_read(self.id),
            State::Favourite => self.facts.is_favourite(self.id),
            State::Draft => post.draft,
            State::Future => post.state == library::State::Future,
            State::Expired => post.state == library::State::Expired,
            State::Private => post.state == library::State::Private,
            State::Public => post.is_public(),
        }
    }
}
