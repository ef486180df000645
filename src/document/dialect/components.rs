//! Markdown with components (MDX): what is program in it is taken out, and what the well-known components mean is written as shortcodes.

mod meaning;
mod program;
mod tag;

use program::{MOST_LINES, is_export, is_import};
use tag::{Component, component};

use super::draft::Draft;
use super::verbatim::{Element, Verbatim};
use super::{Fence, inline};

/// Whether a source holds components or parts of a program.
pub(super) fn are_in(draft: &Draft) -> bool {
    let starts = |line: &str| {
        is_import(line)
            || is_export(line)
            || line.contains("{/*")
            || component(line).is_some()
            || line.contains("<Badge ")
    };
    draft.holds_any(&["import", "export", "{/*", "<"]) && draft.source.lines().any(|line| starts(line.trim_start()))
}

/// The source without its imports, exports and comments, and with its components as shortcodes. What only starts like one of them, and
/// does not end, is words.
pub(super) fn rewritten(source: &str) -> String {
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut reader = Reader {
        is_sure: is_sure(&lines),
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

/// Whether a source is one with components by more than an import, which may be words: a component, an export, another import beside
/// it at the top.
fn is_sure(lines: &[&str]) -> bool {
    let top = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let second = top + program::import(&lines[top..]).unwrap_or(0);
    let mut verbatim = Verbatim::default();
    let is_mark = |line: &&str| !verbatim.holds(line) && (is_export(line) || component(line).is_some());
    (second > top && program::import(&lines[second..]).is_some()) || lines.iter().any(is_mark)
}

struct Reader<'a> {
    lines: Vec<&'a str>,
    /// Whether more than an import says that it holds components.
    is_sure: bool,
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

struct Tag {
    words: String,
    /// How many lines it takes.
    count: usize,
    /// Where it ends in the last of them, behind the blanks at its start, in bytes.
    end: usize,
}

struct Open {
    name: String,
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
        } else if let Some(Tag { words, count, end }) = self.tag()
            && let Some(component) = tag::element(&words)
        {
            self.component(&component, count, end, output);
        } else if let Some((before, name, after)) = self.end(line) {
            self.lines[self.at] = before;
            self.text(output);
            self.close(&name, output);
            self.go_on(0, after);
        } else {
            self.text(output);
        }
    }

    /// Goes on behind some lines, with what the last of them still holds.
    fn go_on(&mut self, count: usize, rest: &'a str) {
        self.at += count;
        if !rest.trim().is_empty() {
            self.at -= 1;
            self.lines[self.at] = rest;
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
            return program::import(ahead).filter(|_| self.is_sure);
        }
        if self.has_open_export || !is_export(ahead[0]) {
            return None;
        }
        let count = program::export(ahead);
        self.has_open_export = count.is_none();
        count
    }

    /// The tag of a component that stands here, put on one line.
    fn tag(&self) -> Option<Tag> {
        let mut words = String::new();
        let within = self.lines[self.at..].iter().take(MOST_LINES).map(|line| inline::near(line.trim()));
        for (count, line) in (1..).zip(within.take_while(|line| !line.is_empty())) {
            words.push_str(if count > 1 { " " } else { "" });
            let before = words.len();
            words.push_str(line);
            if !tag::starts(&words) {
                return None;
            }
            let found = if line.contains('>') { tag::element(&words).filter(|tag| tag.end > before) } else { None };
            if let Some(component) = found {
                let is_known = component.is_own() || (self.is_sure && self.knows(&component));
                let end = component.end;
                words.truncate(end);
                return is_known.then_some(Tag { words, count, end: end - before });
            }
        }
        None
    }

    /// Whether an element's text is Markdown; its end counts where its start did.
    fn knows(&self, element: &Component) -> bool {
        let mut near = self.open.iter().rev().take(MOST_OPEN);
        meaning::holds_text(element) && (!element.is_end || near.any(|open| open.name == element.name))
    }

    /// Writes a component that some lines start with.
    fn component(&mut self, component: &Component, count: usize, end: usize, output: &mut String) {
        let rest = &self.lines[self.at + count - 1].trim_start()[end..];
        let name = component.name;
        if component.is_end {
            self.close(name, output);
            return self.go_on(count, rest);
        }
        if component.is_whole {
            output.push_str(&format!("{} ", meaning::alone(component)));
            self.lines[self.at + count - 1] = rest;
            self.at += count - 1;
            return self.text(output);
        }
        let (opening, closing) = meaning::pair(component);
        let is_tight = rest.trim().ends_with(&format!("</{name}>")) && !opening.starts_with('<');
        let (before, after) = if is_tight { ("", "") } else { ("\n", "\n") };
        output.push_str(&format!("{before}{opening}\n{after}"));
        self.open.push(Open { name: name.to_owned(), closing, depth: self.depth(), has_words: false });
        self.go_on(count, rest);
    }

    /// Writes the end of the component of a name, and of those that stand open in it.
    fn close(&mut self, name: &str, output: &mut String) {
        let near = self.open.len().saturating_sub(MOST_OPEN);
        let Some(found) = self.open[near..].iter().rposition(|open| open.name == name) else { return };
        for open in self.open.drain(near + found..).rev() {
            output.push_str(&format!("\n{}\n\n", open.closing));
        }
    }

    /// What stands before the end of the component that is open, its name, and what stands behind it.
    fn end(&self, line: &'a str) -> Option<(&'a str, String, &'a str)> {
        let name = &self.open.last()?.name;
        let mut at = 0;
        while let Some(found) = line[at..].find(['`', '<']) {
            at += found;
            let from = &line[at..];
            if from.starts_with('`') {
                at += inline::code(inline::near(from));
                continue;
            }
            let inside = from.strip_prefix("</").unwrap_or(&from[1..]);
            if let Some(after) = inside.strip_prefix(name.as_str()).filter(|after| after.starts_with([' ', '>', '/'])) {
                let is_end = from.starts_with("</") && after.starts_with('>');
                return is_end.then(|| (&line[..at], name.clone(), &after[1..]));
            }
            at += 1;
        }
        None
    }

    /// Writes a line without its comments; one may end some lines on.
    fn text(&mut self, output: &mut String) {
        let mut rest = self.dedented(self.lines[self.at]);
        while let Some(place) = mark(rest) {
            output.push_str(&rest[..place]);
            rest = &rest[place..];
            if !rest.starts_with("{/*") {
                rest = &rest[self.inline(rest, output)..];
            } else if let Some((_, after)) = rest.split_once("*/}") {
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

    /// Writes what a brace or tag within a line means, and gives how much of it that takes.
    fn inline(&self, from: &str, output: &mut String) -> usize {
        let fragment = ["<>", "</>"].into_iter().find(|tag| self.is_sure && from.starts_with(tag));
        if let Some(tag) = fragment {
            return tag.len();
        }
        let near = &from[..from.floor_char_boundary(LONGEST)];
        // What is written as a string lest it be a mark, or be lost at the end of a line.
        let string = from.strip_prefix('{').filter(|_| self.is_sure).and_then(|inside| {
            let quote = inside.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
            near[2..].split_once('}')?.0.trim_end().strip_suffix(quote)
        });
        if let Some(string) = string.filter(|string| !string.contains(char::is_alphanumeric)) {
            output.push_str(string);
            return string.len() + 4;
        }
        let words = component(near).and_then(|component| Some((meaning::words(&component)?, component.end)));
        let (words, length) = words.unwrap_or((&from[..1], 1));
        output.push_str(words);
        length
    }
}

/// How far a tag within a line may reach, in bytes.
const LONGEST: usize = 1024;

/// How many of the components that are open an end may close.
const MOST_OPEN: usize = 64;

/// Where the next brace or tag stands in a line that may mean something, in bytes: not in code.
fn mark(line: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = line[at..].find(['`', '{', '<']) {
        at += found;
        let from = &line[at..];
        let next = from[1..].chars().next().unwrap_or(' ');
        let is_mark = match from.as_bytes()[0] {
            b'{' => from.starts_with("{/*") || matches!(next, '"' | '\'' | '`'),
            b'<' => next == '>' || from.starts_with("</>") || next.is_ascii_uppercase(),
            _ => false,
        };
        if is_mark {
            return Some(at);
        }
        at += if from.starts_with('`') { inline::code(inline::near(from)) } else { 1 };
    }
    None
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
    fn words_may_look_like_a_program() {
        for source in [
            "import Foo from \"foo\"",
            "export default is the keyword for modules.",
            "a {\" \"} <> b",
            "<div>\n**a**\n</div>",
        ] {
            check(source, source);
        }
        check("import A from 'a'\n\n<A />\nb", "b");
    }

    #[test]
    fn components_end_where_their_tags_do() {
        check("<Note>one\ntwo</Note>\n\n## A\n\nb", "{{% notice \"note\" \"\" %}}\none\ntwo\n{{% /notice %}}\n## A\nb");
        check("<Note>a</Note> b", "{{% notice \"note\" \"\" %}}\na\n{{% /notice %}}\n b");
        check("<Note>\n`</Note>` a\n</Note>b", "{{% notice \"note\" \"\" %}}\n`</Note>` a\n{{% /notice %}}\nb");
        check("<Tip>\n<Foo>\na</Foo>\n</Foo>\n</Tip>", "{{% notice \"tip\" \"\" %}}\na\n{{% /notice %}}");
        check("<Tip>\n<Foo>\na\n</Tip>\nb", "{{% notice \"tip\" \"\" %}}\na\n{{% /notice %}}\nb");
    }

    #[test]
    fn elements_among_components_hold_markdown() {
        check("<A />\n<div className=\"x\">\n  **b**\n</div>\nc", "<div class=\"x\">\n**b**\n</div>\nc");
        check("<A />\na{\" \"}\n<>b</> {'{'} {\"c\"}", "a\nb { {\"c\"}");
        let output = rewritten("<A />\n<div>\n<div>a</div>\n</div>\n");
        assert_eq!(output.matches("\n\na").count(), 1, "{output}");
    }

    #[test]
    fn components_without_text_have_words() {
        check("<Callout type=\"tip\" text=\"a\" />", "{{% notice \"tip\" \"\" %}}\na\n{{% /notice %}}");
        check("a <Badge type=\"b\" text=\"New\" /> `<Badge text=\"c\" />`", "a New `<Badge text=\"c\" />`");
        check("<Quote text=\"a\" author=\"B\" />", "{{% quote author=\"B\" %}}\na\n{{% /quote %}}");
        check("<Quote author=\"B\">\na\n</Quote>", "{{% quote author=\"B\" %}}\na\n{{% /quote %}}");
        check("<Card title=\"A\" description=\"D\" />\n\nb", "A\nD\nb");
        check("<LinkCard title=\"A\" description=\"D\" href=\"/x\" />", "[A](</x>)\nD");
        check("<TabItem value=\"orange\">\na\n</TabItem>", "{{% tab \"orange\" %}}\na\n{{% /tab %}}");
        check("<Seo title=\"a\" description=\"b\" />\nc", "c");
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
