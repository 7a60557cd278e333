//! Names that claims hold and no pack knows: organisations without a faction, places without a position.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::actor::ActorKind;
use crate::model::claim::{Claim, SpeakerKind};
use crate::model::text::fold;

/// Sentences kept of a name: enough to see what it is.
const SENTENCES: usize = 3;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// Somebody who takes part in an event or speaks as a party to it.
    Actor,
    /// Where something happened.
    Place,
}

/// A sentence with the name, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Said {
    /// The article: its address, or the caller's name for it.
    pub article: String,
    /// The evidence of the claim.
    pub quote: String,
}

/// A name that no pack knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unresolved {
    /// What it stands for.
    pub kind: NameKind,
    /// Its most frequent spelling.
    pub name: String,
    /// Other spellings of what sounds the same, the most frequent first.
    pub aliases: Vec<String>,
    /// In how many claims it stands.
    pub claims: usize,
    /// In how many articles.
    pub articles: usize,
    /// The country where most of its claims lie, as an ISO code, if they say.
    pub country: Option<String>,
    /// A few sentences.
    pub sentences: Vec<Said>,
}

/// What is known of a name so far.
#[derive(Debug, Default)]
struct Tally {
    spellings: BTreeMap<String, usize>,
    countries: BTreeMap<String, usize>,
    articles: BTreeSet<String>,
    claims: usize,
    sentences: Vec<Said>,
}

/// Collects the unknown names of claims.
#[derive(Debug, Default)]
pub struct Unknowns {
    tallies: BTreeMap<(NameKind, String), Tally>,
}

impl Unknowns {
    /// Takes the unknown names of a claim; `known` says of a name that it needs no entry.
    pub fn add(&mut self, article: &str, claim: &Claim, known: impl Fn(NameKind, &str) -> bool) {
        let mut seen = BTreeSet::new();
        for (kind, name, country) in names(claim) {
            let name = bare(name);
            let key = (kind, key(name));
            if key.1.is_empty() || known(kind, name) || !seen.insert(key.clone()) {
                continue;
            }
            self.tallies.entry(key).or_default().add(article, claim, name, country);
        }
    }

    /// The names, those in most claims first.
    pub fn list(self) -> Vec<Unresolved> {
        let mut all: Vec<_> =
            self.tallies.into_iter().map(|((kind, _), tally)| tally.name(kind)).collect();
        all.sort_by(|a, b| {
            (b.claims, b.articles).cmp(&(a.claims, a.articles)).then(a.name.cmp(&b.name))
        });
        all
    }
}

/// The names of a claim that the registry and the gazetteer did not know, with the country that speaks for them.
fn names(claim: &Claim) -> impl Iterator<Item = (NameKind, &str, Option<&str>)> {
    let home = claim.places.iter().find_map(|place| place.country.as_deref());
    let unknown = claim.actors.iter().filter(|actor| {
        actor.faction.is_none() && !actor.generic && actor.kind == ActorKind::Organisation
    });
    let actors = unknown.map(|actor| actor.name.as_str());
    let speakers = claim.attribution.iter().chain(claim.denials.iter().map(|denial| &denial.by));
    let parties = speakers.filter(|speaker| {
        let named = bare(&speaker.name).starts_with(char::is_uppercase);
        speaker.faction.is_none() && speaker.kind == SpeakerKind::Party && named
    });
    let actors = actors.chain(parties.map(|speaker| speaker.name.as_str()));
    let places = claim.places.iter().filter(|place| place.canonical.is_none());
    let places = places.map(move |place| {
        (NameKind::Place, place.name.as_str(), place.country.as_deref().or(home))
    });
    actors.map(move |name| (NameKind::Actor, name, home)).chain(places)
}

/// A name without its article.
fn bare(name: &str) -> &str {
    let name = name.trim();
    ["the ", "The "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

/// One key for the spellings of a name; short names are kept apart as they are written.
fn key(name: &str) -> String {
    let plain = fold::plain(name);
    let key = fold::key(&plain);
    if key.len() >= fold::FEWEST_LETTERS { key } else { plain }
}

impl Tally {
    fn add(&mut self, article: &str, claim: &Claim, name: &str, country: Option<&str>) {
        self.claims += 1;
        *self.spellings.entry(name.to_owned()).or_default() += 1;
        if let Some(country) = country {
            *self.countries.entry(country.to_owned()).or_default() += 1;
        }
        self.articles.insert(article.to_owned());
        let quotes = claim.evidence.iter().map(|evidence| evidence.quote.as_str());
        let quote = quotes.clone().find(|quote| quote.contains(name)).or(quotes.into_iter().next());
        if let Some(quote) = quote
            && self.sentences.len() < SENTENCES
            && self.sentences.iter().all(|said| said.quote != quote)
        {
            self.sentences.push(Said { article: article.to_owned(), quote: quote.to_owned() });
        }
    }

    fn name(self, kind: NameKind) -> Unresolved {
        let mut spellings: Vec<_> = self.spellings.into_iter().collect();
        spellings.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut spellings = spellings.into_iter().map(|(name, _)| name);
        let country = self.countries.into_iter().max_by_key(|(_, count)| *count);
        Unresolved {
            kind,
            name: spellings.next().unwrap_or_default(),
            aliases: spellings.collect(),
            claims: self.claims,
            articles: self.articles.len(),
            country: country.map(|(country, _)| country),
            sentences: self.sentences,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::actor::{Actor, Role};
    use crate::model::claim::{Confidence, Evidence, Field, Status};
    use crate::model::kind::{Kind, SubType};
    use crate::model::place::{ClaimPlace, PlacePrecision};

    fn claim(actor: &str, place: &str) -> Claim {
        let quote = format!("{actor} attacked {place}.");
        let place = ClaimPlace {
            name: place.to_owned(),
            relation: "in".to_owned(),
            canonical: None,
            country: Some("SY".to_owned()),
            admin1: None,
            admin2: None,
            lat: None,
            lon: None,
            precision: PlacePrecision::Country,
        };
        let actor = Actor {
            faction: None,
            canonical: None,
            name: actor.to_owned(),
            kind: ActorKind::Organisation,
            role: Role::Initiator,
            generic: false,
        };
        Claim {
            kind: Kind(SubType::Attack),
            date: None,
            places: vec![place],
            actors: vec![actor],
            casualties: Vec::new(),
            materiel: Vec::new(),
            objects: Vec::new(),
            attribution: Vec::new(),
            denials: Vec::new(),
            status: Status::Asserted,
            phase: None,
            confidence: Confidence::High,
            evidence: vec![Evidence { field: Field::Text, start: 0, end: quote.len(), quote }],
        }
    }

    #[test]
    fn spellings_of_one_name_are_one_row_with_its_sentences() {
        let mut unknowns = Unknowns::default();
        for (article, actor) in [
            ("a", "the Qalat Defence Brigade"),
            ("b", "Qalat Defence Brigade"),
            ("b", "Qalaat Defense Brigade"),
        ] {
            unknowns.add(article, &claim(actor, "Tell Bahra"), |_, _| false);
        }
        let list = unknowns.list();
        assert_eq!(list.len(), 2, "{list:?}");
        let brigade = list.iter().find(|one| one.kind == NameKind::Actor).unwrap();
        assert_eq!(
            (brigade.name.as_str(), brigade.claims, brigade.articles),
            ("Qalat Defence Brigade", 3, 2)
        );
        assert_eq!(brigade.aliases, ["Qalaat Defense Brigade"]);
        assert_eq!(brigade.country.as_deref(), Some("SY"));
        assert_eq!(brigade.sentences.len(), 3);
    }

    #[test]
    fn known_names_and_unnamed_groups_are_left_out() {
        let mut unknowns = Unknowns::default();
        let mut gunmen = claim("gunmen", "Tell Bahra");
        gunmen.actors[0].generic = true;
        unknowns.add("a", &gunmen, |kind, _| kind == NameKind::Place);
        assert_eq!(unknowns.list(), []);
    }
}
