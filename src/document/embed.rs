//! What shortcodes and embedded frames mean: cards, figures, notices, code, links inside the site.

mod card;
mod themes;

use url::Url;

use super::shortcode::{Call, Markup, Part, words_inside};
use super::{FoldState, Target, notice};
use crate::text::Alert;
pub use card::{Card, frame, page};
use card::{card, lone_address};

/// A picture with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    pub source: String,
    pub label: String,
    pub title: String,
    pub caption: String,
    pub link: Option<String>,
}

/// What a shortcode means to a reader. A `body` is the source inside the pair; there is none where it stays in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    Card(Card),
    Figures(Vec<Figure>),
    /// A link inside the site, for the destination of a Markdown link.
    Reference(Target),
    Link {
        target: Target,
        label: String,
    },
    Code {
        language: String,
        title: String,
        code: String,
    },
    Details {
        summary: String,
        state: FoldState,
        body: Option<String>,
    },
    Notice {
        kind: Alert,
        title: String,
        body: Option<String>,
    },
    Quote {
        body: Option<String>,
        credit: String,
    },
    /// One of several tabs, all of which are shown.
    Tab {
        label: String,
        body: Option<String>,
    },
    Ruby {
        base: String,
        reading: String,
    },
    /// A formula in the marks that it was written in, which is never read as Markdown.
    Formula(String),
    /// The text between a pair of tags: as HTML where the name says so, else as Markdown, which most templates make of it.
    Inner {
        text: String,
        is_html: bool,
    },
    /// The start of an unknown pair whose text stays in the page.
    Boundary,
    Nothing,
    /// Not known: a line with its name and arguments.
    Unknown,
}

/// The meaning of a shortcode, by its name.
#[must_use]
pub fn meaning(call: &Call) -> Meaning {
    // What stands in one is a template, and sites do not run those unless they are told to.
    if call.name.ends_with(".inline") {
        return Meaning::Nothing;
    }
    if let Some(card) = card(call) {
        return Meaning::Card(card);
    }
    let has_body = call.inner.is_some() || call.part == Part::Start;
    let known = themes::meaning(call).or_else(|| if has_body { holder(call) } else { None });
    known.or_else(|| single(call)).unwrap_or_else(|| rest(call))
}

/// The meaning of a pair that gives its text a form.
fn holder(call: &Call) -> Option<Meaning> {
    let text = |names: &[&str], index| call.get(names, index).unwrap_or_default().to_owned();
    let body = call.inner.clone();
    let name = call.name.to_lowercase();
    let meaning = match name.as_str() {
        "details" | "expand" | "spoiler" | "collapse" | "hideme" | "fold" | "hidetoggle" | "accordion-item"
        | "accordionitem" => {
            let is_open = call.named("open").or_else(|| call.named("state")).is_some_and(|value| value != "false");
            let is_open = is_open && call.named("closed").is_none_or(|value| value == "false");
            let state = if is_open { FoldState::Open } else { FoldState::Closed };
            Meaning::Details { summary: text(&["summary", "title", "label", "text"], 0), state, body }
        }
        "quote" | "blockquote" | "pullquote" | "epigraph" | "cq" | "centerquote" => {
            let credit = ["author", "source", "cite", "by", "link"].into_iter().filter_map(|name| call.named(name));
            let credit = credit.chain(call.arguments.iter().filter_map(|argument| match &argument.name {
                None => Some(argument.value.as_str()),
                Some(_) => None,
            }));
            let credit: Vec<&str> = credit.filter(|part| !part.is_empty()).collect();
            Meaning::Quote { body, credit: credit.join(", ") }
        }
        "tab" | "tab-item" | "codetab" => Meaning::Tab { label: text(&["name", "header", "title", "label"], 0), body },
        "alert" | "notice" | "admonition" | "callout" | "message" | "hint" | "admonitions" => notice(call),
        name if notice::kind(name).is_some() => notice(call),
        _ => return None,
    };
    Some(meaning)
}

/// A notice whose kind is its name or its first argument, and whose title comes after the kind.
fn notice(call: &Call) -> Meaning {
    let first = call.get(&["type", "kind", "level", "class", "color", "style"], 0);
    let (kind, title_at) = match first.map(|word| (word, notice::kind(word))) {
        Some((_, Some(kind))) => (kind, 1),
        // `alert-warning` of Bootstrap, `is-info` of Bulma.
        Some((word, None)) => (word.rsplit('-').find_map(notice::kind).unwrap_or(named(call)), 0),
        None => (named(call), 0),
    };
    // A word alone is the name of an icon.
    let is_icon = |title: &&str| call.name == "alert" && is_word(title);
    let title = call.named("title").or_else(|| call.positional(title_at).filter(|title| !is_icon(title)));
    let title = title.unwrap_or_default();
    // What comes after the title says how it is shown.
    Meaning::Notice { kind, title: title.to_owned(), body: call.inner.clone() }
}

fn is_word(title: &str) -> bool {
    title.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn named(call: &Call) -> Alert {
    match call.name.as_str() {
        // These say that it is a notice, not which.
        "alert" | "notice" | "admonition" | "callout" | "message" => Alert::Note,
        name => notice::kind(name).unwrap_or(Alert::Note),
    }
}

/// The meaning of a shortcode that is whole by itself, or whose text is no Markdown.
fn single(call: &Call) -> Option<Meaning> {
    let text = |names: &[&str], index| call.get(names, index).unwrap_or_default().to_owned();
    let inner = || call.inner.as_deref().map(words_inside);
    let meaning = match call.name.to_lowercase().as_str() {
        "figure" | "img" | "image" | "picture" | "photo" | "asset_img" | "imgproc" | "lazyimg" | "screenshot"
        | "pic" | "intextimg" | "responsive-image" | "resp-image" | "lightbox" | "zoom-image" | "imgcap" => {
            Meaning::Figures(vec![figure(call)])
        }
        "ref" | "relref" | "post_link" | "post_url" => {
            let path = text(&["path"], 0);
            Meaning::Reference(Target::Page(match call.named("lang") {
                Some(language) if !path.starts_with('#') => format!("/{language}/{}", path.trim_start_matches('/')),
                _ => path,
            }))
        }
        "link" | "a" | "button" | "btn" | "linkbutton" => link(call)?,
        // Of a page of the site itself.
        "blogcard" | "linkcard" | "link-card" | "cardlink" | "card" | "hatenablogcard" if call.inner.is_none() => {
            let target = call.get(&["url", "href", "link", "path", "src"], 0).filter(|url| url.starts_with('/'))?;
            let label = text(&["title", "name", "text"], 1);
            Meaning::Link { target: Target::Url(target.to_owned()), label }
        }
        "qr" => {
            let words = inner().unwrap_or_else(|| text(&["text"], 0));
            let target = Url::parse(words.trim()).ok().filter(Url::has_host);
            match target {
                Some(_) => Meaning::Link { target: Target::Url(words.trim().to_owned()), label: String::new() },
                None => Meaning::Inner { text: words, is_html: false },
            }
        }
        "highlight" | "code" | "codeblock" | "code-block" | "prism" => {
            let language = text(&["lang", "language"], 0);
            let language = language.trim_start_matches("lang:").to_owned();
            Meaning::Code { language, title: text(&["title", "file", "filename"], 9), code: inner()? }
        }
        "mermaid" | "plantuml" | "graphviz" | "echarts" | "chart" | "markmap" if call.inner.is_some() => {
            Meaning::Code { language: call.name.clone(), title: String::new(), code: inner()? }
        }
        "ruby" => {
            let at = usize::from(call.inner.is_none());
            let base = inner().unwrap_or_else(|| text(&["kanji", "base", "text", "rb"], 0));
            Meaning::Ruby { base, reading: text(&["rt", "reading", "kana", "ruby"], at) }
        }
        "comment" | "toc" | "clear" | "clearfix" | "icon" | "more" | "pagebreak" | "anchor" | "space" | "vspace"
        | "adsense" => Meaning::Nothing,
        "br" | "newline" | "linebreak" => Meaning::Inner { text: "<br>".to_owned(), is_html: true },
        "carousel" | "gallery" if call.named("images").is_some_and(|images| !images.contains('*')) => {
            Meaning::Figures(pictures(&text(&["images"], 0)))
        }
        _ => return None,
    };
    Some(meaning)
}

fn rest(call: &Call) -> Meaning {
    match &call.inner {
        Some(_) if themes::labelled(call).is_some() => themes::labelled(call).unwrap_or(Meaning::Unknown),
        Some(inner) => {
            let is_html = matches!(call.name.as_str(), "rawhtml" | "raw" | "html" | "raw-html" | "raw_html" | "unsafe");
            Meaning::Inner { text: inner.clone(), is_html }
        }
        None if call.part == Part::Start => Meaning::Boundary,
        None if call.markup == Markup::Markdown && call.arguments.is_empty() => Meaning::Nothing,
        None => {
            let known = lone_address(call).map(Meaning::Card).or_else(|| themes::linked(call));
            known.unwrap_or(Meaning::Unknown)
        }
    }
}

/// A link that a site draws in a way of its own.
fn link(call: &Call) -> Option<Meaning> {
    let to_page = ["relref", "ref"].into_iter().find_map(|name| call.named(name));
    let url = call.get(&["href", "url", "link", "src", "to"], 0);
    let target = to_page.map(|page| Target::Page(page.to_owned())).or_else(|| Some(Target::Url(url?.to_owned())))?;
    let label = call.inner.as_deref().or_else(|| call.get(&["text", "content", "label", "title"], 1));
    Some(Meaning::Link { target, label: label.unwrap_or_default().trim().to_owned() })
}

fn figure(call: &Call) -> Figure {
    let text = |names: &[&str], index| call.get(names, index).unwrap_or_default().to_owned();
    // Hexo puts class names before the file.
    let file = call.arguments.iter().find(|argument| argument.name.is_none() && argument.value.contains('.'));
    let source = call.get(&["src", "src-light", "src-dark", "url", "path"], 0).unwrap_or_default();
    let source = file.filter(|_| call.named("src").is_none()).map_or(source, |file| &file.value);
    let credit = call.named("attr").unwrap_or_default();
    let caption = [call.get(&["caption"], 2).unwrap_or_default(), credit].join(" ").trim().to_owned();
    Figure {
        source: source.to_owned(),
        // The second argument of this one says what is done to the picture.
        label: text(&["alt"], if call.name == "imgproc" { 9 } else { 1 }),
        title: call.named("title").unwrap_or_default().to_owned(),
        caption,
        link: call.named("link").filter(|link| !link.is_empty()).map(str::to_owned),
    }
}

fn pictures(list: &str) -> Vec<Figure> {
    let sources = list.split(',').map(str::trim).filter(|source| !source.is_empty());
    sources.map(|source| Figure { source: source.to_owned(), ..Figure::default() }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::shortcode::extract;
    use super::*;

    fn check(source: &str, service: &str, title: &str, author: &str, target: &str) {
        let mut calls = Vec::new();
        let _ = extract(source, &mut calls, &mut |_, _| None);
        assert_eq!(meaning(&calls[0]), Meaning::Card(Card::new(service, title, author, target.into())), "{source}");
    }

    #[test]
    fn slides() {
        let slides = "https://www.slideshare.net/";
        check(
            r#"{{< slideshare "k" "user/talk" "A talk" "@me" >}}"#,
            "SlideShare",
            "A talk",
            "@me",
            &format!("{slides}user/talk"),
        );
        check("{{< slideshare k >}}", "SlideShare", "", "", &format!("{slides}slideshow/embed_code/key/k"));
        check(
            r#"{{< slideshare id="k" title="T" >}}"#,
            "SlideShare",
            "T",
            "",
            &format!("{slides}slideshow/embed_code/key/k"),
        );
        check("{{< speakerdeck abc >}}", "Speaker Deck", "", "", "https://speakerdeck.com/player/abc");
        check("{{< speakerdeck user/talk >}}", "Speaker Deck", "", "", "https://speakerdeck.com/user/talk");
    }

    #[test]
    fn posts_and_videos() {
        let late = "https://www.youtube.com/watch?v=abc&t=95s";
        check(r#"{{< youtube id="abc" start="95" >}}"#, "YouTube", "", "", late);
        check("{{< youtube abc >}}", "YouTube", "", "", "https://www.youtube.com/watch?v=abc");
        check(r#"{{< youtube id="abc" title="V" >}}"#, "YouTube", "V", "", "https://www.youtube.com/watch?v=abc");
        check(r#"{{< tweet user="gopher" id="12" >}}"#, "Twitter", "", "@gopher", "https://x.com/gopher/status/12");
        check("{{< tweet 12 >}}", "Twitter", "", "", "https://x.com/i/status/12");
        check("{{< x user=a id=1 >}}", "X", "", "@a", "https://x.com/a/status/1");
        check("{{< gist 0a1b f.go >}}", "Gist", "f.go", "", "https://gist.github.com/0a1b");
        check("{{< gist me 0a1b f.go >}}", "Gist", "f.go", "me", "https://gist.github.com/me/0a1b");
        check("{{< gist url=`https://gist.github.com/a/12` >}}", "Gist", "", "a", "https://gist.github.com/a/12");
        check(
            "{{< tweet url=`https://twitter.com/a/status/12` >}}",
            "Twitter",
            "",
            "@a",
            "https://twitter.com/a/status/12",
        );
        check("{{< hatena https://www.example.com/x >}}", "example.com", "", "", "https://www.example.com/x");
    }

    fn means(source: &str) -> Meaning {
        let mut calls = Vec::new();
        let _ = extract(source, &mut calls, &mut |_, _| None);
        meaning(&calls[0])
    }

    #[test]
    fn notices_take_their_kind_from_anywhere() {
        for (source, kind, title) in [
            ("{{< note >}}b{{< /note >}}", Alert::Note, ""),
            ("{{< alert warning >}}b{{< /alert >}}", Alert::Warning, ""),
            ("{{< alert >}}b{{< /alert >}}", Alert::Note, ""),
            ("{{< admonition tip \"T\" true >}}b{{< /admonition >}}", Alert::Tip, "T"),
            ("{{< admonition type=bug title=T >}}b{{< /admonition >}}", Alert::Caution, "T"),
            ("{{< alert class=\"alert-danger\" >}}b{{< /alert >}}", Alert::Caution, ""),
            ("{{< warning \"気をつけて\" >}}b{{< /warning >}}", Alert::Warning, "気をつけて"),
        ] {
            let body = Some("b".to_owned());
            assert_eq!(means(source), Meaning::Notice { kind, title: title.to_owned(), body }, "{source}");
        }
        assert!(matches!(means("{{% note %}}b{{% /note %}}"), Meaning::Notice { body: None, .. }));
        assert_eq!(means("{{< note x >}}"), Meaning::Unknown);
    }

    #[test]
    fn credits_have_no_empty_parts() {
        for (source, expected) in [
            ("{{< blockquote author=`` source=`` link=`` >}}b{{< /blockquote >}}", ""),
            ("{{< blockquote author=`A, B` source=`` link=`` >}}b{{< /blockquote >}}", "A, B"),
        ] {
            let quote = Meaning::Quote { body: Some("b".to_owned()), credit: expected.to_owned() };
            assert_eq!(means(source), quote, "{source}");
        }
    }

    #[test]
    fn links_pages_and_code() {
        let link = |target, label: &str| Meaning::Link { target, label: label.to_owned() };
        let url = |url: &str| Target::Url(url.to_owned());
        assert_eq!(means("{{< button href=/a >}} b {{< /button >}}"), link(url("/a"), "b"));
        assert_eq!(means("{{< button relref=a.md >}}b{{< /button >}}"), link(Target::Page("a.md".to_owned()), "b"));
        let reference = |path: &str| Meaning::Reference(Target::Page(path.to_owned()));
        assert_eq!(means("{{< ref \"a.md\" >}}"), reference("a.md"));
        assert_eq!(means("{{< relref path=\"/a.md#b\" lang=\"fr\" >}}"), reference("/fr/a.md#b"));
        assert_eq!(means("{{< qr text=\"https://x.example\" />}}"), link(url("https://x.example"), ""));
        let code = |language: &str, code: &str| Meaning::Code {
            language: language.to_owned(),
            title: String::new(),
            code: code.to_owned(),
        };
        assert_eq!(means("{{< highlight go >}}{{</* a */>}}{{< /highlight >}}"), code("go", "{{< a >}}"));
        assert_eq!(means("{{< mermaid >}}a-->b{{< /mermaid >}}"), code("mermaid", "a-->b"));
    }

    #[test]
    fn frames_lead_to_their_pages() {
        assert_eq!(frame("https://www.youtube.com/embed/abc?rel=0", "").target, "https://www.youtube.com/watch?v=abc");
        assert_eq!(frame("//www.slideshare.net/slideshow/embed_code/key/k", "S").service, "SlideShare");
        assert_eq!(
            frame("https://hatenablog-parts.com/embed?url=https%3A%2F%2Fexample.com%2Fa", "").target,
            "https://example.com/a"
        );
        assert_eq!(frame("/static/x.mp4", "").service, "embed");
    }
}
