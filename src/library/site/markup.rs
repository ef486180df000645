//! What the configuration of a site sets for the markup of its posts.

use serde_json::{Map, Value};

use super::maker::Maker;
use crate::library::front_matter::{field, scalar};
use crate::text::cjk::{CjkSettings, EscapedSpace, SoftBreaks};
use crate::text::markup::{
    BlockAttributes, Dialect, Highlights, LineEnds, MarkupSettings, Math, Punctuation, ShortCodes,
};

type Settings = Map<String, Value>;

/// The settings of a site that this program is for.
#[must_use]
pub fn read(settings: &Settings, maker: Maker) -> MarkupSettings {
    let dialect = match maker {
        Maker::Hugo => return of_hugo(settings),
        Maker::Zola => Dialect::Zola,
        Maker::Jekyll => Dialect::Jekyll,
        Maker::Hexo => Dialect::Hexo,
        Maker::Zenn => Dialect::Zenn,
        Maker::Qiita => Dialect::Qiita,
        Maker::Obsidian => Dialect::Obsidian,
        Maker::Astro | Maker::None => Dialect::Unknown,
    };
    // Settings without a site to go with them may be a part of Hugo's.
    let cjk = inside(settings, &["markup", "goldmark"]).map(cjk).unwrap_or_default();
    let highlights = if dialect == Dialect::Obsidian { Highlights::Marked } else { Highlights::Written };
    let zola = inside(settings, &["markdown"]).filter(|_| dialect == Dialect::Zola);
    let sets = |key: &str| zola.and_then(|zola| truth(zola, key)) == Some(true);
    let has_emoji = dialect == Dialect::Qiita || sets("render_emoji") || has_plugin(settings, "jemoji");
    let keeps_lines = matches!(dialect, Dialect::Zenn | Dialect::Qiita | Dialect::Obsidian | Dialect::Hexo);
    let is_typographic = dialect == Dialect::Jekyll || sets("smart_punctuation");
    let has_math = matches!(dialect, Dialect::Zenn | Dialect::Qiita | Dialect::Obsidian);
    MarkupSettings {
        cjk,
        dialect,
        highlights,
        emoji: if has_emoji { ShortCodes::Emoji } else { ShortCodes::Written },
        punctuation: if is_typographic { Punctuation::Typographic } else { Punctuation::Straight },
        line_ends: if keeps_lines { LineEnds::Kept } else { LineEnds::Joined },
        math: if has_math { Math::Dollars } else { Math::Own },
        ..MarkupSettings::default()
    }
}

/// What a folder that no settings belong to has: marked words and short codes of emoji, as most programs for notes show them.
#[must_use]
pub fn unset() -> MarkupSettings {
    MarkupSettings { highlights: Highlights::Marked, emoji: ShortCodes::Emoji, ..MarkupSettings::default() }
}

/// Whether a Jekyll site names a plugin.
fn has_plugin(settings: &Settings, name: &str) -> bool {
    let lists = ["plugins", "gems"].into_iter().filter_map(|key| field(settings, key)?.as_array());
    lists.flatten().any(|plugin| plugin.as_str() == Some(name))
}

fn of_hugo(settings: &Settings) -> MarkupSettings {
    let goldmark = inside(settings, &["markup", "goldmark"]);
    let attributes = goldmark.and_then(|goldmark| truth(inside(goldmark, &["parser", "attribute"])?, "block"));
    let has_emoji = truth(settings, "enableemoji") == Some(true);
    let has_hard_wraps = goldmark.and_then(|goldmark| truth(inside(goldmark, &["renderer"])?, "hardwraps"));
    MarkupSettings {
        cjk: goldmark.map(cjk).unwrap_or_default(),
        dialect: Dialect::Hugo,
        line_ends: if has_hard_wraps == Some(true) { LineEnds::Kept } else { LineEnds::Joined },
        emoji: if has_emoji { ShortCodes::Emoji } else { ShortCodes::Written },
        punctuation: goldmark.map_or(Punctuation::Typographic, punctuation),
        attributes: if attributes == Some(true) { BlockAttributes::Hidden } else { BlockAttributes::Text },
        highlights: goldmark.map(highlights).unwrap_or_default(),
        math: goldmark.map(math).unwrap_or_default(),
        ..MarkupSettings::default()
    }
}

/// Off, unless the site asks for this part of goldmark's extras.
fn highlights(goldmark: &Settings) -> Highlights {
    let mark = inside(goldmark, &["extensions", "extras", "mark"]).and_then(|mark| truth(mark, "enable"));
    if mark == Some(true) { Highlights::Marked } else { Highlights::Written }
}

/// On, unless it is turned off: `typographer: false`, or by a key of its own in newer versions.
fn punctuation(goldmark: &Settings) -> Punctuation {
    let extensions = inside(goldmark, &["extensions"]);
    let is_off = extensions.is_some_and(|extensions| {
        let own = inside(extensions, &["typographer"]).and_then(|own| truth(own, "disable"));
        truth(extensions, "typographer") == Some(false) || own == Some(true)
    });
    if is_off { Punctuation::Straight } else { Punctuation::Typographic }
}

/// What the site passes through to a typesetter of formulas.
fn math(goldmark: &Settings) -> Math {
    let passthrough = inside(goldmark, &["extensions", "passthrough"]);
    let Some(passthrough) = passthrough.filter(|passthrough| truth(passthrough, "enable") == Some(true)) else {
        return Math::Own;
    };
    let inline = inside(passthrough, &["delimiters"]).and_then(|delimiters| field(delimiters, "inline")?.as_array());
    let mut pairs = inline.into_iter().flatten().filter_map(|pair| pair.as_array()?.first()?.as_str());
    if pairs.any(|open| open == "$") { Math::Dollars } else { Math::Brackets }
}

/// Goldmark's extension for CJK text. Without a word on line ends, or where it is not enabled, the site leaves them to the program: its
/// defaults are copied into many configurations.
fn cjk(goldmark: &Settings) -> CjkSettings {
    let extension = inside(goldmark, &["extensions", "cjk"]);
    let Some(extension) = extension.filter(|extension| truth(extension, "enable") == Some(true)) else {
        return CjkSettings::default();
    };
    let style = field(extension, "eastasianlinebreaksstyle").and_then(scalar).map(|style| style.to_lowercase());
    let soft_breaks = match (truth(extension, "eastasianlinebreaks"), style.as_deref()) {
        (None, _) => SoftBreaks::Own,
        (Some(false), _) => SoftBreaks::Spaces,
        (Some(true), Some("css3draft")) => SoftBreaks::Css3Draft,
        (Some(true), _) => SoftBreaks::Simple,
    };
    let is_hidden = truth(extension, "escapedspace") == Some(true);
    CjkSettings { soft_breaks, escaped_space: if is_hidden { EscapedSpace::Hidden } else { EscapedSpace::Shown } }
}

/// The settings at the end of a path of keys.
fn inside<'a>(settings: &'a Settings, path: &[&str]) -> Option<&'a Settings> {
    path.iter().try_fold(settings, |settings, name| field(settings, name)?.as_object())
}

fn truth(settings: &Settings, name: &str) -> Option<bool> {
    field(settings, name).and_then(scalar).map(|value| value.eq_ignore_ascii_case("true"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::front_matter;

    fn read(yaml: &str) -> MarkupSettings {
        super::read(&front_matter::whole(front_matter::Format::Yaml, yaml).unwrap(), Maker::Hugo)
    }

    #[test]
    fn the_rules_of_line_ends_are_those_that_the_site_sets() {
        use EscapedSpace::{Hidden, Shown};
        for (cjk, soft_breaks, escaped_space) in [
            ("", SoftBreaks::Own, Shown),
            ("enable: false, eastAsianLineBreaks: true, escapedSpace: true", SoftBreaks::Own, Shown),
            ("eastAsianLineBreaks: true", SoftBreaks::Own, Shown),
            ("enable: true, escapedSpace: true", SoftBreaks::Own, Hidden),
            ("enable: true, eastAsianLineBreaks: false", SoftBreaks::Spaces, Shown),
            ("enable: true, eastAsianLineBreaks: true", SoftBreaks::Simple, Shown),
            ("Enable: true, EASTASIANLINEBREAKS: true, eastAsianLineBreaksStyle: simple", SoftBreaks::Simple, Shown),
            (
                "enable: true, eastAsianLineBreaks: true, eastasianlinebreaksstyle: css3draft",
                SoftBreaks::Css3Draft,
                Shown,
            ),
        ] {
            let settings = read(&format!("Markup: {{goldmark: {{Extensions: {{cjk: {{{cjk}}}}}}}}}"));
            assert_eq!(settings.cjk, CjkSettings { soft_breaks, escaped_space }, "{cjk}");
        }
    }

    #[test]
    fn other_programs_set_their_markup() {
        let settings =
            |maker, yaml: &str| super::read(&front_matter::whole(front_matter::Format::Yaml, yaml).unwrap(), maker);
        let zola = settings(Maker::Zola, "markdown: {smart_punctuation: true, render_emoji: true}");
        assert_eq!((zola.punctuation, zola.emoji), (Punctuation::Typographic, ShortCodes::Emoji));
        let plain = settings(Maker::Zola, "title: x");
        assert_eq!(
            (plain.punctuation, plain.emoji, plain.math),
            (Punctuation::Straight, ShortCodes::Written, Math::Own)
        );
        assert_eq!(settings(Maker::Jekyll, "plugins: [jekyll-feed, jemoji]").emoji, ShortCodes::Emoji);
        let qiita = settings(Maker::Qiita, "x: y");
        assert_eq!((qiita.emoji, qiita.math), (ShortCodes::Emoji, Math::Dollars));
    }

    #[test]
    fn the_rest_of_goldmark() {
        use Punctuation::{Straight, Typographic};
        let set = |extensions: &str| read(&format!("markup: {{goldmark: {{extensions: {{{extensions}}}}}}}"));
        assert_eq!(set("extras: {mark: {enable: true}}").highlights, Highlights::Marked);
        assert_eq!(read("title: x").highlights, Highlights::Written);
        assert_eq!(read("title: x").punctuation, Typographic);
        assert_eq!(set("typographer: false").punctuation, Straight);
        assert_eq!(set("typographer: {disable: true}").punctuation, Straight);
        assert_eq!(set("typographer: {disable: false}").punctuation, Typographic);
        assert_eq!(read("enableEmoji: true").emoji, ShortCodes::Emoji);
        assert_eq!(read("enableEmoji: false").emoji, ShortCodes::Written);
        assert_eq!(
            read("markup: {goldmark: {parser: {attribute: {block: true}}}}").attributes,
            BlockAttributes::Hidden
        );
        assert_eq!(set("x: y").math, Math::Own);
        let passthrough = |inline: &str| {
            set(&format!("passthrough: {{enable: true, delimiters: {{block: [['$$', '$$']], inline: {inline}}}}}"))
        };
        assert_eq!(passthrough("[['\\(', '\\)']]").math, Math::Brackets);
        assert_eq!(passthrough("[['\\(', '\\)'], ['$', '$']]").math, Math::Dollars);
    }
}
