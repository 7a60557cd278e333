//! An entry while its parts are collected.

use url::Url;

use super::Entry;
use super::markup::Markup;
use crate::gather::{dates, links};

/// An entry while its parts are collected.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) link: String,
    pub(super) id_is_link: bool,
    pub(super) link_is_page: bool,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) author: Option<String>,
    pub(super) content: String,
    pub(super) summary: String,
    pub(super) base: Option<Url>,
}

impl Draft {
    /// Takes a field that has ended; what is already there is kept where the first is the surest.
    pub(super) fn take(&mut self, name: &str, parent: &str, markup: Markup) {
        match (name, parent) {
            ("title" | "dc:title", _) if self.title.is_empty() => self.title = markup.into_title(),
            ("link", _) => self.link = markup.into_line(),
            ("guid" | "id", _) => self.id = markup.into_line(),
            ("content" | "content:encoded" | "body" | "fullitem", _) => {
                longer(&mut self.content, markup.into_text());
            }
            (
                "description" | "dc:description" | "summary" | "itunes:summary"
                | "media:description",
                _,
            ) => {
                longer(&mut self.summary, markup.into_text());
            }
            ("pubdate" | "published" | "issued" | "dc:date" | "date", _) => {
                self.published = Some(markup.into_line());
            }
            ("created", _) if self.published.is_none() => self.published = Some(markup.into_line()),
            ("updated" | "modified", _) => self.updated = Some(markup.into_line()),
            ("author" | "dc:creator" | "itunes:author", _) | ("name", "author")
                if self.author.is_none() =>
            {
                self.author = Some(markup.into_title()).filter(|name| !name.is_empty());
            }
            _ => {}
        }
    }

    /// The entry, its links resolved and its dates read.
    pub(super) fn finish(self) -> Entry {
        let link =
            if self.link.is_empty() && self.id_is_link { self.id.clone() } else { self.link };
        let url = if link.is_empty() { link } else { links::resolve(self.base.as_ref(), &link) };
        let dated = |raw: &Option<String>| raw.as_deref().and_then(dates::parse);
        let text =
            if self.content.len() >= self.summary.len() { self.content } else { self.summary };
        Entry {
            id: if self.id.is_empty() { url.clone() } else { self.id },
            published: dated(&self.published).or_else(|| dated(&self.updated)),
            author: self.author,
            title: self.title,
            text,
            url,
            ..Entry::default()
        }
    }
}

fn longer(kept: &mut String, text: String) {
    if text.len() > kept.len() {
        *kept = text;
    }
}
