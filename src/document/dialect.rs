//! Marks that Markdown does not know, of other programs than Hugo: written over as shortcodes, so that they get the same meaning.
//!
//! `:::message` of Zenn and Qiita, `@[card](…)`, the tags of Jekyll and Hexo, Obsidian's comments, Kramdown's attributes. A mark that
//! the post's own program would show is left alone, and so is all code.

mod liquid;
mod output;
mod tera;

use std::borrow::Cow;

use super::notice;
use crate::text::holds;
use crate::text::markup::{Dialect, MarkupSettings};

/// The source with its foreign marks written as shortcodes.
#[must_use]
pub fn rewritten(source: &str, settings: MarkupSettings) -> Cow<'_, str> {
    let is_foreign = !matches!(settings.dialect, Dialect::Hugo | Dialect::Zola);
    let has_tags = holds(source, "{{") || holds(source, "{%");
    let source = match settings.dialect {
        Dialect::Jekyll if has_tags => Cow::Owned(output::written(source)),
        Dialect::Zola if has_tags => Cow::Owned(tera::rewritten(source)),
        _ => Cow::Borrowed(source),
    };
    let source = if is_foreign && holds(&source, "{%") {
        Cow::Owned(liquid::rewritten(&source, settings.dialect))
    } else {
        source
    };
    let has_marks = is_foreign && [":::", "@[", "{:", "%%"].into_iter().any(|mark| holds(&source, mark));
    if !has_marks && settings.dialect != Dialect::Zenn {
        return source;
    }
    let mut lines = Lines { settings, is_foreign, open: Vec::new(), is_comment: false, after_blank: true };
    let mut output = String::with_capacity(source.len());
    let mut fence = Fence::default();
    let mut rest = source.split_inclusive('\n').peekable();
    while let Some(line) = rest.next() {
        if fence.holds(line) {
            output.push_str(line);
            lines.after_blank = false;
            continue;
        }
        let before_blank = rest.peek().is_none_or(|next| next.trim().is_empty());
        lines.line(line, before_blank, &mut output);
    }
    Cow::Owned(output)
}

/// Where fenced code starts and ends.
#[derive(Debug, Default)]
pub struct Fence {
    /// The mark of the fence that is open, and how often it stands there.
    open: Option<(char, usize)>,
}

impl Fence {
    /// Whether code goes on after the last line.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether a line belongs to fenced code, its fences included.
    pub fn holds(&mut self, line: &str) -> bool {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let mark = words.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let count = mark.map_or(0, |mark| words.chars().take_while(|c| *c == mark).count());
        match (self.open, mark) {
            (Some((open, length)), _) => {
                if mark == Some(open) && count >= length && words[count..].trim().is_empty() {
                    self.open = None;
                }
                true
            }
            (None, Some(mark)) if count >= 3 && !(mark == '`' && words[count..].contains('`')) => {
                self.open = Some((mark, count));
                true
            }
            (None, _) => false,
        }
    }
}

struct Lines {
    settings: MarkupSettings,
    is_foreign: bool,
    /// The names of the containers that are open.
    open: Vec<&'static str>,
    /// Whether a comment of several lines is open.
    is_comment: bool,
    after_blank: bool,
}

impl Lines {
    fn line(&mut self, line: &str, before_blank: bool, output: &mut String) {
        let words = line.trim();
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let after_blank = std::mem::replace(&mut self.after_blank, words.is_empty());
        if self.settings.dialect == Dialect::Obsidian && (self.is_comment || words.contains("%%")) {
            return self.comment(line, output);
        }
        if self.is_foreign && is_attributes(words) {
            return output.push('\n');
        }
        let tag = if self.is_foreign { self.container(words).or_else(|| embed(words)) } else { None };
        let is_card = self.settings.dialect == Dialect::Zenn && after_blank && before_blank && is_address(words);
        match tag {
            Some(tag) => output.push_str(&format!("{indent}{tag}\n")),
            None if is_card => output.push_str(&format!("{indent}{{{{< card \"{words}\" >}}}}\n")),
            None => output.push_str(line),
        }
    }

    /// `:::message alert` and `:::`, as the tags of a shortcode whose text stays in the page.
    fn container(&mut self, words: &str) -> Option<String> {
        let rest = words.strip_prefix(":::")?.trim_start_matches(':').trim();
        if rest.is_empty() {
            return self.open.pop().map(|name| format!("{{{{% /{name} %}}}}"));
        }
        let (name, title) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let name = match name {
            "details" => "details",
            "message" | "note" => "message",
            _ if notice::kind(name).is_some() => "notice",
            _ => return None,
        };
        self.open.push(name);
        let kind =
            if name == "notice" { format!("{} ", quoted(rest.split([' ', '\t']).next()?)) } else { String::new() };
        let title = if title.is_empty() { String::new() } else { format!("{} ", quoted(title.trim())) };
        Some(format!("{{{{% {name} {kind}{title}%}}}}"))
    }

    /// Text between `%%` and `%%` is not shown.
    fn comment(&mut self, line: &str, output: &mut String) {
        for (index, part) in line.split("%%").enumerate() {
            self.is_comment ^= index > 0;
            if !self.is_comment {
                output.push_str(part);
            }
        }
        if self.is_comment {
            output.push('\n');
        }
    }
}

/// Kramdown's attributes of a block, `{: .class}`.
fn is_attributes(words: &str) -> bool {
    let Some(inside) = words.strip_prefix("{:").and_then(|words| words.strip_suffix('}')) else { return false };
    let first = inside.trim_start_matches(':').trim_start();
    let is_list = first.starts_with(['.', '#']) || first.contains('=') || first == "toc";
    is_list && !inside.contains(['{', '}'])
}

/// `@[card](https://…)` alone on a line, as a shortcode.
fn embed(words: &str) -> Option<String> {
    let (name, rest) = words.strip_prefix("@[")?.split_once("](")?;
    let target = rest.strip_suffix(')')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| format!("{{{{< {name} {} >}}}}", quoted(target)))
}

fn is_address(words: &str) -> bool {
    (words.starts_with("https://") || words.starts_with("http://"))
        && !words.contains([' ', '\t', '"', '<', '\u{3000}'])
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dialect: Dialect, source: &str, expected: &str) {
        let settings = MarkupSettings { dialect, ..MarkupSettings::default() };
        assert_eq!(rewritten(source, settings), expected);
    }

    #[test]
    fn containers_and_embeds_are_shortcodes() {
        let check = |source, expected| check(Dialect::Zenn, source, expected);
        check(":::message alert\na\n:::\n", "{{% message \"alert\" %}}\na\n{{% /message %}}\n");
        check(
            ":::details A B\n:::message\n:::\n:::\n",
            "{{% details \"A B\" %}}\n{{% message %}}\n{{% /message %}}\n{{% /details %}}\n",
        );
        check(":::tip\n:::", "{{% notice \"tip\" %}}\n{{% /notice %}}\n");
        check("```\n:::message\n```\n:::\n", "```\n:::message\n```\n:::\n");
        check("@[card](https://x.example)\n", "{{< card \"https://x.example\" >}}\n");
        check("\nhttps://x.example/\n", "\n{{< card \"https://x.example/\" >}}\n");
        check("a\nhttps://x.example/\n", "a\nhttps://x.example/\n");
        assert_eq!(
            rewritten(":::message\n:::", MarkupSettings { dialect: Dialect::Hugo, ..MarkupSettings::default() }),
            ":::message\n:::"
        );
    }

    #[test]
    fn attributes_and_comments_are_not_shown() {
        check(Dialect::Hugo, "> a\n{:.c}\n", "> a\n{:.c}\n");
        check(Dialect::Jekyll, "a\n{: .b}\n{:toc}\n", "a\n\n\n");
        check(Dialect::Obsidian, "a %%b%% c\n%%\nd\n%%\ne %% f\n", "a  c\n\n\n\ne \n");
        check(Dialect::Unknown, "a %%b%% c\n", "a %%b%% c\n");
    }
}
