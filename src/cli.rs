//! What the user may type. Help comes from here.

mod japanese;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use clap_complete::Shell;

use crate::messages::{Language, language};
use crate::text::clean;

/// Read folders of Markdown posts in the terminal.
#[derive(Debug, Parser)]
#[command(name = "kiji", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// A Hugo site, a folder of Markdown, one file, or - for one post from standard input.
    /// Without it: the blog in this folder, or else the sample posts.
    pub path: Option<PathBuf>,

    /// The encoding of the file, such as EUC-JP; in a folder, that of the posts that are not UTF-8. Default: a guess.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,

    /// Start where the last session ended: without a path in the folder that was open last.
    #[arg(long)]
    pub resume: bool,

    /// Tell everything in words, in one pane, without boxes and pictures: for screen readers and braille.
    #[arg(long)]
    pub linear: bool,
}

impl Arguments {
    /// Whether everything is to be told in words.
    #[must_use]
    pub fn is_linear(&self) -> bool {
        self.linear || matches!(self.command, Some(Command::Show { linear: true, .. }))
    }
}

/// What is typed, with help in the language that is spoken.
#[must_use]
pub fn command() -> clap::Command {
    match language() {
        Language::English => Arguments::command(),
        Language::Japanese => japanese::translated(Arguments::command()),
    }
}

/// Reads what was typed. Ends the program where help was asked for, or where it was not understood.
#[must_use]
pub fn parse() -> Arguments {
    let matches = command().try_get_matches().unwrap_or_else(|error| end(&error));
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| end(&error))
}

/// Prints help, or what was not understood, and ends the program. What was typed may hold anything, and is shown harmless.
fn end(error: &clap::Error) -> ! {
    if !error.use_stderr() {
        error.exit();
    }
    let mut said = String::new();
    clean::append(&mut said, &error.render().to_string());
    let _ = io::stderr().write_all(said.as_bytes());
    process::exit(error.exit_code());
}

/// Writes what a shell needs to complete what is typed.
///
/// # Errors
/// Those of the output.
pub fn complete(shell: Shell, out: &mut dyn Write) -> io::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "kiji", &mut script);
    out.write_all(&script)
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print one post.
    Show {
        /// The post, or - for standard input.
        file: PathBuf,

        /// How wide the text may be, in columns. Default: the terminal's width, at most the setting `width`.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        width: Option<u32>,

        /// Default: ansi on a terminal, text elsewhere.
        #[arg(long, value_enum)]
        format: Option<Format>,

        /// Leave out the title, date, authors and tags that stand above the text.
        #[arg(long)]
        body: bool,

        /// List the targets of the links below the text.
        #[arg(long)]
        links: bool,

        /// Announce headings, links, lists, tables and the like in words, without boxes: for screen readers and braille.
        #[arg(long)]
        linear: bool,

        /// The encoding of the post, such as EUC-JP. Default: a guess.
        #[arg(long, value_name = "NAME")]
        encoding: Option<String>,
    },
    /// List the posts of a folder, newest first: path, date, draft, future or expired, title, tags.
    List {
        /// The folder. Without it: the blog in this folder, or else the sample posts.
        path: Option<PathBuf>,

        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,

        /// The encoding of the posts that are not UTF-8. Default: a guess.
        #[arg(long, value_name = "NAME")]
        encoding: Option<String>,
    },
    /// Print a whole settings file, or where it lies.
    #[command(group(clap::ArgGroup::new("what").required(true)))]
    Config {
        /// Print every setting and every key with its default and its meaning.
        #[arg(long, group = "what")]
        default: bool,

        /// Print where the settings file lies.
        #[arg(long, group = "what")]
        path: bool,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell that they are for.
        shell: Shell,
    },
    /// Print the manual page, in roff.
    Man,
    /// Find posts by what they say: path, line and words.
    Search {
        /// Words of the text, "a phrase", /an expression/, or fields such as title:, tag:, -tag:, category:, author:, lang:, in:, after:,
        /// before:, is:, sort:.
        query: String,

        /// The folder. Without it: the blog in this folder, or else the sample posts.
        path: Option<PathBuf>,

        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// List the tags and other terms of a folder, with how many posts have each.
    Tags {
        /// The folder. Without it: the blog in this folder, or else the sample posts.
        path: Option<PathBuf>,

        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// List the links of a post: what each is (post, here, elsewhere, dead), where it leads, its words.
    Links {
        /// The post, or - for standard input.
        file: PathBuf,

        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Look for what is wrong in a folder: links to nothing, missing images, unknown shortcodes, broken settings. Exits with 1 where
    /// there is any.
    Check {
        /// The folder. Without it: the blog in this folder, or else the sample posts.
        path: Option<PathBuf>,

        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
}

/// How a post is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With colours and links for a terminal.
    Ansi,
    /// The same without them.
    Text,
    /// The words of the post's text alone, for other programs.
    Plain,
    /// One JSON object.
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_completes_every_command() {
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            complete(*shell, &mut script).unwrap();
            let script = String::from_utf8(script).unwrap();
            for below in Arguments::command().get_subcommands() {
                assert!(script.contains(below.get_name()), "{shell}: {}", below.get_name());
                for long in below.get_arguments().filter_map(clap::Arg::get_long) {
                    assert!(script.contains(long), "{shell}: {long}");
                }
            }
        }
    }
}
