//! Every word that the program itself says, in English and in Japanese side by side.
//!
//! A message that is the same each time is a [`Message`]; one with parameters is a function that asks for the [`language`]. Neither can
//! be written in one language only.

mod hints;
mod memory;
mod pictures;
mod posts;
mod reader;
mod search;
mod settings;
mod shell;
mod spoken;
mod within;

use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};

pub use hints::*;
pub use memory::*;
pub use pictures::*;
pub use posts::*;
pub use reader::*;
pub use search::*;
pub use settings::*;
pub use shell::*;
pub use spoken::*;
pub use within::*;

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Japanese,
}

/// Whether Japanese is spoken. The one thing that the whole program shares: it is set before anything is said, and a language that was
/// handed to whatever may say a word would be a parameter of nearly every function.
static IS_JAPANESE: AtomicBool = AtomicBool::new(false);

/// The language that the program speaks: English until [`speak`] says another.
#[must_use]
pub fn language() -> Language {
    if IS_JAPANESE.load(Ordering::Relaxed) { Language::Japanese } else { Language::English }
}

/// Chooses the language of everything that is said from now on. Only the start of the program does so, before there are other threads.
pub fn speak(language: Language) {
    IS_JAPANESE.store(language == Language::Japanese, Ordering::Relaxed);
}

impl Language {
    /// The language that a locale asks for, such as `ja_JP.UTF-8`: the values of `LC_ALL`, `LC_MESSAGES` and `LANG`, of which the first
    /// that is not empty holds.
    #[must_use]
    pub fn of_locale<'v>(values: impl IntoIterator<Item = &'v str>) -> Language {
        let locale = values.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("ja") { Language::Japanese } else { Language::English }
    }
}

/// A message without parameters. It is read as a string, in the language that is spoken then.
#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    pub english: &'static str,
    pub japanese: &'static str,
}

/// A message in both languages.
#[must_use]
pub const fn said(english: &'static str, japanese: &'static str) -> Message {
    Message { english, japanese }
}

impl Message {
    /// The words, in the language that is spoken.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match language() {
            Language::English => self.english,
            Language::Japanese => self.japanese,
        }
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        self.words()
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_chooses_the_language() {
        let check = |values: [&str; 3], expected| assert_eq!(Language::of_locale(values), expected, "{values:?}");
        check(["", "", "ja_JP.UTF-8"], Language::Japanese);
        check(["", "", "ja"], Language::Japanese);
        check(["", "en_GB.UTF-8", "ja_JP.UTF-8"], Language::English);
        check(["ja_JP.eucJP", "C", "C"], Language::Japanese);
        check(["C", "", "ja_JP.UTF-8"], Language::English);
        check(["", "", "jam_JM"], Language::English);
        check(["", "", ""], Language::English);
    }
}
