//! The lead of a subject line: short, and never without its attribution (B-10 to B-13).

use super::grammar::capitalised;
use super::names::faction_name;
use super::place::region;
use super::speaker::{one_side, says};
use super::verb::verb;
use super::{agreement, at_place};
use crate::model::actor::Role;
use crate::model::claim::Phase;
use crate::model::event::{Event, Support};
use crate::model::kind::SubType;
use crate::render::desk::Desk;

/// Headlines of an event, the fullest first; `says` is in each of those of a one-sided event.
pub(crate) fn headline(desk: &Desk<'_>, event: &Event) -> Vec<String> {
    let said = match event.support {
        Support::OneSide => {
            one_side(desk, event).map(|speaker| format!(", {}", says(&speaker.name)))
        }
        _ => None,
    };
    let said = said.unwrap_or_default();
    bare(desk, event).into_iter().map(|text| format!("{text}{said}")).collect()
}

fn bare(desk: &Desk<'_>, event: &Event) -> Vec<String> {
    let (what, region) = (what(event), region(event));
    let who = actor(desk, event).map(|who| format!(" by {who}")).unwrap_or_default();
    let place = at_place(event).map(|place| format!(" {place}"));
    let mut all = Vec::new();
    if let Some(place) = place {
        all.push(format!("{region}: {what}{who}{place}"));
        all.push(format!("{region}: {what}{place}"));
    }
    all.push(format!("{region}: {what}{who}"));
    all.push(format!("{region}: {what}"));
    if event.kind.0 == SubType::Agreement && event.phase == Some(Phase::Broken) {
        all.push(format!("{region}: {} broken", agreement::noun(event)));
    }
    all
}

fn what(event: &Event) -> String {
    match event.kind.0 {
        SubType::Agreement => format!("{}, {}", agreement::noun(event), agreement::state(event)),
        SubType::ArmedClash if event.with_role(Role::Initiator).next().is_some() => {
            "attack".to_owned()
        }
        kind => verb(kind).one.to_owned(),
    }
}

/// The one who began it, where there is exactly one and it has a name.
fn actor(desk: &Desk<'_>, event: &Event) -> Option<String> {
    let mut initiators = event.with_role(Role::Initiator).filter(|actor| actor.faction.is_some());
    let one = initiators.next().filter(|_| initiators.next().is_none())?;
    if event.kind.0 == SubType::Agreement {
        return None;
    }
    Some(faction_name(desk, one.faction.as_ref(), &one.name))
}

/// A headline for a short mention inside the digest.
pub(crate) fn mention(event: &Event) -> String {
    capitalised(&what(event))
}
