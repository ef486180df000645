//! `kiji check`: what is wrong inside a blog.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::{FAILED, Failure, Form, Opened, finish};
use crate::config::Settings;
use crate::print;
use crate::reading::audit::audit;

/// Prints what is wrong. The exit code is 1 where anything is.
///
/// # Errors
/// Where the posts cannot be opened, or the output failed.
pub fn check(path: Option<&Path>, form: Form, settings: &Settings) -> Result<ExitCode, Failure> {
    let opened = Opened::of(path, settings)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let faults = audit(&opened.library);
    let mut print = || -> io::Result<()> {
        for fault in &faults {
            let path = opened.path(&fault.place);
            match form {
                Form::Json => writeln!(out, "{}", print::fault_json(&path, fault))?,
                Form::Plain => writeln!(out, "{}", print::fault_line(&path, fault))?,
            }
        }
        out.flush()
    };
    let printed = finish(print())?;
    Ok(if faults.is_empty() { printed } else { ExitCode::from(FAILED) })
}
