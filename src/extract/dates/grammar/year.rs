//! Years, decades and centuries.

use super::super::cursor::Cursor;
use super::super::english;
use super::super::expr::{Expr, Match};

/// Words after which four digits are a year.
const LEADS: [&str; 46] = [
    "in",
    "since",
    "until",
    "till",
    "by",
    "from",
    "of",
    "during",
    "before",
    "after",
    "for",
    "through",
    "early",
    "late",
    "mid",
    "between",
    "to",
    "and",
    "fiscal",
    "year",
    "the",
    "a",
    "an",
    "that",
    "its",
    "his",
    "her",
    "their",
    "this",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "circa",
    "throughout",
    "into",
    "(",
    "[",
    "-",
    "–",
    "on",
    "or",
    "previous",
    "/",
    "christmas",
];

/// Words after which four digits count something.
const COUNTED: [&str; 18] = [
    "people",
    "men",
    "women",
    "children",
    "troops",
    "civilians",
    "persons",
    "soldiers",
    "fighters",
    "shares",
    "km",
    "kilometers",
    "kilometres",
    "meters",
    "metres",
    "feet",
    "hours",
    "miles",
];

/// The four-figure form of a two-figure year.
pub(super) fn full(short: u32) -> u32 {
    short + if short >= 50 { 1900 } else { 2000 }
}

/// Four digits from 1500 to 2099, or a year in words.
pub(super) fn figure(c: &Cursor<'_>, i: usize) -> Option<(usize, i16)> {
    if let Some(value) = c.plain(i) {
        let year = c.digits(i).is_some_and(|(_, length)| length == 4);
        return (year && (1500..2100).contains(&value))
            .then_some((i + 1, i16::try_from(value).ok()?));
    }
    spelled(c, i)
}

/// "nineteen ninety-six", "two thousand", "two thousand and four", "twenty fourteen".
fn spelled(c: &Cursor<'_>, i: usize) -> Option<(usize, i16)> {
    if c.is(i, "two") && c.is(i + 1, "thousand") {
        let rest = c.skip(i + 2, &["and"]);
        let (end, more) = c.spelled(rest).unwrap_or((i + 2, 0));
        return Some((end, 2000 + i16::try_from(more).ok()?));
    }
    let hundreds = match c.text(i) {
        "eighteen" => 1800,
        "nineteen" => 1900,
        "twenty" => 2000,
        _ => return None,
    };
    let (end, more) = c.spelled(c.skip(i + 1, &["-"]))?;
    (more >= 10).then_some((end, hundreds + i16::try_from(more).ok()?))
}

/// A year after a month or a day: four figures, "'98", or two figures where `short` allows them.
pub(super) fn after(c: &Cursor<'_>, i: usize, short: bool) -> Option<(usize, i16)> {
    let at = c.skip(i, &[",", "of"]);
    if let Some(found) = figure(c, at).filter(|_| !counted(c, at)) {
        return Some(found);
    }
    let marked = c.any(i, &["'", "’"]) && c.glued(i + 1);
    let at = i + usize::from(marked);
    let (value, 2) = c.digits(at).filter(|_| marked || (short && c.plain(at).is_some()))? else {
        return None;
    };
    Some((at + 1, i16::try_from(full(value)).ok()?))
}

fn counted(c: &Cursor<'_>, i: usize) -> bool {
    c.any(i + 1, &COUNTED)
}

/// Whether the figures before `i` are a clock time: "1800 GMT", "1630 this afternoon".
fn timed(c: &Cursor<'_>, i: usize) -> bool {
    c.any(i, &["gmt", "utc", "hours", "hrs", "local", "today", "yesterday", "tonight"])
        || (c.is(i, "this") && english::day_part(c.text(i + 1)).is_some())
        || (c.any(i, &["and", "to", "-"]) && c.is(i + 2, "gmt"))
}

/// A year alone, where the words before it allow one; "the year 2000", "year-end 1990".
pub(super) fn year(c: &Cursor<'_>, i: usize) -> Option<Match> {
    if c.is(i, "year") || (c.is(i, "the") && c.is(i + 1, "year")) {
        let (end, year) = figure(c, i + 1 + usize::from(c.is(i, "the")))?;
        return Match::found(i, end, Expr::Year(year));
    }
    let (end, year) = figure(c, i)?;
    let led = LEADS.contains(&c.before(i)) || english::month(c.before(i)).is_some();
    let worded = !c.text(i).starts_with(|x: char| x.is_ascii_digit()) && !c.is(end - 1, "thousand");
    let opens = i == 0 || c.any(i - 1, &[".", ",", ";"]) && c.any(end, &[",", ":", "was", "saw"]);
    let owned = c.before(i) == "s" && c.any(i.wrapping_sub(2), &["'", "’"]);
    let led = led || owned;
    (!counted(c, end - 1)
        && c.unit(c.skip(end, &["-"])).is_none()
        && !timed(c, end)
        && (led || worded || opens))
        .then_some(())?;
    Match::found(i, end, Expr::Year(year))
}

/// "the 1990s", "1980's", "the nineties", "the '90s".
pub(super) fn decade(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = stage(c, c.skip(i, &["the"]));
    if let Some(tens) = english::decade(c.text(at)).filter(|_| at > i) {
        return Match::found(i, at + 1, Expr::Decade(190 + tens));
    }
    let short = at;
    let at = c.skip(at, &["'", "’", "`"]);
    let (value, length) = c.digits(at)?;
    let mark = c.skip(at + 1, &["'", "’"]);
    (c.is(mark, "s") && c.glued(mark) && value % 10 == 0).then_some(())?;
    let value = match length {
        4 if (1400..2100).contains(&value) => value,
        2 if at > short || short > i => full(value),
        _ => return None,
    };
    Match::found(i, mark + 1, Expr::Decade(i16::try_from(value / 10).ok()?))
}

/// Moves on over "early", "mid-", "late".
pub(super) fn stage(c: &Cursor<'_>, i: usize) -> usize {
    match c.skip(i, &["early", "mid", "late"]) {
        at if at == i => i,
        at => c.skip(at, &["-", "in", "of"]),
    }
}

/// "the 11th century", "the twentieth century".
pub(super) fn century(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = c.skip(i, &["the"]);
    let (end, number) = c.ordinal(at)?;
    let end = c.skip(end, &["-"]);
    (c.is(end, "century") && (1..=21).contains(&number)).then_some(())?;
    Match::found(i, end + 1, Expr::Century(i16::try_from(number).ok()? - 1))
}
