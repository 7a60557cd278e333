//! The figures as one table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::sheet::{Sheet, Slot, Tally};

/// Precision, recall and F1 per slot over everything, then the total per theatre.
pub(super) fn table(all: &Sheet, theatres: &BTreeMap<String, (usize, Sheet)>) -> String {
    let mut text = format!(
        "{:<26}{:>7}{:>7}{:>8}{:>7}{:>7}{:>7}\n",
        "slot", "keyed", "read", "right", "R", "P", "F1"
    );
    for slot in Slot::ALL {
        row(&mut text, &format!("{slot:?}"), all.of(slot));
    }
    row(&mut text, "total", all.core());
    writeln!(text, "dead on the right side {:.3}\n", all.right_side()).unwrap();
    for (theatre, (articles, sheet)) in theatres {
        row(&mut text, &format!("{theatre} ({articles})"), sheet.core());
    }
    text
}

fn row(text: &mut String, name: &str, tally: Tally) {
    let Tally { keyed, read, right } = tally;
    let (recall, precision, f1) = (tally.recall(), tally.precision(), tally.f1());
    writeln!(
        text,
        "{name:<26}{keyed:>7}{read:>7}{right:>8.1}{recall:>7.1}{precision:>7.1}{f1:>7.1}"
    )
    .unwrap();
}
