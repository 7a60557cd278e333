//! Everything that is known of places: the embedded gazetteer, with the packs' places laid over it.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::GazetteerError;
use super::candidate::{Candidate, Match, kind_of_word};
use super::context::PlaceContext;
use super::index::{Index, NameHash, Posting, key_of};
use super::lexicon::Lexicon;
use super::mention::PlaceMention;
use super::resolve::{Choice, Resolver};
use super::scan::Scanner;
use super::table::Table;
use crate::model::pack::{Pack, PackPlace};
use crate::model::text::fold::{Sounds, nearness, plain};

/// Reports spell larger places in a known way: what only sounds like one of their aliases is another place.
const LARGEST_FOLDED: u64 = 100_000;

/// The decoded gazetteer: one for the whole program, for it never changes.
static GAZETTEER: OnceLock<Result<Gazetteer, GazetteerError>> = OnceLock::new();

/// The embedded table with its index.
#[derive(Debug)]
pub(super) struct Gazetteer {
    table: Table,
    index: Index,
}

impl Gazetteer {
    fn load() -> Result<Self, GazetteerError> {
        let table = Table::embedded()?;
        let index = Index::embedded(&table)?;
        Ok(Self { table, index })
    }

    fn shared() -> Result<&'static Self, GazetteerError> {
        GAZETTEER.get_or_init(Self::load).as_ref().map_err(Clone::clone)
    }

    fn exact(&self, name: &str, hash: NameHash) -> impl Iterator<Item = (u32, Match)> {
        let named = move |posting: &Posting| {
            let spelling = self.table.row(posting.row())?.spelling(posting.spelling())?;
            let matched = if posting.spelling() == 0 { Match::Name } else { Match::Alias };
            (plain(spelling) == name).then_some((posting.row(), matched))
        };
        self.index.plain(hash).iter().filter_map(named)
    }

    fn folded(&self, sounds: &Sounds, hash: NameHash) -> impl Iterator<Item = (u32, Match)> {
        let near = move |posting: &Posting| {
            let row = self.table.row(posting.row())?;
            let distance =
                nearness(sounds, &Sounds::of(&plain(row.spelling(posting.spelling())?)))?;
            let exonym =
                posting.spelling() > 0 && row.population > LARGEST_FOLDED && distance > 0.1;
            (!exonym).then_some((posting.row(), Match::Folded(distance)))
        };
        self.index.folded(hash).iter().filter_map(near)
    }

    /// One candidate a row, by the best of its matches.
    fn candidates(&self, mut found: Vec<(u32, Match)>) -> Vec<Candidate<'_>> {
        found.sort_by(|a, b| {
            a.0.cmp(&b.0).then(a.1.partial_cmp(&b.1).unwrap_or(std::cmp::Ordering::Equal))
        });
        found.dedup_by_key(|(row, _)| *row);
        let candidate = |(row, matched)| Some(Candidate::of_row(&self.table.row(row)?, matched));
        found.into_iter().filter_map(candidate).collect()
    }
}

/// The gazetteer with the packs' places laid over it.
///
/// ```
/// use sitrep::extract::gazetteer::Places;
/// let places = Places::new(&[])?;
/// let found = places.lookup("Deir Ezzour");
/// assert_eq!((found[0].name, found[0].country, found[0].admin1), ("Deir ez-Zor", "SY", "Deir ez-Zor"));
/// # Ok::<(), sitrep::extract::gazetteer::GazetteerError>(())
/// ```
#[derive(Debug)]
pub struct Places {
    gazetteer: &'static Gazetteer,
    lexicon: &'static Lexicon,
    pack_places: Vec<PackPlace>,
    pack_names: HashMap<String, Vec<usize>>,
    pack_keys: HashMap<String, Vec<(usize, Sounds)>>,
    countries: Vec<String>,
}

impl Places {
    /// Lays the places of packs over the embedded gazetteer, which is decoded once in the program's life.
    ///
    /// # Errors
    ///
    /// [`GazetteerError`] if the embedded files are broken.
    pub fn new(packs: &[Pack]) -> Result<Self, GazetteerError> {
        let mut places = Self {
            gazetteer: Gazetteer::shared()?,
            lexicon: Lexicon::shared()?,
            pack_places: Vec::new(),
            pack_names: HashMap::new(),
            pack_keys: HashMap::new(),
            countries: Vec::new(),
        };
        for pack in packs {
            places.countries.extend(pack.pack.countries.iter().cloned());
            pack.places.iter().for_each(|place| places.lay(place));
        }
        places.countries.sort();
        places.countries.dedup();
        Ok(places)
    }

    /// The countries of all packs, as ISO codes in order.
    pub fn countries(&self) -> &[String] {
        &self.countries
    }

    fn lay(&mut self, place: &PackPlace) {
        let number = self.pack_places.len();
        for name in spellings(place) {
            let name = plain(name);
            if let Some(key) = key_of(&name) {
                self.pack_keys.entry(key).or_default().push((number, Sounds::of(&name)));
            }
            self.pack_names.entry(name).or_default().push(number);
        }
        self.pack_places.push(place.clone());
    }

    /// The places that a name may mean, best first: by how the name met them, then by size.
    /// Packs win over the gazetteer; spellings that only sound like the name come if no exact one is known.
    pub fn lookup(&self, name: &str) -> Vec<Candidate<'_>> {
        let name = plain(name);
        let exact = self.exact(&name, NameHash::of(&name));
        if !exact.is_empty() {
            return exact;
        }
        key_of(&name).map_or_else(Vec::new, |key| self.folded(&name, &key, NameHash::of(&key)))
    }

    /// The place names of a text, in its order and none over another. Offsets are those of `text`.
    pub fn mentions(&self, text: &str) -> Vec<PlaceMention<'_>> {
        self.mentions_outside(text, &[])
    }

    /// The place names of a text, as [`Places::mentions`], but none over what is already taken: the names of
    /// factions and persons, as sorted byte ranges.
    pub fn mentions_outside(
        &self,
        text: &str,
        taken: &[std::ops::Range<usize>],
    ) -> Vec<PlaceMention<'_>> {
        Scanner::new(self, self.lexicon, text, taken).run()
    }

    /// What the texts' demonyms say about where they are set.
    pub fn context(&self, texts: &[&str]) -> PlaceContext {
        let mut context = PlaceContext::new();
        texts.iter().for_each(|text| context.read(self.lexicon, text));
        context
    }

    /// Which place each mention of one document means: as many choices as mentions.
    pub fn resolve<'a>(
        &'a self,
        mentions: &[PlaceMention<'a>],
        context: &PlaceContext,
    ) -> Vec<Choice<'a>> {
        Resolver::new(mentions, context).run()
    }

    /// The country whose adjective or people a word is: "Syrian" and "Syrians" are `SY`.
    pub fn demonym(&self, word: &str) -> Option<&str> {
        self.lexicon.demonym(&word.to_lowercase())
    }

    /// The places with this plain name, best first.
    pub(super) fn exact(&self, name: &str, hash: NameHash) -> Vec<Candidate<'_>> {
        let mut known = self.gazetteer.candidates(self.gazetteer.exact(name, hash).collect());
        let numbers = self.pack_names.get(name).map_or(&[][..], Vec::as_slice);
        let packed: Vec<_> =
            numbers.iter().map(|n| self.pack_candidate(*n, name, &mut known)).collect();
        ranked(packed.into_iter().chain(known).collect())
    }

    /// The places whose names have this key and sound near enough, best first.
    pub(super) fn folded(&self, name: &str, key: &str, hash: NameHash) -> Vec<Candidate<'_>> {
        let sounds = Sounds::of(name);
        let mut found = self.gazetteer.candidates(self.gazetteer.folded(&sounds, hash).collect());
        for (number, other) in self.pack_keys.get(key).into_iter().flatten() {
            if let Some(distance) = nearness(&sounds, other) {
                found.push(self.candidate_of_pack(*number, Match::Folded(distance)));
            }
        }
        ranked(found)
    }

    /// A pack's place. The gazetteer's row of the same place is taken out of `known` and fills the pack's gaps.
    fn pack_candidate<'a>(
        &'a self,
        number: usize,
        name: &str,
        known: &mut Vec<Candidate<'a>>,
    ) -> Candidate<'a> {
        let main = plain(&self.pack_places[number].name) == name;
        let mut place =
            self.candidate_of_pack(number, if main { Match::Name } else { Match::Alias });
        let same = |other: &Candidate<'_>| {
            other.country == place.country
                && other.kind == place.kind
                && (place.admin1.is_empty() || plain(other.admin1) == plain(place.admin1))
        };
        if let Some(at) = known.iter().position(same) {
            fill(&mut place, &known.remove(at));
        }
        place
    }

    fn candidate_of_pack(&self, number: usize, matched: Match) -> Candidate<'_> {
        let place = &self.pack_places[number];
        Candidate {
            name: &place.name,
            country: &place.country,
            admin1: place.admin1.as_deref().unwrap_or_default(),
            admin2: place.admin2.as_deref().unwrap_or_default(),
            at: place.lat.zip(place.lon),
            population: 0,
            kind: kind_of_word(place.kind.as_deref()),
            capital: false,
            seat: false,
            matched,
            pack: true,
        }
    }
}

fn spellings(place: &PackPlace) -> impl Iterator<Item = &str> {
    std::iter::once(&place.name)
        .chain(&place.aliases)
        .map(String::as_str)
        .filter(|name| !name.trim().is_empty())
}

/// Fills what a pack leaves open from the gazetteer's row of the same place.
fn fill<'a>(place: &mut Candidate<'a>, row: &Candidate<'a>) {
    let or = |own: &'a str, other: &'a str| if own.is_empty() { other } else { own };
    place.admin1 = or(place.admin1, row.admin1);
    place.admin2 = or(place.admin2, row.admin2);
    place.at = place.at.or(row.at);
    place.population = row.population;
    place.capital = row.capital;
    place.seat = row.seat;
}

fn ranked(mut found: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let order = |a: &Candidate<'_>, b: &Candidate<'_>| {
        prior(b).partial_cmp(&prior(a)).unwrap_or(std::cmp::Ordering::Equal)
    };
    found.sort_by(order);
    found
}

/// How likely a place is meant when nothing but the name is known: exact names, packs, countries and large places
/// first. The weights order candidates; they are no probabilities.
pub(super) fn prior(candidate: &Candidate<'_>) -> f64 {
    use super::candidate::PlaceKind;
    let matched = match candidate.matched {
        Match::Name => 1.0,
        Match::Alias => 0.75,
        Match::Folded(distance) => 0.3 * (1.0 - f64::from(distance)).max(0.1),
    };
    let kind = match candidate.kind {
        PlaceKind::Country => 3.0,
        PlaceKind::Admin1 if candidate.population > 0 => 0.85,
        PlaceKind::Admin2 => 0.5,
        PlaceKind::Region => 2.0,
        _ => 1.0,
    };
    let pack = if candidate.pack { 3.0 } else { 0.0 };
    matched * kind * (size(candidate) + pack)
}

/// The order of magnitude of a place's population; where it is not known, that of places of its rank.
fn size(candidate: &Candidate<'_>) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a population's size, not its last digit, matters"
    )]
    let people = candidate.population as f64;
    let least: f64 = if candidate.seat { 10_000.0 } else { 1_000.0 };
    people.max(least).log10()
}
