//! Parts of a toll, and one toll told of two sides: the same dead are counted once.

use crate::aggregate::fake::{FakeClaim, claim, event};
use crate::model::casualty::CasualtyGroup;
use crate::model::event::{Dispute, Event, Measure};
use crate::model::kind::SubType;

fn bomb(id: &str, source: &str) -> FakeClaim {
    claim(id, source).kind(SubType::RemoteExplosiveLandmineIed).on(25)
}

/// So many people who do not fight.
fn civilians(claim: FakeClaim, dead: u32) -> FakeClaim {
    claim.killed(None, dead).with(|claim| {
        claim.casualties.last_mut().unwrap().group = CasualtyGroup::Civilian;
    })
}

fn killed(event: &Event) -> Option<(u32, u32)> {
    event.toll(Measure::Killed)
}

#[test]
fn b_35_a_part_of_the_dead_takes_no_place_of_the_whole_though_it_is_told_later() {
    let whole = civilians(bomb("a", "times"), 10).seen(25);
    let part = civilians(bomb("b", "times").quoting("Three of the dead were children"), 3);
    assert_eq!(killed(&event([whole, part])), Some((10, 10)));
}

#[test]
fn b_35_who_died_of_their_wounds_are_no_new_toll_and_not_added() {
    let whole = civilians(bomb("a", "times"), 4).seen(25);
    let later = "Two of those wounded in the bombing died on Friday";
    let part = civilians(bomb("b", "post").quoting(later), 2);
    assert_eq!(killed(&event([whole, part])), Some((4, 4)));
}

#[test]
fn b_35_soldiers_among_the_dead_are_a_part_of_all_the_dead() {
    let whole = bomb("a", "times").killed(None, 9);
    let sentence = "Four soldiers were among the dead";
    let part = bomb("b", "post").quoting(sentence).killed(Some("north-army"), 4);
    let event = event([whole, part]);
    assert_eq!(killed(&event), Some((9, 9)));
    let soldiers = event.figures.iter().find(|it| it.faction.is_some()).unwrap();
    assert_eq!(soldiers.counted, None, "shown, and not counted again");
}

#[test]
fn b_35_a_part_alone_is_the_least_that_is_known() {
    let part = civilians(bomb("a", "times").quoting("Three of the dead were children"), 3);
    let event = event([part]);
    let counted = event.figures[0].counted.as_ref().unwrap();
    assert_eq!((counted.min, counted.max), (Some(3), None));
}

#[test]
fn b_35_a_part_in_the_article_that_tells_the_whole_is_not_added() {
    let both = civilians(civilians(bomb("a", "times"), 10), 3)
        .quoting("Ten people were killed. Three of the dead were children");
    assert_eq!(killed(&event([both])), Some((10, 10)));
}

#[test]
fn b_35_the_same_dead_told_of_two_sides_are_counted_once_and_marked() {
    let of = |id: &str, source: &str, side: &str, dead| {
        claim(id, source).between("reds", "north-army").killed(Some(side), dead)
    };
    let twice = event([of("a", "times", "reds", 5), of("b", "post", "north-army", 5)]);
    assert_eq!(killed(&twice), Some((5, 5)));
    assert!(twice.disputes.contains(&Dispute::FiguresDiffer));
    let two = event([of("a", "times", "reds", 5), of("b", "post", "north-army", 7)]);
    assert_eq!(killed(&two), Some((12, 12)));
    let told_together = of("a", "times", "reds", 5).killed(Some("north-army"), 5);
    assert_eq!(killed(&event([told_together])), Some((10, 10)));
}
