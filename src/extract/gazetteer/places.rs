//! Everything that is known of places: the embedded gazetteer, with the packs' places laid over it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::GazetteerError;
use super::candidate::{Candidate, Match, kind_of_word};
use super::context::PlaceContext;
use super::embedded::Gazetteer;
use super::index::{NameHash, key_of};
use super::lexicon::Lexicon;
use super::mention::PlaceMention;
use super::prior::ranked;
use super::resolve::{Choice, Resolver};
use super::scan::scan;
use crate::model::pack::{Pack, PackPlace};
use crate::model::text::fold::{Sounds, nearness, plain};

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
    laid: Vec<PackPlace>,
    names: FxHashMap<String, Vec<usize>>,
    hashes: FxHashSet<NameHash>,
    keys: FxHashMap<String, Vec<(usize, Sounds)>>,
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
            laid: Vec::new(),
            names: FxHashMap::default(),
            hashes: FxHashSet::default(),
            keys: FxHashMap::default(),
            countries: Vec::new(),
        };
        for pack in packs {
            places.countries.extend(pack.pack.countries.iter().cloned());
            for place in &pack.places {
                places.lay(place);
            }
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
        let number = self.laid.len();
        for name in spellings(place) {
            let name = plain(name);
            if let Some(key) = key_of(&name) {
                self.keys.entry(key).or_default().push((number, Sounds::of(&name)));
            }
            self.hashes.insert(NameHash::of(&name));
            let numbers = self.names.entry(name).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
        self.laid.push(place.clone());
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
        scan(self, self.lexicon, text, taken)
    }

    /// What the texts' demonyms say about where they are set.
    pub fn context(&self, texts: &[&str]) -> PlaceContext {
        let mut context = PlaceContext::new();
        for text in texts {
            context.read(self.lexicon, text);
        }
        context
    }

    /// Which place each mention of one document means: as many choices as mentions.
    pub fn resolve<'a>(
        &'a self,
        mentions: &[PlaceMention<'a>],
        context: &PlaceContext,
    ) -> Vec<Choice<'a>> {
        Resolver::new(self.lexicon, mentions, context).run()
    }

    /// The English name of a country, by its ISO code.
    pub fn country(&self, code: &str) -> Option<&str> {
        self.gazetteer.country(code)
    }

    /// The country whose adjective or people a word is: "Syrian" and "Syrians" are `SY`.
    pub fn demonym(&self, word: &str) -> Option<&str> {
        self.lexicon.demonym(&word.to_lowercase())
    }

    /// Whether a place may have the plain name with this hash; [`Places::exact`] tells surely.
    pub(super) fn may_know(&self, hash: NameHash) -> bool {
        self.hashes.contains(&hash) || self.gazetteer.may_know(hash)
    }

    /// The places with this plain name, best first.
    pub(super) fn exact(&self, name: &str, hash: NameHash) -> Vec<Candidate<'_>> {
        let mut known = self.gazetteer.candidates(self.gazetteer.exact(name, hash).collect());
        let numbers = self.names.get(name).map_or(&[][..], Vec::as_slice);
        let packed: Vec<_> =
            numbers.iter().map(|n| self.pack_candidate(*n, name, &mut known)).collect();
        ranked(packed.into_iter().chain(known).collect())
    }

    /// The places whose names have this key and sound near enough, best first.
    pub(super) fn folded(&self, name: &str, key: &str, hash: NameHash) -> Vec<Candidate<'_>> {
        let sounds = Sounds::of(name);
        let mut found = self.gazetteer.candidates(self.gazetteer.folded(&sounds, hash).collect());
        for (number, other) in self.keys.get(key).into_iter().flatten() {
            if let Some(distance) = nearness(&sounds, other) {
                found.push(self.candidate_of_pack(*number, Match::Folded(distance)));
            }
        }
        ranked(found)
    }

    /// The packs' places that only sound like a plain name: a village spelled like a country far away.
    pub(super) fn like_in_packs(&self, name: &str) -> Vec<Candidate<'_>> {
        let Some(others) = key_of(name).and_then(|key| self.keys.get(&key)) else {
            return Vec::new();
        };
        let sounds = Sounds::of(name);
        let exact = self.names.get(name).map_or(&[][..], Vec::as_slice);
        let near = |(number, other): &(usize, Sounds)| {
            let distance = nearness(&sounds, other).filter(|_| !exact.contains(number))?;
            Some(self.candidate_of_pack(*number, Match::Folded(distance)))
        };
        others.iter().filter_map(near).collect()
    }

    /// A pack's place. The gazetteer's row of the same place is taken out of `known` and fills the pack's gaps.
    fn pack_candidate<'a>(
        &'a self,
        number: usize,
        name: &str,
        known: &mut Vec<Candidate<'a>>,
    ) -> Candidate<'a> {
        let own = &self.laid[number].name;
        let main = plain(own) == name;
        let mut place =
            self.candidate_of_pack(number, if main { Match::Name } else { Match::Alias });
        let bracketed = own.contains(" (");
        let nth = known.iter().enumerate().filter(|(_, row)| !bracketed && is_same(&place, row));
        let largest = nth.max_by_key(|(_, row)| row.population).map(|(at, _)| at);
        if let Some(at) = largest {
            fill(&mut place, &known.remove(at));
        }
        place
    }

    fn candidate_of_pack(&self, number: usize, matched: Match) -> Candidate<'_> {
        let place = &self.laid[number];
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

/// The names of a pack's place; "Khalidiya (Aleppo)" is called Khalidiya too.
fn spellings(place: &PackPlace) -> impl Iterator<Item = &str> {
    let names = std::iter::once(&place.name).chain(&place.aliases).map(String::as_str);
    names
        .flat_map(|name| [Some(name), name.split_once(" (").map(|(bare, _)| bare)])
        .flatten()
        .filter(|name| !name.trim().is_empty())
}

/// Whether a gazetteer's row is the place that a pack describes.
fn is_same(place: &Candidate<'_>, row: &Candidate<'_>) -> bool {
    const FARTHEST_KM: f64 = 20.0;
    let divisions = place.admin1.is_empty() || plain(row.admin1) == plain(place.admin1);
    let near = place.distance_km(row).is_none_or(|km| km <= FARTHEST_KM);
    row.country == place.country && row.kind == place.kind && divisions && near
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
