//! What is said while one moves inside a post: search, headings, links, notes, marks, time.

use std::time::Duration;

use super::{Language, Message, language, said};

pub const NO_NOTES_IN_SIGHT: Message = said("No footnote mark in sight", "画面内に脚注はありません");
pub const OUTLINE: Message = said("Headings", "見出し");
pub const NO_HEADINGS: Message = said("No such heading", "該当する見出しはありません");
pub const NO_LINKS: Message = said("No such link", "該当するリンクはありません");
pub const WHICH_MARK: Message =
    said("A letter from a to z marks this place", "この場所をマークする文字を入力（aからz）");
pub const WHICH_PLACE: Message =
    said("Which place? ' is where the last jump came from", "移動先の文字を入力（' で直前の移動元）");
pub const NOT_A_MARK: Message = said("A mark is a letter from a to z", "マークに使えるのはaからzの文字です");

#[must_use]
pub fn no_mark(letter: char) -> String {
    match language() {
        Language::English => format!("Nothing is marked {letter}"),
        Language::Japanese => format!("マーク{letter}はありません"),
    }
}

/// The title of the box that shows a footnote.
#[must_use]
pub fn note_title(number: usize) -> String {
    match language() {
        Language::English => format!("Note {number}"),
        Language::Japanese => format!("注{number}"),
    }
}

/// How long something takes to be read.
#[must_use]
pub fn minutes(time: Duration) -> String {
    match ((time.as_secs() + 30) / 60, language()) {
        (0, Language::English) => "<1 min".to_owned(),
        (0, Language::Japanese) => "1分未満".to_owned(),
        (minutes @ 1..60, Language::English) => format!("{minutes} min"),
        (minutes @ 1..60, Language::Japanese) => format!("{minutes}分"),
        (minutes, Language::English) => format!("{} h {:02} min", minutes / 60, minutes % 60),
        (minutes, Language::Japanese) => format!("{}時間{:02}分", minutes / 60, minutes % 60),
    }
}

/// Nothing is sought. The key starts a search.
#[must_use]
pub fn no_search(key: &str) -> String {
    match language() {
        Language::English => format!("Nothing is sought: {key} starts a search"),
        Language::Japanese => format!("検索していません（{key}で検索）"),
    }
}

pub const FROM_THE_TOP: Message = said("Past the last hit: from the top again", "末尾に達したので先頭に戻りました");
pub const FROM_THE_END: Message = said("Past the first hit: from the end again", "先頭に達したので末尾に戻りました");
pub const BY_EXPRESSION: Message = said("regex ", "正規表現 ");

#[must_use]
pub fn not_found(words: &str) -> String {
    match language() {
        Language::English => format!("Not found: {words}"),
        Language::Japanese => format!("見つかりません: {words}"),
    }
}
