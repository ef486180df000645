//! What would take the parser too long, told before it starts.

/// Whether the parser would take time that grows with the square of the source: walls of container markers, or of link openings in
/// one paragraph. The bounds are several times what any real post holds.
pub(super) fn is_quadratic(source: &str) -> bool {
    let cost = |paragraph: &str| paragraph.len().saturating_mul(paragraph.matches("](").count());
    source.lines().any(|line| container_markers(line) > 100)
        || source.split("\n\n").map(cost).sum::<usize>() > 16_000_000
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
