//! The side of each loss: who the dead, the wounded and the captured belong to.

use super::build::Builder;
use super::candidate::{Candidate, Party, Toll, party};
use super::effects::Loss;
use super::entity::{Entity, What};
use super::memory::Memory;
use super::party::same;
use crate::extract::language::{Armed, Effect};
use crate::model::casualty::Figure;
use crate::model::faction::FactionKind;

impl Builder<'_, '_> {
    /// The side of each loss.
    pub(super) fn tolls(&self, candidate: &mut Candidate, memory: &Memory) {
        for loss in candidate.losses.clone() {
            let (side, unsaid) = self.side(candidate, &loss, memory);
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
        if !entity.factions.is_empty()
            || entity.what == What::Civilians && entity.class.is_some() && !self.is_people(entity)
        {
            let parties = self.party(entity, memory);
            if let Some(party) = parties.into_iter().next() {
                return (self.precise(candidate, &party), false);
            }
        }
        if entity.what == What::Force
            && let Some(party) = self.matching(candidate, entity)
        {
            return (party, false);
        }
        let own = self.party(entity, memory).into_iter().next();
        match entity.what {
            What::Force | What::Person | What::Name => {
                let unsaid = false;
                (
                    own.unwrap_or_else(|| {
                        party(entity, self.parsed.slice(entity.first, entity.last), None)
                    }),
                    unsaid,
                )
            }
            _ => self.unsaid(candidate, entity),
        }
    }

    /// The target that a wider name means here: "government fighters" where a militia of the government was attacked.
    fn precise(&self, candidate: &Candidate, party: &Party) -> Party {
        let above = |target: &&Party| match (target.faction, party.faction) {
            (Some(target), Some(wide)) => {
                target != wide && self.roster().upward(target).contains(&wide)
            }
            _ => false,
        };
        let target = candidate.targets.iter().find(above);
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
    fn matching(&self, candidate: &Candidate, entity: &Entity) -> Option<Party> {
        let class = entity.class?;
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
            candidate.initiators.iter().find(fits).filter(|_| class.armed != Some(Armed::Any))
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
