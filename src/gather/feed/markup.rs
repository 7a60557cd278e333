//! The content of a field while it is collected: plain text, escaped HTML, or elements in the feed itself.

use quick_xml::escape::escape;

use crate::gather::clean;
use crate::gather::html_text::{html_to_text, html_to_title};
use crate::gather::xml::Tag;

/// How the characters of a field are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Characters are characters.
    Plain,
    /// Characters are HTML.
    Html,
}

/// The content of one field.
#[derive(Debug)]
pub(super) struct Markup {
    meaning: Meaning,
    html: String,
}

impl Markup {
    /// Begins a field that is HTML where its tag says so (`type`, Atom 0.3 `mode`), or where nothing is said in RSS.
    pub(super) fn begin(tag: &Tag, by_default: Meaning) -> Self {
        let kind = tag.attribute("type").unwrap_or("").to_ascii_lowercase();
        let meaning = match (kind.as_str(), tag.attribute("mode")) {
            (_, Some("escaped")) => Meaning::Html,
            ("text" | "text/plain" | "xhtml" | "application/xhtml+xml", _) => Meaning::Plain,
            ("", None) => by_default,
            (kind, _) if kind.contains("html") => Meaning::Html,
            _ => by_default,
        };
        Self { meaning, html: String::new() }
    }

    /// Adds characters.
    pub(super) fn text(&mut self, text: &str) {
        match self.meaning {
            Meaning::Plain if !looks_like_html(text) => self.html.push_str(&escape(text)),
            _ => self.html.push_str(text),
        }
    }

    /// Adds an element that stands in the feed unescaped.
    pub(super) fn open(&mut self, tag: &Tag) {
        self.html.push('<');
        self.html.push_str(local(&tag.name));
        self.html.push('>');
    }

    /// Ends such an element.
    pub(super) fn close(&mut self, name: &str) {
        self.html.push_str("</");
        self.html.push_str(local(name));
        self.html.push('>');
    }

    /// The content as plain text.
    pub(super) fn into_text(self) -> String {
        html_to_text(&self.html)
    }

    /// The content as a title of one line.
    pub(super) fn into_title(self) -> String {
        html_to_title(&self.html)
    }

    /// The content as one word or line: an address, a date, a name.
    pub(super) fn into_line(self) -> String {
        match self.meaning {
            Meaning::Html => clean::line(&self.html),
            Meaning::Plain => clean::line(&html_to_text(&self.html)),
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether characters that are said to be plain text are HTML all the same.
fn looks_like_html(text: &str) -> bool {
    ["</p>", "<br", "</a>", "</div>", "<p>"].iter().any(|tag| text.contains(tag))
}
