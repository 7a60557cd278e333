//! With what an issue was computed, so that it can be computed again after names have changed.

use std::collections::BTreeSet;

use super::fold::fold;
use crate::model::event::Event;
use crate::model::faction::Faction;
use crate::model::filter::Filter;
use crate::model::id::FactionId;
use crate::model::registry::Registry;
use crate::model::situation::{Frozen, Setting};

/// What the packs say now of everybody in the issue.
pub fn setting(frozen: &Frozen, filter: &Filter, registry: &Registry, packs: &str) -> Setting {
    let mut named: BTreeSet<FactionId> = filter.factions.iter().cloned().collect();
    let mut voices: BTreeSet<String> = BTreeSet::new();
    for event in events(frozen) {
        named.extend(ids(event).cloned());
        voices.extend(names(event).map(fold));
    }
    let speaks =
        |faction: &&Faction| faction.outlets.iter().any(|outlet| voices.contains(&fold(outlet)));
    named.extend(registry.factions().filter(speaks).map(|faction| faction.id.clone()));
    Setting {
        packs: packs.to_owned(),
        factions: above(named, registry),
        regions: registry.regions().to_vec(),
        heads: registry.packs().to_vec(),
        filter: filter.clone(),
    }
}

fn events(frozen: &Frozen) -> impl Iterator<Item = &Event> {
    let told = frozen.corrected.iter().map(|corrected| &corrected.told);
    let issues = frozen.events.iter().chain(frozen.previous.iter().flatten());
    issues.map(|event| &**event).chain(&frozen.silent).chain(told)
}

/// Everybody whom an event names by id.
fn ids(event: &Event) -> impl Iterator<Item = &FactionId> {
    let actors = event.actors.iter().filter_map(|actor| actor.faction.as_ref());
    let sides = event.figures.iter().filter_map(|figure| figure.faction.as_ref());
    let owners = event.materiel.iter().filter_map(|row| row.materiel.faction.as_ref());
    let speakers = event.reports.iter().flat_map(|report| &report.speakers);
    let speakers = speakers.chain(event.denials.iter().map(|(speaker, _)| speaker));
    let leanings =
        event.reports.iter().flat_map(|report| report.source.aligned_with.iter().flatten());
    let said = speakers.filter_map(|speaker| speaker.faction.as_ref());
    actors.chain(sides).chain(owners).chain(said).chain(leanings)
}

/// Outlets and speakers, who may speak for somebody.
fn names(event: &Event) -> impl Iterator<Item = &str> {
    let reports = event.reports.iter().flat_map(|report| {
        let source = &report.source;
        let speakers = report.speakers.iter().map(|speaker| speaker.name.as_str());
        [source.id.as_str(), &source.name].into_iter().chain(speakers)
    });
    reports.chain(event.denials.iter().map(|(speaker, _)| speaker.name.as_str()))
}

/// The entries of these factions and of all above them at whatever time, by id.
fn above(named: BTreeSet<FactionId>, registry: &Registry) -> Vec<Faction> {
    let (mut seen, mut open) = (BTreeSet::new(), named.into_iter().collect::<Vec<_>>());
    while let Some(id) = open.pop() {
        let Some(faction) = registry.faction(&id).filter(|_| seen.insert(id.clone())) else {
            continue;
        };
        open.extend(faction.parent.iter().chain(&faction.rollup).cloned());
        open.extend(faction.member_of.iter().map(|member| member.id.clone()));
    }
    seen.iter().filter_map(|id| registry.faction(id)).cloned().collect()
}
