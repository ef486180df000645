//! Markdown's door: pulldown-cmark's events, with HTML and shortcodes among them, become a document. It cannot fail.

mod addresses;
mod elements;
mod fences;
mod formulas;
mod guard;
mod held;
mod inserted;
mod parsing;
mod summary;

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::builder::{Breaks, Builder, Element, Opener};
use super::shortcode::{self, Call, Part, Piece};
use super::templated::Templates;
use super::words::Typesetter;
use super::{Block, Document, Target};
use super::{attributes, dialect, emphasis, escaped, highlights, links, math};
use crate::messages;
use crate::template::Host;
use crate::text::cjk::EscapedSpace;
use crate::text::markup::{BlockAttributes, Dialect, Highlights, LineEnds, MarkupSettings};
use crate::text::{Clean, Face, Role};
use addresses::{destination, without_calls};
use elements::{alert_marks, element, may_be_page, page};
use parsing::{options, rewritten};

/// Reads the body of a post, with what its site sets for markup.
#[must_use]
pub fn read(source: &str, settings: MarkupSettings) -> Document {
    read_with(source, settings, None)
}

/// Reads the body of a post of a site that may have templates of its own.
#[must_use]
pub fn read_with(source: &str, settings: MarkupSettings, host: Option<&dyn Host>) -> Document {
    read_by(Reader::markdown, source, settings, host)
}

/// Reads the body of a post that is HTML, in which nothing is Markdown.
#[must_use]
pub fn read_html(source: &str, settings: MarkupSettings, host: Option<&dyn Host>) -> Document {
    read_by(Reader::page_of_html, source, settings, host)
}

fn read_by<'h>(
    read: fn(&mut Reader<'h>, &str),
    source: &str,
    settings: MarkupSettings,
    host: Option<&'h dyn Host>,
) -> Document {
    let builder = Builder::new(Breaks::of(source, settings.cjk.soft_breaks));
    let words = Typesetter::new(settings);
    let templates = Templates::new(host);
    let mut reader = Reader {
        builder,
        templates,
        words,
        settings,
        depth: 0,
        ruby: 0,
        raised: 0,
        anchor: (0, 0),
        credits: Vec::new(),
        is_plain: false,
    };
    read(&mut reader, source);
    let mut document = reader.builder.finish();
    document.notices.extend(reader.is_plain.then(|| Clean::line(&messages::SHOWN_PLAINLY)));
    document
}

struct Reader<'a> {
    builder: Builder,
    templates: Templates<'a>,
    words: Typesetter,
    settings: MarkupSettings,
    depth: usize,
    /// Where what the next reading is a reading of starts, in bytes of the running text.
    ruby: usize,
    /// Where what is raised starts, likewise.
    raised: usize,
    /// How much the innermost block held when the last `<a>` was opened.
    anchor: (usize, usize),
    /// Whom the quotes are from that are open, by the names of their calls.
    credits: Vec<(String, String)>,
    /// Whether some of the source had to be shown as it stands.
    is_plain: bool,
}

/// A source that is longer than this, in bytes, is looked at before its shortcodes are; shorter ones cannot hold too many.
const LONG: usize = 2 * 1024 * 1024;

/// Collects what must be taken whole before it can be read.
#[derive(Default)]
struct Gathered {
    /// The raw HTML of a block.
    html: Option<String>,
    /// The label of an image, and where it leads.
    image: Option<(String, Target)>,
    /// How many images are open inside the first.
    inside: usize,
    /// Whether what is read is part of a sentence around it: then it makes no paragraph of its own.
    is_inline: bool,
    /// Whether dollars stand around formulas.
    has_formulas: bool,
    /// Whether the link that is open is none, but words between brackets.
    is_literal: bool,
    /// The marks of alerts in the source, as they are written.
    marks: Vec<String>,
}

impl Reader<'_> {
    fn markdown(&mut self, source: &str) {
        let is_divided = self.settings.dialect == Dialect::Hugo;
        let source = if is_divided { summary::divided(source) } else { source.into() };
        let is_written = self.depth == 0 && !self.settings.dialect.has_shortcodes();
        let source = if is_written { shortcode::literal(&source) } else { source };
        self.events(&source, Gathered::default());
    }

    fn inline_markdown(&mut self, source: &str) {
        self.events(source, Gathered { is_inline: true, ..Gathered::default() });
    }

    fn page_of_html(&mut self, source: &str) {
        if guard::is_quadratic(source) || guard::is_too_much(source) {
            return self.plainly(source);
        }
        let source = dialect::rewritten(source, self.settings);
        let (source, calls) = self.templates.extract(&source);
        self.html(&source, &calls);
    }

    fn events(&mut self, source: &str, gathered: Gathered) {
        // To take a million shortcodes out would be too much already.
        if source.len() > LONG && guard::is_too_much(source) {
            return self.plainly(source);
        }
        let source = dialect::rewritten(source, self.settings);
        let (source, calls) = self.templates.extract(&source);
        let (source, has_formulas) = math::prepared(source, self.settings);
        self.extracted(&source, &calls, Gathered { has_formulas, ..gathered });
    }

    /// Reads Markdown that the shortcodes are taken out of.
    fn extracted(&mut self, source: &str, calls: &[Call], mut gathered: Gathered) {
        // Here, since taking the shortcodes out may bring together what the guard must see, and each has a source of its own inside.
        if guard::is_quadratic(source) || guard::is_too_much(source) {
            return self.plainly(&without_calls(source));
        }
        gathered.marks = alert_marks(source);
        let has_attributes = self.settings.attributes == BlockAttributes::Hidden;
        let source = if has_attributes { attributes::hidden(source) } else { Cow::Borrowed(source) };
        let has_highlights = self.settings.highlights == Highlights::Marked;
        let source = if has_highlights { highlights::marked(&source) } else { Cow::Borrowed(&*source) };
        let hides = self.settings.cjk.escaped_space == EscapedSpace::Hidden;
        let escaped = if hides { escaped::mark(&source) } else { Cow::Borrowed(&*source) };
        let has_escapes = matches!(escaped, Cow::Owned(_));
        let marked = emphasis::mark(&escaped);
        let has_literals = !self.settings.dialect.has_shortcodes() && shortcode::has_literals(&marked);
        let is_marked = matches!(marked, Cow::Owned(_));
        let math = if gathered.has_formulas { Options::ENABLE_MATH } else { Options::empty() };
        let options = options(&marked, self.settings) | math;
        let parser = TextMergeStream::new(Parser::new_ext(&marked, options));
        let unmarked = |event| {
            if is_marked { rewritten(event, emphasis::unmark) } else { event }
        };
        let unescaped = |event| {
            if has_literals { rewritten(event, shortcode::without_literals) } else { event }
        };
        let mut events = parser.map(unmarked).map(unescaped).peekable();
        while let Some(event) = events.next() {
            let event = match event {
                event if !has_escapes => event,
                Event::Text(words) if !self.builder.is_code() => Event::Text(escaped::hide(&words).into()),
                event => rewritten(event, escaped::restore),
            };
            let event = match event {
                Event::DisplayMath(formula) if self.is_in_sentence(&formula, events.peek()) => {
                    Event::InlineMath(formula)
                }
                event => event,
            };
            let event = match event {
                Event::Text(words) if matches!(events.peek(), Some(Event::End(TagEnd::Heading(_)))) => {
                    self.heading_end(words)
                }
                event => event,
            };
            if gathered.image.is_some() && Self::gather_label(&mut gathered, &event) {
                continue;
            }
            // A tag that is a paragraph by itself stands between blocks: it may open and close what holds them.
            if let Event::Start(Tag::Paragraph) = event
                && let Some(call) = events.peek().and_then(|next| lone_part(next, calls))
            {
                self.call(call, calls);
                events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Paragraph))).for_each(drop);
                continue;
            }
            self.event(event, calls, &mut gathered);
        }
    }

    /// Whether a formula between double dollars is part of a sentence all the same: for Kramdown, where it is no paragraph of its own.
    fn is_in_sentence(&mut self, formula: &str, next: Option<&Event>) -> bool {
        let may_be = self.settings.dialect == Dialect::Jekyll && !formula.contains('\n');
        may_be && !(self.builder.extent().1 == 0 && matches!(next, Some(Event::End(_))))
    }

    /// Shows a source as it stands.
    fn plainly(&mut self, source: &str) {
        self.is_plain = true;
        let element = Element::code(Clean::default(), Clean::default());
        self.builder.open(element, Opener::Html("pre".to_owned()));
        self.builder.code(source.trim_end());
        self.builder.close_html("pre");
    }

    /// Adds an event to the label of the image that is open. Says whether the image goes on.
    fn gather_label(gathered: &mut Gathered, event: &Event) -> bool {
        let Some((label, _)) = &mut gathered.image else { return false };
        match event {
            Event::Text(words) | Event::Code(words) => label.push_str(words),
            Event::SoftBreak | Event::HardBreak => label.push(' '),
            Event::Start(Tag::Image { .. }) => gathered.inside += 1,
            Event::End(TagEnd::Image) if gathered.inside == 0 => return false,
            Event::End(TagEnd::Image) => gathered.inside -= 1,
            _ => {}
        }
        true
    }

    fn event(&mut self, event: Event, calls: &[Call], gathered: &mut Gathered) {
        let event = self.with_addresses(event, calls);
        match self.without_brackets(event, gathered) {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) if gathered.is_inline => {}
            Event::Start(Tag::HtmlBlock) => gathered.html = Some(String::new()),
            Event::Start(Tag::Image { dest_url, link_type, .. }) => {
                let target = match link_type {
                    LinkType::WikiLink { .. } => page(&dest_url),
                    _ => destination(&dest_url, calls),
                };
                gathered.image = Some((String::new(), target));
            }
            Event::Start(tag) => {
                let element = element(tag, calls, &gathered.marks);
                if !matches!(element, Element::Inline(_)) {
                    self.words.block();
                }
                self.builder.open(element, Opener::Markdown);
            }
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(block) = gathered.html.take() {
                    self.html(&block, calls);
                }
            }
            Event::End(TagEnd::Image) => {
                if let Some((label, target)) = gathered.image.take() {
                    self.picture(&without_calls(&label), target);
                }
            }
            Event::End(tag) => {
                if let TagEnd::Heading(_) = tag {
                    self.builder.name_heading(&links::anchor(&without_calls(self.words.written())));
                }
                self.builder.close();
            }
            Event::Text(words) if self.builder.is_code() => self.text(&words, calls),
            Event::Text(words) => {
                let words = self.words.set(&words);
                self.text(&words, calls);
            }
            Event::Code(code) => {
                self.words.code(&code);
                self.inline_code(&code, calls);
            }
            Event::InlineMath(formula) => self.formula(&formula, calls),
            Event::DisplayMath(formula) => self.display(&formula, calls),
            Event::Html(part) => gathered.html.get_or_insert_default().push_str(&part),
            Event::InlineHtml(part) => self.html(&part, calls),
            Event::FootnoteReference(label) => self.builder.note_mark(&label),
            Event::SoftBreak => self.line_end(),
            Event::HardBreak => {
                self.words.line_end();
                self.builder.hard_break();
            }
            Event::Rule => self.builder.block(Block::Rule),
            Event::TaskListMarker(ticked) => self.builder.task(ticked),
        }
    }

    /// The brackets of a link that names no page as the words that they are.
    fn without_brackets<'a>(&self, event: Event<'a>, gathered: &mut Gathered) -> Event<'a> {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. })
                if self.settings.dialect == Dialect::Unknown && !may_be_page(&dest_url) =>
            {
                gathered.is_literal = true;
                Event::Text(if has_pothole { format!("[[{dest_url}|").into() } else { "[[".into() })
            }
            Event::End(TagEnd::Link) if std::mem::take(&mut gathered.is_literal) => Event::Text("]]".into()),
            event => event,
        }
    }

    /// The last words of a heading, without the attributes at their end.
    fn heading_end<'a>(&mut self, words: CowStr<'a>) -> Event<'a> {
        let Some((start, name)) = attributes::at_end(&words, self.settings.dialect) else { return Event::Text(words) };
        self.builder.name_heading(name.unwrap_or_default());
        Event::Text(words[..start].trim_end().to_owned().into())
    }

    fn line_end(&mut self) {
        self.words.line_end();
        if self.settings.line_ends == LineEnds::Kept {
            self.builder.hard_break();
        } else {
            self.builder.soft_break();
        }
    }

    fn text(&mut self, words: &str, calls: &[Call]) {
        for piece in shortcode::pieces(words) {
            match piece {
                Piece::Words(words) if self.builder.is_code() => self.builder.code(words),
                Piece::Words(words) => self.builder.text(words),
                Piece::Call(index) => {
                    if let Some(call) = calls.get(index) {
                        self.call(call, calls);
                    }
                }
            }
        }
    }

    fn inline_code(&mut self, code: &str, calls: &[Call]) {
        let face = Face { role: Role::Code, ..self.builder.face() };
        for piece in shortcode::pieces(code) {
            match piece {
                Piece::Words(words) => self.builder.verbatim(words, face),
                Piece::Call(index) => {
                    if let Some(call) = calls.get(index) {
                        self.call(call, calls);
                    }
                }
            }
        }
    }
}

/// The start or the end of a pair that a text consists of.
fn lone_part<'a>(event: &Event, calls: &'a [Call]) -> Option<&'a Call> {
    let Event::Text(words) = event else { return None };
    let mut pieces = shortcode::pieces(words.trim());
    match (pieces.next(), pieces.next()) {
        (Some(Piece::Call(index)), None) => calls.get(index).filter(|call| call.alone && call.part != Part::Whole),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Fold, FoldState, Item};
    use super::*;
    use crate::text::Text;
    use crate::text::cjk::{CjkSettings, SoftBreaks};
    use crate::text::markup::{Punctuation, ShortCodes};

    fn folded(fold: Fold) -> &'static str {
        if fold.state == FoldState::Open { "+" } else { "-" }
    }

    /// A document as an outline: one word a block, links as `[words→target]`.
    fn outline(source: &str, settings: MarkupSettings) -> String {
        let document = read(source, settings);
        let mut shown = blocks(&document, &document.blocks);
        for (index, note) in document.notes.iter().enumerate() {
            shown += &format!(" note{}({})", index + 1, blocks(&document, &note.blocks));
        }
        shown
    }

    fn blocks(document: &Document, list: &[Block]) -> String {
        list.iter().map(|block| one(document, block)).collect::<Vec<_>>().join(" ")
    }

    fn one(document: &Document, block: &Block) -> String {
        let text = |text: &Text| inline(document, text);
        let inner = |list: &[Block]| blocks(document, list);
        match block {
            Block::Heading { level, id, text: words } => format!("h{level}#{id}({})", text(words)),
            Block::Paragraph(words) => format!("p({})", text(words)),
            Block::Code { label, title, text: words, .. } => format!("code:{label}:{title}({})", text(words)),
            Block::Quote { blocks } => format!("quote({})", inner(blocks)),
            Block::Alert { kind, title, blocks, fold, .. } => {
                format!("{kind:?}{}[{}]({})", fold.map_or("", folded), text(title), inner(blocks))
            }
            Block::List { start, tight, items } => {
                let items = items.iter().map(|Item { task, blocks }| match task {
                    Some(ticked) => format!("{ticked}:{}", inner(blocks)),
                    None => inner(blocks),
                });
                let kind = start.map_or("ul".to_owned(), |start| format!("ol{start}"));
                format!("{kind}{}({})", if *tight { "" } else { "-loose" }, items.collect::<Vec<_>>().join("; "))
            }
            Block::Table(table) => {
                let row = |cells: &Vec<Text>| cells.iter().map(text).collect::<Vec<_>>().join("|");
                format!(
                    "table({} / {})",
                    row(&table.header),
                    table.rows.iter().map(row).collect::<Vec<_>>().join(" / ")
                )
            }
            Block::Definitions(list) => {
                let one = |definition: &super::super::Definition| {
                    let terms = definition.terms.iter().map(text).collect::<Vec<_>>().join(",");
                    format!(
                        "{terms}: {}",
                        definition.meanings.iter().map(|blocks| inner(blocks)).collect::<Vec<_>>().join("; ")
                    )
                };
                format!("dl({})", list.iter().map(one).collect::<Vec<_>>().join(" / "))
            }
            Block::Image { text: words, caption } => format!("image({}{})", text(words), inner(caption)),
            Block::Card { service, text: words, detail, .. } => {
                format!("card({service} {} {})", text(words), text(detail))
            }
            Block::Details { summary, blocks, fold } => {
                format!("details{}({}: {})", folded(*fold), text(summary), inner(blocks))
            }
            Block::Rule => "rule".to_owned(),
        }
    }

    fn inline(document: &Document, text: &Text) -> String {
        let mut shown = String::new();
        let runs: Vec<_> = text.runs().collect();
        for (index, (range, face)) in runs.iter().enumerate() {
            let words = &text.as_str()[range.clone()];
            let mut words = words.replace('\n', "⏎");
            if face.strong {
                words = format!("**{words}**");
            }
            if face.emphasis {
                words = format!("_{words}_");
            }
            if face.strike {
                words = format!("~{words}~");
            }
            if face.role == Role::Code {
                words = format!("`{words}`");
            }
            let before = index.checked_sub(1).and_then(|before| runs[before].1.link);
            let after = runs.get(index + 1).and_then(|(_, face)| face.link);
            if face.link.is_some() && before != face.link {
                shown.push('[');
            }
            shown += &words;
            if let Some(id) = face.link
                && after != face.link
            {
                shown += &match document.link(id).map(|link| &link.target) {
                    Some(Target::Url(url)) => format!("→{url}]"),
                    Some(Target::Page(path)) => format!("→page:{path}]"),
                    Some(Target::Note(index)) => format!("→note{}]", index + 1),
                    other => format!("→{other:?}]"),
                };
            }
        }
        shown
    }

    fn check(source: &str, expected: &str) {
        assert_eq!(outline(source, MarkupSettings::default()), expected, "\n{source}");
    }

    fn check_in(dialect: Dialect, source: &str, expected: &str) {
        assert_eq!(outline(source, MarkupSettings { dialect, ..MarkupSettings::default() }), expected, "\n{source}");
    }

    fn check_set(soft_breaks: SoftBreaks, escaped_space: EscapedSpace, source: &str, expected: &str) {
        let cjk = CjkSettings { soft_breaks, escaped_space };
        let settings = MarkupSettings { cjk, ..MarkupSettings::default() };
        assert_eq!(outline(source, settings), expected, "\n{source} {cjk:?}");
    }

    #[test]
    fn blocks_of_commonmark() {
        check("# 題 A\n\n本文", "h1#題-a(題 A) p(本文)");
        check("題\n===\n\n## x\n## x", "h1#題(題) h2#x(x) h2#x-1(x)");
        check("## 設定 {#conf}", "h2#conf(設定)");
        check("## 設定 {class=x}", "h2#設定(設定)");
        check("## 設定 {a 表} #\n\n## x {y z} b", "h2#設定-a-表(設定 {a 表}) h2#x-y-z-b(x {y z} b)");
        check("a\n\n---\n\nb", "p(a) rule p(b)");
        check("> a\n> > b", "quote(p(a) quote(p(b)))");
        check("```go:main.go\nfunc\n```", "code:go:main.go(`func`)");
        check("~~~\na\n\n  b\n~~~", "code::(`a⏎⏎  b`)");
        check("    a\tb", "code::(`a   b`)");
        check("```\nnever closed", "code::(`never closed`)");
    }

    #[test]
    fn lists() {
        check("- a\n- b\n  - c", "ul(p(a); p(b) ul(p(c)))");
        check("3. a\n4. b", "ol3(p(a); p(b))");
        check("- a\n\n- b", "ul-loose(p(a); p(b))");
        check("- [x] a\n- [ ] b", "ul(true:p(a); false:p(b))");
        check("- a\n\n  b", "ul-loose(p(a) p(b))");
    }

    #[test]
    fn inlines() {
        check("*a* **b** ~~c~~ `d`", "p(_a_ **b** ~c~ `d`)");
        check("[**a** b](https://x.example/)", "p([**a** b→https://x.example/])");
        check(
            "<https://x.example/> <me@x.example>",
            "p([https://x.example/→https://x.example/] [me@x.example→mailto:me@x.example])",
        );
        check("詳細は https://x.example/a。", "p(詳細は [https://x.example/a→https://x.example/a]。)");
        check("a ![alt](p.png) b", "p(a [▣ alt→p.png] b)");
        check("![a](p.png)b", "p([▣ a→p.png] b)");
        check("![a](p.png)", "image([▣ a→p.png])");
        check("[![a](p.png)](https://x.example)", "image([▣ a→https://x.example])");
        check("![](/a/p.png)", "image([▣ p.png→/a/p.png])");
        check("&lt;&#27;[31m", "p(<\u{241b}[31m)");
        check("a  \nb\\\nc", "p(a⏎b⏎c)");
    }

    #[test]
    fn soft_breaks() {
        check("日本\n語", "p(日本語)");
        check("です。\n*次*", "p(です。_次_)");
        check("a\nb", "p(a b)");
        check("한국\n어", "p(한국 어)");
        check("one\u{200b}\ntwo", "p(onetwo)");
        check("one\n\u{200b}two", "p(onetwo)");
        check("Go と Rust の話\nGo", "p(Go と Rust の話 Go)");
        check("GoとRustの話\nGo", "p(GoとRustの話Go)");
        check("した[^1]\n次\n\n[^1]: n", "p(した[[1]→note1]次) note1(p(n))");
    }

    #[test]
    fn a_site_may_set_its_soft_breaks() {
        let source = "私は。\n東京\nGo a\n**b**";
        for (soft_breaks, expected) in [
            (SoftBreaks::Own, "p(私は。東京Go a **b**)"),
            (SoftBreaks::Spaces, "p(私は。 東京 Go a **b**)"),
            (SoftBreaks::Simple, "p(私は。東京 Go a **b**)"),
            (SoftBreaks::Css3Draft, "p(私は。東京Go a **b**)"),
        ] {
            check_set(soft_breaks, EscapedSpace::Shown, source, expected);
        }
    }

    #[test]
    fn a_site_may_hide_escaped_spaces() {
        for (source, hidden, shown) in [
            ("は\\ **「x」**\\ と", "p(は**「x」**と)", "p(は\\ **「x」**\\ と)"),
            ("は\\ **日(a)**\\ と", "p(は**日(a)**と)", "p(は\\ **日(a)**\\ と)"),
            ("`a\\ b` c\\ d", "p(`a\\ b` cd)", "p(`a\\ b` c\\ d)"),
            ("```\na\\ b\n```\n\n<b>c\\ d</b>", "code::(`a\\ b`) p(**cd**)", "code::(`a\\ b`) p(**c\\ d**)"),
            ("a\\\\ b", "p(a\\ b)", "p(a\\ b)"),
            ("[a](<b\\ c>)", "p([a→b\\ c])", "p([a→b\\ c])"),
            ("一\\ \n二", "p(一\\ 二)", "p(一\\ 二)"),
            ("{{< tip >}}\n一\\ 二\n{{< /tip >}}", "Tip[](p(一二))", "Tip[](p(一\\ 二))"),
        ] {
            check_set(SoftBreaks::Own, EscapedSpace::Hidden, source, hidden);
            check_set(SoftBreaks::Own, EscapedSpace::Shown, source, shown);
        }
    }

    #[test]
    fn emphasis_beside_cjk() {
        check("**「強調」**です", "p(**「強調」**です)");
        check("これは**「強調」**。~~「消」~~と`**「a」**`", "p(これは**「強調」**。~「消」~と`**「a」**`)");
        check("[**「あ」**い](/x**「あ」**い)", "p([**「あ」**い→/x**「あ」**い])");
        check("```\n**「a」**い\n```", "code::(`**「a」**い`)");
        check("## **「題」**だ", "h2#題だ(**「題」**だ)");
    }

    #[test]
    fn footnotes_follow_their_first_reference() {
        check(
            "a[^b] c[^a] d[^b]\n\n[^a]: one\n[^b]: two\n[^z]: none",
            "p(a[[1]→note1] c[[2]→note2] d[[1]→note1]) note1(p(two)) note2(p(one))",
        );
        check("a[^x]", "p(a[^x])");
    }

    #[test]
    fn extensions() {
        check("|a|b|\n|-|-:|\n|c|d|", "table(a|b / c|d)");
        check("> [!NOTE]\n> a", "Note[](p(a))");
        check("> [!WARNING] 題つき\n> 本文\n> 続き", "Warning[題つき](p(本文続き))");
        check("> [!tip]- **t**\n>\n> a", "Tip-[**t**](p(a))");
        check("> [!x] a\n> b", "Note[a](p(b))");
        check("用語\n: 意味", "dl(用語: p(意味))");
    }

    #[test]
    fn html_becomes_the_same_blocks() {
        check("<div>\na <b>b</b><br>c\n</div>", "p(a **b**⏎c)");
        check("<details><summary>s</summary>\n\n*x*\n\n</details>\n\ny", "details-(s: p(_x_)) p(y)");
        check("<details open><summary>s</summary>x</details>", "details+(s: p(x))");
        check("a<script>alert(1)</script>b", "p(ab)");
        check("<!-- hidden\n\nstill --> a", "p(a)");
        check("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "table(a|b / c|d)");
        check(
            "<table><tr><td colspan=2>a<td>b<tr><td rowspan=3>c<td>d<td>e<tr><td>f<td>g<tr><td colspan=2>h</table>",
            "table( / a||b / c|d|e / |f|g / |h|)",
        );
        check("<table>a<tr>b<td>c</td>d</table>e", "p(a) table( / b|c|d) p(e)");
        check("<table><tr><td rowspan=2>a<td rowspan=2>b<tr></table>", "table( / a|b / |)");
        check("<ul><li>a<li>b</ul>", "ul(p(a); p(b))");
        check("<a href=\"/x\"><img src=p.png alt=q></a>", "image([▣ q→/x])");
        check("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "p(漢字（かんじ）)");
        check("<ruby>漢<rp>(<rt>かん<rp>)</ruby>字", "p(漢（かん）字)");
        check("<select>\n<option>a\n<option>b\n</select>\n\n次", "p(次)");
        check(
            "<video controls><source src=/a.mp4><source src=/a.webm></video>\n\n次",
            "card(embed [/a.mp4→/a.mp4] ) p(次)",
        );
        check("<p>a\n<p>b", "p(a) p(b)");
        check("10<sup>6</sup>、x<sup>-1</sup>、1<sup>st</sup>、。<sup>1</sup>", "p(10^6、x^-1、1st、。1)");
        check("x<br>y<br/>z", "p(x⏎y⏎z)");
        check("</div></b></p>a", "p(a)");
        check("<pre>a\n  b</pre>", "code::(`a⏎  b`)");
        check("<table><tr><td><pre>a\n\nb\nc</pre></td></tr>\n</table>", "table( / `a⏎`⏎`b⏎c`)");
        check("a <head> b", "p(a b)");
        check("<div><a href=https://x.example/></a></div>", "card( [https://x.example/→https://x.example/] )");
        check("<a href=/b></a><a name=c></a>d", "p(d)");
        check("<a href=https://x.example/>\n<div>b</div>\n</a>", "p([b→https://x.example/])");
    }

    #[test]
    fn shortcodes_have_their_meaning() {
        check(
            "{{< slideshare \"k\" \"u/s\" \"T\" \"@a\" >}}",
            "card(SlideShare [T→https://www.slideshare.net/u/s] @a)",
        );
        check("これは {{< youtube abc >}} です", "p(これは [YouTube→https://www.youtube.com/watch?v=abc] です)");
        check("[a]({{< ref \"post/x.md\" >}})", "p([a→page:post/x.md])");
        check("{{< figure src=\"a.png\" alt=\"A\" caption=\"*c*\" >}}", "image([▣ A→a.png]p(_c_))");
        check("{{% note %}}\n**a**\n{{% /note %}}", "Note[](p(**a**))");
        check("{{% x %}}\n**a**\n{{% /x %}}", "p(**a**)");
        check("{{% alert warning T %}}\n- a\n{{% /alert %}}\n\nb", "Warning[T](ul(p(a))) p(b)");
        check("{{< admonition tip \"a **b**\" >}}c{{< /admonition >}}", "Tip[a **b**](p(c))");
        check("{{< details \"*s*\" >}}\na\n{{< /details >}}", "details-(_s_: p(a))");
        check("{{% details %}}\n[a][b]\n{{% /details %}}\n\n[b]: /c", "details-(Details: p([a→/c]))");
        check("{{< quote author=A >}}\nq\n{{< /quote >}}", "quote(p(q) p(— A))");
        check("{{% quote author=A %}}\nq\n{{% /quote %}}\n\nx", "quote(p(q) p(— A)) p(x)");
        check("a {{< br >}}b {{< link \"https://x.example\" \"c\" >}}", "p(a⏎b [c→https://x.example])");
        check(
            "<iframe src=\"https://x.example/a\">b <i>c</i></iframe> d",
            "card(x.example [https://x.example/a→https://x.example/a] ) p(d)",
        );
        check("{{< blogcard \"/post/x\" >}}", "p([/post/x→/post/x])");
        check(
            "{{< tabs >}}\n{{< tab x >}}\na\n{{< /tab >}}\n{{< tab y >}}b{{< /tab >}}\n{{< /tabs >}}",
            "p(**x**) p(a) p(**y**) p(b)",
        );
        check("a {{< button href=/b >}}c{{< /button >}}", "p(a [c→/b])");
        check("{{< stackblitz https://x.example/a >}}", "card(x.example [https://x.example/a→https://x.example/a] )");
        check("{{< rawhtml >}}<b>x</b>{{< /rawhtml >}}", "p(**x**)");
        check("a {{< hl >}}**x**{{< /hl >}} b", "p(a **x** b)");
        check("{{< tip >}}\n一\n\n- x\n{{< /tip >}}", "Tip[](p(一) ul(p(x)))");
        check("{{< foo bar >}}", "p(foo bar)");
        check(
            "{{< foo https://a.example https://b.example >}}",
            "p(foo [https://a.example→https://a.example] [https://b.example→https://b.example])",
        );
        check("`{{</* x */>}}`", "p(`{{< x >}}`)");
        check("{{< highlight go >}}\nfunc\n{{< /highlight >}}", "code:go:(`func`)");
    }

    #[test]
    fn foreign_marks_have_their_meaning() {
        check(":::message alert\n**a**\n:::\nb", "Warning[](p(**a**)) p(b)");
        check("::::details T\n:::message\na\n:::\n::::", "details-(T: Note[](p(a)))");
        check(":::note info\na\n:::", "Note[](p(a))");
        check("@[card](https://x.example/a)", "card(x.example [https://x.example/a→https://x.example/a] )");
        check(
            "@[youtube](abc)",
            "card(YouTube [https://www.youtube.com/watch?v=abc→https://www.youtube.com/watch?v=abc] )",
        );
        check("{% highlight ruby %}\n{{ x }}\n{% endhighlight %}", "code:ruby:(`{{ x }}`)");
        check("{% note danger %}\n*a*\n{% endnote %}", "Caution[](p(_a_))");
        check("# a\n{: .b}\n\nc", "h1#a(a) p(c)");
    }

    #[test]
    fn formulas_are_shown_in_unicode_where_the_post_has_them() {
        check("$x^2$ は $\\alpha_{1}$", "p(x² は α₁)");
        check("$$\n\\frac{1}{2}\n$$", "p(1/2)");
        check("a $$x_{i}$$ b", "p(a⏎xᵢ⏎b)");
        check("a $$x^2$$ b", "p(a⏎x²⏎b)");
        check("a $$ b $$", "p(a $$ b $$)");
        check("$\\nosuch$", "p(`\\nosuch`)");
        check("$5 and $10", "p($5 and $10)");
        check("$\\pi$ for $5 or 6$ and \\(n\\)", "p(π for $5 or 6$ and n)");
        check("\\(n\\)", "p((n))");
    }

    #[test]
    fn a_line_ends_where_its_program_ends_it() {
        check("日\n本", "p(日本)");
        let settings = MarkupSettings { line_ends: LineEnds::Kept, ..MarkupSettings::default() };
        assert_eq!(outline("日\n本", settings), "p(日⏎本)");
    }

    #[test]
    fn words_in_braces_end_a_heading() {
        check("## a {#b}\n## `c` {.d}\n## e/{f}\n## 変数 ${X}", "h2#b(a) h2#c(`c`) h2#ef(e/{f}) h2#変数-x(変数 ${X})");
        check_in(Dialect::Zenn, "## a {#b}", "h2#a-b(a {#b})");
    }

    #[test]
    fn a_blank_follows_the_mark_of_a_note() {
        check("[^1] a\n\n[^1]: b", "p([[1]→note1] a) note1(p(b))");
    }

    #[test]
    fn shortcodes_are_words_where_another_program_is_known() {
        for dialect in [Dialect::Zenn, Dialect::Qiita, Dialect::Obsidian, Dialect::Zola, Dialect::Hexo, Dialect::Jekyll]
        {
            check_in(dialect, "`{{< a >}}` {{% b %}}", "p(`{{< a >}}` {{% b %}})");
            check_in(dialect, "```\n{{< a >}}\n```", "code::(`{{< a >}}`)");
        }
        check_in(Dialect::Zenn, "::::message\n:::message\n{{< a >}}\n:::\n::::", "Note[](Note[](p({{< a >}})))");
    }

    #[test]
    fn formulas_of_kramdown_may_stand_in_a_sentence() {
        check_in(Dialect::Jekyll, "a $$x^2$$ b\n\n$$y^2$$ c\n\n$$z^2$$\n\nd", "p(a x² b) p(y² c) p(z²) p(d)");
        check_in(Dialect::Unknown, "a $$x^2$$ b", "p(a⏎x²⏎b)");
    }

    #[test]
    fn wikilinks_lead_to_pages() {
        check(
            "[[A B]] [[A#c|d]] ![[p.png|300]] ![[A]]",
            "p([A B→page:A B] [d→page:A#c] [▣\u{a0}p.png→p.png] [A→page:A])",
        );
        check("a [[1]](https://x.example)", "p(a [[1]→https://x.example])");
        check_in(Dialect::Hugo, "[[A]]", "p([[A]])");
        check(
            "df[[\"a\"]] [[ -f x ]] [[1]] [[*a*|b]] [[a=1|*b*]]",
            "p(df[[\"a\"]] [[ -f x ]] [[1]] [b→page:*a*] [[a=1|_b_]])",
        );
    }

    #[test]
    fn a_site_may_set_its_words() {
        let settings = MarkupSettings {
            punctuation: Punctuation::Typographic,
            emoji: ShortCodes::Emoji,
            attributes: BlockAttributes::Hidden,
            ..MarkupSettings::default()
        };
        for (source, expected) in [
            ("\"a\" 'b' it's -- --- ... << >>", "p(“a” ‘b’ it’s – — … « »)"),
            ("`--` https://x.example/a--b", "p(`--` [https://x.example/a--b→https://x.example/a--b])"),
            ("> a\n{.b}\n\n:tada: `:tada:`", "quote(p(a)) p(🎉 `:tada:`)"),
            ("[a](/b--c) <b title=\"x--y\">--</b>", "p([a→/b--c] **–**)"),
            ("# a -- `b` :tada:\nc", "h1#a----b-tada(a – `b` 🎉) p(c)"),
            ("# a – b {#x}\n# a – b", "h1#x(a – b) h1#a--b(a – b)"),
        ] {
            assert_eq!(outline(source, settings), expected, "\n{source}");
        }
    }

    fn has_notice(source: &str) -> bool {
        !read(source, MarkupSettings::default()).notices.is_empty()
    }

    #[test]
    fn walls_of_markers_are_shown_plainly() {
        for source in ["> ".repeat(5_000), "- ".repeat(200) + "a", "1. ".repeat(200) + "a", "[a](b \"".repeat(5_000)] {
            assert!(has_notice(&source), "{}", &source[..20]);
        }
        let wall = "> ".repeat(5_000);
        assert!(has_notice(&format!("{{{{< tip >}}}}\n{wall}\n{{{{< /tip >}}}}")), "inside a shortcode");
        assert!(has_notice(&format!("{}a", "[a]{{< /x >}}(b \"".repeat(5_000))), "brought together");
        for source in ["-".repeat(500), "* ".repeat(500), "> ".repeat(20) + "a"] {
            assert!(!has_notice(&source));
        }
    }
}
