//! What leads on from a value: the fields and methods of the call, its page, the site, and what they give.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pages::{self, Below};
use super::state::{OWN_STORE, PAGE_STORE, PARENT_STORE, State, Stop};
use super::value::{Address, Frame, Page, Resource, Value};
use super::{Made, Moment, functions};

/// A field or method of a value. What is not known gives the unknown value.
pub fn field(state: &mut State, value: &Value, name: &str, arguments: &[Value]) -> Result<Value, Stop> {
    if arguments.iter().any(Value::is_unknown) {
        return Ok(Value::Unknown);
    }
    Ok(match value {
        Value::Call(frame) => call(state, frame, name, arguments),
        Value::Page(page) => return page_field(state, page, name, arguments),
        Value::Site => return site(state, name, arguments),
        Value::List(list) => return pages::of_list(state, list, (name, arguments), field),
        Value::Resources(page) => resources(state, page, name, arguments),
        Value::Resource(found) => resource(state, found, name, arguments),
        Value::Store(store) => return stored(state, store, name, arguments),
        Value::Map(map) if arguments.is_empty() => {
            map.get(name).or_else(|| map.get(&name.to_lowercase())).cloned().unwrap_or_default()
        }
        Value::Nil if arguments.is_empty() => Value::Nil,
        Value::Date(moment) => date(moment, name, arguments),
        Value::Address(found) => address(found, name, arguments),
        _ => Value::Unknown,
    })
}

fn call(state: &State, frame: &Arc<Frame>, name: &str, arguments: &[Value]) -> Value {
    match (name, arguments) {
        ("Get", [key]) => frame.get(key),
        ("Params", []) => frame.params(),
        ("Inner", []) => Value::html(frame.inner.as_deref().unwrap_or_default()),
        ("InnerDeindent", []) => Value::html(functions::dedented(frame.inner.as_deref().unwrap_or_default())),
        ("IsNamedParams", []) => Value::Bool(frame.is_named()),
        ("Name", []) => Value::text(frame.name.as_str()),
        ("Parent", []) => frame.parent.clone().map_or(Value::Nil, Value::Call),
        ("Page", []) => Value::Page(state.host.page()),
        ("Site", []) => Value::Site,
        ("Scratch" | "Store", []) if Arc::ptr_eq(frame, &state.frame) => Value::Store(OWN_STORE.into()),
        ("Scratch" | "Store", []) if state.frame.parent.as_ref().is_some_and(|parent| Arc::ptr_eq(frame, parent)) => {
            Value::Store(PARENT_STORE.into())
        }
        ("Ordinal", []) => i64::try_from(frame.ordinal).map_or(Value::Unknown, Value::Int),
        ("Position", []) => Value::Position,
        _ => Value::Unknown,
    }
}

fn page_field(state: &mut State, page: &Arc<Page>, name: &str, arguments: &[Value]) -> Result<Value, Stop> {
    let text = |text: &str| Value::text(text);
    let own = |key: &str| field_of(&page.fields, key);
    Ok(match (name, arguments) {
        ("Title" | "Name", []) => text(&page.title),
        ("LinkTitle", []) => own("linktitle").unwrap_or_else(|| text(&page.title)),
        ("Description", []) => own("description").unwrap_or_else(|| text("")),
        ("Draft", []) => own("draft").unwrap_or(Value::Bool(false)),
        ("Slug", []) => own("slug").unwrap_or_else(|| text("")),
        ("Permalink", []) if !page.address.is_empty() => text(&page.address),
        ("RelPermalink", []) => text(&page.relative),
        ("Path", []) => logical_path(&page.file).map_or(Value::Unknown, Value::text),
        ("Params", []) => page.fields.clone(),
        ("Param", [key]) => param(state, page, key),
        ("Date", []) => page.date.map_or(Value::Unknown, Value::Date),
        ("RawContent", []) => state.host.raw(page).map_or(Value::Unknown, Value::html),
        ("Content", []) => return content(state, page),
        ("Weight", []) => Value::Int(page.weight),
        ("Kind", []) => text(kind(page)),
        ("Type", []) => own("type").unwrap_or_else(|| text(section(page))),
        ("IsSection", []) => Value::Bool(kind(page) == "section"),
        ("IsHome", []) => Value::Bool(kind(page) == "home"),
        ("IsNode", []) => Value::Bool(page.is_section()),
        ("Pages", []) => return pages::below(state, page, Below::Pages),
        ("RegularPages", []) => return pages::below(state, page, Below::Regular),
        ("RegularPagesRecursive", []) => return pages::below(state, page, Below::RegularRecursive),
        ("Sections", []) => return pages::below(state, page, Below::Sections),
        ("Scratch" | "Store", []) if page.file == state.host.page().file => Value::Store(PAGE_STORE.into()),
        ("File", []) => file(&page.file),
        ("Section", []) => text(section(page)),
        ("Page", []) => Value::Page(page.clone()),
        ("Site", []) => Value::Site,
        ("Language", []) => state.host.site("language"),
        ("Lang", []) => language_key(state),
        ("Summary", []) => return summary(state, page),
        ("IsPage", []) => Value::Bool(!page.is_section()),
        ("Resources", []) => Value::Resources(page.clone()),
        ("GetPage", [path]) => found_page(state, path),
        ("RenderShortcodes", []) => match state.host.raw(page).filter(|_| page.file != state.host.page().file) {
            Some(raw) => return state.make(Made::Source(raw)),
            None => Value::Unknown,
        },
        ("RenderString", [.., markdown]) => return functions::markdown(state, markdown),
        ("Ref" | "RelRef", [target]) => return functions::reference(state, target),
        _ => Value::Unknown,
    })
}

/// The key of the language that the page is in.
fn language_key(state: &State) -> Value {
    field_of(&state.host.site("language"), "Lang").unwrap_or_default()
}

/// What a page is about: as it says itself, or its text up to the mark that ends it. What Hugo would take by itself is not known.
fn summary(state: &mut State, page: &Page) -> Result<Value, Stop> {
    if let Some(own) = field_of(&page.fields, "summary") {
        return functions::markdown(state, &own);
    }
    let raw = state.host.raw(page);
    match raw.as_deref().and_then(|raw| raw.split_once("<!--more-->")) {
        Some((start, _)) if !start.contains("{{") => functions::markdown(state, &Value::text(start)),
        _ => Ok(Value::Unknown),
    }
}

fn kind(page: &Page) -> &'static str {
    match (page.is_section(), page.folder()) {
        (false, _) => "page",
        (true, "") => "home",
        (true, _) => "section",
    }
}

fn section(page: &Page) -> &str {
    page.file.split_once('/').map_or("", |(section, _)| section)
}

/// The body of another page, where no calls are in it that would have to be done for that page.
fn content(state: &mut State, page: &Page) -> Result<Value, Stop> {
    match state.host.raw(page).filter(|raw| !raw.contains("{{")) {
        Some(raw) if page.file != state.host.page().file => functions::markdown(state, &Value::text(raw)),
        _ => Ok(Value::Unknown),
    }
}

fn field_of(fields: &Value, key: &str) -> Option<Value> {
    let Value::Map(map) = fields else { return None };
    map.get(key).cloned()
}

/// A parameter of the page, or else of the site.
fn param(state: &State, page: &Page, key: &Value) -> Value {
    let key = key.string().unwrap_or_default().to_lowercase();
    let find = |mut value: Value| {
        for part in key.split('.') {
            value = field_of(&value, part)?;
        }
        Some(value)
    };
    find(page.fields.clone()).or_else(|| find(state.host.site("params"))).unwrap_or_default()
}

pub fn found_page(state: &State, path: &Value) -> Value {
    // Whether a page is there is not known for sure, since it may be one that the site makes.
    path.string().and_then(|path| state.host.find_page(&path)).map_or(Value::Unknown, Value::Page)
}

/// The path by which Hugo knows a page: lower case, no extension, no language; none where a dot may or may not part one off.
fn logical_path(file: &str) -> Option<String> {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let (stem, rest) = name.split_once('.').unwrap_or((name, ""));
    let path = match stem {
        "index" | "_index" => folder.to_owned(),
        _ if rest.contains('.') => return None,
        stem => format!("{folder}/{stem}"),
    };
    Some(format!("/{}", path.trim_start_matches('/').to_lowercase().replace(' ', "-")))
}

fn file(path: &str) -> Value {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let entries = [
        ("Path", path),
        ("Dir", folder.as_str()),
        ("LogicalName", name),
        ("BaseFileName", stem),
        ("TranslationBaseName", stem),
        ("ContentBaseName", stem),
        ("Ext", extension),
    ];
    Value::map(entries.map(|(name, value)| (name.to_owned(), Value::text(value))))
}

fn site(state: &mut State, name: &str, arguments: &[Value]) -> Result<Value, Stop> {
    Ok(match (name, arguments) {
        ("Title" | "BaseURL" | "Params" | "Data" | "Copyright" | "Language", []) => {
            state.host.site(&name.to_lowercase())
        }
        ("LanguageCode", []) => match state.host.site("languagecode") {
            Value::Nil | Value::Unknown => language_key(state),
            code => code,
        },
        ("Pages", []) => return pages::of_site(state, Below::Pages),
        ("RegularPages", []) => return pages::of_site(state, Below::Regular),
        // From the root of the site, whichever page asks.
        ("GetPage", [path]) => {
            let path = path.string().unwrap_or_default();
            found_page(state, &Value::text(format!("/{}", path.trim_start_matches('/'))))
        }
        ("Home", []) => Value::map([
            ("RelPermalink".to_owned(), Value::text(functions::rooted(state, "/"))),
            ("Permalink".to_owned(), state.host.site("baseurl")),
        ]),
        ("Site", []) => Value::Site,
        _ => Value::Unknown,
    })
}

fn resources(state: &State, page: &Page, name: &str, arguments: &[Value]) -> Value {
    let pattern = |value: &Value| value.string().unwrap_or_default().trim_start_matches('/').to_lowercase();
    let found = |matches: &dyn Fn(&str) -> bool| -> Vec<Value> {
        let all = state.host.resources(page).into_iter();
        let found = all.filter(|resource| matches(&resource.name.to_lowercase()));
        found.map(|resource| Value::Resource(Arc::new(resource))).collect()
    };
    match (name, arguments) {
        ("Get", [path]) => {
            let wanted = pattern(path);
            found(&|name| name == wanted.trim_start_matches("./")).into_iter().next().unwrap_or_default()
        }
        ("GetMatch", [glob]) => {
            let glob = pattern(glob);
            found(&|name| functions::matches(&glob, name)).into_iter().next().unwrap_or_default()
        }
        ("Match", [glob]) => {
            let glob = pattern(glob);
            Value::list(found(&|name| functions::matches(&glob, name)))
        }
        ("ByType", [kind]) if kind.string().as_deref() == Some("image") => Value::list(found(&is_image)),
        _ => Value::Unknown,
    }
}

fn is_image(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "avif", "tif", "tiff"].contains(&extension)
}

fn resource(state: &State, found: &Arc<Resource>, name: &str, arguments: &[Value]) -> Value {
    let extension = || found.name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match (name, arguments) {
        ("RelPermalink", []) => Value::text(found.relative.as_str()),
        ("Permalink", []) => Value::text(found.address.as_str()),
        ("Name" | "Title", []) => Value::text(found.name.as_str()),
        ("Content", []) => state.host.content(found).map_or(Value::Unknown, Value::html),
        ("ResourceType", []) if is_image(&found.name.to_lowercase()) => Value::text("image"),
        ("MediaType", []) => Value::map([("SubType".to_owned(), Value::text(extension()))]),
        // Pictures stay as they are: it is the same picture, smaller.
        ("Resize" | "Fit" | "Fill" | "Crop" | "Filter" | "Process", [_, ..]) => Value::Resource(found.clone()),
        _ => Value::Unknown,
    }
}

/// `.Scratch`, `.Store`, `newScratch`.
fn stored(state: &mut State, store: &Arc<str>, name: &str, arguments: &[Value]) -> Result<Value, Stop> {
    let key = |value: &Value| value.string().unwrap_or_default().to_string();
    let known = state.stores.get(store);
    let value = match (name, arguments) {
        ("Get", [name]) => return Ok(known.and_then(|known| known.get(&key(name))).cloned().unwrap_or_default()),
        ("GetSortedMapValues", [name]) => {
            return Ok(match known.and_then(|known| known.get(&key(name))) {
                Some(Value::Map(map)) => Value::list(map.values().cloned().collect()),
                _ => Value::Nil,
            });
        }
        ("Set", [_, value]) => value.clone(),
        ("Add", [name, value]) => match known.and_then(|known| known.get(&key(name))) {
            None => value.clone(),
            Some(before) => functions::sum_of(before, value).unwrap_or(Value::Unknown),
        },
        ("SetInMap", [name, entry, value]) => {
            let before = known.and_then(|known| known.get(&key(name)));
            let mut map = if let Some(Value::Map(map)) = before { (**map).clone() } else { BTreeMap::new() };
            map.insert(key(entry), value.clone());
            Value::map(map)
        }
        ("Delete", [name]) => {
            state.stores.entry(store.clone()).or_default().remove(&key(name));
            return Ok(Value::text(""));
        }
        ("Values", []) => return Ok(Value::map(known.cloned().unwrap_or_default())),
        _ => return Ok(Value::Unknown),
    };
    let value = if value.is_small() { state.build(value)? } else { return Err(Stop) };
    let store = state.stores.entry(store.clone()).or_default();
    if let [name, ..] = arguments {
        store.insert(key(name), value);
    }
    Ok(Value::text(""))
}

fn date(moment: &Moment, name: &str, arguments: &[Value]) -> Value {
    match (name, arguments) {
        ("Format", [layout]) => {
            layout.string().and_then(|layout| moment.format(&layout)).map_or(Value::Unknown, Value::text)
        }
        ("Year", []) => Value::Int(moment.year),
        ("Month", []) => moment.month_name().map_or(Value::Unknown, Value::text),
        ("Day", []) => Value::Int(moment.day),
        ("Weekday", []) => Value::text(moment.weekday()),
        ("Hour", []) => Value::Int(moment.hour),
        ("Minute", []) => Value::Int(moment.minute),
        ("Unix", []) => Value::Int(moment.seconds()),
        ("UTC", []) => Moment::of_seconds(moment.seconds()).map_or(Value::Unknown, Value::Date),
        ("IsZero", []) => Value::Bool(false),
        _ => Value::Unknown,
    }
}

fn address(address: &Address, name: &str, arguments: &[Value]) -> Value {
    let text = match (name, arguments) {
        ("IsAbs", []) => return Value::Bool(!address.scheme.is_empty()),
        ("Scheme", []) => &address.scheme,
        ("Host", []) => &address.host,
        ("Hostname", []) => &address.hostname,
        ("Path", []) => &address.path,
        ("RawQuery", []) => &address.query,
        ("Fragment", []) => &address.fragment,
        ("String", []) => &address.written,
        _ => return Value::Unknown,
    };
    Value::text(text.as_str())
}
