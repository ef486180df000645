//! Calls whose site has a template for them: what the template makes, and whether that is fit to be read.

use std::borrow::Cow;
use std::sync::Arc;

use super::embed::{self, Meaning};
use super::html;
use super::shortcode::{self, Argument, Call};
use crate::template::placeholder::{UNKNOWN, placeholder, without_forgeries};
use crate::template::{self, Budget, Frame, Host, Made, Output, Store, Stores, Value};

/// How deep calls may stand in the text of calls.
const DEEPEST: usize = 8;

/// Hosts of scripts that show nothing which belongs to the post.
const ADVERTISERS: [&str; 3] = ["googlesyndication.com", "googletagmanager.com", "doubleclick.net"];

/// The templates of a site at work on one post.
pub struct Templates<'a> {
    host: Option<&'a dyn Host>,
    budget: Budget,
    /// The calls around the one that is read.
    parents: Vec<Arc<Frame>>,
    /// What calls have stored in the page.
    page: Store,
}

/// What the template of a call made of it.
pub enum Shown {
    /// HTML, and the calls that it holds.
    Html { text: String, calls: Vec<Call>, frame: Arc<Frame> },
    /// A script or a frame alone, by where it comes from.
    Script(String),
    /// Nothing that a page of text could show.
    Nothing,
}

impl<'a> Templates<'a> {
    #[must_use]
    pub fn new(host: Option<&'a dyn Host>) -> Templates<'a> {
        Templates { host, budget: Budget::default(), parents: Vec::new(), page: Store::new() }
    }

    /// Takes the shortcodes out of a source that comes from a file. A `{{% %}}` call with a template leaves what that made.
    pub fn extract<'s>(&mut self, source: &'s str) -> (Cow<'s, str>, Vec<Call>) {
        let mut calls = Vec::new();
        let text = match without_forgeries(source) {
            Cow::Borrowed(source) => self.inside(source, &mut calls),
            Cow::Owned(source) => self.inside(&source, &mut calls).into_owned().into(),
        };
        (text, calls)
    }

    fn inside<'s>(&mut self, source: &'s str, calls: &mut Vec<Call>) -> Cow<'s, str> {
        shortcode::extract(source, calls, &mut |call, calls| self.expanded(call, calls))
    }

    fn expanded(&mut self, call: &Call, calls: &mut Vec<Call>) -> Option<String> {
        let (text, _) = self.run(call, calls, &mut Store::new())?;
        let look = Look::at(&text);
        let is_better_known = look.is_embed && matches!(embed::meaning(call), Meaning::Card(_));
        (look.is_known && !is_better_known).then(|| text.replace(UNKNOWN, ""))
    }

    /// Runs the template of a call. What it makes beside its text is added to the list, what it tells the call around it to that one's
    /// store.
    fn run(&mut self, call: &Call, calls: &mut Vec<Call>, parent: &mut Store) -> Option<(String, Arc<Frame>)> {
        let template = self.host?.shortcode(&call.name).or_else(|| template::built_in(&call.name))?;
        if self.parents.len() >= DEEPEST || !self.afford(call.inner.as_deref().unwrap_or_default()) {
            return None;
        }
        let argument = |argument: &Argument| (argument.name.clone(), typed(argument));
        let mut frame = Frame {
            name: call.name.clone(),
            arguments: call.arguments.iter().map(argument).collect(),
            inner: None,
            parent: self.parents.last().cloned(),
            ordinal: call.ordinal,
        };
        let mut own = Store::new();
        if let Some(inner) = &call.inner {
            self.parents.push(Arc::new(frame_of(&frame)));
            let inner = self.told(inner, calls, &mut own);
            self.parents.pop();
            frame.inner = Some(inner?);
        }
        let frame = Arc::new(frame);
        let first = calls.len();
        let stores = Stores { own, parent: std::mem::take(parent), page: self.page.clone() };
        let output = template::run(&template, frame.clone(), stores, self.host?, &mut self.budget, first)?;
        let Output { mut text, made, told, page } = output;
        *parent = told;
        self.page = page;
        let mut sources = Vec::new();
        calls.extend(made.into_iter().enumerate().map(|(index, made)| match made {
            Made::Markdown(text) => Call::made(text),
            Made::Reference(path) => Call::reference(path),
            Made::Source(source) => {
                sources.push((first + index, source));
                Call::made(String::new())
            }
        }));
        for (number, source) in sources {
            self.parents.push(frame.clone());
            let source = self.inside(&source, calls);
            self.parents.pop();
            let place = placeholder(number);
            if !self.afford(&source) {
                return None;
            }
            text = text.replacen(&place, source.trim_end(), 1);
        }
        Some((text, frame))
    }

    /// The text inside a call. The calls in it that tell the one around them something are done at once, and so are those with templates
    /// in the outermost one, whose own template reads what they make. The others are done when they are read: each once.
    fn told(&mut self, inner: &str, calls: &mut Vec<Call>, store: &mut Store) -> Option<String> {
        let first = calls.len();
        let mut inner = self.inside(inner, calls).into_owned();
        for number in first..calls.len() {
            let place = placeholder(number);
            let call = calls[number].clone();
            let tells = |name: &str| self.host.and_then(|host| host.shortcode(name)).is_some_and(|it| it.tells_parent);
            if inner.contains(&place) && tells(&call.name) {
                let (text, _) = self.run(&call, calls, store)?;
                inner = inner.replace(&place, &text);
            } else if self.parents.len() == 1
                && inner.contains(&place)
                && let Some(text) = self.expanded(&call, calls)
            {
                inner = inner.replace(&place, &text);
            }
        }
        Some(inner)
    }

    /// What is shown of a call; none where it has no template, or one that is not understood, or where what the call is known for
    /// says more.
    pub fn shown(&mut self, call: &Call) -> Option<Shown> {
        let mut calls = Vec::new();
        let (text, frame) = self.run(call, &mut calls, &mut Store::new())?;
        let look = Look::at(&text);
        let is_known_embed = || matches!(embed::meaning(call), Meaning::Card(_));
        if !look.is_known || (look.is_embed || !look.is_visible) && is_known_embed() {
            return None;
        }
        if look.is_visible {
            // Beyond what is left the call is read without its template.
            if !self.afford(&text) {
                return None;
            }
            return Some(Shown::Html { text: text.replace(UNKNOWN, ""), calls, frame });
        }
        let says_nothing = call.arguments.is_empty() && call.inner.as_ref().is_none_or(|inner| inner.trim().is_empty());
        match look.script {
            Some(source) if ADVERTISERS.iter().any(|host| source.contains(host)) => Some(Shown::Nothing),
            Some(source) => Some(Shown::Script(source)),
            // What a script would draw of it is not to be had.
            None if look.is_embed && !says_nothing => None,
            None => Some(Shown::Nothing),
        }
    }

    /// The words of what a template makes, where no tags can stand: in code, and in addresses.
    pub fn words(&mut self, call: &Call) -> Option<String> {
        let (text, _) = self.run(call, &mut Vec::new(), &mut Store::new())?;
        Look::at(&text).is_known.then(|| {
            let words = html::pieces(&text)
                .filter_map(|piece| if let html::Piece::Text(words) = piece { Some(words) } else { None });
            words.collect()
        })
    }

    /// Goes into a call, whose text is read next.
    pub fn enter(&mut self, frame: Arc<Frame>) {
        self.parents.push(frame);
    }

    pub fn leave(&mut self) {
        self.parents.pop();
    }

    /// Takes what reading a text again costs from what is left to the post; says whether there was enough.
    pub fn afford(&mut self, text: &str) -> bool {
        let left = self.budget.bytes.checked_sub(text.len() + 64);
        self.budget.bytes = left.unwrap_or(0);
        left.is_some()
    }
}

/// A frame for the calls inside, which do not see the text that they stand in.
fn frame_of(frame: &Frame) -> Frame {
    Frame {
        name: frame.name.clone(),
        arguments: frame.arguments.clone(),
        inner: None,
        parent: frame.parent.clone(),
        ordinal: frame.ordinal,
    }
}

/// An argument without quotes is a number or a truth value where it looks like one.
fn typed(argument: &Argument) -> Value {
    let value = argument.value.as_str();
    match value {
        "true" | "false" if argument.is_bare => Value::Bool(value == "true"),
        _ if !argument.is_bare || !value.starts_with(|c: char| c.is_ascii_digit() || c == '-') => Value::text(value),
        _ => value
            .parse()
            .map(Value::Int)
            .or_else(|_| value.parse().map(Value::Float))
            .unwrap_or_else(|_| Value::text(value)),
    }
}

/// What there is to see in HTML.
#[derive(Debug, Default)]
struct Look {
    /// Whether nothing that would be seen is unknown.
    is_known: bool,
    /// Whether there are words, links, pictures or frames.
    is_visible: bool,
    /// Whether it is a frame, or has a script that shows something in its place.
    is_embed: bool,
    /// Where the first script comes from.
    script: Option<String>,
}

impl Look {
    fn at(text: &str) -> Look {
        let mut look = Look { is_known: true, ..Look::default() };
        let mut hidden: Option<String> = None;
        for piece in html::pieces(text) {
            match piece {
                html::Piece::Start(tag) => {
                    look.tag(&tag);
                    if hidden.is_none() && matches!(tag.name.as_str(), "script" | "style" | "template" | "svg") {
                        hidden = Some(tag.name);
                    }
                }
                html::Piece::End(name) => hidden = hidden.filter(|open| *open != name),
                html::Piece::Text(words) if hidden.is_none() => {
                    look.is_known &= !words.contains(UNKNOWN);
                    look.is_visible |= !words.trim().is_empty();
                }
                html::Piece::Text(_) => {}
            }
        }
        look
    }

    fn tag(&mut self, tag: &html::Tag) {
        let source = ["src", "href", "data"].iter().find_map(|name| tag.attribute(name)).unwrap_or_default();
        // A place on the page may have a name that is made up.
        let is_place = source.starts_with('#');
        self.is_known &= !source.contains(UNKNOWN) || is_place || tag.name == "script" || tag.name == "link";
        match tag.name.as_str() {
            "script" => {
                self.is_embed = true;
                self.script = self.script.take().or_else(|| tag.attribute("src").map(str::to_owned));
            }
            "iframe" | "embed" | "object" => {
                self.is_embed = true;
                self.is_visible |= !source.is_empty();
            }
            "img" | "video" | "audio" | "source" | "input" | "hr" => self.is_visible = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Document, Target, markdown};
    use super::*;
    use crate::template::{Escaping, Page, Resource, Template};
    use crate::text::markup::MarkupSettings;

    /// A site with one template, for the shortcode `s` and, where they are called, `youtube`, `figure` and `details`.
    struct One(Arc<Template>);

    /// A child of a call that says to it what it holds.
    const TAB: &str = "{{ .Parent.Scratch.Add \"tabs\" (slice (dict \"name\" (.Get 0) \"text\" .Inner)) }}";

    impl Host for One {
        fn shortcode(&self, name: &str) -> Option<Arc<Template>> {
            if name == "tab" {
                return Template::read(TAB, Escaping::Html).map(Arc::new);
            }
            ["s", "youtube", "figure", "details"].contains(&name).then(|| self.0.clone())
        }

        fn partial(&self, _: &str) -> Option<Arc<Template>> {
            None
        }

        fn page(&self) -> Arc<Page> {
            Arc::default()
        }

        fn find_page(&self, _: &str) -> Option<Arc<Page>> {
            None
        }

        fn resources(&self, _: &Page) -> Vec<Resource> {
            Vec::new()
        }

        fn asset(&self, _: &str) -> Option<Resource> {
            None
        }
        fn file(&self, _: &str) -> Option<String> {
            None
        }

        fn content(&self, _: &Resource) -> Option<String> {
            None
        }

        fn raw(&self, _: &Page) -> Option<String> {
            None
        }

        fn pages(&self) -> Option<Arc<Vec<Arc<Page>>>> {
            None
        }

        fn parsed(&self, _: &str) -> Option<Value> {
            None
        }

        fn written(&self, _: &Value, _: &str) -> Option<String> {
            None
        }

        fn site(&self, _: &str) -> Value {
            Value::Nil
        }
    }

    fn document(template: &str, source: &str) -> Document {
        let host = One(Template::read(template, Escaping::Html).unwrap().into());
        markdown::read_with(source, MarkupSettings::default(), Some(&host))
    }

    /// The words of a document with bars between its blocks, and where its links lead.
    fn check(template: &str, source: &str, expected: &str) {
        let document = document(template, source);
        let mut shown = words(&document.blocks);
        for link in &document.links {
            shown += &match &link.target {
                Target::Url(url) => format!(" →{url}"),
                Target::Page(path) => format!(" →page {path}"),
                _ => String::new(),
            };
        }
        assert_eq!(shown, expected, "{template}");
    }

    fn words(blocks: &[Block]) -> String {
        let one = |block: &Block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Code { text, .. } => text.as_str().to_owned(),
            Block::Image { text, caption } => format!("[{}|{}]", text.as_str(), words(caption)),
            Block::Card { service, text, .. } => format!("{{{}|{}}}", &**service, text.as_str()),
            Block::List { items, .. } => {
                format!("({})", items.iter().map(|item| words(&item.blocks)).collect::<Vec<_>>().join("; "))
            }
            Block::Details { summary, blocks, .. } => format!("{}: {}", summary.as_str(), words(blocks)),
            Block::Quote { blocks } => format!("> {}", words(blocks)),
            block => format!("{block:?}"),
        };
        blocks.iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_a_template_makes_is_read_as_html() {
        check("<b>{{ .Get 0 }}</b>", "a {{< s \"<x>\" >}} c", "a <x> c");
        check("<div>{{ .Inner }}</div>", "{{< s >}}*a*{{< /s >}}", "*a*");
        check("<div>{{ .Inner | markdownify }}</div>", "{{< s >}}*a* [b](/c){{< /s >}}", "a b →/c");
        check("<div>{{ .Inner | markdownify }}</div>", "{{< s >}}\n- a\n- b\n{{< /s >}}", "(a; b)");
        check("<blockquote>{{ .Page.RenderString .Inner }}</blockquote>", "{{< s >}}a\n\nb{{< /s >}}", "> a | b");
        check(
            "<details><summary>{{ .Get \"t\" | default \"More\" | markdownify }}</summary>{{ .Inner }}</details>",
            "{{< s >}}x{{< /s >}}",
            "More: x",
        );
        check("<p><a href=\"{{ .Get 0 }}\">{{ .Get 1 }}</a></p>", "{{< s /a b >}}", "b →/a");
        check("<a href=\"{{ relref . (.Get 0) }}\">x</a>", "{{< s a.md >}}", "x →page a.md");
        check(
            "<img src=\"{{ .Get \"src\" }}\" alt=\"{{ md5 \"x\" }}\">",
            "{{< figure src=a.png >}}",
            "[▣\u{a0}a.png|] →a.png",
        );
    }

    #[test]
    fn calls_inside_know_what_is_around_them() {
        check(
            "[{{ with .Inner }}{{ . }}{{ else }}{{ .Parent.Name }}{{ end }}]",
            "{{< s >}}{{< s / >}}{{< /s >}}",
            "[[s]]",
        );
        check("<i>{{ .Inner | markdownify }}</i>", "{{< s >}}a {{< s >}}**b**{{< /s >}}{{< /s >}}", "a b");
        check("{{ .Inner }}{{ .Inner }}", "{{< s >}}a{{< unknown 1 >}}{{< /s >}}", "aunknown 1aunknown 1");
    }

    #[test]
    fn calls_inside_tell_the_one_around_them() {
        check(
            "{{ range .Scratch.Get \"tabs\" }}<p>{{ .name }}: {{ .text | markdownify }}</p>{{ end }}",
            "{{< s >}}\n{{< tab One >}}*a*{{< /tab >}}\n{{< tab Two >}}b {{< s / >}}{{< /tab >}}\n{{< /s >}}",
            "One: a | Two: b",
        );
    }

    #[test]
    fn markdown_calls_leave_markdown_in_the_page() {
        check("**{{ .Get 0 }}**", "a {{% s b %}} c", "a b c");
        check("# {{ .Get 0 }}\n\nx", "{{% s b %}}\n", "b | x");
        check("> {{ .Inner }}", "{{% s %}}*a*{{% /s %}}", "> a");
        check("- x\n- y", "1. a\n\n   {{% s %}}\n", "(a | (x; y))");
        check("{{ md5 \"a\" }}", "{{% s %}}a{{% /s %}}", "a");
    }

    #[test]
    fn what_a_template_makes_stands_before_the_meaning_of_a_name() {
        check("<p>{{ .Inner }}</p>", "{{< details T >}}*a*{{< /details >}}", "*a*");
        check("> {{ .Inner }}", "{{% details T %}}*a*{{% /details %}}", "> a");
        check("{{ md5 \"a\" }}", "{{< details T >}}*a*{{< /details >}}", "T: a");
        check("{{ md5 \"a\" }}", "{{% details T %}}\n*a*\n{{% /details %}}", "T: a");
    }

    #[test]
    fn words_alone_stand_in_code_and_addresses() {
        check("<i>{{ .Get 0 }}</i>", "    {{< s a >}}", "a");
        check("/x/{{ .Get 0 }}/", "[a]({{< s b >}})", "a →/x/b/");
        check("/x/{{ .Get 0 }}/", "<a href=\"{{< s b >}}\">a</a>", "a →/x/b/");
    }

    #[test]
    fn known_embeds_keep_their_cards() {
        let frame = "<div><iframe src=\"https://www.youtube.com/embed/{{ .Get 0 }}\"></iframe></div>";
        check(frame, "{{< youtube abc \"A talk\" >}}", "{YouTube|A talk} →https://www.youtube.com/watch?v=abc");
        check(
            frame,
            "{{< s abc >}}",
            "{YouTube|https://www.youtube.com/watch?v=abc} →https://www.youtube.com/watch?v=abc",
        );
        let script = "<script src=\"https://asciinema.org/a/{{ .Get 0 }}.js\"></script>";
        check(script, "{{< s 1 >}}", "{asciinema.org|https://asciinema.org/a/1.js} →https://asciinema.org/a/1.js");
        let advertisement = "<script src=\"https://pagead2.googlesyndication.com/x.js\"></script><ins></ins>";
        check(advertisement, "{{< s >}}", "");
    }

    #[test]
    fn what_is_not_known_is_shown_as_without_a_template() {
        for template in [
            "{{ getJSON \"https://example.com\" }}",
            "<a href=\"{{ .Page.Store }}\">x</a>",
            "{{ if now }}x{{ end }}",
            "<script>chart({{ .Get 0 }})</script>",
            "{{ errorf \"no\" }}",
        ] {
            check(template, "{{< s 1 2 >}}", "s 1 2");
            check(template, "{{< s a >}}*b*{{< /s >}}", "b");
        }
        check("<i id=\"{{ md5 \"a\" }}\">x</i>", "{{< s >}}", "x");
    }

    #[test]
    fn a_post_is_bounded() {
        let mut nested = "x".to_owned();
        for _ in 0..40 {
            nested = format!("{{{{< s >}}}}{nested}{nested}{{{{< /s >}}}}");
            if nested.len() > 20_000 {
                break;
            }
        }
        for template in ["{{ .Inner }}{{ .Inner }}", "{{ .Inner | markdownify }}{{ .Inner | markdownify }}"] {
            assert!(document(template, &nested).blocks.len() < 1_000_000);
            let calls = "{{< s >}}".repeat(10_000) + &"{{< /s >}}".repeat(10_000);
            assert!(document(template, &calls).blocks.len() < 1_000_000);
        }
    }
}
