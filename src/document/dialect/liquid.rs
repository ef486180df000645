//! The tags of Jekyll and Hexo: `{% name … %}`. In a folder of unknown kind only those that are well known.

use std::collections::HashSet;

use super::hexo::{self, arguments};
use super::inline;
use super::verbatim::Verbatim;
use crate::text::markup::Dialect;

/// Tags that say when and how often something is shown. What stands between them is shown once.
const CONTROL: [&str; 15] = [
    "raw",
    "if",
    "unless",
    "else",
    "elsif",
    "for",
    "case",
    "when",
    "assign",
    "capture",
    "break",
    "continue",
    "cycle",
    "increment",
    "liquid",
];

/// What else is a tag in a folder of unknown kind. Other templates are written in the same marks.
const KNOWN: [&str; 52] = [
    "asset_img",
    "asset_link",
    "asset_path",
    "audio",
    "blockquote",
    "btn",
    "button",
    "centerquote",
    "code",
    "codeblock",
    "codepen",
    "codesandbox",
    "comment",
    "cq",
    "details",
    "figure",
    "fold",
    "folding",
    "gallery",
    "gist",
    "github",
    "hideBlock",
    "hideInline",
    "hideToggle",
    "highlight",
    "iframe",
    "image",
    "img",
    "include_cached",
    "include_relative",
    "jsfiddle",
    "katex",
    "label",
    "link",
    "math",
    "mermaid",
    "note",
    "pdf",
    "picture",
    "post_link",
    "post_path",
    "post_url",
    "pullquote",
    "quote",
    "spotify",
    "subnote",
    "tab",
    "tabs",
    "timeline",
    "tweet",
    "video",
    "youtube",
];

/// How long a tag may be, in bytes.
const LONGEST: usize = 16 * 1024;

/// How far the end of a stretch of code may be, in bytes.
const LONGEST_CODE: usize = 4 * 1024;

/// The source with its tags written as shortcodes. Code in the text is left alone, and other code everywhere but in Jekyll.
pub(super) fn rewritten(source: &str, dialect: Dialect) -> String {
    let mut tags = Tags {
        source,
        dialect,
        ended: source.split("{%").filter_map(|tag| name(tag).strip_prefix("end")).collect(),
        last_end_of_raw: source.rfind("endraw").unwrap_or_default(),
        verbatim: Verbatim::default(),
        is_raw: false,
        notes: Vec::new(),
        output: String::with_capacity(source.len()),
    };
    let mut at = 0;
    while at < source.len() {
        at = tags.line(at);
    }
    tags.output + &tags.notes.concat()
}

struct Tags<'a> {
    source: &'a str,
    dialect: Dialect,
    /// The names that have a closing tag.
    ended: HashSet<&'a str>,
    last_end_of_raw: usize,
    verbatim: Verbatim,
    is_raw: bool,
    /// The footnotes that tags hold.
    notes: Vec<String>,
    output: String,
}

/// Where a tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Code,
}

impl Tags<'_> {
    /// Writes the line that starts at a place, and gives where the next one does: a tag may stand on several.
    fn line(&mut self, start: usize) -> usize {
        let end = self.source[start..].find('\n').map_or(self.source.len(), |at| start + at + 1);
        let line = &self.source[start..end];
        let was_fenced = self.verbatim.is_fenced();
        let is_code = self.verbatim.holds(line);
        let is_fenced = is_code && (was_fenced || self.verbatim.is_fenced());
        if let Some(tab) = hexo::tab(line).filter(|_| !is_code) {
            self.output.push_str(&tab);
            return end;
        }
        let place = if is_fenced || (is_code && self.dialect == Dialect::Unknown) { Place::Code } else { Place::Text };
        let mut at = start;
        while at < end {
            let line = &self.source[at..end];
            let found = if self.is_raw { None } else { line.find(['`', '{']) };
            let end_of_raw = if self.is_raw { end_of_raw(line) } else { None };
            if let Some((before, after)) = end_of_raw {
                self.is_raw = false;
                self.output.push_str(before);
                at = end - after.len();
            } else if let Some(found) = found {
                self.output.push_str(&line[..found]);
                at += found;
                at += match place {
                    Place::Text if line[found..].starts_with('`') => self.code(&line[found..]),
                    _ => self.tag(at, end, place),
                };
            } else {
                self.output.push_str(line);
                at = end;
            }
        }
        at
    }

    /// Writes the stretch of code that a text starts with, without the marks of raw text in it. Its length.
    fn code(&mut self, from: &str) -> usize {
        let length = inline::code(&from[..from.floor_char_boundary(LONGEST_CODE)]);
        let mut rest = &from[..length];
        if !rest.contains("endraw") {
            self.output.push_str(rest);
            return length;
        }
        while let Some((before, after)) = rest.split_once("{%") {
            let raw = after.split_once("%}").filter(|(tag, _)| tag.trim_matches(['-', ' ']) == "raw");
            let raw = raw.and_then(|(_, after)| end_of_raw(after));
            self.output.push_str(before);
            match raw {
                Some((inside, _)) => self.output.push_str(inside),
                None => self.output.push_str("{%"),
            }
            rest = raw.map_or(after, |(_, after)| after);
        }
        self.output.push_str(rest);
        length
    }

    /// Writes the tag at a place, or the first character of what is none. Its length.
    fn tag(&mut self, at: usize, end_of_line: usize, place: Place) -> usize {
        let within = if place == Place::Code { &self.source[at..end_of_line] } else { &self.source[at..] };
        // `{{% … %}}` is a shortcode already.
        let found = if within.starts_with("{{%") { None } else { whole(within) };
        let Some((tag, length)) = found else {
            let length = if within.starts_with("{{%") { 3 } else { 1 };
            self.output.push_str(&within[..length]);
            return length;
        };
        let name = name(tag);
        if name == "raw" && self.last_end_of_raw > at {
            self.is_raw = true;
        } else if self.is_shown(name, tag, place) {
            self.output.push_str(&within[..length]);
        } else {
            let written = self.shortcode(name, tag);
            self.output.push_str(&written);
        }
        length
    }

    /// Whether a tag is shown as it is written.
    fn is_shown(&self, name: &str, tag: &str, place: Place) -> bool {
        if self.dialect == Dialect::Jekyll {
            return false;
        }
        let base = name.strip_prefix("end").unwrap_or(name);
        let words = tag[name.len()..].trim_start();
        let is_known = match base {
            "if" | "unless" | "for" | "case" | "capture" | "raw" => self.ended.contains(base),
            "include" => !words.starts_with(['"', '\'']),
            "embed" => words.starts_with("http"),
            base => CONTROL.contains(&base) || KNOWN.contains(&base),
        };
        place == Place::Code || (self.dialect == Dialect::Unknown && !is_known)
    }

    fn shortcode(&mut self, name: &str, tag: &str) -> String {
        let words = tag[name.len()..].trim();
        let ended = name.strip_prefix("end").unwrap_or(name);
        if CONTROL.contains(&ended) || name.is_empty() {
            return String::new();
        }
        if ended.len() < name.len() {
            return format!("{{{{< /{} >}}}}", hexo::end(ended));
        }
        if let Some(note) = hexo::side_note(name, words).filter(|_| self.dialect == Dialect::Jekyll) {
            let number = self.notes.len() + 1;
            self.notes.push(format!("\n\n[^side-{number}]: {note}"));
            return format!("[^side-{number}]");
        }
        let is_jekyll = match self.dialect {
            Dialect::Jekyll => true,
            Dialect::Unknown => name.starts_with("include") || (name == "link" && words.starts_with('_')),
            _ => false,
        };
        if let Some(written) = hexo::written(name, words, is_jekyll) {
            return written;
        }
        let arguments: String = arguments(words).map(|argument| named(&argument) + " ").collect();
        let is_single = !self.ended.contains(name);
        format!("{{{{< {name} {arguments}{}>}}}}", if is_single { "/" } else { "" })
    }
}

/// What stands before the tag that ends raw text, and what follows it.
fn end_of_raw(line: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    while let Some(found) = line[at..].find("{%") {
        at += found + 2;
        if name(&line[at..]) == "endraw" {
            return Some((&line[..at - 2], line[at..].split_once("%}")?.1));
        }
    }
    None
}

/// The inside of the tag that a text starts with, and the length of the whole. It ends before another one starts, and no blank line
/// stands in it, unless it is a program of several lines.
fn whole(from: &str) -> Option<(&str, usize)> {
    let inside = from.strip_prefix("{%")?;
    let inside = &inside[..inside.floor_char_boundary(LONGEST)];
    let mut marks = inside.match_indices('%').map(|(at, _)| at);
    let end = marks.find(|at| inside[at + 1..].starts_with('}') || inside[..*at].ends_with('{'))?;
    if inside[..end].ends_with('{') {
        return None;
    }
    let tag = inside[..end].trim_matches('-').trim();
    let is_one = !tag.contains("\n\n") || name(tag) == "liquid";
    is_one.then_some((tag, end + 4))
}

/// The first word of a tag.
fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches('-').trim_start();
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(tag.len());
    &tag[..end]
}

/// An argument as that of a shortcode: those that have a name keep it.
fn named(argument: &str) -> String {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let in_quotes = argument.split_once(':').filter(|(_, value)| value.starts_with(['"', '\'']));
    match in_quotes.or(argument.split_once('=')).filter(|(name, value)| is_name(name) && !value.is_empty()) {
        Some((name, value)) => format!("{name}=`{}`", value.trim_matches(['"', '\''])),
        None => format!("`{argument}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        check_in(Dialect::Jekyll, source, expected);
    }

    fn check_in(dialect: Dialect, source: &str, expected: &str) {
        assert_eq!(rewritten(source, dialect), expected, "{source}");
    }

    #[test]
    fn tags_are_shortcodes() {
        check(
            "{% highlight ruby linenos %}\nx\n{% endhighlight %}",
            "{{< highlight `ruby` `linenos` >}}\nx\n{{< /highlight >}}",
        );
        check("{% youtube id=\"a b\" c %}", "{{< youtube id=`a b` `c` />}}");
        check("{% note 'a b' %}c{% endnote %}", "{{< note `a b` >}}c{{< /note >}}");
        check("[a]({% post_url 2020-01-02-x %})", "[a]({{< post_url `2020-01-02-x` />}})");
        check("{% figure caption:\"A *b*\" %}c{% endfigure %}", "{{< figure caption=`A *b*` >}}c{{< /figure >}}");
        check("a{% sidenote 'sn-1' 'b *c*' %} d", "a[^side-1] d\n\n[^side-1]: b *c*");
        check("{% if a == b %}c{% endif %}", "c");
        check("{% raw %}{{ x }} {% y %}{% endraw %}", "{{ x }} {% y %}");
        check("{% raw %}{% y {% endraw %}%} {% if a %}", "{% y %} ");
        check("{{% a %}} 50 {% of", "{{% a %}} 50 {% of");
        check_in(Dialect::Hexo, "```\n{% a %}\n```\n", "```\n{% a %}\n```\n");
    }

    #[test]
    fn tags_stand_on_several_lines() {
        check("a {% include figure\nimage_path=\"/a\"\n%} b", "a {{< figure src=`/a` />}} b");
        check("{% liquid\n  assign a = 1\n\n  echo a\n%}\nb", "\nb");
        check("10 {% of\n\nit %}", "10 {% of\n\nit %}");
        check("{% a {% b %}", "{% a {{< b />}}");
        check("{{% a %}} {% b %}", "{{% a %}} {{< b />}}");
    }

    #[test]
    fn code_in_the_text_is_left_alone() {
        for dialect in [Dialect::Unknown, Dialect::Hexo, Dialect::Jekyll] {
            for source in ["`{% if user %}` `{% raw %}`", "``{% extends \"base\" %} ` ``"] {
                check_in(dialect, source, source);
            }
            check_in(dialect, "`{% raw %}{% a %}{% endraw %}` b", "`{% a %}` b");
        }
        check_in(
            Dialect::Unknown,
            "a\n\n    {% if a %}\n\n    {% endif %}\n",
            "a\n\n    {% if a %}\n\n    {% endif %}\n",
        );
        check_in(
            Dialect::Unknown,
            "- a\n\n    {% img a.png %}\n",
            "- a\n\n    {{< img src=`a.png` title=`` alt=`` />}}\n",
        );
        check_in(Dialect::Unknown, "```\n{% raw %}\n```\n", "```\n{% raw %}\n```\n");
    }

    #[test]
    fn other_templates_are_left_alone_where_the_maker_is_unknown() {
        let check = |source, expected| check_in(Dialect::Unknown, source, expected);
        for source in ["{% csrf_token %}", "{% block a %}b{% endblock %}", "{% if a %}", "{% include \"a.html\" %}"] {
            check(source, source);
        }
        check("{% if a %}b{% endif %}", "b");
        check("{% include figure.html src=\"a\" %}", "{{< figure src=`a` />}}");
    }
}
