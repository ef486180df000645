//! Taking words out: what is in hand, what is selected, the address of the post; and how wide blocks are looked at.

use super::keys::Mode;
use super::overlay::Overlay;
use super::reader::{Hand, Reader};
use super::{App, Effect, Notice, opening};
use crate::document::{FoldState, Target};
use crate::layout::{BlockKind, BlockPlace, Page, Wrap};
use crate::library::Origin;
use crate::messages;
use crate::text::{Clean, LinkId};

impl App {
    /// What is known of the code or table in hand.
    #[must_use]
    pub fn block_at_hand(&self) -> Option<Clean> {
        let block = self.reader.as_ref()?.block()?;
        Some(Clean::cut(&block_name(block, self.reader.as_ref()?.page.as_ref()?), 200))
    }

    /// Copies what is selected, or else the thing in hand.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if let (Some(Overlay::Note(_)), Some(link)) = (&self.overlay, self.link_at_hand()) {
            return self.copy_link(link);
        }
        let Some(reader) = &mut self.reader else { return Vec::new() };
        if let Some(words) = reader.selected_words() {
            reader.selection = None;
            let name = messages::lines(words.lines().count());
            return self.put_on_clipboard(words, &name);
        }
        match reader.hand {
            Some(Hand::Link(link)) => self.copy_link(link),
            Some(Hand::Block(_)) => {
                let (Some(block), Some(page)) = (reader.block(), &reader.page) else { return Vec::new() };
                let (words, name) = (page.block_words(block), block_name(block, page));
                self.put_on_clipboard(words, &name)
            }
            None => {
                let key = |name| self.key_for(Mode::Reader, name);
                let words = messages::nothing_in_hand(&key("next-link"), &key("next-block"), &key("select"));
                self.warn(&words);
                Vec::new()
            }
        }
    }

    /// Copies where a link leads; of a footnote or fold what it says.
    fn copy_link(&mut self, link: LinkId) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let (words, name) = match reader.target(link) {
            Some(Target::Note(index) | Target::NoteMark(index)) => {
                (note_words(reader, *index), messages::note(index + 1))
            }
            Some(Target::Fold) => {
                let words = reader.fold_words(link).unwrap_or_default();
                let name = messages::lines(words.lines().count());
                (words, name)
            }
            _ => return self.copy_target(link),
        };
        self.put_on_clipboard(words, &name)
    }

    fn copy_target(&mut self, link: LinkId) -> Vec<Effect> {
        let Some(address) = self.address(link) else {
            self.warn_of_no_link();
            return Vec::new();
        };
        if address.len() > opening::LONGEST {
            self.warn(&messages::not_copied(&messages::TOO_LONG));
            return Vec::new();
        }
        let name = address.clone();
        self.put_on_clipboard(address, &name)
    }

    /// The address of a link as a browser needs it.
    fn address(&self, link: LinkId) -> Option<String> {
        let reader = self.reader.as_ref()?;
        let post = self.library.post(reader.post)?;
        match reader.target(link)? {
            Target::Url(written) => self.library.address(post, &self.library.resolve(post, written)),
            Target::Page(written) => self.library.address(post, &self.library.resolve_page(post, written)),
            Target::Note(_) | Target::NoteMark(_) | Target::Fold => None,
        }
    }

    /// Copies the published address of the post at hand; where it has none, the path of its file.
    pub(super) fn copy_address(&mut self) -> Vec<Effect> {
        let Some(post) = self.post_at_hand().and_then(|id| self.library.post(id)) else { return Vec::new() };
        let published = self.library.published(post).filter(|_| post.is_public());
        let path = || match &post.origin {
            Origin::File(path) => path.display().to_string(),
            Origin::Memory(_) => post.name.to_string(),
        };
        let address = Clean::line(&published.unwrap_or_else(path)).to_string();
        let name = address.clone();
        self.put_on_clipboard(address, &name)
    }

    /// Asks for words to be copied, and says what they are.
    fn put_on_clipboard(&mut self, words: String, name: &str) -> Vec<Effect> {
        if words.is_empty() {
            self.warn(&messages::not_copied(&messages::EMPTY));
            return Vec::new();
        }
        self.notice = Some(Notice { words: Clean::cut(&messages::copied(name), 2000), is_warning: false });
        vec![Effect::Copy(words)]
    }

    /// Takes the code or table so many places on in hand.
    pub(super) fn walk_blocks(&mut self, steps: isize) {
        let walk = if steps > 0 { Reader::next_block } else { Reader::previous_block };
        let mut is_found = true;
        self.with_reader(|reader, height| {
            is_found = walk(reader, height);
            for _ in 1..steps.unsigned_abs() {
                if !walk(reader, height) {
                    break;
                }
            }
        });
        if !is_found {
            self.warn(&messages::NO_BLOCKS);
        }
    }

    /// Opens or closes every fold of the post.
    pub(super) fn turn_folds(&mut self, state: FoldState) {
        if self.reader.as_ref().and_then(Reader::whole).is_some_and(|page| page.folds.is_empty()) {
            return self.warn(&messages::NO_FOLDS);
        }
        self.with_reader(|reader, height| reader.set_folds(state, height));
    }

    /// Lets wide code and tables run on, or wraps them.
    pub(super) fn toggle_wrap(&mut self) -> Vec<Effect> {
        let key = |name| self.key_for(Mode::Reader, name);
        let (wrap, words) = match self.wrap {
            Wrap::Rows => (Wrap::Never, messages::runs_on(&key("pan-left"), &key("pan-right"))),
            Wrap::Never => (Wrap::Rows, messages::WRAPS.to_owned()),
        };
        self.wrap = wrap;
        self.notice = Some(Notice { words: Clean::line(&words), is_warning: false });
        if let Some(reader) = &mut self.reader {
            reader.unpan();
            reader.width = 0;
        }
        self.relayout()
    }

    pub(super) fn pan(&mut self, steps: isize) {
        let mut is_wide = true;
        self.with_reader(|reader, height| is_wide = reader.pan(steps, height));
        match self.wrap {
            _ if is_wide => {}
            Wrap::Rows => self.warn(&messages::all_wraps(&self.key_for(Mode::Reader, "wrap"))),
            Wrap::Never => self.warn(&messages::NOTHING_WIDE),
        }
    }
}

/// The words of a footnote.
fn note_words(reader: &Reader, index: usize) -> String {
    let Some(page) = &reader.page else { return String::new() };
    page.notes.get(index).map_or_else(String::new, |note| page.excerpt(note.words.clone()).trim_end().to_owned())
}

/// How much a block is, and of what.
fn block_name(block: &BlockPlace, page: &Page) -> String {
    match &block.kind {
        BlockKind::Code(language) => {
            messages::lines_of_code(page.plain[block.words.clone()].matches('\n').count(), language)
        }
        BlockKind::Table(cells) => messages::table_rows(cells.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::action::Action;
    use super::super::keys::Mode;
    use super::super::tests::Desk;

    const POST: &str = "---\ntitle: T\ndate: 2020-01-01\n---\n[外](https://other.example/)[^1]\n\n```go\nif x {\n\treturn\n}\n```\n\n\
        <details><summary>畳</summary>\n\n中の文\n\n# 奥\n\n[二](/two/)\n\n</details>\n\n> [!tip]+ 助言\n> 言葉\n\n\
        |a|b|\n|-|-|\n|c|d|\n\n[奥へ](#奥)\n\n[^1]: 注の文\n";

    /// Headings on the rows 2, 14 and 26 of 33.
    const HEADED: &str = "---\ntitle: T\n---\n# 一\n\n文\n\n文\n\n文\n\n文\n\n文\n\n# 二\n\n文\n\n文\n\n文\n\n文\n\n文\n\n# 三\n\n文\n\n文\n\n文\n";

    const WIDE: &str = "---\ntitle: T\n---\n```\n0123456789 0123456789 0123456789 0123456789\n```\n\n|a|b|\n|-|-|\n|c|[d](https://d.example/)|\n";

    fn desk(post: &'static str) -> Desk {
        let mut desk = Desk::of(&[("post/a.md", post.as_bytes())], 40, 30);
        desk.keys("<enter>");
        desk
    }

    fn rows(desk: &Desk) -> Vec<String> {
        let page = desk.app.reader.as_ref().unwrap().page.clone().unwrap();
        (0..page.len()).map(|row| page.row_text(row)).collect()
    }

    /// `expected` is the last thing that the world was asked for.
    fn check(script: &str, expected: &str) {
        let mut desk = desk(POST);
        desk.keys(script);
        assert_eq!(desk.asked.last().map_or("", String::as_str), expected, "{script}");
    }

    #[test]
    fn what_is_in_hand_is_copied() {
        check("y", "");
        check("<tab>y", "copy https://other.example/");
        check("<tab><tab>y", "copy 注の文");
        check("cy", "copy if x {\n\treturn\n}");
        check("ccy", "copy a\tb\nc\td");
        check("cccCy", "copy if x {\n\treturn\n}");
        check("Cy", "copy a\tb\nc\td");
        check("c<esc>y", "");
        check("<tab><tab><tab>y", "copy 畳\n中の文\n\n奥\n\n二");
        check("Y", "copy https://hibi.example/post/a/");
    }

    #[test]
    fn what_was_copied_is_said() {
        for (script, expected) in [
            ("cy", "Copied 3 lines of go"),
            ("ccy", "Copied 2 rows of a table"),
            ("<tab>y", "Copied https://other.example/"),
            ("ccc", "No more code or tables this way"),
            ("co", "Nothing to open here: y copies it"),
            ("y", "Nothing in hand: Tab takes a link, c code or a table, V selects rows"),
        ] {
            let mut desk = desk(POST);
            desk.keys(script);
            assert_eq!(desk.app.notice.map(|notice| notice.words.to_string()).as_deref(), Some(expected), "{script}");
        }
    }

    #[test]
    fn rows_are_selected_by_keys() {
        check("Vy", "copy T");
        check("Vjjj<esc>y", "");
        check("cVjjjy", "copy if x {\n\treturn\n}");
        check(
            "VG<enter>",
            "copy T\n2020-01-01\n\n外\n\nif x {\n\treturn\n}\n\n畳\n\n助言\n言葉\n\na\tb\nc\td\n\n奥へ\n\n注の文",
        );
        let mut desk = desk(POST);
        desk.keys("V");
        assert_eq!(desk.app.mode(), Mode::Select);
        desk.keys("Gjd ug");
        let selection = desk.app.reader.as_ref().unwrap().selection.unwrap();
        assert_eq!((selection.anchor, selection.cursor), (0, 0));
        desk.keys("jjV");
        assert_eq!(desk.app.mode(), Mode::Reader);
    }

    #[test]
    fn counts_and_motions_extend_a_selection() {
        for (script, expected) in
            [("V3j", 3), ("V5j2k", 3), ("V10G", 9), ("V50%", 16), ("VG", 32), ("V2]", 14), ("VG[", 26)]
        {
            let mut desk = Desk::of(&[("a.md", HEADED.as_bytes())], 40, 12);
            desk.keys("<enter>").keys(script);
            assert_eq!(desk.app.reader.as_ref().unwrap().selection.unwrap().cursor, expected, "{script}");
        }
        let mut desk = desk(POST);
        desk.keys("V5<esc>");
        assert_eq!((desk.app.mode(), desk.app.count), (Mode::Select, None), "Esc takes the count off first");
        desk.keys("<esc>");
        assert_eq!(desk.app.mode(), Mode::Reader);
    }

    #[test]
    fn a_count_walks_code_and_tables() {
        check("2cy", "copy a\tb\nc\td");
        check("3c2Cy", "copy if x {\n\treturn\n}");
    }

    #[test]
    fn a_note_that_is_shown_is_copied() {
        check("<tab><tab>py", "copy 注の文");
        check("py", "copy 注の文");
    }

    #[test]
    fn a_selection_stays_with_its_words() {
        let mut desk = desk(POST);
        desk.keys("cVjjj");
        desk.act(Action::Resize(23, 10));
        desk.keys("y");
        assert_eq!(desk.asked, ["copy if x {\n\treturn\n}"]);
    }

    #[test]
    fn rows_are_selected_by_the_mouse() {
        let mut desk = desk(POST);
        let area = desk.app.panes.text();
        desk.act(Action::Press(area.x, area.y));
        desk.act(Action::Drag(area.x + 5, area.y));
        assert_eq!(desk.app.mode(), Mode::Reader, "a click that trembles");
        desk.act(Action::Drag(area.x + 5, area.y + 1));
        desk.act(Action::Release(area.x + 5, area.y + 1));
        desk.keys("y");
        assert_eq!(desk.asked, ["copy T\n2020-01-01"]);
        desk.act(Action::Press(area.x, area.y + 6));
        desk.act(Action::Release(area.x, area.y + 6));
        desk.keys("y");
        assert_eq!(desk.asked[1], "copy if x {\n\treturn\n}", "a click takes code in hand");
    }

    #[test]
    fn folds_open_and_close() {
        let mut desk = desk(POST);
        assert!(!rows(&desk).iter().any(|row| row.contains("中の文")) && rows(&desk).contains(&"│ 言葉".to_owned()));
        desk.keys("<tab><tab><tab>");
        assert_eq!(desk.app.target_at_hand().as_deref(), Some("closed: o opens it"));
        desk.keys("<enter>");
        assert_eq!(desk.app.target_at_hand().as_deref(), Some("open: o closes it"));
        assert!(rows(&desk).iter().any(|row| row.contains("中の文")));
        desk.keys("<tab>");
        assert_eq!(desk.app.target_at_hand().as_deref(), Some("https://hibi.example/two/"));
        desk.keys("}");
        assert_eq!((desk.app.target_at_hand(), rows(&desk).contains(&"│ 言葉".to_owned())), (None, false));
        desk.keys("{");
        assert!(rows(&desk).contains(&"│ 言葉".to_owned()) && rows(&desk).contains(&"  中の文".to_owned()));
    }

    #[test]
    fn a_way_into_a_closed_fold_opens_it() {
        let mut desk = desk(POST);
        desk.keys("<backtab>");
        while desk.app.target_at_hand().as_deref() != Some("#奥") {
            desk.keys("<backtab>");
        }
        desk.keys("<enter>");
        assert!(rows(&desk).contains(&"  # 奥".to_owned()));
    }

    #[test]
    fn folds_stay_as_they_were_left() {
        let posts: [(&str, &'static [u8]); 2] =
            [("a.md", POST.as_bytes()), ("b.md", b"---\ntitle: B\ndate: 2019-01-01\n---\nx\n")];
        let mut desk = Desk::of(&posts, 40, 30);
        desk.keys("<enter><tab><tab><tab><enter>JK");
        assert!(rows(&desk).iter().any(|row| row.contains("中の文")));
    }

    #[test]
    fn what_is_wide_runs_on_and_moves() {
        let mut desk = desk(WIDE);
        desk.keys(")");
        assert!(desk.app.notice.as_ref().is_some_and(|notice| notice.is_warning), "all is wrapped");
        assert!(rows(&desk).iter().any(|row| row.contains("⋯")));
        desk.keys("w");
        assert!(rows(&desk).contains(&"  0123456789 0123456789 0123456789 01›".to_owned()), "{:#?}", rows(&desk));
        desk.keys(")");
        assert!(rows(&desk).contains(&"  ‹89 0123456789 0123456789 0123456789".to_owned()), "{:#?}", rows(&desk));
        assert!(rows(&desk).contains(&"c │ d".to_owned()), "what has room stays");
        desk.keys("cy");
        assert_eq!(desk.asked, ["copy 0123456789 0123456789 0123456789 0123456789"]);
        desk.keys("((w");
        assert!(rows(&desk).iter().any(|row| row.contains("⋯")));
    }
}
