//! Addresses that have shortcodes in them, and text without its shortcodes.

use pulldown_cmark::{Event, Tag};

use super::super::Target;
use super::super::builder::{Element, Style};
use super::super::embed::{self, Meaning};
use super::super::shortcode::{self, Call, Piece};
use super::Reader;
use crate::template::placeholder::{self, has_placeholder};

impl Reader<'_> {
    /// A link or image whose destination has the words in it that the site's templates make.
    pub(super) fn with_addresses<'e>(&mut self, event: Event<'e>, calls: &[Call]) -> Event<'e> {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) if has_placeholder(&dest_url) => {
                let dest_url = self.address(&dest_url, calls).into();
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) if has_placeholder(&dest_url) => {
                let dest_url = self.address(&dest_url, calls).into();
                Event::Start(Tag::Image { link_type, dest_url, title, id })
            }
            event => event,
        }
    }

    /// An address with the words that the site's templates make; other placeholders stay.
    pub(super) fn address(&mut self, written: &str, calls: &[Call]) -> String {
        let part = |piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Call(index) => calls
                .get(index)
                .and_then(|call| self.templates.words(call))
                .map_or_else(|| placeholder::placeholder(index), |words| words.trim().to_owned()),
        };
        shortcode::pieces(written).map(part).collect()
    }

    /// An element with the address that it leads to.
    pub(super) fn with_address(&mut self, element: Element, calls: &[Call]) -> Element {
        match element {
            Element::Inline(Style::Link(Target::Url(written))) if has_placeholder(&written) => {
                Element::Inline(Style::Link(destination(&self.address(&written, calls), calls)))
            }
            element => element,
        }
    }
}

/// Where a destination leads, its shortcodes (`ref`, `relref`) given their meaning.
pub(super) fn destination(written: &str, calls: &[Call]) -> Target {
    if !has_placeholder(written) {
        return Target::Url(written.to_owned());
    }
    let reference = shortcode::pieces(written).find_map(|piece| match piece {
        Piece::Call(index) => calls.get(index).map(embed::meaning),
        Piece::Words(_) => None,
    });
    match reference {
        Some(Meaning::Reference(target)) => target,
        _ => Target::Url(without_calls(written)),
    }
}

pub(super) fn without_calls(text: &str) -> String {
    if !has_placeholder(text) {
        return text.to_owned();
    }
    shortcode::pieces(text)
        .filter_map(|piece| if let Piece::Words(words) = piece { Some(words) } else { None })
        .collect()
}
