//! What Obsidian does not show: text between `%%` and `%%`.

use super::inline;
use super::verbatim::Verbatim;

/// The source without its comments. One that starts a line may hold whole blocks, others end with their paragraph; a mark without
/// another is words.
pub(super) fn without(source: &str) -> String {
    let mut output = String::with_capacity(source.len());
    let mut reader = Reader { source, has_formula: true, paragraph: 0 };
    let mut verbatim = Verbatim::default();
    let mut at = 0;
    while at < source.len() {
        let end = line_end(source, at);
        if verbatim.holds(&source[at..end]) {
            output.push_str(&source[at..end]);
            at = end;
        } else {
            at = reader.line(at, &mut output);
        }
    }
    output
}

/// Where the line ends that holds a place, behind its line break.
fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |found| at + found + 1)
}

struct Reader<'a> {
    source: &'a str,
    /// Whether there may be another formula ahead.
    has_formula: bool,
    /// Where the paragraph ends that is read.
    paragraph: usize,
}

impl Reader<'_> {
    /// Writes what is shown of a line, and of those that a comment or formula in it leads to; gives where the next one starts.
    fn line(&mut self, start: usize, output: &mut String) -> usize {
        let source = self.source;
        if start >= self.paragraph {
            let blank = source[start..]
                .match_indices('\n')
                .find(|(at, _)| source[start + at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n'));
            self.paragraph = blank.map_or(source.len(), |(at, _)| start + at + 1);
        }
        let mut at = start;
        let mut is_start = true;
        while let Some(found) = source[at..].find(['%', '`', '$', '\\', ':', ']', '\n']) {
            let place = at + found;
            output.push_str(&source[at..place]);
            is_start &= source[at..place].trim_matches([' ', '\t', '>']).is_empty();
            let from = &source[place..];
            if from.starts_with('\n') {
                output.push('\n');
                return place + 1;
            }
            if let Some(end) = self.comment(place, is_start) {
                let breaks = source[place..end].matches('\n').count();
                output.extend(std::iter::repeat_n('\n', if is_start { breaks } else { 0 }));
                at = end;
            } else {
                at = place + self.kept(place);
                output.push_str(&source[place..at]);
            }
            is_start = false;
        }
        output.push_str(&source[at..]);
        source.len()
    }

    /// Where the comment ends that starts at a place.
    fn comment(&self, place: usize, is_start: bool) -> Option<usize> {
        let inside = place + 2;
        let reach = if is_start { self.source.len() } else { self.paragraph.max(inside) };
        let within = self.source[place..].starts_with("%%").then(|| self.source.get(inside..reach))??;
        Some(inside + within.find("%%")? + 2)
    }

    /// How much that starts at a place is no comment, whatever it holds: code, a formula, an address.
    fn kept(&mut self, place: usize) -> usize {
        let from = &self.source[place..];
        let near = self.source.get(place..self.paragraph).unwrap_or(from);
        let end_of = |ends: fn(char) -> bool| near.find(ends).unwrap_or(near.len());
        match from.as_bytes()[0] {
            b'`' => inline::code(inline::near(near)),
            b'\\' => 1 + from[1..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8),
            b'%' => from.len() - from.trim_start_matches('%').len(),
            b':' if from.starts_with("://") => end_of(|c| c.is_whitespace() || matches!(c, ')' | '>' | '"')),
            b']' if from.starts_with("](") => end_of(|c| c.is_whitespace() || c == ')'),
            b'$' if from.starts_with("$$") && self.has_formula => {
                let end = from[2..].find("$$");
                self.has_formula = end.is_some();
                end.map_or(2, |end| end + 4)
            }
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_not_shown() {
        let check = |source: &str, expected: &str| assert_eq!(without(source), expected, "{source}");
        check("a %%b%% c\n%%\nd\n\ne\n%%\nf\n", "a  c\n\n\n\n\n\nf\n");
        check("a %%b\nc%% d\n", "a  d\n");
        check("%%%%%", "%");
        for source in [
            "a %% b\n\nc %% d\n",
            "%%\na\n\nb\n",
            "Use `%%` to\n\nhide `%%`.",
            "a\n\n    %%\n\nb %% c",
            "$$\na %%\n\nb %%\n$$\nc",
            "https://x.example/a%%20b%%20 c [d](e%%20f) g%%",
            "```\n%%\n```\na %%",
        ] {
            check(source, source);
        }
    }
}
