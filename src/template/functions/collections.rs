//! Lists and maps.

use std::collections::BTreeMap;

use super::super::value::Value;

/// The longest list that a count alone may make.
const LONGEST: i64 = 2_000;

pub fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    let name = name.strip_prefix("collections.").unwrap_or(name);
    match (name, arguments) {
        ("len", [value]) => length(value).map(Value::Int),
        ("index" | "Index", [value, keys @ ..]) => {
            keys.iter().try_fold(value.clone(), |value, key| indexed(&value, key))
        }
        ("isset" | "IsSet", [value, key]) => Some(Value::Bool(is_set(value, key)?)),
        ("dict" | "Dictionary", entries) if entries.len() % 2 == 0 => {
            let entry = |pair: &[Value]| entry(&pair[0], pair[1].clone());
            entries.chunks_exact(2).map(entry).collect::<Option<Vec<_>>>().map(Value::map)
        }
        ("slice" | "Slice", items) => Some(Value::list(items.to_vec())),
        ("append" | "Append", [new @ .., list]) => {
            let mut items = list.items()?;
            match new {
                [Value::List(more)] => items.extend(more.iter().cloned()),
                new => items.extend(new.iter().cloned()),
            }
            Some(Value::list(items))
        }
        ("first" | "First", [count, list]) => {
            Some(Value::list(list.items()?.into_iter().take(usize::try_from(count.int()?).ok()?).collect()))
        }
        ("last" | "Last", [count, list]) => {
            let items = list.items()?;
            let skipped = items.len().saturating_sub(usize::try_from(count.int()?).ok()?);
            Some(Value::list(items.into_iter().skip(skipped).collect()))
        }
        ("after" | "After", [count, list]) => {
            Some(Value::list(list.items()?.into_iter().skip(usize::try_from(count.int()?).ok()?).collect()))
        }
        ("in" | "In", [list, value]) => contains(list, value).map(Value::Bool),
        ("reflect.IsMap", [value]) => Some(Value::Bool(matches!(value, Value::Map(_)))),
        ("reflect.IsSlice", [value]) => Some(Value::Bool(matches!(value, Value::List(_)))),
        ("delimit" | "Delimit", [list, between, rest @ ..]) => delimited(list, between, rest.first()),
        ("seq" | "Seq", bounds) => sequence(bounds),
        ("merge" | "Merge", maps) => merged(maps),
        ("uniq" | "Uniq", [list]) => {
            let mut kept: Vec<Value> = Vec::new();
            for item in list.items().filter(|items| items.len() < 1_000)? {
                if !kept.iter().any(|known| known.equals(&item) == Some(true)) {
                    kept.push(item);
                }
            }
            Some(Value::list(kept))
        }
        ("reverse" | "Reverse", [list]) => Some(Value::list(list.items()?.into_iter().rev().collect())),
        ("sort" | "Sort", [list]) => sorted(list),
        _ => of_sets(name, arguments),
    }
}

/// Lists as sets.
fn of_sets(name: &str, arguments: &[Value]) -> Option<Value> {
    match (name, arguments) {
        ("intersect" | "Intersect", [left, right]) if are_few(left, right) => {
            let kept = left.items()?.into_iter().filter(|item| contains(right, item) == Some(true));
            Some(Value::list(kept.collect()))
        }
        ("union" | "Union", [left, right]) if are_few(left, right) => {
            let mut items = left.items()?;
            for item in right.items()? {
                if !items.iter().any(|known| known.equals(&item) == Some(true)) {
                    items.push(item);
                }
            }
            Some(Value::list(items))
        }
        ("complement" | "Complement", [without @ .., list]) if without.iter().all(|other| are_few(other, list)) => {
            let is_out = |item: &Value| without.iter().any(|list| contains(list, item) == Some(true));
            Some(Value::list(list.items()?.into_iter().filter(|item| !is_out(item)).collect()))
        }
        _ => None,
    }
}

/// Whether each item of one list may be compared with each of the other.
fn are_few(left: &Value, right: &Value) -> bool {
    let length = |value| length(value).unwrap_or(0);
    length(left).saturating_mul(length(right)) < 1_000_000
}

/// Whether a list, or a text, holds a value; none where they cannot be compared.
#[must_use]
pub fn contains(list: &Value, value: &Value) -> Option<bool> {
    if let Value::Text(text) | Value::Html(text) = list {
        return Some(text.contains(&*value.string()?));
    }
    let mut found = false;
    for item in list.items()? {
        found |= item.equals(value)?;
    }
    Some(found)
}

/// An entry of a map; a list of keys leads into maps in it.
fn entry(key: &Value, value: Value) -> Option<(String, Value)> {
    let Value::List(keys) = key else { return Some((key.string()?.to_string(), value)) };
    let (first, rest) = keys.split_first().filter(|_| keys.len() < 8)?;
    let value = rest.iter().rev().try_fold(value, |value, key| Some(Value::map([(key.string()?.to_string(), value)])));
    Some((first.string()?.to_string(), value?))
}

fn length(value: &Value) -> Option<i64> {
    Some(match value {
        Value::Nil => 0,
        Value::Text(text) | Value::Html(text) => text.len() as i64,
        Value::List(list) => list.len() as i64,
        Value::Map(map) => map.len() as i64,
        _ => return None,
    })
}

/// The value at a place or key; nothing where there is none.
fn indexed(value: &Value, key: &Value) -> Option<Value> {
    if let Value::List(path) = key {
        let is_key = |key: &Value| matches!(key, Value::Text(_) | Value::Int(_));
        return path.iter().try_fold(value.clone(), |value, key| indexed(&value, Some(key).filter(|key| is_key(key))?));
    }
    Some(match value {
        Value::Nil => Value::Nil,
        Value::List(list) => {
            let place = usize::try_from(key.int()?).unwrap_or(usize::MAX);
            list.get(place).cloned().unwrap_or_default()
        }
        Value::Map(map) => {
            let key = key.string()?;
            map.get(&*key).or_else(|| map.get(&key.to_lowercase())).cloned().unwrap_or_default()
        }
        _ => return None,
    })
}

fn is_set(value: &Value, key: &Value) -> Option<bool> {
    Some(match value {
        Value::Nil => false,
        Value::List(list) => key.int().is_some_and(|place| (0..list.len() as i64).contains(&place)),
        Value::Map(map) => {
            key.string().is_some_and(|key| map.contains_key(&*key) || map.contains_key(&key.to_lowercase()))
        }
        _ => return None,
    })
}

fn delimited(list: &Value, between: &Value, last: Option<&Value>) -> Option<Value> {
    let parts: Vec<String> = match list {
        Value::Map(map) => map.values().map(Value::printed).collect::<Option<_>>()?,
        list => list.items()?.iter().map(Value::printed).collect::<Option<_>>()?,
    };
    let between = between.string()?;
    let text = match (last, parts.split_last()) {
        (Some(last), Some((end, before))) if !before.is_empty() => {
            format!("{}{}{end}", before.join(&between), last.string()?)
        }
        _ => parts.join(&between),
    };
    Some(Value::text(text))
}

/// `seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`.
fn sequence(bounds: &[Value]) -> Option<Value> {
    let (first, step, last) = match bounds {
        [last] => {
            let last = last.int()?;
            (if last < 0 { -1 } else { 1 }, if last < 0 { -1 } else { 1 }, last)
        }
        [first, last] => {
            let (first, last) = (first.int()?, last.int()?);
            (first, if last < first { -1 } else { 1 }, last)
        }
        [first, step, last] => (first.int()?, step.int()?, last.int()?),
        _ => return None,
    };
    let count = last.checked_sub(first)?.checked_div(step)?.checked_add(1)?;
    if count > LONGEST {
        return None;
    }
    Some(Value::list((0..count.max(0)).map(|place| Value::Int(first + place * step)).collect()))
}

/// Maps into one, the later ones winning. What nests is taken whole, where Hugo would go on into it.
fn merged(maps: &[Value]) -> Option<Value> {
    let mut merged = BTreeMap::new();
    for map in maps {
        let Value::Map(map) = map else { return None };
        for (key, value) in map.iter() {
            let is_nested = matches!(value, Value::Map(_)) && merged.contains_key(key);
            if is_nested {
                return None;
            }
            merged.insert(key.clone(), value.clone());
        }
    }
    Some(Value::map(merged))
}

fn sorted(list: &Value) -> Option<Value> {
    let items = list.items()?;
    if items.iter().all(|item| matches!(item, Value::Int(_))) {
        let mut items = items;
        items.sort_by_key(Value::int);
        return Some(Value::list(items));
    }
    let texts: Option<Vec<String>> =
        items.iter().map(|item| if let Value::Text(text) = item { Some(text.to_string()) } else { None }).collect();
    let mut texts = texts.filter(|texts| texts.iter().all(|text| text.is_ascii()))?;
    texts.sort_by_key(|text| text.to_lowercase());
    Some(Value::list(texts.into_iter().map(Value::text).collect()))
}
