//! The grammars of code, each loaded by itself and only when code in its language is met.
//!
//! The build has written them one after the other. A set that is loaded keeps their numbers, since they refer to one another by them, and
//! has the words of the one that is wanted and of those that it leads to.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use syntect::dumps::from_uncompressed_data;
use syntect::parsing::{SyntaxReference, SyntaxSet};

use super::fitting::{NUMBER, fit};

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/grammars.bin"));

#[expect(clippy::unreadable_literal, reason = "the build writes it")]
static GRAMMARS: &[Grammar] = &include!(concat!(env!("OUT_DIR"), "/grammars.rs"));

static LOADED: [OnceLock<Option<Loaded>>; GRAMMARS.len()] = [const { OnceLock::new() }; GRAMMARS.len()];

/// The grammars that were asked for before.
static MET: [AtomicBool; GRAMMARS.len()] = [const { AtomicBool::new(false) }; GRAMMARS.len()];

/// The most words for which a grammar is made smaller, in bytes, and the most grammars that one may lead to: beyond them it costs more
/// than it spares.
pub(super) const FEW_WORDS: usize = 16 * 1024;
const FEW_GRAMMARS: usize = 3;

/// The dump of a grammar without words: five counts of nothing, and two marks for what is not there.
const EMPTY: [u8; 5 * NUMBER + 2] = [0; 5 * NUMBER + 2];

/// A grammar that may be loaded.
pub(super) struct Grammar {
    name: &'static str,
    extensions: &'static [&'static str],
    /// Where its dump is, in bytes.
    dump: Range<usize>,
    /// Where its contexts are, at the end of the dump, and the plan by which they are made smaller.
    contexts: Range<usize>,
    plan: Range<usize>,
    /// The numbers of the grammars that it leads to, and its own.
    needs: &'static [usize],
}

/// A grammar that was loaded.
#[derive(Clone)]
pub(super) struct Loaded {
    pub(super) set: SyntaxSet,
    number: usize,
}

impl Loaded {
    pub(super) fn syntax(&self) -> &SyntaxReference {
        &self.set.syntaxes()[self.number]
    }
}

/// A grammar as it was asked for: the one of all words, or one for some words.
pub(super) type Lent = Cow<'static, Loaded>;

impl Grammar {
    /// A grammar for the words of a post. The first time it has only what those can match, which is there sooner; a program that asks
    /// again reads on, and gets the one for all words.
    pub(super) fn get(number: usize, words: &str) -> Option<Lent> {
        let grammar = GRAMMARS.get(number)?;
        let is_first = !MET.get(number)?.swap(true, Ordering::Relaxed);
        if is_first && words.len() <= FEW_WORDS && grammar.needs.len() <= FEW_GRAMMARS {
            return Grammar::load(number, Grammar::fitting(words)).map(Cow::Owned);
        }
        let whole = LOADED.get(number)?.get_or_init(|| Grammar::load(number, Grammar::whole));
        whole.as_ref().map(Cow::Borrowed)
    }

    /// Loads a grammar with those that it leads to, each as `dump` gives it.
    pub(super) fn load(number: usize, dump: impl Fn(&Grammar) -> Option<Vec<u8>>) -> Option<Loaded> {
        let wanted = GRAMMARS.get(number)?.needs;
        let mut dumps = (GRAMMARS.len() as u64).to_le_bytes().to_vec();
        for (at, grammar) in GRAMMARS.iter().enumerate() {
            if wanted.contains(&at) { dumps.extend(dump(grammar)?) } else { dumps.extend(EMPTY) }
        }
        // No paths of files.
        dumps.extend([0; NUMBER]);
        Some(Loaded { set: from_uncompressed_data(&dumps).ok()?, number })
    }

    pub(super) fn whole(&self) -> Option<Vec<u8>> {
        BYTES.get(self.dump.clone()).map(<[u8]>::to_vec)
    }

    /// The dump of a grammar without what `words` cannot match.
    pub(super) fn fitting(words: &str) -> impl Fn(&Grammar) -> Option<Vec<u8>> {
        move |grammar| {
            let contexts = fit(BYTES.get(grammar.contexts.clone())?, BYTES.get(grammar.plan.clone())?, words)?;
            let mut dump = BYTES.get(grammar.dump.start..grammar.contexts.start - NUMBER)?.to_vec();
            dump.extend((contexts.len() as u64).to_le_bytes());
            dump.extend(contexts);
            Some(dump)
        }
    }
}

/// The number of the grammar of a language label. Labels that blogs use and the grammars do not know are told here.
pub(super) fn find(label: &str) -> Option<usize> {
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
    let has_extension = |grammar: &Grammar| grammar.extensions.iter().any(|one| one.eq_ignore_ascii_case(known));
    let has_name = |grammar: &Grammar| grammar.name.eq_ignore_ascii_case(known);
    // Of several the last counts.
    GRAMMARS.iter().rposition(has_extension).or_else(|| GRAMMARS.iter().rposition(has_name))
}

#[cfg(test)]
mod tests {
    use syntect::parsing::Regex;
    use syntect::parsing::syntax_definition::{MatchPattern, Pattern};

    use super::*;

    #[test]
    fn every_grammar_loads_with_all_that_it_leads_to() {
        for (number, grammar) in GRAMMARS.iter().enumerate() {
            let loaded = Grammar::load(number, Grammar::whole).unwrap_or_else(|| panic!("{}", grammar.name));
            assert_eq!(loaded.syntax().name, grammar.name);
            assert_eq!(loaded.set.syntaxes().len(), GRAMMARS.len());
            for needed in grammar.needs {
                assert_eq!(loaded.set.syntaxes()[*needed].name, GRAMMARS[*needed].name);
            }
            // Contexts that cannot be found would be an error.
            let mut state = syntect::parsing::ParseState::new(loaded.syntax());
            for line in ["#!/bin/sh\n", "<a href=\"x\">{{ y }} /* z */ <?php 1 + 2; ?> $(w) `v` #{u}\n"] {
                assert!(state.parse_line(line, &loaded.set).is_ok(), "{}", grammar.name);
            }
        }
    }

    #[test]
    fn every_expression_compiles() {
        let mut dump = (GRAMMARS.len() as u64).to_le_bytes().to_vec();
        GRAMMARS.iter().for_each(|grammar| dump.extend(&BYTES[grammar.dump.clone()]));
        dump.extend([0; NUMBER]);
        let set: SyntaxSet = from_uncompressed_data(&dump).unwrap();
        let mut broken = Vec::new();
        for syntax in set.into_builder().syntaxes() {
            for pattern in syntax.contexts.values().flat_map(|context| &context.patterns) {
                // What refers to a group of another expression is made whole only when that has matched.
                if let Pattern::Match(MatchPattern { regex, .. }) = pattern
                    && !has_reference(regex.regex_str())
                    && let Some(error) = Regex::try_compile(regex.regex_str())
                {
                    broken.push(format!("{}: {}: {error}", syntax.name, regex.regex_str()));
                }
            }
        }
        assert!(broken.is_empty(), "{} of them: {:#?}", broken.len(), &broken[..broken.len().min(20)]);
    }

    fn has_reference(expression: &str) -> bool {
        let mut escaped = expression.split('\\').skip(1);
        escaped.any(|rest| rest.starts_with(|c: char| c.is_ascii_digit() && c != '0'))
    }

    #[test]
    fn labels_name_grammars() {
        for (label, name) in [
            ("rust", Some("Rust")),
            ("RS", Some("Rust")),
            ("golang", Some("Go")),
            ("console", Some("Bourne Again Shell (bash)")),
            ("hcl", Some("Terraform")),
            ("text", None),
            ("nosuch", None),
        ] {
            assert_eq!(find(label).map(|number| GRAMMARS[number].name), name, "{label}");
        }
    }
}
