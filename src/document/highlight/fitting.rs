//! A grammar made smaller for the words that it is to colour: without the expressions that they cannot match.
//!
//! To compile the expressions of a grammar takes many times as long as a post takes to print, and most of them are keywords and
//! signs that do not occur in a short text. The build has found for each expression the literals of which a text must hold one, and
//! written a plan with them (`plan` in `build.rs`). What is left out cannot match, so the colours are the same.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// A number in a dump, in bytes.
pub(super) const NUMBER: usize = size_of::<u64>();

/// The contexts of a grammar, packed as `contexts` is, without the patterns that cannot match anywhere in `words`. Nothing if they do
/// not go with the plan.
pub(super) fn fit(contexts: &[u8], plan: &[u8], words: &str) -> Option<Vec<u8>> {
    let (contexts, plan) = (unpacked(contexts)?, unpacked(plan)?);
    let (mut rest, mut plan) = (Bytes(&contexts), Bytes(&plan));
    let words = words.to_ascii_lowercase();
    let mut is_there = Vec::new();
    for _ in 0..plan.number()? {
        let length = plan.number()? as usize;
        is_there.push(memmem::find(words.as_bytes(), plan.take(length)?).is_some());
    }
    let mut literal = 0_u32;
    let mut kept = Vec::with_capacity(contexts.len());
    while !plan.0.is_empty() {
        kept.extend(rest.take(plan.number()? as usize)?);
        rest.take(NUMBER)?;
        let count_at = kept.len();
        kept.extend([0; NUMBER]);
        let mut count = 0_u64;
        for _ in 0..plan.number()? {
            let pattern = rest.take(plan.number()? as usize)?;
            let literals = plan.number()?;
            let mut can_match = literals == 0;
            for _ in 0..literals {
                literal = literal.wrapping_add(plan.number()?);
                can_match |= *is_there.get(literal as usize)?;
            }
            if can_match {
                count += 1;
                kept.extend(pattern);
            }
        }
        kept[count_at..count_at + NUMBER].copy_from_slice(&count.to_le_bytes());
    }
    kept.extend(rest.0);
    Some(packed(&kept))
}

fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}

/// The form in which syntect wants them, though no shorter than they are, and never empty: a stream (RFC 1950) of blocks that are stored (RFC 1951, 3.2.4).
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        packed.push(u8::from(blocks.peek().is_none()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    packed.extend(checksum(bytes).to_be_bytes());
    packed
}

/// Adler-32 (RFC 1950, 8.2).
fn checksum(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    /// So many bytes can be added before a sum of 32 bits is too short.
    const AT_ONCE: usize = 5_552;
    let (mut low, mut high) = (1, 0);
    for some in bytes.chunks(AT_ONCE) {
        for byte in some {
            low += u32::from(*byte);
            high += low;
        }
        low %= MODULUS;
        high %= MODULUS;
    }
    high << 16 | low
}

/// Bytes that are read from their start on.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(size_of::<u32>())?.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_can_be_read() {
        for length in [1, 65_535, 65_536, 200_000] {
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            assert_eq!(unpacked(&packed(&bytes)), Some(bytes), "{length}");
        }
    }

    #[test]
    fn patterns_that_cannot_match_are_left_out() {
        let number = |value: u32| value.to_le_bytes().to_vec();
        let count = |value: u64| value.to_le_bytes().to_vec();
        // Two bytes, a count, three patterns; the first goes with "func" or "var", the second with nothing, the third with "type".
        let contexts = [b"ab".to_vec(), count(3), b"one".to_vec(), b"two!".to_vec(), b"3".to_vec()].concat();
        let literals =
            [number(3), number(4), b"func".to_vec(), number(3), b"var".to_vec(), number(4), b"type".to_vec()].concat();
        let patterns = [[2, 3].as_slice(), &[3, 2, 0, 1], &[4, 0], &[1, 1, 1]].concat();
        let plan = [literals, patterns.into_iter().flat_map(number).collect()].concat();
        let fitted = |words| unpacked(&fit(&packed(&contexts), &packed(&plan), words)?);
        for (words, kept, patterns) in [("x", 1, "two!"), ("VAR x", 2, "onetwo!"), ("a type, a func", 3, "onetwo!3")] {
            let expected = [b"ab".to_vec(), count(kept), patterns.as_bytes().to_vec()].concat();
            assert_eq!(fitted(words), Some(expected), "{words}");
        }
        assert_eq!(fit(&packed(b"too short"), &packed(&plan), ""), None);
    }
}
