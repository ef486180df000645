//! What is said outside the screen: about arguments, settings, files and the terminal.

use std::path::Path;

use super::{Language, Message, language, said};

/// An encoding that was named and that there is none of.
#[must_use]
pub fn no_such_encoding(name: &str, offered: &[&str]) -> String {
    let offered = offered.join(", ");
    match language() {
        Language::English => {
            format!("no encoding is called {name:?}; name one such as {offered}, or leave --encoding out")
        }
        Language::Japanese => {
            format!("{name:?}という文字コードはありません。{offered}などを指定するか、--encodingを省いてください")
        }
    }
}

#[must_use]
pub fn cannot_open(path: &Path, error: &std::io::Error) -> String {
    let path = path.display();
    match language() {
        Language::English => format!("cannot open {path}: {error}; name a folder of Markdown posts, or one file"),
        Language::Japanese => {
            format!("{path}を開けません: {error}。Markdown記事のフォルダーか、ファイルを指定してください")
        }
    }
}

#[must_use]
pub fn cannot_write(error: &std::io::Error) -> String {
    match language() {
        Language::English => format!("cannot write the output: {error}"),
        Language::Japanese => format!("出力を書き込めません: {error}"),
    }
}

#[must_use]
pub fn is_a_folder(path: &Path) -> String {
    let path = path.display();
    match language() {
        Language::English => format!("{path} is a folder; `kiji {path}` opens it, `kiji list {path}` lists it"),
        Language::Japanese => {
            format!("{path}はフォルダーです。`kiji {path}`で開き、`kiji list {path}`で一覧を表示します")
        }
    }
}

#[must_use]
pub fn is_a_file(path: &Path) -> String {
    let path = path.display();
    match language() {
        Language::English => {
            format!("{path} is a file; `kiji show {path}` prints it, `kiji list FOLDER` lists a folder")
        }
        Language::Japanese => {
            format!(
                "{path}はファイルです。`kiji show {path}`で表示し、`kiji list FOLDER`でフォルダーの一覧を表示します"
            )
        }
    }
}

#[must_use]
pub fn terminal_failed(error: &std::io::Error) -> String {
    match language() {
        Language::English => format!("the terminal cannot be used: {error}"),
        Language::Japanese => format!("端末を使えません: {error}"),
    }
}

pub const NO_TERMINAL: Message = said(
    "the reader needs a terminal; `kiji show FILE` prints a post, `kiji list` lists them",
    "リーダーには端末が必要です。`kiji show FILE`で記事を、`kiji list`で一覧を表示できます",
);
pub const DUMB_TERMINAL: Message = said(
    "this terminal (TERM=dumb) cannot show the reader; `kiji show FILE` prints a post, `kiji list` lists them",
    "この端末（TERM=dumb）ではリーダーを表示できません。`kiji show FILE`で記事を、`kiji list`で一覧を表示できます",
);
pub const MAN_COMMANDS: Message = said("COMMANDS", "コマンド");
pub const MAN_KEYS: Message = said("KEYS", "キー");
pub const MAN_SETTINGS: Message = said("SETTINGS", "設定");
pub const SCAN_FAILED: Message =
    said("The posts could not be read: please report it.", "記事を読み取れませんでした。報告をお願いします。");
pub const WORKER_FAILED: Message = said(
    "This post could not be shown: please report it with the post.",
    "この記事を表示できませんでした。記事を添えて報告をお願いします。",
);
