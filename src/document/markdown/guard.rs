//! What would take the parser too long, or make too much of a post, told before it starts.

use memchr::memmem;

use super::super::dialect::Fence;

/// Whether the parser would take time that grows with the square of the source: walls of container markers, or of link openings in
/// one paragraph. The bounds are several times what any real post holds; those of long posts grow with them.
pub(super) fn is_quadratic(source: &str) -> bool {
    let cost = |paragraph: &str| paragraph.len().saturating_mul(memmem::find_iter(paragraph.as_bytes(), "](").count());
    source.lines().any(|line| line.len() > 100 && container_markers(line) > 100)
        || paragraphs(source).map(cost).sum::<usize>() > (4 * source.len()).max(16_000_000)
}

fn paragraphs(source: &str) -> impl Iterator<Item = &str> {
    let ends = memmem::find_iter(source.as_bytes(), "\n\n").chain(std::iter::once(source.len()));
    let mut start = 0;
    ends.map(move |end| &source[std::mem::replace(&mut start, end + 2)..end])
}

/// What a post may cost in memory beside its words, in bytes, before it is shown as it stands. The largest of real sites costs a
/// hundredth of it, ten megabytes of prose, code and tables together a half. A longer post may cost so many times its own length.
const MOST: usize = 160_000_000;
const TIMES: usize = 12;

/// What a block and what a mark inside one cost at most, in bytes.
const OF_BLOCK: usize = 900;
const OF_MARK: usize = 140;

/// The bytes that may mark something inside a block.
const IS_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"*_`[<&$~\\|{";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether there is so much structure in a source that what is made of it would not fit where its words do: millions of items, headings
/// or marks. Fenced code has none.
pub(super) fn is_too_much(source: &str) -> bool {
    // One of nothing but marks costs no more than this.
    let lines = memchr::memchr_iter(b'\n', source.as_bytes()).count() + 1;
    if OF_BLOCK * lines + OF_MARK * source.len() < MOST {
        return false;
    }
    let mut fence = Fence::default();
    let mut is_after_blank = true;
    let mut cost = 0;
    for line in source.lines().filter(|line| !fence.holds(line)) {
        let words = line.trim_start();
        let opens = words.starts_with(|c: char| "#>-+*:<{".contains(c) || c.is_ascii_digit());
        let starts_block = opens || (is_after_blank && !words.starts_with('|'));
        let is_mark = |byte: &u8| IS_MARK[usize::from(*byte)];
        is_after_blank = words.is_empty();
        if !is_after_blank {
            let marks = words.bytes().filter(is_mark).count() + lone_closings(words);
            cost += OF_BLOCK * usize::from(starts_block) + OF_MARK * marks;
        }
    }
    cost > MOST.max(TIMES * source.len())
}

/// The closing brackets of a line beyond those that it opens, which are marks already.
fn lone_closings(line: &str) -> usize {
    let count = |bracket| memchr::memchr_iter(bracket, line.as_bytes()).count();
    count(b']').saturating_sub(count(b'['))
}

/// How many quotes and list items a line opens. A rule such as `* * *` counts as none.
fn container_markers(line: &str) -> usize {
    let mut count = 0;
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
        let is_spaced = |after: &str| after.starts_with([' ', '\t']);
        let after = match rest.as_bytes().get(digits) {
            Some(b'>') if digits == 0 => &rest[1..],
            Some(b'-' | b'*' | b'+') if digits == 0 && is_spaced(&rest[1..]) => &rest[1..],
            Some(b'.' | b')') if digits > 0 && is_spaced(&rest[digits + 1..]) => &rest[digits + 1..],
            _ => break,
        };
        rest = after;
        count += 1;
    }
    let is_rule = !line.trim().is_empty() && line.bytes().all(|byte| matches!(byte, b'-' | b'*' | b' '));
    if is_rule { 0 } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_told_by_its_structure() {
        for (unit, expected) in [
            ("a\n\n", true),
            ("- a\n", true),
            ("# a\n", true),
            ("> a\n\n", true),
            ("*a* ", true),
            ("|a|b|\n", true),
            ("a]", true),
            ("{{< a >}}", true),
            ("A sentence of ordinary length, with *one* word of weight in it, stands in its own paragraph.\n\n", false),
            ("日本語の段落がひとつ、ふつうの長さで書かれている。文はいくつか続いて、ここで終わる。\n\n", false),
            (
                "A sentence of ordinary length with [a link](https://example.org/2020/01/02/a/path) to some place.\n\n",
                false,
            ),
            ("| cell | another cell | and one more that is longer than those before |\n", false),
            ("words without an end ", false),
        ] {
            assert_eq!(is_too_much(&unit.repeat(10_000_000 / unit.len())), expected, "{unit:?}");
        }
        assert!(!is_too_much(&format!("```\n{}```\n", "*a* [b](c)\n".repeat(900_000))));
    }
}
