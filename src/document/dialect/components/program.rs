//! The parts of a program that stand among Markdown: imports and exports. Words may start like them.

/// The most lines that an import takes, and that an export does.
pub(super) const MOST_LINES: usize = 24;
const MOST_LINES_OF_EXPORT: usize = 500;

/// Whether a line starts an import, or words that look like one.
pub(super) fn is_import(words: &str) -> bool {
    let Some(rest) = words.strip_prefix("import ") else { return false };
    rest.starts_with(['\'', '"', '{', '*']) || rest.contains(" from '") || rest.contains(" from \"")
}

/// How many lines the import takes that a line starts.
pub(super) fn import(ahead: &[&str]) -> Option<usize> {
    if !is_import(ahead.first()?) {
        return None;
    }
    let within = ahead.iter().take(MOST_LINES).map(|line| line.trim());
    within.take_while(|line| !line.is_empty()).position(|line| line.ends_with(['\'', '"', ';'])).map(|last| last + 1)
}

/// Whether a line starts an export.
pub(super) fn is_export(words: &str) -> bool {
    let Some(rest) = words.strip_prefix("export ") else { return false };
    let (kind, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let rest = rest.trim();
    match kind.trim_end() {
        "const" | "let" | "var" => {
            let after = named(rest).unwrap_or(rest);
            rest.starts_with(['{', '[']) || (after.len() < rest.len() && after.starts_with(['=', ':']))
        }
        "async" => rest.strip_prefix("function ").is_some_and(is_called),
        "function" | "function*" => is_called(rest),
        "class" => named(rest).is_some_and(|after| after.starts_with('{') || after.starts_with("extends ")),
        "default" if rest.starts_with(['{', '(', '[', '<']) => true,
        "default" if rest.starts_with("function") || rest.starts_with("async ") || rest.starts_with("class ") => {
            rest.contains(['(', '{'])
        }
        "default" => named(rest).is_some_and(|after| after.is_empty() || after.starts_with([';', '('])),
        "*" => rest.contains("from '") || rest.contains("from \""),
        kind => kind.starts_with('{'),
    }
}

/// Whether words are the name of a function with its arguments.
fn is_called(words: &str) -> bool {
    named(words).unwrap_or(words).starts_with('(')
}

/// What follows the name that words start with.
fn named(words: &str) -> Option<&str> {
    let length =
        words.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '$' | '.')).unwrap_or(words.len());
    (length > 0).then(|| words[length..].trim_start())
}

/// How many lines the export takes that starts the first of these; none where it does not end.
pub(super) fn export(ahead: &[&str]) -> Option<usize> {
    let mut depth = 0;
    let last = ahead.iter().take(MOST_LINES_OF_EXPORT).position(|line| {
        depth += line.matches(['{', '(', '[']).count() as i32 - line.matches(['}', ')', ']']).count() as i32;
        depth <= 0
    });
    last.map(|last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_say_what_they_export() {
        let check = |words: &str, expected: bool| assert_eq!(is_export(words), expected, "{words}");
        for words in [
            "export const a = 1",
            "export const a: B = 1",
            "export let { a } = b",
            "export function f() {",
            "export async function f(a) {",
            "export class A extends B {",
            "export default {",
            "export default ({ children }) => (",
            "export default function (",
            "export default Layout;",
            "export default Layout",
            "export default f(a)",
            "export { a } from 'b'",
            "export {a}",
            "export * from 'b'",
        ] {
            check(words, true);
        }
        for words in [
            "export default is the keyword for modules.",
            "export const makes a constant.",
            "export function calls are words",
            "export async function calls are words",
            "export class names are words",
            "export a file",
            "export * as you like",
            "exported {",
        ] {
            check(words, false);
        }
    }

    #[test]
    fn programs_end() {
        assert_eq!(import(&["import {\n", "  a,\n", "} from 'b'\n", "c"]), Some(3));
        assert_eq!(import(&["import duties from 'b' are high\n", "\n", "'"]), None);
        assert_eq!(export(&["export const a = [\n", "]\n"]), Some(2));
        assert_eq!(export(&["export const a = [\n"]), None);
    }
}
