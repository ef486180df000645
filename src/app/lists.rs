//! What stands in the lists, and what choosing a line does.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::history::Stop;
use super::overlay::Overlay;
use super::picker::{Choice, Line, List, Picker};
use super::reader::Aim;
use super::{App, Effect, filter, fuzzy};
use crate::library::source::Encoding;
use crate::library::{Post, PostId, Term};
use crate::search::pattern::{Pattern, Reach};
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
        let typed = picker.input.as_str();
        lines = match picker.list {
            // What is typed was looked for in the texts.
            List::Texts => lines,
            List::Titles => by_title(lines, typed),
            List::Naming => self.name_lines(typed),
            List::Actions { .. } => by_name(lines, typed),
            List::Keys => fuzzy::narrowed(lines, typed, |line| format!("{} {}", line.words, line.detail)),
            _ => {
                let wanted = fold(typed);
                lines.retain(|line| fold(&line.words).contains(&wanted) || is_aimed_at(line, &wanted));
                lines
            }
        };
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
            List::Facets => self.facet_lines(),
            List::Titles => self.library.listed().filter_map(|(id, _)| self.post_line(id)).collect(),
            List::Texts => self.text_lines(),
            List::Queries => self.query_lines(),
            List::Naming => Vec::new(),
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
            List::Visited => self.visited_lines(),
        }
    }

    /// What the posts that are shown can be narrowed by, with counts: tags, then one taxonomy after the other, the most used terms
    /// first; then years, folders and languages.
    fn facet_lines(&self) -> Vec<Line> {
        let posts: Vec<&Post> = self.index.shown().iter().filter_map(|id| self.library.post(*id)).collect();
        let mut counts: HashMap<(Clean, String), (Term, usize)> = HashMap::new();
        for term in posts.iter().flat_map(|post| post.tags.iter().map(Term::tag).chain(post.terms.iter().cloned())) {
            let key = (term.taxonomy.clone(), Term::key(&term.name));
            counts.entry(key).or_insert((term, 0)).1 += 1;
        }
        let mut terms: Vec<(Term, usize)> = counts.into_values().collect();
        terms.sort_by_cached_key(|(term, count)| (term.taxonomy.clone(), Reverse(*count), term.name.clone()));
        let mut facets: Vec<(String, usize)> =
            terms.into_iter().map(|(term, count)| (filter::written(&term), count)).collect();
        let kinds: [fn(&Post) -> Option<String>; 3] = [
            |post| post.date.map(|date| format!("date:{}", date.part("%Y"))),
            |post| Some(post.section()).filter(|section| !section.is_empty()).map(|name| format!("section:{name}")),
            |post| Some(&*post.language).filter(|name| !name.is_empty()).map(|name| format!("lang:{name}")),
        ];
        for kind in kinds {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            posts.iter().filter_map(|post| kind(post)).for_each(|name| *counts.entry(name).or_default() += 1);
            // One value for all narrows nothing, unless it is what they were narrowed by.
            if counts.len() > 1 || counts.keys().any(|name| self.index.filter.has(name)) {
                facets.extend(counts.into_iter().rev());
            }
        }
        let line = |(part, count): (String, usize)| Line {
            is_marked: self.index.filter.has(&part),
            detail: Clean::line(&count.to_string()),
            ..Line::new(Clean::line(&part), Choice::Part(part))
        };
        facets.into_iter().map(line).collect()
    }

    pub(super) fn post_line(&self, id: PostId) -> Option<Line> {
        let post = self.library.post(id)?;
        let detail = post.date.map_or_else(Clean::default, |date| Clean::line(&date.day()));
        Some(Line { detail, ..Line::new(post.title.clone(), Choice::Post(id)) })
    }

    /// Does what the selected line stands for. Without one the list stays.
    pub(super) fn choose(&mut self, picker: Picker) -> Vec<Effect> {
        let Some(choice) = picker.chosen().cloned() else {
            self.overlay = Some(Overlay::List(picker));
            return Vec::new();
        };
        match choice {
            Choice::Part(part) => self.refilter(|index, library, today| index.filter.toggle(&part, library, today)),
            Choice::Save(name) => self.save_query(name),
            Choice::Query(query) => self.refilter(|index, library, today| {
                index.filter.line.set(&query, query.len());
                index.filter.read(library, today);
            }),
            Choice::Place { post, place } => self.jump_to(Stop { post, place }),
            Choice::Encoding { post, encoding } => vec![Effect::Reread { post, encoding }],
            Choice::Action { pane, name } => self.perform(pane, name),
            Choice::Post(post) if picker.list == List::Visited => {
                let aim = self.place_in(post);
                self.visit(post, aim)
            }
            Choice::Post(post) => self.visit(post, Aim::Place(0)),
            Choice::Link(link) => self.go_to_link(link),
        }
    }
}

/// Links are found by their targets too.
fn is_aimed_at(line: &Line, wanted: &str) -> bool {
    matches!(line.choice, Choice::Link(_)) && fold(&line.detail).contains(wanted)
}

/// The actions whose names hold the letters that are typed, the best first, then those that hold them elsewhere.
fn by_name(lines: Vec<Line>, typed: &str) -> Vec<Line> {
    if typed.is_empty() {
        return lines;
    }
    let name =
        |line: &Line| if let Choice::Action { name, .. } = line.choice { name.to_owned() } else { String::new() };
    let mut found = fuzzy::narrowed(lines.clone(), typed, name);
    // The name of a pane, which stands before what is done there, finds nothing.
    let meaning = |line: &Line| {
        let pane = if let Choice::Action { pane, .. } = line.choice { pane.heading() } else { "" };
        format!("{} {}", line.words.replacen(&format!("{pane}: "), "", 1), line.detail)
    };
    let elsewhere = fuzzy::narrowed(lines, typed, meaning);
    let more: Vec<Line> =
        elsewhere.into_iter().filter(|line| found.iter().all(|known| known.choice != line.choice)).collect();
    found.extend(more);
    found
}

/// The titles that hold the letters that are typed, the best first, then those that are read like them.
fn by_title(lines: Vec<Line>, typed: &str) -> Vec<Line> {
    let Some(pattern) = Pattern::words(typed) else { return lines };
    let read: Vec<Line> = lines
        .iter()
        .filter(|line| {
            pattern.is_in(|| &line.words, &fold(&line.words), Reach::Begun).is_some_and(|reach| reach > Reach::Literal)
        })
        .cloned()
        .collect();
    let mut found = fuzzy::narrowed(lines, typed, |line| line.words.to_string());
    let more: Vec<Line> =
        read.into_iter().filter(|line| found.iter().all(|known| known.choice != line.choice)).collect();
    found.extend(more);
    found
}

fn encoding_line(post: PostId, encoding: Encoding) -> Line {
    Line::new(Clean::line(encoding.name()), Choice::Encoding { post, encoding })
}
