//! The side of each loss: who the dead, the wounded and the captured belong to.

use super::build::Builder;
use super::candidate::{Candidate, Party, Toll, Whose, party};
use super::effects::Loss;
use super::entity::{Entity, What};
use super::memory::Memory;
use super::party::{is_attacker, part, same};
use crate::extract::language::{Armed, Effect, Family};
use crate::model::casualty::Figure;
use crate::model::claim::Phase;
use crate::model::faction::FactionKind;

impl Builder<'_, '_> {
    /// The side of each loss.
    pub(super) fn tolls(&self, candidate: &mut Candidate, memory: &Memory) {
        for loss in candidate.losses.clone() {
            let (side, unsaid) = self.side(candidate, &loss, memory);
            let said = side.faction.is_some() || self.beaten_back(candidate, &loss).is_some();
            let mut whose = if said { Whose::Said } else { self.whose(&loss, memory) };
            if unsaid && whose == Whose::Said && is_assault_on_an_area(candidate) {
                whose = Whose::Folk;
            }
            let object = loss.object && !candidate.initiators.is_empty();
            let doers: Vec<usize> = candidate
                .initiators
                .iter()
                .filter_map(|party| party.faction.filter(|_| object))
                .collect();
            let place = candidate
                .tolls
                .iter()
                .position(|toll| same(&toll.side, &side) && toll.unsaid == unsaid);
            let index = place.unwrap_or_else(|| {
                candidate.tolls.push(Toll {
                    side: side.clone(),
                    killed: None,
                    wounded: None,
                    captured: None,
                    unsaid,
                    whose,
                    doers: doers.clone(),
                    speakers: Vec::new(),
                });
                candidate.tolls.len() - 1
            });
            let toll = &mut candidate.tolls[index];
            let slot = match loss.effect {
                Effect::Killed => &mut toll.killed,
                Effect::Wounded => &mut toll.wounded,
                Effect::Captured => &mut toll.captured,
            };
            if !is_said_again(slot.as_ref(), loss.figure.as_ref()) {
                *slot = sum(slot.take(), loss.figure.clone());
            }
        }
    }

    fn side(&self, candidate: &Candidate, loss: &Loss, memory: &Memory) -> (Party, bool) {
        let entity = &loss.entity;
        if let Some(party) = self.beaten_back(candidate, loss) {
            return (party, false);
        }
        let foes = self.whose(loss, memory) == Whose::Foes;
        let other = self
            .opponent(candidate, memory)
            .or_else(|| self.named_before(candidate, entity, memory))
            .filter(|_| foes);
        if let Some(party) = other.or_else(|| self.crew(entity)) {
            return (party, false);
        }
        if !entity.factions.is_empty()
            || entity.what == What::Civilians && entity.class.is_some() && !self.is_people(entity)
        {
            let parties = self.party(entity, memory);
            if let Some(party) = parties.into_iter().next() {
                return (self.precise(candidate, &party), false);
            }
        }
        // "Thirty Killed in Raids": a headline's word for the dead names nobody
        if entity.factions.is_empty()
            && entity.class.is_none()
            && self.setting.lexicon.effect_of_word(self.parsed.norm(entity.head)).is_some()
        {
            return self.unsaid(candidate, entity);
        }
        if entity.what == What::Force
            && self.possessor(entity).is_none()
            && let Some(party) = self.matching(candidate, loss)
        {
            return (party, false);
        }
        // "wounding a number of them": not of those who did it
        let did = |own: &Party| candidate.initiators.iter().any(|doer| doer.faction == own.faction);
        let own = self.party(entity, memory).into_iter().next().filter(|own| !(foes && did(own)));
        match entity.what {
            What::Force | What::Person | What::Name => {
                let name = self.parsed.slice(entity.first, entity.last);
                (own.unwrap_or_else(|| party(entity, name, None)), false)
            }
            What::Pronoun if own.is_some() => {
                (own.unwrap_or_else(|| party(entity, "", None)), false)
            }
            _ => self.unsaid(candidate, entity),
        }
    }

    /// "A repelled an attack by B, killing 12": of B.
    fn beaten_back(&self, candidate: &Candidate, loss: &Loss) -> Option<Party> {
        let repelled = candidate.phase == Some(Phase::Repelled) && loss.beside;
        let entity = &loss.entity;
        let nameless = entity.factions.is_empty()
            && (matches!(entity.what, What::Other | What::Pronoun)
                || self.is_people(entity)
                || self.setting.lexicon.effect_of_word(self.parsed.norm(entity.head)).is_some());
        match &candidate.initiators[..] {
            [attacker] if repelled && nameless && attacker.is_armed() => Some(attacker.clone()),
            _ => None,
        }
    }

    /// "destroyed two posts of the militants, killing a number of them": the fighters that the sentence names before, who did
    /// not do it.
    fn named_before(&self, candidate: &Candidate, them: &Entity, memory: &Memory) -> Option<Party> {
        let sentence = self.parsed.sentence_of(them.first)?;
        let mut fighters = sentence.entities.iter().flatten().filter(|entity| {
            entity.what == What::Force && entity.class.is_some() && entity.head < them.first
        });
        let last = fighters.next_back()?;
        let party = self.party(last, memory).into_iter().next()?;
        let did = candidate.initiators.iter().any(|doer| same(doer, &party));
        (!did && !candidate.initiators.is_empty()).then_some(party)
    }

    /// How the words say whose the loss is.
    fn whose(&self, loss: &Loss, memory: &Memory) -> Whose {
        let entity = &loss.entity;
        let head = self.parsed.norm(entity.head);
        let prisoner = loss.effect == Effect::Captured
            && matches!(head, "prisoners" | "prisoner" | "captives" | "pows");
        let them = entity.what == What::Pronoun && entity.count.is_some() && head == "them";
        // attackers whom the text has called by a word for fighters are whom that word means
        let worded =
            memory.initiators.iter().all(|party| party.faction.is_none() && party.is_armed());
        if loss.mixed {
            Whose::Mixed
        } else if self.is_aboard(entity) {
            Whose::Aboard
        } else if them || prisoner {
            Whose::Foes
        } else if is_attacker(head) && (memory.initiators.is_empty() || !worded) {
            Whose::Doers
        } else {
            Whose::Said
        }
    }

    /// "all five people on board".
    fn is_aboard(&self, entity: &Entity) -> bool {
        let after = (self.parsed.norm(entity.last), self.parsed.norm(entity.last + 1));
        matches!(after, ("aboard" | "onboard", _) | ("on", "board"))
    }

    /// The other side of a deed: its target, or the party told of before that is not the doer's.
    pub(super) fn opponent(&self, candidate: &Candidate, memory: &Memory) -> Option<Party> {
        let roster = self.roster();
        let doers: Vec<usize> =
            candidate.initiators.iter().filter_map(|party| party.faction).collect();
        let apart = |party: &&Party| {
            party
                .faction
                .is_some_and(|faction| !doers.iter().any(|doer| roster.related(*doer, faction)))
        };
        // "A clashed with B, killing a number of them"
        if let ([], [first, rest @ ..]) = (&doers[..], &candidate.participants[..]) {
            let other = |party: &&Party| match (first.faction, party.faction) {
                (Some(own), Some(faction)) => !roster.related(own, faction),
                _ => !same(first, party),
            };
            return rest.iter().find(other).cloned();
        }
        let told = memory.last.iter().filter(|_| !doers.is_empty());
        candidate.targets.iter().find(apart).or_else(|| told.rev().find(apart)).cloned()
    }

    /// "its driver", "its crew": of the party whose vehicle or post the sentence names before.
    fn crew(&self, entity: &Entity) -> Option<Party> {
        let crew = matches!(
            self.parsed.norm(entity.head),
            "driver" | "drivers" | "crew" | "pilot" | "pilots" | "gunner" | "occupants" | "crewmen"
        );
        let its = entity.first.checked_sub(1).map(|before| self.parsed.norm(before));
        if !crew || !matches!(its, Some("its" | "their" | "the")) || !entity.factions.is_empty() {
            return None;
        }
        let sentence = self.parsed.sentence_of(entity.first)?;
        let mut things = sentence.entities.iter().flatten().filter(|other| {
            other.head < entity.first
                && matches!(other.what, What::Materiel | What::Position | What::Object(_))
        });
        let owner = things.next_back()?.factions.first().copied()?;
        let name = self.parsed.slice(entity.first, entity.last);
        Some(Party { what: What::Force, ..party(entity, name, Some(owner)) })
    }

    /// The target that a wider name means here, else the party itself.
    fn precise(&self, candidate: &Candidate, party: &Party) -> Party {
        let wide = party.faction;
        let target = wide.and_then(|wide| part(self.roster(), &candidate.targets, wide));
        target.map_or(party.clone(), |target| Party { class: party.class, ..target.clone() })
    }

    fn is_people(&self, entity: &Entity) -> bool {
        matches!(
            self.parsed.norm(entity.head),
            "people"
                | "persons"
                | "person"
                | "others"
                | "victims"
                | "casualties"
                | "fatalities"
                | "men"
                | "personnel"
                | "individuals"
                | "members"
                | "crew"
        )
    }

    /// "people", "12 dead": the armed target where it alone was hit; else people of whom nothing is said.
    fn unsaid(&self, candidate: &Candidate, entity: &Entity) -> (Party, bool) {
        let armed: Vec<&Party> = candidate
            .targets
            .iter()
            .filter(|party| party.is_armed() && party.faction.is_some())
            .collect();
        let civil = candidate.targets.iter().any(Party::is_civil);
        if let [only] = armed[..]
            && !civil
            && !self.is_people(entity)
        {
            return (only.clone(), false);
        }
        let name = self.parsed.slice(entity.first, entity.last);
        let class = entity.class;
        (Party { class, what: What::Civilians, faction: None, ..party(entity, name, None) }, true)
    }

    /// The actor of the candidate that "soldiers", "fighters", "militants" are.
    fn matching(&self, candidate: &Candidate, loss: &Loss) -> Option<Party> {
        let class = loss.entity.class?;
        let roster = self.roster();
        let fits = |party: &&Party| {
            let Some(faction) = party.faction else { return false };
            let state = roster.party(faction).kind == FactionKind::StateForces;
            match class.armed {
                Some(Armed::State) => state,
                Some(Armed::Rebel) => !state,
                Some(Armed::Any) => true,
                None => false,
            }
        };
        let even: Vec<&Party> = candidate.participants.iter().filter(fits).collect();
        let jihadist = |party: &&&Party| {
            party
                .faction
                .is_some_and(|faction| roster.party(faction).side.as_deref() == Some("jihadist"))
        };
        let sole = match &even[..] {
            [only] => Some(*only),
            _ => even
                .iter()
                .find(jihadist)
                .filter(|_| even.iter().filter(jihadist).count() == 1)
                .copied(),
        };
        let found = candidate.targets.iter().find(fits).or(sole).or_else(|| {
            let apart = class.armed == Some(Armed::Any) || loss.object;
            candidate.initiators.iter().find(fits).filter(|_| !apart)
        });
        found.cloned().map(|party| Party { class: Some(class), ..party })
    }
}

/// A count of so many that stands twice in one clause for one side is one count said twice.
const TWICE: u32 = 5;

/// Whether a figure only says again what is counted: "raids kill 16 civilians … killed at least 16 civilians".
fn is_said_again(known: Option<&Figure>, more: Option<&Figure>) -> bool {
    let count = |figure: Option<&Figure>| figure.and_then(|figure| figure.min);
    matches!((count(known), count(more)), (Some(x), Some(y)) if x == y && x >= TWICE)
}

/// An attack on a town or village, no armed party being named as attacked.
fn is_assault_on_an_area(candidate: &Candidate) -> bool {
    let has = |family: Family| candidate.families.contains(&family);
    let even = has(Family::Clash) || has(Family::Seize) && !has(Family::Assault);
    candidate.area
        && !even
        && !candidate.initiators.is_empty()
        && candidate.participants.is_empty()
        && !candidate.targets.iter().any(Party::is_armed)
}

/// Two counts of one clause add up.
fn sum(known: Option<Figure>, more: Option<Figure>) -> Option<Figure> {
    match (known, more) {
        (Some(a), Some(b)) => Some(Figure {
            min: match (a.min, b.min) {
                (Some(x), Some(y)) => Some(x.saturating_add(y)),
                (x, y) => x.or(y),
            },
            max: match (a.max, b.max) {
                (Some(x), Some(y)) => Some(x.saturating_add(y)),
                _ => None,
            },
            vague: a.vague.or(b.vague),
        }),
        (a, b) => a.or(b),
    }
}
