//! How the program is linked, and the grammars of code made ready: a dump of each for itself, so that a post in one language loads one.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use fancy_regex::{Expr, LookAround};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use syntect::dumps::from_binary;
use syntect::parsing::syntax_definition::{Context, ContextId, Pattern};
use syntect::parsing::{Regex, SyntaxReference, SyntaxSet, SyntaxSetBuilder};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=RUSTC_LINKER");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        // The tables of phrases, emoji and entities hold some 50,000 addresses. A position-independent program writes all of them
        // anew each time it starts, which takes longer than the printing of a post. The price: its own image lies at a fixed address
        // (heap and stack do not).
        println!("cargo:rustc-link-arg-bins=-no-pie");
        let folder = PathBuf::from(env::var("OUT_DIR")?).join("static");
        if write_static_libraries(&folder)? {
            println!("cargo:rustc-link-arg-bins=-static");
            println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
        }
    }
    write_grammars(&PathBuf::from(env::var("OUT_DIR")?))
}

/// The system libraries of a Rust program, and the archives that each is made of.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("c", &["libc.a", "libgcc_eh.a", "libgcc.a"]),
    ("m", &["libm.a"]),
    ("gcc_s", &["libgcc_eh.a"]),
    ("util", &["libutil.a"]),
    ("rt", &["librt.a"]),
    ("pthread", &["libpthread.a"]),
    ("dl", &["libdl.a"]),
];

/// Writes for each system library a script under the name by which the linker looks for the shared one, which leads to its archives
/// instead: mapping and binding the shared ones takes a fourth of the time in which a post is printed. It cannot be asked for by
/// `crt-static`, which fails where an archive is missing, as on systems that pack them apart. Gives whether all are there.
fn write_static_libraries(folder: &Path) -> Result<bool, Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let find = |archive: &str| {
        let output = Command::new(&linker).arg(format!("-print-file-name={archive}")).output().ok()?;
        let path = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        // A bare name comes back where there is no such file.
        Path::new(&path).is_absolute().then(|| format!("\"{path}\""))
    };
    for (name, archives) in LIBRARIES {
        let Some(paths) = archives.iter().map(|archive| find(archive)).collect::<Option<Vec<_>>>() else {
            return Ok(false);
        };
        fs::write(folder.join(format!("lib{name}.so")), format!("GROUP ( {} )\n", paths.join(" ")))?;
    }
    Ok(true)
}

/// Writes `grammars.bin`, the dumps and the plans one after the other, and `grammars.rs`, the table of them.
fn write_grammars(folder: &Path) -> Result<(), Box<dyn Error>> {
    let set = with_narrow_classes(two_face::syntax::extra_newlines());
    let mut bytes: Vec<u8> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for (syntax, needs) in set.syntaxes().iter().zip(needs(set.clone())?) {
        let needs = Vec::from_iter(needs);
        let start = bytes.len();
        bytes.extend(bincode::serialize(syntax)?);
        let end = bytes.len();
        let contexts = packed_contexts(syntax)?;
        let contexts_start = end - contexts.len();
        bytes.extend(plan(&contexts)?);
        lines.push(format!(
            "Grammar {{ name: {:?}, extensions: &{:?}, dump: {start}..{end}, contexts: {contexts_start}..{end}, plan: {end}..{}, \
             needs: &{needs:?} }},\n",
            syntax.name,
            syntax.file_extensions,
            bytes.len(),
        ));
    }
    fs::write(folder.join("grammars.bin"), bytes)?;
    fs::write(folder.join("grammars.rs"), format!("[\n{}]\n", lines.concat()))?;
    Ok(())
}

/// The contexts of a grammar as its dump ends with them.
fn packed_contexts(syntax: &SyntaxReference) -> Result<Vec<u8>, Box<dyn Error>> {
    Ok(serde_json::from_value(serde_json::to_value(syntax)?["serialized_lazy_contexts"].take())?)
}

/// What syntect packs of a grammar.
#[derive(Serialize, Deserialize)]
struct Contexts {
    ids: BTreeMap<String, ContextId>,
    contexts: Vec<Context>,
}

/// The plan by which a grammar is made smaller, see `highlight/fitting.rs`: numbers of four bytes. First the literals, as their count and
/// each one's length with its bytes. Then for each context: the bytes before the count of its patterns, that count, and for each
/// pattern: its bytes, how many literals it goes with, and which, each as the steps from the one before it.
fn plan(packed: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let size = |value: u64| u32::try_from(value);
    let mut unpacked = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut unpacked)?;
    let Contexts { contexts, .. } = from_binary(packed);
    let mut literals: Vec<String> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let all = contexts.iter().map(bincode::serialized_size).sum::<Result<u64, _>>()?;
    let mut before = unpacked.len() as u64 - all;
    let mut last = 0_u32;
    for context in &contexts {
        let patterns = context.patterns.iter().map(bincode::serialized_size).collect::<Result<Vec<u64>, _>>()?;
        before += bincode::serialized_size(context)? - patterns.iter().sum::<u64>() - size_of::<u64>() as u64;
        numbers.extend([size(before)?, size(patterns.len() as u64)?]);
        before = 0;
        for (pattern, length) in context.patterns.iter().zip(patterns) {
            let mut needed: Vec<u32> = Vec::new();
            for literal in literals_of(pattern) {
                let at = literals.iter().position(|known| *known == literal).unwrap_or_else(|| {
                    literals.push(literal);
                    literals.len() - 1
                });
                needed.push(size(at as u64)?.wrapping_sub(last));
                last = size(at as u64)?;
            }
            numbers.extend([size(length)?, size(needed.len() as u64)?]);
            numbers.extend(needed);
        }
    }
    let mut plan = ZlibEncoder::new(Vec::new(), Compression::best());
    plan.write_all(&size(literals.len() as u64)?.to_le_bytes())?;
    for literal in &literals {
        plan.write_all(&size(literal.len() as u64)?.to_le_bytes())?;
        plan.write_all(literal.as_bytes())?;
    }
    for number in numbers {
        plan.write_all(&number.to_le_bytes())?;
    }
    Ok(plan.finish()?)
}

/// The literals of which a text must hold one, in small letters, for a pattern to match anywhere in it; none where nothing can be said.
fn literals_of(pattern: &Pattern) -> Vec<String> {
    let Pattern::Match(pattern) = pattern else { return Vec::new() };
    let tree = Expr::parse_tree(pattern.regex.regex_str()).ok();
    tree.and_then(|tree| needed(&tree.expr)).unwrap_or_default()
}

/// As `literals_of`, for a part of an expression.
fn needed(expression: &Expr) -> Option<Vec<String>> {
    match expression {
        Expr::Literal { val, .. } => Some(vec![val.to_ascii_lowercase()]),
        Expr::Concat(parts) => needed_in_a_row(parts),
        Expr::Alt(ways) => ways.iter().map(needed).collect::<Option<Vec<_>>>().map(|all| all.concat()),
        Expr::Group(inner) | Expr::AtomicGroup(inner) => needed(inner),
        Expr::LookAround(inner, LookAround::LookAhead | LookAround::LookBehind) => needed(inner),
        Expr::Repeat { child, lo: 1.., .. } => needed(child),
        Expr::Delegate { inner, .. } => few_members(inner),
        _ => None,
    }
}

/// Of the parts that follow one another the one that says most: long literals before short, few before many.
fn needed_in_a_row(parts: &[Expr]) -> Option<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut literal = String::new();
    for part in parts {
        match part {
            Expr::Literal { val, .. } => literal.push_str(&val.to_ascii_lowercase()),
            Expr::Assertion(_) | Expr::Empty => {}
            part => {
                found.extend(needed(part));
                found.push(vec![std::mem::take(&mut literal)]);
            }
        }
    }
    found.push(vec![literal]);
    let shortest = |literals: &Vec<String>| literals.iter().map(String::len).min().unwrap_or(0);
    found.retain(|literals| shortest(literals) > 0);
    found.into_iter().max_by_key(|literals| (shortest(literals).min(3), std::cmp::Reverse(literals.len())))
}

/// The characters of a class, where they are few.
fn few_members(class: &str) -> Option<Vec<String>> {
    const FEW: usize = 16;
    let class = members(class)?;
    let all: Vec<char> = class.iter().flat_map(|range| range.start()..=range.end()).take(FEW + 1).collect();
    let few: BTreeSet<String> = all.iter().map(|member| member.to_ascii_lowercase().to_string()).collect();
    (1..=FEW).contains(&all.len()).then(|| few.into_iter().collect())
}

/// A set whose classes know ASCII alone. To compile those of Unicode would take most of the time that a post with code needs, and
/// the highlighter looks at words in which letters of ASCII stand for all other characters.
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
    let mut rest = expression;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '\\' => escape_length(rest),
            '[' => class_length(rest),
            '#' if has_comments => rest.find('\n').unwrap_or(rest.len()),
            next => next.len_utf8(),
        };
        let (part, after) = rest.split_at(length);
        let class = matches!(next, '\\' | '[').then(|| members(part)).flatten();
        narrowed.push_str(&class.map_or_else(|| part.to_owned(), |class| narrow_class(&class)));
        rest = after;
    }
    narrowed
}

/// The length of the escape that an expression starts with, in bytes.
fn escape_length(expression: &str) -> usize {
    let name = expression[1..].chars().next();
    match name {
        Some('p' | 'P' | 'x') if expression[2..].starts_with('{') => {
            expression.find('}').map_or(expression.len(), |end| end + 1)
        }
        name => 1 + name.map_or(0, char::len_utf8),
    }
}

/// The length of the class that an expression starts with, in bytes.
fn class_length(expression: &str) -> usize {
    let mut at = if expression.starts_with("[^") { 2 } else { 1 };
    if expression[at..].starts_with(']') {
        at += 1;
    }
    let mut depth = 1;
    while depth > 0 && at < expression.len() {
        match expression.as_bytes()[at] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    at.min(expression.len())
}

/// The characters that a class stands for, or an escape that is one. Nothing where it is something else.
fn members(class: &str) -> Option<ClassUnicode> {
    let Expr::Delegate { inner, .. } = Expr::parse_tree(class).ok()?.expr else { return None };
    match regex_syntax::parse(&inner).ok()?.into_kind() {
        HirKind::Class(Class::Unicode(class)) => Some(class),
        _ => None,
    }
}

/// A class written anew, with its characters of ASCII alone.
fn narrow_class(class: &ClassUnicode) -> String {
    let mut narrowed = class.clone();
    narrowed.intersect(&ClassUnicode::new([ClassUnicodeRange::new('\0', '\x7f')]));
    let ranges =
        narrowed.iter().map(|range| format!("\\x{:02x}-\\x{:02x}", u32::from(range.start()), u32::from(range.end())));
    let ranges: String = ranges.collect();
    // What knows no character of ASCII matches nothing.
    if ranges.is_empty() { "[^\\x00-\\x{10FFFF}]".to_owned() } else { format!("[{ranges}]") }
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
