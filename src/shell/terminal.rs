//! The terminal: taken at the start, given back at every end, and drawn to.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::panic;
use std::sync::mpsc::Sender;
use std::thread;

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::Event;
use super::calibration;
use super::painter::Painter;
use crate::messages;
use crate::text::width::Measure;

/// A screen larger than this is drawn to only in part, in cells: no real one is.
const LARGEST: u16 = 1000;

type Output = BufWriter<Stdout>;

/// Whether the reader can run here: on a terminal that can move its cursor. Keys come from the terminal even where standard input is a
/// pipe.
///
/// # Errors
/// The sentence that says what is missing.
pub fn check() -> Result<(), &'static str> {
    if !io::stdout().is_terminal() || !(io::stdin().is_terminal() || has_controlling_terminal()) {
        return Err(&messages::NO_TERMINAL);
    }
    match std::env::var("TERM").as_deref() {
        Ok("dumb" | "") => Err(&messages::DUMB_TERMINAL),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn has_controlling_terminal() -> bool {
    std::fs::File::open("/dev/tty").is_ok()
}

#[cfg(not(unix))]
fn has_controlling_terminal() -> bool {
    false
}

/// The width of the terminal that the output goes to, in columns.
#[must_use]
pub fn width() -> Option<usize> {
    let (columns, _) = crossterm::terminal::size().ok()?;
    (columns > 0).then_some(usize::from(columns))
}

/// The screen while the program has it.
pub(super) struct Screen {
    terminal: Terminal<Painter<Output>>,
}

impl Screen {
    pub(super) fn new() -> io::Result<Screen> {
        restore_on_panic();
        let output = BufWriter::with_capacity(128 * 1024, io::stdout());
        let options = TerminalOptions { viewport: Viewport::Fixed(area()) };
        let terminal = Terminal::with_options(Painter::new(output), options)?;
        let mut screen = Screen { terminal };
        screen.enter()?;
        Ok(screen)
    }

    fn enter(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        // A character that is wider than it was measured must not push its row's end onto the next row.
        execute!(
            self.terminal.backend_mut(),
            EnterAlternateScreen,
            DisableLineWrap,
            EnableMouseCapture,
            EnableBracketedPaste
        )
    }

    /// Asks the terminal how wide it shows what terminals disagree about; `calibration` listens for the answers. Gives whether it asked.
    pub(super) fn ask(&mut self) -> io::Result<bool> {
        let has_room = self.size().0 >= calibration::NARROWEST;
        if has_room {
            self.terminal.backend_mut().write_all(calibration::questions().as_bytes())?;
        }
        Ok(has_room)
    }

    /// Takes over how wide the terminal shows what. The next frame is drawn anew.
    pub(super) fn take_measure(&mut self, measure: Measure) -> io::Result<()> {
        if std::mem::replace(&mut self.terminal.backend_mut().measure, measure) != measure {
            self.terminal.clear()?;
        }
        Ok(())
    }

    /// Columns and rows.
    pub(super) fn size(&mut self) -> (u16, u16) {
        let area = self.terminal.get_frame().area();
        (area.width, area.height)
    }

    /// Takes a new size, and gives it back within bounds.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) -> io::Result<(u16, u16)> {
        let area = bounded(columns, rows);
        self.terminal.resize(area)?;
        Ok((area.width, area.height))
    }

    /// Draws a frame: one buffered write of the cells that changed.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.terminal.draw(draw)?;
        Ok(())
    }

    /// Puts words on the clipboard of the terminal (OSC 52). The app bounds their length.
    pub(super) fn copy(&mut self, words: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(words))
    }

    /// Takes the terminal again after a stop, to be drawn anew. Nothing is asked of it: it may not answer, and the thread that listens
    /// would take the answer.
    pub(super) fn resume(&mut self) -> io::Result<(u16, u16)> {
        self.enter()?;
        let area = area();
        self.resize(area.width, area.height)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // What still waits to be written belongs to the screen that is about to be left.
        let _ = self.terminal.backend_mut().flush();
        restore();
    }
}

fn area() -> Rect {
    let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
    bounded(columns, rows)
}

fn bounded(columns: u16, rows: u16) -> Rect {
    Rect::new(0, 0, columns.min(LARGEST), rows.min(LARGEST))
}

/// Gives the terminal back as it was. It may be called more than once; a terminal that is gone is no error.
fn restore() {
    let mut output = io::stdout();
    let _ = execute!(
        output,
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        DisableMouseCapture,
        EnableLineWrap,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
}

/// A panic of the drawing thread gives the terminal back before its message is printed. One of another thread leaves the screen alone:
/// it is caught there.
fn restore_on_panic() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() == Some("main") {
            restore();
            print(info);
        }
    }));
}

/// Signals become events: those that end the program, and the return from a stop.
#[cfg(unix)]
pub(super) fn watch_signals(sender: &Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2};
    // What ends a program that takes no notice of it would leave the terminal as it is.
    let ending = [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGALRM, SIGUSR1, SIGUSR2];
    let mut signals = signal_hook::iterator::Signals::new(ending.into_iter().chain([SIGTSTP, SIGCONT]))?;
    let sender = sender.clone();
    thread::spawn(move || {
        for signal in &mut signals {
            let event = match signal {
                SIGCONT => Event::Resumed,
                SIGTSTP => Event::Action(crate::app::action::Action::Suspend),
                signal => Event::Ending(signal),
            };
            if sender.send(event).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn watch_signals(_: &Sender<Event>) -> io::Result<()> {
    Ok(())
}

/// Tells when the terminal is gone. Whoever waits for keys hears nothing of that where no signal comes with it.
#[cfg(unix)]
pub(super) fn watch_line(sender: &Sender<Event>) {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    let sender = sender.clone();
    thread::spawn(move || {
        let output = io::stdout();
        loop {
            // Nothing is asked for: that the other end has hung up is told always.
            let mut line = [PollFd::new(&output, PollFlags::empty())];
            match poll(&mut line, None) {
                Err(Errno::INTR) => {}
                Ok(_) if line[0].revents().contains(PollFlags::HUP) => return drop(sender.send(Event::Gone)),
                // Some systems cannot tell of terminals.
                _ => return,
            }
        }
    });
}

#[cfg(not(unix))]
pub(super) fn watch_line(_: &Sender<Event>) {}

/// Gives the terminal back and stops the process, as Ctrl-Z does to every program.
#[cfg(unix)]
pub(super) fn suspend() -> io::Result<()> {
    restore();
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGSTOP)
}

#[cfg(not(unix))]
pub(super) fn suspend() -> io::Result<()> {
    Ok(())
}
