//! Groups: the triggers of a segment that make one happening together become one raw candidate.

use std::ops::Range;

use super::clause::Clause;
use super::effects::Loss;
use super::entity::{Entity, What};
use super::noun;
use super::roles::{self, Roles};
use super::segment::Segment;
use super::things::Thing;
use super::trigger::Trigger;
use crate::extract::filter;
use crate::extract::language::{Effect, Family, Means, Rule};
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::deed_of;
use crate::model::casualty::Fate;
use crate::model::claim::Phase;

/// The candidates of a sentence, still with entities instead of parties.
pub struct Raw {
    /// The chunks it covers.
    pub chunks: Range<usize>,
    /// Its triggers, the main one first.
    pub triggers: Vec<Trigger>,
    /// The roles of all of them together.
    pub roles: Roles,
    /// Losses.
    pub losses: Vec<Loss>,
    /// Things.
    pub things: Vec<Thing>,
    /// Means.
    pub means: Vec<Means>,
    /// The rule that drops it.
    pub drop: Option<Rule>,
    /// Only effects.
    pub effects_only: bool,
    /// It says why something was done, or what a place is known for.
    pub aside: bool,
}

/// One candidate for each group of the segment, the stronger groups taking the weaker ones in.
pub(super) fn build(clause: &Clause<'_, '_>, segment: Segment) -> Vec<Raw> {
    let Segment { range, triggers, losses, things, aside, .. } = segment;
    let triggers = surrendered(clause, filter::real(clause, triggers));
    let losses = without_foreign_totals(&triggers, losses);
    let wrecked = things.iter().any(|thing| {
        matches!(thing.fate, Fate::Destroyed | Fate::Damaged | Fate::Burned | Fate::Downed)
    });
    if triggers.is_empty() && losses.is_empty() && !wrecked {
        return Vec::new();
    }
    let mut groups: Vec<(u8, Vec<Trigger>)> = Vec::new();
    for trigger in triggers {
        let group = group(trigger.family);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, list)) => list.push(trigger),
            None => groups.push((group, vec![trigger])),
        }
    }
    absorb(&mut groups);
    if is_booty(clause, &groups) {
        take(&mut groups, &[5]);
    }
    if groups.is_empty() {
        groups.push((0, Vec::new()));
    }
    let single = groups.len() == 1;
    let mut out = Vec::new();
    for (index, (group, triggers)) in groups.into_iter().enumerate() {
        let takes_losses = single || index == 0 || group <= 3;
        let losses = if takes_losses {
            losses.iter().filter(|loss| single || belongs(loss, group)).cloned().collect()
        } else {
            Vec::new()
        };
        let things = if index == 0 { things.clone() } else { Vec::new() };
        if let Some(raw) = one(clause, &range, triggers, losses, things) {
            out.push(Raw { aside, ..raw });
        }
    }
    out
}

/// Who surrendered "in the face of an onslaught" did so: the onslaught is only why.
fn surrendered(clause: &Clause<'_, '_>, triggers: Vec<Trigger>) -> Vec<Trigger> {
    let surrenders =
        |trigger: &Trigger| trigger.verbal && clause.lemma(trigger.chunk) == "surrender";
    let deeds = |trigger: &&Trigger| group(trigger.family) == 0;
    let only = triggers.iter().any(surrenders)
        && triggers.iter().filter(deeds).all(|trigger| !trigger.verbal);
    if only {
        return triggers.into_iter().filter(|trigger| group(trigger.family) != 0).collect();
    }
    triggers
}

/// Groups of families that make one happening together.
fn group(family: Family) -> u8 {
    match family {
        Family::Assault
        | Family::Clash
        | Family::Air
        | Family::Shell
        | Family::Blast
        | Family::Suicide
        | Family::Grenade
        | Family::Chemical
        | Family::Kill
        | Family::Sexual
        | Family::Seize
        | Family::Loot => 0,
        Family::Abduct => 1,
        Family::Arrest => 2,
        Family::Protest | Family::Riot => 3,
        Family::Agree => 4,
        Family::Weapons => 5,
        Family::Base => 6,
        Family::Withdraw => 7,
        Family::Change => 8,
        Family::Displace => 9,
        Family::Access => 10,
    }
}

/// A toll told as a total belongs to violence told before, not to the march beside which it stands ("toll at 12,
/// protest in A").
fn without_foreign_totals(triggers: &[Trigger], losses: Vec<Loss>) -> Vec<Loss> {
    let calm = !triggers.is_empty()
        && triggers.iter().all(|trigger| {
            matches!(
                trigger.family,
                Family::Protest | Family::Agree | Family::Access | Family::Change
            )
        });
    losses.into_iter().filter(|loss| !(calm && loss.total)).collect()
}

fn belongs(loss: &Loss, group: u8) -> bool {
    match loss.effect {
        Effect::Captured => matches!(group, 1 | 2),
        _ => group == 0 || group == 3,
    }
}

/// Weapons that were taken beside a killing or an arrest are what those cost the other side, no happening of their own.
fn is_booty(clause: &Clause<'_, '_>, groups: &[(u8, Vec<Trigger>)]) -> bool {
    let list = |group: u8| {
        groups.iter().find(|(known, _)| *known == group).map_or(&[][..], |(_, list)| list)
    };
    let taken = |trigger: &Trigger| {
        trigger.verbal
            && matches!(clause.lemma(trigger.chunk), "seize" | "confiscate" | "recover" | "capture")
    };
    let fought = |trigger: &Trigger| {
        trigger.verbal
            && !trigger.effect
            && matches!(trigger.family, Family::Kill | Family::Clash | Family::Arrest)
    };
    let weapons = list(5);
    !weapons.is_empty() && weapons.iter().all(taken) && list(0).iter().chain(list(2)).any(fought)
}

/// Protests take the violence of their clause in; violence takes in what only accompanies it.
fn absorb(groups: &mut Vec<(u8, Vec<Trigger>)>) {
    let has =
        |groups: &[(u8, Vec<Trigger>)], group: u8| groups.iter().any(|(known, _)| *known == group);
    if has(groups, 3) {
        let moved: Vec<Trigger> = take(groups, &[0, 2]);
        if let Some((_, list)) = groups.iter_mut().find(|(known, _)| *known == 3) {
            list.extend(moved);
        }
    }
    if has(groups, 0) {
        let noun_only = groups
            .iter()
            .find(|(known, _)| *known == 0)
            .is_some_and(|(_, list)| list.iter().any(|trigger| !trigger.effect || trigger.verbal));
        if noun_only {
            take(groups, &[7, 8, 9, 10, 6]);
        }
        let found = groups
            .iter()
            .any(|(known, list)| *known == 5 && list.iter().any(|trigger| trigger.verbal));
        let verbs = groups
            .iter()
            .any(|(known, list)| *known == 0 && list.iter().any(|trigger| trigger.verbal));
        if found && !verbs {
            take(groups, &[0]);
            return;
        }
        if has(groups, 4) {
            let reached = groups
                .iter()
                .find(|(known, _)| *known == 4)
                .is_some_and(|(_, list)| list.iter().any(|trigger| trigger.verbal));
            take(groups, if reached { &[] } else { &[4] });
        }
    }
    if has(groups, 4) {
        take(groups, &[7, 8, 9, 10]);
    }
    if has(groups, 1) && has(groups, 2) {
        take(groups, &[2]);
    }
}

fn take(groups: &mut Vec<(u8, Vec<Trigger>)>, which: &[u8]) -> Vec<Trigger> {
    let mut out = Vec::new();
    groups.retain_mut(|(group, list)| {
        let moves = which.contains(group);
        if moves {
            out.append(list);
        }
        !moves
    });
    out
}

fn one(
    clause: &Clause<'_, '_>,
    range: &Range<usize>,
    triggers: Vec<Trigger>,
    losses: Vec<Loss>,
    things: Vec<Thing>,
) -> Option<Raw> {
    if triggers.is_empty() && losses.is_empty() && things.is_empty() {
        return None;
    }
    let mut all = Roles::default();
    for trigger in &filter::real(clause, triggers.clone()) {
        let roles = if trigger.verbal {
            roles::of_verb(clause, trigger.chunk, trigger.family)
        } else {
            noun::of_noun(clause, trigger.chunk, trigger.family)
        };
        add(&mut all, roles);
    }
    turn_round(&mut all);
    let drop = filter::candidate(clause, range, &triggers);
    let triggers = if drop.is_none() { filter::real(clause, triggers) } else { triggers };
    let means = means(clause, range, &triggers);
    let effects_only = triggers.iter().all(|trigger| trigger.effect);
    Some(Raw {
        chunks: range.clone(),
        triggers,
        roles: all,
        losses,
        things,
        means,
        drop,
        effects_only,
        aside: false,
    })
}

fn add(all: &mut Roles, roles: Roles) {
    let push = |list: &mut Vec<Entity>, more: Vec<Entity>| {
        for entity in more {
            if !list.iter().any(|known| known.first == entity.first) {
                list.push(entity);
            }
        }
    };
    push(&mut all.initiators, roles.initiators);
    push(&mut all.targets, roles.targets);
    push(&mut all.participants, roles.participants);
    all.repelled |= roles.repelled;
    all.failed |= roles.failed;
}

/// "militants were killed by the army, who repelled their attack": whom the defenders killed attacked.
fn turn_round(roles: &mut Roles) {
    let defends =
        |entity: &Entity, of: &[Entity]| of.iter().any(|other| other.first == entity.first);
    let turned = roles.repelled
        && !roles.initiators.is_empty()
        && roles.initiators.iter().all(|entity| defends(entity, &roles.targets));
    if !turned {
        return;
    }
    let (defenders, others): (Vec<Entity>, Vec<Entity>) =
        roles.targets.drain(..).partition(|entity| defends(entity, &roles.initiators));
    let (attackers, hurt): (Vec<Entity>, Vec<Entity>) =
        others.into_iter().partition(Entity::is_armed);
    roles.initiators = attackers;
    roles.targets = defenders.into_iter().chain(hurt).collect();
}

/// "shells containing gas", "a car loaded with explosives": the tokens that say with what the means of a deed is charged.
fn charge(clause: &Clause<'_, '_>, trigger: &Trigger) -> Option<(usize, usize)> {
    let object = if trigger.verbal { clause.objects(trigger.chunk).last().copied() } else { None };
    let verb = clause.chain_end(object.unwrap_or(trigger.chunk)) + 1;
    let holds =
        matches!(clause.lemma(verb), "contain" | "carry" | "fill" | "load" | "pack" | "lace");
    let next =
        if matches!(clause.chunk(verb + 1), Some(Chunk::Prep(_))) { verb + 2 } else { verb + 1 };
    let held = clause.np(next).filter(|_| holds)?;
    clause.chunk(verb).map(|verb| (verb.first(), held.last))
}

/// The means named in the segment, those of the trigger's own phrase first.
fn means(clause: &Clause<'_, '_>, range: &Range<usize>, triggers: &[Trigger]) -> Vec<Means> {
    let tokens = &clause.parsed.tokens;
    let mut out = Vec::new();
    let mut look = |first: usize, last: usize| {
        for at in first..last {
            if let Some((_, means)) = clause.lexicon.means.find(tokens, at)
                && !out.contains(means)
            {
                out.push(*means);
            }
        }
    };
    for trigger in triggers {
        if let Some(chunk) = clause.chunk(trigger.chunk) {
            look(chunk.first(), chunk.last());
        }
    }
    for (first, last) in triggers.iter().filter_map(|trigger| charge(clause, trigger)) {
        look(first, last);
    }
    for trigger in triggers {
        let subject = if trigger.verbal { clause.subject(trigger.chunk) } else { Vec::new() };
        let with = clause
            .phrases(trigger.chunk)
            .into_iter()
            .filter(|(word, _)| matches!(*word, "with" | "by" | "using" | "from" | "in" | "of"))
            .flat_map(|(_, list)| list);
        let object = if trigger.verbal { clause.objects(trigger.chunk) } else { Vec::new() };
        // of rockets and drones that were fired the first say what it was
        let first: Vec<usize> = object.iter().take(1).copied().collect();
        for np in subject.into_iter().chain(with).chain(object.into_iter().filter(|np| {
            let deed = clause.entity(*np).is_some_and(|entity| deed_of(entity).is_some());
            deed || first.contains(np) && roles::is_fired(clause, trigger.chunk, *np)
        })) {
            if range.contains(&np)
                && let Some(chunk) = clause.chunk(np)
            {
                look(chunk.first(), chunk.last());
            }
        }
    }
    let family = |wanted: Family| triggers.iter().any(|trigger| trigger.family == wanted);
    let lost = range.clone().any(|at| clause.lemma(at) == "lose");
    if (family(Family::Protest)
        || triggers.is_empty() && !lost
        || triggers.first().is_some_and(|first| clause.parsed.norm(first.token) == "fire"))
        && let (Some(first), Some(last)) =
            (clause.chunk(range.start), clause.chunk(range.end.saturating_sub(1)))
    {
        look(first.first(), last.last());
    }
    // "they were fired by batteries": what is fired is a round
    let rounds = triggers.iter().any(|trigger| {
        trigger.verbal
            && clause.lemma(trigger.chunk) == "fire"
            && clause.vg(trigger.chunk).is_some_and(|vg| vg.passive)
            && clause
                .subject(trigger.chunk)
                .iter()
                .any(|np| clause.entity(*np).is_some_and(|entity| entity.what == What::Pronoun))
    });
    if rounds && out.is_empty() {
        out.push(Means::Shell);
    }
    out
}

/// How far an attack got, from its roles and words.
pub fn phase(raw: &Raw) -> Option<Phase> {
    raw.roles.repelled.then_some(Phase::Repelled)
}
