//! The pictures of the program: `docs/screen.svg` and those beside it are what a terminal of 110 columns shows of the sample posts, cell
//! by cell. This test fails when the program shows something else, and draws the pictures anew when it is asked to.
#![cfg(unix)]

mod pseudo_terminal;

use std::fs;
use std::path::Path;

use vt100::{Cell, Color, Screen};

use pseudo_terminal::{Launch, REPOSITORY, Session};

const COLUMNS: u16 = 110;
const ROWS: u16 = 32;
const POST: &str = "sample-posts/content/post/2023/embeds/index.md";

/// The advance of a narrow character, in pixels as all measures here: three fifths of the size, as in most monospaced fonts.
const CELL: f32 = 8.4;
const SIZE: f32 = 14.0;
/// Wide characters are set a little larger than narrow ones, so that they fill their two cells.
const WIDE_SIZE: f32 = 16.0;
const LINE: f32 = 18.0;
/// From the top of a row to the feet of its letters.
const BASELINE: f32 = 13.5;
const MARGIN: f32 = 14.0;
const TITLE_BAR: f32 = 34.0;
const WIDTH: f32 = 2.0 * MARGIN + CELL * COLUMNS as f32;
const HEIGHT: f32 = TITLE_BAR + LINE * ROWS as f32 + MARGIN;

const BACKGROUND: &str = "#1c1c1c";
const FOREGROUND: &str = "#d0d0d0";
const FONTS: &str = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, Noto Sans Mono, \
                     Hiragino Sans, BIZ UDGothic, Yu Gothic, Noto Sans CJK JP, Noto Sans JP, monospace";

/// What a cell looks like.
#[derive(Debug, PartialEq, Eq)]
struct Look {
    ink: String,
    ground: String,
    is_bold: bool,
    is_italic: bool,
    is_underlined: bool,
}

impl Look {
    fn of(cell: &Cell) -> Look {
        let (mut ink, mut ground) = (hex(cell.fgcolor(), FOREGROUND), hex(cell.bgcolor(), BACKGROUND));
        if cell.inverse() {
            std::mem::swap(&mut ink, &mut ground);
        }
        Look { ink, ground, is_bold: cell.bold(), is_italic: cell.italic(), is_underlined: cell.underline() }
    }
}

/// A colour of the fixed part of the 256-colour palette: a cube of 6 by 6 by 6, then 24 greys.
fn hex(colour: Color, default: &str) -> String {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match colour {
        Color::Default => default.to_owned(),
        Color::Idx(index @ 232..) => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (index - 232)),
        Color::Idx(index @ 16..) => {
            let at = index - 16;
            format!("#{:02x}{:02x}{:02x}", level(at / 36), level(at / 6 % 6), level(at % 6))
        }
        _ => panic!("{colour:?} differs from terminal to terminal"),
    }
}

/// The character of a cell, and where it stands.
struct Glyph<'a> {
    words: &'a str,
    look: Look,
    column: u16,
    /// In cells: 1 or 2.
    width: u16,
}

impl Glyph<'_> {
    fn is_blank(&self) -> bool {
        self.words.trim().is_empty()
    }

    /// Whether it can share an element with its neighbours, which gives each character its place.
    fn is_alone(&self) -> bool {
        self.is_blank() || self.words.chars().count() > 1
    }
}

fn glyphs(screen: &Screen, row: u16) -> Vec<Glyph<'_>> {
    let cells = (0..COLUMNS).filter_map(|column| Some((column, screen.cell(row, column)?)));
    cells
        .filter(|(_, cell)| !cell.is_wide_continuation())
        .map(|(column, cell)| Glyph {
            words: cell.contents(),
            look: Look::of(cell),
            column,
            width: if cell.is_wide() { 2 } else { 1 },
        })
        .collect()
}

/// Whether two neighbours are drawn with one element.
fn is_one_run(left: &Glyph, right: &Glyph) -> bool {
    let is_same = left.look == right.look && left.width == right.width && arms(left.words) == arms(right.words);
    is_same && !left.is_alone() && !right.is_alone()
}

/// The width of neighbours, in pixels.
fn width(run: &[Glyph]) -> f32 {
    run.iter().map(|glyph| CELL * f32::from(glyph.width)).sum()
}

/// Where the lines of a frame's character reach: up, right, down, left; and how thick they are.
fn arms(words: &str) -> Option<([bool; 4], f32)> {
    let (arms, thickness) = match words {
        "─" => ("rl", 1.0),
        "│" => ("ud", 1.0),
        "┃" => ("ud", 3.0),
        "┌" => ("rd", 1.0),
        "┐" => ("dl", 1.0),
        "└" => ("ur", 1.0),
        "┘" => ("ul", 1.0),
        "├" => ("urd", 1.0),
        "┤" => ("udl", 1.0),
        "┬" => ("rdl", 1.0),
        "┴" => ("url", 1.0),
        "┼" => ("urdl", 1.0),
        _ => return None,
    };
    Some((['u', 'r', 'd', 'l'].map(|arm| arms.contains(arm)), thickness))
}

fn x(column: u16) -> f32 {
    MARGIN + CELL * f32::from(column)
}

fn y(row: u16) -> f32 {
    TITLE_BAR + LINE * f32::from(row)
}

/// A number of pixels, with no digit more than it needs.
fn px(number: f32) -> String {
    let digits = format!("{number:.1}");
    digits.strip_suffix(".0").unwrap_or(&digits).to_owned()
}

/// What lies behind neighbours of one ground.
fn ground(run: &[Glyph], row: u16) -> Option<String> {
    let ground = &run[0].look.ground;
    let (x, y, width, height) = (px(x(run[0].column)), px(y(row)), px(width(run)), px(LINE));
    (ground != BACKGROUND).then(|| format!(r#"<path fill="{ground}" d="M{x} {y}h{width}v{height}h-{width}z"/>"#))
}

/// The line under neighbours of one look, blanks and all.
fn underline(run: &[Glyph], row: u16) -> Option<String> {
    let (x, y, width) = (px(x(run[0].column)), px(y(row) + BASELINE + 2.5), px(width(run)));
    let look = &run[0].look;
    look.is_underlined.then(|| format!(r#"<path stroke="{}" d="M{x} {y}h{width}"/>"#, look.ink))
}

/// The characters of a run.
fn characters(run: &[Glyph], row: u16) -> Option<String> {
    match arms(run[0].words) {
        _ if run[0].is_blank() => None,
        Some((arms, thickness)) => Some(frame(run, row, arms, thickness)),
        None => Some(text(run, row)),
    }
}

/// Frames are drawn, not set, so that they join whatever the font.
fn frame(run: &[Glyph], row: u16, [up, right, down, left]: [bool; 4], thickness: f32) -> String {
    let end = |reaches: bool, end: f32, middle: f32| px(if reaches { end } else { middle });
    let mut path = String::new();
    for glyph in run {
        let (x, y) = (x(glyph.column), y(row));
        let (middle_x, middle_y) = (x + CELL / 2.0, y + LINE / 2.0);
        if left || right {
            path += &format!("M{} {}H{}", end(left, x, middle_x), px(middle_y), end(right, x + CELL, middle_x));
        }
        if up || down {
            path += &format!("M{} {}V{}", px(middle_x), end(up, y, middle_y), end(down, y + LINE, middle_y));
        }
    }
    format!(r#"<path stroke="{}" stroke-width="{}" d="{path}"/>"#, run[0].look.ink, px(thickness))
}

/// Every character is given its place: columns line up in every font. Programs that heed only the first place come near, by the
/// spacing of the letters.
fn text(run: &[Glyph], row: u16) -> String {
    let (look, is_wide) = (&run[0].look, run[0].width == 2);
    let inset = if is_wide { (2.0 * CELL - WIDE_SIZE) / 2.0 } else { 0.0 };
    let places: Vec<String> = run.iter().map(|glyph| px(x(glyph.column) + inset)).collect();
    let words: String = run.iter().map(|glyph| glyph.words).collect();
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut attributes = format!(r#"x="{}" y="{}""#, places.join(" "), px(y(row) + BASELINE));
    if look.ink != FOREGROUND {
        attributes += &format!(r#" fill="{}""#, look.ink);
    }
    let classes = [(is_wide, "w"), (look.is_bold, "b"), (look.is_italic, "i")];
    let classes: Vec<&str> = classes.into_iter().filter_map(|(is_due, class)| is_due.then_some(class)).collect();
    if !classes.is_empty() {
        attributes += &format!(r#" class="{}""#, classes.join(" "));
    }
    format!("<text {attributes}>{words}</text>")
}

/// The window around the screen.
fn window() -> Vec<String> {
    let (width, height) = (px(WIDTH), px(HEIGHT));
    let (wide, spacing) = (px(WIDE_SIZE), px(2.0 * CELL - WIDE_SIZE));
    let mut lines = vec![
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xml:lang="ja" viewBox="0 0 {width} {height}" width="{width}" height="{height}" fill="{FOREGROUND}">"#
        ),
        "<title>kiji</title>".to_owned(),
        "<style>".to_owned(),
        format!("text {{ font: {}px {FONTS} }}", px(SIZE)),
        format!(".w {{ font-size: {wide}px; letter-spacing: {spacing}px }}"),
        ".b { font-weight: bold }".to_owned(),
        ".i { font-style: italic }".to_owned(),
        "</style>".to_owned(),
        format!(
            r##"<rect x="0.5" y="0.5" width="{}" height="{}" rx="9.5" fill="{BACKGROUND}" stroke="#4e4e4e"/>"##,
            px(WIDTH - 1.0),
            px(HEIGHT - 1.0)
        ),
    ];
    for (at, colour) in ["#ff5f57", "#febc2e", "#28c840"].iter().enumerate() {
        lines.push(format!(r#"<circle cx="{}" cy="17" r="5.5" fill="{colour}"/>"#, 20 + 19 * at));
    }
    lines
}

fn svg(screen: &Screen) -> String {
    let mut lines = window();
    for row in 0..ROWS {
        let glyphs = glyphs(screen, row);
        let of_one_ground = glyphs.chunk_by(|left, right| left.look.ground == right.look.ground);
        let of_one_look = glyphs.chunk_by(|left, right| left.look == right.look);
        lines.extend(of_one_ground.filter_map(|run| ground(run, row)));
        lines.extend(of_one_look.filter_map(|run| underline(run, row)));
        lines.extend(glyphs.chunk_by(is_one_run).filter_map(|run| characters(run, row)));
    }
    lines.push("</svg>\n".to_owned());
    lines.join("\n")
}

/// The pictures: the name of the file, the keys that lead there, and what has to be on the screen before it is drawn.
const PICTURES: [(&str, &str, &[&str]); 3] = [
    // A post with its first link at hand.
    ("screen", "\t", &["## 発表の資料", "→ https://www.slideshare.net/hibi-naruse/stop-deploying-at-night"]),
    // Romaji, and the kanji that are read so in the texts of all posts.
    ("search", "Sshougai", &["三年に一度しか起きない", "#Go #障害", "地味な障害だった", "自己紹介はこの日記"]),
    // Commands of both panes by some of their letters.
    ("commands", ":link", &["› link", "next-link"]),
];

fn session(keys: &str, awaited: &[&str]) -> Session {
    let mut session = Launch::new(&[POST]).size(COLUMNS, ROWS).settings("theme = \"dark\"\n").start();
    session.wait_for_row(0, "by date");
    session.wait_for_text("## 発表の資料");
    session.keys(keys);
    awaited.iter().for_each(|words| session.wait_for_text(words));
    session
}

#[test]
fn the_pictures_are_what_the_program_shows() {
    let is_made_anew = std::env::var_os("KIJI_UPDATE").is_some_and(|value| value == "1");
    for (name, keys, awaited) in PICTURES {
        let drawn = session(keys, awaited).look(svg);
        let file = Path::new(REPOSITORY).join("docs").join(format!("{name}.svg"));
        if is_made_anew {
            fs::write(&file, drawn).expect("a picture");
            continue;
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        let differs = drawn.lines().zip(kept.lines().chain(std::iter::repeat(""))).find(|(drawn, kept)| drawn != kept);
        assert!(
            drawn == kept,
            "docs/{name}.svg is not what the program shows; look at it after `KIJI_UPDATE=1 cargo test --test picture`. \
             The first line that differs, as drawn now and as kept: {differs:#?}"
        );
    }
}
