//! Entries without selectors: the links that look like articles, each with what stands beside it.

use std::collections::HashMap;

use trafilatura::dom::{Document, NodeId};
use url::Url;

use crate::gather::feed::Entry;
use crate::gather::html_text::node_to_text;
use crate::gather::{address, clean, dates, links};

/// How many links of a page are looked at.
const MOST_LINKS: usize = 5000;

/// How far up from a link its surroundings are looked at: no page of ours is deeper.
const HIGHEST: usize = 64;

/// The shortest headline, in characters.
const SHORTEST_HEADLINE: usize = 12;

/// The shortest paragraph taken for a summary, in characters.
const SHORTEST_SUMMARY: usize = 40;

/// The longest piece of text taken for a date, in characters.
const LONGEST_DATE: usize = 40;

/// Elements that hold the page's own links, not those of the day.
const FURNITURE: [&str; 4] = ["nav", "footer", "form", "select"];

/// Elements that make of a link a headline.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Where a date stands in the surroundings of a link.
const DATES: &str = r#"time, [datetime], [class*="date"], [class*="time"]"#;

/// The articles that the page links to, in the order of the page.
pub(super) fn entries(doc: &Document, base: Option<&Url>) -> Vec<Entry> {
    let stories = stories(doc, base);
    let cards = Cards::of(doc, &stories);
    stories
        .iter()
        .enumerate()
        .filter(|(_, story)| story.title.chars().count() >= SHORTEST_HEADLINE)
        .map(|(index, story)| entry(doc, story, cards.card(doc, story, index)))
        .collect()
}

/// An article that the page links to, maybe more than once.
struct Story {
    url: String,
    title: String,
    links: Vec<NodeId>,
}

fn stories(doc: &Document, base: Option<&Url>) -> Vec<Story> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut stories: Vec<Story> = Vec::new();
    for link in doc.query_selector_all(doc.root(), "a[href]").into_iter().take(MOST_LINKS) {
        let Some((url, title)) = article(doc, base, link) else { continue };
        let place = *places.entry(url.clone()).or_insert_with(|| {
            stories.push(Story { url, title: String::new(), links: Vec::new() });
            stories.len() - 1
        });
        if let Some(story) = stories.get_mut(place) {
            story.links.push(link);
            if title.len() > story.title.len() {
                story.title = title;
            }
        }
    }
    stories
}

/// Address and words of a link that leads to an article of the outlet.
fn article(doc: &Document, base: Option<&Url>, link: NodeId) -> Option<(String, String)> {
    let href = doc.get_attribute(link, "href")?;
    let url = links::canonical(&links::resolve(base, &href));
    let surroundings = Surroundings::of(doc, link)?;
    let title = heading_in(doc, link).unwrap_or_else(|| clean::title(&node_to_text(doc, link)));
    let headline = surroundings.heading && title.split_whitespace().count() >= 3;
    let fits = is_of_site(&url, base) && (address::is_article(&url) || headline);
    fits.then_some((url, title))
}

/// A headline within a link that holds a whole card.
fn heading_in(doc: &Document, link: NodeId) -> Option<String> {
    let heading = doc.query_selector(link, "h1, h2, h3, h4, h5, h6")?;
    Some(clean::title(&node_to_text(doc, heading))).filter(|title| !title.is_empty())
}

/// What a link stands in.
struct Surroundings {
    heading: bool,
}

impl Surroundings {
    /// None where it stands in the page's furniture.
    fn of(doc: &Document, link: NodeId) -> Option<Self> {
        let mut heading = doc.query_selector(link, "h1, h2, h3, h4, h5, h6").is_some();
        let (mut node, mut steps) = (link, 0);
        while let Some(parent) = doc.parent(node).filter(|_| steps < HIGHEST) {
            let tag = doc.tag_name(parent);
            if FURNITURE.contains(&tag) {
                return None;
            }
            heading |= HEADINGS.contains(&tag);
            (node, steps) = (parent, steps + 1);
        }
        Some(Self { heading })
    }
}

/// Whether an address is another page of the same site.
fn is_of_site(address: &str, base: Option<&Url>) -> bool {
    let Some(base) = base else { return true };
    let Ok(url) = Url::parse(address) else { return false };
    let host_of = |url: &Url| url.host_str().unwrap_or("").trim_start_matches("www.").to_owned();
    let (host, site) = (host_of(&url), host_of(base));
    let same = host == site || host.ends_with(&format!(".{site}"));
    same && links::canonical(base.as_str()) != address
}

/// Which story each element belongs to; none where it holds several.
struct Cards(HashMap<NodeId, Option<usize>>);

impl Cards {
    fn of(doc: &Document, stories: &[Story]) -> Self {
        let mut cards: HashMap<NodeId, Option<usize>> = HashMap::new();
        for (index, story) in stories.iter().enumerate() {
            for link in &story.links {
                let (mut node, mut steps) = (Some(*link), 0);
                while let Some(at) = node.filter(|_| steps < HIGHEST) {
                    let held = cards.entry(at).or_insert(Some(index));
                    if *held != Some(index) {
                        *held = None;
                    }
                    (node, steps) = (doc.parent(at), steps + 1);
                }
            }
        }
        Self(cards)
    }

    /// The largest element about the story's first link that holds no other story.
    fn card(&self, doc: &Document, story: &Story, index: usize) -> Option<NodeId> {
        let mut card = *story.links.first()?;
        while let Some(parent) = doc.parent(card) {
            let only = self.0.get(&parent).copied().flatten() == Some(index);
            if !only || matches!(doc.tag_name(parent), "body" | "html" | "") {
                break;
            }
            card = parent;
        }
        Some(card)
    }
}

fn entry(doc: &Document, story: &Story, card: Option<NodeId>) -> Entry {
    Entry {
        id: story.url.clone(),
        title: story.title.clone(),
        url: story.url.clone(),
        published: card.and_then(|card| date(doc, card)),
        text: card.map(|card| summary(doc, card)).unwrap_or_default(),
        ..Entry::default()
    }
}

fn date(doc: &Document, card: NodeId) -> Option<jiff::Zoned> {
    doc.query_selector_all(card, DATES).into_iter().take(8).find_map(|element| {
        let said = ["datetime", "content", "title"]
            .into_iter()
            .find_map(|name| dates::parse(&doc.get_attribute(element, name)?));
        said.or_else(|| {
            let text = clean::line(&doc.text_content(element));
            (text.chars().count() <= LONGEST_DATE).then(|| dates::parse(&text)).flatten()
        })
    })
}

/// The paragraphs beside a headline.
fn summary(doc: &Document, card: NodeId) -> String {
    let paragraphs = doc.query_selector_all(card, "p").into_iter().take(4);
    let paragraphs = paragraphs.map(|p| node_to_text(doc, p));
    let long = paragraphs.filter(|text| text.chars().count() >= SHORTEST_SUMMARY);
    long.collect::<Vec<_>>().join("\n\n")
}
