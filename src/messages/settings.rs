//! What is said of the settings file.

use super::{Language, Message, language, said};

/// How far a word may be from the one that was meant, in letters changed, left out or added.
const NEAR: usize = 3;

/// The known word that was most likely meant.
fn near<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let distances = known.iter().map(|known| (strsim::damerau_levenshtein(word, known), *known));
    let (_, nearest) = distances.filter(|(far, known)| *far <= NEAR && *far * 2 <= known.len()).min()?;
    Some(nearest)
}

/// What may stand there: the word that was most likely meant, or else all of them.
fn instead(word: &str, known: &[&str]) -> String {
    let quoted = || known.iter().map(|known| format!("\"{known}\"")).collect::<Vec<_>>().join(", ");
    match (near(word, known), language()) {
        (Some(meant), Language::English) => format!("did you mean \"{meant}\"?"),
        (Some(meant), Language::Japanese) => format!("\"{meant}\"の間違いではありませんか？"),
        (None, Language::English) => format!("there are {}", quoted()),
        (None, Language::Japanese) => format!("使えるもの: {}", quoted()),
    }
}

/// A setting that there is none of.
#[must_use]
pub fn unknown_setting(name: &str, known: &[&str]) -> String {
    let instead = instead(name, known);
    match language() {
        Language::English => format!("no setting is called \"{name}\": {instead}"),
        Language::Japanese => format!("\"{name}\"という設定はありません。{instead}"),
    }
}

/// A table of keys for what is no mode.
#[must_use]
pub fn unknown_mode(name: &str, known: &[&str]) -> String {
    let instead = instead(name, known);
    match language() {
        Language::English => format!("no keys are for \"{name}\": {instead}"),
        Language::Japanese => format!("\"{name}\"というキーの表はありません。{instead}"),
    }
}

/// An action that there is none of in a mode.
#[must_use]
pub fn unknown_action(mode: &str, name: &str, known: &[&str]) -> String {
    let instead = instead(name, known);
    match language() {
        Language::English => format!("[keys.{mode}] has no action \"{name}\": {instead}"),
        Language::Japanese => format!("[keys.{mode}]に\"{name}\"という操作はありません。{instead}"),
    }
}

#[must_use]
pub fn unknown_key(name: &str) -> String {
    match language() {
        Language::English => {
            format!("\"{name}\" is not a key; keys are written as \"j\", \"J\", \"ctrl-n\", \"enter\", \"page-up\"")
        }
        Language::Japanese => {
            format!(
                "\"{name}\"というキーはありません。\"j\"、\"J\"、\"ctrl-n\"、\"enter\"、\"page-up\"のように書きます"
            )
        }
    }
}

#[must_use]
pub fn key_twice(name: &str) -> String {
    match language() {
        Language::English => format!("the key \"{name}\" is bound twice; the first one holds"),
        Language::Japanese => format!("キー\"{name}\"が2回割り当てられています（最初のものを使います）"),
    }
}

pub const NOT_KEYS: Message = said(
    "keys are set in tables, such as [keys.reader] with \"ctrl-n\" = \"line-down\"",
    "キーは[keys.reader]のような表に\"ctrl-n\" = \"line-down\"と書きます",
);

/// A setting whose number is too small or too large.
#[must_use]
pub fn out_of_range(least: u16, most: u16) -> String {
    match language() {
        Language::English => format!("it must be {least} to {most}"),
        Language::Japanese => format!("{least}から{most}までで指定してください"),
    }
}

/// What is wrong with the value of a setting.
#[must_use]
pub fn wrong_value(name: &str, what: &str) -> String {
    match language() {
        Language::English => format!("{name}: {what}; its default is used"),
        Language::Japanese => format!("{name}: {what}（既定値を使います）"),
    }
}

/// The settings file as a whole, at the start of the reader. The key shows all that is wrong.
#[must_use]
pub fn wrong_settings(first: &str, count: usize, key: &str) -> String {
    match language() {
        Language::English if count > 1 => format!("{first} (and {} more: {key} shows them)", count - 1),
        Language::Japanese if count > 1 => format!("{first}（ほか{}件、{key}で表示）", count - 1),
        _ => first.to_owned(),
    }
}

pub const DEFAULT_FILE: Message = said(
    "The settings of kiji, all of them with their defaults. What is left out keeps its default.",
    "kijiの設定の一覧と既定値です。書かなかったものは既定値のままです。",
);
pub const NOT_QUERIES: Message = said(
    "queries stand in the table [queries], a name and a query each, such as news = \"after:1m\"",
    "条件は[queries]表に名前と条件の組で、news = \"after:1m\"のように書きます",
);

pub const DEFAULT_QUERIES: Message =
    said("Queries for the index, by their names: Q lists them.", "一覧を絞り込む条件と、その名前です。Qで選びます。");

pub const DEFAULT_KEYS: Message = said(
    "The keys, by where they are pressed. \"none\" takes what a key does away.",
    "場面ごとのキーです。\"none\"で割り当てを外します。",
);
