//! Who is said to have done a deed that another clause tells: who is held responsible for it or arrested over it.

use super::clause::{Clause, REACH};
use super::roles::{Roles, by_agent};
use crate::extract::parse::chunk::Chunk;

/// "were arrested in connection with the murder", "was sentenced for the attack": who is held to have done it.
pub(super) fn held_for(clause: &Clause<'_, '_>, at: usize, roles: &mut Roles) {
    let connection = |np: usize| {
        clause.np(np).is_some_and(|np| {
            matches!(
                clause.parsed.norm(np.head),
                "connection"
                    | "relation"
                    | "suspicion"
                    | "charges"
                    | "involvement"
                    | "participation"
            )
        })
    };
    let Some(prep) = at.checked_sub(1).filter(|prep| clause.is_prep(*prep)) else { return };
    let mut end = prep;
    while end >= 2 && clause.is_prep(end) && connection(end - 1) {
        end -= 2;
    }
    let linked = end < prep || matches!(clause.word(prep), "for" | "over");
    let verb = (end.saturating_sub(8)..end).rev().find(|verb| clause.vg(*verb).is_some());
    let Some((verb, vg)) = verb.filter(|_| linked).and_then(|at| Some((at, clause.vg(at)?))) else {
        return;
    };
    let holds = matches!(
        clause.lemma(verb),
        "arrest"
            | "detain"
            | "apprehend"
            | "sentence"
            | "try"
            | "convict"
            | "imprison"
            | "jail"
            | "charge"
            | "prosecute"
            | "indict"
            | "implicate"
    );
    if !holds || vg.negated || vg.modal {
        return;
    }
    let held = if vg.passive || vg.bare && clause.objects(verb).is_empty() {
        clause.subject(verb)
    } else {
        clause.objects(verb)
    };
    roles.initiators(clause, &held);
}

/// "The army is responsible for the attack", "held the army responsible for the attack", "was found guilty of the murder":
/// who did it.
pub(super) fn answerable(clause: &Clause<'_, '_>, at: usize, roles: &mut Roles) {
    let start = clause.np(at).map_or(0, |np| np.first);
    let from = start.saturating_sub(3).max(clause.sentence.range.start);
    let word = (from..start).rev().find(|token| {
        matches!(
            (clause.parsed.norm(*token), clause.parsed.norm(token + 1)),
            ("responsible" | "answerable" | "accountable", "for")
                | ("guilty", "of")
                | ("behind", _)
        )
    });
    let Some(word) = word else { return };
    let inside = |verb: &usize| clause.vg(*verb).is_some_and(|vg| vg.first < word);
    let Some(verb) = (0..at).rev().find(inside) else { return };
    let Some(vg) = clause.vg(verb).filter(|vg| !vg.negated && !vg.modal && !vg.infinitive) else {
        return;
    };
    let behind = clause.parsed.norm(word) == "behind";
    let holds = matches!(
        clause.lemma(verb),
        "hold" | "find" | "consider" | "deem" | "declare" | "call" | "believe" | "think"
    );
    let culprits = if vg.copula || holds && vg.passive {
        clause.subject(verb)
    } else if holds && !behind {
        clause.objects(verb)
    } else {
        Vec::new()
    };
    roles.initiators(clause, &culprits);
}

/// "the killing of six members, among them a teacher, carried out by armed men": who did it, however far behind.
pub(super) fn done_by(clause: &Clause<'_, '_>, at: usize, roles: &mut Roles) {
    if !roles.initiators.is_empty() {
        return;
    }
    let verb = (at + 1..at + REACH)
        .take_while(|next| {
            clause.chunk(*next).is_some() && !matches!(clause.chunk(*next), Some(Chunk::Sub(_)))
        })
        .find(|next| clause.vg(*next).is_some());
    let Some(verb) = verb.filter(|verb| {
        clause.vg(*verb).is_some_and(|vg| vg.bare)
            && matches!(
                clause.lemma(*verb),
                "carry" | "perpetrate" | "commit" | "stage" | "execute" | "conduct" | "mount"
            )
    }) else {
        return;
    };
    if clause.objects(verb).is_empty() {
        by_agent(clause, &clause.phrases(verb), roles);
    }
}
