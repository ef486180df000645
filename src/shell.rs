//! The world: the terminal, one channel of events, effects performed. Whatever can take time runs on threads of its own and comes
//! back as an event.

mod ability;
mod calibration;
mod clipboard;
mod easel;
mod editor;
mod fetcher;
mod keyboard;
mod mouse;
mod opener;
mod painter;
mod pictures;
mod rehearsal;
mod replies;
mod searcher;
mod seeker;
mod start;
mod store;
mod terminal;
mod watch;
mod worker;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant, SystemTime};

use crossterm::event::{self, Event as TerminalEvent, KeyEvent};

use crate::app::action::{Action, News};
use crate::app::pictures::PictureAction;
use crate::app::{App, Effect};
use crate::config::{Config, Settings};
use crate::layout::{Page, Sheet};
use crate::library::PostId;
use crate::library::renewal::Changes;
use crate::messages;
use crate::reading::source_line::line_of;
use crate::shelf::Shelf;
use crate::text::Clean;
use crate::ui::{
    self,
    theme::{Depth, Ground, Theme},
};
use calibration::Told;
use clipboard::Clipboard;
use editor::Editor;
use fetcher::Fetcher;
use keyboard::Keyboard;
use mouse::action_of_mouse;
use opener::Opener;
use pictures::Studio;
use rehearsal::rehearse;
use replies::Replies;
use searcher::Searcher;
use seeker::Seeker;
pub use start::Start;
use start::{as_set, open_store, questions, scan};
use store::Store;
pub use store::remembered;
use terminal::{Loan, Screen};
use watch::Watch;
use worker::Worker;

pub use terminal::{ask_ground, check as check_terminal, width as terminal_width};

/// What is known of the terminal's colours before it is asked.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    pub ground: Ground,
    pub depth: Depth,
    /// Whether what the terminal says of its ground counts more.
    pub is_guess: bool,
}

/// One thing that the world tells.
enum Event {
    Terminal(TerminalEvent),
    /// The terminal has told of itself, or will not.
    Calibrated(Told),
    /// News for the app.
    Action(Action),
    /// The code of a page that is here already has its colours.
    Coloured,
    /// Words that no program copies.
    CopyByTerminal(String),
    /// A signal that asks the program to end.
    Ending(i32),
    /// The terminal was handed back to the program after a stop.
    Resumed,
    /// The terminal is gone.
    Gone,
}

/// How long the frame after a key waits for the page of a post that is being opened: most are there by then, and need no frame without.
const MOMENT: Duration = Duration::from_millis(4);

/// How much of what is pasted at once is taken, in characters: more than any line that is typed can hold.
const LONGEST_PASTE: usize = 1024;

/// Runs the reader until it is left. Gives the exit code.
///
/// # Errors
/// When the terminal cannot be set up or drawn to.
pub fn run(shelf: Shelf, start: Start, config: &Config, looks: Looks) -> io::Result<u8> {
    let since = SystemTime::now();
    let settings = &config.settings;
    let theme = Theme::new(looks.ground, looks.depth);
    let (sender, events) = mpsc::channel();
    let loan = Loan::default();
    terminal::watch_signals(&sender, &loan)?;
    terminal::watch_line(&sender);
    let mut screen = Screen::new(settings.mouse())?;
    let (columns, rows) = screen.size();
    let app = as_set(App::new(columns, rows, settings.width, settings.index), config, &shelf, &start);
    // The posts are read while the terminal is asked and drawn to.
    let store = open_store(start.state.clone(), &sender);
    scan(shelf, start, sender.clone());
    // Waking the library that reads the keyboard makes it note every change of size from now on, and take what was typed before.
    while event::poll(Duration::ZERO)? {
        let _ = sender.send(Event::Terminal(event::read()?));
    }
    let is_calibrating = screen.ask(questions(settings, looks))?;
    screen.take_measure(app.measure)?;
    screen.draw(|frame| ui::draw(&app, theme, frame))?;
    let keyboard = Keyboard::listen(sender.clone(), is_calibrating)?;
    let opener = Opener::new(&settings.opener, sender.clone());
    let seeker = Seeker::new(sender.clone());
    let watch = settings.watch.then(|| Watch::new(since, sender.clone()));
    let clipboard = Clipboard::new(sender.clone());
    let studio = Studio::new(sender.clone());
    let album = settings.album();
    let fetcher = Fetcher::new(sender.clone(), album.clone());
    let searcher = Searcher::new(sender.clone());
    let worker = Worker::new(sender, album);
    let mut shell = Shell {
        app,
        screen,
        worker,
        seeker,
        searcher,
        studio,
        fetcher,
        opener,
        store,
        watch,
        keyboard,
        loan,
        clipboard,
        theme,
        looks,
        settings,
        is_calibrating,
        replies: Replies::default(),
    };
    if !is_calibrating {
        shell.take_told(&Told::default())?;
    }
    let code = shell.run(&events);
    shell.leave(&events);
    code
}

fn warning(words: &str) -> Action {
    Action::Notify { words: Clean::cut(words, 1000), is_warning: true }
}

struct Shell<'a> {
    app: App,
    screen: Screen,
    worker: Worker,
    seeker: Seeker,
    searcher: Searcher,
    studio: Studio,
    fetcher: Fetcher,
    opener: Opener,
    /// None where nothing is remembered.
    store: Option<Store>,
    /// None where no changes are looked for.
    watch: Option<Watch>,
    keyboard: Keyboard,
    loan: Loan,
    clipboard: Clipboard,
    theme: Theme,
    looks: Looks,
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
            let is_typed = matches!(first, Event::Terminal(_));
            let until = Instant::now() + MOMENT;
            let mut next = Some(first);
            while let Some(event) = next {
                if let Flow::End(code) = self.event(event)? {
                    return Ok(code);
                }
                // Everything that waits is taken before the next frame is drawn.
                next = events.try_recv().ok();
                if next.is_none() && self.worker.is_awaited(&self.app) && is_typed {
                    next = events.recv_timeout(until.saturating_duration_since(Instant::now())).ok();
                }
            }
            let (app, theme) = (&self.app, self.theme);
            self.screen.hang(ui::over_cells(app));
            self.screen.draw(|frame| ui::draw(app, theme, frame))?;
        }
        Ok(0)
    }

    /// Ends what is under way.
    fn leave(mut self, events: &Receiver<Event>) {
        self.hear_out(events);
        self.clipboard.finish();
        self.opener.finish();
        self.store.into_iter().for_each(Store::finish);
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
            Event::Terminal(TerminalEvent::Paste(words)) => {
                Some(Action::Paste(words.chars().take(LONGEST_PASTE).collect()))
            }
            Event::Terminal(_) => None,
            Event::Calibrated(told) => return self.take_told(&told),
            Event::Action(action) => Some(action),
            Event::Coloured => None,
            Event::Resumed => {
                let (columns, rows) = self.screen.resume()?;
                Some(Action::Resize(columns, rows))
            }
            Event::CopyByTerminal(words) => self.copy_by_terminal(&words)?,
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

    /// Takes what the terminal told of itself.
    fn take_told(&mut self, told: &Told) -> io::Result<Flow> {
        self.is_calibrating = false;
        if let Some(ground) = told.ground {
            self.theme = Theme::new(Ground::Of(ground), self.looks.depth);
        }
        if let Some(measure) = told.measure.filter(|_| self.settings.calibrate) {
            let measure = measure.with_ambiguous(self.settings.ambiguous());
            self.screen.take_measure(measure)?;
            self.act(Action::Measured(measure))?;
        }
        let environment = ability::Environment::read(self.screen.cell(), self.looks.depth);
        match ability::drawing(self.settings.images(), &told.graphics, &environment) {
            Some(drawing) => self.act(Action::Picture(PictureAction::CanDraw(drawing))),
            None => Ok(Flow::On),
        }
    }

    /// Hands words to the terminal, unless they are more than terminals take.
    fn copy_by_terminal(&mut self, words: &str) -> io::Result<Option<Action>> {
        if words.len() > clipboard::MOST {
            let reason = messages::too_long_for_terminal(words.len());
            return Ok(Some(warning(&messages::not_copied(&reason))));
        }
        self.screen.copy(words)?;
        Ok(None)
    }

    fn act(&mut self, action: Action) -> io::Result<Flow> {
        for effect in self.app.update(action) {
            match effect {
                Effect::Load { post, width, generation } => {
                    let (measure, wrap, pictures) = (self.app.measure, self.app.wrap, self.app.frame());
                    let sheet = Sheet { wrap, measure, pictures, ..self.settings.sheet(width) };
                    self.worker.load(Arc::clone(&self.app.library), post, sheet, generation);
                }
                Effect::Reread { post, encoding } => {
                    self.worker.reread(Arc::clone(&self.app.library), post, encoding);
                }
                Effect::Seek { generation } => {
                    if let Some((page, pattern)) = self.app.sought() {
                        self.seeker.find(page, pattern, generation);
                    }
                }
                Effect::Search { query, posts, generation } => {
                    self.searcher.start(Arc::clone(&self.app.library), query, posts, generation);
                }
                Effect::FindBacklinks => self.worker.find_backlinks(Arc::clone(&self.app.library)),
                Effect::Save(entry) => self.store.iter().for_each(|store| store.save(entry.clone())),
                Effect::Watch => self.watch.iter().for_each(|watch| watch.folders(self.app.library.watched())),
                Effect::Renew { changes, open } => self.worker.renew(Arc::clone(&self.app.library), changes, open),
                Effect::Edit { post, page, place } => {
                    if let Flow::End(code) = self.edit(post, page.as_deref(), place)? {
                        return Ok(Flow::End(code));
                    }
                }
                Effect::Draw { key, drawing } => self.studio.draw(key, drawing),
                Effect::Fetch { url, reach } => self.fetcher.fetch(url, reach),
                Effect::View { post, source } => self.opener.view(Arc::clone(&self.app.library), post, source),
                Effect::Open(url) => self.opener.open(url),
                Effect::Copy(words) => {
                    if let Some(words) = self.clipboard.copy(words)
                        && let Some(warning) = self.copy_by_terminal(&words)?
                    {
                        self.act(warning)?;
                    }
                }
                Effect::Suspend => {
                    self.screen.take_down()?;
                    terminal::suspend()?;
                    let (columns, rows) = self.screen.resume()?;
                    self.act(Action::Resize(columns, rows))?;
                }
                Effect::GiveMouse(holder) => self.screen.give_mouse(holder)?,
                Effect::Quit => return Ok(Flow::End(0)),
            }
        }
        Ok(Flow::On)
    }

    /// Lends the terminal to the user's editor, and takes up what was changed.
    fn edit(&mut self, post: PostId, page: Option<&Page>, place: usize) -> io::Result<Flow> {
        let library = Arc::clone(&self.app.library);
        let (Some(found), Some(file)) = (library.post(post), library.file(post)) else { return Ok(Flow::On) };
        let Some(editor) = Editor::of(&self.settings.editor) else { return self.act(warning(&messages::NO_EDITOR)) };
        let line = match (page, library.text(found)) {
            (Some(page), Ok(source)) => line_of(&source, &page.plain, place),
            _ => 1,
        };
        self.keyboard.hold();
        self.loan.begin();
        terminal::restore();
        let ended = editor.run(file, line);
        self.loan.end();
        let (columns, rows) = self.screen.resume()?;
        self.keyboard.go_on();
        self.act(Action::Resize(columns, rows))?;
        self.act(Action::News(News::Changed(Changes::of(file.to_owned()))))?;
        match ended {
            Ok(status) if !status.success() => {
                self.act(warning(&messages::editor_failed(editor.name(), &status.to_string())))
            }
            Ok(_) if !editor.is_chosen => self.act(warning(&messages::editor_chosen(editor.name()))),
            Ok(_) => Ok(Flow::On),
            Err(error) => self.act(warning(&messages::editor_failed(editor.name(), &error.to_string()))),
        }
    }

    fn action_of_key(&self, event: KeyEvent) -> Option<Action> {
        rehearse("key");
        self.app.keymap.find(self.app.mode(), keyboard::key(event)?)
    }
}
