//! Lists of pages: those of the site and of its sections, in which order they are, and which of a list are taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::functions;
use super::state::{State, Stop};
use super::value::{Page, Value};

/// Which pages lead on from a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// Its own pages, and the sections in it.
    Pages,
    Regular,
    /// Those of the sections in it too.
    RegularRecursive,
    Sections,
}

/// The pages of a section; not known where those of the site are not.
pub fn below(state: &mut State, page: &Page, which: Below) -> Result<Value, Stop> {
    let Some(all) = state.host.pages() else { return Ok(Value::Unknown) };
    state.spend(all.len(), 0)?;
    if !page.is_section() {
        return Ok(Value::list(Vec::new()));
    }
    let folders: BTreeSet<&str> = all.iter().filter(|page| page.is_section()).map(|page| page.folder()).collect();
    let own = page.folder();
    let is_in = |other: &&Arc<Page>| {
        let around = nearest(&folders, other.around());
        let is_deep = || own.is_empty() || around.strip_prefix(own).is_some_and(|rest| rest.starts_with('/'));
        let is_here = other.folder() != own || !other.is_section();
        match which {
            Below::Pages => around == own && is_here,
            Below::Regular => around == own && !other.is_section(),
            Below::RegularRecursive => (around == own || is_deep()) && !other.is_section(),
            Below::Sections => around == own && other.is_section() && is_here,
        }
    };
    Ok(list(all.iter().filter(is_in)))
}

/// Every page of the site, or every one that is no section.
pub fn of_site(state: &mut State, which: Below) -> Result<Value, Stop> {
    let Some(all) = state.host.pages() else { return Ok(Value::Unknown) };
    state.spend(all.len(), 0)?;
    Ok(list(all.iter().filter(|page| which == Below::Pages || !page.is_section())))
}

fn list<'a>(pages: impl Iterator<Item = &'a Arc<Page>>) -> Value {
    Value::list(pages.cloned().map(Value::Page).collect())
}

/// The section that a folder lies in, perhaps itself.
fn nearest<'a>(folders: &BTreeSet<&'a str>, mut folder: &'a str) -> &'a str {
    while !folder.is_empty() && !folders.contains(folder) {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    folder
}

/// What leads on from a value: a field or method by its name.
pub type Field = fn(&mut State, &Value, &str, &[Value]) -> Result<Value, Stop>;

/// The functions that look into the items of a list; none for others.
pub fn call(state: &mut State, name: &str, arguments: &[Value], field: Field) -> Result<Option<Value>, Stop> {
    let is_known = !arguments.iter().any(Value::is_unknown);
    Ok(Some(match (name, arguments) {
        ("where" | "collections.Where", arguments) if is_known => matching(state, arguments, field)?,
        ("sort" | "collections.Sort", [list, key, rest @ ..])
            if is_known && key.string().is_some_and(|key| &*key != "value") =>
        {
            sort(state, list, key, rest.first(), field)?
        }
        _ => return Ok(None),
    }))
}

/// The fields and methods of a list of pages.
pub fn of_list(
    state: &mut State,
    pages: &[Value],
    (name, arguments): (&str, &[Value]),
    field: Field,
) -> Result<Value, Stop> {
    state.spend(pages.len(), 0)?;
    let all = || Value::list(pages.to_vec());
    Ok(match (name, arguments) {
        ("Len", []) => Value::Int(pages.len() as i64),
        ("Reverse", []) => Value::list(pages.iter().rev().cloned().collect()),
        ("Limit", [count]) => {
            Value::list(pages.iter().take(usize::try_from(count.int().unwrap_or(0)).unwrap_or(0)).cloned().collect())
        }
        ("ByTitle" | "ByLinkTitle" | "ByDate" | "ByWeight", []) => return sorted(state, &all(), &name[2..], field),
        ("ByParam", [key]) => {
            return sorted(state, &all(), &format!("Params.{}", key.string().unwrap_or_default()), field);
        }
        ("GroupBy", [key, rest @ ..]) => {
            return grouped(state, pages, &key.string().unwrap_or_default(), (Written::Plain, rest), field);
        }
        ("GroupByDate", [layout, rest @ ..]) => {
            let newest_first = [Value::text("desc")];
            let rest = if rest.is_empty() { &newest_first } else { rest };
            return grouped(state, pages, "Date", (Written::Date(&layout.string().unwrap_or_default()), rest), field);
        }
        ("GroupByParam", [key, rest @ ..]) => {
            let key = format!("Params.{}", key.string().unwrap_or_default());
            return grouped(state, pages, &key, (Written::Plain, rest), field);
        }
        _ => Value::Unknown,
    })
}

/// What a dotted path leads to from a value.
fn at(state: &mut State, value: &Value, path: &str, field: Field) -> Result<Value, Stop> {
    let mut value = value.clone();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        value = field(state, &value, part, &[])?;
    }
    Ok(value)
}

/// How the key of a group is written.
enum Written<'a> {
    Plain,
    /// In a layout of Go's.
    Date(&'a str),
}

fn grouped(
    state: &mut State,
    pages: &[Value],
    path: &str,
    (written, order): (Written, &[Value]),
    field: Field,
) -> Result<Value, Stop> {
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for page in pages {
        let value = at(state, page, path, field)?;
        let key = match (&written, &value) {
            (Written::Date(layout), Value::Date(moment)) => moment.format(layout),
            (Written::Date(_), _) => None,
            (Written::Plain, value) => value.printed(),
        };
        let Some(key) = key else { return Ok(Value::Unknown) };
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, pages)) => pages.push(page.clone()),
            None => groups.push((key, vec![page.clone()])),
        }
        state.spend(1 + groups.len() / 8, 0)?;
    }
    if matches!(written, Written::Plain) {
        groups.retain(|(key, _)| !key.is_empty());
    }
    groups.sort_by(|(left, _), (right, _)| left.cmp(right));
    if is_descending(order.first()) {
        groups.reverse();
    }
    let entry = |(key, pages)| {
        Value::map([("Key".to_owned(), Value::text(String::as_str(&key))), ("Pages".to_owned(), Value::list(pages))])
    };
    state.build(Value::list(groups.into_iter().map(entry).collect()))
}

fn is_descending(order: Option<&Value>) -> bool {
    order.and_then(Value::string).is_some_and(|order| order.eq_ignore_ascii_case("desc"))
}

/// `sort LIST KEY [ORDER]`.
fn sort(state: &mut State, list: &Value, key: &Value, order: Option<&Value>, field: Field) -> Result<Value, Stop> {
    let sorted = sorted(state, list, &key.string().unwrap_or_default(), field)?;
    Ok(match (sorted, is_descending(order)) {
        (Value::List(items), true) => Value::list(items.iter().rev().cloned().collect()),
        (sorted, _) => sorted,
    })
}

/// A list in the order of what a path leads to; not known where two of them cannot be compared.
fn sorted(state: &mut State, list: &Value, path: &str, field: Field) -> Result<Value, Stop> {
    let Some(items) = list.items() else { return Ok(Value::Unknown) };
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        let Some(key) = Key::of(&at(state, &item, path, field)?, path) else { return Ok(Value::Unknown) };
        keyed.push((key, item));
        state.spend(4, 0)?;
    }
    let kind = |key: &Key| std::mem::discriminant(key);
    if keyed.windows(2).any(|pair| kind(&pair[0].0) != kind(&pair[1].0)) {
        return Ok(Value::Unknown);
    }
    keyed.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(Value::list(keyed.into_iter().map(|(_, item)| item).collect()))
}

/// What a list is sorted by.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Words(Vec<(u8, char)>, String),
}

impl Key {
    fn of(value: &Value, path: &str) -> Option<Key> {
        Some(match value {
            // What has no weight comes last.
            Value::Int(0) if path == "Weight" => Key::Number(i64::MAX),
            Value::Int(number) => Key::Number(*number),
            Value::Date(moment) => Key::Number(moment.seconds()),
            Value::Text(text) | Value::Html(text) => Key::Words(in_order(text), text.to_string()),
            _ => return None,
        })
    }
}

/// Words as they are sorted: marks before figures before letters, whatever their case.
#[must_use]
pub fn in_order(text: &str) -> Vec<(u8, char)> {
    let class = |c: char| u8::from(c.is_alphanumeric()) + u8::from(c.is_alphabetic());
    text.chars().flat_map(char::to_lowercase).map(|c| (class(c), c)).collect()
}

/// `where LIST KEY [OPERATOR] VALUE`.
fn matching(state: &mut State, arguments: &[Value], field: Field) -> Result<Value, Stop> {
    let (list, key, operator, wanted) = match arguments {
        [list, key, wanted] => (list, key, "eq".into(), wanted),
        [list, key, operator, wanted] => (list, key, operator.string().unwrap_or_default(), wanted),
        _ => return Ok(Value::Unknown),
    };
    let (Some(items), Some(path)) = (list.items(), key.string()) else { return Ok(Value::Unknown) };
    let mut kept = Vec::new();
    for item in items {
        state.spend(1, 0)?;
        let value = at(state, &item, &path, field)?;
        match holds(&value, &operator, wanted) {
            Some(true) => kept.push(item),
            Some(false) => {}
            None => return Ok(Value::Unknown),
        }
    }
    Ok(Value::list(kept))
}

/// Whether a value stands in a relation to another; none where that is not known.
fn holds(value: &Value, operator: &str, wanted: &Value) -> Option<bool> {
    if value.is_unknown() {
        return None;
    }
    let has = |list: &Value, one: &Value| functions::contains(list, one);
    let order = |name: &str| functions::compared(name, value, wanted);
    match operator {
        "" | "=" | "==" | "eq" => value.equals(wanted),
        "!=" | "<>" | "ne" => value.equals(wanted).map(|same| !same),
        _ if matches!(value, Value::Nil) => Some(operator == "not in"),
        ">" | "gt" => order("gt"),
        ">=" | "ge" => order("ge"),
        "<" | "lt" => order("lt"),
        "<=" | "le" => order("le"),
        "in" => has(wanted, value),
        "not in" => has(wanted, value).map(|found| !found),
        "intersect" => {
            let (some, others) = (value.items()?, wanted.items()?);
            Some(some.iter().any(|one| others.iter().any(|other| one.equals(other) == Some(true))))
        }
        _ => None,
    }
}
