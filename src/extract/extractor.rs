//! The extractor: built once, then reads documents.

use super::dates;
use super::furniture;
use super::gazetteer::{GazetteerError, Places};
use super::language::{self, Lexicon};
use super::names::Roster;
use super::names::outlet::Outlets;
use super::parts;
use super::work::Work;
use crate::model::document::{Document, Reading};
use crate::model::pack::{Pack, PackHead};
use crate::model::registry::Registry;
use crate::model::text::language::{UNKNOWN, detect, primary};

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
        let head = PackHead {
            id: "all".to_owned(),
            name: "All".to_owned(),
            countries,
            belligerents: Vec::new(),
        };
        let places = Pack {
            pack: head,
            factions: Vec::new(),
            generics: Vec::new(),
            places: registry.places().to_vec(),
            regions: Vec::new(),
        };
        let wars = registry.packs().iter().filter(|head| !head.belligerents.is_empty());
        let theatres = wars.map(|head| head.countries.clone()).collect();
        let media = registry.factions().flat_map(|faction| {
            faction.outlets.iter().map(|outlet| (outlet.clone(), faction.id.to_string()))
        });
        Ok(Self {
            lexicon: language::english::lexicon().ok_or(ExtractError::Lexicon("en"))?,
            roster: Roster::new(registry),
            outlets: Outlets::new(&[OUTLETS, ORGANISATIONS], media)
                .map_err(ExtractError::Outlets)?,
            places: Places::new(&[places])?.with_theatres(theatres),
            theatres: registry.packs().to_vec(),
        })
    }

    /// The places that the extractor knows.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Whether a name is that of a faction of the packs, or of an outlet or organisation that speaks.
    pub fn knows_organisation(&self, name: &str) -> bool {
        self.roster.by_name(name).is_some() || self.outlets.of_source(name).is_some()
    }

    /// Whether a single word is one of the language that rules hang on: as a name it would be met everywhere.
    pub fn is_common_word(&self, word: &str) -> bool {
        self.lexicon.is_common(&word.to_lowercase())
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
        let published = doc.published.or_else(|| dates::dateline(&doc.text));
        let language = language_of(doc);
        let unread = language
            .as_deref()
            .filter(|language| *language != "en")
            .map(|language| format!("the text is in `{language}`; only English is read"));
        let whole = Reading { published, language, unread, ..Reading::default() };
        if whole.unread.is_some() {
            return whole;
        }
        let Some(cleared) = furniture::clear(&doc.text, &self.lexicon.page) else {
            return self.whole(doc, whole, mentions);
        };
        let plain = Document { text: cleared.text, ..doc.clone() };
        let mut reading = self.whole(&plain, whole, mentions);
        reading.dropped.extend(cleared.dropped);
        reading
    }

    fn whole(&self, doc: &Document, whole: Reading, mentions: bool) -> Reading {
        if parts::is_short(&doc.text) {
            return Work::new(self, doc, whole.published).run(whole.language, mentions);
        }
        parts::read(self, doc, whole, mentions)
    }
}

/// The language of a document: what its text is in, else what its source says of it, unless that is English and the
/// text surely is not; of a document without a text, what its headline is in.
fn language_of(doc: &Document) -> Option<String> {
    let said = doc.lang.as_deref().and_then(primary);
    let headline = doc.title.as_deref().map(parts::headline).unwrap_or_default();
    let text = if doc.text.trim().is_empty() { headline } else { &doc.text };
    let said_otherwise = said.as_deref().is_some_and(|said| said != "en");
    let found = detect(text).filter(|found| *found != UNKNOWN || !said_otherwise);
    found.map(str::to_owned).or(said)
}
