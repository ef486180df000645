//! What a site may set for the markup of its posts.

use super::cjk::CjkSettings;

/// What a site sets. The default is that of a folder that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarkupSettings {
    pub cjk: CjkSettings,
    pub dialect: Dialect,
    pub line_ends: LineEnds,
    pub emoji: ShortCodes,
    pub punctuation: Punctuation,
    pub attributes: BlockAttributes,
    pub highlights: Highlights,
    pub math: Math,
    pub formulas: Formulas,
}

/// Which program the posts are written for, where that is known. It decides what marks mean that Markdown does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    #[default]
    Unknown,
    Hugo,
    Zola,
    Jekyll,
    Hexo,
    Zenn,
    Qiita,
    Obsidian,
}

impl Dialect {
    /// Whether Hugo's shortcodes mean something: where another program is known, they are words.
    #[must_use]
    pub fn has_shortcodes(self) -> bool {
        matches!(self, Dialect::Hugo | Dialect::Unknown)
    }
}

/// What the end of a line of the source is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineEnds {
    /// A blank, or nothing between CJK letters.
    #[default]
    Joined,
    /// The end of a line.
    Kept,
}

/// What the short code of an emoji (`:tada:`) is in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShortCodes {
    #[default]
    Written,
    Emoji,
}

/// What straight quotes, `--` and `...` become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Punctuation {
    #[default]
    Straight,
    /// Curly quotes, dashes, an ellipsis, guillemets, as goldmark's typographer sets them.
    Typographic,
}

/// What `==words==` are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Highlights {
    #[default]
    Written,
    Marked,
}

/// What a line of attributes (`{.class}`) below a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BlockAttributes {
    #[default]
    Text,
    Hidden,
}

/// How a formula is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Formulas {
    /// In Unicode where that says the same, else without the marks around it.
    #[default]
    Shown,
    /// As the source has it.
    Written,
}

/// Which marks stand around a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Math {
    /// Dollars, in a post that plainly holds formulas.
    #[default]
    Own,
    /// `$$…$$`, `\(…\)` and `\[…\]`.
    Brackets,
    /// These, and `$…$`.
    Dollars,
}
