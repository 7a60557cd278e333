//! Votes for countries and divisions.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::mention::MentionRole;

/// Votes for countries and first-order divisions.
#[derive(Debug, Default)]
pub(super) struct Votes<'a> {
    pub(super) countries: BTreeMap<&'a str, f64>,
    divisions: BTreeMap<(&'a str, &'a str), f64>,
}

impl<'a> Votes<'a> {
    pub(super) fn add(&mut self, place: &Candidate<'a>, weight: f64) {
        if !place.country.is_empty() {
            *self.countries.entry(place.country).or_default() += weight;
        }
        if !place.admin1.is_empty() {
            *self.divisions.entry((place.country, place.admin1)).or_default() += weight;
        }
    }

    pub(super) fn country(&self, country: &str) -> f64 {
        self.countries.get(country).copied().unwrap_or(0.0)
    }

    pub(super) fn division(&self, place: &Candidate<'_>) -> f64 {
        self.divisions.get(&(place.country, place.admin1)).copied().unwrap_or(0.0)
    }

    /// The country that has more votes than all others together.
    pub(super) fn leading_country(&self) -> Option<&'a str> {
        leading(&self.countries)
    }

    pub(super) fn leading_division(&self, country: &str) -> Option<&'a str> {
        let inside = self.divisions.iter().filter(|((of, _), _)| *of == country);
        leading(&inside.map(|((_, admin1), votes)| (*admin1, *votes)).collect())
    }
}

fn leading<'a>(votes: &BTreeMap<&'a str, f64>) -> Option<&'a str> {
    let total: f64 = votes.values().sum();
    votes.iter().find(|(_, votes)| **votes * 2.0 > total).map(|(name, _)| *name)
}

/// How much a name says about where the document is set.
pub(super) fn weight(role: MentionRole) -> f64 {
    match role {
        MentionRole::Framed => 1.0,
        MentionRole::Bare => 0.7,
        MentionRole::Dateline => 0.5,
        MentionRole::Institution => 0.4,
        MentionRole::Metonym | MentionRole::Modifier => 0.2,
    }
}
