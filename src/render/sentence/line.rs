//! One event line: date, place, clause, figures, marks, quotation, references (1.5 of the briefing).

use super::body::body;
use super::date::span;
use super::denial::denial;
use super::grammar::{capitalised, words};
use super::headline::mention;
use super::marks::{Mark, marks};
use super::place::{Detail, at_place, place, region};
use super::quote::{MOST_WORDS, Quote, quote};
use super::refs::{Ref, refs};
use super::reported::{self, Reported};
use super::speaker::{Says, of_report, one_side};
use super::{casualties, materiel};
use crate::model::event::{Event, Support};
use crate::model::id::EventId;
use crate::render::desk::Desk;

/// What a line is for, and so how much of the event it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape<'a> {
    /// In full, under a heading.
    Full(&'a str),
    /// In at most 25 words, under a heading.
    Short(&'a str),
    /// As a key point, in at most 24 words.
    Key,
}

impl Shape<'_> {
    /// The most words (B-25, section 2 and 9 of 1.1).
    fn most_words(self) -> usize {
        match self {
            Self::Full(_) => 45,
            Self::Short(_) => 25,
            Self::Key => 24,
        }
    }
}

/// A line of a digest, the same for both parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The event.
    pub(crate) event: EventId,
    /// Its short id as it is printed.
    pub(crate) id: String,
    /// Date and place, or the region.
    pub(crate) lead: String,
    /// One or two sentences.
    pub(crate) body: String,
    /// Marks of support and dispute.
    pub(crate) marks: Vec<Mark>,
    /// A quotation.
    pub(crate) quote: Option<Quote>,
    /// References.
    pub(crate) refs: Vec<Ref>,
    /// By what it is cut: the event's score.
    pub(crate) score: u32,
    /// Never cut: someone denies it.
    pub(crate) keep: bool,
}

impl Line {
    /// The visible words.
    pub(crate) fn words(&self) -> usize {
        let marks = self.marks.iter().map(|mark| words(&mark.text)).sum::<usize>();
        let quote = self.quote.as_ref().map_or(0, |quote| words(&quote.text));
        words(&self.lead) + words(&self.body) + marks + quote
    }
}

/// The parts of a line's body, most important first; later ones are dropped when there are too many words.
struct Parts {
    /// With place and speaker, without them, and without what is said of nobody being named either.
    clauses: [String; 3],
    denial: Option<String>,
    /// The marks say who denies it: where words are short a figure goes before the sentence that says it again.
    denial_marked: bool,
    /// Whoever tells the clause gives the first figure too: where words are short the clause takes it in.
    one_voice: bool,
    figures: Vec<Reported>,
    materiel: Vec<Reported>,
}

/// Writes the line of an event.
pub(crate) fn write(desk: &Desk<'_>, event: &Event, shape: Shape<'_>) -> Line {
    let mut line = Line {
        event: event.id.clone(),
        id: printed_id(event),
        lead: lead(desk, event, shape),
        body: String::new(),
        marks: marks(desk, event),
        quote: None,
        refs: refs(desk, event),
        score: event.score,
        keep: event.occurrence_denied(),
    };
    let room = shape.most_words().saturating_sub(line.words());
    line.body = fitted(&parts(desk, event, shape), room);
    if matches!(shape, Shape::Full(_)) && event.in_brackets() {
        let left = shape.most_words().saturating_sub(line.words());
        line.quote = quote(desk, event, left.min(MOST_WORDS));
    }
    line
}

/// `#` and the six letters of the id: no line is broken inside.
fn printed_id(event: &Event) -> String {
    format!("#{}", event.id.short())
}

/// An event that is told elsewhere: `Attack, al-Sukhna, 25–26 Jun`.
pub(crate) fn short_name(desk: &Desk<'_>, event: &Event) -> String {
    let date = span(event.date, desk.day());
    format!("{}, {}, {date}", mention(event), place(event, Detail::Bare))
}

fn lead(desk: &Desk<'_>, event: &Event, shape: Shape<'_>) -> String {
    match shape {
        Shape::Full(heading) | Shape::Short(heading) => {
            let date = span(event.date, desk.day());
            format!("{date}, {}", place(event, Detail::Under(heading)))
        }
        Shape::Key => region(event),
    }
}

fn parts(desk: &Desk<'_>, event: &Event, shape: Shape<'_>) -> Parts {
    let mut figures = casualties::clauses(desk, event);
    figures.extend(casualties::none_reported(event));
    if shape == Shape::Key && event.figures.is_empty() {
        figures.clear();
    }
    Parts {
        clauses: clauses(desk, event, shape),
        denial: denial(desk, event),
        denial_marked: shape == Shape::Key && !event.occurrence_denied(),
        one_voice: figures.first().is_some_and(|figure| is_of_teller(desk, event, figure)),
        figures,
        materiel: materiel::clauses(desk, event),
    }
}

/// Whether a figure is given by the one by whom a one-sided or denied event is told.
fn is_of_teller(desk: &Desk<'_>, event: &Event, figure: &Reported) -> bool {
    let teller = if event.in_brackets() { one_side(desk, event) } else { None };
    let Some((teller, by)) = teller.zip(figure.by.as_deref()) else { return false };
    let known = desk.registry.named(by).map(|faction| &faction.id);
    teller.name == by || (known.is_some() && known == teller.faction.as_ref())
}

/// The clause with everything, and two that are used when words are short: without place, chain of speakers and
/// citation; of a key point without its remark too.
fn clauses(desk: &Desk<'_>, event: &Event, shape: Shape<'_>) -> [String; 3] {
    let speaker = if event.in_brackets() { one_side(desk, event) } else { None };
    let told = body(desk, event, speaker.as_ref().and_then(Says::speaks_as));
    let told = if speaker.is_some() { told.said() } else { told };
    let at = if shape == Shape::Key { at_place(event) } else { None };
    let (short, bare) = (told.with(None, None), told.text.clone());
    let bare = if shape == Shape::Key { bare } else { short.clone() };
    let all = if let Some(speaker) = speaker {
        let long = format!("{} {}", speaker.says_with_chain(), told.with(at.as_deref(), None));
        [long, format!("{} {short}", speaker.says()), format!("{} {bare}", speaker.says())]
    } else {
        let said = cited(desk, event).map(|by| by.says());
        [told.with(at.as_deref(), said.as_deref()), short, bare]
    };
    all.map(|clause| capitalised(&clause))
}

/// The one whom a single outlet cites for an event that is not one-sided.
fn cited(desk: &Desk<'_>, event: &Event) -> Option<Says> {
    let [report] = event.reports.as_slice() else { return None };
    let by = of_report(desk, report);
    (event.support == Support::One && by.via.is_some()).then_some(by)
}

/// Drops what comes last until the words fit: materiel, then a denial that the marks name, then what else is said of
/// the clause, then figures from the last on, of each the injured before the dead, then the name of who gives a figure and
/// tells the clause. The clause, its speaker and a
/// denial that no mark names always stay.
fn fitted(parts: &Parts, room: usize) -> String {
    let figures = fewer_figures(&parts.figures);
    let all = figures.first().map_or(&[][..], Vec::as_slice);
    let materiel = |kept| Told { figures: all, materiel: &parts.materiel[..kept], denied: true };
    let with_materiel = (0..=parts.materiel.len()).rev().map(materiel);
    let denied = !parts.denial_marked;
    let fewer = figures.iter().map(|figures| Told { figures, materiel: &[], denied });
    let clauses = parts.clauses.iter().skip(1).filter(|_| parts.one_voice);
    let taken_in = clauses.flat_map(|clause| taken_in(parts, clause));
    let nothing = [denied, true].map(|denied| Told { figures: &[], materiel: &[], denied });
    let assembled_with =
        |told| parts.clauses.each_ref().map(|clause| assembled(parts, clause, told));
    let with_figures = with_materiel.chain(fewer).flat_map(assembled_with);
    let mut told = with_figures.chain(taken_in).chain(nothing.into_iter().flat_map(assembled_with));
    let fits = |text: &String| words(text) <= room;
    told.find(fits).unwrap_or_else(|| {
        assembled(parts, &parts.clauses[1], Told { figures: &[], materiel: &[], denied: true })
    })
}

/// The clause with its teller's first figure in it, which so needs no speaker of its own; then with the dead alone.
fn taken_in(parts: &Parts, clause: &str) -> Vec<String> {
    let denial = parts.denial.as_ref().map(|text| format!("; {text}")).unwrap_or_default();
    let Some(first) = parts.figures.first() else { return Vec::new() };
    let figures = [Some(first.clone()), first.alone()];
    let told = figures.into_iter().flatten();
    told.map(|figure| format!("{clause}, {}{denial}.", figure.text)).collect()
}

/// The figures, then ever fewer of them, down to one.
fn fewer_figures(figures: &[Reported]) -> Vec<Vec<Reported>> {
    let mut all = Vec::new();
    for kept in (1..=figures.len()).rev() {
        all.push(figures[..kept].to_vec());
        if let Some(brief) = figures[kept - 1].alone() {
            let mut fewer = figures[..kept - 1].to_vec();
            fewer.push(brief);
            all.push(fewer);
        }
    }
    all
}

/// How much of the parts a line tells.
#[derive(Debug, Clone, Copy)]
struct Told<'a> {
    figures: &'a [Reported],
    materiel: &'a [Reported],
    denied: bool,
}

fn assembled(parts: &Parts, clause: &str, told: Told<'_>) -> String {
    let denial = parts.denial.as_ref().filter(|_| told.denied);
    let denial = denial.map(|text| format!("; {text}")).unwrap_or_default();
    let more = told.figures.iter().chain(told.materiel).collect::<Vec<_>>();
    let more = reported::sentence(&more);
    let more = if more.is_empty() { more } else { format!(" {}.", capitalised(&more)) };
    format!("{clause}{denial}.{more}")
}
