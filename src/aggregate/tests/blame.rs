//! Who is credited with an attack when texts do not agree.

use crate::aggregate::fake::{FakeClaim, claim, event, events, party};
use crate::model::actor::Role;
use crate::model::claim::{DenialScope, Speaker, SpeakerKind, Status};
use crate::model::event::{Dispute, Event, Support};
use crate::model::kind::SubType;

/// Shells on a market.
fn shells(id: &str, source: &str, by: &str) -> FakeClaim {
    let claim = claim(id, source).kind(SubType::ShellingArtilleryMissileAttack);
    claim.actor(by, Role::Initiator).group("civilians", Role::Target)
}

fn initiators(event: &Event) -> Vec<&str> {
    event.with_role(Role::Initiator).map(|actor| actor.name.as_str()).collect()
}

#[test]
fn a_party_that_blames_its_opponent_for_what_others_say_it_did_denies_its_part() {
    let outside = shells("a", "times", "north-army");
    let version = shells("b", "bureau", "reds").aligned("north").claimed_by("north-army");
    let event = event([outside, version]);
    assert_eq!(initiators(&event), ["Northern Army"]);
    assert_eq!(event.disputes, [Dispute::PartDenied { by: "Northern Army".to_owned() }]);
}

#[test]
fn two_attackers_named_from_outside_are_two_attacks() {
    assert_eq!(events([shells("a", "times", "north-army"), shells("b", "post", "reds")]).len(), 2);
}

#[test]
fn an_accusation_that_the_accused_denies_credits_no_attacker_unless_another_report_does() {
    let accused = || {
        shells("a", "times", "reds")
            .status(Status::Disputed)
            .contradicted_by(party("reds"), DenialScope::Perpetrator)
    };
    assert!(initiators(&event([accused()])).is_empty());
    assert_eq!(initiators(&event([accused(), shells("b", "post", "reds")])), ["Reds"]);
}

#[test]
fn a_bare_denial_by_the_accused_is_of_its_part_and_by_the_target_of_the_occurrence() {
    let raid = || claim("a", "Red Voice").attack("reds", "north-army").claimed_by("reds");
    let denied = |by| claim("b", "post").attack("reds", "north-army").denied_by(party(by));
    assert!(event([raid(), denied("north-army")]).occurrence_denied());
    assert!(!event([raid(), denied("reds")]).occurrence_denied());
}

#[test]
fn roles_are_those_told_from_outside() {
    let clash = claim("a", "times").between("reds", "blues");
    let version = claim("b", "post").attack("reds", "blues").claimed_by("blues");
    let event = event([clash, version]);
    assert!(event.actors.iter().all(|actor| actor.role == Role::Participant));
}

#[test]
fn an_attacker_known_only_by_its_own_admission_is_named() {
    let unnamed = claim("a", "times").actor("north-army", Role::Target);
    let admitted = claim("b", "post").attack("reds", "north-army").claimed_by("reds");
    let accused = claim("b", "post").attack("reds", "north-army").claimed_by("north-army");
    assert_eq!(initiators(&event([unnamed.clone(), admitted])), ["Reds"]);
    assert!(initiators(&event([unnamed, accused])).is_empty());
}

#[test]
fn an_outlet_that_cites_rescuers_beside_an_accuser_reports_from_outside() {
    let rescuers =
        Speaker { name: "rescue workers".to_owned(), faction: None, kind: SpeakerKind::Ngo };
    let accuser = Speaker { name: "the force".to_owned(), faction: None, kind: SpeakerKind::Party };
    let accusation = |id: &str, source: &str| {
        let shells = shells(id, source, "reds").status(Status::Disputed);
        let said = vec![rescuers.clone(), accuser.clone()];
        shells
            .contradicted_by(party("reds"), DenialScope::Perpetrator)
            .with(|claim| claim.attribution = said)
    };
    let second = shells("b", "post", "reds");
    let support = |claims: [FakeClaim; 2]| event(claims).support;
    assert_eq!(support([accusation("a", "times"), second.clone()]), Support::Independent(2));
    let alone = accusation("a", "times").with(|claim| claim.attribution = vec![accuser.clone()]);
    assert_eq!(support([alone, second]), Support::One);
}
