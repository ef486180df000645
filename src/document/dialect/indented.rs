//! The marks of Python-Markdown whose text is indented below them: notices, folds, tabs; written as shortcodes.

use super::quoted;
use super::verbatim::Verbatim;
use crate::document::notice;

/// Any of these may start one.
pub(super) const MARKS: [&str; 6] = ["!!! ", "??? ", "???+ ", "=== \"", "===! \"", "===+ \""];

/// The source with its marks as shortcodes, and what is indented below them moved to where they stand.
pub(super) fn rewritten(source: &str) -> String {
    let mut output = String::with_capacity(source.len());
    let mut reader = Reader::default();
    for line in source.split_inclusive('\n') {
        reader.line(line, &mut output);
    }
    reader.close(0, &mut output);
    output
}

/// A block that is open.
struct Open {
    /// How far its mark is indented, in the lines as they are written.
    indent: usize,
    closing: &'static str,
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    verbatim: Verbatim,
}

/// How much further than its mark the text of a block is indented.
const STEP: usize = 4;

impl Reader {
    fn line(&mut self, line: &str, output: &mut String) {
        if line.trim().is_empty() {
            self.verbatim.holds("\n");
            return output.push('\n');
        }
        let depth = line.len() - line.trim_start_matches(' ').len();
        let kept = self.open.iter().take_while(|open| depth >= open.indent + STEP).count();
        self.close(kept, output);
        // Tabs and marks of quotes keep their lines as they are.
        let line = &line[STEP * kept..];
        if self.verbatim.holds(line) {
            return output.push_str(line);
        }
        match opening(line.trim()) {
            Some((tag, closing)) => {
                let indent = &line[..depth - STEP * kept];
                output.push_str(&format!("{indent}{tag}\n\n"));
                self.verbatim.holds("\n");
                self.open.push(Open { indent: depth, closing });
            }
            None => output.push_str(line),
        }
    }

    /// Closes all blocks but some.
    fn close(&mut self, kept: usize, output: &mut String) {
        let mut place = self.open.len();
        while self.open.len() > kept {
            let Some(Open { indent, closing }) = self.open.pop() else { return };
            place -= 1;
            let blanks = " ".repeat(indent.saturating_sub(STEP * place));
            let end = if output.ends_with('\n') { "" } else { "\n" };
            output.push_str(&format!("{end}{blanks}{closing}\n\n"));
            self.verbatim.leave();
        }
    }
}

/// The tags that a mark is written as.
fn opening(words: &str) -> Option<(String, &'static str)> {
    let (mark, rest) = words.split_once(' ')?;
    let rest = rest.trim_start();
    if matches!(mark, "===" | "===!" | "===+") {
        let label = title(rest)?;
        return Some((format!("{{{{% tab {} %}}}}", quoted(label)), "{{% /tab %}}"));
    }
    if !matches!(mark, "!!!" | "???" | "???+") || !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let kind = rest.split([' ', '"']).next().unwrap_or_default();
    let own = rest.find('"').and_then(|at| title(&rest[at..]));
    let named = kind[..1].to_uppercase() + &kind[1..];
    let known = notice::kind(kind).is_some();
    if mark != "!!!" {
        let open = if mark == "???+" { "true" } else { "false" };
        let title = quoted(own.unwrap_or(&named));
        return Some((format!("{{{{% details summary={title} open=\"{open}\" %}}}}"), "{{% /details %}}"));
    }
    let title = own.map_or_else(|| if known { String::new() } else { named.clone() }, str::to_owned);
    let kind = if known { kind } else { "note" };
    Some((format!("{{{{% notice {} {} %}}}}", quoted(kind), quoted(&title)), "{{% /notice %}}"))
}

/// The words in quotes that a text starts with and that end it.
fn title(words: &str) -> Option<&str> {
    words.trim_end().strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        let lines = |text: &str| text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        assert_eq!(lines(&rewritten(source)), expected, "{source}");
    }

    #[test]
    fn blocks_are_shortcodes() {
        check("!!! note\n\n    a\n\nb", "{{% notice \"note\" \"\" %}}\na\n{{% /notice %}}\nb");
        check(
            "!!! warning inline end \"A *b*\"\n    a\n        code\n",
            "{{% notice \"warning\" \"A *b*\" %}}\na\n    code\n{{% /notice %}}",
        );
        check("!!! pied-piper\n    a", "{{% notice \"note\" \"Pied-piper\" %}}\na\n{{% /notice %}}");
        check("??? question\n    a\n", "{{% details summary=\"Question\" open=\"false\" %}}\na\n{{% /details %}}");
        check("???+ note \"T\"\n    a\n", "{{% details summary=\"T\" open=\"true\" %}}\na\n{{% /details %}}");
    }

    #[test]
    fn blocks_nest() {
        check(
            "=== \"A\"\n\n    ``` sh\n    x\n\n    !!! no\n    ```\n\n=== \"B\"\n\n    !!! tip\n\n        b\n\n    c\n",
            "{{% tab \"A\" %}}\n``` sh\nx\n!!! no\n```\n{{% /tab %}}\n{{% tab \"B\" %}}\n{{% notice \"tip\" \"\" %}}\nb\n{{% /notice %}}\nc\n{{% /tab %}}",
        );
        check(
            "- a\n\n    !!! tip\n        b\n\n    c",
            "- a\n    {{% notice \"tip\" \"\" %}}\n    b\n    {{% /notice %}}\n    c",
        );
    }

    #[test]
    fn what_is_no_mark_stays() {
        check("a\n\n    !!! note\n        b", "a\n    !!! note\n        b");
        for source in ["!!! 3", "wow !!! note", "=== a", "=== \"a", "???", "```\n!!! note\n    a\n```"] {
            check(source, source);
        }
    }
}
