//! Section 5: faction by region, as a table (B-20, B-21).

use super::factions::tally_text;
use crate::model::situation::{Activity, FactionRow, Matrix, Tally};
use crate::render::desk::Desk;
use crate::render::view::{Body, SectionView};

/// With four columns of regions there is no room for a fifth at 320 px; the totals then stand under "By faction".
const COLUMNS_WITH_TOTAL: usize = 3;

/// Letters from which on a word of a heading may be broken.
const LONG_WORD: usize = 8;

/// The most rows and columns in a mail.
pub(super) const MOST: (usize, usize) = (8, 4);

/// The table, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MatrixView {
    /// What the numbers are.
    pub(crate) caption: &'static str,
    /// Region headings, and `Total` where it fits.
    pub(crate) columns: Vec<String>,
    /// Factions with their cells.
    pub(crate) rows: Vec<(String, Vec<String>)>,
    /// A sentence after the table; empty for none.
    pub(crate) note: String,
}

/// The matrix; none with fewer than two factions.
pub(crate) fn matrix(desk: &Desk<'_>) -> Option<SectionView> {
    let matrix = desk.situation.matrix.as_ref().filter(|matrix| matrix.rows.len() > 1)?;
    let (columns, regions) = columns_of(matrix, "Total");
    let rows =
        matrix.rows.iter().take(MOST.0).map(|row| (name(row), cells(row, regions, columns.len())));
    let view = MatrixView {
        caption: "Attacked / was attacked / clashed; one-sided or denied events in brackets.",
        rows: rows.collect(),
        columns,
        note: String::new(),
    };
    SectionView::new("matrix", "Who is active where", Body::Matrix(view))
}

/// The headings, with one for the totals where it fits, and how many of them are regions.
pub(super) fn columns_of(matrix: &Matrix, total: &str) -> (Vec<String>, usize) {
    let mut columns = matrix.columns.iter().take(MOST.1).cloned().collect::<Vec<_>>();
    let regions = columns.len();
    if regions <= COLUMNS_WITH_TOTAL {
        columns.push(total.to_owned());
    }
    (columns, regions)
}

impl MatrixView {
    /// Keeps the first rows and says how many were left out.
    pub(crate) fn keep(&mut self, rows: usize, note: &str) {
        let left = self.rows.len().saturating_sub(rows);
        if left > 0 {
            self.rows.truncate(rows);
            self.note = note.replace("{n}", &left.to_string());
        }
    }

    /// A heading whose long words may be broken in the middle: by soft hyphens, which show only where a narrow screen
    /// needs them (H-2).
    pub(crate) fn breakable(text: &str) -> String {
        let halved = |word: &str| {
            let length = word.chars().count();
            if length < LONG_WORD || word.chars().any(is_joined) {
                return word.to_owned();
            }
            let head = word.chars().take(length / 2);
            head.chain(std::iter::once('\u{ad}')).chain(word.chars().skip(length / 2)).collect()
        };
        text.split(' ').map(halved).collect::<Vec<String>>().join(" ")
    }

    /// The table in fixed columns, for the text part.
    pub(crate) fn text_rows(&self) -> Vec<String> {
        let first =
            self.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).min(24);
        let room = (76 - first) / self.columns.len().max(1);
        let widest = |column: usize| {
            let cells = self.rows.iter().filter_map(|(_, cells)| cells.get(column));
            let cells = cells.chain(self.columns.get(column));
            let cells = cells.map(|cell| cell.chars().count());
            (cells.max().unwrap_or(0) + 2).min(room)
        };
        let widths = (0..self.columns.len()).map(widest).collect::<Vec<_>>();
        let head = row("", &self.columns, first, &widths);
        let rows = self.rows.iter().map(|(name, cells)| row(name, cells, first, &widths));
        std::iter::once(head).chain(rows).collect()
    }
}

/// A letter of a script whose letters join: a word of them has no place for a hyphen.
fn is_joined(c: char) -> bool {
    ('\u{600}'..='\u{8ff}').contains(&c)
}

fn row(name: &str, cells: &[String], first: usize, widths: &[usize]) -> String {
    let name = shortened(name, first);
    let cell = |(cell, width): (&String, &usize)| {
        let cell = shortened(cell, width - 1);
        format!("{cell:>width$}")
    };
    let cells = cells.iter().zip(widths).map(cell).collect::<String>();
    format!("{name:<first$}{cells}")
}

/// Whole words that fit, with an ellipsis for the rest.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut = text.chars().take(most.saturating_sub(1)).collect::<String>();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

fn name(row: &FactionRow) -> String {
    if row.short.is_empty() { row.name.clone() } else { row.short.clone() }
}

pub(super) fn cells(row: &FactionRow, regions: usize, columns: usize) -> Vec<String> {
    let mut cells = row.cells.iter().take(regions).map(cell).collect::<Vec<_>>();
    cells.resize(regions, "–".to_owned());
    if columns > regions {
        cells.push(cell(&row.activity));
    }
    cells
}

/// `1(1)/0/2`; a dash where there is nothing.
fn cell(activity: &Activity) -> String {
    let Activity { attacked, was_attacked, clashed } = *activity;
    if [attacked, was_attacked, clashed].iter().all(|tally| *tally == Tally::default()) {
        return "–".to_owned();
    }
    [attacked, was_attacked, clashed].map(|tally| tally_text(tally).replace(' ', "")).join("/")
}
