//! What is shown elsewhere: slides, videos, posts of social networks, pages. Each service by the names that its shortcodes have.

use url::Url;

use super::super::shortcode::Call;

/// Something shown elsewhere: the service, the title, who made it, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub service: String,
    pub title: String,
    pub author: String,
    pub target: String,
}

/// The card of a shortcode that embeds something known.
pub(super) fn card(call: &Call) -> Option<Card> {
    if call.arguments.is_empty() {
        return None;
    }
    let first = call.get(&["id", "key", "url", "src", "href"], 0).unwrap_or_default();
    let title = |index| call.get(&["title", "caption", "name"], index).unwrap_or_default();
    let author = |index| call.get(&["author", "user", "by"], index).unwrap_or_default();
    let card = match call.name.to_lowercase().as_str() {
        "slideshare" => slideshare(call),
        "speakerdeck" => Card::new("Speaker Deck", title(1), author(2), speaker_deck(first)),
        "youtube" | "youtubepl" | "youtubelite" | "youtube-lite" | "youtube-enhanced" | "yt" => {
            let start = call.named("start").map(|seconds| format!("&t={seconds}s")).unwrap_or_default();
            Card::new("YouTube", title(1), author(9), youtube(first) + &start)
        }
        "vimeo" => Card::new("Vimeo", title(1), author(9), at("https://vimeo.com/", first)),
        "niconico" | "nicovideo" => {
            Card::new("niconico", title(1), author(9), at("https://www.nicovideo.jp/watch/", first))
        }
        "bilibili" => {
            let part = call.get(&["p"], 1).map(|part| format!("?p={part}")).unwrap_or_default();
            let target = at("https://www.bilibili.com/video/", first) + &part;
            Card::new("bilibili", title(9), author(9), target)
        }
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
        "amazon" | "amazonlink" | "amzn" => {
            let key = call.get(&["asin", "isbn", "id", "url"], 0).unwrap_or_default();
            Card::new("Amazon", title(1), author(9), amazon(key))
        }
        "github" | "gh" | "github-card" | "githubcard" if !first_or_repository(call).is_empty() => {
            let repository = first_or_repository(call);
            Card::new("GitHub", repository, "", at("https://github.com/", repository))
        }
        "video" | "audio" | "mp4" | "pdf" | "iframe" | "embed-video" | "embed-pdf" if !first.is_empty() => {
            frame(first, title(9))
        }
        "hatena" | "hatenablogcard" | "blogcard" | "linkcard" | "link-card" | "cardlink" | "card" | "link"
        | "embed" | "ogp" | "preview" | "web-embed"
            if call.inner.is_none() =>
        {
            page_card(call, first)?
        }
        _ => return None,
    };
    Some(card)
}

/// The card of a page. A link in the text that has words of its own is none.
fn page_card(call: &Call, target: &str) -> Option<Card> {
    let words = call.get(&["title", "caption", "name", "text", "content", "label"], 1);
    let is_in_text = call.name == "link" && !call.alone && words.is_some();
    if is_in_text { None } else { link_card(target, words.unwrap_or_default()) }
}

impl Card {
    pub(super) fn new(service: &str, title: &str, author: &str, target: String) -> Card {
        Card { service: service.to_owned(), title: title.trim().to_owned(), author: author.trim().to_owned(), target }
    }
}

fn first_or_repository(call: &Call) -> &str {
    call.get(&["repo", "repository", "name", "url"], 0).filter(|name| name.contains('/')).unwrap_or_default()
}

/// An unknown shortcode on a line of its own that says nothing but an address.
pub(super) fn lone_address(call: &Call) -> Option<Card> {
    match call.arguments.as_slice() {
        [only] if call.alone && call.inner.is_none() => link_card(&only.value, ""),
        _ => None,
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
    if let Some(url) = call.named("url").filter(|url| url.contains("://")) {
        let user = url.split('/').nth(3).filter(|user| *user != "i").unwrap_or_default();
        let author = if user.is_empty() { String::new() } else { format!("@{user}") };
        return Card::new("Twitter", "", &author, url.to_owned());
    }
    let named = (call.named("user"), call.named("id"));
    let by_position = (call.positional(1).and(call.positional(0)), call.positional(1).or(call.positional(0)));
    let (user, id) = (named.0.or(by_position.0), named.1.or(by_position.1).unwrap_or_default());
    let service = if call.name.starts_with('x') { "X" } else { "Twitter" };
    let author = user.map(|user| format!("@{}", user.trim_start_matches('@'))).unwrap_or_default();
    let place = format!("https://x.com/{}/status/", user.map_or("i", |user| user.trim_start_matches('@')));
    Card::new(service, "", &author, at(&place, id))
}

fn gist(call: &Call) -> Card {
    if let Some(url) = call.named("url").filter(|url| url.contains("://")) {
        let user = url.split('/').nth(3).filter(|_| url.split('/').count() > 4).unwrap_or_default();
        return Card::new("Gist", call.named("file").unwrap_or_default(), user, url.to_owned());
    }
    let (user, id) = match (call.get(&["user"], 0), call.get(&["id"], 1)) {
        // A number alone, and a file of it.
        (Some(id), Some(file)) if file.contains('.') => {
            return Card::new("Gist", file, "", at("https://gist.github.com/", id));
        }
        (Some(user), Some(id)) => (user, id),
        (Some(only), None) => ("", only),
        _ => ("", ""),
    };
    let path = [user, id].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
    Card::new("Gist", call.get(&["file"], 2).unwrap_or_default(), user, at("https://gist.github.com/", &path))
}

/// The card of a page that has no words of its own.
#[must_use]
pub fn page(target: &str) -> Option<Card> {
    Url::parse(target).ok().filter(Url::has_host).map(|_| Card::new("", "", "", target.to_owned()))
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
