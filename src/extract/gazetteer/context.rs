//! What a document says about where it is set, besides its place names.

use std::collections::BTreeMap;

use super::lexicon::Lexicon;
use super::token::capitals;

/// What one demonym adds to its country, and the most that all of them add.
const DEMONYM: f64 = 0.4;
const MOST_DEMONYMS: f64 = 3.0;

/// What a theatre of the source adds to its countries.
const THEATRE: f64 = 2.0;

/// The countries that a document is about, as far as its demonyms and its source's theatres tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceContext {
    pub(super) countries: BTreeMap<String, f64>,
}

impl PlaceContext {
    /// Nothing known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the countries of the source's theatres, as ISO codes.
    #[must_use]
    pub fn with_theatres<S: AsRef<str>>(mut self, countries: &[S]) -> Self {
        for country in countries {
            *self.countries.entry(country.as_ref().to_owned()).or_default() += THEATRE;
        }
        self
    }

    pub(super) fn read(&mut self, lexicon: &Lexicon, text: &str) {
        let mut found: BTreeMap<&str, f64> = BTreeMap::new();
        for word in capitals(text) {
            if let Some(country) = lexicon.demonym(&word) {
                *found.entry(country).or_default() += DEMONYM;
            }
        }
        for (country, weight) in found {
            let sum = self.countries.entry(country.to_owned()).or_default();
            *sum += weight.min(MOST_DEMONYMS);
        }
    }
}
