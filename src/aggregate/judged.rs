//! What of an event may change materially, and when it last did.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::facts;
use super::heard::{Heard, Hearing, telling};
use super::member::Member;
use super::support::{denials, disputes, support};
use super::tolls::{Toll, tolls};
use super::voice::Parties;
use crate::model::claim::{Claim, DenialScope, Phase, Speaker};
use crate::model::event::{Dispute, Support};
use crate::model::id::FactionId;

/// What may change materially when another report comes in.
pub(super) struct Judged<'h> {
    /// What its sides count under.
    sides: BTreeSet<&'h FactionId>,
    /// Casualties by side and measure.
    pub(super) tolls: Vec<Toll<'h>>,
    /// How far it got.
    pub(super) phase: Option<Phase>,
    /// Who contradicts what.
    pub(super) denials: Vec<(Speaker, DenialScope)>,
    /// The mark of support.
    pub(super) support: Support,
    /// The marks of dispute.
    pub(super) disputes: Vec<Dispute>,
}

impl<'h> Judged<'h> {
    /// Judges what was heard so far.
    pub(super) fn of(heard: &'h [Heard<'_, '_>], parties: &Parties<'_>) -> Self {
        let told = telling(heard);
        let tolls = tolls(told.iter().flat_map(|heard| &heard.rows));
        let denials = denials(heard, parties);
        Self {
            sides: sides(&told),
            disputes: disputes(&denials, &tolls, parties),
            tolls,
            phase: facts::phase(&told),
            denials,
            support: support(&told),
        }
    }

    /// Whether a reader is told the same after what is heard here: figures, sides, marks, phase. One more owner beside
    /// two is no change of the mark.
    fn is_told_by(&self, heard: &[Heard<'_, '_>], parties: &Parties<'_>) -> bool {
        self.sides == sides(&telling(heard)) && self.says_as(&Judged::of(heard, parties))
    }

    fn says_as(&self, other: &Judged<'_>) -> bool {
        let class = |support: &Support| std::mem::discriminant(support);
        class(&self.support) == class(&other.support)
            && self.phase == other.phase
            && self.disputes == other.disputes
            && self.tolls.iter().map(Toll::told).eq(other.tolls.iter().map(Toll::told))
    }
}

fn sides<'h>(told: &[&'h Heard<'_, '_>]) -> BTreeSet<&'h FactionId> {
    let sides = told.iter().flat_map(|heard| &heard.member.profile.sides);
    sides.map(|side| &side.line.top).collect()
}

/// So many steps back are looked at one by one.
const ONE_BY_ONE: usize = 12;

/// When the last report was seen that changed what a reader is told: from the last step back, the first before which
/// something else was told. Of an event with many steps those farther back are looked at by halves: hundreds of reports
/// need not be judged hundreds of times.
pub(super) fn changed_at(
    members: &[&Member<'_>],
    hearing: &Hearing<'_, '_, '_>,
    now: &Judged<'_>,
) -> Timestamp {
    let steps = steps(members);
    let told_before =
        |step: &usize| hearing.so_far(*step, |heard, parties| now.is_told_by(heard, parties));
    let near = steps.len().saturating_sub(ONE_BY_ONE);
    let (far, near) = steps.split_at(near);
    let changed = near.iter().rev().find(|step| !told_before(step));
    let changed = changed.copied().or_else(|| {
        let before = far.partition_point(|step| !told_before(step));
        far.get(before.checked_sub(1)?).copied()
    });
    members.get(changed.unwrap_or(0)).map_or(Timestamp::UNIX_EPOCH, |member| member.seen())
}

/// Where reports of a later sight begin, those left out that only repeat what their owner said before: hundreds of
/// copies of one wire are no reason to judge hundreds of times.
fn steps(members: &[&Member<'_>]) -> Vec<usize> {
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

fn is_repetition(members: &[&Member<'_>], at: usize) -> bool {
    let (Some(member), Some(earlier)) = (members.get(at), members.get(..at)) else { return false };
    let same_owner =
        |other: &&&Member<'_>| other.origin.owner.is_some() && other.origin == member.origin;
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
