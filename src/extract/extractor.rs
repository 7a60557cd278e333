//! The extractor: built once, then reads documents.

use super::dates;
use super::gazetteer::{GazetteerError, Places};
use super::language::{self, Lexicon};
use super::names::Roster;
use super::names::outlet::Outlets;
use super::work::Work;
use crate::model::document::{Document, Reading};
use crate::model::pack::{Pack, PackHead};
use crate::model::registry::Registry;
use crate::model::text::language::detect;

const OUTLETS: &str = include_str!("../../config/lexicon/outlets.toml");
const ORGANISATIONS: &str = include_str!("../../config/lexicon/organisations.toml");

/// Why an extractor could not be built: the embedded data are broken.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// The gazetteer.
    #[error("the embedded gazetteer cannot be read")]
    Gazetteer(#[from] GazetteerError),
    /// The list of outlets.
    #[error("the embedded list of outlets cannot be read")]
    Outlets(#[source] toml::de::Error),
    /// The words of a language.
    #[error("the embedded words of `{0}` cannot be read")]
    Lexicon(&'static str),
}

/// Reads documents. Build it once; share it between threads.
#[derive(Debug)]
pub struct Extractor {
    pub(super) lexicon: Lexicon,
    pub(super) roster: Roster,
    pub(super) outlets: Outlets,
    pub(super) places: Places,
    pub(super) theatres: Vec<PackHead>,
}

impl Extractor {
    /// The extractor for the packs of the registry, over the embedded gazetteer and lexicon.
    pub fn new(registry: &Registry) -> Result<Self, ExtractError> {
        let countries: Vec<String> =
            registry.packs().iter().flat_map(|head| head.countries.iter().cloned()).collect();
        let head = PackHead { id: "all".to_owned(), name: "All".to_owned(), countries };
        let places = Pack {
            pack: head,
            factions: Vec::new(),
            generics: Vec::new(),
            places: registry.places().to_vec(),
            regions: Vec::new(),
        };
        let media = registry.factions().flat_map(|faction| {
            faction.outlets.iter().map(|outlet| (outlet.clone(), faction.id.to_string()))
        });
        Ok(Self {
            lexicon: language::english::lexicon().ok_or(ExtractError::Lexicon("en"))?,
            roster: Roster::new(registry),
            outlets: Outlets::new(&[OUTLETS, ORGANISATIONS], media)
                .map_err(ExtractError::Outlets)?,
            places: Places::new(&[places])?,
            theatres: registry.packs().to_vec(),
        })
    }

    /// The places that the extractor knows.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// The claims of the document. Never fails: what cannot be read is kept unread, with the reason.
    pub fn read(&self, doc: &Document) -> Reading {
        self.reading(doc, false)
    }

    /// What `read` gives, and every mention in the text.
    pub fn explain(&self, doc: &Document) -> Reading {
        self.reading(doc, true)
    }

    fn reading(&self, doc: &Document, mentions: bool) -> Reading {
        let language = doc.lang.clone().or_else(|| detect(&doc.text).map(str::to_owned));
        let published = doc.published.or_else(|| dates::dateline(&doc.text));
        if let Some(language) = language.as_deref().filter(|language| {
            !language.eq_ignore_ascii_case("en") && !language.to_lowercase().starts_with("en-")
        }) {
            let unread = Some(format!("the text is in `{language}`; only English is read"));
            return Reading {
                published,
                language: Some(language.to_owned()),
                unread,
                ..Reading::default()
            };
        }
        Work::new(self, doc, published).run(language, mentions)
    }
}
