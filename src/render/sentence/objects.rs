//! Things that are nobody's materiel: checkpoints, roads, aid, buildings.

use super::grammar::{is_plural, joined, with_indefinite};
use crate::model::casualty::{Fate, Object};
use crate::model::event::Event;
use crate::model::kind::SubType;
use crate::render::wording::takes_no_side;

/// The clause of an event that is about things: `Fa Ithbatu set up checkpoints`; none for any other event.
pub(super) fn clause(event: &Event, subject: &str) -> Option<String> {
    if event.kind.0 != SubType::Other {
        return None;
    }
    let first = event.objects.first()?;
    // of what was only "hit" this says less than the deed itself
    let fate = first.fate.filter(|fate| *fate != Fate::Hit)?;
    let same = event.objects.iter().filter(|object| object.fate == Some(fate));
    let things = same.map(|object| with_indefinite(label(object))).collect::<Vec<_>>();
    if !subject.is_empty() {
        return Some(format!("{subject} {} {}", active(fate), joined(&things)));
    }
    let be = if things.len() > 1 || is_plural(label(first)) { "were" } else { "was" };
    Some(format!("{} {be} {}", joined(&things), passive(fate)))
}

/// `a school damaged`: what became of things, for the clause after the figures; that they were hit the clause says.
pub(super) fn fates(event: &Event) -> Vec<String> {
    if event.kind.0 == SubType::Other {
        return Vec::new();
    }
    let fate = |object: &Object| object.fate.filter(|fate| *fate != Fate::Hit);
    let told = event.objects.iter().filter_map(|object| Some((label(object), fate(object)?)));
    told.take(2)
        .map(|(name, fate)| format!("{} {}", with_indefinite(name), passive(fate)))
        .collect()
}

/// What a thing is called; its class where the text's word takes a side.
pub(super) fn label(object: &Object) -> &str {
    if takes_no_side(&object.name) { &object.name } else { &object.kind }
}

fn active(fate: Fate) -> &'static str {
    match fate {
        Fate::Established => "set up",
        Fate::Downed => "shot down",
        other => passive(other),
    }
}

/// The participle of a fate.
pub(super) fn passive(fate: Fate) -> &'static str {
    match fate {
        Fate::Destroyed => "destroyed",
        Fate::Damaged => "damaged",
        Fate::Captured => "captured",
        Fate::Downed => "shot down",
        Fate::Seized => "seized",
        Fate::Looted => "looted",
        Fate::Burned => "burned",
        Fate::Surrendered => "given up",
        Fate::Established => "set up",
        Fate::Removed => "removed",
        Fate::Closed => "closed",
        Fate::Opened => "opened",
        Fate::Blocked => "blocked",
        Fate::Hit => "hit",
    }
}
