//! Queries and the posts that they mean.

use super::*;
use crate::library::PostId;
use crate::state::facts::Facts;

fn library() -> Library {
    let posts = [
        (
            "post/a.md",
            "---\ntitle: 検索の話\ndate: 2020-05-01\ntags: [Go, 日本語]\ncategories: [tech]\nauthor: me\n---\n",
        ),
        ("post/b.md", "---\ntitle: Kensaku and Go\ndate: 2021-05-01\ntags: [go]\ndraft: true\n---\n"),
        ("note/c.md", "---\ntitle: 研究の話\ntags: ['two words']\nseries: [s1]\n---\n"),
        ("note/d.md", "---\ntitle: Zsh\ndate: 2019-12-31\ntags: [zsh]\ncategories: [life]\n---\n"),
    ];
    let posts = posts.map(|(path, text)| (path.to_owned(), text.as_bytes().into()));
    Library::of_memory("taxonomies: {tag: tags, category: categories, series: series}", posts.into(), None)
}

fn today() -> Today {
    Today::of("2021-05-08").unwrap()
}

fn parse(typed: &str) -> (Query, Vec<QueryProblem>) {
    Query::parse(typed, Scope::Titles, &library(), today())
}

/// The names of the posts that are meant, without their folders and ends.
fn check(typed: &str, expected: &str) {
    let library = library();
    let (query, problems) = parse(typed);
    assert_eq!(problems, [], "{typed}");
    // What is shown means the same.
    assert_eq!(parse(&query.text()).0.text(), query.text(), "{typed}");
    let facts = Facts { read: [PostId(2)].into(), favourites: [PostId(3)].into() };
    let order = Order { by: By::Path, is_reversed: false };
    let found = query.select(&library, &facts, order);
    let name = |id: &PostId| library.posts[id.0 as usize].name.rsplit('/').next().unwrap()[..1].to_owned();
    assert_eq!(found.iter().map(name).collect::<String>(), expected, "{typed}");
}

#[test]
fn every_part_must_hold() {
    check("", "abcd");
    check("tag:go", "ab");
    check("#GO", "ab");
    check("tag：go\u{3000}draft：no", "a");
    check("-tag:go", "cd");
    check("tag:go tag:日本語", "a");
    check("tag:zsh,日本語", "ad");
    check("tag:\"two words\"", "c");
    check("#zsh OR series:s1", "cd");
    check("category:tech", "a");
    check("categories:life,tech", "ad");
    check("author:ME", "a");
    check("in:post", "ab");
    check("section:note -zsh", "c");
}

#[test]
fn days_are_counted() {
    check("after:2020", "ab");
    check("before:2020-05-01", "d");
    check("date:2020-05", "a");
    check("after:7d", "b");
    check("after:6d", "");
    check("after:2019 before:2021", "ad");
}

#[test]
fn states_are_asked_for() {
    check("is:draft", "b");
    check("draft:yes", "b");
    check("is:unread", "abd");
    check("is:read", "c");
    check("is:favourite", "d");
    check("-is:favorite", "abc");
}

#[test]
fn words_are_those_of_titles_and_the_closest_come_first() {
    check("kensaku", "ba");
    check("検索", "a");
    check("\"の話\"", "ac");
    check("の話 けん", "ac");
    check("/^z.h$/", "d");
    check("Go", "b");
    check("https://x", "");
}

#[test]
fn orders_are_asked_for() {
    check("sort:date", "badc");
    check("sort:-date", "dabc");
    check("sort:title", "bdac");
    check("sort:-path", "dcba");
}

#[test]
fn what_is_wrong_is_told_in_place() {
    let check = |typed: &str, range: Range<usize>, word: &str| {
        let (query, problems) = parse(typed);
        assert_eq!(problems.len(), 1, "{typed}");
        assert_eq!(problems[0].range, range, "{typed}");
        assert!(problems[0].what.contains(word), "{typed}: {}", problems[0].what);
        assert_eq!(query.text(), typed.replace(&typed[range], "").trim(), "{typed}");
    };
    check("zsh wrong:x", 4..11, "wrong");
    check("zsh after:soon", 4..14, "soon");
    check("#a is:x", 3..7, "unread");
    check("tag: zsh", 0..4, "tag:");
    check("zsh #", 4..5, "#");
    check("zsh -#", 4..6, "#");
    check("x \"open", 2..7, "quote");
    check("x /a(/", 2..6, "group");
    check("-sort:date x", 0..10, "excluded");
}

#[test]
fn parts_are_taken_off() {
    let (mut query, _) = parse("a OR b #c sort:-date");
    let labels = |query: &Query| query.parts.iter().map(|part| part.label().to_owned()).collect::<Vec<_>>();
    assert_eq!(labels(&query), ["a OR b", "#c", "sort:-date"]);
    query.remove(0);
    assert_eq!(query.text(), "#c sort:-date");
    let part = parse("#c").0.parts.remove(0);
    query.toggle(part.clone());
    assert_eq!(query.text(), "sort:-date");
    query.toggle(part);
    assert_eq!(query.text(), "sort:-date #c");
}

#[test]
fn texts_are_for_the_full_text_search() {
    let (query, _) = Query::parse("a text:b -text:c OR d x", Scope::Texts, &library(), today());
    let (wanted, excluded) = query.texts();
    assert_eq!((wanted.len(), excluded.len()), (4, 0));
    assert_eq!((wanted[2].any.len(), wanted[2].none.len()), (1, 1));
}

#[test]
fn the_line_is_completed() {
    let check = |line: &str, expected: &[&str]| {
        let mut cursor = line.len();
        let mut typed = line.to_owned();
        if let Some(at) = line.find('|') {
            typed.remove(at);
            cursor = at;
        }
        let found = completions(&typed, cursor, &library());
        let shown: Vec<String> = found
            .iter()
            .take(3)
            .map(|one| format!("{}{}{}", &typed[..one.range.start], one.text, &typed[one.range.end..]))
            .collect();
        assert_eq!(shown, expected, "{line}");
    };
    check("ta", &["tag:"]);
    check("x se", &["x section:", "x series:"]);
    check("tag:", &["tag:Go", "tag:\"two words\"", "tag:zsh"]);
    check("#z", &["#zsh"]);
    check("-tag:zsh,g", &["-tag:zsh,Go"]);
    check("tag:nihongo", &["tag:日本語"]);
    check("#z| x", &["#zsh x"]);
    check("category:t", &["category:tech"]);
    check("is:un", &["is:unread"]);
    check("sort:-", &["sort:-date", "sort:-title", "sort:-path"]);
    check("\"ta", &[]);
}
