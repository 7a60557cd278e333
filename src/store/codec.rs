//! Values to columns and back. What cannot be read back names its table, column and row.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// A value as JSON text.
pub(super) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    let what = std::any::type_name::<T>();
    serde_json::to_string(value).map_err(|source| StoreError::Encode { what, source })
}

/// The word that stands for a variant without fields.
pub(super) fn word<T: Serialize>(value: T) -> Result<String, StoreError> {
    let what = std::any::type_name::<T>();
    let value = serde_json::to_value(value).and_then(serde_json::from_value::<String>);
    value.map_err(|source| StoreError::Encode { what, source })
}

/// A number of things; absurdly many give the largest.
pub(super) fn count(value: i64) -> u32 {
    u32::try_from(value.max(0)).unwrap_or(u32::MAX)
}

/// Rows of a word and a number, as a map.
pub(super) fn counts<K: Ord + DeserializeOwned>(
    row: &At<'_>,
    column: &'static str,
    rows: Vec<(String, i64)>,
) -> Result<BTreeMap<K, u32>, StoreError> {
    let read = |(key, n): (String, i64)| Ok((row.word(column, &key)?, count(n)));
    rows.into_iter().map(read).collect()
}

/// A row that is being read, for messages.
pub(super) struct At<'a> {
    pub(super) table: &'static str,
    pub(super) row: &'a str,
}

impl At<'_> {
    /// A value from its JSON text.
    pub(super) fn json<T: DeserializeOwned>(
        &self,
        column: &'static str,
        text: &str,
    ) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|error| self.wrong(column, error))
    }

    /// A variant from the word that stands for it.
    pub(super) fn word<T: DeserializeOwned>(
        &self,
        column: &'static str,
        text: &str,
    ) -> Result<T, StoreError> {
        let value = serde_json::Value::String(text.to_owned());
        serde_json::from_value(value).map_err(|error| self.wrong(column, error))
    }

    /// A value from what it prints.
    pub(super) fn parsed<T>(&self, column: &'static str, text: &str) -> Result<T, StoreError>
    where
        T: FromStr<Err: Display>,
    {
        text.parse().map_err(|error| self.wrong(column, error))
    }

    /// An instant from microseconds of Unix time.
    pub(super) fn time(&self, column: &'static str, micros: i64) -> Result<Timestamp, StoreError> {
        Timestamp::from_microsecond(micros).map_err(|error| self.wrong(column, error))
    }

    /// An instant that may be absent.
    pub(super) fn maybe_time(
        &self,
        column: &'static str,
        micros: Option<i64>,
    ) -> Result<Option<Timestamp>, StoreError> {
        micros.map(|micros| self.time(column, micros)).transpose()
    }

    fn wrong(&self, column: &'static str, why: impl Display) -> StoreError {
        let (table, row) = (self.table, self.row.to_owned());
        StoreError::Inconsistent { table, column, row, why: why.to_string() }
    }
}
