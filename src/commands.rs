//! The commands that print and end: how each opens its posts, and what it prints of them.

mod check;
mod links;
mod search;
mod tags;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub use check::check;
pub use links::links;
pub use search::search;
pub use tags::tags;

use crate::config::{self, Settings};
use crate::library::{Library, OpenError};
use crate::messages;
use crate::shelf::Shelf;
use crate::text::Clean;

/// Something went wrong.
pub const FAILED: u8 = 1;
/// The program cannot be used like this: wrong arguments or settings, or no terminal.
pub const MISUSED: u8 = 2;

/// Why the program ends early: its exit code, and one line for the user.
#[derive(Debug)]
pub struct Failure {
    pub code: u8,
    pub message: String,
}

/// The forms that a list may be printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// One JSON object a line.
    Json,
}

/// The posts of a folder, and what their paths are shown below.
pub struct Opened {
    pub library: Library,
    folder: PathBuf,
}

impl Opened {
    /// Opens a path, or what there is to open without one.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(path: Option<&Path>, settings: &Settings) -> Result<Opened, Failure> {
        let shelf = shelf(path, settings)?.found();
        let library = shelf.open_cached(None, settings.index_cache().as_ref()).map_err(|error| cannot_open(&error))?;
        let folder = match &shelf {
            Shelf::Path(path) if path.is_dir() => path.strip_prefix(".").unwrap_or(path).to_owned(),
            Shelf::Path(path) => path.parent().map(Path::to_owned).unwrap_or_default(),
            _ => PathBuf::new(),
        };
        Ok(Opened { library, folder })
    }

    /// Opens a file with the posts around it: those of its site, or else of its folder.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn around(file: &Path, settings: &Settings) -> Result<Opened, Failure> {
        let opened = Opened::of(Some(file), settings)?;
        match file.parent().filter(|_| file.is_file() && opened.library.posts.len() == 1) {
            Some(folder) if folder == Path::new("") => Opened::of(Some(Path::new(".")), settings),
            Some(folder) => Opened::of(Some(folder), settings),
            None => Ok(opened),
        }
    }

    /// The path of a file of the library, from where the program was started.
    #[must_use]
    pub fn path(&self, name: &str) -> Clean {
        Clean::line(&self.folder.join(name).to_string_lossy())
    }
}

/// What an argument names, or the settings, or the folder at hand.
///
/// # Errors
/// Where standard input is meant and cannot be read.
pub fn shelf(path: Option<&Path>, settings: &Settings) -> Result<Shelf, Failure> {
    let setting = settings.path.as_deref().map(config::expand_home);
    match path.or(setting.as_deref()) {
        Some(path) => Shelf::of(path).map_err(|cause| cannot_open(&OpenError { path: path.to_owned(), cause })),
        None => Ok(Shelf::Folder(PathBuf::from("."))),
    }
}

#[must_use]
pub fn cannot_open(error: &OpenError) -> Failure {
    // Where there is nothing to read, the program was called wrongly.
    let code = if error.cause.kind() == io::ErrorKind::NotFound { MISUSED } else { FAILED };
    Failure { code, message: messages::cannot_open(&error.path, &error.cause) }
}

/// A reader that stops reading is no failure of ours.
///
/// # Errors
/// Where the output failed otherwise.
pub fn finish(printed: io::Result<()>) -> Result<ExitCode, Failure> {
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure { code: FAILED, message: messages::cannot_write(&error) })
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
