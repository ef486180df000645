//! The grammars of code, each loaded by itself and only when code in its language is met.
//!
//! The build has written them one after the other. A set that is loaded keeps their numbers, since they refer to one another by them, and
//! has the words of the one that is wanted and of those that it leads to.

use std::ops::Range;
use std::sync::OnceLock;

use syntect::dumps::from_uncompressed_data;
use syntect::parsing::{SyntaxReference, SyntaxSet};

static DUMPS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/grammars.bin"));

#[expect(clippy::unreadable_literal, reason = "the build writes it")]
static GRAMMARS: &[Grammar] = &include!(concat!(env!("OUT_DIR"), "/grammars.rs"));

static LOADED: [OnceLock<Option<Loaded>>; GRAMMARS.len()] = [const { OnceLock::new() }; GRAMMARS.len()];

/// A number in a dump, in bytes.
const NUMBER: usize = size_of::<u64>();

/// The dump of a grammar without words: five counts of nothing, and two marks for what is not there.
const EMPTY: [u8; 5 * NUMBER + 2] = [0; 5 * NUMBER + 2];

/// A grammar that may be loaded.
pub(super) struct Grammar {
    name: &'static str,
    extensions: &'static [&'static str],
    /// Where its dump is, in bytes.
    dump: Range<usize>,
    /// The numbers of the grammars that it leads to, and its own.
    needs: &'static [usize],
}

/// A grammar that was loaded.
pub(super) struct Loaded {
    pub(super) set: SyntaxSet,
    number: usize,
}

impl Loaded {
    pub(super) fn syntax(&self) -> &SyntaxReference {
        &self.set.syntaxes()[self.number]
    }
}

impl Grammar {
    /// Loads it, the first time that it is asked for.
    pub(super) fn get(number: usize) -> Option<&'static Loaded> {
        LOADED.get(number)?.get_or_init(|| Grammar::load(number)).as_ref()
    }

    fn load(number: usize) -> Option<Loaded> {
        let wanted = GRAMMARS.get(number)?.needs;
        let mut dump = (GRAMMARS.len() as u64).to_le_bytes().to_vec();
        for (at, grammar) in GRAMMARS.iter().enumerate() {
            let is_wanted = wanted.contains(&at);
            dump.extend(if is_wanted { &DUMPS[grammar.dump.clone()] } else { &EMPTY });
        }
        // No paths of files.
        dump.extend([0; NUMBER]);
        Some(Loaded { set: from_uncompressed_data(&dump).ok()?, number })
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
            let loaded = Grammar::get(number).unwrap_or_else(|| panic!("{}", grammar.name));
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
        GRAMMARS.iter().for_each(|grammar| dump.extend(&DUMPS[grammar.dump.clone()]));
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
