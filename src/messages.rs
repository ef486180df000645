//! Every word that the program itself says, in one place.

use std::path::Path;
use std::time::Duration;

use url::Url;

use crate::text::Alert;

pub const DETAILS: &str = "Details";
pub const SHOWN_PLAINLY: &str =
    "Shown as plain text: its nesting or its links would take too long to read as Markdown.";

/// The title of an alert that has none of its own.
#[must_use]
pub fn alert(kind: Alert) -> &'static str {
    match kind {
        Alert::Note => "Note",
        Alert::Tip => "Tip",
        Alert::Important => "Important",
        Alert::Warning => "Warning",
        Alert::Caution => "Caution",
    }
}

pub const NOT_A_FILE: &str = "not a regular file";
pub const NOT_UNDERSTOOD: &str = "it could not be read: please report it with the file";
pub const BINARY: &str = "not text: it holds zero bytes";
pub const FRONT_MATTER_TOO_LONG: &str = "its settings are longer than 256 KiB";
pub const FRONT_MATTER_TOO_DEEP: &str = "its settings nest too deep or repeat too much";
pub const DRAFT: &str = "draft";
pub const PUBLIC: &str = "public";
pub const FUTURE: &str = "future";
pub const EXPIRED: &str = "expired";
pub const PRIVATE: &str = "private";

/// What is wrong, and on which line of its block.
#[must_use]
pub fn at_line(what: &str, line: usize) -> String {
    format!("{what} at line {line}")
}

pub const NOT_A_TABLE: &str = "it is not a table of names and values";
pub const NOT_BELOW_THE_SITE: &str = "it is not below the site's own folder";

/// A settings file of a site that its parser refuses.
#[must_use]
pub fn broken_settings(what: &str) -> String {
    format!("{what}; what can be read of the file is used")
}

#[must_use]
pub fn no_such_zone(name: &str) -> String {
    format!("no time zone is called {name:?}")
}

/// A date that is written in no known form.
#[must_use]
pub fn not_a_date(key: &str, value: &str) -> String {
    format!("{key}: {value:?} is not a date")
}

#[must_use]
pub fn not_a_post(path: &Path) -> String {
    format!("{} is not among the posts of its folder", path.display())
}

/// A post whose file cannot be read any more.
#[must_use]
pub fn cannot_read(name: &str, error: &std::io::Error) -> String {
    format!("{name} cannot be read: {error}")
}

/// A setting whose number is too small or too large.
#[must_use]
pub fn out_of_range(key: &str, least: u16, most: u16) -> String {
    format!("{key} must be {least} to {most}")
}

/// An encoding that was named and that there is none of.
#[must_use]
pub fn no_such_encoding(name: &str, offered: &[&str]) -> String {
    format!("no encoding is called {name:?}; name one such as {}, or leave --encoding out", offered.join(", "))
}

/// What is wrong with a query, by what was typed.
#[must_use]
pub fn no_such_key(key: &str, known: &str) -> String {
    format!("nothing is called {key:?}; there are {known}")
}

#[must_use]
pub fn no_such_value(value: &str, known: &str) -> String {
    format!("{value:?} is none of {known}")
}

#[must_use]
pub fn not_a_day(value: &str) -> String {
    format!("{value:?} is no day: write 2020, 2020-05, 2020-05-01, 7d, 2w, 3m, 1y, today or yesterday")
}

#[must_use]
pub fn nothing_after(key: &str) -> String {
    format!("{key} needs something after it")
}

pub const OPEN_QUOTE: &str = "the quote is not closed";
pub const NOT_TO_EXCLUDE: &str = "this cannot be excluded";

pub const EXPRESSION_TOO_LARGE: &str = "it is too large";

#[must_use]
pub fn bad_expression(what: &str) -> String {
    format!("regular expression: {what}")
}

pub const LINKS: &str = "Links";

#[must_use]
pub fn cannot_open(path: &Path, error: &std::io::Error) -> String {
    format!("cannot open {}: {error}; name a folder of Markdown posts, or one file", path.display())
}

#[must_use]
pub fn cannot_write(error: &std::io::Error) -> String {
    format!("cannot write the output: {error}")
}

#[must_use]
pub fn is_a_folder(path: &Path) -> String {
    format!(
        "{} is a folder; `kiji {}` opens it, `kiji list {}` lists it",
        path.display(),
        path.display(),
        path.display()
    )
}

#[must_use]
pub fn is_a_file(path: &Path) -> String {
    format!("{} is a file; `kiji show {}` prints it, `kiji list FOLDER` lists a folder", path.display(), path.display())
}

#[must_use]
pub fn terminal_failed(error: &std::io::Error) -> String {
    format!("the terminal cannot be used: {error}")
}

pub const NO_LINK: &str = "No link at hand: Tab takes one, f shows letters over all";
pub const NO_NOTES_IN_SIGHT: &str = "No footnote mark in sight";
pub const OUTLINE: &str = "Headings";
pub const NO_HEADINGS: &str = "No such heading";
pub const NO_LINKS: &str = "No such link";
pub const WHICH_MARK: &str = "A letter from a to z marks this place";
pub const WHICH_PLACE: &str = "Which place? ' is where the last jump came from";
pub const NOT_A_MARK: &str = "A mark is a letter from a to z";

#[must_use]
pub fn marked(letter: char) -> String {
    format!("Marked {letter}: ' {letter} comes back here")
}

#[must_use]
pub fn no_mark(letter: char) -> String {
    format!("Nothing is marked {letter}")
}

#[must_use]
pub fn note_title(number: usize) -> String {
    format!("Note {number}")
}

/// How long something takes to be read.
#[must_use]
pub fn minutes(time: Duration) -> String {
    match (time.as_secs() + 30) / 60 {
        0 => "<1 min".to_owned(),
        minutes @ 1..60 => format!("{minutes} min"),
        minutes => format!("{} h {:02} min", minutes / 60, minutes % 60),
    }
}

pub const NO_SEARCH: &str = "Nothing is sought: / starts a search";
pub const FROM_THE_TOP: &str = "Past the last hit: from the top again";
pub const FROM_THE_END: &str = "Past the first hit: from the end again";
pub const BY_EXPRESSION: &str = "regex ";

#[must_use]
pub fn not_found(words: &str) -> String {
    format!("Not found: {words}")
}

pub const NO_LINKS_IN_SIGHT: &str = "No links in sight";
pub const NO_FARTHER: &str = "No farther this way";
pub const POST: &str = "post:";

pub const TOO_LONG: &str = "it is too long";
pub const ODD_CHARACTERS: &str = "it holds blanks, control characters or invisible ones";
pub const NO_ADDRESS: &str = "it is not an address";
pub const SCHEME: &str = "only http, https and mailto are opened";
pub const NO_ROOM: &str = "the terminal is too small to show the whole address, which is an odd one";
pub const HAS_USER: &str = "It holds a user name before the host.";
pub const NUMERIC_HOST: &str = "Its host is a number, not a name.";
pub const LOCAL_HOST: &str = "It leads to this machine.";
pub const FOREIGN_HOST: &str = "Its host is written in other letters than it seems.";

#[must_use]
pub fn note(number: usize) -> String {
    format!("note {number}")
}

#[must_use]
pub fn dead(target: &str) -> String {
    format!("{target} leads nowhere in this folder")
}

#[must_use]
pub fn refused(reason: &str) -> String {
    format!("Not opened: {reason}")
}

#[must_use]
pub fn opening(url: &Url) -> String {
    format!("Opening {url}")
}

#[must_use]
pub fn copied(words: &str) -> String {
    format!("Copied {words}")
}

#[must_use]
pub fn not_copied(reason: &str) -> String {
    format!("Not copied: {reason}")
}

#[must_use]
pub fn copied_instead(address: &str) -> String {
    format!("No browser could be started. Copied {address}")
}

pub const FOR_HELP: &str = "? every key";
pub const LOADING: &str = "…";
pub const SCANNING: &str = "reading…";
pub const NO_POSTS: &str = "No posts. Esc clears the filter.";
pub const BY_DATE: &str = "by date";
pub const BY_TITLE: &str = "by title";
pub const BY_PATH: &str = "by path";
pub const TAGS: &str = "Tags";
pub const NO_TAGS: &str = "No such tag";
pub const NO_ENCODINGS: &str = "No such encoding";
pub const POST_DETAILS: &str = "Post";
pub const TITLE: &str = "Title";
pub const FILE: &str = "File";
pub const DATE: &str = "Date";
pub const AUTHORS: &str = "By";
pub const TERMS: &str = "Sorted by";
pub const LANGUAGE: &str = "Language";
pub const STATE: &str = "State";
pub const IS_DRAFT: &str = "Draft";
pub const YES: &str = "yes";
pub const NO: &str = "no";
pub const ADDRESS: &str = "Address";
pub const ENCODING: &str = "Encoding";
pub const PROBLEM: &str = "Problem";

pub const BACKLINKS: &str = "What links here";
pub const NO_BACKLINKS: &str = "No post links here";
pub const NO_TRANSLATION: &str = "This post is in one language only";
pub const NO_PAGE: &str = "The site's address is not known";
pub const UNPUBLISHED_HIDDEN: &str = "Drafts, future and expired posts are hidden: D shows them";
pub const UNPUBLISHED_SHOWN: &str = "Drafts, future and expired posts are shown";

/// A post that has no page yet, or no more.
#[must_use]
pub fn not_published(marks: &str) -> String {
    format!("This post has no published page: {marks}")
}

#[must_use]
pub fn guessed(encoding: &str) -> String {
    format!("{encoding}, guessed: E reads it in another")
}

#[must_use]
pub fn chosen(encoding: &str) -> String {
    format!("{encoding}, chosen")
}

#[must_use]
pub fn read_in(name: &str) -> String {
    format!("Read as {name}")
}

pub const KEYS: &str = "Keys";
pub const PROBLEMS: &str = "Problems";
pub const NO_PROBLEMS: &str = "Nothing is wrong.";
pub const OPEN: &str = "Open this address?";
pub const OPEN_OR_NOT: &str = "y opens it, Esc leaves";
pub const SAMPLES: &str = "No posts in this folder: these are sample posts. `kiji PATH` opens a folder.";

#[must_use]
pub fn host(host: &str) -> String {
    format!("Host: {host}")
}

pub const NO_TERMINAL: &str = "the reader needs a terminal; `kiji show FILE` prints a post, `kiji list` lists them";
pub const DUMB_TERMINAL: &str =
    "this terminal (TERM=dumb) cannot show the reader; `kiji show FILE` prints a post, `kiji list` lists them";
pub const SCAN_FAILED: &str = "The posts could not be read: please report it.";
pub const WORKER_FAILED: &str = "This post could not be shown: please report it with the post.";
