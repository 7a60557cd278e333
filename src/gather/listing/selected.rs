//! Entries by the source's CSS selectors.

use trafilatura::dom::{Document, NodeId};
use url::Url;

use crate::gather::feed::{Entry, FeedError};
use crate::gather::html_text::{html_to_title, node_to_text};
use crate::gather::{clean, dates, links};
use crate::model::source::Parts;

/// Where a headline is looked for when nothing is said.
const HEADINGS: &str = "h1, h2, h3, h4, h5, h6";

/// Where a date is looked for when nothing is said.
const DATES: &str = "time, [datetime]";

/// Attributes in which a date stands, the surest first.
const DATE_ATTRIBUTES: [&str; 3] = ["datetime", "content", "title"];

/// The longest first line that is taken for the headline of a text without one, in characters.
const LONGEST_HEADLINE: usize = 160;

/// A selector, with the attribute that `selector@attribute` names.
#[derive(Clone, Copy)]
struct Part<'a> {
    selector: &'a str,
    attribute: Option<&'a str>,
}

/// The entries that `entry` selects, in the order of the page.
pub(super) fn entries(
    doc: &Document,
    base: Option<&Url>,
    entry: &str,
    parts: &Parts,
) -> Result<Vec<Entry>, FeedError> {
    let reader = Reader {
        doc,
        base,
        link: Part::given(doc, "link", parts.link.as_deref())?,
        title: Part::given(doc, "title", parts.title.as_deref())?,
        date: Part::given(doc, "date", parts.date.as_deref())?,
        text: Part::given(doc, "text", parts.text.as_deref())?,
        author: Part::given(doc, "author", parts.author.as_deref())?,
        credit: Part::given(doc, "credit", parts.credit.as_deref())?,
    };
    let entry = Part::checked(doc, "entry", entry)?;
    let found = doc.query_selector_all(doc.root(), entry.selector);
    Ok(found.into_iter().map(|item| reader.entry(item)).collect())
}

/// The address of the page with older entries.
pub(super) fn older(
    doc: &Document,
    base: Option<&Url>,
    parts: &Parts,
) -> Result<Option<String>, FeedError> {
    let Some(part) = Part::given(doc, "older", parts.older.as_deref())? else { return Ok(None) };
    let found = part.find(doc, doc.root());
    let href = found.and_then(|at| doc.get_attribute(at, part.attribute.unwrap_or("href")));
    Ok(href.map(|href| links::resolve(base, &href)))
}

impl<'a> Part<'a> {
    fn given(
        doc: &Document,
        part: &'static str,
        given: Option<&'a str>,
    ) -> Result<Option<Self>, FeedError> {
        given.map(|given| Self::checked(doc, part, given)).transpose()
    }

    fn checked(doc: &Document, part: &'static str, given: &'a str) -> Result<Self, FeedError> {
        let is_name = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let read = match given.rsplit_once('@') {
            Some((selector, name)) if is_name(name) => {
                Self { selector: selector.trim(), attribute: Some(name) }
            }
            _ => Self { selector: given.trim(), attribute: None },
        };
        // One selector of a list that cannot be read makes the whole list match nothing.
        let valid = read.selector.is_empty()
            || doc.query_selector(doc.root(), &format!("{}, *", read.selector)).is_some();
        if valid {
            return Ok(read);
        }
        Err(FeedError::Part { part, given: given.to_owned(), wanted: "CSS selector" })
    }

    /// The element within `item`; `item` itself where only an attribute is named.
    fn find(self, doc: &Document, item: NodeId) -> Option<NodeId> {
        if self.selector.is_empty() { Some(item) } else { doc.query_selector(item, self.selector) }
    }

    /// The attribute that is named, else the text on one line.
    fn line(self, doc: &Document, item: NodeId) -> Option<String> {
        let found = self.find(doc, item)?;
        let said = match self.attribute {
            Some(name) => html_to_title(&doc.get_attribute(found, name)?),
            None => clean::title(&node_to_text(doc, found)),
        };
        Some(said).filter(|said| !said.is_empty())
    }
}

struct Reader<'a> {
    doc: &'a Document,
    base: Option<&'a Url>,
    link: Option<Part<'a>>,
    title: Option<Part<'a>>,
    date: Option<Part<'a>>,
    text: Option<Part<'a>>,
    author: Option<Part<'a>>,
    credit: Option<Part<'a>>,
}

impl Reader<'_> {
    fn entry(&self, item: NodeId) -> Entry {
        let line = |part: Option<Part<'_>>| part?.line(self.doc, item);
        let url = self.url(item);
        let (title, text) = self.title_and_text(item);
        Entry {
            id: url.clone(),
            title,
            published: self.date(item),
            author: line(self.author),
            credit: line(self.credit),
            text,
            url,
            ..Entry::default()
        }
    }

    fn url(&self, item: NodeId) -> String {
        let part = self.link.unwrap_or(Part { selector: "a[href]", attribute: None });
        let found = part.find(self.doc, item);
        let href =
            found.and_then(|found| self.doc.get_attribute(found, part.attribute.unwrap_or("href")));
        href.map(|href| links::resolve(self.base, &href)).unwrap_or_default()
    }

    /// The headline: as said, else a heading, else the link's words; of a text without any, its short first line.
    fn title_and_text(&self, item: NodeId) -> (String, String) {
        let text = self.text.and_then(|part| match part.attribute {
            Some(_) => part.line(self.doc, item),
            None => part.find(self.doc, item).map(|found| node_to_text(self.doc, found)),
        });
        let text = text.unwrap_or_default();
        let plain = |selector| Part { selector, attribute: None }.line(self.doc, item);
        let title = match self.title {
            Some(part) => part.line(self.doc, item),
            None => plain(HEADINGS).or_else(|| plain("a[href]").filter(|_| text.is_empty())),
        };
        match title {
            Some(title) => (title, text),
            None => split(&text),
        }
    }

    fn date(&self, item: NodeId) -> Option<jiff::Zoned> {
        let part = self.date.unwrap_or(Part { selector: DATES, attribute: None });
        let found = part.find(self.doc, item)?;
        if let Some(name) = part.attribute {
            return dates::parse(&self.doc.get_attribute(found, name)?);
        }
        let mut said =
            DATE_ATTRIBUTES.iter().filter_map(|name| self.doc.get_attribute(found, name));
        let said = said.find_map(|said| dates::parse(&said));
        said.or_else(|| dates::parse(&clean::line(&self.doc.text_content(found))))
    }
}

/// A short first line as the headline of the rest.
fn split(text: &str) -> (String, String) {
    match text.split_once('\n') {
        Some((first, rest)) if first.chars().count() <= LONGEST_HEADLINE => {
            (clean::title(first), clean::text(rest))
        }
        _ => (String::new(), text.to_owned()),
    }
}
