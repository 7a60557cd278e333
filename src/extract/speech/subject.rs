//! Whose words a verb of saying brings.

use crate::extract::event::clause::Clause;
use crate::extract::event::entity::What;
use crate::extract::parse::chunk::Chunk;

/// The subject of a verb of saying; after "and" that of the one before it: "the source denied that the army had fired and
/// said".
pub(super) fn who_says(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let joined = at > 0 && matches!(clause.chunk(at - 1), Some(Chunk::Conj(_)));
    let before = (0..at)
        .rev()
        .find(|verb| {
            clause.vg(*verb).is_some_and(|vg| !vg.infinitive)
                && clause.lexicon.saying(clause.lemma(*verb)).is_some()
                && matches!(clause.chunk(verb + 1), Some(Chunk::Sub(_)))
        })
        .filter(|_| joined);
    let list = before
        .map(|verb| clause.subject(verb))
        .filter(|list| !list.is_empty())
        .unwrap_or_else(|| clause.subject(at));
    let able: Vec<usize> = list.into_iter().filter(|np| can_speak(clause, *np)).collect();
    if !able.is_empty() {
        return able;
    }
    let behind = behind(clause, at);
    if behind.is_empty() { beside(clause, at) } else { behind }
}

/// Nobody is named: a pronoun, or no subject at all.
pub(super) fn is_unsaid(clause: &Clause<'_, '_>, subject: &[usize]) -> bool {
    subject.is_empty()
        || subject
            .iter()
            .any(|np| clause.entity(*np).is_some_and(|entity| entity.what == What::Pronoun))
}

fn can_speak(clause: &Clause<'_, '_>, np: usize) -> bool {
    clause.entity(np).is_some_and(|entity| {
        !matches!(
            entity.what,
            What::Area | What::Deed(_) | What::Materiel | What::Object(_) | What::Position
        )
    })
}

/// "…, said a commander who asked not to be named": the speaker stands after the verb.
fn behind(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let closed = at.checked_sub(1).is_some_and(|before| {
        matches!(clause.chunk(before), Some(Chunk::Comma(_) | Chunk::Mark(_)))
    });
    let plain =
        matches!(clause.lemma(at), "say" | "report" | "add" | "explain" | "write" | "state");
    if !closed || !plain || !clause.np(at + 1).is_some_and(|_| can_speak(clause, at + 1)) {
        return Vec::new();
    }
    clause.list(at + 1)
}

/// "…, among them three villages, two rebel sources and a diplomat said": the names right before the verb.
fn beside(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let mut first = at;
    while first > 0
        && matches!(
            clause.chunk(first - 1),
            Some(Chunk::Adv(_) | Chunk::Date(..) | Chunk::Aside(..))
        )
    {
        first -= 1;
    }
    let mut out = Vec::new();
    while first > 0 && clause.np(first - 1).is_some_and(|_| can_speak(clause, first - 1)) {
        first -= 1;
        while first > 1 && clause.word(first - 1) == "of" && clause.np(first - 2).is_some() {
            first -= 2;
        }
        out.push(first);
        if first < 2 || !matches!(clause.chunk(first - 1), Some(Chunk::Conj(_))) {
            break;
        }
        first -= 1;
    }
    out.reverse();
    out
}
