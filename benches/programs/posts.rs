//! Blogs and documents of any size, the same each time.

use std::fs;
use std::path::{Path, PathBuf};

/// Numbers that look like chance and are the same each time (Knuth's MMIX generator).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(2).wrapping_add(1))
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[self.below(words.len())]
    }
}

const SUBJECTS: [&str; 8] = [
    "端末",
    "記事の一覧",
    "サーバー",
    "この設定",
    "Kubernetes のクラスタ",
    "日本語の組版",
    "検索",
    "`kiji list` の出力",
];
const OBJECTS: [&str; 8] = [
    "ログを",
    "改行位置を",
    "約 3 倍の速さで",
    "「行頭禁則」を",
    "コンテナを",
    "昨日の作業を",
    "[資料](https://example.com/)を",
    "**大切な点**を",
];
const VERBS: [&str; 8] = [
    "調べています。",
    "書き直しました。",
    "確かめてみます。",
    "動かしていきます。",
    "読み込むようになった。",
    "捨てることにした。",
    "待たなければならない。",
    "測りました。",
];
/// The words that a document starts with, below its title.
pub const START: &str = "本文の始まり";
/// The words that a long document ends with.
pub const END: &str = "文書の終わり";
const TAGS: [&str; 6] = ["Rust", "Go", "日記", "terminal", "設計", "本"];

/// A sentence of Japanese prose with some Latin words.
pub fn sentence(chance: &mut Chance) -> String {
    let end = if chance.below(3) == 0 { "が、" } else { "は、" };
    [chance.pick(&SUBJECTS), end, chance.pick(&OBJECTS), chance.pick(&VERBS)].concat()
}

fn paragraph(chance: &mut Chance) -> String {
    let count = 3 + chance.below(5);
    (0..count).map(|_| sentence(chance)).collect::<String>() + "\n\n"
}

/// Prose of at least so many bytes.
pub fn prose(bytes: usize) -> String {
    let mut chance = Chance::new(7);
    let mut text = format!("# 長い文章\n\n{START}。\n\n");
    while text.len() < bytes {
        text += &paragraph(&mut chance);
    }
    text
}

/// Prose, code and tables of at least so many bytes.
pub fn mixed(bytes: usize) -> String {
    let mut chance = Chance::new(9);
    let mut text = format!("# 長い文書\n\n{START}。\n\n");
    let mut part = 0;
    while text.len() < bytes {
        part += 1;
        text += &format!("## 第 {part} 節\n\n");
        (0..4).for_each(|_| text += &paragraph(&mut chance));
        text += &format!(
            "```rust\nfn part_{part}(count: usize) -> usize {{\n    // 数える\n    (0..count).map(|n| n * {part}).sum()\n}}\n```\n\n"
        );
        text += "| 名前 | 値 | 説明 |\n| --- | ---: | --- |\n";
        for row in 0..4 {
            text += &format!("| 行{row} | {} | {} |\n", chance.below(1000), sentence(&mut chance));
        }
        text += "\n- 一つ目\n- 二つ目\n  - その中\n\n";
    }
    text + END + "\n"
}

/// One post of about so many bytes.
pub fn post(number: usize, bytes: usize) -> String {
    let mut chance = Chance::new(number as u64);
    let (year, month, day) = (2008 + number % 18, 1 + number / 18 % 12, 1 + number / 216 % 28);
    let (first, second) = (chance.pick(&TAGS), chance.pick(&TAGS));
    let mut text = format!(
        "---\ntitle: \"{number}番目の記事：{}\"\ndate: {year}-{month:02}-{day:02}T09:00:00+09:00\ntags: [{first}, {second}]\n---\n\n",
        sentence(&mut chance).replace(['[', ']', '*', '`'], "")
    );
    if number % 1000 == 77 {
        text += "めったにない言葉は需要曲線である。\n\n";
    }
    while text.len() < bytes {
        text += &paragraph(&mut chance);
    }
    text
}

/// A Hugo site of so many posts of 2 KB. One that is there already is used.
pub fn blog(root: &Path, posts: usize) -> PathBuf {
    let site = root.join(format!("blog-{posts}"));
    let done = site.join("hugo.toml");
    if done.exists() {
        return site;
    }
    for number in 0..posts {
        let folder = site.join(format!("content/post/{}", number / 1000));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{number}.md")), post(number, 2000)).expect("a post");
    }
    fs::write(done, "baseURL = 'https://example.com/'\ntitle = 'Bench'\n").expect("a site");
    site
}
