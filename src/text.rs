//! The ground floor: words and what they mean.
//!
//! A [`Text`] is one plain string plus the faces that its ranges wear. It knows nothing of Markdown, of the width of a page
//! or of colour. Everything that goes into a [`Text`] or a [`Clean`] passes the cleaner, so nothing that a file holds can
//! reach the terminal as a control.

pub mod anchor;
pub mod breaks;
pub mod cjk;
pub mod clean;
pub mod fold;
pub mod glyphs;
pub mod markup;
pub mod phrases;
pub mod rows;
pub mod width;

use std::num::NonZero;
use std::ops::Range;

use memchr::memmem;

pub use clean::Clean;

/// Which link of a document a piece of text belongs to. It is small, and so is a face that may have one: texts hold very many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(NonZero<u32>);

impl LinkId {
    /// The link of an index into `Document::links`.
    #[must_use]
    pub fn of(index: usize) -> LinkId {
        LinkId(NonZero::<u32>::MIN.saturating_add(index as u32))
    }

    /// Its index in `Document::links`.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What a piece of source code is, as far as a theme cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    Keyword,
    Type,
    Function,
    String,
    Number,
    Constant,
    Comment,
    Variable,
    Operator,
    Inserted,
    Deleted,
    Heading,
}

/// The five alerts of GitHub's Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// What a piece of text is. A theme turns it into colour; nothing below `ui` knows how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    #[default]
    Body,
    /// The title of the post.
    Title,
    /// Date, author and tags below the title, captions, and labels of cards.
    Detail,
    /// A heading of level 1 to 6.
    Heading(u8),
    Code,
    Syntax(Token),
    Quote,
    Alert(Alert),
    /// A reading, in brackets, of the `base` bytes that stand before it.
    Ruby {
        base: u16,
    },
    /// The heading of what opens and closes.
    Summary,
    /// The mark of a footnote in the running text.
    NoteMark,
    /// The name of a file that stands for a picture which has no description.
    FileName,
    /// `<mark>`, `<kbd>`: text that its author set apart.
    Marked,
    /// What the layout adds: bullets, bars, borders, numbers.
    Furniture,
}

impl Role {
    /// Whether text of this role belongs to the page rather than to the post's words: it is shown, but neither searched nor
    /// copied, and no offset of the reading place counts it.
    #[must_use]
    pub fn is_furniture(self) -> bool {
        matches!(self, Role::Furniture | Role::NoteMark)
    }
}

/// How a piece of text is worn: its role, its emphases and the link that it is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Face {
    pub role: Role,
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    pub link: Option<LinkId>,
}

impl Face {
    /// The plain face of a role.
    #[must_use]
    pub const fn of(role: Role) -> Face {
        Face { role, strong: false, emphasis: false, strike: false, link: None }
    }

    /// The face of what the layout itself adds.
    pub const FURNITURE: Face = Face::of(Role::Furniture);
}

/// The end of a stretch of equal face, in bytes, and that face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    end: u32,
    face: Face,
}

/// A plain string and the faces that its ranges wear. A newline in it is a hard break.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    string: String,
    runs: Vec<Run>,
}

impl Text {
    /// A text of one face.
    #[must_use]
    pub fn new(words: &str, face: Face) -> Text {
        let mut text = Text::default();
        text.push(words, face);
        text
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// Adds words in a face. Control characters become visible marks on the way in; newlines stay.
    pub fn push(&mut self, words: &str, face: Face) {
        clean::append(&mut self.string, words);
        self.seal(face);
    }

    /// Adds another text as it stands.
    pub fn append(&mut self, other: &Text) {
        for (range, face) in other.runs() {
            self.string.push_str(&other.string[range]);
            self.seal(face);
        }
    }

    /// Gives `face` to all that was pushed since the last run.
    fn seal(&mut self, face: Face) {
        let end = self.string.len() as u32;
        match self.runs.last_mut() {
            Some(last) if last.end == end => {}
            Some(last) if last.face == face => last.end = end,
            Some(_) => self.runs.push(Run { end, face }),
            None if end == 0 => {}
            // Most texts have one face all through.
            None => {
                self.runs.reserve_exact(1);
                self.runs.push(Run { end, face });
            }
        }
    }

    /// The stretches of equal face, in order, without gaps.
    pub fn runs(&self) -> impl Iterator<Item = (Range<usize>, Face)> + '_ {
        let mut start = 0;
        self.runs.iter().map(move |run| {
            let range = start..run.end as usize;
            start = range.end;
            (range, run.face)
        })
    }

    /// A part of the text (bytes on character boundaries), in its faces.
    #[must_use]
    pub fn slice(&self, part: Range<usize>) -> Text {
        let mut slice = Text::default();
        for (range, face) in self.runs() {
            let inside = range.start.max(part.start)..range.end.min(part.end);
            if !inside.is_empty() {
                slice.string.push_str(&self.string[inside]);
                slice.seal(face);
            }
        }
        slice
    }

    /// The string up to the end of the last stretch whose face is `wanted`.
    #[must_use]
    pub fn up_to_last(&self, wanted: impl Fn(Face) -> bool) -> &str {
        let run = self.runs.iter().rfind(|run| wanted(run.face));
        run.map_or("", |run| &self.string[..run.end as usize])
    }

    /// Changes the face of every stretch inside `range` (bytes on character boundaries).
    pub fn restyle(&mut self, range: &Range<usize>, change: impl Fn(&mut Face)) {
        self.restyle_each(&[(range.clone(), ())], |face, ()| change(face));
    }

    /// Changes the faces of many ranges (in order, apart from one another), each with what belongs to it, in one pass.
    pub fn restyle_each<T: Copy>(&mut self, changes: &[(Range<usize>, T)], change: impl Fn(&mut Face, T)) {
        let old = std::mem::take(&mut self.runs);
        let mut changes = changes.iter().peekable();
        let mut start = 0;
        for run in old {
            let run_end = run.end as usize;
            while start < run_end {
                while changes.next_if(|(range, _)| range.end <= start).is_some() {}
                let mut face = run.face;
                let end = match changes.peek() {
                    Some((range, with)) if range.start <= start => {
                        change(&mut face, *with);
                        range.end.min(run_end)
                    }
                    Some((range, _)) => range.start.min(run_end),
                    None => run_end,
                };
                self.put_run(end, face);
                start = end;
            }
        }
    }

    fn put_run(&mut self, end: usize, face: Face) {
        let end = end as u32;
        match self.runs.last_mut() {
            Some(last) if last.face == face => last.end = end,
            _ => self.runs.push(Run { end, face }),
        }
    }

    /// Drops blanks and newlines at the end.
    pub fn trim_end(&mut self) {
        let end = self.string.trim_end_matches([' ', '\n']).len();
        self.truncate(end);
    }

    /// Drops everything from byte `end` on.
    pub fn truncate(&mut self, end: usize) {
        self.string.truncate(end);
        let end = end as u32;
        while self.runs.len() > 1 && self.runs[self.runs.len() - 2].end >= end {
            self.runs.pop();
        }
        match self.runs.last_mut() {
            Some(last) if end > 0 => last.end = last.end.min(end),
            _ => self.runs.clear(),
        }
    }
}

/// Whether a long text holds some words: many bytes are looked at at once, which `str::contains` does not.
#[must_use]
pub fn holds(text: &str, words: &str) -> bool {
    memmem::find(text.as_bytes(), words.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &Text) -> String {
        text.runs()
            .map(|(range, face)| format!("{}{:?} ", &text.as_str()[range], face.role))
            .collect::<String>()
            .trim_end()
            .to_owned()
    }

    #[test]
    fn equal_faces_join_and_others_stand_apart() {
        let mut text = Text::new("日本", Face::default());
        text.push("語", Face::default());
        text.push("", Face::of(Role::Code));
        text.push("x", Face::of(Role::Code));
        assert_eq!(shown(&text), "日本語Body xCode");
    }

    #[test]
    fn restyling_splits_and_joins_runs() {
        let mut text = Text::new("abcdef", Face::default());
        text.restyle(&(2..4), |face| face.role = Role::Code);
        assert_eq!(shown(&text), "abBody cdCode efBody");
        text.restyle(&(2..4), |face| face.role = Role::Body);
        assert_eq!(shown(&text), "abcdefBody");
    }

    #[test]
    fn truncating_keeps_runs_and_string_together() {
        let mut text = Text::new("ab", Face::default());
        text.push("cd", Face::of(Role::Code));
        text.truncate(2);
        assert_eq!(shown(&text), "abBody");
        text.truncate(0);
        assert_eq!((shown(&text), text.is_empty()), (String::new(), true));
    }

    #[test]
    fn what_goes_in_is_clean() {
        assert_eq!(Text::new("a\u{1b}[31mb\nc", Face::default()).as_str(), "a\u{241b}[31mb\nc");
    }
}
