//! Colours as numbers, and how well one can be read on another.

/// The least contrast of anything that is to be read (WCAG 2.2, level AA).
pub(super) const LEAST: f64 = 4.5;

/// A colour by its red, green and blue, as sRGB has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// The relative luminance of WCAG 2: 0 is black, 1 is white.
    pub(super) fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|level| {
            let level = f64::from(level) / 255.0;
            if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast of WCAG 2, from 1 to 21.
    pub(super) fn contrast(self, other: Rgb) -> f64 {
        contrast(self.luminance(), other.luminance())
    }

    /// So many parts in 255 of another colour mixed in.
    pub(super) fn mixed(self, other: Rgb, part: u8) -> Rgb {
        let part = u16::from(part);
        let level = |at: usize| (u16::from(self.0[at]) * (255 - part) + u16::from(other.0[at]) * part) / 255;
        Rgb([level(0) as u8, level(1) as u8, level(2) as u8])
    }

    /// The square of the distance to another colour.
    pub(super) fn distance(self, other: Rgb) -> u32 {
        (0..3).map(|at| u32::from(self.0[at].abs_diff(other.0[at])).pow(2)).sum()
    }
}

/// The contrast of two luminances.
pub(super) fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
