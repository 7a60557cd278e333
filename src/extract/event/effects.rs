//! What befell people and things: counts of dead, wounded and captured; equipment with its fate; objects.

use super::clause::Clause;
use super::entity::{Entity, What};
use super::{harm, reckoning, toll};
use crate::extract::language::{Class, Effect, Form};
use crate::extract::parse::chunk::{Chunk, Np};
use crate::extract::parse::token::Caps;
use crate::model::casualty::Figure;

/// A count of people and what befell them.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact that the clause states")]
pub struct Loss {
    /// Dead, wounded or captured.
    pub effect: Effect,
    /// How many; none where the text gives no number.
    pub figure: Option<Figure>,
    /// Who.
    pub entity: Entity,
    /// The chunk that says who.
    pub chunk: usize,
    /// The chunk that says what befell them.
    pub trigger: usize,
    /// One more than those named before.
    pub ordinal: bool,
    /// A new figure for the toll of an event named before.
    pub total: bool,
    /// The object of an active verb: none of those who did it.
    pub object: bool,
    /// Fighters and others are among them.
    pub mixed: bool,
}

impl Loss {
    /// The loss of an entity, with its count.
    pub(super) fn new(effect: Effect, entity: Entity, chunk: usize, trigger: usize) -> Self {
        Self {
            effect,
            figure: entity.count.clone(),
            entity,
            chunk,
            trigger,
            ordinal: false,
            total: false,
            object: false,
            mixed: false,
        }
    }
}

/// Words that open a subset: those after them are already counted.
const SUBSET: &[&str] = &["including", "among", "amongst", "excluding", "like"];

/// Every loss in the sentence.
pub fn losses(clause: &Clause<'_, '_>) -> Vec<Loss> {
    let mut out = Vec::new();
    for at in 0..clause.sentence.chunks.len() {
        match clause.chunk(at) {
            Some(Chunk::Vg(_)) => by_verb(clause, at, &mut out),
            Some(Chunk::Np(np)) => by_noun(clause, at, np, &mut out),
            _ => {}
        }
    }
    drop_counted(clause, &mut out);
    settle(&mut out);
    toll::share_out(clause, &mut out);
    out
}

/// A toll says of the people that it counts no more than its figure.
fn drop_counted(clause: &Clause<'_, '_>, losses: &mut Vec<Loss>) {
    let tolls: Vec<(usize, usize)> =
        losses.iter().filter(|loss| loss.total).map(|loss| (loss.trigger, loss.chunk)).collect();
    losses.retain(|loss| {
        let told = loss.figure.as_ref().is_some_and(|figure| figure.min.is_some());
        loss.total
            || told
            || !tolls.iter().any(|(first, last)| (*first..*last).contains(&loss.chunk))
    });
    losses.retain(|loss| loss.total || !toll::of_the_counted(clause, loss.chunk));
    // "a woman died in the night, which brings the number to five": she is one of them
    let last = |effect: Effect| {
        tolls_of(losses).filter(|(kind, _)| *kind == effect).map(|(_, trigger)| trigger).max()
    };
    let ends = [Effect::Killed, Effect::Wounded].map(|effect| (effect, last(effect)));
    losses.retain(|loss| {
        let end = ends.iter().find(|(effect, _)| *effect == loss.effect).and_then(|(_, end)| *end);
        loss.total || end.is_none_or(|end| loss.trigger >= end)
    });
}

/// The tolls among losses: what befell those counted and the chunk that says it.
fn tolls_of(losses: &[Loss]) -> impl Iterator<Item = (Effect, usize)> {
    losses.iter().filter(|loss| loss.total).map(|loss| (loss.effect, loss.trigger))
}

/// Whether the phrase at `at` only details a count already given.
pub fn is_subset(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(mut before) = at.checked_sub(1) else { return false };
    if clause.parts_of_the_same(at) {
        return true;
    }
    while before > 0 && matches!(clause.chunk(before), Some(Chunk::Adv(_) | Chunk::Comma(_))) {
        if matches!(clause.word(before), "mostly" | "mainly" | "most") {
            return true;
        }
        before -= 1;
    }
    if SUBSET.contains(&clause.word(before)) && matches!(clause.chunk(before), Some(Chunk::Prep(_)))
    {
        return true;
    }
    let first = clause.np(at).map_or(0, |np| np.first);
    if matches!(clause.parsed.norm(first), "mostly" | "mainly" | "most" | "largely") {
        return true;
    }
    // a list after "including" is a subset as a whole
    let listed = matches!(clause.chunk(before), Some(Chunk::Conj(_) | Chunk::Comma(_)))
        && before > 0
        && clause.np(before - 1).is_some();
    listed && is_subset(clause, before - 1)
}

/// Adds the loss of whom the chunk names, if they are people and not counted already.
pub(super) fn add(
    clause: &Clause<'_, '_>,
    effect: Effect,
    chunk: usize,
    trigger: usize,
    out: &mut Vec<Loss>,
) {
    let Some(entity) = clause.entity(chunk) else { return };
    if is_subset(clause, chunk)
        || is_none(clause, chunk)
        || is_beast(clause, chunk, entity)
        || out.iter().any(|loss| loss.effect == effect && holds(loss, chunk, entity))
    {
        return;
    }
    if let Some(loss) = some_of_them(clause, effect, chunk, trigger) {
        out.push(loss);
        return;
    }
    let unknown = unknown_people(clause, entity, chunk, trigger);
    let entity = unknown.as_ref().unwrap_or(entity);
    let bare_count = entity.what == What::Other
        && clause.np(chunk).is_some_and(|np| {
            np.count.as_ref().is_some_and(|count| np.head < count.last)
                || matches!(clause.parsed.norm(np.head), "others" | "one" | "more")
        });
    let people = matches!(entity.what, What::Force | What::Civilians | What::Person | What::Name)
        || bare_count
        || entity.what == What::Pronoun;
    if !people {
        return;
    }
    let name_alone = entity.what == What::Force
        && entity.named
        && entity.count.is_none()
        && entity.class.is_none();
    if entity.what == What::Pronoun
        && !matches!(clause.parsed.norm(entity.head), "one" | "others" | "himself" | "themselves")
        || name_alone && effect != Effect::Captured
    {
        return;
    }
    let figure = entity.count.clone().or_else(|| plural(clause, entity));
    if let Some(both) = one_count_for_both(clause, chunk, entity) {
        out.push(Loss { mixed: true, ..Loss::new(effect, both, chunk, trigger) });
        return;
    }
    let object = clause.vg(trigger).is_some_and(|vg| !vg.passive) && trigger < chunk;
    let mixed = is_mixed(clause, chunk);
    out.push(Loss {
        figure,
        ordinal: entity.ordinal,
        object,
        mixed,
        ..Loss::new(effect, entity.clone(), chunk, trigger)
    });
}

/// "40 gunmen and members of their families", "a dozen soldiers and civilians": one count for both sorts.
fn one_count_for_both(clause: &Clause<'_, '_>, chunk: usize, entity: &Entity) -> Option<Entity> {
    let several = entity.count.as_ref()?.min? > 1;
    let end = clause.chain_end(chunk);
    let and =
        matches!(clause.chunk(end + 1), Some(Chunk::Conj(_))) && clause.word(end + 1) == "and";
    let np = clause.np(end + 2)?;
    let folk = clause.entity(end + 2).is_some_and(|other| {
        other.what == What::Civilians
            && other.count.is_none()
            && other.class.is_some_and(|class| !class.one)
    });
    let bare = np.count.is_none() && !np.definite;
    let verb = clause.vg(clause.chain_end(end + 2) + 1).is_some_and(|vg| !vg.bare && !vg.passive);
    let fighters = entity.what == What::Force && entity.class.is_some();
    if !(several && and && folk && bare && fighters) || verb {
        return None;
    }
    let last = clause.np(clause.chain_end(end + 2)).map_or(entity.last, |np| np.head + 1);
    Some(Entity {
        what: What::Civilians,
        class: None,
        factions: Vec::new(),
        last,
        ..entity.clone()
    })
}

/// "people, including civilians and rebel fighters".
fn is_mixed(clause: &Clause<'_, '_>, chunk: usize) -> bool {
    let end = clause.chain_end(chunk);
    let Some(opens) = (end + 1..end + 3).find(|at| SUBSET.contains(&clause.word(*at))) else {
        return false;
    };
    let whom = (opens + 1..opens + 3).find(|at| clause.np(*at).is_some());
    let parts = whom.map(|np| clause.list(np)).unwrap_or_default();
    let any = |test: &dyn Fn(&Entity) -> bool| {
        parts.iter().any(|np| clause.entity(*np).is_some_and(test))
    };
    any(&Entity::is_armed) && any(&|entity| entity.what == What::Civilians)
}

/// Whether a loss already counts those of the chunk.
fn holds(loss: &Loss, chunk: usize, entity: &Entity) -> bool {
    loss.chunk == chunk
        || loss.mixed && (loss.entity.first..loss.entity.last).contains(&entity.head)
}

/// "no soldier", "none of the passengers".
fn is_none(clause: &Clause<'_, '_>, chunk: usize) -> bool {
    clause.np(chunk).is_some_and(|np| {
        matches!(clause.parsed.norm(np.first), "no" | "none" | "nobody" | "neither")
    })
}

/// "22 of his camels".
fn is_beast(clause: &Clause<'_, '_>, chunk: usize, entity: &Entity) -> bool {
    let inner = clause.of(chunk).and_then(|of| clause.np(of)).map(|np| np.head);
    let mut heads = [Some(entity.head), inner].into_iter().flatten();
    heads.any(|head| clause.lexicon.animals.has(clause.parsed.norm(head)))
}

/// "15 of them", "a number of them": whom the text has named before.
fn some_of_them(
    clause: &Clause<'_, '_>,
    effect: Effect,
    chunk: usize,
    trigger: usize,
) -> Option<Loss> {
    let np = clause.np(chunk)?;
    let them = clause.of(chunk)?;
    let pronoun = clause.entity(them).filter(|entity| {
        entity.what == What::Pronoun && clause.parsed.norm(entity.head) == "them"
    })?;
    let active = clause.vg(trigger).is_some_and(|vg| !vg.passive);
    let some = matches!(clause.parsed.norm(np.head), "number" | "some" | "several" | "many");
    let count = clause.entity(chunk).and_then(|entity| entity.count.clone());
    if !active || !some && count.is_none() {
        return None;
    }
    let vague = Figure { vague: Some("a number".to_owned()), ..Figure::default() };
    let figure = count.unwrap_or(vague);
    let entity = Entity { count: Some(figure), ..pronoun.clone() };
    Some(Loss::new(effect, entity, chunk, trigger))
}

/// Verbs that only people and beasts suffer.
const MORTAL: &[&str] =
    &["kill", "murder", "shoot dead", "gun down", "die", "wound", "injure", "abduct", "kidnap"];

/// Whom a verb of killing names by a word that the lexicon lacks: "nine gold diggers", "a watchman".
fn unknown_people(
    clause: &Clause<'_, '_>,
    entity: &Entity,
    chunk: usize,
    trigger: usize,
) -> Option<Entity> {
    let np = clause.np(chunk)?;
    let mortal = MORTAL.contains(&clause.lemma(trigger));
    let one = matches!(clause.parsed.norm(np.first), "a" | "an");
    let counted = np.count.as_ref().is_some_and(|count| np.head >= count.last);
    let word = clause.parsed.tokens.get(np.head).is_some_and(|token| {
        token.caps == Caps::None
            && token.norm.len() > 3
            && token.norm.chars().all(char::is_alphabetic)
    });
    let measure = matches!(
        clause.parsed.norm(np.head),
        "others" | "more" | "times" | "percent" | "total" | "number" | "lives" | "group" | "half"
    ) || clause.lexicon.effect_of_word(clause.parsed.norm(np.head)).is_some();
    if entity.what != What::Other
        || entity.ordinal
        || !mortal
        || !word
        || measure
        || !(one || counted)
    {
        return None;
    }
    let class = Class { armed: None, office: false, one, doer: false };
    let count = entity.count.clone().or_else(|| one.then(|| Figure::exact(1)));
    Some(Entity { what: What::Civilians, class: Some(class), count, ..entity.clone() })
}

/// People in the plural without a number: some.
fn plural(clause: &Clause<'_, '_>, entity: &Entity) -> Option<Figure> {
    match entity.what {
        What::Name | What::Person => Some(Figure::exact(1)),
        What::Civilians | What::Force if !entity.named => {
            let vague = ["many", "several", "others", "some", "numerous", "number", "civilians"]
                .into_iter()
                .find(|word| {
                    (entity.first.saturating_sub(3)..entity.last)
                        .any(|at| clause.parsed.norm(at) == *word)
                });
            Some(Figure {
                min: None,
                max: None,
                vague: Some(vague.unwrap_or("unspecified").to_owned()),
            })
        }
        _ => None,
    }
}

fn by_verb(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let Some(vg) = clause.vg(at) else { return };
    if vg.negated {
        return;
    }
    if clause.lemma(at) == "leave" || clause.lemma(at) == "cause" || clause.lemma(at) == "report" {
        left(clause, at, out);
    }
    if clause.lemma(at) == "claim" && claims_lives(clause, at, out) || harm::told(clause, at, out) {
        return;
    }
    reckoning::read(clause, at, out);
    if matches!(clause.lemma(at), "suffer" | "sustain" | "receive") {
        suffered(clause, at, out);
    }
    if clause.lemma(at) == "lose" {
        lost(clause, at, out);
    }
    let Some(effect) = clause.lexicon.effect_of_verb(clause.lemma(at)) else { return };
    let dies = clause.lexicon.died.has(clause.lemma(at));
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    if dies || vg.passive {
        if effect == Effect::Captured && clause.lemma(at) == "free" {
            return;
        }
        for np in clause.subject(at) {
            match toll::nth_victim(clause, np, at).filter(|_| dies) {
                Some(loss) => out.push(loss),
                None => add(clause, effect, np, at, out),
            }
        }
        return;
    }
    let objects = harm::shared_objects(clause, at);
    let free = matches!(clause.lemma(at), "free" | "affect");
    if free {
        return;
    }
    let next = objects.first().is_some_and(|first| vg.bare && !ing && reduced(clause, at, *first));
    if !objects.is_empty() && !next {
        for np in objects {
            add(clause, effect, np, at, out);
        }
    } else if vg.bare && !ing {
        before_participle(clause, effect, at, out);
    } else if !vg.bare && !vg.infinitive && vg.verb.is_some_and(|verb| verb.form == Form::Ed) {
        // "12 killed in the raid": a headline's passive
        before_participle(clause, effect, at, out);
    }
}

/// "25 killed 40 wounded": the phrase after the participle begins the next clause.
fn reduced(clause: &Clause<'_, '_>, verb: usize, object: usize) -> bool {
    let counted_before = verb > 0
        && clause.np(verb - 1).is_some_and(|np| np.count.is_some())
        && (verb < 2 || clause.vg(verb - 2).is_none_or(|vg| vg.verb.is_some()));
    let participle_after = clause.vg(object + 1).is_some_and(|vg| {
        vg.bare && clause.lexicon.effect_of_verb(clause.lemma(object + 1)).is_some()
    });
    counted_before && participle_after
}

/// "hostages killed by", "and 15 injured", "15 civilians killed": who stands before the participle.
fn before_participle(clause: &Clause<'_, '_>, effect: Effect, at: usize, out: &mut Vec<Loss>) {
    if at == 0 {
        return;
    }
    if clause.np(at - 1).is_some() {
        let mut first = at - 1;
        while first >= 2 && clause.word(first - 1) == "of" && clause.np(first - 2).is_some() {
            first -= 2;
        }
        let prepositional = first > 0
            && matches!(clause.chunk(first - 1), Some(Chunk::Prep(_)))
            && !SUBSET.contains(&clause.word(first - 1))
            && clause.np(first).is_some_and(|np| np.count.is_none());
        if !prepositional {
            // "including 11 children killed" names a part; "among 22 people killed" the whole
            add_or_whole(clause, effect, first, at, out);
        }
        return;
    }
    if matches!(clause.chunk(at - 1), Some(Chunk::Conj(_)))
        && at >= 2
        && clause.vg(at - 2).is_some_and(|vg| vg.passive || vg.bare)
    {
        clause.subject(at - 2).into_iter().for_each(|np| add(clause, effect, np, at, out));
    }
}

fn add_or_whole(
    clause: &Clause<'_, '_>,
    effect: Effect,
    np: usize,
    at: usize,
    out: &mut Vec<Loss>,
) {
    let among = np > 0 && matches!(clause.word(np - 1), "among" | "amongst");
    if !among {
        return add(clause, effect, np, at, out);
    }
    let Some(entity) = clause.entity(np).filter(|entity| entity.count.is_some()) else { return };
    out.push(Loss::new(effect, entity.clone(), np, at));
}

/// "left 12 people dead and another 150 wounded".
fn left(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    for np in clause.objects(at) {
        if let Some(effect) = effect_after(clause, np) {
            add(clause, effect, np, at, out);
        }
    }
}

/// The effect that an adjective or participle right after a phrase says: "75 civilians dead".
fn effect_after(clause: &Clause<'_, '_>, np: usize) -> Option<Effect> {
    let phrase = clause.np(clause.chain_end(np))?;
    let inside = (phrase.head + 1..phrase.last)
        .find_map(|token| clause.lexicon.effect_of_word(clause.parsed.norm(token)));
    inside.or_else(|| clause.lexicon.effect_of_word(clause.parsed.norm(phrase.last)))
}

/// "claimed the lives of 129 loyalists and 116 rebels".
fn claims_lives(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) -> bool {
    let lives = clause
        .objects(at)
        .first()
        .copied()
        .filter(|np| clause.np(*np).is_some_and(|np| clause.parsed.norm(np.head) == "lives"));
    let Some(lives) = lives else { return false };
    let Some(of) = clause.of(lives) else {
        // "claimed three lives"
        let Some(entity) = clause.entity(lives).filter(|entity| entity.count.is_some()) else {
            return false;
        };
        push_bare(clause, Effect::Killed, lives, entity, out);
        return true;
    };
    clause.list(of).into_iter().for_each(|np| add(clause, Effect::Killed, np, at, out));
    true
}

/// "suffered injuries", "sustained wounds".
fn suffered(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let hurt = clause.objects(at).iter().any(|np| {
        clause.np(*np).is_some_and(|np| {
            matches!(
                clause.parsed.norm(np.head),
                "injuries" | "injury" | "wounds" | "burns" | "suffocation" | "breathing"
            )
        })
    });
    let cases = clause.objects(at).iter().any(|np| {
        clause.np(*np).is_some_and(|np| {
            (np.first..np.last).any(|at| {
                matches!(clause.parsed.norm(at), "suffocation" | "breathing" | "asphyxia")
            })
        })
    });
    if hurt || cases {
        clause.subject(at).into_iter().for_each(|np| add(clause, Effect::Wounded, np, at, out));
    }
}

/// "lost 5 fighters": its own.
fn lost(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let owner = clause
        .subject(at)
        .into_iter()
        .filter_map(|np| clause.entity(np))
        .find(|entity| entity.is_armed() || is_we(clause, entity));
    for np in clause.objects(at) {
        let Some(entity) = clause.entity(np).filter(|entity| entity.count.is_some()) else {
            continue;
        };
        let own = clause.np(np).and_then(|np| {
            clause.lexicon.effect_of_word(clause.parsed.norm(np.head.max(np.last - 1)))
        });
        if own.is_none() && !matches!(entity.what, What::Force | What::Civilians) {
            continue;
        }
        let before = out.len();
        match own {
            Some(effect) => push_bare(clause, effect, np, entity, out),
            None => add(clause, Effect::Killed, np, at, out),
        }
        if let (Some(owner), Some(loss)) = (owner, out.get_mut(before)) {
            belong(loss, owner);
        }
    }
}

/// "we", "our side": whoever speaks.
fn is_we(clause: &Clause<'_, '_>, entity: &Entity) -> bool {
    entity.what == What::Pronoun && matches!(clause.parsed.norm(entity.head), "we" | "us")
}

/// A loss without a side of its own is that of its owner.
fn belong(loss: &mut Loss, owner: &Entity) {
    let civil = loss.entity.what == What::Civilians
        && loss.entity.class.is_some_and(|class| class.one || class.office);
    if !loss.entity.factions.is_empty() || civil {
        return;
    }
    let (count, chunk) = (loss.entity.count.clone(), loss.chunk);
    let what = if owner.what == What::Pronoun { What::Pronoun } else { What::Force };
    let ours = loss.entity.what == What::Force && !owner.factions.is_empty();
    if ours {
        loss.entity.factions.clone_from(&owner.factions);
    } else {
        loss.entity = Entity { what, count, ..owner.clone() };
    }
    loss.chunk = chunk;
}

fn by_noun(clause: &Clause<'_, '_>, at: usize, np: &Np, out: &mut Vec<Loss>) {
    let head = clause.parsed.norm(np.head);
    if out.iter().any(|loss| loss.chunk == at) {
        return;
    }
    let reckoned = out.iter().any(|loss| {
        reckoning::GIVES.contains(&clause.lemma(loss.trigger))
            && (loss.trigger..=loss.chunk).contains(&at)
    });
    if reckoned || is_none(clause, at) {
        return;
    }
    if let Some(effect) = before_head(clause, np) {
        return add(clause, effect, at, at, out);
    }
    // "12 dead", "47 leaders killed": the word that says it ends the phrase
    let word = (np.head..np.last)
        .find_map(|token| clause.lexicon.effect_of_word(clause.parsed.norm(token)));
    if let Some(effect) = word.filter(|_| np.count.is_some()) {
        let own = matches!(
            head,
            "dead"
                | "killed"
                | "wounded"
                | "injured"
                | "deaths"
                | "fatalities"
                | "hurt"
                | "injuries"
                | "bodies"
                | "corpses"
                | "fatality"
                | "death"
        );
        match clause.entity(at) {
            Some(entity) if own => push_bare(clause, effect, at, entity, out),
            _ => add(clause, effect, at, at, out),
        }
        return;
    }
    if let Some(loss) = toll::total(clause, at).or_else(|| toll::who_they_were(clause, at)) {
        out.push(loss);
        return;
    }
    if matches!(head, "toll" | "count") {
        return;
    }
    let Some(effect) = clause.lexicon.effect_of_noun(head) else { return };
    if let Some(of) = clause.of(at) {
        clause.list(of).into_iter().for_each(|np| add(clause, effect, np, at, out));
    }
}

/// "11 dead fighters", "eight wounded people": the word that says it stands before the head.
fn before_head(clause: &Clause<'_, '_>, np: &Np) -> Option<Effect> {
    let count = np.count.as_ref().filter(|count| count.last < np.head && !np.definite)?;
    let effect = match clause.parsed.norm(count.last) {
        _ if count.ordinal => return None,
        "dead" => Effect::Killed,
        "wounded" | "injured" => Effect::Wounded,
        _ => return None,
    };
    clause.lexicon.people.word(clause.parsed.norm(np.head)).map(|_| effect)
}

/// A count whose head is itself the effect: people of whom nothing is said, unless "of" says it.
fn push_bare(
    clause: &Clause<'_, '_>,
    effect: Effect,
    at: usize,
    entity: &Entity,
    out: &mut Vec<Loss>,
) {
    if is_subset(clause, at) {
        return;
    }
    let inner = clause
        .of(at)
        .and_then(|of| clause.entity(of))
        .filter(|inner| matches!(inner.what, What::Force | What::Civilians));
    let figure = entity.count.clone();
    let mut entity = inner.cloned().unwrap_or_else(|| entity.clone());
    if inner.is_none() && entity.what != What::Force {
        entity.what = What::Other;
    }
    let mixed = is_mixed(clause, at);
    out.push(Loss { figure, mixed, ..Loss::new(effect, entity, at, at) });
}

/// "a third one", "15 others": of the kind named before.
fn settle(losses: &mut [Loss]) {
    for index in 1..losses.len() {
        let (before, rest) = losses.split_at_mut(index);
        let (Some(previous), Some(loss)) = (before.last(), rest.first_mut()) else { continue };
        let kindless = loss.entity.what == What::Other
            || loss.entity.what == What::Pronoun && loss.entity.count.is_none()
            || (loss.entity.what == What::Civilians && loss.entity.class.is_none());
        if kindless && matches!(previous.entity.what, What::Force | What::Civilians | What::Person)
        {
            let (count, chunk) = (loss.entity.count.clone(), loss.chunk);
            loss.entity = Entity { count, ..previous.entity.clone() };
            loss.chunk = chunk;
        }
    }
}
