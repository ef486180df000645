//! Calls that give the text of their pair a form: notices, folds, tabs.

use std::borrow::Cow;

use super::Reader;
use crate::document::FoldState;
use crate::document::builder::{Element, Opener};
use crate::document::shortcode::Call;
use crate::messages;
use crate::text::{Face, Text};

impl Reader<'_> {
    /// Opens an element for the text of a pair: around its body, or, where that stays in the page, until the closing tag comes.
    pub(super) fn held(&mut self, call: &Call, element: Element, body: Option<&str>) {
        self.builder.open(element, Opener::Html(call.name.clone()));
        if let Some(body) = body {
            self.inner(dedented(body).trim_matches('\n'), Self::markdown);
            self.builder.close_html(&call.name);
        }
    }

    /// A quote, and at its end whom it is from.
    pub(super) fn quoted(&mut self, call: &Call, credit: &str, body: Option<&str>) {
        if body.is_none() && !credit.is_empty() {
            self.credits.push((call.name.clone(), credit.to_owned()));
        }
        let body = body.map(|body| if credit.is_empty() { body.to_owned() } else { format!("{body}\n\n— {credit}") });
        self.held(call, Element::Quote, body.as_deref());
    }

    /// The closing tag of a pair whose text stayed in the page.
    pub(super) fn end_of_pair(&mut self, name: &str) {
        if let Some((_, credit)) = self.credits.pop_if(|(open, _)| open == name) {
            self.inner(&format!("— {credit}"), Self::markdown);
        }
        self.builder.close_html(name);
    }

    pub(super) fn details(&mut self, call: &Call, summary: &str, state: FoldState, body: Option<&str>) {
        let title = if summary.is_empty() { &messages::DETAILS } else { summary };
        self.titled(call, Element::Details { summary: Text::default(), state }, title, body);
    }

    /// Like [`Self::held`], with a title, which may be Markdown.
    pub(super) fn titled(&mut self, call: &Call, element: Element, title: &str, body: Option<&str>) {
        self.builder.open(element, Opener::Html(call.name.clone()));
        if !title.is_empty() {
            self.builder.open(Element::Summary, Opener::Html("summary".to_owned()));
            self.inner(title, Self::inline_markdown);
            self.builder.close_html("summary");
        }
        if let Some(body) = body {
            self.inner(dedented(body).trim_matches('\n'), Self::markdown);
            self.builder.close_html(&call.name);
        }
    }

    pub(super) fn tab(&mut self, call: &Call, label: &str, body: Option<&str>) {
        if !label.is_empty() {
            self.builder.open(Element::Paragraph, Opener::Html("p".to_owned()));
            self.builder.verbatim(label, Face { strong: true, ..Face::default() });
            self.builder.close_html("p");
        }
        self.held(call, Element::Flow, body);
    }
}

/// The text of a pair without the indentation that all of its lines share.
pub(super) fn dedented(body: &str) -> Cow<'_, str> {
    let lines = || body.lines().filter(|line| !line.trim().is_empty());
    let depth = lines().map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    if depth == 0 || !body.starts_with(['\n', ' ']) {
        return Cow::Borrowed(body);
    }
    body.lines().map(|line| line.get(depth..).unwrap_or_default().to_owned() + "\n").collect::<String>().into()
}
