//! The names under which posts and folders are remembered, and the files that posts are.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::{Library, Origin, Post, PostId};

impl Library {
    /// The name of a post: its path, every byte of it. What came from standard input has none.
    #[must_use]
    pub fn key(&self, id: PostId) -> Option<String> {
        let post = self.post(id)?;
        match &post.origin {
            Origin::File(path) => Some(name(path)),
            Origin::Memory(Cow::Borrowed(_)) => Some(format!("sample:{}", post.path)),
            Origin::Memory(Cow::Owned(_)) => None,
        }
    }

    /// The post of a name.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<PostId> {
        match key.strip_prefix("sample:") {
            None => self.by_origin(&Origin::File(path(key))),
            Some(_) => (0..).map(PostId).take(self.posts.len()).find(|id| self.key(*id).as_deref() == Some(key)),
        }
    }

    /// The post that comes from there.
    #[must_use]
    pub fn by_origin(&self, origin: &Origin) -> Option<PostId> {
        let in_order = match origin {
            Origin::File(path) => self.by_path(path),
            Origin::Memory(_) => None,
        };
        let position = || self.posts.iter().position(|post| post.origin == *origin).map(|at| PostId(at as u32));
        // Of files those are not found that are not there.
        if self.opened.is_some() { in_order } else { in_order.or_else(position) }
    }

    /// The post of a file, by its real path: the posts of a folder stand in that order.
    fn by_path(&self, path: &Path) -> Option<PostId> {
        let compared = |post: &Post| match &post.origin {
            Origin::File(known) => known.as_path().cmp(path),
            Origin::Memory(_) => std::cmp::Ordering::Less,
        };
        self.posts.binary_search_by(compared).ok().map(|at| PostId(at as u32))
    }

    /// The post that a file holds.
    #[must_use]
    pub fn by_file(&self, path: &Path) -> Option<PostId> {
        self.by_path(&path.canonicalize().ok()?)
    }

    /// The file of a post, where it is one.
    #[must_use]
    pub fn file(&self, id: PostId) -> Option<&Path> {
        match &self.post(id)?.origin {
            Origin::File(path) => Some(path),
            Origin::Memory(_) => None,
        }
    }

    /// The name of the folder that was opened, or of the site of the file that was. A file without a site has none.
    #[must_use]
    pub fn folder(&self) -> Option<String> {
        Some(name(self.opened.as_ref()?.root.as_ref()?))
    }
}

/// A path as text. Bytes that are not UTF-8, and per cent signs, are written in two hexadecimal digits after a per cent sign.
fn name(path: &Path) -> String {
    let escaped = |bytes: &[u8]| bytes.iter().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let chunks = path.as_os_str().as_encoded_bytes().utf8_chunks();
    chunks.map(|chunk| chunk.valid().replace('%', "%25") + &escaped(chunk.invalid())).collect()
}

/// The path of a name.
#[must_use]
pub fn path(name: &str) -> PathBuf {
    let bytes: Vec<u8> = percent_decode_str(name).collect();
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        std::ffi::OsString::from_vec(bytes).into()
    }
    #[cfg(not(unix))]
    {
        String::from_utf8_lossy(&bytes).into_owned().into()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn names_stand_for_paths() {
        for (bytes, expected) in [
            (&b"/blog/a.md"[..], "/blog/a.md"),
            ("/ブログ/50%.md".as_bytes(), "/ブログ/50%25.md"),
            (b"/\xff/\xe3\x81.md", "/%FF/%E3%81.md"),
        ] {
            let before = Path::new(OsStr::from_bytes(bytes));
            assert_eq!(name(before), expected);
            assert_eq!(path(expected), before);
        }
    }
}
