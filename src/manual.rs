//! `clap_mangen`'s door: the manual page, from the definitions of arguments, keys and settings.

use std::io::{self, Write};

use clap::{Arg, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::app::keymap::{HelpLine, Keymap};
use crate::config;
use crate::messages;

/// Writes the manual page of a command and of those below it, with the keys as they are bound and the settings.
///
/// # Errors
/// Those of the output.
pub fn write(out: &mut dyn Write, mut command: Command, keymap: &Keymap) -> io::Result<()> {
    command.build();
    let man = Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    for roff in [commands(&command), keys(keymap), settings()] {
        roff.to_writer(out)?;
    }
    Ok(())
}

fn commands(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [&*messages::MAN_COMMANDS]);
    for below in command.get_subcommands() {
        let mut below = below.clone();
        let usage = below.render_usage().to_string();
        roff.control("SS", [usage.trim_start_matches("Usage: ")]);
        roff.text([roman(below.get_about().map(ToString::to_string).unwrap_or_default())]);
        for argument in below.get_arguments() {
            item(&mut roff, [bold(name(argument))], &argument.get_help().map(ToString::to_string).unwrap_or_default());
        }
    }
    roff
}

/// An argument as it is typed.
fn name(argument: &Arg) -> String {
    let values: Vec<String> = argument.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
    let takes = argument.get_action().takes_values();
    match argument.get_long() {
        Some(long) if takes => format!("--{long} {}", values.join(" ")),
        Some(long) => format!("--{long}"),
        None => values.join(" "),
    }
}

fn keys(keymap: &Keymap) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [&*messages::MAN_KEYS]);
    for line in keymap.help() {
        match line {
            HelpLine::Heading(heading) => {
                roff.control("SS", [heading]);
            }
            HelpLine::Keys { keys, help } => item(&mut roff, [bold(keys)], help),
        }
    }
    roff
}

fn settings() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [&*messages::MAN_SETTINGS]);
    let file = config::file().map(|file| file.display().to_string()).unwrap_or_default();
    roff.text([italic(file)]);
    for setting in config::TABLE {
        let default = roman(format!(" ({})", setting.default));
        item(&mut roff, [bold(setting.name), default], &setting.meaning);
    }
    roff
}

/// A term with its meaning below it.
fn item<const N: usize>(roff: &mut Roff, term: [Inline; N], meaning: &str) {
    roff.control("TP", []);
    roff.text(term);
    roff.text([roman(meaning)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keys::KEYS;

    #[test]
    fn the_page_has_every_command_key_and_setting() {
        let command = Command::new("kiji").about("About").subcommand(
            Command::new("show").about("Print one post").arg(Arg::new("links").long("links").help("List the targets")),
        );
        let mut page = Vec::new();
        write(&mut page, command, &Keymap::default()).unwrap();
        let page = String::from_utf8(page).unwrap().replace("\\-", "-").replace("\\*(Aq", "'").replace("\\(aq", "'");
        let parts = ["show", "Print one post", "--links", "List the targets"];
        let helps = KEYS.iter().map(|binding| binding.help.words());
        let settings = config::TABLE.iter().map(|setting| setting.name);
        for part in parts.into_iter().chain(helps).chain(settings) {
            assert!(page.contains(part), "{part} is not in\n{page}");
        }
    }
}
