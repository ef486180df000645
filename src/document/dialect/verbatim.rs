//! What is code in a source, line by line: no mark in it means anything.

use super::Fence;

/// How much further than the text around it code is indented, in columns.
const STEP: usize = 4;

/// Where code stands: between fences, between `<pre>` and `</pre>`, and what is indented outside of paragraphs.
#[derive(Debug)]
pub(super) struct Verbatim {
    fence: Fence,
    element: Element,
    /// Where the text of the items starts that are open, in columns.
    items: Vec<usize>,
    /// Whether a line that is indented now belongs to no paragraph.
    may_start: bool,
    after_blank: bool,
}

impl Default for Verbatim {
    fn default() -> Verbatim {
        let fence = Fence::default();
        Verbatim { fence, element: Element::default(), items: Vec::new(), may_start: true, after_blank: true }
    }
}

impl Verbatim {
    /// Whether fenced code goes on after the last line.
    pub(super) fn is_fenced(&self) -> bool {
        self.fence.is_open()
    }

    /// Ends the code and the paragraph with the block that they stand in.
    pub(super) fn leave(&mut self) {
        (self.fence, self.element) = (Fence::default(), Element::default());
        (self.may_start, self.after_blank) = (true, true);
    }

    /// Whether a line belongs to code, with its fences or tags.
    pub(super) fn holds(&mut self, line: &str) -> bool {
        let words = line.trim_start();
        let is_code = if self.fence.is_open() {
            self.fence.holds(line)
        } else if self.element.is_open() {
            self.element.holds(words)
        } else if words.is_empty() {
            (self.may_start, self.after_blank) = (true, true);
            return false;
        } else {
            self.is_indented(line) || self.fence.holds(line) || self.element.holds(words)
        };
        self.may_start = is_code || words.starts_with('#');
        self.after_blank = false;
        is_code
    }

    /// Whether a line that holds words is code by how far it is indented.
    fn is_indented(&mut self, line: &str) -> bool {
        let words = line.trim_start_matches([' ', '\t']);
        let mut indent = columns(0, &line[..line.len() - words.len()]);
        let mut marks = item(words);
        let is_note = words.starts_with("[^") && words.contains("]:");
        // Text that follows at once goes on with the paragraph, however it stands.
        if self.after_blank || marks > 0 || is_note {
            let is_within = |text: &usize| *text <= indent;
            self.items.truncate(self.items.iter().take_while(|text| is_within(text)).count());
        }
        let base = self.items.last().copied().unwrap_or(0);
        if self.may_start && indent >= base + STEP {
            return true;
        }
        // What belongs to a footnote is indented as far as code.
        self.items.extend(is_note.then_some(indent + STEP));
        let mut rest = words;
        while marks > 0 {
            let (mark, after) = rest.split_at(marks);
            rest = after.trim_start_matches([' ', '\t']);
            let blanks = &after[..after.len() - rest.len()];
            let start = indent + mark.len();
            let text = columns(start, blanks);
            let is_far = text > start + STEP || rest.trim().is_empty();
            indent = if is_far { start + 1 } else { text };
            self.items.push(indent);
            marks = if is_far { 0 } else { item(rest) };
        }
        false
    }
}

/// The column behind some blanks that start at a column.
pub(super) fn columns(start: usize, blanks: &str) -> usize {
    blanks.bytes().fold(start, |column, byte| if byte == b'\t' { column / STEP * STEP + STEP } else { column + 1 })
}

/// How long the mark is of the item, or of the text for a term, that some words start with; 0 if there is none.
fn item(words: &str) -> usize {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let is_apart = |length: usize| words[length..].is_empty() || words[length..].starts_with([' ', '\t', '\n', '\r']);
    let length = match words.as_bytes().get(digits) {
        Some(b'-' | b'*' | b'+' | b':') if digits == 0 => 1,
        Some(b'.' | b')') if (1..10).contains(&digits) => digits + 1,
        _ => 0,
    };
    if is_apart(length) { length } else { 0 }
}

/// Elements whose text is taken as it stands.
const ELEMENTS: [&str; 4] = ["pre", "script", "style", "textarea"];

/// Where such an element starts and ends.
#[derive(Debug, Default)]
pub(super) struct Element {
    open: Option<&'static str>,
}

impl Element {
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether a line whose words these are belongs to one.
    pub(super) fn holds(&mut self, words: &str) -> bool {
        let name = self.open.or_else(|| opened(words));
        let ends = |name: &&str| {
            let tags = words.match_indices("</").filter_map(|(at, _)| words.get(at + 2..at + 2 + name.len()));
            tags.into_iter().any(|tag| tag.eq_ignore_ascii_case(name))
        };
        self.open = name.filter(|name| !ends(name));
        name.is_some()
    }
}

fn opened(words: &str) -> Option<&'static str> {
    let inside = words.strip_prefix('<')?;
    ELEMENTS.into_iter().find(|name| {
        let is_it = inside.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        is_it && !inside[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of code, each with a star in front, the others with a hyphen.
    fn check(source: &str, expected: &str) {
        let mut verbatim = Verbatim::default();
        let found: String =
            source.split_inclusive('\n').map(|line| if verbatim.holds(line) { '*' } else { '-' }).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn what_is_indented_is_code_outside_of_text() {
        check("a\n\n    b\n\n    c\n\nd", "--*-*--");
        check("\tb\nc\n    d\n", "*--");
        check("# a\n    b\n   c\n    d", "-*--");
        check("    ```\n    a\n\nb", "**--");
    }

    #[test]
    fn what_belongs_to_an_item_is_none() {
        check("- a\n\n    b\n\n      c\n\nd\n\n    e", "----*---*");
        check("1. a\n   - b\n\n     c\n\n         d", "-----*");
        check("- a\nb\n\n    c", "----");
        check("-   a\n\n    b\n\n        c", "----*");
        check("[^1]: a\n\n    b\n\n        c", "----*");
        check("[^日]: 本\n\n    b", "---");
        check("1日. a\n- 日\n\n  本", "----");
        check("- - a\n\n      b\n\n        c", "----*");
        check("* * *\n\na", "---");
    }

    #[test]
    fn elements_hold_code() {
        check("<pre>\na\n\nb</pre>\nc", "****-");
        check("<pre class=\"a\">a</pre>\n<prefix>\nb", "*--");
        check("<SCRIPT>\na\n</script>\nb", "***-");
        check("```\n<pre>\n```\na", "***-");
    }
}
