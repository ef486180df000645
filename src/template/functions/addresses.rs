//! Addresses and paths.

use std::sync::Arc;

use url::Url;
use url::form_urlencoded::byte_serialize;

use super::super::value::{Address, Value};

pub fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    match (name, arguments) {
        ("urls.Parse", [written]) => Some(Value::Address(Arc::new(parsed(&written.string()?)))),
        ("urlize" | "urls.URLize", [text]) => Some(Value::text(urlized(&text.string()?))),
        ("anchorize" | "urls.Anchorize", [text]) => Some(Value::text(anchor(&text.string()?))),
        ("urlquery" | "urls.PathEscape", [text]) => {
            Some(Value::text(byte_serialize(text.string()?.as_bytes()).collect::<String>()))
        }
        ("querify" | "collections.Querify", pairs) if pairs.len() % 2 == 0 => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            for pair in pairs.chunks_exact(2) {
                query.append_pair(&pair[0].string()?, &pair[1].string()?);
            }
            Some(Value::text(query.finish()))
        }
        ("urls.JoinPath" | "path.Join", parts) => joined(parts).map(Value::text),
        ("path.Ext", [path]) => Some(Value::text(split(&path.string()?).2)),
        ("path.Base", [path]) => {
            let path = path.string()?;
            let (_, stem, extension) = split(&path);
            Some(Value::text(format!("{stem}{extension}")))
        }
        ("path.BaseName", [path]) => Some(Value::text(split(&path.string()?).1)),
        ("path.Dir", [path]) => Some(Value::text(match split(&path.string()?).0 {
            "" => ".",
            folder => folder,
        })),
        _ => None,
    }
}

/// Folder, name and extension of a path; the extension with its dot.
fn split(path: &str) -> (&str, &str, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let at = name.rfind('.').unwrap_or(name.len());
    (folder, &name[..at], &name[at..])
}

fn joined(parts: &[Value]) -> Option<String> {
    let mut path = String::new();
    for part in parts {
        let part = part.string()?;
        if path.is_empty() {
            path.push_str(part.trim_end_matches('/'));
        } else if !part.is_empty() {
            path = format!("{path}/{}", part.trim_matches('/'));
        }
    }
    (!path.contains("..")).then_some(path)
}

/// An address in its parts, those of a relative one too.
fn parsed(written: &str) -> Address {
    let (before, fragment) = written.split_once('#').unwrap_or((written, ""));
    let (path, query) = before.split_once('?').unwrap_or((before, ""));
    let mut address = Address {
        written: written.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        fragment: fragment.to_owned(),
        ..Address::default()
    };
    if let Ok(url) = Url::parse(written) {
        url.scheme().clone_into(&mut address.scheme);
        url.path().clone_into(&mut address.path);
        let host = url.host_str().unwrap_or_default();
        host.clone_into(&mut address.hostname);
        address.host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    }
    address
}

/// A name as it stands in addresses.
fn urlized(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().map(|c| if c.is_whitespace() { '-' } else { c });
    kept.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#' | '+' | '~')).collect()
}

/// The fragment that a heading of this text has.
fn anchor(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    lower
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
