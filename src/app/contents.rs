//! What is in the open post, as lists: its headings and its links.

use std::collections::HashMap;
use std::sync::Arc;

use super::overlay::Overlay;
use super::picker::{Choice, Line, List};
use super::{App, Effect};
use crate::document::Target;
use crate::layout::{LinkPlace, Page};
use crate::text::{Clean, LinkId};

impl App {
    /// Lays the headings over the panes, the one of the section in view selected.
    pub(super) fn list_headings(&mut self) {
        self.open_list(List::Outline);
        if let Some(Overlay::List(picker)) = &mut self.overlay {
            picker.select_marked();
        }
    }

    /// Lays the links over the panes, the one at hand selected, else the first from the top of the page on.
    pub(super) fn list_links(&mut self) {
        self.open_list(List::Links);
        if let Some(Overlay::List(picker)) = &mut self.overlay {
            picker.select_marked();
        }
    }

    /// The headings, each under those of the levels above it, and how far in the post they are.
    pub(super) fn outline(&self) -> Vec<Line> {
        let Some((reader, page)) = self.reader.as_ref().and_then(|reader| Some((reader, reader.page.as_deref()?)))
        else {
            return Vec::new();
        };
        let section = page.headings.partition_point(|heading| heading.row <= reader.top()).checked_sub(1);
        let least = page.headings.iter().map(|heading| heading.level).min().unwrap_or(1);
        let lines = page.headings.iter().enumerate().map(|(at, heading)| {
            let words = Clean::line(&page.plain[heading.words.clone()]);
            let part = heading.row * 100 / page.len().max(1);
            let choice = Choice::Place { post: reader.post, place: heading.words.start };
            Line {
                is_marked: Some(at) == section,
                depth: usize::from(heading.level - least),
                detail: Clean::line(&format!("{part}%")),
                ..Line::new(words, choice)
            }
        });
        lines.collect()
    }

    /// The links in reading order, folded away or not, each once, with where they lead.
    pub(super) fn links(&self) -> Vec<Line> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let (Some(seen), Some(page)) = (reader.page.as_deref(), reader.whole().map(Arc::as_ref)) else {
            return Vec::new();
        };
        let in_view = seen.links.iter().find(|place| place.row >= reader.top()).map(|place| place.link);
        let marked = reader.link().or(in_view);
        let mut order: Vec<LinkId> = Vec::new();
        let mut parts: HashMap<LinkId, Vec<&LinkPlace>> = HashMap::new();
        for place in &page.links {
            let places = parts.entry(place.link).or_default();
            if places.is_empty() {
                order.push(place.link);
            }
            places.push(place);
        }
        order.retain(|link| !matches!(reader.target(*link), Some(Target::NoteMark(_) | Target::Fold)));
        let line = |link: LinkId| Line {
            is_marked: Some(link) == marked,
            detail: self.target_words(reader, link),
            ..Line::new(link_words(page, &parts[&link]), Choice::Link(link))
        };
        order.into_iter().map(line).collect()
    }

    /// Goes to a link of the open post and follows it.
    pub(super) fn go_to_link(&mut self, link: LinkId) -> Vec<Effect> {
        let height = usize::from(self.panes.text().height);
        if let Some(reader) = &mut self.reader {
            reader.take_link(link, height);
        }
        self.follow(link)
    }
}

/// The words of a link at its places, those that do not follow on each other apart.
fn link_words(page: &Page, places: &[&LinkPlace]) -> Clean {
    let mut words = String::new();
    let mut end = None;
    for place in places {
        for span in page.spans(place.row).filter(|span| span.face.link == Some(place.link)) {
            if end.is_some() && end != span.place {
                words.push(' ');
            }
            words.push_str(span.words);
            end = span.place.map(|start| start + span.words.len());
        }
    }
    Clean::line(&words)
}
