//! What the shortcodes of well-known themes mean, by their names: a site often comes without its theme.

use url::Url;

use super::card::Card;
use super::{Figure, Meaning};
use crate::document::shortcode::{Call, Markup, Part, words_inside};
use crate::document::{Target, math};

/// The meaning of a shortcode that some themes have, and none that all share.
pub(super) fn meaning(call: &Call) -> Option<Meaning> {
    let name = call.name.to_lowercase();
    if call.inner.is_some() || call.part == Part::Start { paired(&name, call) } else { alone(&name, call) }
}

fn paired(name: &str, call: &Call) -> Option<Meaning> {
    let is_code = call.named("code").is_some_and(|code| code == "true");
    let inner = |text: String| Meaning::Inner { text, is_html: false };
    let meaning = match name {
        // A caption of what it holds.
        "figure" if call.arguments.iter().all(|argument| argument.name.as_deref() == Some("caption")) => {
            let caption = call.named("caption").unwrap_or_default();
            inner(format!("{}\n\n{caption}\n", call.inner.as_ref()?.trim_end()))
        }
        "script" | "css" | "style-block" => Meaning::Nothing,
        // Typed out letter by letter, but words like others.
        "typeit" => match call.named("code") {
            Some(language) => code(language, call)?,
            None => inner(call.inner.clone()?),
        },
        // Docsy has code in its tabs and cards, of the language that they name.
        "tab" | "card" if is_code || (name == "tab" && call.named("lang").is_some()) => {
            let Meaning::Code { language, code, .. } = code(call.named("lang").unwrap_or_default(), call)? else {
                return None;
            };
            let title = ["header", "name", "title"].iter().find_map(|name| call.named(name)).unwrap_or_default();
            Meaning::Code { language, title: title.to_owned(), code }
        }
        // The mark between the columns of Hugo Book.
        "columns" => inner(call.inner.as_ref()?.replace("\n<--->", "\n\n")),
        "katex" | "math" | "latex" | "tex" | "mathjax" => formula(call)?,
        "timeline" | "filetree/folder" | "keyword" | "badge" | "lead" => labelled(call)?,
        "imgproc" => {
            let caption = call.inner.clone()?.trim().to_owned();
            let source = call.positional(0)?.to_owned();
            Meaning::Figures(vec![Figure { source, caption, ..Figure::default() }])
        }
        _ => return None,
    };
    Some(meaning)
}

fn code(language: &str, call: &Call) -> Option<Meaning> {
    let code = words_inside(call.inner.as_deref()?);
    Some(Meaning::Code { language: language.to_owned(), title: String::new(), code })
}

/// One formula, or a text that has several.
fn formula(call: &Call) -> Option<Meaning> {
    let source = words_inside(call.inner.as_deref()?);
    let is_one = !math::unmarked(&source).contains('$');
    Some(if is_one { Meaning::Formula(source) } else { Meaning::Inner { text: source, is_html: false } })
}

/// A pair whose arguments give its text a heading.
pub(super) fn labelled(call: &Call) -> Option<Meaning> {
    // The name of most other pairs is for scripts.
    let own = if call.name.starts_with("filetree") { call.named("name") } else { None };
    let titles = ["header", "heading", "title", "label"].iter().filter_map(|name| call.named(name)).chain(own);
    let titles: Vec<&str> = titles.filter(|title| !title.is_empty()).collect();
    titles.first()?;
    let more = ["subtitle", "subheader", "badge", "date"].iter().filter_map(|name| call.named(name));
    let label = titles.into_iter().chain(more).collect::<Vec<_>>().join(" · ");
    Some(Meaning::Tab { label, body: call.inner.clone() })
}

fn alone(name: &str, call: &Call) -> Option<Meaning> {
    let first = call.positional(0).unwrap_or_default();
    let meaning = match name {
        "icon" | "fa" | "fas" | "fab" | "far" | "fa-icon" | "fontawesome" | "iconfont" | "material-icon"
        | "svg-icon" => Meaning::Nothing,
        // It loads what draws formulas.
        "katex" | "mathjax" | "math" if call.arguments.is_empty() => Meaning::Nothing,
        "tab" if call.named("disabled").is_some() => Meaning::Nothing,
        "kbd" | "key" | "sup" | "sub" | "hl" | "mark" | "term" | "abbr" | "spoiler" | "small" | "underline"
        | "filetree/file" => {
            let text = call.get(&["text", "name", "term", "content"], 0)?.to_owned();
            Meaning::Inner { text, is_html: false }
        }
        "fluid_imgs" => Meaning::Figures(call.arguments.iter().filter_map(|it| fluid(&it.value)).collect()),
        "picture" if call.positional(2).is_some() => Meaning::Figures(vec![Figure {
            source: first.to_owned(),
            label: call.positional(2)?.to_owned(),
            ..Figure::default()
        }]),
        "music" | "aplayer" | "meting" => Meaning::Card(music(call)?),
        "mapbox" | "map" | "openstreetmap" => Meaning::Card(map(call)?),
        "codeberg" | "gitlab" | "gitea" | "forgejo" | "huggingface" | "gh-card" | "gh-cards" | "github-repo"
        | "repo" => Meaning::Card(repository(name, call)?),
        "tencent-video" | "qqvideo" => card("Tencent Video", format!("https://v.qq.com/x/page/{first}.html")),
        "asciinema" if is_key(first) => card("asciinema", format!("https://asciinema.org/a/{first}")),
        _ => return None,
    };
    Some(meaning)
}

/// Something of an unknown name with a title that leads somewhere: cards, people, projects, other posts.
pub(super) fn linked(call: &Call) -> Option<Meaning> {
    if call.markup == Markup::Made {
        return None;
    }
    let named = |names: &[&str]| names.iter().find_map(|name| call.named(name)).filter(|value| !value.is_empty());
    let target = named(&["link", "url", "href"])?;
    let title = named(&["title", "name", "header"]);
    let detail = named(&["subtitle", "description", "desc", "bio", "summary", "text", "artist", "author"]);
    if let Some(url) = Url::parse(target).ok().filter(Url::has_host) {
        let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
        return Some(Meaning::Card(Card::new(&host, title?, detail.unwrap_or_default(), target.to_owned())));
    }
    let is_path = target.starts_with(['/', '.', '#']) || title.is_some();
    let label = [title, detail].into_iter().flatten().collect::<Vec<_>>().join(" — ");
    is_path.then(|| Meaning::Link { target: Target::Url(target.to_owned()), label })
}

fn card(service: &str, target: String) -> Meaning {
    Meaning::Card(Card::new(service, "", "", target))
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A picture of Docsy's neighbours: `class|address|words`.
fn fluid(argument: &str) -> Option<Figure> {
    let mut parts = argument.split('|').skip(1);
    let (source, label) = (parts.next()?.to_owned(), parts.next().unwrap_or_default().to_owned());
    Some(Figure { source, label, ..Figure::default() })
}

/// A song: by the name of the service and its number there, by its number alone, or by the address of a file or page.
fn music(call: &Call) -> Option<Card> {
    let title = call.get(&["name", "title"], 9).unwrap_or_default();
    let artist = call.get(&["artist", "author"], 9).unwrap_or_default();
    if let Some(target) = call.named("url").or_else(|| call.named("auto")).or_else(|| call.named("src")) {
        return Some(Card::new("music", title, artist, target.to_owned()));
    }
    let positional = [call.positional(0), call.positional(1), call.positional(2)];
    let (server, kind, id) = match positional {
        [Some(server), Some(kind), Some(id)] => (server, kind, id),
        [Some(id), None, None] if is_key(id) => ("netease", "song", id),
        [Some(target), None, None] => return Some(Card::new("music", title, artist, target.to_owned())),
        _ => (call.named("server")?, call.named("type").unwrap_or("song"), call.named("id")?),
    };
    let target = match server {
        "netease" => format!("https://music.163.com/#/{kind}?id={id}"),
        "tencent" if kind == "song" => format!("https://y.qq.com/n/ryqq/songDetail/{id}"),
        _ => return None,
    };
    Some(Card::new(server, title, artist, target))
}

fn map(call: &Call) -> Option<Card> {
    let degrees = |names: &[&str], index| call.get(names, index)?.parse::<f64>().ok();
    let (east, north) = (degrees(&["lng", "lon", "longitude"], 0)?, degrees(&["lat", "latitude"], 1)?);
    let target = format!("https://www.openstreetmap.org/?mlat={north}&mlon={east}");
    Some(Card::new("map", "", "", target))
}

fn repository(name: &str, call: &Call) -> Option<Card> {
    let path = call.get(&["repo", "repository", "model", "dataset", "name"], 0).filter(|path| path.contains('/'))?;
    let (service, base) = match name {
        "codeberg" => ("Codeberg", "https://codeberg.org"),
        "gitlab" => ("GitLab", "https://gitlab.com"),
        "huggingface" if call.named("dataset").is_some() => ("Hugging Face", "https://huggingface.co/datasets"),
        "huggingface" => ("Hugging Face", "https://huggingface.co"),
        "gitea" | "forgejo" => (name, call.named("server")?.trim_end_matches('/')),
        _ => ("GitHub", "https://github.com"),
    };
    Some(Card::new(service, path, "", format!("{base}/{path}")))
}

#[cfg(test)]
mod tests {
    use super::super::super::shortcode::extract;
    use super::super::meaning;
    use super::*;

    fn means(source: &str) -> Meaning {
        let mut calls = Vec::new();
        let _ = extract(source, &mut calls, &mut |_, _| None);
        meaning(&calls[0])
    }

    fn check_card(source: &str, service: &str, title: &str, author: &str, target: &str) {
        assert_eq!(means(source), Meaning::Card(Card::new(service, title, author, target.to_owned())), "{source}");
    }

    #[test]
    fn songs_maps_and_repositories_are_cards() {
        check_card("{{< music url=\"/a.mp3\" name=N artist=A >}}", "music", "N", "A", "/a.mp3");
        check_card("{{< music netease song 186 >}}", "netease", "", "", "https://music.163.com/#/song?id=186");
        check_card("{{% music \"281\" %}}", "netease", "", "", "https://music.163.com/#/song?id=281");
        let qq = "https://y.qq.com/n/ryqq/songDetail/x";
        check_card("{{< music server=\"tencent\" type=\"song\" id=\"x\" >}}", "tencent", "", "", qq);
        check_card(
            "{{< mapbox lng=121.5 lat=31.2 >}}",
            "map",
            "",
            "",
            "https://www.openstreetmap.org/?mlat=31.2&mlon=121.5",
        );
        check_card("{{< codeberg repo=\"a/b\" >}}", "Codeberg", "a/b", "", "https://codeberg.org/a/b");
        check_card(
            "{{< gitea server=\"https://g.example/\" repo=\"a/b\" >}}",
            "gitea",
            "a/b",
            "",
            "https://g.example/a/b",
        );
        check_card("{{< asciinema 123 >}}", "asciinema", "", "", "https://asciinema.org/a/123");
        check_card("{{< youtubeLite id=\"abc\" >}}", "YouTube", "", "", "https://www.youtube.com/watch?v=abc");
    }

    #[test]
    fn what_has_a_title_and_an_address_is_a_link() {
        check_card(
            "{{< friend name=N url=\"https://a.example/\" bio=B >}}",
            "a.example",
            "N",
            "B",
            "https://a.example/",
        );
        let link = |target: &str, label: &str| Meaning::Link {
            target: Target::Url(target.to_owned()),
            label: label.to_owned(),
        };
        assert_eq!(means("{{< card link=\"../b\" title=T subtitle=S >}}"), link("../b", "T — S"));
        assert_eq!(means("{{< article link=\"/docs/a/\" >}}"), link("/docs/a/", ""));
        assert_eq!(means("{{< nosuch href=x >}}"), Meaning::Unknown);
        assert!(matches!(means("{{< figure src=a.png link=\"/b/\" title=T >}}"), Meaning::Figures(_)));
    }

    #[test]
    fn words_code_and_formulas_of_themes() {
        let inner = |text: &str| Meaning::Inner { text: text.to_owned(), is_html: false };
        assert_eq!(means("{{< kbd Ctrl >}}"), inner("Ctrl"));
        assert_eq!(means("{{< figure caption=\"**c**\" >}}\n![a](b)\n{{< /figure >}}"), inner("\n![a](b)\n\n**c**\n"));
        assert_eq!(means("{{< typeit tag=h4 >}}*a*{{< /typeit >}}"), inner("*a*"));
        let formula = |source: &str| Meaning::Formula(source.to_owned());
        assert_eq!(means("{{< katex >}}\\pi{{< /katex >}}, "), formula("\\pi"));
        assert_eq!(means("{{< math >}}\n$$a_b$$\n{{< /math >}}"), formula("\n$$a_b$$\n"));
        assert_eq!(means("{{< math >}}$a$ and $b${{< /math >}}"), inner("$a$ and $b$"));
        assert_eq!(means("{{< columns >}}\na\n<--->\nb{{< /columns >}}"), inner("\na\n\n\nb"));
        assert_eq!(means("{{< script >}}a(){{< /script >}}"), Meaning::Nothing);
        assert_eq!(means("{{< katex >}}"), Meaning::Nothing);
        let code = Meaning::Code { language: "C".to_owned(), title: "H".to_owned(), code: "#include <a>".to_owned() };
        assert_eq!(means("{{< tab header=H lang=C >}}#include <a>{{< /tab >}}"), code);
        let tab = |label: &str| Meaning::Tab { label: label.to_owned(), body: Some("b".to_owned()) };
        assert_eq!(means("{{< timelineItem header=H badge=B >}}b{{< /timelineItem >}}"), tab("H · B"));
        assert_eq!(means("{{< nosuch title=T >}}b{{< /nosuch >}}"), tab("T"));
        assert_eq!(means("{{< nosuch name=n >}}b{{< /nosuch >}}"), inner("b"));
    }
}
