//! When it happened: days counted from another clause, what dates nothing else.

use super::*;

use jiff::civil::Date;

fn day(claim: &Claim) -> (Date, Date) {
    claim.date.as_ref().map(|span| (span.from, span.to)).unwrap()
}

fn one(day: i8) -> (Date, Date) {
    (date(2020, 6, day), date(2020, 6, day))
}

#[test]
fn a_day_after_counts_from_the_clause_before() {
    let found = claims(
        "The road to Ariha was open on Thursday morning, a day after Hayat Tahrir al-Sham and Hurras al-Din agreed to a truce.",
    );
    let agreed = found.iter().find(|claim| claim.kind.0 == SubType::Agreement).unwrap();
    assert_eq!(day(agreed), one(24));
}

#[test]
fn what_had_happened_before_dates_nothing_that_follows() {
    let found = claims(
        "Rebels had shelled Saraqib on June 2. Army jets bombed a market in Ariha and killed four people.",
    );
    let bombed = found.iter().find(|claim| place(claim) == "Ariha").unwrap();
    assert_eq!(day(bombed), one(26));
}

#[test]
fn since_sunday_runs_to_the_report() {
    let found = claims("Since Sunday the air force has bombed Ariha.");
    assert_eq!(day(&found[0]), (date(2020, 6, 21), date(2020, 6, 26)));
}

#[test]
fn the_day_of_an_agreement_between_commas_is_not_that_of_the_deed() {
    let found = claims(
        "Rebels had not left their posts, as had been agreed on Wednesday, and attacked Ariha on Thursday evening.",
    );
    let day = found[0].date.map(|span| span.from);
    assert_eq!(day, Some(date(2020, 6, 25)), "{found:?}");
}

#[test]
fn a_checkpoint_set_up_is_no_base() {
    let found = claims("Hurras al-Din set up a new checkpoint near Jisr al-Shughur on Thursday.");
    assert_eq!(found[0].kind.0, SubType::Other);
}
