//! What is said from the writer's day, or from the day last spoken of.

use super::super::cursor::Cursor;
use super::super::english;
use super::super::expr::{Clock, Expr, Match, Unit};
use super::weekday::day_part;

/// "today", "yesterday morning", "the day before yesterday", "last night", "this evening", "overnight".
pub(super) fn deictic(c: &Cursor<'_>, i: usize) -> Option<Match> {
    if c.is(i, "the") && c.is(i + 1, "day") {
        let by = match (c.text(i + 2), c.text(i + 3)) {
            ("before", "yesterday") => -2,
            ("after", "tomorrow") => 2,
            _ => return None,
        };
        return Match::found(i, i + 4, Expr::Offset(by));
    }
    let at = c.skip(i, &["early", "earlier", "late", "later"]);
    let by = match c.text(at) {
        "today" if !c.any(at.wrapping_sub(1), &["usa", "russia"]) => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => return part(c, i, at),
    };
    Match::found(i, day_part(c, at + 1), Expr::Offset(by))
}

fn part(c: &Cursor<'_>, i: usize, at: usize) -> Option<Match> {
    let (from, to, code, end) = match (c.text(at), c.text(at + 1)) {
        ("tonight", _) => (0, 0, "TNI", at + 1),
        ("overnight", _) => (-1, 0, "TNI", at + 1),
        ("last", "night") => (-1, -1, "TNI", at + 2),
        ("last" | "yesterday", "evening") => (-1, -1, "TEV", at + 2),
        ("this", word) => (0, 0, english::day_part(word)?, at + 2),
        _ => return None,
    };
    let clock = Some(Clock::Part(code));
    Some(Match { start: i, end, expr: Expr::DayPart { from, to }, clock })
}

/// Moves on over what says where in the period: "earlier", "late", "early in".
fn stage(c: &Cursor<'_>, i: usize) -> usize {
    let at = c.skip(i, &["early", "earlier", "late", "later", "sometime", "mid", "only", "just"]);
    c.skip(at, &["in", "-", "on"])
}

/// "last week", "earlier this month", "early next year", "the current year", "next weekend".
pub(super) fn step(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = stage(c, i);
    let the = c.is(at, "the");
    let word = at + usize::from(the);
    let by = match c.text(word) {
        "last" if !the || c.is(word + 1, "weekend") => -1,
        "past" if the && c.any(word + 1, &["year", "weekend"]) => -1,
        "this" | "current" => 0,
        "next" if !the => 1,
        "coming" => 1,
        _ => return None,
    };
    let at =
        word + 1 + usize::from(c.is(word, "this") && c.any(word + 1, &["past", "same", "coming"]));
    let at = c.skip(at, &["fiscal", "calendar"]);
    let unit = singular(c, at)?;
    Match::found(i, at + 1, Expr::Step { unit, by })
}

fn singular(c: &Cursor<'_>, i: usize) -> Option<Unit> {
    c.unit(i)
        .filter(|unit| !matches!(unit, Unit::Short(_) | Unit::Day) && !c.text(i).ends_with('s'))
}

/// "the same day", "that year", "the following week", "the next day", "the week", "the end of the year".
pub(super) fn anaphor(c: &Cursor<'_>, i: usize) -> Option<Match> {
    year_end(c, i).or_else(|| same(c, i)).or_else(|| bare(c, i))
}

fn same(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = stage(c, i);
    let by = match (c.text(at), c.text(at + 1)) {
        ("the" | "that", "same" | "very") => 0,
        ("the", "previous" | "preceding" | "prior") => -1,
        ("the", "following" | "next" | "ensuing") => 1,
        ("that", _) => return that(c, i, at),
        _ => return None,
    };
    let unit = c.unit(at + 2).filter(|_| !c.text(at + 2).ends_with('s'))?;
    let end = day_part(c, at + 3);
    (!matches!(unit, Unit::Short(_))).then_some(())?;
    Match::found(i, end, Expr::StepLast { unit, by })
}

fn that(c: &Cursor<'_>, i: usize, at: usize) -> Option<Match> {
    let unit = c.unit(at + 1).filter(|_| !c.text(at + 1).ends_with('s'))?;
    let fit = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Weekend);
    fit.then_some(())?;
    Match::found(i, at + 2, Expr::StepLast { unit, by: 0 })
}

/// "the quarter", "the week", "the year" where they mean the present one or the one spoken of.
fn bare(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = stage(c, i);
    c.is(at, "the").then_some(())?;
    let word = c.skip(at + 1, &["full", "latest"]);
    let ended = c.any(word + 1, &["ended", "ending"]);
    let expr = match c.text(word) {
        _ if c.is(word + 1, "-") => return None,
        "quarter" if ended => Expr::Fiscal,
        "quarter" => Expr::StepLast { unit: Unit::Quarter, by: 0 },
        "period" if word > at + 1 => Expr::StepLast { unit: Unit::Quarter, by: 0 },
        "week" | "year" if !ended && led(c, i) => Expr::Step { unit: singular(c, word)?, by: 0 },
        "month" if !ended && led(c, i) => Expr::StepLast { unit: Unit::Month, by: 0 },
        "weekend" => Expr::Step { unit: Unit::Weekend, by: -1 },
        _ => return None,
    };
    Match::found(i, word + 1, expr)
}

fn led(c: &Cursor<'_>, i: usize) -> bool {
    c.any(
        i.wrapping_sub(1),
        &["for", "in", "of", "during", "and", "over", "on", "earlier", "later"],
    )
}

/// "the end of the year", "year's end", "year-end", "the end of 1990".
fn year_end(c: &Cursor<'_>, i: usize) -> Option<Match> {
    if c.is(i, "year") {
        let at = i + 1 + usize::from(c.any(i + 1, &["-"])) + 2 * usize::from(c.is(i + 2, "s"));
        return Match::found(i, at + 1, Expr::Step { unit: Unit::Year, by: 0 })
            .filter(|_| c.is(at, "end"));
    }
    let part = c.skip(i, &["the"]);
    (c.any(part, &["end", "beginning", "start", "middle", "rest", "close"])
        && c.is(part + 1, "of"))
    .then_some(())?;
    let at = c.skip(part + 2, &["the", "this"]);
    if let Some((end, year)) = super::year::figure(c, at) {
        return Match::found(i, end, Expr::Year(year));
    }
    let unit =
        singular(c, at).filter(|unit| matches!(unit, Unit::Year | Unit::Month | Unit::Week))?;
    Match::found(i, at + 1, Expr::Step { unit, by: 0 }).filter(|_| at > part + 2)
}
