//! Denials in the text, and the events that they contradict; a denial that meets none is an event of its own.

use super::event::candidate::{Candidate, Party};
use super::event::entity::What;
use super::language::Rule;
use super::names::Roster;
use super::report::merge::{Event, Merger, actors, is_contestable};
use super::speech::{Speech, Voice};
use crate::model::claim::{Denial, DenialScope, Field};

/// A contradiction in the text.
pub(super) struct Contradiction {
    /// Where it stands.
    pub(super) sentence: (Field, usize),
    /// Who contradicts.
    voices: Vec<Voice>,
    /// What is contradicted, where the sentence says it.
    deed: Option<Candidate>,
    /// Whose report is contradicted.
    reporters: Vec<usize>,
    /// A verb of denying, not only a report of nothing.
    explicit: bool,
    /// Only the numbers are contradicted.
    figures: bool,
}

impl Contradiction {
    /// The contradiction of a deed: `denied` where a verb of denying governs it, else reported not to have happened.
    pub(super) fn of(candidate: Candidate, speech: &Speech, denied: bool) -> Self {
        let mut all = Self::bare((candidate.field, candidate.sentence), speech);
        if !denied {
            (all.explicit, all.figures) = (false, false);
            all.voices.clone_from(&speech.speakers);
        }
        all.deed = Some(candidate);
        all
    }

    /// A denial that does not say what is denied: "Its spokesman denied it".
    pub(super) fn bare(sentence: (Field, usize), speech: &Speech) -> Self {
        let reporters =
            speech.reporters.iter().flat_map(|voice| voice.factions.iter().copied()).collect();
        Self {
            sentence,
            voices: speech.denials.clone(),
            deed: None,
            reporters,
            explicit: true,
            figures: speech.figures,
        }
    }

    fn deniers(&self) -> impl Iterator<Item = usize> {
        self.voices.iter().flat_map(|voice| voice.factions.iter().copied())
    }

    /// What it says itself of who did it.
    fn accused(&self) -> impl Iterator<Item = usize> {
        self.deed.iter().flat_map(|deed| factions(&deed.initiators))
    }
}

fn factions(parties: &[Party]) -> impl Iterator<Item = usize> {
    parties.iter().filter_map(|party| party.faction)
}

/// Attaches denials to the events they contradict; a denied deed that no event tells becomes one.
pub(super) fn contradict(
    merger: &Merger<'_, '_>,
    events: &mut Vec<Event>,
    denials: Vec<Contradiction>,
) {
    for mut denial in denials {
        let court = Court { merger, roster: merger.roster };
        match court.host(events, &denial).and_then(|index| events.get_mut(index)) {
            Some(event) => court.answer(event, &denial),
            None => events.extend(court.alone(&mut denial)),
        }
    }
}

struct Court<'m, 'a> {
    merger: &'m Merger<'m, 'a>,
    roster: &'m Roster,
}

impl Court<'_, '_> {
    fn same_side(&self, mut some: impl Iterator<Item = usize>, others: &[usize]) -> bool {
        some.any(|a| others.iter().any(|b| self.roster.same_side(a, *b)))
    }

    /// The event that is contradicted: what the denier is accused of, else what was done to it or where it says.
    fn host(&self, events: &[Event], denial: &Contradiction) -> Option<usize> {
        let deniers: Vec<usize> = denial.deniers().collect();
        let told = denial.deed.clone().map(|deed| self.merger.event(deed));
        let open = |event: &Event| is_contestable(event.kind) && !event.denied;
        let meets = |event: &Event| {
            told.as_ref().is_none_or(|told| told.spots.is_empty() || self.merger.meet(event, told))
        };
        let own = |event: &Event| {
            let doers = event.whole.initiators.iter().chain(&event.whole.participants);
            self.same_side(doers.filter_map(|party| party.faction), &deniers)
        };
        let touched = |event: &Event| {
            let parties = actors(&event.whole).filter_map(|party| party.faction);
            let named: Vec<usize> = deniers
                .iter()
                .copied()
                .chain(denial.deed.iter().flat_map(|deed| {
                    actors(deed).filter_map(|party| party.faction).collect::<Vec<_>>()
                }))
                .collect();
            self.same_side(parties, &named)
        };
        let again = |event: &Event| {
            told.as_ref().is_some_and(|told| {
                event.denied && self.merger.compatible(event, told)
                    || !told.spots.is_empty() && self.merger.meet(event, told)
            })
        };
        let last = |test: &dyn Fn(&Event) -> bool| {
            events.iter().rposition(|event| open(event) && meets(event) && test(event))
        };
        let nobody = |event: &Event| {
            factions(&event.whole.initiators).next().is_none()
                && event.whole.participants.is_empty()
        };
        let first = if denial.explicit { last(&own) } else { None };
        first
            .or_else(|| last(&touched))
            .or_else(|| events.iter().rposition(|event| again(event)))
            .or_else(|| {
                let told = denial.deed.is_none() || !denial.explicit;
                events
                    .iter()
                    .position(|event| {
                        denial.explicit && open(event) && meets(event) && nobody(event)
                    })
                    .filter(|_| told || !deniers.is_empty())
            })
    }

    /// Adds the denial to the event.
    fn answer(&self, event: &mut Event, denial: &Contradiction) {
        self.accuse(event, denial);
        let doers: Vec<usize> =
            factions(&event.whole.initiators).chain(factions(&event.whole.participants)).collect();
        for voice in &denial.voices {
            let does = self.same_side(voice.factions.iter().copied(), &doers);
            let own = denial.accused().any(|accused| {
                voice.factions.iter().any(|faction| self.roster.same_side(*faction, accused))
            });
            // no party denies what it says itself
            if does && !denial.explicit && !own {
                continue;
            }
            let scope = match does {
                _ if denial.figures => DenialScope::Figures,
                true => DenialScope::Perpetrator,
                false => DenialScope::Occurrence,
            };
            let said = Denial { by: voice.speaker.clone(), scope };
            if !event.whole.denials.contains(&said) {
                event.whole.denials.push(said);
            }
            if scope == DenialScope::Occurrence {
                event.whole.speakers.retain(|speaker| *speaker != voice.speaker);
            }
        }
    }

    /// Who denies having done what nobody else is named for is the accused.
    fn accuse(&self, event: &mut Event, denial: &Contradiction) {
        let nobody = factions(&event.whole.initiators).next().is_none()
            && event.whole.participants.is_empty();
        if !nobody || !denial.explicit || denial.figures {
            return;
        }
        let victims: Vec<usize> = factions(&event.whole.targets).collect();
        let named = denial.reporters.iter().copied().find(|faction| {
            let hit = denial.deniers().any(|denier| self.roster.same_side(denier, *faction));
            !hit && denial.deed.is_some()
        });
        let voice = denial.voices.iter().find(|voice| {
            !voice.factions.is_empty() && !self.same_side(voice.factions.iter().copied(), &victims)
        });
        let party = match (named.filter(|_| voice.is_none()), voice) {
            (Some(faction), _) => (faction, self.roster.party(faction).name.clone()),
            (None, Some(voice)) => {
                let Some(faction) = voice.factions.first() else { return };
                (*faction, voice.speaker.name.clone())
            }
            (None, None) => return,
        };
        event.whole.initiators = vec![Party {
            faction: Some(party.0),
            name: party.1,
            what: What::Force,
            class: None,
            air: false,
            named: true,
            one: false,
            carried: true,
        }];
    }

    /// The event of a deed that the article tells only as denied.
    fn alone(&self, denial: &mut Contradiction) -> Option<Event> {
        let deed = denial.deed.take_if(|deed| {
            denial.explicit
                && !denial.figures
                && !deed.effects_only
                && matches!(deed.drop, None | Some(Rule::Failed))
                && !deed.spots.is_empty()
        })?;
        let mut event = self.merger.event(Candidate { drop: None, ..deed });
        if !is_contestable(event.kind) {
            return None;
        }
        (event.denied, event.own_voice) = (true, false);
        event.whole.speakers.clear();
        self.answer(&mut event, denial);
        let parties = actors(&event.whole).any(|party| party.faction.is_some());
        (parties && !event.whole.denials.is_empty()).then_some(event)
    }
}
