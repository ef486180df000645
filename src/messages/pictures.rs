//! What is said of pictures.

use url::Url;

use super::{Language, Message, language, said};

pub const PICTURE_MISSING: Message = said("no such file in the site", "サイト内にファイルがありません");
pub const PICTURE_ELSEWHERE: Message = said("on another host", "別のホストにあります");
pub const PICTURE_KIND: Message =
    said("not a PNG, JPEG, GIF or WebP file", "PNG、JPEG、GIF、WebPのいずれでもありません");
pub const PICTURE_TOO_LARGE: Message = said("too large to draw", "大きすぎて描けません");
pub const PICTURE_BROKEN: Message = said("the file is broken", "ファイルが壊れています");
pub const NOT_A_PICTURE: Message = said("it is not a picture that can be shown", "表示できる画像ではありません");
pub const FETCHING_IS_OFF: Message =
    said("The setting fetch is off: nothing is fetched", "設定fetchがoffのため、何も取得しません");
pub const NO_FOLDER_FOR_PICTURES: Message = said(
    "Nothing is fetched: there is no folder for caches to keep it in (the setting cache)",
    "取得した画像を置くキャッシュ用フォルダーがないため、取得しません（設定cache）",
);
pub const NO_REMOTE_PICTURES: Message =
    said("No picture of this post is left on another host", "別のホストにある未取得の画像はありません");
pub const PRIVATE_HOST: Message =
    said("Its host is on a private network.", "ホストがプライベートネットワークにあります。");
pub const NO_CURL: Message = said("the program curl is not installed", "プログラムcurlがありません");
pub const TOO_LATE: Message = said("it took too long", "時間がかかりすぎました");
pub const TOO_MANY_STEPS: Message = said("it is passed on too often", "転送が多すぎます");
pub const UNREACHABLE: Message = said("its host cannot be reached", "ホストに接続できません");
pub const NOT_KEPT: Message =
    said("it cannot be written to the folder for caches", "キャッシュ用フォルダーに書き込めません");
pub const FETCH: Message = said("Fetch this picture?", "この画像を取得しますか？");

/// The keys of the question whether a picture is to be fetched.
#[must_use]
pub fn fetch_or_not(fetch: &str, leave: &str) -> String {
    match language() {
        Language::English => format!("{fetch} fetches it, {leave} leaves"),
        Language::Japanese => format!("{fetch} 取得する　{leave} やめる"),
    }
}

/// A picture on another host is in hand: its address, and the key that fetches it.
#[must_use]
pub fn fetched_by(address: &str, key: &str) -> String {
    match language() {
        Language::English => format!("{address} ({key} fetches it)"),
        Language::Japanese => format!("{address}（{key}で取得）"),
    }
}

/// Pictures are on their way from these hosts; so many others were left out, because each of them asks for a question.
#[must_use]
pub fn fetching(count: usize, hosts: &[&str], left_out: usize) -> String {
    let mut names: Vec<&str> = Vec::new();
    hosts.iter().for_each(|host| names.extend((!names.contains(host)).then_some(*host)));
    let names = names.join(", ");
    let start = match (language(), count) {
        (_, 0) => String::new(),
        (Language::English, 1) => format!("Fetching a picture from {names}"),
        (Language::English, _) => format!("Fetching {count} pictures from {names}"),
        (Language::Japanese, _) => format!("画像を取得しています（{count}件、{names}）"),
    };
    let end = match (language(), left_out) {
        (_, 0) => String::new(),
        (Language::English, _) => format!("{left_out} with an odd address must be taken in hand"),
        (Language::Japanese, _) => format!("注意が必要なアドレスの画像（{left_out}件）は選択してから取得"),
    };
    [start, end].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// So many pictures came.
#[must_use]
pub fn fetched(count: usize) -> String {
    match language() {
        Language::English if count == 1 => "1 picture fetched".to_owned(),
        Language::English => format!("{count} pictures fetched"),
        Language::Japanese => format!("画像を取得しました（{count}件）"),
    }
}

/// A picture that was not fetched.
#[must_use]
pub fn not_fetched(address: &str, reason: &str) -> String {
    match language() {
        Language::English => format!("Not fetched: {reason} ({address})"),
        Language::Japanese => format!("取得できませんでした: {reason}（{address}）"),
    }
}

/// Of the pictures that were asked for some did not come, first of them the one at this address.
#[must_use]
pub fn fetched_in_part(came: usize, failed: usize, address: &Url, reason: &str) -> String {
    let first = not_fetched(address.as_str(), reason);
    match language() {
        _ if came == 0 && failed == 1 => first,
        Language::English => format!("{came} of {} fetched. {first}", came + failed),
        Language::Japanese => format!("{}件中{came}件を取得しました。{first}", came + failed),
    }
}

/// What a host said in place of a picture.
#[must_use]
pub fn answered(status: u16) -> String {
    match language() {
        Language::English => format!("its host answered {status}"),
        Language::Japanese => format!("ホストの応答は{status}でした"),
    }
}

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
