//! Tolls: what a text says of the dead as a whole. A toll that has risen replaces the one told before, parts share it
//! out among the sides, and a count "of the wounded" is one already told.

use super::clause::Clause;
use super::effects::Loss;
use super::entity::{Entity, What};
use crate::extract::dates::ordinal;
use crate::extract::language::Effect;
use crate::extract::parse::chunk::{Chunk, Np};
use crate::model::casualty::Figure;

/// How far after a toll its new figure may stand, in chunks.
const REACH: usize = 18;

/// Verbs of which a toll is the subject and the new figure the end.
const RISE: &[&str] = &[
    "rise", "climb", "increase", "reach", "stand", "grow", "go", "mount", "jump", "hit", "pass",
    "exceed",
];

/// A new figure for a toll named at the noun phrase `at`: "the death toll from the raid rose to 12", "raised the death
/// toll to 61", "the number of people killed has risen to 11".
pub(super) fn total(clause: &Clause<'_, '_>, at: usize) -> Option<Loss> {
    let np = clause.np(at)?;
    if is_superseded(clause, np) {
        return None;
    }
    let (effect, whom) = match clause.parsed.norm(np.head) {
        "toll" | "count" => (kind_of_toll(clause, at), None),
        "number" | "tally" => counted(clause, at).or_else(|| brought(clause, at))?,
        _ => return None,
    };
    let figure_at = after_verb(clause, at).or_else(|| beside(clause, at))?;
    let entity = clause.entity(figure_at)?;
    let mut whole = match whom.and_then(|np| clause.entity(np)) {
        Some(people) => Entity { count: entity.count.clone(), ..people.clone() },
        None => entity.clone(),
    };
    if !matches!(whole.what, What::Force | What::Civilians) {
        whole.what = What::Other;
    }
    let figure = entity.count.clone();
    Some(Loss { figure, total: true, ..Loss::new(effect, whole, figure_at, at) })
}

/// "had initially given a death toll of 34", "the earlier toll of 12": no figure that still holds.
fn is_superseded(clause: &Clause<'_, '_>, np: &Np) -> bool {
    let start = clause.sentence.range.start.max(np.first.saturating_sub(5));
    (start..np.head).any(|token| {
        matches!(
            clause.parsed.norm(token),
            "initially" | "initial" | "previously" | "previous" | "earlier" | "preliminary"
        )
    })
}

/// "toll" is of the dead unless it says otherwise.
fn kind_of_toll(clause: &Clause<'_, '_>, at: usize) -> Effect {
    let hurt = clause.np(at).is_some_and(|np| {
        (np.first..np.head).any(|token| {
            matches!(clause.parsed.norm(token), "injury" | "injured" | "wounded" | "injuries")
        })
    });
    if hurt { Effect::Wounded } else { Effect::Killed }
}

/// "the number of people killed", "the number of wounded": what is counted, and who.
fn counted(clause: &Clause<'_, '_>, at: usize) -> Option<(Effect, Option<usize>)> {
    let of = clause.of(at)?;
    let inner = clause.np(of)?;
    let inside = (inner.first..inner.last).find_map(|token| {
        let word = clause.parsed.norm(token);
        clause.lexicon.effect_of_word(word).or_else(|| clause.lexicon.effect_of_noun(word))
    });
    if let Some(effect) = inside {
        return Some((effect, None));
    }
    let participle = clause.vg(of + 1).filter(|vg| vg.bare)?;
    let effect = clause.lexicon.effect_of_verb(clause.lemma(of + 1)).or_else(|| {
        clause.lexicon.died.has(clause.parsed.norm(participle.head)).then_some(Effect::Killed)
    })?;
    Some((effect, Some(of)))
}

/// "A woman died in the night, which brings the number to five": of the dead, where the sentence tells of dying.
fn brought(clause: &Clause<'_, '_>, at: usize) -> Option<(Effect, Option<usize>)> {
    let verb = at.checked_sub(1)?;
    let brings = matches!(clause.lemma(verb), "bring" | "raise" | "take" | "push");
    let dying = (0..verb).any(|before| {
        let lemma = clause.lemma(before);
        clause.lexicon.effect_of_verb(lemma) == Some(Effect::Killed)
    });
    (brings && dying).then_some((Effect::Killed, None))
}

/// The count to which the toll's verb leads.
fn after_verb(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let verb = (at + 1..at + REACH)
        .take_while(|next| clause.chunk(*next).is_some())
        .find(|next| clause.vg(*next).is_some() && RISE.contains(&clause.lemma(*next)))?;
    (verb + 1..verb + 5)
        .take_while(|next| clause.vg(*next).is_none())
        .find(|next| clause.np(*next).is_some_and(|np| np.count.is_some()))
}

/// The count right beside the toll: "toll of 12", "the toll to 61", "toll at 12".
fn beside(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let counts = |np: &usize| clause.np(*np).is_some_and(|np| np.count.is_some());
    clause
        .phrases(at)
        .into_iter()
        .filter(|(word, _)| matches!(*word, "to" | "of" | "at"))
        .find_map(|(_, list)| list.into_iter().find(counts))
        .or_else(|| (at + 1..at + 5).find(counts))
}

/// "A twelfth victim of the shelling has died": so many are dead now. The noun phrase is the subject of a verb of dying.
pub(super) fn nth_victim(clause: &Clause<'_, '_>, at: usize, verb: usize) -> Option<Loss> {
    let np = clause.np(at)?;
    let victim = matches!(
        clause.parsed.norm(np.head),
        "victim" | "person" | "patient" | "casualty" | "fatality"
    );
    let nth = (np.first..np.head).find_map(|token| ordinal(clause.parsed.norm(token)))?;
    let entity = clause.entity(at).filter(|_| victim && nth > 1)?;
    let entity = Entity { what: What::Other, ..entity.clone() };
    let figure = Some(Figure::exact(nth));
    Some(Loss { figure, total: true, ..Loss::new(Effect::Killed, entity, at, verb) })
}

/// "four of the wounded", "two of the dead": those people are in a count already given.
pub(super) fn of_the_counted(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(np) = clause.of(at).and_then(|of| clause.np(of)) else {
        return clause.np(at).is_some_and(|np| inside_counts(clause, np.first, np.last));
    };
    np.definite
        && (np.first..np.last)
            .any(|token| clause.lexicon.effect_of_word(clause.parsed.norm(token)).is_some())
}

/// "four of the wounded" read as one phrase.
fn inside_counts(clause: &Clause<'_, '_>, first: usize, last: usize) -> bool {
    (first..last.saturating_sub(2)).any(|token| {
        clause.parsed.norm(token) == "of"
            && clause.parsed.norm(token + 1) == "the"
            && clause.lexicon.effect_of_word(clause.parsed.norm(token + 2)).is_some()
    })
}

/// Shares a loss out: "five fighters were killed, three from A and two from B". The parts take its place where they are
/// as many as it says.
pub(super) fn share_out(clause: &Clause<'_, '_>, losses: &mut Vec<Loss>) {
    let mut at = 0;
    while at < losses.len() {
        let parts = parts(clause, &losses[at]);
        let step = parts.len().max(1);
        if !parts.is_empty() {
            losses.retain(|loss| !parts.iter().any(|part| part.chunk == loss.chunk));
            at = at.min(losses.len().saturating_sub(1));
            losses.splice(at..=at, parts);
        }
        at += step;
    }
}

/// The parts of a loss that follow it after a comma, a colon or a dash.
fn parts(clause: &Clause<'_, '_>, loss: &Loss) -> Vec<Loss> {
    let Some(whole) = loss.figure.as_ref().and_then(|figure| figure.min) else { return Vec::new() };
    let from = loss.trigger.max(loss.chunk) + 1;
    let Some(open) = (from..from + 6).find(|at| opens(clause, *at)) else { return Vec::new() };
    let (mut out, mut at, mut sum) = (Vec::new(), open + 1, 0);
    while let Some(part) = part(clause, loss, at) {
        sum += part.figure.as_ref().and_then(|figure| figure.min).unwrap_or(0);
        let end = clause.chain_end(part.chunk);
        let phrase = matches!(clause.word(end + 1), "from" | "for" | "among");
        at = if phrase { clause.chain_end(end + 2) + 1 } else { end + 1 };
        out.push(part);
        while matches!(clause.chunk(at), Some(Chunk::Conj(_) | Chunk::Comma(_))) {
            at += 1;
        }
    }
    if out.len() > 1 && sum == whole { out } else { Vec::new() }
}

fn opens(clause: &Clause<'_, '_>, at: usize) -> bool {
    matches!(clause.chunk(at), Some(Chunk::Comma(_)))
        || matches!(clause.chunk(at), Some(Chunk::Mark(_)))
            && matches!(clause.word(at), ":" | "-" | "–" | "—" | "(")
}

/// One part: a count with a party, or a count "from" one.
fn part(clause: &Clause<'_, '_>, loss: &Loss, at: usize) -> Option<Loss> {
    clause.np(at)?.count.as_ref()?;
    let entity = clause.entity(at)?;
    let end = clause.chain_end(at);
    let named = [at, end]
        .into_iter()
        .chain(matches!(clause.word(end + 1), "from" | "for" | "among").then_some(end + 2))
        .filter_map(|np| clause.entity(np))
        .find(|other| !other.factions.is_empty())
        .cloned();
    let own = matches!(entity.what, What::Force | What::Civilians) && entity.class.is_some();
    let side = named.or_else(|| own.then(|| entity.clone()))?;
    let class = side.class.or(loss.entity.class);
    let what = if side.factions.is_empty() { side.what.clone() } else { What::Force };
    Some(Loss {
        figure: entity.count.clone(),
        entity: Entity { what, class, count: entity.count.clone(), ..side },
        chunk: at,
        ordinal: false,
        ..loss.clone()
    })
}

/// "All of the dead were civilians", "the dead, all of them civilians": who the dead of a toll told before were.
pub(super) fn who_they_were(clause: &Clause<'_, '_>, at: usize) -> Option<Loss> {
    let np = clause.np(at)?;
    let inner = clause.of(at).filter(|_| {
        matches!(clause.parsed.norm(np.head), "all" | "most" | "both") || np.count.is_some()
    });
    let subject = inner.unwrap_or(at);
    let dead = clause.np(subject).filter(|np| np.definite || np.first == np.head)?;
    let effect = match clause.parsed.norm(dead.head) {
        "dead" | "victims" | "killed" | "fatalities" | "deceased" => Effect::Killed,
        "wounded" | "injured" => Effect::Wounded,
        _ => return None,
    };
    let whole = inner.is_some_and(|_| clause.parsed.norm(np.head) == "all");
    let next = subject + 1;
    let copula = clause.vg(next).is_some_and(|vg| vg.copula && !vg.negated);
    let mut people = None;
    if copula && (whole || inner.is_none()) {
        let all = matches!(clause.chunk(next + 1), Some(Chunk::Adv(_)));
        people = Some(next + 1 + usize::from(all));
    } else if matches!(clause.chunk(next), Some(Chunk::Comma(_))) {
        // ", all of them civilians,"
        people = (next + 1..next + 5)
            .find(|at| clause.entity(*at).is_some_and(|entity| entity.what == What::Civilians));
        let all = (next + 1..next + 3).any(|at| {
            clause.np(at).is_some_and(|np| {
                (np.first..np.last).any(|token| clause.parsed.norm(token) == "all")
            }) || clause.word(at) == "all"
        });
        people = people.filter(|_| all);
    }
    let entity = people.and_then(|np| clause.entity(np)).filter(|entity| {
        matches!(entity.what, What::Civilians | What::Force)
            && entity.count.is_none()
            && entity.class.is_some()
    })?;
    Some(Loss { figure: None, ..Loss::new(effect, entity.clone(), people?, at) })
}
