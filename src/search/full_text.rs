//! What the texts of posts hold, as they are read: no front matter, no marks. Files are sieved by their bytes; what may hold the words
//! is read and searched as it is shown. Several threads do it, and hand over what they find as they find it.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::pattern::{Haystack, Pattern, Reach};
use super::query::{Query, Wanted};
use super::sieve::Sieve;
use super::signature::Signatures;
use crate::layout::{Page, Sheet, lay_out};
use crate::library::source::{Encoding, OpenFolder, WHOLE};
use crate::library::{Library, Post, PostId};
use crate::reading;
use crate::text::Clean;

/// The most hits of one post that are kept; more are counted.
const MOST_PLACES: usize = 500;
/// The most lines of one post that are shown.
const MOST_LINES: usize = 5;
/// How much of a long line is shown, in bytes: before its first hit, and in all.
const BEFORE_HIT: usize = 60;
const LONGEST_LINE: usize = 300;
/// The width that posts are laid out at: their words are the same at every one.
const WIDTH: usize = 400;

/// A post that holds what is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub post: PostId,
    /// Its place among the posts that were searched: put what is found in the order of reach, then of this.
    pub position: usize,
    pub reach: Reach,
    /// Where the first hits stand, in bytes of `Page::plain`.
    pub places: Vec<Range<usize>>,
    /// How many hits there are.
    pub count: usize,
    /// The first lines that have hits.
    pub lines: Vec<Line>,
}

impl Found {
    /// A post of which nothing is asked but what the library knows.
    #[must_use]
    pub fn whole(post: PostId, position: usize) -> Found {
        Found { post, position, reach: Reach::Literal, places: Vec::new(), count: 0, lines: Vec::new() }
    }
}

/// Puts all that was found in its order: the closest first, then as the posts stood. What is only begun to be spelled is left out where
/// there is more.
pub fn arrange(found: &mut Vec<Found>) {
    if found.iter().any(|one| one.reach < Reach::Begun) {
        found.retain(|one| one.reach < Reach::Begun);
    }
    found.sort_by_key(|one| (one.reach, one.position));
}

/// A line of a post that has hits. A long one is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where its first hit stands, in bytes of `Page::plain`.
    pub place: usize,
    pub words: Clean,
    /// The hits in it, in bytes of its words.
    pub hits: Vec<Range<usize>>,
}

/// Searches posts, in their order, for what a query asks of texts. `found` is called as posts are found, from several threads. What
/// is literal is found in all posts first, then what is read like it. It ends early once `is_stopped`.
pub fn search(
    library: &Library,
    posts: &[PostId],
    query: &Query,
    signatures: &Signatures,
    is_stopped: &AtomicBool,
    found: &(dyn Fn(Found) + Sync),
) {
    let (wanted, excluded) = query.texts();
    if wanted.is_empty() && excluded.is_empty() {
        return;
    }
    let reads = wanted.iter().flat_map(|wanted| &wanted.any).any(|pattern| pattern.has_readings());
    let searcher =
        Searcher { library, folder: &library.open_folder(), signatures, wanted: &wanted, excluded: &excluded };
    let sieves = sieves(&wanted);
    let done: Vec<AtomicBool> = posts.iter().map(|_| AtomicBool::new(false)).collect();
    for sieves in [Some(&sieves), None].into_iter().take(1 + usize::from(reads)) {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut buffer = Vec::new();
            loop {
                let position = next.fetch_add(1, Ordering::Relaxed);
                let Some(id) = posts.get(position).filter(|_| !is_stopped.load(Ordering::Relaxed)) else { return };
                if done[position].load(Ordering::Relaxed) {
                    continue;
                }
                let one = catch_unwind(AssertUnwindSafe(|| {
                    searcher.post(*id, position, sieves.map(Vec::as_slice), &mut buffer)
                }));
                if let Ok(Some(one)) = one {
                    done[position].store(true, Ordering::Relaxed);
                    found(one);
                }
            }
        };
        let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
        thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    }
}

/// For each list of patterns their sieves; none where one of them has none.
fn sieves(wanted: &[Wanted]) -> Vec<Option<Vec<Sieve>>> {
    let of_any = |wanted: &Wanted| wanted.any.iter().map(|pattern| Sieve::of(pattern.folded_words()?)).collect();
    // What may lack something is not told by what it holds.
    wanted.iter().map(|wanted| if wanted.none.is_empty() { of_any(wanted) } else { None }).collect()
}

struct Searcher<'a> {
    library: &'a Library,
    folder: &'a OpenFolder<'a>,
    signatures: &'a Signatures,
    wanted: &'a [Wanted<'a>],
    excluded: &'a [&'a Pattern],
}

impl Searcher<'_> {
    /// What a post holds: with sieves what is literal, without what is read like it.
    fn post(
        &self,
        id: PostId,
        position: usize,
        sieves: Option<&[Option<Vec<Sieve>>]>,
        buffer: &mut Vec<u8>,
    ) -> Option<Found> {
        let post = self.library.post(id)?;
        if sieves.is_some_and(|sieves| !self.may_hold(id, post, sieves, buffer)) {
            return None;
        }
        let page = lay_out(&reading::read(self.library, post), &Sheet::of(WIDTH));
        let text = Haystack::of_page(&page);
        let reaches: &[Reach] = if sieves.is_some() { &[Reach::Literal] } else { &Reach::ALL };
        let mut places = Vec::new();
        let mut widest = Reach::Literal;
        for Wanted { any, none, .. } in self.wanted.iter().filter(|wanted| !wanted.met.contains(&id)) {
            let hits = |reach: &Reach| {
                let hits: Vec<Range<usize>> = any.iter().flat_map(|pattern| pattern.hits(&text, *reach)).collect();
                (!hits.is_empty()).then_some((*reach, hits))
            };
            let lacks = |pattern: &&Pattern| pattern.hits(&text, Reach::Literal).is_empty();
            let lacking = || none.iter().any(lacks).then_some((Reach::Literal, Vec::new()));
            let (reach, hits) = reaches.iter().find_map(hits).or_else(lacking)?;
            widest = widest.max(reach);
            places.extend(hits);
        }
        if self.excluded.iter().any(|pattern| !pattern.hits(&text, Reach::Literal).is_empty()) {
            return None;
        }
        places.sort_by_key(|place| place.start);
        places.dedup_by(|next, before| next.start < before.end);
        let lines = lines(&page, &places);
        let count = places.len();
        places.truncate(MOST_PLACES);
        Some(Found { post: id, position, reach: widest, places, count, lines })
    }

    fn may_hold(&self, id: PostId, post: &Post, sieves: &[Option<Vec<Sieve>>], buffer: &mut Vec<u8>) -> bool {
        let is_utf_8 = post.decoding.is_some_and(|decoding| decoding.encoding == Encoding::UTF_8);
        let asked = self.wanted.iter().zip(sieves).filter(|(wanted, _)| !wanted.met.contains(&id));
        let lists: Vec<&Vec<Sieve>> = asked.filter_map(|(_, any)| any.as_ref()).collect();
        if !is_utf_8 || lists.is_empty() {
            return true;
        }
        let stamp = || post.origin.stamp(self.folder);
        let is_ruled_out = |any: &&Vec<Sieve>| self.signatures.rule_out(id, stamp, any.iter().map(Sieve::needed));
        if lists.iter().any(is_ruled_out) {
            return false;
        }
        post.origin.bytes_into(self.folder, WHOLE, buffer).is_err()
            || lists.iter().all(|any| any.iter().any(|sieve| sieve.lets_through(buffer)))
    }
}

/// The first lines that have hits.
fn lines(page: &Page, places: &[Range<usize>]) -> Vec<Line> {
    let plain = page.plain.as_str();
    let mut lines: Vec<Line> = Vec::new();
    let mut end = 0;
    for place in places {
        if place.start < end {
            continue;
        }
        if lines.len() == MOST_LINES {
            break;
        }
        let start = plain[..place.start].rfind('\n').map_or(0, |at| at + 1);
        end = plain[place.start..].find('\n').map_or(plain.len(), |at| place.start + at);
        lines.push(line(plain, start..end, place, places));
    }
    lines
}

fn line(plain: &str, whole: Range<usize>, first: &Range<usize>, places: &[Range<usize>]) -> Line {
    let start = whole.start.max(plain.floor_char_boundary(first.start.saturating_sub(BEFORE_HIT)));
    let start = if start < whole.start + BEFORE_HIT / 2 { whole.start } else { start };
    let end = whole.end.min(plain.ceil_char_boundary((start + LONGEST_LINE).min(plain.len())));
    let (before, after) = (if start > whole.start { "…" } else { "" }, if end < whole.end { "…" } else { "" });
    // Of code the indentation is left out.
    let start = end - plain[start..end].trim_start().len();
    let words = Clean::line(&format!("{before}{}{after}", &plain[start..end]));
    let shift = |at: usize| (at.clamp(start, end) - start + before.len()).min(words.len());
    let hits = places.iter().map(|place| shift(place.start)..shift(place.end)).filter(|hit| !hit.is_empty()).collect();
    Line { place: first.start, words, hits }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::super::query::Scope;
    use super::*;
    use crate::library::calendar::Today;
    use crate::state::facts::Facts;

    fn library() -> Library {
        let posts = [
            (
                "a.md",
                "---\ntitle: A\nhidden: 検索\n---\nこれは**検**索です。\n\n検索と[検索](https://x.example/kensaku)\n",
            ),
            ("b.md", "title\n=====\nけんさく <ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>を読む\n"),
            ("c.md", "kensaku\n\n```\nlet x = \"検\n索\";\n  indented 字  \n```\n"),
            ("d.md", "長い行".repeat(300).leak()),
        ];
        let posts = posts.map(|(path, text)| (path.to_owned(), text.as_bytes().into()));
        Library::of_memory("", posts.into(), None)
    }

    fn found(typed: &str) -> Vec<Found> {
        let library = library();
        let (query, problems) = Query::parse(typed, Scope::Texts, &library, Today::of("2020-01-01").unwrap());
        assert_eq!(problems, []);
        let posts: Vec<PostId> = (0..library.posts.len() as u32).map(PostId).collect();
        let query = query.settled(&posts, &library, &Facts::default());
        let all = Mutex::new(Vec::new());
        search(&library, &posts, &query, &Signatures::default(), &AtomicBool::new(false), &|one| {
            all.lock().unwrap().push(one);
        });
        let mut all = all.into_inner().unwrap();
        arrange(&mut all);
        all
    }

    /// Which posts are found, how, and with how many hits.
    fn check(typed: &str, expected: &str) {
        let shown: Vec<String> = found(typed)
            .iter()
            .map(|one| {
                format!(
                    "{}{}{}",
                    ['a', 'b', 'c', 'd'][one.position],
                    one.count,
                    if one.reach == Reach::Literal { "" } else { "~" }
                )
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{typed}");
    }

    #[test]
    fn posts_are_found_by_what_they_show() {
        check("検索", "a3");
        check("けんさく", "b1 a3~");
        check("kensaku", "c1 a3~ b1~");
        check("漢字を", "b1");
        check("かんじを", "b1");
        check("hidden", "");
        check("検索 -text:これは", "");
        check("検索 OR けんさく", "a3 b1");
        check("/^let \\w/", "c1");
        check("これは 検索です", "a2");
        check("text:けんさく OR title:A", "a0 b1");
        check("-text:検索 OR 検索です", "a1 b0 c0 d0");
        check("-検索 OR -けんさく", "a0 b0 c0 d0");
        check("-検索 OR title:A", "a0 b0 c0 d0");
        check("-これは OR -kensaku けんさく", "b1 a3~");
        check("-長い行 -kensaku -これは", "b0");
    }

    #[test]
    fn lines_are_shown_with_their_hits() {
        let one = found("検索です").remove(0);
        assert_eq!(one.lines.len(), 1);
        assert_eq!((&*one.lines[0].words, one.lines[0].hits[0].clone()), ("これは検索です。", 9..21));
        assert_eq!(one.lines[0].place, one.places[0].start);
        for (typed, hit) in [("indented", 0..8), ("/ +indented/", 0..8), ("/字 +/", 9..12)] {
            let one = found(typed).remove(0);
            assert_eq!((&*one.lines[0].words, &one.lines[0].hits[..]), ("indented 字", &[hit][..]), "{typed}");
        }
        let long = found("/行長い行$/").remove(0);
        let line = &long.lines[0];
        assert!(line.words.starts_with('…') && line.words.len() < 400);
        assert_eq!(&line.words[line.hits[0].clone()], "行長い行");
    }

    #[test]
    fn signatures_change_nothing_but_the_time() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
        };
        write("a.md", "これは**検**索です。");
        write("b.md", "ｶﾞﾗｽと rust");
        write("c.md", "<ruby>検<rt>けん</rt>索<rt>さく</rt></ruby>");
        let library = Library::open(folder.path(), None).unwrap();
        let signatures = Signatures::of(&library).believing_after(std::time::Duration::ZERO);
        let found = |typed: &str| {
            let (query, _) = Query::parse(typed, Scope::Texts, &library, Today::of("2020-01-01").unwrap());
            let posts: Vec<PostId> = (0..3).map(PostId).collect();
            let all = Mutex::new(Vec::new());
            search(&library, &posts, &query, &signatures, &AtomicBool::new(false), &|one| {
                all.lock().unwrap().push(one.post.0);
            });
            let mut all = all.into_inner().unwrap();
            all.sort_unstable();
            all
        };
        let check = || {
            for (typed, expected) in
                [("検索", vec![0, 2]), ("ガラス", vec![1]), ("RUST OR 検索です", vec![0]), ("無い", vec![])]
            {
                assert_eq!(found(typed), expected, "{typed}");
            }
        };
        check();
        signatures.learn(&library, &AtomicBool::new(false));
        assert!(signatures.knows(PostId(0)) && signatures.knows(PostId(2)));
        check();
        write("b.md", "新しい言葉");
        assert_eq!(found("新しい"), [1], "a file that changed is read again");
    }

    #[test]
    fn it_stops_when_told() {
        let library = library();
        let (query, _) = Query::parse("検索", Scope::Texts, &library, Today::of("2020-01-01").unwrap());
        let nothing = Signatures::default();
        search(&library, &[PostId(0)], &query, &nothing, &AtomicBool::new(true), &|_| panic!("it went on"));
    }
}
