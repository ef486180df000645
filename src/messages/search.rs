//! What is said of searching, of links and of what `kiji check` finds.

use super::{Language, Message, language, said};

/// A key of a query that there is none of.
#[must_use]
pub fn no_such_key(key: &str, known: &str) -> String {
    match language() {
        Language::English => format!("nothing is called {key:?}; there are {known}"),
        Language::Japanese => format!("{key:?}という条件はありません。使えるのは{known}です"),
    }
}

#[must_use]
pub fn no_such_value(value: &str, known: &str) -> String {
    match language() {
        Language::English => format!("{value:?} is none of {known}"),
        Language::Japanese => format!("{value:?}は使えません。{known}のどれかを指定してください"),
    }
}

#[must_use]
pub fn not_a_day(value: &str) -> String {
    let forms = "2020, 2020-05, 2020-05-01, 7d, 2w, 3m, 1y, today, yesterday";
    match language() {
        Language::English => format!("{value:?} is no day: write one of {forms}"),
        Language::Japanese => format!("{value:?}は日付ではありません。{forms}のように書いてください"),
    }
}

#[must_use]
pub fn nothing_after(key: &str) -> String {
    match language() {
        Language::English => format!("{key} needs something after it"),
        Language::Japanese => format!("{key}の後に値が必要です"),
    }
}

/// A query that was typed as an argument, and what is wrong with a part of it.
#[must_use]
pub fn bad_query(part: &str, what: &str) -> String {
    match language() {
        Language::English => format!("query: {part}: {what}"),
        Language::Japanese => format!("検索条件: {part}: {what}"),
    }
}

#[must_use]
pub fn bad_expression(what: &str) -> String {
    match language() {
        Language::English => format!("regular expression: {what}"),
        Language::Japanese => format!("正規表現: {what}"),
    }
}

pub const OPEN_QUOTE: Message = said("the quote is not closed", "引用符が閉じていません");
pub const NOT_TO_EXCLUDE: Message = said("this cannot be excluded", "これは除外できません");
pub const EXPRESSION_TOO_LARGE: Message = said("it is too large", "大きすぎます");

#[must_use]
pub fn dead_link(target: &str) -> String {
    match language() {
        Language::English => format!("link to nothing: {target}"),
        Language::Japanese => format!("リンク先がありません: {target}"),
    }
}

#[must_use]
pub fn missing_image(target: &str) -> String {
    match language() {
        Language::English => format!("no such image: {target}"),
        Language::Japanese => format!("画像がありません: {target}"),
    }
}

#[must_use]
pub fn no_such_heading(target: &str) -> String {
    match language() {
        Language::English => format!("no such heading: {target}"),
        Language::Japanese => format!("見出しがありません: {target}"),
    }
}

#[must_use]
pub fn unknown_shortcode(name: &str) -> String {
    match language() {
        Language::English => format!("unknown shortcode: {name}"),
        Language::Japanese => format!("未知のショートコード: {name}"),
    }
}
