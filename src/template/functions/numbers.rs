//! Arithmetic and comparison.

use super::super::value::Value;

pub fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    let name = name.strip_prefix("math.").or_else(|| name.strip_prefix("compare.")).unwrap_or(name);
    match (name, arguments) {
        ("eq" | "Eq", [first, others @ ..]) if !others.is_empty() => any_equal(first, others).map(Value::Bool),
        ("ne" | "Ne", [first, others @ ..]) if !others.is_empty() => {
            any_equal(first, others).map(|found| Value::Bool(!found))
        }
        ("lt" | "Lt" | "le" | "Le" | "gt" | "Gt" | "ge" | "Ge", [left, right]) => {
            holds(&name.to_lowercase(), left, right).map(Value::Bool)
        }
        ("not", [value]) => Some(Value::Bool(!value.truth()?)),
        ("and" | "or", [value]) => Some(value.clone()),
        ("default" | "Default", [other, value]) => {
            Some(if value.truth()? || is_set(value) { value } else { other }.clone())
        }
        ("default" | "Default", [other]) => Some(other.clone()),
        ("cond" | "Conditional", [condition, yes, no]) => Some(if condition.truth()? { yes } else { no }.clone()),
        ("int" | "cast.ToInt", [value]) => whole(value).map(Value::Int),
        ("float" | "cast.ToFloat", [value]) => value.float().map(Value::Float),
        ("Max" | "Min", [first, others @ ..]) => {
            let pick = if name == "Max" { f64::max } else { f64::min };
            others.iter().try_fold(first.float()?, |best, other| Some(pick(best, other.float()?))).map(Value::Float)
        }
        ("Ceil", [value]) => value.float().map(|number| Value::Float(number.ceil())),
        ("Floor", [value]) => value.float().map(|number| Value::Float(number.floor())),
        ("Round", [value]) => value.float().map(|number| Value::Float(number.round())),
        ("Sqrt", [value]) => value.float().map(|number| Value::Float(number.sqrt())),
        ("Abs", [value]) => value.float().map(|number| Value::Float(number.abs())),
        ("Pow" | "pow", [base, exponent]) => Some(Value::Float(base.float()?.powf(exponent.float()?))),
        ("mod" | "Mod", [left, right]) => left.int()?.checked_rem(right.int()?).map(Value::Int),
        ("modBool" | "ModBool", [left, right]) => {
            left.int()?.checked_rem(right.int()?).map(|rest| Value::Bool(rest == 0))
        }
        ("add" | "Add" | "sub" | "Sub" | "mul" | "Mul" | "div" | "Div", [first, others @ ..]) if !others.is_empty() => {
            let operation = name.to_lowercase();
            others.iter().try_fold(first.clone(), |sum, other| calculated(&operation, &sum, other))
        }
        _ => None,
    }
}

/// Whether an order by name (`lt`, `le`, `gt`, `ge`) holds between two values.
#[must_use]
pub fn holds(name: &str, left: &Value, right: &Value) -> Option<bool> {
    let order = compared(left, right)?;
    Some(match name {
        "lt" => order.is_lt(),
        "le" => order.is_le(),
        "gt" => order.is_gt(),
        _ => order.is_ge(),
    })
}

/// The order of two numbers, or of two versions such as `0.144.0`.
fn compared(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    if let (Value::Date(left), Value::Date(right)) = (left, right) {
        return Some(left.seconds().cmp(&right.seconds()));
    }
    if let (Some(left), Some(right)) = (left.float(), right.float()) {
        return left.partial_cmp(&right);
    }
    let version = |value: &Value| -> Option<[u32; 3]> {
        let text = value.string()?;
        let mut parts = text.trim_start_matches('v').split('.').map(str::parse);
        let mut part = || parts.next().unwrap_or(Ok(0)).ok();
        Some([part()?, part()?, part()?])
    };
    Some(version(left)?.cmp(&version(right)?))
}

/// Whether a value counts as given, though it is false or nothing: `default` keeps a `false`.
fn is_set(value: &Value) -> bool {
    matches!(value, Value::Bool(_))
}

fn any_equal(first: &Value, others: &[Value]) -> Option<bool> {
    let mut found = false;
    for other in others {
        found |= first.equals(other)?;
    }
    Some(found)
}

/// A whole number; Go takes a leading zero for octal, which nobody means.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Text(text) | Value::Html(text) if text.len() > 1 && text.starts_with('0') => None,
        value => value.int(),
    }
}

fn calculated(operation: &str, left: &Value, right: &Value) -> Option<Value> {
    if let (Value::Int(left), Value::Int(right)) = (left, right) {
        let result = match operation {
            "add" => left.checked_add(*right),
            "sub" => left.checked_sub(*right),
            "mul" => left.checked_mul(*right),
            _ => left.checked_div(*right),
        };
        return result.map(Value::Int);
    }
    if let (Value::Text(left), Value::Text(right), "add") = (left, right, operation) {
        return Some(Value::text(format!("{left}{right}")));
    }
    let (left, right) = (left.float()?, right.float()?);
    Some(Value::Float(match operation {
        "add" => left + right,
        "sub" => left - right,
        "mul" => left * right,
        _ => left / right,
    }))
}

/// What `.Scratch.Add` makes of two values.
#[must_use]
pub fn sum_of(left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (Value::List(list), right) => {
            let mut list = list.to_vec();
            match right {
                Value::List(more) => list.extend(more.iter().cloned()),
                one => list.push(one.clone()),
            }
            Some(Value::list(list))
        }
        (left, right) => calculated("add", left, right),
    }
}
