//! A document in its words alone, as other programs want them: what the reader adds for a screen is taken out again, and what the
//! post marks by signs is marked by its own.

use super::{Block, Definition, Document, Item};
use crate::text::{Clean, Face, LinkId, Role, Text};

/// Takes out of a document all but its words.
///
/// Alerts become the quotes that they are written as, folds are open for good, and a row of a table is one line. Left out are the
/// languages and files of code, the names of services, and pictures of which nothing is said but the name of their file or what stands beside
/// them as well.
pub fn reduce(document: &mut Document) {
    blocks(&mut document.blocks);
    document.notes.iter_mut().for_each(|note| blocks(&mut note.blocks));
}

fn blocks(list: &mut Vec<Block>) {
    for at in 0..list.len() {
        let beside = words_beside(list, at);
        if let Block::Image { text, .. } | Block::Paragraph(text) = &mut list[at] {
            unsaid(text, &beside);
        }
    }
    list.iter_mut().for_each(block);
    list.retain(|block| !matches!(block, Block::Image { text, caption } if text.is_empty() && caption.is_empty()));
}

/// The words before a block, after it and in its caption, without blanks.
fn words_beside(list: &[Block], at: usize) -> String {
    let caption = if let Block::Image { caption, .. } = &list[at] { caption.as_slice() } else { &[] };
    let beside = at.checked_sub(1).into_iter().chain([at + 1]).filter_map(|at| list.get(at)).chain(caption);
    let words = beside.filter_map(|block| match block {
        Block::Heading { text, .. } | Block::Paragraph(text) | Block::Image { text, .. } => Some(solid(text.as_str())),
        _ => None,
    });
    words.collect::<Vec<_>>().join("\n")
}

fn solid(words: &str) -> String {
    words.split_whitespace().collect()
}

/// Leaves out the pictures of a text whose description stands in the rest of it or beside it as well.
fn unsaid(text: &mut Text, beside: &str) {
    let marks = text
        .runs()
        .filter(|(range, face)| face.role == Role::Furniture && text.as_str()[range.clone()].starts_with('▣'));
    let pictures: Vec<LinkId> = marks.filter_map(|(_, face)| face.link).collect();
    for picture in pictures {
        let is_of = |face: Face| face.link == Some(picture);
        let part = |of_picture: bool| -> String {
            let runs = text.runs().filter(|(_, face)| is_of(*face) == of_picture);
            runs.map(|(range, _)| solid(&text.as_str()[range])).collect()
        };
        let description = part(true);
        let description = description.trim_start_matches('▣');
        if !description.is_empty() && (beside.contains(description) || part(false).contains(description)) {
            *text = trimmed(&rewritten(text, |words, face| if is_of(face) { String::new() } else { words.to_owned() }));
        }
    }
}

fn trimmed(text: &Text) -> Text {
    let words = text.as_str();
    let start = words.len() - words.trim_start().len();
    text.slice(start..words.trim_end().len().max(start))
}

fn block(block: &mut Block) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => nameless(text),
        Block::Code { label, title, .. } => (*label, *title) = (Clean::default(), Clean::default()),
        Block::Quote { blocks: inner } => blocks(inner),
        Block::List { items, .. } => items.iter_mut().for_each(|Item { blocks: inner, .. }| blocks(inner)),
        Block::Table(table) => {
            let cells = table.header.iter_mut().chain(table.rows.iter_mut().flatten());
            cells.for_each(|cell| {
                unsaid(cell, "");
                nameless(cell);
                on_one_line(cell);
            });
        }
        Block::Definitions(list) => {
            for Definition { terms, meanings } in list {
                terms.iter_mut().for_each(nameless);
                meanings.iter_mut().for_each(blocks);
            }
        }
        Block::Image { text, caption } => {
            nameless(text);
            blocks(caption);
        }
        Block::Alert { mark, title, blocks: inner, .. } => {
            blocks(inner);
            let head = head(mark, title);
            let head = (!head.is_empty()).then_some(Block::Paragraph(head));
            let inner = std::mem::take(inner);
            *block = Block::Quote { blocks: head.into_iter().chain(inner).collect() };
        }
        Block::Details { summary, blocks: inner, .. } => {
            nameless(summary);
            blocks(inner);
            let terms = if summary.is_empty() { Vec::new() } else { vec![std::mem::take(summary)] };
            *block = Block::Definitions(vec![Definition { terms, meanings: vec![std::mem::take(inner)] }]);
        }
        Block::Card { service, .. } => *service = Clean::default(),
        Block::Rule => {}
    }
}

/// The first line of an alert as a quote has it.
fn head(mark: &str, title: &Text) -> Text {
    let mut head = Text::new(mark, Face::default());
    if !mark.is_empty() && !title.is_empty() {
        head.push(" ", Face::default());
    }
    head.append(title);
    nameless(&mut head);
    head
}

/// Leaves out pictures that have no description.
fn nameless(text: &mut Text) {
    let runs = text.runs().filter(|(_, face)| face.role == Role::FileName);
    let names: Vec<_> = runs.map(|(_, face)| face.link).collect();
    if !names.is_empty() {
        let is_named = |face: Face| matches!(face.role, Role::FileName | Role::Furniture) && names.contains(&face.link);
        *text = rewritten(text, |words, face| if is_named(face) { String::new() } else { words.to_owned() });
    }
}

fn on_one_line(text: &mut Text) {
    if text.as_str().contains('\n') {
        *text = rewritten(text, |words, _| words.replace('\n', " "));
    }
}

fn rewritten(text: &Text, words: impl Fn(&str, Face) -> String) -> Text {
    let mut new = Text::default();
    for (range, face) in text.runs() {
        new.push(&words(&text.as_str()[range], face), face);
    }
    new
}

#[cfg(test)]
mod tests {
    use super::super::markdown;
    use super::*;
    use crate::text::markup::MarkupSettings;

    fn check(source: &str, expected: &str) {
        let mut document = markdown::read(source, MarkupSettings::default());
        reduce(&mut document);
        assert_eq!(shown(&document.blocks), expected, "{source}");
    }

    fn shown(list: &[Block]) -> String {
        let one = |block: &Block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Image { text, .. } => {
                text.as_str().to_owned()
            }
            Block::Code { label, title, text, .. } => format!("code:{}:{}({})", &**label, &**title, text.as_str()),
            Block::Quote { blocks } => format!("> {}", shown(blocks)),
            Block::Definitions(list) => {
                let terms = list.iter().flat_map(|one| &one.terms).map(|term| term.as_str().to_owned() + ": ");
                terms.chain(list.iter().flat_map(|one| &one.meanings).map(|it| shown(it))).collect()
            }
            Block::Card { service, text, .. } => format!("card:{}({})", &**service, text.as_str()),
            Block::Table(table) => {
                table.header.iter().chain(table.rows.iter().flatten()).map(Text::as_str).collect::<Vec<_>>().join("|")
            }
            block => format!("{block:?}"),
        };
        list.iter().map(one).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn words_alone_are_left() {
        check("> [!NOTE]\n> a", "> [!NOTE]/a");
        check("> [!note]\n> a", "> [!note]/a");
        check("> [!question]+ T\n> a", "> [!question]+ T/a");
        check("> [!tip] T", "> [!tip] T");
        check("{{< note >}}a{{< /note >}}", "> a");
        check("<details><summary>s</summary>\n\na\n\n</details>\n\nb", "s: a/b");
        check("<details>\n\na\n\n</details>", "a");
        check("```go:x.go\na\n```", "code::(a)");
        check("x\n\n![](/a/b.png)\n\ny", "x/y");
        check("a ![](b.png) c ![d](b.png)", "a  c ▣\u{a0}d");
        check("# b\n\n![b](c.png)\n\nd", "b/d");
        check("![b](c.png)\n\nOf b.", "Of b.");
        check("a\n\n![b](c.png)", "a/▣\u{a0}b");
        check("![b c](d.png)<br>Of b\nc.", "Of b c.");
        check("[![b](c.png)](d)[b](d) e", "b e");
        check("![b](c.png) ![b](d.png) ![e](f.png)", "▣\u{a0}b ▣\u{a0}e");
        check("|a|\n|-|\n|![b](c.png) b|", "a|b");
        check("{{< youtube abc >}}", "card:(https://www.youtube.com/watch?v=abc)");
        check("|a|\n|-|\n|b<br>c|", "a|b c");
    }
}
