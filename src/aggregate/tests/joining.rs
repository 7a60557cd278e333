//! Which claims become one event.

use jiff::ToSpan;

use crate::aggregate::fake::{FakeClaim, claim, event, events, june, place, registry};
use crate::model::actor::Role;
use crate::model::event::ReportedClaim;
use crate::model::id::{ClaimId, EventId};
use crate::model::kind::SubType;
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::time::{DatePrecision, DateSpan};

fn admin1(name: &str) -> ClaimPlace {
    ClaimPlace { precision: PlacePrecision::Admin1, ..place(name, name) }
}

#[test]
fn two_articles_on_one_attack_are_one_event_with_the_id_of_the_first() {
    let event = event([
        claim("b", "post").attack("reds", "north-army").on(26).seen(27),
        claim("a", "times").attack("red-brigade", "north-forces").seen(26),
    ]);
    assert_eq!(event.id, EventId::of(&ClaimId::new("a")));
    assert_eq!(event.reports.len(), 2);
    assert_eq!(event.date.unwrap().from, june(25));
}

#[test]
fn a_report_that_belongs_to_two_events_shows_that_they_are_one() {
    let mill = place("Mill", "Upland").at(34.15, 36.0);
    let town = |id: &str, source: &str| claim(id, source).attack("reds", "north-army");
    let first = || town("a", "times").seen(26);
    let second = || {
        let claim = claim("b", "post").actor("reds", Role::Initiator).at(mill.clone());
        claim.killed(Some("north-army"), 7).seen(27)
    };
    assert_eq!(events([first(), second()]).len(), 2, "two villages, one party in common");
    let later = || town("c", "wire").killed(Some("north-army"), 7).seen(28);
    let one = event([first(), second(), later()]);
    assert_eq!(one.id, EventId::of(&ClaimId::new("a")));
    let told: Vec<_> = one.reports.iter().map(|report| report.claim.as_str()).collect();
    assert_eq!(told, ["a", "b", "c"]);
    let both = later().article("both");
    let beside = claim("d", "wire").actor("reds", Role::Initiator).at(mill.clone()).article("both");
    let beside = beside.killed(Some("north-army"), 7).seen(28);
    assert_eq!(
        events([first(), beside, both]).len(),
        2,
        "one article tells both, and they stay two"
    );
}

#[test]
fn other_parties_places_days_or_families_are_other_events() {
    let first = || claim("a", "times").attack("reds", "north-army");
    let other = || claim("b", "post").attack("reds", "north-army");
    let far = place("Mill", "Lowland").at(36.0, 36.0);
    assert_eq!(events([first(), other().on(28)]).len(), 2);
    assert_eq!(events([first(), other().at(far)]).len(), 2);
    assert_eq!(events([first(), other().kind(SubType::Arrests)]).len(), 2);
    assert_eq!(events([first(), claim("b", "post").attack("blues", "north-army")]).len(), 2);
}

#[test]
fn two_claims_of_one_article_stay_two_events() {
    let told = |id: &str| claim(id, "times").attack("reds", "north-army").article("one");
    assert_eq!(events([told("a"), told("b")]).len(), 2);
}

#[test]
fn a_report_that_names_no_attacker_joins_only_at_the_same_place_and_kind() {
    let named = || claim("a", "times").attack("reds", "north-army");
    let unnamed = |kind| claim("b", "post").group("gunmen", Role::Initiator).kind(kind);
    let attack = claim("b", "post").kind(SubType::Attack).actor("north-army", Role::Target);
    assert_eq!(events([named(), attack]).len(), 1, "a clash to the one, an attack to the other");
    let joined = event([named(), unnamed(SubType::ArmedClash)]);
    assert_eq!(joined.actors.len(), 2, "the generic word gives way to the name");
    assert_eq!(events([named(), unnamed(SubType::Attack)]).len(), 2);
}

#[test]
fn a_claim_known_only_by_its_province_joins_with_both_parties_and_equal_figures() {
    let near = || claim("a", "times").attack("reds", "north-army").killed(Some("north-army"), 4);
    let vague = |count| {
        let b = claim("b", "post").at(admin1("Upland")).on(26);
        b.attack("reds", "north-army").killed(Some("north-army"), count)
    };
    assert_eq!(event([near(), vague(4)]).places[0].name, "Town");
    assert_eq!(events([near(), vague(9)]).len(), 2);
}

#[test]
fn shells_of_one_army_on_two_neighbouring_towns_are_two_events() {
    let shells = |id: &str, source: &str, town: &str, lat: f64| {
        let claim = claim(id, source).kind(SubType::ShellingArtilleryMissileAttack);
        claim.at(place(town, "Upland").at(lat, 36.0)).actor("north-army", Role::Initiator)
    };
    let market = shells("a", "times", "Town", 34.0).group("civilians", Role::Target);
    let post = |lat| shells("b", "post", "Mill", lat).actor("blues", Role::Target);
    assert_eq!(events([market.clone(), post(34.15)]).len(), 2);
    assert_eq!(events([market.actor("blues", Role::Target), post(34.15)]).len(), 1);
}

#[test]
fn a_road_that_opens_and_closes_again_is_two_events_and_an_aid_convoy_a_third() {
    use crate::model::casualty::{Fate, Object};
    let way = |id: &str, source: &str, kind: &str, fate| {
        let object = Object { name: kind.to_owned(), kind: kind.to_owned(), fate: Some(fate) };
        let claim = claim(id, source).kind(SubType::Other).between("reds", "blues");
        claim.with(|claim| claim.objects.push(object))
    };
    let all = [
        way("a", "times", "road", Fate::Opened),
        way("b", "post", "road", Fate::Closed).on(26),
        way("c", "mail", "road", Fate::Closed).on(26),
        way("d", "news", "aid", Fate::Blocked).on(26),
    ];
    assert_eq!(events(all).len(), 3);
}

#[test]
fn days_of_fighting_at_one_place_do_not_become_one_event() {
    let day =
        |day: i8| claim(&format!("c{day}"), "times").attack("reds", "north-army").on(day).seen(day);
    assert!(events((1..=9).map(day)).len() >= 4);
}

#[test]
fn a_wire_copy_with_two_alike_events_pairs_each_with_its_own() {
    let told = |article: &str, id: &str, quote: &str| {
        let claim = claim(id, article).attack("reds", "north-army").article(article);
        claim.with(|claim| claim.evidence[0].quote = quote.to_owned())
    };
    let all = [
        told("x", "a", "the first ambush"),
        told("x", "b", "the second ambush"),
        told("y", "c", "the second ambush"),
        told("y", "d", "the first ambush"),
    ];
    let events = events(all);
    assert_eq!(events.len(), 2);
    for event in events {
        assert_eq!(event.reports[0].evidence[0].quote, event.reports[1].evidence[0].quote);
    }
}

#[test]
fn a_claim_dated_to_the_month_does_not_swallow_the_days_of_that_month() {
    let month = DateSpan { from: june(1), to: june(30), precision: DatePrecision::Month };
    let vague = claim("b", "post").attack("reds", "north-army").with(|c| c.date = Some(month));
    assert_eq!(events([claim("a", "times").attack("reds", "north-army"), vague]).len(), 2);
}

const CLAIMS: u32 = 2_000;

#[test]
fn every_happening_of_a_large_day_is_found_again() {
    let all: Vec<ReportedClaim> = (0_u32..CLAIMS).map(|at| many(at).0).collect();
    let events = crate::aggregate::cluster::events(&all, &registry());
    assert!(events.iter().all(|event| event.reports.len() == 2), "each happening is told twice");
    assert_eq!(events.len(), CLAIMS as usize / 2);
}

/// Happening `at / 2` on a grid of places and days, told by the one or the other paper.
fn many(at: u32) -> crate::aggregate::fake::FakeClaim {
    let (happening, day) = (at / 2, (at / 2) % 10);
    let (row, column) = (happening / 10 / 40, happening / 10 % 40);
    let spot = place(&format!("P{happening}"), &format!("D{}", row % 14))
        .at(20.0 + f64::from(row) * 0.5, 30.0 + f64::from(column) * 0.5);
    let first = june(1).checked_add((i64::from(day) * 2).days()).unwrap();
    let source = if at.is_multiple_of(2) { "times" } else { "post" };
    claim(&format!("c{at:05}"), source)
        .attack("reds", "north-army")
        .at(spot)
        .with(|claim| claim.date = Some(DateSpan::day(first)))
}

/// Gas, told at this place.
fn gas(id: &str, at: ClaimPlace) -> FakeClaim {
    claim(id, id).kind(SubType::ChemicalWeapon).group("people", Role::Target).at(at)
}

#[test]
fn b_35_chemical_weapons_of_one_day_are_one_event_however_the_texts_disagree() {
    let village = place("Mill", "Upland").at(34.2, 36.0);
    let country =
        ClaimPlace { admin1: None, precision: PlacePrecision::Country, ..village.clone() };
    let accused = |id: &str, by: &str, at| gas(id, at).actor(by, Role::Initiator).killed(None, 300);
    let told = [
        gas("a", place("Town", "Upland").at(34.0, 36.0)).killed(None, 1300),
        accused("b", "reds", village.clone()),
        accused("c", "north-army", country),
        gas("d", village).article("article-a").killed(None, 5),
    ];
    let event = event(told);
    assert_eq!(event.reports.len(), 4);
    assert_eq!(event.toll(crate::model::event::Measure::Killed), Some((300, 1300)));
    let far = place("Port", "Lowland").at(31.0, 36.0);
    assert_eq!(events([gas("a", place("Town", "Upland").at(34.0, 36.0)), gas("b", far)]).len(), 2);
}

#[test]
fn b_35_many_dead_of_one_day_and_place_are_counted_once_whatever_the_weapon() {
    let shells = |dead| {
        let claim = claim("a", "times").kind(SubType::ShellingArtilleryMissileAttack);
        claim.group("people", Role::Target).killed(None, dead)
    };
    let strike = |dead| {
        let claim = claim("b", "post").kind(SubType::AirDroneStrike);
        claim.group("people", Role::Target).killed(None, dead)
    };
    assert_eq!(events([shells(86), strike(72)]).len(), 1);
    assert_eq!(events([shells(3), strike(2)]).len(), 2);
}

#[test]
fn b_35_one_toll_told_twice_in_an_article_is_one_and_other_tolls_stay_apart() {
    let title = || claim("a", "times").group("people", Role::Target).killed(None, 19);
    let text = |dead| {
        let claim = claim("b", "times").kind(SubType::ShellingArtilleryMissileAttack);
        claim.article("article-a").group("people", Role::Target).killed(None, dead)
    };
    assert_eq!(events([title(), text(19)]).len(), 1);
    assert_eq!(events([title(), text(12)]).len(), 2);
}
