//! The known failure modes of reading conflict news, one test each, on sentences of our own.

mod asides;
mod clauses;
mod culprits;
mod denial;
mod equipment;
mod ground;
mod names;
mod page;
mod plain;
mod roles;
mod sides;
mod speech;
mod tolls;
mod when;
mod worth;

use jiff::civil::date;

use sitrep::extract::Extractor;
use sitrep::model::actor::Role;
use sitrep::model::casualty::{Casualties, Fate};
use sitrep::model::claim::{Claim, Phase, Status};
use sitrep::model::document::{Document, Reading};
use sitrep::model::kind::SubType;
use sitrep::model::registry::Registry;

fn document(text: &str) -> Document {
    let published = Some(date(2020, 6, 26));
    Document { doc_id: "t".to_owned(), text: text.to_owned(), published, ..Document::default() }
}

fn extractor() -> Extractor {
    let packs = sitrep::config::packs::builtin().unwrap();
    Extractor::new(&Registry::merge(packs)).unwrap()
}

fn reading(text: &str) -> Reading {
    extractor().read(&document(text))
}

fn claims(text: &str) -> Vec<Claim> {
    reading(text).claims
}

fn rules(text: &str) -> Vec<String> {
    reading(text).dropped.into_iter().map(|dropped| dropped.rule).collect()
}

fn factions(claim: &Claim, role: Role) -> Vec<String> {
    let actors = claim.actors.iter().filter(|actor| actor.role == role);
    actors.filter_map(|actor| actor.faction.as_ref()).map(ToString::to_string).collect()
}

fn killed(casualties: &Casualties) -> Option<u32> {
    casualties.killed.as_ref().and_then(|figure| figure.min)
}

fn place(claim: &Claim) -> &str {
    claim.places.first().map_or("", |place| place.name.as_str())
}

#[test]
fn several_events_in_one_sentence_are_told_apart() {
    let found = claims(
        "Rebels shelled Saraqib on Thursday, wounding three residents; army jets bombed Ariha, killing two farmers.",
    );
    let kinds: Vec<SubType> = found.iter().map(|claim| claim.kind.0).collect();
    assert_eq!(kinds, [SubType::ShellingArtilleryMissileAttack, SubType::AirDroneStrike]);
    assert_eq!((place(&found[0]), place(&found[1])), ("Saraqib", "Ariha"));
}

#[test]
fn casualties_lie_with_the_side_that_lost_them() {
    let found = claims(
        "Islamic State fighters ambushed an army convoy near al-Sukhna on Thursday, killing four soldiers; two of the militants were killed.",
    );
    let side = |id: &str| {
        let of =
            |row: &&Casualties| row.faction.as_ref().is_some_and(|faction| faction.as_str() == id);
        found[0].casualties.iter().find(of).and_then(killed)
    };
    assert_eq!((side("syrian-army"), side("islamic-state")), (Some(4), Some(2)));
}

#[test]
fn a_subset_is_not_added_to_the_whole() {
    let found = claims(
        "At least 12 civilians, including five children, were killed in an air strike on Ariha on Thursday.",
    );
    let counts: Vec<Option<u32>> = found[0].casualties.iter().map(killed).collect();
    assert_eq!(counts, [Some(12)]);
}

#[test]
fn a_running_total_replaces_the_figure_before() {
    let found = claims(
        "An air strike on Ariha killed nine people on Wednesday. The death toll rose to 11 on Thursday.",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(killed(&found[0].casualties[0]), Some(11));
}

#[test]
fn history_is_no_news() {
    let text =
        "Warplanes bombed Ariha on Thursday. In 2016 an air strike on the town killed 30 people.";
    assert!(claims(text).iter().all(|claim| claim.casualties.is_empty()));
    assert!(rules(text).contains(&"background".to_owned()));
}

#[test]
fn the_city_of_the_dateline_is_not_the_place() {
    let found = claims(
        "DAMASCUS, June 26 - Shells fell on Saraqib in Idlib on Thursday and killed two women.",
    );
    assert_eq!(place(&found[0]), "Saraqib");
}

#[test]
fn a_planned_attack_is_no_event() {
    let text = "The army plans to attack Saraqib, officials said on Thursday.";
    assert!(claims(text).is_empty());
    assert_eq!(rules(text), ["hypothetical"]);
}

#[test]
fn a_denied_attack_is_disputed() {
    let found = claims(
        "Residents said on Thursday that army shelling of Saraqib killed three people. The Syrian army denied that it had shelled Saraqib.",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].status, Status::Disputed);
    assert!(!found[0].denials.is_empty());
}

#[test]
fn two_factions_after_the_verb_are_two_targets() {
    let found = claims(
        "Hayat Tahrir al-Sham attacked positions of Hurras al-Din and Ansar al-Din Front near Ariha on Thursday.",
    );
    assert_eq!(factions(&found[0], Role::Target), ["hurras-al-din", "ansar-al-din-syria"]);
}

#[test]
fn two_factions_before_the_verb_are_two_attackers() {
    let found = claims(
        "Hayat Tahrir al-Sham and Ahrar al-Sham attacked army positions near Ariha on Thursday.",
    );
    assert_eq!(factions(&found[0], Role::Initiator), ["hayat-tahrir-al-sham", "ahrar-al-sham"]);
}

#[test]
fn backed_by_and_held_by_name_no_actor() {
    let found = claims(
        "Turkish-backed fighters attacked positions of the Syrian Democratic Forces near Ain Issa on Thursday.",
    );
    assert!(!factions(&found[0], Role::Initiator).iter().any(|id| id.starts_with("turk")));
    let found = claims("Mortar shells hit rebel-held Saraqib on Thursday, killing two people.");
    assert!(found.iter().all(|claim| factions(claim, Role::Target).is_empty()));
}

#[test]
fn aircraft_without_an_owner_are_an_unknown_party() {
    let found = claims("Warplanes struck Ariha on Thursday, killing two people.");
    assert_eq!(found[0].kind.0, SubType::AirDroneStrike);
    assert!(factions(&found[0], Role::Initiator).is_empty());
}

#[test]
fn a_capital_that_speaks_is_its_government() {
    let found = claims(
        "Ankara said its troops shelled positions of the Syrian Democratic Forces near Ain Issa on Thursday.",
    );
    assert_eq!(found[0].status, Status::Claimed);
    assert_eq!(place(&found[0]), "Ain Issa");
}

#[test]
fn an_outlets_own_name_for_a_party_means_that_party() {
    let mut doc = document("The terrorists shelled Ariha on Thursday and killed two women.");
    doc.calls = vec![("the terrorists".to_owned(), "syrian-opposition".to_owned())];
    let found = extractor().read(&doc).claims;
    assert_eq!(factions(&found[0], Role::Initiator), ["syrian-opposition"]);
}

#[test]
fn a_report_repeated_is_one_event() {
    let found = claims(
        "Air strikes on Ariha killed nine people on Thursday. Nine people were killed in the air strikes on Ariha, residents said.",
    );
    assert_eq!(found.len(), 1);
}

#[test]
fn names_that_sound_alike_stay_apart() {
    let found = claims(
        "Shells fell near Hama on Thursday and wounded a farmer. Shells fell near Homs on Thursday and wounded a teacher.",
    );
    let places: Vec<&str> = found.iter().map(place).collect();
    assert_eq!(places, ["Hama", "Homs"]);
}

#[test]
fn a_person_can_be_the_target() {
    let found = claims("Gunmen shot dead the mayor of Tafas on Thursday.");
    assert_eq!((found[0].kind.0, place(&found[0])), (SubType::Attack, "Tafas"));
    assert!(
        found[0].actors.iter().any(|actor| actor.role == Role::Target && actor.name == "mayor")
    );
}

#[test]
fn equipment_carries_its_fate_and_owner() {
    let found = claims(
        "The Russian Aerospace Forces destroyed two vehicles and a depot of the Islamic State near Palmyra on Thursday.",
    );
    let vehicle = found[0].materiel.iter().find(|row| row.item == "vehicle").unwrap();
    assert_eq!(vehicle.fate, Fate::Destroyed);
    assert_eq!(
        vehicle.faction.as_ref().map(sitrep::model::id::FactionId::as_str),
        Some("islamic-state")
    );
}

#[test]
fn a_truce_has_its_parties_and_its_phase() {
    let found = claims(
        "Hayat Tahrir al-Sham and Ahrar al-Sham agreed on a ceasefire in Ariha on Thursday.",
    );
    assert_eq!((found[0].kind.0, found[0].phase), (SubType::Agreement, Some(Phase::InForce)));
    assert_eq!(factions(&found[0], Role::Participant).len(), 2);
}

#[test]
fn protests_arrests_and_closed_crossings_are_events_too() {
    let kind = |text: &str| claims(text).first().map(|claim| claim.kind.0);
    assert_eq!(
        kind("Hundreds of people protested in Sweida on Thursday."),
        Some(SubType::PeacefulProtest)
    );
    assert_eq!(kind("Police arrested 15 people in Hama on Thursday."), Some(SubType::Arrests));
    assert_eq!(
        kind("The Syrian army closed the crossing near Saraqib on Thursday."),
        Some(SubType::Other)
    );
}

#[test]
fn sport_and_disasters_are_dropped_by_rule() {
    let sport = "The team won the final match of the season on Thursday and scored a late goal after an attack on the left.";
    assert_eq!(rules(sport), ["sport"]);
    assert_eq!(rules("An earthquake killed 12 people in Latakia on Thursday."), ["disaster"]);
}

#[test]
fn evidence_is_the_exact_slice_of_the_text() {
    let text = "«Heavy» shelling hit Saraqib on Thursday — two women were killed.";
    for claim in claims(text) {
        for evidence in &claim.evidence {
            assert_eq!(&text[evidence.start..evidence.end], evidence.quote);
        }
    }
}

#[test]
fn upper_case_texts_are_read_like_others() {
    let found = claims("GUNMEN KILLED THREE SOLDIERS NEAR PALMYRA ON THURSDAY, RESIDENTS SAID.");
    assert_eq!(found.first().map(|claim| claim.kind.0), Some(SubType::ArmedClash));
}

#[test]
fn a_text_in_another_language_is_kept_unread() {
    let mut doc = document(
        "Des hommes armés ont tué trois soldats près de la ville jeudi soir, selon des habitants.",
    );
    doc.lang = Some("fr".to_owned());
    let reading = extractor().read(&doc);
    assert!(reading.claims.is_empty());
    assert!(reading.unread.is_some_and(|reason| reason.contains("`fr`")));
}

#[test]
fn odd_input_is_read_without_a_panic() {
    let extractor = extractor();
    for text in [
        "",
        " ",
        "\u{0}",
        "'''",
        "((((",
        "12 12 12 of of of",
        "killed",
        "by by by killed by",
        "١٢ قتيلا",
        "a'",
    ] {
        let _ = extractor.read(&document(text));
    }
}

#[test]
fn what_local_sources_say_nobody_did_is_disputed_where_a_party_claims_it() {
    let found = claims(
        "The National Front for Liberation said it repelled an attack by Russian special forces near Binin on June 25. \
         However, neither the Syrian Army nor Russian forces carried out any offensive operation in the area, local \
         sources said.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].status, Status::Disputed);
    assert!(!found[0].denials.is_empty());
}

#[test]
fn a_speaker_of_the_sentence_before_is_not_who_nobody_said_carried_it_out() {
    let found = claims(
        "A car bomb killed three people in Afrin on Thursday, a police officer said. No one has said that they carried \
         out the attack.",
    );
    assert!(!found.is_empty());
    for claim in &found {
        assert_eq!(factions(claim, Role::Initiator), Vec::<String>::new(), "{claim:?}");
    }
}
