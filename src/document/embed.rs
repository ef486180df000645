//! What shortcodes and embedded frames mean: slides, videos, posts of social networks, figures, links inside the site.

use url::Url;

use super::Target;
use super::shortcode::{Call, Markup};

/// Something shown elsewhere: the service, the title, who made it, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub service: String,
    pub title: String,
    pub author: String,
    pub target: String,
}

/// A picture with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub source: String,
    pub label: String,
    pub title: String,
    pub caption: String,
    pub link: Option<String>,
}

/// What a shortcode means to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    Card(Card),
    Figures(Vec<Figure>),
    /// A link inside the site, for the destination of a Markdown link.
    Reference(Target),
    Code {
        language: String,
        code: String,
    },
    Details {
        summary: String,
        body: String,
    },
    Ruby {
        base: String,
        reading: String,
    },
    /// The text between a pair of tags: as HTML where the name says so, else as Markdown, which most templates make of it.
    Inner {
        text: String,
        is_html: bool,
    },
    /// The start or the end of an unknown pair whose text stays in the page.
    Boundary,
    Nothing,
    /// Not known: a line with its name and arguments.
    Unknown,
}

/// The meaning of a shortcode, by its name.
#[must_use]
pub fn meaning(call: &Call) -> Meaning {
    if let Some(card) = card(call) {
        return Meaning::Card(card);
    }
    let text = |names: &[&str], index| call.get(names, index).unwrap_or_default().to_owned();
    match call.name.as_str() {
        "figure" | "img" | "image" => Meaning::Figures(vec![figure(call)]),
        "ref" | "relref" => Meaning::Reference(Target::Page(text(&["path"], 0))),
        "highlight" => Meaning::Code { language: text(&["lang"], 0), code: call.inner.clone().unwrap_or_default() },
        "details" | "expand" | "spoiler" if call.inner.is_some() => {
            Meaning::Details { summary: text(&["summary", "title"], 0), body: call.inner.clone().unwrap_or_default() }
        }
        "ruby" if call.inner.is_some() => {
            Meaning::Ruby { base: call.inner.clone().unwrap_or_default(), reading: text(&["rt", "reading"], 0) }
        }
        "comment" => Meaning::Nothing,
        "carousel" | "gallery" if call.named("images").is_some() => Meaning::Figures(pictures(&text(&["images"], 0))),
        name if call.inner.is_some() => {
            let is_html = matches!(name, "rawhtml" | "raw" | "html" | "raw-html" | "raw_html" | "unsafe");
            Meaning::Inner { text: call.inner.clone().unwrap_or_default(), is_html }
        }
        _ if call.closing || call.markup == Markup::Markdown && call.arguments.is_empty() => Meaning::Boundary,
        _ => Meaning::Unknown,
    }
}

fn figure(call: &Call) -> Figure {
    let text = |names: &[&str], index| call.get(names, index).unwrap_or_default().to_owned();
    let source = call.get(&["src", "src-light", "src-dark", "url"], 0).unwrap_or_default().to_owned();
    let credit = call.named("attr").unwrap_or_default();
    let caption = [call.get(&["caption"], 2).unwrap_or_default(), credit].join(" ").trim().to_owned();
    Figure {
        source,
        label: text(&["alt"], 1),
        title: call.named("title").unwrap_or_default().to_owned(),
        caption,
        link: call.named("link").map(str::to_owned),
    }
}

fn pictures(list: &str) -> Vec<Figure> {
    let sources = list.split(',').map(str::trim).filter(|source| !source.is_empty());
    sources
        .map(|source| Figure {
            source: source.to_owned(),
            label: String::new(),
            title: String::new(),
            caption: String::new(),
            link: None,
        })
        .collect()
}

/// The card of a shortcode that embeds something known.
fn card(call: &Call) -> Option<Card> {
    let first = call.get(&["id", "key", "url", "src", "href"], 0).unwrap_or_default();
    let title = |index| call.get(&["title", "caption", "name"], index).unwrap_or_default();
    let author = |index| call.get(&["author", "user", "by"], index).unwrap_or_default();
    let card = match call.name.to_lowercase().as_str() {
        "slideshare" => slideshare(call),
        "speakerdeck" => Card::new("Speaker Deck", title(1), author(2), speaker_deck(first)),
        "youtube" | "youtubepl" => {
            let start = call.named("start").map(|seconds| format!("&t={seconds}s")).unwrap_or_default();
            Card::new("YouTube", title(1), author(9), youtube(first) + &start)
        }
        "vimeo" => Card::new("Vimeo", title(1), author(9), at("https://vimeo.com/", first)),
        "niconico" | "nicovideo" => {
            Card::new("niconico", title(1), author(9), at("https://www.nicovideo.jp/watch/", first))
        }
        "bilibili" => Card::new("bilibili", title(9), author(9), at("https://www.bilibili.com/video/", first)),
        "tweet" | "twitter" | "x" | "x_simple" | "tweet_simple" | "twitter_simple" => tweet(call),
        "instagram" | "instagram_simple" => {
            Card::new("Instagram", title(9), author(9), at("https://www.instagram.com/p/", first))
        }
        "gist" => gist(call),
        "spotify" => Card::new("Spotify", title(9), author(9), at("https://open.spotify.com/episode/", first)),
        "soundcloud" => Card::new("SoundCloud", title(1), author(9), at("https://soundcloud.com/", first)),
        "codepen" => {
            Card::new("CodePen", title(9), author(9), at(&format!("https://codepen.io/{}/pen/", author(1)), first))
        }
        "gslides" | "googleslides" => {
            Card::new("Google Slides", title(1), author(9), at("https://docs.google.com/presentation/d/e/", first))
        }
        "amazon" => Card::new("Amazon", title(1), author(9), amazon(first)),
        "hatena" | "blogcard" | "linkcard" | "link-card" | "card" | "link" | "embed" if call.inner.is_none() => {
            link_card(first, title(1))?
        }
        _ => return None,
    };
    Some(card)
}

impl Card {
    fn new(service: &str, title: &str, author: &str, target: String) -> Card {
        Card { service: service.to_owned(), title: title.trim().to_owned(), author: author.trim().to_owned(), target }
    }
}

/// A whole URL as it stands, or else what the service calls it by.
fn at(base: &str, key: &str) -> String {
    if key.contains("://") { key.to_owned() } else { format!("{base}{key}") }
}

fn slideshare(call: &Call) -> Card {
    let key = call.get(&["id", "key"], 0).unwrap_or_default();
    let slug = call.get(&["slug", "path", "url"], 1).unwrap_or_default().trim_start_matches('/');
    let target = match slug {
        "" if key.contains('/') => at("https://www.slideshare.net/", key.trim_start_matches('/')),
        "" => format!("https://www.slideshare.net/slideshow/embed_code/key/{key}"),
        slug => at("https://www.slideshare.net/", slug),
    };
    let title = call.get(&["title"], 2).unwrap_or(slug);
    Card::new("SlideShare", title, call.get(&["author", "user"], 3).unwrap_or_default(), target)
}

fn speaker_deck(key: &str) -> String {
    match key {
        _ if key.contains("://") => key.to_owned(),
        _ if key.contains('/') => format!("https://speakerdeck.com/{key}"),
        _ => format!("https://speakerdeck.com/player/{key}"),
    }
}

fn youtube(key: &str) -> String {
    if key.starts_with("PL") && key.len() > 20 {
        at("https://www.youtube.com/playlist?list=", key)
    } else {
        at("https://www.youtube.com/watch?v=", key)
    }
}

fn amazon(key: &str) -> String {
    at("https://www.amazon.co.jp/dp/", key)
}

/// `user` and `id`, `user` and number by position, or the number alone as removed versions of Hugo took it.
fn tweet(call: &Call) -> Card {
    let named = (call.named("user"), call.named("id"));
    let by_position = (call.positional(1).and(call.positional(0)), call.positional(1).or(call.positional(0)));
    let (user, id) = (named.0.or(by_position.0), named.1.or(by_position.1).unwrap_or_default());
    let service = if call.name.starts_with('x') { "X" } else { "Twitter" };
    let author = user.map(|user| format!("@{}", user.trim_start_matches('@'))).unwrap_or_default();
    let place = format!("https://x.com/{}/status/", user.map_or("i", |user| user.trim_start_matches('@')));
    Card::new(service, "", &author, at(&place, id))
}

fn gist(call: &Call) -> Card {
    let (user, id) = match (call.get(&["user"], 0), call.get(&["id"], 1)) {
        (Some(user), Some(id)) => (user, id),
        (Some(only), None) => ("", only),
        _ => ("", ""),
    };
    let path = [user, id].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
    Card::new("Gist", call.get(&["file"], 2).unwrap_or_default(), user, at("https://gist.github.com/", &path))
}

/// A card for a page somewhere else; only with a whole URL.
fn link_card(target: &str, title: &str) -> Option<Card> {
    let url = Url::parse(target).ok().filter(Url::has_host)?;
    Some(Card::new(url.host_str().unwrap_or_default().trim_start_matches("www."), title, "", target.to_owned()))
}

/// The card of an `<iframe>`, `<video>`, `<audio>` or `<embed>`, by where its source lies.
#[must_use]
pub fn frame(source: &str, title: &str) -> Card {
    let absolute = if source.starts_with("//") { format!("https:{source}") } else { source.to_owned() };
    let url = Url::parse(&absolute).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or_default().trim_start_matches("www.").to_owned();
    let last = url.as_ref().and_then(|url| url.path_segments()?.next_back().map(str::to_owned)).unwrap_or_default();
    let page = |url: &Url| url.query_pairs().find(|(key, _)| key == "url").map(|(_, value)| value.into_owned());
    match host.as_str() {
        "youtube.com" | "youtube-nocookie.com" => Card::new("YouTube", title, "", youtube(&last)),
        "slideshare.net" => Card::new("SlideShare", title, "", absolute),
        "speakerdeck.com" => Card::new("Speaker Deck", title, "", absolute),
        "player.vimeo.com" => Card::new("Vimeo", title, "", at("https://vimeo.com/", &last)),
        "hatenablog-parts.com" => {
            let target = url.as_ref().and_then(page).unwrap_or(absolute);
            link_card(&target, title).unwrap_or_else(|| Card::new("link", title, "", target.clone()))
        }
        "" => Card::new("embed", title, "", absolute),
        host => Card::new(host, title, "", absolute),
    }
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
        check("{{< gist me 0a1b f.go >}}", "Gist", "f.go", "me", "https://gist.github.com/me/0a1b");
        check("{{< hatena https://www.example.com/x >}}", "example.com", "", "", "https://www.example.com/x");
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
