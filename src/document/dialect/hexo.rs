//! Tags whose arguments have an order of their own: those of Hexo and its themes, and what Jekyll includes.

/// What a tag is written as; nothing for one whose arguments are those of a shortcode.
pub(super) fn written(name: &str, words: &str, is_jekyll: bool) -> Option<String> {
    let given: Vec<String> = arguments(words).collect();
    let own = if is_jekyll { of_jekyll(name, words, &given) } else { of_theme(name, words, &given) };
    if own.is_some() {
        return own;
    }
    let first = given.first().map_or("", String::as_str);
    let rest = given.get(1..).unwrap_or_default().join(" ");
    let written = match name {
        "post_path" => reference(first),
        "post_link" => {
            let rest = rest.trim_end_matches("true").trim_end_matches("false").trim();
            format!("[{}]({})", if rest.is_empty() { first } else { rest }, reference(first))
        }
        "asset_path" => first.to_owned(),
        "asset_link" => format!("[{}]({first})", if rest.is_empty() { first } else { &rest }),
        // Title, name of the site, address, picture.
        "link" if words.contains(',') => {
            let parts: Vec<&str> = words.split(',').map(str::trim).collect();
            let target = parts.iter().find(|part| is_address(part))?;
            format!("[{}]({target})", parts[0])
        }
        "link" if given.len() > 1 => {
            let at = given.iter().position(|word| is_address(word))?;
            format!("[{}]({})", given[..at].join(" "), given[at])
        }
        "asset_img" | "img" => picture(&given)?,
        "blockquote" | "quote" => quote(&given),
        "pullquote" => "{{< quote >}}".to_owned(),
        "codeblock" | "code" => code(&given),
        "label" => match words.split_once('@') {
            Some((_, label)) => label.trim().to_owned(),
            // A colour comes last.
            None => words.rsplit_once([' ', ',']).map_or(words, |(label, _)| label).trim_end_matches(',').to_owned(),
        },
        "details" if !words.is_empty() && !words.contains('=') => details(words.trim_matches(['"', '\''])),
        _ => return None,
    };
    Some(written)
}

/// The tags of Jekyll, and of its plugins and themes.
fn of_jekyll(name: &str, words: &str, given: &[String]) -> Option<String> {
    let (first, rest) = given.split_first()?;
    let written = match name {
        "link" => reference(&format!("/{}", first.trim_start_matches('/'))),
        "include" | "include_relative" | "include_cached" => include(first, words)?,
        // The name of the group comes first.
        "tab" if !rest.is_empty() && !words.contains('=') => format!("{{{{< tab `{}` >}}}}", rest.join(" ")),
        "newthought" => first.clone(),
        "maincolumn" | "fullwidth" => caption(first, &rest.join(" ")),
        "marginfigure" if rest.len() > 1 => caption(&rest[0], &rest[1..].join(" ")),
        "epigraph" if !rest.is_empty() => {
            format!("{{{{< blockquote author=`{}` >}}}}{first}{{{{< /blockquote >}}}}", rest.join(", "))
        }
        _ => return None,
    };
    Some(written)
}

/// The tags of Hexo's themes.
fn of_theme(name: &str, words: &str, given: &[String]) -> Option<String> {
    let written = match name {
        // The colour comes last.
        "timeline" if !words.is_empty() => {
            let title = words.split_once(',').map_or(words, |(title, _)| title).trim();
            format!("{{{{< timeline title=`{}` >}}}}", title.replace('`', ""))
        }
        "btn" | "button" => {
            let mut parts = words.split(',').map(str::trim);
            let target = parts.next().filter(|target| is_address(target))?;
            let label = parts.next().filter(|label| !label.is_empty()).unwrap_or(target);
            format!("[{label}]({target})")
        }
        "note" | "subnote" => note(name, given),
        "hideToggle" | "hideBlock" | "folding" | "fold" => {
            let title = words.trim_start_matches('@');
            // Colours come last, or first.
            details(match (name, title.split_once(',')) {
                ("folding", Some((_, title))) => title,
                (_, Some((title, _))) => title,
                (_, None) => title,
            })
        }
        "hideInline" | "u" | "emp" | "wavy" | "span" => {
            let (first, rest) = words.split_once(',').unwrap_or((words, ""));
            if name == "span" && !rest.is_empty() { rest.trim().to_owned() } else { first.trim().to_owned() }
        }
        _ => return None,
    };
    Some(written)
}

fn details(title: &str) -> String {
    format!("{{{{< details summary=`{}` >}}}}", title.trim().replace('`', ""))
}

/// The arguments of a tag, without their quotes.
pub(super) fn arguments(words: &str) -> impl Iterator<Item = String> + '_ {
    let mut rest = words;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let quote = rest.chars().next()?;
        let (argument, after) = match quote {
            '"' | '\'' => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            _ => rest.split_at(end_of_word(rest)),
        };
        // Where Nunjucks reads them commas stand between.
        rest = after.strip_prefix(',').unwrap_or(after);
        Some(argument.replace('`', ""))
    })
}

/// Where a word ends that may hold a value in quotes: `caption="a b"`, `caption:"a b"`.
fn end_of_word(words: &str) -> usize {
    let end = words.find(char::is_whitespace).unwrap_or(words.len());
    let marks = ["=\"", "='", ":\"", ":'"];
    let Some(at) = marks.iter().filter_map(|mark| words[..end].find(mark)).min() else { return end };
    let start = at + 2;
    words[start..].find(&words[at + 1..start]).map_or(end, |length| start + length + 1)
}

/// The words of a note of Tufte's that stands beside the text: its name comes first.
pub(super) fn side_note(name: &str, words: &str) -> Option<String> {
    let given: Vec<String> = arguments(words).filter(|_| matches!(name, "sidenote" | "marginnote")).collect();
    let (_, note) = given.split_first().filter(|(_, note)| !note.is_empty())?;
    Some(note.join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The name of the shortcode that a closing tag closes.
pub(super) fn end(name: &str) -> &str {
    match name {
        "pullquote" => "quote",
        "quote" => "blockquote",
        "code" => "codeblock",
        "hideToggle" | "hideBlock" | "folding" | "fold" => "details",
        name => name,
    }
}

fn reference(path: &str) -> String {
    format!("{{{{< ref `{}` >}}}}", path.replace('`', ""))
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with('/') || word.starts_with('#')
}

/// What is included is called by its file; its arguments have names.
fn include(file: &str, words: &str) -> Option<String> {
    let name = file.rsplit('/').next()?.split('.').next()?;
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let mut rest = words.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim_start();
    let mut said = String::new();
    let mut provider = None;
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => after[1..].split_once(quote)?,
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        // What is not in quotes only the site knows.
        if quote.is_some() {
            let key = match key.trim() {
                "image_path" => "src",
                "path" if matches!(name, "video" | "audio") => "src",
                key => key,
            };
            if key == "provider" {
                provider = ["youtube", "vimeo", "bilibili"].into_iter().find(|name| *name == value);
            }
            said.push_str(&format!("{key}=`{}` ", value.replace('`', "").replace('\n', " ")));
        }
        rest = after.trim_start();
    }
    let name = provider.filter(|_| name == "video").unwrap_or(name);
    is_name.then(|| format!("{{{{< {name} {said}/>}}}}"))
}

/// Class names, the file, its width and height, a title, and words in its place.
fn picture(given: &[String]) -> Option<String> {
    let at = given.iter().position(|word| word.contains(['.', '/']) && !word.contains(' '))?;
    let is_size = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'%' | b'p' | b'x'));
    let named = |name: &str| given.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix([':', '=']));
    let [title, words] = ["title", "alt"].map(named);
    if title.is_some() || words.is_some() {
        let bare = |words: Option<&str>| words.unwrap_or_default().trim_matches(['"', '\'']).to_owned();
        return Some(image(&given[at], &bare(title), &bare(words)));
    }
    let said = || given[at + 1..].iter().skip_while(is_size);
    if !said().any(|word| word.contains(['"', '\'', ' '])) {
        return Some(image(&given[at], &said().cloned().collect::<Vec<_>>().join(" "), ""));
    }
    // `'"title" "words"'`, or each in quotes of its own.
    let said = said().flat_map(|word| word.split('"')).map(str::trim);
    let said: Vec<&str> = said.filter(|word| !word.is_empty()).collect();
    Some(image(&given[at], said.first().unwrap_or(&""), said.get(1).unwrap_or(&"")))
}

/// A kind, how it is drawn, and a title.
fn note(name: &str, given: &[String]) -> String {
    let styles = ["simple", "modern", "flat", "disabled", "no-icon", "icon"];
    let is_style = |word: &&String| styles.contains(&word.as_str()) || word.contains("fa-");
    let said: Vec<&String> = given.iter().filter(|word| !is_style(word)).collect();
    match said.split_first() {
        Some((kind, title)) => {
            let title: Vec<&str> = title.iter().map(|word| word.as_str()).collect();
            format!("{{{{< {name} `{kind}` `{}` >}}}}", title.join(" "))
        }
        None => format!("{{{{< {name} >}}}}"),
    }
}

fn image(file: &str, title: &str, words: &str) -> String {
    format!("{{{{< img src=`{file}` title=`{title}` alt=`{words}` />}}}}")
}

fn caption(file: &str, words: &str) -> String {
    format!("{{{{< figure src=`{file}` caption=`{words}` />}}}}")
}

/// `author, source address title`.
fn quote(given: &[String]) -> String {
    let at = given.iter().position(|word| word.contains("://")).unwrap_or(given.len());
    // What has a name says how it is drawn.
    let author: Vec<&str> = given[..at].iter().map(String::as_str).filter(|word| !word.contains("=\"")).collect();
    let author = author.join(" ");
    let (link, title) = given[at..]
        .split_first()
        .map_or((String::new(), String::new()), |(link, title)| (link.clone(), title.join(" ")));
    format!("{{{{< blockquote author=`{author}` source=`{title}` link=`{link}` >}}}}")
}

/// A title, settings such as `lang:js`, an address and its words, in any order but that.
fn code(given: &[String]) -> String {
    let setting = |name: &str| given.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix(':'));
    let is_setting = |word: &str| {
        word.split_once(':').is_some_and(|(name, rest)| {
            !rest.starts_with('/') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        })
    };
    let title: Vec<&str> = given
        .iter()
        .map(String::as_str)
        .filter(|word| !is_setting(word))
        .take_while(|word| !word.contains("://"))
        .collect();
    format!("{{{{< codeblock lang=`{}` title=`{}` >}}}}", setting("lang").unwrap_or_default(), title.join(" "))
}

/// The marks around the tabs of a theme, and around what was when in a timeline, which are comments.
pub(super) fn tab(line: &str) -> Option<String> {
    let inside = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    match inside.strip_prefix("tab ").or_else(|| inside.strip_prefix("timeline ")) {
        Some(label) => Some(format!("{{{{% tab `{}` %}}}}\n", label.split('@').next()?.trim().replace('`', ""))),
        None => matches!(inside, "endtab" | "endtimeline").then(|| "{{% /tab %}}\n".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, expected: &str) {
        let (name, words) = tag.split_once(' ').unwrap();
        assert_eq!(written(name, words, false).as_deref(), Some(expected), "{tag}");
    }

    #[test]
    fn links_pictures_quotes_and_code() {
        check("post_link hello 'A title' true", "[A title]({{< ref `hello` >}})");
        check("post_link hello", "[hello]({{< ref `hello` >}})");
        check("asset_link a.zip Download it", "[Download it](a.zip)");
        check("link words and more https://x.example true", "[words and more](https://x.example)");
        check("asset_img a.jpg This is it", "{{< img src=`a.jpg` title=`This is it` alt=`` />}}");
        check("img left /a.png 200 300 '\"t u\" \"v\"'", "{{< img src=`/a.png` title=`t u` alt=`v` />}}");
        check("asset_img a.png \"t u\" 'v w'", "{{< img src=`a.png` title=`t u` alt=`v w` />}}");
        check(
            "blockquote A B, C https://x.example/ The D",
            "{{< blockquote author=`A B, C` source=`The D` link=`https://x.example/` >}}",
        );
        check("blockquote A style=\"b c\"", "{{< blockquote author=`A` source=`` link=`` >}}");
        check("codeblock lang:js a.b https://x.example/ a", "{{< codeblock lang=`js` title=`a.b` >}}");
        check("label primary@words", "words");
        check("label words blue", "words");
        check("btn https://x.example, Words, icon", "[Words](https://x.example)");
        check("link A b, site, https://x.example", "[A b](https://x.example)");
        check("note info flat no-icon A title", "{{< note `info` `A title` >}}");
        check("hideToggle Show it, blue", "{{< details summary=`Show it` >}}");
        check("folding blue, A title", "{{< details summary=`A title` >}}");
        check("hideInline a b,Show", "a b");
        check("details Click \"here\" now", "{{< details summary=`Click \"here\" now` >}}");
        check("img a.png alt:\"X y\"", "{{< img src=`a.png` title=`` alt=`X y` />}}");
        check("timeline 2022,blue", "{{< timeline title=`2022` >}}");
        assert_eq!(tab("<!-- timeline 01-01 -->\n").as_deref(), Some("{{% tab `01-01` %}}\n"));
        assert_eq!(tab("<!-- tab One@icon -->\n").as_deref(), Some("{{% tab `One` %}}\n"));
    }

    #[test]
    fn what_jekyll_includes_is_called_by_its_file() {
        let check =
            |words: &str, expected: &str| assert_eq!(written("include", words, true).as_deref(), Some(expected));
        check("figure.html image_path=\"/a.png\" caption='b \"c\"'", "{{< figure src=`/a.png` caption=`b \"c\"` />}}");
        check("video id=\"a\" provider='youtube'", "{{< youtube id=`a` provider=`youtube` />}}");
        check("video.liquid path=\"/a.mp4\"", "{{< video src=`/a.mp4` />}}");
        let tab = written("tab", "log php", true);
        assert_eq!(tab.as_deref(), Some("{{< tab `php` >}}"));
        check("a/toc.html", "{{< toc />}}");
        let epigraph = written("epigraph", "'a' 'b' 'c'", true);
        assert_eq!(epigraph.as_deref(), Some("{{< blockquote author=`b, c` >}}a{{< /blockquote >}}"));
        check("video id=\"x\" title=page.title", "{{< video id=`x` />}}");
        assert_eq!(written("link", "_posts/a.md", true).as_deref(), Some("{{< ref `/_posts/a.md` >}}"));
    }
}
