//! Whose words a verb of saying brings.

use super::Heard;
use crate::extract::event::clause::Clause;
use crate::extract::event::entity::What;
use crate::extract::language::Form;
use crate::extract::parse::chunk::Chunk;

/// The subject of a verb of saying; after "and" that of the one before it: "the source denied that the army had fired and
/// said".
pub(super) fn who_says(clause: &Clause<'_, '_>, at: usize, heard: &Heard) -> Vec<usize> {
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
    let list = list.into_iter().flat_map(|np| {
        let quoted = quoted(clause, np).unwrap_or(np);
        citing(clause, quoted).into_iter().chain([quoted])
    });
    let able: Vec<usize> = list.filter(|np| can_speak(clause, *np, heard)).collect();
    if !able.is_empty() {
        return able;
    }
    let behind = behind(clause, at, heard);
    if behind.is_empty() { beside(clause, at, heard) } else { behind }
}

/// "a source quoted by the agency denied": who is quoted speaks, not the agency.
fn quoted(clause: &Clause<'_, '_>, np: usize) -> Option<usize> {
    let participle = np.checked_sub(2).filter(|_| clause.word(np - 1) == "by")?;
    let says = clause.lexicon.saying(clause.lemma(participle)).is_some();
    let who = participle.checked_sub(1).filter(|who| clause.np(*who).is_some())?;
    (says && clause.vg(participle).is_some_and(|vg| vg.bare)).then_some(who)
}

/// "the radio, citing a commander, said": who cites speaks too.
fn citing(clause: &Clause<'_, '_>, np: usize) -> Vec<usize> {
    let verb = np.checked_sub(1).filter(|verb| quotes(clause, *verb));
    verb.map(|verb| citer(clause, verb)).unwrap_or_default()
}

/// Who quotes: the phrase before the comma of "citing", else the subject.
pub(super) fn citer(clause: &Clause<'_, '_>, verb: usize) -> Vec<usize> {
    let before = verb.checked_sub(2).filter(|_| clause.is_comma(verb - 1));
    let before = before.and_then(|np| clause.head_of_chain(np));
    before.map_or_else(|| clause.subject(verb), |np| vec![np])
}

/// Verbs whose object speaks: "quoted a source", "citing medics".
pub(super) fn quotes(clause: &Clause<'_, '_>, verb: usize) -> bool {
    matches!(clause.lemma(verb), "quote" | "cite")
        && clause.vg(verb).is_some_and(|vg| {
            let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
            !vg.passive && (ing || !vg.bare || !clause.objects(verb).is_empty())
        })
}

/// ", it said" at the end of a sentence about a party: the party speaks of itself.
pub(super) fn of_itself(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let pronoun = at.checked_sub(1)?;
    let it = clause.np(pronoun).is_some_and(|np| clause.parsed.norm(np.head) == "it");
    let comma = pronoun.checked_sub(1).filter(|comma| it && clause.is_comma(*comma))?;
    let finite = |verb: &usize| {
        clause.vg(*verb).is_some_and(|vg| !vg.infinitive && !vg.passive) && !clause.says(*verb)
    };
    let verb = (0..comma).find(finite)?;
    clause.subject(verb).into_iter().find(|np| {
        clause.entity(*np).is_some_and(|entity| {
            entity.what == What::Force
                && entity.named
                && entity.count.is_none()
                && !entity.factions.is_empty()
        })
    })
}

/// "A claimed responsibility": who owns to the deed told last, where the sentence does not say for which.
pub(super) fn owns_to_it(clause: &Clause<'_, '_>) -> Option<usize> {
    let claims = |verb: &usize| {
        let vg = clause.vg(*verb).filter(|vg| !vg.negated && !vg.passive && !vg.infinitive);
        let object = clause.objects(*verb);
        let responsibility = object.iter().any(|np| {
            clause.np(*np).is_some_and(|np| clause.parsed.norm(np.head) == "responsibility")
        });
        let open = object.last().is_none_or(|np| clause.word(clause.chain_end(*np) + 1) != "for");
        vg.is_some()
            && responsibility
            && open
            && matches!(clause.lemma(*verb), "claim" | "take" | "accept" | "assume" | "admit")
    };
    let verb = (0..clause.sentence.chunks.len()).find(claims)?;
    let subject = clause.subject(verb);
    if is_nobody(clause, &subject) {
        return None;
    }
    subject
        .into_iter()
        .find(|np| clause.entity(*np).is_some_and(|entity| !entity.factions.is_empty()))
}

/// "No one has claimed it": nobody speaks.
pub(super) fn is_nobody(clause: &Clause<'_, '_>, subject: &[usize]) -> bool {
    subject.iter().filter_map(|np| clause.np(*np)).any(|np| {
        matches!(clause.parsed.norm(np.first), "no" | "nobody" | "none" | "neither")
            || np.first > 0 && clause.parsed.norm(np.first - 1) == "no"
    })
}

/// Nobody is named: a pronoun, or no subject at all.
pub(super) fn is_unsaid(clause: &Clause<'_, '_>, subject: &[usize]) -> bool {
    subject.is_empty()
        || subject
            .iter()
            .any(|np| clause.entity(*np).is_some_and(|entity| entity.what == What::Pronoun))
}

/// A word for who speaks ("ministry", though it is a building too), who has spoken before, or anything but a thing or a
/// place.
fn can_speak(clause: &Clause<'_, '_>, at: usize, heard: &Heard) -> bool {
    let Some((np, entity)) = clause.np(at).zip(clause.entity(at)) else { return false };
    let end = clause.np(clause.chain_end(at)).map_or(np.last, |np| np.last);
    let tokens = &clause.parsed.tokens;
    let head = clause.parsed.norm(np.head);
    if entity.what == What::Area && clause.lexicon.areas.has(head) {
        return false;
    }
    (np.first..end).any(|at| clause.lexicon.speakers.find(tokens, at).is_some())
        || heard.all.iter().any(|voice| voice.head == head)
        || !matches!(
            entity.what,
            What::Area | What::Deed(_) | What::Materiel | What::Object(_) | What::Position
        )
}

/// "…, said a commander who asked not to be named": the speaker stands after the verb.
fn behind(clause: &Clause<'_, '_>, at: usize, heard: &Heard) -> Vec<usize> {
    let closed = at.checked_sub(1).is_some_and(|before| {
        matches!(clause.chunk(before), Some(Chunk::Comma(_) | Chunk::Mark(_)))
    });
    let plain =
        matches!(clause.lemma(at), "say" | "report" | "add" | "explain" | "write" | "state");
    if !closed || !plain || !can_speak(clause, at + 1, heard) {
        return Vec::new();
    }
    clause.list(at + 1)
}

/// "…, among them three villages, two rebel sources and a diplomat said": the names right before the verb.
fn beside(clause: &Clause<'_, '_>, at: usize, heard: &Heard) -> Vec<usize> {
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
    while first > 0 && can_speak(clause, first - 1, heard) {
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
