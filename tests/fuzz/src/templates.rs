//! A template of a site, and a post that calls it, itself and Hugo's own shortcodes: two texts, parted by the first zero byte.

use std::sync::Arc;

use super::check_document;

use kiji::document::markdown;
use kiji::template::{Escaping, Host, Page, Resource, Template, Value};
use kiji::text::markup::MarkupSettings;

/// A site whose every template is the same.
struct Site {
    html: Option<Arc<Template>>,
}

impl Host for Site {
    fn shortcode(&self, name: &str) -> Option<Arc<Template>> {
        self.html.clone().filter(|_| name.len() < 4)
    }
    fn partial(&self, _: &str) -> Option<Arc<Template>> {
        self.html.clone()
    }
    fn page(&self) -> Arc<Page> {
        Arc::default()
    }
    fn find_page(&self, path: &str) -> Option<Arc<Page>> {
        (!path.is_empty()).then(Arc::default)
    }
    fn resources(&self, _: &Page) -> Vec<Resource> {
        Vec::new()
    }
    fn asset(&self, _: &str) -> Option<Resource> {
        None
    }
    fn file(&self, _: &str) -> Option<String> {
        None
    }

    fn content(&self, _: &Resource) -> Option<String> {
        None
    }
    fn raw(&self, _: &Page) -> Option<String> {
        Some("a {{< x >}}".to_owned())
    }
    fn pages(&self) -> Option<Arc<Vec<Arc<Page>>>> {
        Some(Arc::new(vec![Arc::default(); 3]))
    }
    fn parsed(&self, text: &str) -> Option<Value> {
        (!text.is_empty()).then(|| Value::list(vec![Value::Int(1), Value::text(text)]))
    }
    fn written(&self, _: &Value, format: &str) -> Option<String> {
        (format == "json").then(|| "[1]".to_owned())
    }
    fn site(&self, name: &str) -> Value {
        if name == "params" { Value::map([("a".to_owned(), Value::text("b"))]) } else { Value::Nil }
    }
}

pub fn check(text: &str) {
    let (template, post) = text.split_once('\0').unwrap_or((text, "{{< x 1 \"b\" >}}a{{< x c=`d` />}}{{< /x >}}"));
    for escaping in [Escaping::Html, Escaping::None] {
        let site = Site { html: Template::read(template, escaping).map(Arc::new) };
        check_document(&markdown::read_with(post, MarkupSettings::default(), Some(&site)), 60);
    }
}
