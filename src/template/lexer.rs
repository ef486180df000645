//! The source of a template to tokens: the words between the actions, and what stands in each action.

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// Words outside any action.
    Words(String),
    /// The start of an action, `{{`.
    Open,
    /// Its end, `}}`.
    Close,
    /// A name: a function, a keyword, `true`.
    Name(String),
    /// `.Name`.
    Field(String),
    /// `.` alone.
    Dot,
    /// `$name`, or `$` alone with an empty name.
    Variable(String),
    Text(String),
    Int(i64),
    Float(f64),
    Pipe,
    Left,
    Right,
    Comma,
    Declare,
    Assign,
}

/// A token of an action, and whether a blank stands before it: `.a .b` is two values, `.a.b` is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Spaced {
    pub token: Token,
    pub is_spaced: bool,
}

/// The tokens of a template, or nothing when it is none.
pub fn tokens(source: &str) -> Option<Vec<Spaced>> {
    let mut tokens = Vec::new();
    let mut rest = source;
    let mut trims = false;
    while let Some(at) = rest.find("{{") {
        let inside = &rest[at + 2..];
        let trims_before = inside.starts_with('-') && inside[1..].starts_with(char::is_whitespace);
        words(&mut tokens, &rest[..at], trims, trims_before);
        let inside = if trims_before { &inside[1..] } else { inside };
        (rest, trims) = match inside.trim_start().strip_prefix("/*") {
            Some(comment) => closed(comment.split_once("*/")?.1)?,
            None => action(inside, &mut tokens)?,
        };
    }
    words(&mut tokens, rest, trims, false);
    Some(tokens)
}

fn words(tokens: &mut Vec<Spaced>, words: &str, trims_start: bool, trims_end: bool) {
    let words = if trims_start { words.trim_start() } else { words };
    let words = if trims_end { words.trim_end() } else { words };
    if !words.is_empty() {
        tokens.push(Spaced { token: Token::Words(words.to_owned()), is_spaced: false });
    }
}

/// What follows the end of an action, and whether the blanks after it go.
fn closed(rest: &str) -> Option<(&str, bool)> {
    let trimmed = rest.trim_start();
    match trimmed.strip_prefix("-}}") {
        Some(after) if trimmed.len() < rest.len() => Some((after, true)),
        _ => Some((trimmed.strip_prefix("}}")?, false)),
    }
}

/// Reads an action up to and with its end.
fn action<'a>(source: &'a str, tokens: &mut Vec<Spaced>) -> Option<(&'a str, bool)> {
    tokens.push(Spaced { token: Token::Open, is_spaced: false });
    let mut rest = source;
    loop {
        if let Some(after) = closed(rest) {
            tokens.push(Spaced { token: Token::Close, is_spaced: false });
            return Some(after);
        }
        let trimmed = rest.trim_start();
        let (token, length) = token(trimmed)?;
        tokens.push(Spaced { token, is_spaced: trimmed.len() < rest.len() });
        rest = &trimmed[length..];
    }
}

/// The token at the start of a text, and its length.
fn token(rest: &str) -> Option<(Token, usize)> {
    let first = rest.chars().next()?;
    let name = |from: usize| rest[from..].find(|c: char| !is_letter(c)).map_or(rest.len(), |end| from + end);
    Some(match first {
        '|' => (Token::Pipe, 1),
        '(' => (Token::Left, 1),
        ')' => (Token::Right, 1),
        ',' => (Token::Comma, 1),
        ':' => (Token::Declare, rest.starts_with(":=").then_some(2)?),
        '=' => (Token::Assign, 1),
        '"' => quoted(rest)?,
        '`' => {
            let end = rest[1..].find('`')?;
            (Token::Text(rest[1..=end].replace('\r', "")), end + 2)
        }
        '\'' => character(rest)?,
        '$' => (Token::Variable(rest[1..name(1)].to_owned()), name(1)),
        '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => number(rest)?,
        '.' if name(1) > 1 => (Token::Field(rest[1..name(1)].to_owned()), name(1)),
        '.' => (Token::Dot, 1),
        '0'..='9' | '+' | '-' => number(rest)?,
        c if is_letter(c) => (Token::Name(rest[..name(0)].to_owned()), name(0)),
        _ => return None,
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn number(rest: &str) -> Option<(Token, usize)> {
    let signs = usize::from(rest.starts_with(['+', '-']));
    let length = rest[signs..].find(|c: char| !is_letter(c) && c != '.').map_or(rest.len(), |end| signs + end);
    let written = rest[..length].replace('_', "");
    let whole = written.strip_prefix('+').unwrap_or(&written);
    let token = match whole.strip_prefix("0x") {
        Some(digits) => Token::Int(i64::from_str_radix(digits, 16).ok()?),
        None => whole.parse().map(Token::Int).or_else(|_| whole.parse().map(Token::Float)).ok()?,
    };
    Some((token, length))
}

/// A string in quotes, with Go's escapes.
fn quoted(rest: &str) -> Option<(Token, usize)> {
    let mut text = String::new();
    let mut at = 1;
    loop {
        let c = rest[at..].chars().next()?;
        at += c.len_utf8();
        match c {
            '"' => return Some((Token::Text(text), at)),
            '\n' => return None,
            '\\' => {
                let (escaped, length) = escape(&rest[at..])?;
                text.push(escaped);
                at += length;
            }
            c => text.push(c),
        }
    }
}

/// What an escape stands for, from behind its backslash, and its length.
fn escape(rest: &str) -> Option<(char, usize)> {
    let code = |digits: usize| {
        let value = u32::from_str_radix(rest.get(1..=digits)?, 16).ok()?;
        Some((char::from_u32(value)?, digits + 1))
    };
    match rest.chars().next()? {
        'n' => Some(('\n', 1)),
        't' => Some(('\t', 1)),
        'r' => Some(('\r', 1)),
        c @ ('"' | '\\' | '\'') => Some((c, 1)),
        'x' => code(2),
        'u' => code(4),
        'U' => code(8),
        _ => None,
    }
}

/// A character in single quotes is a number to Go.
fn character(rest: &str) -> Option<(Token, usize)> {
    let c = rest[1..].chars().next()?;
    let (c, length) = if c == '\\' {
        let (c, length) = escape(&rest[2..])?;
        (c, length + 1)
    } else {
        (c, c.len_utf8())
    };
    rest[1 + length..].starts_with('\'').then(|| (Token::Int(i64::from(u32::from(c))), length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens as words with a bar between them; a blank before a token is shown as `_`.
    fn check(source: &str, expected: &str) {
        let shown = |Spaced { token, is_spaced }: Spaced| {
            let token = match token {
                Token::Words(words) => format!("<{words}>"),
                Token::Open => "{{".to_owned(),
                Token::Close => "}}".to_owned(),
                Token::Name(name) => name,
                Token::Field(name) => format!(".{name}"),
                Token::Dot => ".".to_owned(),
                Token::Variable(name) => format!("${name}"),
                Token::Text(text) => format!("{text:?}"),
                Token::Int(number) => number.to_string(),
                Token::Float(number) => format!("{number:?}"),
                Token::Pipe => "pipe".to_owned(),
                Token::Left => "(".to_owned(),
                Token::Right => ")".to_owned(),
                Token::Comma => ",".to_owned(),
                Token::Declare => ":=".to_owned(),
                Token::Assign => "=".to_owned(),
            };
            if is_spaced { format!("_{token}") } else { token }
        };
        let shown =
            tokens(source).map_or("none".to_owned(), |list| list.into_iter().map(shown).collect::<Vec<_>>().join(" "));
        assert_eq!(shown, expected, "{source}");
    }

    #[test]
    fn actions_and_words() {
        check("a {{ .B }} c", "<a > {{ _.B }} < c>");
        check("a {{- .B -}} c", "<a> {{ _.B }} <c>");
        check("a{{/* no */}}b{{- /* no */ -}} c", "<a> <b> <c>");
        check("{{.a.b .c}}", "{{ .a .b _.c }}");
        check("{{ $x:=-1 }}{{$.Page}}{{ $ }}", "{{ _$x := -1 }} {{ $ .Page }} {{ _$ }}");
        check(
            "{{ (f \"a\\\"\\u3042\" `b\"`).c | g 1.5 .5 0x10 'a' }}",
            "{{ _( f _\"a\\\"あ\" _\"b\\\"\" ) .c _pipe _g _1.5 _0.5 _16 _97 }}",
        );
        check("{{ range $i, $e := . }}", "{{ _range _$i , _$e _:= _. }}");
    }

    #[test]
    fn what_is_broken_is_no_template() {
        for source in ["{{ .a", "{{ \"a }}", "{{/* a }}", "{{ # }}", "{{ \"a\nb\" }}"] {
            check(source, "none");
        }
    }
}
