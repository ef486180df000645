//! What stands on a linear page in place of signs, boxes and colours, for those who hear it.

use super::{Language, Message, language, said};
use crate::text::Alert;

pub const SPOKEN_TITLE: Message = said("Title: ", "題名：");
pub const SPOKEN_NOTICE: Message = said("Notice: ", "お知らせ：");
pub const LINK_START: Message = said("(link: ", "（リンク：");
pub const IMAGE_START: Message = said("(image: ", "（画像：");
pub const LINKED_IMAGE_START: Message = said("(image and link: ", "（リンク付き画像：");
pub const EMBED_START: Message = said("(embedded page: ", "（埋め込み：");
pub const STRUCK_START: Message = said("(struck out: ", "（取り消し：");
pub const EMPHASIS_START: Message = said("(emphasis: ", "（強調：");
pub const STRONG_START: Message = said("(strong: ", "（太字：");
pub const CODE_START: Message = said("(code: ", "（コード：");
pub const MARKED_START: Message = said("(marked: ", "（目印：");
pub const SPOKEN_TAGS: Message = said("Tags: ", "タグ：");
/// What ends one of those that start with a bracket.
pub const SPOKEN_END: Message = said(")", "）");
pub const QUOTE_START: Message = said("Quote:", "引用：");
pub const QUOTE_END: Message = said("End of quote", "引用終わり");
pub const CODE_END: Message = said("End of code", "コード終わり");
pub const LIST_END: Message = said("End of list", "リスト終わり");
pub const TABLE_END: Message = said("End of table", "表終わり");
pub const NOTICE_END: Message = said("End of notice", "囲み終わり");
pub const DETAILS_END: Message = said("End of details", "詳細終わり");
/// The two must take the same columns: a fold that is closed changes the one into the other where it stands.
pub const FOLD_IS_OPEN: Message = said("Details, open: ", "詳細、開：");
pub const FOLD_IS_SHUT: Message = said("Details, shut: ", "詳細、閉：");
pub const TASK_DONE: Message = said("Done: ", "完了：");
pub const TASK_TO_DO: Message = said("To do: ", "未完了：");
pub const TERM: Message = said("Term: ", "用語：");
pub const MEANING: Message = said("Meaning: ", "説明：");
pub const CAPTION: Message = said("Caption: ", "説明文：");
pub const SEPARATOR: Message = said("Separator", "区切り");
pub const FOOTNOTES: Message = said("Footnotes:", "脚注：");

#[must_use]
pub fn spoken_heading(level: u8) -> String {
    match language() {
        Language::English => format!("Heading {level}: "),
        Language::Japanese => format!("見出し{level}："),
    }
}

/// The mark of a footnote in running text.
#[must_use]
pub fn spoken_mark(number: usize) -> String {
    match language() {
        Language::English => format!(" (note {number})"),
        Language::Japanese => format!("（注{number}）"),
    }
}

/// What stands before a footnote.
#[must_use]
pub fn spoken_note(number: usize) -> String {
    match language() {
        Language::English => format!("Note {number}: "),
        Language::Japanese => format!("注{number}："),
    }
}

/// Code follows: its language and title if they are known, and how many lines.
#[must_use]
pub fn spoken_code(name: &str, lines: usize) -> String {
    match (language(), name) {
        (Language::English, "") => format!("Code, {}:", super::lines(lines)),
        (Language::English, _) => format!("Code, {name}, {}:", super::lines(lines)),
        (Language::Japanese, "") => format!("コード、{lines}行："),
        (Language::Japanese, _) => format!("コード、{name}、{lines}行："),
    }
}

#[must_use]
pub fn spoken_list(items: usize) -> String {
    match language() {
        Language::English if items == 1 => "List of 1 item:".to_owned(),
        Language::English => format!("List of {items} items:"),
        Language::Japanese => format!("リスト、{items}項目："),
    }
}

#[must_use]
pub fn spoken_table(rows: usize, columns: usize) -> String {
    let plural = |number: usize| if number == 1 { "" } else { "s" };
    match language() {
        Language::English => format!("Table, {rows} row{}, {columns} column{}:", plural(rows), plural(columns)),
        Language::Japanese => format!("表、{rows}行、{columns}列："),
    }
}

#[must_use]
pub fn spoken_column(number: usize) -> String {
    match language() {
        Language::English => format!("Column {number}: "),
        Language::Japanese => format!("列{number}："),
    }
}

#[must_use]
pub fn spoken_row(number: usize) -> String {
    match language() {
        Language::English => format!("Row {number}"),
        Language::Japanese => format!("行{number}"),
    }
}

/// What stands between the name of a column and what a row has there.
pub const OF_COLUMN: Message = said(": ", "：");

/// A notice of a kind follows, with its title or what it says.
#[must_use]
pub fn spoken_alert(kind: Alert) -> String {
    let name = super::alert(kind);
    match language() {
        Language::English => format!("Notice, {name}: "),
        Language::Japanese => format!("囲み、{name}："),
    }
}

pub const UNREAD: Message = said("unread", "未読");
pub const FAVOURITE: Message = said("favourite", "お気に入り");
pub const HAS_PROBLEM: Message = said("has a problem", "問題あり");
/// Stands before the line of a list that holds now.
pub const CHOSEN: Message = said("chosen: ", "選択中：");
/// Stands before the target of the link at hand.
pub const LEADS_TO: Message = said("leads to ", "リンク先：");

#[must_use]
pub fn problems(number: usize) -> String {
    match language() {
        Language::English if number == 1 => "1 problem".to_owned(),
        Language::English => format!("{number} problems"),
        Language::Japanese => format!("問題{number}件"),
    }
}

/// Which hit is at hand, of how many.
#[must_use]
pub fn hits(place: &str) -> String {
    match language() {
        Language::English => format!("hit {place}"),
        Language::Japanese => format!("検索結果{place}"),
    }
}
