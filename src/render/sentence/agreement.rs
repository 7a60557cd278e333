//! Truces, ceasefires and other agreements, by the state they are in.

use super::grammar::{capitalised, joined, with_indefinite};
use super::names::{Name, names};
use crate::model::actor::Role;
use crate::model::agreement::AgreementKind;
use crate::model::claim::Phase;
use crate::model::event::Event;
use crate::render::desk::Desk;

/// `HTS and X agreed on a truce`, `the truce between HTS and X broke down and fighting resumed`.
pub(super) fn clause(desk: &Desk<'_>, event: &Event) -> String {
    let (parties, noun) = (parties(desk, event), noun(event));
    match event.phase {
        Some(Phase::Proposed) => match names(desk, event, Role::Initiator).as_slice() {
            [] => format!("{} {} was proposed", with_indefinite(noun), between(&parties)),
            by => format!("{} proposed {}{}", texts(by), with_indefinite(noun), to(desk, event)),
        },
        Some(Phase::Broken) => {
            format!("the {noun} {} broke down and fighting resumed", between(&parties))
        }
        Some(Phase::Ended) => format!("the {noun} {} ended", between(&parties)),
        Some(Phase::Foiled | Phase::Repelled) => {
            format!("talks on {} {} came to nothing", with_indefinite(noun), between(&parties))
        }
        _ if parties.is_empty() => {
            format!("{} reported; the parties are not named", with_indefinite(noun))
        }
        _ if noun == "agreement" => format!("{} reached an agreement", joined(&parties)),
        _ if is_done(event) => format!("{} exchanged prisoners", joined(&parties)),
        _ => format!("{} agreed on a {noun}", joined(&parties)),
    }
}

/// The state of an agreement in two or three words, for the section on talks.
pub(crate) fn state(event: &Event) -> &'static str {
    match event.phase {
        Some(Phase::InForce | Phase::Ongoing) | None if is_done(event) => "carried out",
        Some(Phase::InForce) if event.agreement().is_exchange() => "agreed",
        Some(Phase::Proposed) => "proposed, not agreed",
        Some(Phase::InForce | Phase::Ongoing) => "in force",
        Some(Phase::Broken) => "broken, fighting resumed",
        Some(Phase::Ended) => "ended",
        Some(Phase::Foiled | Phase::Repelled) => "came to nothing",
        None => "state not reported",
    }
}

/// All who take part, in any role.
pub(crate) fn parties(desk: &Desk<'_>, event: &Event) -> Vec<String> {
    let roles = [Role::Initiator, Role::Participant, Role::Target];
    let mut all: Vec<String> = Vec::new();
    for name in roles.into_iter().flat_map(|role| names(desk, event, role)) {
        if !all.contains(&name.text) {
            all.push(name.text);
        }
    }
    all
}

/// Whether prisoners have changed hands already.
fn is_done(event: &Event) -> bool {
    event.agreement() == AgreementKind::PrisonerExchange { done: true }
}

/// What kind of agreement it is.
pub(super) fn noun(event: &Event) -> &'static str {
    match event.agreement() {
        AgreementKind::Ceasefire => "ceasefire",
        AgreementKind::Truce => "truce",
        AgreementKind::PrisonerExchange { .. } => "prisoner exchange",
        AgreementKind::Other => "agreement",
    }
}

fn between(parties: &[String]) -> String {
    match parties {
        [] => "between parties that are not named".to_owned(),
        [one] => format!("with {one}"),
        _ => format!("between {}", joined(parties)),
    }
}

fn to(desk: &Desk<'_>, event: &Event) -> String {
    let to = names(desk, event, Role::Target);
    if to.is_empty() { String::new() } else { format!(" to {}", texts(&to)) }
}

fn texts(names: &[Name]) -> String {
    joined(&names.iter().map(|name| name.text.clone()).collect::<Vec<_>>())
}

/// `Truce`, `Ceasefire`, for a line that begins with it.
pub(crate) fn title(event: &Event) -> String {
    capitalised(noun(event))
}
