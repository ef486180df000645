//! `kiji search`: which posts a query means, with the lines that hold its words.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use super::{Failure, Form, MISUSED, Opened, finish};
use crate::config::{self, Settings};
use crate::library::calendar::Today;
use crate::library::{Library, PostId};
use crate::search::full_text::{self, Found};
use crate::search::query::{Order, Query, Scope};
use crate::search::signature::Signatures;
use crate::state::facts::Facts;
use crate::ui::theme::Theme;
use crate::{messages, print, shell};

/// Prints what is found, in the order that the query asks for, newest first without. Words that name no field are looked for in the
/// texts.
///
/// # Errors
/// Where the query is wrong, the posts cannot be opened, or the output failed.
pub fn search(
    typed: &str,
    path: Option<&Path>,
    form: Form,
    theme: Option<Theme>,
    settings: &Settings,
) -> Result<ExitCode, Failure> {
    let opened = Opened::of(path, settings)?;
    let library = &opened.library;
    let (query, problems) = Query::parse(typed, Scope::Texts, library, Today::now(&library.site.zone));
    if let Some(problem) = problems.first() {
        let message = messages::bad_query(&typed[problem.range.clone()], &problem.what);
        return Err(Failure { code: MISUSED, message });
    }
    let facts = facts(library, settings);
    let posts = query.select(library, &facts, Order::default());
    let query = query.settled(&posts, library, &facts);
    let found = found(&opened, &posts, &query);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut print = || -> io::Result<()> {
        for one in &found {
            let Some(post) = library.post(one.post) else { continue };
            let path = opened.path(&post.name);
            match form {
                Form::Json => writeln!(out, "{}", print::found_json(&path, post, one, library))?,
                Form::Plain => print::found(&mut out, &path, post, one, library, theme)?,
            }
        }
        out.flush()
    };
    finish(print())
}

/// Which posts were read, and which are favourites.
fn facts(library: &Library, settings: &Settings) -> Facts {
    let folder = settings.state.then(config::state_folder).flatten();
    folder.map_or_else(Facts::default, |folder| Facts::of(library, &shell::remembered(folder)))
}

/// What is found, in its order; a query that asks nothing of texts finds every post that it means.
fn found(opened: &Opened, posts: &[PostId], query: &Query) -> Vec<Found> {
    if !query.asks_texts() {
        return posts.iter().enumerate().map(|(position, post)| Found::whole(*post, position)).collect();
    }
    let all = Mutex::new(Vec::new());
    let take = |one| all.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    let no_signatures = Signatures::default();
    full_text::search(&opened.library, posts, query, &no_signatures, &AtomicBool::new(false), &take);
    let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    full_text::arrange(&mut all);
    all
}
