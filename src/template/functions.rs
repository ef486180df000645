//! The functions that templates call. Those of one kind of value stand in files of their own; here are those that ask the site.

mod addresses;
mod collections;
mod dates;
mod formats;
mod numbers;
mod patterns;
mod strings;

use super::Made;
use super::placeholder::has_placeholder;
use super::state::{State, Stop};
use super::value::Value;
pub use collections::contains;
pub use numbers::{holds as compared, sum_of};
pub use patterns::matches;
pub use strings::{dedented, escaped};

/// The functions that leave the text in their arguments whole: what stands for something that is read later may go through them.
const WHOLE: [&str; 38] = [
    "markdownify",
    "transform.Markdownify",
    "safeHTML",
    "safe.HTML",
    "print",
    "fmt.Print",
    "printf",
    "fmt.Printf",
    "println",
    "string",
    "cast.ToString",
    "trim",
    "strings.Trim",
    "strings.TrimSpace",
    "strings.TrimLeft",
    "strings.TrimRight",
    "strings.TrimPrefix",
    "strings.TrimSuffix",
    "chomp",
    "strings.Chomp",
    "split",
    "strings.Split",
    "default",
    "compare.Default",
    "cond",
    "compare.Conditional",
    "not",
    "replace",
    "strings.Replace",
    "replaceRE",
    "strings.ReplaceRE",
    "dict",
    "collections.Dictionary",
    "slice",
    "collections.Slice",
    "append",
    "index",
    "isset",
];

/// Calls a function by the name that the template has for it.
pub fn call(state: &mut State, name: &str, arguments: &[Value]) -> Result<Value, Stop> {
    let holds_unknown = arguments.iter().any(Value::is_unknown);
    let is_holder = matches!(name, "dict" | "collections.Dictionary" | "slice" | "collections.Slice");
    if holds_unknown && !is_holder {
        return Ok(Value::Unknown);
    }
    let holds = |value: &Value| matches!(value, Value::Text(text) | Value::Html(text) if has_placeholder(text));
    if arguments.iter().any(holds) && !WHOLE.contains(&name) {
        return Ok(Value::Unknown);
    }
    if let Some(value) = of_site(state, name, arguments)? {
        return Ok(value);
    }
    // A pattern goes over the text for each of its parts.
    let unit = if name.contains("RE") { 2 } else { 64 };
    let weight = |value: &Value| match value {
        Value::List(list) => 1 + list.len() / 16,
        value => value.string().map_or(1, |text| text.len() / unit),
    };
    let weight: usize = arguments.iter().map(weight).sum();
    state.spend(weight, 0)?;
    let value = strings::call(name, arguments)
        .or_else(|| formats::call(name, arguments))
        .or_else(|| dates::call(name, arguments))
        .or_else(|| numbers::call(name, arguments))
        .or_else(|| addresses::call(name, arguments))
        .or_else(|| patterns::call(name, arguments));
    match value {
        Some(value) => Ok(value),
        None => match collections::call(name, arguments) {
            Some(value @ (Value::List(_) | Value::Map(_))) => state.build(value),
            value => Ok(value.unwrap_or(Value::Unknown)),
        },
    }
}

/// What only the site can answer, and what is read later.
fn of_site(state: &mut State, name: &str, arguments: &[Value]) -> Result<Option<Value>, Stop> {
    let value = match (name, arguments) {
        ("errorf" | "fmt.Errorf" | "erroridf" | "fmt.Erroridf", _) => return Err(Stop),
        ("warnf" | "fmt.Warnf" | "warnidf" | "fmt.Warnidf", _) => Value::text(""),
        ("markdownify" | "transform.Markdownify", [text]) => markdown(state, text)?,
        ("ref" | "relref" | "urls.Ref" | "urls.RelRef", [_, target]) => reference(state, target)?,
        ("absURL" | "absLangURL" | "urls.AbsURL" | "urls.AbsLangURL", [path]) => absolute(state, path),
        ("relURL" | "relLangURL" | "urls.RelURL" | "urls.RelLangURL", [path]) => match path.string() {
            Some(path) => Value::text(rooted(state, &path)),
            None => Value::Unknown,
        },
        ("resources.Get", [path]) => {
            let path = path.string().unwrap_or_default();
            let found = state.host.asset(path.trim_start_matches('/'));
            found.map_or(Value::Nil, |resource| Value::Resource(resource.into()))
        }
        ("newScratch" | "collections.NewScratch", []) => {
            Value::Store(state.build(Value::Nil).map(|_| format!("scratch {}", state.built()))?.into())
        }
        ("apply" | "collections.Apply", [list, function, arguments @ ..]) => applied(state, list, function, arguments)?,
        ("transform.Unmarshal" | "unmarshal", [text]) => {
            let content = match text {
                Value::Resource(resource) => state.host.content(resource).map(Into::into),
                text => text.string(),
            };
            let parsed = content.and_then(|text| state.host.parsed(&text));
            parsed.map_or(Value::Unknown, |value| value)
        }
        ("transform.Remarshal", [format, value]) => remarshalled(state, format, value),
        ("readFile" | "os.ReadFile" | "fileExists" | "os.FileExists", [path]) => of_file(state, name, path)?,
        ("templates.Exists", [path]) => {
            let path = path.string().unwrap_or_default();
            let partial = ["partials/", "_partials/"].iter().find_map(|folder| path.strip_prefix(folder));
            partial.map_or(Value::Unknown, |path| Value::Bool(state.host.partial(path).is_some()))
        }
        // What is done to pictures does not change which they are.
        (name, _) if name.starts_with("images.") && name != "images.Config" => Value::text("filter"),
        ("hugo.Data", []) => state.host.site("data"),
        ("i18n" | "T" | "lang.Translate", [key, ..]) => translated(state, key),
        (name, []) => return Ok(of_program(name)),
        _ => return Ok(None),
    };
    Ok(Some(value))
}

/// What Hugo says of itself.
fn of_program(name: &str) -> Option<Value> {
    Some(match name {
        // The version whose ways are followed here; templates ask for it to choose between old and new ones.
        "hugo.Version" => Value::text("0.168.0"),
        "hugo.GoVersion" => Value::text("go1.27.0"),
        "hugo.Environment" => Value::text("production"),
        "hugo.IsProduction" => Value::Bool(true),
        "hugo.IsServer" | "hugo.IsDevelopment" => Value::Bool(false),
        _ => return None,
    })
}

/// The words of a file of the site, or whether it is there. One that is not may be one that is not to be had.
fn of_file(state: &mut State, name: &str, path: &Value) -> Result<Value, Stop> {
    let Some(text) = path.string().and_then(|path| state.host.file(&path)) else { return Ok(Value::Unknown) };
    state.spend(1, text.len())?;
    Ok(if name.ends_with("Exists") { Value::Bool(true) } else { Value::text(text) })
}

/// What a function makes of each item of a list, which stands where the argument `.` does.
fn applied(state: &mut State, list: &Value, function: &Value, arguments: &[Value]) -> Result<Value, Stop> {
    let (Some(items), Some(function)) = (list.items(), function.string()) else { return Ok(Value::Unknown) };
    if matches!(&*function, "apply" | "collections.Apply") {
        return Ok(Value::Unknown);
    }
    let mut made = Vec::with_capacity(items.len());
    for item in items {
        let is_place = |argument: &Value| argument.string().as_deref() == Some(".");
        let own = |argument: &Value| if is_place(argument) { item.clone() } else { argument.clone() };
        let own: Vec<Value> = arguments.iter().map(own).collect();
        state.spend(1, 0)?;
        made.push(call(state, &function, &own)?);
    }
    state.build(Value::list(made))
}

/// Data in another format; a text is read as data first.
fn remarshalled(state: &State, format: &Value, value: &Value) -> Value {
    let Some(format) = format.string() else { return Value::Unknown };
    let written = match value {
        Value::Text(text) | Value::Html(text) => state.host.rewritten(text, &format),
        value => state.host.written(value, &format),
    };
    written.map_or(Value::Unknown, Value::text)
}

/// Words of the site in its language.
fn translated(state: &State, key: &Value) -> Value {
    let Value::Map(words) = state.host.site("i18n") else { return Value::Unknown };
    let found = key.string().and_then(|key| words.get(&*key).cloned());
    found.filter(|found| matches!(found, Value::Text(_))).unwrap_or(Value::Unknown)
}

/// Markdown in the output of a template.
pub fn markdown(state: &mut State, text: &Value) -> Result<Value, Stop> {
    match text.string() {
        Some(text) if text.trim().is_empty() => Ok(Value::html("")),
        Some(text) => state.make(Made::Markdown(text.to_string())),
        None => Ok(Value::Unknown),
    }
}

/// A link to a page, given by its path or by a map with it.
pub fn reference(state: &mut State, target: &Value) -> Result<Value, Stop> {
    let path = match target {
        Value::Map(map) => map.get("path").and_then(Value::string),
        target => target.string(),
    };
    path.map_or(Ok(Value::Unknown), |path| state.make(Made::Reference(path.to_string())))
}

/// A path from the root of the host: below that of the site, unless it is one already.
pub fn rooted(state: &State, path: &str) -> String {
    let base = state.host.site("baseurl").string().unwrap_or_default();
    let below =
        url::Url::parse(&base).map_or_else(|_| String::new(), |url| url.path().trim_end_matches('/').to_owned());
    match path {
        path if url::Url::parse(path).is_ok() || path.starts_with("//") => path.to_owned(),
        // From the root of the host it stays as it is.
        path if path.starts_with('/') && path.len() > 1 => path.to_owned(),
        path => format!("{below}/{}", path.trim_start_matches('/')),
    }
}

fn absolute(state: &State, path: &Value) -> Value {
    let (Some(path), Some(base)) = (path.string(), state.host.site("baseurl").string()) else { return Value::Unknown };
    if url::Url::parse(&path).is_ok() || path.starts_with("//") {
        return Value::Text(path);
    }
    // Without an address of its own the site's links stay inside it.
    match url::Url::parse(&base) {
        Ok(base) => base.join(&path).map_or(Value::Unknown, |url| Value::text(url.as_str())),
        Err(_) => Value::text(rooted(state, &path)),
    }
}
