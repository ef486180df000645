//! The tags of Jekyll and Hexo: `{% name … %}`.

use std::collections::HashSet;

use super::hexo::{self, arguments};
use crate::text::markup::Dialect;

/// Tags that say when and how often something is shown. What stands between them is shown once.
const CONTROL: [&str; 14] = [
    "raw",
    "if",
    "unless",
    "else",
    "elsif",
    "for",
    "case",
    "when",
    "assign",
    "capture",
    "break",
    "continue",
    "cycle",
    "increment",
];

/// The source with its tags written as shortcodes. Hexo leaves code alone, Jekyll does not.
pub(super) fn rewritten(source: &str, dialect: Dialect) -> String {
    let mut output = String::with_capacity(source.len());
    let mut fence = super::Fence::default();
    let mut is_raw = false;
    let ended: HashSet<&str> = source.split("{%").filter_map(|tag| name(tag).strip_prefix("end")).collect();
    for line in source.split_inclusive('\n') {
        let is_fenced = fence.holds(line);
        let is_code = is_fenced && dialect != Dialect::Jekyll;
        if let Some(tab) = hexo::tab(line).filter(|_| !is_fenced) {
            output.push_str(&tab);
            continue;
        }
        let mut rest = line;
        while let Some((before, tag, after)) = if is_raw { end_of_raw(rest) } else { next_tag(rest) } {
            let name = name(tag);
            output.push_str(before);
            // In code only the marks of Jekyll's own quoting are taken out.
            if is_code && name != "raw" && name != "endraw" {
                output.push_str(&rest[before.len()..rest.len() - after.len()]);
            } else {
                is_raw = name == "raw" || (is_raw && name != "endraw");
                output.push_str(&shortcode(name, tag, &ended, dialect));
            }
            rest = after;
        }
        output.push_str(rest);
    }
    output
}

/// The same for the tag that ends raw text.
fn end_of_raw(line: &str) -> Option<(&str, &str, &str)> {
    let mut at = 0;
    while let Some(found) = line[at..].find("{%") {
        at += found + 2;
        if name(&line[at..]) == "endraw" {
            return Some((&line[..at - 2], "endraw", line[at..].split_once("%}")?.1));
        }
    }
    None
}

/// What stands before the next tag of a line, its inside, and what follows it.
fn next_tag(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once("{%")?;
    // `{{% … %}}` is a shortcode already.
    if before.ends_with('{') {
        return None;
    }
    let (tag, after) = rest.split_once("%}")?;
    Some((before, tag.trim_matches('-').trim(), after))
}

/// The first word of a tag.
fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches('-').trim_start();
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(tag.len());
    &tag[..end]
}

fn shortcode(name: &str, tag: &str, pairs: &HashSet<&str>, dialect: Dialect) -> String {
    let ended = name.strip_prefix("end").unwrap_or(name);
    if CONTROL.contains(&ended) {
        return String::new();
    }
    if ended.len() < name.len() {
        return format!("{{{{< /{} >}}}}", hexo::end(ended));
    }
    if name.is_empty() {
        return String::new();
    }
    if let Some(written) = hexo::written(name, tag[name.len()..].trim(), dialect == Dialect::Jekyll) {
        return written;
    }
    let arguments: String = arguments(tag[name.len()..].trim()).map(|argument| named(&argument) + " ").collect();
    let is_single = !pairs.contains(name);
    format!("{{{{< {name} {arguments}{}>}}}}", if is_single { "/" } else { "" })
}

/// An argument as that of a shortcode: those that have a name keep it.
fn named(argument: &str) -> String {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match argument.split_once('=').filter(|(name, value)| is_name(name) && !value.is_empty()) {
        Some((name, value)) => format!("{name}=`{}`", value.trim_matches(['"', '\''])),
        None => format!("`{argument}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(rewritten(source, Dialect::Jekyll), expected);
    }

    #[test]
    fn tags_are_shortcodes() {
        check(
            "{% highlight ruby linenos %}\nx\n{% endhighlight %}",
            "{{< highlight `ruby` `linenos` >}}\nx\n{{< /highlight >}}",
        );
        check("{% youtube id=\"a b\" c %}", "{{< youtube id=`a b` `c` />}}");
        check("{% note 'a b' %}c{% endnote %}", "{{< note `a b` >}}c{{< /note >}}");
        check("[a]({% post_url 2020-01-02-x %})", "[a]({{< post_url `2020-01-02-x` />}})");
        check("{% if a == b %}c{% endif %}", "c");
        check("{% raw %}{{ x }} {% y %}{% endraw %}", "{{ x }} {% y %}");
        check("{% raw %}{% y {% endraw %}%} {% if a %}", "{% y %} ");
        check("{{% a %}} 50 {% of", "{{% a %}} 50 {% of");
        assert_eq!(rewritten("```\n{% a %}\n```\n", Dialect::Hexo), "```\n{% a %}\n```\n");
    }
}
