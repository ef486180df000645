//! Where links lead that have shortcodes in them, and text without its shortcodes.

use super::super::Target;
use super::super::builder::{Element, Style};
use super::super::embed::{self, Meaning};
use super::super::shortcode::{self, Call, Piece, has_call};

/// Where a destination leads, its shortcodes (`ref`, `relref`) given their meaning.
pub(super) fn destination(written: &str, calls: &[Call]) -> Target {
    if !has_call(written) {
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

pub(super) fn with_destination(element: Element, calls: &[Call]) -> Element {
    match element {
        Element::Inline(Style::Link(Target::Url(written))) => {
            Element::Inline(Style::Link(destination(&written, calls)))
        }
        element => element,
    }
}

pub(super) fn without_calls(text: &str) -> String {
    if !has_call(text) {
        return text.to_owned();
    }
    shortcode::pieces(text)
        .filter_map(|piece| if let Piece::Words(words) = piece { Some(words) } else { None })
        .collect()
}
