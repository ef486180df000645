//! Dates from text, and as text.

use super::super::date::Moment;
use super::super::value::Value;

/// The functions of dates; none for what is not one of them, or no date.
pub fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    let moment = |value: &Value| match value {
        Value::Date(moment) => Some(*moment),
        Value::Int(seconds) => Moment::of_seconds(*seconds),
        value => Moment::parse(&value.string()?),
    };
    match (name, arguments) {
        ("time" | "time.AsTime", [value]) => moment(value).map(Value::Date),
        ("dateFormat" | "time.Format", [layout, value]) => {
            moment(value)?.format(&self::layout(layout)?).map(Value::text)
        }
        _ => None,
    }
}

/// A layout of Go's. Those that have a name (`:date_long`) are in the language of the site, and not known.
pub(super) fn layout(value: &Value) -> Option<String> {
    value.string().map(|layout| layout.to_string()).filter(|layout| !layout.starts_with(':'))
}
