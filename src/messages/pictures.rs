//! What is said of pictures.

use super::{Language, Message, language, said};

pub const PICTURE_MISSING: Message = said("no such file in the site", "サイト内にファイルがありません");
pub const PICTURE_ELSEWHERE: Message = said("on another host", "別のホストにあります");
pub const PICTURE_KIND: Message =
    said("not a PNG, JPEG, GIF or WebP file", "PNG、JPEG、GIF、WebPのいずれでもありません");
pub const PICTURE_TOO_LARGE: Message = said("too large to draw", "大きすぎて描けません");
pub const PICTURE_BROKEN: Message = said("the file is broken", "ファイルが壊れています");
pub const NOT_A_PICTURE: Message = said("it is not a picture that can be shown", "表示できる画像ではありません");
pub const NO_VIEWER: Message = said("no viewer could be started", "ビューアーを起動できません");
pub const NO_PICTURE: Message = said("No picture is in sight", "画面内に画像はありません");
pub const PICTURES_SHOWN: Message = said("Pictures are shown", "画像を表示しています");

/// What is said in the place of a picture that cannot be drawn.
#[must_use]
pub fn not_drawn(reason: &str) -> String {
    match language() {
        Language::English => format!("Not drawn: {reason}"),
        Language::Japanese => format!("描けません: {reason}"),
    }
}

/// A picture that is being handed to the viewer.
#[must_use]
pub fn viewing(name: &str) -> String {
    match language() {
        Language::English => format!("Opening {name}"),
        Language::Japanese => format!("開いています: {name}"),
    }
}

/// A picture that no viewer shows.
#[must_use]
pub fn not_viewed(name: &str, reason: &str) -> String {
    match language() {
        Language::English => format!("{name} was not opened: {reason}"),
        Language::Japanese => format!("{name}を開けませんでした: {reason}"),
    }
}
