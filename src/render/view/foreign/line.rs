//! One event as a table-like line: actor, target, type, figures.

use super::Writer;
use crate::model::actor::{ActorKind, Role};
use crate::model::agreement::AgreementKind;
use crate::model::casualty::{CasualtyGroup, Figure};
use crate::model::claim::Phase;
use crate::model::event::{Dispute, Event, EventActor, Measure, SideFigure, Standing, Support};
use crate::model::faction::Faction;
use crate::model::id::{EventId, FactionId};
use crate::model::kind::{EventType, SubType};
use crate::model::place::PlacePrecision;
use crate::render::sentence::{
    Line, Mark, QUOTE_WORDS, is_sheltered, one_side, quote, refs, shown, sided_name,
};

impl Writer<'_> {
    /// The line of an event; a key point begins with its region, any other with date and place.
    pub(super) fn line(&self, event: &Event, key: bool) -> Line {
        let quoted = !key && event.in_brackets();
        let lead = if key { self.region(event) } else { self.dated(event) };
        Line {
            event: event.id.clone(),
            id: self.printed(&event.id),
            lead,
            body: self.body(event),
            marks: self.marks(event),
            quote: quoted.then(|| quote(self.desk, event, QUOTE_WORDS)).flatten(),
            refs: refs(self.desk, event),
            score: event.score,
            keep: event.occurrence_denied(),
        }
    }

    /// An id as it is printed.
    pub(super) fn printed(&self, id: &EventId) -> String {
        self.tongue.apart(&format!("#{}", id.short()))
    }

    fn dated(&self, event: &Event) -> String {
        let date = self.tongue.span(event.date, self.desk.day());
        self.tongue.list(&[date, self.place(event)])
    }

    fn body(&self, event: &Event) -> String {
        let mut parts = vec![self.cast(event), self.kind(event).to_owned()];
        // That fighting goes on is no state of it; that an agreement holds is.
        let phase = event.phase.filter(|phase| *phase != Phase::Ongoing);
        parts.extend(phase.map(|_| self.state(event).to_owned()));
        parts.extend(self.teller(event));
        parts.extend(self.denial(event));
        parts.extend(event.figures.iter().filter_map(|side| self.figure(side)));
        if event.figures.is_empty() && may_hurt(event) {
            parts.push(self.tongue.word("casualties_unreported").to_owned());
        }
        parts.retain(|part| !part.is_empty());
        format!("{}.", parts.join(" · "))
    }

    /// `A ← B`, or those on equal terms side by side.
    pub(super) fn cast(&self, event: &Event) -> String {
        let of = |role| self.names(event, role);
        let (by, to, equals) = (of(Role::Initiator), of(Role::Target), of(Role::Participant));
        let first = if by.is_empty() { &equals } else { &by };
        match (first.as_slice(), to.as_slice()) {
            ([], []) => self.tongue.word("unidentified").to_owned(),
            (first, []) => first.join(" – "),
            ([], to) => {
                let nobody = self.tongue.word("unidentified");
                format!("{nobody} {} {}", self.tongue.arrow, self.tongue.list(to))
            }
            (first, to) => {
                let (first, to) = (self.tongue.list(first), self.tongue.list(to));
                format!("{first} {} {to}", self.tongue.arrow)
            }
        }
    }

    fn names(&self, event: &Event, role: Role) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for actor in event.with_role(role) {
            let name = self.actor(actor);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn actor(&self, actor: &EventActor) -> String {
        match &actor.faction {
            Some(faction) => self.faction(faction, &actor.name),
            None if actor.kind == ActorKind::Person => self.tongue.word("person").to_owned(),
            None => self.common(&actor.name),
        }
    }

    /// The pack's name in this language, else its short English one.
    pub(super) fn faction(&self, id: &FactionId, otherwise: &str) -> String {
        let known = self.desk.registry.faction(id);
        let own =
            known.and_then(|faction| faction.names.get(&self.desk.situation.variant.language));
        match (own, known) {
            (Some(name), _) => name.clone(),
            (None, Some(faction)) => self.tongue.apart(faction.short_name()),
            (None, None) => self.tongue.apart(otherwise),
        }
    }

    /// The few words for people that every language has; any other as the text has it, unless it takes a side.
    pub(super) fn common(&self, name: &str) -> String {
        match name.to_lowercase().as_str() {
            "civilians" | "civilian" => self.tongue.word("civilians").to_owned(),
            "people" | "persons" | "residents" | "person" => self.tongue.word("people").to_owned(),
            _ => match sided_name(name) {
                Some(name) => self.tongue.apart(name),
                None => self.tongue.word("unidentified").to_owned(),
            },
        }
    }

    /// Who tells an event that stands in brackets.
    fn teller(&self, event: &Event) -> Option<String> {
        let says = event.in_brackets().then(|| one_side(self.desk, event)).flatten()?;
        let who = match &says.faction {
            Some(faction) if says.itself => self.faction(faction, &says.name),
            _ => self.tongue.apart(&says.name),
        };
        Some(self.tongue.fill("according", &[("who", &who)]))
    }

    /// Who denies that it happened.
    fn denial(&self, event: &Event) -> Option<String> {
        event.disputes.iter().find_map(|dispute| match dispute {
            Dispute::OccurrenceDenied { by } => {
                Some(format!("{}: {}", self.tongue.word("occurrence_denied"), self.speaker(by)))
            }
            _ => None,
        })
    }

    /// A speaker's display name: of a faction in this language.
    pub(super) fn speaker(&self, name: &str) -> String {
        let is_it = |it: &&Faction| it.name == name || it.short.as_deref() == Some(name);
        match self.desk.registry.factions().find(is_it) {
            Some(faction) => self.faction(&faction.id, name),
            None => self.common(name),
        }
    }

    fn figure(&self, side: &SideFigure) -> Option<String> {
        let (figure, by) = shown(side)?;
        let label = self.tongue.word(measure(side.measure));
        let by = by.map(|who| {
            let who = self.speaker(&who);
            format!(" ({})", self.tongue.fill("according", &[("who", &who)]))
        });
        let (count, whose) = (self.count(figure), self.whose(side));
        Some(format!("{label}: {count} {whose}{}", by.unwrap_or_default()))
    }

    /// Civilians only where somebody outside the fighting says so (B-63).
    fn whose(&self, side: &SideFigure) -> String {
        let outside = side.reports.iter().any(|report| report.standing == Standing::Outside);
        match (&side.faction, side.group) {
            (_, CasualtyGroup::Civilian) if outside => self.tongue.word("civilians").to_owned(),
            (_, CasualtyGroup::Civilian) => self.tongue.word("people").to_owned(),
            (Some(faction), _) => self.faction(faction, &side.side),
            (None, _) => self.common(&side.side),
        }
    }

    /// `2`, `8–12`, `≥ 12`.
    pub(super) fn count(&self, figure: &Figure) -> String {
        match (figure.min, figure.max) {
            (Some(low), Some(high)) => self.tongue.range(low, high),
            (Some(low), None) => format!("≥ {}", self.tongue.number(low)),
            (None, Some(high)) => format!("≤ {}", self.tongue.number(high)),
            (None, None) => self.tongue.word("number_not_given").to_owned(),
        }
    }

    /// The place as finely as it may be told.
    pub(super) fn place(&self, event: &Event) -> String {
        let Some(first) = event.places.first() else {
            return self.tongue.word("place_unknown").to_owned();
        };
        let name = first.canonical.as_ref().unwrap_or(&first.name);
        let unknown = self.tongue.word("exact_place_unknown").to_owned();
        if first.precision == PlacePrecision::Place && is_sheltered(event) {
            let area = first.admin2.as_ref().or(first.admin1.as_ref());
            return match area {
                Some(area) => self.tongue.list(&[self.tongue.apart(area), unknown]),
                None => unknown,
            };
        }
        if first.precision != PlacePrecision::Place {
            return self.tongue.list(&[self.tongue.apart(name), unknown]);
        }
        let name = self.tongue.apart(name);
        let admin1 = first.admin1.as_ref().map(|admin1| self.tongue.apart(admin1));
        let inside = matches!(first.relation.trim(), "" | "in" | "at" | "on" | "inside");
        let name = if inside {
            name
        } else {
            format!("{} {name}", self.tongue.relation(first.relation.trim()))
        };
        match admin1 {
            Some(admin1) => self.tongue.list(&[name, admin1]),
            None => name,
        }
    }

    /// The first-order division.
    pub(super) fn region(&self, event: &Event) -> String {
        let first = event.places.first();
        let name = first.map(|place| place.admin1.as_ref().unwrap_or(&place.name));
        name.map_or_else(
            || self.tongue.word("place_unknown").to_owned(),
            |name| self.tongue.apart(name),
        )
    }

    /// What happened; of agreements an exchange of prisoners is told as one.
    pub(super) fn kind(&self, event: &Event) -> &'static str {
        if event.kind.0 == SubType::Agreement && event.agreement().is_exchange() {
            return self.tongue.word("prisoner_exchange");
        }
        self.tongue.kind(event.kind.0)
    }

    /// How far something got.
    pub(super) fn state(&self, event: &Event) -> &'static str {
        let done = event.agreement() == AgreementKind::PrisonerExchange { done: true };
        self.tongue.word(match event.phase {
            Some(Phase::InForce | Phase::Ongoing) | None if done => "carried_out",
            Some(Phase::Proposed) => "proposed",
            Some(Phase::InForce | Phase::Ongoing) => "in_force",
            Some(Phase::Broken) => "broken",
            Some(Phase::Ended) => "ended",
            Some(Phase::Foiled | Phase::Repelled) => "foiled",
            None => "state_unknown",
        })
    }

    fn marks(&self, event: &Event) -> Vec<Mark> {
        let tongue = self.tongue;
        let mut marks = vec![match event.support {
            Support::Independent(n) => {
                Mark::new(tongue.fill("independent", &[("n", &tongue.number(n))]), "m-good")
            }
            Support::One => Mark::new(tongue.word("one_report"), "m-one"),
            Support::OneSide => Mark::new(tongue.word("one_side"), "m-side"),
        }];
        for dispute in &event.disputes {
            let mark = match dispute {
                Dispute::FiguresDiffer => Mark::new(tongue.word("figures_differ"), "m-side"),
                Dispute::PartDenied { by } => {
                    Mark::new(tongue.fill("denies", &[("who", &self.speaker(by))]), "m-deny")
                }
                Dispute::OccurrenceDenied { .. } => {
                    Mark::new(tongue.word("occurrence_denied"), "m-deny")
                }
            };
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        marks
    }
}

/// The word under which a measure is told.
pub(super) fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Killed => "killed",
        Measure::Injured => "injured",
        Measure::Captured => "captured",
    }
}

fn may_hurt(event: &Event) -> bool {
    !matches!(event.kind.0.event_type(), EventType::StrategicDevelopments | EventType::Protests)
}
