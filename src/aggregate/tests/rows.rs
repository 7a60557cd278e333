//! Factions by roll-up and the matrix.

use super::digest::{digest, spot, told};
use crate::aggregate::fake::claim;
use crate::model::actor::Role;
use crate::model::claim::Phase;
use crate::model::kind::SubType;
use crate::model::situation::{Activity, Tally};

fn tally(counted: u32, bracketed: u32) -> Tally {
    Tally { counted, bracketed }
}

#[test]
fn b_20_an_event_counts_once_per_row_by_roll_up_and_one_sided_ones_in_brackets() {
    let situation = digest([
        told("a").actor("red-brigade", Role::Initiator),
        told("b").at(spot(1)).claimed_by("reds"),
        claim("c", "times").at(spot(2)).between("reds", "blues"),
        claim("d", "times")
            .kind(SubType::Agreement)
            .phase(Phase::Proposed)
            .between("blues", "north"),
    ]);
    let reds = situation.factions.iter().find(|row| row.name == "Reds").unwrap();
    let expected =
        Activity { attacked: tally(1, 1), was_attacked: tally(0, 0), clashed: tally(1, 0) };
    assert_eq!(reds.activity, expected);
    let forces = situation.factions.iter().find(|row| row.name == "Northern government forces");
    assert_eq!(forces.unwrap().activity.was_attacked, tally(1, 1));
}

#[test]
fn b_20_matrix_fits_eight_rows_by_four_columns() {
    let stranger = |at: u8| {
        told(&format!("c{at:02}")).at(spot(at)).with(|claim| {
            claim.actors[0].faction = None;
            claim.actors[0].name = format!("Band {at}");
        })
    };
    let situation = digest((0..12).map(stranger));
    let matrix = situation.matrix.unwrap();
    assert_eq!((matrix.rows.len(), matrix.columns.len()), (8, 4));
    assert_eq!((matrix.rows[7].name.as_str(), matrix.columns[3].as_str()), ("Other (6)", "Other"));
    assert_eq!(situation.factions.len(), 13);
}

#[test]
fn b_21_row_totals_equal_the_counted_pairs_of_events_and_factions() {
    let pair = |at: u8, b: &str| claim(&format!("c{at}"), "times").at(spot(at)).attack("reds", b);
    let situation = digest([
        pair(0, "blues"),
        pair(1, "north-army"),
        pair(2, "blues"),
        pair(3, "north"),
        pair(4, "north-forces"),
    ]);
    let matrix = situation.matrix.unwrap();
    let count = |activity: &Activity| activity.attacked.counted + activity.was_attacked.counted;
    let rows: u32 = matrix.rows.iter().map(|row| count(&row.activity)).sum();
    let cells: u32 = matrix.rows.iter().flat_map(|row| &row.cells).map(count).sum();
    assert_eq!((rows, cells), (10, 10));
}

#[test]
fn b_22_unidentified_is_only_for_events_that_name_no_one() {
    let nobody = claim("a", "times").group("gunmen", Role::Initiator).at(spot(1));
    let half = claim("b", "times").group("gunmen", Role::Initiator).actor("blues", Role::Target);
    let situation = digest([nobody, half]);
    let unidentified = situation.factions.iter().find(|row| row.name == "Unidentified").unwrap();
    assert_eq!(unidentified.activity.attacked, tally(1, 0));
    assert!(!unidentified.in_registry);
}
