//! The subject line (B-10 to B-13).

use unicode_segmentation::UnicodeSegmentation;

use super::desk::Desk;
use super::sentence::grammar::counted;
use super::sentence::{days, headline};
use crate::model::digest::DayOutcome;
use crate::model::event::Event;

/// The most characters.
const MOST: usize = 50;

/// Date and lead; on quiet and partial days the outcome, on demand the request. The same situation gives the same
/// subject.
pub(crate) fn subject(desk: &Desk<'_>, name: &str) -> String {
    if let Some(tongue) = desk.tongue {
        return super::view::foreign_subject(desk, tongue, name);
    }
    let situation = desk.situation;
    if situation.by_event_date {
        return requested(desk, name);
    }
    let date = desk.clock(situation.window.to, "%-d %b");
    let begin = if name.is_empty() { date } else { format!("{name} {date}") };
    let events = situation.glance.events + situation.glance.bracketed;
    let (read, all) = super::view::read_of_all(desk);
    match situation.outcome {
        DayOutcome::Normal => led(desk, &begin, &counted(events, "event")),
        DayOutcome::Quiet => format!("{begin}: quiet, {}", counted(events, "event")),
        DayOutcome::Partial => format!("{begin}: partial ({read} of {all} sources)"),
        DayOutcome::NoData => format!("{begin}: no data ({read} of {all} sources)"),
    }
}

/// The first headline that fits: of the lead, else of the next event; none is cut, so no attribution is lost.
fn led(desk: &Desk<'_>, begin: &str, otherwise: &str) -> String {
    let leads = desk.situation.lead.iter().chain(&desk.situation.key_points);
    let may_lead = |event: &&Event| event.sure && !event.occurrence_denied();
    let events = leads.filter_map(|id| desk.event(id)).filter(may_lead);
    let lines =
        events.flat_map(|event| headline(desk, event)).map(|lead| format!("{begin}: {lead}"));
    let otherwise = format!("{begin}: {otherwise}");
    lines.into_iter().find(|line| length(line) <= MOST).unwrap_or(otherwise)
}

fn requested(desk: &Desk<'_>, name: &str) -> String {
    let window = desk.situation.window;
    let last = desk.date(window.to - jiff::SignedDuration::from_secs(1));
    let days = days(desk.date(window.from), last, desk.day());
    let begin = if name.is_empty() { String::new() } else { format!("{name}: ") };
    let room = MOST.saturating_sub(length(&begin) + length(&days) + 2);
    format!("{begin}{}, {days}", shortened(&desk.situation.title, room))
}

/// Whole words up to so many grapheme clusters.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for word in text.split_whitespace() {
        if length(&kept) + length(word) + 2 > most {
            break;
        }
        kept.push_str(if kept.is_empty() { "" } else { " " });
        kept.push_str(word);
    }
    format!("{}…", kept.trim_end_matches([',', ';', ':']))
}

fn length(text: &str) -> usize {
    text.graphemes(true).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_13_a_title_is_cut_between_words() {
        assert_eq!(
            shortened("Rapid Support Forces in Darfur", 40),
            "Rapid Support Forces in Darfur"
        );
        assert_eq!(shortened("Rapid Support Forces in Darfur", 20), "Rapid Support…");
    }
}
