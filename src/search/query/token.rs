//! What was typed, cut at its blanks: perhaps a sign, perhaps a key, and a value that may stand in quotes.

use std::ops::Range;

/// One piece of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    pub is_excluded: bool,
    /// In small letters; `#x` has the key `tag`.
    pub key: Option<String>,
    pub value: String,
    pub is_quoted: bool,
    /// Whether a quote in it is not closed.
    pub is_open: bool,
}

impl Token {
    /// Whether it is the word that joins its neighbours.
    pub fn is_or(&self) -> bool {
        self.key.is_none() && !self.is_quoted && !self.is_excluded && matches!(self.value.as_str(), "OR" | "|")
    }

    /// The values between commas.
    pub fn values(&self) -> impl Iterator<Item = String> + '_ {
        let whole = self.is_quoted.then(|| self.value.clone());
        let parts = self.value.split([',', '，', '、']).filter(|part| !part.is_empty() && !self.is_quoted);
        whole.into_iter().chain(parts.map(str::to_owned))
    }

    /// As it can be typed again.
    pub fn label(&self) -> String {
        let sign = if self.is_excluded { "-" } else { "" };
        let quote = if self.is_quoted { "\"" } else { "" };
        let value = &self.value;
        match self.key.as_deref() {
            Some("tag" | "tags") if !self.is_quoted && !value.contains(',') => format!("{sign}#{value}"),
            Some(key) => format!("{sign}{key}:{quote}{value}{quote}"),
            None => format!("{sign}{quote}{value}{quote}"),
        }
    }
}

/// A value as it can be typed: in quotes where it would be cut.
pub(super) fn quoted(value: &str) -> String {
    let is_cut = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、');
    if value.contains(is_cut) { format!("\"{value}\"") } else { value.to_owned() }
}

/// Cuts what was typed.
pub(super) fn tokens(typed: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = typed[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let token = token(typed, at);
        at = token.range.end;
        tokens.push(token);
    }
    tokens
}

fn token(typed: &str, start: usize) -> Token {
    let rest = &typed[start..];
    let unsigned = rest.strip_prefix(['-', '－', '−']).filter(|after| !after.starts_with(char::is_whitespace));
    let unsigned = unsigned.filter(|after| !after.is_empty());
    let (is_excluded, mut rest) = (unsigned.is_some(), unsigned.unwrap_or(rest));
    let mut key = None;
    if let Some(tag) =
        rest.strip_prefix(['#', '＃']).filter(|tag| !tag.is_empty() && !tag.starts_with(char::is_whitespace))
    {
        (key, rest) = (Some("tag".to_owned()), tag);
    } else if let Some((name, after)) = keyed(rest) {
        (key, rest) = (Some(name.to_lowercase()), after);
    }
    let (value, length, is_quoted, is_open) = value(rest);
    let range = start..typed.len() - rest.len() + length;
    Token { range, is_excluded, key, value, is_quoted, is_open }
}

/// A key and what stands after its colon. An address is none.
fn keyed(rest: &str) -> Option<(&str, &str)> {
    let colon = rest.find([':', '：'])?;
    let name = &rest[..colon];
    let after = rest[colon..].strip_prefix([':', '：'])?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_name && !after.starts_with("//") && !after.starts_with(':')).then_some((name, after))
}

/// A value, how long it is as it is written, whether it stands in quotes, and whether those are open.
fn value(rest: &str) -> (String, usize, bool, bool) {
    if let Some(inner) = rest.strip_prefix(['"', '“', '”', '＂']) {
        let open = rest.len() - inner.len();
        let Some(end) = inner.find(['"', '“', '”', '＂']) else {
            return (inner.to_owned(), rest.len(), true, true);
        };
        let close = inner[end..].chars().next().map_or(0, char::len_utf8);
        return (inner[..end].to_owned(), open + end + close, true, false);
    }
    // An expression may have blanks in it.
    let expression = rest
        .strip_prefix('/')
        .and_then(|inner| Some(inner.find("/ ").or_else(|| inner.ends_with('/').then(|| inner.len() - 1))? + 2));
    let end = expression.or_else(|| rest.find(char::is_whitespace)).unwrap_or(rest.len());
    (rest[..end].to_owned(), end, false, false)
}
