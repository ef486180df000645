//! Containers: text between `:::name` and `:::`, components of Nuxt between `::name` and `::`, and directives that hold nothing.

use super::quoted;
use crate::document::notice;
use crate::text::markup::Dialect;

/// Where the properties of a component stand: between lines of hyphens below its name, or each on a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Properties {
    Outside,
    /// They may start with the next line.
    Ahead,
    Inside,
    /// The next line may be one (`:key: value`).
    Listed,
}

/// The containers of a source, line by line.
pub(super) struct Containers {
    dialect: Dialect,
    /// Whether components stand between `::name` and `::`.
    has_components: bool,
    properties: Properties,
    /// The names of those that are open.
    open: Vec<&'static str>,
}

/// What a container is written as.
struct Container<'a> {
    name: &'static str,
    kind: &'a str,
    title: &'a str,
}

impl Containers {
    pub(super) fn of(source: &str, dialect: Dialect) -> Containers {
        let has_components = dialect == Dialect::Unknown && source.lines().any(|line| line.trim() == "::");
        Containers { dialect, has_components, properties: Properties::Outside, open: Vec::new() }
    }

    /// The start or end of a container that a line is, as the tag of a shortcode whose text stays in the page.
    pub(super) fn tag(&mut self, words: &str) -> Option<String> {
        if let Some(leaf) = leaf(words).filter(|_| self.dialect == Dialect::Unknown) {
            return Some(leaf);
        }
        if self.has_components && !self.open.is_empty() && is_slot(words) {
            return Some(String::new());
        }
        let rest = match words.strip_prefix(":::") {
            Some(rest) => rest.trim_start_matches(':').trim(),
            None => self.component(words)?,
        };
        if rest.is_empty() {
            let name = self.open.pop()?;
            return Some(if name.is_empty() { String::new() } else { format!("{{{{% /{name} %}}}}") });
        }
        let Container { name, kind, title } = self.container(rest)?;
        self.open.push(name);
        let kind = if name == "notice" { format!("{} ", quoted(kind)) } else { String::new() };
        let title = if title.is_empty() { String::new() } else { format!("{} ", quoted(title)) };
        Some(if name.is_empty() { String::new() } else { format!("{{{{% {name} {kind}{title}%}}}}") })
    }

    /// What follows the colons of a container.
    fn container<'a>(&mut self, rest: &'a str) -> Option<Container<'a>> {
        let is_unknown = self.dialect == Dialect::Unknown;
        if let Some(inside) = rest.strip_prefix('{').filter(|_| is_unknown) {
            let (inside, title) = inside.rsplit_once('}')?;
            if inside.starts_with(['.', '#']) {
                return Some(of_classes(inside));
            }
            let container = directive(inside, title.trim())?;
            self.properties = Properties::Listed;
            return Some(container);
        }
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let (kind, title) = rest.split_at(length);
        let title = title_of(title);
        let kind = kind.strip_prefix("prose-").unwrap_or(kind);
        let name = match kind {
            "details" => "details",
            "message" | "note" if !rest.contains(['[', '{']) => "message",
            _ if notice::kind(kind).is_some() => "notice",
            // What is not known here holds text all the same.
            _ if self.has_components && !title.is_empty() => "tab",
            kind if is_unknown && kind.starts_with(char::is_alphabetic) => "",
            _ => return None,
        };
        Some(Container { name, kind, title })
    }

    /// What stands behind the colons of a component (`::name{title="…"}`), or of its end.
    fn component<'a>(&mut self, words: &'a str) -> Option<&'a str> {
        let rest = words.strip_prefix("::").filter(|_| self.has_components)?;
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let is_whole = rest[length..].is_empty() || rest[length..].starts_with(['{', '[']);
        if !is_whole {
            return None;
        }
        self.properties = if rest.is_empty() { Properties::Outside } else { Properties::Ahead };
        Some(rest)
    }

    /// Whether a line belongs to the properties of a component. Words that are none end them: a line of hyphens may have been a rule.
    pub(super) fn holds(&mut self, line: &str) -> bool {
        let words = line.trim();
        let is_edge = words == "---";
        let (is_one, after) = match self.properties {
            Properties::Ahead => (is_edge, if is_edge { Properties::Inside } else { Properties::Outside }),
            Properties::Inside if is_edge => (true, Properties::Outside),
            Properties::Inside if is_yaml(line) => (true, Properties::Inside),
            Properties::Listed if is_option(words) => (true, Properties::Listed),
            _ => (false, Properties::Outside),
        };
        self.properties = after;
        is_one
    }
}

/// Whether a line may be one of YAML: a key, an item, or what belongs to them.
fn is_yaml(line: &str) -> bool {
    let key = line.split_once(':').map(|(key, _)| key);
    line.trim().is_empty()
        || line.starts_with([' ', '\t', '-', '#'])
        || key.is_some_and(|key| !key.is_empty() && !key.contains(char::is_whitespace))
}

/// Whether a line is `:key: value`.
fn is_option(words: &str) -> bool {
    let key = words.strip_prefix(':').and_then(|rest| rest.split_once(':')).map(|(key, _)| key);
    key.is_some_and(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

/// Whether a line names the part of a component that follows: `#description`.
fn is_slot(words: &str) -> bool {
    let Some(name) = words.strip_prefix('#') else { return false };
    let name = name.split('{').next().unwrap_or(name);
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The container of some classes, as Pandoc and Quarto have them.
fn of_classes(inside: &str) -> Container<'_> {
    let classes = inside.split([' ', '.']).map(|class| class.strip_prefix("callout-").unwrap_or(class));
    let kind = classes.into_iter().find(|class| !class.contains('=') && notice::kind(class).is_some());
    let title = attribute(inside, "title").unwrap_or_default();
    kind.map_or(Container { name: "", kind: "", title: "" }, |kind| Container { name: "notice", kind, title })
}

/// The container that a directive names, as `MyST` has them.
fn directive<'a>(kind: &'a str, title: &'a str) -> Option<Container<'a>> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':');
    let name = match kind {
        "admonition" => return Some(Container { name: "notice", kind: "note", title }),
        "dropdown" | "details" => "details",
        "seealso" => return Some(Container { name: "notice", kind: "note", title }),
        kind if notice::kind(kind).is_some() => "notice",
        kind if !kind.bytes().all(is_name) => return None,
        "tab-item" | "card" | "grid-item-card" if !title.is_empty() => "tab",
        _ => "",
    };
    Some(Container { name, kind, title })
}

/// The title of a container: `[Title]`, `{title="Title"}`, or the words that follow its name.
fn title_of(words: &str) -> &str {
    let words = words.trim();
    if let Some((title, _)) = words.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return title;
    }
    match words.strip_prefix('{') {
        Some(attributes) => attribute(attributes, "title").unwrap_or_default(),
        None => words,
    }
}

/// The value that attributes give to a key.
pub(super) fn attribute<'a>(attributes: &'a str, key: &str) -> Option<&'a str> {
    let is_key = |at: &usize| attributes[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '-');
    let mut places = attributes.match_indices(key).map(|(at, _)| at).filter(is_key);
    let value = places.find_map(|at| attributes[at + key.len()..].strip_prefix('='))?;
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split([' ', '}']).next(),
    }
}

/// A directive that holds nothing and leads to something (`::github{repo="a/b"}`), as a shortcode.
fn leaf(words: &str) -> Option<String> {
    let rest = words.strip_prefix("::")?;
    let (name, attributes) = rest.strip_suffix('}')?.split_once('{')?;
    let name = name.split('[').next().unwrap_or(name);
    let (name, key) = match name {
        "github" => (name, "repo"),
        "youtube" | "vimeo" | "bilibili" | "codepen" | "tweet" => (name, "id"),
        "link-card" | "linkcard" | "link" | "url" => ("card", "url"),
        _ => return None,
    };
    let short = attributes.strip_prefix('#').filter(|_| key == "id");
    let value = short.or_else(|| attribute(attributes, key)).filter(|value| !value.is_empty())?;
    Some(format!("{{{{< {name} {key}={} >}}}}", quoted(value)))
}
