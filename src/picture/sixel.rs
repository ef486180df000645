//! Pixels as sixels: bands of six rows, one layer for each colour, at most 256 of those.

use color_quant::NeuQuant;

use super::Pixels;

/// The colours of one picture.
const COLOURS: usize = 256;

/// How many of the pixels the colours are chosen from: one in so many.
const SAMPLE: i32 = 10;

/// The rows of a band.
const BAND: u32 = 6;

/// A picture cut into strips of so many pixel rows, each a sequence of its own, all of them in the same colours.
pub(super) fn strips(pixels: &Pixels, height: u32) -> Vec<String> {
    let rgba: Vec<u8> =
        pixels.rgb.as_chunks::<3>().0.iter().flat_map(|[red, green, blue]| [*red, *green, *blue, 255]).collect();
    let network = NeuQuant::new(SAMPLE, COLOURS, &rgba);
    let count = pixels.size.height.div_ceil(height.max(1));
    (0..count).map(|at| strip(&pixels.rows(at * height, height), &network)).collect()
}

fn strip(pixels: &Pixels, network: &NeuQuant) -> String {
    let (width, height) = (pixels.size.width, pixels.size.height);
    let index = |[red, green, blue]: [u8; 3]| network.index_of(&[red, green, blue, 255]);
    let indices: Vec<usize> = pixels.rgb.as_chunks::<3>().0.iter().map(|pixel| index(*pixel)).collect();
    let mut is_used = [false; COLOURS];
    indices.iter().for_each(|index| is_used[*index] = true);
    // Pixels are square, and what is not drawn stays as it is.
    let mut sequence = format!("\x1bP0;1q\"1;1;{width};{height}");
    for (colour, _) in is_used.iter().enumerate().filter(|(_, is_used)| **is_used) {
        let [red, green, blue, _] =
            network.lookup(colour).unwrap_or_default().map(|level| u32::from(level) * 100 / 255);
        sequence += &format!("#{colour};2;{red};{green};{blue}");
    }
    for top in (0..height).step_by(BAND as usize) {
        if top > 0 {
            sequence.push('-');
        }
        let rows = BAND.min(height - top);
        let band = &indices[(top * width) as usize..((top + rows) * width) as usize];
        put_band(&mut sequence, band, width as usize);
    }
    sequence + "\x1b\\"
}

/// The layers of a band, each from its first pixel to its last.
fn put_band(sequence: &mut String, band: &[usize], width: usize) {
    let mut columns: Vec<[u8; COLOURS]> = vec![[0; COLOURS]; width];
    let mut last = [0; COLOURS];
    for (at, colour) in band.iter().enumerate() {
        columns[at % width][*colour] |= 1 << (at / width);
        last[*colour] = last[*colour].max(at % width + 1);
    }
    let mut is_first = true;
    for (colour, end) in last.iter().enumerate().filter(|(_, end)| **end > 0) {
        if !std::mem::replace(&mut is_first, false) {
            sequence.push('$');
        }
        *sequence += &format!("#{colour}");
        for run in columns[..*end].chunk_by(|one, other| one[colour] == other[colour]) {
            put_run(sequence, char::from(b'?' + run[0][colour]), run.len());
        }
    }
}

/// One sixel, so many times.
fn put_run(sequence: &mut String, sixel: char, count: usize) {
    if count > 3 {
        *sequence += &format!("!{count}{sixel}");
    } else {
        sequence.extend(std::iter::repeat_n(sixel, count));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::picture::Size;

    /// What a terminal draws for a sequence: the size that it names, and the colour of each pixel in percent.
    fn drawn(sequence: &str) -> (Size, BTreeMap<(u32, u32), [u32; 3]>) {
        let body = sequence.strip_prefix("\x1bP0;1q\"1;1;").unwrap().strip_suffix("\x1b\\").unwrap();
        assert!(body.bytes().all(|byte| (0x21..0x7f).contains(&byte)));
        let start = body.find('#').unwrap();
        let (width, height) = body[..start].split_once(';').unwrap();
        let size = Size { width: width.parse().unwrap(), height: height.parse().unwrap() };
        let (mut colours, mut pixels) = (BTreeMap::new(), BTreeMap::new());
        let (mut x, mut y, mut colour, mut times) = (0, 0, [0; 3], 1);
        let mut rest = &body[start..];
        while let Some(letter) = rest.chars().next() {
            rest = &rest[1..];
            let numbers = rest.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(rest.len());
            match letter {
                '#' => {
                    let list: Vec<u32> = rest[..numbers].split(';').map(|number| number.parse().unwrap()).collect();
                    if let [name, 2, red, green, blue] = list[..] {
                        colours.insert(name, [red, green, blue]);
                    }
                    colour = colours[&list[0]];
                    rest = &rest[numbers..];
                }
                '!' => {
                    times = rest[..numbers].parse().unwrap();
                    rest = &rest[numbers..];
                }
                '$' => x = 0,
                '-' => (x, y) = (0, y + 6),
                sixel => {
                    for _ in 0..std::mem::replace(&mut times, 1) {
                        let bits = (0..6).filter(|bit| (sixel as u32 - 0x3f) >> bit & 1 == 1);
                        for bit in bits {
                            assert_eq!(pixels.insert((x, y + bit), colour), None, "drawn twice");
                        }
                        x += 1;
                    }
                }
            }
        }
        (size, pixels)
    }

    #[test]
    fn strips_are_drawn_as_they_are() {
        let colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]];
        let (width, height) = (23, 45);
        let colour = |x: u32, y: u32| colours[((x / 5 + y / 7) % 4) as usize];
        let rgb = (0..height).flat_map(|y| (0..width).flat_map(move |x| colour(x, y))).collect();
        let strips = strips(&Pixels { size: Size { width, height }, rgb }, 20);
        assert_eq!(strips.len(), 3);
        for (at, strip) in strips.iter().enumerate() {
            let (size, pixels) = drawn(strip);
            let rows = [20, 20, 5][at];
            assert_eq!(size, Size { width, height: rows });
            assert_eq!(pixels.len() as u32, width * rows, "every pixel is drawn");
            for ((x, y), found) in pixels {
                let wanted = colour(x, y + at as u32 * 20).map(|level| u32::from(level) * 100 / 255);
                let is_near = wanted.iter().zip(found).all(|(one, other)| one.abs_diff(other) <= 6);
                assert!(is_near, "{x} {y}: {found:?} for {wanted:?}");
            }
        }
    }
}
