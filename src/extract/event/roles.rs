//! Roles: who did a deed to whom, by the grammar of its clause.

use super::build::is_post;
use super::clause::Clause;
use super::entity::{Entity, What};
use super::fitting::fires;
use super::trigger::is_held;
use crate::extract::language::{Class, Family, Form};
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Np;
use crate::extract::parse::tag;

/// Whom a deed's words name.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// Chunks of those who began it.
    pub initiators: Vec<Entity>,
    /// Chunks of those it was done to.
    pub targets: Vec<Entity>,
    /// Chunks of those who took part on equal terms.
    pub participants: Vec<Entity>,
    /// It was beaten back.
    pub repelled: bool,
    /// The clause says that it did not succeed or not happen.
    pub failed: bool,
}

impl Roles {
    fn initiator(&mut self, clause: &Clause<'_, '_>, at: usize) {
        let acts = |entity: &&Entity| {
            (entity.can_act() || !entity.factions.is_empty()) && !points(clause, entity)
        };
        if let Some(entity) = clause.entity(at).filter(acts) {
            self.initiators.push(entity.clone());
        }
    }

    fn initiators(&mut self, clause: &Clause<'_, '_>, list: &[usize]) {
        for at in list {
            self.initiator(clause, *at);
        }
    }

    fn targets(&mut self, clause: &Clause<'_, '_>, list: &[usize]) {
        for at in list {
            self.target(clause, *at);
        }
    }

    fn things(&mut self, clause: &Clause<'_, '_>, list: &[usize]) {
        for at in list {
            self.thing(clause, *at);
        }
    }

    /// What was blown up, burnt or shelled is a thing, whatever its name: "five electricity posts".
    fn thing(&mut self, clause: &Clause<'_, '_>, at: usize) {
        let Some(entity) = clause.entity(at) else { return };
        let word = clause.parsed.norm(entity.head);
        let loose = entity.factions.is_empty() && !entity.air;
        match &entity.what {
            What::Other | What::Position if loose && !is_post(clause.parsed, entity) => {
                let inner = clause.of(at).and_then(|of| clause.entity(of));
                if let Some(whole) = inner.filter(|whole| matches!(whole.what, What::Object(_))) {
                    return self.targets.push(whole.clone());
                }
                let names = word.len() > 3
                    && word.chars().all(char::is_alphabetic)
                    && entity.first <= entity.head
                    && !VAGUE.contains(&word)
                    && !clause.lexicon.areas.has(word);
                if names {
                    self.object(entity, "other");
                }
            }
            // cars and offices that belong to no armed party
            What::Materiel if loose => match clause.lexicon.objects.word(word) {
                Some(kind) => self.object(entity, kind),
                None => self.target(clause, at),
            },
            _ => self.target(clause, at),
        }
    }

    fn object(&mut self, entity: &Entity, kind: &str) {
        self.targets.push(Entity { what: What::Object(kind.to_owned()), ..entity.clone() });
    }

    fn target(&mut self, clause: &Clause<'_, '_>, at: usize) {
        if let Some(entity) = clause.entity(at).filter(|entity| {
            !matches!(entity.what, What::Other | What::Pronoun | What::Deed(_))
                || !entity.factions.is_empty()
        }) {
            self.targets.push(entity.clone());
        }
    }
}

/// "that", "those", "some": pronouns that stand for no party named before.
fn points(clause: &Clause<'_, '_>, entity: &Entity) -> bool {
    entity.what == What::Pronoun
        && !matches!(
            clause.parsed.norm(entity.head),
            "he" | "she"
                | "they"
                | "it"
                | "we"
                | "i"
                | "himself"
                | "herself"
                | "themselves"
                | "who"
                | "which"
        )
}

/// "abducted and later murdered by the rebels": the participle joined to a passive, whose doer is the doer of both.
fn joined_participle(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    use crate::extract::parse::chunk::Chunk;
    matches!(clause.chunk(at + 1), Some(Chunk::Conj(_))).then_some(())?;
    let next = (at + 2..at + 4).find(|next| !matches!(clause.chunk(*next), Some(Chunk::Adv(_))))?;
    let vg = clause.vg(next)?;
    let participle = vg.passive || vg.bare && vg.verb.is_some_and(|verb| verb.form != Form::Ing);
    participle.then_some(next)
}

/// A thing that an explosion beside it hits: a house, an office, a car; a street only says where.
fn stands(clause: &Clause<'_, '_>, np: usize) -> bool {
    clause.entity(np).is_some_and(|entity| match &entity.what {
        What::Object(kind) => kind != "road",
        What::Body => true,
        What::Materiel => {
            let kind = clause.lexicon.objects.word(clause.parsed.norm(entity.head));
            kind.is_some() && entity.factions.is_empty()
        }
        _ => false,
    })
}

/// Words that name no thing that could be hit.
const VAGUE: &[&str] = &[
    "others",
    "part",
    "parts",
    "everything",
    "anything",
    "something",
    "nothing",
    "fire",
    "side",
    "sides",
    "distance",
    "time",
    "times",
    "dawn",
    "night",
    "morning",
    "noon",
    "home",
    "least",
    "kilometers",
    "meters",
    "miles",
    "place",
    "places",
    "scene",
    "moment",
    "front",
    "background",
    "addition",
    "response",
    "retaliation",
    "order",
    "total",
    "damage",
    "street",
    "streets",
    "avenue",
    "avenues",
    "boulevard",
    "intersection",
    "corner",
    "lot",
    "zone",
    "country",
    "nation",
    "government",
    "people",
    "regime",
    "peace",
    "democracy",
    "economy",
    "plan",
    "proposal",
    "idea",
    "policy",
    "tension",
];

/// Verbs of attacking whose object, where somebody armed does it, is a thing or people.
fn storms(lemma: &str) -> bool {
    matches!(
        lemma,
        "attack"
            | "assault"
            | "storm"
            | "raid"
            | "ambush"
            | "machinegun"
            | "machine-gun"
            | "open fire"
            | "fire"
    )
}

/// Verbs whose object is a thing that stood somewhere.
fn destroys(lemma: &str) -> bool {
    matches!(
        lemma,
        "blow up"
            | "dynamite"
            | "bomb"
            | "torch"
            | "burn"
            | "burn down"
            | "raze"
            | "demolish"
            | "sabotage"
            | "set ablaze"
            | "set fire"
            | "set on fire"
    )
}

/// Prepositions after a deed that lead to its target.
const ONTO: &[&str] =
    &["on", "against", "targeting", "upon", "at", "onto", "towards", "toward", "into"];

/// The roles around a verb of a deed.
pub fn of_verb(clause: &Clause<'_, '_>, at: usize, family: Family) -> Roles {
    let mut roles = Roles::default();
    let Some(vg) = clause.vg(at) else { return roles };
    let subject = clause.subject(at);
    let phrases = clause.phrases(at);
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let objects = clause.objects(at);
    let reduced = vg.bare
        && !ing
        && !is_intransitive(family)
        && !fires(clause, at)
        && (objects.is_empty() || is_reduced(clause, at))
        && !is_own_doer(clause, at, &subject);
    let passive = vg.passive || reduced;
    if symmetric(family) {
        // prisoners who are exchanged take no part
        let takes_part = |list: Vec<usize>| -> Vec<usize> {
            list.into_iter().filter(|np| !is_held(clause, *np)).collect()
        };
        return clash(clause, &takes_part(subject), &takes_part(objects), &phrases);
    }
    if passive {
        by_agent(clause, &phrases, &mut roles);
        if destroys(clause.lemma(at))
            || storms(clause.lemma(at)) && roles.initiators.iter().any(Entity::is_armed)
        {
            roles.things(clause, &subject);
        }
        roles.targets(clause, &subject);
        if let Some(next) = joined_participle(clause, at).filter(|_| roles.initiators.is_empty()) {
            by_agent(clause, &clause.phrases(next), &mut roles);
        }
    } else {
        roles.initiators(clause, &subject);
        if destroys(clause.lemma(at))
            || storms(clause.lemma(at)) && roles.initiators.iter().any(Entity::is_armed)
        {
            roles.things(clause, &objects);
        }
        roles.targets(clause, &objects);
        if objects.iter().all(|np| {
            clause.entity(*np).is_none_or(|entity| {
                matches!(entity.what, What::Other | What::Materiel | What::Deed(_))
            })
        }) {
            onto(clause, &phrases, family, &mut roles);
        }
    }
    if matches!(clause.lemma(at), "fire" | "launch" | "shoot") {
        let from = phrases.iter().filter(|(word, _)| *word == "from").flat_map(|(_, list)| list);
        from.filter(|np| clause.entity(**np).is_some_and(|entity| entity.what == What::Position))
            .for_each(|np| roles.initiator(clause, *np));
    }
    if family == Family::Blast {
        let beside = phrases
            .iter()
            .filter(|(word, _)| matches!(*word, "in" | "inside" | "outside" | "near" | "at"))
            .flat_map(|(_, list)| list);
        beside.filter(|np| stands(clause, **np)).for_each(|np| roles.thing(clause, *np));
    }
    if matches!(family, Family::Seize) {
        let from = phrases.iter().filter(|(word, _)| *word == "from").flat_map(|(_, list)| list);
        from.filter(|np| clause.entity(**np).is_some_and(Entity::is_armed))
            .for_each(|np| roles.target(clause, *np));
    }
    peaceable(clause, family, &mut roles);
    roles
}

/// People who do not fight begin no violence.
fn peaceable(clause: &Clause<'_, '_>, family: Family, roles: &mut Roles) {
    if tag::is_violent(family) {
        roles.initiators.retain(|entity| {
            entity.what != What::Civilians
                || entity.class.is_some_and(|class| class.doer)
                || is_suspect(clause, entity)
        });
    }
}

/// People of whom the text says no more than that they did it: "unidentified persons", "armed men".
pub(super) fn is_suspect(clause: &Clause<'_, '_>, entity: &Entity) -> bool {
    if entity.what != What::Civilians {
        return false;
    }
    let marked = (entity.first.saturating_sub(2)..entity.head).any(|at| {
        matches!(
            clause.parsed.norm(at),
            "unidentified" | "unknown" | "armed" | "masked" | "hooded" | "suspected" | "alleged"
        )
    });
    marked
        || matches!(
            clause.parsed.norm(entity.head),
            "men" | "man" | "individuals" | "individual" | "youths" | "subjects"
        )
}

/// Families whose verbs have no object: their past without one is no passive.
fn is_intransitive(family: Family) -> bool {
    matches!(
        family,
        Family::Clash
            | Family::Protest
            | Family::Riot
            | Family::Withdraw
            | Family::Displace
            | Family::Agree
            | Family::Change
    )
}

/// Aircraft before a past form without "by" did it: "where warplanes struck on Thursday".
fn is_own_doer(clause: &Clause<'_, '_>, at: usize, subject: &[usize]) -> bool {
    let active =
        matches!(clause.lemma(at), "strike" | "hit" | "attack" | "target" | "bomb" | "pound");
    let by = clause.phrases(at).iter().any(|(word, _)| *word == "by");
    let flies = |np: &usize| {
        clause.entity(*np).is_some_and(|entity| {
            entity.air || clause.lexicon.aircraft.has(clause.parsed.norm(entity.head))
        })
    };
    active && !by && subject.iter().any(flies)
}

/// A participle after its noun with a preposition behind it.
fn is_reduced(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.word(at + 1) == "by"
}

fn symmetric(family: Family) -> bool {
    matches!(family, Family::Clash | Family::Agree)
}

fn by_agent(clause: &Clause<'_, '_>, phrases: &[(&str, Vec<usize>)], roles: &mut Roles) {
    for (_, list) in phrases.iter().filter(|(word, _)| *word == "by") {
        roles.initiators(clause, list);
    }
}

fn onto(
    clause: &Clause<'_, '_>,
    phrases: &[(&str, Vec<usize>)],
    family: Family,
    roles: &mut Roles,
) {
    for (word, list) in phrases.iter().filter(|(word, _)| ONTO.contains(word)) {
        let hit = matches!(family, Family::Blast | Family::Grenade | Family::Shell);
        if hit && matches!(*word, "against" | "at" | "into" | "on" | "targeting") {
            roles.things(clause, list);
        } else {
            roles.targets(clause, list);
        }
    }
}

/// "A clashed with B", "A and B fought".
fn clash(
    clause: &Clause<'_, '_>,
    subject: &[usize],
    objects: &[usize],
    phrases: &[(&str, Vec<usize>)],
) -> Roles {
    let mut roles = Roles::default();
    let with = phrases
        .iter()
        .filter(|(word, _)| matches!(*word, "with" | "against" | "between"))
        .flat_map(|(_, list)| list);
    for np in subject.iter().chain(objects).chain(with) {
        if let Some(entity) =
            clause.entity(*np).filter(|entity| entity.can_act() || !entity.factions.is_empty())
        {
            roles.participants.push(entity.clone());
        }
    }
    roles
}

/// The roles around a deed noun.
pub fn of_noun(clause: &Clause<'_, '_>, at: usize, family: Family) -> Roles {
    let mut roles = Roles::default();
    let Some(np) = clause.np(at) else { return roles };
    inside(clause, at, np, family, &mut roles);
    if matches!(clause.parsed.norm(np.head), "bomber" | "bombers")
        && let Some(entity) = clause.entity(at)
    {
        let class = clause.lexicon.people.word(clause.parsed.norm(np.head)).copied();
        roles.initiators.push(Entity { what: What::Force, class, ..entity.clone() });
    }
    let phrases = clause.phrases(clause.chain_end(at).max(at));
    after(clause, at, &phrases, family, &mut roles);
    governed(clause, at, family, &mut roles);
    predicate(clause, at, family, &mut roles);
    peaceable(clause, family, &mut roles);
    if symmetric(family) {
        let all: Vec<Entity> = roles
            .initiators
            .drain(..)
            .chain(roles.targets.drain(..))
            .chain(roles.participants.drain(..))
            .collect();
        roles.participants = all
            .into_iter()
            .filter(|entity| entity.can_act() || !entity.factions.is_empty())
            .collect();
    }
    roles
}

/// Names and classes before the head: "ISIS attack", "a rebel mortar attack", "army's shelling".
fn inside(clause: &Clause<'_, '_>, at: usize, np: &Np, family: Family, roles: &mut Roles) {
    let Some(entity) = clause.entity(at) else { return };
    if !entity.factions.is_empty() && !is_setting(clause, np, entity) {
        let named =
            clause.parsed.named_within(np.first, np.last).find(|named| named.faction.is_some());
        let (first, last) =
            named.map_or((entity.first, entity.last), |named| (named.first, named.last));
        let demonym = named.is_some_and(|named| named.kind == AliasKind::Demonym);
        let last = if demonym { entity.last } else { last };
        roles.initiators.push(Entity {
            what: What::Force,
            first,
            last,
            named: !demonym,
            class: None,
            count: None,
            ..entity.clone()
        });
        return;
    }
    if matches!(family, Family::Kill | Family::Abduct | Family::Arrest | Family::Sexual)
        && victim_before(clause, np, entity, roles)
    {
        return;
    }
    for token in np.first..np.head {
        let Some(class) = clause.lexicon.people.word(clause.parsed.norm(token)).copied() else {
            continue;
        };
        let possessive = clause.parsed.norm(token + 1) == "'s";
        // "terrorist attack", "criminal attack" say what sort of deed it was, not who did it
        let sort = matches!(clause.parsed.norm(token), "terrorist" | "criminal")
            && family == Family::Assault
            && token + 1 == np.head;
        if class.armed.is_some() && !sort || possessive {
            let what = if class.armed.is_some() { What::Force } else { What::Civilians };
            roles.initiators.push(Entity {
                what,
                first: token,
                last: token + 1,
                head: token,
                class: Some(Class { one: false, ..class }),
                count: None,
                named: false,
                ..entity.clone()
            });
            return;
        }
    }
}

/// "the mayor's murder", "Haddad's abduction": the possessor is the victim.
fn victim_before(clause: &Clause<'_, '_>, np: &Np, entity: &Entity, roles: &mut Roles) -> bool {
    let Some(mark) = (np.first..np.head).find(|at| matches!(clause.parsed.norm(*at), "'s" | "'"))
    else {
        return false;
    };
    let Some(head) = mark.checked_sub(1).filter(|head| *head >= np.first) else { return false };
    let class = clause.lexicon.people.word(clause.parsed.norm(head)).copied();
    let name = clause
        .parsed
        .tokens
        .get(head)
        .is_some_and(|token| token.caps != crate::extract::parse::token::Caps::None);
    let what = match class {
        Some(class) if class.armed.is_some() => What::Force,
        Some(class) if class.office => What::Person,
        Some(_) => What::Civilians,
        None if name => What::Name,
        None => return false,
    };
    let first = (np.first..=head)
        .rev()
        .take_while(|at| !matches!(clause.parsed.norm(*at), "the" | "a" | "an"))
        .last()
        .unwrap_or(head);
    roles.targets.push(Entity {
        what,
        first,
        last: head + 1,
        head,
        class,
        count: None,
        named: false,
        factions: Vec::new(),
        ..entity.clone()
    });
    true
}

/// The bare name of a state before a deed says where ("Qalat car bombings") unless the deed is a state's own kind.
fn is_setting(clause: &Clause<'_, '_>, np: &Np, entity: &Entity) -> bool {
    let named = clause.parsed.named_within(np.first, np.last).find(|named| named.faction.is_some());
    let bare = named.is_some_and(|named| {
        named.kind == AliasKind::Name
            && clause.parsed.place_at(named.first).is_some_and(|spot| {
                clause.parsed.spots[spot].place.precision
                    == crate::model::place::PlacePrecision::Country
                    && named.last == clause.parsed.spots[spot].last
            })
    });
    let possessive = named.is_some_and(|named| clause.parsed.norm(named.last) == "'s");
    bare && !possessive && entity.factions.len() == 1
}

fn after(
    clause: &Clause<'_, '_>,
    at: usize,
    phrases: &[(&str, Vec<usize>)],
    family: Family,
    roles: &mut Roles,
) {
    if let Some(of) = clause.of(at) {
        of_phrase(clause, of, family, roles);
    }
    for (word, list) in phrases {
        match *word {
            "by" => roles.initiators(clause, list),
            "between" | "among" => {
                // "the killing of nine members, among them an officer"
                let parts = |np: &usize| {
                    *word == "among"
                        && clause.entity(*np).is_some_and(|entity| entity.what == What::Pronoun)
                };
                for np in list.iter().filter(|np| !parts(np)) {
                    push_participant(clause, *np, roles);
                }
            }
            "with" if symmetric(family) => {
                for np in list {
                    push_participant(clause, *np, roles);
                }
            }
            "in" | "inside" | "outside" | "near" | "at" if family == Family::Blast => {
                list.iter()
                    .filter(|np| stands(clause, **np))
                    .for_each(|np| roles.thing(clause, *np));
            }
            "against" | "on" | "targeting" | "upon" | "at" if family == Family::Blast => {
                roles.things(clause, list);
            }
            "against" | "on" | "targeting" | "upon" | "at" => roles.targets(clause, list),
            _ => {}
        }
    }
    // "the attack targeting X", "strikes hitting X" read as verbs of their own
}

fn push_participant(clause: &Clause<'_, '_>, np: usize, roles: &mut Roles) {
    if let Some(entity) =
        clause.entity(np).filter(|entity| entity.can_act() || !entity.factions.is_empty())
    {
        roles.participants.push(entity.clone());
    }
}

/// "the killing of A", "the shelling of B" name the target; "the attack of A" the doer.
fn of_phrase(clause: &Clause<'_, '_>, of: usize, family: Family, roles: &mut Roles) {
    let doer = matches!(
        family,
        Family::Assault | Family::Clash | Family::Protest | Family::Withdraw | Family::Change
    );
    for np in clause.list(of) {
        let armed = clause.entity(np).is_some_and(Entity::is_armed);
        if doer && armed {
            roles.initiator(clause, np);
        } else if !doer || !armed {
            roles.target(clause, np);
        }
    }
}

/// The verb of which the noun is the object: "launched", "came under", "repelled", "claimed responsibility for".
fn governed(clause: &Clause<'_, '_>, at: usize, _family: Family, roles: &mut Roles) {
    victim_of(clause, at, roles);
    let Some((verb, prep)) = clause.governor(at) else { return };
    let Some(vg) = clause.vg(verb) else { return };
    let lemma = clause.lemma(verb);
    let subject = clause.subject(verb);
    match (lemma, prep) {
        ("come", "under") | ("subject", "to") => roles.targets(clause, &subject),
        ("repel" | "repulse" | "foil" | "thwart" | "resist", "") => {
            roles.repelled = true;
            let done = if vg.passive { Vec::new() } else { subject };
            roles.targets(clause, &done);
        }
        (_, "") if clause.lexicon.suffering.has(lemma) => roles.targets(clause, &subject),
        ("announce", "")
        | ("claim" | "take" | "accept" | "assume" | "admit" | "acknowledge", "for")
        | (
            "respond" | "retaliate" | "participate" | "engage" | "take" | "use",
            "with" | "in" | "",
        ) => roles.initiators(clause, &subject),
        (_, "in" | "by" | "during") if vg.passive && is_hurt(lemma) => {
            roles.things(clause, &subject);
        }
        ("attribute" | "ascribe" | "blame" | "pin", "") if !vg.passive => {
            let phrases = clause.phrases(clause.chain_end(at));
            let culprits = phrases.iter().filter(|(word, _)| matches!(*word, "to" | "on"));
            culprits.for_each(|(_, list)| roles.initiators(clause, list));
        }
        ("blame", "for") | ("accuse", "of") if vg.passive => roles.initiators(clause, &subject),
        ("blame", "for") | ("accuse", "of") => {
            for np in clause.objects(verb) {
                roles.initiator(clause, np);
            }
        }
        (_, "" | "out" | "up") if clause.lexicon.light.has(lemma) && !vg.passive => {
            roles.initiators(clause, &subject);
        }
        _ => {}
    }
}

/// "The school was the target of two bomb attacks".
fn victim_of(clause: &Clause<'_, '_>, at: usize, roles: &mut Roles) {
    let Some(of) = at.checked_sub(1).filter(|of| clause.word(*of) == "of") else { return };
    let (Some(noun), Some(verb)) = (of.checked_sub(1), of.checked_sub(2)) else { return };
    let suffers = clause.np(noun).is_some_and(|np| {
        matches!(
            clause.parsed.norm(np.head),
            "target" | "targets" | "victim" | "victims" | "object" | "scene"
        )
    });
    if suffers && clause.vg(verb).is_some_and(|vg| vg.copula) {
        clause.subject(verb).iter().for_each(|np| roles.thing(clause, *np));
    }
}

/// Verbs that say that a thing or somebody came to harm "in the attack".
fn is_hurt(lemma: &str) -> bool {
    matches!(
        lemma,
        "damage" | "destroy" | "hit" | "burn" | "wreck" | "kill" | "wound" | "injure" | "demolish"
    )
}

/// The verb of which the noun is the subject: "targeted X", "was carried out by X", "killed X".
fn predicate(clause: &Clause<'_, '_>, at: usize, family: Family, roles: &mut Roles) {
    let Some(verb) = clause.predicate(at) else { return };
    let Some(vg) = clause.vg(verb) else { return };
    if vg.passive || vg.bare && clause.objects(verb).is_empty() {
        let phrases = clause.phrases(verb);
        let mut agents = Roles::default();
        by_agent(clause, &phrases, &mut agents);
        let lemma = clause.lemma(verb);
        if matches!(lemma, "attribute" | "ascribe" | "blame" | "pin") {
            let culprits = phrases.iter().filter(|(word, _)| matches!(*word, "to" | "on"));
            culprits.for_each(|(_, list)| roles.initiators(clause, list));
            return;
        }
        onto(clause, &phrases, family, roles);
        if matches!(clause.lemma(verb), "repel" | "repulse" | "foil" | "thwart") {
            roles.repelled = true;
            roles.targets.append(&mut agents.initiators);
        }
        roles.initiators.append(&mut agents.initiators);
        return;
    }
    if matches!(
        clause.lemma(verb),
        "hit"
            | "strike"
            | "target"
            | "rock"
            | "shake"
            | "destroy"
            | "damage"
            | "pound"
            | "kill"
            | "wound"
            | "injure"
            | "leave"
            | "claim"
            | "wipe"
    ) {
        clause.objects(verb).iter().for_each(|np| roles.target(clause, *np));
    }
}
