//! What of an event may change materially, and when it last did.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::facts;
use super::kin::Kin;
use super::member::{Member, telling};
use super::profile::Profile;
use super::support::{denials, disputes, support};
use super::tolls::figures;
use super::voice::Parties;
use crate::model::claim::{Claim, DenialScope, Phase, Speaker};
use crate::model::event::{Dispute, SideFigure, Support};
use crate::model::id::FactionId;

/// What may change materially when another report comes in.
pub(super) struct Judged {
    sides: BTreeSet<FactionId>,
    /// Casualties by side and measure.
    pub(super) figures: Vec<SideFigure>,
    /// How far it got.
    pub(super) phase: Option<Phase>,
    /// Who contradicts what.
    pub(super) denials: Vec<(Speaker, DenialScope)>,
    /// The mark of support.
    pub(super) support: Support,
    /// The marks of dispute.
    pub(super) disputes: Vec<Dispute>,
}

impl Judged {
    /// Judges the claims seen so far; none without a claim.
    pub(super) fn of(members: &[Member<'_>], kin: &Kin<'_>) -> Option<Self> {
        let told = telling(members);
        let parties = parties(members, kin);
        let figures = figures(&told, &parties, kin);
        let sides = told.iter().flat_map(|member| &member.profile.sides);
        let sides = sides.map(|side| side.line.top.clone()).collect();
        let denials = denials(members, &parties);
        let disputes = disputes(&denials, &figures, &parties);
        let support = support(&told, &profile(&told)?, &parties);
        Some(Self {
            sides,
            figures,
            phase: facts::phase(&told, &parties),
            denials,
            support,
            disputes,
        })
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
pub(super) fn parties<'k>(members: &[Member<'_>], kin: &'k Kin<'k>) -> Parties<'k> {
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

/// So many steps back are looked at one by one.
const ONE_BY_ONE: usize = 12;

/// When the last report was seen that changed what a reader is told: from the last step back, the first before which
/// something else was told. Of an event with many steps those farther back are looked at by halves: hundreds of reports
/// need not be judged hundreds of times.
pub(super) fn changed_at(members: &[Member<'_>], now: &Judged, kin: &Kin<'_>) -> Timestamp {
    let steps = steps(members);
    let told_before = |step: &usize| {
        let before = members.get(..*step).and_then(|members| Judged::of(members, kin));
        before.is_some_and(|before| before.says_as(now))
    };
    let near = steps.len().saturating_sub(ONE_BY_ONE);
    let (far, near) = steps.split_at(near);
    let changed = near.iter().rev().find(|step| !told_before(step));
    let changed = changed.copied().or_else(|| {
        let before = far.partition_point(|step| !told_before(step));
        far.get(before.checked_sub(1)?).copied()
    });
    members.get(changed.unwrap_or(0)).map_or(Timestamp::UNIX_EPOCH, Member::seen)
}

/// Where reports of a later sight begin, those left out that only repeat what their owner said before: hundreds of
/// copies of one wire are no reason to judge hundreds of times.
fn steps(members: &[Member<'_>]) -> Vec<usize> {
    let mut steps = Vec::new();
    let mut start = 0;
    for group in members.chunk_by(|a, b| a.seen() == b.seen()) {
        let repeats = (start..start + group.len()).all(|at| is_repetition(members, at));
        if start > 0 && !repeats {
            steps.push(start);
        }
        start += group.len();
    }
    steps
}

fn is_repetition(members: &[Member<'_>], at: usize) -> bool {
    let (Some(member), Some(earlier)) = (members.get(at), members.get(..at)) else { return false };
    let same_owner =
        |other: &&Member<'_>| other.origin.owner.is_some() && other.origin == member.origin;
    let last = earlier.iter().rev().find(same_owner);
    last.is_some_and(|last| says_the_same(&last.reported.claim, &member.reported.claim))
}

fn says_the_same(a: &Claim, b: &Claim) -> bool {
    a.phase.is_none()
        && b.phase.is_none()
        && a.status == b.status
        && a.actors == b.actors
        && a.casualties == b.casualties
        && a.attribution == b.attribution
        && a.denials == b.denials
        && a.places.first() == b.places.first()
        && a.date == b.date
}
