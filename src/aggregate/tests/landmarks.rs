//! One incident that outlets tell with other tolls, places and days.

use crate::aggregate::fake::{FakeClaim, claim, event, events, place};
use crate::model::actor::Role;
use crate::model::casualty::{Fate, Object};
use crate::model::event::Measure;
use crate::model::kind::SubType;
use crate::model::place::{ClaimPlace, PlacePrecision};

/// A strike on a thing of this kind, told at this latitude.
fn strike(id: &str, source: &str, kind: &str, (name, lat): (&str, f64)) -> FakeClaim {
    let object = Object { name: kind.to_owned(), kind: kind.to_owned(), fate: Some(Fate::Hit) };
    claim(id, source)
        .kind(SubType::AirDroneStrike)
        .group("people", Role::Target)
        .at(place(name, "Upland").at(lat, 36.0))
        .with(|claim| claim.objects.push(object))
}

#[test]
fn a_convoy_hit_near_two_towns_on_one_day_is_one_however_far_apart_the_tolls_are() {
    let town = || strike("a", "times", "aid", ("Town", 34.0)).killed(None, 12);
    let mill = |id: &str| {
        let told = strike(id, "post", "aid", ("Mill", 34.15));
        told.actor("north-army", Role::Initiator).killed(None, 65)
    };
    assert_eq!(event([town(), mill("b")]).reports.len(), 2);
    assert_eq!(events([town(), mill("b").on(26)]).len(), 2, "another day");
    let house = strike("b", "post", "building", ("Mill", 34.15)).killed(None, 65);
    assert_eq!(events([town(), house]).len(), 2, "houses are hit every day");
    let far = strike("b", "post", "aid", ("Port", 35.0)).killed(None, 65);
    assert_eq!(events([town(), far]).len(), 2, "another part of the country");
}

#[test]
fn one_strike_on_a_hospital_that_each_side_blames_on_another_is_no_match_of_attackers() {
    let by = |id: &str, source: &str, who: &str| {
        strike(id, source, "hospital", ("Town", 34.0)).actor(who, Role::Initiator)
    };
    assert_eq!(events([by("a", "times", "reds"), by("b", "post", "north-army")]).len(), 2);
}

/// A bomb in this article, with so many dead.
fn bomb(id: &str, article: &str, dead: u32) -> FakeClaim {
    let claim = claim(id, "times").kind(SubType::SuicideBomb).article(article);
    claim.group("people", Role::Target).killed(None, dead)
}

#[test]
fn b_35_a_toll_and_the_one_of_the_day_before_in_one_article_are_one_toll() {
    let home = place("Home", "Lowland").at(34.4, 36.2);
    let risen = || bomb("b", "one", 112).on(26).at(home.clone());
    let both = event([bomb("a", "one", 43), risen()]);
    assert_eq!(both.toll(Measure::Killed), Some((112, 112)));
    let two = events([bomb("a", "one", 43), bomb("b", "two", 112).on(26).at(home.clone())]);
    assert_eq!(two.len(), 2, "in two articles they may be two");
    let far = place("Port", "Lowland").at(36.0, 36.0);
    assert_eq!(events([bomb("a", "one", 43), bomb("b", "one", 30).at(far)]).len(), 2);
    assert_eq!(events([bomb("a", "one", 43), bomb("b", "one", 4)]).len(), 2, "a smaller bomb");
}

#[test]
fn b_35_one_number_on_two_days_in_one_article_is_one_toll() {
    let dead = |id: &str, day, count| {
        strike(id, "times", "building", ("Town", 34.0)).article("one").on(day).killed(None, count)
    };
    assert_eq!(events([dead("a", 25, 12), dead("b", 26, 12)]).len(), 1);
    assert_eq!(events([dead("a", 25, 12), dead("b", 27, 12)]).len(), 2);
    assert_eq!(events([dead("a", 25, 3), dead("b", 26, 3)]).len(), 2);
}

#[test]
fn a_mass_killing_whose_place_is_not_located_is_found_among_many_of_its_division_and_toll() {
    let located = |n: i8| {
        let spot = place(&format!("P{n}"), "Upland").at(30.0 + f64::from(n) * 0.5, 36.0);
        let told = claim(&format!("a{n}"), "times").kind(SubType::SuicideBomb).on(n);
        told.actor("north-army", Role::Target).killed(Some("north-army"), 25).at(spot)
    };
    let quarter = |id: &str, n: i8| {
        let told = claim(id, "post").kind(SubType::SuicideBomb).on(n).seen(27);
        let told = told.actor("north-army", Role::Target).killed(Some("north-army"), 25);
        told.at(place("Quarter", "Upland"))
    };
    let days = (1..=20).step_by(4);
    let all = days.clone().map(located).chain([quarter("b", 9), quarter("c", 3)]);
    let events = events(all);
    assert_eq!(events.len(), days.count() + 1, "the one of the third day stands alone");
    let joined = events.iter().find(|event| event.reports.len() == 2).unwrap();
    assert_eq!(joined.places[0].name, "P9");
}

#[test]
fn b_35_a_suicide_bombing_told_of_its_city_and_of_its_quarter_is_one() {
    let quarter = ClaimPlace {
        precision: PlacePrecision::Admin2,
        admin2: Some("City".to_owned()),
        ..place("Old Quarter", "Upland")
    };
    let city = || bomb("a", "one", 15).at(place("City", "Upland").at(34.0, 36.0));
    let there = || bomb("b", "two", 17).at(quarter.clone());
    assert_eq!(event([city(), there()]).reports.len(), 2);
    assert_eq!(events([city(), there().on(26)]).len(), 2, "another day");
    assert_eq!(events([city(), bomb("b", "two", 3).at(quarter.clone())]).len(), 2, "another toll");
    let elsewhere = place("Old Quarter", "Lowland");
    assert_eq!(events([city(), bomb("b", "two", 17).at(elsewhere)]).len(), 2, "another division");
}

#[test]
fn b_35_two_events_that_share_an_article_are_one_where_that_told_one_toll_twice() {
    let quarter =
        |name: &str| ClaimPlace { precision: PlacePrecision::Admin2, ..place(name, "Upland") };
    let strike = |id: &str, article: &str, name: &str| {
        let claim = claim(id, "times").kind(SubType::AirDroneStrike).article(article);
        claim.group("people", Role::Target).killed(None, 24).at(quarter(name))
    };
    let told = [strike("a", "one", "Gate"), strike("b", "two", "Mill"), strike("c", "one", "Mill")];
    assert_eq!(event(told).toll(Measure::Killed), Some((24, 24)));
}
