//! One file, and those that it links to, and those that these link to: so that links lead on where there is no site around.

use std::path::{Path, PathBuf};

use super::links::decoded;
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
        for written in paths(&String::from_utf8_lossy(&text)) {
            let found = from.parent().and_then(|folder| page(&folder.join(written)));
            let found = found.filter(|found| found.starts_with(root) && found.is_file() && !files.contains(found));
            if files.len() < MOST {
                files.extend(found);
            }
        }
    }
    files
}

/// The real path of a file, or of the page of a folder.
fn page(path: &Path) -> Option<PathBuf> {
    let real = path.canonicalize().ok()?;
    let pages = ["README.md", "index.md", "_index.md"].map(|name| real.join(name));
    if real.is_dir() { pages.into_iter().find(|page| page.is_file()) } else { Some(real) }
}

/// What looks like the path of a Markdown file or of a folder in a text: behind a link or an attribute, or in the brackets of a vault.
fn paths(text: &str) -> Vec<String> {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '\'' | '[' | ']' | '|');
    let linked = text.split(is_edge).map(|word| word.split(['#', '?']).next().unwrap_or_default());
    let is_meant = |word: &&str| is_markdown(word) || (word.ends_with('/') && !word.starts_with('/'));
    let linked = linked.filter(|word| is_meant(word) && !word.contains("://")).map(decoded);
    let named = text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
    let named = named.map(|(name, _)| name.split(['|', '#']).next().unwrap_or_default());
    linked.chain(named.filter(|name| !name.contains('\n')).map(|name| format!("{name}.md"))).collect()
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
        let check = |text: &str, expected: &[&str]| assert_eq!(paths(text), expected, "{text}");
        check("[a](b.md) [c](./d/e.md#f \"t\")", &["b.md", "./d/e.md"]);
        check("[a]: b%20c.MD\n<a href='x.markdown?y'>", &["b c.MD", "x.markdown"]);
        check("[[name|words]] [[a b#c]]", &["name.md", "a b.md"]);
        check("[a](sub/) [b](../) [c](/d/)", &["sub/", "../"]);
        check("https://example.com/README.md x.txt [[a\nb]]", &[]);
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
