//! What a page says of its article: title, author, date, language, canonical address.

use std::collections::HashMap;

use jiff::Zoned;
use trafilatura::dom::Document;
use url::Url;

use super::json_ld::JsonLd;
use crate::gather::{clean, dates, links};

/// Names of `meta` elements that hold the date of publication, the surest first.
const PUBLISHED: [&str; 22] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "pubdate",
    "date",
    "article:created_time",
    "originalpublicationdate",
];

/// Names of `meta` elements that hold the date of the last change.
const MODIFIED: [&str; 6] = [
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "dcterms.modified",
    "last-modified",
];

/// Names of `meta` elements that hold the author.
const AUTHOR: [&str; 8] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "cxenseparse:author",
];

/// What a page says of its article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    /// The headline, without the outlet's name.
    pub title: String,
    /// The names of the byline, parted by commas.
    pub author: Option<String>,
    /// When it was published, in the zone in which the page says it.
    pub published: Option<Zoned>,
    /// When it was last changed, likewise.
    pub modified: Option<Zoned>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// `articleBody` of JSON-LD.
    pub body: Option<String>,
}

impl Metadata {
    /// Reads what the page says.
    pub fn of(doc: &Document, address: Option<&Url>) -> Self {
        let (ld, meta) = (JsonLd::of(doc), metas(doc));
        Self {
            title: title(doc, &meta, &ld),
            author: author(doc, &meta, &ld),
            published: published(doc, &meta, &ld).or_else(|| from_path(address)),
            modified: modified(&meta, &ld),
            language: language(doc, &meta, &ld),
            canonical: canonical(doc, &meta, address),
            body: ld.body,
        }
    }
}

type Metas = HashMap<String, Vec<String>>;

/// The page's `meta` elements by name, property or itemprop in lower case.
fn metas(doc: &Document) -> Metas {
    let mut metas = Metas::new();
    for meta in doc.get_elements_by_tag_name(doc.root(), "meta") {
        let Some(content) = doc.get_attribute(meta, "content").filter(|c| !c.trim().is_empty())
        else {
            continue;
        };
        for key in ["name", "property", "itemprop"] {
            if let Some(name) = doc.get_attribute(meta, key) {
                metas.entry(name.to_ascii_lowercase()).or_default().push(content.clone());
            }
        }
    }
    metas
}

fn first<'a>(metas: &'a Metas, name: &str) -> Option<&'a str> {
    metas.get(name)?.first().map(String::as_str)
}

/// The headline: what JSON-LD or OpenGraph says, as the page's own `h1` words it where the two agree.
fn title(doc: &Document, metas: &Metas, ld: &JsonLd) -> String {
    let headings = doc.get_elements_by_tag_name(doc.root(), "h1");
    let headings: Vec<String> =
        headings.into_iter().map(|h| clean::title(&doc.text_content(h))).collect();
    let document = doc.get_elements_by_tag_name(doc.root(), "title");
    let document = document.first().map(|t| doc.text_content(*t));
    let said = ld.headline.as_deref().or_else(|| first(metas, "og:title")).or(document.as_deref());
    let said = said.map(crate::gather::html_text::html_to_title).unwrap_or_default();
    let agrees =
        |h: &&String| h.chars().count() >= 8 && (said.starts_with(h.as_str()) || said.is_empty());
    headings.iter().find(agrees).cloned().unwrap_or(said)
}

fn author(doc: &Document, metas: &Metas, ld: &JsonLd) -> Option<String> {
    let listed = |names: &[String]| {
        let names: Vec<String> =
            names.iter().map(|n| clean::title(n)).filter(|n| is_name(n)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let said = listed(&ld.authors);
    let said = said.or_else(|| AUTHOR.iter().find_map(|name| listed(metas.get(*name)?)));
    said.or_else(|| {
        let byline = doc.query_selector(
            doc.root(),
            r#"[itemprop="author"], a[rel="author"], .byline, .author-name"#,
        )?;
        listed(&[doc.text_content(byline)])
    })
}

/// Whether a byline is a name, not an address or a sentence.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.contains("://")
        && !text.contains('@')
        && text.split_whitespace().count() <= 12
}

fn published(doc: &Document, metas: &Metas, ld: &JsonLd) -> Option<Zoned> {
    let said = ld.published.as_deref().and_then(dates::parse);
    let said = said.or_else(|| PUBLISHED.iter().find_map(|name| dates::parse(first(metas, name)?)));
    said.or_else(|| from_time_element(doc))
}

fn modified(metas: &Metas, ld: &JsonLd) -> Option<Zoned> {
    let said = ld.modified.as_deref().and_then(dates::parse);
    said.or_else(|| MODIFIED.iter().find_map(|name| dates::parse(first(metas, name)?)))
}

/// The first `time` element that says it is the date of publication, else the first of the article, else any.
fn from_time_element(doc: &Document) -> Option<Zoned> {
    let places = [
        r#"[itemprop="datePublished"], time[pubdate], time[class*="publish"], [class*="published"] time"#,
        "article time, main time, header time",
        "time",
        r#"[class*="publish-date"], [class*="pubdate"], [class*="post-date"], [class*="entry-date"], [class*="article-date"]"#,
    ];
    places.iter().find_map(|selector| {
        let elements = doc.query_selector_all(doc.root(), selector);
        elements.into_iter().take(3).find_map(|element| {
            let said = ["datetime", "content"]
                .into_iter()
                .find_map(|name| doc.get_attribute(element, name));
            said.and_then(|s| dates::parse(&s))
                .or_else(|| dates::parse(&clean::line(&doc.text_content(element))))
        })
    })
}

/// The date in an address such as `/2020/06/25/`.
fn from_path(address: Option<&Url>) -> Option<Zoned> {
    let parts: Vec<&str> = address?.path().split('/').collect();
    parts.windows(3).find_map(|w| match w {
        [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2 => {
            dates::parse(&format!("{y}-{m}-{d}"))
        }
        _ => None,
    })
}

fn language(doc: &Document, metas: &Metas, ld: &JsonLd) -> Option<String> {
    let html = doc.get_elements_by_tag_name(doc.root(), "html");
    let said = html.first().and_then(|html| doc.get_attribute(*html, "lang"));
    let said = said
        .or_else(|| ld.language.clone())
        .or_else(|| first(metas, "og:locale").map(str::to_owned))?;
    let code: String = said.trim().chars().take_while(char::is_ascii_alphabetic).collect();
    (code.len() == 2).then(|| code.to_ascii_lowercase())
}

/// `link rel=canonical`, else `og:url`, believed only within the outlet's own host; else where the page came from.
fn canonical(doc: &Document, metas: &Metas, address: Option<&Url>) -> Option<String> {
    let link = doc.query_selector(doc.root(), r#"link[rel="canonical"]"#);
    let said = link.and_then(|link| doc.get_attribute(link, "href"));
    let said = said.or_else(|| first(metas, "og:url").map(str::to_owned));
    let said = said.map(|said| links::resolve(address, &said)).filter(|said| is_of(said, address));
    said.or_else(|| address.map(Url::to_string)).map(|said| links::canonical(&said))
}

fn is_of(said: &str, address: Option<&Url>) -> bool {
    let Ok(said) = Url::parse(said) else { return false };
    let bare = |url: &Url| {
        url.host_str().map(|h| h.trim_start_matches("www.").trim_start_matches("amp.").to_owned())
    };
    let deep = said.path().len() > 1 || said.query().is_some();
    deep && address.is_none_or(|address| bare(&said) == bare(address))
}
