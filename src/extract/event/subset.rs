//! Parts and wholes among those counted: "including three children", "soldiers and civilians" under one count.

use super::clause::Clause;
use super::entity::{Entity, What};
use crate::extract::parse::chunk::Chunk;

/// Words that open a subset: those after them are already counted.
pub(super) const SUBSET: &[&str] = &["including", "among", "amongst", "excluding", "like"];

/// Whether the phrase at `at` only details a count already given.
pub(super) fn is_subset(clause: &Clause<'_, '_>, at: usize) -> bool {
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
        // "they were among 39 people who died": all of them
        let whole = before > 0 && clause.vg(before - 1).is_some_and(|vg| vg.copula);
        return !whole;
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

/// "40 gunmen and members of their families", "a dozen soldiers and civilians": one count for both sorts.
pub(super) fn one_count_for_both(
    clause: &Clause<'_, '_>,
    chunk: usize,
    entity: &Entity,
) -> Option<Entity> {
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
pub(super) fn is_mixed(clause: &Clause<'_, '_>, chunk: usize) -> bool {
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
