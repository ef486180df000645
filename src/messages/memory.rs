//! What is said of what is remembered, of changes to files, and of the editor.

use std::path::Path;

use super::{Language, Message, language, said};

pub const VISITED: Message = said("Open before", "開いた記事");
pub const NONE_VISITED: Message = said("No such post was open before", "該当する記事はありません");
pub const IS_READ: Message = said("Marked read", "既読にしました");
pub const IS_UNREAD: Message = said("Marked unread", "未読にしました");
pub const IS_FAVOURITE: Message = said("A favourite now", "お気に入りに入れました");
pub const IS_NO_FAVOURITE: Message = said("No favourite any more", "お気に入りから外しました");
pub const FOLDER_GONE: Message = said(
    "The folder cannot be read any more: these are the posts as they were",
    "フォルダーを読めなくなりました。表示は以前の内容です",
);
pub const POST_GONE: Message = said("The post that was open is gone", "開いていた記事はなくなりました");
pub const NO_FILE: Message =
    said("This post lies in no file that could be edited", "この記事には編集できるファイルがありません");
pub const NO_EDITOR: Message = said(
    "No editor: set $VISUAL or $EDITOR, or the setting `editor`",
    "エディターがありません（$VISUAL、$EDITOR、または設定`editor`で指定）",
);

/// Nothing named an editor, and this one was taken.
#[must_use]
pub fn editor_chosen(program: &str) -> String {
    match language() {
        Language::English => format!("$VISUAL and $EDITOR are not set: {program} was used"),
        Language::Japanese => format!("$VISUALも$EDITORも未設定のため、{program}を使いました"),
    }
}

#[must_use]
pub fn editor_failed(program: &str, what: &str) -> String {
    match language() {
        Language::English => format!("{program}: {what}"),
        Language::Japanese => format!("エディター{program}: {what}"),
    }
}

/// Changes of files are not seen.
#[must_use]
pub fn not_watched(what: &str) -> String {
    match language() {
        Language::English => format!("changes to files here are not seen as they happen: {what}"),
        Language::Japanese => format!("ここのファイルの変更は自動で反映されません: {what}"),
    }
}

#[must_use]
pub fn cannot_remember(folder: &Path, error: &std::io::Error) -> String {
    let folder = folder.display();
    match language() {
        Language::English => format!("What you read is not remembered: {folder}: {error}"),
        Language::Japanese => format!("既読や位置を記録できません: {folder}: {error}"),
    }
}

#[must_use]
pub fn newer_state(folder: &Path) -> String {
    let folder = folder.display();
    match language() {
        Language::English => {
            format!("A later version of kiji wrote {folder}: it is left as it is, and nothing is remembered")
        }
        Language::Japanese => format!("{folder}は新しい版のkijiのものです。変更せず、記録もしません"),
    }
}

/// Some of the state file was not understood; a copy was kept.
#[must_use]
pub fn damaged_state(kept: &Path) -> String {
    let kept = kept.display();
    match language() {
        Language::English => format!("Some of what was remembered cannot be read; it is kept in {kept}"),
        Language::Japanese => format!("記録の一部を読めません。元の内容は{kept}に残しました"),
    }
}
