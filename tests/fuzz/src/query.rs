//! Any text as a query, as a text that is searched, and as words that are looked for in it.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use super::library;

use kiji::library::PostId;
use kiji::library::calendar::Today;
use kiji::search::full_text;
use kiji::search::pattern::{Haystack, Pattern};
use kiji::search::query::{Order, Query, Scope, completions};
use kiji::search::signature::Signatures;
use kiji::state::facts::Facts;

const HEAD: &str = "---\ntitle: 検索 kensaku Ｋ\ndate: 2024-05-06\ntags: [Go, 日本, \"a b\"]\ncategories: [x]\n---\n";

pub fn check(text: &str) {
    let library = library("", "post/a.md", format!("{HEAD}{text}").as_bytes());
    let (signatures, facts) = (Signatures::of(&library), Facts::default());
    let ids: Vec<PostId> = (0..library.posts.len() as u32).map(PostId).collect();
    for scope in [Scope::Titles, Scope::Texts] {
        let (query, problems) = Query::parse(text, scope, &library, Today::default());
        for problem in &problems {
            assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
        }
        let (again, none) = Query::parse(&query.text(), scope, &library, Today::default());
        assert_eq!((again.text(), none.len()), (query.text(), 0), "what is shown can be typed");
        let found = Mutex::new(Vec::new());
        let note = |one| found.lock().expect("no thread panics").push(one);
        full_text::search(&library, &ids, &query, &signatures, &AtomicBool::new(false), &note);
        let meant = query.select(&library, &facts, Order::default());
        assert!(meant.iter().all(|id| ids.contains(id)), "{meant:?}");
    }
    for cursor in (0..=text.len()).filter(|at| text.is_char_boundary(*at)).take(20) {
        for completion in completions(text, cursor, &library) {
            assert!(text.get(completion.range.clone()).is_some(), "{completion:?} at {cursor}");
        }
    }
    for written in [text.to_owned(), format!("/{text}/")] {
        let Ok(Some(pattern)) = Pattern::of(&written) else { continue };
        let haystack = Haystack::new(text);
        let (_, hits) = pattern.best_hits(&haystack);
        assert!(hits.iter().all(|hit| text.get(hit.clone()).is_some()), "{hits:?}");
    }
}
