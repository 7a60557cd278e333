//! The ground of a document: its places, the countries it is about, and where an event without a place of its own lies.

use std::collections::BTreeMap;

use super::gazetteer::{MentionRole, PlaceMention, Places};
use super::reader::{Parsed, Spot};
use super::report::merge::Event;
use super::work::Work;
use crate::model::pack::PackHead;
use crate::model::place::{ClaimPlace, PlacePrecision};

/// Mentions of places with their bytes in the text.
pub(super) type Spots = Vec<(usize, usize, Spot)>;

/// Countries with how often the text speaks of them.
type Tally = BTreeMap<String, usize>;

impl Work<'_, '_> {
    /// The places of title and body, and the countries of the document, the most named first.
    pub(super) fn spots(&self, title: Option<&str>) -> (Spots, Spots, Vec<String>) {
        let places = &self.extractor.places;
        let text = self.doc.text.as_str();
        let head = title.map(|title| places.mentions(title)).unwrap_or_default();
        let body = places.mentions(text);
        let texts: Vec<&str> = title.into_iter().chain([text]).collect();
        let context = places.context(&texts).with_theatres(&self.theatre_countries());
        let split = head.len();
        // links between mentions are indices into their own text
        let shifted = body.into_iter().map(|mut mention| {
            mention.within = mention.within.map(|index| index + split);
            mention
        });
        let all: Vec<PlaceMention<'_>> = head.into_iter().chain(shifted).collect();
        let choices = places.resolve(&all, &context);
        let (mut tally, mut bare): (Tally, Tally) = Default::default();
        let mut spots: Spots = Vec::new();
        let mut minor: Vec<bool> = Vec::new();
        for (mention, choice) in all.iter().zip(&choices) {
            let mut place = choice.claim_place(mention);
            place.name = place.name.split_whitespace().collect::<Vec<_>>().join(" ");
            // a name without a frame tells where the text is set only where nothing else does
            if let Some(country) = place.country.as_ref().filter(|_| choice.place.is_some()) {
                *bare.entry(country.clone()).or_default() += 1;
            }
            let telling = matches!(mention.role, MentionRole::Framed | MentionRole::Dateline)
                || place.precision == PlacePrecision::Country;
            if let Some(country) = place.country.as_ref().filter(|_| telling) {
                *tally.entry(country.clone()).or_default() += 1;
            }
            let framed = mention.role == MentionRole::Framed;
            let spot = Spot {
                first: 0,
                last: 0,
                location: mention.is_location(),
                framed,
                metonym: mention.role == MentionRole::Metonym,
                broad: false,
                contains: mention.container,
                place,
            };
            minor.push(choice.place.is_some_and(|place| {
                !place.pack && !place.is_area() && !place.capital && place.population < WELL_KNOWN
            }));
            spots.push((mention.start, mention.end, spot));
        }
        for word in texts
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
            .filter(|word| word.starts_with(char::is_uppercase))
        {
            if let Some(country) = places.demonym(word) {
                *tally.entry(country.to_owned()).or_default() += 1;
            }
        }
        trust(&mut spots, &minor, &tally);
        let tally = if tally.is_empty() { bare } else { tally };
        let mut countries: Vec<(String, usize)> = tally.into_iter().collect();
        countries.sort_by_key(|(country, count)| (std::cmp::Reverse(*count), country.clone()));
        let body = spots.split_off(split);
        (spots, body, countries.into_iter().map(|(country, _)| country).collect())
    }

    fn theatre_countries(&self) -> Vec<String> {
        let wanted = |head: &&PackHead| self.doc.theatres.contains(&head.id);
        self.extractor
            .theatres
            .iter()
            .filter(wanted)
            .flat_map(|head| head.countries.iter().cloned())
            .collect()
    }
}

/// A place with fewer people is a namesake rather than meant, in a text that names another country often.
const WELL_KNOWN: u64 = 100_000;

/// So many mentions of places make sure which country a text is about.
const FIRM: usize = 4;

/// A bare name is a place only in a country that the document names otherwise: elsewhere it is somebody's name.
fn trust(spots: &mut Spots, minor: &[bool], tally: &BTreeMap<String, usize>) {
    let most = tally.values().copied().max().unwrap_or(0);
    if most == 0 {
        return;
    }
    for ((_, _, spot), minor) in spots.iter_mut().zip(minor) {
        // a frame is enough for a place of note; a hamlet abroad needs a text that has been there twice
        if spot.framed && !(*minor && most >= FIRM) {
            continue;
        }
        let count = spot
            .place
            .country
            .as_ref()
            .and_then(|country| tally.get(country))
            .copied()
            .unwrap_or(0);
        spot.location &= count * 3 >= most && count > 0;
    }
}

fn is_known_fine(spot: &Spot) -> bool {
    spot.place.canonical.is_some() && spot.place.precision != PlacePrecision::Country
}

/// A place named in the sentences beside this one, but none from which something was fired.
fn nearby(body: &Parsed<'_>, sentence: usize, origins: &[usize]) -> Option<Spot> {
    let range = |index: usize| body.sentences.get(index).map(|sentence| sentence.range.clone());
    [sentence.checked_sub(1), Some(sentence + 1)].into_iter().flatten().filter_map(range).find_map(
        |range| {
            let fits =
                |spot: &Spot| range.contains(&spot.first) && spot.location && is_known_fine(spot);
            let mut spots = body.spots.iter().enumerate();
            spots
                .find(|(index, spot)| fits(spot) && !origins.contains(index))
                .map(|(_, spot)| spot.clone())
        },
    )
}

/// What a place in the document's own country is worth in mentions of places elsewhere.
const HOME: usize = 1000;

/// The country that a document is about, where it names no place in it.
fn at_home(countries: &[String], names: &Places) -> Option<Spot> {
    let code = countries.first()?;
    let name = names.country(code)?;
    let place = ClaimPlace {
        name: name.to_owned(),
        relation: "in".to_owned(),
        canonical: Some(name.to_owned()),
        country: Some(code.clone()),
        admin1: None,
        admin2: None,
        lat: None,
        lon: None,
        precision: PlacePrecision::Country,
    };
    let spot = Spot {
        first: 0,
        last: 0,
        location: true,
        framed: false,
        metonym: false,
        broad: false,
        contains: false,
        place,
    };
    Some(spot)
}

/// An event without a place of its own lies where the document is set: its most named place.
pub(super) fn settle(
    events: &mut [Event],
    body: &Parsed<'_>,
    title: Option<&Parsed<'_>>,
    countries: &[String],
    names: &Places,
) {
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let all: Vec<&Spot> =
        title.iter().flat_map(|title| title.spots.iter()).chain(&body.spots).collect();
    for (index, spot) in
        all.iter().enumerate().filter(|(_, spot)| spot.location && is_known_fine(spot))
    {
        let name = spot.place.canonical.clone().unwrap_or_default();
        let row = tally.entry(name).or_insert((0, index));
        row.0 += if spot.framed { 2 } else { 1 };
        // a place in the country that the text is about, before namesakes elsewhere
        if row.0 < HOME && spot.place.country.as_ref() == countries.first() {
            row.0 += HOME;
        }
    }
    let most = tally.values().max_by_key(|(count, index)| (*count, std::cmp::Reverse(*index)));
    let Some(main) =
        most.map(|(_, index)| all[*index].clone()).or_else(|| at_home(countries, names))
    else {
        return;
    };
    let origins: Vec<usize> =
        events.iter().flat_map(|event| event.whole.origins.iter().copied()).collect();
    for event in events {
        let placed = |spot: &Spot| {
            spot.place.precision != PlacePrecision::Country
                || main.place.precision == PlacePrecision::Country
        };
        if !event.spots.iter().any(placed) {
            let near =
                event.sentences.iter().find_map(|sentence| nearby(body, *sentence, &origins));
            event.spots.insert(0, near.unwrap_or_else(|| main.clone()));
        }
    }
}
