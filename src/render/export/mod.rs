//! Events for other programs: rows under ACLED's column names, as CSV or GeoJSON.
//!
//! What a digest may not show, these do not hold either: private persons have no name in them (B-67), and the place of
//! a hospital, school or camp is told no finer than its district (B-68).

mod csv;
mod geojson;
mod row;

pub use csv::{csv, csv_line};
pub use geojson::geojson;
pub use row::{EventRow, event_rows};
