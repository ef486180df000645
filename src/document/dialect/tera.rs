//! The shortcodes of Zola: `{{ name(key="value") }}`, and `{% name() %} … {% end %}` around Markdown.

/// How long a tag may be, in bytes.
const LONGEST_TAG: usize = 4 * 1024;

/// The source with its shortcodes written as those of Hugo.
pub(super) fn rewritten(source: &str) -> String {
    let mut output = String::with_capacity(source.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        output.push_str(before);
        let after = shortcode(from, &mut open, &mut output).or_else(|| escaped(from, &mut output));
        rest = after.unwrap_or_else(|| {
            output.push('{');
            &from[1..]
        });
    }
    output.push_str(rest);
    output
}

/// Writes the shortcode that a text starts with, and gives what follows it.
fn shortcode<'a>(from: &'a str, open: &mut Vec<&'a str>, output: &mut String) -> Option<&'a str> {
    let (inside, end) = match from.as_bytes().get(1)? {
        b'{' => (&from[2..], "}}"),
        b'%' => (&from[2..], "%}"),
        _ => return None,
    };
    let inside = inside.strip_prefix('-').unwrap_or(inside).trim_start();
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|length| *length > 0)?;
    let (name, rest) = inside.split_at(length);
    if end == "%}" && name == "end" && !open.is_empty() {
        let rest = closed(rest, end)?;
        output.push_str(&format!("{{{{% /{} %}}}}", open.pop()?));
        return Some(rest);
    }
    let mut rest = rest.trim_start().strip_prefix('(')?;
    let most = from.len().saturating_sub(LONGEST_TAG);
    let mut arguments = String::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(')') {
            rest = closed(after, end)?;
            break;
        }
        let (key, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?);
        let (value, after) = value(after.trim_start().strip_prefix('=')?.trim_start())?;
        arguments.push_str(&format!("{key}=`{}` ", value.replace('`', "")));
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest);
        if rest.len() < most {
            return None;
        }
    }
    if end == "}}" {
        output.push_str(&format!("{{{{< {name} {arguments}/>}}}}"));
    } else {
        open.push(name);
        output.push_str(&format!("{{{{% {name} {arguments}%}}}}"));
    }
    Some(rest)
}

/// What follows the end of a tag.
fn closed<'a>(rest: &'a str, end: &str) -> Option<&'a str> {
    let rest = rest.trim_start();
    rest.strip_prefix('-').unwrap_or(rest).strip_prefix(end)
}

/// The value of an argument without its quotes, and what follows it.
fn value(from: &str) -> Option<(&str, &str)> {
    let within = &from[..from.floor_char_boundary(LONGEST_TAG)];
    let (length, quotes) = match within.chars().next()? {
        quote @ ('"' | '\'' | '`') => (within[1..].find(quote)? + 2, 1),
        '[' => (within.find(']')? + 1, 1),
        _ => (within.find([',', ')', ' ', '\n'])?, 0),
    };
    Some((&from[quotes..length - quotes], &from[length..]))
}

/// Writes what a text that starts with `{{/*` or `{%/*` is meant to show, and gives what follows it.
fn escaped<'a>(from: &'a str, output: &mut String) -> Option<&'a str> {
    let within = &from[..from.floor_char_boundary(LONGEST_TAG)];
    let [open, close] = ["{{/*", "{%/*"]
        .into_iter()
        .zip(["*/}}", "*/%}"])
        .find(|(open, _)| within.starts_with(open))
        .map(|(open, close)| [open, close])?;
    let words = &within[open.len()..within.find(close)?];
    output.push_str(&open[..2]);
    output.push_str(words);
    output.push_str(&close[2..]);
    Some(&from[open.len() + words.len() + close.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(rewritten(source), expected, "{source}");
    }

    #[test]
    fn shortcodes_are_those_of_hugo() {
        check("a {{ youtube(id=\"x y\", autoplay=true) }} b", "a {{< youtube id=`x y` autoplay=`true` />}} b");
        check("{{ a() }}", "{{< a />}}");
        check("{{- a(b='c', d=[1, 2]) -}}", "{{< a b=`c` d=`1, 2` />}}");
        check("{% quote(author=\"V\") %}\n*a*\n{% end %}\n", "{{% quote author=`V` %}}\n*a*\n{{% /quote %}}\n");
        check("{% a() %}{% b() %}c{% end %}{% end %}", "{{% a %}}{{% b %}}c{{% /b %}}{{% /a %}}");
    }

    #[test]
    fn what_is_none_is_left_alone() {
        for source in ["{{ a }}", "{% end %}", "{{ a(", "{{ a(b=\"c) }}", "{% a %}", "{ {{ } é {", "{{ a(b) }}", "{{"]
        {
            check(source, source);
        }
        check("{{/* a() */}} {%/* b() */%}", "{{ a() }} {% b() %}");
        check(&"{{ a(b=\"".repeat(1000), &"{{ a(b=\"".repeat(1000));
    }
}
