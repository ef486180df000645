//! `kiji tags`: the terms of a blog and how many posts have each.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::{Failure, Form, Opened, finish};
use crate::config::Settings;
use crate::library::{Library, Term};
use crate::print;

/// Prints the terms, the most frequent of each taxonomy first.
///
/// # Errors
/// Where the posts cannot be opened, or the output failed.
pub fn tags(path: Option<&Path>, form: Form, settings: &Settings) -> Result<ExitCode, Failure> {
    let opened = Opened::of(path, settings)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut print = || -> io::Result<()> {
        for (term, count) in counted(&opened.library) {
            match form {
                Form::Json => writeln!(out, "{}", print::term_json(&term, count))?,
                Form::Plain => writeln!(out, "{count}\t{}", term.label())?,
            }
        }
        out.flush()
    };
    finish(print())
}

/// Tags, then the terms of the other taxonomies; those that are one on the site are one.
fn counted(library: &Library) -> Vec<(Term, usize)> {
    let mut counts: BTreeMap<(String, String), (Term, usize)> = BTreeMap::new();
    for term in library.listed().flat_map(|(_, post)| library.terms(post)) {
        let key = (term.taxonomy.to_string(), Term::key(&term.name));
        counts.entry(key).or_insert((term, 0)).1 += 1;
    }
    let mut counts: Vec<(Term, usize)> = counts.into_values().collect();
    counts.sort_by(|(left, few), (right, many)| left.taxonomy.cmp(&right.taxonomy).then(many.cmp(few)));
    counts
}
