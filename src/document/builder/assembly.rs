//! What a closed element becomes, and where in the one around it it goes.

use super::super::{Block, Definition, Fold, FoldState, Item, LinkKind, Target, links, notice};
use super::{Builder, Element, Open};
use crate::text::{Alert, Clean, Face, Text};

impl Builder {
    pub(super) fn hand_over(&mut self, open: Open) {
        let Open { element, blocks, text, .. } = open;
        match element {
            Element::Inline(_) | Element::Hidden => {}
            Element::Flow | Element::Paragraph | Element::Header => self.owner().blocks.extend(blocks),
            Element::Heading { level, id } => self.heading(level, id, blocks),
            Element::Code { label, title, tabs } => {
                // A blank line inside `<pre>` makes Markdown of what follows: its words belong to the code all the same.
                let mut text = text;
                blocks.into_iter().for_each(|block| flatten_into(&mut text, block));
                if text.as_str().ends_with('\n') {
                    text.truncate(text.len() - 1);
                }
                self.owner().blocks.push(Block::Code { label, title, text, tabs });
            }
            Element::Quote => self.quote(blocks),
            Element::Alert { kind, mark, title } => {
                self.owner().blocks.push(Block::Alert { kind, mark, title, blocks, fold: None });
            }
            Element::List { start, tight, mut items } => {
                if !blocks.is_empty() {
                    items.push(Item { task: None, blocks });
                }
                if !items.is_empty() {
                    self.owner().blocks.push(Block::List { start, tight, items });
                }
            }
            Element::Item { task, loose } => self.item(Item { task, blocks }, loose),
            Element::Note(label) => {
                self.note_blocks.entry(label).or_insert(blocks);
            }
            Element::Table { table, .. } => self.table(table, blocks),
            Element::Row { mut cells, header } => {
                cells.extend(between_cells(blocks));
                self.row(cells, header);
            }
            Element::Cell { header, columns, rows } => self.cell(flatten(blocks), header, columns, rows),
            Element::Caption => self.caption(flatten(blocks)),
            Element::Definitions(list) => {
                self.owner().blocks.extend(blocks);
                if !list.is_empty() {
                    self.owner().blocks.push(Block::Definitions(list));
                }
            }
            Element::Term => self.term(flatten(blocks)),
            Element::Meaning => self.meaning(blocks),
            Element::Details { summary, state } => {
                let fold = self.fold(state);
                self.owner().blocks.push(Block::Details { summary, blocks, fold });
            }
            Element::Summary => self.summary(flatten(blocks)),
            Element::Figure { caption } => self.figure(blocks, caption),
            Element::FigureCaption => self.figure_caption(blocks),
        }
    }

    fn heading(&mut self, level: u8, id: String, blocks: Vec<Block>) {
        let text = flatten(blocks);
        let wanted = if id.is_empty() { links::anchor(text.as_str()) } else { id };
        let id = self.unique_anchor(wanted);
        self.owner().blocks.push(Block::Heading { level, id, text });
    }

    /// Names the heading that is open, where it has no name yet.
    pub fn name_heading(&mut self, name: &str) {
        if let Some(Open { element: Element::Heading { id, .. }, .. }) = self.stack.last_mut()
            && id.is_empty()
        {
            name.clone_into(id);
        }
    }

    /// As Hugo does: the second heading of a name gets `-1`, the third `-2`.
    fn unique_anchor(&mut self, wanted: String) -> String {
        let count = self.anchors.entry(wanted.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { wanted } else { format!("{wanted}-{}", *count - 1) }
    }

    /// A fold, with the link that its heading will be.
    fn fold(&mut self, state: FoldState) -> Fold {
        Fold { link: self.add_link(Target::Fold, LinkKind::Fold), state }
    }

    fn quote(&mut self, blocks: Vec<Block>) {
        let (mut block, state) = quote(blocks);
        if let Block::Alert { fold, .. } = &mut block {
            *fold = state.map(|state| self.fold(state));
        }
        self.owner().blocks.push(block);
    }

    fn item(&mut self, item: Item, loose: bool) {
        let owner = self.owner();
        match &mut owner.element {
            Element::List { tight, items, .. } => {
                *tight &= !loose;
                items.push(item);
            }
            _ => owner.blocks.push(Block::List { start: None, tight: !loose, items: vec![item] }),
        }
    }

    /// The nearest open element for which `pick` finds a place, for parts that belong to a whole further out.
    pub(super) fn enclosing<T>(&mut self, pick: impl Fn(&mut Element) -> Option<&mut T>) -> Option<&mut T> {
        self.stack.iter_mut().rev().find_map(|open| pick(&mut open.element))
    }

    fn term(&mut self, text: Text) {
        let list = self.enclosing(|element| if let Element::Definitions(list) = element { Some(list) } else { None });
        match list {
            Some(list) => match list.last_mut() {
                Some(last) if last.meanings.is_empty() => last.terms.push(text),
                _ => list.push(Definition { terms: vec![text], meanings: Vec::new() }),
            },
            None => self.owner().blocks.push(Block::Paragraph(text)),
        }
    }

    fn meaning(&mut self, blocks: Vec<Block>) {
        let list = self.enclosing(|element| if let Element::Definitions(list) = element { Some(list) } else { None });
        match list {
            Some(list) => {
                if list.is_empty() {
                    list.push(Definition::default());
                }
                if let Some(last) = list.last_mut() {
                    last.meanings.push(blocks);
                }
            }
            None => self.owner().blocks.extend(blocks),
        }
    }

    fn summary(&mut self, text: Text) {
        let place = self.enclosing(|element| match element {
            Element::Details { summary: title, .. } | Element::Alert { title, .. } => Some(title),
            _ => None,
        });
        match place {
            Some(summary) => *summary = text,
            None => self.owner().blocks.push(Block::Paragraph(text)),
        }
    }

    /// A figure is its picture with the caption below; with anything else inside it is just its blocks.
    fn figure(&mut self, mut blocks: Vec<Block>, caption: Vec<Block>) {
        match blocks.last_mut() {
            Some(Block::Image { caption: place, .. }) => *place = caption,
            _ => blocks.extend(caption),
        }
        self.owner().blocks.extend(blocks);
    }

    fn figure_caption(&mut self, blocks: Vec<Block>) {
        let place =
            self.enclosing(|element| if let Element::Figure { caption } = element { Some(caption) } else { None });
        match place {
            Some(caption) => *caption = blocks,
            None => self.owner().blocks.extend(blocks),
        }
    }
}

/// A quote, or an alert with a title of its own (`> [!NOTE] title`, Obsidian's and Hugo's form), perhaps folded by `+` or `-`.
fn quote(mut blocks: Vec<Block>) -> (Block, Option<FoldState>) {
    let Some(Block::Paragraph(text)) = blocks.first() else { return (Block::Quote { blocks }, None) };
    let Some(AlertMark { kind, length, state }) = alert_mark(text.as_str()) else {
        return (Block::Quote { blocks }, None);
    };
    let line = text.as_str().find('\n').unwrap_or(text.len());
    let mark = Clean::line(&text.as_str()[..length]);
    let title = text.slice(length..line);
    let rest = text.slice((line + 1).min(text.len())..text.len());
    if rest.is_empty() {
        blocks.remove(0);
    } else {
        blocks[0] = Block::Paragraph(rest);
    }
    (Block::Alert { kind, mark, title, blocks, fold: None }, state)
}

/// What an alert that is written as a quote starts with.
struct AlertMark {
    kind: Alert,
    /// In bytes.
    length: usize,
    /// Where it folds.
    state: Option<FoldState>,
}

/// The mark that a text starts with.
fn alert_mark(words: &str) -> Option<AlertMark> {
    let (name, after) = words.strip_prefix("[!")?.split_once(']')?;
    let kind = notice::kind(name)?;
    let state = match after.chars().next() {
        Some('+') => Some(FoldState::Open),
        Some('-') => Some(FoldState::Closed),
        _ => None,
    };
    let after = after.trim_start_matches(['+', '-']).trim_start_matches(' ');
    Some(AlertMark { kind, length: words.len() - after.len(), state })
}

/// What stands in a row and in none of its cells, as a cell, so that it keeps its place.
pub(super) fn between_cells(blocks: Vec<Block>) -> Option<(Text, usize)> {
    let text = flatten(blocks);
    (!text.is_empty()).then_some((text, 1))
}

/// The words of blocks as one text, for places that hold only text: cells, headings, terms.
fn flatten(blocks: Vec<Block>) -> Text {
    let mut text = Text::default();
    for block in blocks {
        flatten_into(&mut text, block);
    }
    text
}

fn flatten_into(text: &mut Text, block: Block) {
    match block {
        Block::Paragraph(part) | Block::Heading { text: part, .. } | Block::Code { text: part, .. } => {
            if text.is_empty() { *text = part } else { join(text, &part) }
        }
        Block::Image { text: part, caption } => {
            join(text, &part);
            caption.into_iter().for_each(|block| flatten_into(text, block));
        }
        Block::Card { text: part, .. } => join(text, &part),
        Block::Quote { blocks } => blocks.into_iter().for_each(|block| flatten_into(text, block)),
        Block::Alert { title, blocks, .. } | Block::Details { summary: title, blocks, .. } => {
            join(text, &title);
            blocks.into_iter().for_each(|block| flatten_into(text, block));
        }
        Block::List { items, .. } => {
            items.into_iter().flat_map(|item| item.blocks).for_each(|block| flatten_into(text, block));
        }
        Block::Table(table) => table.header.iter().chain(table.rows.iter().flatten()).for_each(|cell| join(text, cell)),
        Block::Definitions(list) => {
            for definition in list {
                definition.terms.iter().for_each(|term| join(text, term));
                definition.meanings.into_iter().flatten().for_each(|block| flatten_into(text, block));
            }
        }
        Block::Rule => {}
    }
}

fn join(text: &mut Text, part: &Text) {
    if part.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push("\n", Face::default());
    }
    text.append(part);
}
