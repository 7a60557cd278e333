//! Losses that a noun phrase tells: "12 dead", "11 dead fighters", "the death of four people".

use super::clause::Clause;
use super::effects::{Loss, add};
use super::entity::{Entity, What};
use super::subset::{is_mixed, is_subset};
use super::victim::is_none;
use super::{reckoning, toll};
use crate::extract::language::Effect;
use crate::extract::parse::chunk::Np;

pub(super) fn by_noun(clause: &Clause<'_, '_>, at: usize, np: &Np, out: &mut Vec<Loss>) {
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
pub(super) fn push_bare(
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
