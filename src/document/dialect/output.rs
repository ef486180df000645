//! What Liquid puts out: `{{ … }}` of a Jekyll post, and loops over data. Nothing of it is ever shown as it is written.

use super::Fence;

/// How far a loop may reach, in bytes.
const LONGEST_LOOP: usize = 64 * 1024;

/// How many loops of a post are looked through.
const MOST_LOOPS: usize = 256;

/// The source with its outputs written out: a string stands for itself, an address of the site is the root, and what only the site
/// knows is nothing. A loop that puts something out is a call of its own. Unknown names in fenced code are left alone: there they
/// are more often meant to be seen.
pub(super) fn written(source: &str) -> String {
    let mut output = String::with_capacity(source.len());
    let mut code = Code::default();
    let mut marks = Marks { ends: ["}}", "%}", "endraw"].map(|end| source.rfind(end)), loops: MOST_LOOPS };
    let mut rest = source;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        output.push_str(before);
        code.read(before);
        let place = source.len() - from.len();
        let (shown, length) = marks.mark(from, place, code.is_inside).unwrap_or_else(|| (from[..1].to_owned(), 1));
        code.read(&from[..length]);
        output.push_str(&shown);
        rest = &from[length..];
    }
    output.push_str(rest);
    output
}

struct Marks {
    /// Where outputs, tags and raw text end for the last time: what starts later has no end.
    ends: [Option<usize>; 3],
    /// How many loops may still be looked through.
    loops: usize,
}

impl Marks {
    /// What a text that starts with a brace stands for, and how much of it that takes.
    fn mark(&mut self, from: &str, place: usize, is_code: bool) -> Option<(String, usize)> {
        let [has_output, has_tag, has_raw] = self.ends.map(|end| end.is_some_and(|end| end > place));
        let whole = |rest: &str| from.len() - rest.len();
        if let Some(inside) = from.strip_prefix("{%").filter(|_| has_tag) {
            let (tag, after) = inside.split_once("%}")?;
            let tag = tag.trim_matches('-').trim();
            if tag == "raw" && has_raw {
                let rest = &after[after.find("endraw")?..];
                return Some((from[..whole(rest)].to_owned(), whole(rest)));
            }
            if !tag.starts_with("for ") {
                return None;
            }
            self.loops = self.loops.checked_sub(1)?;
            let (body, rest) = body(after)?;
            return body.contains("{{").then(|| (format!("{{% {} %}}", call(tag)), whole(rest)));
        }
        let inside = from.strip_prefix("{{").filter(|inside| has_output && !inside.starts_with(['%', '<']))?;
        let inside = inside.trim_start_matches('-').trim_start();
        if let Some(quote @ ('"' | '\'')) = inside.chars().next() {
            let (words, after) = inside[1..].split_once(quote)?;
            let length = whole(after.split_once("}}")?.1);
            let has_tag = words.contains("{%");
            return Some((
                if has_tag { format!("{{% raw %}}{words}{{% endraw %}}") } else { words.to_owned() },
                length,
            ));
        }
        let (written, after) = inside.split_once("}}")?;
        let names = ["site.", "page.", "include.", "layout.", "jekyll."];
        let is_of_site = names.iter().any(|name| written.starts_with(name));
        (is_of_site || !is_code).then(|| (String::new(), whole(after)))
    }
}

/// A loop as a tag that nothing ends.
fn call(tag: &str) -> String {
    let words: Vec<&str> = tag.split_whitespace().collect();
    format!("loop \"{}\"", words[1..].join(" ").replace('"', ""))
}

/// What stands in a loop, and what follows it.
fn body(after: &str) -> Option<(&str, &str)> {
    let within = &after[..after.floor_char_boundary(LONGEST_LOOP)];
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = within[at..].find("{%") {
        let tag = within[at + found + 2..].trim_start_matches('-').trim_start();
        if tag.starts_with("for ") {
            depth += 1;
        } else if tag.starts_with("endfor") {
            if depth == 0 {
                let end = at + found;
                let rest = after[end..].split_once("%}")?.1;
                return Some((&after[..end], rest));
            }
            depth -= 1;
        }
        at += found + 2;
    }
    None
}

/// Which part of the source is code.
#[derive(Default)]
pub(super) struct Code {
    fence: Fence,
    line: String,
    is_inside: bool,
    /// Whether an odd number of backquotes stands on the line so far.
    is_quoted: bool,
}

impl Code {
    /// Goes on by some words.
    pub(super) fn read(&mut self, words: &str) {
        for part in words.split_inclusive('\n') {
            self.line.push_str(part);
            self.is_quoted ^= part.matches('`').count() % 2 == 1;
            if part.ends_with('\n') {
                self.is_inside = self.fence.holds(&self.line) && self.fence.open.is_some();
                self.line.clear();
                self.is_quoted = false;
            }
        }
    }

    /// Whether what comes next is in fenced code, or between backquotes.
    pub(super) fn holds_end(&self) -> bool {
        self.is_inside || self.is_quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(written(source), expected, "{source}");
    }

    #[test]
    fn nothing_is_shown_as_it_is_written() {
        check("a {{ page.title }} b", "a  b");
        check("[x]({{ site.baseurl }}/y/)", "[x](/y/)");
        check("[x]({{ '/y/' | relative_url }})", "[x](/y/)");
        check("{{ \"```sh\na\n```\" }}", "```sh\na\n```");
        check("{{ \"{{ x\" }} y", "{{ x y");
        check("{{ x", "{{ x");
        check("{{ '{{ x }}' }} {{ \"{% y %}\" }}", "{{ x }} {% raw %}{% y %}{% endraw %}");
        check("{{< x >}} {{% y %}}", "{{< x >}} {{% y %}}");
        check("{% raw %}{{ x }}{% endraw %}{{ x }}", "{% raw %}{{ x }}{% endraw %}");
        check("```\n{{ x }} {{ site.x }}\n```\n{{ x }}", "```\n{{ x }} \n```\n");
    }

    #[test]
    fn loops_are_calls() {
        check("a {% for x in site.data.b %}<b>{{ x.c }}</b>{% endfor %} d", "a {% loop \"x in site.data.b\" %} d");
        check("{% for x in y %}{% for z in x %}{{ z }}{% endfor %}{% endfor %}d", "{% loop \"x in y\" %}d");
        check("{% for x in y %}a{% endfor %}", "{% for x in y %}a{% endfor %}");
        check("{% for x in y %}{{ x }}", "{% for x in y %}");
    }
}
