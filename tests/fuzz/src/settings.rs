//! Any text as the settings of a site, in each of the formats, with posts that depend on them.

use kiji::library::front_matter::{self, Format};
use kiji::reading;

use super::{check_document, library};

const POST: &str = "---\ntitle: 題\ndate: 2024-05-06T07:08:09+09:00\ntags: [Go, 日本]\nslug: s\n---\n\
                    # 見出し {#id}\n\n日本\n語 :smile: -- \"a\" [b](/x/) {{< ref \"a.md\" >}} $x$\n";

pub fn check(text: &str) {
    for format in [Format::Toml, Format::Json] {
        let _ = front_matter::whole(format, text).map_err(|_| front_matter::recover(format, text));
    }
    let library = library(text, "post/a.ja.md", POST.as_bytes());
    for post in &library.posts {
        let _ = library.published(post);
        let _ = library.resolve(post, "/post/a/#x");
        check_document(&reading::read(&library, post), 40);
    }
}
