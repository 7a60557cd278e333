//! Which place each name of a document means.
//!
//! Every name votes for the countries and divisions that it may lie in; then each takes the meaning that the other
//! votes, its frame, its container and its neighbours speak for. The weights are hand-set on texts of our own and
//! order candidates only.

use super::candidate::{Candidate, Match, PlaceKind};
use super::context::PlaceContext;
use super::lexicon::Lexicon;
use super::link::place_in;
use super::mention::{MentionRole, PlaceMention};
use super::prior::prior;
use super::votes::{Votes, weight};
use crate::model::place::{ClaimPlace, PlacePrecision};

/// How often all names choose anew with the votes of the last round.
const ROUNDS: usize = 2;

/// A town smaller than this is meant only where something else in the document lies in its country.
const SMALL: u64 = 15_000;

/// The same in a document that clearly lies elsewhere.
const LARGE: u64 = 300_000;

/// From so many votes a document clearly lies in a country.
const FIRM: f64 = 4.0;

/// A name known by its sound alone is believed if its country has this share of the leading country's votes.
const SHARE: f64 = 0.4;

/// Which place a mention means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice<'a> {
    /// The place, if it is one that we know.
    pub place: Option<Candidate<'a>>,
    /// ISO 3166-1 alpha-2; that of the document where the place is unknown.
    pub country: Option<&'a str>,
    /// First-order division; that of its surroundings where the place is unknown.
    pub admin1: Option<&'a str>,
    /// Second-order division.
    pub admin2: Option<&'a str>,
    /// How finely all this is known.
    pub precision: PlacePrecision,
}

impl<'a> Choice<'a> {
    /// The place as a claim carries it.
    pub fn claim_place(&self, mention: &PlaceMention<'_>) -> ClaimPlace {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let at = self.place.and_then(|place| place.at);
        ClaimPlace {
            name: mention.text.clone(),
            relation: mention.relation.clone(),
            canonical: owned(self.place.map(|place| place.name)),
            country: owned(self.country),
            admin1: owned(self.admin1),
            admin2: owned(self.admin2),
            lat: at.map(|at| at.0),
            lon: at.map(|at| at.1),
            precision: self.precision,
        }
    }

    fn of(place: Candidate<'a>) -> Self {
        Self {
            place: Some(place),
            country: some(place.country),
            admin1: some(place.admin1),
            admin2: some(place.admin2),
            precision: place.precision(),
        }
    }

    fn nowhere() -> Self {
        Self {
            place: None,
            country: None,
            admin1: None,
            admin2: None,
            precision: PlacePrecision::Country,
        }
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Chooses for the mentions of one document.
pub(super) struct Resolver<'a, 'm> {
    lexicon: &'a Lexicon,
    theatres: &'a [Vec<String>],
    mentions: &'m [PlaceMention<'a>],
    context: &'m PlaceContext,
    /// For each mention, how much each candidate is believed; sums to one.
    beliefs: Vec<Vec<f64>>,
}

impl<'a, 'm> Resolver<'a, 'm> {
    pub(super) fn new(
        lexicon: &'a Lexicon,
        theatres: &'a [Vec<String>],
        mentions: &'m [PlaceMention<'a>],
        context: &'m PlaceContext,
    ) -> Self {
        let beliefs =
            mentions.iter().map(|mention| shares(&scores(mention, prior_score))).collect();
        Self { lexicon, theatres, mentions, context, beliefs }
    }

    /// One choice a mention.
    pub(super) fn run(mut self) -> Vec<Choice<'a>> {
        for _ in 0..ROUNDS {
            let votes = self.votes();
            let chosen = self.chosen();
            self.beliefs = (0..self.mentions.len())
                .map(|at| {
                    shares(&scores(&self.mentions[at], |mention, n| {
                        self.score(at, mention, n, &votes, &chosen)
                    }))
                })
                .collect();
        }
        let votes = self.votes();
        let known: Vec<_> = (0..self.mentions.len()).map(|at| self.known(at, &votes)).collect();
        (0..known.len())
            .map(|at| known[at].unwrap_or_else(|| self.unknown(at, &known, &votes)))
            .collect()
    }

    fn votes(&self) -> Votes<'a> {
        let mut votes = Votes::default();
        for (mention, beliefs) in self.mentions.iter().zip(&self.beliefs) {
            for (candidate, belief) in mention.candidates.iter().zip(beliefs) {
                votes.add(candidate, belief * weight(mention.role));
            }
        }
        votes
    }

    /// The candidate that is believed most, for each mention.
    fn chosen(&self) -> Vec<Option<usize>> {
        let best = |beliefs: &Vec<f64>| {
            (0..beliefs.len()).reduce(|a, b| if beliefs[b] > beliefs[a] { b } else { a })
        };
        self.beliefs.iter().map(best).collect()
    }

    fn score(
        &self,
        at: usize,
        mention: &PlaceMention<'a>,
        n: usize,
        votes: &Votes<'a>,
        chosen: &[Option<usize>],
    ) -> f64 {
        let place = &mention.candidates[n];
        let (country, division) = self.support(at, place, votes);
        prior_score(mention, n)
            + 2.0 * country.ln_1p()
            + 1.2 * division.ln_1p()
            + typed_score(mention, place)
            + self.container_score(mention, place)
            + self.near_score(at, place, chosen)
    }

    /// The votes that others give to a place's country and division.
    fn support(&self, at: usize, place: &Candidate<'a>, votes: &Votes<'a>) -> (f64, f64) {
        let mention = &self.mentions[at];
        let own = |same: &dyn Fn(&Candidate<'_>) -> bool| -> f64 {
            let pairs = mention.candidates.iter().zip(&self.beliefs[at]);
            pairs
                .filter(|(other, _)| same(other))
                .map(|(_, belief)| belief * weight(mention.role))
                .sum()
        };
        let country = votes.country(place.country) - own(&|other| other.country == place.country)
            + self.context.countries.get(place.country).copied().unwrap_or(0.0)
            + self.beside(place.country, votes);
        let division = votes.division(place)
            - own(&|other| other.country == place.country && other.admin1 == place.admin1);
        (country.max(0.0), division.max(0.0))
    }

    /// What speaks for the other countries of the war that a country is in.
    fn beside(&self, country: &str, votes: &Votes<'a>) -> f64 {
        const PART: f64 = 0.5;
        let others = self
            .theatres
            .iter()
            .filter(|theatre| theatre.iter().any(|at| at == country))
            .flat_map(|theatre| theatre.iter().filter(|at| *at != country));
        let said = |at: &String| {
            votes.country(at) + self.context.countries.get(at).copied().unwrap_or(0.0)
        };
        PART * others.map(said).fold(0.0, f64::max)
    }

    fn container_score(&self, mention: &PlaceMention<'a>, place: &Candidate<'a>) -> f64 {
        let Some(area) = mention.within.and_then(|at| self.mentions.get(at)) else { return 0.0 };
        if area.candidates.is_empty() {
            return 0.0;
        }
        if area.candidates.iter().any(|area| place_in(place, area)) { 3.0 } else { -1.5 }
    }

    /// Nearness to what the names before and after it mean.
    fn near_score(&self, at: usize, place: &Candidate<'a>, chosen: &[Option<usize>]) -> f64 {
        const NEAR_KM: f64 = 60.0;
        let around =
            (at.saturating_sub(2)..(at + 3).min(self.mentions.len())).filter(|other| *other != at);
        let other = |at: usize| Some(&self.mentions[at].candidates[chosen[at]?]);
        let distances = around
            .filter_map(other)
            .filter(|other| other.name != place.name)
            .filter_map(|other| place.distance_km(other));
        let nearest = distances.fold(f64::INFINITY, f64::min);
        1.5 * (-nearest / NEAR_KM).exp()
    }

    /// The place that a mention means, unless nothing but a likeness of names speaks for it.
    fn known(&self, at: usize, votes: &Votes<'a>) -> Option<Choice<'a>> {
        let best = self.chosen()[at]?;
        let place = self.mentions[at].candidates[best];
        let (support, _) = self.support(at, &place, votes);
        let leading = self.leading(votes);
        let believed = self.believed(at, &place, support, leading);
        (believed && !self.misplaced(at, &place)).then(|| self.outside(at, Choice::of(place)))
    }

    /// Whether more than a likeness of names speaks for a place.
    fn believed(&self, at: usize, place: &Candidate<'a>, support: f64, leading: f64) -> bool {
        let mention = &self.mentions[at];
        let share = support >= SHARE * leading.max(1.0);
        let area =
            place.is_area() && place.kind != PlaceKind::Admin2 && place.kind != PlaceKind::Admin1;
        let settled = place.pack || area;
        let part = matches!(mention.typed, Some(PlaceKind::Site | PlaceKind::Line))
            && mention.text.len() > place.name.len();
        let village = mention.typed == Some(PlaceKind::Town) && leading > FIRM;
        let largest = match mention.role {
            MentionRole::Bare => LARGE,
            _ if leading > FIRM => LARGE,
            _ => SMALL,
        };
        match place.matched {
            Match::Folded(_) => share,
            // a hospital named after a city abroad
            _ if part && !area && support < 0.2 => leading <= 1.5,
            _ if settled => true,
            _ if village && support < 0.2 => leading <= 1.5,
            _ if place.capital || place.population >= largest => true,
            _ if mention.role == MentionRole::Bare => share || leading <= 1.5,
            _ => support >= 0.2 || leading <= 1.5,
        }
    }

    /// What lies outside a city that is a division of its own lies in the division round it.
    fn outside(&self, at: usize, choice: Choice<'a>) -> Choice<'a> {
        let relation = self.mentions[at].relation.as_str();
        let outside =
            matches!(relation, "near" | "outside" | "around") || relation.ends_with(" of");
        let around = match (choice.country, choice.admin1) {
            (Some(country), Some(admin1)) if outside => self.lexicon.around(country, admin1),
            _ => None,
        };
        let city = |place: Candidate<'_>| place.capital || Some(place.name) == choice.admin1;
        let city = choice.place.is_some_and(city);
        match around.filter(|_| city) {
            Some(admin1) => Choice {
                admin1: Some(admin1),
                admin2: None,
                precision: PlacePrecision::Admin1,
                ..choice
            },
            None => choice,
        }
    }

    /// Whether the text says that it lies elsewhere: a small place whose container does not hold it.
    fn misplaced(&self, at: usize, place: &Candidate<'a>) -> bool {
        const LARGE: u64 = 50_000;
        let area = self.mentions[at].within.and_then(|within| self.mentions.get(within));
        let held = area.is_none_or(|area| {
            area.candidates.is_empty() || area.candidates.iter().any(|area| place_in(place, area))
        });
        let doubtful = matches!(place.matched, Match::Folded(_));
        !held && (doubtful || place.population < LARGE && !place.is_area())
    }

    /// The votes of the country that has most.
    fn leading(&self, votes: &Votes<'a>) -> f64 {
        let context = |country: &str| self.context.countries.get(country).copied().unwrap_or(0.0);
        votes.countries.iter().map(|(country, votes)| votes + context(country)).fold(0.0, f64::max)
    }

    /// What the surroundings say of an unknown place.
    fn unknown(&self, at: usize, known: &[Option<Choice<'a>>], votes: &Votes<'a>) -> Choice<'a> {
        let mention = &self.mentions[at];
        if !mention.is_location() {
            return Choice::nowhere();
        }
        let container = mention.within.and_then(|within| known.get(within).copied().flatten());
        let placed = mention.typed.is_some()
            || matches!(mention.relation.as_str(), "in" | "near" | "around" | "outside" | "on")
            || mention.relation.ends_with(" of");
        if !placed {
            return Choice::nowhere();
        }
        let around =
            container.or_else(|| self.neighbour(at, known, votes)).or_else(|| document(votes));
        around.map_or_else(Choice::nowhere, |around| Choice {
            place: None,
            precision: if around.admin1.is_some() {
                PlacePrecision::Admin1
            } else {
                PlacePrecision::Country
            },
            admin2: None,
            ..around
        })
    }

    /// The nearest name that lies in a known division, if it stands in about the same sentence.
    fn neighbour(
        &self,
        at: usize,
        known: &[Option<Choice<'a>>],
        votes: &Votes<'a>,
    ) -> Option<Choice<'a>> {
        const FARTHEST: usize = 200;
        let here = &self.mentions[at];
        let distance = |other: &PlaceMention<'_>| {
            here.start.saturating_sub(other.end).max(other.start.saturating_sub(here.end))
        };
        let leading = self.leading(votes);
        let at_home = |country: &str| votes.country(country) >= SHARE * leading;
        let placed = (0..self.mentions.len()).filter(|other| {
            let mention = &self.mentions[*other];
            *other != at
                && mention.is_location()
                && distance(mention) <= FARTHEST
                && known[*other].is_some_and(|choice| {
                    choice.admin1.is_some() && choice.country.is_some_and(at_home)
                })
        });
        let nearest = placed.min_by_key(|other| (distance(&self.mentions[*other]), *other > at))?;
        known[nearest]
    }
}

/// Where most of the document lies.
fn document<'a>(votes: &Votes<'a>) -> Option<Choice<'a>> {
    let country = votes.leading_country()?;
    Some(Choice {
        country: Some(country),
        admin1: votes.leading_division(country),
        ..Choice::nowhere()
    })
}

fn scores<'a>(
    mention: &PlaceMention<'a>,
    score: impl Fn(&PlaceMention<'a>, usize) -> f64,
) -> Vec<f64> {
    (0..mention.candidates.len()).map(|n| score(mention, n)).collect()
}

fn prior_score(mention: &PlaceMention<'_>, n: usize) -> f64 {
    1.5 * prior(&mention.candidates[n]).max(0.01).ln()
}

/// Scores as shares of one.
fn shares(scores: &[f64]) -> Vec<f64> {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

/// How well a candidate fits the type word of its name.
fn typed_score(mention: &PlaceMention<'_>, place: &Candidate<'_>) -> f64 {
    use PlaceKind::{Admin1, Admin2, Country, Region, Site, Town};
    let countryside =
        if mention.relation == "countryside of" && place.kind == Admin1 { 0.8 } else { 0.0 };
    let typed = match (mention.typed, place.kind) {
        (Some(Admin1), Admin1) | (Some(Admin2), Admin2) => 2.0,
        (Some(Admin1), Region) | (Some(Admin2), Admin1) => 0.5,
        (Some(Town | Site), Town | Site) => 1.0,
        (Some(Town), Country) => -4.0,
        (Some(Admin1), _) | (Some(Town | Site), Admin1 | Admin2) | (None, Admin2) => -1.0,
        (Some(Region), Region) => 1.5,
        _ => 0.0,
    };
    typed + countryside
}
