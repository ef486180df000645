//! The commands that print and end: what they print, as text and as JSON, and their exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A small Hugo site with faults, a folder without, and a user who has read one of the posts.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk { folder };
        desk.file("site/hugo.toml", "baseURL = 'https://hibi.example/'\n");
        desk.file("site/layouts/shortcodes/own.html", "x");
        desk.file(
            "site/content/a.md",
            "---\ntitle: Alpha\ndate: 2024-01-02\ntags: [go, web]\ncategories: [Notes]\n---\n\
             検索する [Beta](/b/) [gone](/gone/) [out](https://out.example/) {{< nosuch >}}\n\n![img](no.png)\n",
        );
        desk.file("site/content/b.md", "---\ntitle: Beta\ndate: 2023-01-02\ntags: [go]\n---\nunread words\n");
        desk.file("good/a.md", "---\ntitle: A\n---\n[b](b.md)\n");
        desk.file("good/b.md", "---\ntitle: B\n---\nwords\n");
        desk
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn file(&self, name: &str, words: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, words).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_kiji"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .output()
            .unwrap()
    }

    /// Runs the program: its exit code, what it printed, what it complained of.
    fn told(&self, arguments: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.run(arguments);
        let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), words(stdout), words(stderr))
    }

    fn check(&self, arguments: &[&str], code: i32, expected: &str) {
        let (found, words, complaint) = self.told(arguments);
        assert_eq!((found, words.trim_end()), (code, expected), "{arguments:?}: {complaint}");
    }

    /// One JSON object a line.
    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let (_, words, _) = self.told(arguments);
        words.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[test]
fn posts_are_searched() {
    let desk = Desk::new();
    desk.check(&["search", "kensaku", "site"], 0, "site/content/a.md:7: 検索する Beta gone out nosuch");
    desk.check(&["search", "tag:go sort:title", "site"], 0, "site/content/a.md: Alpha\nsite/content/b.md: Beta");
    desk.check(&["search", "nothing like it", "site"], 0, "");
    desk.check(
        &["search", "unread OR title:alpha", "site"],
        0,
        "site/content/a.md: Alpha\nsite/content/b.md:6: unread words",
    );
    let found = &desk.json(&["search", "--json", "けんさく", "site"])[0];
    assert_eq!((&found["path"], &found["by_reading"]), (&"site/content/a.md".into(), &true.into()));
    assert_eq!(found["lines"][0]["hits"][0], serde_json::json!([0, 6]));
}

#[test]
fn a_search_knows_what_was_read() {
    let desk = Desk::new();
    let post = fs::canonicalize(desk.path("site/content/b.md")).unwrap();
    let read = serde_json::json!({"t": 1, "post": post, "read": true});
    desk.file("state/kiji/state.jsonl", &format!("{{\"kiji\":\"state\",\"version\":1}}\n{read}\n"));
    desk.check(&["search", "is:unread", "site"], 0, "site/content/a.md: Alpha");
    desk.check(&["search", "is:read", "site"], 0, "site/content/b.md: Beta");
    desk.file("config/kiji/config.toml", "state = false");
    desk.check(&["search", "is:read", "site"], 0, "");
}

#[test]
fn terms_are_counted() {
    let desk = Desk::new();
    desk.check(&["tags", "site"], 0, "2\t#go\n1\t#web\n1\tcategories: Notes");
    let json = desk.json(&["tags", "--json", "site"]);
    assert_eq!(json[2], serde_json::json!({"count": 1, "name": "Notes", "taxonomy": "categories"}));
}

#[test]
fn links_are_listed() {
    let desk = Desk::new();
    let expected =
        "post\tcontent/b.md\tBeta\nelsewhere\thttps://hibi.example/gone/\tgone\nelsewhere\thttps://out.example/\tout\n";
    let (code, words, _) = desk.told(&["links", "site/content/a.md"]);
    assert_eq!((code, words.starts_with(expected)), (0, true), "{words}");
    let json = desk.json(&["links", "--json", "site/content/a.md"]);
    assert_eq!(json[0]["path"], "content/b.md", "{}", json[0]);
    desk.check(&["links", "good/a.md"], 0, "post\tb.md\tb");
    desk.file("good/c.md", "[gone](gone.md)");
    desk.check(&["links", "good/c.md"], 0, "dead\tgone.md\tgone");
}

#[test]
fn what_is_wrong_is_told_and_exits_with_1() {
    let desk = Desk::new();
    let (code, words, _) = desk.told(&["check", "site"]);
    assert_eq!(code, 1, "{words}");
    let faults =
        ["a.md:7: link to nothing: /gone/", "a.md:9: no such image: no.png", "a.md:7: unknown shortcode: nosuch"];
    for fault in faults {
        assert!(words.contains(&format!("site/content/{fault}")), "{fault} is not in {words}");
    }
    assert_eq!(words.lines().count(), faults.len(), "{words}");
    let kinds: Vec<Value> = desk.json(&["check", "--json", "site"]).iter().map(|fault| fault["kind"].clone()).collect();
    assert_eq!(kinds, ["link", "image", "shortcode"]);
    desk.check(&["check", "good"], 0, "");
    desk.file("good/c.md", "---\ntitle: [\n---\nx\n");
    assert_eq!(desk.run(&["check", "good"]).status.code(), Some(1), "front matter that cannot be read");
}

#[test]
fn what_is_called_wrongly_exits_with_2() {
    let desk = Desk::new();
    for (arguments, complaint) in [
        (&["check", "nosuch"][..], "cannot open nosuch"),
        (&["tags", "nosuch"], "cannot open nosuch"),
        (&["search", "x", "nosuch"], "cannot open nosuch"),
        (&["links", "nosuch"], "cannot open nosuch"),
        (&["list", "nosuch"], "cannot open nosuch"),
        (&["show", "nosuch.md"], "cannot open nosuch.md"),
        (&["links", "site"], "is a folder"),
        (&["search", "after:never", "site"], "query: after:never: \"never\" is no day"),
        (&["search", "/(/", "site"], "query: /(/: regular expression: unclosed group"),
        (&["search", "nosuch:x", "site"], "nothing is called \"nosuch\""),
        (&["search", "\"open", "site"], "the quote is not closed"),
        (&["config"], "--default|--path"),
        (&["completions", "nosuch"], "invalid value 'nosuch'"),
        (&["nosuch", "x"], "the subcommand 'x' cannot be used"),
    ] {
        let (code, words, told) = desk.told(arguments);
        assert_eq!((code, words.as_str()), (2, ""), "{arguments:?}: {told}");
        assert!(told.contains(complaint), "{arguments:?}: {told}");
    }
}

#[test]
fn what_is_wrong_with_the_settings_is_told_and_nothing_else_is_lost() {
    let desk = Desk::new();
    desk.file("config/kiji/config.toml", "widht = 60\n[keys.reader]\nj = \"line-dwn\"\n");
    let (code, words, told) = desk.told(&["tags", "good"]);
    assert_eq!((code, words.as_str()), (0, ""));
    assert!(told.contains("config.toml:1: no setting is called \"widht\": did you mean \"width\"?"), "{told}");
    assert!(told.contains("config.toml:3: ") && told.contains("did you mean \"line-down\"?"), "{told}");
}

#[test]
fn settings_completions_and_the_manual_are_printed() {
    let desk = Desk::new();
    let (_, default, _) = desk.told(&["config", "--default"]);
    assert!(default.contains("\n[keys.reader]\n") && default.contains("\nlinear = false\n"), "{default}");
    desk.file("config/kiji/config.toml", &default);
    let (code, path, told) = desk.told(&["config", "--path"]);
    assert_eq!((code, told.as_str()), (0, ""), "its own defaults are no fault");
    assert!(Path::new(path.trim_end()).ends_with("config/kiji/config.toml"), "{path}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = desk.told(&["completions", shell]);
        assert!(code == 0 && script.contains("kiji") && script.contains("linear"), "{shell}");
    }
    let (code, manual, _) = desk.told(&["man"]);
    assert!(code == 0 && manual.contains(".TH kiji 1") && manual.contains("\\-\\-linear"), "{manual}");
}

#[test]
fn a_post_is_printed_in_words() {
    let desk = Desk::new();
    let (code, words, _) = desk.told(&["show", "--linear", "site/content/a.md"]);
    assert!(code == 0 && words.starts_with("Title: Alpha\n"), "{words}");
    assert!(words.contains("(link: Beta)") && words.contains("(image: img)"), "{words}");
    desk.file("config/kiji/config.toml", "linear = true");
    assert_eq!(desk.told(&["show", "site/content/a.md"]).1, words, "the setting does the same");
}
