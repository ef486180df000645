//! What stands between the Markdown: raw HTML and shortcodes.

use std::borrow::Cow;

use super::super::builder::{Element, Opener, Style};
use super::super::embed::{self, Card, Figure, Meaning};
use super::super::shortcode::{self, Call, Markup, Part};
use super::super::templated::Shown;
use super::super::{Block, LinkKind, Target, html, math};
use super::addresses::{destination, without_calls};
use super::fences::LONGEST_LABEL;
use super::held::dedented;
use super::{Gathered, Reader};
use crate::text::{Clean, Face, Role, Text};

/// How deep shortcodes may hold Markdown or HTML that holds shortcodes.
const DEEPEST_INNER: usize = 8;

impl Reader<'_> {
    pub(super) fn html(&mut self, source: &str, calls: &[Call]) {
        let mut is_frame = false;
        for piece in html::pieces(source) {
            // What stands in a frame is for browsers that know none.
            let is_fallback = std::mem::replace(&mut is_frame, false) && matches!(piece, html::Piece::Text(_));
            match piece {
                html::Piece::Text(_) if is_fallback => {}
                html::Piece::Start(tag) => {
                    is_frame = tag.name == "iframe";
                    self.start_tag(&tag, calls);
                }
                html::Piece::End(name) => self.end_tag(&name),
                html::Piece::Text(words) if self.builder.is_code() => self.text(&words, calls),
                html::Piece::Text(words) => self.html_text(&words, calls),
            }
        }
    }

    /// The text of HTML: a line end in it is what a line end in Markdown is.
    fn html_text(&mut self, words: &str, calls: &[Call]) {
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 {
                self.builder.soft_break();
            }
            self.text(if index > 0 { line.trim_start() } else { line }, calls);
        }
    }

    fn start_tag(&mut self, tag: &html::Tag, calls: &[Call]) {
        let (ended, within) = html::implied_ends(&tag.name);
        for name in ended {
            if self.builder.has_open_html(&[name], within) {
                self.end_tag(name);
            }
        }
        let attribute = |name| without_calls(tag.attribute(name).unwrap_or_default());
        let is_media = self.builder.has_open_html(&["video", "audio"], &[]);
        match tag.name.as_str() {
            "br" => self.builder.hard_break(),
            "hr" => self.builder.block(Block::Rule),
            "img" => {
                let source = self.address(tag.attribute("src").unwrap_or_default(), calls);
                let target = destination(&source, calls);
                self.image(&attribute("alt"), target);
            }
            "input" if tag.attribute("type") == Some("checkbox") => {
                let mark = if tag.attribute("checked").is_some() { "☑ " } else { "☐ " };
                self.builder.verbatim(mark, Face::FURNITURE);
            }
            "iframe" | "video" | "audio" | "embed" | "object" | "source" if tag.name != "source" || is_media => {
                let source = tag.attribute("src").or(tag.attribute("data")).unwrap_or_default();
                self.builder.close_html("video");
                self.builder.close_html("audio");
                let is_player = matches!(tag.name.as_str(), "video" | "audio" | "source");
                if !source.is_empty() {
                    let source = self.address(source, calls);
                    self.card(&embed::frame(&source, &attribute("title")));
                    if is_player {
                        self.builder.open(Element::Hidden, Opener::Html(html::FALLBACK.to_owned()));
                    }
                } else if is_player {
                    // Its first source says where it is.
                    self.builder.open(Element::Inline(Style::Plain), Opener::Html(tag.name.clone()));
                }
            }
            _ => {
                match tag.name.as_str() {
                    "a" => self.anchor = self.builder.extent(),
                    "ruby" => self.ruby = self.builder.text_len(),
                    "sup" => self.raised = self.builder.text_len(),
                    "rt" => return self.open_reading(),
                    _ => {}
                }
                if let Some(element) = html::element(tag) {
                    let element = self.with_address(element, calls);
                    self.builder.open(element, Opener::Html(tag.name.clone()));
                }
            }
        }
    }

    fn end_tag(&mut self, name: &str) {
        match name {
            "br" => return self.builder.hard_break(),
            "sup" => self.builder.raise(self.raised),
            _ => {}
        }
        for inside in html::ended_with(name) {
            self.end_tag(inside);
        }
        let face = self.builder.face();
        let extent = self.builder.extent();
        let is_empty = name == "a" && extent == self.anchor && extent.1 == 0;
        if is_empty && let Some(Target::Url(address)) = face.link.and_then(|link| self.builder.target(link)) {
            // A script would have put a card in its place.
            let card = embed::page(&address.clone());
            self.builder.close_html(name);
            return card.iter().for_each(|card| self.card(card));
        }
        if self.builder.close_html(name) && name == "rt" {
            self.builder.verbatim("）", face);
            self.ruby = self.builder.text_len();
        }
    }

    fn open_reading(&mut self) {
        let face = self.builder.ruby_face(self.ruby);
        self.builder.open(Element::Inline(Style::Role(face.role)), Opener::Html("rt".to_owned()));
        self.builder.verbatim("（", face);
    }

    pub(super) fn call(&mut self, call: &Call, calls: &[Call]) {
        if call.markup == Markup::Made {
            return self.made(call, calls);
        }
        // Of a pair whose text stays in the page, the site's template was asked when it was taken out.
        let is_whole = call.part == Part::Whole;
        if self.builder.is_code() {
            let made = if is_whole { self.templates.words(call) } else { None };
            let words = made.or_else(|| call.inner.as_deref().map(shortcode::words_inside));
            return self.builder.code(&words.unwrap_or_else(|| label(call)));
        }
        if call.part == Part::End {
            return self.end_of_pair(&call.name);
        }
        let shown = if is_whole && self.depth < DEEPEST_INNER { self.templates.shown(call) } else { None };
        match shown {
            Some(shown) => self.shown(shown),
            None => self.meant(call),
        }
    }

    /// What the site's template made of a call.
    fn shown(&mut self, shown: Shown) {
        match shown {
            Shown::Html { text, calls, frame } => {
                self.depth += 1;
                self.templates.enter(frame);
                self.html(&text, &calls);
                self.templates.leave();
                self.depth -= 1;
            }
            Shown::Script(source) => self.card(&embed::frame(&source, "")),
            Shown::Nothing => {}
        }
    }

    /// Markdown that a template made. Lines that a blank one parts are paragraphs of their own.
    fn made(&mut self, call: &Call, calls: &[Call]) {
        let text = call.inner.as_deref().unwrap_or_default().trim();
        if self.depth >= DEEPEST_INNER || !self.templates.afford(text) {
            self.is_plain = true;
            return;
        }
        self.depth += 1;
        let (text, has_formulas) = math::prepared(Cow::Borrowed(text), self.settings);
        let is_inline = !text.contains("\n\n");
        self.extracted(&text, calls, Gathered { is_inline, has_formulas, ..Gathered::default() });
        self.depth -= 1;
    }

    /// What a call is known for by its name.
    fn meant(&mut self, call: &Call) {
        match embed::meaning(call) {
            Meaning::Card(card) if call.alone => self.card(&card),
            Meaning::Card(card) => self.card_in_text(&card),
            Meaning::Figures(figures) => figures.iter().for_each(|figure| self.figure(figure)),
            Meaning::Link { target, .. } if call.part == Part::Start => {
                self.builder.open(Element::Inline(Style::Link(target)), Opener::Html(call.name.clone()));
            }
            Meaning::Link { target, label } if call.alone && call.inner.is_none() => {
                self.builder.open(Element::Paragraph, Opener::Html("p".to_owned()));
                self.link(target, &label);
                self.builder.close_html("p");
            }
            Meaning::Link { target, label } => self.link(target, &label),
            Meaning::Code { language, title, code } => self.code(&language, &title, &code),
            Meaning::Details { summary, state, body } => self.details(call, &summary, state, body.as_deref()),
            Meaning::Notice { kind, title, body } => {
                self.titled(
                    call,
                    Element::Alert { kind, mark: Clean::default(), title: Text::default() },
                    &title,
                    body.as_deref(),
                );
            }
            Meaning::Quote { body, credit } => self.quoted(call, &credit, body.as_deref()),
            Meaning::Tab { label, body } => self.tab(call, &label, body.as_deref()),
            Meaning::Ruby { base, reading } => self.ruby(&base, &reading),
            Meaning::Formula(source) => self.typeset(&source, call),
            Meaning::Inner { text, is_html: true } => self.inner(&text, Self::raw),
            Meaning::Inner { text, .. } if call.alone || text.contains('\n') => {
                self.inner(dedented(&text).trim_matches('\n'), Self::markdown);
            }
            Meaning::Inner { text, .. } => self.inner(&text, Self::inline_markdown),
            Meaning::Reference(target) => self.link(target, ""),
            Meaning::Boundary | Meaning::Nothing => {}
            Meaning::Unknown => self.unknown(call),
        }
    }

    fn link(&mut self, target: Target, label: &str) {
        let address = match &target {
            Target::Url(address) | Target::Page(address) => address.clone(),
            Target::Note(_) | Target::NoteMark(_) | Target::Fold => String::new(),
        };
        self.builder.open(Element::Inline(Style::Link(target)), Opener::Html("a".to_owned()));
        self.inner(if label.is_empty() { &address } else { label }, Self::inline_markdown);
        self.builder.close_html("a");
    }

    /// Reads the source inside a shortcode, unless shortcodes are nested too deep: then it is shown as it stands.
    pub(super) fn inner(&mut self, source: &str, read: fn(&mut Self, &str)) {
        if self.depth >= DEEPEST_INNER {
            return self.builder.text(source);
        }
        self.depth += 1;
        read(self, source);
        self.depth -= 1;
    }

    fn raw(&mut self, source: &str) {
        let (source, calls) = self.templates.extract(source);
        self.html(&source, &calls);
    }

    fn card(&mut self, card: &Card) {
        let link = self.builder.add_link(Target::Url(card.target.clone()), LinkKind::Card);
        let title = if card.title.is_empty() { card.target.as_str() } else { card.title.as_str() };
        let text = Text::new(title, Face { link: Some(link), ..Face::default() });
        let detail = Text::new(&card.author, Face::of(Role::Detail));
        self.builder.block(Block::Card { service: Clean::cut(&card.service, 80), text, detail, link });
    }

    /// An embed in the middle of a sentence is a labelled link.
    fn card_in_text(&mut self, card: &Card) {
        let link = self.builder.add_link(Target::Url(card.target.clone()), LinkKind::Card);
        let face = Face { link: Some(link), ..self.builder.face() };
        // Of a file of the site there is but its name.
        let file = if card.service == "embed" { file_name(&card.target) } else { card.author.as_str() };
        let title = if card.title.is_empty() { file } else { card.title.as_str() };
        let words = [card.service.as_str(), title]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(": ");
        self.builder.verbatim(&words, face);
    }

    /// A picture of Markdown; in Obsidian also a page, taken in whole, of which there is a link here.
    pub(super) fn picture(&mut self, label: &str, target: Target) {
        const PICTURES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];
        let Target::Page(page) = target else { return self.image(label, target) };
        let is_picture =
            page.rsplit_once('.').is_some_and(|(_, kind)| PICTURES.contains(&kind.to_lowercase().as_str()));
        // A number says how wide it is.
        let is_size = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
        match (is_picture, is_size || label == page) {
            (true, true) => self.image("", Target::Url(page)),
            (true, false) => self.image(label, Target::Url(page)),
            (false, _) => self.link(Target::Page(page), label),
        }
    }

    /// A picture, named by its file where it has no description.
    pub(super) fn image(&mut self, label: &str, target: Target) {
        let (url, name) = match &target {
            Target::Url(url) => (url.as_str(), file_name(url).to_owned()),
            _ => ("", String::new()),
        };
        // An address says less than the name at its end.
        let label = if label.trim() == url { "" } else { label };
        self.builder.image(label, &name, target);
    }

    fn figure(&mut self, figure: &Figure) {
        let html_opener = || Opener::Html("figure".to_owned());
        self.builder.open(Element::Figure { caption: Vec::new() }, html_opener());
        let source = Target::Url(figure.source.clone());
        if let Some(link) = &figure.link {
            self.builder.open(Element::Inline(Style::Link(Target::Url(link.clone()))), Opener::Html("a".to_owned()));
            self.image(&figure.label, source);
            self.builder.close_html("a");
        } else {
            self.image(&figure.label, source);
        }
        if !figure.title.is_empty() || !figure.caption.is_empty() {
            self.builder.open(Element::FigureCaption, Opener::Html("figcaption".to_owned()));
            if !figure.title.is_empty() {
                self.builder.open(Element::Paragraph, Opener::Html("p".to_owned()));
                self.builder.text(&figure.title);
                self.builder.close_html("p");
            }
            if !figure.caption.is_empty() {
                self.inner(&figure.caption, Self::markdown);
            }
            self.builder.close_html("figcaption");
        }
        self.builder.close_html("figure");
    }

    fn code(&mut self, language: &str, title: &str, code: &str) {
        let element = Element::code(Clean::cut(language, LONGEST_LABEL), Clean::cut(title, 200));
        self.builder.open(element, Opener::Html("pre".to_owned()));
        self.builder.code(code.trim_matches('\n'));
        self.builder.close_html("pre");
    }

    fn ruby(&mut self, base: &str, reading: &str) {
        let start = self.builder.text_len();
        self.inner(base, Self::raw);
        let face = self.builder.ruby_face(start);
        self.builder.verbatim(&format!("（{reading}）"), face);
    }

    /// A shortcode that is not known: its name and arguments, with every URL in them live.
    fn unknown(&mut self, call: &Call) {
        let words = label(call);
        if !call.alone {
            return self.builder.text(&words);
        }
        self.builder.open(Element::Paragraph, Opener::Html("p".to_owned()));
        self.builder.verbatim(&words, Face::of(Role::Detail));
        self.builder.close_html("p");
    }
}

/// A shortcode as one line: its name and the values of its arguments.
fn label(call: &Call) -> String {
    let values = call.arguments.iter().map(|argument| argument.value.as_str());
    std::iter::once(call.name.as_str()).chain(values).collect::<Vec<_>>().join(" ")
}

/// The last part of a path; of an embedded picture, which has none, nothing.
fn file_name(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    if path.starts_with("data:") { "" } else { path.trim_end_matches('/').rsplit('/').next().unwrap_or(path) }
}
