//! The thread that waits for keys and the mouse. It can be held while another program has the terminal.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::rehearsal::rehearse;
use super::{Event, calibration};
use crate::app::keys::{Code, Key};

/// How long the thread may take to let go of the terminal.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long it waits for more after what it has passed on. Not zero: the source of events would not even look. Nor longer: for less than a
/// millisecond the source does not sleep, it asks the clock again and again.
const MORE: Duration = Duration::from_micros(10);

/// The desk of the thread.
pub(super) struct Keyboard {
    waker: Waker,
    /// Says that the thread has let go.
    held: Receiver<()>,
    /// Tells it to go on.
    going_on: Sender<()>,
}

impl Keyboard {
    /// Starts to listen: first, where the terminal was asked how wide it shows what, for its answers. When the thread can hear no more,
    /// the program must end: nobody could tell it to.
    pub(super) fn listen(sender: Sender<Event>, is_calibrating: bool) -> io::Result<Keyboard> {
        let (waker, sleeper) = waker()?;
        let (to_desk, held) = mpsc::channel();
        let (going_on, to_thread) = mpsc::channel();
        thread::spawn(move || {
            let hear = AssertUnwindSafe(|| {
                if is_calibrating {
                    let told = calibration::listen(|input| {
                        let _ = sender.send(Event::Terminal(input));
                    });
                    let _ = sender.send(Event::Calibrated(told));
                }
                while let Some(news) = sleeper.wait() {
                    let is_over = match news {
                        News::Hold => to_desk.send(()).is_err() || to_thread.recv().is_err(),
                        News::Input => pass_on(&sender).is_err(),
                    };
                    if is_over {
                        break;
                    }
                }
            });
            let _ = catch_unwind(hear);
            let _ = sender.send(Event::Gone);
        });
        Ok(Keyboard { waker, held, going_on })
    }

    /// Lets go of the terminal. What is typed now is for others.
    pub(super) fn hold(&self) {
        // Where it took too long the last time, its answer has come since.
        while self.held.try_recv().is_ok() {}
        self.waker.wake();
        let _ = self.held.recv_timeout(PATIENCE);
    }

    /// Listens again.
    pub(super) fn go_on(&self) {
        let _ = self.going_on.send(());
    }
}

/// What the thread is woken by.
enum News {
    Hold,
    Input,
}

/// Passes on what has come in.
fn pass_on(sender: &Sender<Event>) -> io::Result<()> {
    // Twice: where this thread was held up between the two looks at the clock, the source has not looked.
    while event::poll(MORE)? || event::poll(MORE)? {
        let input = event::read()?;
        rehearse("listening");
        // On Unix changes of size are told by their signal: this thread is not woken by it.
        if cfg!(unix) && matches!(input, event::Event::Resize(..)) {
            continue;
        }
        sender.send(Event::Terminal(input)).map_err(|_| io::ErrorKind::BrokenPipe)?;
    }
    Ok(())
}

#[cfg(unix)]
struct Waker(std::os::fd::OwnedFd);

#[cfg(unix)]
impl Waker {
    fn wake(&self) {
        let _ = rustix::io::write(&self.0, b"h");
    }
}

#[cfg(unix)]
struct Sleeper {
    woken: std::os::fd::OwnedFd,
    terminal: std::fs::File,
}

#[cfg(unix)]
fn waker() -> io::Result<(Waker, Sleeper)> {
    use std::os::fd::AsFd;
    let (read, write) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
    let stdin = io::stdin();
    let terminal = if io::IsTerminal::is_terminal(&stdin) {
        std::fs::File::from(stdin.as_fd().try_clone_to_owned()?)
    } else {
        std::fs::File::open("/dev/tty")?
    };
    Ok((Waker(write), Sleeper { woken: read, terminal }))
}

#[cfg(unix)]
impl Sleeper {
    /// Sleeps until there is something to do. None when the terminal is gone.
    fn wait(&self) -> Option<News> {
        use rustix::event::{PollFd, PollFlags, poll};
        loop {
            let mut both = [PollFd::new(&self.woken, PollFlags::IN), PollFd::new(&self.terminal, PollFlags::IN)];
            match poll(&mut both, None) {
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return None,
                Ok(_) => {}
            }
            let [woken, terminal] = both.map(|fd| fd.revents());
            if woken.contains(PollFlags::IN) {
                let _ = rustix::io::read(&self.woken, &mut [0; 1]);
                return Some(News::Hold);
            }
            if terminal.contains(PollFlags::NVAL) {
                // A system that cannot wait for this kind of file: then it is looked at now and then.
                thread::sleep(Duration::from_millis(20));
            } else if terminal.intersects(PollFlags::HUP | PollFlags::ERR) {
                return None;
            }
            return Some(News::Input);
        }
    }
}

#[cfg(not(unix))]
struct Waker(std::sync::Arc<std::sync::atomic::AtomicBool>);

#[cfg(not(unix))]
impl Waker {
    fn wake(&self) {
        self.0.store(true, std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(not(unix))]
struct Sleeper(std::sync::Arc<std::sync::atomic::AtomicBool>);

#[cfg(not(unix))]
fn waker() -> io::Result<(Waker, Sleeper)> {
    let flag = std::sync::Arc::default();
    Ok((Waker(std::sync::Arc::clone(&flag)), Sleeper(flag)))
}

#[cfg(not(unix))]
impl Sleeper {
    /// Nothing but the console can wake it there, so it looks up now and then.
    fn wait(&self) -> Option<News> {
        loop {
            if self.0.swap(false, std::sync::atomic::Ordering::SeqCst) {
                return Some(News::Hold);
            }
            if event::poll(Duration::from_millis(200)).ok()? {
                return Some(News::Input);
            }
        }
    }
}
/// The key of an event; none for one that goes up, and for those that no command can be bound to.
pub(super) fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release || event.modifiers.contains(KeyModifiers::ALT) {
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
        KeyCode::Delete => Code::Delete,
        _ => return None,
    };
    Some(Key { code, has_ctrl: event.modifiers.contains(KeyModifiers::CONTROL) })
}
