//! The claims of one happening, reconciled into an event.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::actors::actors;
use super::facts;
use super::heard::{Heard, Hearing, telling};
use super::judged::{Judged, changed_at};
use super::kin::Kin;
use super::member::Member;
use super::rank::score;
use super::tolls::Toll;
use crate::model::claim::Confidence;
use crate::model::event::{Event, Report};
use crate::model::id::EventId;

/// The event that these claims tell; none without a claim. They stand in the order first seen.
pub(super) fn reconcile(members: &[&Member<'_>], kin: &Kin<'_>) -> Option<Event> {
    let first = members.first()?;
    let hearing = Hearing::of(members, kin);
    let Hearing { parties, all, .. } = &hearing;
    let judged = Judged::of(all, parties);
    let told = telling(all);
    let date = facts::date(&told);
    let mut event = Event {
        id: EventId::of(&first.reported.id),
        kind: facts::kind(&told),
        date,
        places: facts::places(&told),
        actors: actors(&told, parties, day(&told), kin),
        materiel: facts::materiel(&told, parties),
        objects: facts::objects(&told),
        reports: all.iter().map(report).collect(),
        sure: told.iter().any(|heard| heard.member.reported.claim.confidence > Confidence::Low),
        first_seen: first.seen(),
        changed_at: changed_at(members, &hearing, &judged).max(revised_at(members)),
        figures: judged.tolls.into_iter().map(Toll::into_figure).collect(),
        phase: judged.phase,
        denials: judged.denials,
        support: judged.support,
        disputes: judged.disputes,
        score: 0,
        corrections: Vec::new(),
    };
    event.score = score(&event, kin);
    Some(event)
}

/// When the last of the articles was edited; before all time where none was.
fn revised_at(members: &[&Member<'_>]) -> Timestamp {
    let revised = members.iter().filter_map(|member| member.reported.article.revised_at);
    revised.max().unwrap_or(Timestamp::MIN)
}

fn day(told: &[&Heard<'_, '_>]) -> Option<Date> {
    told.first().map(|heard| heard.member.profile.span.to)
}

fn report(heard: &Heard<'_, '_>) -> Report {
    let member = heard.member;
    Report {
        claim: member.reported.id.clone(),
        article: Arc::clone(&member.reported.article),
        source: Arc::clone(&member.reported.source),
        counted_owner: member.origin.owner.clone(),
        by_party: heard.by_party,
        speakers: member.reported.claim.attribution.clone(),
        evidence: member.reported.claim.evidence.clone(),
    }
}
