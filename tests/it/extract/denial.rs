//! Denials: what is contradicted, by whom, and what an article that carries only the denial says.

use super::*;

use sitrep::model::claim::DenialScope;

fn denials(claim: &Claim) -> Vec<(&str, DenialScope)> {
    claim.denials.iter().map(|denial| (denial.by.name.as_str(), denial.scope)).collect()
}

#[test]
fn a_denial_alone_makes_one_denied_claim() {
    let found = claims("The Syrian army denied on Thursday that it had shelled Saraqib.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].status, Status::Denied);
    assert_eq!(found[0].kind.0, SubType::ShellingArtilleryMissileAttack);
    assert_eq!(factions(&found[0], Role::Initiator), ["syrian-army"]);
    assert_eq!(denials(&found[0]), [("Syrian army", DenialScope::Perpetrator)]);
}

#[test]
fn the_accused_who_denies_it_disputes_the_perpetrator() {
    let found = claims(
        "A bomb on a motorcycle killed four people in Afrin on Thursday. The Syrian National Army accused the SDF, which denied it.",
    );
    assert_eq!(found[0].status, Status::Disputed);
    assert_eq!(denials(&found[0]), [("SDF", DenialScope::Perpetrator)]);
}

#[test]
fn no_party_denies_its_own_claim() {
    let found = claims(
        "Villagers said on Friday that there was no fighting west of Ariha on Thursday, contrary to the account of Hayat Tahrir al-Sham, which says that its fighters stormed an army base there and killed nine soldiers.",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].status, Status::Disputed);
    assert_eq!(denials(&found[0]), [("Villagers", DenialScope::Occurrence)]);
}

#[test]
fn numbers_called_false_dispute_only_the_numbers() {
    let found = claims(
        "Army jets bombed Ariha on Thursday and killed 30 people, residents said. The army said that the figure was false.",
    );
    assert_eq!(denials(&found[0]), [("army", DenialScope::Figures)]);
}

#[test]
fn denied_reports_name_the_reporter_as_the_doer() {
    let found = claims(
        "A military source on Friday denied reports by Hayat Tahrir al-Sham about an attack on an army base west of Maarrat al-Numan.",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].status, Status::Denied);
    assert_eq!(factions(&found[0], Role::Initiator), ["hayat-tahrir-al-sham"]);
    assert_eq!(denials(&found[0]), [("military source", DenialScope::Occurrence)]);
}
