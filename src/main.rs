//! Arguments, one command, exit code.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kiji::cli::{self, Arguments, Command, Format};
use kiji::commands::{self, FAILED, Failure, Form, MISUSED, cannot_open, finish, shelf};
use kiji::config::{self, ColourChoice, Config, Settings, ThemeChoice};
use kiji::document::{Document, highlight};
use kiji::layout::{Page, Sheet, Telling, lay_out};
use kiji::library::source::Encoding;
use kiji::library::{OpenError, Post, PostId};
use kiji::messages::Language;
use kiji::shelf::Shelf;
use kiji::shell::{Looks, Start};
use kiji::text::Clean;
use kiji::ui::theme::{Depth, Ground, Theme};
use kiji::{manual, messages, print, reading, shell};

fn main() -> ExitCode {
    messages::speak(locale());
    let mut config = config::file().map_or_else(Config::default, |file| config::read(&file));
    messages::speak(config.settings.language(locale()));
    let arguments = cli::parse();
    config.settings.linear |= arguments.is_linear();
    // The reader shows them itself.
    for problem in config.problems.iter().filter(|_| arguments.command.is_some()) {
        let _ = writeln!(io::stderr(), "kiji: {}", Clean::line(&problem.to_string()));
    }
    match run(arguments, &config) {
        Ok(code) => code,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "kiji: {}", Clean::line(&failure.message));
            ExitCode::from(failure.code)
        }
    }
}

/// The language of the environment.
fn locale() -> Language {
    let values = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
    Language::of_locale(values.iter().map(String::as_str))
}

fn run(arguments: Arguments, config: &Config) -> Result<ExitCode, Failure> {
    let settings = &config.settings;
    match arguments.command {
        Some(Command::Show { file, width, format, body, links, encoding, .. }) => {
            let printing =
                Printing { width, format, body_alone: body, with_targets: links, encoding: named(encoding)? };
            show(&file, &printing, settings)
        }
        Some(Command::List { path, json, encoding }) => list(path, json, named(encoding)?, settings),
        Some(Command::Config { default: true, .. }) => {
            finish(write!(io::stdout().lock(), "{}", config::default_file()))
        }
        Some(Command::Completions { shell }) => finish(cli::complete(shell, &mut io::stdout().lock())),
        Some(Command::Man) => finish(manual::write(&mut io::stdout().lock(), cli::command(), &config.keymap)),
        Some(Command::Config { .. }) => {
            let file = config::file().unwrap_or_default();
            finish(writeln!(io::stdout().lock(), "{}", file.display()))
        }
        Some(Command::Search { query, path, json }) => {
            let colours = io::stdout().is_terminal().then(|| paper(looks(settings)));
            commands::search(&query, path.as_deref(), form(json), colours, settings)
        }
        Some(Command::Tags { path, json }) => commands::tags(path.as_deref(), form(json), settings),
        Some(Command::Links { file, json }) => commands::links(&file, form(json), settings),
        Some(Command::Check { path, json }) => commands::check(path.as_deref(), form(json), settings),
        None => {
            let encoding = named(arguments.encoding)?;
            let start = Start { encoding, is_resuming: arguments.resume, ..Start::default() };
            read(arguments.path.as_deref(), start, config)
        }
    }
}

fn form(json: bool) -> Form {
    if json { Form::Json } else { Form::Plain }
}

/// The encoding of a name that was typed.
fn named(name: Option<String>) -> Result<Option<Encoding>, Failure> {
    let Some(name) = name else { return Ok(None) };
    match Encoding::named(&name) {
        None => Err(Failure {
            code: MISUSED,
            message: messages::no_such_encoding(&name, &Encoding::OFFERED.map(Encoding::name)),
        }),
        encoding => Ok(encoding),
    }
}

/// Opens the reader.
fn read(path: Option<&Path>, start: Start, config: &Config) -> Result<ExitCode, Failure> {
    shell::check_terminal().map_err(|message| Failure { code: MISUSED, message: message.to_owned() })?;
    let shelf = shelf(path, &config.settings)?;
    if let Shelf::Path(path) = &shelf {
        path.metadata().map_err(|cause| cannot_open(&OpenError { path: path.clone(), cause }))?;
    }
    let settings = &config.settings;
    let is_resuming = start.is_resuming || settings.resume;
    // The setting resumes in the folder that is opened; who asks for it without a path means the last one.
    let is_anywhere = start.is_resuming && path.is_none();
    let state = settings.state.then(config::state_folder).flatten();
    shell::run(
        shelf,
        Start { is_resuming, is_anywhere, state, cache: settings.index_cache(), ..start },
        config,
        looks(settings),
    )
    .map(ExitCode::from)
    .map_err(|error| Failure { code: FAILED, message: messages::terminal_failed(&error) })
}

/// How one post is to be printed.
struct Printing {
    width: Option<u32>,
    format: Option<Format>,
    body_alone: bool,
    with_targets: bool,
    encoding: Option<Encoding>,
}

/// Prints one post.
fn show(file: &Path, printing: &Printing, settings: &Settings) -> Result<ExitCode, Failure> {
    let shelf = Shelf::of(file).map_err(|cause| cannot_open(&OpenError { path: file.to_owned(), cause }))?;
    if file.is_dir() {
        return Err(Failure { code: MISUSED, message: messages::is_a_folder(file) });
    }
    let format = printing.format.unwrap_or(if io::stdout().is_terminal() { Format::Ansi } else { Format::Text });
    // Words alone need no other post; the addresses of links do.
    let has_links = matches!(format, Format::Ansi | Format::Json) || printing.with_targets;
    let library = if has_links {
        shelf.open_cached(printing.encoding, settings.index_cache().as_ref())
    } else {
        shelf.open_alone(printing.encoding)
    };
    let mut library = library.map_err(|error| cannot_open(&error))?;
    if let (Shelf::Path(_), None) = (&shelf, library.by_file(file)) {
        // What its site does not count among its posts can be read all the same.
        library = shelf.open_alone(printing.encoding).map_err(|error| cannot_open(&error))?;
    }
    let id = if let Shelf::Input(_) = shelf { Some(PostId(0)) } else { library.by_file(file) };
    let Some(post) = id.and_then(|id| library.post(id)) else {
        return Err(Failure { code: FAILED, message: messages::not_a_post(file) });
    };
    let width = printing.width.map_or_else(|| default_width(settings), |width| width as usize);
    let mut document = match format {
        Format::Plain => reading::words(&library, post),
        _ => reading::read(&library, post),
    };
    if printing.body_alone {
        document.head.clear();
    }
    let mut sheet = settings.sheet(width);
    if format == Format::Plain {
        sheet.telling = Telling::Signs;
    }
    let page = page(document, &sheet, format);
    let theme = if format == Format::Ansi { paper(looks(settings)) } else { Theme::new(Ground::Unknown, Depth::None) };
    let mut out = io::BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut print = || -> io::Result<()> {
        match format {
            Format::Ansi => print::ansi(&mut out, &page, &library, post, theme)?,
            Format::Text => print::text(&mut out, &page)?,
            Format::Plain => print::plain(&mut out, &page)?,
            Format::Json => writeln!(out, "{}", print::json(&page, &library, post))?,
        }
        if printing.with_targets && format != Format::Json {
            print::targets(&mut out, &page, &library, post)?;
        }
        out.flush()
    };
    finish(print())
}

fn page(mut document: Document, sheet: &Sheet, format: Format) -> Page {
    if format == Format::Ansi {
        highlight::highlight(&mut document, highlight::PATIENCE);
    }
    lay_out(&document, sheet)
}

/// Lists the posts of a folder, newest first.
fn list(
    path: Option<PathBuf>,
    json: bool,
    encoding: Option<Encoding>,
    settings: &Settings,
) -> Result<ExitCode, Failure> {
    let shelf = shelf(path.as_deref(), settings)?.found();
    if let (Shelf::Path(path), true) = (&shelf, shelf.is_one_post()) {
        return Err(Failure { code: MISUSED, message: messages::is_a_file(path) });
    }
    let cache = settings.index_cache();
    let library = shelf.open_cached(encoding, cache.as_ref()).map_err(|error| cannot_open(&error))?;
    let folder = match &shelf {
        Shelf::Path(path) if path.is_dir() => path.strip_prefix(".").unwrap_or(path).to_owned(),
        _ => PathBuf::new(),
    };
    let mut posts: Vec<&Post> = library.listed().map(|(_, post)| post).collect();
    posts.sort_by_cached_key(|post| std::cmp::Reverse(post.date.map(|date| date.timestamp())));
    let mut out = io::BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut print = || -> io::Result<()> {
        for post in &posts {
            let path = Clean::line(&folder.join(&*post.name).to_string_lossy());
            if json {
                writeln!(out, "{}", print::entry(&library, post, &path))?;
            } else {
                print::line(&mut out, post, &path)?;
            }
        }
        out.flush()
    };
    let printed = print();
    for problem in &library.problems {
        let _ = writeln!(io::stderr(), "kiji: {}: {}", problem.place, problem.what);
    }
    // The program ends here: to take thousands of posts apart would only take time.
    std::mem::forget(library);
    finish(printed)
}

fn default_width(settings: &Settings) -> usize {
    let widest = usize::from(settings.width);
    // Where no terminal answers, the question itself would start another program.
    let terminal = if io::stdout().is_terminal() { shell::terminal_width() } else { None };
    terminal.map_or(widest, |width| widest.min(width))
}

/// The looks of what is printed. A terminal that may have any ground is asked for it.
fn paper(looks: Looks) -> Theme {
    let is_asked = looks.is_guess && io::stdout().is_terminal();
    let told = if is_asked { shell::ask_ground() } else { None };
    Theme::new(told.map_or(looks.ground, Ground::Of), looks.depth)
}

/// What is set and what the environment says of the colours to use.
fn looks(settings: &Settings) -> Looks {
    let says = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let ground = match settings.theme {
        ThemeChoice::Dark => Ground::Dark,
        ThemeChoice::Light => Ground::Light,
        ThemeChoice::Auto => Ground::of_environment(says),
    };
    let depth = match settings.colours {
        ColourChoice::Auto if says("NO_COLOR").is_some() => Depth::None,
        ColourChoice::Auto => Depth::of_environment(says),
        ColourChoice::Truecolor => Depth::Truecolor,
        ColourChoice::Indexed => Depth::Indexed,
        ColourChoice::Named => Depth::Named,
        ColourChoice::None => Depth::None,
    };
    Looks { ground, depth, is_guess: settings.theme == ThemeChoice::Auto && depth != Depth::None }
}
