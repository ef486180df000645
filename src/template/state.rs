//! What a running template works on beside its own variables: the site, what it has stored and made, and what is left to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::placeholder;
use super::value::{Frame, Value};
use super::{Host, Made};

/// How many lists and maps one call may put together.
const MOST_BUILT: usize = 1_000;

/// What all the templates of one post may take together.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    pub steps: usize,
    pub bytes: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { steps: 1_000_000, bytes: 8 * 1024 * 1024 }
    }
}

/// What calls keep, by key.
pub type Store = BTreeMap<String, Value>;

/// The stores of the call itself, of the call around it, and of the page that all of them are in.
pub const OWN_STORE: &str = "own";
pub const PARENT_STORE: &str = "parent";
pub const PAGE_STORE: &str = "page";

/// The end of a template that asks for what is not known, or goes on too long.
#[derive(Debug)]
pub struct Stop;

/// The state of a template that is running.
pub struct State<'a> {
    pub host: &'a dyn Host,
    pub frame: Arc<Frame>,
    /// What `.Scratch` and `newScratch` hold, by the name of the store.
    pub stores: BTreeMap<Arc<str>, Store>,
    pub made: Vec<Made>,
    budget: &'a mut Budget,
    /// The number of the first placeholder.
    first: usize,
    built: usize,
}

impl<'a> State<'a> {
    pub fn new(host: &'a dyn Host, frame: Arc<Frame>, budget: &'a mut Budget, first: usize) -> State<'a> {
        State { host, frame, stores: BTreeMap::new(), made: Vec::new(), budget, first, built: 0 }
    }

    /// Takes from what is left to the post.
    pub fn spend(&mut self, steps: usize, bytes: usize) -> Result<(), Stop> {
        self.budget.steps = self.budget.steps.checked_sub(steps).ok_or(Stop)?;
        self.budget.bytes = self.budget.bytes.checked_sub(bytes).ok_or(Stop)?;
        Ok(())
    }

    /// Counts a list or map that is put together. Each may hold the one before, so that their number bounds how deep they nest.
    pub fn build(&mut self, value: Value) -> Result<Value, Stop> {
        self.built += 1;
        let length = match &value {
            Value::List(list) => list.len(),
            Value::Map(map) => map.len(),
            _ => 1,
        };
        self.spend(length / 8, 0)?;
        if self.built > MOST_BUILT { Err(Stop) } else { Ok(value) }
    }

    /// How many there are so far.
    #[must_use]
    pub fn built(&self) -> usize {
        self.built
    }

    /// A placeholder for what other rules than those of HTML read.
    pub fn make(&mut self, made: Made) -> Result<Value, Stop> {
        if let Made::Markdown(text) | Made::Source(text) = &made {
            self.spend(1, text.len())?;
        }
        self.made.push(made);
        Ok(Value::html(placeholder::placeholder(self.first + self.made.len() - 1)))
    }
}
