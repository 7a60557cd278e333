//! Losses that a verb tells: "killed four", "four died", "left four dead", "lost four fighters".

use super::clause::Clause;
use super::counted::push_bare;
use super::effects::{Loss, add};
use super::entity::{Entity, What};
use super::subset::SUBSET;
use super::trigger::carries_the_fallen;
use super::{harm, reckoning, toll};
use crate::extract::filter;
use crate::extract::language::{Effect, Form};
use crate::extract::parse::chunk::Chunk;

pub(super) fn by_verb(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let Some(vg) = clause.vg(at) else { return };
    if vg.negated || filter::of_an_accused(clause, at) {
        return;
    }
    if clause.lemma(at) == "leave" || clause.lemma(at) == "cause" || clause.lemma(at) == "report" {
        left(clause, at, out);
    }
    if clause.lemma(at) == "claim" && claims_lives(clause, at, out) || harm::told(clause, at, out) {
        return;
    }
    reckoning::read(clause, at, out);
    if matches!(clause.lemma(at), "suffer" | "sustain" | "receive") {
        suffered(clause, at, out);
    }
    if clause.lemma(at) == "lose" {
        lost(clause, at, out);
    }
    let Some(effect) = clause.lexicon.effect_of_verb(clause.lemma(at)) else { return };
    if carries_the_fallen(clause, at) {
        return;
    }
    let dies = clause.lexicon.died.has(clause.lemma(at));
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    if dies || vg.passive {
        if effect == Effect::Captured && clause.lemma(at) == "free" {
            return;
        }
        for np in clause.subject(at) {
            match toll::nth_victim(clause, np, at).filter(|_| dies) {
                Some(loss) => out.push(loss),
                None => add(clause, effect, np, at, out),
            }
        }
        return;
    }
    let objects = harm::shared_objects(clause, at);
    let free = matches!(clause.lemma(at), "free" | "affect");
    if free {
        return;
    }
    let next = objects.first().is_some_and(|first| vg.bare && !ing && reduced(clause, at, *first));
    if !objects.is_empty() && !next {
        for np in objects {
            add(clause, effect, np, at, out);
        }
    } else if vg.bare && !ing {
        before_participle(clause, effect, at, out);
    } else if !vg.bare && !vg.infinitive && vg.verb.is_some_and(|verb| verb.form == Form::Ed) {
        // "12 killed in the raid": a headline's passive
        before_participle(clause, effect, at, out);
    }
}

/// "25 killed 40 wounded": the phrase after the participle begins the next clause.
fn reduced(clause: &Clause<'_, '_>, verb: usize, object: usize) -> bool {
    let counted_before = verb > 0
        && clause.np(verb - 1).is_some_and(|np| np.count.is_some())
        && (verb < 2 || clause.vg(verb - 2).is_none_or(|vg| vg.verb.is_some()));
    let participle_after = clause.vg(object + 1).is_some_and(|vg| {
        vg.bare && clause.lexicon.effect_of_verb(clause.lemma(object + 1)).is_some()
    });
    counted_before && participle_after
}

/// "hostages killed by", "and 15 injured", "15 civilians killed": who stands before the participle.
fn before_participle(clause: &Clause<'_, '_>, effect: Effect, at: usize, out: &mut Vec<Loss>) {
    if at == 0 {
        return;
    }
    if clause.np(at - 1).is_some() {
        let mut first = at - 1;
        while first >= 2
            && clause.word(first - 1) == "of"
            && clause.np(first - 2).is_some_and(|np| {
                // "a toll of 31 killed": so many, not the toll
                !matches!(clause.parsed.norm(np.head), "toll" | "total" | "tally" | "figure")
            })
        {
            first -= 2;
        }
        let prepositional = first > 0
            && matches!(clause.chunk(first - 1), Some(Chunk::Prep(_)))
            && !SUBSET.contains(&clause.word(first - 1))
            && clause.np(first).is_some_and(|np| np.count.is_none());
        if !prepositional {
            // "including 11 children killed" names a part; "among 22 people killed" the whole
            add_or_whole(clause, effect, first, at, out);
        }
        return;
    }
    if let Some(whole) = before_part(clause, at) {
        return add(clause, effect, whole, at, out);
    }
    if matches!(clause.chunk(at - 1), Some(Chunk::Conj(_)))
        && at >= 2
        && clause.vg(at - 2).is_some_and(|vg| vg.passive || vg.bare)
    {
        clause.subject(at - 2).into_iter().for_each(|np| add(clause, effect, np, at, out));
    }
}

/// "five others, including two children, injured": the whole before its part.
fn before_part(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let closes = at.checked_sub(1).filter(|comma| clause.is_comma(*comma))?;
    let opens = (closes.saturating_sub(8)..closes)
        .rev()
        .find(|prep| SUBSET.contains(&clause.word(*prep)) && clause.is_comma(prep.max(&1) - 1))?;
    let whole = opens.checked_sub(2).filter(|whole| clause.np(*whole).is_some())?;
    clause.np(whole)?.count.is_some().then_some(whole)
}

fn add_or_whole(
    clause: &Clause<'_, '_>,
    effect: Effect,
    np: usize,
    at: usize,
    out: &mut Vec<Loss>,
) {
    let among = np > 0 && matches!(clause.word(np - 1), "among" | "amongst");
    if !among {
        return add(clause, effect, np, at, out);
    }
    let Some(entity) = clause.entity(np).filter(|entity| entity.count.is_some()) else { return };
    out.push(Loss::new(effect, entity.clone(), np, at));
}

/// "left 12 people dead and another 150 wounded".
fn left(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    // "left seven soldiers and nine militants dead": the word at the end is that of all before it
    let mut said = None;
    let mut found: Vec<(Effect, usize)> = Vec::new();
    for np in clause.objects(at).into_iter().rev() {
        said = effect_after(clause, np).or(said);
        found.extend(said.map(|effect| (effect, np)));
    }
    found.into_iter().rev().for_each(|(effect, np)| add(clause, effect, np, at, out));
}

/// The effect that an adjective or participle right after a phrase says: "75 civilians dead".
fn effect_after(clause: &Clause<'_, '_>, np: usize) -> Option<Effect> {
    let phrase = clause.np(clause.chain_end(np))?;
    let inside = (phrase.head + 1..phrase.last)
        .find_map(|token| clause.lexicon.effect_of_word(clause.parsed.norm(token)));
    inside.or_else(|| clause.lexicon.effect_of_word(clause.parsed.norm(phrase.last)))
}

/// "claimed the lives of 129 loyalists and 116 rebels".
fn claims_lives(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) -> bool {
    let lives = clause
        .objects(at)
        .first()
        .copied()
        .filter(|np| clause.np(*np).is_some_and(|np| clause.parsed.norm(np.head) == "lives"));
    let Some(lives) = lives else { return false };
    let Some(of) = clause.of(lives) else {
        // "claimed three lives"
        let Some(entity) = clause.entity(lives).filter(|entity| entity.count.is_some()) else {
            return false;
        };
        push_bare(clause, Effect::Killed, lives, entity, out);
        return true;
    };
    clause.list(of).into_iter().for_each(|np| add(clause, Effect::Killed, np, at, out));
    true
}

/// "suffered injuries", "sustained wounds".
fn suffered(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let hurt = clause.objects(at).iter().any(|np| {
        clause.np(*np).is_some_and(|np| {
            matches!(
                clause.parsed.norm(np.head),
                "injuries" | "injury" | "wounds" | "burns" | "suffocation" | "breathing"
            )
        })
    });
    let cases = clause.objects(at).iter().any(|np| {
        clause.np(*np).is_some_and(|np| {
            (np.first..np.last).any(|at| {
                matches!(clause.parsed.norm(at), "suffocation" | "breathing" | "asphyxia")
            })
        })
    });
    if hurt || cases {
        clause.subject(at).into_iter().for_each(|np| add(clause, Effect::Wounded, np, at, out));
    }
}

/// "lost 5 fighters": its own.
fn lost(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let owner = clause
        .subject(at)
        .into_iter()
        .filter_map(|np| clause.entity(np))
        .find(|entity| entity.is_armed() || entity.what == What::Pronoun);
    for np in clause.objects(at) {
        let Some(entity) = clause.entity(np).filter(|entity| entity.count.is_some()) else {
            continue;
        };
        let own = clause.np(np).and_then(|np| {
            clause.lexicon.effect_of_word(clause.parsed.norm(np.head.max(np.last - 1)))
        });
        if own.is_none() && !matches!(entity.what, What::Force | What::Civilians) {
            continue;
        }
        let before = out.len();
        match own {
            Some(effect) => push_bare(clause, effect, np, entity, out),
            None => add(clause, Effect::Killed, np, at, out),
        }
        if let (Some(owner), Some(loss)) = (owner, out.get_mut(before)) {
            belong(loss, owner);
        }
    }
}

/// A loss without a side of its own is that of its owner.
fn belong(loss: &mut Loss, owner: &Entity) {
    let civil = loss.entity.what == What::Civilians
        && loss.entity.class.is_some_and(|class| class.one || class.office);
    if !loss.entity.factions.is_empty() || civil {
        return;
    }
    let (count, chunk) = (loss.entity.count.clone(), loss.chunk);
    let what = if owner.what == What::Pronoun { What::Pronoun } else { What::Force };
    let ours = loss.entity.what == What::Force && !owner.factions.is_empty();
    if ours {
        loss.entity.factions.clone_from(&owner.factions);
    } else {
        loss.entity = Entity { what, count, ..owner.clone() };
    }
    loss.chunk = chunk;
}
