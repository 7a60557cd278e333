//! Subject, preheader, masthead, method and sources: what stands around the sections.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Writer;
use super::lists::correction_key;
use crate::model::digest::DayOutcome;
use crate::model::event::{Event, Measure, Support};
use crate::model::situation::SourceRef;
use crate::render::desk::Desk;
use crate::render::link::Href;
use crate::render::sentence::one_side;
use crate::render::subject::shortened;
use crate::render::tongue::{ISOLATE, Tongue};
use crate::render::view::{Masthead, SourceView, outcome};

/// The most characters of a subject (B-10), the fewest and most of a preheader (B-15).
const SUBJECT: usize = 50;
const PREHEADER: (usize, usize) = (40, 85);

/// The subject in the same form as the English one; a client sets its direction, so nothing in it is set apart.
pub(crate) fn subject(desk: &Desk<'_>, tongue: &'static Tongue, name: &str) -> String {
    let writer = Writer::new(desk, tongue);
    let situation = desk.situation;
    let (read, all) = outcome::read_of_all(desk);
    let (read, all) = (tongue.number(read), tongue.number(all));
    let n = tongue.number(outcome::events(desk));
    let gaps = [("read", read.as_str()), ("all", &all), ("n", &n)];
    let begin = format!("{name} {}", tongue.day(desk.day(), desk.day()));
    let whole = if situation.by_event_date {
        let room = SUBJECT.saturating_sub(length(&writer.window_days()) + length(name) + 4);
        format!("{name}: {}, {}", shortened(&situation.title, room), writer.window_days())
    } else {
        match situation.outcome {
            DayOutcome::Normal => return writer.led(&begin),
            DayOutcome::Quiet => format!("{begin}: {}", tongue.fill("subject_quiet", &gaps)),
            DayOutcome::Partial => format!("{begin}: {}", tongue.fill("subject_partial", &gaps)),
            DayOutcome::NoData => format!("{begin}: {}", tongue.fill("subject_no_data", &gaps)),
        }
    };
    plain(&whole)
}

fn length(text: &str) -> usize {
    plain(text).chars().count()
}

/// Without the marks of direction.
fn plain(text: &str) -> String {
    text.replace(ISOLATE, "")
}

impl Writer<'_> {
    /// The first of the lead and the key points that fits with its attribution (B-11 to B-13).
    fn led(&self, begin: &str) -> String {
        let desk = self.desk;
        let leads = desk.situation.lead.iter().chain(&desk.situation.key_points);
        let events = leads.filter_map(|id| desk.event(id));
        let may_lead = |event: &&Event| event.sure && !event.occurrence_denied();
        let mut lines = events.filter(may_lead).map(|event| {
            let said = (event.support == Support::OneSide).then(|| one_side(desk, event)).flatten();
            let said = said.map(|says| self.tongue.fill("according", &[("who", &says.name)]));
            let mut parts = vec![self.region(event), self.tongue.kind(event.kind.0).to_owned()];
            parts.extend(said);
            plain(&format!("{begin}: {}", self.tongue.list(&parts)))
        });
        let n = self.tongue.number(outcome::events(desk));
        let otherwise = format!("{begin}: {}", self.tongue.fill("subject_events", &[("n", &n)]));
        lines.find(|line| length(line) <= SUBJECT).unwrap_or_else(|| plain(&otherwise))
    }

    fn window_days(&self) -> String {
        let (desk, window) = (self.desk, self.desk.situation.window);
        let last = desk.date(window.to - jiff::SignedDuration::from_secs(1));
        self.tongue.days(desk.date(window.from), last, desk.day())
    }

    fn at(&self, instant: Timestamp) -> String {
        let day = self.tongue.day(self.desk.date(instant), self.desk.day());
        format!("{day} {}", self.tongue.apart(&self.desk.clock(instant, "%H:%M")))
    }
}

/// The line after the subject.
pub(crate) fn preheader(desk: &Desk<'_>, tongue: &'static Tongue) -> String {
    let situation = desk.situation;
    let told = situation.events().filter(|event| !situation.earlier.contains(&event.id));
    let denied = told.filter(|event| event.occurrence_denied()).count();
    let killed = situation.glance.totals.get(&Measure::Killed).and_then(|total| total.counted);
    let killed = killed.map_or_else(|| "–".to_owned(), |(low, high)| tongue.range(low, high));
    let n = tongue.number(outcome::events(desk));
    let denied = tongue.number(u32::try_from(denied).unwrap_or(u32::MAX));
    let sources = tongue.number(situation.coverage.sources_read);
    let gaps = [("n", n.as_str()), ("denied", &denied), ("sources", &sources), ("killed", &killed)];
    let usual = plain(&tongue.fill("preheader", &gaps));
    let corrected = situation.corrections.iter().find(|it| it.key_point).map(|it| {
        let what = tongue.word(correction_key(it.correction.kind));
        plain(&tongue.fill("preheader_correction", &[("what", what), ("n", &n)]))
    });
    let line = corrected.unwrap_or(usual);
    let short = line.chars().count() < PREHEADER.0;
    let line = if short { format!("{line} · {}", situation.title) } else { line };
    shortened(&line, PREHEADER.1)
}

pub(super) fn masthead(writer: &Writer<'_>, name: &str) -> Masthead {
    let (tongue, desk) = (writer.tongue, writer.desk);
    let situation = desk.situation;
    let date = desk.date(desk.dated());
    Masthead {
        name: crate::render::view::masthead::titled(name, &situation.title),
        date: format!("{} {}", tongue.day(date, date), tongue.apart(&date.year().to_string())),
        window: window(writer),
        basis: basis(writer),
        next: situation
            .next_close
            .map(|at| tongue.fill("next", &[("at", &writer.at(at))]))
            .unwrap_or_default(),
        length_form: tongue.fill("length", &[]),
        length: String::new(),
    }
}

fn window(writer: &Writer<'_>) -> String {
    let (tongue, desk) = (writer.tongue, writer.desk);
    let window = desk.situation.window;
    if desk.situation.by_event_date {
        let mut parts = vec![tongue.fill("dated", &[("days", &writer.window_days())])];
        parts.extend(desk.situation.coverage.read_since.map(|at| {
            tongue.fill("read_since", &[("at", &tongue.day(desk.date(at), desk.day()))])
        }));
        return parts.join(" · ");
    }
    let (from, to, zone) =
        (writer.at(window.from), writer.at(window.to), tongue.apart(&desk.zone_name()));
    tongue.fill("first_reported", &[("from", &from), ("to", &to), ("zone", &zone)])
}

fn basis(writer: &Writer<'_>) -> String {
    let (tongue, desk) = (writer.tongue, writer.desk);
    let situation = desk.situation;
    let supported = situation.events().filter(|event| {
        matches!(event.support, Support::Independent(_)) && !situation.earlier.contains(&event.id)
    });
    let some = u32::try_from(supported.count()).unwrap_or(u32::MAX);
    let (_, all) = outcome::read_of_all(desk);
    let numbers = [
        ("articles", situation.coverage.articles),
        ("read", situation.coverage.sources_read),
        ("all", all),
        ("some", some),
        ("events", outcome::events(desk)),
    ]
    .map(|(gap, n)| (gap, tongue.number(n)));
    let gaps: Vec<(&str, &str)> = numbers.iter().map(|(gap, n)| (*gap, n.as_str())).collect();
    tongue.fill("basis", &gaps)
}

pub(super) fn method(writer: &Writer<'_>) -> Vec<String> {
    let (tongue, coverage) = (writer.tongue, &writer.desk.situation.coverage);
    let mut sentences = vec![tongue.word("key").to_owned()];
    let failed: Vec<String> = coverage.failed.iter().map(|(name, _)| tongue.apart(name)).collect();
    if !failed.is_empty() {
        sentences.push(tongue.fill("failed", &[("names", &tongue.list(&failed))]));
    }
    let unread = coverage.unread.iter().map(|(lang, n)| tongue.apart(&format!("{lang} {n}")));
    let unread: Vec<String> = unread.collect();
    if !unread.is_empty() {
        sentences.push(tongue.fill("unread", &[("names", &tongue.list(&unread))]));
    }
    sentences
}

pub(super) fn sources(writer: &Writer<'_>, used: &BTreeSet<u32>) -> Vec<SourceView> {
    let (tongue, desk) = (writer.tongue, writer.desk);
    let view = |source: &SourceRef| {
        let mut name = vec![tongue.apart(&source.name)];
        name.extend(source.published.map(|at| tongue.day(desk.date(at), desk.day())));
        let mut remarks: Vec<String> = Vec::new();
        if source.republishes {
            remarks.push(tongue.word("repost").to_owned());
        }
        if !source.alignment_known {
            remarks.push(tongue.word("alignment_unset").to_owned());
        }
        SourceView {
            number: source.number,
            name: tongue.list(&name),
            remark: tongue.list(&remarks),
            href: Href::parse(&source.url),
        }
    };
    let wanted = desk.situation.sources.iter().filter(|source| used.contains(&source.number));
    wanted.map(view).collect()
}
