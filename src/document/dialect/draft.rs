//! A source whose marks are being written over.

use std::borrow::Cow;

use crate::text;

/// See the module's head.
pub(super) struct Draft<'a> {
    pub source: Cow<'a, str>,
    /// The bytes that it has. Most marks are ruled out by one of theirs, and the whole source is not looked over for each.
    has: [bool; 256],
}

impl<'a> Draft<'a> {
    pub(super) fn new(source: Cow<'a, str>) -> Draft<'a> {
        let mut has = [false; 256];
        source.bytes().for_each(|byte| has[usize::from(byte)] = true);
        Draft { source, has }
    }

    /// Whether it holds one of these marks.
    pub(super) fn holds_any(&self, marks: &[&str]) -> bool {
        let may_hold = |mark: &str| mark.bytes().all(|byte| self.has[usize::from(byte)]);
        marks.iter().any(|mark| may_hold(mark) && text::holds(&self.source, mark))
    }

    pub(super) fn rewrite(&mut self, rewritten: impl FnOnce(&str) -> String) {
        *self = Draft::new(Cow::Owned(rewritten(&self.source)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_in_what_is_written_by_now() {
        let mut draft = Draft::new(Cow::Borrowed("a {b:} c"));
        let holds = |draft: &Draft| ["{:", "b:", "d", "a {b:} c"].map(|mark| draft.holds_any(&[mark]));
        assert_eq!(holds(&draft), [false, true, false, true]);
        draft.rewrite(|source| source.replace('b', "").replace('c', "d"));
        assert_eq!(holds(&draft), [true, false, true, false]);
        assert!(draft.holds_any(&["x", "{:"]) && !draft.holds_any(&[]));
    }
}
