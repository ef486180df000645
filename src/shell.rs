//! The world: the terminal, one channel of events, effects performed. Whatever can take time runs on threads of its own and comes
//! back as an event.

mod calibration;
mod opener;
mod painter;
mod replies;
mod terminal;
mod worker;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, io};

use crossterm::event::{
    self, Event as TerminalEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use crate::app::action::Action;
use crate::app::keys::{self, Code, Key};
use crate::app::{App, Effect};
use crate::config::Settings;
use crate::layout::Sheet;
use crate::library::source::Encoding;
use crate::messages;
use crate::shelf::Shelf;
use crate::text::Clean;
use crate::text::width::Measure;
use crate::ui::{self, theme::Theme};
use opener::Opener;
use replies::Replies;
use terminal::Screen;
use worker::Worker;

pub use terminal::{check as check_terminal, width as terminal_width};

/// One thing that the world tells.
enum Event {
    Terminal(TerminalEvent),
    /// The terminal has answered how wide it shows what, or will not.
    Calibrated(Option<Measure>),
    /// News for the app.
    Action(Action),
    /// A signal that asks the program to end.
    Ending(i32),
    /// The terminal was handed back to the program after a stop.
    Resumed,
    /// The terminal is gone.
    Gone,
}

/// How much of what is pasted at once is taken, in characters: more than any line that is typed can hold.
const LONGEST_PASTE: usize = 1024;

/// Lines that one notch of the wheel moves.
const NOTCH: isize = 3;

/// Runs the reader until it is left. Gives the exit code.
///
/// # Errors
/// When the terminal cannot be set up or drawn to.
pub fn run(shelf: Shelf, encoding: Option<Encoding>, settings: &Settings, theme: Theme) -> io::Result<u8> {
    let (sender, events) = mpsc::channel();
    terminal::watch_signals(&sender)?;
    terminal::watch_line(&sender);
    let mut screen = Screen::new()?;
    let (columns, rows) = screen.size();
    let mut app = App::new(columns, rows, usize::from(settings.width), settings.index);
    app.measure = Measure::default().with_ambiguous(settings.ambiguous());
    app.index.hides_unpublished = !settings.unpublished;
    if shelf.is_one_post() {
        app.want(shelf.path());
    }
    // Waking the library that reads the keyboard makes it note every change of size from now on, and take what was typed before.
    while event::poll(Duration::ZERO)? {
        let _ = sender.send(Event::Terminal(event::read()?));
    }
    let is_calibrating = settings.calibrate && screen.ask()?;
    screen.take_measure(app.measure)?;
    screen.draw(|frame| ui::draw(&app, theme, frame))?;
    scan(shelf, encoding, sender.clone());
    listen(sender.clone(), is_calibrating);
    let opener = Opener::new(&settings.opener, sender.clone());
    let worker = Worker::new(sender);
    let replies = Replies::default();
    let mut shell = Shell { app, screen, worker, opener, theme, settings, is_calibrating, replies };
    let code = shell.run(&events);
    shell.hear_out(&events);
    shell.opener.finish();
    code
}

/// Reads the posts on a thread of its own.
fn scan(shelf: Shelf, encoding: Option<Encoding>, sender: Sender<Event>) {
    thread::spawn(move || {
        let found = catch_unwind(|| {
            rehearse("scanning");
            let shelf = shelf.found();
            (shelf.open(encoding), shelf == Shelf::Samples)
        });
        let (action, are_samples) = match found {
            Ok((Ok(library), are_samples)) => (Action::Scanned(Arc::new(library)), are_samples),
            Ok((Err(error), _)) => (warning(&messages::cannot_open(&error.path, &error.cause)), false),
            Err(_) => (warning(&messages::SCAN_FAILED), false),
        };
        let _ = sender.send(Event::Action(action));
        if are_samples {
            let _ = sender.send(Event::Action(warning(&messages::SAMPLES)));
        }
    });
}

/// Waits for keys, the mouse and changes of size on a thread of its own; first, where the terminal was asked, for its answers. When it
/// can hear no more, the program must end: nobody could tell it to.
fn listen(sender: Sender<Event>, is_calibrating: bool) {
    thread::spawn(move || {
        let hear = AssertUnwindSafe(|| hear(&sender, is_calibrating));
        let _ = catch_unwind(hear);
        let _ = sender.send(Event::Gone);
    });
}

/// Hands on what the terminal says, until it is gone or nobody wants to know.
fn hear(sender: &Sender<Event>, is_calibrating: bool) {
    if is_calibrating {
        let measure = calibration::listen(|input| {
            let _ = sender.send(Event::Terminal(input));
        });
        let _ = sender.send(Event::Calibrated(measure));
    }
    while let Ok(event) = event::read() {
        rehearse("listening");
        if sender.send(Event::Terminal(event)).is_err() {
            return;
        }
    }
}

/// Panics where `KIJI_PANIC` says so, in a build for tests: what becomes of the terminal then can be seen in no other way.
fn rehearse(place: &str) {
    assert!(
        !(cfg!(debug_assertions) && env::var("KIJI_PANIC").is_ok_and(|wanted| wanted == place)),
        "KIJI_PANIC: {place}"
    );
}

fn warning(words: &str) -> Action {
    Action::Notify { words: Clean::cut(words, 1000), is_warning: true }
}

struct Shell<'a> {
    app: App,
    screen: Screen,
    worker: Worker,
    opener: Opener,
    theme: Theme,
    settings: &'a Settings,
    /// Whether answers of the terminal are still to come.
    is_calibrating: bool,
    replies: Replies,
}

/// Whether the program goes on, or the exit code that it ends with.
enum Flow {
    On,
    End(u8),
}

impl Shell<'_> {
    fn run(&mut self, events: &Receiver<Event>) -> io::Result<u8> {
        while let Ok(first) = events.recv() {
            // Everything that waits is taken before the next frame is drawn.
            for event in std::iter::once(first).chain(std::iter::from_fn(|| events.try_recv().ok())) {
                if let Flow::End(code) = self.event(event)? {
                    return Ok(code);
                }
            }
            let (app, theme) = (&self.app, self.theme);
            self.screen.draw(|frame| ui::draw(app, theme, frame))?;
        }
        Ok(0)
    }

    /// Waits for the answers that are still to come: the shell that follows would take them for words.
    fn hear_out(&mut self, events: &Receiver<Event>) {
        while self.is_calibrating {
            match events.recv_timeout(2 * calibration::PATIENCE) {
                Ok(Event::Calibrated(_)) | Err(_) => self.is_calibrating = false,
                Ok(_) => {}
            }
        }
    }

    fn event(&mut self, event: Event) -> io::Result<Flow> {
        let action = match event {
            Event::Terminal(TerminalEvent::Key(key)) if self.replies.take(key, Instant::now()) => None,
            Event::Terminal(TerminalEvent::Key(key)) => self.action_of_key(key),
            Event::Terminal(TerminalEvent::Mouse(mouse)) => action_of_mouse(mouse),
            Event::Terminal(TerminalEvent::Resize(columns, rows)) => {
                let (columns, rows) = self.screen.resize(columns, rows)?;
                Some(Action::Resize(columns, rows))
            }
            Event::Terminal(TerminalEvent::Paste(words)) => return self.paste(&words),
            Event::Terminal(_) => None,
            Event::Calibrated(measure) => self.take_measure(measure)?,
            Event::Action(action) => Some(action),
            Event::Resumed => {
                let (columns, rows) = self.screen.resume()?;
                Some(Action::Resize(columns, rows))
            }
            Event::Ending(signal) => {
                return Ok(Flow::End(128_u8.wrapping_add(u8::try_from(signal).unwrap_or_default())));
            }
            Event::Gone => return Ok(Flow::End(1)),
        };
        match action {
            Some(action) => self.act(action),
            None => Ok(Flow::On),
        }
    }

    fn take_measure(&mut self, measure: Option<Measure>) -> io::Result<Option<Action>> {
        self.is_calibrating = false;
        let Some(measure) = measure.map(|measure| measure.with_ambiguous(self.settings.ambiguous())) else {
            return Ok(None);
        };
        self.screen.take_measure(measure)?;
        Ok(Some(Action::Measured(measure)))
    }

    fn paste(&mut self, words: &str) -> io::Result<Flow> {
        for letter in words.chars().take(LONGEST_PASTE) {
            if let Flow::End(code) = self.act(Action::Type(letter))? {
                return Ok(Flow::End(code));
            }
        }
        Ok(Flow::On)
    }

    fn act(&mut self, action: Action) -> io::Result<Flow> {
        for effect in self.app.update(action) {
            match effect {
                Effect::Load { post, width, generation } => {
                    let sheet = Sheet { measure: self.app.measure, ..self.settings.sheet(width) };
                    self.worker.load(Arc::clone(&self.app.library), post, sheet, generation);
                }
                Effect::Reread { post, encoding } => {
                    self.worker.reread(Arc::clone(&self.app.library), post, encoding);
                }
                Effect::FindBacklinks => self.worker.find_backlinks(Arc::clone(&self.app.library)),
                Effect::Open(url) => self.opener.open(url),
                Effect::Copy(words) => self.screen.copy(&words)?,
                Effect::Suspend => {
                    terminal::suspend()?;
                    let (columns, rows) = self.screen.resume()?;
                    self.act(Action::Resize(columns, rows))?;
                }
                Effect::Quit => return Ok(Flow::End(0)),
            }
        }
        Ok(Flow::On)
    }

    fn action_of_key(&self, event: KeyEvent) -> Option<Action> {
        rehearse("key");
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let code = match event.code {
            KeyCode::Char(letter) => Code::Char(letter),
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Tab => Code::Tab,
            KeyCode::BackTab => Code::BackTab,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            _ => return None,
        };
        if event.modifiers.contains(KeyModifiers::ALT) {
            return None;
        }
        keys::find(self.app.mode(), Key { code, has_ctrl: event.modifiers.contains(KeyModifiers::CONTROL) })
    }
}

fn action_of_mouse(event: MouseEvent) -> Option<Action> {
    let MouseEvent { column, row, .. } = event;
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Action::Press(column, row)),
        MouseEventKind::Up(MouseButton::Left) => Some(Action::Release(column, row)),
        MouseEventKind::ScrollDown => Some(Action::Wheel { lines: NOTCH, column, row }),
        MouseEventKind::ScrollUp => Some(Action::Wheel { lines: -NOTCH, column, row }),
        _ => None,
    }
}
