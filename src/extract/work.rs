//! The reading of one document: its texts parsed, its candidates made, merged, weighed and told as claims.

use jiff::civil::Date;

use super::Extractor;
use super::dispute::{Contradiction, contradict};
use super::event::build::Builder;
use super::event::candidate::Candidate;
use super::event::clause::Clause;
use super::event::memory::Memory;
use super::event::trigger::Trigger;
use super::event::{reading, segment};
use super::filter;
use super::ground::settle;
use super::language::Rule;
use super::parse::chunk::Chunk;
use super::parse::tag;
use super::parts;
use super::reader::{Parsed, Setting};
use super::report::claim::Writer;
use super::report::mentions::Mentioner;
use super::report::merge::{Event, Merger};
use super::report::sides;
use super::speech::{self, Ear, Heard, bulletin};
use super::topic;
use super::worth::{OLD_DAYS, bare, is_named, is_objection, is_war_total, off_topic};
use crate::model::claim::{Claim, Field};
use crate::model::document::{Document, Dropped, Reading};
use crate::model::time::{DatePrecision, DateSpan};

/// What is dated within more days than this dates nothing else.
const LONGEST_DAY: i32 = 8;

/// The reading of one document.
pub(super) struct Work<'a, 'd> {
    pub(super) extractor: &'a Extractor,
    pub(super) doc: &'d Document,
    pub(super) published: Option<Date>,
    dropped: Vec<Dropped>,
}

impl<'a, 'd> Work<'a, 'd>
where
    'a: 'd,
{
    pub(super) fn new(
        extractor: &'a Extractor,
        doc: &'d Document,
        published: Option<Date>,
    ) -> Self {
        Self { extractor, doc, published, dropped: Vec::new() }
    }

    pub(super) fn run(mut self, language: Option<String>, wanted: bool) -> Reading {
        let title = self.doc.title.as_deref().map(parts::headline);
        let title = title.filter(|title| !title.trim().is_empty());
        let (title_spots, spots, countries) = self.spots(title);
        let setting = self.setting(countries);
        let mut body = Parsed::new(&setting, Field::Text, &self.doc.text, spots);
        let mut head = title.map(|title| Parsed::new(&setting, Field::Title, title, title_spots));
        reading::entities(&setting, &mut body);
        if let Some(head) = &mut head {
            reading::entities(&setting, head);
        }
        let mut origin = self.origin();
        let ear = Ear {
            roster: &self.extractor.roster,
            outlets: &self.extractor.outlets,
            countries: &setting.countries,
        };
        let about = topic::document(&setting, head.as_ref(), &body);
        let mut denials = Vec::new();
        let mut candidates = Vec::new();
        if let Some(head) = &head {
            self.candidates(&setting, head, about, &ear, &mut candidates, &mut denials);
        }
        let heard = self.candidates(&setting, &body, about, &ear, &mut candidates, &mut denials);
        if origin.factions.is_empty() {
            origin.factions.extend(bulletin::party(&ear, setting.lexicon, &body, &heard));
        }
        let merger = Merger { roster: &self.extractor.roster, title: head.as_ref(), body: &body };
        let mut events = merger.merge(candidates);
        sides::settle(&self.extractor.roster, &mut events);
        contradict(&merger, &mut events, denials);
        let mut events = self.keep(events, &body, head.as_ref());
        let places = &self.extractor.places;
        settle(&mut events, &body, head.as_ref(), &setting.countries, places);
        let undated = self.published.map(DateSpan::day);
        let writer = Writer {
            roster: &self.extractor.roster,
            lexicon: &self.extractor.lexicon,
            title: head.as_ref(),
            body: &body,
            origin: &origin,
            undated,
        };
        let claims: Vec<Claim> = order(events).iter().map(|event| writer.claim(event)).collect();
        let demonym = |word: &str| self.extractor.places.demonym(word).is_some();
        let mentioner = Mentioner {
            roster: &self.extractor.roster,
            lexicon: &self.extractor.lexicon,
            parsed: &body,
            demonym: &demonym,
        };
        let mentions = if wanted { mentioner.all() } else { Vec::new() };
        Reading {
            published: self.published,
            language,
            claims,
            mentions,
            dropped: self.dropped,
            unread: None,
        }
    }

    /// The candidates of one text, in order; denials are kept apart.
    #[expect(clippy::too_many_lines, reason = "the steps of one sentence, in their order")]
    fn candidates(
        &mut self,
        setting: &Setting<'a>,
        parsed: &Parsed<'d>,
        about: Option<Rule>,
        ear: &Ear<'_>,
        out: &mut Vec<Candidate>,
        denials: &mut Vec<Contradiction>,
    ) -> Heard {
        let builder = Builder { parsed, setting };
        let mut memory = Memory::default();
        let mut heard = Heard::default();
        let mut strayed: Option<(usize, Rule)> = None;
        let mut past = None;
        for (index, sentence) in parsed.sentences.iter().enumerate() {
            let clause = Clause { parsed, sentence, lexicon: setting.lexicon };
            heard.subject = memory.subject.or(memory.factions.last().copied());
            let speech = ear.hear(&clause, &heard);
            let voice = speech.speakers.iter().find_map(|voice| voice.factions.first().copied());
            memory.voice = voice.or(memory.voice);
            let tokens = &parsed.tokens[sentence.range.clone()];
            let strays = topic::sentence(setting.lexicon, tokens);
            let background = topic::is_background(setting.lexicon, tokens);
            let rumour = topic::is_rumour(setting.lexicon, tokens);
            let period = topic::is_period(tokens);
            let follows = past.is_some_and(|past: usize| past + 1 == index);
            past = Some(index).filter(|_| background).or(past);
            let told = out.len();
            for raw in segment::raw(&clause) {
                builder.remember(&clause, raw.chunks.start, &mut memory);
                let mut candidate =
                    builder.candidate(&clause, &raw, index, &speech.chunks, &memory);
                builder.unseat(&mut candidate, &clause, &speech.seats);
                candidate.speakers = speech.said_by();
                for toll in &mut candidate.tolls {
                    toll.speakers.clone_from(&candidate.speakers);
                }
                candidate.accused = speech.accuses;
                let counted = period || follows && is_perfect(&clause, &raw.triggers);
                let total = background || is_war_total(&candidate);
                let long =
                    candidate.date.is_some_and(|span| span.precision >= DatePrecision::Month);
                if total && (period || long || !candidate.own_date)
                    || self.is_since(&candidate, &clause, &raw.triggers)
                    || counted && candidate.effects_only && !candidate.own_date
                    || candidate.aside && !candidate.own_place && candidate.tolls.is_empty()
                {
                    candidate.drop = candidate.drop.or(Some(Rule::Background));
                }
                candidate.drop = candidate.drop.or(about.filter(|_| !is_named(&candidate)));
                if is_objection(&candidate, &self.extractor.roster) {
                    candidate.drop = candidate.drop.or(Some(Rule::Diplomacy));
                }
                if rumour && candidate.initiators.iter().all(|party| party.faction.is_none()) {
                    candidate.drop = Some(Rule::Failed);
                }
                let near =
                    strayed.filter(|(sentence, _)| index - sentence <= 2).map(|(_, rule)| rule);
                let rule = off_topic(&candidate, strays, near);
                if let Some(rule) = rule {
                    strayed = Some((index, rule));
                    candidate.drop = candidate.drop.or(Some(rule));
                }
                let denied =
                    raw.triggers.first().is_some_and(|trigger| speech.denies(trigger.chunk))
                        && raw.triggers.iter().all(|trigger| speech.denies(trigger.chunk));
                let undone = candidate.drop == Some(Rule::Failed) && !candidate.effects_only;
                if denied || undone && !speech.speakers.is_empty() {
                    let mut deed = Candidate { drop: Some(Rule::Failed), ..candidate.clone() };
                    builder.carry(&mut deed, &mut memory);
                    deed.drop = candidate.drop;
                    denials.push(Contradiction::of(deed, &speech, denied));
                    if denied {
                        continue;
                    }
                }
                let limit = self
                    .doc
                    .published
                    .and_then(|day| day.checked_sub(jiff::ToSpan::days(OLD_DAYS)).ok());
                let history = limit
                    .filter(|limit| builder.is_history(&candidate, *limit))
                    .map(|_| Rule::Background);
                candidate.drop = candidate
                    .drop
                    .or(history)
                    .or_else(|| self.old(&candidate))
                    .or_else(|| bare(&candidate));
                self.shift(&mut candidate, out);
                let before = candidate.offset.is_some()
                    || raw.triggers.iter().any(|trigger| {
                        clause.vg(trigger.chunk).is_some_and(|vg| parsed.norm(vg.first) == "had")
                    });
                date_from(&mut candidate, before, &mut memory);
                builder.carry(&mut candidate, &mut memory);
                self.admit(parsed, candidate, out);
            }
            let sentence = (parsed.field, index);
            if !speech.denials.is_empty()
                && !speech.aside
                && !background
                && !denials.iter().any(|denial| denial.sentence == sentence)
            {
                denials.push(Contradiction::bare(sentence, &speech));
            }
            if out.len() == told && parsed.field == Field::Text && memory.date.is_none() {
                memory.date = builder.day_told(&clause);
            }
            if bulletin::is_listed(&clause) {
                bulletin::attribute(
                    out,
                    &speech.said_by(),
                    parsed.field,
                    clause.sentence.paragraph,
                );
            }
            own_up(&builder, &clause, index, &memory, out);
            builder.remember(&clause, usize::MAX, &mut memory);
            builder.conclude(&clause, &mut memory);
            heard.note(speech);
        }
        heard
    }

    /// "have been killed since the truce collapsed on 19 May": so many in all since then, unless that is within a week: "since
    /// Monday".
    fn is_since(
        &self,
        candidate: &Candidate,
        clause: &Clause<'_, '_>,
        triggers: &[Trigger],
    ) -> bool {
        let chunks = 0..clause.sentence.chunks.len();
        let since = chunks.into_iter().find(|at| clause.word(*at) == "since");
        let counts = |trigger: &Trigger| {
            since.is_some_and(|since| trigger.chunk < since)
                && clause.vg(trigger.chunk).is_some_and(|vg| vg.perfect || vg.bare)
        };
        let recent = |(day, span): (Date, DateSpan)| {
            day.until(span.from).is_ok_and(|back| -back.get_days() <= LONGEST_DAY)
        };
        let dated = since.is_some_and(|at| matches!(clause.chunk(at + 1), Some(Chunk::Date(..))));
        let span = candidate.date.filter(|_| candidate.own_date);
        let week = self.published.zip(span).map_or(dated, recent);
        candidate.effects_only && !triggers.is_empty() && triggers.iter().all(counts) && !week
    }

    /// "two days after": dated from the event that the sentence began with.
    fn shift(&self, candidate: &mut Candidate, out: &[Candidate]) {
        let Some(days) = candidate.offset.filter(|_| !candidate.own_date) else { return };
        let main = out
            .last()
            .filter(|main| main.sentence == candidate.sentence && main.field == candidate.field)
            .and_then(|main| main.date);
        let anchor = main.or(self.published.map(DateSpan::day));
        let moved = anchor.and_then(|span| {
            let step = jiff::ToSpan::days(days);
            Some(DateSpan {
                from: span.from.checked_add(step).ok()?,
                to: span.to.checked_add(step).ok()?,
                precision: span.precision,
            })
        });
        (candidate.date, candidate.own_date) = (moved, moved.is_some());
    }

    fn admit(&mut self, parsed: &Parsed<'_>, candidate: Candidate, out: &mut Vec<Candidate>) {
        match candidate.drop {
            None => out.push(candidate),
            Some(rule) => self.drop_it(parsed, &candidate, rule),
        }
    }

    pub(super) fn drop_it(&mut self, parsed: &Parsed<'_>, candidate: &Candidate, rule: Rule) {
        let (first, last) = candidate.tokens;
        let Some((start, end)) = parsed
            .tokens
            .get(first)
            .zip(last.checked_sub(1).and_then(|last| parsed.tokens.get(last)))
            .map(|(first, last)| (first.start, last.end))
        else {
            return;
        };
        let text = parsed.text.get(start..end).unwrap_or("").to_owned();
        self.dropped.push(Dropped {
            field: candidate.field,
            start,
            end,
            text,
            rule: filter::name(rule).to_owned(),
        });
    }
}

/// "More than 20 people have been killed.": after what was told of a whole year, so many in all.
fn is_perfect(clause: &Clause<'_, '_>, triggers: &[Trigger]) -> bool {
    triggers.iter().all(|trigger| clause.vg(trigger.chunk).is_some_and(|vg| vg.perfect))
}

/// Gives the deed told last to those who claim responsibility for it.
fn own_up(
    builder: &Builder<'_, '_>,
    clause: &Clause<'_, '_>,
    sentence: usize,
    memory: &Memory,
    out: &mut [Candidate],
) {
    let owner = speech::owner_of_deed(clause).and_then(|at| clause.entity(at));
    let last = out.iter_mut().rev().find(|last| {
        last.field == clause.parsed.field
            && sentence - last.sentence <= 2
            && last.initiators.iter().all(|party| party.faction.is_none())
            && last.families.iter().any(|family| tag::is_violent(*family))
    });
    if let (Some(owner), Some(last)) = (owner, last) {
        last.initiators = builder.party(owner, memory);
    }
}

/// The headline's event first, then in text order.
fn order(mut events: Vec<Event>) -> Vec<Event> {
    let first = |event: &Event| {
        event
            .places_said
            .iter()
            .filter(|(field, ..)| *field == Field::Text)
            .map(|(_, first, _)| *first)
            .min()
            .unwrap_or(0)
    };
    events.sort_by_key(|event| (!event.headline, first(event)));
    events
}

/// What is not dated happened when the happening told before it did.
/// What had happened `before`, and what took weeks, dates nothing that follows.
fn date_from(candidate: &mut Candidate, before: bool, memory: &mut Memory) {
    if candidate.drop.is_some() {
        return;
    }
    let long = |span: &DateSpan| {
        span.from.until(span.to).is_ok_and(|length| length.get_days() > LONGEST_DAY)
    };
    match candidate.date {
        Some(span) if before && candidate.own_date || long(&span) => {}
        Some(span) => memory.date = Some(span),
        None => candidate.date = memory.date,
    }
}
