//! The words that tell place names from others: `config/lexicon/places.toml` and `demonyms.toml`.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::GazetteerError;
use super::candidate::{PlaceKind, kind_of_word};

static PLACES: &str = include_str!("../../../config/lexicon/places.toml");
static DEMONYMS: &str = include_str!("../../../config/lexicon/demonyms.toml");
static LEXICON: OnceLock<Result<Lexicon, GazetteerError>> = OnceLock::new();

/// How far a word may be taken for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Freely.
    None,
    /// In a locative frame.
    NeedsFrame,
    /// With a type word: "the town of Union".
    NeedsType,
}

/// A type word, and the kind of place that it says, if any: "area" says none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TypeWord(pub(super) Option<PlaceKind>);

/// The word lists, ready to be asked.
#[derive(Debug)]
pub(super) struct Lexicon {
    never: FxHashSet<String>,
    framed: FxHashSet<String>,
    titles: FxHashSet<String>,
    institutions: FxHashSet<String>,
    units: FxHashSet<String>,
    saying: FxHashSet<String>,
    adjectives: FxHashSet<String>,
    prepositions: FxHashMap<String, String>,
    directions: FxHashMap<String, String>,
    governments: FxHashSet<String>,
    listing: FxHashSet<String>,
    attacks: FxHashSet<String>,
    /// By country, then by the city's division.
    countryside: FxHashMap<String, FxHashMap<String, String>>,
    types: FxHashMap<String, TypeWord>,
    demonyms: FxHashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    stop: Stop,
    words: Words,
    frames: Frames,
    countryside: FxHashMap<String, String>,
    types: FxHashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stop {
    never: String,
    framed: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    titles: String,
    institutions: String,
    units: String,
    saying: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frames {
    prepositions: FxHashMap<String, String>,
    governments: Vec<String>,
    listing: Vec<String>,
    attacks: String,
    directions: FxHashMap<String, String>,
    adjectives: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Demonyms {
    demonyms: FxHashMap<String, Vec<String>>,
}

impl Lexicon {
    /// The embedded lists, read once.
    pub(super) fn shared() -> Result<&'static Self, GazetteerError> {
        LEXICON.get_or_init(|| Self::read(PLACES, DEMONYMS)).as_ref().map_err(Clone::clone)
    }

    fn read(places: &str, demonyms: &str) -> Result<Self, GazetteerError> {
        let broken = |file| {
            move |error: toml::de::Error| GazetteerError::Broken {
                file,
                reason: error.message().to_owned(),
            }
        };
        let file: File = toml::from_str(places).map_err(broken("lexicon/places.toml"))?;
        let people: Demonyms = toml::from_str(demonyms).map_err(broken("lexicon/demonyms.toml"))?;
        Ok(Self {
            never: set(&file.stop.never),
            framed: set(&file.stop.framed),
            titles: set(&file.words.titles),
            institutions: set(&file.words.institutions),
            units: set(&file.words.units),
            saying: set(&file.words.saying),
            adjectives: set(&file.frames.adjectives),
            prepositions: file.frames.prepositions,
            directions: file.frames.directions,
            governments: file.frames.governments.into_iter().collect(),
            listing: file.frames.listing.into_iter().collect(),
            attacks: set(&file.frames.attacks),
            types: file.types.into_iter().map(|(word, kind)| (word, type_kind(&kind))).collect(),
            countryside: by_country(file.countryside),
            demonyms: by_word(people),
        })
    }

    /// How far a plain name may be taken for a place.
    pub(super) fn doubt(&self, plain: &str) -> Doubt {
        match () {
            () if self.never.contains(plain) => Doubt::NeedsType,
            () if self.framed.contains(plain) => Doubt::NeedsFrame,
            () => Doubt::None,
        }
    }

    /// The relation that a preposition says.
    pub(super) fn preposition(&self, lower: &str) -> Option<&str> {
        self.prepositions.get(lower).map(String::as_str)
    }

    /// The relation that a noun before "of" or after a name says.
    pub(super) fn direction(&self, lower: &str) -> Option<&str> {
        self.directions.get(lower).map(String::as_str)
    }

    /// Whether the word is a type word, and the kind of place it says.
    pub(super) fn type_word(&self, lower: &str) -> Option<TypeWord> {
        self.types.get(lower).copied()
    }

    /// Whether it may stand between a preposition and a name.
    pub(super) fn adjective(&self, lower: &str) -> bool {
        self.adjectives.contains(lower)
    }

    /// Whether a name after it is a person's.
    pub(super) fn title(&self, lower: &str) -> bool {
        self.titles.contains(lower)
    }

    /// Whether a name with it is an organisation's.
    pub(super) fn institution(&self, lower: &str) -> bool {
        self.institutions.contains(lower)
    }

    /// Whether a name before it is an organisation's without capitals too: "X battalion".
    pub(super) fn unit(&self, lower: &str) -> bool {
        self.units.contains(lower)
    }

    /// The division that lies round a city which is a division of its own.
    pub(super) fn around(&self, country: &str, admin1: &str) -> Option<&str> {
        self.countryside.get(country)?.get(admin1).map(String::as_str)
    }

    /// Whether a capital before it is a government.
    pub(super) fn saying(&self, lower: &str) -> bool {
        self.saying.contains(lower)
    }

    /// Whether a capital after it is a government.
    pub(super) fn before_government(&self, lower: &str) -> bool {
        self.governments.contains(lower)
    }

    /// Whether it goes on with examples of what stands before it.
    pub(super) fn listing(&self, lower: &str) -> bool {
        self.listing.contains(lower)
    }

    /// Whether "on" after it leads to a target.
    pub(super) fn attack(&self, lower: &str) -> bool {
        self.attacks.contains(lower)
    }

    /// The country whose people or adjective this lower-case word is; plurals in "s" count.
    pub(super) fn demonym(&self, lower: &str) -> Option<&str> {
        let found =
            self.demonyms.get(lower).or_else(|| self.demonyms.get(lower.strip_suffix('s')?));
        found.map(String::as_str)
    }
}

fn set(words: &str) -> FxHashSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// "SY/Aleppo" leads to what lies round Aleppo.
fn by_country(rows: FxHashMap<String, String>) -> FxHashMap<String, FxHashMap<String, String>> {
    let mut out: FxHashMap<String, FxHashMap<String, String>> = FxHashMap::default();
    for (place, around) in rows {
        let (country, admin1) = place.split_once('/').unwrap_or((&place, ""));
        out.entry(country.to_owned()).or_default().insert(admin1.to_owned(), around);
    }
    out
}

fn type_kind(word: &str) -> TypeWord {
    TypeWord((word != "area").then(|| kind_of_word(Some(word))))
}

fn by_word(people: Demonyms) -> FxHashMap<String, String> {
    let mut out = FxHashMap::default();
    for (country, words) in people.demonyms {
        for word in words {
            out.insert(word.to_lowercase(), country.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lists_are_read() {
        let lexicon = Lexicon::shared().unwrap();
        assert_eq!(lexicon.demonym("syrians"), Some("SY"));
        assert_eq!(lexicon.preposition("near"), Some("near"));
        assert_eq!(lexicon.type_word("governorate"), Some(TypeWord(Some(PlaceKind::Admin1))));
        assert_eq!(lexicon.type_word("area"), Some(TypeWord(None)));
        assert_eq!(lexicon.doubt("police"), Doubt::NeedsType);
        assert_eq!(lexicon.doubt("hit"), Doubt::NeedsFrame);
        assert_eq!(lexicon.doubt("ariha"), Doubt::None);
    }
}
