//! A picture made ready for a terminal: cells for half-blocks, or the sequences of a graphics protocol.
//!
//! The sequences are composed here, of numbers and of base64 or sixels alone: nothing of a file stands in them as it is.

use std::ops::Range;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Cell, Depth, Drawing, Fault, Means, Pixels, Size, file, sixel};

/// The most of a base64 text that one sequence of kitty's protocol holds, in bytes.
const CHUNK: usize = 4096;

/// A picture that can be shown, as many cells as it was made for.
#[derive(Debug, PartialEq, Eq)]
pub struct Plate {
    pub columns: u16,
    pub rows: u16,
    pub form: Form,
}

/// What a plate is made of.
#[derive(Debug, PartialEq, Eq)]
pub enum Form {
    /// The upper and the lower half of each cell, row by row.
    HalfBlocks(Vec<[Shade; 2]>),
    /// What sends the picture to the terminal, under a number; and the height of one row in its pixels.
    Kitty { id: u32, transmission: String, row: u32, width: u32 },
    /// What draws each row, the cursor standing at its first cell.
    Strips(Vec<String>),
}

/// A plate on the screen.
#[derive(Debug, Clone)]
pub struct Hung {
    pub plate: Arc<Plate>,
    /// The cell of its first row in sight.
    pub x: u16,
    pub y: u16,
    /// Which of its rows are in sight.
    pub rows: Range<u16>,
}

/// A colour as a terminal takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// Red, green, blue.
    Full([u8; 3]),
    /// A number of the 256-colour palette.
    Palette(u8),
}

impl Plate {
    /// Whether it is drawn over the cells, not with them.
    #[must_use]
    pub fn is_over_cells(&self) -> bool {
        !matches!(self.form, Form::HalfBlocks(_))
    }

    /// What it takes in memory, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.form {
            Form::HalfBlocks(cells) => cells.len() * size_of::<[Shade; 2]>(),
            Form::Kitty { transmission, .. } => transmission.len(),
            Form::Strips(strips) => strips.iter().map(String::len).sum(),
        }
    }
}

/// The size in pixels that a picture is scaled to for so many cells.
#[must_use]
pub fn size(columns: u16, rows: u16, drawing: Drawing) -> Size {
    let cell = match drawing.means {
        Means::HalfBlocks(_) => Cell { width: 1, height: 2 },
        _ => drawing.cell,
    };
    Size { width: u32::from(columns) * u32::from(cell.width), height: u32::from(rows) * u32::from(cell.height) }
}

/// Makes a plate of pixels that have the [`size`] for it. `id` is its number where the terminal keeps pictures by numbers.
///
/// # Errors
/// When the pixels cannot be encoded.
pub fn make(pixels: &Pixels, columns: u16, rows: u16, drawing: Drawing, id: u32) -> Result<Plate, Fault> {
    let row = u32::from(drawing.cell.height);
    let form = match drawing.means {
        Means::HalfBlocks(depth) => Form::HalfBlocks(half_blocks(pixels, columns, rows, depth)),
        Means::Kitty => {
            let transmission = kitty(&file::png(pixels).ok_or(Fault::Broken)?, id);
            Form::Kitty { id, transmission, row, width: pixels.size.width }
        }
        Means::Iterm2 => {
            let strip = |at: u16| Some(iterm2(&file::png(&pixels.rows(u32::from(at) * row, row))?, columns));
            Form::Strips((0..rows).map(strip).collect::<Option<_>>().ok_or(Fault::Broken)?)
        }
        Means::Sixel => Form::Strips(sixel::strips(pixels, row)),
    };
    Ok(Plate { columns, rows, form })
}

fn half_blocks(pixels: &Pixels, columns: u16, rows: u16, depth: Depth) -> Vec<[Shade; 2]> {
    let shade = |x, y| match depth {
        Depth::Full => Shade::Full(pixels.at(x, y)),
        Depth::Palette => Shade::Palette(nearest(pixels.at(x, y))),
    };
    let places = (0..u32::from(rows)).flat_map(|y| (0..u32::from(columns)).map(move |x| (x, y * 2)));
    places.map(|(x, y)| [shade(x, y), shade(x, y + 1)]).collect()
}

/// The colour of the fixed part of the 256-colour palette that is nearest: of its cube or of its greys.
fn nearest(colour: [u8; 3]) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |level: u8| (0..6_u8).min_by_key(|at| LEVELS[usize::from(*at)].abs_diff(level)).unwrap_or_default();
    let [red, green, blue] = colour.map(step);
    let mean = (colour.iter().map(|level| u16::from(*level)).sum::<u16>() / 3) as u8;
    let grey = (mean.saturating_sub(3) / 10).min(23);
    let distance = |other: [u8; 3]| -> u32 {
        colour.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    let of_cube = [red, green, blue].map(|at| LEVELS[usize::from(at)]);
    if distance([8 + 10 * grey; 3]) < distance(of_cube) { 232 + grey } else { 16 + 36 * red + 6 * green + blue }
}

/// Sends a PNG file to a terminal that knows kitty's graphics protocol, which keeps it under a number and answers nothing.
fn kitty(png: &[u8], id: u32) -> String {
    let text = STANDARD.encode(png);
    let mut sequences = String::with_capacity(text.len() + text.len() / CHUNK * 16 + 64);
    let count = text.len().div_ceil(CHUNK);
    for at in 0..count {
        let chunk = &text[at * CHUNK..((at + 1) * CHUNK).min(text.len())];
        let more = u8::from(at + 1 < count);
        let keys = if at == 0 { format!("a=t,f=100,t=d,i={id},q=2,m={more}") } else { format!("q=2,m={more}") };
        sequences += &format!("\x1b_G{keys};{chunk}\x1b\\");
    }
    sequences
}

/// Shows a PNG file in one row of cells, by the inline images of iTerm2.
fn iterm2(png: &[u8], columns: u16) -> String {
    let length = png.len();
    let text = STANDARD.encode(png);
    format!(
        "\x1b]1337;File=inline=1;size={length};width={columns};height=1;preserveAspectRatio=0;doNotMoveCursor=1:{text}\x07"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture whose columns get redder and whose rows get greener.
    fn gradient(size: Size) -> Pixels {
        let level = |at: u32, of: u32| (at * 255 / of.max(1)) as u8;
        let pixel = |at: u32| {
            let (x, y) = (at % size.width, at / size.width);
            [level(x, size.width), level(y, size.height), 128]
        };
        Pixels { size, rgb: (0..size.width * size.height).flat_map(pixel).collect() }
    }

    const CELL: Cell = Cell { width: 10, height: 20 };

    fn made(means: Means) -> (Pixels, Plate) {
        let drawing = Drawing { means, cell: CELL };
        let pixels = gradient(size(8, 3, drawing));
        let plate = make(&pixels, 8, 3, drawing, 7).unwrap();
        (pixels, plate)
    }

    fn decoded(png: &[u8]) -> Pixels {
        file::tests::whole_picture(png)
    }

    #[test]
    fn half_blocks_are_the_pixels_two_by_two() {
        let (pixels, plate) = made(Means::HalfBlocks(Depth::Full));
        let Form::HalfBlocks(cells) = &plate.form else { panic!("{plate:?}") };
        assert_eq!((pixels.size, cells.len()), (Size { width: 8, height: 6 }, 24));
        assert_eq!(cells[8 + 5], [Shade::Full(pixels.at(5, 2)), Shade::Full(pixels.at(5, 3))]);
    }

    #[test]
    fn the_palette_has_a_near_colour() {
        for (colour, expected) in [
            ([0, 0, 0], 16),
            ([255, 255, 255], 231),
            ([255, 0, 0], 196),
            ([100, 100, 100], 241),
            ([8, 8, 8], 232),
            ([95, 135, 175], 67),
        ] {
            assert_eq!(nearest(colour), expected, "{colour:?}");
        }
    }

    #[test]
    fn kitty_is_sent_the_picture_in_chunks() {
        let (pixels, plate) = made(Means::Kitty);
        let Form::Kitty { id: 7, transmission, row: 20, width: 80 } = &plate.form else { panic!("{plate:?}") };
        let mut text = String::new();
        let parts: Vec<&str> = transmission.split_terminator("\x1b\\").collect();
        for (at, part) in parts.iter().enumerate() {
            let (keys, chunk) = part.strip_prefix("\x1b_G").unwrap().split_once(';').unwrap();
            let start = if at == 0 { "a=t,f=100,t=d,i=7,q=2," } else { "q=2," };
            assert_eq!(keys, format!("{start}m={}", u8::from(at + 1 < parts.len())));
            assert!(chunk.len() <= CHUNK && (chunk.len() == CHUNK || at + 1 == parts.len()));
            text += chunk;
        }
        assert_eq!(decoded(&STANDARD.decode(text).unwrap()), pixels);
        let many = kitty(&[7; 10_000], 9);
        assert_eq!(many.matches("m=1").count(), 3);
        assert_eq!(many.matches("m=0").count(), 1);
    }

    #[test]
    fn iterm2_is_sent_rows() {
        let (pixels, plate) = made(Means::Iterm2);
        let Form::Strips(strips) = &plate.form else { panic!("{plate:?}") };
        assert_eq!(strips.len(), 3);
        for (at, strip) in strips.iter().enumerate() {
            let rest = strip.strip_prefix("\x1b]1337;File=inline=1;size=").unwrap();
            let (keys, text) = rest.strip_suffix('\x07').unwrap().split_once(':').unwrap();
            let png = STANDARD.decode(text).unwrap();
            let expected = format!("{};width=8;height=1;preserveAspectRatio=0;doNotMoveCursor=1", png.len());
            assert_eq!((keys, decoded(&png)), (expected.as_str(), pixels.rows(at as u32 * 20, 20)));
        }
    }
}
