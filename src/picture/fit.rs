//! How many cells a picture gets.

use super::{Cell, Size};

/// What a picture has to fit into, in cells, and how large they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    pub cell: Cell,
    /// The most rows that one picture gets.
    pub tallest: u16,
}

/// The most pixels that are made of a picture.
const MOST_PIXELS: u64 = 4 * 1024 * 1024;

/// The columns and rows of a picture that may be so many columns wide: never larger than it is, its shape kept as far as whole cells
/// allow. At least one cell.
#[must_use]
pub fn cells(size: Size, frame: Frame, widest: u16) -> (u16, u16) {
    let (cell_width, cell_height) = (u64::from(frame.cell.width.max(1)), u64::from(frame.cell.height.max(1)));
    let (width, height) = (u64::from(size.width.max(1)), u64::from(size.height.max(1)));
    let widest = u64::from(widest.max(1));
    let tallest = u64::from(frame.tallest).min(MOST_PIXELS / (widest * cell_width * cell_height));
    let by_width = widest * cell_width * height / (width * cell_height);
    let rows = rounded(height, cell_height).min(by_width).min(tallest).max(1);
    let columns = rounded(rows * cell_height * width, height * cell_width);
    (columns.min(width.div_ceil(cell_width)).clamp(1, widest) as u16, rows as u16)
}

/// A quotient to the nearest whole.
fn rounded(number: u64, by: u64) -> u64 {
    (2 * number + by) / (2 * by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(size: (u32, u32), tallest: u16, widest: u16, expected: (u16, u16)) {
        let frame = Frame { cell: Cell { width: 10, height: 20 }, tallest };
        assert_eq!(cells(Size { width: size.0, height: size.1 }, frame, widest), expected, "{size:?}");
    }

    #[test]
    fn pictures_fit() {
        check((100, 100), 30, 80, (10, 5));
        check((1600, 800), 30, 80, (80, 20));
        check((800, 1600), 20, 80, (20, 20));
        check((1, 1), 20, 80, (1, 1));
        check((10_000, 1), 20, 80, (80, 1));
        check((1, 10_000), 20, 80, (1, 20));
        check((100_000, 100_000), 20, 80, (40, 20));
        check((0, 0), 0, 0, (1, 1));
        check((u32::MAX, u32::MAX), u16::MAX, u16::MAX, (2, 1));
        check((100, 25), 20, 80, (8, 1));
    }
}
