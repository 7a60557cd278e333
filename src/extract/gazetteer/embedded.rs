//! The embedded table and its index, decoded once.

use std::sync::OnceLock;

use super::GazetteerError;
use super::candidate::{Candidate, Match};
use super::index::{Index, NameHash, Posting};
use super::table::Table;
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

    /// The name of a country by its code: countries stand first in the table.
    pub(super) fn country(&self, code: &str) -> Option<&str> {
        let rows = (0..).map_while(|number| self.table.row(number));
        rows.take_while(|row| row.kind == b'C').find(|row| row.country == code).map(|row| row.name)
    }

    /// The one of the program.
    pub(super) fn shared() -> Result<&'static Self, GazetteerError> {
        GAZETTEER.get_or_init(Self::load).as_ref().map_err(Clone::clone)
    }

    /// Whether a place may have the plain name with this hash; [`Gazetteer::exact`] tells surely.
    pub(super) fn may_know(&self, hash: NameHash) -> bool {
        self.index.may_know(hash)
    }

    /// The rows with a plain name.
    pub(super) fn exact(&self, name: &str, hash: NameHash) -> impl Iterator<Item = (u32, Match)> {
        let named = move |posting: &Posting| {
            let spelling = self.table.spelling(posting.row(), posting.spelling())?;
            let matched = if posting.spelling() == 0 { Match::Name } else { Match::Alias };
            (plain(spelling) == name).then_some((posting.row(), matched))
        };
        self.index.plain(hash).iter().filter_map(named)
    }

    /// The rows with a name that sounds near enough.
    pub(super) fn folded(
        &self,
        sounds: &Sounds,
        hash: NameHash,
    ) -> impl Iterator<Item = (u32, Match)> {
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
    pub(super) fn candidates(&self, mut found: Vec<(u32, Match)>) -> Vec<Candidate<'_>> {
        found.sort_by(|a, b| {
            a.0.cmp(&b.0).then(a.1.partial_cmp(&b.1).unwrap_or(std::cmp::Ordering::Equal))
        });
        found.dedup_by_key(|(row, _)| *row);
        let candidate = |(row, matched)| Some(Candidate::of_row(&self.table.row(row)?, matched));
        found.into_iter().filter_map(candidate).collect()
    }
}
