//! A page for those who hear it, or feel it on a line of braille: what signs, boxes and indentation tell is said in words, which are
//! furniture like what they stand for.

use std::borrow::Cow;
use std::ops::Range;

use super::paragraph::Words;
use super::{Setter, Stress, Telling};
use crate::document::{LinkKind, Table, Target};
use crate::messages;
use crate::text::{Face, LinkId, Role, Text};

impl Setter {
    pub(super) fn is_spoken(&self) -> bool {
        self.telling == Telling::Words
    }

    /// On a page in words: puts words in front of what is set next.
    pub(super) fn lead(&mut self, words: &str, link: Option<LinkId>) {
        if self.is_spoken() {
            self.lead.push(words, Face { link, ..Face::FURNITURE });
        }
    }

    /// On a page in words: says something on rows of its own.
    pub(super) fn say(&mut self, words: &str) {
        self.lead(words.trim_end(), None);
        self.say_lead();
    }

    /// Sets the words that wait for something to stand in front of on rows of their own.
    pub(super) fn say_lead(&mut self) {
        let text = std::mem::take(&mut self.lead);
        if text.is_empty() {
            return;
        }
        let words = Words::of_furniture(&text);
        for line in self.lines(&text, self.room(), 0) {
            self.start_row();
            let room = self.room();
            self.stretch(&words, text.as_str(), line, room);
            self.end_row();
        }
    }

    /// A text as it is set: on a page in words with what it leads to said around it, after the words that wait for it.
    pub(super) fn told<'t>(&mut self, text: &'t Text) -> Cow<'t, Text> {
        if !self.is_spoken() {
            return Cow::Borrowed(text);
        }
        let mut told = std::mem::take(&mut self.lead);
        let mut open: Vec<Around> = Vec::new();
        for (range, face) in text.runs() {
            self.close_to(&mut told, &mut open, face);
            match self.shown(&text.as_str()[range], face) {
                Shown::Nothing => {}
                Shown::Mark(words) => told.push(&words, Face { role: Role::NoteMark, ..face }),
                Shown::Words(words) => {
                    self.open_for(&mut told, &mut open, face);
                    told.append(&Text::new(words, face));
                }
            }
        }
        self.close_to(&mut told, &mut open, Face { role: Role::Furniture, ..Face::default() });
        Cow::Owned(told)
    }

    /// Ends what does not go on in a face.
    fn close_to(&self, told: &mut Text, open: &mut Vec<Around>, face: Face) {
        let goes_on = |around: &Around| match around {
            Around::Link(link) => face.link == Some(*link) && face.role != Role::NoteMark,
            Around::Struck => face.strike,
            Around::Apart(apart) => apart.is_worn(face),
        };
        let kept = open.iter().take_while(|around| goes_on(around)).count();
        for around in open.drain(kept..).rev() {
            let end = match around {
                Around::Apart(apart) if self.stress != Stress::Words => apart.start(self.stress),
                Around::Apart(_) | Around::Link(_) | Around::Struck => &messages::SPOKEN_END,
            };
            told.push(end, Face { link: around.link(), ..Face::FURNITURE });
        }
    }

    fn open_for(&self, told: &mut Text, open: &mut Vec<Around>, face: Face) {
        if let Some(link) = face.link.filter(|link| !open.contains(&Around::Link(*link)))
            && let Some(words) = self.start_of(link)
        {
            told.push(words, Face { link: Some(link), ..Face::FURNITURE });
            open.push(Around::Link(link));
        }
        if face.strike && !open.contains(&Around::Struck) {
            told.push(&messages::STRUCK_START, Face::FURNITURE);
            open.push(Around::Struck);
        }
        for apart in self.apart(face).filter(|apart| !open.contains(&Around::Apart(*apart))).collect::<Vec<_>>() {
            told.push(apart.start(self.stress), Face { link: face.link, ..Face::FURNITURE });
            open.push(Around::Apart(apart));
        }
    }

    /// How a face stands out from running text, as far as that is told.
    fn apart(&self, face: Face) -> impl Iterator<Item = Apart> + use<> {
        let is_told = self.stress != Stress::Untold;
        Apart::ALL.into_iter().filter(move |apart| is_told && apart.is_worn(face))
    }

    /// What is said before a link; nothing before the heading of a fold, which is said otherwise.
    fn start_of(&self, link: LinkId) -> Option<&'static str> {
        let found = self.page.targets.get(link.index())?;
        let words = match found.kind {
            LinkKind::Text => &messages::LINK_START,
            LinkKind::Card => &messages::EMBED_START,
            LinkKind::Image if self.is_linked_image(link) => &messages::LINKED_IMAGE_START,
            LinkKind::Image => &messages::IMAGE_START,
            LinkKind::Note | LinkKind::Fold => return None,
        };
        Some(words.words())
    }

    /// Whether a picture is the words of a link that leads elsewhere.
    fn is_linked_image(&self, link: LinkId) -> bool {
        let Some(Target::Url(target)) = self.page.targets.get(link.index()).map(|link| &link.target) else {
            return true;
        };
        self.page.images.iter().filter(|image| image.link == link).any(|image| image.source != *target)
    }

    fn shown<'t>(&self, words: &'t str, face: Face) -> Shown<'t> {
        let target = face.link.and_then(|link| self.page.targets.get(link.index()));
        match (face.role, target) {
            (Role::NoteMark, Some(link)) => match link.target {
                Target::Note(index) => Shown::Mark(messages::spoken_mark(index + 1)),
                _ => Shown::Words(words),
            },
            // The sign of a picture.
            (Role::Furniture, Some(link)) if link.kind == LinkKind::Image => Shown::Nothing,
            _ => Shown::Words(words),
        }
    }

    /// A table cell by cell, each after the name of its column.
    pub(super) fn table_in_words(&mut self, table: &Table) -> Vec<Vec<Range<usize>>> {
        let mut places = Vec::new();
        if !table.header.is_empty() {
            places.push(self.cells_in_words(&table.header, |at| messages::spoken_column(at + 1)));
        }
        for (index, cells) in table.rows.iter().enumerate() {
            self.say(&messages::spoken_row(index + 1));
            let column = |at: usize| match table.header.get(at).filter(|name| !name.is_empty()) {
                Some(name) => format!("{}{}", name.as_str(), messages::OF_COLUMN),
                None => messages::spoken_column(at + 1),
            };
            places.push(self.cells_in_words(cells, column));
        }
        self.say(&messages::TABLE_END);
        places
    }

    fn cells_in_words(&mut self, cells: &[Text], name: impl Fn(usize) -> String) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            self.close_gap();
            let start = self.page.plain.len();
            self.lead(&name(at), None);
            self.paragraph(cell);
            places.push(start..self.page.plain.len() - 1);
        }
        places
    }
}

/// What is said around words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Link(LinkId),
    Struck,
    Apart(Apart),
}

/// What makes words stand out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    Strong,
    Emphasis,
    Marked,
    Code,
}

impl Apart {
    const ALL: [Apart; 4] = [Apart::Strong, Apart::Emphasis, Apart::Marked, Apart::Code];

    /// Titles and headings stand out as a whole, and are announced as what they are.
    fn is_worn(self, face: Face) -> bool {
        let is_running = matches!(face.role, Role::Body | Role::Quote | Role::Code | Role::Marked);
        match self {
            Apart::Strong => face.strong && is_running,
            Apart::Emphasis => face.emphasis && is_running,
            Apart::Marked => face.role == Role::Marked,
            Apart::Code => face.role == Role::Code,
        }
    }

    fn start(self, stress: Stress) -> &'static str {
        match (stress, self) {
            (Stress::Words, Apart::Strong) => &messages::STRONG_START,
            (Stress::Words, Apart::Emphasis) => &messages::EMPHASIS_START,
            (Stress::Words, Apart::Marked) => &messages::MARKED_START,
            (Stress::Words, Apart::Code) => &messages::CODE_START,
            (_, Apart::Code) => "`",
            (_, Apart::Strong) => "**",
            (_, Apart::Emphasis | Apart::Marked) => "*",
        }
    }
}

impl Around {
    fn link(self) -> Option<LinkId> {
        match self {
            Around::Link(link) => Some(link),
            Around::Struck | Around::Apart(_) => None,
        }
    }
}

/// What is shown of a stretch of one face.
enum Shown<'t> {
    Nothing,
    /// The mark of a footnote.
    Mark(String),
    Words(&'t str),
}

#[cfg(test)]
mod tests {
    use crate::document::markdown;
    use crate::layout::{Page, Sheet, Stress, Telling, lay_out};
    use crate::text::markup::MarkupSettings;

    fn page(width: usize, source: &str, telling: Telling) -> Page {
        lay_out(&markdown::read(source, MarkupSettings::default()), &Sheet { telling, ..Sheet::of(width) })
    }

    /// `expected` is the rows of the page in words. The post's own words are the same on either page.
    fn check(source: &str, expected: &str) {
        let spoken = page(60, source, Telling::Words);
        let rows: Vec<String> = (0..spoken.len()).map(|row| spoken.row_text(row).trim_end().to_owned()).collect();
        assert_eq!(rows.join("\n"), expected, "{source}");
        assert_eq!(spoken.plain, page(60, source, Telling::Signs).plain, "{source}");
    }

    #[test]
    fn what_signs_tell_is_said() {
        check("## Set up\n\nwords", "Heading 2: Set up\n\nwords");
        check("see [the **docs**](/x) now", "see (link: the **docs**) now");
        check("a ![cat](c.png) [![dog](d.png)](/x)", "a (image: cat) (image and link: dog)");
        check("a ~~b [c](/x)~~ d", "a (struck out: b (link: c)) d");
        check("> one\n>\n> two", "Quote:\none\n\ntwo\nEnd of quote");
        check("- a\n- [x] b\n- [ ] c", "List of 3 items:\n- a\nDone: b\nTo do: c\nEnd of list");
        check("9. a\n10. b", "List of 2 items:\n9. a\n10. b\nEnd of list");
        check("- a\n  1. b", "List of 1 item:\n- a\nList of 1 item:\n1. b\nEnd of list\nEnd of list");
        check("- > a", "List of 1 item:\n- Quote:\na\nEnd of quote\nEnd of list");
        check("```rust\na\n\n  b\n```", "Code, rust, 3 lines:\na\n\n  b\nEnd of code");
        check("---", "Separator");
        check("a[^1]\n\n[^1]: b", "a (note 1)\n\nFootnotes:\nNote 1: b");
        check("> [!TIP]\n> a", "Notice, Tip:\na\nEnd of notice");
        check("a\n: b", "Term: a\nMeaning: b");
    }

    /// `expected` is the page with what stands out told by signs, in words and not at all.
    fn check_stress(source: &str, expected: [&str; 3]) {
        for (stress, expected) in [Stress::Signs, Stress::Words, Stress::Untold].into_iter().zip(expected) {
            let sheet = Sheet { telling: Telling::Words, stress, ..Sheet::of(80) };
            let page = lay_out(&markdown::read(source, MarkupSettings::default()), &sheet);
            assert_eq!(page.row_text(0).trim_end(), expected, "{source}");
        }
    }

    #[test]
    fn what_stands_out_is_told_as_is_set() {
        check_stress("a *b* c", ["a *b* c", "a (emphasis: b) c", "a b c"]);
        check_stress("a **b *c* d**", ["a **b *c* d**", "a (strong: b (emphasis: c) d)", "a b c d"]);
        check_stress("run `ls -l` now", ["run `ls -l` now", "run (code: ls -l) now", "run ls -l now"]);
        check_stress("<mark>x</mark> [`y`](/z)", ["*x* (link: `y`)", "(marked: x) (link: (code: y))", "x (link: y)"]);
        check_stress("# a **b** `c`", ["Heading 1: a b `c`", "Heading 1: a b (code: c)", "Heading 1: a b c"]);
        check_stress("*a ~~b* c~~", ["*a ~~b* c~~", "(emphasis: a ~~b) c~~", "a ~~b c~~"]);
        check_stress("`a`", ["`a`", "(code: a)", "a"]);
    }

    #[test]
    fn tables_are_read_row_by_row() {
        let table = "|Name|Age|\n|-|-:|\n|[Ann](/a)|3|\n|Bo|4|";
        let expected = "Table, 2 rows, 2 columns:\nColumn 1: Name\nColumn 2: Age\nRow 1\nName: (link: Ann)\nAge: 3\n\
                        Row 2\nName: Bo\nAge: 4\nEnd of table";
        check(table, expected);
        let page = page(60, table, Telling::Words);
        assert_eq!(page.block_words(&page.blocks[0]), "Name\tAge\nAnn\t3\nBo\t4");
    }

    #[test]
    fn folds_say_whether_they_are_open() {
        use crate::layout::View;
        use std::sync::Arc;
        let whole = Arc::new(page(60, "<details><summary>s</summary>\n\na\n\n</details>\n\nb", Telling::Words));
        let rows = |page: &Page| (0..page.len()).map(|row| page.row_text(row)).collect::<Vec<_>>();
        assert_eq!(rows(&whole), ["Details, open: s", "a", "End of details", "", "b"]);
        assert_eq!(rows(&View::default().of(&whole)), ["Details, shut: s", "", "b"]);
    }

    #[test]
    fn links_take_their_announcement_along() {
        let page = page(60, "a [b](/x) c", Telling::Words);
        assert_eq!((page.links.len(), &page.links[0].columns), (1, &(2..11)));
        assert_eq!(page.rows_words(0..1), "a b c");
    }

    #[test]
    fn narrow_pages_lose_no_announcement() {
        let spoken = page(6, "## abcdefgh", Telling::Words);
        let rows: String = (0..spoken.len()).map(|row| spoken.row_text(row).replace(' ', "")).collect();
        assert_eq!(rows, "Heading2:abcdefgh");
    }
}
