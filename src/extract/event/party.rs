//! Whom the words of a clause stand for: named factions, unnamed groups, the forces of a state.

use super::build::Builder;
use super::candidate::{Party, party};
use super::clause::Clause;
use super::entity::{Entity, What};
use super::memory::Memory;
use crate::extract::language::Armed;
use crate::extract::names::Named;
use crate::extract::names::Roster;
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
            What::Pronoun if is_first_person(self.parsed.norm(entity.head)) => {
                return self
                    .ours(memory)
                    .map(|faction| Party {
                        carried: true,
                        what: What::Force,
                        ..party(entity, name, Some(faction))
                    })
                    .into_iter()
                    .collect();
            }
            What::Pronoun if let Some(sayer) = self.sayer(entity) => {
                let parties = self.party(&sayer, memory).into_iter();
                return parties.map(|party| Party { carried: true, ..party }).collect();
            }
            What::Pronoun => {
                return memory
                    .subject
                    .or(memory.factions.last().copied())
                    .or_else(|| self.beside(entity).last().copied())
                    .map(|faction| Party {
                        carried: true,
                        what: What::Force,
                        ..party(entity, &self.roster().party(faction).name, Some(faction))
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
        // "Ethiopian government troops" are the state's forces, not the state beside them
        let above = |faction: &usize| {
            let below = |other: &usize| self.roster().upward(*other).contains(faction);
            entity.factions.iter().any(|other| other != faction && below(other))
        };
        entity
            .factions
            .iter()
            .filter(|faction| !above(faction))
            .map(|faction| {
                let named = self
                    .parsed
                    .named_within(entity.first.saturating_sub(1), entity.last + 12)
                    .find(|named| named.faction == Some(*faction));
                // "the Qalati army's post": whose it is, not the post
                let thing = matches!(
                    entity.what,
                    What::Materiel | What::Position | What::Object(_) | What::Deed(_)
                ) && !entity.air
                    && named.is_some_and(|named| {
                        named.kind == AliasKind::Name && named.last <= entity.last
                    });
                let own = named
                    .filter(|_| many || thing)
                    .map(|named| self.parsed.slice(named.first, named.last));
                let nearer = named.and_then(|named| self.meant(entity, *faction, named, memory));
                Party {
                    carried: nearer.is_some(),
                    ..party(entity, own.unwrap_or(name), nearer.or(Some(*faction)))
                }
            })
            .collect()
    }

    /// Whom a common word for a party means here, if not whom it means as a rule: an outlet's own word, or "its troops".
    fn meant(
        &self,
        entity: &Entity,
        usual: usize,
        named: &Named,
        memory: &Memory,
    ) -> Option<usize> {
        match named.kind {
            AliasKind::Called => self.nearer(entity, usual, memory),
            // "Qalat said its troops": not those whom "troops" alone means here
            AliasKind::Generic if matches!(self.possessor(entity), Some("its" | "their")) => {
                let owner = self.antecedent(entity, memory)?;
                Some(self.forces_of(owner, entity)).filter(|owner| *owner != usual)
            }
            _ => None,
        }
    }

    /// Whom an unnamed group is: "the group", "the army" of the place, "its forces".
    pub(super) fn unnamed(&self, entity: &Entity, memory: &Memory) -> Option<usize> {
        if entity.what != What::Force {
            return None;
        }
        let class = entity.class?;
        if self.is_of_others(entity) {
            return None;
        }
        let roster = self.roster();
        let state = |index: &usize| {
            roster.party(*index).kind == FactionKind::StateForces && !roster.party(*index).state
        };
        let recent = |test: &dyn Fn(&usize) -> bool| {
            memory.factions.iter().rev().take(6).find(|index| test(index)).copied()
        };
        let beside = self.named_beside(entity);
        // "the group's naval forces"
        let owner = self.parsed.norm(entity.first);
        if self.setting.lexicon.owners.has(owner) && self.parsed.norm(entity.first + 1) == "'s" {
            return recent(&|index| !state(index) && !roster.party(*index).state);
        }
        match self.possessor(entity) {
            Some("our") => return self.ours(memory),
            Some(_) => return self.antecedent(entity, memory),
            None => {}
        }
        if is_enemy(self.parsed.norm(entity.head)) {
            return self.enemy(memory);
        }
        if class.doer && entity.definite && is_attacker(self.parsed.norm(entity.head)) {
            return memory.initiators.iter().find_map(|party| party.faction);
        }
        match class.armed {
            Some(Armed::State) => recent(&state).or_else(|| self.national(entity)),
            Some(Armed::Rebel) if entity.definite && !class.doer => recent(&|index| {
                let party = roster.party(*index);
                !party.state
                    // "their attacks on A", "mines laid by the militants": whom its own sentence names is another
                    && !beside.contains(index)
                    && matches!(
                        party.kind,
                        FactionKind::Rebel
                            | FactionKind::PoliticalMilitia
                            | FactionKind::IdentityMilitia
                    )
            }),
            Some(Armed::Any) if entity.definite && is_group(self.parsed.norm(entity.head)) => {
                recent(&|index| !state(index) && !roster.party(*index).state)
            }
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
                // "the fighters" are hardly a state's
                let last = memory.factions.last().copied();
                let fighters = self.parsed.norm(entity.head) == "fighters";
                last.filter(|last| !(fighters && state(last)))
                    .or_else(|| recent(&|index| !state(index) && !roster.party(*index).state))
            }
            _ => None,
        }
    }

    /// "peacekeepers of the UN mission": of an organisation that no pack knows, or of none that fights here.
    fn is_of_others(&self, entity: &Entity) -> bool {
        let peace = matches!(self.parsed.norm(entity.head), "peacekeepers" | "peacekeeper");
        let of = self.parsed.norm(entity.last) == "of";
        let article = usize::from(self.parsed.norm(entity.last + 1) == "the");
        let owner = entity.last + 1 + article;
        let strange = self.parsed.organisation_at(owner) && self.parsed.named_at(owner).is_none();
        peace || of && strange
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

/// Words for a party of no state that was named before.
pub(super) fn is_group(word: &str) -> bool {
    matches!(word, "group" | "movement" | "organisation" | "organization")
}

/// "we", "us": who speaks.
pub(super) fn is_first_person(word: &str) -> bool {
    matches!(word, "we" | "us" | "ours")
}

/// Words of a party for those against whom it fights.
fn is_enemy(word: &str) -> bool {
    matches!(word, "enemy" | "enemies" | "occupiers" | "invaders" | "foe")
}

/// Words for those who began an attack, whoever they are.
pub(super) fn is_attacker(word: &str) -> bool {
    matches!(word, "attackers" | "assailants" | "raiders" | "attacker" | "assailant" | "aggressors")
}

/// The one of the parties that a wider name means: "government fighters" where a militia of the government was hit.
pub fn part<'p>(roster: &Roster, parties: &'p [Party], wide: usize) -> Option<&'p Party> {
    let below = |party: &&Party| {
        party.faction.is_some_and(|part| part != wide && roster.upward(part).contains(&wide))
    };
    let mut found = parties.iter().filter(below);
    let first = found.next()?;
    found.all(|other| other.faction == first.faction).then_some(first)
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
