//! Who is active where: the rows and columns that a mail has room for (B-20).

use super::regions::OTHER;
use super::rows::{pairs, sum};
use crate::model::situation::{Activity, FactionRow, Matrix};

/// Rows of a mail's matrix (B-20).
const ROWS: usize = 8;
/// Columns of a mail's matrix (B-20).
const COLUMNS: usize = 4;

/// The columns for these regions, largest first: all of them, or the first three and "Other".
pub(super) fn columns(mut regions: Vec<String>) -> Vec<String> {
    if regions.len() > COLUMNS {
        regions.truncate(COLUMNS - 1);
        regions.push(OTHER.to_owned());
    }
    regions
}

/// The matrix of the rows, dropped with fewer than two. Rows without any violence have nothing to count and stand in
/// the list of factions alone.
pub(super) fn matrix(columns: Vec<String>, rows: &[FactionRow]) -> Option<Matrix> {
    let mut rows: Vec<FactionRow> =
        rows.iter().filter(|row| pairs(&row.activity) > 0).cloned().collect();
    if rows.len() > ROWS {
        let rest = rows.split_off(ROWS - 1);
        rows.push(other(&rest));
    }
    (rows.len() >= 2).then_some(Matrix { columns, rows })
}

/// The row that sums up the rest, so that row totals equal the counted (event, faction) pairs.
fn other(rest: &[FactionRow]) -> FactionRow {
    let cells = rest.first().map_or(0, |row| row.cells.len());
    let column = |at: usize| {
        let cells = rest.iter().filter_map(|row| row.cells.get(at));
        cells.fold(Activity::default(), |all, cell| sum(&all, cell))
    };
    let name = format!("{OTHER} ({})", rest.len());
    FactionRow {
        faction: None,
        short: name.clone(),
        name,
        in_registry: true,
        activity: rest.iter().fold(Activity::default(), |all, row| sum(&all, &row.activity)),
        cells: (0..cells).map(column).collect(),
        events: once(rest.iter().flat_map(|row| &row.events)),
        regions: once(rest.iter().flat_map(|row| &row.regions)),
    }
}

/// Each item once, in order.
fn once<'a, T: Clone + PartialEq + 'a>(items: impl Iterator<Item = &'a T>) -> Vec<T> {
    items.fold(Vec::new(), |mut all, item| {
        if !all.contains(item) {
            all.push(item.clone());
        }
        all
    })
}
