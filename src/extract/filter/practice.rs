//! What verbs tell of no one happening: habits, practices, what goes on in a country, flight, what may be.

use crate::extract::event::clause::Clause;
use crate::extract::language::Form;
use crate::extract::parse::chunk::Chunk;
use crate::model::claim::Field;

/// "those who every day shell villages", "the people they kidnap": what somebody does, not what happened.
pub(super) fn is_habit(clause: &Clause<'_, '_>, at: usize) -> bool {
    let present = clause.vg(at).is_some_and(|vg| {
        !vg.bare
            && !vg.passive
            && !vg.perfect
            && vg.verb.is_some_and(|verb| verb.form == Form::Base)
            && vg.last == vg.first + 1
    });
    if !present || clause.parsed.field == Field::Title {
        return false;
    }
    let mut before = at;
    while before > 0 && matches!(clause.chunk(before - 1), Some(Chunk::Adv(_) | Chunk::Date(..))) {
        before -= 1;
    }
    let relative = before > 0 && matches!(clause.chunk(before - 1), Some(Chunk::Rel(_)));
    let they = before > 1
        && clause.np(before - 2).is_some()
        && clause.np(before - 1).is_some_and(|np| clause.parsed.norm(np.head) == "they");
    relative || they
}

/// "has been repeatedly targeted", "have frequently shelled", where no day is told: what somebody is wont to do.
pub(super) fn is_practice(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(vg) = clause.vg(at).filter(|vg| vg.perfect && !vg.bare) else { return false };
    let often = |token: usize| {
        matches!(
            clause.parsed.norm(token),
            "repeatedly" | "frequently" | "often" | "regularly" | "routinely" | "consistently"
        )
    };
    let told = (0..clause.sentence.chunks.len())
        .any(|chunk| matches!(clause.chunk(chunk), Some(Chunk::Date(..))));
    !told && (vg.first.saturating_sub(1)..=vg.last).any(often)
}

/// "were hit as they were fleeing", "a refuge of people fleeing the fighting": what people did when something befell them, or who
/// they are.
pub(super) fn is_in_flight(clause: &Clause<'_, '_>, at: usize) -> bool {
    let beside = at > 0 && clause.np(at - 1).is_some();
    let going = clause.vg(at).is_some_and(|vg| {
        vg.verb.is_some_and(|verb| verb.form == Form::Ing)
            && (vg.bare && beside || matches!(clause.parsed.norm(vg.first), "was" | "were"))
    });
    going && matches!(clause.lemma(at), "flee" | "escape")
}

/// "Russia and a coalition are carrying out air strikes in Qalat": what goes on in a country, of no day and no town.
pub(super) fn is_general(clause: &Clause<'_, '_>, at: usize) -> bool {
    let present = clause.vg(at).is_some_and(|vg| {
        !vg.bare
            && !vg.passive
            && vg.verb.is_some_and(|verb| verb.form == Form::Ing)
            && matches!(clause.parsed.norm(vg.first), "is" | "are")
    });
    let parsed = clause.parsed;
    let fine = |at: usize| {
        parsed.place_at(at).is_some_and(|spot| parsed.spots[spot].location && parsed.is_fine(spot))
    };
    let told = |chunk: usize| matches!(clause.chunk(chunk), Some(Chunk::Date(..)));
    present
        && parsed.field != Field::Title
        && !(0..clause.sentence.chunks.len()).any(told)
        && !clause.sentence.range.clone().any(fine)
}

/// "recapturing it would cut the road": a gerund that is the subject of what may be.
pub(super) fn would_be(clause: &Clause<'_, '_>, at: usize) -> bool {
    let gerund = clause
        .vg(at)
        .is_some_and(|vg| vg.bare && vg.verb.is_some_and(|verb| verb.form == Form::Ing));
    let opens = at == 0
        || matches!(clause.chunk(at - 1), Some(Chunk::Conj(_) | Chunk::Sub(_) | Chunk::Mark(_)));
    let next = (at + 1..at + 4).find(|next| clause.vg(*next).is_some());
    gerund
        && opens
        && next.and_then(|next| clause.vg(next)).is_some_and(|vg| vg.modal && !vg.perfect)
}
