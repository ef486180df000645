//! nucleo-matcher's door: words found by some of their letters, as one types them.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::text::fold::fold;

/// From how many letters on a find can be too poor to be shown.
const FEWEST: usize = 3;

/// The items whose words hold what is wanted, its letters in order, perhaps with others between: first those that begin with it, then the
/// best; what is far worse than the best is left out. Case, width and kana do not count.
#[must_use]
pub fn narrowed<T>(items: Vec<T>, wanted: &str, words: impl Fn(&T) -> String) -> Vec<T> {
    let wanted = fold(wanted);
    let pattern = Pattern::parse(&wanted, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut letters = Vec::new();
    let scored = items.into_iter().filter_map(|item| {
        let words = fold(&words(&item));
        let score = pattern.score(Utf32Str::new(&words, &mut letters), &mut matcher)?;
        Some(((words.starts_with(&wanted), score), item))
    });
    let mut scored: Vec<((bool, u32), T)> = scored.collect();
    scored.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    // Letters strewn over an item are no find where another has them together. One or two letters are too few to tell.
    let is_telling = wanted.chars().count() >= FEWEST;
    let best = scored.iter().map(|((_, score), _)| *score).max().filter(|_| is_telling).unwrap_or_default();
    scored.retain(|((_, score), _)| score * 3 >= best * 2);
    scored.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_find_words() {
        let check = |wanted: &str, expected: &[&str]| {
            let items = vec!["next-heading", "to the next heading", "half a page down", "キー一覧"];
            assert_eq!(narrowed(items, wanted, |words| (*words).to_owned()), expected, "{wanted}");
        };
        check("", &["next-heading", "to the next heading", "half a page down", "キー一覧"]);
        check("nxthd", &["to the next heading", "next-heading"]);
        check("next", &["next-heading", "to the next heading"]);
        check("page", &["half a page down"]);
        check("hea", &["to the next heading", "next-heading"]);
        check("PAGE down", &["half a page down"]);
        check("ｷｰ", &["キー一覧"]);
        check("xyz", &[]);
    }
}
