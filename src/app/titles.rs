//! Titles of the index that take two rows, broken between their phrases. To find phrases takes longer than to draw them: it is done once
//! for each title that comes in sight.

use std::sync::Arc;

use super::App;
use super::index::Rows;
use crate::layout::balanced;
use crate::library::{Library, PostId};
use crate::text::width::Measure;

/// See the module's head.
#[derive(Debug, Default)]
pub struct Titles {
    library: Arc<Library>,
    width: u16,
    measure: Measure,
    broken: Vec<Broken>,
}

#[derive(Debug, Clone, Copy)]
struct Broken {
    post: PostId,
    /// Where its first row ends, and where the rest starts, in bytes.
    first: usize,
    rest: usize,
}

impl Titles {
    /// A title in two parts: its first line, and all that comes after. One that was not in sight is one part.
    #[must_use]
    pub fn in_two<'t>(&self, post: PostId, title: &'t str) -> (&'t str, &'t str) {
        let broken = self.broken.iter().find(|broken| broken.post == post);
        let parts = broken.and_then(|broken| Some((title.get(..broken.first)?, title.get(broken.rest..)?)));
        parts.unwrap_or((title, ""))
    }

    /// Breaks the titles of these posts that are not broken yet, and forgets the others.
    fn renew(&mut self, posts: &[PostId], rows: &Rows) {
        let width = rows.panes.title_width();
        let is_same = Arc::ptr_eq(&self.library, &rows.library) && (self.width, self.measure) == (width, rows.measure);
        let before = std::mem::take(&mut self.broken);
        let known = |post: PostId| before.iter().find(|broken| is_same && broken.post == post).copied();
        self.broken = posts.iter().filter_map(|post| known(*post).or_else(|| broken(*post, rows))).collect();
        (self.library, self.width, self.measure) = (Arc::clone(&rows.library), width, rows.measure);
    }
}

fn broken(post: PostId, rows: &Rows) -> Option<Broken> {
    let title = &rows.library.post(post)?.title;
    let lines = balanced(title, usize::from(rows.panes.title_width()), rows.measure);
    let first = lines.first().map_or(title.len(), |line| line.end);
    let rest = lines.get(1).map_or(title.len(), |line| line.start);
    Some(Broken { post, first, rest })
}

impl App {
    /// Breaks the titles that are in sight now.
    pub(super) fn break_titles(&mut self) {
        let rows = self.index_rows();
        let posts: Vec<PostId> = self.index.in_sight(&rows).filter(|post| rows.of(*post) > 2).collect();
        self.titles.renew(&posts, &rows);
    }
}
