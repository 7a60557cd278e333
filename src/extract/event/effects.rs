//! What befell people and things: counts of dead, wounded and captured; equipment with its fate; objects.

use super::clause::Clause;
use super::entity::{Entity, What};
use super::roles::victim;
use super::subset::{is_mixed, is_subset, one_count_for_both};
use super::toll;
use super::victim::{is_beast, is_none, plural, some_of_them, unknown_people};
use super::{counted, verbal};
use crate::extract::language::Effect;
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::deed_of;
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
    /// Those did it of whom the clause tells: "repelled the attack, killing 12".
    pub beside: bool,
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
            beside: false,
        }
    }
}

/// Every loss in the sentence.
pub fn losses(clause: &Clause<'_, '_>) -> Vec<Loss> {
    let mut out = Vec::new();
    for at in 0..clause.sentence.chunks.len() {
        match clause.chunk(at) {
            Some(Chunk::Vg(_)) => verbal::by_verb(clause, at, &mut out),
            Some(Chunk::Np(np)) => counted::by_noun(clause, at, np, &mut out),
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

/// Adds the loss of whom the chunk names, if they are people and not counted already.
pub(super) fn add(
    clause: &Clause<'_, '_>,
    effect: Effect,
    chunk: usize,
    trigger: usize,
    out: &mut Vec<Loss>,
) {
    let Some(entity) = clause.entity(chunk).map(victim) else { return };
    let entity = &entity;
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
    let beside = object && of_people(clause, trigger);
    out.push(Loss {
        figure,
        ordinal: entity.ordinal,
        object,
        mixed,
        beside,
        ..Loss::new(effect, entity.clone(), chunk, trigger)
    });
}

/// Whether people did what a verb tells, rather than a deed: "repelled the attack and killed 12", not "the attack, which
/// killed 12".
pub(super) fn of_people(clause: &Clause<'_, '_>, verb: usize) -> bool {
    let deed = |np: &usize| clause.entity(*np).is_some_and(|entity| deed_of(entity).is_some());
    !clause.subject(verb).iter().any(deed)
}

/// Whether a loss already counts those of the chunk.
fn holds(loss: &Loss, chunk: usize, entity: &Entity) -> bool {
    loss.chunk == chunk
        || loss.mixed && (loss.entity.first..loss.entity.last).contains(&entity.head)
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
