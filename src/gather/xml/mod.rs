//! Tokens of an XML document that may be damaged. Entities of a DTD are never expanded (S-3).

mod names;

use std::borrow::Cow;

use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

pub(in crate::gather) use names::Names;

/// After how many errors a document is read no further: each may cost a look at all the rest.
const MOST_ERRORS: usize = 64;

/// One piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::gather) enum Token<'a> {
    /// A start tag, or an empty element.
    Open(Tag),
    /// An end tag.
    Close(String),
    /// Characters, entities resolved.
    Text(Cow<'a, str>),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::gather) struct Tag {
    /// As written, with its prefix.
    pub name: String,
    /// In order, values with their entities resolved.
    pub attributes: Vec<(String, String)>,
    /// Whether it ends in `/>`.
    pub empty: bool,
}

impl Tag {
    /// The value of an attribute.
    pub(in crate::gather) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// The tokens of a document; after an error reading goes on at the next `<`.
pub(in crate::gather) struct Tokens<'a> {
    text: &'a str,
    start: usize,
    errors: usize,
    reader: Reader<&'a [u8]>,
}

impl<'a> Tokens<'a> {
    /// Tokens of `text`.
    pub(in crate::gather) fn new(text: &'a str) -> Self {
        Self { text, start: 0, errors: 0, reader: lenient(text) }
    }

    /// Starts again at the first `<` after the place of the error; false at the end.
    fn recover(&mut self) -> bool {
        self.errors += 1;
        let within = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let from = self.start.saturating_add(within).saturating_add(1);
        let Some(next) =
            self.text.as_bytes().get(from..).and_then(|rest| rest.iter().position(|b| *b == b'<'))
        else {
            return false;
        };
        self.start = from + next;
        self.reader = lenient(self.text.get(self.start..).unwrap_or(""));
        self.errors < MOST_ERRORS
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            return Some(match self.reader.read_event() {
                Ok(Event::Start(tag)) => Token::Open(tag_of(&tag, false)),
                Ok(Event::Empty(tag)) => Token::Open(tag_of(&tag, true)),
                Ok(Event::End(tag)) => Token::Close(tag.name().as_ref().to_owned()),
                Ok(Event::Text(text)) => Token::Text(text.into_inner()),
                Ok(Event::CData(text)) => Token::Text(text.into_inner()),
                Ok(Event::GeneralRef(name)) => Token::Text(entity(&name.into_inner()).into()),
                Ok(Event::Eof) => return None,
                Ok(_) => continue,
                Err(_) if self.recover() => continue,
                Err(_) => return None,
            });
        }
    }
}

fn lenient(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

fn tag_of(tag: &BytesStart<'_>, empty: bool) -> Tag {
    let mut attributes = tag.html_attributes();
    let attributes = attributes.with_checks(false).filter_map(Result::ok);
    let attributes = attributes.map(|a| (a.key.as_ref().to_owned(), resolved(&a.value))).collect();
    Tag { name: tag.name().as_ref().to_owned(), attributes, empty }
}

fn resolved(value: &str) -> String {
    unescape_with(value, resolve_html5_entity).map_or_else(|_| value.to_owned(), Into::into)
}

/// What a reference stands for: a character, an HTML entity; an entity of the document's own stays as it is written.
fn entity(name: &str) -> String {
    let written = format!("&{name};");
    unescape_with(&written, resolve_html5_entity).map_or_else(|_| written.clone(), Cow::into_owned)
}
