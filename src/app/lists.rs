//! What stands in the lists, and what choosing a line does.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::overlay::Overlay;
use super::picker::{Choice, Line, List, Picker};
use super::reader::Aim;
use super::{App, Effect, fuzzy};
use crate::library::source::Encoding;
use crate::library::{PostId, Term};
use crate::text::Clean;
use crate::text::fold::fold;

impl App {
    /// Lays a list over the panes.
    pub(super) fn open_list(&mut self, list: List) {
        self.overlay = Some(Overlay::List(Picker::new(list)));
        self.refill();
    }

    /// Finds the lines of the open list anew: after something was typed, or something became known.
    pub(super) fn refill(&mut self) {
        let Some(Overlay::List(picker)) = &self.overlay else { return };
        let mut lines = self.lines(&picker.list);
        let wanted = fold(picker.input.as_str());
        if matches!(picker.list, List::Actions { .. } | List::Keys) {
            lines = fuzzy::narrowed(lines, picker.input.as_str(), |line| format!("{} {}", line.words, line.detail));
        } else {
            lines.retain(|line| fold(&line.words).contains(&wanted) || is_aimed_at(line, &wanted));
        }
        // Whatever is typed as the whole name of an encoding is offered too.
        if let List::Encodings { post, .. } = picker.list
            && let Some(encoding) = Encoding::named(picker.input.as_str())
            && lines.iter().all(|line| *line.words != *encoding.name())
        {
            lines.push(encoding_line(post, encoding));
        }
        if let Some(Overlay::List(picker)) = &mut self.overlay {
            picker.fill(lines);
        }
    }

    fn lines(&self, list: &List) -> Vec<Line> {
        match list {
            List::Terms => self.term_lines(),
            List::Encodings { post, used } => {
                let others = Encoding::OFFERED.into_iter().filter(|encoding| Some(*encoding) != *used);
                let lines = used.iter().copied().chain(others).map(|encoding| encoding_line(*post, encoding));
                lines
                    .map(|line| Line { is_marked: used.is_some_and(|used| *line.words == *used.name()), ..line })
                    .collect()
            }
            List::Outline => self.outline(),
            List::Links => self.links(),
            List::Actions { pane } => self.action_lines(*pane),
            List::Keys => self.key_lines(),
            List::Backlinks { posts, .. } => posts.iter().flatten().filter_map(|id| self.post_line(*id)).collect(),
        }
    }

    /// The tags, then one taxonomy after the other; the most used terms first.
    fn term_lines(&self) -> Vec<Line> {
        let mut counts: HashMap<(Clean, String), (Term, usize)> = HashMap::new();
        for post in self.index.shown().iter().filter_map(|id| self.library.post(*id)) {
            for term in self.library.terms(post) {
                let key = (term.taxonomy.clone(), fold(&term.name));
                counts.entry(key).or_insert((term, 0)).1 += 1;
            }
        }
        let mut terms: Vec<(Term, usize)> = counts.into_values().collect();
        terms.sort_by_cached_key(|(term, count)| (term.taxonomy.clone(), Reverse(*count), term.name.clone()));
        let line = |(term, count): (Term, usize)| Line {
            is_marked: self.index.filter.terms.iter().any(|chosen| chosen.is_like(&term)),
            depth: 0,
            words: Clean::line(term.label().trim_start_matches('#')),
            detail: Clean::line(&count.to_string()),
            choice: Choice::Term(term),
        };
        terms.into_iter().map(line).collect()
    }

    fn post_line(&self, id: PostId) -> Option<Line> {
        let post = self.library.post(id)?;
        let detail = post.date.map_or_else(Clean::default, |date| Clean::line(&date.day()));
        Some(Line { is_marked: false, depth: 0, words: post.title.clone(), detail, choice: Choice::Post(id) })
    }

    /// Does what the selected line stands for. Without one the list stays.
    pub(super) fn choose(&mut self, picker: Picker) -> Vec<Effect> {
        let Some(choice) = picker.chosen().cloned() else {
            self.overlay = Some(Overlay::List(picker));
            return Vec::new();
        };
        match choice {
            Choice::Term(term) => self.refilter(|index| index.filter.toggle(term)),
            Choice::Encoding { post, encoding } => vec![Effect::Reread { post, encoding }],
            Choice::Action { pane, name } => self.perform(pane, name),
            Choice::Post(post) => self.visit(post, Aim::Place(0)),
            Choice::Place(place) => self.jump(Aim::Place(place)),
            Choice::Link(link) => self.go_to_link(link),
        }
    }
}

/// Links are found by their targets too.
fn is_aimed_at(line: &Line, wanted: &str) -> bool {
    matches!(line.choice, Choice::Link(_)) && fold(&line.detail).contains(wanted)
}

fn encoding_line(post: PostId, encoding: Encoding) -> Line {
    Line {
        is_marked: false,
        depth: 0,
        words: Clean::line(encoding.name()),
        detail: Clean::default(),
        choice: Choice::Encoding { post, encoding },
    }
}
