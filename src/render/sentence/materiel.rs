//! Equipment and what became of it, with who says so.

use super::casualties::count;
use super::grammar::{joined, plural};
use super::names::faction_name;
use super::objects::{fates, passive};
use super::speaker::says;
use crate::model::event::{Event, ReportedMateriel};
use crate::model::id::FactionId;
use crate::render::desk::Desk;
use crate::render::wording::takes_no_side;

/// `1 depot and 2 vehicles destroyed, pro-government sources say`, one clause for each speaker.
pub(super) fn clauses(desk: &Desk<'_>, event: &Event) -> Vec<String> {
    let mut speakers: Vec<Option<&str>> = Vec::new();
    for row in &event.materiel {
        if !speakers.contains(&row.speaker.as_deref()) {
            speakers.push(row.speaker.as_deref());
        }
    }
    let mut clauses: Vec<String> =
        speakers.into_iter().filter_map(|speaker| of_speaker(desk, event, speaker)).collect();
    clauses.extend(fates(event));
    clauses
}

fn of_speaker(desk: &Desk<'_>, event: &Event, speaker: Option<&str>) -> Option<String> {
    let rows = event.materiel.iter().filter(|row| row.speaker.as_deref() == speaker);
    let items = rows.filter_map(|row| item(desk, row)).take(3).collect::<Vec<_>>();
    let said = speaker.map(|speaker| format!(", {}", says(speaker))).unwrap_or_default();
    (!items.is_empty()).then(|| format!("{}{said}", joined(&items)))
}

/// `2 HTS battle tanks captured`; none where the word takes a side.
fn item(desk: &Desk<'_>, row: &ReportedMateriel) -> Option<String> {
    let owner = row.materiel.canonical.as_deref().unwrap_or_default();
    let owner = match &row.materiel.faction {
        Some(faction) => format!("{} ", faction_name(desk, Some(faction), owner)),
        None => String::new(),
    };
    unowned(row).map(|(many, thing)| format!("{many} {owner}{thing}"))
}

fn unowned(row: &ReportedMateriel) -> Option<(String, String)> {
    let materiel = &row.materiel;
    let (many, n) = materiel.count.as_ref().and_then(count).unwrap_or(("unnumbered".to_owned(), 2));
    let noun = plural(&materiel.item, n);
    takes_no_side(&noun).then(|| (many, format!("{noun} {}", passive(materiel.fate))))
}

/// What became of one faction's equipment: `2 battle tanks captured`.
pub(crate) fn items(desk: &Desk<'_>, event: &Event, owner: &FactionId) -> Vec<String> {
    let owned = |row: &&ReportedMateriel| {
        row.materiel.faction.as_ref().is_some_and(|faction| desk.rollup(faction, event) == *owner)
    };
    let rows = event.materiel.iter().filter(owned).filter_map(unowned);
    rows.map(|(many, thing)| format!("{many} {thing}")).collect()
}
