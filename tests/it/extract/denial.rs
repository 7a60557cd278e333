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

#[test]
fn a_denial_of_something_else_disputes_nothing() {
    let found = claims(
        "Ahrar al-Sham attacked an army post near Ariha on Thursday, residents said. Hayat Tahrir al-Sham rejected the charge that it had broken the truce with Russia.",
    );
    assert_eq!(found[0].status, Status::Asserted);
}

#[test]
fn what_follows_a_denial_with_said_is_told_not_denied() {
    let found = claims(
        "The army denied that it had shelled Ariha on Thursday and said that a rocket of the rebels had hit Saraqib and killed four people.",
    );
    let told: Vec<(&str, Status)> =
        found.iter().map(|claim| (place(claim), claim.status)).collect();
    assert!(told.contains(&("Ariha", Status::Denied)), "{told:?}");
    assert!(told.iter().any(|(place, status)| *place == "Saraqib" && *status != Status::Denied));
}

#[test]
fn who_is_quoted_denies_not_who_quotes() {
    let found = claims(
        "Shells killed seven people in Ariha on Thursday, and a monitor said that the Syrian Army had fired them. A military source quoted by the state agency denied that the army had fired on the town.",
    );
    assert_eq!(found[0].status, Status::Disputed, "{found:?}");
    assert_eq!(denials(&found[0]), [("military source", DenialScope::Perpetrator)]);
}

#[test]
fn a_denial_goes_to_the_deed_of_its_town() {
    let found = claims(
        "Army units shelled rebel positions near al-Bara on Thursday, a military source said.\n\nIn Ariha, a rocket fired by rebels killed four people on Thursday, the source said. He denied reports that the army had shelled the town.",
    );
    let of = |town: &str| found.iter().find(|claim| place(claim) == town).unwrap();
    assert_eq!(of("al-Bara").status, Status::Claimed);
    assert_eq!(denials(of("Ariha")), [("military source", DenialScope::Perpetrator)]);
}

#[test]
fn an_attack_on_its_own_base_is_denied_as_a_happening() {
    let found = claims("The Syrian army denied an attack on an army base near Ariha on Thursday.");
    assert_eq!(found[0].status, Status::Denied);
    assert!(factions(&found[0], Role::Initiator).is_empty());
    assert_eq!(denials(&found[0]), [("Syrian army", DenialScope::Occurrence)]);
}

#[test]
fn a_report_called_false_is_disputed() {
    let found = claims(
        "Rapid Support Forces fighters killed 12 people in Nyala on Thursday, doctors said. A spokesman for the RSF called the report a fabrication.",
    );
    assert_eq!(found[0].status, Status::Disputed);
}

#[test]
fn it_that_is_denied_is_what_was_told_right_before() {
    for text in [
        "Russian forces took control of the village of Novoselivka, the defence ministry in Moscow said, but Kyiv denied it.",
        "Russian forces took control of the village of Novoselivka, the defence ministry in Moscow said. Kyiv denied it.",
    ] {
        let found = claims(text);
        assert_eq!(found.len(), 1, "{found:?}");
        let by: Vec<&str> = found[0].denials.iter().map(|denial| denial.by.name.as_str()).collect();
        assert_eq!(by, ["Kyiv"], "{text}");
    }
}
