//! The marks of Python-Markdown whose text is indented below them: notices, folds, tabs; written as shortcodes.

use std::borrow::Cow;

use super::quoted;
use super::verbatim::{Verbatim, columns};
use crate::document::notice;

/// Any of these may start one.
pub(super) const MARKS: [&str; 5] = ["!!!", "???", "=== \"", "===! \"", "===+ \""];

/// The source with its marks as shortcodes, and what is indented below them moved to where they stand.
pub(super) fn rewritten(source: &str) -> String {
    let mut output = String::with_capacity(source.len());
    let mut reader = Reader::default();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        at += line.len();
        let mark = opening(line.trim()).filter(|mark| {
            // Each blank line is looked at for one mark alone.
            let below = source[at..].lines().find(|line| !line.trim().is_empty());
            !mark.needs_text || below.is_some_and(|below| indent(below) >= indent(line) + STEP)
        });
        reader.line(line, mark, &mut output);
    }
    reader.close(0, &mut output);
    output
}

/// A block that is open.
struct Open {
    /// How far its mark is indented, in columns of the lines as they are written.
    indent: usize,
    closing: &'static str,
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    verbatim: Verbatim,
}

/// How much further than its mark the text of a block is indented, in columns.
const STEP: usize = 4;

impl Reader {
    fn line(&mut self, line: &str, mark: Option<Mark>, output: &mut String) {
        if line.trim().is_empty() {
            self.verbatim.holds("\n");
            return output.push('\n');
        }
        let depth = indent(line);
        let kept = self.open.iter().take_while(|open| depth >= open.indent + STEP).count();
        self.close(kept, output);
        let line = dedented(line, STEP * kept);
        if self.verbatim.holds(&line) {
            return output.push_str(&line);
        }
        match mark {
            Some(Mark { tag, closing, .. }) => {
                let words = line.trim_start_matches([' ', '\t']);
                output.push_str(&format!("{}{tag}\n\n", &line[..line.len() - words.len()]));
                self.verbatim.holds("\n");
                self.open.push(Open { indent: depth, closing });
            }
            None => output.push_str(&line),
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

/// How far a line is indented, in columns.
fn indent(line: &str) -> usize {
    columns(0, &line[..line.len() - line.trim_start_matches([' ', '\t']).len()])
}

/// A line without some columns of the blanks that it starts with.
fn dedented(line: &str, count: usize) -> Cow<'_, str> {
    let words = line.trim_start_matches([' ', '\t']);
    let blanks = &line[..line.len() - words.len()];
    match line.get(count..) {
        Some(rest) if !blanks.contains('\t') => Cow::Borrowed(rest),
        _ if count == 0 => Cow::Borrowed(line),
        _ => Cow::Owned(" ".repeat(columns(0, blanks).saturating_sub(count)) + words),
    }
}

/// What a mark is written as.
struct Mark {
    tag: String,
    closing: &'static str,
    /// Whether it is one only where its text stands below it.
    needs_text: bool,
}

/// The mark that a line is.
fn opening(words: &str) -> Option<Mark> {
    let mark = ["===!", "===+", "===", "!!!", "???+", "???"].into_iter().find(|mark| words.starts_with(mark))?;
    let (classes, own) = parts(&words[mark.len()..])?;
    if mark.starts_with('=') {
        let label = own.filter(|_| classes.is_empty())?;
        let tag = format!("{{{{% tab {} %}}}}", quoted(label));
        return Some(Mark { tag, closing: "{{% /tab %}}", needs_text: false });
    }
    let kind = classes.split(' ').next().unwrap_or_default();
    let known = notice::kind(kind).is_some();
    // Exclamations and questions are more often only that.
    let is_one = own.is_some() || known || !classes.contains(' ');
    if !is_one || (kind.is_empty() && (mark == "!!!" || own.is_none())) {
        return None;
    }
    let needs_text = own.is_none();
    let named = kind.get(..1).unwrap_or_default().to_uppercase() + kind.get(1..).unwrap_or_default();
    if mark != "!!!" {
        let open = if mark == "???+" { "true" } else { "false" };
        let title = quoted(own.unwrap_or(&named));
        let tag = format!("{{{{% details summary={title} open=\"{open}\" %}}}}");
        return Some(Mark { tag, closing: "{{% /details %}}", needs_text });
    }
    let title = own.map_or_else(|| if known { String::new() } else { named.clone() }, str::to_owned);
    let kind = if known { kind } else { "note" };
    let tag = format!("{{{{% notice {} {} %}}}}", quoted(kind), quoted(&title));
    Some(Mark { tag, closing: "{{% /notice %}}", needs_text })
}

/// The classes and the title in quotes of which all that follows a mark consists.
fn parts(words: &str) -> Option<(&str, Option<&str>)> {
    let words = words.trim();
    let (classes, title) = match words.split_once('"') {
        Some((classes, rest)) => (classes, Some(rest.strip_suffix('"')?)),
        None => (words, None),
    };
    let is_apart = title.is_none() || classes.is_empty() || classes.ends_with(' ');
    let is_class = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let is_name = classes.is_empty() || classes.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_apart && is_name && classes.chars().all(is_class)).then_some((classes.trim(), title))
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
    fn marks_have_many_forms() {
        check("!!!note\n    a", "{{% notice \"note\" \"\" %}}\na\n{{% /notice %}}");
        check("!!! warning\n\n\ttab\n\n\t    code", "{{% notice \"warning\" \"\" %}}\ntab\n    code\n{{% /notice %}}");
        check("=== \"A\"\n\n\t- b\n\t\tc", "{{% tab \"A\" %}}\n- b\n    c\n{{% /tab %}}");
        check("???+ \"T\"\n    a", "{{% details summary=\"T\" open=\"true\" %}}\na\n{{% /details %}}");
        check("!!! own \"T\"\na", "{{% notice \"note\" \"T\" %}}\n{{% /notice %}}\na");
        check("!!! note\n\n\n    a", "{{% notice \"note\" \"\" %}}\na\n{{% /notice %}}");
    }

    #[test]
    fn exclamations_stay() {
        for source in [
            "!!! Important: do not run this\n    a",
            "!!! Warning! Watch out\n    a",
            "!!! Very important message here\n    a",
            "??? why is this so",
            "!!! note\na",
            "!!! wow",
            "!!! \"T\"\n    a",
            "!!! a\"T\"\n    a",
        ] {
            check(source, source);
        }
    }

    #[test]
    fn what_is_no_mark_stays() {
        check("a\n\n    !!! note\n        b", "a\n    !!! note\n        b");
        for source in ["!!! 3", "wow !!! note", "=== a", "=== \"a", "???", "```\n!!! note\n    a\n```"] {
            check(source, source);
        }
    }
}
