//! How much of a real blog romaji finds, and how much that was not meant. `cargo test --test romaji -- --nocapture` prints it.

mod shared;

use std::collections::BTreeMap;

use kiji::layout::{Sheet, lay_out};
use kiji::library::Library;
use kiji::reading;
use kiji::search::pattern::{Haystack, Pattern, Reach};
use kiji::text::fold::fold;

/// What is typed, and what is meant by it.
const WORDS: &[(&str, &str)] = &[
    ("kensaku", "検索"),
    ("settei", "設定"),
    ("mojiretsu", "文字列"),
    ("moziretu", "文字列"),
    ("jidouka", "自動化"),
    ("sigoto", "仕事"),
    ("shigoto", "仕事"),
    ("jikkou", "実行"),
    ("zikkou", "実行"),
    ("kankyou", "環境"),
    ("hyouji", "表示"),
    ("hyouzi", "表示"),
    ("kaihatsu", "開発"),
    ("kaihatu", "開発"),
    ("sakusei", "作成"),
    ("sakujo", "削除"),
    ("sakuzyo", "削除"),
    ("hikisuu", "引数"),
    ("kansuu", "関数"),
    ("hensuu", "変数"),
    ("shori", "処理"),
    ("syori", "処理"),
    ("kidou", "起動"),
    ("shuuryou", "終了"),
    ("dounyuu", "導入"),
    ("donyu", "導入"),
    ("taiou", "対応"),
    ("riyou", "利用"),
    ("shiyou", "使用"),
    ("hitsuyou", "必要"),
    ("hituyou", "必要"),
    ("benri", "便利"),
    ("kinou", "機能"),
    ("gamen", "画面"),
    ("nihongo", "日本語"),
    ("nyuuryoku", "入力"),
    ("shutsuryoku", "出力"),
    ("kakunin", "確認"),
    ("henkou", "変更"),
    ("tsuika", "追加"),
    ("yomikomi", "読み込み"),
    ("yomikomu", "読み込む"),
    ("baai", "場合"),
    ("kata", "型"),
    ("hito", "人"),
    ("jikan", "時間"),
    ("mondai", "問題"),
    ("kyou", "今日"),
    ("taaminaru", "ターミナル"),
    ("firuta", "フィルタ"),
    ("saba", "サーバ"),
    ("komando", "コマンド"),
    ("puraguin", "プラグイン"),
    ("tsukau", "使う"),
    ("tukau", "使う"),
    ("kakikata", "書き方"),
];

#[test]
fn words_of_a_blog_are_found_by_romaji() {
    let Some(site) = shared::path("sites/babarot_tellme.tokyo") else { return };
    let library = Library::open(&site, None).unwrap();
    let plain = |post| lay_out(&reading::read(&library, post), &Sheet::of(80)).plain;
    let texts: Vec<String> = library.listed().map(|(_, post)| plain(post)).collect();
    let (mut meant, mut found, mut hits, mut others, mut kanji) = (0, 0, 0, 0, 0);
    for (typed, word) in WORDS {
        let pattern = Pattern::words(typed).unwrap();
        let reach = if *typed == "donyu" { Reach::Begun } else { Reach::Readings };
        let (mut there, mut right, mut wrong) = (0, 0, BTreeMap::<String, usize>::new());
        for text in &texts {
            let haystack = Haystack::new(text.as_str());
            let ranges = pattern.hits(&haystack, reach);
            let places: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
            there += places.len();
            right += places.iter().filter(|at| ranges.iter().any(|hit| hit.contains(at))).count();
            for hit in &ranges {
                let shown = fold(&text[hit.clone()]);
                // What is spelled in kana, or is the word as far as it was typed, was meant.
                let is_kana = shown.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ー'));
                if is_kana || fold(word).starts_with(&shown) {
                    continue;
                }
                // One kanji is read like that, whatever it is part of.
                if shown.chars().count() == 1 {
                    kanji += 1;
                } else {
                    *wrong.entry(shown).or_default() += 1;
                }
            }
            hits += ranges.len();
        }
        let false_hits: usize = wrong.values().sum();
        println!("{typed:14} {word:6} {right:4} of {there:4}, {false_hits:3} others {wrong:?}");
        meant += there;
        found += right;
        others += false_hits;
    }
    println!("{found} of {meant} places found; {others} of {hits} hits are of other words, {kanji} of other kanji");
    assert!(meant > 1000 && found * 100 >= meant * 99, "{found} of {meant}");
    assert!(others * 20 <= hits, "{others} of {hits}");
}
