//! Templates and what they print.

mod functions;

use std::sync::Arc;

use super::*;

/// A site that is held in memory.
struct Memory;

impl Host for Memory {
    fn shortcode(&self, _: &str) -> Option<Arc<Template>> {
        None
    }

    fn partial(&self, path: &str) -> Option<Arc<Template>> {
        let source = match path {
            "icon.html" => "<i>{{ .name }}</i>",
            "deep" => {
                let nested = "{{ if true }}".repeat(90) + "{{ partial \"deep\" . }}" + &"{{ end }}".repeat(90);
                return Template::read(&nested, Escaping::Html).map(Arc::new);
            }
            "double" => "{{ return mul . 2 }}",
            "self" => "{{ partial \"self\" . }}",
            _ => return None,
        };
        Template::read(source, Escaping::Html).map(Arc::new)
    }

    fn page(&self) -> Arc<Page> {
        let fields = [("title", "A page"), ("cover", "c.png")];
        Arc::new(Page {
            title: "A page".into(),
            date: Some(Moment { year: 2017, month: 11, day: 2, ..Moment::default() }),
            relative: "/blog/post/a/".into(),
            address: "https://example.com/blog/post/a/".into(),
            file: "post/a/index.md".into(),
            fields: Value::map(fields.map(|(key, value)| (key.to_owned(), Value::text(value)))),
            weight: 0,
        })
    }

    fn find_page(&self, path: &str) -> Option<Arc<Page>> {
        (path == "/post/a").then(|| Arc::new(Page { file: "post/a.md".into(), ..(*self.page()).clone() }))
    }

    fn resources(&self, page: &Page) -> Vec<Resource> {
        let resource = |name: &str| Resource {
            name: name.into(),
            relative: format!("{}{name}", page.relative),
            address: format!("{}{name}", page.address),
            page: Some(page.file.clone()),
        };
        ["cover.png", "img/b.JPG"].map(resource).into()
    }

    fn asset(&self, _: &str) -> Option<Resource> {
        None
    }
    fn file(&self, path: &str) -> Option<String> {
        (path == "a.txt").then(|| "<a>".to_owned())
    }

    fn content(&self, resource: &Resource) -> Option<String> {
        (resource.name == "cover.png").then(|| "<x>".to_owned())
    }

    fn raw(&self, _: &Page) -> Option<String> {
        Some("raw".to_owned())
    }

    fn pages(&self) -> Option<Arc<Vec<Arc<Page>>>> {
        let page = |(file, title, year, weight): (&str, &str, i64, i64)| {
            let tags = Value::list(vec![Value::text(title.to_lowercase())]);
            Arc::new(Page {
                title: title.to_owned(),
                file: file.to_owned(),
                weight,
                date: Some(Moment { year, month: 1, day: 1, ..Moment::default() }),
                fields: Value::map([("tags".to_owned(), tags), ("n".to_owned(), Value::Int(year))]),
                ..Page::default()
            })
        };
        let pages = [
            ("_index.md", "Home", 0, 0),
            ("post/_index.md", "Posts", 0, 0),
            ("post/b.md", "B", 2019, 2),
            ("post/a/index.md", "a", 2020, 1),
            ("post/deep/_index.md", "Deep", 0, 0),
            ("post/deep/c.md", "C", 2020, 0),
        ];
        Some(Arc::new(pages.map(page).into()))
    }

    fn parsed(&self, text: &str) -> Option<Value> {
        (text == "[1]").then(|| Value::list(vec![Value::Int(1)]))
    }

    fn written(&self, value: &Value, format: &str) -> Option<String> {
        Some(format!("{format} {}", value.printed()?))
    }

    fn site(&self, name: &str) -> Value {
        let book = Value::map([("title".to_owned(), Value::text("本")), ("pages".to_owned(), Value::Int(12))]);
        match name {
            "title" => Value::text("Site"),
            "baseurl" => Value::text("https://example.com/blog/"),
            "params" => Value::map([("tag".to_owned(), Value::text("t-22"))]),
            "data" => Value::map([("books".to_owned(), Value::map([("go".to_owned(), book)]))]),
            _ => Value::Unknown,
        }
    }
}

/// A call written as `name args|inner`: words are places, `a=b` are named, `a='b'` is text whatever it looks like.
fn frame(call: &str) -> Arc<Frame> {
    let (tag, inner) = call.split_once('|').map_or((call, None), |(tag, inner)| (tag, Some(inner.to_owned())));
    let typed = |word: &str| match word {
        "true" | "false" => Value::Bool(word == "true"),
        word => word.parse().map_or_else(|_| Value::text(word.trim_matches('\'')), Value::Int),
    };
    let argument = |word: &str| match word.split_once('=') {
        Some((name, value)) => (Some(name.to_owned()), typed(value)),
        None => (None, typed(word)),
    };
    let mut words = tag.split(' ').filter(|word| !word.is_empty());
    let name = words.next().unwrap_or_default().to_owned();
    let parent = Some(Arc::new(Frame { name: "outer".to_owned(), ..Frame::default() }));
    Arc::new(Frame { name, arguments: words.map(argument).collect(), inner, parent, ordinal: 2 })
}

/// What a template prints, with `[Markdown]` in the places of what is read later, and `?` for what is not known.
fn shown(source: &str, call: &str) -> Option<String> {
    let template = Arc::new(Template::read(source, Escaping::Html)?);
    let output = run(&template, frame(call), Stores::default(), &Memory, &mut Budget::default(), 0)?;
    let mut text = output.text.replace(placeholder::UNKNOWN, "?");
    for (number, made) in output.made.iter().enumerate().rev() {
        let made = match made {
            Made::Markdown(text) => format!("[{text}]"),
            Made::Source(text) => format!("[source {text}]"),
            Made::Reference(path) => format!("[ref {path}]"),
        };
        text = text.replace(&placeholder::placeholder(number), &made);
    }
    Some(text)
}

fn check(source: &str, call: &str, expected: &str) {
    assert_eq!(shown(source, call).as_deref(), Some(expected), "{source} {call}");
}

fn check_given_up(source: &str, call: &str) {
    assert_eq!(shown(source, call), None, "{source} {call}");
}

#[test]
fn pages_are_listed() {
    for (list, expected) in [
        ("site.RegularPages", "B a C "),
        (".Site.Pages.ByTitle", "a B C Deep Home Posts "),
        ("(site.RegularPages.ByWeight)", "a B C "),
        ("(site.RegularPages.ByDate).Reverse", "C a B "),
        ("(first 1 site.RegularPages)", "B "),
        ("(where site.RegularPages \"Section\" \"post\")", "B a C "),
        ("(where site.RegularPages \"Params.n\" \">\" 2019)", "a C "),
        ("(where site.RegularPages \"Params.tags\" \"intersect\" (slice \"c\" \"b\"))", "B C "),
        ("(where site.RegularPages \"Title\" \"in\" (slice \"a\"))", "a "),
        ("(where site.RegularPages \"Params.none\" \"x\")", ""),
        ("(sort site.RegularPages \"Title\" \"desc\")", "C B a "),
        ("(sort site.RegularPages \"Params.n\")", "B a C "),
        ("(intersect site.RegularPages (first 2 site.RegularPages))", "B a "),
        ("(complement (first 2 site.RegularPages) site.RegularPages)", "C "),
        ("(index site.Pages 1).Pages", "B a Deep "),
        ("(index site.Pages 1).RegularPages", "B a "),
        ("(index site.Pages 1).RegularPagesRecursive", "B a C "),
        ("(index site.Pages 0).Sections", "Posts "),
    ] {
        check(&format!("{{{{ range {list} }}}}{{{{ .Title }}}} {{{{ end }}}}"), "s", expected);
    }
    let groups = "{{ range site.RegularPages.GroupByDate \"2006\" }}{{ .Key }}:{{ len .Pages }} {{ end }}";
    check(groups, "s", "2020:2 2019:1 ");
    let groups =
        "{{ range site.RegularPages.GroupBy \"Section\" }}{{ .Key }}{{ range .Pages }} {{ .Title }}{{ end }}{{ end }}";
    check(groups, "s", "post B a C");
}

#[test]
fn lists_are_gone_through() {
    check("{{ index site.Data (slice \"books\" \"go\" \"pages\") }}", "s", "12");
    check("{{ apply (slice \" a\" \"b \") \"trim\" \".\" \" \" }}", "s", "[a b]");
    check("{{ apply (slice 1) \"apply\" \".\" }}", "s", "?");
    check("{{ printf \"%[2]s %[1]s %[2]s\" \"a\" \"b\" }}", "s", "b a b");
}

#[test]
fn hugos_own_shortcodes_are_templates() {
    let shown = |call: &str| {
        let output = run(&built_in("param")?, frame(call), Stores::default(), &Memory, &mut Budget::default(), 0);
        Some(output?.text)
    };
    assert_eq!(shown("param cover").as_deref(), Some("c.png"));
    assert_eq!(shown("param tag").as_deref(), Some("t-22"));
    assert_eq!(shown("param none"), None);
}

#[test]
fn data_is_read_and_written() {
    check("{{ index (transform.Unmarshal .Inner) 0 }}", "s|[1]", "1");
    check("{{ .Inner | transform.Remarshal \"toml\" }}", "s|[1]", "toml [1]");
    check("{{ transform.Remarshal \"yaml\" (dict \"a\" 1) }}", "s", "yaml map[a:1]");
    check("{{ (.Page.Resources.Get \"cover.png\").Content | htmlEscape }}", "s", "&amp;lt;x&amp;gt;");
    check("{{ range .Page.Resources }}{{ .Name }} {{ end }}", "s", "cover.png img/b.JPG ");
}

#[test]
fn pages_keep_what_calls_store() {
    check("{{ .Page.Scratch.Add \"n\" 1 }}{{ .Page.Store.Get \"n\" }}", "s", "1");
    check(
        "{{ $s := newScratch }}{{ $s.Set \"b\" 1 }}{{ $s.Set \"a\" 2 }}{{ $s.Delete \"b\" }}{{ range $k, $v := $s.Values }}{{ $k }}{{ $v }}{{ end }}",
        "s",
        "a2",
    );
}

#[test]
fn arguments_are_had_by_name_and_place() {
    check("[{{ .Get 0 }}/{{ .Get 1 }}]", "s a", "[a/]");
    check("{{ .Get \"src\" }} {{ .Get \"none\" }}.", "s src=x", "x .");
    check("{{ index .Params 0 }}", "s x", "x");
    check("{{ .Params.a }}{{ index .Params \"a\" }}", "s a=x", "xx");
    check("{{ with .Get 0 }}{{ . }}{{ else }}none{{ end }}", "s", "none");
    check("{{ if .IsNamedParams }}n{{ else }}p{{ end }}", "s a=b", "n");
    check("{{ if .Get 0 }}yes{{ else }}no{{ end }}", "s false", "no");
    check("{{ if .Get 0 }}yes{{ else }}no{{ end }}", "s 'false'", "yes");
    check("{{ if isset .Params \"title\" }}T{{ end }}{{ if isset .Params \"x\" }}X{{ end }}", "s title=1", "T");
    check("{{ .Name }} in {{ .Parent.Name }}", "s", "s in outer");
    check("{{ if gt (len .Params) 1 }}many{{ end }}", "s a b", "many");
}

#[test]
fn what_is_printed_is_escaped_unless_it_is_html() {
    check("{{ .Get 0 }}", "s <b>", "&lt;b&gt;");
    check("{{ .Get 0 | safeHTML }}{{ .Inner }}", "s <b>|<i>", "<b><i>");
    check("<a href={{ .Get 0 }}>", "s a\tb", "<a href=a&#9;b>");
    check("{{ .Inner | markdownify }} {{ .Page.RenderString .Inner }}", "s|*a*", "[*a*] [*a*]");
    check("{{ markdownify .Inner | chomp }}", "s|*a*", "[*a*]");
}

#[test]
fn control() {
    check("{{ if eq (.Get 0) \"a\" }}1{{ else if eq (.Get 0) \"b\" }}2{{ else }}3{{ end }}", "s b", "2");
    check("{{ with .Get 1 }}x{{ else with .Get 0 }}{{ . }}{{ end }}", "s b", "b");
    check("{{ range $i, $e := .Params }}{{ if $i }},{{ end }}{{ $e }}{{ end }}", "s a b", "a,b");
    check(
        "{{ range seq 5 }}{{ if eq . 2 }}{{ continue }}{{ end }}{{ if eq . 4 }}{{ break }}{{ end }}{{ . }}{{ end }}",
        "s",
        "13",
    );
    check("{{ range slice }}x{{ else }}none{{ end }}", "s", "none");
    check("{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $y := 3 }}{{ end }}{{ $x }}", "s", "2");
    check("{{ $x := 1 }}{{ with 5 }}{{ $x := . }}{{ $x }}{{ end }}{{ $x }}{{ $.Name }}", "s", "51s");
    check("a {{- /* no */ -}} b {{- \" c \" -}} d", "s", "ab c d");
    check("{{ define \"t\" }}<{{ .a }}>{{ end }}{{ template \"t\" (dict \"a\" 1) }}", "s", "<1>");
    check("{{ partial \"icon.html\" (dict \"name\" \"x\") }}{{ partial \"double\" 4 }}", "s", "<i>x</i>8");
    check("{{ define \"_partials/in.html\" }}{{ return . }}{{ end }}{{ partial \"in.html\" 7 }}", "s", "7");
    check("{{ or (.Get 0) \"d\" }}{{ and 1 2 }}{{ or false nil }}{{ .Get 0 | default 5 }}", "s", "d25");
    check("{{ $s := newScratch }}{{ $s.Set \"a\" 1 }}{{ $s.Add \"a\" 2 }}{{ $s.Get \"a\" }}", "s", "3");
    check("{{ .Scratch.Set \"a\" \"b\" }}{{ .Scratch.Get \"a\" }}", "s", "b");
    check("{{ .Scratch.SetInMap \"m\" \"b\" 2 }}{{ range .Store.GetSortedMapValues \"m\" }}{{ . }}{{ end }}", "s", "2");
    check(
        "{{ .Parent.Scratch.Add \"l\" (slice 1) }}{{ .Parent.Scratch.Add \"l\" 2 }}{{ .Parent.Scratch.Get \"l\" }}",
        "s",
        "[1 2]",
    );
}

#[test]
fn the_page_and_the_site_are_known() {
    for (expression, expected) in [
        (".Page.Title", "A page"),
        (".Page.Permalink", "https://example.com/blog/post/a/"),
        (".Page.Params.cover", "c.png"),
        (".Page.Date.Format \"2006/1/2\"", "2017/11/2"),
        ("dateFormat \"Jan 2006\" .Page.Date", "Nov 2017"),
        (".Page.File.Dir", "post/a/"),
        ("page.Path", "/post/a"),
        (".Site.Params.tag", "t-22"),
        ("site.Title", "Site"),
        ("(index (index .Site.Data \"books\") \"go\").title", "本"),
        ("hugo.Data.books.go.pages", "12"),
        ("relURL \"a.png\"", "/blog/a.png"),
        ("absURL \"a.png\"", "https://example.com/blog/a.png"),
        ("relURL \"https://example.org/\"", "https://example.org/"),
        ("(.Page.Resources.GetMatch \"*cover*\").RelPermalink", "/blog/post/a/cover.png"),
        ("(.Page.Resources.Get \"img/b.jpg\").Name", "img/b.JPG"),
        (
            "((.Page.Resources.GetMatch \"**.png\").Resize \"600x\").Permalink",
            "https://example.com/blog/post/a/cover.png",
        ),
        ("with .Page.Resources.Get \"none\" }}x{{ else }}none{{ end", "none"),
        ("(urls.Parse \"https://example.com:81/a?b#c\").Host", "example.com:81"),
        ("(urls.Parse \"a/b.png\").IsAbs", "false"),
        ("relref . \"post/b.md\"", "[ref post/b.md]"),
        ("(site.GetPage \"/post/a\").Title", "A page"),
        ("(site.GetPage \"/post/a\").RenderShortcodes", "[source raw]"),
        ("(site.GetPage \"post/a\").RenderShortcodes", "[source raw]"),
        ("(.Page.GetPage \"post/a\").RenderShortcodes", "?"),
    ] {
        check(&format!("{{{{ {expression} }}}}"), "s", expected);
    }
}

#[test]
fn what_is_not_known_is_marked_and_decides_nothing() {
    check("{{ md5 .Inner }}", "s|a", "?");
    check("{{ $x := printf \"%s-%s\" (md5 \"a\") \"b\" }}<i id={{ $x }}>", "s", "<i id=?>");
    check("{{ .Page.WordCount }}", "s", "?");
    check(
        "{{ resources.GetRemote \"https://example.com\" }}{{ getJSON \"x\" }}{{ readFile \"x\" }}{{ getenv \"x\" }}",
        "s",
        "????",
    );
    check("{{ (partial \"icon.html\" (dict \"name\" now)) | safeHTML }}", "s", "?");
    check("{{ title \"the end of it\" }}{{ if .Position }}{{ .Position }}{{ end }}", "s", "??");
    for source in [
        "{{ if now }}x{{ end }}",
        "{{ with site.AllPages }}x{{ end }}",
        "{{ range where site.AllPages \"a\" \"b\" }}x{{ end }}",
        "{{ errorf \"no\" }}",
        "{{ $x }}",
        "{{ template \"none\" }}",
    ] {
        check_given_up(source, "s");
    }
}

#[test]
fn what_stands_for_a_call_is_not_looked_into() {
    let inner = format!("s|a{}b", placeholder::placeholder(9));
    check("{{ .Inner | strings.TrimSpace | print | safeHTML }}", &inner, &inner[2..]);
    check("{{ len .Inner }}{{ substr .Inner 0 2 }}{{ plainify .Inner }}{{ .Nothing }}", &inner, "????");
    assert!(Template::read("\u{fdd0}0\u{fdd1}", Escaping::Html).is_some());
    check("\u{fdd0}0\u{fdd1}\u{fdd3}", "s", "\u{fffd}0\u{fffd}\u{fffd}");
}

#[test]
fn templates_are_bounded() {
    for source in [
        "{{ partial \"self\" . }}",
        "{{ partial \"deep\" . }}",
        "{{ range seq 2000 }}{{ findRE `(a*)*b` (strings.Repeat 50000 \"a\") }}{{ end }}",
        "{{ define \"t\" }}{{ template \"t\" . }}{{ end }}{{ template \"t\" . }}",
        "{{ range seq 2000 }}{{ range seq 2000 }}x{{ end }}{{ end }}",
        "{{ $x := \"0123456789\" }}{{ range seq 60 }}{{ $x = print $x $x }}{{ end }}{{ $x }}",
        "{{ $x := slice 1 }}{{ range seq 2000 }}{{ $x = slice $x $x }}{{ end }}",
        "{{ range 100000000 }}{{ range 100000000 }}{{ end }}{{ end }}",
    ] {
        check_given_up(source, "s");
    }
    check("{{ $x := slice 1 }}{{ range seq 100 }}{{ $x = slice $x $x }}{{ end }}{{ $x }}{{ jsonify $x }}", "s", "??");
    check_given_up(
        "{{ .Scratch.Set \"a\" 1 }}{{ range seq 50 }}{{ $.Scratch.Set \"a\" (slice ($.Scratch.Get \"a\")) }}{{ end }}",
        "s",
    );
    let nested = format!("{}1{}", "(".repeat(90), ")".repeat(90));
    check(&format!("{}{{{{ {nested} }}}}{}", "{{ if true }}".repeat(8), "{{ end }}".repeat(8)), "s", "1");
    check("{{ seq 1000000 }}{{ strings.Repeat 1000000 \"x\" }}", "s", "??");
}

#[test]
fn calls_dates_and_files_are_told() {
    check("<a id=\"x{{ .Ordinal }}\">{{ add .Ordinal 1 }}</a>", "s", "<a id=\"x2\">3</a>");
    check("{{ dateFormat \"Jan 2, 2006\" \"2020-01-02\" }}", "s", "Jan 2, 2020");
    check("{{ (time (int \"1546300800\")).UTC.Format \"2006-01-02T15:04Z\" }}", "s", "2019-01-01T00:00Z");
    check("{{ (time \"2020-01-02T03:04:05+09:00\").Format \"15:04 -0700\" }}", "s", "03:04 +0900");
    check("{{ time.Format \"2006\" \"2020-01-02 03:04:05\" }}{{ (time \"1970-01-02\").Unix }}", "s", "202086400");
    check("{{ time \"2020-1-2\" }}{{ time \"2020-01-02T3\" }}", "s", "??");
    check("{{ readFile \"a.txt\" }}{{ os.FileExists \"a.txt\" }}{{ readFile \"b\" }}", "s", "&lt;a&gt;true?");
    check("{{ hugo.Environment }}", "s", "production");
}
