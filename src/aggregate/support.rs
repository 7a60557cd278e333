//! Marks of support and dispute (B-39, B-40).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::heard::Heard;
use super::kin::Line;
use super::profile::Whole;
use super::sides::Side;
use super::tolls::{Toll, any_twins, differ};
use super::voice::{Parties, outlet_speaker};
use crate::model::actor::Role;
use crate::model::claim::{DenialScope, Speaker};
use crate::model::event::{Dispute, Support};

/// The mark of support: how many owners that are no party to the event report it, wire copies and reposts counted
/// for their origin, and agreeing with the event's place and date.
pub(super) fn support(told: &[&Heard<'_, '_>]) -> Support {
    let outside = || {
        let reports = told.iter().filter(|heard| heard.member.supports() && !heard.by_party);
        reports.map(|heard| heard.member)
    };
    if outside().next().is_none() {
        return Support::OneSide;
    }
    let Some(whole) = Whole::of(told.iter().map(|heard| &heard.member.profile)) else {
        return Support::One;
    };
    let (mut owners, mut known) = (BTreeSet::new(), false);
    for member in outside().filter(|member| whole.agrees(&member.profile)) {
        known |= member.origin.known;
        owners.extend(member.origin.owner.as_deref());
    }
    let count = u32::try_from(owners.len()).unwrap_or(u32::MAX);
    if count >= 2 && known { Support::Independent(count) } else { Support::One }
}

/// Who contradicts what: denials within articles, articles that report only the denial, and those who are said to
/// have done it but blame another. Whoever is said to have done it denies their part by a bare denial; anybody else
/// denies that it happened.
pub(super) fn denials(all: &[Heard<'_, '_>], parties: &Parties<'_>) -> Vec<(Speaker, DenialScope)> {
    let mut denials: Vec<(Speaker, DenialScope)> = Vec::new();
    for heard in all {
        for (by, scope) in denials_of(heard, all, parties) {
            let same = |known: &(Speaker, DenialScope)| {
                parties.display(&known.0) == parties.display(&by) && known.1 == scope
            };
            if !denials.iter().any(same) {
                denials.push((by, scope));
            }
        }
    }
    denials
}

fn denials_of(
    heard: &Heard<'_, '_>,
    all: &[Heard<'_, '_>],
    parties: &Parties<'_>,
) -> Vec<(Speaker, DenialScope)> {
    let member = heard.member;
    let told = member.reported.claim.denials.iter();
    let found: Vec<_> = told.map(|denial| (denial.by.clone(), denial.scope)).collect();
    if !found.is_empty() || (member.supports() && !blames_another(heard, all, parties)) {
        return found;
    }
    let said = heard.said.cloned();
    let by = said.unwrap_or_else(|| outlet_speaker(&member.reported.source, &member.origin));
    let accused = parties.accused(&voices(heard, parties));
    let scope = if accused { DenialScope::Perpetrator } else { DenialScope::Occurrence };
    vec![(by, scope)]
}

/// For whom the one who tells this claim speaks.
fn voices(heard: &Heard<'_, '_>, parties: &Parties<'_>) -> Vec<Rc<Line>> {
    let said = heard.said.map(|said| parties.speaker_lines(said));
    // an unnamed source quoted by a party's outlet speaks for that party
    let origin = || parties.origin_lines(&heard.member.origin);
    said.filter(|lines| !lines.is_empty()).unwrap_or_else(origin)
}

/// Whether a party that others name as the attacker names somebody else.
fn blames_another(heard: &Heard<'_, '_>, all: &[Heard<'_, '_>], parties: &Parties<'_>) -> bool {
    let mut named = attackers(heard).peekable();
    if named.peek().is_none() {
        return false;
    }
    let voices = voices(heard, parties);
    let own = |side: &Side| voices.iter().any(|voice| voice.is_kin(&side.line));
    let mut others = all.iter().filter(|other| !other.by_party).flat_map(attackers);
    parties.accused(&voices) && !named.any(own) && others.any(own)
}

fn attackers<'h>(heard: &'h Heard<'_, '_>) -> impl Iterator<Item = &'h Side> {
    heard.member.profile.sides.iter().filter(|side| side.role == Role::Initiator)
}

/// The marks of dispute that follow, each once.
pub(super) fn disputes(
    denials: &[(Speaker, DenialScope)],
    tolls: &[Toll<'_>],
    parties: &Parties<'_>,
) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = Vec::new();
    if tolls.iter().any(differ) || any_twins(tolls) {
        disputes.push(Dispute::FiguresDiffer);
    }
    for (by, scope) in denials {
        let by = parties.display(by);
        let dispute = match scope {
            DenialScope::Occurrence => Dispute::OccurrenceDenied { by },
            DenialScope::Perpetrator => Dispute::PartDenied { by },
            DenialScope::Figures => Dispute::FiguresDiffer,
        };
        if !disputes.contains(&dispute) {
            disputes.push(dispute);
        }
    }
    disputes
}
