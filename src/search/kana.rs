//! Kana that were typed, as the romaji that they are: so `けんさく` finds what `kensaku` finds.

use super::romaji::SPELLINGS;

/// The letters that kana (folded: Hiragana) are spelled with, in Hepburn; none where there is anything else.
pub(super) fn spelled(kana: &str) -> Option<String> {
    let mut letters = String::new();
    let mut is_doubling = false;
    let mut rest = kana;
    while let Some(first) = rest.chars().next() {
        let (spelling, length) = match first {
            'っ' => ("", first.len_utf8()),
            'ん' => ("n", first.len_utf8()),
            'ー' => ("-", first.len_utf8()),
            _ => longest(rest)?,
        };
        let sound = spelling.bytes().next();
        let is_after_n = kana[..kana.len() - rest.len()].ends_with('ん');
        if is_after_n && sound.is_some_and(|sound| b"aiueoyn".contains(&sound)) {
            // Or the letters of the two would run together.
            letters.push('\'');
        }
        if let Some(sound) = sound.filter(|_| is_doubling) {
            letters.push(char::from(sound));
        }
        is_doubling = first == 'っ';
        letters.push_str(spelling);
        rest = &rest[length..];
    }
    (!is_doubling && !letters.is_empty()).then_some(letters)
}

/// The spelling of the kana that some text begins with, two together where they are, and how long they are in bytes.
fn longest(text: &str) -> Option<(&'static str, usize)> {
    let entries = SPELLINGS.split('|').filter_map(|entry| entry.split_once(' '));
    let fitting = entries.filter(|(kana, _)| text.starts_with(kana));
    let (kana, spellings) = fitting.max_by_key(|(kana, _)| kana.len())?;
    Some((spellings.split(' ').next()?, kana.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_are_spelled() {
        for (kana, letters) in [
            ("けんさく", Some("kensaku")),
            ("がっこう", Some("gakkou")),
            ("しゃしん", Some("shashin")),
            ("こんや", Some("kon'ya")),
            ("さーばー", Some("sa-ba-")),
            ("まっ", None),
            ("検さく", None),
            ("けんさく2", None),
            ("", None),
        ] {
            assert_eq!(spelled(kana).as_deref(), letters, "{kana}");
        }
    }
}
