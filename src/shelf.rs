//! Which posts are opened: a path, one post from standard input, or the samples that the program carries.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::library::cache::Cache;
use crate::library::source::{self, Encoding};
use crate::library::{Library, OpenError, scan, site};

/// The sample posts, so that an installed program has something to show.
static SAMPLES: Dir = include_dir!("$CARGO_MANIFEST_DIR/sample-posts");

/// Something that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shelf {
    Path(PathBuf),
    /// What a folder holds, to be found out when it is opened: see [`Shelf::found`].
    Folder(PathBuf),
    Samples,
    /// One post, held in memory.
    Input(Vec<u8>),
}

impl Shelf {
    /// What an argument names. Standard input, if it is meant, is read here.
    ///
    /// # Errors
    /// When standard input cannot be read.
    pub fn of(argument: &Path) -> io::Result<Shelf> {
        if argument != Path::new("-") {
            return Ok(Shelf::Path(argument.to_owned()));
        }
        let mut bytes = Vec::new();
        io::stdin().lock().take(source::WHOLE).read_to_end(&mut bytes)?;
        Ok(Shelf::Input(bytes))
    }

    /// What there is to open in a folder when nothing is named: the site that it is or is part of, the one site directly below it, its
    /// Markdown files, or else the samples. It may take long in a folder of many files.
    #[must_use]
    pub fn found(self) -> Shelf {
        let Shelf::Folder(folder) = self else { return self };
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        match site::find_root(&real) {
            Some(root) if root == real => return Shelf::Path(folder),
            Some(root) => return Shelf::Path(root),
            None => {}
        }
        let below = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
        let mut sites: Vec<PathBuf> = below.filter(|path| site::is_root(path)).collect();
        match sites.pop() {
            Some(only) if sites.is_empty() => Shelf::Path(only),
            _ if !scan::has_posts(&folder) => Shelf::Samples,
            _ => Shelf::Path(folder),
        }
    }

    /// The file or folder that it stands for; standard input and the samples have none.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        match self {
            Shelf::Path(path) | Shelf::Folder(path) => Some(path.clone()),
            Shelf::Samples | Shelf::Input(_) => None,
        }
    }

    /// Opens it, with the encoding that the user says it is in, if any.
    ///
    /// # Errors
    /// When a path cannot be read.
    pub fn open(&self, encoding: Option<Encoding>) -> Result<Library, OpenError> {
        self.open_cached(encoding, None)
    }

    /// The same, with what is kept of an earlier time.
    ///
    /// # Errors
    /// As [`Shelf::open`].
    pub fn open_cached(&self, encoding: Option<Encoding>, cache: Option<&Cache>) -> Result<Library, OpenError> {
        match self {
            Shelf::Path(path) => Library::open_cached(path, encoding, cache),
            Shelf::Folder(_) => self.clone().found().open_cached(encoding, cache),
            Shelf::Samples => Ok(samples()),
            Shelf::Input(bytes) => {
                let post = ("stdin.md".to_owned(), Cow::Owned(bytes.clone()));
                Ok(Library::of_memory("", vec![post], encoding))
            }
        }
    }

    /// Opens it for its words alone: of a file without the posts around it.
    ///
    /// # Errors
    /// When a path cannot be read.
    pub fn open_alone(&self, encoding: Option<Encoding>) -> Result<Library, OpenError> {
        match self {
            Shelf::Path(path) => Library::open_alone(path, encoding),
            shelf => shelf.open(encoding),
        }
    }

    /// Whether it is one post rather than a folder of them.
    #[must_use]
    pub fn is_one_post(&self) -> bool {
        match self {
            Shelf::Path(path) => path.is_file(),
            Shelf::Samples | Shelf::Folder(_) => false,
            Shelf::Input(_) => true,
        }
    }
}

fn samples() -> Library {
    let settings = SAMPLES.get_file("hugo.yaml").and_then(include_dir::File::contents_utf8).unwrap_or_default();
    let mut posts = Vec::new();
    if let Some(content) = SAMPLES.get_dir("content") {
        collect(content, &mut posts);
    }
    posts.sort_by(|left, right| left.0.cmp(&right.0));
    Library::of_memory(settings, posts, None)
}

fn collect(folder: &'static Dir, posts: &mut Vec<(String, Cow<'static, [u8]>)>) {
    for file in folder.files().filter(|file| scan::is_markdown(file.path())) {
        if let Some(path) = site::relative(file.path(), Path::new("content")) {
            posts.push((path, Cow::Borrowed(file.contents())));
        }
    }
    folder.dirs().for_each(|folder| collect(folder, posts));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Destination;

    #[test]
    fn the_samples_are_a_whole_blog() {
        let library = Shelf::Samples.open(None).unwrap();
        assert!(library.listed().count() >= 12);
        assert_eq!(library.problems, []);
        assert!(library.posts.iter().filter(|post| post.draft).count() >= 2);
        let ashiba = library
            .posts
            .iter()
            .find(|post| post.permalink == "/post/2018/04/10/ashiba/")
            .expect("the post about teams");
        assert!(matches!(
            library.resolve(ashiba, "https://hibi.example/post/2017/03/04/hello/"),
            Destination::Post { .. }
        ));
    }
}
