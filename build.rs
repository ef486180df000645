//! How the program is linked, and the grammars of code made ready: a dump of each for itself, so that a post in one language loads one.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;
use syntect::dumps::dump_to_uncompressed_file;
use syntect::parsing::SyntaxSet;

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
    let set = two_face::syntax::extra_newlines();
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
