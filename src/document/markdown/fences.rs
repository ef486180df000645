//! The info strings of fences: languages and the names of files.

use super::addresses::without_calls;
use crate::document::builder::Element;
use crate::text::Clean;

/// The longest language label of a fence, in characters.
pub(super) const LONGEST_LABEL: usize = 32;

/// The info string of a fence: the language, and a file name: after a colon (`go:main.go`, as Qiita and Zenn have it), by a name
/// (`title="main.go"`), or in brackets.
pub(super) fn fence(info: &str) -> Element {
    let word = info.split([' ', '\t', '{', ',']).next().unwrap_or_default();
    // Without a language the rest comes first.
    let word =
        if ["title=", "file=", "filename=", "name="].iter().any(|key| word.starts_with(key)) { "" } else { word };
    let (label, title) = word.split_once(':').unwrap_or((word, ""));
    let title = title.strip_prefix("title=").unwrap_or(title);
    let title =
        if title.is_empty() || title.contains("line-numbers") { named_file(&info[word.len()..]) } else { title };
    Element::code(Clean::cut(&without_calls(label), LONGEST_LABEL), Clean::cut(&without_calls(title), 200))
}

/// The file name among what follows the language of a fence.
fn named_file(rest: &str) -> &str {
    for key in ["title=", "file=", "filename=", "name="] {
        let Some((before, value)) = rest.split_once(key) else { continue };
        if before.is_empty() || before.ends_with([' ', '\t', '{', ',']) {
            return match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
                _ => value.split([' ', '}', ',']).next().unwrap_or_default(),
            };
        }
    }
    let words = rest.trim();
    // `diff js:app.js` of Zenn, `js [app.js]` of VitePress.
    let of_language =
        words.split_once(':').filter(|(language, file)| !language.contains(['"', ' ']) && !file.contains(' '));
    let in_brackets = words.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(file, _)| file);
    of_language.map(|(_, file)| file).or(in_brackets).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_files() {
        for (info, expected) in [
            ("go", "go "),
            ("go:main.go", "go main.go"),
            ("js:title=a.js", "js a.js"),
            ("jsx title=\"/a b.js\" {1,3-4}", "jsx /a b.js"),
            ("toml, name=a.toml", "toml a.toml"),
            ("go {title='a.go', hl_lines=[1]}", "go a.go"),
            ("diff js:app.js", "diff app.js"),
            ("js [app.js]", "js app.js"),
            ("title=\"a b\"", " a b"),
            ("ts:line-numbers {1}", "ts "),
            ("rust ignore subtitle=x", "rust "),
            ("c {a: b}", "c "),
        ] {
            let Element::Code { label, title, .. } = fence(info) else { panic!("{info}") };
            assert_eq!(format!("{label} {title}"), expected, "{info}");
        }
    }
}
