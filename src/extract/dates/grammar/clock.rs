//! Times of day.

use super::super::cursor::Cursor;
use super::super::english;
use super::super::expr::{Clock, Expr, Match};
use super::{Rule, day, relative, weekday};

const ZONES: [&str; 18] = [
    "gmt", "utc", "est", "edt", "cst", "cdt", "pst", "pdt", "bst", "cet", "eet", "local", "time",
    "hours", "hrs", "z", "pm", "am",
];

/// The rules for the day after a time.
const DAYS: [Rule; 4] = [day::day_first, day::month_first, weekday::weekday, relative::deictic];

/// "10 p.m.", "10:30 GMT", "at 1625", "noon on Wednesday", "9 a.m. Tuesday": the day is part of it.
pub(super) fn clock(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let (mut end, clock) = half_day(c, i)
        .or_else(|| colon(c, i))
        .or_else(|| military(c, i))
        .or_else(|| named(c, i))?;
    for _ in 0..3 {
        end = c.skip(end, &ZONES);
    }
    let link = c.skip(end, &["on", ",", "of"]);
    let date = DAYS.iter().filter_map(|rule| rule(c, link)).max_by_key(|found| found.end);
    let (end, expr) = date.map_or((end, Expr::Bare), |found| (found.end, found.expr));
    Some(Match { start: i, end, expr, clock: Some(clock) })
}

/// "a.m." or "pm" at `i`: where it ends, and the hours it adds.
fn meridiem(c: &Cursor<'_>, i: usize) -> Option<(usize, u32)> {
    let late = match c.text(i) {
        "am" | "a" => 0,
        "pm" | "p" => 12,
        _ => return None,
    };
    if c.any(i, &["am", "pm"]) {
        return Some((i + 1, late));
    }
    let dots = c.is(i + 1, ".") && c.is(i + 2, "m") && c.glued(i + 2);
    dots.then(|| (i + 3 + usize::from(c.is(i + 3, ".")), late))
}

fn half_day(c: &Cursor<'_>, i: usize) -> Option<(usize, Clock)> {
    let (hour @ 1..=12, _) = c.digits(i)? else { return None };
    let split = c.any(i + 1, &[":", "."]) && c.glued(i + 1) && c.glued(i + 2);
    let minute = c.digits(i + 2).filter(|_| split).map(|(minute, _)| minute);
    let at = if minute.is_some() { i + 3 } else { i + 1 };
    let (end, late) = meridiem(c, at)?;
    Some((end, Clock::At(hour % 12 + late, minute.unwrap_or(0).min(59))))
}

fn colon(c: &Cursor<'_>, i: usize) -> Option<(usize, Clock)> {
    let (hour @ 0..=23, 1 | 2) = c.digits(i)? else { return None };
    let (minute @ 0..=59, 2) = c.digits(i + 2)? else { return None };
    let fits = c.is(i + 1, ":") && c.glued(i + 1) && c.glued(i + 2) && !c.is(i + 3, "%");
    fits.then_some((i + 3, Clock::At(hour, minute)))
}

/// Four digits after "at", or before a zone.
fn military(c: &Cursor<'_>, i: usize) -> Option<(usize, Clock)> {
    let (value, 4) = c.digits(i)? else { return None };
    let led = c.any(i.wrapping_sub(1), &["at", "around", "about"]) && !c.is_word(i + 1);
    let zoned = c.any(i + 1, &["gmt", "utc", "hours", "hrs", "local"]);
    let fits = value / 100 < 24 && value % 100 < 60 && c.plain(i).is_some() && (led || zoned);
    fits.then_some((i + 1, Clock::At(value / 100, value % 100)))
}

fn named(c: &Cursor<'_>, i: usize) -> Option<(usize, Clock)> {
    c.any(i, &["noon", "midnight", "midday", "dawn"]).then_some(())?;
    Some((i + 1, Clock::Part(english::day_part(c.text(i))?)))
}
