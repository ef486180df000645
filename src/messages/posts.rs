//! What is said of posts and sites: on the page itself, and of what is wrong with them.

use std::path::Path;

use super::{Language, Message, language, said};
use crate::text::Alert;

pub const DETAILS: Message = said("Details", "詳細");
pub const CUT: Message = said("it is too long: only its start is shown", "長すぎるため、先頭だけを表示しています");
pub const SHOWN_PLAINLY: Message = said(
    "Shown as plain text: its nesting or its links would take too long to read as Markdown.",
    "入れ子またはリンクが多く、Markdownとして読むと時間がかかりすぎるため、プレーンテキストで表示しています。",
);

/// The title of an alert that has none of its own.
#[must_use]
pub const fn alert(kind: Alert) -> Message {
    match kind {
        Alert::Note => said("Note", "メモ"),
        Alert::Tip => said("Tip", "ヒント"),
        Alert::Important => said("Important", "重要"),
        Alert::Warning => said("Warning", "警告"),
        Alert::Caution => said("Caution", "注意"),
    }
}

pub const NOT_A_FILE: Message = said("not a regular file", "通常のファイルではありません");
pub const NOT_UNDERSTOOD: Message = said(
    "it could not be read: please report it with the file",
    "読み取れませんでした。このファイルを添えて報告してください",
);
pub const BINARY: Message = said(
    "not text: it holds zero and other control bytes",
    "テキストではありません（ゼロバイトなどの制御文字を多く含みます）",
);
pub const FRONT_MATTER_TOO_LONG: Message =
    said("its settings are longer than 256 KiB", "フロントマターが256 KiBを超えています");
pub const FRONT_MATTER_TOO_DEEP: Message =
    said("its settings nest too deep or repeat too much", "フロントマターの入れ子が深すぎるか、参照が多すぎます");
pub const DRAFT: Message = said("draft", "下書き");
pub const PUBLIC: Message = said("public", "公開");
pub const FUTURE: Message = said("future", "公開前");
pub const EXPIRED: Message = said("expired", "公開終了");
pub const PRIVATE: Message = said("private", "限定公開");

/// What is wrong, and on which line of its block.
#[must_use]
pub fn at_line(what: &str, line: usize) -> String {
    match language() {
        Language::English => format!("{what} at line {line}"),
        Language::Japanese => format!("{line}行目: {what}"),
    }
}

pub const NOT_A_TABLE: Message = said("it is not a table of names and values", "名前と値の表ではありません");
pub const NOT_BELOW_THE_SITE: Message =
    said("it is not below the site's own folder", "サイトのフォルダーの中にありません");

/// A settings file of a site that its parser refuses.
#[must_use]
pub fn broken_settings(what: &str) -> String {
    match language() {
        Language::English => format!("{what}; what can be read of the file is used"),
        Language::Japanese => format!("{what}（読み取れた部分だけを使います）"),
    }
}

#[must_use]
pub fn no_such_zone(name: &str) -> String {
    match language() {
        Language::English => format!("no time zone is called {name:?}"),
        Language::Japanese => format!("{name:?}というタイムゾーンはありません"),
    }
}

/// A date that is written in no known form.
#[must_use]
pub fn not_a_date(key: &str, value: &str) -> String {
    match language() {
        Language::English => format!("{key}: {value:?} is not a date"),
        Language::Japanese => format!("{key}: {value:?}は日付ではありません"),
    }
}

#[must_use]
pub fn not_a_post(path: &Path) -> String {
    let path = path.display();
    match language() {
        Language::English => format!("{path} is not among the posts of its folder"),
        Language::Japanese => format!("{path}はフォルダーの記事に含まれていません"),
    }
}

/// A post whose file cannot be read any more.
#[must_use]
pub fn cannot_read(name: &str, error: &std::io::Error) -> String {
    match language() {
        Language::English => format!("{name} cannot be read: {error}"),
        Language::Japanese => format!("{name}を読み取れません: {error}"),
    }
}

/// The same of the one that is open.
#[must_use]
pub fn shown_as_it_was(name: &str, error: &std::io::Error) -> String {
    match language() {
        Language::English => format!("{name} cannot be read any more, and is shown as it was: {error}"),
        Language::Japanese => format!("{name}を読めなくなりました。表示は以前の内容です: {error}"),
    }
}

pub const LINKS: Message = said("Links", "リンク");
