//! `kiji links`: where the links of a post lead.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::{FAILED, Failure, Form, MISUSED, Opened, finish};
use crate::config::Settings;
use crate::layout::{Sheet, lay_out};
use crate::library::PostId;
use crate::{messages, print, reading};

/// Prints the links of a post in their order.
///
/// # Errors
/// Where the post cannot be opened or is none, or the output failed.
pub fn links(file: &Path, form: Form, settings: &Settings) -> Result<ExitCode, Failure> {
    if file.is_dir() {
        return Err(Failure { code: MISUSED, message: messages::is_a_folder(file) });
    }
    let opened = Opened::around(file, settings)?;
    let library = &opened.library;
    let id = if file == Path::new("-") { Some(PostId(0)) } else { library.by_file(file) };
    let Some(post) = id.and_then(|id| library.post(id)) else {
        return Err(Failure { code: FAILED, message: messages::not_a_post(file) });
    };
    let page = lay_out(&reading::read(library, post), &Sheet::of(usize::from(settings.width)));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut print = || -> io::Result<()> {
        for lead in print::leads(&page, library, post) {
            match form {
                Form::Json => writeln!(out, "{}", lead.json())?,
                Form::Plain => writeln!(out, "{}", lead.line())?,
            }
        }
        out.flush()
    };
    finish(print())
}
