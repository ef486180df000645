//! Arguments, one command, exit code.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kiji::cli::{self, Arguments, Command, Format};
use kiji::config::{self, Settings, ThemeChoice};
use kiji::document::highlight;
use kiji::layout::{Page, Sheet, lay_out};
use kiji::library::source::Encoding;
use kiji::library::{Library, OpenError, Post, PostId};
use kiji::messages::Language;
use kiji::shelf::Shelf;
use kiji::text::Clean;
use kiji::ui::theme::{Ground, Theme};
use kiji::{messages, print, reading, shell};

/// Something went wrong.
const FAILED: u8 = 1;
/// The program cannot be used like this: wrong arguments or settings, or no terminal.
const MISUSED: u8 = 2;

/// Why the program ends early: its exit code, and one line for the user.
struct Failure {
    code: u8,
    message: String,
}

fn main() -> ExitCode {
    messages::speak(locale());
    let settings = settings();
    if let Ok(settings) = &settings {
        messages::speak(settings.language(locale()));
    }
    let arguments = cli::parse();
    match settings.and_then(|settings| run(arguments, &settings)) {
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

fn settings() -> Result<Settings, Failure> {
    match config::file() {
        Some(file) => config::read(&file).map_err(|error| Failure { code: MISUSED, message: error.to_string() }),
        None => Ok(Settings::default()),
    }
}

fn run(arguments: Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    match arguments.command {
        Some(Command::Show { file, width, format, links, encoding }) => {
            let printing = Printing { width, format, with_targets: links, encoding: named(encoding)? };
            show(&file, &printing, settings)
        }
        Some(Command::List { path, json, encoding }) => list(path, json, named(encoding)?, settings),
        None => read(arguments.path.as_deref(), named(arguments.encoding)?, settings),
    }
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
fn read(path: Option<&Path>, encoding: Option<Encoding>, settings: &Settings) -> Result<ExitCode, Failure> {
    shell::check_terminal().map_err(|message| Failure { code: MISUSED, message: message.to_owned() })?;
    let shelf = shelf(path, settings)?;
    if let Shelf::Path(path) = &shelf {
        // There is nothing to read: it was called wrongly.
        path.metadata()
            .map_err(|cause| Failure { code: MISUSED, ..cannot_open(&OpenError { path: path.clone(), cause }) })?;
    }
    let theme = theme(settings);
    shell::run(shelf, encoding, settings, theme)
        .map(ExitCode::from)
        .map_err(|error| Failure { code: FAILED, message: messages::terminal_failed(&error) })
}

/// How one post is to be printed.
struct Printing {
    width: Option<u32>,
    format: Option<Format>,
    with_targets: bool,
    encoding: Option<Encoding>,
}

/// Prints one post.
fn show(file: &Path, printing: &Printing, settings: &Settings) -> Result<ExitCode, Failure> {
    let shelf = Shelf::of(file).map_err(|cause| cannot_open(&OpenError { path: file.to_owned(), cause }))?;
    if file.is_dir() {
        return Err(Failure { code: MISUSED, message: messages::is_a_folder(file) });
    }
    let format = printing.format.unwrap_or(if io::stdout().is_terminal() { Format::Ansi } else { Format::Plain });
    // Words alone need no other post; the addresses of links do.
    let has_links = format != Format::Plain || printing.with_targets;
    let library = if has_links { shelf.open(printing.encoding) } else { shelf.open_alone(printing.encoding) };
    let library = library.map_err(|error| cannot_open(&error))?;
    let id = if let Shelf::Input(_) = shelf { Some(PostId(0)) } else { library.by_file(file) };
    let Some(post) = id.and_then(|id| library.post(id)) else {
        return Err(Failure { code: FAILED, message: messages::not_a_post(file) });
    };
    let width = printing.width.map_or_else(|| default_width(settings), |width| width as usize);
    let page = page(&library, post, &settings.sheet(width), format);
    let mut out = io::BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut print = || -> io::Result<()> {
        match format {
            Format::Ansi => print::ansi(&mut out, &page, &library, post, theme(settings))?,
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

fn page(library: &Library, post: &Post, sheet: &Sheet, format: Format) -> Page {
    let mut document = reading::read(library, post);
    if format == Format::Ansi && highlight::is_wanted(&document) {
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
    let library = shelf.open(encoding).map_err(|error| cannot_open(&error))?;
    let folder = match &shelf {
        Shelf::Path(path) if path.is_dir() => path.strip_prefix(".").unwrap_or(path).to_owned(),
        _ => PathBuf::new(),
    };
    let mut posts: Vec<Post> = library.listed().map(|(_, post)| post.clone()).collect();
    posts.sort_by_key(|post| std::cmp::Reverse(post.date.map(|date| date.timestamp())));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut print = || -> io::Result<()> {
        for post in &mut posts {
            post.name = Clean::line(&folder.join(&*post.name).to_string_lossy());
            if json {
                writeln!(out, "{}", print::entry(&library, post))?;
            } else {
                writeln!(out, "{}", print::line(post))?;
            }
        }
        out.flush()
    };
    let printed = print();
    for problem in &library.problems {
        let _ = writeln!(io::stderr(), "kiji: {}: {}", problem.place, problem.what);
    }
    finish(printed)
}

/// A reader that stops reading is no failure of ours.
fn finish(printed: io::Result<()>) -> Result<ExitCode, Failure> {
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure { code: FAILED, message: messages::cannot_write(&error) })
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn shelf(path: Option<&Path>, settings: &Settings) -> Result<Shelf, Failure> {
    let setting = settings.path.as_deref().map(config::expand_home);
    match path.or(setting.as_deref()) {
        Some(path) => Shelf::of(path).map_err(|cause| cannot_open(&OpenError { path: path.to_owned(), cause })),
        None => Ok(Shelf::Folder(PathBuf::from("."))),
    }
}

fn cannot_open(error: &OpenError) -> Failure {
    Failure { code: FAILED, message: messages::cannot_open(&error.path, &error.cause) }
}

fn default_width(settings: &Settings) -> usize {
    let widest = usize::from(settings.width);
    // Where no terminal answers, the question itself would start another program.
    let terminal = if io::stdout().is_terminal() { shell::terminal_width() } else { None };
    terminal.map_or(widest, |width| widest.min(width))
}

/// The colours to use: none where `NO_COLOR` asks for that, else what is set, else what the terminal says of itself.
fn theme(settings: &Settings) -> Theme {
    let says = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let ground = match settings.theme {
        _ if says("NO_COLOR").is_some() => Ground::Colourless,
        ThemeChoice::Dark => Ground::Dark,
        ThemeChoice::Light => Ground::Light,
        ThemeChoice::Auto => match says("COLORFGBG").and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok()) {
            Some(0..=6 | 8) => Ground::Dark,
            Some(_) => Ground::Light,
            None => Ground::Either,
        },
    };
    Theme::new(ground)
}
