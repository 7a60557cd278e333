//! Equipment and what became of it, with who says so.

use super::casualties::count;
use super::grammar::{joined, plural};
use super::names::faction_name;
use super::objects::{fates, passive};
use super::reported::Reported;
use crate::model::event::{Event, ReportedMateriel};
use crate::model::id::FactionId;
use crate::render::desk::Desk;
use crate::render::wording::takes_no_side;

/// `1 depot and 2 vehicles destroyed, pro-government sources say`, one clause for each speaker.
pub(super) fn clauses(desk: &Desk<'_>, event: &Event) -> Vec<Reported> {
    let mut speakers: Vec<Option<&str>> = Vec::new();
    for row in &event.materiel {
        if !speakers.contains(&row.speaker.as_deref()) {
            speakers.push(row.speaker.as_deref());
        }
    }
    let mut clauses: Vec<Reported> =
        speakers.into_iter().filter_map(|speaker| of_speaker(desk, event, speaker)).collect();
    clauses.extend(fates(event).into_iter().map(|text| Reported { text, brief: None, by: None }));
    clauses
}

fn of_speaker(desk: &Desk<'_>, event: &Event, speaker: Option<&str>) -> Option<Reported> {
    let rows = event.materiel.iter().filter(|row| row.speaker.as_deref() == speaker);
    let items = rows.filter_map(|row| item(desk, row)).take(3).collect::<Vec<_>>();
    let by = speaker.map(str::to_owned);
    (!items.is_empty()).then(|| Reported { text: joined(&items), brief: None, by })
}

/// `2 HTS battle tanks captured`; none where the word takes a side.
fn item(desk: &Desk<'_>, row: &ReportedMateriel) -> Option<String> {
    let owner = row.materiel.canonical.as_deref().unwrap_or_default();
    let owner =
        row.materiel.faction.as_ref().map(|faction| faction_name(desk, Some(faction), owner));
    worded(row, owner.as_deref().unwrap_or_default())
}

/// Number, owner, thing and fate; without a number, the plural alone.
fn worded(row: &ReportedMateriel, owner: &str) -> Option<String> {
    let materiel = &row.materiel;
    let (number, inflected) = materiel.count.as_ref().and_then(count).unwrap_or((String::new(), 2));
    let noun = plural(&materiel.item, inflected);
    let words = [&number, owner, &noun, passive(materiel.fate)];
    let words = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>();
    takes_no_side(&noun).then(|| words.join(" "))
}

/// What became of one faction's equipment: `2 battle tanks captured`.
pub(crate) fn items(desk: &Desk<'_>, event: &Event, owner: &FactionId) -> Vec<String> {
    let its_own = |row: &&ReportedMateriel| {
        row.materiel
            .faction
            .as_ref()
            .is_some_and(|faction| desk.counts_under(faction, owner, event))
    };
    event.materiel.iter().filter(its_own).filter_map(|row| worded(row, "")).collect()
}
