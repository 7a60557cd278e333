//! Days that share a month: "25-26 June", "June 25 and 26", "between 3 and 5 May".

use super::super::cursor::Cursor;
use super::super::expr::{Expr, Match, YearOf};
use super::day;

const LINKS: [&str; 9] = ["-", "–", "—", "and", "to", "through", "&", "until", "/"];

/// The days of a list that starts at `i`; empty where there are not at least two.
pub(super) fn days(c: &Cursor<'_>, i: usize) -> Vec<Match> {
    numbers_first(c, i).or_else(|| month_first(c, i)).unwrap_or_default()
}

/// No month has more days: a longer list is a table, and looking along it from each of its numbers never ends.
const MOST_DAYS: usize = 31;

/// Further numbers after the one that ends at `end`, each with its first token.
fn more(c: &Cursor<'_>, mut end: usize) -> Vec<(usize, usize, i8)> {
    let mut out = Vec::new();
    while out.len() < MOST_DAYS {
        let comma = c.skip(end, &[","]);
        let link = c.skip(comma, &LINKS);
        let Some((next, day)) = day::number(c, link).filter(|_| link > end) else { break };
        out.push((link, next, day));
        end = next;
    }
    out
}

fn numbers_first(c: &Cursor<'_>, i: usize) -> Option<Vec<Match>> {
    let (end, first) = day::number(c, i)?;
    let mut numbers = vec![(i, end, first)];
    numbers.extend(more(c, end));
    let (_, last, _) = *numbers.last().filter(|_| numbers.len() > 1)?;
    let (at, month) = day::month(c, c.skip(last, &["of"]))?;
    let (end, year) = day::year_after(c, at, true);
    Some(spread(&numbers, month, year, Some(end)))
}

/// After a month the last number must not count what follows: "June 25 and 26 people" holds one day.
fn month_first(c: &Cursor<'_>, i: usize) -> Option<Vec<Match>> {
    let (at, month) = day::month(c, i)?;
    let (end, first) = day::number(c, at)?;
    let mut numbers = vec![(i, end, first)];
    numbers.extend(more(c, end));
    while let Some(&(link, next, _)) = numbers.last().filter(|_| numbers.len() > 1) {
        let comma = c.before(link) == ",";
        let short = c.digits(link).is_none_or(|(_, length)| length <= 2);
        if short && !comma && !counts(c, next) {
            break;
        }
        numbers.pop();
    }
    let (_, last, _) = *numbers.last().filter(|_| numbers.len() > 1)?;
    let (end, year) = day::year_after(c, last, false);
    Some(spread(&numbers, month, year, Some(end)))
}

fn counts(c: &Cursor<'_>, i: usize) -> bool {
    const FREE: [&str; 26] = [
        "in", "at", "on", "near", "by", "of", "and", "to", "for", "the", "a", "when", "as",
        "after", "before", "during", "with", "but", "while", "last", "this", "next", "were", "was",
        "from", "that",
    ];
    c.is_word(i) && !FREE.contains(&c.text(i))
}

fn spread(
    numbers: &[(usize, usize, i8)],
    month: i8,
    year: YearOf,
    end: Option<usize>,
) -> Vec<Match> {
    let days = numbers.iter().enumerate().map(|(at, &(start, stop, day))| {
        let stop = end.filter(|_| at + 1 == numbers.len()).unwrap_or(stop);
        Match { start, end: stop, expr: Expr::Day { year, month, day }, clock: None }
    });
    days.collect()
}
