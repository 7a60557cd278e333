//! Dates in figures alone.

use super::super::cursor::Cursor;
use super::super::expr::{Expr, Match, YearOf};

/// A separator at `i`, glued on both sides.
fn separator<'t>(c: &Cursor<'t>, i: usize, marks: &[&str]) -> Option<&'t str> {
    (c.any(i, marks) && c.glued(i) && c.glued(i + 1)).then(|| c.text(i))
}

fn triple(c: &Cursor<'_>, i: usize, marks: &[&str]) -> Option<[(u32, usize); 3]> {
    let mark = separator(c, i + 1, marks)?;
    separator(c, i + 3, &[mark])?;
    let loose = !c.glued(i) || c.any(i - 1, &["(", "[", "\""]);
    let ends = !(c.glued(i + 5) && c.any(i + 5, &[mark]) && c.digits(i + 6).is_some());
    (loose && ends).then_some([c.digits(i)?, c.digits(i + 2)?, c.digits(i + 4)?])
}

/// "2020-06-26", "2020/06/26", with or without a clock time.
pub(super) fn iso(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let [(year, 4), (month @ 1..=12, _), (day @ 1..=31, _)] = triple(c, i, &["-", "/", "."])?
    else {
        return None;
    };
    let year = YearOf::Is(i16::try_from(year).ok()?);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Match::found(i, i + 5, Expr::Day { year, month, day })
}

/// "18.05.2017", "09-06-2016", "10/30/89": day and month in the order that fits, or the one nearer the anchor.
pub(super) fn figures(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let [(first @ 1..=31, ..=2), (second @ 1..=31, ..=2), (year, digits)] =
        triple(c, i, &["/", ".", "-"])?
    else {
        return None;
    };
    let year = match digits {
        4 => year,
        2 if c.is(i + 1, "/") => super::year::full(year),
        _ => return None,
    };
    let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
    let year = i16::try_from(year).ok()?;
    let american = c.is(i + 1, "/");
    Match::found(i, i + 5, Expr::Slashed { first, second, year, american })
}
