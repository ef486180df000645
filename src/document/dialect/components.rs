//! Markdown with components (MDX): what is program in it is taken out, and what the well-known components mean is written as shortcodes.

use super::draft::Draft;
use super::{Fence, quoted};
use crate::document::notice;

/// Whether a source holds components or parts of a program.
pub(super) fn are_in(draft: &Draft) -> bool {
    let starts = |line: &str| is_import(line) || is_export(line) || line.contains("{/*") || component(line).is_some();
    draft.holds_any(&["import", "export", "{/*", "<"]) && draft.source.lines().any(|line| starts(line.trim_start()))
}

/// The source without its imports, exports and comments, and with its components as shortcodes.
pub(super) fn rewritten(source: &str) -> String {
    let mut reader = Reader::default();
    let mut output = String::with_capacity(source.len());
    let mut fence = Fence::default();
    for line in source.split_inclusive('\n') {
        if reader.skipped.is_none() && fence.holds(reader.dedented(line)) {
            output.push_str(reader.dedented(line));
        } else {
            reader.line(line, &mut output);
        }
    }
    output
}

/// What is passed over, line by line, until it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Skipped {
    Import,
    /// With how many brackets are open.
    Export(i32),
    Comment,
    /// A tag of several lines.
    Tag,
}

#[derive(Default)]
struct Reader {
    skipped: Option<Skipped>,
    /// The components that are open: what ends each, and how far its first line is indented.
    open: Vec<(&'static str, Option<usize>)>,
}

impl Reader {
    /// A line without the blanks that all lines inside of a component start with.
    fn dedented<'a>(&self, line: &'a str) -> &'a str {
        let depth = self.open.iter().rev().find_map(|(_, depth)| *depth).unwrap_or(0);
        let own = line.len() - line.trim_start_matches([' ', '\t']).len();
        &line[own.min(depth)..]
    }

    fn line(&mut self, line: &str, output: &mut String) {
        let words = line.trim();
        if let Some(skipped) = self.skipped {
            self.skipped = after(skipped, words);
            return;
        }
        let is_first = !words.is_empty() && !words.starts_with('<');
        if let Some((_, depth @ None)) = self.open.last_mut().filter(|_| is_first) {
            *depth = Some(line.len() - line.trim_start_matches([' ', '\t']).len());
        }
        if is_import(words) {
            self.skipped = after(Skipped::Import, words);
        } else if is_export(words) {
            self.skipped = after(Skipped::Export(0), words);
        } else if let Some((before, comment)) = words.split_once("{/*") {
            let rest = comment.split_once("*/}").map(|(_, rest)| rest);
            self.skipped = if rest.is_none() { Some(Skipped::Comment) } else { None };
            output.push_str(&format!("{before}{}\n", rest.unwrap_or_default()));
        } else if let Some(component) = component(words) {
            self.component(&component, words, output);
        } else {
            output.push_str(self.dedented(line));
        }
    }

    /// Writes a component that a line starts with.
    fn component(&mut self, component: &Component, words: &str, output: &mut String) {
        let Component { name, attributes, end, .. } = component;
        if component.is_end {
            let closing = self.open.pop().map_or("", |(closing, _)| closing);
            output.push_str(&format!("\n{closing}\n\n{}\n", &words[*end..]));
            return;
        }
        if *end == 0 {
            self.skipped = Some(Skipped::Tag);
            return;
        }
        let (opening, closing) = pair(name, attributes);
        let rest = words[*end..].trim();
        let inside = rest.strip_suffix(&format!("</{name}>"));
        match (component.is_whole, inside) {
            (true, _) => output.push_str(&format!("{} {rest}\n", alone(name, attributes))),
            (false, Some(inside)) => output.push_str(&format!("{opening}\n{inside}\n{closing}\n")),
            (false, None) => {
                self.open.push((closing, None));
                output.push_str(&format!("\n{opening}\n\n{rest}\n"));
            }
        }
    }
}

/// What of a skipped part goes on after a line.
fn after(skipped: Skipped, words: &str) -> Option<Skipped> {
    let depth = || words.matches(['{', '(', '[']).count() as i32 - words.matches(['}', ')', ']']).count() as i32;
    match skipped {
        Skipped::Import if words.ends_with(['\'', '"', ';']) || words.is_empty() => None,
        Skipped::Export(open) if open + depth() <= 0 || words.is_empty() && open <= 0 => None,
        Skipped::Export(open) => Some(Skipped::Export(open + depth())),
        Skipped::Comment if words.contains("*/}") => None,
        Skipped::Tag if words.ends_with('>') => None,
        skipped => Some(skipped),
    }
}

fn is_import(words: &str) -> bool {
    let Some(rest) = words.strip_prefix("import ") else { return false };
    rest.starts_with(['\'', '"', '{', '*']) || rest.contains(" from '") || rest.contains(" from \"")
}

fn is_export(words: &str) -> bool {
    let kinds = ["const ", "let ", "var ", "function ", "default ", "async ", "class ", "{"];
    words.strip_prefix("export ").is_some_and(|rest| kinds.iter().any(|kind| rest.starts_with(kind)))
}

/// A tag whose name starts with a capital.
struct Component<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    is_end: bool,
    /// Whether it holds nothing.
    is_whole: bool,
    /// Where it ends, in bytes; 0 where it goes on in the next line.
    end: usize,
}

/// The component that a line starts with.
fn component(words: &str) -> Option<Component<'_>> {
    let words = words.trim_start();
    let inside = words.strip_prefix('<')?;
    let is_end = inside.starts_with('/');
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Some(Component { name, attributes, is_end, is_whole: true, end: words.len() - after.len() });
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some(Component { name, attributes, is_end, is_whole: false, end: words.len() - after.len() });
        }
        if rest.is_empty() {
            return Some(Component { name, attributes, is_end, is_whole: false, end: 0 });
        }
        if rest.starts_with('{') {
            rest = value(rest)?.1;
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':' | '@')) {
            return None;
        }
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let (key, after) = rest.split_at(length);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after)?,
            None => ("", after),
        };
        attributes.push((key, value));
        rest = after;
    }
}

/// The value of an attribute and what follows it. Of what a program would work out only a string counts.
fn value(from: &str) -> Option<(&str, &str)> {
    match from.chars().next()? {
        quote @ ('"' | '\'') => from[1..].split_once(quote),
        '{' => {
            let mut depth = 0_i32;
            let end = from.find(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth == 0
            })?;
            let inside = from[1..end].trim();
            let string = inside.split(['\'', '"', '`']).nth(1).filter(|_| !inside.starts_with('{'));
            Some((string.unwrap_or_default(), &from[end + 1..]))
        }
        _ => Some(from.split_at(from.find([' ', '>']).unwrap_or(from.len()))),
    }
}

/// What a component that holds something is written as, before and after.
fn pair(name: &str, attributes: &[(&str, &str)]) -> (String, &'static str) {
    let get = |key: &str| attributes.iter().find(|(known, value)| *known == key && !value.is_empty());
    let first = |keys: &[&str]| keys.iter().find_map(|key| get(key)).map(|(_, value)| *value);
    let title = first(&["title", "label", "header", "summary"]).unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "tabitem" | "tab" | "step" | "card" | "codegroupitem" if !title.is_empty() => {
            (format!("{{{{% tab {} %}}}}", quoted(title)), "{{% /tab %}}")
        }
        "details" | "accordion" | "accordionitem" | "collapse" | "expandable" | "toggle" => {
            (format!("{{{{% details {} %}}}}", quoted(title)), "{{% /details %}}")
        }
        "admonition" | "callout" | "aside" | "alert" | "notice" => {
            let kind = first(&["type", "kind", "variant", "intent"]).unwrap_or("note");
            (format!("{{{{% notice {} {} %}}}}", quoted(kind), quoted(title)), "{{% /notice %}}")
        }
        kind if notice::kind(kind).is_some() => {
            (format!("{{{{% notice {} {} %}}}}", quoted(kind), quoted(title)), "{{% /notice %}}")
        }
        _ if title.is_empty() => (String::new(), ""),
        _ => (format!("**{title}**"), ""),
    }
}

/// What a component that holds nothing is written as: one that leads somewhere is a shortcode, the others are not for readers.
fn alone(name: &str, attributes: &[(&str, &str)]) -> String {
    let keys = ["src", "href", "url", "id", "link", "to", "image"];
    let leads = attributes.iter().any(|(key, value)| keys.contains(key) && !value.is_empty());
    if !leads {
        return String::new();
    }
    let said = attributes.iter().filter(|(_, value)| !value.is_empty());
    let said: String = said.map(|(key, value)| format!("{key}={} ", quoted(value))).collect();
    format!("{{{{< {} {said}/>}}}}", name.to_ascii_lowercase().replace('.', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        let lines =
            |text: &str| text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        assert_eq!(lines(&rewritten(source)), expected, "{source}");
    }

    #[test]
    fn programs_are_not_shown() {
        check("import A from './a';\nimport {\n  B,\n} from 'b'\n\nwords", "words");
        check("export const a = {\n  b: [1],\n\n  c: 2,\n};\nwords", "words");
        check("export const F = ({x}) => (\n  <b>{x}</b>\n);\n\nwords {/* no */}!", "words !");
        check("{/*\nno\n*/}\nyes", "yes");
        check("```js\nimport a from 'b'\n```", "```js\nimport a from 'b'\n```");
        check("import duties are high", "import duties are high");
    }

    #[test]
    fn components_have_their_meaning() {
        check(
            "<Tabs>\n  <TabItem value=\"a\" label=\"A b\">\n\n    words\n\n  </TabItem>\n</Tabs>",
            "{{% tab \"A b\" %}}\nwords\n{{% /tab %}}",
        );
        check("<Aside type=\"tip\">x</Aside>", "{{% notice \"tip\" \"\" %}}\nx\n{{% /notice %}}");
        check("<Warning title='T'>\nx\n</Warning>", "{{% notice \"warning\" \"T\" %}}\nx\n{{% /notice %}}");
        check("<YouTube id=\"abc\" />", "{{< youtube id=\"abc\" />}}");
        check("<Image src={require('./a.png')} alt=\"b\" />", "{{< image src=\"./a.png\" alt=\"b\" />}}");
        check("<Foo client:load a={{b: 1}} />\nx", "x");
        check("<Foo\n  a={1}\n/>\nx", "x");
        check("a <b>c</b> <i>d</i>", "a <b>c</b> <i>d</i>");
    }
}
