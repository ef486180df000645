//! Holds the map in `docs/architecture.md`: who imports whom, which crate comes in by which door, and the rules of the house that
//! can be read from text.
//!
//! It reads the sources as tokens: `use` trees, and paths in the code. A path leads to the deepest module that is a file; where that
//! file has the name from a `use` of its own the path is followed, and every file on the way counts as imported. It does not see
//! what comes through a glob or by calling a method. Test code is what follows `#[cfg(test)]`, and files named or under `tests`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up, and what each may import. A room imports only rooms that stand before it here.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("messages", &["text"]),
    ("template", &[]),
    ("document", &["template", "messages", "text"]),
    ("library", &["template", "messages", "text"]),
    ("state", &["library", "text"]),
    ("picture", &["library", "messages"]),
    ("layout", &["picture", "document", "messages", "text"]),
    ("reading", &["picture", "document", "library", "template", "messages", "text"]),
    ("search", &["state", "reading", "layout", "library", "messages", "text"]),
    ("app", &["state", "search", "reading", "layout", "picture", "library", "document", "messages", "text"]),
    ("ui", &["app", "search::query", "layout", "picture", "library", "document", "messages", "text"]),
    ("config", &["app::keymap", "app::keys", "app::effect", "layout", "picture", "library", "messages", "text"]),
    ("shelf", &["library", "messages"]),
    ("shell", EVERY_ROOM_BELOW),
    // The theme is the one place that knows colours, on paper too.
    ("print", &["ui::theme", "search", "reading", "layout", "library", "document", "messages", "text"]),
    ("cli", &["messages", "text"]),
    ("manual", &["app::keymap", "app::keys", "config", "messages"]),
    ("commands", EVERY_ROOM_BELOW),
    ("main", EVERY_ROOM_BELOW),
];

const EVERY_ROOM_BELOW: &[&str] = &["*"];

/// Where a foreign crate may be named: files, or folders with a slash at the end.
#[derive(Debug)]
enum Doors {
    Only(&'static [&'static str]),
    Outside(&'static [&'static str]),
}

/// Every dependency and its doors. A part of a crate (`ratatui::style`) may have doors of its own, which hold instead.
const DOORS: &[(&str, Doors)] = &[
    ("base64", Doors::Only(&["src/picture/plate.rs"])),
    ("budoux_phf_rs", Doors::Only(&["src/text/phrases.rs"])),
    ("chardetng", Doors::Only(&["src/library/source.rs"])),
    ("clap", Doors::Only(&["src/cli.rs", "src/cli/", "src/manual.rs"])),
    ("clap_complete", Doors::Only(&["src/cli.rs"])),
    ("clap_mangen", Doors::Only(&["src/manual.rs"])),
    ("color_quant", Doors::Only(&["src/picture/sixel.rs"])),
    ("crossterm", Doors::Only(&["src/shell.rs", "src/shell/"])),
    ("encoding_rs", Doors::Only(&["src/library/source.rs"])),
    ("etcetera", Doors::Only(&["src/config/folders.rs"])),
    ("globset", Doors::Only(&["src/library/cascade.rs", "src/library/scan.rs"])),
    ("html5gum", Doors::Only(&["src/document/html.rs"])),
    ("icu_normalizer", Doors::Only(&["src/text/clean.rs", "src/text/fold.rs"])),
    (
        "icu_properties",
        Doors::Only(&[
            "src/document/builder/goldmark.rs",
            "src/document/emphasis.rs",
            "src/document/links.rs",
            "src/text/width/class.rs",
        ]),
    ),
    ("icu_segmenter", Doors::Only(&["src/text/breaks/standard.rs"])),
    ("ignore", Doors::Only(&["src/library/scan.rs"])),
    ("image", Doors::Only(&["src/picture/file.rs"])),
    ("include_dir", Doors::Only(&["src/shelf.rs"])),
    ("jiff", Doors::Only(&["src/library/"])),
    ("notify", Doors::Only(&["src/shell/watch.rs"])),
    ("nucleo_matcher", Doors::Only(&["src/app/fuzzy.rs"])),
    ("open", Doors::Only(&["src/shell/opener.rs"])),
    ("process_wrap", Doors::Only(&["src/shell/opener.rs"])),
    ("percent_encoding", Doors::Only(&["src/library/key.rs", "src/library/links.rs", "src/reading/audit.rs"])),
    (
        "pulldown_cmark",
        Doors::Only(&[
            "src/document/markdown.rs",
            "src/document/markdown/addresses.rs",
            "src/document/markdown/elements.rs",
            "src/document/markdown/parsing.rs",
        ]),
    ),
    ("ratatui", Doors::Only(&["src/shell/painter.rs", "src/shell/terminal.rs", "src/ui.rs", "src/ui/"])),
    ("ratatui::style", Doors::Only(&["src/print.rs", "src/shell/painter.rs", "src/ui.rs", "src/ui/"])),
    // A faster `find`, at home wherever whole texts are looked over.
    ("memchr", Doors::Outside(&["src/app/", "src/layout/", "src/shell/", "src/ui.rs", "src/ui/"])),
    ("regex", Doors::Only(&["src/search/"])),
    ("flate2", Doors::Only(&["src/document/highlight/fitting.rs"])),
    ("regex_lite", Doors::Only(&["src/library/scan.rs", "src/library/site.rs", "src/template/functions/patterns.rs"])),
    (
        "rustix",
        Doors::Only(&[
            "src/library/source.rs",
            "src/shell/calibration.rs",
            "src/shell/editor.rs",
            "src/shell/keyboard.rs",
            "src/shell/store.rs",
            "src/shell/terminal.rs",
        ]),
    ),
    ("serde", Doors::Only(&["src/config.rs", "src/library/front_matter.rs", "src/state/format.rs"])),
    ("serde_json", Doors::Only(&["src/library/", "src/print.rs", "src/print/", "src/state/format.rs"])),
    ("shlex", Doors::Only(&["src/shell/editor.rs"])),
    ("strsim", Doors::Only(&["src/messages/settings.rs"])),
    ("deunicode", Doors::Only(&["src/document/links.rs"])),
    ("emojis", Doors::Only(&["src/document/words.rs"])),
    ("serde_yaml", Doors::Only(&["src/library/front_matter.rs"])),
    ("signal_hook", Doors::Only(&["src/shell/terminal.rs"])),
    ("syntect", Doors::Only(&["src/document/highlight.rs", "src/document/highlight/"])),
    ("toml", Doors::Only(&["src/config.rs", "src/config/", "src/library/front_matter.rs"])),
    ("unicode_segmentation", Doors::Only(&["src/text/width.rs"])),
    ("unicode_width", Doors::Only(&["src/text/width.rs"])),
    // A plain value, at home wherever a link is; the ground knows links by number alone.
    ("url", Doors::Outside(&["src/text.rs", "src/text/"])),
];

/// What the code of the program (not of its tests) does not say, the files that may say it all the same, and what to do instead.
const FORBIDDEN: &[(&str, &[&str], &str)] = &[
    (".unwrap(", &[], "return the error, or make the case impossible"),
    ("::unwrap", &[], "return the error, or make the case impossible"),
    (".expect(", &[], "return the error, or make the case impossible"),
    ("::expect", &[], "return the error, or make the case impossible"),
    ("todo!", &[], "finish it or leave it out"),
    ("unimplemented!", &[], "finish it or leave it out"),
    ("dbg!", &[], "take it out"),
    ("println!", &[], "write to a locked stdout and handle its error: the reader of a pipe may be gone"),
    (
        "Color",
        &["src/ui/theme.rs", "src/ui/theme/palette.rs"],
        "give the text a Role and let ui::theme turn it into a colour",
    ),
];

/// The longest that a file may be, without its tests.
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

const MAP: &str = "docs/architecture.md";

#[test]
fn the_table_lists_every_room() {
    let house = House::read();
    let built: BTreeSet<&str> = house.files.keys().filter_map(|module| module.first()).map(String::as_str).collect();
    let listed: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    assert_eq!(built, listed, "left: the rooms under src/; right: the table ROOMS in {}", file!());
}

/// The code of the tests counts too: a test that needs a room above belongs up there.
#[test]
fn no_room_imports_upwards() {
    assert_none(upward_imports(&House::read()));
}

/// Modules beside each other stand in one order. At every level of the tree (the rooms, the files of a room, and so on down) an
/// import between two subtrees is a link between their roots, and these links must not close a loop.
///
/// A parent and what lies under it may import each other: `layout.rs` declares the types that `layout/table.rs` fills, and calls it.
/// That is Rust's own idiom for sharing within a room, and the parent is the room's face anyway. It hides nothing: a child that
/// reaches its sibling by a name which the parent imported is linked to the sibling.
///
/// Code of the tests does not count: a file may be proved through the sibling that uses it.
#[test]
fn no_imports_close_a_loop() {
    assert_none(loops(&House::read()));
}

/// The code of the tests counts too. What only tests depend on is kept out of the program by the compiler.
#[test]
fn each_crate_comes_in_by_its_doors() {
    assert_none(strangers(&House::read()));
}

#[test]
fn the_table_of_doors_is_what_is_built() {
    let cargo_toml = fs::read_to_string(root().join("Cargo.toml")).unwrap_or_default();
    assert_none(idle_doors(&House::read(), &dependencies(&cargo_toml)));
}

#[test]
fn the_code_says_nothing_forbidden() {
    assert_none(forbidden_words(&House::read()));
}

#[test]
fn files_are_short() {
    assert_none(long_files(&House::read()));
}

#[test]
fn functions_are_short() {
    assert_none(long_functions(&House::read()));
}

#[test]
fn files_open_with_what_they_know() {
    assert_none(silent_files(&House::read()));
}

/// The other checks rely on it: what comes after `#[cfg(test)]` is tests and nothing else.
#[test]
fn tests_stand_last() {
    assert_none(tests_not_last(&House::read()));
}

/// A message without parameters is a `Message`, which has both languages; one with parameters asks which is spoken.
#[test]
fn messages_are_said_in_both_languages() {
    assert_none(messages_in_one_language(&House::read()));
}

#[test]
fn the_map_names_every_file() {
    let map = fs::read_to_string(root().join(MAP)).unwrap_or_default();
    assert_none(missing_from_map(&House::read(), &map));
}

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

// The checks: each gives its faults, one line each, by file and line.

fn upward_imports(house: &House) -> Vec<String> {
    let mut faults = Vec::new();
    for Import { from, to, line } in house.imports() {
        let (path, room) = (&from.path, from.room());
        if room != to.room() && !may_import(room, &to.module) {
            let advice = "Move what both need to a room below, or let a room above hand it in.";
            faults.push(format!("{path}:{line}: `{room}` may not import {}. {advice}", to.path));
        }
    }
    faults
}

fn may_import(room: &str, module: &[String]) -> bool {
    let Some(row) = ROOMS.iter().position(|(name, _)| *name == room) else { return false };
    let is_below = ROOMS[..row].iter().any(|(below, _)| module.first().is_some_and(|name| name == below));
    let name = module.join("::");
    is_below && ROOMS[row].1.iter().any(|allowed| *allowed == "*" || is_within(&name, allowed))
}

fn loops(house: &House) -> Vec<String> {
    let of_program = house.imports().into_iter().filter(|import| import.line < import.from.tests);
    let mut links: Vec<_> = of_program.filter_map(|import| Some((import.roots_beside()?, import))).collect();
    loop {
        let before = links.len();
        let starts: BTreeSet<_> = links.iter().map(|((from, _), _)| *from).collect();
        let ends: BTreeSet<_> = links.iter().map(|((_, to), _)| *to).collect();
        // What leads nowhere, and what nothing leads to, is in no loop.
        links.retain(|((from, to), _)| ends.contains(from) && starts.contains(to));
        if links.len() == before {
            break;
        }
    }
    let advice = "Cut one of the imports listed here: move what both need to their parent, or below.";
    let faults = links.iter().map(|(_, Import { from, to, line })| {
        format!("{}:{line}: importing {} closes a loop. {advice}", from.path, to.path)
    });
    faults.collect()
}

fn strangers(house: &House) -> Vec<String> {
    let mut faults = BTreeSet::new();
    for (file, line, (name, doors)) in house.foreign() {
        if !doors.admit(&file.path) {
            let advice = "Go through a file that may, or give it another door in the table";
            faults.insert(format!("{}:{line}: `{name}` has no door here: {doors:?}. {advice}.", file.path));
        }
    }
    faults.into_iter().collect()
}

fn idle_doors(house: &House, dependencies: &BTreeSet<String>) -> Vec<String> {
    let is_listed = |name: &String| DOORS.iter().any(|(listed, _)| listed == name);
    let unlisted = dependencies.iter().filter(|name| !is_listed(name));
    let mut faults: Vec<_> = unlisted.map(|name| format!("Cargo.toml: `{name}` has no door in the table.")).collect();
    let uses: BTreeSet<_> = house.foreign().map(|(file, _, (name, _))| (*name, &file.path)).collect();
    for (name, doors) in DOORS {
        let users: Vec<_> = uses.iter().filter(|(used, _)| used == name).map(|(_, path)| path).collect();
        if users.is_empty() || !dependencies.contains(name.split("::").next().unwrap_or(name)) {
            faults.push(format!("`{name}` is not in Cargo.toml or not used under src/: take it out of both."));
        }
        for idle in doors.listed().iter().filter(|door| !users.iter().any(|path| is_under(path, door))) {
            faults.push(format!("`{name}` does not come in by {idle}: take it out of the table of doors."));
        }
    }
    faults
}

fn forbidden_words(house: &House) -> Vec<String> {
    let mut faults = Vec::new();
    for (words, exempt, advice) in FORBIDDEN {
        for file in house.files.values().filter(|file| !exempt.contains(&file.path.as_str())) {
            let lines = find(&file.tokens, words).map(|at| file.tokens[at].line);
            let lines = lines.filter(|line| *line < file.tests);
            faults.extend(lines.map(|line| format!("{}:{line}: `{words}`: {advice}.", file.path)));
        }
    }
    faults
}

fn messages_in_one_language(house: &House) -> Vec<String> {
    let mut faults = Vec::new();
    for file in house.files.values().filter(|file| file.module.first().is_some_and(|room| room == "messages")) {
        let end = file.tokens.iter().position(|token| token.line >= file.tests).unwrap_or(file.tokens.len());
        let program = &file.tokens[..end];
        // `pub const NAME: &str`, with or without a lifetime.
        let is_string = |at: &usize| program.get(at + 4).is_some_and(|token| token.text == "&");
        let lines = find(program, "pub const").filter(is_string).map(|at| program[at].line);
        faults.extend(lines.map(|line| format!("{}:{line}: say it in both languages: a `Message`.", file.path)));
        for at in find(program, "pub fn") {
            let item = &program[at..at + item_length(&program[at..])];
            if find(item, "format!").next().is_some() && find(item, "language()").next().is_none() {
                faults.push(format!("{}:{}: say it in both languages: `match language()`.", file.path, item[0].line));
            }
        }
    }
    faults
}

fn long_files(house: &House) -> Vec<String> {
    let mut faults = Vec::new();
    for file in house.files.values() {
        let length = file.source.lines().count().min(file.tests - 1);
        if length > LONGEST_FILE {
            let advice = "split it by what it knows";
            faults.push(format!("{}: {length} lines before its tests, {LONGEST_FILE} at most: {advice}.", file.path));
        }
    }
    faults
}

fn long_functions(house: &House) -> Vec<String> {
    let mut faults = Vec::new();
    for file in house.files.values() {
        for (name, line, length) in functions(&file.tokens).filter(|(.., length)| *length > LONGEST_FUNCTION) {
            let advice = "give its parts names";
            faults
                .push(format!("{}:{line}: `{name}`: {length} lines, {LONGEST_FUNCTION} at most: {advice}.", file.path));
        }
    }
    faults
}

fn silent_files(house: &House) -> Vec<String> {
    let silent = house.files.values().filter(|file| !file.source.starts_with("//!"));
    silent.map(|file| format!("{}:1: open it with `//!`: what it knows and what it does not.", file.path)).collect()
}

fn tests_not_last(house: &House) -> Vec<String> {
    let mut faults = Vec::new();
    for file in house.files.values() {
        for at in find(&file.tokens, CFG_TEST) {
            let item = &file.tokens[at + tokens(CFG_TEST).len()..];
            let is_module = item.iter().take(5).any(|token| token.text == "mod");
            if !is_module || item_length(item) < item.len() {
                let line = file.tokens[at].line;
                faults.push(format!("{}:{line}: `{CFG_TEST}` is for one module, at the end of the file.", file.path));
            }
        }
    }
    faults
}

/// A file is named by its path, with or without the leading `src/`; as a part of a longer path it is not named.
fn missing_from_map(house: &House, map: &str) -> Vec<String> {
    let is_part = |char: char| char.is_alphanumeric() || "_-/.".contains(char);
    let is_named = |path: &str| {
        let short = path.trim_start_matches("src/");
        map.match_indices(short).any(|(at, _)| {
            let before = map[..at].strip_suffix("src/").unwrap_or(&map[..at]);
            let after = &map[at + short.len()..];
            !before.ends_with(is_part) && !after.starts_with(|char: char| char.is_alphanumeric() || char == '_')
        })
    };
    let missing = house.files.values().filter(|file| !is_named(&file.path));
    missing.map(|file| format!("{MAP} does not name {}: say in one line what it is for.", file.path)).collect()
}

impl Doors {
    fn admit(&self, path: &str) -> bool {
        match self {
            Doors::Only(doors) => doors.iter().any(|door| is_under(path, door)),
            Doors::Outside(walls) => !walls.iter().any(|wall| is_under(path, wall)),
        }
    }

    fn listed(&self) -> &[&str] {
        match self {
            Doors::Only(doors) => doors,
            Doors::Outside(_) => &[],
        }
    }
}

/// The row of [`DOORS`] that says most about a path.
fn doors_of(path: &[String]) -> Option<&'static (&'static str, Doors)> {
    let path = path.join("::");
    DOORS.iter().filter(|(name, _)| is_within(&path, name)).max_by_key(|(name, _)| name.len())
}

/// Whether `path` is `module` or a part of it.
fn is_within(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_under(path: &str, place: &str) -> bool {
    path == place || (place.ends_with('/') && path.starts_with(place))
}

/// The crates of every table of dependencies but those of tests and of the build, as the code calls them.
fn dependencies(cargo_toml: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut table = "";
    for line in cargo_toml.lines() {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            table = header.rsplit('.').next().unwrap_or_default();
            names.extend(header.strip_prefix("dependencies.").map(|name| name.replace('-', "_")));
        } else if table == "dependencies" {
            let key = line.split_once('=').map_or("", |(key, _)| key);
            let key = key.split('.').next().unwrap_or_default().trim_end();
            let is_name = !key.is_empty() && key.chars().all(|char| char.is_alphanumeric() || "_-".contains(char));
            names.extend(is_name.then(|| key.replace('-', "_")));
        }
    }
    names
}

// The house: the files under src/ and what they mention.

/// The files by their modules; `src/lib.rs` is the module without a name.
struct House {
    files: BTreeMap<Vec<String>, File>,
}

struct File {
    /// From the root of the repository, with slashes.
    path: String,
    module: Vec<String>,
    source: String,
    tokens: Vec<Token>,
    mentions: Vec<Mention>,
    /// The line on which its tests begin; beyond its end if it has none.
    tests: usize,
}

/// A path in the code, as it is written.
struct Mention {
    line: usize,
    /// The inline modules around it.
    scope: Vec<String>,
    path: Vec<String>,
    /// What a `use` calls it; none for a path in the code and for a glob.
    name: Option<String>,
    is_public: bool,
}

/// The first line on which a file imports another.
struct Import<'a> {
    from: &'a File,
    to: &'a File,
    line: usize,
}

/// Where a path leads: through files of the house, perhaps out of it (to the standard library, a crate, a name of the file's own).
struct Trace<'a> {
    files: Vec<&'a File>,
    foreign: Option<Vec<String>>,
}

impl House {
    fn read() -> House {
        let mut paths = Vec::new();
        gather(&root().join("src"), &mut paths);
        House::of(paths.iter().map(|path| {
            let source = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let path = path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
            (path, source)
        }))
    }

    fn of(files: impl Iterator<Item = (String, String)>) -> House {
        let files = files.map(|(path, source)| File::new(path, source));
        House { files: files.map(|file| (file.module.clone(), file)).collect() }
    }

    /// Which file imports which, each pair once.
    fn imports(&self) -> Vec<Import<'_>> {
        let mut firsts = BTreeMap::new();
        for (from, mention) in self.mentions() {
            for to in self.trace(from, mention).files.into_iter().filter(|to| to.path != from.path) {
                let import = Import { from, to, line: mention.line };
                firsts.entry((&from.module, &to.module)).or_insert(import);
            }
        }
        firsts.into_values().collect()
    }

    /// Every use of a foreign crate, with its row in the table of doors.
    fn foreign(&self) -> impl Iterator<Item = (&File, usize, &'static (&'static str, Doors))> {
        self.mentions().filter_map(|(file, mention)| {
            let path = self.trace(file, mention).foreign?;
            Some((file, mention.line, doors_of(&path)?))
        })
    }

    fn mentions(&self) -> impl Iterator<Item = (&File, &Mention)> {
        self.files.values().flat_map(|file| file.mentions.iter().map(move |mention| (file, mention)))
    }

    fn trace<'a>(&'a self, file: &'a File, mention: &Mention) -> Trace<'a> {
        /// More imports of imports than this are a circle.
        const MOST: usize = 8;
        let mut files = Vec::new();
        let mut from = file;
        let mut path = self.absolute(file, &mention.scope, &mention.path);
        for _ in 0..MOST {
            let mut names = &path[..];
            if path[0] == "crate" {
                (from, names) = self.home(&path[1..]);
                files.push(from);
            }
            let Some((import, rest)) = from.import_of(names) else { break };
            if !import.is_public && !file.module.starts_with(&from.module) {
                break;
            }
            let next = [&self.absolute(from, &import.scope, &import.path), rest].concat();
            if next == path {
                break;
            }
            path = next;
        }
        Trace { files, foreign: (path[0] != "crate").then_some(path) }
    }

    /// The path from the root of the crate, or as it is if it starts with no module that is known here.
    fn absolute(&self, file: &File, scope: &[String], path: &[String]) -> Vec<String> {
        let mut here = [&["crate".to_owned()], &file.module[..], scope].concat();
        let is_step = |name: &&String| matches!(name.as_str(), "self" | "super");
        let steps = path.iter().take_while(is_step).count();
        let ups = path[..steps].iter().filter(|name| *name == "super").count();
        let child = [&here[1..], &path[..1]].concat();
        match path[0].as_str() {
            "crate" | "kiji" => [&here[..1], &path[1..]].concat(),
            _ if steps > 0 => {
                here.truncate(here.len().saturating_sub(ups).max(1));
                [&here, &path[steps..]].concat()
            }
            _ if self.files.contains_key(&child) => [&here, path].concat(),
            _ => path.to_vec(),
        }
    }

    /// The deepest module on the path that is a file, and the rest of the path.
    fn home<'a, 'b>(&'a self, path: &'b [String]) -> (&'a File, &'b [String]) {
        let depth = (0..=path.len()).rev().find(|depth| self.files.contains_key(&path[..*depth])).unwrap_or(0);
        (&self.files[&path[..depth]], &path[depth..])
    }
}

impl File {
    fn new(path: String, source: String) -> File {
        let bare = path.trim_start_matches("src/").trim_end_matches(".rs");
        let module = if bare == "lib" { Vec::new() } else { bare.split('/').map(str::to_owned).collect() };
        let tokens = tokens(&source);
        let mentions = Reader::read(&tokens);
        let first_test = find(&tokens, CFG_TEST).next().map_or(usize::MAX, |at| tokens[at].line);
        let tests = if module.iter().any(|name| name == "tests") { 1 } else { first_test };
        File { path, module, source, tokens, mentions, tests }
    }

    fn room(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    /// The `use` at the file's top level that brings in the first of these names, and the other names.
    fn import_of<'a, 'b>(&'a self, names: &'b [String]) -> Option<(&'a Mention, &'b [String])> {
        let (first, rest) = names.split_first()?;
        let is_it = |mention: &&Mention| mention.scope.is_empty() && mention.name.as_ref() == Some(first);
        Some((self.mentions.iter().find(is_it)?, rest))
    }
}

impl<'a> Import<'a> {
    /// The two modules, beside each other, under which the files lie; none if one file lies under the other.
    fn roots_beside(&self) -> Option<(&'a [String], &'a [String])> {
        let (from, to) = (&self.from.module, &self.to.module);
        let shared = from.iter().zip(to).take_while(|(from, to)| from == to).count();
        (shared < from.len() && shared < to.len()).then(|| (&from[..=shared], &to[..=shared]))
    }
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

// Reading Rust: tokens without comments, strings and characters, and the paths in them.

const CFG_TEST: &str = "#[cfg(test)]";

struct Token {
    line: usize,
    text: String,
}

fn tokens(source: &str) -> Vec<Token> {
    let (mut tokens, mut line, mut rest) = (Vec::new(), 1, source);
    while !rest.is_empty() {
        let silent = silent_length(rest);
        let (text, after) = rest.split_at(if silent > 0 { silent } else { token_length(rest) });
        if silent == 0 {
            tokens.push(Token { line, text: text.to_owned() });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

fn token_length(rest: &str) -> usize {
    let word = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
    match rest.chars().next() {
        _ if word > 0 => word,
        _ if rest.starts_with("::") => 2,
        first => first.map_or(0, char::len_utf8),
    }
}

/// How much of what stands here is white space, a comment or a literal.
fn silent_length(rest: &str) -> usize {
    match rest.as_bytes() {
        [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => comment_length(rest),
        [b'"', ..] => quoted_length(rest, '"'),
        [b'b' | b'c' | b'r', ..] => raw_length(rest),
        [b'\'', b'\\', ..] => quoted_length(rest, '\''),
        // Two characters on stands the other quote, or it is a lifetime.
        [b'\'', ..] if rest.chars().nth(2) == Some('\'') => quoted_length(rest, '\''),
        _ => rest.len() - rest.trim_start().len(),
    }
}

/// Comments nest.
fn comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => depth += 1,
            [b'*', b'/', ..] => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn quoted_length(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, char) in rest.char_indices().skip(1) {
        if char == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = char == '\\' && !is_escaped;
    }
    rest.len()
}

/// The length of a raw string, `r"…"`, `br#"…"#` and so on; nothing for a word that only begins like one.
fn raw_length(rest: &str) -> usize {
    let Some((prefix, _)) = rest.split_once('"') else { return 0 };
    let letters = prefix.trim_end_matches('#');
    if !matches!(letters, "r" | "br" | "cr") {
        return 0;
    }
    let close = format!("\"{}", &prefix[letters.len()..]);
    let start = prefix.len() + 1;
    rest[start..].find(&close).map_or(rest.len(), |end| start + end + close.len())
}

/// Where these words stand among the tokens.
fn find(all: &[Token], words: &str) -> impl Iterator<Item = usize> {
    let wanted = tokens(words);
    let is_it = move |at: &usize| {
        let here = &all[*at..];
        here.len() >= wanted.len() && here.iter().zip(&wanted).all(|(token, wanted)| token.text == wanted.text)
    };
    (0..all.len()).filter(is_it)
}

/// The functions: name, first line and number of lines.
fn functions(tokens: &[Token]) -> impl Iterator<Item = (&str, usize, usize)> {
    find(tokens, "fn").map(|at| &tokens[at..]).filter_map(|item| {
        let name = &item.get(1)?.text;
        let lines = item[item_length(item) - 1].line - item[0].line + 1;
        // A `fn` before a parenthesis is a type.
        is_word(name).then_some((name.as_str(), item[0].line, lines))
    })
}

/// How many tokens the item takes that starts here: up to its closing brace or its semicolon.
fn item_length(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(token.text.as_str(), "}" | ";") {
            return at + 1;
        }
    }
    tokens.len()
}

/// Reads the paths from the tokens of a file.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    /// The inline modules that are open, and how deep each began.
    modules: Vec<(String, usize)>,
    /// Whether the `use` that is being read, or was last, is public.
    is_public: bool,
    mentions: Vec<Mention>,
}

impl Reader<'_> {
    fn read(tokens: &[Token]) -> Vec<Mention> {
        let mut reader =
            Reader { tokens, at: 0, depth: 0, modules: Vec::new(), is_public: false, mentions: Vec::new() };
        while reader.at < tokens.len() {
            reader.step();
        }
        reader.mentions
    }

    fn step(&mut self) {
        match (self.text(0), self.text(1), self.text(2)) {
            // `use<'a>` is not an import but a bound.
            ("use", next, _) if next != "<" => {
                let before = self.at.checked_sub(1).map(|before| self.tokens[before].text.as_str());
                // `pub use`, `pub(super) use`.
                self.is_public = matches!(before, Some("pub" | ")"));
                self.at += 1;
                return self.tree(&[]);
            }
            ("mod", name, "{") => self.modules.push((name.to_owned(), self.depth)),
            ("{", ..) => self.depth += 1,
            ("}", ..) => {
                self.depth = self.depth.saturating_sub(1);
                self.modules.pop_if(|(_, depth)| *depth == self.depth);
            }
            (first, "::", second) if is_word(first) && is_word(second) => return self.path(),
            _ => {}
        }
        self.at += 1;
    }

    /// One branch of a `use`: names up to a group, a star, a comma or the end.
    fn tree(&mut self, trunk: &[String]) {
        let mut path = trunk.to_vec();
        loop {
            match self.text(0) {
                "{" => return self.group(&path),
                "as" => {
                    let name = self.text(1).to_owned();
                    self.mention(&path, Some(name));
                    self.at += 2;
                    return;
                }
                "::" => {}
                // `a::{self}` is `a`.
                "self" if !path.is_empty() => {}
                word if is_word(word) => path.push(word.to_owned()),
                "*" => {
                    self.mention(&path, None);
                    self.at += 1;
                    return;
                }
                _ => return self.mention(&path, path.last().cloned()),
            }
            self.at += 1;
        }
    }

    fn group(&mut self, trunk: &[String]) {
        self.at += 1;
        while !matches!(self.text(0), "}" | "") {
            self.tree(trunk);
            self.at += usize::from(self.text(0) == ",");
        }
        self.at += 1;
    }

    /// A path in the code.
    fn path(&mut self) {
        let mut path = vec![self.text(0).to_owned()];
        while self.text(1) == "::" && is_word(self.text(2)) {
            path.push(self.text(2).to_owned());
            self.at += 2;
        }
        self.mention(&path, None);
        self.at += 1;
    }

    fn mention(&mut self, path: &[String], name: Option<String>) {
        if !path.is_empty() {
            let line = self.tokens.get(self.at).map_or(0, |token| token.line);
            let scope = self.modules.iter().map(|(module, _)| module.clone()).collect();
            self.mentions.push(Mention { line, scope, path: path.to_vec(), name, is_public: self.is_public });
        }
    }

    /// The text of a token from here; nothing behind the end.
    fn text(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| &token.text)
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|char: char| char.is_alphabetic() || char == '_')
}

// The checks can fail, and the reader reads Rust.

fn house(files: &[(&str, &str)]) -> House {
    let files = [("src/lib.rs", "//! Rooms.")].iter().chain(files);
    House::of(files.map(|(path, source)| ((*path).to_owned(), (*source).to_owned())))
}

/// The places of the faults, without what they say.
fn places(faults: &[String]) -> Vec<&str> {
    faults.iter().map(|fault| fault.split(": ").next().unwrap_or_default()).collect()
}

#[test]
fn paths_are_read_from_use_trees_and_code() {
    let check = |source: &str, expected: &[&str]| {
        let mentions = Reader::read(&tokens(source));
        let read: Vec<String> = mentions.iter().map(|mention| mention.path.join("::")).collect();
        assert_eq!(read, expected, "{source}");
    };
    check("use a::b;", &["a::b"]);
    check("pub(crate) use a::{self, b::{C, d as e},\n    f::*,\n};", &["a", "a::b::C", "a::b::d", "a::f"]);
    check("fn f() -> impl A + use<'_> { let x: b::C<'a> = d::e::<g::H>(); }", &["b::C", "d::e", "g::H"]);
    check("// a::b\n/* c::d /* e */ f::g */ /// h::i\nj::k", &["j::k"]);
    check(r##"("a::b\"", r#"c"::d"#, br"\", 'e', '"', '\'', g::h)"##, &["g::h"]);
    check("fn f<'a>(x: &'a str) { break_r::c }", &["break_r::c"]);
}

#[test]
fn upward_imports_are_found() {
    let check = |path: &str, source: &str, expected: &[&str]| {
        let house = house(&[
            ("src/text.rs", "//!"),
            ("src/app.rs", "pub use crate::text::Text;\nuse crate::layout::lay_out;"),
            ("src/app/keys.rs", "//!"),
            ("src/layout.rs", "//!"),
            ("src/ui.rs", "//!"),
            ("src/ui/theme.rs", "//!"),
            (path, source),
        ]);
        assert_eq!(places(&upward_imports(&house)), expected, "{path}: {source}");
    };
    check("src/ui.rs", "use crate::{app::App, text};", &[]);
    check("src/text.rs", "use std::io;\nuse crate::app::App;", &["src/text.rs:2"]);
    check("src/text/width.rs", "use super::super::app;", &["src/text/width.rs:1"]);
    check("src/text.rs", "mod tests {\n    use super::super::app::keys;\n}", &["src/text.rs:2"]);
    check("src/document.rs", "fn f() {\n    crate::app::keys::find()\n}", &["src/document.rs:2"]);
    check("src/document.rs", "use crate::app::Text;", &["src/document.rs:1"]);
    check("src/print.rs", "use crate::{app, ui::theme::Theme};", &["src/print.rs:1"]);
    check("src/print.rs", "use crate::ui::theme::Theme;", &[]);
    check("src/print.rs", "use crate::ui::{self, theme::Theme};", &["src/print.rs:1"]);
    check("src/main.rs", "use kiji::{app, ui::theme};", &[]);
}

#[test]
fn loops_are_found() {
    let check = |files: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(places(&loops(&house(files))), expected, "{files:?}");
    };
    let [parent, a, b, c] = ["src/x.rs", "src/x/a.rs", "src/x/b.rs", "src/x/c.rs"];
    check(&[(parent, "mod a; use a::A;"), (a, "use super::X;"), (b, "use super::{X, a::A};")], &[]);
    check(&[(a, "use super::b::B;"), (b, "\nuse crate::x::a::A;")], &["src/x/a.rs:1", "src/x/b.rs:2"]);
    check(
        &[(a, "use super::b;"), (b, "use super::c;"), (c, "use super::a;")],
        &["src/x/a.rs:1", "src/x/b.rs:1", "src/x/c.rs:1"],
    );
    // By a name that the parent imported.
    check(&[(parent, "use b::B;"), (a, "use super::B;"), (b, "use super::a::A;")], &["src/x/a.rs:1", "src/x/b.rs:1"]);
    // Through what lies under a sibling.
    check(
        &[(a, "use super::b;"), ("src/x/a/deep.rs", "use super::A;"), (b, "use super::a::deep;")],
        &["src/x/a.rs:1", "src/x/b.rs:1"],
    );
    check(&[(a, "use super::b;"), (b, "#[cfg(test)]\nmod tests {\n    use super::super::a;\n}")], &[]);
}

#[test]
fn strangers_and_idle_doors_are_found() {
    let check = |path: &str, source: &str, expected: &[&str]| {
        assert_eq!(places(&strangers(&house(&[(path, source)]))), expected, "{path}: {source}");
    };
    check("src/ui/index.rs", "use ratatui::Frame;", &[]);
    check("src/app.rs", "use std::io;\nuse ratatui::Frame;", &["src/app.rs:2"]);
    check("src/app.rs", "fn f() { open::that(x); file.open::<u8>(); open(); }", &["src/app.rs:1"]);
    check("src/print.rs", "use ratatui::{style::Style, Frame};", &["src/print.rs:1"]);
    check("src/print.rs", "use ratatui::style::{Color, Style};", &[]);
    check("src/text/width.rs", "use url::Url;", &["src/text/width.rs:1"]);
    // What another file imports for itself is not what it is asked for; what it hands on is.
    let asked = |import: &str| house(&[("src/print.rs", import), ("src/main.rs", "use kiji::print;\nprint::json();")]);
    assert_eq!(places(&strangers(&asked("use serde_json::json;"))), [""; 0]);
    assert_eq!(places(&strangers(&asked("pub use serde_json::json;"))), ["src/main.rs:2"]);

    let named =
        dependencies("[package]\na = 1\n[dependencies]\nb-c = \"1\"\nd = { x = 1 }\n[dev-dependencies]\ne = \"1\"");
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["b_c", "d"]);
    let idle = idle_doors(&house(&[]), &BTreeSet::from(["new".to_owned()])).join("\n");
    assert!(idle.contains("`new` has no door"), "{idle}");
    assert!(idle.contains("`clap` does not come in by src/cli.rs"), "{idle}");
    assert!(idle.contains("`url` is not in Cargo.toml or not used"), "{idle}");
}

#[test]
fn breaches_of_the_house_rules_are_found() {
    let bad = "fn f() {\n    a.unwrap();\n    b.map(Option::unwrap);\n    println!(\"dbg!\");\n    Color::Red\n}\n";
    let tested = "//! a.unwrap()\n#[expect(x)]\nfn f() {}\n#[cfg(test)]\nmod tests {\n    fn g() { a.unwrap() }\n}\n";
    let lines = format!("//! Long.\nfn f() {{\n{}}}\n{}", "    g();\n".repeat(59), "// \n".repeat(400));
    let one_language = "//! Words.\npub const A: &str = X;\npub fn f() { format!() }\npub fn g() { language(); format!() }\nfn h() { format!() }\n";
    let said = house(&[("src/messages/x.rs", one_language), ("src/text.rs", one_language)]);
    assert_eq!(places(&messages_in_one_language(&said)), ["src/messages/x.rs:2", "src/messages/x.rs:3"]);
    let house = house(&[
        ("src/bad.rs", bad),
        ("src/fine.rs", tested),
        ("src/long.rs", &lines),
        ("src/mixed.rs", &format!("{tested}fn after() {{}}")),
    ]);
    let found = forbidden_words(&house);
    assert_eq!(places(&found), ["src/bad.rs:2", "src/bad.rs:3", "src/bad.rs:4", "src/bad.rs:5"]);
    assert_eq!(places(&long_files(&house)), ["src/long.rs"]);
    assert_eq!(places(&long_functions(&house)), ["src/long.rs:2"]);
    assert_eq!(places(&silent_files(&house)), ["src/bad.rs:1"]);
    assert_eq!(places(&tests_not_last(&house)), ["src/mixed.rs:4"]);
    let map = "`lib.rs`, src/fine.rs, deep/long.rs, bad.rs and mixed.rsx";
    let missing = missing_from_map(&house, map).join("\n");
    assert_eq!(missing.lines().count(), 2, "{missing}");
    assert!(missing.contains("src/long.rs") && missing.contains("src/mixed.rs"), "{missing}");
}
