//! Situations for tests, worked out from events by the plainest counting that will do.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sitrep::model::actor::Role;
use sitrep::model::digest::{DayOutcome, Variant};
use sitrep::model::event::{Event, Measure};
use sitrep::model::filter::{Filter, Grouping};
use sitrep::model::id::EventId;
use sitrep::model::kind::{EventType, SubType};
use sitrep::model::pack::Pack;
use sitrep::model::registry::Registry;
use sitrep::model::situation::{
    Activity, Coverage, FactionRow, Glance, Group, Matrix, OneSided, Situation, SourceRef, Tally,
    Total, Trend,
};
use sitrep::model::time::Window;

use super::event::{OUTLETS, Story, address};

/// The factions of the tests.
pub(super) fn registry() -> Registry {
    Registry::merge([toml::from_str::<Pack>(include_str!("pack.toml")).unwrap()])
}

/// The situation of these events for the edition "Ruritania" that closes on 22 November 2026, 05:30 in Vienna.
pub(super) fn situation(stories: Vec<Story>) -> Situation {
    let events = stories.into_iter().map(|story| story.0).collect::<Vec<_>>();
    let mut ranked = events.iter().collect::<Vec<_>>();
    ranked.sort_by_key(|event| (std::cmp::Reverse(event.score), event.id.clone()));
    let ids = |events: &[&Event]| events.iter().map(|event| event.id.clone()).collect::<Vec<_>>();
    let of_kind =
        |kind| ranked.iter().filter(move |event| event.kind.0 == kind).copied().collect::<Vec<_>>();
    let rows = rows(&ranked);
    Situation {
        schema: 1,
        title: "Ruritania".to_owned(),
        window: Window {
            from: "2026-11-21T04:30:00Z".parse().unwrap(),
            to: "2026-11-22T04:30:00Z".parse().unwrap(),
        },
        by_event_date: false,
        variant: Variant {
            filter: Filter::default(),
            grouping: Grouping::Region,
            language: "en".to_owned(),
            zone: "Europe/Vienna".to_owned(),
            brief: false,
        },
        outcome: if events.len() > 2 { DayOutcome::Normal } else { DayOutcome::Quiet },
        coverage: Coverage { articles: 24, sources_read: 5, ..Coverage::default() },
        next_close: Some("2026-11-23T04:30:00Z".parse().unwrap()),
        lead: ranked.iter().find(|event| !event.occurrence_denied()).map(|event| event.id.clone()),
        key_points: ids(&ranked[..ranked.len().min(4)]),
        glance: glance(&ranked, &rows),
        matrix: matrix(&ranked, &rows),
        factions: rows,
        changes: Some(Vec::new()),
        access: ids(&of_kind(SubType::Other)),
        talks: ids(&of_kind(SubType::Agreement)),
        groups: groups(&ranked),
        disputed: ids(&ranked
            .iter()
            .filter(|event| !event.disputes.is_empty())
            .copied()
            .collect::<Vec<_>>()),
        earlier: Vec::new(),
        corrections: Vec::new(),
        silent: Vec::new(),
        before: None,
        exact_faction: false,
        sources: sources(),
        events: events.into_iter().map(|event| (event.id.clone(), Arc::new(event))).collect(),
    }
}

fn sources() -> Vec<SourceRef> {
    let source =
        |(number, (id, name, aligned, reposts)): (u32, &(&str, &str, Option<&str>, bool))| {
            SourceRef {
                number,
                id: (*id).into(),
                name: (*name).to_owned(),
                title: "A day in Ruritania".to_owned(),
                url: address(id),
                published: Some("2026-11-21T12:00:00Z".parse().unwrap()),
                alignment_known: aligned.is_some(),
                republishes: *reposts,
            }
        };
    (1..).zip(OUTLETS).map(source).collect()
}

fn region(event: &Event) -> String {
    event
        .places
        .first()
        .and_then(|place| place.admin1.clone())
        .unwrap_or_else(|| "Elsewhere".to_owned())
}

fn groups(ranked: &[&Event]) -> Vec<Group> {
    let mut groups: Vec<(String, Vec<EventId>)> = Vec::new();
    for event in ranked {
        let name = region(event);
        match groups.iter_mut().find(|group| group.0 == name) {
            Some(group) => group.1.push(event.id.clone()),
            None => groups.push((name, vec![event.id.clone()])),
        }
    }
    let group = |(name, ids): (String, Vec<EventId>)| Group {
        name,
        full: ids.iter().take(6).cloned().collect(),
        short: ids.iter().skip(6).take(10).cloned().collect(),
        more: u32::try_from(ids.len().saturating_sub(16)).unwrap(),
    };
    groups.into_iter().map(group).collect()
}

fn glance(ranked: &[&Event], rows: &[FactionRow]) -> Glance {
    let bracketed = ranked.iter().filter(|event| event.in_brackets()).count();
    let civilians = ranked.iter().filter(|event| {
        !event.in_brackets() && event.kind.0.event_type() == EventType::ViolenceAgainstCivilians
    });
    let places = ranked.iter().flat_map(|event| &event.places).map(|place| &place.name);
    Glance {
        events: u32::try_from(ranked.len() - bracketed).unwrap(),
        bracketed: u32::try_from(bracketed).unwrap(),
        totals: totals(ranked),
        targeting_civilians: u32::try_from(civilians.count()).unwrap(),
        places: u32::try_from(places.collect::<BTreeSet<_>>().len()).unwrap(),
        armed_actors: u32::try_from(rows.len()).unwrap(),
        trend: Trend::NoBaseline { days: 9 },
        mean7_tenths: None,
        highest_since: None,
    }
}

fn totals(ranked: &[&Event]) -> BTreeMap<Measure, Total> {
    let mut totals: BTreeMap<Measure, Total> = BTreeMap::new();
    for (event, side) in
        ranked.iter().flat_map(|event| event.figures.iter().map(move |side| (event, side)))
    {
        let total = totals.entry(side.measure).or_default();
        let last = side.reports.last().unwrap();
        let (low, high) = (last.figure.min.unwrap_or(0), last.figure.max.unwrap_or(0));
        if side.counted.is_some() && !event.in_brackets() {
            let sum = total.counted.get_or_insert((0, 0));
            *sum = (sum.0 + low, sum.1 + high);
        } else {
            let (event, side) = (event.id.clone(), side.side.clone());
            total.one_sided.push(OneSided {
                event,
                low,
                high,
                side,
                speaker: last.speaker.clone(),
            });
        }
    }
    totals
}

fn rows(ranked: &[&Event]) -> Vec<FactionRow> {
    let registry = registry();
    let columns = columns(ranked);
    let mut rows: Vec<FactionRow> = Vec::new();
    for event in ranked {
        let mut seen = BTreeSet::new();
        for actor in &event.actors {
            let Some(id) = actor.faction.as_ref().map(|id| registry.rollup(id, None)) else {
                continue;
            };
            if !seen.insert(id.clone()) {
                continue;
            }
            let at = rows.iter().position(|row| row.faction.as_ref() == Some(&id));
            let at = at.unwrap_or_else(|| {
                let faction = registry.faction(&id).unwrap();
                rows.push(FactionRow {
                    name: faction.name.clone(),
                    short: faction.short_name().to_owned(),
                    faction: Some(id),
                    in_registry: true,
                    activity: Activity::default(),
                    cells: vec![Activity::default(); columns.len()],
                    events: Vec::new(),
                    regions: Vec::new(),
                });
                rows.len() - 1
            });
            let column =
                columns.iter().position(|name| *name == region(event)).unwrap_or(columns.len() - 1);
            let row = &mut rows[at];
            if event.kind.0 != SubType::Agreement {
                count(&mut row.activity, actor.role, event.in_brackets());
                count(&mut row.cells[column], actor.role, event.in_brackets());
            }
            row.events.push(event.id.clone());
            if !row.regions.contains(&region(event)) {
                row.regions.push(region(event));
            }
        }
    }
    rows
}

fn count(activity: &mut Activity, role: Role, bracketed: bool) {
    let tally: &mut Tally = match role {
        Role::Initiator => &mut activity.attacked,
        Role::Target => &mut activity.was_attacked,
        Role::Participant => &mut activity.clashed,
    };
    *(if bracketed { &mut tally.bracketed } else { &mut tally.counted }) += 1;
}

fn columns(ranked: &[&Event]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for event in ranked {
        if !names.contains(&region(event)) {
            names.push(region(event));
        }
    }
    if names.len() > 4 {
        names.truncate(3);
        names.push("Other".to_owned());
    }
    names
}

fn matrix(ranked: &[&Event], rows: &[FactionRow]) -> Option<Matrix> {
    let rows = rows.iter().take(8).cloned().collect::<Vec<_>>();
    (rows.len() > 1).then(|| Matrix { columns: columns(ranked), rows })
}
