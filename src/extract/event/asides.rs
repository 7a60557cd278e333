//! Asides: parts of a sentence that say why something was done or what a place is known for, not what happened now.

use super::clause::Clause;
use crate::extract::language::{Family, Form};
use crate::extract::reader::deed_of;

/// Whether an aside begins at a chunk: "in retaliation for", "to avenge", "after the execution of", ", the site of".
pub(super) fn begins(clause: &Clause<'_, '_>, at: usize) -> bool {
    is_reason(clause, at)
        || avenges(clause, at)
        || follows_a_death(clause, at)
        || is_known_for(clause, at)
}

/// Whether the aside that began before ends at the comma at a chunk: before the verb or the clause that the sentence goes on
/// with ("in response to the attack, the army shelled …", "in revenge for the attack, killing 12").
pub(super) fn ends(clause: &Clause<'_, '_>, at: usize) -> bool {
    let verb = (at + 2..at + 7).find(|next| clause.vg(*next).is_some());
    let goes_on = verb.filter(|_| clause.np(at + 1).is_some());
    clause.is_comma(at)
        && (clause.vg(at + 1).is_some() || goes_on.is_some_and(|verb| clause.is_finite(verb)))
}

/// "in retaliation for the attack", "as revenge for the death of its commander".
fn is_reason(clause: &Clause<'_, '_>, at: usize) -> bool {
    matches!(clause.word(at), "in" | "as")
        && matches!(clause.word(at + 2), "for" | "to" | "against")
        && clause.np(at + 1).is_some_and(|np| {
            matches!(
                clause.parsed.norm(np.head),
                "retaliation"
                    | "revenge"
                    | "reprisal"
                    | "reprisals"
                    | "response"
                    | "reaction"
                    | "retribution"
                    | "vengeance"
                    | "answer"
                    | "punishment"
            )
        })
}

/// "to avenge the killing of two soldiers", "avenging the death of its leader".
fn avenges(clause: &Clause<'_, '_>, at: usize) -> bool {
    let hangs = clause.vg(at).is_some_and(|vg| {
        vg.infinitive || vg.bare && vg.verb.is_some_and(|verb| verb.form == Form::Ing)
    });
    let word = clause.vg(at).map_or("", |vg| clause.parsed.norm(vg.head));
    hangs && matches!(word, "avenge" | "avenging")
}

/// "strikes that came after the execution of a pilot": what was done to somebody before.
fn follows_a_death(clause: &Clause<'_, '_>, at: usize) -> bool {
    let done = |at: usize| {
        let deed = clause.entity(at).and_then(deed_of);
        deed.is_some_and(|family| matches!(family, Family::Kill | Family::Abduct | Family::Arrest))
    };
    clause.is_prep(at)
        && matches!(clause.word(at), "after" | "following")
        && done(at + 1)
        && clause.of(at + 1).is_some()
}

/// "around the town, the site of a deadly chemical attack in April".
fn is_known_for(clause: &Clause<'_, '_>, at: usize) -> bool {
    at > 0
        && (clause.is_comma(at - 1) || clause.np(at - 1).is_some())
        && clause.of(at).is_some()
        && clause.np(at).is_some_and(|np| {
            matches!(clause.parsed.norm(np.head), "site" | "scene" | "target" | "birthplace")
        })
}
