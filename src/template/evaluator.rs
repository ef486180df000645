//! A template and a call to text. It goes over the tree, within bounds.

use std::sync::Arc;

use super::parser::{Base, Binding, Branches, Command, Node, Operand, Pipeline};
use super::placeholder::UNKNOWN;
use super::state::{Budget, OWN_STORE, PAGE_STORE, PARENT_STORE, State, Stop, Store};
use super::value::{Frame, Value};
use super::{Escaping, Host, Output, Template, functions, methods, pages};

/// How deep templates may use templates.
const DEEPEST: usize = 16;

/// How many nodes and pipelines may be open at once.
const DEEPEST_LEVEL: usize = 250;

/// The longest text that one value may be, in bytes.
const LONGEST_VALUE: usize = 1024 * 1024;

/// Runs the template of a call. Placeholders in what it makes are numbered from `first`.
pub fn run(
    template: &Arc<Template>,
    frame: Arc<Frame>,
    stores: Stores,
    host: &dyn Host,
    budget: &mut Budget,
    first: usize,
) -> Option<Output> {
    let context = Value::Call(frame.clone());
    let mut state = State::new(host, frame, budget, first);
    state.stores.insert(OWN_STORE.into(), stores.own);
    state.stores.insert(PARENT_STORE.into(), stores.parent);
    state.stores.insert(PAGE_STORE.into(), stores.page);
    let mut run = Run {
        state,
        output: String::new(),
        template: template.clone(),
        dot: context.clone(),
        variables: vec![(String::new(), context)],
        depth: 0,
        level: 0,
    };
    run.nodes(&template.tree.nodes).ok()?;
    let mut stored = |name| run.state.stores.remove(name).unwrap_or_default();
    let (told, page) = (stored(PARENT_STORE), stored(PAGE_STORE));
    Some(Output { text: run.output, made: run.state.made, told, page })
}

/// What is stored before a template runs.
#[derive(Debug, Default)]
pub struct Stores {
    /// What the calls inside told this one.
    pub own: Store,
    /// What the calls before this one told the one around them.
    pub parent: Store,
    /// What the calls before this one stored in the page.
    pub page: Store,
}

/// A template that is running.
struct Run<'a> {
    state: State<'a>,
    output: String,
    template: Arc<Template>,
    dot: Value,
    /// The variables in sight, the innermost last; `$` has no name.
    variables: Vec<(String, Value)>,
    depth: usize,
    level: usize,
}

/// How a list of nodes ended.
enum Flow {
    On,
    Break,
    Continue,
    Return(Value),
}

impl Run<'_> {
    /// Nodes in a scope of their own.
    fn scope(&mut self, nodes: &[Node]) -> Result<Flow, Stop> {
        let variables = self.variables.len();
        let flow = self.nodes(nodes);
        self.variables.truncate(variables);
        flow
    }

    fn nodes(&mut self, nodes: &[Node]) -> Result<Flow, Stop> {
        self.go_deeper()?;
        let mut flow = Flow::On;
        for node in nodes {
            flow = self.node(node)?;
            if !matches!(flow, Flow::On) {
                break;
            }
        }
        self.level -= 1;
        Ok(flow)
    }

    /// Counts what is open, in this template and in those around it, so that the stack holds.
    fn go_deeper(&mut self) -> Result<(), Stop> {
        self.level += 1;
        if self.level > DEEPEST_LEVEL { Err(Stop) } else { Ok(()) }
    }

    fn node(&mut self, node: &Node) -> Result<Flow, Stop> {
        self.state.spend(1, 0)?;
        match node {
            Node::Words(words) => {
                self.state.spend(0, words.len())?;
                self.output.push_str(words);
            }
            Node::Print(pipeline) => {
                let value = self.pipeline(pipeline)?;
                if pipeline.binding == Binding::None {
                    self.print(&value)?;
                }
            }
            Node::If(branches) => {
                let variables = self.variables.len();
                let holds = self.pipeline(&branches.pipeline)?.truth().ok_or(Stop)?;
                let flow = self.scope(if holds { &branches.then } else { &branches.otherwise });
                self.variables.truncate(variables);
                return flow;
            }
            Node::With(branches) => return self.with(branches),
            Node::Range(branches) => return self.range(branches),
            Node::Template { name, context } => {
                let context = self.pipeline(context)?;
                let template = self.template.clone();
                let (_, nodes) = template.tree.defined.iter().find(|(defined, _)| defined == name).ok_or(Stop)?;
                self.inside(nodes, template.clone(), context)?;
            }
            Node::Return(pipeline) => return Ok(Flow::Return(self.pipeline(pipeline)?)),
            Node::Break => return Ok(Flow::Break),
            Node::Continue => return Ok(Flow::Continue),
        }
        Ok(Flow::On)
    }

    fn with(&mut self, branches: &Branches) -> Result<Flow, Stop> {
        let variables = self.variables.len();
        let value = self.pipeline(&branches.pipeline)?;
        let flow = if value.truth().ok_or(Stop)? {
            let outer = std::mem::replace(&mut self.dot, value);
            let flow = self.scope(&branches.then);
            self.dot = outer;
            flow
        } else {
            self.scope(&branches.otherwise)
        };
        self.variables.truncate(variables);
        flow
    }

    fn range(&mut self, branches: &Branches) -> Result<Flow, Stop> {
        let pipeline = Pipeline { variables: Vec::new(), binding: Binding::None, ..branches.pipeline.clone() };
        let entries = entries(&self.pipeline(&pipeline)?, self.state.host).ok_or(Stop)?;
        if entries.is_empty() {
            return self.scope(&branches.otherwise);
        }
        let outer = self.dot.clone();
        let mut flow = Flow::On;
        for (key, value) in entries {
            let variables = self.variables.len();
            match &branches.pipeline.variables[..] {
                [one] => self.bind(branches.pipeline.binding, one, value.clone())?,
                [first, second] => {
                    self.bind(branches.pipeline.binding, first, key)?;
                    self.bind(branches.pipeline.binding, second, value.clone())?;
                }
                _ => {}
            }
            self.dot = value;
            self.state.spend(1, 0)?;
            let ended = self.nodes(&branches.then)?;
            self.variables.truncate(variables);
            match ended {
                Flow::On | Flow::Continue => {}
                Flow::Break => break,
                Flow::Return(value) => {
                    flow = Flow::Return(value);
                    break;
                }
            }
        }
        self.dot = outer;
        Ok(flow)
    }

    /// Other nodes with a context of their own; what they give back, if they do.
    fn inside(&mut self, nodes: &[Node], template: Arc<Template>, context: Value) -> Result<Option<Value>, Stop> {
        if self.depth >= DEEPEST {
            return Err(Stop);
        }
        self.depth += 1;
        let dot = std::mem::replace(&mut self.dot, context.clone());
        let variables = std::mem::replace(&mut self.variables, vec![(String::new(), context)]);
        let outer = std::mem::replace(&mut self.template, template);
        let flow = self.nodes(nodes)?;
        (self.dot, self.variables, self.template) = (dot, variables, outer);
        self.depth -= 1;
        Ok(if let Flow::Return(value) = flow { Some(value) } else { None })
    }

    /// A partial: what it returns, or else what it prints.
    fn partial(&mut self, path: &str, context: Value) -> Result<Value, Stop> {
        let names = [format!("_partials/{path}"), format!("partials/{path}")];
        let inline = |(name, _): &&(String, Vec<Node>)| {
            names.iter().any(|known| name.trim_end_matches(".html") == known.trim_end_matches(".html"))
        };
        let (own, outer) = (self.template.clone(), std::mem::take(&mut self.output));
        let returned = if let Some((_, nodes)) = own.tree.defined.iter().find(inline) {
            self.inside(nodes, own.clone(), context)?
        } else if let Some(template) = self.state.host.partial(path) {
            self.inside(&template.tree.nodes, template.clone(), context)?
        } else {
            self.output = outer;
            return Ok(Value::Unknown);
        };
        let printed = std::mem::replace(&mut self.output, outer);
        Ok(returned.unwrap_or_else(|| Value::html(printed)))
    }

    fn print(&mut self, value: &Value) -> Result<(), Stop> {
        let text = match value {
            Value::Html(text) => text.to_string(),
            value if value.is_unknown() => UNKNOWN.to_string(),
            value => match (value.printed(), self.template.escaping) {
                (Some(text), Escaping::None) => text,
                (Some(text), Escaping::Html) => functions::escaped(&text, self.output.ends_with('=')),
                (None, _) => UNKNOWN.to_string(),
            },
        };
        self.state.spend(0, text.len())?;
        self.output.push_str(&text);
        Ok(())
    }

    fn bind(&mut self, binding: Binding, name: &str, value: Value) -> Result<(), Stop> {
        if binding == Binding::Assign {
            let known = self.variables.iter_mut().rev().find(|(known, _)| known == name).ok_or(Stop)?;
            known.1 = value;
        } else {
            self.variables.push((name.to_owned(), value));
        }
        Ok(())
    }

    fn pipeline(&mut self, pipeline: &Pipeline) -> Result<Value, Stop> {
        self.go_deeper()?;
        let mut value = None;
        for command in &pipeline.commands {
            value = Some(self.command(command, value)?);
        }
        self.level -= 1;
        let value = value.unwrap_or_default();
        if let [.., name] = &pipeline.variables[..] {
            self.bind(pipeline.binding, name, value.clone())?;
        }
        Ok(value)
    }

    fn command(&mut self, command: &Command, piped: Option<Value>) -> Result<Value, Stop> {
        self.state.spend(1, 0)?;
        if let Base::Name(name) = &command.head.base
            && command.head.fields.is_empty()
            && matches!(name.as_str(), "and" | "or")
        {
            return self.first_that(name == "or", command, piped);
        }
        let mut arguments = Vec::with_capacity(command.arguments.len() + 1);
        for argument in &command.arguments {
            arguments.push(self.operand(argument, &[])?);
        }
        arguments.extend(piped);
        let value = self.operand(&command.head, &arguments)?;
        if let Value::Text(text) | Value::Html(text) = &value
            && text.len() > 256
        {
            self.state.spend(text.len() / 64, 0)?;
            if text.len() > LONGEST_VALUE {
                return Err(Stop);
            }
        }
        Ok(value)
    }

    /// `and` and `or`: the first value that decides, and nothing after it is asked.
    fn first_that(&mut self, decides: bool, command: &Command, piped: Option<Value>) -> Result<Value, Stop> {
        let mut last = Value::Nil;
        for argument in &command.arguments {
            last = self.operand(argument, &[])?;
            match last.truth() {
                None => return Ok(Value::Unknown),
                Some(truth) if truth == decides => return Ok(last),
                Some(_) => {}
            }
        }
        Ok(piped.unwrap_or(last))
    }

    /// A value, and the fields that lead on from it; the arguments are those of the last one.
    fn operand(&mut self, operand: &Operand, arguments: &[Value]) -> Result<Value, Stop> {
        let fields = &operand.fields[..];
        let (value, fields) = match &operand.base {
            Base::Name(name) => return self.named(name, fields, arguments),
            Base::Dot => (self.dot.clone(), fields),
            Base::Variable(name) => {
                let known = self.variables.iter().rev().find(|(known, _)| known == name).ok_or(Stop)?;
                (known.1.clone(), fields)
            }
            Base::Group(pipeline) => (self.pipeline(pipeline)?, fields),
            Base::Nil => (Value::Nil, fields),
            Base::Bool(value) => (Value::Bool(*value), fields),
            Base::Int(number) => (Value::Int(*number), fields),
            Base::Float(number) => (Value::Float(*number), fields),
            Base::Text(text) => (Value::text(text.as_str()), fields),
        };
        self.chain(value, fields, arguments)
    }

    fn chain(&mut self, mut value: Value, fields: &[String], arguments: &[Value]) -> Result<Value, Stop> {
        let Some((last, before)) = fields.split_last() else {
            // Arguments to what takes none.
            return Ok(if arguments.is_empty() { value } else { Value::Unknown });
        };
        for field in before {
            value = methods::field(&mut self.state, &value, field, &[])?;
        }
        methods::field(&mut self.state, &value, last, arguments)
    }

    /// A function by its name, or what a name such as `site` stands for.
    fn named(&mut self, name: &str, fields: &[String], arguments: &[Value]) -> Result<Value, Stop> {
        let object = match name {
            "site" => Some(Value::Site),
            "page" => Some(Value::Page(self.state.host.page())),
            _ => None,
        };
        if let Some(object) = object {
            return self.chain(object, fields, arguments);
        }
        let (function, rest) = match fields {
            [] => (name.to_owned(), fields),
            [first, rest @ ..] => (format!("{name}.{first}"), rest),
        };
        if let ("partial" | "partialCached" | "partials.Include" | "partials.IncludeCached", [path, rest @ ..]) =
            (function.as_str(), arguments)
        {
            let path = path.string().ok_or(Stop)?;
            return self.partial(&path, rest.first().cloned().unwrap_or_default());
        }
        if rest.is_empty() {
            if let Some(value) = pages::call(&mut self.state, &function, arguments, methods::field)? {
                return Ok(value);
            }
            return functions::call(&mut self.state, &function, arguments);
        }
        let value = functions::call(&mut self.state, &function, &[])?;
        self.chain(value, rest, arguments)
    }
}

/// What `range` goes over: keys or places, and values.
fn entries(value: &Value, host: &dyn Host) -> Option<Vec<(Value, Value)>> {
    let numbered = |list: &mut dyn Iterator<Item = Value>| {
        list.enumerate().map(|(place, value)| (Value::Int(place as i64), value)).collect()
    };
    Some(match value {
        Value::Nil => Vec::new(),
        Value::List(list) => numbered(&mut list.iter().cloned()),
        Value::Resources(page) => {
            numbered(&mut host.resources(page).into_iter().map(|resource| Value::Resource(Arc::new(resource))))
        }
        Value::Map(map) => map.iter().map(|(key, value)| (Value::text(key.as_str()), value.clone())).collect(),
        Value::Int(count) => numbered(&mut (0..(*count).clamp(0, 100_000)).map(Value::Int)),
        _ => return None,
    })
}
