//! GeoJSON by RFC 7946: a feature for each event, without a geometry where no point is known (B-57).

use serde_json::{Map, Value, json};

use super::csv::{COLUMNS, cells};
use super::row::{EventRow, event_rows};
use crate::model::registry::Registry;
use crate::model::situation::Situation;
use crate::render::RenderError;

/// The events of a situation as a feature collection.
pub fn geojson(situation: &Situation, registry: &Registry) -> Result<String, RenderError> {
    let features: Vec<Value> = event_rows(situation, registry).iter().map(feature).collect();
    let collection = json!({"type": "FeatureCollection", "features": features});
    Ok(serde_json::to_string_pretty(&collection)?)
}

fn feature(row: &EventRow) -> Value {
    let geometry = row.at.map(|(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
    json!({
        "type": "Feature",
        "id": row.id,
        "geometry": geometry,
        "properties": properties(row),
    })
}

/// The columns of the table; what is empty there is null here, and what is a number is one.
fn properties(row: &EventRow) -> Map<String, Value> {
    let value = |cell: String| match cell.parse::<i64>() {
        Ok(number) => json!(number),
        Err(_) if cell.is_empty() => Value::Null,
        Err(_) => json!(cell),
    };
    let pairs = COLUMNS.iter().zip(cells(row));
    let shown = pairs.filter(|(name, _)| !matches!(**name, "latitude" | "longitude"));
    shown.map(|(name, cell)| ((*name).to_owned(), value(cell))).collect()
}
