//! Denials in the text, and the events that they contradict; a denial that meets none is an event of its own.

use super::event::candidate::{Candidate, Party};
use super::event::entity::What;
use super::language::Rule;
use super::names::Roster;
use super::report::meet;
use super::report::merge::{Event, Merger, actors, is_contestable};
use super::speech::{Speech, Voice};
use crate::model::claim::{Denial, DenialScope, Field};
use crate::model::faction::FactionKind;

/// How many sentences after an event "denied it" still means it.
const NEAR: usize = 3;

/// A contradiction in the text.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact that the sentence states")]
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
    /// A report is contradicted, not what is said of the denier itself.
    reported: bool,
    /// The words tell the deed, not only that an accusation is rejected.
    plain: bool,
    /// Only the numbers are contradicted.
    figures: bool,
    /// What was told right before is contradicted, whoever did it: "but Kyiv denied it".
    points: bool,
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
            reported: speech.reported,
            plain: speech.plain,
            figures: speech.figures,
            points: speech.points,
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

/// A party that the text names elsewhere.
fn force(faction: usize, name: String) -> Party {
    Party {
        faction: Some(faction),
        name,
        what: What::Force,
        class: None,
        air: false,
        named: true,
        one: false,
        carried: true,
    }
}

/// Attaches denials to the events they contradict; a denied deed that no event tells becomes one.
pub(super) fn contradict(
    merger: &Merger<'_, '_>,
    events: &mut Vec<Event>,
    denials: Vec<Contradiction>,
) {
    for denial in denials {
        let harmless = |deed: &Candidate| !is_contestable(merger.event(deed.clone()).kind);
        if denial.deed.as_ref().is_some_and(harmless) {
            continue;
        }
        let court = Court { merger, roster: merger.roster };
        let host = Case::new(&court, &denial).host(events);
        match host.and_then(|index| events.get_mut(index)) {
            Some(event) => court.answer(event, &denial),
            None => events.extend(court.alone(&denial)),
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

    /// Adds the denial to the event.
    fn answer(&self, event: &mut Event, denial: &Contradiction) {
        if let Some(deed) = denial.deed.as_ref().filter(|_| event.denied && denial.explicit) {
            supplement(&mut event.whole, deed);
        }
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
            let scope = if denial.figures {
                DenialScope::Figures
            } else if does || own {
                DenialScope::Perpetrator
            } else {
                DenialScope::Occurrence
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
        self.defend(event, denial);
        let victims: Vec<usize> = factions(&event.whole.targets).collect();
        let free = |factions: &[usize]| !self.same_side(factions.iter().copied(), &victims);
        let reporter =
            denial.reporters.iter().copied().filter(|_| denial.deed.is_some()).find(|faction| {
                !denial.deniers().any(|denier| self.roster.same_side(denier, *faction))
            });
        let denier = denial.voices.iter().filter(|_| !denial.reported).find_map(|voice| {
            let faction = voice.factions.first().filter(|_| free(&voice.factions))?;
            Some((*faction, voice.speaker.name.clone()))
        });
        let reported =
            || reporter.map(|faction| (faction, self.roster.party(faction).name.clone()));
        if let Some((faction, name)) = denier.or_else(reported) {
            event.whole.initiators = vec![force(faction, name)];
        }
    }

    /// A post that was attacked is that of the state which denies the attack.
    fn defend(&self, event: &mut Event, denial: &Contradiction) {
        let post = denial.deed.as_ref().is_some_and(|deed| deed.post);
        if !post || factions(&event.whole.targets).next().is_some() {
            return;
        }
        let state = denial.voices.iter().find_map(|voice| {
            let is_state =
                |faction: &usize| self.roster.party(*faction).kind == FactionKind::StateForces;
            voice.factions.iter().copied().find(is_state)
        });
        event
            .whole
            .targets
            .extend(state.map(|faction| force(faction, self.roster.party(faction).name.clone())));
    }

    /// The event of a deed that the article tells only as denied.
    fn alone(&self, denial: &Contradiction) -> Option<Event> {
        let deed = denial.deed.as_ref().filter(|deed| {
            denial.explicit
                && denial.plain
                && !denial.figures
                && !deed.effects_only
                && matches!(deed.drop, None | Some(Rule::Failed))
                && !deed.spots.is_empty()
        })?;
        let mut event = self.merger.event(Candidate { drop: None, ..deed.clone() });
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

/// One denial against the events of a document.
struct Case<'c, 'm, 'a> {
    court: &'c Court<'m, 'a>,
    denial: &'c Contradiction,
    told: Option<Event>,
    deniers: Vec<usize>,
    named: Vec<usize>,
}

impl<'c, 'm, 'a> Case<'c, 'm, 'a> {
    fn new(court: &'c Court<'m, 'a>, denial: &'c Contradiction) -> Self {
        let deniers: Vec<usize> = denial.deniers().collect();
        let parties = denial.deed.iter().flat_map(actors).filter_map(|party| party.faction);
        let named = deniers.iter().copied().chain(parties).collect();
        let told = denial.deed.clone().map(|deed| court.merger.event(deed));
        Self { court, denial, told, deniers, named }
    }

    /// The event that is contradicted: what the denier is accused of, else what touches it or happened where it says, else
    /// what nobody is named for. A deed that is placed by the text before it may still be the denier's elsewhere.
    fn host(&self, events: &[Event]) -> Option<usize> {
        let last = |test: &dyn Fn(&Event) -> bool| {
            events.iter().rposition(|event| is_open(event) && self.meets(event) && test(event))
        };
        let own = |event: &Event| self.is_own(event);
        let touched = |event: &Event| self.is_touched(event);
        let counted = |event: &Event| self.is_own(event) && !event.whole.tolls.is_empty();
        let numbers = |event: &Event| event.whole.tolls.iter().any(|toll| toll.killed.is_some());
        let first = match (self.denial.explicit, &self.denial.deed) {
            (true, _) if self.denial.figures => last(&counted).or_else(|| last(&numbers)),
            (true, Some(_)) => last(&own),
            (true, None) => last(&counted).or_else(|| last(&own)),
            (false, _) => None,
        };
        let carried = self.denial.deed.as_ref().is_some_and(|deed| !deed.own_place);
        first
            .or_else(|| last(&touched))
            .or_else(|| events.iter().rposition(|event| self.is_again(event)))
            .or_else(|| {
                let elsewhere = |event: &Event| is_open(event) && self.is_own(event);
                events.iter().rposition(elsewhere).filter(|_| carried && self.denial.explicit)
            })
            .or_else(|| events.iter().position(|event| self.is_unclaimed(event)))
            .or_else(|| events.iter().rposition(|event| self.is_pointed_at(event)))
    }

    fn is_near(&self, event: &Event) -> bool {
        let at = self.denial.sentence.1;
        event.sentences.iter().any(|told| (*told..*told + NEAR).contains(&at))
    }

    /// "it" is what the same sentence tells, or the one before.
    fn is_pointed_at(&self, event: &Event) -> bool {
        let at = self.denial.sentence.1;
        let near = event.sentences.iter().any(|told| *told == at || *told + 1 == at);
        near && self.denial.points && self.denial.deed.is_none() && is_open(event)
    }

    fn meets(&self, event: &Event) -> bool {
        self.told.as_ref().is_none_or(|told| {
            if told.spots.is_empty() {
                self.denial.explicit || self.is_near(event)
            } else {
                meet(event, told)
            }
        })
    }

    fn is_own(&self, event: &Event) -> bool {
        let doers = event.whole.initiators.iter().chain(&event.whole.participants);
        self.court.same_side(doers.filter_map(|party| party.faction), &self.deniers)
    }

    fn is_touched(&self, event: &Event) -> bool {
        let parties = actors(&event.whole).filter_map(|party| party.faction);
        self.court.same_side(parties, &self.named)
    }

    fn is_again(&self, event: &Event) -> bool {
        self.told.as_ref().is_some_and(|told| {
            event.denied && self.court.merger.compatible(event, told)
                || !told.spots.is_empty() && meet(event, told)
        })
    }

    fn is_unclaimed(&self, event: &Event) -> bool {
        let nobody = factions(&event.whole.initiators).next().is_none()
            && event.whole.participants.is_empty();
        let told = self.denial.deed.is_some() || event.headline || self.is_near(event);
        nobody && told && self.denial.explicit && is_open(event) && self.meets(event)
    }
}

/// What another denial says of the same deed beyond the one told first.
fn supplement(whole: &mut Candidate, deed: &Candidate) {
    if whole.targets.is_empty() {
        whole.targets.clone_from(&deed.targets);
    }
    if !whole.own_date && deed.own_date {
        (whole.date, whole.own_date) = (deed.date, true);
    }
}

/// Whether a denial can be about the event: somebody can have done it, and nothing but a denial told it yet.
fn is_open(event: &Event) -> bool {
    is_contestable(event.kind) && !event.denied
}
