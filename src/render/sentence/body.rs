//! Who did what to whom: the clause at the heart of a line.

use super::agreement;
use super::grammar::{joined, with_indefinite};
use super::names::{Name, names};
use super::objects;
use super::verb::{Verb, verb};
use crate::model::actor::Role;
use crate::model::claim::Phase;
use crate::model::event::Event;
use crate::model::id::FactionId;
use crate::model::kind::{EventType, SubType};
use crate::render::desk::Desk;

/// What is said where nobody is named as the one who did it (B-26).
const BY_WHOM: &str = "; by whom is not reported";

/// Those of an event by role.
struct Cast {
    initiators: Vec<Name>,
    targets: Vec<Name>,
    participants: Vec<Name>,
}

/// A clause, without a capital and without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Who did what to whom.
    pub(crate) text: String,
    /// What is said after the place: that it goes on, that nobody is named; empty for nothing.
    pub(crate) remark: &'static str,
    /// What happened, where the text is no more than that it is reported.
    bare: Option<&'static str>,
}

impl Clause {
    /// The clause after `X says`.
    pub(crate) fn said(mut self) -> Self {
        if let Some(what) = self.bare {
            self.text = format!("there was {what}");
        }
        self
    }

    /// The clause with a place and a speaker, or none, before its remark.
    pub(crate) fn with(&self, place: Option<&str>, said: Option<&str>) -> String {
        let place = place.map(|place| format!(" {place}")).unwrap_or_default();
        let said = said.map(|said| format!(", {said}")).unwrap_or_default();
        format!("{}{place}{said}{}", self.text, self.remark)
    }
}

impl From<String> for Clause {
    fn from(text: String) -> Self {
        Self { text, remark: "", bare: None }
    }
}

/// The clause of an event. `narrator` is who tells it: a lone subject of that faction becomes `it`.
pub(crate) fn body(desk: &Desk<'_>, event: &Event, narrator: Option<&FactionId>) -> Clause {
    if event.kind.0 == SubType::Agreement {
        return agreement::clause(desk, event).into();
    }
    let mut cast = cast(desk, event);
    if let Some(clause) = objects::clause(event, &subject_text(&cast.initiators, narrator)) {
        return clause.into();
    }
    if fled(event, &cast) {
        return format!("{} fled", subject_text(&cast.initiators, narrator)).into();
    }
    let verb = verb(event.kind.0);
    if is_crowd(event) && cast.initiators.is_empty() && cast.targets.iter().all(|name| name.group) {
        cast.initiators = std::mem::take(&mut cast.targets);
    }
    if cast.targets.is_empty() {
        cast.targets.extend(attacked_things(event));
    }
    let mut clause = match event.phase {
        // where nobody is known to have begun it, who was beaten back is not known either
        Some(Phase::Repelled | Phase::Foiled) if cast.participants.is_empty() => {
            beaten_back(&cast, verb, event.phase, narrator).into()
        }
        _ => told(&cast, verb, event, narrator),
    };
    if event.phase == Some(Phase::Ongoing) {
        clause.remark = ", ongoing when reported";
    }
    clause
}

/// Whether people had to leave: what civilians do by themselves that is no deed of ACLED's other sub-types.
fn fled(event: &Event, cast: &Cast) -> bool {
    let people = !cast.initiators.is_empty() && cast.initiators.iter().all(|name| name.group);
    event.kind.0 == SubType::Other && people && cast.targets.is_empty()
}

fn cast(desk: &Desk<'_>, event: &Event) -> Cast {
    Cast {
        initiators: names(desk, event, Role::Initiator),
        targets: names(desk, event, Role::Target),
        participants: names(desk, event, Role::Participant),
    }
}

/// A protest whose people the text names without saying against whom: they are those who protest.
fn is_crowd(event: &Event) -> bool {
    matches!(event.kind.0, SubType::PeacefulProtest | SubType::ViolentDemonstration)
}

fn attacked_things(event: &Event) -> Vec<Name> {
    let violent = matches!(
        event.kind.0.event_type(),
        EventType::Battles
            | EventType::ExplosionsRemoteViolence
            | EventType::ViolenceAgainstCivilians
    );
    let name = |object| Name {
        text: with_indefinite(objects::label(object)),
        faction: None,
        plural: super::grammar::is_plural(objects::label(object)),
        group: false,
    };
    event.objects.iter().filter(|_| violent).take(2).map(name).collect()
}

fn told(cast: &Cast, verb: Verb, event: &Event, narrator: Option<&FactionId>) -> Clause {
    let Cast { initiators, targets, participants } = cast;
    let text = match (initiators.is_empty(), targets.is_empty(), participants.is_empty()) {
        (false, false, _) => deed(verb, event, initiators, targets, narrator),
        (false, true, true) => format!("{} {}", subject_text(initiators, narrator), verb.alone),
        (false, true, false) => mutual(&chained(initiators, participants), verb, event, narrator),
        (true, false, true) => return suffered(verb, targets, narrator),
        (true, false, false) => mutual(&chained(participants, targets), verb, event, narrator),
        (true, true, false) => mutual(participants, verb, event, narrator),
        (true, true, true) => {
            let text = format!("{} reported", verb.noun);
            return Clause { text, remark: BY_WHOM, bare: Some(verb.noun) };
        }
    };
    text.into()
}

/// Unarmed people who protest are the subject, whoever the text puts first.
fn deed(
    verb: Verb,
    event: &Event,
    by: &[Name],
    to: &[Name],
    narrator: Option<&FactionId>,
) -> String {
    let subject = subject_text(by, narrator);
    if event.kind.0 == SubType::ProtestWithIntervention && by.iter().all(|name| name.group) {
        return format!("{subject} protested, and {} intervened", texts(to));
    }
    format!("{subject} {}", verb.on.replace("{}", &texts(to)))
}

fn suffered(verb: Verb, targets: &[Name], narrator: Option<&FactionId>) -> Clause {
    if verb.suffered.is_empty() {
        return format!("unidentified attackers {}", verb.on.replace("{}", &texts(targets))).into();
    }
    let be = if plural(targets) { "were" } else { "was" };
    let predicate = verb.suffered.replace("{be}", be);
    let text = format!("{} {predicate}", subject_text(targets, narrator));
    Clause { text, remark: BY_WHOM, bare: None }
}

fn mutual(sides: &[Name], verb: Verb, event: &Event, narrator: Option<&FactionId>) -> String {
    let clash = event.kind.0.event_type() == EventType::Battles;
    match sides {
        [one] if clash => format!("{} clashed with an unidentified party", subject(one, narrator)),
        [one, other] if clash => format!("{} clashed with {}", subject(one, narrator), other.text),
        _ if clash => format!("{} clashed", texts(sides)),
        [one] => format!("{} {}", subject(one, narrator), verb.alone),
        _ => format!("{} were involved in {}", texts(sides), verb.noun),
    }
}

/// The defender is the subject of an attack that was beaten back or came to nothing.
fn beaten_back(
    cast: &Cast,
    verb: Verb,
    phase: Option<Phase>,
    narrator: Option<&FactionId>,
) -> String {
    let (active, passive) = match phase {
        Some(Phase::Foiled) => ("foiled", "came to nothing"),
        _ => ("repelled", "was repelled"),
    };
    let attackers = &cast.initiators;
    let by =
        if attackers.is_empty() { "unidentified attackers".to_owned() } else { texts(attackers) };
    if cast.targets.is_empty() {
        return format!("{} by {by} {passive}", verb.noun);
    }
    format!("{} {active} {} by {by}", subject_text(&cast.targets, narrator), verb.noun)
}

fn chained(a: &[Name], b: &[Name]) -> Vec<Name> {
    a.iter().chain(b).cloned().collect()
}

fn texts(names: &[Name]) -> String {
    joined(&names.iter().map(|name| name.text.clone()).collect::<Vec<_>>())
}

fn plural(names: &[Name]) -> bool {
    names.len() > 1 || names.iter().any(|name| name.plural)
}

fn subject_text(names: &[Name], narrator: Option<&FactionId>) -> String {
    match names {
        [one] => subject(one, narrator),
        _ => texts(names),
    }
}

fn subject(name: &Name, narrator: Option<&FactionId>) -> String {
    match (&name.faction, narrator) {
        (Some(own), Some(narrator)) if own == narrator => "it".to_owned(),
        _ => name.text.clone(),
    }
}
