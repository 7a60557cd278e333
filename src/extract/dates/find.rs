//! Goes through a text and lists its expressions of time.

use jiff::ToSpan;
use jiff::civil::Date;

use super::context::Context;
use super::cursor::Cursor;
use super::expr::{Clock, Expr, Match, Unit, YearOf};
use super::mention::DateMention;
use super::ranges::{self, Read};
use super::resolve::resolve;
use super::tense::{self, Tense};
use super::timex::Timex;
use super::{dateline, grammar, token};
use crate::model::document::MentionKind;
use crate::model::time::{DatePrecision, DateSpan};

/// How many days back news ends and history begins.
const NEWS_DAYS: i64 = 60;

/// The expressions of time in `text`, in order and without overlap. `anchor` is the document's date; where the caller
/// has none, the date at the head of the text serves, and without either only full dates are placed.
pub fn find(text: &str, anchor: Option<Date>) -> Vec<DateMention> {
    let lower = text.to_ascii_lowercase();
    let tokens = token::tokens(text, &lower);
    let cursor = Cursor::new(&tokens);
    let mut context = Context::new(anchor.or_else(|| dateline(text)));
    let mut reads = Vec::new();
    let mut at = 0;
    while at < cursor.len() {
        let found = grammar::at(&cursor, at);
        at = found.last().map_or(at + 1, |last| last.end.max(at + 1));
        reads.extend(found.iter().filter_map(|found| read(&cursor, found, &mut context)));
    }
    ranges::join(&cursor, &mut reads);
    reads.into_iter().map(|read| read.mention).collect()
}

fn read(c: &Cursor<'_>, found: &Match, context: &mut Context) -> Option<Read> {
    let (first, last) = (c.token(found.start)?, c.token(found.end.checked_sub(1)?)?);
    let tense = tense::tense(c, found.start, found.end);
    let timex = resolve(found.expr, context, tense)?;
    context.note(timex, compares(found.expr));
    let span = timex.span().map(|span| so_far(span, context.anchor, tense));
    let mention = DateMention {
        start: first.start,
        end: last.end,
        value: value(timex, found.clock),
        kind: kind(found),
        span,
        background: background(c, found.start, timex, span, context.anchor),
    };
    Some(Read { mention, start: found.start, end: found.end })
}

/// Whether the phrase only looks back from the period spoken of.
fn compares(expr: Expr) -> bool {
    match expr {
        Expr::YearEarlier | Expr::Quarter { year: YearOf::Earlier, .. } => true,
        Expr::Shift { unit, .. } => unit == Unit::Year,
        _ => false,
    }
}

fn value(timex: Timex, clock: Option<Clock>) -> String {
    match clock {
        Some(Clock::Part(code)) => format!("{timex}{code}"),
        Some(Clock::At(hour, minute)) => format!("{timex}T{hour:02}:{minute:02}"),
        None => timex.to_string(),
    }
}

fn kind(found: &Match) -> MentionKind {
    match found.expr {
        _ if found.clock.is_some() => MentionKind::Time,
        Expr::Shift { unit: Unit::Short(_), .. } => MentionKind::Time,
        Expr::Length { .. } => MentionKind::Duration,
        _ => MentionKind::Date,
    }
}

/// A running period ends today for what has happened in it.
fn so_far(span: DateSpan, anchor: Option<Date>, tense: Tense) -> DateSpan {
    match anchor.filter(|anchor| span.from <= *anchor && *anchor < span.to) {
        Some(to) if tense != Tense::Future => DateSpan { to, ..span },
        _ => span,
    }
}

/// Whether what is dated so is history: vaguely past, over long ago, or going on since longer than a month of days.
fn background(
    c: &Cursor<'_>,
    start: usize,
    timex: Timex,
    span: Option<DateSpan>,
    anchor: Option<Date>,
) -> bool {
    let (Some(span), Some(anchor)) = (span, anchor) else {
        return matches!(timex, Timex::Vague(-1));
    };
    let old = anchor.checked_sub(NEWS_DAYS.days()).is_ok_and(|limit| span.to < limit);
    let since = c.is(start.wrapping_sub(1), "since") && span.precision >= DatePrecision::Month;
    let last_year = timex == Timex::Year(anchor.year() - 1);
    old || since || last_year
}
