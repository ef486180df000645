//! Which posts link to which. It takes reading them all.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::body;
use crate::document::Target;
use crate::library::{Destination, Library, Post, PostId};

/// For each post the posts that link to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backlinks(HashMap<PostId, Vec<PostId>>);

impl Backlinks {
    /// Reads every post and notes where its links lead. A post that cannot be read links to none.
    #[must_use]
    pub fn of(library: &Library) -> Backlinks {
        let numbered: Vec<(PostId, &Post)> =
            library.posts.iter().enumerate().map(|(index, post)| (PostId(index as u32), post)).collect();
        let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
        let chunks = numbered.chunks(numbered.len().div_ceil(threads).max(1));
        let led: Vec<(PostId, PostId)> = thread::scope(|scope| {
            let workers: Vec<_> = chunks
                .map(|chunk| {
                    scope.spawn(move || {
                        chunk.iter().flat_map(|(id, post)| links(library, *id, post)).collect::<Vec<_>>()
                    })
                })
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        });
        let mut backlinks: HashMap<PostId, Vec<PostId>> = HashMap::new();
        for (from, to) in led {
            backlinks.entry(to).or_default().push(from);
        }
        let day = |id: &PostId| library.post(*id).and_then(|post| post.date).map(|date| date.timestamp());
        backlinks.values_mut().for_each(|posts| posts.sort_by_key(|id| std::cmp::Reverse(day(id))));
        Backlinks(backlinks)
    }

    /// The posts that link to one, the newest first.
    #[must_use]
    pub fn to(&self, post: PostId) -> &[PostId] {
        self.0.get(&post).map_or(&[], Vec::as_slice)
    }
}

/// The posts that a post links to, each once.
fn links(library: &Library, id: PostId, post: &Post) -> Vec<(PostId, PostId)> {
    let read = || body(library, post, &library.text(post).unwrap_or_default());
    let document = catch_unwind(AssertUnwindSafe(read)).unwrap_or_default();
    let mut found: Vec<(PostId, PostId)> = Vec::new();
    for link in &document.links {
        let destination = match &link.target {
            Target::Url(written) => library.resolve(post, written),
            Target::Page(written) => library.resolve_page(post, written),
            Target::Note(_) | Target::NoteMark(_) | Target::Fold => continue,
        };
        if let Destination::Post { post: to, .. } = destination
            && to != id
            && !found.contains(&(id, to))
        {
            found.push((id, to));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_link_is_found_once() {
        let posts = [
            ("a.md", "---\ndate: 2020-01-01\n---\n[b](/b/) [b](b.md#x) {{< ref \"b\" >}} [self](#y) [a](/a/)"),
            ("b.md", "[out](https://other.example/)"),
            ("c.md", "---\ndate: 2021-01-01\n---\n[b](https://a.example/b/)"),
        ];
        let posts = posts.map(|(path, text)| (path.to_owned(), text.as_bytes().into()));
        let library = Library::of_memory("baseURL: https://a.example/", posts.into(), None);
        let backlinks = Backlinks::of(&library);
        assert_eq!(backlinks.to(PostId(1)), [PostId(2), PostId(0)]);
        assert_eq!(backlinks.to(PostId(0)), []);
    }
}
