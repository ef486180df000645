//! What a template works with: plain values, and the few things of a site that have fields.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::date::Moment;
use super::placeholder::UNKNOWN;

/// How deep a value may nest that is kept in a store.
const DEEPEST_KEPT: usize = 32;

/// How deep the lists that are printed may nest, and how long the whole may be in bytes.
const DEEPEST_PRINTED: usize = 8;
const LONGEST_PRINTED: usize = 64 * 1024;

/// A value. What is not known is a value too: it may be handed on, but a page that would show it is given up.
#[derive(Debug, Clone, Default)]
pub enum Value {
    #[default]
    Nil,
    Unknown,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Arc<str>),
    /// Text that needs no escaping.
    Html(Arc<str>),
    List(Arc<Vec<Value>>),
    Map(Arc<BTreeMap<String, Value>>),
    Call(Arc<Frame>),
    Page(Arc<Page>),
    Site,
    /// The files that belong to a page.
    Resources(Arc<Page>),
    Resource(Arc<Resource>),
    Date(Moment),
    Address(Arc<Address>),
    /// Where a call stands in its file: there for messages to the author, and never shown.
    Position,
    /// A store of the call that is running, or of its page.
    Store(Arc<str>),
}

/// A call of a shortcode, as its template sees it.
#[derive(Debug, Default)]
pub struct Frame {
    pub name: String,
    /// Each with its name, or without one by its place.
    pub arguments: Vec<(Option<String>, Value)>,
    pub inner: Option<String>,
    pub parent: Option<Arc<Frame>>,
    /// How many calls stand before it in the page, or in the call around it.
    pub ordinal: usize,
}

/// A page of the site.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub title: String,
    pub date: Option<Moment>,
    /// From the root of the host: the path of the site, then that of the page.
    pub relative: String,
    /// The whole address, where the site has one.
    pub address: String,
    /// The path of its file below the content folder.
    pub file: String,
    /// The front matter, keys in lower case.
    pub fields: Value,
    /// What the author orders it by; 0 is no weight.
    pub weight: i64,
}

impl Page {
    /// Whether it is the page of a section, or the home page.
    #[must_use]
    pub fn is_section(&self) -> bool {
        self.name().starts_with("_index.")
    }

    fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or_default()
    }

    /// The folder that its file lies in.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The folder that it belongs to: a bundle and a section lie in the one above their own.
    #[must_use]
    pub fn around(&self) -> &str {
        let is_folder = self.is_section() || self.name().starts_with("index.");
        if is_folder { self.folder().rsplit_once('/').map_or("", |(above, _)| above) } else { self.folder() }
    }
}

/// A file that belongs to a page or to the site.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    pub name: String,
    pub relative: String,
    pub address: String,
    /// The file of the page that it belongs to; none for one of the site's `assets`.
    pub page: Option<String>,
}

/// An address in its parts.
#[derive(Debug, Clone, Default)]
pub struct Address {
    pub written: String,
    /// Empty for a relative one.
    pub scheme: String,
    pub host: String,
    pub hostname: String,
    pub path: String,
    pub query: String,
    pub fragment: String,
}

impl Value {
    #[must_use]
    pub fn text(text: impl Into<Arc<str>>) -> Value {
        Value::Text(text.into())
    }

    #[must_use]
    pub fn html(text: impl Into<Arc<str>>) -> Value {
        Value::Html(text.into())
    }

    #[must_use]
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(Arc::new(items))
    }

    #[must_use]
    pub fn map(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
        Value::Map(Arc::new(entries.into_iter().collect()))
    }

    #[must_use]
    pub fn is_unknown(&self) -> bool {
        match self {
            Value::Unknown => true,
            Value::Text(text) | Value::Html(text) => text.contains(UNKNOWN),
            _ => false,
        }
    }

    /// Whether a condition on it holds; none where it is not known.
    #[must_use]
    pub fn truth(&self) -> Option<bool> {
        Some(match self {
            _ if self.is_unknown() => return None,
            Value::Nil | Value::Unknown => false,
            Value::Bool(value) => *value,
            Value::Int(number) => *number != 0,
            Value::Float(number) => *number != 0.0,
            Value::Text(text) | Value::Html(text) => !text.is_empty(),
            Value::List(list) => !list.is_empty(),
            Value::Map(map) => !map.is_empty(),
            _ => true,
        })
    }

    /// It as a string, where it is one or a scalar.
    #[must_use]
    pub fn string(&self) -> Option<Arc<str>> {
        Some(match self {
            Value::Text(text) | Value::Html(text) => text.clone(),
            Value::Bool(value) => value.to_string().into(),
            Value::Int(number) => number.to_string().into(),
            Value::Float(number) => float(*number).into(),
            Value::Nil => "".into(),
            Value::Address(address) => address.written.as_str().into(),
            _ => return None,
        })
    }

    /// It as it is printed: lists and maps in Go's own form; none where nobody prints such a thing.
    #[must_use]
    pub fn printed(&self) -> Option<String> {
        let mut text = String::new();
        self.print_to(&mut text, 0)?;
        Some(text)
    }

    /// A list may hold another many times over, so both depth and length are bounded.
    fn print_to(&self, text: &mut String, depth: usize) -> Option<()> {
        if depth > DEEPEST_PRINTED || text.len() > LONGEST_PRINTED {
            return None;
        }
        match self {
            Value::List(list) => {
                text.push('[');
                for (place, value) in list.iter().enumerate() {
                    text.push_str(if place > 0 { " " } else { "" });
                    value.print_to(text, depth + 1)?;
                }
                text.push(']');
            }
            Value::Map(map) => {
                text.push_str("map[");
                for (place, (key, value)) in map.iter().enumerate() {
                    text.push_str(if place > 0 { " " } else { "" });
                    text.push_str(key);
                    text.push(':');
                    value.print_to(text, depth + 1)?;
                }
                text.push(']');
            }
            value => text.push_str(&value.string()?),
        }
        Some(())
    }

    /// Whether it is plain and shallow enough to be kept: what is kept may become part of what is kept next.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.is_within(DEEPEST_KEPT, &mut 10_000)
    }

    fn is_within(&self, depth: usize, left: &mut usize) -> bool {
        *left = left.saturating_sub(1);
        let holds = |value: &Value, left: &mut usize| depth > 0 && *left > 0 && value.is_within(depth - 1, left);
        match self {
            Value::List(list) => list.iter().all(|value| holds(value, left)),
            Value::Map(map) => map.values().all(|value| holds(value, left)),
            _ => true,
        }
    }

    /// It as a whole number: numbers, and strings that say one.
    #[must_use]
    pub fn int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            Value::Float(number) => Some(*number as i64),
            Value::Bool(value) => Some(i64::from(*value)),
            Value::Nil => Some(0),
            Value::Text(text) | Value::Html(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    #[must_use]
    pub fn float(&self) -> Option<f64> {
        match self {
            Value::Float(number) => Some(*number),
            Value::Text(text) | Value::Html(text) => text.trim().parse().ok(),
            value => value.int().and_then(|number| i32::try_from(number).ok()).map(f64::from),
        }
    }

    /// The items of a list; none where it is no list.
    #[must_use]
    pub fn items(&self) -> Option<Vec<Value>> {
        match self {
            Value::Nil => Some(Vec::new()),
            Value::List(list) => Some(list.to_vec()),
            _ => None,
        }
    }

    /// Whether two values are the same, as `eq` has it; none where they cannot be compared.
    #[must_use]
    pub fn equals(&self, other: &Value) -> Option<bool> {
        Some(match (self, other) {
            (Value::Text(left) | Value::Html(left), Value::Text(right) | Value::Html(right)) => left == right,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Int(left), Value::Int(right)) => left == right,
            (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
                self.float()?.total_cmp(&other.float()?).is_eq()
            }
            (Value::Nil, Value::Nil) => true,
            (Value::Page(left), Value::Page(right)) => left.file == right.file,
            (Value::List(_) | Value::Map(_), Value::List(_) | Value::Map(_)) => self.printed()? == other.printed()?,
            (left, right) if left.is_plain() && right.is_plain() => false,
            _ => return None,
        })
    }

    fn is_plain(&self) -> bool {
        matches!(
            self,
            Value::Nil
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Float(_)
                | Value::Text(_)
                | Value::Html(_)
                | Value::List(_)
                | Value::Map(_)
        )
    }
}

/// A number as Go prints it.
fn float(number: f64) -> String {
    if number != 0.0 && !(1e-5..1e21).contains(&number.abs()) { format!("{number:e}") } else { number.to_string() }
}

impl Frame {
    /// The value of an argument by its name, or by its place.
    #[must_use]
    pub fn get(&self, key: &Value) -> Value {
        let found = match key {
            Value::Int(place) => {
                self.arguments.get(usize::try_from(*place).unwrap_or(usize::MAX)).filter(|(name, _)| name.is_none())
            }
            key => {
                let wanted = key.string().unwrap_or_default();
                self.arguments.iter().rfind(|(name, _)| name.as_deref() == Some(&*wanted))
            }
        };
        found.map_or_else(|| Value::text(""), |(_, value)| value.clone())
    }

    #[must_use]
    pub fn is_named(&self) -> bool {
        self.arguments.iter().any(|(name, _)| name.is_some())
    }

    /// The arguments as a map or a list.
    #[must_use]
    pub fn params(&self) -> Value {
        if self.is_named() {
            let named = self.arguments.iter().filter_map(|(name, value)| Some((name.clone()?, value.clone())));
            return Value::map(named);
        }
        Value::list(self.arguments.iter().map(|(_, value)| value.clone()).collect())
    }
}
