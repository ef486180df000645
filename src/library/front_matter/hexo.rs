//! JSON as Hexo has it above its posts: up to a line of semicolons, the outer braces left out or not.

use std::borrow::Cow;

use super::{Format, Split};

/// The post in two parts, where it starts so.
pub(super) fn split(rest: &str) -> Option<Split<'_>> {
    let (block, body) = rest.split_once("\n;;;\n").filter(|_| rest.starts_with(['"', '{']))?;
    super::json(block).is_ok().then_some(Split { block: Some((Format::Json, block)), body })
}

/// A block with its outer braces.
pub(super) fn braced(block: &str) -> Cow<'_, str> {
    if block.trim_start().starts_with('"') { Cow::Owned(format!("{{{block}}}")) } else { Cow::Borrowed(block) }
}
