//! The folder of hostile posts, made anew for a run, and its manifest.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::shared;

/// See the module's head.
pub struct Corpus {
    folder: TempDir,
    manifest: Value,
}

/// One thing in the folder: where it is, and what must hold.
pub struct Item {
    pub name: String,
    /// Its path below the folder, as the manifest writes it.
    pub path: String,
    pub hold: Value,
    /// The target of a link, and the words that it stands on.
    pub link: Option<(String, String)>,
}

impl Corpus {
    /// Makes the folder; none where what makes it is not here.
    pub fn new() -> Option<Corpus> {
        let maker = shared::path("hostile/hostile.py")?;
        let folder = tempfile::tempdir().expect("a folder");
        let made = Command::new("python3").arg(maker).arg(folder.path().join("made")).output();
        let Ok(made) = made else {
            println!("skipped: python3 is not here");
            return None;
        };
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let manifest = std::fs::read(folder.path().join("made/manifest.json")).expect("a manifest");
        Some(Corpus { folder, manifest: serde_json::from_slice(&manifest).expect("JSON") })
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("made")
    }

    /// The folder that is handed to the reader.
    pub fn posts(&self) -> PathBuf {
        self.root().join("posts")
    }

    pub fn items(&self) -> Vec<Item> {
        self.list("items").iter().map(item).collect()
    }

    /// The titles of the posts that nothing is wrong with.
    pub fn good(&self) -> Vec<String> {
        self.strings("good")
    }

    /// What must never be shown.
    pub fn secrets(&self) -> Vec<String> {
        self.strings("never_on_screen")
    }

    /// Files that only a program which ran a post's commands would make.
    pub fn traces(&self) -> Vec<String> {
        self.strings("never_created")
    }

    /// The names of the states of a terminal.
    pub fn terminal_states() -> Option<Vec<String>> {
        Corpus::new().map(|corpus| corpus.names("terminal"))
    }

    /// The names of the changes under the reader.
    pub fn changes() -> Option<Vec<String>> {
        Corpus::new().map(|corpus| corpus.names("dynamic"))
    }

    fn names(&self, list: &str) -> Vec<String> {
        self.list(list).iter().map(|state| word(state, "id")).collect()
    }

    fn list(&self, name: &str) -> &[Value] {
        self.manifest[name].as_array().expect("a list")
    }

    fn strings(&self, name: &str) -> Vec<String> {
        self.list(name).iter().map(|value| value.as_str().expect("a string").to_owned()).collect()
    }
}

impl Drop for Corpus {
    /// Paths longer than the system takes, and folders that nobody may read, are beyond the library that removes the rest.
    fn drop(&mut self) {
        let root = self.folder.path();
        let _ = Command::new("chmod").args(["-R", "u+rwX"]).arg(root).output();
        let _ = Command::new("rm").args(["-rf"]).arg(root).output();
    }
}

fn item(value: &Value) -> Item {
    let link = value["url"].as_str().map(|url| (url.to_owned(), word(value, "link_label")));
    Item { name: word(value, "name"), path: word(value, "path"), hold: value["hold"].clone(), link }
}

fn word(value: &Value, key: &str) -> String {
    value[key].as_str().expect("a string").to_owned()
}

/// A path of the manifest, in which bytes that are not UTF-8 are written `\xff`.
pub fn real_path(root: &Path, written: &str) -> PathBuf {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::new();
    let mut rest = written;
    while let Some(at) = rest.find("\\x") {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        if let Some(byte) = rest.get(at + 2..at + 4).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &rest[at + 4..];
        } else {
            bytes.extend_from_slice(b"\\x");
            rest = &rest[at + 2..];
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    root.join(OsString::from_vec(bytes))
}
