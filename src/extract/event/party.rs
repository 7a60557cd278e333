//! Whom the words of a clause stand for: named factions, unnamed groups, the forces of a state.

use super::build::Builder;
use super::candidate::{Party, party};
use super::clause::Clause;
use super::entity::is_masked;
use super::entity::{Entity, What};
use super::memory::Memory;
use crate::extract::language::Armed;
use crate::extract::names::roster::AliasKind;
use crate::model::faction::FactionKind;

impl Builder<'_, '_> {
    /// The parties of entities; those who only speak and places that are no party are left out.
    pub(super) fn parties(
        &self,
        entities: &[Entity],
        silent: &[usize],
        clause: &Clause<'_, '_>,
        memory: &Memory,
    ) -> Vec<Party> {
        let mut out: Vec<Party> = Vec::new();
        for entity in entities {
            let spoken = silent.iter().any(|at| {
                clause.np(*at).is_some_and(|np| np.first <= entity.first && entity.first < np.last)
            });
            if spoken && entity.factions.is_empty() {
                continue;
            }
            for party in self.party(entity, memory) {
                if !out.iter().any(|known| same(known, &party)) {
                    out.push(party);
                }
            }
        }
        out
    }

    /// The parties that an entity stands for: its factions, or itself.
    pub fn party(&self, entity: &Entity, memory: &Memory) -> Vec<Party> {
        let name = self.parsed.slice(entity.first, entity.last.max(entity.first + 1));
        match entity.what {
            What::Pronoun if self.parsed.norm(entity.head) == "one" => return Vec::new(),
            What::Pronoun => {
                return memory
                    .subject
                    .as_ref()
                    .or(memory.factions.last())
                    .map(|faction| Party {
                        carried: true,
                        what: What::Force,
                        ..party(entity, name, Some(*faction))
                    })
                    .into_iter()
                    .collect();
            }
            What::Area | What::Other | What::Deed(_) if entity.factions.is_empty() => {
                return Vec::new();
            }
            What::Area if entity.place.is_some() => return Vec::new(),
            What::Materiel | What::Object(_) | What::Position if entity.factions.is_empty() => {
                return if entity.air { vec![party(entity, name, None)] } else { Vec::new() };
            }
            _ => {}
        }
        if entity.factions.is_empty() {
            let faction =
                self.unnamed(entity, memory).map(|faction| self.forces_of(faction, entity));
            return vec![Party { carried: faction.is_some(), ..party(entity, name, faction) }];
        }
        let many = entity.factions.len() > 1;
        entity
            .factions
            .iter()
            .map(|faction| {
                let own = self
                    .parsed
                    .named_within(entity.first.saturating_sub(1), entity.last + 12)
                    .find(|named| named.faction == Some(*faction))
                    .filter(|_| many)
                    .map(|named| self.parsed.slice(named.first, named.last));
                party(entity, own.unwrap_or(name), Some(*faction))
            })
            .collect()
    }

    /// Whom an unnamed group is: "the group", "the army" of the place, "its forces".
    fn unnamed(&self, entity: &Entity, memory: &Memory) -> Option<usize> {
        if entity.what != What::Force {
            return None;
        }
        let class = entity.class?;
        let possessive = entity
            .first
            .checked_sub(1)
            .is_some_and(|before| matches!(self.parsed.norm(before), "its" | "their" | "his"));
        let roster = self.roster();
        let state = |index: &usize| {
            roster.party(*index).kind == FactionKind::StateForces && !roster.party(*index).state
        };
        let recent = |test: &dyn Fn(&usize) -> bool| {
            memory.factions.iter().rev().take(6).find(|index| test(index)).copied()
        };
        if possessive {
            return self.beside(entity).or(memory.subject).or(memory.factions.last().copied());
        }
        if class.doer && entity.definite && is_attacker(self.parsed.norm(entity.head)) {
            return memory.initiators.iter().find_map(|party| party.faction);
        }
        match class.armed {
            Some(Armed::State) => recent(&state).or_else(|| self.national(entity)),
            Some(Armed::Rebel) if entity.definite && !class.doer => recent(&|index| {
                let party = roster.party(*index);
                !party.state
                    && matches!(
                        party.kind,
                        FactionKind::Rebel
                            | FactionKind::PoliticalMilitia
                            | FactionKind::IdentityMilitia
                    )
            }),
            Some(Armed::Any)
                if entity.definite
                    && matches!(
                        self.parsed.norm(entity.head),
                        "fighters"
                            | "forces"
                            | "units"
                            | "coalition"
                            | "militia"
                            | "members"
                            | "alliance"
                            | "faction"
                    ) =>
            {
                memory.factions.last().copied()
            }
            _ => None,
        }
    }

    /// The party last named before an entity in its own sentence: whose "their fighters" are.
    fn beside(&self, entity: &Entity) -> Option<usize> {
        let sentence = self.parsed.sentence_of(entity.first)?;
        let before = self.parsed.named_within(sentence.range.start, entity.first);
        before
            .filter(|named| {
                named.kind != AliasKind::Demonym
                    && named.last <= entity.first
                    && !is_masked(self.parsed, named)
                    && !self
                        .parsed
                        .place_at(named.first)
                        .is_some_and(|spot| self.parsed.spots[spot].framed)
            })
            .filter_map(|named| named.faction)
            .last()
    }

    /// A state acts by its forces.
    fn forces_of(&self, faction: usize, entity: &Entity) -> usize {
        let state = self.roster().party(faction).state;
        if state { self.roster().service(faction, entity.air, false, false) } else { faction }
    }

    /// The forces of the country that the document is about.
    fn national(&self, entity: &Entity) -> Option<usize> {
        let country = self.setting.countries.first()?;
        let state = self.roster().state_of(country)?;
        let word = self.parsed.norm(entity.head);
        let police = matches!(word, "police" | "policemen" | "policeman" | "officers" | "security");
        Some(self.roster().service(state, entity.air, false, police))
    }
}

/// People who do not fight and have no name.
fn is_common(party: &Party) -> bool {
    party.is_civil() && party.what == What::Civilians
}

/// Words for those who began an attack, whoever they are.
fn is_attacker(word: &str) -> bool {
    matches!(word, "attackers" | "assailants" | "raiders" | "attacker" | "assailant" | "aggressors")
}

/// Whether two parties are one: the same faction, or the same name where none is known.
pub fn same(a: &Party, b: &Party) -> bool {
    match (a.faction, b.faction) {
        (Some(x), Some(y)) => x == y,
        (None, None) => {
            a.is_armed() == b.is_armed()
                && (a.name.eq_ignore_ascii_case(&b.name) || (is_common(a) && is_common(b)))
        }
        _ => false,
    }
}
