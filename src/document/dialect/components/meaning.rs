//! What the well-known components are written as.

use super::super::quoted;
use super::tag::Component;
use crate::document::notice;

/// Elements whose text is Markdown too, where a file holds components.
const ELEMENTS: [(&str, &str); 11] = [
    ("div", "</div>"),
    ("section", "</section>"),
    ("article", "</article>"),
    ("aside", "</aside>"),
    ("main", "</main>"),
    ("center", "</center>"),
    ("header", "</header>"),
    ("footer", "</footer>"),
    ("figure", "</figure>"),
    ("figcaption", "</figcaption>"),
    ("details", "</details>"),
];

/// Whether the text of a component or element is Markdown.
pub(super) fn holds_text(component: &Component) -> bool {
    component.is_own() || (!component.is_whole && ELEMENTS.iter().any(|(name, _)| *name == component.name))
}

/// The first of some attributes that says something.
fn first<'a>(component: &Component<'a>, keys: &[&str]) -> Option<&'a str> {
    let get = |key: &&str| component.attributes.iter().find(|(known, value)| known == key && !value.is_empty());
    keys.iter().find_map(get).map(|(_, value)| *value)
}

/// What a component that holds something is written as, before and after.
pub(super) fn pair(component: &Component) -> (String, &'static str) {
    if let Some((_, closing)) = ELEMENTS.iter().find(|(name, _)| *name == component.name) {
        return (tag(component), closing);
    }
    let title = first(component, &["title", "label", "header", "summary"]).unwrap_or_default();
    let lower = component.name.to_ascii_lowercase();
    let value = if lower == "tabitem" { first(component, &["value"]).unwrap_or_default() } else { "" };
    let label = if title.is_empty() { value } else { title };
    match lower.as_str() {
        "tabitem" | "tab" | "step" | "card" | "codegroupitem" if !label.is_empty() => {
            (format!("{{{{% tab {} %}}}}", quoted(label)), "{{% /tab %}}")
        }
        "details" | "accordion" | "accordionitem" | "collapse" | "expandable" | "toggle" => {
            (format!("{{{{% details {} %}}}}", quoted(title)), "{{% /details %}}")
        }
        "admonition" | "callout" | "aside" | "alert" | "notice" => {
            let kind = first(component, &["type", "kind", "variant", "intent"]).unwrap_or("note");
            (format!("{{{{% notice {} {} %}}}}", quoted(kind), quoted(title)), "{{% /notice %}}")
        }
        "quote" | "blockquote" | "pullquote" => {
            let credit = ["author", "by", "source", "cite", "attribution"];
            let credit = first(component, &credit).map(|credit| format!("author={} ", quoted(credit)));
            (format!("{{{{% quote {}%}}}}", credit.unwrap_or_default()), "{{% /quote %}}")
        }
        kind if notice::kind(kind).is_some() => {
            (format!("{{{{% notice {} {} %}}}}", quoted(kind), quoted(title)), "{{% /notice %}}")
        }
        _ if title.is_empty() => (String::new(), ""),
        _ => (format!("**{title}**"), ""),
    }
}

/// The tag of an element, as HTML has it.
fn tag(component: &Component) -> String {
    let mut tag = format!("<{}", component.name);
    for (key, value) in &component.attributes {
        let key = if *key == "className" { "class" } else { key };
        let value = if value.is_empty() { String::new() } else { format!("=\"{}\"", value.replace('"', "&quot;")) };
        tag.push_str(&format!(" {key}{value}"));
    }
    tag + ">"
}

/// What a component that holds nothing is written as, alone on its lines: one that leads somewhere is a shortcode, of others their words
/// stay, and the rest is not for readers.
pub(super) fn alone(component: &Component) -> String {
    let text = first(component, &["text", "content", "message", "description"]);
    let (opening, closing) = pair(component);
    let is_held = ["{{% notice", "{{% quote"].iter().any(|start| opening.starts_with(start));
    if let Some(text) = text.filter(|_| is_held) {
        return format!("\n{opening}\n{text}\n{closing}\n");
    }
    if let Some(words) = words(component) {
        let description = first(component, &["description"]).filter(|description| *description != words);
        let target = first(component, &["href", "to", "link"]);
        let words = target.map_or(words.to_owned(), |target| {
            format!("[{}](<{}>)", words.replace(']', "\\]"), target.replace('>', "%3E"))
        });
        return words + &description.map(|description| format!("  \n{description}")).unwrap_or_default();
    }
    let keys = ["src", "href", "url", "id", "link", "to", "image"];
    if first(component, &keys).is_none() {
        return String::new();
    }
    let said = component.attributes.iter().filter(|(_, value)| !value.is_empty());
    let said: String = said.map(|(key, value)| format!("{key}={} ", quoted(value))).collect();
    format!("{{{{< {} {said}/>}}}}", component.name.to_ascii_lowercase().replace('.', "-"))
}

/// Parts of the names of components whose attributes are read.
const SHOWN: [&str; 9] = ["badge", "card", "button", "quote", "callout", "chip", "pill", "heading", "tag"];

/// The words of a component that holds nothing and is there for them.
pub(super) fn words<'a>(component: &Component<'a>) -> Option<&'a str> {
    let name = component.name.to_ascii_lowercase();
    let is_shown = component.is_whole && SHOWN.iter().any(|part| name.contains(part));
    let is_other = first(component, &["src", "url", "id", "image", "repo", "slug"]).is_some();
    let keys = ["title", "text", "label", "children", "content", "description"];
    first(component, &keys).filter(|_| is_shown && !is_other)
}
