//! The terminal: taken at the start, given back at every end, and drawn to.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
use ratatui::backend::{Backend, WindowSize};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::Event;
use super::calibration;
use super::calibration::Question;
use super::painter::Painter;
use crate::app::effect::Holder;
use crate::messages;
use crate::picture::Cell;
use crate::picture::plate::Hung;
use crate::text::width::Measure;
use crate::ui::theme::Rgb;

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

/// Asks the terminal that is printed on which ground it writes on; none where it does not say. What is typed meanwhile is lost.
#[must_use]
pub fn ask_ground() -> Option<Rgb> {
    if !io::stdin().is_terminal() || std::env::var("TERM").is_ok_and(|term| term == "dumb") {
        return None;
    }
    enable_raw_mode().ok()?;
    let mut output = io::stdout();
    let asked =
        write!(output, "{}{}", calibration::ASK_GROUND, calibration::ASK_ATTRIBUTES).and_then(|()| output.flush());
    let told = asked.ok().map(|()| calibration::listen(drop));
    let _ = disable_raw_mode();
    told?.ground
}

/// The screen while the program has it.
pub(super) struct Screen {
    terminal: Terminal<Painter<Output>>,
    mouse: Holder,
}

impl Screen {
    pub(super) fn new(mouse: Holder) -> io::Result<Screen> {
        restore_on_panic();
        let output = BufWriter::with_capacity(128 * 1024, io::stdout());
        let options = TerminalOptions { viewport: Viewport::Fixed(area()) };
        let terminal = Terminal::with_options(Painter::new(output), options)?;
        let mut screen = Screen { terminal, mouse };
        screen.enter()?;
        Ok(screen)
    }

    fn enter(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        // A character that is wider than it was measured must not push its row's end onto the next row.
        execute!(self.terminal.backend_mut(), EnterAlternateScreen, DisableLineWrap, EnableBracketedPaste)?;
        self.give_mouse(self.mouse)
    }

    /// Gives the mouse to the reader, or leaves it to the terminal.
    pub(super) fn give_mouse(&mut self, holder: Holder) -> io::Result<()> {
        self.mouse = holder;
        match holder {
            Holder::Reader => execute!(self.terminal.backend_mut(), EnableMouseCapture),
            Holder::Terminal => execute!(self.terminal.backend_mut(), DisableMouseCapture),
        }
    }

    /// Asks the terminal about itself; `calibration` listens for the answers. Gives whether it asked anything.
    pub(super) fn ask(&mut self, mut questions: Vec<Question>) -> io::Result<bool> {
        let has_room = self.size().0 >= calibration::NARROWEST;
        questions.retain(|question| has_room || *question != Question::Widths);
        if !questions.is_empty() {
            self.terminal.backend_mut().write_all(calibration::questions(&questions).as_bytes())?;
        }
        Ok(!questions.is_empty())
    }

    /// Takes over how wide the terminal shows what. The next frame is drawn anew.
    pub(super) fn take_measure(&mut self, measure: Measure) -> io::Result<()> {
        if std::mem::replace(&mut self.terminal.backend_mut().measure, measure) != measure {
            self.terminal.clear()?;
        }
        Ok(())
    }

    /// Notes which pictures are to be seen over the cells from the next frame on.
    pub(super) fn hang(&mut self, hung: Vec<Hung>) {
        self.terminal.backend_mut().easel.hang(hung);
    }

    /// Takes every picture out of the terminal.
    pub(super) fn take_down(&mut self) -> io::Result<()> {
        let painter = self.terminal.backend_mut();
        let mut easel = std::mem::take(&mut painter.easel);
        easel.take_down(painter)?;
        Backend::flush(painter)
    }

    /// How large a cell is in pixels, by what the system knows of the terminal.
    pub(super) fn cell(&mut self) -> Option<Cell> {
        let WindowSize { columns_rows, pixels } = self.terminal.backend_mut().window_size().ok()?;
        let width = pixels.width.checked_div(columns_rows.width)?;
        Cell::told(width, pixels.height.checked_div(columns_rows.height)?)
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
        let _ = self.take_down();
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
pub(super) fn restore() {
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

/// Whether another program has the terminal. What the keyboard signals then is for that program, though both get it.
#[derive(Clone, Default)]
pub(super) struct Loan(Arc<AtomicBool>);

impl Loan {
    pub(super) fn begin(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub(super) fn end(&self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// Signals become events: those that end the program, the return from a stop, and changes of size.
#[cfg(unix)]
pub(super) fn watch_signals(sender: &Sender<Event>, loan: &Loan) -> io::Result<()> {
    use signal_hook::consts::{
        SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
    };
    // What ends a program that takes no notice of it would leave the terminal as it is.
    let ending = [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGALRM, SIGUSR1, SIGUSR2];
    let mut signals = signal_hook::iterator::Signals::new(ending.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]))?;
    let (sender, loan) = (sender.clone(), loan.clone());
    thread::spawn(move || {
        for signal in &mut signals {
            let is_lent = loan.0.load(Ordering::SeqCst);
            let event = match signal {
                SIGINT | SIGQUIT | SIGTSTP | SIGCONT if is_lent => continue,
                SIGCONT => Event::Resumed,
                SIGTSTP => Event::Action(crate::app::action::Action::Suspend),
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((columns, rows)) => Event::Terminal(crossterm::event::Event::Resize(columns, rows)),
                    Err(_) => continue,
                },
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
pub(super) fn watch_signals(_: &Sender<Event>, _: &Loan) -> io::Result<()> {
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
