//! What is said of keys, as they are bound: which one does what here.

use super::{Language, Message, language, said};

/// Nothing is there to be copied. The keys are those that take a link, that take code or a table, and that select rows.
#[must_use]
pub fn nothing_in_hand(link: &str, block: &str, rows: &str) -> String {
    match language() {
        Language::English => {
            format!("Nothing in hand: {link} takes a link, {block} code or a table, {rows} selects rows")
        }
        Language::Japanese => {
            format!("何も選択されていません（{link}でリンク、{block}でコードや表、{rows}で行を選択）")
        }
    }
}

/// What is hinted at in the index, by the names of actions, and in the reader.
pub const INDEX_HINTS: [(&str, Message); 5] = [
    ("filter", said("filter", "絞り込み")),
    ("facets", said("tags", "タグ")),
    ("search-texts", said("search texts", "本文検索")),
    ("jump-to-title", said("jump", "題名へ")),
    ("commands", said("commands", "コマンド")),
];
pub const READER_HINTS: [(&str, Message); 5] = [
    ("search", said("search", "検索")),
    ("outline", said("headings", "見出し")),
    ("hints", said("links", "リンク")),
    ("next-post", said("next post", "次の記事")),
    ("commands", said("commands", "コマンド")),
];

#[must_use]
pub fn nothing_to_open(copy: &str) -> String {
    match language() {
        Language::English => format!("Nothing to open here: {copy} copies it"),
        Language::Japanese => format!("開くものではありません（{copy}でコピー）"),
    }
}

/// The heading of what is folded away is at hand.
#[must_use]
pub fn fold_closed(open: &str) -> String {
    match language() {
        Language::English => format!("closed: {open} opens it"),
        Language::Japanese => format!("閉じています（{open}で開く）"),
    }
}

#[must_use]
pub fn fold_open(close: &str) -> String {
    match language() {
        Language::English => format!("open: {close} closes it"),
        Language::Japanese => format!("開いています（{close}で閉じる）"),
    }
}

/// Wide blocks run on. The keys move them to the left and to the right.
#[must_use]
pub fn runs_on(left: &str, right: &str) -> String {
    match language() {
        Language::English => format!("Wide code and tables run on: {left} and {right} move them"),
        Language::Japanese => format!("幅の広いコードや表を折り返しません（{left} と {right} で左右へ）"),
    }
}

/// Nothing can be moved sideways. The key lets wide blocks run on.
#[must_use]
pub fn all_wraps(wrap: &str) -> String {
    match language() {
        Language::English => format!("Nothing to move: everything is wrapped, {wrap} lets it run on"),
        Language::Japanese => format!("すべて折り返しているため動きません（{wrap}で切り替え）"),
    }
}

/// What lies in hand, and the key that copies it.
#[must_use]
pub fn in_hand(what: &str, copy: &str) -> String {
    match language() {
        Language::English => format!("{what}: {copy} copies"),
        Language::Japanese => format!("{what}（{copy}でコピー）"),
    }
}

/// Rows are selected.
#[must_use]
pub fn selected(number: usize, copy: &str, leave: &str) -> String {
    match language() {
        Language::English if number == 1 => format!("1 row selected: {copy} copies, {leave} leaves"),
        Language::English => format!("{number} rows selected: {copy} copies, {leave} leaves"),
        Language::Japanese => format!("{number}行を選択中（{copy}でコピー、{leave}でやめる）"),
    }
}

/// A place was marked. The key asks for its letter.
#[must_use]
pub fn marked(letter: char, back: &str) -> String {
    match language() {
        Language::English => format!("Marked {letter}: {back} {letter} comes back here"),
        Language::Japanese => format!("{letter}でマークしました（{back} {letter}でここに戻る）"),
    }
}

#[must_use]
pub fn pictures_hidden(show: &str) -> String {
    match language() {
        Language::English => format!("Pictures are hidden: {show} shows them"),
        Language::Japanese => format!("画像を隠しています（{show}で表示）"),
    }
}

#[must_use]
pub fn no_pictures_here(view: &str) -> String {
    match language() {
        Language::English => format!("No pictures are drawn here: {view} opens them in a viewer"),
        Language::Japanese => format!("ここでは画像を描けません（{view}で外部ビューアー）"),
    }
}

/// The terminal has the mouse. The key takes it back.
#[must_use]
pub fn mouse_given(back: &str) -> String {
    match language() {
        Language::English => format!("The mouse is the terminal's now: {back} takes it back"),
        Language::Japanese => format!("マウスを端末に渡しました（{back}で取り戻す）"),
    }
}

pub const MOUSE_TAKEN: Message = said("Clicks and the wheel work again", "クリックとホイールを再び使えます");
pub const NO_POST_OPEN: Message = said("No post is open", "開いている記事がありません");

/// An action that can be done in one place alone.
#[must_use]
pub fn only_in(place: &str) -> String {
    match language() {
        Language::English => format!("That can be done only there: {place}"),
        Language::Japanese => format!("次の場所でだけ使えます: {place}"),
    }
}

/// Nothing is filtered. The key filters.
#[must_use]
pub fn nothing_to_save(filter: &str) -> String {
    match language() {
        Language::English => format!("Nothing to save: {filter} filters first"),
        Language::Japanese => format!("保存する条件がありません（{filter}で絞り込む）"),
    }
}

/// What the list of saved queries says at its foot.
#[must_use]
pub fn to_forget(key: &str) -> String {
    match language() {
        Language::English => format!("{key} deletes"),
        Language::Japanese => format!("{key}で削除"),
    }
}

pub const NAME_QUERY: Message = said("Save the filter as", "条件の名前");

#[must_use]
pub fn save_as(name: &str) -> String {
    match language() {
        Language::English => format!("Save as {name}"),
        Language::Japanese => format!("「{name}」として保存"),
    }
}

/// A saved query may be given anew.
#[must_use]
pub fn replace(name: &str) -> String {
    match language() {
        Language::English => format!("In place of {name}"),
        Language::Japanese => format!("「{name}」を置き換える"),
    }
}

/// A query was saved. The key lists the saved ones.
#[must_use]
pub fn query_saved(name: &str, list: &str) -> String {
    match language() {
        Language::English => format!("Saved {name}: {list} lists saved queries"),
        Language::Japanese => format!("「{name}」を保存しました（{list}で一覧）"),
    }
}

#[must_use]
pub fn query_deleted(name: &str, query: &str) -> String {
    match language() {
        Language::English => format!("Deleted {name}: it was {query}"),
        Language::Japanese => format!("「{name}」を削除しました（内容: {query}）"),
    }
}

/// A query that only the user changes.
#[must_use]
pub fn query_is_set(name: &str) -> String {
    match language() {
        Language::English => format!("{name} stands in your settings file: change it there"),
        Language::Japanese => format!("「{name}」は設定ファイルにあります。そこで変更してください"),
    }
}

pub const NO_LINKS_IN_POST: Message = said("This post has no links", "この記事にリンクはありません");
pub const NO_FOLDS: Message = said("Nothing in this post folds", "この記事に折り畳みはありません");
pub const NO_HEADINGS_IN_POST: Message = said("This post has no headings", "この記事に見出しはありません");
