//! The sample newsroom: outlets, articles and readers of our own invention, compiled in.

use anyhow::{Context as _, anyhow};
use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::model::filter::{Filter, Grouping};
use crate::model::id::{FactionId, RegionId, SourceId};
use crate::model::source::{Source, SourceKind, SourceRole};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/newsroom");

/// Everything the demonstration serves and whom it writes to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Newsroom {
    /// When it closes.
    #[serde(rename = "newsroom")]
    pub(crate) head: Head,
    /// Its outlets.
    #[serde(rename = "outlet")]
    pub(crate) outlets: Vec<Outlet>,
    /// Their articles.
    #[serde(rename = "article")]
    pub(crate) articles: Vec<Piece>,
}

/// The head of `newsroom.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    /// The display name of the newsroom.
    pub(crate) name: String,
    /// The instant of the last closing.
    pub(crate) clock: Timestamp,
    /// The zone of the closings.
    pub(crate) zone: String,
    /// `HH:MM` in that zone.
    pub(crate) closes: String,
    /// The pack that it is about.
    pub(crate) theatre: String,
}

/// What is wrong with an outlet's feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Fault {
    /// It answers 404.
    #[serde(rename = "404")]
    Gone,
    /// A web page stands where the feed should be.
    #[serde(rename = "not-xml")]
    NotXml,
}

/// The format of an outlet's feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FeedFormat {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0.
    Atom,
}

/// An outlet with a web site of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outlet {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) host: String,
    owner: String,
    role: SourceRole,
    aligned_with: Option<Vec<String>>,
    republishes: bool,
    pub(crate) language: String,
    pub(crate) feed: FeedFormat,
    #[serde(default)]
    calls: BTreeMap<String, String>,
    pub(crate) fault: Option<Fault>,
}

/// One article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Piece {
    pub(crate) outlet: String,
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) published: Timestamp,
    pub(crate) file: String,
    pub(crate) author: Option<String>,
    pub(crate) credit: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) summary: Option<String>,
    #[serde(default)]
    pub(crate) summary_only: bool,
}

/// One reader.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reader {
    pub(crate) address: String,
    pub(crate) edition: String,
    #[serde(default)]
    theatres: Vec<String>,
    #[serde(default)]
    regions: Vec<RegionId>,
    #[serde(default)]
    factions: Vec<FactionId>,
    pub(crate) group: Grouping,
    pub(crate) zone: String,
    pub(crate) at: String,
    pub(crate) language: String,
}

#[derive(Debug, Deserialize)]
struct Readers {
    subscriber: Vec<Reader>,
}

impl Newsroom {
    /// The newsroom that this program was built with.
    pub(crate) fn built_in() -> anyhow::Result<Self> {
        toml::from_str(text("newsroom.toml")?).context("the sample newsroom cannot be read")
    }

    /// The text of an article.
    pub(crate) fn body(piece: &Piece) -> anyhow::Result<&'static str> {
        text(&piece.file)
    }
}

/// The three readers of the demonstration.
pub(crate) fn readers() -> anyhow::Result<Vec<Reader>> {
    let readers: Readers = toml::from_str(text("subscribers.toml")?)?;
    Ok(readers.subscriber)
}

fn text(name: &str) -> anyhow::Result<&'static str> {
    FILES
        .get_file(name)
        .and_then(|file| file.contents_utf8())
        .ok_or_else(|| anyhow!("the sample newsroom lacks `{name}`"))
}

impl Outlet {
    /// The outlet as a source to gather.
    pub(crate) fn source(&self, theatre: &str) -> Source {
        let id = SourceId::new(self.id.as_str());
        Source {
            kind: Some(SourceKind::Feed),
            owner: Some(self.owner.clone()),
            role: self.role,
            aligned_with: self.aligned_with.clone(),
            republishes: self.republishes,
            language: Some(self.language.clone()),
            theatres: vec![theatre.to_owned()],
            calls: self.calls.clone(),
            ..Source::new(id, self.name.clone(), format!("http://{}/feed", self.host))
        }
    }
}

impl Reader {
    /// What the reader wants to read about.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            theatres: self.theatres.clone(),
            factions: self.factions.clone(),
            regions: self.regions.clone(),
            ..Filter::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_of_the_newsroom_has_its_text_and_its_outlet() {
        let newsroom = Newsroom::built_in().unwrap();
        assert!(newsroom.articles.len() >= 25);
        for piece in &newsroom.articles {
            assert!(!Newsroom::body(piece).unwrap().trim().is_empty(), "{}", piece.slug);
            assert!(
                newsroom.outlets.iter().any(|outlet| outlet.id == piece.outlet),
                "{}",
                piece.slug
            );
        }
    }

    #[test]
    fn every_faction_that_an_outlet_names_is_in_a_pack() {
        let newsroom = Newsroom::built_in().unwrap();
        let sources: Vec<_> =
            newsroom.outlets.iter().map(|outlet| outlet.source("syria")).collect();
        let registry = crate::app::registry(&crate::config::Config::default(), &[]).unwrap();
        assert_eq!(crate::app::unknown_factions(&sources, &registry), Vec::<String>::new());
    }

    #[test]
    fn the_readers_want_different_things() {
        let filters: Vec<_> = readers().unwrap().iter().map(Reader::filter).collect();
        assert_eq!(filters.len(), 3);
        assert!(filters[0] != filters[1] && filters[1] != filters[2]);
    }
}
