//! Formulas: in a sentence, on lines of their own, between the tags of a shortcode.

use super::{Gathered, Reader};
use crate::document::builder::{Element, Opener};
use crate::document::math;
use crate::document::shortcode::Call;
use crate::text::markup::{Formulas, Math};

impl Reader<'_> {
    /// A formula in a sentence, or the words between two prices.
    pub(super) fn formula(&mut self, formula: &str, calls: &[Call]) {
        let bare = math::bare(formula);
        let has_brackets = bare.len() < formula.len();
        if !has_brackets && (self.settings.math == Math::Brackets || !math::is_formula(formula)) {
            let words = Gathered { is_inline: true, ..Gathered::default() };
            return self.extracted(&format!("${formula}$"), calls, words);
        }
        self.words.code(formula);
        if self.settings.formulas == Formulas::Written {
            let formula = math::written(formula);
            let written = if has_brackets { formula } else { format!("${formula}$") };
            return self.builder.verbatim(&written, self.builder.face());
        }
        match math::unicode(bare) {
            Some(shown) => self.builder.verbatim(&shown, self.builder.face()),
            None => self.inline_code(bare, calls),
        }
    }

    /// A formula between a pair of tags.
    pub(super) fn typeset(&mut self, source: &str, call: &Call) {
        let (bare, face) = (math::unmarked(source), self.builder.face());
        if call.alone {
            self.builder.open(Element::Paragraph, Opener::Html("p".to_owned()));
        }
        match math::unicode(bare).filter(|_| self.settings.formulas != Formulas::Written) {
            Some(shown) => self.builder.verbatim(&shown, face),
            None if self.settings.formulas == Formulas::Written => self.builder.verbatim(source.trim(), face),
            None => self.inline_code(bare, &[]),
        }
        if call.alone {
            self.builder.close_html("p");
        }
    }

    /// A formula on lines of its own.
    pub(super) fn display(&mut self, formula: &str, calls: &[Call]) {
        if self.builder.extent().1 > 0 {
            self.builder.hard_break();
        }
        let bare = math::bare(formula);
        let face = self.builder.face();
        if self.settings.formulas == Formulas::Written {
            let written = math::written(formula);
            let written = if bare.len() < formula.len() { written } else { format!("$${written}$$") };
            self.builder.verbatim(&written, face);
        } else if let Some(shown) = math::unicode(bare) {
            self.builder.verbatim(&shown, face);
        } else {
            self.inline_code(bare.trim_matches('\n'), calls);
        }
        self.builder.hard_break();
    }
}
