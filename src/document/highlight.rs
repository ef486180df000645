//! syntect's door: source code to the roles of its tokens.
//!
//! It runs after parsing, on the code blocks of a document, and changes faces only: the words stay as they are.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::{Block, Document};
use crate::text::{Role, Text, Token};

/// Longer lines stay plain, in bytes: grammars can take very long over them, and only generated code has them.
const LONGEST_LINE: usize = 400;

/// How long the highlighting of one post should take at most; what is left then stays plain.
pub const PATIENCE: Duration = Duration::from_millis(300);

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

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

/// Gives the code blocks of a document their colours-to-be, for as long as `patience` lasts. Says whether any face changed.
pub fn highlight(document: &mut Document, patience: Duration) -> bool {
    // Loading the grammars is not the post's fault.
    LazyLock::force(&SYNTAXES);
    let mut work = Work { until: Instant::now() + patience, known: HashMap::new(), changed: false };
    work.blocks(&mut document.blocks);
    for note in &mut document.notes {
        work.blocks(&mut note.blocks);
    }
    work.changed
}

/// Whether a document holds code in a language worth loading the grammars for.
#[must_use]
pub fn is_wanted(document: &Document) -> bool {
    let notes = document.notes.iter().flat_map(|note| &note.blocks);
    document.blocks.iter().chain(notes).any(holds_code)
}

fn holds_code(block: &Block) -> bool {
    match block {
        Block::Code { label, .. } => !label.is_empty(),
        Block::Quote { blocks } | Block::Alert { blocks, .. } | Block::Details { blocks, .. } => {
            blocks.iter().any(holds_code)
        }
        Block::List { items, .. } => items.iter().flat_map(|item| &item.blocks).any(holds_code),
        Block::Definitions(list) => {
            list.iter().flat_map(|definition| definition.meanings.iter().flatten()).any(holds_code)
        }
        _ => false,
    }
}

struct Work {
    until: Instant,
    /// What each scope met so far stands for.
    known: HashMap<Scope, Option<Token>>,
    changed: bool,
}

impl Work {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Code { label, text, .. } => self.code(label, text),
                Block::Quote { blocks } | Block::Alert { blocks, .. } | Block::Details { blocks, .. } => {
                    self.blocks(blocks);
                }
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
                Block::Definitions(list) => {
                    list.iter_mut()
                        .flat_map(|definition| &mut definition.meanings)
                        .for_each(|blocks| self.blocks(blocks));
                }
                _ => {}
            }
        }
    }

    fn code(&mut self, label: &str, text: &mut Text) {
        let Some(syntax) = syntax(label) else { return };
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut tokens: Vec<(std::ops::Range<usize>, Token)> = Vec::new();
        let mut start = 0;
        for line in text.as_str().split_inclusive('\n') {
            if Instant::now() > self.until {
                break;
            }
            if line.len() <= LONGEST_LINE && !self.line(line, start, &mut state, &mut stack, &mut tokens) {
                break;
            }
            start += line.len();
        }
        self.changed |= !tokens.is_empty();
        text.restyle_each(&tokens, |face, token| face.role = Role::Syntax(token));
    }

    /// Adds the tokens of one line; `false` when the grammar gave up.
    fn line(
        &mut self,
        line: &str,
        start: usize,
        state: &mut ParseState,
        stack: &mut ScopeStack,
        tokens: &mut Vec<(std::ops::Range<usize>, Token)>,
    ) -> bool {
        let Ok(changes) = state.parse_line(line, &SYNTAXES) else { return false };
        let mut from = 0;
        for (at, change) in changes {
            self.token(start + from..start + at, stack, tokens);
            from = at;
            if stack.apply(&change).is_err() {
                return false;
            }
        }
        self.token(start + from..start + line.len(), stack, tokens);
        true
    }

    fn token(
        &mut self,
        range: std::ops::Range<usize>,
        stack: &ScopeStack,
        tokens: &mut Vec<(std::ops::Range<usize>, Token)>,
    ) {
        if range.is_empty() {
            return;
        }
        if let Some(token) = stack.as_slice().iter().rev().find_map(|scope| self.token_of(*scope)) {
            tokens.push((range, token));
        }
    }

    fn token_of(&mut self, scope: Scope) -> Option<Token> {
        *self.known.entry(scope).or_insert_with(|| {
            let fits = TOKENS.iter().filter(|(prefix, _)| prefix.is_prefix_of(scope));
            fits.max_by_key(|(prefix, _)| prefix.len()).map(|(_, token)| *token)
        })
    }
}

/// The grammar of a language label. Labels that blogs use and the grammars do not know are told here.
fn syntax(label: &str) -> Option<&'static SyntaxReference> {
    let label = label.to_lowercase();
    let known = match label.as_str() {
        "" | "text" | "txt" | "plain" | "plaintext" => return None,
        "console" | "shell-session" | "shellsession" | "terminal" | "zsh" | "shell" => "bash",
        "golang" => "go",
        "jsonc" | "json5" => "json",
        "hcl" => "terraform",
        "vimscript" | "viml" => "vim",
        other => other,
    };
    SYNTAXES.find_syntax_by_token(known)
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
