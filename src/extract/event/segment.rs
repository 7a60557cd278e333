//! Segments: the parts of a sentence that each say one happening.

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::Clause;
use super::effects::{self, Loss};
use super::entity::{Entity, What};
use super::roles::{self, Roles};
use super::things::{self, Thing};
use crate::extract::filter;
use crate::extract::language::{Effect, Family, Form, Means, Rule};
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::deed_of;
use crate::model::claim::Phase;

/// A word that makes a candidate.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Its chunk.
    pub chunk: usize,
    /// Its token.
    pub token: usize,
    /// Its family.
    pub family: Family,
    /// A verb, not a noun.
    pub verbal: bool,
    /// Only says what befell people.
    pub effect: bool,
}

/// A segment with what is in it.
#[derive(Debug)]
struct Segment {
    range: Range<usize>,
    hard: bool,
    triggers: Vec<Trigger>,
    losses: Vec<Loss>,
    things: Vec<Thing>,
}

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
}

/// Every candidate of a sentence.
pub fn raw(clause: &Clause<'_, '_>) -> Vec<Raw> {
    let triggers = triggers(clause);
    let (losses, things) = (effects::losses(clause), things::things(clause));
    if triggers.is_empty() && losses.is_empty() && things.is_empty() {
        return Vec::new();
    }
    let mut segments = cut(clause, &triggers);
    for segment in &mut segments {
        let inside = |chunk: usize| segment.range.contains(&chunk);
        segment.triggers =
            triggers.iter().filter(|trigger| inside(trigger.chunk)).cloned().collect();
        segment.losses = losses.iter().filter(|loss| inside(loss.trigger)).cloned().collect();
        segment.things = things.iter().filter(|thing| inside(thing.trigger)).cloned().collect();
    }
    join_effects(&mut segments);
    segments.into_iter().flat_map(|segment| build(clause, segment)).collect()
}

/// The words that make candidates.
fn triggers(clause: &Clause<'_, '_>) -> Vec<Trigger> {
    let mut out = Vec::new();
    for (at, chunk) in clause.sentence.chunks.iter().enumerate() {
        match chunk {
            Chunk::Vg(vg) => {
                let lemma = clause.lemma(at);
                let family =
                    vg.verb.and_then(|verb| verb.family).filter(|family| fits(clause, at, *family));
                if let Some(family) = family {
                    let effect = family == Family::Kill
                        && matches!(lemma, "kill" | "shoot" | "slay")
                        && !has_doer(clause, at);
                    out.push(Trigger { chunk: at, token: vg.head, family, verbal: true, effect });
                } else if let Some(family) = by_patient(clause, at, lemma) {
                    out.push(Trigger {
                        chunk: at,
                        token: vg.head,
                        family,
                        verbal: true,
                        effect: false,
                    });
                } else if clause.lexicon.effect_of_verb(lemma).is_some()
                    && !matches!(lemma, "free" | "affect" | "hospitalize" | "burn")
                {
                    out.push(Trigger {
                        chunk: at,
                        token: vg.head,
                        family: Family::Kill,
                        verbal: true,
                        effect: !has_doer(clause, at),
                    });
                }
            }
            Chunk::Np(np) => {
                if let Some(family) = clause
                    .entity(at)
                    .and_then(deed_of)
                    .filter(|family| noun_fits(clause, at, *family))
                {
                    let (family, effect) = match family {
                        Family::Kill => {
                            (family, matches!(clause.parsed.norm(np.head), "killing" | "killings"))
                        }
                        Family::Seize
                            if clause.of(at).and_then(|of| clause.entity(of)).is_some_and(
                                |entity| {
                                    matches!(
                                        entity.what,
                                        What::Force | What::Civilians | What::Person | What::Name
                                    )
                                },
                            ) =>
                        {
                            (Family::Arrest, false)
                        }
                        _ => (family, false),
                    };
                    out.push(Trigger { chunk: at, token: np.head, family, verbal: false, effect });
                }
            }
            _ => {}
        }
    }
    out
}

/// What a verb without a family of its own is by its object: weapons found, equipment destroyed, people taken, troops moved.
fn by_patient(clause: &Clause<'_, '_>, at: usize, lemma: &str) -> Option<Family> {
    let patients = patients(clause, at);
    let any = |test: &dyn Fn(&Entity) -> bool| {
        patients.iter().any(|np| clause.entity(*np).is_some_and(test))
    };
    let armed_doer = || {
        clause.subject(at).iter().any(|np| {
            clause.entity(*np).is_some_and(|entity| {
                entity.is_armed() || entity.air || !entity.factions.is_empty()
            })
        })
    };
    let passive = clause.vg(at).is_some_and(|vg| vg.passive);
    match lemma {
        "find" | "recover" | "seize" | "discover" | "intercept" | "confiscate" | "uncover"
        | "locate" | "identify" | "capture" | "destroy" | "clear"
            if any(&|entity| is_weapon(clause, entity)) =>
        {
            Some(Family::Weapons)
        }
        "drive back" | "push back" | "drive out" | "push out" | "oust" | "evict" | "dislodge"
        | "flush out" | "expel"
            if any(&Entity::is_armed) && from_ground(clause, at) =>
        {
            Some(Family::Seize)
        }
        "use" | "drop" | "fire" | "launch" | "release" | "deploy"
            if patients.iter().any(|np| names_poison(clause, *np)) =>
        {
            Some(Family::Chemical)
        }
        "throw" | "hurl" | "lob" | "fire" | "toss"
            if !armed_doer()
                && patients.iter().any(|np| {
                    clause.np(*np).is_some_and(|np| THROWN.contains(&clause.parsed.norm(np.head)))
                }) =>
        {
            Some(Family::Riot)
        }
        "intercept"
            if any(&|entity| {
                matches!(entity.what, What::Force | What::Civilians) && entity.count.is_some()
            }) =>
        {
            Some(Family::Arrest)
        }
        "destroy" | "demolish" | "eliminate"
            if !passive
                && armed_doer()
                && any(&|entity| {
                    matches!(entity.what, What::Materiel | What::Position | What::Object(_))
                }) =>
        {
            Some(Family::Assault)
        }
        "take"
            if !passive
                && armed_doer()
                && any(&|entity| entity.what == What::Civilians && entity.count.is_some()) =>
        {
            Some(Family::Abduct)
        }
        "take" | "capture"
            if any(&|entity| entity.what == What::Area)
                && (armed_doer()
                    || passive
                    || clause.phrases(at).iter().any(|(word, list)| {
                        *word == "from"
                            && list
                                .iter()
                                .any(|np| clause.entity(*np).is_some_and(Entity::is_armed))
                    })) =>
        {
            Some(Family::Seize)
        }
        "hurl" | "throw" | "lob" | "toss" | "plant" | "place" | "fire" | "launch" | "drop"
        | "park" => thrown(clause, &patients),
        "move" | "form" | "create" | "set up" | "send"
            if any(&|entity| entity.what == What::Force) =>
        {
            Some(Family::Change)
        }
        _ => None,
    }
}

/// What throwing, firing or planting something is.
fn thrown(clause: &Clause<'_, '_>, patients: &[usize]) -> Option<Family> {
    patients.iter().filter_map(|np| clause.entity(*np)).find_map(|entity| {
        let means = (entity.first.saturating_sub(2)..entity.last).find_map(|at| {
            clause.lexicon.means.find(&clause.parsed.tokens, at).map(|(_, means)| *means)
        })?;
        Some(match means {
            Means::Grenade => Family::Grenade,
            Means::Shell => Family::Shell,
            Means::Ied => Family::Blast,
            Means::Chemical => Family::Chemical,
            Means::Air => Family::Air,
            Means::Suicide => return None,
        })
    })
}

/// What crowds throw: throwing it is a riot.
const THROWN: &[&str] = &[
    "stones",
    "rocks",
    "bottles",
    "bricks",
    "firecrackers",
    "fireworks",
    "cocktails",
    "eggs",
    "debris",
    "objects",
];

/// Driven back "from the village": the ground is lost.
fn from_ground(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.phrases(at).iter().any(|(word, list)| {
        matches!(*word, "from" | "of")
            && list.iter().any(|np| {
                clause
                    .entity(*np)
                    .is_some_and(|entity| matches!(entity.what, What::Area | What::Position))
            })
    })
}

/// A phrase that names a poison: "chlorine munitions".
fn names_poison(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.np(at).is_some_and(|np| {
        (np.first..np.last).any(|at| {
            clause
                .lexicon
                .means
                .find(&clause.parsed.tokens, at)
                .is_some_and(|(_, means)| *means == Means::Chemical)
        })
    })
}

/// A weapon that lies somewhere, not one in use.
fn is_weapon(clause: &Clause<'_, '_>, entity: &Entity) -> bool {
    let tokens = &clause.parsed.tokens;
    matches!(
        entity.what,
        What::Materiel | What::Deed(Family::Blast | Family::Grenade | Family::Shell)
    ) && (entity.first..entity.last).any(|at| clause.lexicon.weapons.find(tokens, at).is_some())
}

/// The noun phrases to which a verb's deed is done.
fn patients(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let Some(vg) = clause.vg(at) else { return Vec::new() };
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let objects = clause.objects(at);
    if vg.passive || (vg.bare && !ing && objects.is_empty()) { clause.subject(at) } else { objects }
}

/// Whether a deed noun tells of one: a truce needs a verb that makes or ends it.
fn noun_fits(clause: &Clause<'_, '_>, at: usize, family: Family) -> bool {
    let found = |verb: usize| {
        matches!(
            clause.lemma(verb),
            "find"
                | "recover"
                | "seize"
                | "discover"
                | "intercept"
                | "confiscate"
                | "uncover"
                | "unearth"
                | "defuse"
                | "dismantle"
                | "identify"
                | "capture"
                | "neutralize"
                | "clear"
                | "destroy"
        )
    };
    if matches!(family, Family::Blast | Family::Grenade | Family::Shell)
        && clause.entity(at).is_some_and(|entity| is_weapon(clause, entity))
    {
        let at = outermost(clause, at);
        let held = clause.governor(at).is_some_and(|(verb, prep)| prep.is_empty() && found(verb))
            || clause.predicate(at).is_some_and(|verb| {
                clause.vg(verb).is_some_and(|vg| vg.passive || vg.bare) && found(verb)
            });
        return !held;
    }
    if family != Family::Agree {
        return true;
    }
    let made = |lemma: &str| {
        matches!(
            lemma,
            "reach"
                | "sign"
                | "agree"
                | "announce"
                | "declare"
                | "strike"
                | "accept"
                | "broker"
                | "conclude"
                | "make"
                | "enter"
                | "begin"
                | "start"
                | "hold"
                | "collapse"
                | "end"
                | "take"
                | "come"
                | "violate"
                | "break"
                | "implement"
                | "extend"
                | "exchange"
                | "negotiate"
                | "approve"
                | "establish"
        )
    };
    clause.governor(at).is_some_and(|(verb, prep)| {
        made(clause.lemma(verb)) && matches!(prep, "" | "to" | "on" | "into" | "with")
    }) || clause.predicate(at).is_some_and(|verb| made(clause.lemma(verb)))
}

/// The first phrase of the list or "of" chain that a noun phrase stands in.
fn outermost(clause: &Clause<'_, '_>, at: usize) -> usize {
    let mut first = at;
    while first >= 2
        && clause.np(first - 2).is_some()
        && (clause.word(first - 1) == "of"
            || matches!(clause.chunk(first - 1), Some(Chunk::Conj(_) | Chunk::Comma(_))))
    {
        first -= 2;
    }
    first
}

/// Whether an active verb of killing has a doer that can do violence.
fn has_doer(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(vg) = clause.vg(at) else { return false };
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let passive = vg.passive || (vg.bare && !ing && clause.objects(at).is_empty());
    let named = |list: Vec<usize>| {
        list.iter().any(|np| {
            clause.entity(*np).is_some_and(|entity| {
                entity.can_act() && entity.what != What::Civilians
                    || !entity.factions.is_empty() && deed_of(entity).is_none()
            })
        })
    };
    if clause.lexicon.died.has(clause.lemma(at)) {
        return false;
    }
    if passive {
        return clause
            .phrases(at)
            .into_iter()
            .filter(|(word, _)| *word == "by")
            .any(|(_, list)| named(list));
    }
    named(clause.subject(at))
}

/// Whether a verb of a family is that deed here: some need an object of a kind.
fn fits(clause: &Clause<'_, '_>, at: usize, family: Family) -> bool {
    let lemma = clause.lemma(at);
    let Some(vg) = clause.vg(at) else { return false };
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let objects = clause.objects(at);
    let passive = vg.passive || (vg.bare && !ing && objects.is_empty());
    let patients = if passive { clause.subject(at) } else { objects };
    let any = |test: &dyn Fn(&Entity) -> bool| {
        patients.iter().any(|np| clause.entity(*np).is_some_and(test))
    };
    let doers = if passive { Vec::new() } else { clause.subject(at) };
    let doer = doers.iter().any(|np| {
        clause.entity(*np).is_some_and(|entity| {
            entity.is_armed()
                || entity.air
                || !entity.factions.is_empty()
                || entity.what == What::Pronoun
        })
    });
    match family {
        Family::Seize if any(&|entity| is_weapon(clause, entity)) => false,
        Family::Seize => {
            let control = lemma.ends_with("control")
                || matches!(
                    lemma,
                    "take over"
                        | "take back"
                        | "liberate"
                        | "recapture"
                        | "retake"
                        | "overrun"
                        | "reclaim"
                );
            (control && !any(&|entity| matches!(entity.what, What::Materiel)))
                || any(&|entity| {
                    matches!(entity.what, What::Area)
                        || matches!(&entity.what, What::Object(kind) if matches!(kind.as_str(), "checkpoint" | "airport" | "crossing" | "camp" | "infrastructure" | "road"))
                        || (entity.what == What::Position && lemma != "secure" && lemma != "clear")
                })
        }
        Family::Agree => {
            if lemma == "sign" {
                return any(&|entity| deed_of(entity) == Some(Family::Agree));
            }
            clause
                .sentence
                .entities
                .iter()
                .flatten()
                .any(|entity| deed_of(entity) == Some(Family::Agree))
                || lemma == "agree"
        }
        Family::Base => any(&|entity| {
            matches!(entity.what, What::Position)
                || matches!(&entity.what, What::Object(kind) if matches!(kind.as_str(), "camp" | "building" | "checkpoint"))
        }),
        Family::Weapons => any(&|entity| {
            matches!(entity.what, What::Materiel)
                || deed_of(entity)
                    .is_some_and(|family| matches!(family, Family::Blast | Family::Grenade))
        }),
        Family::Access => any(
            &|entity| matches!(&entity.what, What::Object(kind) if matches!(kind.as_str(), "road" | "checkpoint" | "crossing" | "aid" | "airport")),
        ),
        Family::Withdraw => match lemma {
            "leave" => doer && any(&|entity| matches!(entity.what, What::Area | What::Position)),
            "evacuate" => true,
            _ => doer || passive,
        },
        Family::Change => doer || any(&Entity::is_armed),
        Family::Displace => match lemma {
            "return" => {
                doers.iter().any(|np| {
                    clause.entity(*np).is_some_and(|entity| entity.what == What::Civilians)
                }) && any(&|_| false)
            }
            _ => true,
        },
        Family::Loot => {
            any(&|entity| matches!(entity.what, What::Object(_) | What::Materiel | What::Area))
        }
        Family::Assault => match lemma {
            "strike" if any(&|entity| deed_of(entity) == Some(Family::Agree)) => false,
            "hit" | "strike" | "target" | "engage" | "pound" => {
                doer || any(&|entity| {
                    !matches!(entity.what, What::Other | What::Pronoun | What::Name)
                })
            }
            "fire" => !any(&|entity| entity.is_armed() || entity.what == What::Civilians),
            "intercept" => false,
            "beat" | "club" | "stab" | "harass" | "infiltrate" | "torture" | "ram" => {
                any(&|entity| matches!(entity.what, What::Civilians | What::Person | What::Force))
            }
            _ => true,
        },
        Family::Clash => {
            lemma != "fight" && lemma != "battle" && lemma != "confront"
                || doer
                || any(&Entity::is_armed)
        }
        Family::Protest if lemma == "demonstrate" && !patients.is_empty() => false,
        // "to protest the killing" says why, not that people marched
        Family::Protest if lemma == "protest" && any(&|entity| deed_of(entity).is_some()) => false,
        Family::Protest => {
            !matches!(lemma, "rally" | "march" | "chant" | "protest")
                || !doer
                || doers.iter().any(|np| {
                    clause.entity(*np).is_some_and(|entity| entity.what == What::Civilians)
                })
        }
        Family::Arrest | Family::Kill | Family::Abduct => !patients.is_empty() || passive || doer,
        _ => true,
    }
}

/// Cuts the chunks where another happening may begin.
fn cut(clause: &Clause<'_, '_>, triggers: &[Trigger]) -> Vec<Segment> {
    let (mut out, mut start, mut hard) = (Vec::new(), 0, false);
    let last = clause.sentence.chunks.len();
    let segment = |range: Range<usize>, hard: bool| Segment {
        range,
        hard,
        triggers: Vec::new(),
        losses: Vec::new(),
        things: Vec::new(),
    };
    for at in 1..last {
        let Some(kind) = boundary(clause, at, triggers) else { continue };
        let left = triggers.iter().any(|trigger| (start..at).contains(&trigger.chunk));
        if left || kind {
            out.push(segment(start..at, hard));
            (start, hard) = (at, kind);
        }
    }
    out.push(segment(start..last, hard));
    out
}

/// Whether a segment begins at the chunk; true inside means that the two are surely different happenings.
fn boundary(clause: &Clause<'_, '_>, at: usize, triggers: &[Trigger]) -> Option<bool> {
    let right = triggers.iter().any(|trigger| trigger.chunk > at && trigger.chunk < at + 16);
    match clause.chunk(at)? {
        Chunk::Mark(_) => matches!(clause.word(at), ";" | "•" | ":" | "-").then_some(true),
        Chunk::Sub(_) if right => {
            Some(matches!(clause.word(at), "while" | "whereas" | "because" | "although" | "though"))
        }
        Chunk::Prep(_) if right => match clause.word(at) {
            "after" | "following" | "before" | "since" => Some(true),
            "as" => clause_follows(clause, at).then_some(false),
            _ => None,
        },
        Chunk::Adv(_) if right => {
            matches!(clause.word(at), "meanwhile" | "separately" | "elsewhere").then_some(true)
        }
        Chunk::Conj(_) | Chunk::Comma(_) if right && clause_follows(clause, at) => {
            let verb = (at + 1..at + 8).find(|next| clause.vg(*next).is_some())?;
            let new_subject =
                clause.np(at + 1).is_some() && clause.subject(verb).contains(&(at + 1));
            let trigger =
                triggers.iter().any(|trigger| trigger.chunk == verb || trigger.chunk == at + 1);
            let counted = clause.np(at + 1).is_some_and(|np| np.count.is_some())
                && triggers.iter().any(|trigger| trigger.chunk == verb && trigger.effect);
            let placed = |range: Range<usize>| {
                range.filter_map(|chunk| clause.chunk(chunk)).any(|chunk| {
                    (chunk.first()..chunk.last()).any(|token| {
                        clause.parsed.place_at(token).is_some_and(|spot| {
                            clause.parsed.spots[spot].location && clause.parsed.is_fine(spot)
                        })
                    })
                })
            };
            let apart = counted && placed(at.saturating_sub(8)..at) && placed(at + 1..at + 10);
            (new_subject && trigger && (!counted || apart)).then_some(apart)
        }
        _ => None,
    }
}

/// A noun phrase with a finite verb after it.
fn clause_follows(clause: &Clause<'_, '_>, at: usize) -> bool {
    if clause.np(at + 1).is_none() {
        return false;
    }
    (at + 2..at + 9)
        .find(|next| clause.vg(*next).is_some())
        .is_some_and(|verb| clause.vg(verb).is_some_and(|vg| !vg.bare && !vg.infinitive))
}

/// Joins segments until each says one happening: what only says what befell people belongs to the deed beside it.
fn join_effects(segments: &mut Vec<Segment>) {
    while let Some((from, into)) =
        (0..segments.len()).find_map(|at| host(segments, at).map(|into| (at, into)))
    {
        let moved = segments.remove(from);
        let into = if into > from { into - 1 } else { into };
        let Some(host) = segments.get_mut(into) else { return };
        join(host, moved);
    }
}

fn join(host: &mut Segment, moved: Segment) {
    host.range = host.range.start.min(moved.range.start)..host.range.end.max(moved.range.end);
    host.triggers.extend(moved.triggers);
    host.losses.extend(moved.losses);
    host.things.extend(moved.things);
    host.triggers.sort_by_key(|trigger| trigger.chunk);
    host.losses.sort_by_key(|loss| loss.chunk);
}

/// The segment that the one at `at` belongs to, if it is not one of its own.
fn host(segments: &[Segment], at: usize) -> Option<usize> {
    let segment = &segments[at];
    let empty =
        segment.triggers.is_empty() && segment.losses.is_empty() && segment.things.is_empty();
    let before = at.checked_sub(1);
    let after = Some(at + 1).filter(|next| *next < segments.len());
    if empty {
        return before.or(after);
    }
    if !only_effects(segment) {
        return None;
    }
    let next =
        after.filter(|next| has_cause(&segments[*next]) && segments[*next].losses.is_empty());
    let previous = before.filter(|before| {
        let host = &segments[*before];
        has_cause(host) && (!segment.hard || host.losses.is_empty()) && !overlapping(host, segment)
    });
    next.or(previous)
}

fn overlapping(a: &Segment, b: &Segment) -> bool {
    a.losses.iter().any(|x| {
        b.losses.iter().any(|y| {
            x.effect == y.effect
                && x.entity.what == y.entity.what
                && x.figure != y.figure
                && x.figure.is_some()
                && y.figure.is_some()
        })
    })
}

fn only_effects(segment: &Segment) -> bool {
    !segment.losses.is_empty() && segment.triggers.iter().all(|trigger| trigger.effect)
}

fn has_cause(segment: &Segment) -> bool {
    segment.triggers.iter().any(|trigger| !trigger.effect)
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

/// One candidate for each group of the segment, the stronger groups taking the weaker ones in.
fn build(clause: &Clause<'_, '_>, segment: Segment) -> Vec<Raw> {
    let Segment { range, triggers, losses, things, .. } = segment;
    let triggers = filter::real(clause, triggers);
    if triggers.is_empty() && losses.is_empty() {
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
            out.push(raw);
        }
    }
    out
}

fn belongs(loss: &Loss, group: u8) -> bool {
    match loss.effect {
        Effect::Captured => matches!(group, 1 | 2),
        _ => group == 0 || group == 3,
    }
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
    if triggers.is_empty() && losses.is_empty() {
        return None;
    }
    let mut all = Roles::default();
    for trigger in &filter::real(clause, triggers.clone()) {
        let roles = if trigger.verbal {
            roles::of_verb(clause, trigger.chunk, trigger.family)
        } else {
            roles::of_noun(clause, trigger.chunk, trigger.family)
        };
        add(&mut all, roles);
    }
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
    for trigger in triggers {
        let subject = if trigger.verbal { clause.subject(trigger.chunk) } else { Vec::new() };
        let with = clause
            .phrases(trigger.chunk)
            .into_iter()
            .filter(|(word, _)| matches!(*word, "with" | "by" | "using" | "from" | "in" | "of"))
            .flat_map(|(_, list)| list);
        let object = if trigger.verbal { clause.objects(trigger.chunk) } else { Vec::new() };
        for np in subject.into_iter().chain(with).chain(
            object
                .into_iter()
                .filter(|np| clause.entity(*np).is_some_and(|entity| deed_of(entity).is_some())),
        ) {
            if range.contains(&np)
                && let Some(chunk) = clause.chunk(np)
            {
                look(chunk.first(), chunk.last());
            }
        }
    }
    let family = |wanted: Family| triggers.iter().any(|trigger| trigger.family == wanted);
    if (family(Family::Protest)
        || triggers.is_empty()
        || clause.parsed.norm(triggers[0].token) == "fire")
        && let (Some(first), Some(last)) =
            (clause.chunk(range.start), clause.chunk(range.end.saturating_sub(1)))
    {
        look(first.first(), last.last());
    }
    out
}

/// How far an attack got, from its roles and words.
pub fn phase(raw: &Raw) -> Option<Phase> {
    raw.roles.repelled.then_some(Phase::Repelled)
}

/// Marks a candidate as known only by its effects.
pub fn is_bare(candidate: &Candidate) -> bool {
    candidate.effects_only
}
