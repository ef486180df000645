//! Notes that stand in other notes: `![[note#heading]]` of a vault, alone on a line, shows what the note says there.

use std::borrow::Cow;

use crate::document::dialect::Fence;
use crate::library::front_matter::split;
use crate::library::{Destination, Library, Post, PostId};

/// How many notes one note shows at most; the others stay links.
const MOST: usize = 32;

/// How much of each is shown at most, in bytes.
const LONGEST: usize = 32 * 1024;

/// The words of a note with those of the notes that it shows, as quotes under their names. What these show stays a link.
pub(super) fn with_embeds<'a>(library: &Library, post: &Post, body: &'a str) -> Cow<'a, str> {
    if !body.contains("![[") {
        return Cow::Borrowed(body);
    }
    let mut output = String::with_capacity(body.len());
    let mut fence = Fence::default();
    let mut left = MOST;
    for line in body.split_inclusive('\n') {
        let is_code = fence.holds(line);
        let shown = embedded(line).filter(|_| !is_code && left > 0);
        match shown.and_then(|written| quoted(library, post, written)) {
            Some(quote) => {
                left -= 1;
                output.push_str(&quote);
            }
            None => output.push_str(line),
        }
    }
    Cow::Owned(output)
}

/// The note that a line shows, without the words that may stand for it.
fn embedded(line: &str) -> Option<&str> {
    let inside = line.trim_end().strip_prefix("![[")?.strip_suffix("]]")?;
    let written = inside.split('|').next()?.trim_end_matches('\\');
    (!inside.contains("[[")).then_some(written)
}

/// What a note says where a link leads, as a quote that starts with that link.
fn quoted(library: &Library, post: &Post, written: &str) -> Option<String> {
    let id = match library.resolve_page(post, written) {
        Destination::Post { post, .. } => post,
        Destination::Here { .. } => own(library, post)?,
        Destination::Elsewhere(_) | Destination::Dead(_) => return None,
    };
    let fragment = written.split_once('#').and_then(|(_, place)| place.rsplit('#').next()).unwrap_or_default();
    let text = library.text(library.post(id)?).ok()?;
    let part = part(split(&text).body, fragment)?;
    let part = &part[..part.floor_char_boundary(LONGEST)];
    let lines = part.trim_matches('\n').lines().map(|line| format!("> {line}\n")).collect::<String>();
    Some(format!("\n> **[[{written}]]**\n>\n{lines}\n"))
}

fn own(library: &Library, post: &Post) -> Option<PostId> {
    let at = library.posts.iter().position(|other| other.origin == post.origin)?;
    Some(PostId(at as u32))
}

/// The block of a name (`^name`), the section under a heading, or all of it.
fn part<'a>(body: &'a str, fragment: &str) -> Option<&'a str> {
    if fragment.is_empty() {
        return Some(body);
    }
    let is_line = |line: &str| {
        let words = line.trim();
        match fragment.strip_prefix('^') {
            Some(_) => words == fragment || words.ends_with(&format!(" {fragment}")),
            None => level(line) > 0 && words.trim_start_matches('#').trim() == fragment.trim(),
        }
    };
    let mut fence = Fence::default();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        lines.push((at, line, fence.holds(line)));
        at += line.len();
    }
    let found = lines.iter().position(|(_, line, is_code)| !is_code && is_line(line))?;
    let is_blank = |(_, line, _): &&(usize, &str, bool)| line.trim().is_empty();
    if fragment.starts_with('^') {
        // A name on a line of its own is that of the block above.
        let last = if lines[found].1.trim() == fragment { found.saturating_sub(1) } else { found };
        let last = lines[..=last].iter().rposition(|line| !is_blank(&line)).unwrap_or(last);
        let is_item = |line: &str| line.trim_start().starts_with(['-', '*', '+']);
        let before = lines[..last].iter().rposition(|line| is_blank(&line)).map_or(0, |blank| blank + 1);
        let first = if is_item(lines[last].1) { last } else { before };
        return Some(&body[lines[first].0..lines[last].0 + lines[last].1.len()]);
    }
    let own = level(lines[found].1);
    let end = lines[found + 1..].iter().find(|(_, line, is_code)| !is_code && (1..=own).contains(&level(line)));
    Some(&body[lines[found].0..end.map_or(body.len(), |(at, ..)| *at)])
}

/// The level of a heading; 0 for any other line.
fn level(line: &str) -> usize {
    let marks = line.len() - line.trim_start_matches('#').len();
    if line[marks..].starts_with([' ', '\t']) && marks <= 6 { marks } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_sections_and_blocks() {
        let body = "intro\n\n# A\na\n## B\nb\n```\n# x\n```\n## C\n- one ^c1\n- two\n\nlong\nwords ^c2\n\n| t |\n\n^c3\n# D\nd\n";
        for (fragment, expected) in [
            ("B", Some("## B\nb\n```\n# x\n```\n")),
            ("D", Some("# D\nd\n")),
            ("^c1", Some("- one ^c1\n")),
            ("^c2", Some("long\nwords ^c2\n")),
            ("^c3", Some("| t |\n")),
            ("x", None),
        ] {
            assert_eq!(part(body, fragment), expected, "{fragment}");
        }
    }

    #[test]
    fn notes_stand_in_notes() {
        let root = tempfile::tempdir().unwrap();
        let b = "---\ntitle: t\n---\n# H\nsaid\n![[a]]\n# I\nmore\n";
        for (name, text) in [(".obsidian/app.json", "{}"), ("a.md", ""), ("b.md", b)] {
            std::fs::create_dir_all(root.path().join(name).parent().unwrap()).unwrap();
            std::fs::write(root.path().join(name), text).unwrap();
        }
        let library = Library::open(root.path(), None).unwrap();
        let shown = |body: &str| with_embeds(&library, &library.posts[0], body).into_owned();
        assert_eq!(shown("x\n![[b#H]]\ny"), "x\n\n> **[[b#H]]**\n>\n> # H\n> said\n> ![[a]]\n\ny");
        for body in ["![[none]]\n", "see ![[b]]\n", "```\n![[b]]\n```\n", "![[p.png]]\n"] {
            assert_eq!(shown(body), body);
        }
    }
}
