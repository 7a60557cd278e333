//! No side is treated otherwise than another (B-45).

use super::digest::{frozen, variant};
use crate::aggregate::fake::{FakeClaim, claim, events, monitor, party, registry};
use crate::aggregate::situation::situation;
use crate::model::filter::Filter;

/// A day between the two, `a` and `b`, with the outlets of both.
fn day(a: &str, b: &str, a_outlet: &str, b_outlet: &str) -> Vec<FakeClaim> {
    vec![
        claim("a1", "times").attack(a, b).on(25).killed(Some(b), 4),
        claim("a2", a_outlet).attack(a, b).on(25).killed(Some(b), 30),
        claim("b1", b_outlet).attack(b, a).on(26).killed(Some(a), 5).claimed_by(b),
        claim("b2", "post").attack(b, a).on(26).denied_by(monitor("Watch")),
        claim("c1", "mail").attack(a, "north-army").on(24).claimed_by(a),
        claim("c2", "post").attack(a, "north-army").on(24).denied_by(party(a)),
    ]
}

fn digest(claims: Vec<FakeClaim>) -> String {
    let situation = situation(&frozen(events(claims)), &variant(), &registry(), &Filter::default());
    serde_json::to_string_pretty(&situation).unwrap()
}

/// Exchanges two names everywhere.
fn exchanged(text: &str, names: &[(&str, &str)]) -> String {
    names.iter().fold(text.to_owned(), |text, (a, b)| {
        text.replace(a, "\u{1}").replace(b, a).replace('\u{1}', b)
    })
}

#[test]
fn b_45_two_groups_exchanged_give_the_digest_with_their_names_exchanged() {
    let one = digest(day("reds", "blues", "Red Voice", "Blue Voice"));
    let other = digest(day("blues", "reds", "Blue Voice", "Red Voice"));
    let names = [("reds", "blues"), ("Reds", "Blues"), ("Red Voice", "Blue Voice")];
    assert_eq!(exchanged(&one, &names), other);
}

#[test]
fn b_45_a_ministry_and_a_rebel_office_exchanged_give_mirrored_marks() {
    let marks = |a: &str, b: &str| {
        let told = [
            claim("a", "times").attack(a, b).claimed_by(a),
            claim("b", "post").attack(b, a).on(28).claimed_by(b),
            claim("c", "mail").attack(b, a).on(28),
        ];
        let told = events(told);
        told.iter().map(|event| (event.support, event.disputes.len())).collect::<Vec<_>>()
    };
    assert_eq!(marks("north", "reds"), marks("reds", "north"));
}
