//! Where in a post to go, and how one gets there.

use super::Reader;
use crate::document::Target;
use crate::document::links::latin_anchor;
use crate::layout::{HeadingPlace, Page};
use crate::text::anchor::Anchor;
use crate::text::fold::fold;

/// Where in a post to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// An offset into the plain words.
    Place(usize),
    /// A place known by its words.
    Words(Anchor),
    /// The heading of a fragment; the start for an empty one.
    Fragment(String),
    /// The link of a target.
    Link(Target),
}

impl Aim {
    /// The other end of a footnote's link: from a mark to its note, from a note to its mark.
    #[must_use]
    pub fn counterpart(target: &Target) -> Aim {
        match target {
            Target::Note(index) => Aim::Link(Target::NoteMark(*index)),
            Target::NoteMark(index) => Aim::Link(Target::Note(*index)),
            Target::Url(_) | Target::Page(_) | Target::Fold => Aim::Link(target.clone()),
        }
    }
}

impl Reader {
    /// Goes to a place. Says whether there is one.
    ///
    /// What is closed over it opens.
    pub fn aim_at(&mut self, aim: &Aim, height: usize) -> bool {
        self.unfold(aim);
        let Some(page) = self.page.clone() else {
            self.aim.get_or_insert_with(|| aim.clone());
            return true;
        };
        if self.lies_ahead(aim) {
            self.aim = Some(aim.clone());
            return true;
        }
        match aim {
            Aim::Place(0) => self.go(0, height),
            Aim::Place(place) => {
                self.go(page.first_row_of(*place), height);
                self.place = *place;
            }
            Aim::Words(anchor) => return self.aim_at(&Aim::Place(anchor.find(&page.plain)), height),
            Aim::Fragment(fragment) if fragment.is_empty() => self.go(0, height),
            Aim::Fragment(fragment) => {
                let Some(heading) = heading_of(&page, fragment) else { return false };
                self.go(heading.row, height);
            }
            Aim::Link(target) => {
                let Some(place) = page.target_place(target) else { return false };
                let place = place.clone();
                self.take_place(&place, height);
            }
        }
        true
    }

    /// Whether an aim lies in what is still to come.
    fn lies_ahead(&self, aim: &Aim) -> bool {
        let Some(page) = self.page.as_ref().filter(|_| self.has_start_alone()) else { return false };
        match aim {
            Aim::Place(place) => *place >= page.plain.len(),
            Aim::Words(_) => true,
            Aim::Fragment(fragment) => !fragment.is_empty() && heading_of(page, fragment).is_none(),
            Aim::Link(target) => page.target_place(target).is_none(),
        }
    }
}

/// The heading that a fragment names.
pub(super) fn heading_of<'a>(page: &'a Page, fragment: &str) -> Option<&'a HeadingPlace> {
    // Wikilinks name a heading by its words.
    let words = |heading: &HeadingPlace| &page.plain[heading.words.clone()];
    let ways: [&dyn Fn(&HeadingPlace) -> bool; 4] = [
        &|heading| heading.id == *fragment,
        &|heading| heading.id.eq_ignore_ascii_case(fragment),
        &|heading| fold(words(heading)) == fold(fragment),
        &|heading| fragment.is_ascii() && latin_anchor(words(heading)) == *fragment,
    ];
    ways.iter().find_map(|fits| page.headings.iter().find(|heading| fits(heading)))
}
