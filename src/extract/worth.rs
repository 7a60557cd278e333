//! What is worth telling: candidates and events that say too little, are history or are about something else.

use super::event::candidate::{Candidate, Party};
use super::event::entity::What;
use super::event::kind::is_violent;
use super::language::{Family, Rule};
use super::names::Roster;
use super::reader::Parsed;
use super::report::merge::{Event, actors};
use super::work::Work;
use crate::model::casualty::Figure;
use crate::model::claim::Field;
use crate::model::kind::SubType;
use crate::model::place::PlacePrecision;

/// What is dated longer ago than this is history.
pub(super) const OLD_DAYS: i64 = 45;

impl<'a: 'd, 'd> Work<'a, 'd> {
    /// History: dated long before the report.
    pub(super) fn old(&self, candidate: &Candidate) -> Option<Rule> {
        let (day, span) = (self.doc.published?, candidate.date?);
        let limit = day.checked_sub(jiff::ToSpan::days(OLD_DAYS)).ok()?;
        let ahead = span.from > day;
        if ahead {
            return Some(Rule::Hypothetical);
        }
        (span.to < limit).then_some(Rule::Background)
    }

    /// Events that say enough to be one.
    pub(super) fn keep(
        &mut self,
        events: Vec<Event>,
        body: &Parsed<'_>,
        title: Option<&Parsed<'_>>,
    ) -> Vec<Event> {
        let conflict = events.iter().any(|event| !event.whole.effects_only);
        let told = events.iter().any(|event| is_violent(event.kind) && !is_noise(event));
        let mut out = Vec::new();
        for event in events {
            if says_enough(&event, conflict) && !(told && is_noise(&event)) {
                out.push(event);
            } else {
                let parsed = match title.filter(|_| event.whole.field == Field::Title) {
                    Some(title) => title,
                    None => body,
                };
                self.drop_it(parsed, &event.whole, Rule::Bare);
            }
        }
        out
    }
}

/// Nothing but a word: no party, no loss, no thing.
pub(super) fn bare(candidate: &Candidate) -> Option<Rule> {
    let empty = actors(candidate).next().is_none()
        && candidate.tolls.is_empty()
        && candidate.items.is_empty()
        && candidate.objects.is_empty()
        && !candidate.own_place;
    (candidate.effects_only && candidate.tolls.is_empty() && candidate.items.is_empty()
        || empty
            && candidate.families.iter().all(|family| {
                !matches!(
                    family,
                    Family::Blast
                        | Family::Suicide
                        | Family::Protest
                        | Family::Riot
                        | Family::Grenade
                        | Family::Agree
                        | Family::Displace
                        | Family::Chemical
                        | Family::Air
                        | Family::Shell
                )
            }))
    .then_some(Rule::Bare)
}

/// Shots and explosions that were only heard: noise of a happening told beside it.
fn is_noise(event: &Event) -> bool {
    let whole = &event.whole;
    let blind = actors(whole).all(|party| party.faction.is_none())
        && whole.tolls.is_empty()
        && whole.objects.is_empty()
        && whole.items.is_empty();
    let heard = whole.sub_hint.iter().any(|hint| hint == "hear");
    heard && blind && is_violent(event.kind)
}

fn says_enough(event: &Event, conflict: bool) -> bool {
    let whole = &event.whole;
    let parties = actors(whole).count();
    let counted = whole.tolls.iter().any(|toll| {
        [&toll.killed, &toll.wounded, &toll.captured]
            .into_iter()
            .flatten()
            .any(|figure| figure.min.is_some())
    });
    let located = event.spots.iter().any(|spot| spot.place.precision != PlacePrecision::Country);
    // what befalls fighters is of the war, whoever did it; what befalls others may be crime or mishap
    let fighters = whole
        .tolls
        .iter()
        .any(|toll| toll.side.is_armed() && (toll.killed.is_some() || toll.wounded.is_some()));
    match event.kind {
        _ if whole.effects_only => {
            counted && (conflict && (located || parties > 0) || fighters && located)
        }
        SubType::ArmedClash => {
            parties > 0 || counted || whole.items.iter().any(|item| item.owner.is_some())
        }
        SubType::Attack => {
            let directed = !whole.targets.is_empty()
                && whole.initiators.iter().any(|party| party.faction.is_some() && !party.carried);
            let things = !whole.objects.is_empty()
                || whole.items.iter().any(|item| matches!(item.thing.entity.what, What::Object(_)));
            (parties > 0 || things && (counted || located))
                && (counted
                    || located
                    || directed
                    || !whole.objects.is_empty()
                    || whole.targets.iter().any(is_somebody))
        }
        SubType::Agreement => parties > 0 || located,
        SubType::ChangeToGroupActivity => parties > 0,
        _ => {
            parties > 0
                || counted
                || located
                || (!event.spots.is_empty() && !whole.definite)
                || !whole.objects.is_empty()
                || !whole.items.is_empty()
        }
    }
}

/// A party that is one person or has a name.
fn is_somebody(party: &Party) -> bool {
    party.named || party.one || matches!(party.what, What::Name | What::Person)
}

/// Disasters, accidents, crime, sport: what has no armed party in it and speaks of such things.
pub(super) fn off_topic(
    candidate: &Candidate,
    topic: Option<Rule>,
    near: Option<Rule>,
) -> Option<Rule> {
    let armed = actors(candidate).any(Party::is_armed);
    let hard = candidate.families.iter().any(|family| {
        matches!(
            family,
            Family::Suicide
                | Family::Chemical
                | Family::Clash
                | Family::Protest
                | Family::Riot
                | Family::Agree
                | Family::Grenade
                | Family::Sexual
                | Family::Air
                | Family::Shell
                | Family::Loot
                | Family::Seize
        )
    });
    match topic {
        Some(Rule::Crime | Rule::Fiction)
            if !candidate.families.iter().any(|family| {
                matches!(family, Family::Suicide | Family::Protest | Family::Riot)
            }) =>
        {
            topic
        }
        Some(Rule::Diplomacy) => topic.filter(|_| {
            candidate.losses.is_empty()
                && matches!(
                    candidate.families.first(),
                    Some(
                        Family::Agree
                            | Family::Change
                            | Family::Withdraw
                            | Family::Assault
                            | Family::Arrest
                    )
                )
        }),
        Some(rule) if candidate.effects_only || !armed && !hard => Some(rule),
        _ => near.filter(|_| candidate.effects_only && !armed),
    }
}

/// Whether a candidate names an armed party of its own, not one carried over or meant by a pronoun.
pub(super) fn is_named(candidate: &Candidate) -> bool {
    actors(candidate).any(|party| party.faction.is_some() && party.named && !party.carried)
}

/// "The move has been protested by Damascus": what a state says against another is no demonstration.
pub(super) fn is_objection(candidate: &Candidate, roster: &Roster) -> bool {
    let state = |party: &Party| party.faction.is_some_and(|faction| roster.party(faction).state);
    candidate.families.first() == Some(&Family::Protest)
        && !candidate.initiators.is_empty()
        && candidate.initiators.iter().all(state)
}

/// So many dead are the total of a war, not what one happening without a date of its own cost.
const WAR: u32 = 1000;

/// Whether a candidate counts the dead of a whole war.
pub(super) fn is_war_total(candidate: &Candidate) -> bool {
    let many = |figure: &Figure| figure.min.is_some_and(|min| min >= WAR);
    candidate.tolls.iter().any(|toll| toll.killed.as_ref().is_some_and(many))
}
