//! One file, and those that it links to, and those that these link to: so that links lead on where there is no site around. Where there
//! is one, the sections that the file lies in.

use std::path::{Path, PathBuf};

use memchr::memmem;

use super::links::decoded;
use super::post::{Found, Origin};
use super::site::Site;
use super::site::maker::Maker;
use super::source;

/// How many files are taken at most.
const MOST: usize = 300;

/// How much of a file links are looked for in, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// A file, and after it the Markdown files in its folder and below that its links lead to.
pub(super) fn files(file: &Path) -> Vec<PathBuf> {
    let mut files = vec![file.to_owned()];
    let Some(root) = file.parent() else { return files };
    let mut next = 0;
    while let Some(from) = files.get(next).cloned() {
        next += 1;
        let text = source::read(&from, LONGEST).unwrap_or_default();
        for written in paths(&text) {
            let found = from.parent().and_then(|folder| page(&folder.join(written)));
            let found = found.filter(|found| found.starts_with(root) && found.is_file() && !files.contains(found));
            if files.len() < MOST {
                files.extend(found);
            }
        }
    }
    files
}

/// The pages of the sections that a post lies in which is read without the others: what they give is for it too.
pub(super) fn sections(found: &[Found], site: &Site) -> Vec<Found> {
    let [Found { origin: Origin::File(file), choice, .. }] = found else { return Vec::new() };
    let Some((content, _)) = site.place(file).filter(|_| site.maker == Maker::Hugo) else { return Vec::new() };
    let languages = site.languages.known.iter().map(|language| format!("_index.{language}.md"));
    let names: Vec<String> = std::iter::once("_index.md".to_owned()).chain(languages).collect();
    let folders = file.ancestors().skip(1).take_while(|folder| folder.starts_with(&content.path));
    let pages = folders.flat_map(|folder| names.iter().map(|name| folder.join(name)));
    pages.filter(|page| page.is_file()).map(|page| Found::file(page, site, &content.path, *choice)).collect()
}

/// The real path of a file, or of the page of a folder.
fn page(path: &Path) -> Option<PathBuf> {
    let real = path.canonicalize().ok()?;
    let pages = ["README.md", "index.md", "_index.md"].map(|name| real.join(name));
    if real.is_dir() { pages.into_iter().find(|page| page.is_file()) } else { Some(real) }
}

/// What looks like the path of a Markdown file or of a folder in a text: behind a link or an attribute, or in the brackets of a vault.
fn paths(text: &[u8]) -> Vec<String> {
    let mut paths = Vec::new();
    let mut end = 0;
    for dot in memchr::memchr_iter(b'.', text) {
        let is_extension =
            text.get(dot + 1..dot + 3).is_some_and(|next| matches!(next, [b'm' | b'M', b'd' | b'D' | b'a' | b'A']));
        if is_extension && dot >= end {
            let start = text[..dot].iter().rposition(is_edge).map_or(0, |at| at + 1);
            end = text[dot..].iter().position(is_edge).map_or(text.len(), |length| dot + length);
            let words = String::from_utf8_lossy(&text[start..end]);
            let linked = words.split(char::is_whitespace).map(|word| word.split(['#', '?']).next().unwrap_or_default());
            paths.extend(linked.filter(|word| is_markdown(word) && !word.contains("://")).map(decoded));
        }
    }
    let mut start = 0;
    for close in memmem::find_iter(text, b"]]") {
        let before = &text[std::mem::replace(&mut start, close + 2)..close];
        let name = memmem::rfind(before, b"[[").map(|open| String::from_utf8_lossy(&before[open + 2..]));
        let name = name.as_deref().filter(|name| !name.contains('\n')).and_then(|name| name.split(['|', '#']).next());
        paths.extend(name.map(|name| format!("{name}.md")));
    }
    for end in memmem::find_iter(text, b"/)") {
        let start = text[..end].iter().rposition(is_edge).map_or(0, |at| at + 1);
        let folder = String::from_utf8_lossy(&text[start..=end]);
        paths.extend(Some(decoded(&folder)).filter(|path| !path.starts_with('/') && !path.contains("://")));
    }
    paths
}

/// Whether a path in a text cannot go on over this byte.
fn is_edge(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || b"()<>\"'[]|".contains(byte)
}

fn is_markdown(path: &str) -> bool {
    let extension = Path::new(path).extension().unwrap_or_default();
    ["md", "markdown", "mdx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::{Destination, Library};

    #[test]
    fn paths_are_seen_however_they_are_written() {
        let check = |text: &str, expected: &[&str]| assert_eq!(paths(text.as_bytes()), expected, "{text}");
        check("[a](b.md) [c](./d/e.md#f \"t\")", &["b.md", "./d/e.md"]);
        check("[a]: b%20c.MD\n<a href='x.markdown?y'>", &["b c.MD", "x.markdown"]);
        check("[[name|words]] [[a b#c]]", &["name.md", "a b.md"]);
        check("[a](sub/) [b](../) [c](/d/)", &["sub/", "../"]);
        check("https://example.com/README.md x.txt [[a\nb]]", &[]);
    }

    #[test]
    fn sections_give_to_a_post_that_is_read_alone() {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("hugo.yaml", "languages: {en: {}, ja: {}}"),
            ("content/_index.ja.md", "---\ncascade: {tags: [ja]}\n---\n"),
            ("content/docs/_index.md", "---\ncascade: {tags: [docs], draft: true}\n---\n"),
            ("content/docs/a/b.md", "x"),
            ("content/docs/a/b.ja.md", "x"),
            ("content/_index.md", "---\nCascade: {tags: [home]}\n---\n"),
        ] {
            let file = site.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        for (path, tag, draft) in [("b.md", "docs", true), ("b.ja.md", "ja", false)] {
            let library = Library::open_alone(&site.path().join("content/docs/a").join(path), None).unwrap();
            let post = &library.posts[0];
            let tags: Vec<&str> = post.tags.iter().map(|tag| &**tag).collect();
            assert_eq!((library.posts.len(), tags, post.draft), (1, vec![tag], draft), "{path}");
        }
    }

    #[test]
    fn links_of_a_file_outside_a_site_lead_on() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join("in").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("a.md", "[b](b.md#h) [out](../out.md) [[d]] [f](f/)");
        write("f/README.md", "f");
        write("b.md", "# h\n\n[c](sub/c.md)");
        write("sub/c.md", "[a](../a.md)");
        write("d.md", "d");
        write("e.md", "nobody links here");
        write("../out.md", "out");
        let library = Library::open(&folder.path().join("in/a.md"), None).unwrap();
        let names: Vec<&str> = library.posts.iter().map(|post| &*post.name).collect();
        assert_eq!(names, ["a.md", "b.md", "d.md", "f/README.md", "sub/c.md"]);
        let leads = |from: usize, written: &str| match library.resolve(&library.posts[from], written) {
            Destination::Post { post, fragment } => format!("{}#{fragment}", library.post(post).unwrap().name),
            _ => "nowhere".to_owned(),
        };
        assert_eq!(leads(0, "b.md#h"), "b.md#h");
        assert_eq!(leads(1, "sub/c.md"), "sub/c.md#");
        assert_eq!(leads(4, "../a.md"), "a.md#");
        assert_eq!(leads(0, "f/"), "f/README.md#");
        assert_eq!(leads(1, "../README.md"), "nowhere");
        assert_eq!(leads(0, "../out.md"), "nowhere");
    }
}
