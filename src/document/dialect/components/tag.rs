//! The tags of components, in lines of Markdown.

/// Whether a line starts with a tag whose name starts with a letter.
pub(super) fn starts(words: &str) -> bool {
    let name = words.strip_prefix('<').map(|inside| inside.strip_prefix('/').unwrap_or(inside));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Such a tag.
pub(super) struct Component<'a> {
    pub name: &'a str,
    /// Keys and values. Of what a program would work out there is no value.
    pub attributes: Vec<(&'a str, &'a str)>,
    pub is_end: bool,
    /// Whether it holds nothing.
    pub is_whole: bool,
    /// Where it ends, in bytes; 0 where it goes on in the next line.
    pub end: usize,
}

impl Component<'_> {
    /// Whether it is of the page alone, and no element of HTML.
    pub(super) fn is_own(&self) -> bool {
        self.name.starts_with(|c: char| c.is_ascii_uppercase())
    }
}

/// The component that a line starts with.
pub(super) fn component(words: &str) -> Option<Component<'_>> {
    element(words).filter(Component::is_own)
}

/// The component or element that a line starts with.
pub(super) fn element(words: &str) -> Option<Component<'_>> {
    let words = words.trim_start();
    let inside = words.strip_prefix('<')?;
    let is_end = inside.starts_with('/');
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Some(Component { name, attributes, is_end, is_whole: true, end: words.len() - after.len() });
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some(Component { name, attributes, is_end, is_whole: false, end: words.len() - after.len() });
        }
        if rest.is_empty() {
            return Some(Component { name, attributes, is_end, is_whole: false, end: 0 });
        }
        if rest.starts_with('{') {
            rest = value(rest)?.1;
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':' | '@')) {
            return None;
        }
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let (key, after) = rest.split_at(length);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after)?,
            None => ("", after),
        };
        attributes.push((key, value));
        rest = after;
    }
}

/// The value of an attribute and what follows it. Of what a program would work out only a string counts.
fn value(from: &str) -> Option<(&str, &str)> {
    match from.chars().next()? {
        quote @ ('"' | '\'') => from[1..].split_once(quote),
        '{' => {
            let mut depth = 0_i32;
            let end = from.find(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth == 0
            })?;
            let inside = from[1..end].trim();
            let string = inside.split(['\'', '"', '`']).nth(1).filter(|_| !inside.starts_with('{'));
            Some((string.unwrap_or_default(), &from[end + 1..]))
        }
        _ => Some(from.split_at(from.find([' ', '>']).unwrap_or(from.len()))),
    }
}
