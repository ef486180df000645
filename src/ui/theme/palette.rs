//! Which colours there are, and what becomes of them on a ground so that they can be read.

use ratatui::style::Color;

use super::contrast::{LEAST, Rgb, contrast};
use super::terminal::{Depth, Ground};

/// A colour by its hue. What it is in numbers depends on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shade {
    Gold,
    Orange,
    Tan,
    Blue,
    Mint,
    Green,
    Violet,
    Red,
    Sky,
    /// Less weight than the text.
    Grey,
    /// As little weight as can be read.
    Faint,
    /// Text on a ground of our own.
    Text,
}

/// One row of the table: the colour on dark and on light grounds, and its number among the 16 colours for each; none is the terminal's
/// own colour of text.
struct Tints {
    shade: Shade,
    dark: Rgb,
    light: Rgb,
    named: [Option<u8>; 2],
}

const fn tints(shade: Shade, dark: [u8; 3], light: [u8; 3], named: [Option<u8>; 2]) -> Tints {
    Tints { shade, dark: Rgb(dark), light: Rgb(light), named }
}

/// Every shade.
const TABLE: [Tints; 12] = [
    tints(Shade::Gold, [255, 215, 135], [135, 95, 0], [Some(11), Some(5)]),
    tints(Shade::Orange, [255, 175, 95], [135, 95, 0], [Some(11), Some(1)]),
    tints(Shade::Tan, [215, 175, 135], [135, 95, 0], [Some(11), Some(5)]),
    tints(Shade::Blue, [95, 175, 255], [0, 95, 175], [Some(14), Some(4)]),
    tints(Shade::Mint, [175, 215, 175], [0, 95, 95], [Some(10), Some(4)]),
    tints(Shade::Green, [135, 215, 135], [0, 95, 0], [Some(10), Some(4)]),
    tints(Shade::Violet, [215, 135, 255], [95, 0, 135], [Some(13), Some(5)]),
    tints(Shade::Red, [255, 135, 135], [175, 0, 0], [Some(9), Some(1)]),
    tints(Shade::Sky, [175, 215, 215], [0, 95, 135], [Some(14), Some(4)]),
    tints(Shade::Grey, [158, 158, 158], [88, 88, 88], [None, None]),
    tints(Shade::Faint, [118, 118, 118], [118, 118, 118], [None, None]),
    tints(Shade::Text, [208, 208, 208], [48, 48, 48], [None, None]),
];

const fn rgb(colour: u32) -> Rgb {
    let [_, red, green, blue] = colour.to_be_bytes();
    Rgb([red, green, blue])
}

/// The 16 colours as xterm and as the VGA have them. Every user may set them otherwise.
#[rustfmt::skip]
pub(super) const SIXTEEN: [[Rgb; 16]; 2] = [
    [
        rgb(0x00_0000), rgb(0xcd_0000), rgb(0x00_cd00), rgb(0xcd_cd00), rgb(0x00_00ee), rgb(0xcd_00cd), rgb(0x00_cdcd), rgb(0xe5_e5e5),
        rgb(0x7f_7f7f), rgb(0xff_0000), rgb(0x00_ff00), rgb(0xff_ff00), rgb(0x5c_5cff), rgb(0xff_00ff), rgb(0x00_ffff), rgb(0xff_ffff),
    ],
    [
        rgb(0x00_0000), rgb(0xaa_0000), rgb(0x00_aa00), rgb(0xaa_5500), rgb(0x00_00aa), rgb(0xaa_00aa), rgb(0x00_aaaa), rgb(0xaa_aaaa),
        rgb(0x55_5555), rgb(0xff_5555), rgb(0x55_ff55), rgb(0xff_ff55), rgb(0x55_55ff), rgb(0xff_55ff), rgb(0x55_ffff), rgb(0xff_ffff),
    ],
];

/// The colours on one ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Palette {
    inks: [Color; TABLE.len()],
    /// What lies behind code; none where that is the terminal's own ground.
    pub(super) code: Option<Color>,
    /// What was sought: its ink, its ground, and the ground of the hit at hand.
    pub(super) hits: [Color; 3],
}

impl Palette {
    /// The colours that can be read on this ground; none where a terminal is to show no colours.
    pub(super) fn new(ground: Ground, depth: Depth) -> Option<Palette> {
        let code = ground.code().and_then(|code| nearest_ground(code, depth));
        let mut grounds = ground.extremes();
        grounds.extend(code.map(|(_, shown)| shown));
        let grounds: Vec<f64> = grounds.into_iter().map(Rgb::luminance).collect();
        let is_dark = ground.is_dark();
        let ink = |row: &Tints| {
            let wanted = if is_dark == Some(true) { row.dark } else { row.light };
            match (depth, is_dark) {
                (Depth::Truecolor, _) => paint(readable(wanted, &grounds)),
                (Depth::Indexed, _) => Color::Indexed(nearest(wanted, &grounds)),
                (_, Some(is_dark)) => row.named[usize::from(!is_dark)]
                    .filter(|index| SIXTEEN.iter().all(|colours| can_be_read(colours[usize::from(*index)], &grounds)))
                    .map_or(Color::Reset, Color::Indexed),
                (_, None) => Color::Reset,
            }
        };
        let hits = if depth == Depth::Named { [0, 14, 11] } else { [16, 222, 208] }.map(Color::Indexed);
        let code = code.map(|(code, _)| code);
        (depth != Depth::None).then(|| Palette { inks: TABLE.each_ref().map(ink), code, hits })
    }

    pub(super) fn ink(&self, shade: Shade) -> Color {
        let row = TABLE.iter().position(|row| row.shade == shade);
        row.map_or(Color::Reset, |row| self.inks[row])
    }
}

fn paint(Rgb([red, green, blue]): Rgb) -> Color {
    Color::Rgb(red, green, blue)
}

/// The colour that comes nearest to the wanted one among those that can be read on each of the grounds, which are
/// given by their luminance.
fn readable(wanted: Rgb, grounds: &[f64]) -> Rgb {
    let (black, white) = (Rgb([0; 3]), Rgb([255; 3]));
    let mixes = (0..=u8::MAX).flat_map(|part| [wanted.mixed(white, part), wanted.mixed(black, part)]);
    let mut found = mixes.filter(|colour| can_be_read(*colour, grounds));
    found.next().unwrap_or(if least_contrast(white, grounds) > least_contrast(black, grounds) { white } else { black })
}

/// Likewise among the fixed part of the 256 colours.
fn nearest(wanted: Rgb, grounds: &[f64]) -> u8 {
    let wanted = readable(wanted, grounds);
    let found = (16..=u8::MAX).filter(|index| can_be_read(indexed(*index), grounds));
    found.min_by_key(|index| indexed(*index).distance(wanted)).unwrap_or(if wanted.luminance() > 0.5 {
        231
    } else {
        16
    })
}

/// How far a ground of the 256 colours may be from the one that is wanted: another hue would be seen.
const NEAR: u32 = 600;

/// A ground as it can be shown, and what it then is.
fn nearest_ground(wanted: Rgb, depth: Depth) -> Option<(Color, Rgb)> {
    match depth {
        Depth::Truecolor => Some((paint(wanted), wanted)),
        Depth::Indexed => {
            let index = (16..=u8::MAX).min_by_key(|index| indexed(*index).distance(wanted))?;
            (indexed(index).distance(wanted) <= NEAR).then(|| (Color::Indexed(index), indexed(index)))
        }
        Depth::Named | Depth::None => None,
    }
}

fn can_be_read(colour: Rgb, grounds: &[f64]) -> bool {
    least_contrast(colour, grounds) >= LEAST
}

fn least_contrast(colour: Rgb, grounds: &[f64]) -> f64 {
    let luminance = colour.luminance();
    grounds.iter().map(|ground| contrast(luminance, *ground)).fold(f64::INFINITY, f64::min)
}

/// The colour of an index from 16 on, as xterm fixed it: a cube of 6 by 6 by 6, then 24 greys.
pub(super) fn indexed(index: u8) -> Rgb {
    let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * level };
    if let Some(grey) = index.checked_sub(232) {
        return Rgb([8 + 10 * grey; 3]);
    }
    let cube = index.saturating_sub(16);
    Rgb([step(cube / 36), step(cube / 6 % 6), step(cube % 6)])
}
