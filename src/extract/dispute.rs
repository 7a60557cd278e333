//! Denials in the text, and the events that they contradict.

use super::event::candidate::{Candidate, Party};
use super::event::entity::What;
use super::names::Roster;
use super::report::merge::{Event, actors, is_contestable};
use super::speech::{Speech, Voice};
use crate::model::claim::{Denial, DenialScope, Field};

/// A contradiction in the text.
pub(super) struct Contradiction {
    pub(super) sentence: (Field, usize),
    pub(super) voices: Vec<Voice>,
    pub(super) actors: Vec<usize>,
    pub(super) explicit: bool,
}

impl Contradiction {
    pub(super) fn of(candidate: &Candidate, speech: &Speech) -> Self {
        let explicit = !speech.denials.is_empty();
        let voices = if explicit { speech.denials.clone() } else { speech.speakers.clone() };
        let actors = if explicit {
            Vec::new()
        } else {
            actors(candidate).filter_map(|party| party.faction).collect()
        };
        Self { sentence: (candidate.field, candidate.sentence), voices, actors, explicit }
    }
}

/// Attaches denials to the events they contradict.
pub(super) fn contradict(roster: &Roster, events: &mut [Event], denials: Vec<Contradiction>) {
    for denial in denials {
        let speaks = |event: &Event| {
            let all: Vec<usize> = if denial.explicit {
                event
                    .whole
                    .initiators
                    .iter()
                    .chain(&event.whole.participants)
                    .filter_map(|party| party.faction)
                    .collect()
            } else {
                actors(&event.whole).filter_map(|party| party.faction).collect()
            };
            let accused = all.into_iter();
            let deniers: Vec<usize> = denial
                .voices
                .iter()
                .flat_map(|voice| voice.factions.iter().copied())
                .chain(denial.actors.iter().copied())
                .collect();
            accused
                .into_iter()
                .any(|actor| deniers.iter().any(|denier| roster.same_side(actor, *denier)))
        };
        let violent = |event: &Event| is_contestable(event.kind);
        let open = |event: &Event| {
            denial.explicit
                && violent(event)
                && !event.whole.initiators.iter().any(|party| party.faction.is_some())
                && event.whole.participants.is_empty()
        };
        let index = events
            .iter()
            .rposition(|event| violent(event) && speaks(event))
            .or_else(|| events.iter().position(open));
        if let Some(event) = index.and_then(|index| events.get_mut(index)) {
            accuse(event, &denial);
            let scope =
                if denial.explicit { DenialScope::Perpetrator } else { DenialScope::Occurrence };
            event.whole.denials.extend(
                denial.voices.iter().map(|voice| Denial { by: voice.speaker.clone(), scope }),
            );
        }
    }
}

/// Who denies having done what nobody else is named for is the accused.
fn accuse(event: &mut Event, denial: &Contradiction) {
    let nobody = !event.whole.initiators.iter().any(|party| party.faction.is_some())
        && event.whole.participants.is_empty();
    let Some(voice) = denial
        .voices
        .iter()
        .find(|voice| !voice.factions.is_empty())
        .filter(|_| nobody && denial.explicit)
    else {
        return;
    };
    let party = Party {
        faction: voice.factions.first().copied(),
        name: voice.speaker.name.clone(),
        what: What::Force,
        class: None,
        air: false,
        named: true,
        one: false,
        carried: true,
    };
    event.whole.initiators = vec![party];
}
