//! Who can be a victim: people of any name, not animals, not nobody, and those whom "them" stands for.

use super::clause::Clause;
use super::effects::{Loss, of_people};
use super::entity::{Entity, What};
use super::harm;
use crate::extract::language::{Class, Effect};
use crate::extract::parse::token::Caps;
use crate::model::casualty::Figure;

/// "no soldier", "none of the passengers".
pub(super) fn is_none(clause: &Clause<'_, '_>, chunk: usize) -> bool {
    clause.np(chunk).is_some_and(|np| {
        matches!(clause.parsed.norm(np.first), "no" | "none" | "nobody" | "neither")
    })
}

/// "22 of his camels".
pub(super) fn is_beast(clause: &Clause<'_, '_>, chunk: usize, entity: &Entity) -> bool {
    let inner = clause.of(chunk).and_then(|of| clause.np(of)).map(|np| np.head);
    let mut heads = [Some(entity.head), inner].into_iter().flatten();
    heads.any(|head| clause.lexicon.animals.has(clause.parsed.norm(head)))
}

/// "15 of them", "a number of them": whom the text has named before.
pub(super) fn some_of_them(
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
    let beside = of_people(clause, trigger);
    Some(Loss { beside, ..Loss::new(effect, entity, chunk, trigger) })
}

/// Whom a verb of killing names by a word that the lexicon lacks: "nine gold diggers", "a watchman".
pub(super) fn unknown_people(
    clause: &Clause<'_, '_>,
    entity: &Entity,
    chunk: usize,
    trigger: usize,
) -> Option<Entity> {
    let np = clause.np(chunk)?;
    let mortal =
        clause.lexicon.mortal.has(clause.lemma(trigger)) || harm::is_mortal(clause, trigger);
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
pub(super) fn plural(clause: &Clause<'_, '_>, entity: &Entity) -> Option<Figure> {
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
