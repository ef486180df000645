//! The names under which posts and folders are remembered.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::{Library, Origin, PostId};

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
