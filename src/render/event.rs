//! One event with everything it rests on, for its own page: each report with its sentences, each figure with who gives
//! it, who denies what, what editors changed, and how it was told before.

use jiff::Timestamp;

use super::discreet::discreet;
use super::export::{EventRow, event_rows};
use super::link::Href;
use crate::model::actor::Role;
use crate::model::casualty::Figure;
use crate::model::claim::DenialScope;
use crate::model::decision::CorrectionKind;
use crate::model::event::{Event, Measure, Report, SideFigure, Standing};
use crate::model::registry::Registry;
use crate::model::situation::Situation;

/// What an event's page says.
#[derive(Debug, Clone, PartialEq)]
pub struct EventView {
    /// The event in one or two sentences, with place, marks and totals.
    pub row: EventRow,
    /// Who took part and how.
    pub actors: Vec<(&'static str, String)>,
    /// Figures by side.
    pub figures: Vec<FigureView>,
    /// The articles.
    pub reports: Vec<ReportView>,
    /// Who denies what.
    pub denials: Vec<String>,
}

/// One measure of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureView {
    /// `killed, civilians`.
    pub label: String,
    /// What counts; empty where no figure from outside the fighting does.
    pub counted: String,
    /// Each figure with its speaker.
    pub given: Vec<String>,
}

/// One article's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportView {
    /// The outlet.
    pub outlet: String,
    /// Its owner.
    pub owner: String,
    /// How it counts among independent reports.
    pub standing: &'static str,
    /// The article's headline.
    pub title: String,
    /// Its address; none for a file.
    pub href: Option<Href>,
    /// When it was published, or first seen.
    pub at: Timestamp,
    /// Whether it was edited since it was first seen.
    pub revised_at: Option<Timestamp>,
    /// Whom it cites.
    pub citing: Vec<String>,
    /// The sentences that the claim rests on.
    pub quotes: Vec<String>,
    /// ISO 639-1 code of the article.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
}

/// What is printed of each event of a situation, without what may not be given away, in the order of [`event_rows`].
pub fn event_views(situation: &Situation, registry: &Registry) -> Vec<EventView> {
    let shown = discreet(situation, registry);
    let rows = event_rows(&shown, registry);
    let view = |row: EventRow| {
        let event = shown.events().find(|event| event.id.as_str() == row.id)?;
        Some(view(row, event))
    };
    rows.into_iter().filter_map(view).collect()
}

fn view(row: EventRow, event: &Event) -> EventView {
    let denials = event.denials.iter().map(|(speaker, scope)| {
        let what = match scope {
            DenialScope::Occurrence => "that it happened",
            DenialScope::Perpetrator => "that they did it",
            DenialScope::Figures => "the figures",
        };
        format!("{} denies {what}", speaker.name)
    });
    EventView {
        actors: event.actors.iter().map(|actor| (role(actor.role), actor.name.clone())).collect(),
        figures: event.figures.iter().map(figure).collect(),
        reports: event.reports.iter().map(report).collect(),
        denials: denials.collect(),
        row,
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Initiator => "began it",
        Role::Target => "it was done to",
        Role::Participant => "took part",
    }
}

fn figure(side: &SideFigure) -> FigureView {
    let measure = match side.measure {
        Measure::Killed => "killed",
        Measure::Injured => "injured",
        Measure::Captured => "captured",
    };
    let given = side.reports.iter().map(|given| {
        let standing = match given.standing {
            Standing::Outside => "no party to it",
            Standing::Own => "of its own side",
            Standing::Opponent => "of its opponent; not added",
        };
        format!("{} ({standing}): {}", given.speaker, number(&given.figure))
    });
    FigureView {
        label: format!("{measure}, {}", side.side),
        counted: side.counted.as_ref().map(number).unwrap_or_default(),
        given: given.collect(),
    }
}

/// `2`, `2–4`, `at least 2`, `dozens (12 or more)`, `number not given`.
fn number(figure: &Figure) -> String {
    let bounds = match (figure.min, figure.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min}–{max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "number not given".to_owned(),
    };
    match &figure.vague {
        Some(word) => format!("“{word}” ({bounds})"),
        None => bounds,
    }
}

fn report(report: &Report) -> ReportView {
    let lang = report.article.language.clone().unwrap_or_else(|| "en".to_owned());
    let standing = match (&report.counted_owner, report.by_party) {
        (_, true) => "a party to the event, or its outlet",
        (Some(_), false) => "no party to the event",
        (None, false) => "origin or alignment not known: never counted as independent",
    };
    ReportView {
        outlet: report.source.name.clone(),
        owner: report.counted_owner.as_deref().unwrap_or(&report.source.owner).to_owned(),
        standing,
        title: report.article.title.clone(),
        href: Href::parse(&report.article.url),
        at: report.article.published.unwrap_or(report.article.first_seen),
        revised_at: report.article.revised_at,
        citing: report.speakers.iter().map(|speaker| speaker.name.clone()).collect(),
        quotes: report.evidence.iter().map(|evidence| evidence.quote.clone()).collect(),
        dir: direction(&lang),
        lang,
    }
}

/// Which way a language is written.
fn direction(lang: &str) -> &'static str {
    if matches!(lang, "ar" | "fa" | "he" | "ur" | "ps" | "ckb") { "rtl" } else { "ltr" }
}

/// What an editor did, in a word or two.
pub fn correction_words(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Retracted => "Retracted",
        CorrectionKind::Amended => "Amended",
        CorrectionKind::Merged => "Made one of two events",
        CorrectionKind::Split => "Made two of one event",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_33_a_vague_word_is_shown_beside_its_bounds() {
        let figure = |min, max, vague: Option<&str>| {
            number(&Figure { min, max, vague: vague.map(str::to_owned) })
        };
        assert_eq!(figure(Some(2), Some(2), None), "2");
        assert_eq!(figure(Some(2), Some(4), None), "2–4");
        assert_eq!(figure(Some(12), None, Some("dozens")), "“dozens” (at least 12)");
        assert_eq!(figure(None, None, Some("several")), "“several” (number not given)");
    }
}
