//! Feasts with a fixed place in the year.

use super::super::cursor::Cursor;
use super::super::expr::{Expr, Feast, Match, YearOf};
use super::day;

/// "Christmas Eve", "Thanksgiving Day", "New Year's Day 2015".
pub(super) fn feast(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let (end, feast) = match (c.text(i), c.text(i + 1)) {
        ("christmas", "eve") => (i + 2, Feast::ChristmasEve),
        ("christmas", "day") => (i + 2, Feast::Christmas),
        ("thanksgiving", "day") => (i + 2, Feast::Thanksgiving),
        ("new", "year") if c.is(i + 3, "s") => match c.text(i + 4) {
            "day" => (i + 5, Feast::NewYear),
            "eve" => (i + 5, Feast::NewYearsEve),
            _ => return None,
        },
        ("christmas", _) => (i + 1, Feast::Christmas),
        ("thanksgiving", _) => (i + 1, Feast::Thanksgiving),
        _ => return None,
    };
    c.capital(i).then_some(())?;
    let (end, year) = day::year_after(c, end, false);
    let year = if let YearOf::Step(_) = year { YearOf::Open } else { year };
    Match::found(i, end, Expr::Feast { feast, year })
}
