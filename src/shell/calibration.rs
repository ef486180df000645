//! Asks the terminal how wide it shows what terminals disagree about, which ground it writes on and how it shows pictures, and tells its
//! answers from what the user does meanwhile.
//!
//! Each probe is written at the first cell and followed by a request for the cursor's place (DSR 6); a request for the terminal's
//! attributes (DA1), which every terminal answers, marks the end. All of it goes out in one write, before the first frame, and nothing
//! of it stays on the screen.

#[cfg(unix)]
use std::fs::File;
#[cfg(unix)]
use std::io::{self, IsTerminal};
#[cfg(unix)]
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;
#[cfg(unix)]
use std::time::Instant;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, Timespec, poll};
#[cfg(unix)]
use rustix::io::{Errno, read};

use super::ability::Graphics;
use crate::picture::Cell;
use crate::text::width::Measure;
use crate::text::width::class::{TABLE, WIDEST};
use crate::ui::theme::Rgb;

/// How long the terminal has for its answers.
pub(super) const PATIENCE: Duration = Duration::from_millis(150);

/// A screen with fewer columns cannot show a probe and the place after it.
pub(super) const NARROWEST: u16 = WIDEST as u16 + 2;

/// What the terminal is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Widths,
    /// The colour of its ground (OSC 11).
    Ground,
    /// How it shows pictures, and its name (XTVERSION).
    Pictures,
}

/// What to write: the probes, concealed and inside a synchronised update, and a clear screen after them.
pub(super) fn questions(asked: &[Question]) -> String {
    let probe = |(_, probe, _): &(_, &str, _)| format!("\x1b[1;1H{probe}\x1b[6n");
    let question = |question: &Question| match question {
        Question::Widths => TABLE.iter().map(probe).collect::<String>(),
        Question::Ground => ASK_GROUND.to_owned(),
        Question::Pictures => ASK_PICTURES.to_owned(),
    };
    let questions: String = asked.iter().map(question).collect();
    format!("\x1b[?2026h\x1b[8m{questions}\x1b[0m\x1b[1;1H\x1b[2J{ASK_ATTRIBUTES}\x1b[?2026l")
}

/// Asks for the colour of the ground.
pub(super) const ASK_GROUND: &str = "\x1b]11;?\x1b\\";
/// Asks for the size of a cell in pixels, and for the terminal's name (XTVERSION).
const ASK_PICTURES: &str = "\x1b[16t\x1b[>q";
/// Asks for the attributes of the terminal, which marks the end.
pub(super) const ASK_ATTRIBUTES: &str = "\x1b[c";

/// What the terminal told of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// How wide it shows what; none where it did not answer everything.
    pub(super) measure: Option<Measure>,
    pub(super) ground: Option<Rgb>,
    pub(super) graphics: Graphics,
}

/// Listens for the answers, and hands over what is typed or clicked meanwhile. Gives what the terminal told in time.
#[cfg(unix)]
pub(super) fn listen(typed: impl FnMut(Event)) -> Told {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return hear(stdin.as_fd(), typed);
    }
    File::open("/dev/tty").map_or_else(|_| Told::default(), |terminal| hear(terminal.as_fd(), typed))
}

#[cfg(not(unix))]
pub(super) fn listen(_: impl FnMut(Event)) -> Told {
    Told::default()
}

#[cfg(unix)]
fn hear(terminal: BorrowedFd, mut typed: impl FnMut(Event)) -> Told {
    let start = Instant::now();
    let mut answers = Answers::default();
    let mut bytes = [0; 1024];
    while !answers.is_over || answers.paste.is_some() {
        // What has come in part may take longer: its rest would be read as something else.
        let patience = if answers.rest.is_empty() { PATIENCE } else { PATIENCE * 3 / 2 };
        let left = if answers.paste.is_some() { PATIENCE } else { patience.saturating_sub(start.elapsed()) };
        let Ok(left) = Timespec::try_from(left) else { break };
        match poll(&mut [PollFd::new(&terminal, PollFlags::IN)], Some(&left)) {
            Ok(0) => break,
            Err(Errno::INTR) => {}
            Err(_) => return Told::default(),
            Ok(_) => match read(terminal, &mut bytes) {
                Ok(0) => return Told::default(),
                Ok(length) => answers.take(&bytes[..length]).into_iter().for_each(&mut typed),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => return Told::default(),
            },
        }
    }
    answers.last_key().map(Event::Key).into_iter().for_each(typed);
    Told { measure: answers.measure(), ground: answers.ground, graphics: answers.graphics }
}

/// Answers as they come in.
#[derive(Debug, Default)]
struct Answers {
    /// Bytes of an answer or a key that is not whole yet.
    rest: Vec<u8>,
    /// Where the cursor stood after each probe: row and column, counted from 1.
    places: Vec<(usize, usize)>,
    ground: Option<Rgb>,
    graphics: Graphics,
    is_over: bool,
    /// The start of what is being pasted.
    paste: Option<String>,
}

/// What stands around what is pasted.
const PASTE: (&[u8], &[u8]) = (b"\x1b[200~", b"\x1b[201~");

/// The longest string that a terminal says of itself, in bytes.
const LONGEST_STRING: usize = 4096;

/// How much of a paste is kept, in bytes: what is typed into takes less.
const LONGEST_PASTE: usize = 4096;

/// What a run of bytes from the terminal is.
#[derive(Debug, PartialEq, Eq)]
enum Item {
    Place(usize, usize),
    Ground(Rgb),
    /// The end of the answers, and whether sixels are among the attributes.
    Attributes {
        has_sixel: bool,
    },
    Cell(Cell),
    Name(String),
    /// What the user did.
    Input(Event),
    /// A sequence that means nothing here.
    Other,
}

impl Answers {
    /// Takes bytes, and gives what the user did among them.
    fn take(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.rest.extend_from_slice(bytes);
        let mut inputs = Vec::new();
        loop {
            if self.paste.is_some() {
                let Some(pasted) = self.take_paste() else { break };
                inputs.push(Event::Paste(pasted));
            }
            let Some((item, length)) = first_item(&self.rest) else { break };
            let is_paste = self.rest.starts_with(PASTE.0);
            self.rest.drain(..length);
            if is_paste {
                self.paste = Some(String::new());
                continue;
            }
            match item {
                Item::Place(row, column) => self.places.push((row, column)),
                Item::Ground(ground) => self.ground = Some(ground),
                Item::Attributes { has_sixel } => {
                    self.graphics.has_sixel = has_sixel;
                    self.is_over = true;
                }
                Item::Cell(cell) => self.graphics.cell = Some(cell),
                Item::Name(name) => self.graphics.name = name,
                Item::Input(input) => inputs.push(input),
                Item::Other => {}
            }
        }
        inputs
    }

    /// Moves what has come of a paste out of the rest, and gives it when its end is there.
    fn take_paste(&mut self) -> Option<String> {
        let end = self.rest.windows(PASTE.1.len()).position(|window| window == PASTE.1);
        // The mark of its end may have come in part.
        let length = end.unwrap_or_else(|| self.rest.len().saturating_sub(PASTE.1.len() - 1));
        let paste = self.paste.get_or_insert_default();
        let room = LONGEST_PASTE.saturating_sub(paste.len()).min(length);
        paste.push_str(&String::from_utf8_lossy(&self.rest[..room]));
        self.rest.drain(..length + end.map_or(0, |_| PASTE.1.len()));
        end.and_then(|_| self.paste.take())
    }

    /// The key that an incomplete sequence was after all.
    fn last_key(&self) -> Option<KeyEvent> {
        (self.rest == [0x1b]).then(|| KeyEvent::from(KeyCode::Esc))
    }

    /// What the terminal was found to show; none where it did not answer everything.
    fn measure(&self) -> Option<Measure> {
        let places: &[(usize, usize); TABLE.len()] = self.places.as_slice().try_into().ok()?;
        let is_sound = self.is_over && places.iter().all(|(row, column)| *row == 1 && *column >= 1);
        is_sound.then(|| Measure::calibrated(&places.map(|(_, column)| column - 1)))
    }
}

/// The first item and its length in bytes; none where more bytes are needed.
fn first_item(bytes: &[u8]) -> Option<(Item, usize)> {
    match bytes {
        [] | [0x1b] | [0x1b, b'[' | b'O'] => None,
        [0x1b, b'[', ..] => {
            let length = bytes.iter().skip(2).position(|byte| (0x40..=0x7e).contains(byte))? + 3;
            Some((sequence(&bytes[2..length - 1], bytes[length - 1]), length))
        }
        [0x1b, b'_' | b'P', ..] if bytes.len() < LONGEST_STRING => {
            let length = bytes.windows(2).position(|end| end == b"\x1b\\")?;
            Some((string(bytes[1], &bytes[2..length]), length + 2))
        }
        [0x1b, b'O', last, ..] => Some((sequence(b"", *last), 3)),
        [0x1b, b']' | b'^' | b'X'] => None,
        // A string, such as a colour: it ends with a bell, or with an escape and a backslash.
        [0x1b, kind @ (b']' | b'^' | b'X'), words @ ..] if words.len() < LONGEST_STRING => {
            let end = words.iter().position(|byte| matches!(byte, 0x07 | 0x1b))?;
            let length = if words[end] == 0x07 { end + 3 } else { words.get(end + 1).map(|_| end + 4)? };
            let ground = ground(&words[..end]).filter(|_| *kind == b']');
            Some((ground.map_or(Item::Other, Item::Ground), length))
        }
        [0x1b, ..] => Some((key(KeyCode::Esc), 1)),
        [byte, ..] => {
            let length = match byte {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => 1,
            };
            let word = bytes.get(..length)?;
            Some((
                std::str::from_utf8(word).ok().and_then(|word| word.chars().next()).map_or(Item::Other, letter),
                length,
            ))
        }
    }
}

/// A report of the ground, such as `11;rgb:1e1e/1e1e/1e1e`: each part has one to four hexadecimal digits.
fn ground(words: &[u8]) -> Option<Rgb> {
    let colour = std::str::from_utf8(words).ok()?.strip_prefix("11;rgb")?;
    let (_, parts) = colour.split_once(':')?;
    let level = |part: &str| {
        let most = 16_u32.checked_pow(part.len() as u32)?.checked_sub(1).filter(|most| (1..0x1_0000).contains(most))?;
        u8::try_from(u32::from_str_radix(part, 16).ok()? * 255 / most).ok()
    };
    let mut levels = parts.split('/').map(level);
    Some(Rgb([levels.next()??, levels.next()??, levels.next()??]))
}

/// A control sequence by its parameters and its last byte.
fn sequence(parameters: &[u8], last: u8) -> Item {
    let number = |part: &[u8]| std::str::from_utf8(part).ok()?.parse().ok();
    let code = match (parameters, last) {
        (_, b'R') => {
            let mut parts = parameters.splitn(2, |byte| *byte == b';').map(number);
            return match (parts.next().flatten(), parts.next().flatten()) {
                (Some(row), Some(column)) => Item::Place(row, column),
                _ => Item::Other,
            };
        }
        ([b'?', attributes @ ..], b'c') => {
            let has_sixel = attributes.split(|byte| *byte == b';').skip(1).any(|part| part == b"4");
            return Item::Attributes { has_sixel };
        }
        (_, b't') => return cell(parameters).map_or(Item::Other, Item::Cell),
        ([b'<', mouse @ ..], b'M' | b'm') => return mouse_input(mouse, last).unwrap_or(Item::Other),
        (_, b'A') => KeyCode::Up,
        (_, b'B') => KeyCode::Down,
        (_, b'C') => KeyCode::Right,
        (_, b'D') => KeyCode::Left,
        (_, b'H') | (b"1" | b"7", b'~') => KeyCode::Home,
        (_, b'F') | (b"4" | b"8", b'~') => KeyCode::End,
        (b"3", b'~') => KeyCode::Delete,
        (b"5", b'~') => KeyCode::PageUp,
        (b"6", b'~') => KeyCode::PageDown,
        (_, b'Z') => KeyCode::BackTab,
        _ => return Item::Other,
    };
    key(code)
}

/// A string of the terminal by its kind (APC or DCS) and its words.
fn string(kind: u8, words: &[u8]) -> Item {
    match (kind, words) {
        (b'P', [b'>', b'|', name @ ..]) => Item::Name(String::from_utf8_lossy(name).into_owned()),
        _ => Item::Other,
    }
}

/// The size of a cell: `6`, its height and its width in pixels.
fn cell(parameters: &[u8]) -> Option<Cell> {
    let mut numbers = std::str::from_utf8(parameters).ok()?.split(';').map(str::parse::<u16>);
    let [Ok(6), Ok(height), Ok(width)] = [numbers.next()?, numbers.next()?, numbers.next()?] else { return None };
    Cell::told(width, height)
}

fn key(code: KeyCode) -> Item {
    Item::Input(Event::Key(KeyEvent::from(code)))
}

/// A report of the mouse (SGR 1006): button, column and row, the last two counted from 1.
fn mouse_input(parameters: &[u8], last: u8) -> Option<Item> {
    let mut numbers =
        parameters.split(|byte| *byte == b';').map(|part| std::str::from_utf8(part).ok()?.parse::<u16>().ok());
    let kind = match (numbers.next()??, last) {
        (0, b'M') => MouseEventKind::Down(MouseButton::Left),
        (0, _) => MouseEventKind::Up(MouseButton::Left),
        (64, _) => MouseEventKind::ScrollUp,
        (65, _) => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let (column, row) = (numbers.next()??.checked_sub(1)?, numbers.next()??.checked_sub(1)?);
    Some(Item::Input(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })))
}

fn letter(letter: char) -> Item {
    match letter {
        '\r' | '\n' => key(KeyCode::Enter),
        '\t' => key(KeyCode::Tab),
        '\u{7f}' | '\u{8}' => key(KeyCode::Backspace),
        '\u{1}'..='\u{1a}' => {
            let letter = KeyCode::Char(char::from(letter as u8 + b'a' - 1));
            Item::Input(Event::Key(KeyEvent::new(letter, KeyModifiers::CONTROL)))
        }
        letter if letter.is_control() => Item::Other,
        letter => key(KeyCode::Char(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of a terminal that shows each probe in so many columns.
    fn answers(columns: &[usize]) -> String {
        columns.iter().map(|columns| format!("\x1b[1;{}R", columns + 1)).collect::<String>() + "\x1b[?1;2c"
    }

    fn default_columns() -> Vec<usize> {
        TABLE.iter().map(|(.., columns)| usize::from(*columns)).collect()
    }

    #[test]
    fn answers_are_told_from_keys() {
        let mut columns = default_columns();
        columns[0] = 2;
        let stream = format!("j{}漢\x1b[B\x1b[<65;3;2M\x03", answers(&columns)).into_bytes();
        let expected = [
            Event::Key(KeyCode::Char('j').into()),
            Event::Key(KeyCode::Char('漢').into()),
            Event::Key(KeyCode::Down.into()),
            Event::Mouse(MouseEvent {
                kind: MouseEventKind::ScrollDown,
                column: 2,
                row: 1,
                modifiers: KeyModifiers::NONE,
            }),
            Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)),
        ];
        for cut in 0..stream.len() {
            let mut all = Answers::default();
            let mut inputs = all.take(&stream[..cut]);
            inputs.extend(all.take(&stream[cut..]));
            assert_eq!(inputs, expected, "{cut}");
            assert_eq!(all.measure().map(|measure| measure.columns("…─")), Some(3), "{cut}");
        }
    }

    #[test]
    fn what_is_pasted_is_no_key() {
        let long = "q".repeat(100_000);
        let stream = format!("j\x1b[200~q\x03貼\x1b[31m\x1b[201~k\x1b[200~{long}\x1b[201~").into_bytes();
        for step in [1, 2, 3, 7, 1024, stream.len()] {
            let mut all = Answers::default();
            let mut inputs: Vec<Event> = stream.chunks(step).flat_map(|chunk| all.take(chunk)).collect();
            let Some(Event::Paste(last)) = inputs.pop() else { panic!("{step}: {inputs:?}") };
            assert!(last.len() <= LONGEST_PASTE && last.bytes().all(|byte| byte == b'q'), "{step}");
            let Event::Paste(first) = inputs.remove(1) else { panic!("{step}: {inputs:?}") };
            assert!(first.starts_with("q\x03") && first.ends_with("\x1b[31m"), "{step}: {first:?}");
            assert_eq!(inputs, ['j', 'k'].map(|letter| Event::Key(KeyCode::Char(letter).into())), "{step}");
            assert!(all.paste.is_none() && all.rest.is_empty());
        }
    }

    #[test]
    fn strings_are_no_keys() {
        let stream = b"j\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b]4;1;x\x07\x1bP1$r0m\x1b\\\x1b_Gi=1;OK\x1b\\k";
        for step in [1, 5, stream.len()] {
            let mut all = Answers::default();
            let inputs: Vec<Event> = stream.chunks(step).flat_map(|chunk| all.take(chunk)).collect();
            assert_eq!(inputs, ['j', 'k'].map(|letter| Event::Key(KeyCode::Char(letter).into())), "{step}");
        }
    }

    #[test]
    fn answers_about_pictures_are_heard() {
        let check = |stream: &str, expected: Graphics| {
            for cut in 0..=stream.len() {
                let mut all = Answers::default();
                let mut inputs = all.take(&stream.as_bytes()[..cut]);
                inputs.extend(all.take(&stream.as_bytes()[cut..]));
                assert_eq!((inputs.as_slice(), &all.graphics), ([].as_slice(), &expected), "{stream:?} cut at {cut}");
            }
        };
        let name = |name: &str| name.to_owned();
        check("\x1b[?1;2c", Graphics::default());
        check("\x1b[?62;4;22c", Graphics { has_sixel: true, ..Graphics::default() });
        check("\x1b[?4c", Graphics::default());
        check("\x1b_Gi=31;OK\x1b\\", Graphics::default());
        check("\x1b[6;20;10t", Graphics { cell: Cell::told(10, 20), ..Graphics::default() });
        check("\x1b[4;600;800t\x1b[6;0;0t\x1b[6;20t", Graphics::default());
        check("\x1bP>|WezTerm 2024\x1b\\", Graphics { name: name("WezTerm 2024"), ..Graphics::default() });
        check("\x1bP1$r0m\x1b\\", Graphics::default());
        let all = Graphics { has_sixel: true, name: name("x"), cell: Cell::told(9, 18) };
        check("\x1b[6;18;9t\x1bP>|x\x1b\\\x1b[?62;4c", all);
    }

    #[test]
    fn the_ground_is_told_from_keys() {
        let check = |answer: &str, expected: Option<[u8; 3]>| {
            let stream = format!("j{answer}k\x1b[?62;4c");
            for cut in 0..stream.len() {
                let mut all = Answers::default();
                let mut inputs = all.take(&stream.as_bytes()[..cut]);
                inputs.extend(all.take(&stream.as_bytes()[cut..]));
                assert_eq!(
                    inputs,
                    ['j', 'k'].map(|letter| Event::Key(KeyCode::Char(letter).into())),
                    "{answer:?} {cut}"
                );
                assert_eq!((all.ground, all.is_over), (expected.map(Rgb), true), "{answer:?} {cut}");
            }
        };
        check("\x1b]11;rgb:1e1e/2a2a/ffff\x1b\\", Some([0x1e, 0x2a, 0xff]));
        check("\x1b]11;rgb:00/80/ff\x07", Some([0, 0x80, 0xff]));
        check("\x1b]11;rgba:0000/0000/0000/ffff\x07", Some([0, 0, 0]));
        check("\x1b]11;rgb:00000/0/0\x07", None);
        check("\x1b]10;rgb:00/80/ff\x07", None);
        check("", None);
    }

    #[test]
    fn half_an_answer_measures_nothing() {
        for stream in ["", "\x1b[?1;2c", "\x1b[1;2R\x1b[?1;2c", &answers(&default_columns()).replace("[1;", "[2;")] {
            let mut all = Answers::default();
            assert_eq!(all.take(stream.as_bytes()), []);
            assert_eq!(all.measure(), None, "{stream:?}");
        }
    }

    #[test]
    fn a_lone_escape_is_a_key() {
        let mut all = Answers::default();
        assert_eq!(all.take(b"\x1b"), []);
        assert_eq!(all.last_key(), Some(KeyEvent::from(KeyCode::Esc)));
        assert_eq!(all.take(b"x").len(), 2);
    }
}
