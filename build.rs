//! How the program is linked, and the grammars of code made ready: a dump of each for itself, so that a post in one language loads one.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;
use syntect::dumps::dump_to_uncompressed_file;
use syntect::parsing::syntax_definition::Pattern;
use syntect::parsing::{Regex, SyntaxSet, SyntaxSetBuilder};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    // The tables of phrases, emoji and entities hold some 50,000 addresses. A position-independent program writes all of them anew
    // each time it starts, which takes longer than the printing of a post. The price: its own image lies at a fixed address (heap,
    // stack and libraries do not).
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
    write_grammars(&PathBuf::from(env::var("OUT_DIR")?))
}

/// Writes `grammars.bin`, the dumps one after the other, and `grammars.rs`, the table of them.
fn write_grammars(folder: &Path) -> Result<(), Box<dyn Error>> {
    let set = with_narrow_classes(two_face::syntax::extra_newlines());
    let mut dumps: Vec<u8> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for (syntax, needs) in set.syntaxes().iter().zip(needs(set.clone())?) {
        let needs = Vec::from_iter(needs);
        let start = dumps.len();
        let file = folder.join("grammar.bin");
        dump_to_uncompressed_file(syntax, &file)?;
        dumps.extend(fs::read(&file)?);
        lines.push(format!(
            "Grammar {{ name: {:?}, extensions: &{:?}, dump: {start}..{}, needs: &{needs:?} }},\n",
            syntax.name,
            syntax.file_extensions,
            dumps.len(),
        ));
    }
    fs::write(folder.join("grammars.bin"), dumps)?;
    fs::write(folder.join("grammars.rs"), format!("[\n{}]\n", lines.concat()))?;
    Ok(())
}

/// A set whose expressions take every character beyond ASCII for a letter. To compile the classes of Unicode would take most of the time
/// that a post with code needs, and all that depends on it is the colour of words in other scripts.
fn with_narrow_classes(set: SyntaxSet) -> SyntaxSet {
    let mut builder = SyntaxSetBuilder::new();
    for syntax in set.into_builder().syntaxes() {
        let mut syntax = syntax.clone();
        for pattern in syntax.contexts.values_mut().flat_map(|context| &mut context.patterns) {
            if let Pattern::Match(pattern) = pattern {
                pattern.regex = Regex::new(narrow(pattern.regex.regex_str()));
            }
        }
        builder.add(syntax);
    }
    builder.build()
}

/// An expression with narrow classes.
fn narrow(expression: &str) -> String {
    let has_comments = expression.contains("(?x");
    let mut narrowed = String::new();
    let mut depth = 0_usize;
    let mut rest = expression;
    while let Some(next) = rest.chars().next() {
        let class = (next == '\\').then(|| class(rest)).flatten();
        if let Some((members, is_negated, length)) = class {
            match (depth, is_negated) {
                (0, false) => narrowed.push_str(&format!("[{members}]")),
                (_, true) => narrowed.push_str(&format!("[^{members}]")),
                (_, false) => narrowed.push_str(members),
            }
            rest = &rest[length..];
            continue;
        }
        let length = match next {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '#' if has_comments && depth == 0 => rest.find('\n').unwrap_or(rest.len()),
            next => next.len_utf8(),
        };
        match next {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        narrowed.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    narrowed
}

/// The members of the class that an expression starts with, whether it is all but those, and its length in bytes.
fn class(expression: &str) -> Option<(&'static str, bool, usize)> {
    const CLASSES: [(&str, &str); 7] = [
        ("w", "0-9A-Z_a-z\\x{80}-\\x{10FFFF}"),
        ("d", "0-9"),
        ("s", "\\t-\\r\\x20"),
        ("p{L}", "A-Za-z\\x{80}-\\x{10FFFF}"),
        ("p{Alpha}", "A-Za-z\\x{80}-\\x{10FFFF}"),
        ("p{N}", "0-9"),
        ("p{Nd}", "0-9"),
    ];
    let name = &expression[1..];
    CLASSES.iter().find_map(|(known, members)| {
        let is_negated = name.starts_with(&known[..1].to_uppercase());
        let is_known = name.get(1..known.len())? == &known[1..] && (is_negated || name.starts_with(&known[..1]));
        is_known.then_some((*members, is_negated, 1 + known.len()))
    })
}

/// For each grammar of a set those that it leads to, itself among them.
fn needs(set: SyntaxSet) -> Result<Vec<BTreeSet<usize>>, Box<dyn Error>> {
    let mut direct: Vec<BTreeSet<usize>> = Vec::new();
    for (at, syntax) in set.into_builder().syntaxes().iter().enumerate() {
        let mut found = BTreeSet::from([at]);
        note_references(&serde_json::to_value(syntax)?, &mut found);
        direct.push(found);
    }
    let all = |at: usize| {
        let mut found = BTreeSet::new();
        let mut open = vec![at];
        while let Some(next) = open.pop() {
            if found.insert(next) {
                open.extend(&direct[next]);
            }
        }
        found
    };
    Ok((0..direct.len()).map(all).collect())
}

/// Collects the grammars whose contexts a value refers to.
fn note_references(value: &Value, found: &mut BTreeSet<usize>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("syntax_index").and_then(Value::as_u64).map(|at| at as usize));
            map.values().for_each(|value| note_references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| note_references(value, found)),
        _ => {}
    }
}
