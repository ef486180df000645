//! Markdown with components (MDX): what is program in it is taken out, and what the well-known components mean is written as shortcodes.

use super::draft::Draft;
use super::verbatim::Element;
use super::{Fence, inline, quoted};
use crate::document::notice;

/// Whether a source holds components or parts of a program.
pub(super) fn are_in(draft: &Draft) -> bool {
    let starts = |line: &str| is_import(line) || is_export(line) || line.contains("{/*") || component(line).is_some();
    draft.holds_any(&["import", "export", "{/*", "<"]) && draft.source.lines().any(|line| starts(line.trim_start()))
}

/// The source without its imports, exports and comments, and with its components as shortcodes. What only starts like one of them, and
/// does not end, is words.
pub(super) fn rewritten(source: &str) -> String {
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut reader = Reader {
        last_comment: lines.iter().rposition(|line| line.contains("*/}")).unwrap_or(0),
        lines,
        at: 0,
        fence: Fence::default(),
        element: Element::default(),
        is_listed: false,
        has_open_export: false,
        open: Vec::new(),
    };
    let mut output = String::with_capacity(source.len());
    while reader.at < reader.lines.len() {
        reader.line(&mut output);
    }
    output
}

/// The most lines that a tag or an import takes, and that an export does.
const MOST_LINES: usize = 24;
const MOST_LINES_OF_EXPORT: usize = 500;

struct Reader<'a> {
    lines: Vec<&'a str>,
    /// The line that is read next.
    at: usize,
    fence: Fence,
    element: Element,
    /// Whether what is indented may belong to the item of a list.
    is_listed: bool,
    /// The last line on which a comment may end.
    last_comment: usize,
    /// Whether an export was met that does not end: then those after it are words too.
    has_open_export: bool,
    /// The components that are open.
    open: Vec<Open>,
}

struct Open {
    /// What ends it.
    closing: &'static str,
    /// How far its first line of words is indented; until there is one, as far as the lines around it.
    depth: usize,
    has_words: bool,
}

impl<'a> Reader<'a> {
    /// Reads a line, and those that belong to it.
    fn line(&mut self, output: &mut String) {
        let line = self.lines[self.at];
        let words = line.trim();
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let is_first = !words.is_empty() && !words.starts_with('<');
        if let Some(open) = self.open.last_mut().filter(|open| is_first && !open.has_words) {
            (open.depth, open.has_words) = (indent, true);
        }
        let is_code = self.fence.is_open() || !self.element.is_open();
        if is_code && (self.fence.holds(self.dedented(line)) || self.is_code(line, indent)) || self.element.holds(words)
        {
            output.push_str(self.dedented(line));
            self.at += 1;
            return;
        }
        if let Some(count) = self.program() {
            self.at += count;
        } else if let Some((tag, count)) = self.tag()
            && let Some(component) = component(&tag)
        {
            self.component(&component, &tag, output);
            self.at += count;
        } else {
            self.text(output);
        }
    }

    /// A line without the blanks that all lines inside of a component start with.
    fn dedented(&self, line: &'a str) -> &'a str {
        let own = line.len() - line.trim_start_matches([' ', '\t']).len();
        &line[own.min(self.depth())..]
    }

    fn depth(&self) -> usize {
        self.open.last().map_or(0, |open| open.depth)
    }

    /// Whether a line is code by how far it is indented. Inside of lists and components it is not.
    fn is_code(&mut self, line: &str, indent: usize) -> bool {
        let words = line.trim_start();
        if !words.is_empty() {
            let marked = words.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_item = ["- ", "* ", "+ ", ". ", ") "].iter().any(|mark| marked.starts_with(mark));
            self.is_listed = is_item || (self.is_listed && indent > 0);
        }
        self.open.is_empty() && !self.is_listed && (line.starts_with("    ") || line.starts_with('\t'))
    }

    /// How many lines an import or export takes that stands here.
    fn program(&mut self) -> Option<usize> {
        let ahead = &self.lines[self.at..];
        if is_import(ahead[0]) {
            let within = ahead.iter().take(MOST_LINES).take_while(|line| !line.trim().is_empty());
            return within
                .map(|line| line.trim_end())
                .position(|line| line.ends_with(['\'', '"', ';']))
                .map(|last| last + 1);
        }
        if self.has_open_export || !is_export(ahead[0]) {
            return None;
        }
        let mut depth = 0;
        let count = ahead.iter().take(MOST_LINES_OF_EXPORT).position(|line| {
            depth += line.matches(['{', '(', '[']).count() as i32 - line.matches(['}', ')', ']']).count() as i32;
            depth <= 0
        });
        self.has_open_export = count.is_none();
        count.map(|last| last + 1)
    }

    /// The tag of a component that stands here, put on one line, with what follows it there; and how many lines it takes.
    fn tag(&self) -> Option<(String, usize)> {
        let mut tag = String::new();
        let within = self.lines[self.at..].iter().take(MOST_LINES).map(|line| line.trim());
        for (count, words) in (1..).zip(within.take_while(|words| !words.is_empty())) {
            tag.push_str(if count > 1 { " " } else { "" });
            tag.push_str(words);
            if !starts_component(&tag) {
                return None;
            }
            if words.contains('>') && component(&tag).is_some_and(|component| component.end > 0) {
                return Some((tag, count));
            }
        }
        None
    }

    /// Writes a component that a line starts with.
    fn component(&mut self, component: &Component, words: &str, output: &mut String) {
        let Component { name, attributes, end, .. } = component;
        if component.is_end {
            let closing = self.open.pop().map_or("", |open| open.closing);
            output.push_str(&format!("\n{closing}\n\n{}\n", &words[*end..]));
            return;
        }
        let (opening, closing) = pair(name, attributes);
        let rest = words[*end..].trim();
        let inside = rest.strip_suffix(&format!("</{name}>"));
        match (component.is_whole, inside) {
            (true, _) => output.push_str(&format!("{} {rest}\n", alone(name, attributes))),
            (false, Some(inside)) => output.push_str(&format!("{opening}\n{inside}\n{closing}\n")),
            (false, None) => {
                self.open.push(Open { closing, depth: self.depth(), has_words: false });
                output.push_str(&format!("\n{opening}\n\n{rest}\n"));
            }
        }
    }

    /// Writes a line without its comments; one may end some lines on.
    fn text(&mut self, output: &mut String) {
        let mut rest = self.dedented(self.lines[self.at]);
        while let Some(place) = comment(rest) {
            output.push_str(&rest[..place]);
            rest = &rest[place..];
            if let Some((_, after)) = rest.split_once("*/}") {
                rest = after;
            } else if self.at < self.last_comment {
                let ends = self.lines[self.at + 1..].iter().find_map(|line| line.split_once("*/}"));
                rest = ends.map_or("", |(_, after)| after);
                self.at += 1 + self.lines[self.at + 1..].iter().take_while(|line| !line.contains("*/}")).count();
            } else {
                break;
            }
        }
        output.push_str(rest);
        self.at += 1;
    }
}

/// Where a comment starts in a line, in bytes: not in code.
fn comment(line: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = line[at..].find(['`', '{']) {
        at += found;
        if line[at..].starts_with("{/*") {
            return Some(at);
        }
        at += if line[at..].starts_with('`') { inline::code(&line[at..]) } else { 1 };
    }
    None
}

fn is_import(words: &str) -> bool {
    let Some(rest) = words.strip_prefix("import ") else { return false };
    rest.starts_with(['\'', '"', '{', '*']) || rest.contains(" from '") || rest.contains(" from \"")
}

fn is_export(words: &str) -> bool {
    let kinds = ["const ", "let ", "var ", "function ", "default ", "async ", "class ", "{"];
    words.strip_prefix("export ").is_some_and(|rest| kinds.iter().any(|kind| rest.starts_with(kind)))
}

/// Whether a line starts with a tag whose name starts with a capital.
fn starts_component(words: &str) -> bool {
    let name = words.strip_prefix('<').map(|inside| inside.strip_prefix('/').unwrap_or(inside));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Such a tag.
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
        check("a {/* b */} c {/* d\n*/} e `{/*`", "a  c  e `{/*`");
        for source in [
            "import duties are high",
            "import {\nwords",
            "use `{/* b */}`\nand `{/*` {/*\nwords",
            "a\n    import a from 'b'\n    <Foo />",
            "export const a = {\nwords",
            "<Enter\nwords\nwords",
            "a <b",
            "<pre>\n{/* b */}\n<Foo />\n</pre>",
        ] {
            check(source, source);
        }
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
        check(
            "<Aside\n  type=\"tip\"\n  f={() => 1}\n>\nx\n</Aside>",
            "{{% notice \"tip\" \"\" %}}\nx\n{{% /notice %}}",
        );
        check("1. a\n\n    <Warning>b</Warning>", "1. a\n{{% notice \"warning\" \"\" %}}\nb\n{{% /notice %}}");
        check("a <b>c</b> <i>d</i>", "a <b>c</b> <i>d</i>");
    }
}
