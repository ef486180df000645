//! Keys that are pressed together, as Python-Markdown writes them: `++ctrl+alt+del++`.

/// Writes the keys that a text starts with, and gives how much of it they take.
pub(super) fn written(from: &str, output: &mut String) -> Option<usize> {
    let inside = from.strip_prefix("++")?;
    let inside = &inside[..inside.find("++")?];
    if output.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let shown: Option<Vec<String>> = inside.split('+').map(label).collect();
    let shown: Vec<String> = shown?.iter().map(|label| format!("<kbd>{label}</kbd>")).collect();
    output.push_str(&shown.join("+"));
    Some(inside.len() + 4)
}

/// What is shown of a key.
fn label(key: &str) -> Option<String> {
    if let Some(words) = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) {
        return (!words.is_empty()).then(|| escaped(words));
    }
    if let Some((_, sign)) = SIGNS.iter().find(|(name, _)| *name == key) {
        return Some(escaped(sign));
    }
    let number = |prefix: &str| key.strip_prefix(prefix).filter(|rest| rest.parse::<u8>().is_ok());
    if let Some(digit) = number("num") {
        return Some(format!("Num {digit}"));
    }
    let name = ["left-", "right-", "num-"].iter().find_map(|side| key.strip_prefix(side)).unwrap_or(key);
    let is_letter = key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_letter && number("f").is_none() && !NAMES.contains(&name) {
        return None;
    }
    let key = key.strip_prefix("arrow-").unwrap_or(key);
    let words = key.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
    Some(words.collect::<Vec<_>>().join(" "))
}

/// Words in which no sign is a mark.
fn escaped(words: &str) -> String {
    let signs =
        words.chars().map(|c| if c.is_ascii_punctuation() { format!("&#{};", u32::from(c)) } else { c.to_string() });
    signs.collect()
}

/// The names of keys that are longer than a letter.
const NAMES: [&str; 58] = [
    "alt",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "backspace",
    "break",
    "caps-lock",
    "clear",
    "cmd",
    "command",
    "context-menu",
    "control",
    "ctrl",
    "del",
    "delete",
    "down",
    "end",
    "enter",
    "esc",
    "escape",
    "fn",
    "function",
    "help",
    "home",
    "hyper",
    "ins",
    "insert",
    "left",
    "lock",
    "menu",
    "meta",
    "minus",
    "num-lock",
    "option",
    "page-down",
    "page-up",
    "pause",
    "pg-down",
    "pg-up",
    "plus",
    "print-screen",
    "return",
    "right",
    "scroll-lock",
    "shift",
    "slash",
    "space",
    "super",
    "tab",
    "up",
    "volume-down",
    "volume-mute",
    "volume-up",
    "win",
    "windows",
    "zoom-in",
    "zoom-out",
];

/// The keys of signs.
const SIGNS: [(&str, &str); 34] = [
    ("ampersand", "&"),
    ("asterisk", "*"),
    ("at", "@"),
    ("backslash", "\\"),
    ("bar", "|"),
    ("brace-left", "{"),
    ("brace-right", "}"),
    ("bracket-left", "["),
    ("bracket-right", "]"),
    ("caret", "^"),
    ("colon", ":"),
    ("comma", ","),
    ("dash", "-"),
    ("dot", "."),
    ("double-quote", "\""),
    ("equal", "="),
    ("exclam", "!"),
    ("grave", "`"),
    ("greater", ">"),
    ("hash", "#"),
    ("hyphen", "-"),
    ("less", "<"),
    ("minus", "-"),
    ("percent", "%"),
    ("period", "."),
    ("pipe", "|"),
    ("plus", "+"),
    ("pound", "#"),
    ("question", "?"),
    ("semicolon", ";"),
    ("single-quote", "'"),
    ("slash", "/"),
    ("tilde", "~"),
    ("underscore", "_"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_names() {
        let check = |source: &str, expected: Option<&str>| {
            let mut output = String::new();
            let length = written(source, &mut output);
            assert_eq!(length.map(|_| output.as_str()), expected, "{source}");
            assert!(length.is_none_or(|length| length == source.len()), "{source}");
        };
        check("++ctrl+a++", Some("<kbd>Ctrl</kbd>+<kbd>A</kbd>"));
        check("++arrow-up+page-up++", Some("<kbd>Up</kbd>+<kbd>Page Up</kbd>"));
        check("++slash+tilde++", Some("<kbd>&#47;</kbd>+<kbd>&#126;</kbd>"));
        check("++num0+f12+left-shift++", Some("<kbd>Num 0</kbd>+<kbd>F12</kbd>+<kbd>Left Shift</kbd>"));
        check("++\"Save as\"++", Some("<kbd>Save as</kbd>"));
        for source in ["++", "++++", "++ a++", "++word++", "++\"\"++", "++日++"] {
            check(source, None);
        }
    }
}
