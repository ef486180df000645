//! What the functions of text, of numbers and of lists give.

use super::check;

#[test]
fn functions_of_text() {
    for (expression, expected) in [
        ("upper \"b\" | lower | title", "B"),
        ("replace \"a-b\" \"-\" \" \"", "a b"),
        ("strings.TrimPrefix \"a\" \"abc\"", "bc"),
        ("strings.TrimLeft \"vV\" \"v1.2\"", "1.2"),
        ("index (split \"a,b\" \",\") 1", "b"),
        ("delimit (slice \"a\" \"b\" \"c\") \", \" \" and \"", "a, b and c"),
        ("substr \"日本語\" 1 1", "本"),
        ("substr \"abcdef\" -2", "ef"),
        ("printf \"%s-%03d|%.1f|%v|%%\" \"a\" 7 1.25 true", "a-007|1.2|true|%"),
        ("print \"a\" 1 2 \"b\"", "a1 2b"),
        ("findRE `[0-9]+` \"a1b22\"", "[1 22]"),
        ("replaceRE `^https?://([^/]+).*` \"$1\" \"https://example.com/a\"", "example.com"),
        ("hasPrefix \"abc\" \"ab\"", "true"),
        ("strings.Contains \"abc\" \"bc\"", "true"),
        ("htmlUnescape \"a&amp;b&#39;\" | safeHTML", "a&b'"),
        ("plainify \"<b>x</b> y\"", "x y"),
        ("humanize \"my-post\"", "My post"),
        ("humanize \"contentTypes\"", "Content types"),
        ("humanize \"HTTPCache\"", "HTTP cache"),
        ("humanize \"uglyURLs\"", "Ugly urls"),
        ("humanize \"some-Title Case\"", "Some title case"),
        ("humanize \"userIDs\"", "User IDS"),
        ("images.Brightness 12", "filter"),
        ("urlize \"My Post!\"", "my-post"),
        ("anchorize \"What is New?\"", "what-is-new"),
        ("jsonify (dict \"a\" (slice 1 \"b\")) | print", "{&#34;a&#34;:[1,&#34;b&#34;]}"),
        ("path.Ext \"a/b.png\"", ".png"),
        ("path.Base \"a/b.png\"", "b.png"),
        ("transform.Highlight \"a<b\" \"go\"", "<pre>a&lt;b</pre>"),
        ("countrunes \"日 本\"", "2"),
    ] {
        check(&format!("{{{{ {expression} }}}}"), "s", expected);
    }
}

#[test]
fn functions_of_numbers_and_lists() {
    for (expression, expected) in [
        ("add 1 2 3", "6"),
        ("div 7 2", "3"),
        ("div 7.0 2", "3.5"),
        ("math.Ceil (div 7 2.0)", "4"),
        ("mod 7 4", "3"),
        ("lt 1 2.5", "true"),
        ("ge hugo.Version \"0.144.0\"", "true"),
        ("lt \"1.10.0\" \"1.9.0\"", "false"),
        ("eq 1 \"1\"", "false"),
        ("eq \"a\" \"b\" \"a\"", "true"),
        ("int \"12\"", "12"),
        ("first 2 (slice 1 2 3)", "[1 2]"),
        ("after 1 (slice 1 2 3)", "[2 3]"),
        ("last 1 (slice 1 2 3)", "[3]"),
        ("slice 1 | append 2 3", "[1 2 3]"),
        ("len (slice 1 2)", "2"),
        ("in (slice \"a\" \"b\") \"b\"", "true"),
        ("in \"abc\" \"b\"", "true"),
        ("seq 3 -1 1", "[3 2 1]"),
        ("(dict \"a\" 1 \"b\" 2).b", "2"),
        ("(dict (slice \"a\" \"b\") 2).a.b", "2"),
        ("index (dict \"a\" (dict \"b\" 3)) \"a\" \"b\"", "3"),
        ("(merge (dict \"a\" 1) (dict \"a\" 2)).a", "2"),
        ("cond (gt 2 1) \"y\" \"n\"", "y"),
        ("sort (slice 3 1 2)", "[1 2 3]"),
    ] {
        check(&format!("{{{{ {expression} }}}}"), "s", expected);
    }
}
