//! Marks of support and dispute (B-39, B-40).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::family::Family;
use super::kin::Line;
use super::member::Member;
use super::nearness::{Nearness, nearness};
use super::profile::Profile;
use super::sides::Side;
use super::tolls::{any_twins, differ};
use super::voice::{Parties, outlet_speaker, teller};
use crate::model::actor::Role;
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
    let near = nearness(claim.site.as_ref(), event.site.as_ref());
    let placed = near >= Nearness::District || claim.family == Family::Talks;
    placed && claim.meets(event, 1)
}

/// Who contradicts what: denials within articles, articles that report only the denial, and those who are said to
/// have done it but blame another. Whoever is said to have done it denies their part by a bare denial; anybody else
/// denies that it happened.
pub(super) fn denials(
    members: &[Member<'_>],
    parties: &Parties<'_>,
) -> Vec<(Speaker, DenialScope)> {
    let mut all: Vec<(Speaker, DenialScope)> = Vec::new();
    for member in members {
        for (by, scope) in denials_of(member, members, parties) {
            let same = |known: &(Speaker, DenialScope)| {
                parties.display(&known.0) == parties.display(&by) && known.1 == scope
            };
            if !all.iter().any(same) {
                all.push((by, scope));
            }
        }
    }
    all
}

fn denials_of(
    member: &Member<'_>,
    members: &[Member<'_>],
    parties: &Parties<'_>,
) -> Vec<(Speaker, DenialScope)> {
    let told = member.reported.claim.denials.iter();
    let found: Vec<_> = told.map(|denial| (denial.by.clone(), denial.scope)).collect();
    if !found.is_empty() || (member.supports() && !blames_another(member, members, parties)) {
        return found;
    }
    let said = teller(member.reported, parties).cloned();
    let by = said.unwrap_or_else(|| outlet_speaker(&member.reported.source, &member.origin));
    let accused = parties.accused(&voices(member, parties));
    let scope = if accused { DenialScope::Perpetrator } else { DenialScope::Occurrence };
    vec![(by, scope)]
}

/// For whom the one who tells this claim speaks.
fn voices(member: &Member<'_>, parties: &Parties<'_>) -> Vec<Rc<Line>> {
    let said = teller(member.reported, parties).map(|said| parties.speaker_lines(said));
    // an unnamed source quoted by a party's outlet speaks for that party
    said.filter(|lines| !lines.is_empty()).unwrap_or_else(|| parties.origin_lines(&member.origin))
}

/// Whether a party that others name as the attacker names somebody else.
fn blames_another(member: &Member<'_>, members: &[Member<'_>], parties: &Parties<'_>) -> bool {
    let voices = voices(member, parties);
    let own = |side: &Side| voices.iter().any(|voice| voice.is_kin(&side.line));
    let attackers = |member: &Member<'_>| -> Vec<Side> {
        let sides = member.profile.sides.iter();
        sides.filter(|side| side.role == Role::Initiator).cloned().collect()
    };
    let named = attackers(member);
    let others = members.iter().filter(|other| !by_party(other, parties)).flat_map(attackers);
    !named.is_empty()
        && !named.iter().any(own)
        && parties.accused(&voices)
        && others.into_iter().any(|side| own(&side))
}

/// The marks of dispute that follow, each once.
pub(super) fn disputes(
    denials: &[(Speaker, DenialScope)],
    figures: &[SideFigure],
    parties: &Parties<'_>,
) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = Vec::new();
    if figures.iter().any(differ) || any_twins(figures) {
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
