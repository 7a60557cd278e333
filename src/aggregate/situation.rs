//! What one digest says: computed from the frozen events of an issue or a request, for one variant.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use rustc_hash::FxHashSet;

use super::changes::changes;
use super::family::{access, talks};
use super::glance::glance;
use super::groups::groups;
use super::kin::Kin;
use super::matrix::{columns, matrix};
use super::rank::in_order;
use super::references::references;
use super::regions::Regions;
use super::rows::rows;
use super::selection::{in_window, is_background, passes};
use super::truce::all_pairs;
use crate::model::digest::{DayOutcome, Variant};
use crate::model::event::{Event, Measure};
use crate::model::filter::Filter;
use crate::model::id::EventId;
use crate::model::registry::Registry;
use crate::model::situation::{
    Before, Change, Corrected, Coverage, Frozen, Group, Held, Situation, Tally,
};

/// The version of the form of a situation.
const SCHEMA: u32 = 1;
/// Key points at most (B-1).
const KEY_POINTS: usize = 5;
/// Lines on movement and access at most (B-1).
const ACCESS: usize = 4;
/// Lines on truces and talks at most (B-1).
const TALKS: usize = 3;
/// Events named of which nothing more was reported.
const SILENT: usize = 3;
/// Lines on what is denied or disputed at most.
const DISPUTED: usize = 5;
/// A window of about a day, in hours: only such a count is compared with daily counts.
const DAY_HOURS: std::ops::RangeInclusive<i64> = 20..=28;

/// Computes what a digest says of those frozen events that pass the edition's filter, narrowed by the variant's.
pub fn situation(
    frozen: &Frozen,
    variant: &Variant,
    registry: &Registry,
    edition: &Filter,
) -> Situation {
    let kin = Kin::new(registry);
    let zone = TimeZone::get(&variant.zone).unwrap_or(TimeZone::UTC);
    let filter = edition.narrowed(&variant.filter);
    let wanted = |event: &&Event| {
        !event.is_retracted() && passes(event, &filter, &kin) && in_window(event, frozen, &zone)
    };
    let mut events: Vec<&Event> =
        frozen.events.iter().map(|event| &**event).filter(wanted).collect();
    in_order(&mut events, frozen.window);
    let (earlier, mut live): (Vec<&Event>, Vec<&Event>) =
        events.into_iter().partition(|event| is_background(event, frozen));
    drop_overtaken(&mut live, &kin);
    let comparable = filter == *edition && is_a_day(frozen);
    let told = |it: &&Corrected| passes(&it.told, &filter, &kin);
    let corrections = frozen.corrected.iter().filter(told).cloned().collect();
    let exact = filter.exact_faction;
    let view =
        View { frozen, variant, kin: &kin, zone, comparable, exact, corrections, earlier, live };
    view.situation(&filter)
}

/// Whether the window is one that daily counts compare with; they are kept for the whole edition, so a narrower
/// selection has none.
fn is_a_day(frozen: &Frozen) -> bool {
    let seconds = frozen.window.to.as_second() - frozen.window.from.as_second();
    !frozen.by_event_date && DAY_HOURS.contains(&(seconds / 3600))
}

/// The events of one digest, most important first.
struct View<'a> {
    frozen: &'a Frozen,
    variant: &'a Variant,
    kin: &'a Kin<'a>,
    zone: TimeZone,
    comparable: bool,
    exact: bool,
    corrections: Vec<Corrected>,
    earlier: Vec<&'a Event>,
    live: Vec<&'a Event>,
}

impl<'a> View<'a> {
    fn situation(&self, filter: &Filter) -> Situation {
        let frozen = self.frozen;
        let (talks, access) = (self.talks(), self.access());
        let told = self.told_one_by_one(&talks, &access);
        let regions = Regions::of(&self.live, self.kin);
        let columns = columns(regions.by_size(&told));
        let rows = rows(&self.live, (&regions, &columns), self.exact, self.kin);
        let glance = glance(&told, &rows, frozen, self.comparable, &self.zone, self.kin);
        let key_points = self.key_points();
        let everything = frozen.by_event_date && !self.variant.brief;
        let groups = groups(&told, self.variant.grouping, (&regions, &rows), everything);
        let previous = frozen.previous.as_deref().filter(|_| !frozen.by_event_date);
        let silent = self.silent(filter);
        Situation {
            schema: SCHEMA,
            title: frozen.title.clone(),
            window: frozen.window,
            by_event_date: frozen.by_event_date,
            variant: self.variant.clone(),
            outcome: outcome(&frozen.coverage, told.len()),
            coverage: frozen.coverage.clone(),
            next_close: frozen.next_close,
            lead: lead(&key_points),
            glance,
            matrix: matrix(columns, &rows),
            factions: rows,
            changes: previous.map(|previous| self.changes(previous, &silent)),
            silent,
            access: ids(&access),
            talks: ids(&talks),
            disputed: self.disputed(&groups),
            earlier: ids(&self.earlier),
            corrections: self.corrections.clone(),
            before: None,
            exact_faction: self.exact,
            sources: references(self.in_reading_order(&key_points), self.kin),
            events: self.shared(),
            key_points: ids(&key_points),
            groups,
        }
    }

    fn changes(&self, previous: &[Arc<Event>], silent: &[Event]) -> Vec<Change> {
        let of = (self.frozen.window, self.kin);
        let mut changes = changes(&self.live, previous, &self.corrections, of);
        let silent =
            silent.iter().map(|event| Change::NoFurtherReports { event: event.id.clone() });
        changes.extend(silent);
        changes
    }

    /// Of what nothing more was reported, the most important first.
    fn silent(&self, filter: &Filter) -> Vec<Event> {
        let told: BTreeSet<&EventId> = self.all().map(|event| &event.id).collect();
        let wanted = |event: &&Event| {
            !told.contains(&event.id) && !event.is_retracted() && passes(event, filter, self.kin)
        };
        let mut silent: Vec<&Event> = self.frozen.silent.iter().filter(wanted).collect();
        in_order(&mut silent, self.frozen.window);
        silent.into_iter().take(SILENT).cloned().collect()
    }

    /// What is told, as the frozen events have it.
    fn shared(&self) -> BTreeMap<EventId, Arc<Event>> {
        let told: FxHashSet<&EventId> = self.all().map(|event| &event.id).collect();
        let told = self.frozen.events.iter().filter(|event| told.contains(&event.id));
        told.map(|event| (event.id.clone(), Arc::clone(event))).collect()
    }

    fn all(&self) -> impl Iterator<Item = &'a Event> {
        self.live.iter().chain(&self.earlier).copied()
    }

    fn in_reading_order(&self, first: &[&'a Event]) -> impl Iterator<Item = &'a Event> {
        first.iter().copied().chain(self.all())
    }

    /// Up to five sure events by score, those whose occurrence is denied last: they never lead (B-11, B-41).
    fn key_points(&self) -> Vec<&'a Event> {
        let mut sure: Vec<&Event> =
            self.live.iter().copied().filter(|event| event.sure && !access(event)).collect();
        sure.sort_by_key(|event| event.occurrence_denied());
        sure.truncate(KEY_POINTS);
        sure
    }

    /// What happened last first.
    fn talks(&self) -> Vec<&'a Event> {
        let mut talks: Vec<&Event> = self.live.iter().copied().filter(|e| talks(e)).collect();
        talks.sort_by_key(|event| Reverse((event.last_day(), event.changed_at)));
        talks.truncate(TALKS);
        talks
    }

    fn access(&self) -> Vec<&'a Event> {
        let access = self.live.iter().copied().filter(|event| access(event));
        access.take(ACCESS).collect()
    }

    /// What stands in no section of its own.
    fn told_one_by_one(&self, talks_told: &[&Event], access_told: &[&Event]) -> Vec<&'a Event> {
        let told: BTreeSet<&EventId> =
            talks_told.iter().chain(access_told).map(|event| &event.id).collect();
        self.live.iter().copied().filter(|event| !told.contains(&event.id)).collect()
    }

    /// What is denied or disputed and not told in full among the groups.
    fn disputed(&self, groups: &[Group]) -> Vec<EventId> {
        let full: BTreeSet<&EventId> = groups.iter().flat_map(|group| &group.full).collect();
        let disputed = self.live.iter().filter(|event| !event.disputes.is_empty());
        let rest = disputed.filter(|event| !full.contains(&event.id));
        rest.take(DISPUTED).map(|event| event.id.clone()).collect()
    }
}

/// What the span before held, to compare an answer with: none where sources were not read from its start on.
pub fn held(before: &Situation) -> Before {
    let window = before.window;
    let glance = &before.glance;
    let killed = glance.totals.get(&Measure::Killed).and_then(|total| total.counted);
    let events = Tally { counted: glance.events, bracketed: glance.bracketed };
    let is_covered = before.coverage.read_since.is_some_and(|since| since <= window.from);
    Before { window, held: is_covered.then_some(Held { events, killed }) }
}

/// The event of the subject: the first key point whose occurrence nobody denies (B-11).
fn lead(key_points: &[&Event]) -> Option<EventId> {
    key_points.iter().find(|event| !event.occurrence_denied()).map(|event| event.id.clone())
}

/// Of the truces between two parties only the latest state is told; other agreements, such as an exchange of
/// prisoners, stay.
fn drop_overtaken(live: &mut Vec<&Event>, kin: &Kin<'_>) {
    let is_truce =
        |event: &Event| talks(event) && event.phase.is_some() && !event.agreement().is_exchange();
    let mut truces: Vec<&Event> = live.iter().copied().filter(|event| is_truce(event)).collect();
    truces.sort_by_key(|event| Reverse((event.last_day(), event.changed_at)));
    let (mut seen, mut overtaken) = (BTreeSet::new(), BTreeSet::new());
    for truce in truces {
        let pairs = all_pairs(truce, kin);
        if !pairs.is_empty() && pairs.iter().all(|pair| seen.contains(pair)) {
            overtaken.insert(&truce.id);
        }
        seen.extend(pairs);
    }
    live.retain(|event| !overtaken.contains(&event.id));
}

fn ids(events: &[&Event]) -> Vec<EventId> {
    events.iter().map(|event| event.id.clone()).collect()
}

/// The outcome of a day (B-58).
fn outcome(coverage: &Coverage, events: usize) -> DayOutcome {
    match (coverage.percent(), events) {
        (..30, _) => DayOutcome::NoData,
        (30..80, _) => DayOutcome::Partial,
        (_, ..=2) => DayOutcome::Quiet,
        _ => DayOutcome::Normal,
    }
}

/// The events of a situation that its glance counts: neither background nor told under access or talks. From them
/// every number can be computed again (B-5).
pub fn counted(situation: &Situation) -> impl Iterator<Item = &Event> {
    let apart: BTreeSet<&EventId> =
        [&situation.earlier, &situation.access, &situation.talks].into_iter().flatten().collect();
    situation.events().filter(move |event| !apart.contains(&event.id))
}
