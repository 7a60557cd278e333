//! From raw candidates to candidates with parties, tolls, places and dates.

use super::candidate::{Candidate, Item, Party};
use super::clause::Clause;
use super::entity::{Entity, What};
use super::fitting::patients;
use super::group::{self, Raw};
use super::kind;
use super::memory::Memory;
use super::party::same;
use super::trigger::Trigger;
use crate::extract::language::Family;
use crate::extract::names::Roster;
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::{Parsed, Setting};
use crate::model::casualty::Fate;
use crate::model::claim::Phase;

/// Builds candidates of one text.
pub struct Builder<'b, 'a> {
    /// The text.
    pub parsed: &'b Parsed<'a>,
    /// What all texts of the document share.
    pub setting: &'b Setting<'a>,
}

/// A base, a camp, a checkpoint, a barracks: an armed party stands there.
pub(super) fn is_post(parsed: &Parsed<'_>, entity: &Entity) -> bool {
    let military = (entity.first..entity.head).any(|at| {
        matches!(parsed.norm(at), "military" | "army" | "police" | "security" | "naval" | "air")
    });
    match &entity.what {
        What::Position | What::Area => {
            matches!(
                parsed.norm(entity.head),
                "base"
                    | "bases"
                    | "outpost"
                    | "outposts"
                    | "barracks"
                    | "garrison"
                    | "checkpoint"
                    | "checkpoints"
                    | "airbase"
            ) || military
                && matches!(
                    parsed.norm(entity.head),
                    "camp"
                        | "camps"
                        | "post"
                        | "posts"
                        | "position"
                        | "positions"
                        | "convoy"
                        | "patrol"
                        | "station"
                        | "center"
                        | "headquarters"
                )
        }
        What::Object(kind) => {
            kind == "checkpoint" || military && matches!(kind.as_str(), "camp" | "building")
        }
        _ => false,
    }
}

impl Builder<'_, '_> {
    /// "strikes on the port", "struck the port": from a distance, unless people alone were struck.
    fn is_strike(&self, clause: &Clause<'_, '_>, trigger: &Trigger) -> bool {
        let thing = |np: &usize| {
            clause.entity(*np).is_some_and(|entity| {
                matches!(
                    entity.what,
                    What::Area | What::Position | What::Object(_) | What::Materiel
                )
            })
        };
        if trigger.verbal {
            clause.lemma(trigger.chunk) == "strike"
                && patients(clause, trigger.chunk).iter().any(thing)
        } else {
            matches!(self.parsed.norm(trigger.token), "strike" | "strikes")
        }
    }

    pub(super) fn roster(&self) -> &Roster {
        self.setting.roster
    }

    /// The candidate of a raw one.
    #[expect(clippy::too_many_lines, reason = "one list of rules, read from top to bottom")]
    pub fn candidate(
        &self,
        clause: &Clause<'_, '_>,
        raw: &Raw,
        sentence: usize,
        silent: &[usize],
        memory: &Memory,
    ) -> Candidate {
        let first = clause.chunk(raw.chunks.start).map_or(0, Chunk::first);
        let last = raw
            .chunks
            .end
            .checked_sub(1)
            .and_then(|at| clause.chunk(at))
            .map_or(first, Chunk::last);
        let main =
            raw.triggers.iter().find(|trigger| !trigger.effect).or_else(|| raw.triggers.first());
        let families: Vec<Family> = main
            .iter()
            .map(|trigger| trigger.family)
            .chain(raw.triggers.iter().map(|trigger| trigger.family))
            .collect();
        let definite = main.is_some_and(|trigger| {
            !trigger.verbal && clause.np(trigger.chunk).is_some_and(|np| np.definite)
        });
        let previous = raw.chunks.clone().take(4).any(|at| {
            clause.np(at).is_some_and(|np| {
                clause.parsed.norm(np.head) == "one"
                    && matches!(
                        clause.parsed.norm(np.head.saturating_sub(1)),
                        "previous" | "earlier" | "other" | "second" | "latest" | "last"
                    )
                    || matches!(clause.parsed.norm(np.first), "another")
                        && np.count.as_ref().is_none_or(|count| np.head >= count.last)
                        && clause
                            .entity(at)
                            .is_some_and(|entity| matches!(entity.what, What::Deed(_)))
            })
        });
        let another = previous
            || main.is_some_and(|trigger| {
                !trigger.verbal
                    && clause.np(trigger.chunk).is_some_and(|np| {
                        (np.first..np.head).any(|at| {
                            matches!(
                                self.parsed.norm(at),
                                "another"
                                    | "second"
                                    | "separate"
                                    | "similar"
                                    | "previous"
                                    | "earlier"
                                    | "other"
                            )
                        })
                    })
            });
        let initiators = self.parties(&raw.roles.initiators, silent, clause, memory);
        // a drone that nobody owns is a thing, not somebody
        let unmanned = |entity: &&Entity| {
            entity.factions.is_empty()
                && self.setting.lexicon.unmanned.has(self.parsed.norm(entity.head))
        };
        let hit: Vec<Entity> = raw
            .roles
            .targets
            .iter()
            .filter(|entity| !unmanned(entity))
            .map(|entity| self.owned(entity, &initiators, memory))
            .collect();
        let mut candidate = Candidate {
            field: self.parsed.field,
            sentence,
            paragraph: clause.sentence.paragraph,
            tokens: (first, last),
            trigger: main.map_or(first, |trigger| trigger.token),
            families,
            means: raw.means.clone(),
            initiators,
            targets: self.parties(&hit, silent, clause, memory),
            participants: self.parties(&raw.roles.participants, silent, clause, memory),
            losses: raw.losses.clone(),
            tolls: Vec::new(),
            items: Vec::new(),
            objects: self.objects(raw),
            spots: Vec::new(),
            origins: Vec::new(),
            own_place: false,
            date: None,
            own_date: false,
            offset: self.offset(first),
            area: raw.roles.targets.iter().any(|entity| entity.what == What::Area),
            post: raw.roles.targets.iter().any(|entity| is_post(self.parsed, entity)),
            definite,
            aside: raw.aside,
            another,
            effects_only: raw.effects_only,
            phase: group::phase(raw),
            speakers: Vec::new(),
            denials: Vec::new(),
            accused: false,
            suspected: false,
            drop: raw.drop,
            strikes: raw.triggers.iter().any(|trigger| self.is_strike(clause, trigger)),
            sub_hint: self.hints(clause, first, last),
        };
        if candidate.families.first() == Some(&Family::Seize) {
            candidate.sub_hint =
                self.hints(clause, clause.sentence.range.start, clause.sentence.range.end);
        }
        share(&mut candidate);
        for list in [&mut candidate.initiators, &mut candidate.targets, &mut candidate.participants]
        {
            drop_generic(list, self.roster());
        }
        candidate.phase = candidate.phase.or_else(|| truce(&candidate));
        self.tolls(&mut candidate, memory);
        self.items(&mut candidate, raw, memory);
        self.places(&mut candidate, clause);
        self.date(&mut candidate, clause);
        candidate
    }

    /// "its positions", "its tanks": with their owner.
    fn owned(&self, entity: &Entity, doers: &[Party], memory: &Memory) -> Entity {
        let thing = matches!(entity.what, What::Position | What::Materiel);
        let owner = self
            .owner_apart(entity, doers, memory)
            .or_else(|| self.holder(entity, memory))
            .filter(|_| thing && entity.factions.is_empty());
        let mut entity = entity.clone();
        entity.factions.extend(owner);
        entity
    }

    /// Words of the clause that refine the type.
    fn hints(&self, clause: &Clause<'_, '_>, first: usize, last: usize) -> Vec<String> {
        let lemmas = (0..clause.sentence.chunks.len())
            .filter(|at| {
                clause
                    .chunk(*at)
                    .is_some_and(|chunk| chunk.first() >= first && chunk.last() <= last)
            })
            .map(|at| clause.lemma(at).to_owned())
            .filter(|lemma| !lemma.is_empty());
        let words = (first..last).map(|at| self.parsed.norm(at).to_owned());
        let pairs = (first..last.saturating_sub(1))
            .map(|at| [self.parsed.norm(at), self.parsed.norm(at + 1)].join(" "));
        lemmas.chain(words).chain(pairs).collect()
    }

    /// Equipment with its owner, and objects.
    fn items(&self, candidate: &mut Candidate, raw: &Raw, memory: &Memory) {
        let other = self.opponent(candidate, memory).and_then(|party| party.faction);
        let target = candidate.targets.iter().find_map(|party| party.faction);
        for thing in &raw.things {
            let taken = matches!(thing.fate, Fate::Captured | Fate::Destroyed | Fate::Downed);
            let owner = thing.entity.factions.first().copied().or(target);
            let owner = owner.or(other.filter(|_| taken));
            let name = self.item_name(&thing.entity);
            candidate.items.push(Item { thing: thing.clone(), owner, name });
        }
    }

    /// Objects among the targets: a school, an embassy.
    fn objects(&self, raw: &Raw) -> Vec<(Entity, String)> {
        let objects =
            raw.roles.targets.iter().filter(|entity| matches!(entity.what, What::Object(_)));
        objects.map(|entity| (entity.clone(), self.item_name(entity))).collect()
    }

    fn item_name(&self, entity: &Entity) -> String {
        self.parsed
            .slice(entity.first, entity.last)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// In a clash of two the first named began it only where the text says so; one party alone is a participant.
fn share(candidate: &mut Candidate) {
    let clash = candidate.families.first() == Some(&Family::Clash)
        || candidate.families.first() == Some(&Family::Agree);
    if clash {
        let all: Vec<Party> = candidate
            .initiators
            .drain(..)
            .chain(candidate.targets.drain(..).filter(Party::is_armed))
            .collect();
        for party in all {
            if !candidate.participants.iter().any(|known| same(known, &party)) {
                candidate.participants.push(party);
            }
        }
    }
    if candidate.phase == Some(Phase::Repelled) {
        let held = candidate.targets.clone();
        candidate.initiators.retain(|party| !held.iter().any(|known| same(known, party)));
    }
    let initiators = candidate.initiators.clone();
    // men who kill priests are not the priests
    let one = |known: &Party, party: &Party| {
        same(known, party)
            && (party.faction.is_some() || known.name.eq_ignore_ascii_case(&party.name))
    };
    candidate.targets.retain(|party| !initiators.iter().any(|known| one(known, party)));
}

/// "the army and soldiers": a word for fighters beside a named side says nothing more, unless it means the other side, as
/// in "the army and militants".
fn drop_generic(list: &mut Vec<Party>, roster: &Roster) {
    let known: Vec<Party> = list.iter().filter(|party| party.faction.is_some()).cloned().collect();
    let other = |party: &Party| {
        party.is_rebel_class() && known.iter().all(|known| kind::is_state(known, roster))
    };
    if !known.is_empty() {
        list.retain(|party| {
            party.faction.is_some() || party.is_civil() || party.named || other(party)
        });
    }
}

/// How far a truce got, by the words of its clause.
fn truce(candidate: &Candidate) -> Option<Phase> {
    if candidate.families.first() != Some(&Family::Agree) {
        return None;
    }
    let says =
        |words: &[&str]| candidate.sub_hint.iter().any(|hint| words.contains(&hint.as_str()));
    Some(if says(&["collapse", "break", "broke", "violate", "resume", "breach"]) {
        Phase::Broken
    } else if says(&["end", "expire", "expired"]) {
        Phase::Ended
    } else if says(&["propose", "proposed", "offer", "offered", "suggest", "call"]) {
        Phase::Proposed
    } else {
        Phase::InForce
    })
}
