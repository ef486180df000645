//! Words taken out of a page: as the post has them, without what the layout added.

use std::ops::Range;

use super::page::{BlockKind, BlockPlace, Page};
use crate::messages;

/// A stretch of words on a row that is being taken out.
#[derive(Debug, Clone)]
struct Stretch {
    row: usize,
    /// In bytes of [`Page::plain`].
    words: Range<usize>,
}

impl Page {
    /// A part of the post's words (bytes of [`Page::plain`] on character boundaries), with tabs where the post has tabs.
    #[must_use]
    pub fn excerpt(&self, part: Range<usize>) -> String {
        let mut words = String::new();
        let mut at = part.start;
        let first = self.tabs.partition_point(|tab| tab.start < part.start);
        for tab in self.tabs[first..].iter().take_while(|tab| tab.end <= part.end) {
            words += &self.plain[at..tab.start];
            words.push('\t');
            at = tab.end;
        }
        words + &self.plain[at..part.end]
    }

    /// What a block says: code as it was written, without a newline at its end; of a table the cells, with tabs between them.
    #[must_use]
    pub fn block_words(&self, block: &BlockPlace) -> String {
        match &block.kind {
            BlockKind::Code(_) => self.excerpt(block.words.start..block.words.end - 1),
            BlockKind::Table(cells) => cells.iter().map(|row| self.table_line(row)).collect::<Vec<_>>().join("\n"),
        }
    }

    fn table_line(&self, cells: &[Range<usize>]) -> String {
        cells.iter().map(|cell| self.plain[cell.clone()].replace('\n', " ")).collect::<Vec<_>>().join("\t")
    }

    /// What some rows say: paragraphs whole again, an empty line where one is on the page, lists with their bullets, of a table the rows
    /// that were touched. Rows that only go on from one another are joined as the post has them.
    #[must_use]
    pub fn rows_words(&self, rows: Range<usize>) -> String {
        let mut stretches: Vec<Stretch> = Vec::new();
        for row in rows {
            for span in self.spans(row) {
                let words = span.place.map(|place| place..place + span.words.len());
                stretches.extend(words.map(|words| Stretch { row, words }));
            }
        }
        // Cells of a table stand side by side.
        stretches.sort_by_key(|stretch| stretch.words.start);
        let mut excerpt = String::new();
        let mut before: Option<&Stretch> = None;
        let mut rest = stretches.as_slice();
        while let Some(first) = rest.first() {
            let (count, words) = if let Some((block, cells)) = self.table_at(first.words.start) {
                let count = rest.partition_point(|stretch| stretch.words.start < block.words.end);
                (count, self.table_part(cells, &rest[..count]))
            } else {
                let count = 1 + rest.windows(2).take_while(|pair| self.goes_on(&pair[0], &pair[1])).count();
                (count, self.bullet(first) + &self.excerpt(first.words.start..rest[count - 1].words.end))
            };
            if let Some(before) = before {
                let is_apart = (before.row + 1..first.row).any(|row| self.spans(row).all(|span| span.place.is_none()));
                excerpt += if is_apart { "\n\n" } else { "\n" };
            }
            excerpt += &words;
            before = rest.get(count - 1);
            rest = &rest[count..];
        }
        excerpt
    }

    /// Whether one stretch only goes on from another: with a blank at the end of a row or nothing between them, or as lines of code.
    fn goes_on(&self, before: &Stretch, after: &Stretch) -> bool {
        let is_same_code = self
            .block_over(before.words.start)
            .is_some_and(|block| matches!(block.kind, BlockKind::Code(_)) && block.words.contains(&after.words.start));
        is_same_code || !self.plain[before.words.end..after.words.start].contains('\n')
    }

    /// The block that holds a place.
    fn block_over(&self, place: usize) -> Option<&BlockPlace> {
        let after = self.blocks.partition_point(|block| block.words.start <= place);
        self.blocks[..after].last().filter(|block| block.words.contains(&place))
    }

    /// The table that has a place in one of its cells, and its cells.
    fn table_at(&self, place: usize) -> Option<(&BlockPlace, &[Vec<Range<usize>>])> {
        let block = self.block_over(place)?;
        let BlockKind::Table(cells) = &block.kind else { return None };
        // Before them stands the caption.
        let first = cells.iter().flatten().next()?;
        (first.start <= place).then_some((block, cells))
    }

    /// The rows of a table that stretches touch.
    fn table_part(&self, cells: &[Vec<Range<usize>>], stretches: &[Stretch]) -> String {
        let is_touched = |row: &&Vec<Range<usize>>| {
            let (Some(first), Some(last)) = (row.first(), row.last()) else { return false };
            let from = stretches.partition_point(|stretch| stretch.words.end <= first.start);
            stretches.get(from).is_some_and(|stretch| stretch.words.start <= last.end)
        };
        cells.iter().filter(is_touched).map(|row| self.table_line(row)).collect::<Vec<_>>().join("\n")
    }

    /// The bullet or number that a row starts with, as Markdown has it, under its indentation.
    fn bullet(&self, stretch: &Stretch) -> String {
        let furniture: String =
            self.spans(stretch.row).take_while(|span| span.place.is_none()).map(|span| span.words).collect();
        let mark = furniture.trim();
        let is_task = |words: &str| mark.ends_with(words.trim_end());
        let written = match mark.rsplit(' ').next().unwrap_or_default() {
            _ if is_task(&messages::TASK_DONE) => "- [x] ".to_owned(),
            _ if is_task(&messages::TASK_TO_DO) => "- [ ] ".to_owned(),
            "▪" | "◦" | "‣" | "-" => "- ".to_owned(),
            "☐" => "- [ ] ".to_owned(),
            "☑" => "- [x] ".to_owned(),
            number
                if number.ends_with('.')
                    && number.len() > 1
                    && number[..number.len() - 1].bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                format!("{number} ")
            }
            _ => return String::new(),
        };
        let indent = furniture.len() - furniture.trim_start_matches(' ').len();
        " ".repeat(indent) + &written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown;
    use crate::layout::{Sheet, lay_out};
    use crate::text::markup::MarkupSettings;

    fn page(source: &str, width: usize) -> Page {
        lay_out(&markdown::read(source, MarkupSettings::default()), &Sheet::of(width))
    }

    /// What all rows say, at a width where much is wrapped.
    fn check(source: &str, expected: &str) {
        for width in [14, 200] {
            let page = page(source, width);
            assert_eq!(page.rows_words(0..page.len()), expected, "{source} at {width}");
        }
    }

    #[test]
    fn wrapped_rows_are_paragraphs_again() {
        check("日本語の文章は空白を\n入れずに続く。", "日本語の文章は空白を入れずに続く。");
        check("words that wrap get\ntheir blanks back", "words that wrap get their blanks back");
        check("一つ。\n\n二つ。", "一つ。\n\n二つ。");
        check("a  \nb", "a\nb");
    }

    #[test]
    fn furniture_is_left_out_and_bullets_are_written() {
        check("> 引用の長い長い長い文", "引用の長い長い長い文");
        check("# 見出し\n\na[^1]\n\n[^1]: n", "見出し\n\na\n\nn");
        check("- 一つの長い長い長い項目\n- 二つ\n  1. x\n- [x] y", "- 一つの長い長い長い項目\n- 二つ\n  1. x\n- [x] y");
    }

    #[test]
    fn code_keeps_its_lines_and_tabs() {
        check("a\n\n```go\nif x {\n\n\tlong line of code\ta\n}\n```", "a\n\nif x {\n\n\tlong line of code\ta\n}");
    }

    #[test]
    fn tables_are_rows_of_cells() {
        check("|a|b|\n|-|-|\n|一二三四五六|x y z w v|\n||2|", "a\tb\n一二三四五六\tx y z w v\n\t2");
    }

    #[test]
    fn some_rows_are_some_words() {
        let page = page("one two three four\n\n|a|b|\n|-|-|\n|c|d|", 12);
        assert_eq!(page.rows_words(1..3), "three four");
        assert_eq!(page.rows_words(1..4), "three four\n\na\tb");
        assert_eq!(page.rows_words(5..6), "c\td");
        assert_eq!(page.rows_words(2..3), "");
    }

    #[test]
    fn blocks_are_what_was_written() {
        for (source, expected) in [
            ("```\n\ta\n  b\tc\n\n```", "\ta\n  b\tc\n"),
            ("    x\n    y", "x\ny"),
            ("|a|b|\n|-|-|\n|c|d `e`|", "a\tb\nc\td e"),
            ("```\na\u{1b}[31m\n```", "a\u{241b}[31m"),
        ] {
            for width in [3, 80] {
                let page = page(source, width);
                assert_eq!(page.block_words(&page.blocks[0]), expected, "{source}");
            }
        }
    }
}
