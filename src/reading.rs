//! From a post to its document: read, split, parsed, with its title block on top.

pub mod audit;
pub mod backlinks;
mod embeds;
pub mod pictures;
pub mod source_line;

use std::io;

use crate::document::{Block, Document, markdown, plain};
use crate::library::front_matter::split;
use crate::library::{Library, Post, source};
use crate::messages;
use crate::text::markup::{Dialect, Formulas, MarkupSettings};
use crate::text::{Clean, Face, Role, Text};

/// How much of a long post is read first, in bytes: more than the largest screens show.
const START: usize = 32 * 1024;

/// Reads a post. It cannot fail: what cannot be read is said in the document's notices.
#[must_use]
pub fn read(library: &Library, post: &Post) -> Document {
    Manuscript::open(library, post).whole()
}

/// The text of a post, to be read.
pub struct Manuscript<'a> {
    library: &'a Library,
    post: &'a Post,
    text: io::Result<String>,
}

impl Manuscript<'_> {
    /// Takes the text out of its file.
    #[must_use]
    pub fn open<'a>(library: &'a Library, post: &'a Post) -> Manuscript<'a> {
        Manuscript { library, post, text: library.text(post) }
    }

    /// Why its file cannot be read.
    #[must_use]
    pub fn error(&self) -> Option<&io::Error> {
        self.text.as_ref().err()
    }

    /// What a long post starts with, as a document of its own; none for a post that is read whole as soon. Links and footnotes in it
    /// have what later lines define for them. What is open where it ends is closed there.
    #[must_use]
    pub fn start(&self) -> Option<Document> {
        let text = words_of(self.text.as_ref().ok()?);
        let body = split(text).body;
        if body.len() < 2 * START || self.post.is_html() {
            return None;
        }
        let (start, rest) = body.split_at(end_of_start(body));
        let front = &text[..text.len() - body.len()];
        let text = [front, start, "\n\n", &definitions(rest)].concat();
        Some(self.titled(self.document(&text, self.library.site.markup)))
    }

    /// All of it.
    #[must_use]
    pub fn whole(&self) -> Document {
        self.titled(self.read_as(self.library.site.markup))
    }

    /// The text with these settings for its markup, without what stands above it.
    fn read_as(&self, markup: MarkupSettings) -> Document {
        match &self.text {
            Ok(text) => self.document(words_of(text), markup),
            Err(error) => {
                let notice = Clean::cut(&messages::cannot_read(&self.post.name, error), 300);
                Document { notices: vec![notice], ..Document::default() }
            }
        }
    }

    fn document(&self, words: &str, markup: MarkupSettings) -> Document {
        let mut document = body_as(self.library, self.post, words, markup);
        let is_cut = self.text.as_ref().is_ok_and(|text| is_cut(text));
        document.notices.extend(is_cut.then(|| Clean::line(&messages::CUT)));
        document
    }

    /// A document with what stands above the words.
    fn titled(&self, mut document: Document) -> Document {
        document.notices.extend(self.post.problem.iter().map(|problem| problem.what.clone()));
        document.head = head(self.post);
        // A title that was taken from the first heading is not said twice.
        if let Some(Block::Heading { level: 1, text, .. }) = document.blocks.first()
            && text.as_str() == &*self.post.title
        {
            document.head.remove(0);
        }
        document
    }
}

/// Where a start of about [`START`] bytes ends: between two paragraphs, or else two lines, if there are any.
fn end_of_start(body: &str) -> usize {
    let start = &body[..body.floor_char_boundary(START)];
    start.rfind("\n\n").or_else(|| start.rfind('\n')).map_or(start.len(), |at| at + 1)
}

/// The lines that define where links lead and what footnotes say.
fn definitions(rest: &str) -> String {
    let mut found = String::new();
    for line in rest.lines().filter(|line| line.starts_with('[') && line.contains("]:")) {
        if found.len() + line.len() > START {
            break;
        }
        found.push_str(line);
        found.push('\n');
    }
    found
}

/// What a post says in its words alone, for other programs: no title block, nothing that is there for a screen.
#[must_use]
pub fn words(library: &Library, post: &Post) -> Document {
    let markup = MarkupSettings { formulas: Formulas::Written, ..library.site.markup };
    let manuscript = Manuscript::open(library, post);
    let mut document = manuscript.read_as(markup);
    plain::reduce(&mut document);
    document
}

/// What of a text is worth reading: of one that is none, the start.
fn words_of(text: &str) -> &str {
    let end = if source::holds_words(text) { text.len() } else { source::HEAD as usize };
    &text[..text.floor_char_boundary(end)]
}

/// Whether a text is the start of something longer.
fn is_cut(text: &str) -> bool {
    let longest = if source::holds_words(text) { source::WHOLE } else { source::HEAD };
    text.len() as u64 >= longest
}

/// What the words of a post say, below its front matter.
fn body(library: &Library, post: &Post, text: &str) -> Document {
    body_as(library, post, text, library.site.markup)
}

fn body_as(library: &Library, post: &Post, text: &str, markup: MarkupSettings) -> Document {
    let parts = split(text);
    let host = library.host(post, &parts);
    if post.is_html() {
        return markdown::read_html(parts.body, markup, Some(&host));
    }
    let body = match markup.dialect {
        Dialect::Obsidian => embeds::with_embeds(library, post, parts.body),
        _ => parts.body.into(),
    };
    markdown::read_with(&body, markup, Some(&host))
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
        let page = "---\ntitle: t\n---\n*x* `&lt;`\n<div>\n\n    <p>*a*</p>\n\n</div>\n<pre>b\n\nc</pre>".as_bytes();
        let library = Library::of_memory("", vec![("a.html".to_owned(), page.into())], None);
        let document = read(&library, &library.posts[0]);
        let words = |block: &Block| match block {
            Block::Paragraph(text) | Block::Code { text, .. } => text.as_str().to_owned(),
            block => format!("{block:?}"),
        };
        assert_eq!(document.blocks.iter().map(words).collect::<Vec<_>>(), ["*x* `<`", "*a*", "b\n\nc"]);
    }

    #[test]
    fn a_long_post_has_a_start() {
        let words = "word [a] b[^n]\n\n".repeat(10_000);
        let source = format!("---\ntitle: t\n---\n# h\n\n{words}[a]: https://example.com/\n[^n]: said\n");
        let library = Library::of_memory("", vec![("a.md".to_owned(), source.clone().into_bytes().into())], None);
        let manuscript = Manuscript::open(&library, &library.posts[0]);
        let (start, whole) = (manuscript.start().expect("a start"), manuscript.whole());
        assert_eq!((start.head.clone(), start.notes.clone().len()), (whole.head.clone(), 1));
        assert_eq!(start.blocks, whole.blocks[..start.blocks.len()]);
        assert!(start.blocks.len() > 2000 && start.blocks.len() < 3000, "{}", start.blocks.len());
        let library =
            Library::of_memory("", vec![("a.md".to_owned(), source.as_bytes()[..9000].to_vec().into())], None);
        assert!(Manuscript::open(&library, &library.posts[0]).start().is_none());
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
