//! From tokens to a feed. One reader for every dialect of XML: elements are told by name and parent.

use std::mem;

use url::Url;

use super::draft::Draft;
use super::markup::{Markup, Meaning};
use super::pace::Pace;
use super::{DEEPEST, Feed, FeedError, MOST_ENTRIES};
use crate::gather::links;
use crate::gather::xml::{Names, Tag, Token, Tokens};

/// HTML elements that have no end tag; inside a field they do not nest.
const VOID: [&str; 8] = ["br", "img", "hr", "input", "meta", "wbr", "area", "embed"];

/// Elements whose titles and links are not those of the feed or entry.
const APART: [&str; 7] =
    ["image", "textinput", "source", "media:group", "media:content", "items", "comments"];

/// Reads an RSS, RDF or Atom document.
pub(super) fn read(text: &str, base: Option<&Url>) -> Result<Feed, FeedError> {
    let mut build = Build::new(base.cloned());
    for token in Tokens::new(text) {
        build.take(token)?;
        if build.feed.truncated {
            break;
        }
    }
    build.finish()
}

struct Build {
    feed: Feed,
    names: Names,
    base: Option<Url>,
    stack: Vec<String>,
    drafts: Vec<Draft>,
    /// Open entries: the depth of their element and their place among the drafts.
    open: Vec<(usize, usize)>,
    field: Option<(usize, String, Markup)>,
    apart: Option<usize>,
    pace: Pace,
}

impl Build {
    fn new(base: Option<Url>) -> Self {
        let (feed, names) = (Feed::default(), Names::default());
        Self {
            feed,
            names,
            base,
            stack: vec![],
            drafts: vec![],
            open: vec![],
            field: None,
            apart: None,
            pace: Pace::default(),
        }
    }

    fn take(&mut self, token: Token<'_>) -> Result<(), FeedError> {
        match token {
            Token::Open(tag) => self.open(&tag)?,
            Token::Close(name) => self.close(&name),
            Token::Text(text) => {
                if let Some((_, _, markup)) = &mut self.field {
                    markup.text(&text);
                }
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag) -> Result<(), FeedError> {
        for (name, value) in &tag.attributes {
            self.names.declare(name, value);
        }
        let name = self.names.fold(&tag.name);
        if self.feed.dialect.is_empty() {
            self.feed.dialect = dialect(&name)?;
        }
        let inside = self.field.is_some();
        if let Some((_, _, markup)) = &mut self.field {
            markup.open(tag);
        }
        if inside && (tag.empty || VOID.contains(&name.as_str())) {
            return Ok(());
        }
        if self.stack.len() >= DEEPEST {
            return Err(FeedError::TooDeep);
        }
        self.stack.push(name.clone());
        if !inside && self.apart.is_none() {
            self.begin(&name, tag);
        }
        if tag.empty {
            self.pop();
        }
        Ok(())
    }

    /// An element outside of fields: an entry, a link, a field, or something apart.
    fn begin(&mut self, name: &str, tag: &Tag) {
        let depth = self.stack.len();
        match name {
            "item" | "entry" if self.drafts.len() >= MOST_ENTRIES => self.feed.truncated = true,
            "item" | "entry" => self.begin_entry(tag),
            "link" if tag.attribute("href").is_some() => self.link(tag),
            _ if APART.contains(&name) => self.apart = Some(depth),
            _ if is_field(name, self.feed.dialect) => self.begin_field(name, tag),
            _ => self.rebase(tag),
        }
    }

    fn begin_entry(&mut self, tag: &Tag) {
        self.open.push((self.stack.len(), self.drafts.len()));
        let base = tag
            .attribute("xml:base")
            .and_then(|b| Url::parse(&links::resolve(self.base.as_ref(), b)).ok());
        let base = base.or_else(|| self.base.clone());
        let about = tag.attribute("rdf:about").unwrap_or("").to_owned();
        self.drafts.push(Draft {
            id_is_link: !about.is_empty(),
            id: about,
            base,
            ..Draft::default()
        });
    }

    fn begin_field(&mut self, name: &str, tag: &Tag) {
        let permanent = tag.attribute("ispermalink").is_none_or(|v| v.eq_ignore_ascii_case("true"));
        let elsewhere = tag.attribute("src").filter(|_| name == "content").map(str::to_owned);
        if let Some(draft) = self.draft() {
            draft.id_is_link |= name == "guid" && permanent;
            draft.link =
                elsewhere.filter(|_| draft.link.is_empty()).unwrap_or(mem::take(&mut draft.link));
        }
        let meaning = if self.feed.dialect == "atom" { Meaning::Plain } else { Meaning::Html };
        self.field = Some((self.stack.len(), name.to_owned(), Markup::begin(tag, meaning)));
    }

    /// `xml:base` of the feed's root or channel.
    fn rebase(&mut self, tag: &Tag) {
        let Some(base) = tag.attribute("xml:base").filter(|b| !b.is_empty()) else { return };
        if let Ok(base) = Url::parse(&links::resolve(self.base.as_ref(), base)) {
            self.base = Some(base);
        }
    }

    /// An Atom link: the article is what no relation or `alternate` names, HTML before other types.
    fn link(&mut self, tag: &Tag) {
        let href = tag.attribute("href").unwrap_or("").trim();
        let alternate = tag
            .attribute("rel")
            .is_none_or(|rel| rel.is_empty() || rel.eq_ignore_ascii_case("alternate"));
        let page =
            tag.attribute("type").is_none_or(|kind| kind.is_empty() || kind.contains("html"));
        if self.open.is_empty() && matches!(tag.attribute("rel"), Some("next" | "prev-archive")) {
            self.feed.older = Some(links::resolve(self.base.as_ref(), href));
        }
        let Some(draft) = self.draft().filter(|_| alternate && !href.is_empty()) else { return };
        if draft.link.is_empty() || (page && !draft.link_is_page) {
            href.clone_into(&mut draft.link);
            draft.link_is_page = page;
        }
    }

    fn close(&mut self, name: &str) {
        let name = self.names.fold(name);
        let Some(place) = self.stack.iter().rposition(|open| *open == name) else { return };
        if let Some((_, _, markup)) = self.field.as_mut().filter(|(depth, ..)| place + 1 > *depth) {
            markup.close(&name);
        }
        while self.stack.len() > place {
            self.pop();
        }
    }

    /// Ends the innermost element.
    fn pop(&mut self) {
        let depth = self.stack.len();
        if self.apart == Some(depth) {
            self.apart = None;
        }
        if self.field.as_ref().is_some_and(|(at, ..)| *at == depth)
            && let Some((_, name, markup)) = self.field.take()
        {
            self.end_field(&name, markup);
        }
        if self.open.last().is_some_and(|(at, _)| *at == depth) {
            self.open.pop();
        }
        self.stack.pop();
    }

    fn end_field(&mut self, name: &str, markup: Markup) {
        let parent = self.stack.iter().rev().nth(1).map_or("", String::as_str).to_owned();
        if let Some(draft) = self.draft() {
            return draft.take(name, &parent, markup);
        }
        match (name, parent.as_str()) {
            ("title" | "dc:title", "channel" | "feed") if self.feed.title.is_empty() => {
                self.feed.title = markup.into_title();
            }
            ("language" | "dc:language", _) => self.feed.language = Some(markup.into_line()),
            ("generator", _) => self.feed.generator = markup.into_line(),
            ("ttl", _) => self.pace.ttl(&markup.into_line()),
            ("sy:updateperiod", _) => self.pace.period(&markup.into_line()),
            ("sy:updatefrequency", _) => self.pace.frequency(&markup.into_line()),
            _ => {}
        }
    }

    /// The entry that is being read.
    fn draft(&mut self) -> Option<&mut Draft> {
        let (_, place) = self.open.last()?;
        self.drafts.get_mut(*place)
    }

    fn finish(mut self) -> Result<Feed, FeedError> {
        if self.feed.dialect.is_empty() {
            return Err(FeedError::Other {
                found: "neither XML nor JSON".to_owned(),
                wanted: "a feed",
            });
        }
        while !self.stack.is_empty() {
            self.pop();
        }
        self.feed.ttl = self.pace.between();
        self.feed.entries = mem::take(&mut self.drafts).into_iter().map(Draft::finish).collect();
        Ok(self.feed)
    }
}

/// Elements whose content is collected.
const FIELDS: [&str; 32] = [
    "title",
    "dc:title",
    "link",
    "guid",
    "id",
    "description",
    "dc:description",
    "summary",
    "itunes:summary",
    "media:description",
    "content",
    "content:encoded",
    "fullitem",
    "body",
    "pubdate",
    "published",
    "issued",
    "created",
    "dc:date",
    "date",
    "updated",
    "modified",
    "name",
    "dc:creator",
    "itunes:author",
    "language",
    "dc:language",
    "author",
    "ttl",
    "sy:updateperiod",
    "sy:updatefrequency",
    "generator",
];

/// Whether an element's content is collected; an author of Atom has elements of its own.
fn is_field(name: &str, dialect: &str) -> bool {
    FIELDS.contains(&name) && !(name == "author" && dialect == "atom")
}

/// The dialect that the root element names.
fn dialect(root: &str) -> Result<&'static str, FeedError> {
    match root {
        "rss" | "channel" => Ok("rss"),
        "rdf" => Ok("rdf"),
        "feed" | "entry" => Ok("atom"),
        other => Err(FeedError::Other { found: document_of(other), wanted: "a feed" }),
    }
}

/// What a document is whose root element is `root`, with its article.
pub(in crate::gather) fn document_of(root: &str) -> String {
    match root {
        "rss" | "channel" | "rdf" | "feed" | "entry" => "a feed".to_owned(),
        "html" | "head" | "body" | "script" | "div" | "meta" => "an HTML page".to_owned(),
        "urlset" | "sitemapindex" => "a sitemap".to_owned(),
        "opml" => "a list of feeds (OPML)".to_owned(),
        other => format!("an XML document of `{}`", other.chars().take(40).collect::<String>()),
    }
}
