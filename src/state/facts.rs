//! What is known of the posts of a library, by their numbers.

use std::collections::HashSet;

use super::State;
use crate::library::{Library, PostId};

/// Which posts were read, and which are favourites.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    pub read: HashSet<PostId>,
    pub favourites: HashSet<PostId>,
}

impl Facts {
    /// What a state says of the posts of a library.
    #[must_use]
    pub fn of(library: &Library, state: &State) -> Facts {
        let mut facts = Facts::default();
        let known = state.posts().filter_map(|(key, _)| library.by_key(key));
        known.for_each(|id| facts.learn(id, library, state));
        facts
    }

    /// Takes what a state says of one post.
    pub fn learn(&mut self, id: PostId, library: &Library, state: &State) {
        let key = library.key(id);
        let memory = key.as_deref().and_then(|key| state.post(key));
        for (set, is_so) in [
            (&mut self.read, memory.is_some_and(super::Memory::is_read)),
            (&mut self.favourites, memory.is_some_and(super::Memory::is_favourite)),
        ] {
            if is_so {
                set.insert(id)
            } else {
                set.remove(&id)
            };
        }
    }

    #[must_use]
    pub fn is_read(&self, post: PostId) -> bool {
        self.read.contains(&post)
    }

    #[must_use]
    pub fn is_favourite(&self, post: PostId) -> bool {
        self.favourites.contains(&post)
    }
}
