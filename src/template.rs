//! A site's own templates: the part of Go's template language, and of Hugo's functions, that shortcodes are written in.
//!
//! A template is data, and so is what it makes. It reads nothing but what its [`Host`] hands it, it has so many steps and may make so
//! many bytes, and where it asks for what is not known here it is given up: its caller then shows the call in another way.

mod date;
mod evaluator;
mod functions;
mod lexer;
mod methods;
mod pages;
mod parser;
pub mod placeholder;
mod state;
mod value;

use std::sync::Arc;

pub use date::Moment;
pub use evaluator::{Stores, run};
pub use pages::in_order;
use parser::Tree;
pub use state::{Budget, Store};
pub use value::{Frame, Page, Resource, Value};

/// The longest template that is read, in bytes; real ones are a hundred times shorter.
pub const LONGEST: usize = 256 * 1024;

/// A template, read.
#[derive(Debug, Default)]
pub struct Template {
    tree: Tree,
    escaping: Escaping,
    /// Whether it stores something in the call around its own.
    pub tells_parent: bool,
}

/// Whether what a template prints is made safe for HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Escaping {
    #[default]
    Html,
    None,
}

impl Template {
    /// Reads a template; none where it is not one that is understood.
    #[must_use]
    pub fn read(source: &str, escaping: Escaping) -> Option<Template> {
        if source.len() > LONGEST {
            return None;
        }
        let tree = parser::parse(&placeholder::without_forgeries(source))?;
        let tells_parent = source.contains(".Parent") && (source.contains(".Scratch") || source.contains(".Store"));
        Some(Template { tree, escaping, tells_parent })
    }
}

/// The template of a shortcode that is part of Hugo itself, and has no meaning of its own here.
#[must_use]
pub fn built_in(name: &str) -> Option<Arc<Template>> {
    let source = match name {
        "param" => "{{ with .Page.Param (.Get 0) }}{{ . }}{{ else }}{{ errorf \"none\" }}{{ end }}",
        _ => return None,
    };
    Template::read(source, Escaping::Html).map(Arc::new)
}

/// What a template may ask of its site. Whatever is not there is none.
pub trait Host {
    /// The template of a shortcode.
    fn shortcode(&self, name: &str) -> Option<Arc<Template>>;
    /// A partial template, by its path.
    fn partial(&self, path: &str) -> Option<Arc<Template>>;
    /// The page that is read.
    fn page(&self) -> Arc<Page>;
    /// Another page, by its path below the content folder, or below the page that asks.
    fn find_page(&self, path: &str) -> Option<Arc<Page>>;
    /// The files that belong to a page.
    fn resources(&self, page: &Page) -> Vec<Resource>;
    /// A file of the site's `assets`.
    fn asset(&self, path: &str) -> Option<Resource>;
    /// The words in a file of the site, by its path below the site's root.
    fn file(&self, path: &str) -> Option<String>;
    /// The words in a file that belongs to a page or to the site.
    fn content(&self, resource: &Resource) -> Option<String>;
    /// The body of a page as it is written.
    fn raw(&self, page: &Page) -> Option<String>;
    /// The public pages of the site in the language of the page that is read, in Hugo's own order; none where there are too many.
    fn pages(&self) -> Option<Arc<Vec<Arc<Page>>>>;
    /// What a text in a format for data says: JSON, TOML or YAML.
    fn parsed(&self, text: &str) -> Option<Value>;
    /// A value in a format for data.
    fn written(&self, value: &Value, format: &str) -> Option<String>;
    /// A text in one format for data in another, with what a value cannot hold.
    fn rewritten(&self, text: &str, format: &str) -> Option<String> {
        self.written(&self.parsed(text)?, format)
    }
    /// A setting of the site by its name in lower case: `title`, `baseurl`, `params`; and `data`, its data files by name.
    fn site(&self, name: &str) -> Value;
}

/// What a template made.
#[derive(Debug, Default)]
pub struct Output {
    /// HTML, or Markdown, with placeholders for what was made beside it and perhaps marks of what is not known.
    pub text: String,
    /// What the placeholders stand for, numbered from the count that was given.
    pub made: Vec<Made>,
    /// What the call around it knows now.
    pub told: Store,
    /// What the page knows now.
    pub page: Store,
}

/// Something in the output of a template that is read by other rules than the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    Markdown(String),
    /// The source of another page: its calls are done, and what comes of it is part of the text.
    Source(String),
    /// The path of a page, as `ref` takes it.
    Reference(String),
}

#[cfg(test)]
mod tests;
