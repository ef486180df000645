//! What is needed of all posts at once, for every key that is pressed in a list: their orders, their folded titles, how many have what. It
//! is made when it is first asked for, or ahead of that by a thread that nobody waits for, and then kept.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use memchr::memmem::Finder;

use super::{Library, Post, PostId, Term};
use crate::text::fold::fold;

/// What posts are put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Newest first.
    #[default]
    Date,
    Title,
    Path,
}

/// An order of posts, or the reverse of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    pub by: By,
    pub is_reversed: bool,
}

impl Order {
    const ALL: [Order; 6] = [
        Order { by: By::Date, is_reversed: false },
        Order { by: By::Date, is_reversed: true },
        Order { by: By::Title, is_reversed: false },
        Order { by: By::Title, is_reversed: true },
        Order { by: By::Path, is_reversed: false },
        Order { by: By::Path, is_reversed: true },
    ];
}

/// Names, each with how many posts have it.
pub type Counts = Arc<Vec<(String, usize)>>;

/// See the module's head.
#[derive(Debug, Default)]
pub(super) struct Lists {
    orders: [OnceLock<Vec<PostId>>; Order::ALL.len()],
    titles: OnceLock<Titles>,
    taxonomies: OnceLock<Vec<String>>,
    /// The listed posts by the keys of their tags.
    tagged: OnceLock<HashMap<String, Vec<PostId>>>,
    counts: Mutex<HashMap<String, Counts>>,
}

/// A copy of a library makes its own.
impl Clone for Lists {
    fn clone(&self) -> Lists {
        Lists::default()
    }
}

/// The folded titles of a library.
#[derive(Debug, Default)]
pub struct Titles {
    /// All of them, each with a line end after it: the listed posts by date, then the others.
    folded: String,
    /// Where each starts in that, and where the last ends.
    starts: Vec<usize>,
    /// The posts in that order.
    posts: Vec<PostId>,
    /// How many of them are listed.
    listed: usize,
    /// The place of each post among them.
    places: Vec<u32>,
}

impl Titles {
    fn of(library: &Library) -> Titles {
        let mut posts = library.in_order(Order::default()).to_vec();
        let listed = posts.len();
        let mut places = vec![u32::MAX; library.posts.len()];
        (0..).zip(&posts).for_each(|(place, id)| places[id.0 as usize] = place);
        for id in (0..).map(PostId).take(places.len()) {
            if places[id.0 as usize] == u32::MAX {
                places[id.0 as usize] = posts.len() as u32;
                posts.push(id);
            }
        }
        let (mut folded, mut starts) = (String::new(), vec![0]);
        for post in posts.iter().filter_map(|id| library.post(*id)) {
            folded.push_str(&fold(&post.title));
            folded.push('\n');
            starts.push(folded.len());
        }
        folded.shrink_to_fit();
        Titles { folded, starts, posts, listed, places }
    }

    /// The folded title of a post.
    #[must_use]
    pub fn of_post(&self, id: PostId) -> &str {
        let place = self.places.get(id.0 as usize).map_or(usize::MAX, |place| *place as usize);
        let ends = self.starts.get(place).zip(self.starts.get(place.saturating_add(1)));
        ends.map_or("", |(start, end)| self.folded[*start..*end].trim_end_matches('\n'))
    }

    /// The listed posts whose titles hold some folded words, the newest first.
    #[must_use]
    pub fn holding(&self, words: &str) -> Vec<PostId> {
        let finder = Finder::new(words);
        let bytes = &self.folded.as_bytes()[..self.starts.get(self.listed).copied().unwrap_or(0)];
        let (mut found, mut place) = (Vec::new(), 0);
        while let Some(hit) = self.starts.get(place).and_then(|start| Some(start + finder.find(bytes.get(*start..)?)?))
        {
            while self.starts.get(place + 1).is_some_and(|next| *next <= hit) {
                place += 1;
            }
            let Some(id) = self.posts.get(place).filter(|_| place < self.listed) else { break };
            found.push(*id);
            place += 1;
        }
        found
    }
}

impl Library {
    /// The posts that are listed, in an order; posts without a date come last either way.
    #[must_use]
    pub fn in_order(&self, order: Order) -> &[PostId] {
        let at = Order::ALL.iter().position(|known| *known == order).unwrap_or(0);
        self.lists.orders[at].get_or_init(|| self.ordered(order))
    }

    fn ordered(&self, order: Order) -> Vec<PostId> {
        let mut ids: Vec<PostId> = self.listed().map(|(id, _)| id).collect();
        let day = |id: &PostId| self.post(*id).and_then(|post| post.date).map(|date| date.timestamp());
        let title = |id: &PostId| self.titles().of_post(*id);
        match (order.by, order.is_reversed) {
            (By::Date, false) => ids.sort_by_cached_key(|id| Reverse(day(id))),
            (By::Date, true) => ids.sort_by_cached_key(|id| (day(id).is_none(), day(id))),
            (By::Title, false) => ids.sort_by(|left, right| title(left).cmp(title(right))),
            (By::Title, true) => ids.sort_by(|left, right| title(right).cmp(title(left))),
            (By::Path, false) => {}
            (By::Path, true) => ids.reverse(),
        }
        ids
    }

    #[must_use]
    pub fn titles(&self) -> &Titles {
        self.lists.titles.get_or_init(|| Titles::of(self))
    }

    /// The listed posts that have a tag, by its [`Term::key`].
    #[must_use]
    pub fn tagged(&self, key: &str) -> &[PostId] {
        self.all_tagged().get(key).map_or(&[], Vec::as_slice)
    }

    fn all_tagged(&self) -> &HashMap<String, Vec<PostId>> {
        self.lists.tagged.get_or_init(|| {
            // Each spelling is folded once.
            let mut spelled: HashMap<&str, Vec<PostId>> = HashMap::new();
            for (id, post) in self.listed() {
                post.tags.iter().for_each(|tag| spelled.entry(tag).or_default().push(id));
            }
            let mut tagged: HashMap<String, Vec<PostId>> = HashMap::new();
            spelled.into_iter().for_each(|(tag, posts)| tagged.entry(Term::key(tag)).or_default().extend(posts));
            tagged
        })
    }

    /// The names of the taxonomies that posts have terms of, beside tags, in the order in which posts name them.
    #[must_use]
    pub fn taxonomies(&self) -> &[String] {
        self.lists.taxonomies.get_or_init(|| {
            let mut names: Vec<String> = Vec::new();
            for term in self.posts.iter().flat_map(|post| &post.terms) {
                if !names.iter().any(|name| *name == *term.taxonomy) {
                    names.push(term.taxonomy.to_string());
                }
            }
            names
        })
    }

    /// What listed posts have of a kind, with how many have it, the most frequent first; in whatever case it is one. It is counted once for
    /// each kind.
    #[must_use]
    pub fn counted(&self, kind: &str, of: impl Fn(&Post) -> Vec<String>) -> Counts {
        if let Some(known) = self.lists.counts.lock().unwrap_or_else(PoisonError::into_inner).get(kind) {
            return Arc::clone(known);
        }
        let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
        for name in self.listed().flat_map(|(_, post)| of(post)).filter(|name| !name.is_empty()) {
            counts.entry(Term::key(&name)).or_insert((name, 0)).1 += 1;
        }
        let mut counts: Vec<(String, usize)> = counts.into_values().collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        let counts = Arc::new(counts);
        let mut known = self.lists.counts.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(kind.to_owned(), Arc::clone(&counts));
        counts
    }

    /// Makes ahead of time what would else keep the first key waiting that asks for it.
    pub fn prepare(&self) {
        let _ = (self.titles(), self.taxonomies(), self.called(), self.all_tagged());
        for order in Order::ALL {
            let _ = self.in_order(order);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_newest_first() {
        let post = |path: &str, title: &str, date: &str| {
            let text = format!("---\ntitle: {title}\ndate: {date}\n---\n");
            (path.to_owned(), text.into_bytes().into())
        };
        let posts = vec![
            post("a.md", "Rust の話", "2020-01-01"),
            post("b.md", "Zig", "2021-01-01"),
            post("b/_index.md", "Rust の節", "2023-01-01"),
            post("c.md", "ＲＵＳＴ Rust", "2022-01-01"),
        ];
        let library = Library::of_memory("", posts, None);
        for (words, expected) in [
            ("rust", vec![3, 0]),
            ("zig", vec![1]),
            ("g", vec![1]),
            ("話", vec![0]),
            ("none", vec![]),
            ("の節", vec![]),
            ("", vec![3, 1, 0]),
        ] {
            let found = library.titles().holding(words);
            assert_eq!(found, expected.into_iter().map(PostId).collect::<Vec<_>>(), "{words}");
        }
        let titles: Vec<&str> = (0..4).map(|id| library.titles().of_post(PostId(id))).collect();
        assert_eq!(titles, ["rust の話", "zig", "rust の節", "rust rust"]);
        assert_eq!(library.titles().of_post(PostId(9)), "");
    }

    #[test]
    fn posts_are_known_by_their_tags_however_those_are_written() {
        let post = |path: &str, tags: &str| (path.to_owned(), format!("---\ntags: {tags}\n---\n").into_bytes().into());
        let posts = vec![
            post("a.md", "[Go, 日記]"),
            post("b.md", "[ＧＯ, A-B]"),
            post("c.md", "[go, Go, a b]"),
            post("_index.md", "[go]"),
        ];
        let library = Library::of_memory("", posts, None);
        let tagged = |name: &str| {
            let mut ids: Vec<u32> = library.tagged(name).iter().map(|id| id.0).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        assert_eq!(
            [tagged("go"), tagged("日記"), tagged("a-b"), tagged("Go")],
            [vec![0, 1, 2], vec![0], vec![1, 2], vec![]]
        );
    }
}
