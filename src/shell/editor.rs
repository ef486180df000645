//! The user's editor: which program it is, how it is told the line, and waiting for it.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::{env, fs};

/// What is run where neither a setting nor the environment names an editor.
const FALLBACKS: &[&str] = if cfg!(windows) { &["notepad"] } else { &["vi", "nano"] };

/// An editor, and whether the user named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    pub(super) command: Vec<String>,
    pub(super) is_chosen: bool,
}

impl Editor {
    /// The editor of the setting, of `$VISUAL` or of `$EDITOR`, or else one that is there. Words are told apart as a shell does, but no
    /// shell is run. None where there is no editor.
    pub(super) fn of(setting: &[String]) -> Option<Editor> {
        let named = |name: &str| {
            let value = env::var(name).ok()?;
            shlex::split(&value).filter(|words| !words.is_empty())
        };
        let setting = (!setting.is_empty()).then(|| setting.to_vec());
        let chosen = setting.or_else(|| named("VISUAL")).or_else(|| named("EDITOR"));
        if let Some(command) = chosen {
            return Some(Editor { command, is_chosen: true });
        }
        let program = FALLBACKS.iter().find(|program| is_program(program))?;
        Some(Editor { command: vec![(*program).to_owned()], is_chosen: false })
    }

    /// The program.
    pub(super) fn name(&self) -> &str {
        self.command.first().map_or("", String::as_str)
    }

    /// Edits a file at a line, and waits until that is over. The editor has the terminal.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(super) fn run(&self, file: &Path, line: usize) -> io::Result<ExitStatus> {
        let Some((program, arguments)) = self.command.split_first() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut command = Command::new(program);
        command.args(arguments).args(at_line(program, file, line));
        #[cfg(unix)]
        if !io::IsTerminal::is_terminal(&io::stdin()) {
            command.stdin(fs::File::open("/dev/tty")?);
        }
        let mut child = command.spawn()?;
        #[cfg(unix)]
        wait_while_stopped(&child);
        child.wait()
    }
}

/// Waits for the end of a program. When it is stopped, as by Ctrl-Z, this one is stopped too: the shell waits for that. Whoever lets the
/// one go on lets the other.
#[cfg(unix)]
fn wait_while_stopped(child: &std::process::Child) {
    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, getpid, kill_process, waitid};
    let Some(process) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    // Its end is only looked at, and left for the caller to take.
    let options = WaitIdOptions::EXITED | WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT;
    loop {
        match waitid(WaitId::Pid(process), options) {
            Ok(Some(status)) if status.stopped() => {
                let _ = waitid(WaitId::Pid(process), WaitIdOptions::STOPPED);
                let _ = kill_process(getpid(), Signal::STOP);
            }
            Err(rustix::io::Errno::INTR) => {}
            _ => return,
        }
    }
}

/// The arguments that open a file at a line. Editors that are not known get the file alone.
fn at_line(program: &str, file: &Path, line: usize) -> Vec<OsString> {
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let with_line = || {
        let mut place = file.as_os_str().to_owned();
        place.push(format!(":{line}"));
        place
    };
    match name.as_str() {
        "vi" | "vim" | "nvim" | "gvim" | "view" | "nvi" | "vis" | "nano" | "pico" | "emacs" | "emacsclient"
        | "micro" | "kak" | "joe" | "jed" | "mg" | "ne" | "gedit" => vec![format!("+{line}").into(), file.into()],
        "hx" | "helix" | "subl" | "zed" => vec![with_line()],
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" => vec!["--goto".into(), with_line()],
        _ => vec![file.into()],
    }
}

/// Whether a program of this name is found.
fn is_program(name: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&folders).any(|folder| fs::metadata(folder.join(&file)).is_ok_and(|data| data.is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_the_line() {
        for (program, expected) in [
            ("vi", "+7 /a b.md"),
            ("/usr/bin/nvim", "+7 /a b.md"),
            ("emacsclient", "+7 /a b.md"),
            ("hx", "/a b.md:7"),
            ("code", "--goto /a b.md:7"),
            ("Code.exe", "--goto /a b.md:7"),
            ("ed", "/a b.md"),
        ] {
            let arguments = at_line(program, Path::new("/a b.md"), 7);
            assert_eq!(arguments.join(&OsString::from(" ")), expected, "{program}");
        }
    }
}
