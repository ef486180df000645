//! Pictures: how large they are, how many cells they get, and what is written to a terminal to show them. It knows files and pixels,
//! and neither posts nor the screen.

pub mod album;
pub mod file;
pub mod fit;
pub mod plate;
pub mod remote;
mod sixel;

use crate::messages;

/// A width and a height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// How large one cell of the terminal is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub width: u16,
    pub height: u16,
}

impl Cell {
    /// What is assumed of a terminal that does not tell.
    pub const USUAL: Cell = Cell { width: 8, height: 16 };

    /// A size that a terminal has told; none where no cell is like that.
    #[must_use]
    pub fn told(width: u16, height: u16) -> Option<Cell> {
        ((2..=80).contains(&width) && (4..=160).contains(&height)).then_some(Cell { width, height })
    }
}

/// What a terminal shows pictures with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// `▀` in the colours of the two pixels of a cell.
    HalfBlocks(Depth),
    /// The graphics protocol of kitty.
    Kitty,
    /// The inline images of iTerm2.
    Iterm2,
    Sixel,
}

/// Which colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    Full,
    /// Those of the 256-colour palette.
    Palette,
}

/// How pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawing {
    pub means: Means,
    pub cell: Cell,
}

/// Why a picture is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no such file below the site's root.
    Missing,
    /// It lies on another host, and was not fetched.
    Elsewhere,
    /// Not a picture of a kind that is drawn.
    Kind,
    /// Its file or its pixels are beyond the bounds.
    TooLarge,
    /// It cannot be read, or what it holds is broken.
    Broken,
}

impl Fault {
    /// The reason in a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Fault::Missing => messages::PICTURE_MISSING.words(),
            Fault::Elsewhere => messages::PICTURE_ELSEWHERE.words(),
            Fault::Kind => messages::PICTURE_KIND.words(),
            Fault::TooLarge => messages::PICTURE_TOO_LARGE.words(),
            Fault::Broken => messages::PICTURE_BROKEN.words(),
        }
    }
}

/// The pixels of a picture, row by row, red, green and blue, on white where it was transparent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    pub size: Size,
    pub rgb: Vec<u8>,
}

impl Pixels {
    /// The pixel at a column and a row; white beyond the edges.
    #[must_use]
    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.size.width as usize + x as usize) * 3;
        match self.rgb.get(at..at + 3) {
            Some(&[red, green, blue]) if x < self.size.width => [red, green, blue],
            _ => [255; 3],
        }
    }

    /// So many rows from one on, as far as there are any.
    #[must_use]
    pub fn rows(&self, from: u32, count: u32) -> Pixels {
        let from = from.min(self.size.height);
        let count = count.min(self.size.height - from);
        let row = self.size.width as usize * 3;
        let rgb = self.rgb[from as usize * row..(from + count) as usize * row].to_vec();
        Pixels { size: Size { width: self.size.width, height: count }, rgb }
    }
}
