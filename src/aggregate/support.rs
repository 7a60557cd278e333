//! Marks of support and dispute (B-39, B-40).

use std::collections::BTreeSet;

use super::family::Family;
use super::fold::fold;
use super::member::Member;
use super::nearness::{Nearness, nearness};
use super::profile::Profile;
use super::tolls::differ;
use super::voice::{Parties, outlet_speaker, teller};
use crate::model::claim::{DenialScope, Speaker};
use crate::model::event::{Dispute, SideFigure, Support};

/// The mark of support: how many owners that are no party to the event report it, wire copies and reposts counted
/// for their origin, and agreeing with the event's place and date.
pub(super) fn support(
    members: &[&Member<'_>],
    event: &Profile<'_>,
    parties: &Parties<'_>,
) -> Support {
    let outside: Vec<_> =
        members.iter().filter(|member| member.supports() && !by_party(member, parties)).collect();
    if outside.is_empty() {
        return Support::OneSide;
    }
    let agreeing = outside.iter().filter(|member| agrees(&member.profile, event));
    let (mut owners, mut known) = (BTreeSet::new(), false);
    for member in agreeing {
        known |= member.origin.known;
        owners.extend(member.origin.owner.as_deref());
    }
    let count = u32::try_from(owners.len()).unwrap_or(u32::MAX);
    if count >= 2 && known { Support::Independent(count) } else { Support::One }
}

/// Whether the one who reports it in this claim is a party.
pub(super) fn by_party(member: &Member<'_>, parties: &Parties<'_>) -> bool {
    parties.reported_by_party(member.reported, &member.origin)
}

fn agrees(claim: &Profile<'_>, event: &Profile<'_>) -> bool {
    let near = nearness(claim.place, event.place);
    let placed = near >= Nearness::District || claim.family == Family::Talks;
    placed && claim.span.meets(&event.span, 1)
}

/// Who contradicts what: denials within articles, and articles that report only the denial. A party that denies what
/// it is said to have done denies its part; anybody else denies that it happened.
pub(super) fn denials(
    members: &[Member<'_>],
    parties: &Parties<'_>,
) -> Vec<(Speaker, DenialScope)> {
    let mut all: Vec<(Speaker, DenialScope)> = Vec::new();
    for member in members {
        let told = member.reported.claim.denials.iter();
        let mut found: Vec<_> = told.map(|denial| (denial.by.clone(), denial.scope)).collect();
        if found.is_empty() && !member.supports() {
            found.push(bare_denial(member, parties));
        }
        for (by, scope) in found {
            let same = |known: &(Speaker, DenialScope)| {
                fold(&known.0.name) == fold(&by.name) && known.1 == scope
            };
            if !all.iter().any(same) {
                all.push((by, scope));
            }
        }
    }
    all
}

fn bare_denial(member: &Member<'_>, parties: &Parties<'_>) -> (Speaker, DenialScope) {
    let said = teller(member.reported, parties).cloned();
    let by = said.unwrap_or_else(|| outlet_speaker(&member.reported.source, &member.origin));
    let party = by.faction.is_some() && parties.include_speaker(&by);
    let scope = if party { DenialScope::Perpetrator } else { DenialScope::Occurrence };
    (by, scope)
}

/// The marks of dispute that follow, each once.
pub(super) fn disputes(
    denials: &[(Speaker, DenialScope)],
    figures: &[SideFigure],
    parties: &Parties<'_>,
) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = Vec::new();
    if figures.iter().any(differ) {
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
