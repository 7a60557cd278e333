//! What is wrong with how a source says that it is read, found without fetching anything.

use url::Url;

use super::feed::FeedError;
use super::shape::Shape;
use super::{Gatherer, listing};
use crate::model::source::{Parts, Source, SourceRequest};

/// A mistake, and the key of the source that it is in: `url`, `parts.title`, `request`, `text_selector`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The key.
    pub key: String,
    /// What is wrong, in one line.
    pub told: String,
}

impl Mistake {
    fn new(key: impl Into<String>, told: impl Into<String>) -> Self {
        Self { key: key.into(), told: told.into() }
    }
}

impl Gatherer {
    /// What is wrong with how `source` says that it is read; what only its server can tell is not among it.
    pub fn mistakes(&self, source: &Source) -> Vec<Mistake> {
        let shape = Shape::of(source);
        let parts = of_parts(self, source, &shape);
        let selector = source.text_selector.as_deref().filter(|text| !is_selector(text));
        let selector = selector
            .map(|text| Mistake::new("text_selector", format!("`{text}` is no CSS selector")));
        parts.into_iter().chain(selector).chain(self.of_request(source)).collect()
    }

    fn of_request(&self, source: &Source) -> Option<Mistake> {
        if source.request == SourceRequest::default() {
            return None;
        }
        let Ok(url) = Url::parse(&source.url) else {
            return Some(Mistake::new("url", "this is no address"));
        };
        self.http.carry(&url, &source.request).err().map(|why| Mistake::new("request", why))
    }
}

/// Reads a document without content: all that can go wrong then is what the source says of its parts.
fn of_parts(gatherer: &Gatherer, source: &Source, shape: &Shape) -> Option<Mistake> {
    let empty: &[u8] = match shape {
        Shape::Json(_) => b"{}",
        Shape::Page(_) => b"<p></p>",
        _ => return None,
    };
    match gatherer.list_saved(empty, source) {
        Err(error @ FeedError::NoParts { .. }) => {
            Some(Mistake::new("parts.link", error.to_string()))
        }
        Err(FeedError::Part { part, given, wanted }) => {
            Some(Mistake::new(format!("parts.{part}"), format!("`{given}` is no {wanted}")))
        }
        _ => None,
    }
}

fn is_selector(text: &str) -> bool {
    let parts = Parts { entry: Some(text.to_owned()), ..Parts::default() };
    !matches!(listing::read("<p></p>", None, &parts), Err(FeedError::Part { .. }))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::gather::GatherConfig;
    use crate::model::SystemClock;
    use crate::model::source::SourceKind;

    fn keys(change: impl FnOnce(&mut Source)) -> Vec<String> {
        let mut source = Source::new("a".into(), "A", "https://a.example/");
        change(&mut source);
        let gatherer = Gatherer::new(&GatherConfig::default(), Arc::new(SystemClock)).unwrap();
        gatherer.mistakes(&source).into_iter().map(|mistake| mistake.key).collect()
    }

    #[test]
    fn a_mistake_is_found_under_its_key_before_anything_is_fetched() {
        assert_eq!(keys(|_| ()), <[&str; 0]>::default());
        let page = |source: &mut Source| {
            source.kind = Some(SourceKind::Page);
            source.parts.entry = Some("article".to_owned());
        };
        assert_eq!(keys(page), <[&str; 0]>::default());
        let bad_title = |source: &mut Source| {
            page(source);
            source.parts.title = Some("b >> i".to_owned());
        };
        assert_eq!(keys(bad_title), ["parts.title"]);
        let json = |source: &mut Source| source.kind = Some(SourceKind::Json);
        assert_eq!(keys(json), ["parts.link"]);
        let no_pointer = |source: &mut Source| {
            json(source);
            source.parts.link = Some("url".to_owned());
        };
        assert_eq!(keys(no_pointer), ["parts.link"]);
        let rest = |source: &mut Source| {
            source.text_selector = Some("div >> p".to_owned());
            source.request.headers.insert("Host".to_owned(), "b.example".to_owned());
        };
        assert_eq!(keys(rest), ["text_selector", "request"]);
    }
}
