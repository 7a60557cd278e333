//! The patterns of expressions of time. Each rule looks at one place and says how far it reads; the longest wins.

mod clock;
mod day;
mod feast;
mod length;
mod list;
mod month;
mod numeric;
mod period;
mod relative;
mod shift;
mod vague;
mod weekday;
mod year;

use super::cursor::Cursor;
use super::expr::Match;

type Rule = fn(&Cursor<'_>, usize) -> Option<Match>;

const RULES: [Rule; 21] = [
    numeric::iso,
    numeric::figures,
    day::day_first,
    day::month_first,
    month::month,
    year::year,
    year::decade,
    year::century,
    weekday::weekday,
    relative::deictic,
    relative::step,
    relative::anaphor,
    shift::shift,
    shift::year_earlier,
    period::quarter,
    period::season,
    period::fiscal,
    vague::vague,
    length::length,
    feast::feast,
    clock::clock,
];

/// The phrases that start at token `i`: none, one, or the days of a list.
pub(super) fn at(c: &Cursor<'_>, i: usize) -> Vec<Match> {
    let list = list::days(c, i);
    if !list.is_empty() {
        return list;
    }
    let longest = RULES
        .iter()
        .filter_map(|rule| rule(c, i))
        .reduce(|best, next| if next.end > best.end { next } else { best });
    longest.into_iter().collect()
}
