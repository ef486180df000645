//! syntect's door: source code to the roles of its tokens.
//!
//! It runs after parsing, on the code blocks of a document, and changes faces only: the words stay as they are.

mod fitting;
mod grammar;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use grammar::{Grammar, Lent, Loaded};
use syntect::parsing::{ParseState, Scope, ScopeStack};

use super::{Block, Document};
use crate::text::{Role, Text, Token};

/// Longer lines stay plain, in bytes: grammars can take very long over them, and only generated code has them.
const LONGEST_LINE: usize = 400;

/// How long code is coloured at most, at one time; what is left then stays plain.
pub const PATIENCE: Duration = Duration::from_millis(300);

/// As much code as is worth a thread of its own, in bytes: the expressions that it needs take far longer to compile than it to read.
const SHARE: usize = 64;

/// Scopes and the tokens they stand for. The longest that fits a scope wins.
static TOKENS: LazyLock<Vec<(Scope, Token)>> = LazyLock::new(|| {
    let table = [
        ("comment", Token::Comment),
        ("punctuation.definition.comment", Token::Comment),
        ("string", Token::String),
        ("punctuation.definition.string", Token::String),
        ("constant", Token::Constant),
        ("constant.numeric", Token::Number),
        ("constant.character.escape", Token::Constant),
        ("keyword", Token::Keyword),
        ("keyword.operator", Token::Operator),
        ("storage", Token::Keyword),
        ("storage.type", Token::Type),
        ("support.type", Token::Type),
        ("support.function", Token::Function),
        ("entity.name.type", Token::Type),
        ("entity.name.class", Token::Type),
        ("entity.name.struct", Token::Type),
        ("entity.name.function", Token::Function),
        ("entity.name.tag", Token::Keyword),
        ("entity.other.attribute-name", Token::Variable),
        ("entity.name.section", Token::Heading),
        ("variable.function", Token::Function),
        ("variable.parameter", Token::Variable),
        ("variable.other.readwrite.shell", Token::Variable),
        ("markup.inserted", Token::Inserted),
        ("markup.deleted", Token::Deleted),
        ("markup.heading", Token::Heading),
        ("meta.diff.header", Token::Heading),
        ("meta.diff.range", Token::Heading),
    ];
    table.into_iter().filter_map(|(scope, token)| Some((Scope::new(scope).ok()?, token))).collect()
});

/// Gives the code blocks of a document their colours-to-be, for as long as `patience` lasts.
pub fn highlight(document: &mut Document, patience: Duration) {
    Highlighter::default().highlight(document, |_| true, patience);
}

/// Colours the code of one document, all of it at once or as it comes into sight.
#[derive(Default)]
pub struct Highlighter {
    /// Those that were asked for so far, each made for all words in its language that the document has; none where it cannot be loaded.
    grammars: BTreeMap<usize, Option<Lent>>,
}

impl Highlighter {
    /// Gives the code blocks whose numbers in reading order, notes last, are wanted their colours-to-be, for as long as `patience` lasts.
    ///
    /// They are shared out among the processor's cores, block by block.
    pub fn highlight(&mut self, document: &mut Document, is_wanted: impl Fn(usize) -> bool, patience: Duration) {
        let until = Instant::now() + patience;
        let mut blocks: Vec<Code> = Vec::new();
        gather(&mut document.blocks, &mut blocks);
        document.notes.iter_mut().for_each(|note| gather(&mut note.blocks, &mut blocks));
        self.load(&blocks, &is_wanted);
        let pieces: Vec<_> = blocks
            .into_iter()
            .enumerate()
            .filter(|(number, code)| is_wanted(*number) && code.grammar.is_some())
            .map(|(_, code)| code)
            .collect();
        let bytes: usize = pieces.iter().map(|code| code.text.len()).sum();
        let shares = pieces.len().min(bytes / SHARE);
        let threads = if shares < 2 { 1 } else { thread::available_parallelism().map_or(1, usize::from).min(shares) };
        let pieces = pieces.into_iter().map(Mutex::new).collect();
        let desk = Desk { pieces, next: AtomicUsize::new(0), grammars: &self.grammars, until };
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| desk.work())).collect();
            desk.work();
            others.into_iter().for_each(|other| drop(other.join()));
        });
    }

    /// Loads the grammars that are wanted and not here yet.
    fn load(&mut self, blocks: &[Code], is_wanted: impl Fn(usize) -> bool) {
        let mut words: BTreeMap<usize, String> = BTreeMap::new();
        for (number, code) in blocks.iter().enumerate() {
            let new = code.grammar.filter(|grammar| is_wanted(number) && !self.grammars.contains_key(grammar));
            words.extend(new.map(|grammar| (grammar, String::new())));
        }
        for code in blocks {
            let words = code.grammar.and_then(|grammar| words.get_mut(&grammar));
            if let Some(words) = words.filter(|words| words.len() <= grammar::FEW_WORDS) {
                words.push_str(&in_ascii(code.text.as_str()));
            }
        }
        self.grammars.extend(words.into_iter().map(|(number, words)| (number, Grammar::get(number, &words))));
    }
}

/// A block of code: the number of its grammar, where there is one, and its words.
struct Code<'a> {
    grammar: Option<usize>,
    text: &'a mut Text,
}

fn gather<'a>(blocks: &'a mut [Block], found: &mut Vec<Code<'a>>) {
    for block in blocks {
        match block {
            Block::Code { label, text, .. } => found.push(Code { grammar: grammar::find(label), text }),
            Block::Quote { blocks } | Block::Alert { blocks, .. } | Block::Details { blocks, .. } => {
                gather(blocks, found);
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| gather(&mut item.blocks, found)),
            Block::Definitions(list) => {
                list.iter_mut()
                    .flat_map(|definition| &mut definition.meanings)
                    .for_each(|blocks| gather(blocks, found));
            }
            _ => {}
        }
    }
}

/// What is to be done, taken piece by piece.
struct Desk<'a> {
    pieces: Vec<Mutex<Code<'a>>>,
    next: AtomicUsize,
    grammars: &'a BTreeMap<usize, Option<Lent>>,
    until: Instant,
}

impl Desk<'_> {
    /// Works until nothing is left.
    fn work(&self) {
        let mut work = Work { until: self.until, known: HashMap::new() };
        while let Some(piece) = self.pieces.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let mut code = piece.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(Some(grammar)) = code.grammar.and_then(|grammar| self.grammars.get(&grammar)) {
                work.code(grammar, code.text);
            }
        }
    }
}

struct Work {
    until: Instant,
    /// What each scope met so far stands for.
    known: HashMap<Scope, Option<Token>>,
}

impl Work {
    fn code(&mut self, grammar: &Loaded, text: &mut Text) {
        let mut scan = Scan::new(grammar);
        let mut start = 0;
        for line in text.as_str().split_inclusive('\n') {
            if Instant::now() > self.until {
                break;
            }
            if line.len() <= LONGEST_LINE && scan.line(line, start, &mut self.known).is_none() {
                break;
            }
            start += line.len();
        }
        text.restyle_each(&scan.tokens, |face, token| face.role = Role::Syntax(token));
    }
}

/// Code as the grammars see it: each character beyond ASCII is a letter. To know the letters of all scripts they would take several
/// times as long, for the colours of words that are in none of them.
fn in_ascii(code: &str) -> Cow<'_, str> {
    if code.is_ascii() {
        return Cow::Borrowed(code);
    }
    Cow::Owned(code.chars().map(|character| if character.is_ascii() { character } else { 'j' }).collect())
}

/// Where in a line a place is, in bytes, that the grammars counted in characters.
fn byte_at(line: &str, character: usize) -> usize {
    if line.is_ascii() {
        return character;
    }
    line.char_indices().nth(character).map_or(line.len(), |(at, _)| at)
}

/// A walk through one block of code.
struct Scan<'a> {
    grammar: &'a Loaded,
    state: ParseState,
    stack: ScopeStack,
    tokens: Vec<(Range<usize>, Token)>,
}

impl<'a> Scan<'a> {
    fn new(grammar: &'a Loaded) -> Scan<'a> {
        Scan { grammar, state: ParseState::new(grammar.syntax()), stack: ScopeStack::new(), tokens: Vec::new() }
    }

    /// Adds the tokens of one line; nothing when the grammar gave up.
    fn line(&mut self, line: &str, start: usize, known: &mut HashMap<Scope, Option<Token>>) -> Option<()> {
        let changes = self.state.parse_line(&in_ascii(line), &self.grammar.set).ok()?;
        let mut from = 0;
        for (at, change) in changes {
            let at = byte_at(line, at);
            self.token(start + from..start + at, known);
            from = at;
            self.stack.apply(&change).ok()?;
        }
        self.token(start + from..start + line.len(), known);
        Some(())
    }

    fn token(&mut self, range: Range<usize>, known: &mut HashMap<Scope, Option<Token>>) {
        if range.is_empty() {
            return;
        }
        let token = |scope: &Scope| *known.entry(*scope).or_insert_with(|| token_of(*scope));
        if let Some(token) = self.stack.as_slice().iter().rev().find_map(token) {
            self.tokens.push((range, token));
        }
    }
}

fn token_of(scope: Scope) -> Option<Token> {
    let fits = TOKENS.iter().filter(|(prefix, _)| prefix.is_prefix_of(scope));
    fits.max_by_key(|(prefix, _)| prefix.len()).map(|(_, token)| *token)
}

#[cfg(test)]
mod tests {
    use super::super::markdown;
    use super::*;
    use crate::text::markup::MarkupSettings;

    fn roles(source: &str) -> Vec<(String, Role)> {
        let mut document = markdown::read(source, MarkupSettings::default());
        highlight(&mut document, Duration::from_hours(1));
        let Block::Code { text, .. } = &document.blocks[0] else { panic!("no code") };
        text.runs().map(|(range, face)| (text.as_str()[range].trim().to_owned(), face.role)).collect()
    }

    #[test]
    fn tokens_get_their_roles() {
        let found = roles("```go\nfunc main() { // x\n\treturn \"s\" }\n```");
        for (words, token) in [
            ("func", Token::Type),
            ("main", Token::Function),
            ("// x", Token::Comment),
            ("return", Token::Keyword),
            ("\"s\"", Token::String),
        ] {
            assert!(found.contains(&(words.to_owned(), Role::Syntax(token))), "{words} {found:?}");
        }
    }

    #[test]
    fn a_grammar_made_smaller_gives_the_same_colours() {
        for (label, code) in [
            ("go", "package main\n\nfunc main() {\n\tfor i := range 3 { fmt.Println(`あ`, 'い', i) } // 出力\n}\n"),
            (
                "bash",
                "#!/bin/bash\nfor f in *.md; do echo \"$f: 記事\" | sed -e 's/a/b/'; done\ngit log --oneline && exit 1\n",
            ),
            ("python", "@cache\nasync def f(x: int = 3) -> str:\n    return f\"{x!r} 円\" if x else r'\\d+'  # 注\n"),
            ("rust", "#[derive(Debug)]\nstruct A<'a>(&'a str);\nfn f() -> char { 'あ' }\n/* 注 */ let x = 0x1F_u8;\n"),
            ("yaml", "# 設定\ntitle: \"記事\"\ntags: [a, 'b']\ndate: 2020-01-02\ndeep:\n  - key: |\n      text\n"),
            ("toml", "[a.b]\nkey = 'x' # 注\nwhen = 2020-01-02T03:04:05Z\nlist = [1.5, true]\n"),
            (
                "javascript",
                "export default async (x) => { const {a, ...b} = await f(`${x}円`); return /a+/g.test(b) }\n",
            ),
            (
                "typescript",
                "interface A<T> { readonly x?: T }\nconst f = (a: A<string>): number => a!.x!.length // 長さ\n",
            ),
            ("css", ".a > p:not(:first-child) { color: #ff0000; margin: 1px auto !important } /* 色 */\n"),
            ("sql", "SELECT COUNT(*) AS 数 FROM posts WHERE title LIKE 'あ%' -- 件数\n"),
            ("c", "#include <stdio.h>\nint main(void) { printf(\"%d円\\n\", 'a'); return 0; } // 終\n"),
            ("diff", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-古い\n+新しい\n"),
            ("json", "{\"名前\": [1, null, \"\\u3042\"]}\n"),
        ] {
            let number = grammar::find(label).unwrap();
            let tokens = |loaded: Loaded| {
                let mut scan = Scan::new(&loaded);
                let mut start = 0;
                for line in code.split_inclusive('\n') {
                    scan.line(line, start, &mut HashMap::new()).unwrap();
                    start += line.len();
                }
                scan.tokens
            };
            let fitting = Grammar::load(number, Grammar::fitting(&in_ascii(code))).unwrap();
            let whole = Grammar::load(number, Grammar::whole).unwrap();
            assert_eq!(tokens(fitting), tokens(whole), "{label}");
        }
    }

    #[test]
    fn the_words_stay_as_they_are() {
        let source = "```rust\nfn main() {}\n// 日本語のコメント\n```";
        let mut document = markdown::read(source, MarkupSettings::default());
        let before = document.clone();
        highlight(&mut document, Duration::from_hours(1));
        let (Block::Code { text: new, .. }, Block::Code { text: old, .. }) = (&document.blocks[0], &before.blocks[0])
        else {
            panic!()
        };
        assert_eq!(new.as_str(), old.as_str());
        assert_ne!(new, old);
    }

    #[test]
    fn unknown_languages_and_long_lines_stay_plain() {
        assert_eq!(roles("```nosuch\nfunc\n```"), [("func".to_owned(), Role::Code)]);
        let long = "x = 1; ".repeat(100);
        assert_eq!(roles(&format!("```python\n{long}\n```")).len(), 1);
    }
}
