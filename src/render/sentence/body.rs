//! Who did what to whom: the clause at the heart of a line.

use super::agreement;
use super::grammar::{capitalised, joined, with_indefinite};
use super::names::{Name, names};
use super::objects;
use super::verb::{Verb, verb};
use crate::model::actor::Role;
use crate::model::claim::Phase;
use crate::model::event::Event;
use crate::model::id::FactionId;
use crate::model::kind::{EventType, SubType};
use crate::render::desk::Desk;

/// Those of an event by role.
struct Cast {
    initiators: Vec<Name>,
    targets: Vec<Name>,
    participants: Vec<Name>,
}

/// The clause, without a capital and without a full stop. `narrator` is who tells it: a lone subject of that
/// faction becomes `it`.
pub(crate) fn body(desk: &Desk<'_>, event: &Event, narrator: Option<&FactionId>) -> String {
    if event.kind.0 == SubType::Agreement {
        return agreement::clause(desk, event);
    }
    let mut cast = cast(desk, event);
    if let Some(clause) = objects::clause(event, &subject_text(&cast.initiators, narrator)) {
        return clause;
    }
    let verb = verb(event.kind.0);
    if cast.targets.is_empty() {
        cast.targets.extend(attacked_things(event));
    }
    let clause = match event.phase {
        Some(Phase::Repelled | Phase::Foiled) => beaten_back(&cast, verb, event.phase, narrator),
        _ => told(&cast, verb, event, narrator),
    };
    if event.phase == Some(Phase::Ongoing) { format!("{clause}, ongoing when reported") } else { clause }
}

fn cast(desk: &Desk<'_>, event: &Event) -> Cast {
    Cast {
        initiators: names(desk, event, Role::Initiator),
        targets: names(desk, event, Role::Target),
        participants: names(desk, event, Role::Participant),
    }
}

fn attacked_things(event: &Event) -> Vec<Name> {
    let violent = matches!(
        event.kind.0.event_type(),
        EventType::Battles | EventType::ExplosionsRemoteViolence | EventType::ViolenceAgainstCivilians
    );
    let name = |object| Name {
        text: with_indefinite(objects::label(object)),
        faction: None,
        plural: super::grammar::is_plural(objects::label(object)),
        group: false,
    };
    event.objects.iter().filter(|_| violent).take(2).map(name).collect()
}

fn told(cast: &Cast, verb: Verb, event: &Event, narrator: Option<&FactionId>) -> String {
    let Cast { initiators, targets, participants } = cast;
    match (initiators.is_empty(), targets.is_empty(), participants.is_empty()) {
        (false, false, _) => deed(verb, event, initiators, targets, narrator),
        (false, true, true) => format!("{} {}", subject_text(initiators, narrator), verb.alone),
        (false, true, false) => mutual(&chained(initiators, participants), verb, event, narrator),
        (true, false, true) => suffered(verb, targets, narrator),
        (true, false, false) => mutual(&chained(participants, targets), verb, event, narrator),
        (true, true, false) => mutual(participants, verb, event, narrator),
        (true, true, true) => format!("{} reported, by whom is not known", verb.noun),
    }
}

/// Unarmed people who protest are the subject, whoever the text puts first.
fn deed(verb: Verb, event: &Event, by: &[Name], to: &[Name], narrator: Option<&FactionId>) -> String {
    let subject = subject_text(by, narrator);
    if event.kind.0 == SubType::ProtestWithIntervention && by.iter().all(|name| name.group) {
        return format!("{subject} protested, and {} intervened", texts(to));
    }
    format!("{subject} {}", verb.on.replace("{}", &texts(to)))
}

fn suffered(verb: Verb, targets: &[Name], narrator: Option<&FactionId>) -> String {
    if verb.suffered.is_empty() {
        return format!("unidentified attackers {}", verb.on.replace("{}", &texts(targets)));
    }
    let be = if plural(targets) { "were" } else { "was" };
    let predicate = verb.suffered.replace("{be}", be);
    format!("{} {predicate}, by whom is not reported", subject_text(targets, narrator))
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
    let attackers = if cast.initiators.is_empty() { &cast.participants } else { &cast.initiators };
    let by = if attackers.is_empty() { "unidentified attackers".to_owned() } else { texts(attackers) };
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

/// A clause as the beginning of a sentence.
pub(crate) fn sentence(clause: &str) -> String {
    capitalised(clause)
}
