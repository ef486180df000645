//! Pictures that the terminal draws by itself, over cells that are blank: hung where they are in sight, taken away before anything else
//! is drawn there.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::{Arc, Weak};

use crossterm::cursor::MoveTo;
use crossterm::queue;

use crate::picture::plate::{Form, Hung, Plate};

/// See the module's head.
#[derive(Debug, Default)]
pub(super) struct Easel {
    wanted: Vec<Piece>,
    shown: Vec<Piece>,
    /// The pictures that the terminal keeps, by their numbers.
    sent: Vec<(u32, Weak<Plate>)>,
}

/// What is drawn in one go: rows of a plate that the terminal keeps, or one strip.
#[derive(Debug, Clone)]
struct Piece {
    plate: Arc<Plate>,
    x: u16,
    y: u16,
    rows: Range<u16>,
    /// Which of the same plates on the screen it belongs to, counted from 1.
    copy: u32,
}

impl PartialEq for Piece {
    fn eq(&self, other: &Piece) -> bool {
        let place = |piece: &Piece| (piece.x, piece.y, piece.rows.clone(), piece.copy);
        Arc::ptr_eq(&self.plate, &other.plate) && place(self) == place(other)
    }
}

impl Easel {
    /// Notes what is to be seen from the next frame on.
    pub(super) fn hang(&mut self, hung: Vec<Hung>) {
        self.wanted.clear();
        for Hung { plate, x, y, rows } in hung {
            let same = self.wanted.iter().filter(|piece| Arc::ptr_eq(&piece.plate, &plate)).map(|piece| piece.copy);
            let copy = same.max().unwrap_or_default() + 1;
            match &plate.form {
                Form::HalfBlocks(_) => {}
                Form::Kitty { .. } => self.wanted.push(Piece { plate, x, y, rows, copy }),
                Form::Strips(_) => {
                    let piece = |(row, y)| Piece { plate: Arc::clone(&plate), x, y, rows: row..row + 1, copy };
                    self.wanted.extend(rows.zip(y..).map(piece));
                }
            }
        }
    }

    /// Whether the next frame changes anything.
    pub(super) fn is_stale(&self) -> bool {
        self.wanted != self.shown || self.sent.iter().any(|(_, plate)| plate.strong_count() == 0)
    }

    /// Takes away what is no longer to be seen where it is. Cells are drawn after that.
    pub(super) fn take_away(&mut self, out: &mut impl Write) -> io::Result<()> {
        let gone = self.shown.extract_if(.., |piece| !self.wanted.contains(piece));
        for piece in gone.collect::<Vec<_>>() {
            take_away(&piece, out)?;
        }
        for (id, _) in self.sent.extract_if(.., |(_, plate)| plate.strong_count() == 0) {
            write!(out, "\x1b_Ga=d,d=I,i={id},q=2\x1b\\")?;
        }
        Ok(())
    }

    /// Draws what is new. Cells are drawn before that.
    pub(super) fn put_up(&mut self, out: &mut impl Write) -> io::Result<()> {
        for piece in self.wanted.iter().filter(|piece| !self.shown.contains(piece)) {
            queue!(out, MoveTo(piece.x, piece.y))?;
            match &piece.plate.form {
                Form::HalfBlocks(_) => {}
                Form::Strips(strips) => {
                    let strip = strips.get(usize::from(piece.rows.start)).map_or("", String::as_str);
                    out.write_all(strip.as_bytes())?;
                }
                Form::Kitty { id, transmission, row, width } => {
                    if self.sent.iter().all(|(known, _)| known != id) {
                        out.write_all(transmission.as_bytes())?;
                        self.sent.push((*id, Arc::downgrade(&piece.plate)));
                    }
                    let (columns, rows) = (piece.plate.columns, piece.rows.len() as u32);
                    let (top, height) = (u32::from(piece.rows.start) * row, rows * row);
                    write!(
                        out,
                        "\x1b_Ga=p,i={id},p={},x=0,y={top},w={width},h={height},c={columns},r={rows},C=1,q=2\x1b\\",
                        piece.copy
                    )?;
                }
            }
        }
        self.shown.clone_from(&self.wanted);
        Ok(())
    }

    /// The screen is going to be cleared: everything is drawn anew after that.
    pub(super) fn clear(&mut self, out: &mut impl Write) -> io::Result<()> {
        for piece in std::mem::take(&mut self.shown) {
            if let Form::Kitty { .. } = piece.plate.form {
                take_away(&piece, out)?;
            }
        }
        Ok(())
    }

    /// The terminal is going to be given back: nothing of ours stays in it.
    pub(super) fn take_down(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.shown.clear();
        for (id, _) in std::mem::take(&mut self.sent) {
            write!(out, "\x1b_Ga=d,d=I,i={id},q=2\x1b\\")?;
        }
        Ok(())
    }
}

fn take_away(piece: &Piece, out: &mut impl Write) -> io::Result<()> {
    match &piece.plate.form {
        Form::HalfBlocks(_) => Ok(()),
        Form::Kitty { id, .. } => write!(out, "\x1b_Ga=d,d=i,i={id},p={},q=2\x1b\\", piece.copy),
        // The cells below it are blank, so that blanks bring them back.
        Form::Strips(_) => {
            queue!(out, MoveTo(piece.x, piece.y))?;
            write!(out, "\x1b[m{:1$}", "", usize::from(piece.plate.columns))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kitty(id: u32) -> Arc<Plate> {
        let form = Form::Kitty { id, transmission: format!("<picture {id}>"), row: 20, width: 80 };
        Arc::new(Plate { columns: 8, rows: 4, form })
    }

    fn strips() -> Arc<Plate> {
        Arc::new(Plate { columns: 3, rows: 3, form: Form::Strips(["<0>", "<1>", "<2>"].map(str::to_owned).into()) })
    }

    fn hung(plate: &Arc<Plate>, y: u16, rows: Range<u16>) -> Hung {
        Hung { plate: Arc::clone(plate), x: 2, y, rows }
    }

    /// What one frame writes before and after its cells.
    fn frame(easel: &mut Easel, wanted: Vec<Hung>) -> String {
        easel.hang(wanted);
        let is_stale = easel.is_stale();
        let mut out = Vec::new();
        easel.take_away(&mut out).unwrap();
        out.extend(b"|");
        easel.put_up(&mut out).unwrap();
        assert!(!easel.is_stale());
        let out = String::from_utf8(out).unwrap().replace('\x1b', "^");
        assert_eq!(is_stale, out != "|", "{out}");
        out
    }

    #[test]
    fn kitty_is_sent_a_picture_once_and_moves_it() {
        let (mut easel, plate) = (Easel::default(), kitty(7));
        assert_eq!(
            frame(&mut easel, vec![hung(&plate, 5, 0..4)]),
            "|^[6;3H<picture 7>^_Ga=p,i=7,p=1,x=0,y=0,w=80,h=80,c=8,r=4,C=1,q=2^\\"
        );
        assert_eq!(frame(&mut easel, vec![hung(&plate, 5, 0..4)]), "|");
        // Scrolled up to the edge: its upper half is cut off.
        assert_eq!(
            frame(&mut easel, vec![hung(&plate, 1, 2..4)]),
            "^_Ga=d,d=i,i=7,p=1,q=2^\\|^[2;3H^_Ga=p,i=7,p=1,x=0,y=40,w=80,h=40,c=8,r=2,C=1,q=2^\\"
        );
        assert_eq!(
            frame(&mut easel, vec![hung(&plate, 1, 2..4), hung(&plate, 9, 0..1)]),
            "|^[10;3H^_Ga=p,i=7,p=2,x=0,y=0,w=80,h=20,c=8,r=1,C=1,q=2^\\"
        );
        assert_eq!(frame(&mut easel, vec![]), "^_Ga=d,d=i,i=7,p=1,q=2^\\^_Ga=d,d=i,i=7,p=2,q=2^\\|");
        // Nobody keeps it any more.
        drop(plate);
        assert_eq!(frame(&mut easel, vec![]), "^_Ga=d,d=I,i=7,q=2^\\|");
        assert_eq!(frame(&mut easel, vec![]), "|");
    }

    #[test]
    fn strips_are_drawn_row_by_row_and_blanked() {
        let (mut easel, plate) = (Easel::default(), strips());
        assert_eq!(frame(&mut easel, vec![hung(&plate, 4, 0..3)]), "|^[5;3H<0>^[6;3H<1>^[7;3H<2>");
        assert_eq!(
            frame(&mut easel, vec![hung(&plate, 3, 0..2)]),
            "^[5;3H^[m   ^[6;3H^[m   ^[7;3H^[m   |^[4;3H<0>^[5;3H<1>"
        );
        assert_eq!(frame(&mut easel, vec![hung(&plate, 4, 1..2)]), "^[4;3H^[m   |");
        assert_eq!(frame(&mut easel, vec![]), "^[5;3H^[m   |");
    }

    #[test]
    fn a_cleared_screen_is_drawn_anew() {
        for (plate, expected, again) in [
            (kitty(7), "^_Ga=d,d=i,i=7,p=1,q=2^\\", "|^[6;3H^_Ga=p,i=7,p=1,x=0,y=0,w=80,h=20,c=8,r=1,C=1,q=2^\\"),
            (strips(), "", "|^[6;3H<0>"),
        ] {
            let mut easel = Easel::default();
            frame(&mut easel, vec![hung(&plate, 5, 0..1)]);
            let mut out = Vec::new();
            easel.clear(&mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap().replace('\x1b', "^"), expected);
            assert_eq!(frame(&mut easel, vec![hung(&plate, 5, 0..1)]), again);
        }
    }

    #[test]
    fn nothing_stays_in_the_terminal() {
        let (mut easel, plate) = (Easel::default(), kitty(7));
        frame(&mut easel, vec![hung(&plate, 5, 0..1)]);
        let mut out = Vec::new();
        easel.take_down(&mut out).unwrap();
        assert_eq!(out, b"\x1b_Ga=d,d=I,i=7,q=2\x1b\\");
        out.clear();
        easel.take_down(&mut out).unwrap();
        assert_eq!(out, b"");
    }
}
