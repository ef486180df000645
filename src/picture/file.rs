//! Files of pictures: `image`'s door. Everything is bounded before it is decoded: the bytes of the file, the pixels, the memory.

use std::io::Cursor;
use std::path::Path;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageResult, Limits, RgbImage};

use super::{Fault, Pixels, Size};
use crate::library::source;

/// The longest file that is decoded, in bytes.
const LONGEST: u64 = 32 * 1024 * 1024;

/// How much of a file its size is looked for in at first, in bytes.
const HEAD: u64 = 128 * 1024;

/// The widest and the highest picture that is decoded, in pixels.
const LARGEST_SIDE: u32 = 8192;

/// The most memory that the pixels of one picture may take while it is decoded, in bytes.
const MOST_MEMORY: u64 = 64 * 1024 * 1024;

/// The names that files of pictures end in.
pub const EXTENSIONS: [&str; 5] = ["png", "jpg", "jpeg", "gif", "webp"];

/// How large a picture is, as it is to be seen, read from the head of its file.
///
/// # Errors
/// Why it cannot be drawn.
pub fn size(path: &Path) -> Result<Size, Fault> {
    let head = source::read(path, HEAD).map_err(|_| Fault::Missing)?;
    let is_whole = (head.len() as u64) < HEAD;
    match size_of(&head) {
        // What comes before the size may be long.
        Err(Fault::Broken) if !is_whole => size_of(&whole(path)?),
        found => found,
    }
}

/// The pixels of a picture, scaled to a size.
///
/// # Errors
/// Why it cannot be drawn.
pub fn pixels(path: &Path, size: Size) -> Result<Pixels, Fault> {
    decode(&whole(path)?, size)
}

/// Whether a file is a picture by its name and by its first bytes.
#[must_use]
pub fn is_picture(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    EXTENSIONS.contains(&extension.as_str()) && source::read(path, 64).is_ok_and(|head| format(&head).is_ok())
}

fn whole(path: &Path) -> Result<Vec<u8>, Fault> {
    let bytes = source::read(path, LONGEST + 1).map_err(|_| Fault::Missing)?;
    if bytes.len() as u64 > LONGEST { Err(Fault::TooLarge) } else { Ok(bytes) }
}

/// What a file is by its first bytes.
fn format(bytes: &[u8]) -> Result<ImageFormat, Fault> {
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP)) => Ok(format),
        _ => Err(Fault::Kind),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

type Decoder<'a> = Box<dyn ImageDecoder + 'a>;

fn decoder(bytes: &[u8]) -> Result<Decoder<'_>, Fault> {
    let input = Cursor::new(bytes);
    let decoder: ImageResult<Decoder> = match format(bytes)? {
        ImageFormat::Png => PngDecoder::with_limits(input, limits()).map(|decoder| Box::new(decoder) as Decoder),
        ImageFormat::Jpeg => JpegDecoder::new(input).map(|decoder| Box::new(decoder) as Decoder),
        ImageFormat::Gif => GifDecoder::new(input).map(|decoder| Box::new(decoder) as Decoder),
        _ => WebPDecoder::new(input).map(|decoder| Box::new(decoder) as Decoder),
    };
    decoder.map_err(|error| fault(&error))
}

fn fault(error: &ImageError) -> Fault {
    if matches!(error, ImageError::Limits(_)) { Fault::TooLarge } else { Fault::Broken }
}

/// The size of what a decoder would give, if that is within the bounds, and how it is to be turned.
fn measured(decoder: &mut Decoder) -> Result<(Size, Orientation), Fault> {
    let (width, height) = decoder.dimensions();
    if width > LARGEST_SIDE || height > LARGEST_SIDE || decoder.total_bytes() > MOST_MEMORY {
        return Err(Fault::TooLarge);
    }
    if width == 0 || height == 0 {
        return Err(Fault::Broken);
    }
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let is_on_its_side = matches!(
        turn,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let size = if is_on_its_side { Size { width: height, height: width } } else { Size { width, height } };
    Ok((size, turn))
}

/// How large a picture is whose whole file is here.
///
/// # Errors
/// Why it cannot be drawn.
pub fn size_of(bytes: &[u8]) -> Result<Size, Fault> {
    measured(&mut decoder(bytes)?).map(|(size, _)| size)
}

fn decode(bytes: &[u8], size: Size) -> Result<Pixels, Fault> {
    let mut decoder = decoder(bytes)?;
    let (_, turn) = measured(&mut decoder)?;
    decoder.set_limits(limits()).map_err(|error| fault(&error))?;
    let image = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    let image = scaled(image, turn, size);
    Ok(Pixels { size: Size { width: image.width(), height: image.height() }, rgb: image.into_raw() })
}

/// A picture turned, put on white and scaled. What is far too large is made smaller roughly first.
fn scaled(mut image: DynamicImage, turn: Orientation, size: Size) -> RgbImage {
    // It is turned when it is small.
    let is_on_its_side = {
        let mut probe = DynamicImage::new_luma8(2, 1);
        probe.apply_orientation(turn);
        probe.height() == 2
    };
    let (width, height) = if is_on_its_side { (size.height, size.width) } else { (size.width, size.height) };
    if image.width() / 2 > width && image.height() / 2 > height {
        image = image.thumbnail_exact((width * 2).max(1), (height * 2).max(1));
    }
    let image = imageops::resize(&image.into_rgba8(), width.max(1), height.max(1), FilterType::Triangle);
    let mut image = DynamicImage::ImageRgba8(image);
    image.apply_orientation(turn);
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        let on_white =
            |level: u8| ((u32::from(level) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255) as u8;
        image::Rgb([red, green, blue].map(on_white))
    })
}

/// A picture as a PNG file; none where its pixels are not as many as its size says.
#[must_use]
pub fn png(pixels: &Pixels) -> Option<Vec<u8>> {
    let image = RgbImage::from_raw(pixels.size.width, pixels.size.height, pixels.rgb.clone())?;
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}

#[cfg(test)]
pub(super) mod tests {
    use std::fs;

    use image::{ExtendedColorType, ImageEncoder};

    use super::*;

    /// The pixels of a whole file, at their own size.
    pub(in crate::picture) fn whole_picture(bytes: &[u8]) -> Pixels {
        decode(bytes, size_of(bytes).unwrap()).unwrap()
    }

    /// A picture in each of its four corners of another colour.
    fn corners(width: u32, height: u32) -> DynamicImage {
        let colour = |x, y| match (x < width / 2, y < height / 2) {
            (true, true) => [200, 0, 0],
            (false, true) => [0, 200, 0],
            (true, false) => [0, 0, 200],
            (false, false) => [200, 200, 200],
        };
        RgbImage::from_fn(width, height, |x, y| image::Rgb(colour(x, y))).into()
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A PNG file whose header claims a size.
    fn claiming(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = encoded(&corners(8, 8), ImageFormat::Png);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let mut check = u32::MAX;
        for byte in &bytes[12..29] {
            check ^= u32::from(*byte);
            for _ in 0..8 {
                check = if check & 1 == 1 { check >> 1 ^ 0xedb8_8320 } else { check >> 1 };
            }
        }
        bytes[29..33].copy_from_slice(&(!check).to_be_bytes());
        bytes
    }

    /// A JPEG file that says to be turned; see the orientations of EXIF.
    fn turned(image: &DynamicImage, orientation: u8) -> Vec<u8> {
        let bytes = encoded(image, ImageFormat::Jpeg);
        let mut exif = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        [&bytes[..2], &exif, &bytes[2..]].concat()
    }

    #[test]
    fn pictures_of_every_kind_are_read() {
        let image = corners(40, 20);
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let bytes = encoded(&image, format);
            assert_eq!(size_of(&bytes), Ok(Size { width: 40, height: 20 }), "{format:?}");
            let pixels = decode(&bytes, Size { width: 20, height: 10 }).unwrap();
            for ((x, y), wanted) in [((2, 2), [200, 0, 0]), ((17, 2), [0, 200, 0]), ((2, 8), [0, 0, 200])] {
                let found = pixels.at(x, y);
                let is_near = found.iter().zip(wanted).all(|(one, other)| one.abs_diff(other) < 24);
                assert!(is_near, "{format:?} at {x} {y}: {found:?}");
            }
        }
        let deep = encoded(&DynamicImage::ImageRgba16(image.to_rgba16()), ImageFormat::Png);
        assert_eq!(whole_picture(&deep).at(0, 0), [200, 0, 0]);
    }

    #[test]
    fn the_first_frame_of_an_animation_is_read() {
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
        for image in [corners(8, 8), DynamicImage::new_rgb8(8, 8)] {
            encoder.encode_frame(image::Frame::new(image.into_rgba8())).unwrap();
        }
        drop(encoder);
        assert_eq!(whole_picture(&bytes).at(0, 0), [200, 0, 0]);
    }

    #[test]
    fn photographs_stand_upright() {
        let bytes = turned(&corners(40, 20), 6);
        assert_eq!(size_of(&bytes), Ok(Size { width: 20, height: 40 }));
        let pixels = decode(&bytes, Size { width: 20, height: 40 }).unwrap();
        assert_eq!(pixels.size, Size { width: 20, height: 40 });
        // What was at the bottom on the left is at the top on the left.
        let [red, green, blue] = pixels.at(2, 2);
        assert!(blue > 150 && red < 60 && green < 60, "{red} {green} {blue}");
        assert_eq!(size_of(&turned(&corners(40, 20), 3)), Ok(Size { width: 40, height: 20 }));
    }

    #[test]
    fn what_is_transparent_is_on_white() {
        let mut bytes = Cursor::new(Vec::new());
        let pixels = [0, 0, 0, 0, 0, 0, 0, 255];
        image::codecs::png::PngEncoder::new(&mut bytes).write_image(&pixels, 2, 1, ExtendedColorType::Rgba8).unwrap();
        let pixels = whole_picture(&bytes.into_inner());
        assert_eq!((pixels.at(0, 0), pixels.at(1, 0)), ([255; 3], [0; 3]));
    }

    #[test]
    fn what_is_beyond_the_bounds_is_not_decoded() {
        let mut huge_gif = encoded(&corners(8, 8), ImageFormat::Gif);
        huge_gif[6..10].fill(0xff);
        let png = encoded(&corners(64, 64), ImageFormat::Png);
        for (name, bytes, expected) in [
            ("claims 100,000 x 100,000", claiming(100_000, 100_000), Fault::TooLarge),
            ("claims 8193 x 1", claiming(8193, 1), Fault::TooLarge),
            ("claims more memory than there is for it", claiming(8000, 8000), Fault::TooLarge),
            ("claims 65,535 x 65,535", huge_gif, Fault::TooLarge),
            ("claims nothing", claiming(0, 0), Fault::Broken),
            ("half a header", png[..20].to_vec(), Fault::Broken),
            ("empty", Vec::new(), Fault::Kind),
            ("SVG", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), Fault::Kind),
            ("BMP", [b"BM".as_slice(), &[0; 60]].concat(), Fault::Kind),
            ("a program", b"\x7fELF".to_vec(), Fault::Kind),
        ] {
            assert_eq!(size_of(&bytes), Err(expected), "{name}");
            assert!(decode(&bytes, Size { width: 8, height: 8 }).is_err(), "{name}");
        }
        assert_eq!(size_of(&png[..60]), Ok(Size { width: 64, height: 64 }));
        assert_eq!(decode(&png[..png.len() / 2], Size { width: 8, height: 8 }), Err(Fault::Broken));
        assert_eq!(decode(&claiming(4000, 4000), Size { width: 8, height: 8 }), Err(Fault::Broken));
    }

    #[test]
    fn only_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let png = encoded(&corners(8, 8), ImageFormat::Png);
        fs::write(path("a.png"), &png).unwrap();
        fs::write(path("a.sh"), &png).unwrap();
        fs::write(path("script.png"), "#!/bin/sh\n").unwrap();
        fs::create_dir(path("folder.png")).unwrap();
        let large = fs::File::create(path("large.png")).unwrap();
        large.set_len(LONGEST + 1).unwrap();
        assert_eq!(size(&path("a.png")), Ok(Size { width: 8, height: 8 }));
        assert_eq!(pixels(&path("large.png"), Size { width: 8, height: 8 }), Err(Fault::TooLarge));
        for (name, expected) in [("a.png", true), ("a.sh", false), ("script.png", false), ("folder.png", false)] {
            assert_eq!(is_picture(&path(name)), expected, "{name}");
        }
        assert_eq!(size(&path("folder.png")), Err(Fault::Missing));
        assert_eq!(size(&path("none.png")), Err(Fault::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_no_files() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.png");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [pipe.as_path(), Path::new("/dev/zero"), Path::new("/dev/tty")] {
            assert_eq!(size(path), Err(Fault::Missing), "{}", path.display());
        }
    }

    #[test]
    fn a_size_behind_a_long_head_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jpg");
        let bytes = encoded(&corners(40, 20), ImageFormat::Jpeg);
        let filler = [b"\xff\xed\xff\xff".to_vec(), vec![0; 0xfffd]].concat();
        fs::write(&file, [&bytes[..2], &filler.repeat(4), &bytes[2..]].concat()).unwrap();
        assert_eq!(size(&file), Ok(Size { width: 40, height: 20 }));
    }
}
