//! The claims of one happening, reconciled into an event.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::actors::actors;
use super::facts;
use super::kin::Kin;
use super::member::{Member, telling};
use super::profile::Profile;
use super::rank::score;
use super::support::{by_party, denials, disputes, support};
use super::tolls::figures;
use super::voice::Parties;
use crate::model::claim::{Confidence, DenialScope, Phase, Speaker};
use crate::model::event::{Dispute, Event, Report, SideFigure, Support};
use crate::model::id::{EventId, FactionId};

/// The event that these claims tell; none without a claim. They stand in the order first seen.
pub(super) fn reconcile(members: &[Member<'_>], kin: &Kin<'_>) -> Option<Event> {
    let first = members.first()?;
    let judged = Judged::of(members, kin)?;
    let told = telling(members);
    let parties = parties(members, kin);
    let date = facts::date(&told);
    let mut event = Event {
        id: EventId::of(&first.reported.id),
        kind: facts::kind(&told),
        date,
        places: facts::places(&told),
        actors: actors(&told, day(&told), kin),
        materiel: facts::materiel(&told, &parties),
        objects: facts::objects(&told),
        reports: members.iter().map(|member| report(member, &parties)).collect(),
        sure: told.iter().any(|member| member.reported.claim.confidence > Confidence::Low),
        first_seen: first.seen(),
        changed_at: changed_at(members, &judged, kin),
        figures: judged.figures,
        phase: judged.phase,
        denials: judged.denials,
        support: judged.support,
        disputes: judged.disputes,
        score: 0,
    };
    event.score = score(&event, kin);
    Some(event)
}

/// What may change materially when another report comes in.
struct Judged {
    sides: BTreeSet<FactionId>,
    figures: Vec<SideFigure>,
    phase: Option<Phase>,
    denials: Vec<(Speaker, DenialScope)>,
    support: Support,
    disputes: Vec<Dispute>,
}

impl Judged {
    fn of(members: &[Member<'_>], kin: &Kin<'_>) -> Option<Self> {
        let told = telling(members);
        let parties = parties(members, kin);
        let figures = figures(&told, &parties, kin);
        let sides = told.iter().flat_map(|member| &member.profile.sides);
        let sides = sides.map(|side| side.line.top.clone()).collect();
        let denials = denials(members, &parties);
        let disputes = disputes(&denials, &figures, &parties);
        let support = support(&told, &profile(&told)?, &parties);
        Some(Self { sides, figures, phase: facts::phase(&told), denials, support, disputes })
    }

    /// Whether a reader would be told something else: a figure, a side, a mark, a phase. One more owner beside two
    /// is no change of the mark.
    fn says_as(&self, other: &Self) -> bool {
        let class = |judged: &Self| std::mem::discriminant(&judged.support);
        let told = |judged: &Self| {
            let figures = judged.figures.iter();
            figures.map(|f| (f.side.clone(), f.measure, f.counted.clone())).collect::<Vec<_>>()
        };
        class(self) == class(other)
            && self.phase == other.phase
            && self.sides == other.sides
            && self.disputes == other.disputes
            && told(self) == told(other)
    }
}

/// The named actors of all claims: also who stands only in a denial is a party.
fn parties<'k>(members: &[Member<'_>], kin: &'k Kin<'k>) -> Parties<'k> {
    let sides = members.iter().flat_map(|member| &member.profile.sides);
    Parties::new(sides, members.first().map(|member| member.profile.span.to), kin)
}

fn profile<'a>(members: &[&Member<'a>]) -> Option<Profile<'a>> {
    let (first, rest) = members.split_first()?;
    let mut profile = first.profile.clone();
    for member in rest {
        profile.take_up(&member.profile);
    }
    Some(profile)
}

fn day(members: &[&Member<'_>]) -> Option<Date> {
    members.first().map(|member| member.profile.span.to)
}

/// When the last report was seen that changed what a reader is told.
fn changed_at(members: &[Member<'_>], now: &Judged, kin: &Kin<'_>) -> Timestamp {
    let mut ends: Vec<usize> = (1..members.len())
        .filter(|at| match (members.get(at - 1), members.get(*at)) {
            (Some(before), Some(here)) => before.seen() != here.seen(),
            _ => false,
        })
        .collect();
    let mut later = None;
    while let Some(end) = ends.pop() {
        let before = members.get(..end).and_then(|members| Judged::of(members, kin));
        let same = |before: &Judged| before.says_as(later.as_ref().unwrap_or(now));
        if !before.as_ref().is_some_and(same) {
            return members.get(end).map_or(Timestamp::UNIX_EPOCH, Member::seen);
        }
        later = before;
    }
    members.first().map_or(Timestamp::UNIX_EPOCH, Member::seen)
}

fn report(member: &Member<'_>, parties: &Parties<'_>) -> Report {
    let mut article = member.reported.article.clone();
    article.fingerprint.clear();
    Report {
        claim: member.reported.id.clone(),
        article,
        source: member.reported.source.clone(),
        counted_owner: member.origin.owner.clone(),
        by_party: by_party(member, parties),
        speakers: member.reported.claim.attribution.clone(),
        evidence: member.reported.claim.evidence.clone(),
    }
}
