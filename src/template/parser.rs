//! Tokens to a tree: Go's template language as Hugo's templates write it.

use super::lexer::{Spaced, Token, tokens};

/// How deep actions and parentheses may nest.
const DEEPEST: usize = 100;

/// One node of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Words(String),
    /// A pipeline whose value is printed, or given to variables.
    Print(Pipeline),
    If(Branches),
    With(Branches),
    Range(Branches),
    Template {
        name: String,
        context: Pipeline,
    },
    Return(Pipeline),
    Break,
    Continue,
}

/// A condition, and what is done when it holds and when not.
#[derive(Debug, Clone, PartialEq)]
pub struct Branches {
    pub pipeline: Pipeline,
    pub then: Vec<Node>,
    pub otherwise: Vec<Node>,
}

/// What a pipeline does with its value beyond handing it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    None,
    Declare,
    Assign,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    pub variables: Vec<String>,
    pub binding: Binding,
    pub commands: Vec<Command>,
}

/// A function, method or value, and its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    pub head: Operand,
    pub arguments: Vec<Operand>,
}

/// A value, and the fields that lead on from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Operand {
    pub base: Base,
    pub fields: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Base {
    Dot,
    Variable(String),
    /// A function, or a namespace such as `strings`.
    Name(String),
    Nil,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Group(Box<Pipeline>),
}

/// A template with the templates that are defined in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub defined: Vec<(String, Vec<Node>)>,
}

/// The tree of a source, or nothing when it is not one that is understood.
pub fn parse(source: &str) -> Option<Tree> {
    let mut parser = Parser { tokens: tokens(source)?, at: 0, defined: Vec::new(), depth: 0 };
    let (nodes, end) = parser.nodes()?;
    matches!(end, Ended::AtSource).then_some(Tree { nodes, defined: parser.defined })
}

struct Parser {
    tokens: Vec<Spaced>,
    at: usize,
    defined: Vec<(String, Vec<Node>)>,
    depth: usize,
}

/// What ended a list of nodes.
enum Ended {
    AtSource,
    ByEnd,
    ByElse,
}

impl Parser {
    fn next(&mut self) -> Option<Token> {
        let token = self.ahead(0).cloned();
        self.at += 1;
        token
    }

    fn ahead(&self, count: usize) -> Option<&Token> {
        self.tokens.get(self.at + count).map(|spaced| &spaced.token)
    }

    fn take(&mut self, expected: &Token) -> bool {
        let found = self.ahead(0) == Some(expected);
        self.at += usize::from(found);
        found
    }

    fn must(&mut self, expected: &Token) -> Option<()> {
        self.take(expected).then_some(())
    }

    fn nodes(&mut self) -> Option<(Vec<Node>, Ended)> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut nodes = Vec::new();
        let end = loop {
            match self.next() {
                None => break Ended::AtSource,
                Some(Token::Words(words)) => nodes.push(Node::Words(words)),
                Some(_) => match self.keyword() {
                    Some(name) if name == "end" => {
                        self.must(&Token::Close)?;
                        break Ended::ByEnd;
                    }
                    Some(name) if name == "else" => break Ended::ByElse,
                    Some(name) => self.action(&name, &mut nodes)?,
                    None if self.take(&Token::Close) => {}
                    None => nodes.push(Node::Print(self.pipeline(&Token::Close)?)),
                },
            }
        };
        self.depth -= 1;
        Some((nodes, end))
    }

    /// The keyword that an action starts with.
    fn keyword(&mut self) -> Option<String> {
        const KEYWORDS: [&str; 11] =
            ["if", "with", "range", "else", "end", "define", "block", "template", "return", "break", "continue"];
        let Some(Token::Name(name)) = self.ahead(0) else { return None };
        let name = name.clone();
        let is_keyword = KEYWORDS.contains(&name.as_str());
        self.at += usize::from(is_keyword);
        is_keyword.then_some(name)
    }

    fn action(&mut self, keyword: &str, nodes: &mut Vec<Node>) -> Option<()> {
        let node = match keyword {
            "if" => Node::If(self.branches()?),
            "with" => Node::With(self.branches()?),
            "range" => Node::Range(self.branches()?),
            "define" | "block" => {
                let Some(Token::Text(name)) = self.next() else { return None };
                let context = self.context()?;
                let (defined, Ended::ByEnd) = self.nodes()? else { return None };
                self.defined.push((name.clone(), defined));
                if keyword == "define" {
                    return Some(());
                }
                Node::Template { name, context }
            }
            "template" => {
                let Some(Token::Text(name)) = self.next() else { return None };
                Node::Template { name, context: self.context()? }
            }
            "return" => Node::Return(self.context()?),
            "break" => {
                self.must(&Token::Close)?;
                Node::Break
            }
            "continue" => {
                self.must(&Token::Close)?;
                Node::Continue
            }
            _ => return None,
        };
        nodes.push(node);
        Some(())
    }

    /// The pipeline up to the end of an action; without one it is that of nothing.
    fn context(&mut self) -> Option<Pipeline> {
        if self.take(&Token::Close) {
            let head = Operand { base: Base::Nil, fields: Vec::new() };
            let commands = vec![Command { head, arguments: Vec::new() }];
            return Some(Pipeline { variables: Vec::new(), binding: Binding::None, commands });
        }
        self.pipeline(&Token::Close)
    }

    fn branches(&mut self) -> Option<Branches> {
        let pipeline = self.pipeline(&Token::Close)?;
        let (then, end) = self.nodes()?;
        let otherwise = match end {
            Ended::ByEnd => Vec::new(),
            Ended::ByElse => self.otherwise()?,
            Ended::AtSource => return None,
        };
        Some(Branches { pipeline, then, otherwise })
    }

    /// What follows `else`: nodes, or another condition, which needs no end of its own.
    fn otherwise(&mut self) -> Option<Vec<Node>> {
        if self.take(&Token::Close) {
            let (nodes, Ended::ByEnd) = self.nodes()? else { return None };
            return Some(nodes);
        }
        // A long chain of conditions nests as deep as it is long.
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let node = match self.next()? {
            Token::Name(name) if name == "if" => Node::If(self.branches()?),
            Token::Name(name) if name == "with" => Node::With(self.branches()?),
            _ => return None,
        };
        self.depth -= 1;
        Some(vec![node])
    }

    /// Reads a pipeline and the token that ends it.
    fn pipeline(&mut self, end: &Token) -> Option<Pipeline> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let (variables, binding) = self.binding()?;
        let mut commands = vec![self.command()?];
        while self.take(&Token::Pipe) {
            commands.push(self.command()?);
        }
        self.must(end)?;
        self.depth -= 1;
        Some(Pipeline { variables, binding, commands })
    }

    /// `$x :=`, `$x =`, `$x, $y :=`.
    fn binding(&mut self) -> Option<(Vec<String>, Binding)> {
        let Some(Token::Variable(first)) = self.ahead(0) else { return Some((Vec::new(), Binding::None)) };
        let mut variables = vec![first.clone()];
        if self.ahead(1) == Some(&Token::Comma) {
            let Some(Token::Variable(second)) = self.ahead(2) else { return None };
            variables.push(second.clone());
        }
        let length = variables.len() * 2;
        let binding = match self.ahead(length - 1)? {
            Token::Declare => Binding::Declare,
            Token::Assign => Binding::Assign,
            _ => return Some((Vec::new(), Binding::None)),
        };
        self.at += length;
        Some((variables, binding))
    }

    fn command(&mut self) -> Option<Command> {
        let head = self.operand()?;
        let mut arguments = Vec::new();
        while !matches!(self.ahead(0)?, Token::Pipe | Token::Close | Token::Right) {
            arguments.push(self.operand()?);
        }
        Some(Command { head, arguments })
    }

    fn operand(&mut self) -> Option<Operand> {
        let mut fields = Vec::new();
        let base = match self.next()? {
            Token::Dot => Base::Dot,
            Token::Field(name) => {
                fields.push(name);
                Base::Dot
            }
            Token::Variable(name) => Base::Variable(name),
            Token::Name(name) => match name.as_str() {
                "true" => Base::Bool(true),
                "false" => Base::Bool(false),
                "nil" => Base::Nil,
                _ => Base::Name(name),
            },
            Token::Text(text) => Base::Text(text),
            Token::Int(number) => Base::Int(number),
            Token::Float(number) => Base::Float(number),
            Token::Left => Base::Group(Box::new(self.pipeline(&Token::Right)?)),
            _ => return None,
        };
        while let Some(Spaced { token: Token::Field(name), is_spaced: false }) = self.tokens.get(self.at) {
            fields.push(name.clone());
            self.at += 1;
        }
        Some(Operand { base, fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_no_tree() {
        for source in [
            "{{ if }}x{{ end }}",
            "{{ if .a }}x",
            "{{ end }}",
            "{{ else }}",
            "{{ if .a }}x{{ else }}y{{ else }}z{{ end }}",
            "{{ f (g }}",
            "{{ $a, .b := f }}",
            "{{ template .x }}",
            "{{ a || b }}",
        ] {
            assert_eq!(parse(source), None, "{source}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |count: usize| format!("{}x{}", "{{ if .a }}".repeat(count), "{{ end }}".repeat(count));
        assert!(parse(&nested(40)).is_some());
        assert_eq!(parse(&nested(5_000)), None);
        assert_eq!(parse(&format!("{{{{ {}1{} }}}}", "(".repeat(5_000), ")".repeat(5_000))), None);
        assert_eq!(parse(&format!("{{{{ if .a }}}}{}{{{{ end }}}}", "{{ else if .b }}".repeat(5_000))), None);
    }
}
