//! Formulas: where a post has them, and how they read in Unicode. What cannot be shown faithfully stays the source that it was.

mod signs;

use std::borrow::Cow;

use super::dialect::Fence;
use crate::text::cjk::{Class, class};
use crate::text::holds;
use crate::text::markup::{Dialect, Formulas, MarkupSettings, Math};

/// How deep groups and the arguments of commands may nest in a formula that is converted.
const DEEPEST: usize = 32;

/// A source with dollars around its formulas, and whether it has any.
#[must_use]
pub fn prepared(source: Cow<'_, str>, settings: MarkupSettings) -> (Cow<'_, str>, bool) {
    let is_plain = settings.formulas == Formulas::Written && settings.math == Math::Own;
    let has_formulas = !is_plain && has_formulas(&source, settings.math);
    if !has_formulas {
        return (source, false);
    }
    let is_strict = !matches!(settings.dialect, Dialect::Hugo | Dialect::Zola);
    let source = match settings.math {
        _ if is_strict && source.matches('$').nth(1).is_some() => without_prices(&source).into(),
        Math::Dollars if !is_strict => closed_up(&source).into(),
        _ => source,
    };
    (with_dollars(&source).into(), true)
}

/// The source with the dollars that start no formula written as entities, which are dollars in HTML too: those whose next dollar stands
/// before a figure, and so ends none (`$19 and $2`).
fn without_prices(source: &str) -> String {
    let mut output = String::with_capacity(source.len());
    let mut fence = Fence::default();
    for line in source.split_inclusive('\n') {
        let mut kept = 0;
        let places = if fence.holds(line) { Vec::new() } else { prices(line) };
        for place in places {
            output.push_str(&line[kept..place]);
            output.push_str("&#36;");
            kept = place + 1;
        }
        output.push_str(&line[kept..]);
    }
    output
}

/// Where the dollars of a line are that start no formula though one follows them.
fn prices(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let mut places = Vec::new();
    let mut open: Option<usize> = None;
    let mut is_code = false;
    for (at, mark) in line.match_indices(['$', '`']) {
        is_code ^= mark == "`";
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let after = bytes.get(at + 1);
        let is_single = mark == "$" && !matches!(before, Some(b'$' | b'\\')) && after != Some(&b'$');
        if is_code || !is_single {
            continue;
        }
        match open {
            Some(first) if after.is_some_and(u8::is_ascii_digit) => {
                places.push(first);
                open = Some(at);
            }
            Some(_) => open = None,
            None => open = Some(at),
        }
    }
    places
}

/// Whether the dollars of a source stand around formulas: where the site says so, or else where some of them plainly do.
fn has_formulas(source: &str, math: Math) -> bool {
    if !["$", "\\(", "\\["].into_iter().any(|mark| holds(source, mark)) {
        return false;
    }
    math != Math::Own || words(source).any(has_plain_formula)
}

fn has_plain_formula(words: &str) -> bool {
    let mut between = words.split('$').skip(1).peekable();
    let mut is_closed = || between.next().filter(|_| between.peek().is_some());
    words.trim() == "$$"
        || std::iter::from_fn(&mut is_closed).any(is_plainly_formula)
        || between_doubles(words).any(|words| is_close(words) && words.contains(['^', '_', '=', '\\']))
        || words.split("\\(").skip(1).any(|rest| rest.split_once("\\)").is_some_and(|(it, _)| is_plainly_formula(it)))
}

/// What stands between `$$` and `$$`.
fn between_doubles(words: &str) -> impl Iterator<Item = &str> {
    let parts = words.matches("$$").count() / 2;
    words.split("$$").skip(1).step_by(2).take(parts)
}

/// Whether no blank stands at the ends of words.
fn is_close(words: &str) -> bool {
    !words.is_empty() && !words.ends_with(char::is_whitespace) && !words.starts_with(char::is_whitespace)
}

fn is_plainly_formula(words: &str) -> bool {
    let has_command = words.split('\\').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    has_command || (is_close(words) && !words.contains("http") && (words.contains("^{") || words.contains("_{")))
}

/// Whether what stands between two dollars is a formula, and not the words between two prices.
#[must_use]
pub fn is_formula(words: &str) -> bool {
    let has_sign = words.contains(['\\', '^', '_', '=', '<', '>', '+', '*', '/']);
    let is_amount = words.starts_with(|c: char| c.is_ascii_digit()) && !has_sign && words.contains(' ');
    let is_prose = !has_sign && words.chars().any(|c| class(c) != Class::Other);
    let has_tags = words.contains("<br") || words.contains("</");
    !is_amount && !is_prose && !has_tags
}

/// The words of a source that are no code.
fn words(source: &str) -> impl Iterator<Item = &str> {
    let mut fence = Fence::default();
    source.lines().filter(move |line| !fence.holds(line)).flat_map(|line| line.split('`').step_by(2))
}

/// A formula as the page has it, where its entities are what they stand for.
#[must_use]
pub fn written(formula: &str) -> String {
    formula.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A formula without the dollars or brackets around the whole of it.
#[must_use]
pub fn unmarked(source: &str) -> &str {
    let source = source.trim();
    let within = |mark: &str| source.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    within("$$").or_else(|| within("$")).map_or_else(|| bare(source), str::trim)
}

/// A formula, of what stands between dollars: without the brackets that [`with_dollars`] has put dollars around.
#[must_use]
pub fn bare(formula: &str) -> &str {
    let within = |open, close| formula.trim().strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    within("\\(", "\\)").or_else(|| within("\\[", "\\]")).map_or(formula, str::trim)
}

/// The source with the blanks at the ends of its formulas put outside their dollars: `$ x $` is none to the parser, and is one where the
/// site hands on all that stands between dollars.
fn closed_up(source: &str) -> String {
    let mut fence = Fence::default();
    let mut output = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        if fence.holds(line) || !line.contains('$') {
            output.push_str(line);
            continue;
        }
        for (index, part) in line.split('`').enumerate() {
            output.push_str(if index > 0 { "`" } else { "" });
            if index % 2 == 0 { close_up(part, is_row(line), &mut output) } else { output.push_str(part) }
        }
    }
    output
}

fn close_up(words: &str, is_row: bool, output: &mut String) {
    let bytes = words.as_bytes();
    let is_single = |at: &usize| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        !matches!(before, Some(b'$' | b'\\')) && bytes.get(at + 1) != Some(&b'$')
    };
    let mut places = memchr::memchr_iter(b'$', bytes).filter(is_single).peekable();
    let mut kept = 0;
    while let Some(open) = places.next() {
        let within = |close: &usize| !is_row || !words[open..*close].contains('|');
        let Some(close) = places.next_if(within) else { continue };
        let inside = &words[open + 1..close];
        let formula = inside.trim();
        if formula.len() == inside.len() || formula.is_empty() || !is_formula(formula) {
            continue;
        }
        let (before, after) = inside.split_once(formula).unwrap_or_default();
        output.extend([&words[kept..open], before, "$", formula, "$", after]);
        kept = close + 1;
    }
    output.push_str(&words[kept..]);
}

/// Whether a line is one of a table, whose cells hold what stands in them.
fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// The source with dollars around `\(…\)` and `\[…\]`, outside code.
fn with_dollars(source: &str) -> String {
    let mut output = String::with_capacity(source.len() + 16);
    let mut kept = 0;
    for (place, dollars) in brackets(source) {
        output.push_str(&source[kept..place]);
        output.push_str(dollars);
        kept = place;
    }
    output + &source[kept..]
}

/// Where dollars go: before and behind each pair of brackets, in order. A backslash before one makes it none.
fn brackets(source: &str) -> Vec<(usize, &'static str)> {
    let mut fence = Fence::default();
    let mut places = Vec::new();
    let mut open: Option<(usize, u8)> = None;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let is_end = fence.holds(line) || line.trim().is_empty();
        open = open.filter(|_| !is_end && !is_row(line));
        let mut at = start;
        start += line.len();
        for (index, part) in line.split('`').enumerate().filter(|_| !is_end) {
            let from = at;
            at += part.len() + 1;
            let bytes = part.as_bytes();
            for (backslash, _) in part.match_indices('\\').filter(|_| index % 2 == 0) {
                let is_escaped = backslash > 0 && bytes[backslash - 1] == b'\\';
                let inside = |first: usize| source[first + 2..from + backslash].trim();
                match (open, bytes.get(backslash + 1)) {
                    (None, Some(mark @ (b'(' | b'['))) if !is_escaped => open = Some((from + backslash, *mark)),
                    (Some((first, b'(')), Some(b')')) | (Some((first, b'[')), Some(b']'))
                        if inside(first).is_empty() || is_row(line) && inside(first).contains('|') =>
                    {
                        open = None;
                    }
                    (Some((first, b'(')), Some(b')')) => {
                        places.extend([(first, "$"), (from + backslash + 2, "$")]);
                        open = None;
                    }
                    (Some((first, b'[')), Some(b']')) => {
                        places.extend([(first, "$$"), (from + backslash + 2, "$$")]);
                        open = None;
                    }
                    _ => {}
                }
            }
        }
    }
    places
}

/// A formula in Unicode, or nothing where that would not say the same.
#[must_use]
pub fn unicode(formula: &str) -> Option<String> {
    let mut reader = Reader { rest: formula, depth: 0 };
    let shown = reader.sequence()?;
    let lines = shown.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    (reader.rest.is_empty() && !lines.is_empty()).then(|| lines.join("\n"))
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    /// Everything up to the end of the group.
    fn sequence(&mut self) -> Option<String> {
        let mut shown = String::new();
        while let Some(c) = self.rest.chars().next() {
            match c {
                '}' => break,
                ' ' | '\t' => {
                    self.rest = &self.rest[1..];
                    shown.push(' ');
                }
                '^' | '_' => {
                    self.rest = &self.rest[1..];
                    let script = self.atom()?;
                    shown.push_str(&signs::script(c, &script)?);
                }
                _ => shown.push_str(&self.atom()?),
            }
        }
        Some(shown)
    }

    /// One character, one command or one group.
    fn atom(&mut self) -> Option<String> {
        self.depth += 1;
        let shown = (self.depth <= DEEPEST).then(|| self.shallow_atom())?;
        self.depth -= 1;
        shown
    }

    fn shallow_atom(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start_matches(' ').trim_start_matches('\t');
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        match c {
            '{' => {
                let inside = self.sequence()?;
                self.rest = self.rest.strip_prefix('}')?;
                Some(inside)
            }
            '\\' => self.command(),
            '&' => Some(String::new()),
            '~' | '\n' => Some(" ".to_owned()),
            '-' => Some("−".to_owned()),
            '*' => Some("∗".to_owned()),
            '\'' => Some("′".to_owned()),
            '=' | '<' | '>' | '+' => Some(format!(" {c} ")),
            ',' => Some(", ".to_owned()),
            '%' | '#' | '^' | '_' => None,
            c => Some(c.to_string()),
        }
    }

    fn command(&mut self) -> Option<String> {
        let letters = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let length = if letters > 0 { letters } else { self.rest.chars().next()?.len_utf8() };
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest;
        match name {
            "frac" | "dfrac" | "tfrac" => {
                let (above, below) = (self.atom()?, self.atom()?);
                Some(format!("{}/{}", in_brackets(&above), in_brackets(&below)))
            }
            "sqrt" if !self.rest.starts_with('[') => Some(format!("√{}", in_brackets(&self.atom()?))),
            "text" | "textrm" | "textbf" | "mbox" => self.words(),
            "mathrm" | "mathbf" | "mathit" | "mathsf" | "boldsymbol" | "bm" | "operatorname" | "displaystyle"
            | "textstyle" | "rm" | "bf" => Some(String::new()),
            "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "Bigl" | "Bigr" => {
                self.rest = self.rest.strip_prefix('.').unwrap_or(self.rest);
                Some(String::new())
            }
            "begin" | "end" => self.environment(),
            "mathbb" => signs::double_struck(&self.atom()?),
            "not" => Some(format!("{}\u{338}", self.atom()?.trim())),
            name => signs::sign(name),
        }
    }

    /// The words in braces, which are no formula.
    fn words(&mut self) -> Option<String> {
        let (words, rest) = self.rest.trim_start().strip_prefix('{')?.split_once('}')?;
        self.rest = rest;
        (!words.contains(['{', '\\', '$'])).then(|| words.to_owned())
    }

    /// Lines below each other can be shown; other arrangements cannot.
    fn environment(&mut self) -> Option<String> {
        let name = self.words()?;
        let is_lines = matches!(
            name.as_str(),
            "align" | "align*" | "aligned" | "equation" | "equation*" | "gather" | "gather*" | "gathered" | "split"
        );
        is_lines.then(|| "\n".to_owned())
    }
}

/// In brackets, unless it is one word or number.
fn in_brackets(words: &str) -> String {
    let words = words.trim();
    if words.chars().all(char::is_alphanumeric) { words.to_owned() } else { format!("({words})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dollar_before_a_figure_ends_no_formula() {
        let check = |source: &str, expected: &str| assert_eq!(without_prices(source), expected, "{source}");
        check("**$19.21** と $1.60", "**&#36;19.21** と $1.60");
        check("$a_1$ $2$ `$3 $4`", "$a_1$ $2$ `$3 $4`");
        check("$$a$$ $5 $6", "$$a$$ &#36;5 $6");
        check("```\n$1 $2\n```", "```\n$1 $2\n```");
    }

    #[test]
    fn formulas_read_in_unicode() {
        for (formula, expected) in [
            ("x^2 + y_{12}", "x² + y₁₂"),
            ("\\alpha \\leq \\frac{1}{2}", "α ≤ 1/2"),
            ("\\frac{a+b}{2}", "(a + b)/2"),
            ("O(n \\log n)", "O(n log n)"),
            ("\\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
            ("\\sqrt{x+1}, \\mathbb{R}^n", "√(x + 1), ℝⁿ"),
            ("a \\in A \\text{ かつ } b", "a ∈ A かつ b"),
            ("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", "a = b\nc = d"),
            ("e^{-x}", "e⁻ˣ"),
        ] {
            assert_eq!(unicode(formula).as_deref(), Some(expected), "{formula}");
        }
        for formula in ["\\begin{pmatrix} a & b \\end{pmatrix}", "\\nosuch{x}", "x^{Ω}", "a}", "{a", "", "x^"] {
            assert_eq!(unicode(formula), None, "{formula}");
        }
        for wall in ["\\sqrt", "{", "\\frac{", "x^", "\\not", "\\mathbb", "\\frac"] {
            assert_eq!(unicode(&wall.repeat(100_000)), None, "{wall}");
        }
        assert_eq!(unicode(&"{".repeat(100_000)), None);
    }

    #[test]
    fn prices_are_no_formulas() {
        for (source, expected) in [
            ("$5 and $10", false),
            ("$a_{1}$ costs $5", true),
            ("$$\n\\sum x\n$$", true),
            ("`$\\a$` and $PATH:$HOME", false),
            ("```\n$\\a$\n```", false),
        ] {
            assert_eq!(has_formulas(source, Math::Own), expected, "{source}");
        }
        assert!(
            !is_formula("5 or 6 of 7")
                && is_formula("n")
                && is_formula("5 < 6")
                && !is_formula("円 と")
                && !is_formula("a<br>b")
        );
    }

    #[test]
    fn blanks_stand_outside_dollars() {
        for (source, expected) in [
            ("a $ x_1 $ b $x $, \\$ $ y$", "a  $x_1$  b $x$ , \\$  $y$"),
            ("$5 and $6, 円 $ と $, $$ x $$ $", "$5 and $6, 円 $ と $, $$ x $$ $"),
            ("| $ | $ x $ |\n`$ x $`\n```\n$ x $\n```", "| $ |  $x$  |\n`$ x $`\n```\n$ x $\n```"),
        ] {
            assert_eq!(closed_up(source), expected);
        }
    }

    #[test]
    fn brackets_are_dollars() {
        let source = "\\( x \\) と \\[y\\] `\\(z\\)` \\\\(\n```\n\\(\n```\n";
        assert_eq!(with_dollars(source), "$\\( x \\)$ と $$\\[y\\]$$ `\\(z\\)` \\\\(\n```\n\\(\n```\n");
        assert_eq!(with_dollars("\\(a \\\\) b\\) c"), "$\\(a \\\\)$ b\\) c");
        assert_eq!(with_dollars("\\[a\nb\\]"), "$$\\[a\nb\\]$$");
        // What does not close, or stands behind a backslash, is no bracket of a formula.
        for source in [
            "笑\\) :\\)",
            "f\\(\\) \\[ \\]",
            "| 1\\[ | \\] 2 |\n| \\[ 1 |\n| \\] |",
            "\\(a\n\nb\\)",
            "\\\\\\(a\\\\\\)",
            "\\\\(a\\\\)",
            "\\(a\\]",
        ] {
            assert_eq!(with_dollars(source), source);
        }
    }
}
