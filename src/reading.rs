//! From a post to its document: read, split, parsed, with its title block on top.

pub mod audit;
pub mod backlinks;
pub mod pictures;
pub mod source_line;

use crate::document::{Block, Document, markdown, plain};
use crate::library::front_matter::split;
use crate::library::{Library, Post, source};
use crate::messages;
use crate::text::markup::{Formulas, MarkupSettings};
use crate::text::{Clean, Face, Role, Text};

/// Reads a post. It cannot fail: what cannot be read is said in the document's notices.
#[must_use]
pub fn read(library: &Library, post: &Post) -> Document {
    let mut document = read_as(library, post, library.site.markup);
    document.notices.extend(post.problem.iter().map(|problem| problem.what.clone()));
    document.head = head(post);
    // A title that was taken from the first heading is not said twice.
    if let Some(Block::Heading { level: 1, text, .. }) = document.blocks.first()
        && text.as_str() == &*post.title
    {
        document.head.remove(0);
    }
    document
}

/// What the text of a post says, with these settings for its markup.
fn read_as(library: &Library, post: &Post, markup: MarkupSettings) -> Document {
    match library.text(post) {
        Ok(text) => {
            let shown = words_of(&text);
            let mut document = body_as(library, post, shown, markup);
            let is_cut = shown.len() < text.len() || text.len() as u64 >= source::WHOLE;
            document.notices.extend(is_cut.then(|| Clean::line(&messages::CUT)));
            document
        }
        Err(error) => Document {
            notices: vec![Clean::cut(&messages::cannot_read(&post.name, &error), 300)],
            ..Document::default()
        },
    }
}

/// What a post says in its words alone, for other programs: no title block, nothing that is there for a screen.
#[must_use]
pub fn words(library: &Library, post: &Post) -> Document {
    let markup = MarkupSettings { formulas: Formulas::Written, ..library.site.markup };
    let mut document = read_as(library, post, markup);
    plain::reduce(&mut document);
    document
}

/// What of a text is worth reading: of one that is none, the start.
fn words_of(text: &str) -> &str {
    let is_no_letter = |byte: &u8| *byte < b' ' && !matches!(byte, b'\n' | b'\t' | 0x0c);
    let head = text.len().min(8 * 1024);
    let is_text = text.as_bytes()[..head].iter().filter(|byte| is_no_letter(byte)).count() <= head / 20;
    let end = if is_text && !text.as_bytes()[..head].contains(&0) { text.len() } else { source::HEAD as usize };
    &text[..text.floor_char_boundary(end)]
}

/// What the words of a post say, below its front matter.
fn body(library: &Library, post: &Post, text: &str) -> Document {
    body_as(library, post, text, library.site.markup)
}

fn body_as(library: &Library, post: &Post, text: &str, markup: MarkupSettings) -> Document {
    let parts = split(text);
    let host = library.host(post, &parts);
    if post.is_html() {
        // Without blank lines it is one block of HTML, in which nothing is Markdown.
        let lines: Vec<&str> = parts.body.lines().filter(|line| !line.trim().is_empty()).collect();
        return markdown::read_with(&lines.join("\n"), markup, Some(&host));
    }
    markdown::read_with(parts.body, markup, Some(&host))
}

/// Title, then date, authors and state, then tags.
fn head(post: &Post) -> Vec<Text> {
    let mut head = vec![Text::new(&post.title, Face { strong: true, ..Face::of(Role::Title) })];
    let mut facts: Vec<String> = Vec::new();
    facts.extend(post.date.map(|date| date.day()));
    facts.extend(post.authors.iter().map(ToString::to_string));
    facts.extend(post.marks().into_iter().map(str::to_owned));
    let tags: Vec<String> = post.tags.iter().map(|tag| format!("#{tag}")).collect();
    for line in [facts.join("  "), tags.join(" ")] {
        if !line.is_empty() {
            head.push(Text::new(&line, Face::of(Role::Detail)));
        }
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_html_is_no_markdown() {
        let page = "---\ntitle: t\n---\n<div>\n\n    <p>*a*</p>\n\n</div>\n".as_bytes();
        let library = Library::of_memory("", vec![("a.html".to_owned(), page.into())], None);
        let document = read(&library, &library.posts[0]);
        assert!(
            matches!(&document.blocks[..], [Block::Paragraph(text)] if text.as_str() == "*a*"),
            "{:?}",
            document.blocks
        );
    }

    #[test]
    fn the_site_sets_the_soft_breaks() {
        for (site, expected) in [
            ("", "日本語"),
            ("markup: {goldmark: {extensions: {cjk: {enable: true, eastAsianLineBreaks: false}}}}", "日本 語"),
        ] {
            let library = Library::of_memory(site, vec![("a.md".to_owned(), "日本\n語\n".as_bytes().into())], None);
            let document = read(&library, &library.posts[0]);
            assert!(matches!(&document.blocks[..], [Block::Paragraph(text)] if text.as_str() == expected), "{site}");
        }
    }
}
