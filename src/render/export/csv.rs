//! Comma-separated values by RFC 4180, safe to open in a spreadsheet (S-15).

use super::row::{EventRow, disorder, event_rows};
use crate::model::registry::Registry;
use crate::model::situation::Situation;

/// The columns: ACLED's names, then our own.
pub(super) const COLUMNS: [&str; 30] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "country",
    "admin1",
    "admin2",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "notes",
    "fatalities",
    "timestamp",
    "event_date_to",
    "fatalities_high",
    "injured",
    "support",
    "disputes",
    "urls",
];

/// What begins a formula in a spreadsheet.
const FORMULA: [char; 7] = ['=', '+', '-', '−', '@', '\t', '\r'];

/// The events of a situation, one a line under a head.
pub fn csv(situation: &Situation, registry: &Registry) -> String {
    let head = COLUMNS.map(str::to_owned);
    let rows = event_rows(situation, registry);
    std::iter::once(head).chain(rows.iter().map(cells)).map(|cells| csv_line(&cells)).collect()
}

/// The values of a row in the order of the columns.
pub(super) fn cells(row: &EventRow) -> [String; 30] {
    let list = |items: &[String]| items.join("; ");
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    let [country, admin1, admin2, location] = row.place.clone();
    [
        row.id.clone(),
        day(row.date).unwrap_or_default(),
        row.date.map(|date| date.year().to_string()).unwrap_or_default(),
        row.time_precision.to_string(),
        disorder(row.kind).to_owned(),
        row.kind.event_type().label().to_owned(),
        row.kind.label().to_owned(),
        row.first.actor.clone(),
        list(&row.first.others),
        row.first.inter.to_owned(),
        row.second.actor.clone(),
        list(&row.second.others),
        row.second.inter.to_owned(),
        country,
        admin1,
        admin2,
        location,
        row.at.map(|(lat, _)| lat.to_string()).unwrap_or_default(),
        row.at.map(|(_, lon)| lon.to_string()).unwrap_or_default(),
        row.geo_precision.to_string(),
        list(&row.sources),
        row.notes.clone(),
        number(row.killed.map(|(low, _)| low)),
        row.timestamp.to_string(),
        day(row.date_to).unwrap_or_default(),
        number(row.killed.map(|(_, high)| high)),
        number(row.injured.map(|(low, _)| low)),
        row.support.to_owned(),
        list(&row.disputes),
        row.urls.join(" "),
    ]
}

/// One line, safe to open in a spreadsheet (S-15).
pub fn csv_line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(&harmless(cell))).collect();
    format!("{}\r\n", cells.join(","))
}

/// With an apostrophe before what a spreadsheet would compute; a number is none of that.
fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_15_a_cell_that_a_spreadsheet_would_compute_is_made_text() {
        for cell in ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(harmless(cell).starts_with('\''), "{cell:?}");
        }
        assert_eq!(harmless("-34.5"), "-34.5");
    }

    #[test]
    fn s_15_quotes_and_line_ends_stay_inside_their_cell() {
        let cells = ["a,b".to_owned(), "say \"no\"".to_owned(), "two\nlines".to_owned()];
        assert_eq!(csv_line(&cells), "\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\r\n");
    }
}
