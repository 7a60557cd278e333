//! Figures: who gives them, which count, what replaces what.

use crate::aggregate::fake::{FakeClaim, claim, event, events, june, monitor, party, place};
use crate::aggregate::sums::totals;
use crate::model::actor::Role;
use crate::model::casualty::{CasualtyGroup, Figure};
use crate::model::event::{Dispute, Event, Measure, Standing};
use crate::model::kind::SubType;
use crate::model::place::ClaimPlace;
use crate::model::time::{DatePrecision, DateSpan};

fn told(id: &str, source: &str, dead: u32) -> FakeClaim {
    claim(id, source).attack("reds", "north-army").killed(Some("north-army"), dead)
}

fn killed(event: &Event) -> Option<(u32, u32)> {
    event.toll(Measure::Killed)
}

#[test]
fn b_30_each_figure_keeps_its_speaker_and_how_they_stand_to_the_event() {
    let event = event([told("a", "times", 4), told("b", "post", 6).claimed_by("reds")]);
    let reports = &event.figures[0].reports;
    assert_eq!((reports[0].speaker.as_str(), reports[0].standing), ("times", Standing::Outside));
    assert_eq!((reports[1].speaker.as_str(), reports[1].standing), ("Reds", Standing::Opponent));
}

#[test]
fn b_31_low_and_high_are_those_of_speakers_from_outside() {
    assert_eq!(killed(&event([told("a", "times", 4), told("b", "post", 7)])), Some((4, 7)));
}

#[test]
fn b_31_a_partys_own_losses_may_set_the_low_bound() {
    let own = told("b", "post", 2).claimed_by("north");
    assert_eq!(killed(&event([told("a", "times", 4), own.clone()])), Some((2, 4)));
    let alone = event([own]);
    assert_eq!(alone.figures[0].reports[0].standing, Standing::Own);
    assert_eq!(killed(&alone), None, "shown as its own, no figure from outside");
}

#[test]
fn b_32_a_partys_figure_about_its_opponent_enters_no_total() {
    let boast = told("b", "post", 90).claimed_by("reds");
    let event = event([told("a", "times", 4), boast]);
    assert_eq!(killed(&event), Some((4, 4)));
    let total = &totals([&event])[&Measure::Killed];
    assert_eq!((total.one_sided[0].low, total.one_sided[0].speaker.as_str()), (90, "Reds"));
}

#[test]
fn b_32_an_outlet_that_speaks_for_a_party_does_not_count_either_whomever_it_cites() {
    let cited = told("a", "Red Voice", 9).with(|claim| claim.attribution.push(monitor("Watch")));
    let event = event([cited]);
    assert_eq!(killed(&event), None);
}

#[test]
fn b_33_a_vague_word_counts_with_its_lower_bound_and_no_number_counts_not_at_all() {
    let dozens = Figure { min: Some(12), max: None, vague: Some("dozens".to_owned()) };
    let several = Figure { vague: Some("several".to_owned()), ..Figure::default() };
    let with = |figure| {
        claim("a", "times").attack("reds", "north-army").killed_figure(Some("north-army"), figure)
    };
    assert_eq!(killed(&event([with(dozens)])), Some((12, 12)));
    assert_eq!(killed(&event([with(several)])), None);
}

#[test]
fn b_33_a_later_report_without_a_number_takes_none_back() {
    let several = Figure { vague: Some("several".to_owned()), ..Figure::default() };
    let later =
        claim("b", "times").attack("reds", "north-army").killed_figure(Some("north-army"), several);
    assert_eq!(killed(&event([told("a", "times", 7).seen(25), later])), Some((7, 7)));
}

#[test]
fn b_34_lows_and_highs_are_added_separately_and_nothing_is_none_not_zero() {
    let range = event([told("a", "times", 4), told("b", "post", 7)]);
    let exact = event([told("c", "times", 10)]);
    let silent = event([claim("d", "times").attack("reds", "north-army")]);
    assert_eq!(totals([&range, &exact, &silent])[&Measure::Killed].counted, Some((14, 17)));
    assert_eq!(totals([&silent])[&Measure::Killed].counted, None);
}

#[test]
fn b_34_of_an_event_whose_occurrence_is_denied_nothing_is_counted() {
    let denied = claim("b", "post").attack("reds", "north-army").denied_by(monitor("Watch"));
    let event = event([told("a", "times", 4), denied]);
    let total = &totals([&event])[&Measure::Killed];
    assert_eq!((total.counted, total.one_sided.len()), (None, 1));
}

#[test]
fn b_35_people_are_those_of_several_sides_whose_number_they_share() {
    let sided = told("a", "times", 5).killed(Some("civilians"), 15);
    let people = |dead| claim("b", "post").attack("reds", "north-army").killed(None, dead);
    assert_eq!(killed(&event([sided.clone(), people(15)])), Some((20, 20)));
    let open = event([sided, people(7)]);
    assert_eq!(killed(&open), Some((7, 20)), "whose they are is open: a toll of all sides");
}

#[test]
fn b_35_one_toll_at_a_quarter_and_at_its_city_is_one_event() {
    let bomb = |id: &str, source: &str, dead| {
        let claim = claim(id, source).kind(SubType::SuicideBomb).actor("north-army", Role::Target);
        claim.killed(Some("north-army"), dead)
    };
    let city = || bomb("a", "times", 25);
    let quarter = |dead| {
        let place = ClaimPlace { admin2: Some("Hills".to_owned()), ..place("Quarter", "Upland") };
        bomb("b", "post", dead).actor("reds", Role::Initiator).at(place)
    };
    assert_eq!(event([city(), quarter(25)]).toll(Measure::Killed), Some((25, 25)));
    assert_eq!(events([city(), quarter(60)]).len(), 2);
    let vague = claim("c", "wire").kind(SubType::SuicideBomb).killed(None, 25).with(|claim| {
        let (from, to) = (june(1), june(30));
        claim.date = Some(DateSpan { from, to, precision: DatePrecision::Month });
    });
    assert_eq!(event([city(), vague]).toll(Measure::Killed), Some((25, 25)));
}

#[test]
fn b_35_a_rolling_toll_replaces_and_never_adds() {
    let steps = [
        told("a", "times", 8).seen(25),
        told("b", "times", 12).seen(26),
        told("c", "times", 23).seen(27),
    ];
    let event = event(steps);
    assert_eq!(killed(&event), Some((23, 23)));
    assert_eq!(event.figures[0].reports.len(), 3, "every figure is kept");
}

#[test]
fn b_35_a_toll_that_rises_from_paper_to_paper_is_a_rolling_one_and_two_that_differ_are_a_range() {
    let steps = || {
        [
            told("a", "times", 8).seen(25),
            told("b", "post", 12).seen(26),
            told("c", "mail", 23).seen(27),
        ]
    };
    assert_eq!(killed(&event(steps())), Some((23, 23)));
    assert_eq!(killed(&event(steps().into_iter().take(2))), Some((8, 12)));
}

#[test]
fn b_35_an_outlet_that_cites_itself_is_one_speaker() {
    let own = told("a", "Land Monitor", 7).seen(25);
    let cited =
        told("b", "Land Monitor", 9).with(|claim| claim.attribution.push(monitor("the Monitor")));
    assert_eq!(killed(&event([own, cited])), Some((9, 9)));
}

#[test]
fn b_35_people_of_one_report_are_the_soldiers_of_another_and_not_added() {
    let people = claim("b", "post").attack("reds", "north-army").killed(None, 6);
    let event = event([told("a", "times", 4), people]);
    assert_eq!((event.figures.len(), killed(&event)), (1, Some((4, 6))));
}

#[test]
fn b_35_a_toll_of_all_sides_is_not_added_to_the_sides() {
    let both = told("a", "times", 4).killed(Some("reds"), 3);
    let whole = claim("b", "post").attack("reds", "north-army").killed(None, 9);
    assert_eq!(killed(&event([both, whole])), Some((7, 9)));
}

#[test]
fn civilians_and_soldiers_of_one_report_are_added() {
    let both = told("a", "times", 4).killed(None, 3).with(|claim| {
        claim.casualties[1].group = CasualtyGroup::Civilian;
        claim.casualties[1].name = "civilians".to_owned();
    });
    assert_eq!(killed(&event([both])), Some((7, 7)));
}

#[test]
fn b_35_at_least_so_many_gives_way_to_a_later_number_that_fulfils_it() {
    let open = |id: &str, source: &str| {
        let claim = claim(id, source).attack("reds", "north-army");
        claim.killed_figure(Some("north-army"), Figure::at_least(11))
    };
    assert_eq!(
        killed(&event([open("a", "post").seen(25), told("b", "times", 12)])),
        Some((12, 12))
    );
    assert_eq!(killed(&event([open("a", "post").seen(27), told("b", "times", 8)])), Some((8, 11)));
}

#[test]
fn b_39_a_partys_version_far_from_what_is_said_from_outside_is_marked() {
    let boast = told("b", "post", 10).claimed_by("reds");
    assert!(
        event([told("a", "times", 2), boast.clone()]).disputes.contains(&Dispute::FiguresDiffer)
    );
    assert!(event([told("a", "times", 6), boast]).disputes.is_empty());
}

#[test]
fn b_39_figures_far_apart_are_marked() {
    let far = event([told("a", "times", 8), told("b", "post", 30)]);
    assert!(far.disputes.contains(&Dispute::FiguresDiffer));
    let near = event([told("a", "times", 8), told("b", "post", 15)]);
    assert!(near.disputes.is_empty());
}

#[test]
fn a_figure_given_by_somebody_else_than_the_teller_stands_for_itself() {
    let by_office =
        told("a", "times", 5).with(|claim| claim.casualties[0].speakers.push(party("reds")));
    let event = event([by_office]);
    assert_eq!(event.figures[0].reports[0].standing, Standing::Opponent);
    assert!(!event.in_brackets(), "the event itself is the paper's");
}

#[test]
fn b_35_one_number_for_a_party_and_for_unnamed_people_of_one_report_is_one_toll() {
    let strike = |dead| {
        let claim = claim("a", "times").attack("reds", "north-army");
        claim.killed(Some("north-army"), dead).killed(None, dead)
    };
    assert_eq!(event([strike(112)]).toll(Measure::Killed), Some((112, 112)));
    assert_eq!(event([strike(3)]).toll(Measure::Killed), Some((6, 6)));
}
