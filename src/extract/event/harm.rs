//! Harm that no verb of harming says: lives lost, people brought to death, hit in the leg, treated for burns.

use super::clause::Clause;
use super::effects::{Loss, add};
use super::entity::What;
use crate::extract::language::{Effect, Form};
use crate::extract::parse::chunk::Chunk;

/// Reads the verb group at `at` as an idiom of harm; true where it is one and nothing more is to be read at it.
pub(super) fn told(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) -> bool {
    let lemma = clause.lemma(at);
    match lemma {
        "lose" if loses_life(clause, at) => {
            all(clause, Effect::Killed, &clause.subject(at), at, out)
        }
        "cut" | "slit" if cuts_throat(clause, at) => {
            let throats = throats_of(clause, at);
            all(clause, Effect::Killed, &throats, at, out)
        }
        "fall" if falls_in_battle(clause, at) => {
            all(clause, Effect::Killed, &clause.subject(at), at, out)
        }
        "surrender" | "give up" => gives_itself_up(clause, at, out),
        "cause" => all(clause, Effect::Wounded, &afflicted(clause, at), at, out),
        "take" if takes_people(clause, at) => {
            all(clause, Effect::Captured, &clause.objects(at), at, out)
        }
        "find" | "discover" | "recover" if finds_dead(clause, at) => {
            all(clause, Effect::Killed, &found_dead(clause, at), at, out)
        }
        _ if ends_in_death(clause, at) => {
            all(clause, Effect::Killed, &patients(clause, at), at, out)
        }
        "hit" | "strike" | "shoot" | "graze" if hit_in_body(clause, at) => {
            all(clause, Effect::Wounded, &patients(clause, at), at, out)
        }
        "treat" | "take" | "bring" | "rush" | "admit" | "hospitalize" if treated(clause, at) => {
            all(clause, Effect::Wounded, &clause.subject(at), at, out)
        }
        _ => false,
    }
}

fn all(
    clause: &Clause<'_, '_>,
    effect: Effect,
    people: &[usize],
    at: usize,
    out: &mut Vec<Loss>,
) -> bool {
    for np in people {
        add(clause, effect, *np, at, out);
    }
    !people.is_empty()
}

fn head<'s>(clause: &Clause<'s, '_>, np: usize) -> &'s str {
    clause.np(np).map_or("", |np| clause.parsed.norm(np.head))
}

/// "was found dead", "the bodies of three farmers were found": those who are found dead.
fn found_dead(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let mut out = Vec::new();
    for np in patients(clause, at) {
        let body = matches!(head(clause, np), "body" | "bodies" | "corpse" | "corpses");
        match clause.of(np).filter(|_| body) {
            Some(of) => out.extend(clause.list(of)),
            None if body => {}
            None if is_called_dead(clause, at) => out.push(np),
            None => {}
        }
    }
    out
}

/// "found dead", "found shot to death".
fn is_called_dead(clause: &Clause<'_, '_>, at: usize) -> bool {
    let last = clause.vg(at).map_or(0, |vg| vg.last);
    matches!(clause.parsed.norm(last), "dead" | "murdered" | "strangled" | "hanged" | "beheaded")
}

/// Whether the verb of finding says that somebody was found dead.
pub(super) fn finds_dead(clause: &Clause<'_, '_>, at: usize) -> bool {
    matches!(clause.lemma(at), "find" | "discover" | "recover")
        && !found_dead(clause, at).is_empty()
}

/// Whether the sentence says that the dead were killed: bullets in them, signs of torture.
pub(super) fn shows_violence(clause: &Clause<'_, '_>) -> bool {
    clause.parsed.tokens[clause.sentence.range.clone()].iter().any(|token| {
        matches!(
            token.norm.as_str(),
            "bullet"
                | "bullets"
                | "bullet-riddled"
                | "gunshot"
                | "gunshots"
                | "torture"
                | "tortured"
                | "stabbed"
                | "strangled"
                | "murdered"
                | "beheaded"
                | "mutilated"
                | "executed"
        )
    })
}

/// "lost his life", "lost their lives".
fn loses_life(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.objects(at).iter().any(|np| matches!(head(clause, *np), "life" | "lives"))
}

/// "caused burns to four people", "caused choking among the residents": who is hurt by it.
fn afflicted(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let objects = clause.objects(at);
    let hurt = objects.iter().any(|np| {
        clause.np(*np).is_some_and(|np| {
            (np.first..np.last).any(|token| clause.lexicon.injuries.has(clause.parsed.norm(token)))
        })
    });
    let last = objects.last().copied().filter(|_| hurt);
    let phrases = last.map_or_else(Vec::new, |last| clause.phrases(clause.chain_end(last)));
    let whom = phrases.into_iter().find(|(word, _)| matches!(*word, "to" | "among" | "for" | "in"));
    whom.map_or_else(Vec::new, |(_, list)| list)
}

fn cuts_throat(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.objects(at).iter().any(|np| matches!(head(clause, *np), "throat" | "throats"))
}

/// Whose throats: "of" says it, or the object of the verb before ("captured a man and cut his throat").
fn throats_of(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let said = clause.objects(at).first().and_then(|np| clause.of(*np));
    match said {
        Some(of) => clause.list(of),
        None => (0..at)
            .rev()
            .find(|verb| clause.vg(*verb).is_some())
            .map_or_else(Vec::new, |verb| clause.objects(verb)),
    }
}

/// "two of its own men fell": people who fight, and nothing into which they could fall.
fn falls_in_battle(clause: &Clause<'_, '_>, at: usize) -> bool {
    let fighters = clause.subject(at).iter().any(|np| {
        clause.entity(*np).is_some_and(|entity| {
            entity.what == What::Force && entity.count.is_some() && entity.class.is_some()
        })
    });
    let alone = clause.phrases(at).iter().all(|(word, list)| {
        *word == "in"
            && list.iter().any(|np| matches!(head(clause, *np), "battle" | "action" | "combat"))
            || matches!(*word, "near" | "at" | "on" | "during")
    });
    fighters && alone && clause.objects(at).is_empty()
}

/// "Twenty officers gave themselves up", "400 soldiers surrendered".
fn gives_itself_up(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) -> bool {
    let counted: Vec<usize> = clause
        .subject(at)
        .into_iter()
        .filter(|np| {
            clause.entity(*np).is_some_and(|entity| {
                entity.count.is_some() && matches!(entity.what, What::Force | What::Civilians)
            })
        })
        .collect();
    let weapons = !clause.objects(at).is_empty() && clause.lemma(at) == "surrender";
    if weapons || clause.vg(at).is_some_and(|vg| vg.passive || vg.infinitive) {
        return false;
    }
    all(clause, Effect::Captured, &counted, at, out)
}

/// "took 12 prisoners", "took two men from their homes", "took six people with them".
pub(super) fn takes_people(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(vg) = clause.vg(at) else { return false };
    let objects = clause.objects(at);
    let people = objects.iter().any(|np| {
        clause.entity(*np).is_some_and(|entity| {
            entity.count.is_some() && matches!(entity.what, What::Force | What::Civilians)
        })
    });
    if vg.passive || !people {
        return false;
    }
    let held = objects.iter().any(|np| {
        matches!(head(clause, *np), "prisoners" | "prisoner" | "captives" | "hostages" | "hostage")
    });
    let last = objects.last().map_or(at, |np| clause.chain_end(*np));
    let so = clause.np(last).is_some_and(|np| {
        (np.head + 1..np.last + 2).any(|token| {
            let word = clause.parsed.norm(token);
            matches!(word, "hostage" | "captive" | "prisoner")
        })
    });
    held || so || clause.phrases(last).iter().any(|(word, list)| from_home(clause, word, list))
}

/// "from their homes", "with them".
fn from_home(clause: &Clause<'_, '_>, word: &str, list: &[usize]) -> bool {
    let heads = |words: &[&str]| list.iter().any(|np| words.contains(&head(clause, *np)));
    word == "from" && heads(&["home", "homes", "house", "houses", "beds"])
        || word == "with" && heads(&["them", "him", "it"])
}

/// "burned to death", "hacked to death": whatever the verb says, they are dead.
fn ends_in_death(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(to) = (at + 1..at + 4).find(|next| clause.word(*next) == "to") else { return false };
    clause.np(to + 1).is_some_and(|np| {
        np.first == np.head && clause.lexicon.ends.has(clause.parsed.norm(np.head))
    })
}

/// Whether the words at a verb say that it was done to people: only they lose their lives or are hit in the leg.
pub(super) fn is_mortal(clause: &Clause<'_, '_>, at: usize) -> bool {
    ends_in_death(clause, at)
        || hit_in_body(clause, at)
        || treated(clause, at)
        || loses_life(clause, at)
}

/// "was hit in the shoulder".
fn hit_in_body(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.phrases(at).iter().any(|(word, list)| {
        matches!(*word, "in" | "on")
            && list.iter().any(|np| clause.lexicon.body.has(head(clause, *np)))
    })
}

/// "were treated for choking", "were taken to hospital with burns".
fn treated(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.vg(at).is_some_and(|vg| vg.passive)
        && clause.phrases(at).iter().any(|(word, list)| {
            matches!(*word, "for" | "with")
                && list.iter().any(|np| clause.lexicon.injuries.has(head(clause, *np)))
        })
}

/// To whom a verb is done: the subject of a passive, the object of an active.
fn patients(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let Some(vg) = clause.vg(at) else { return Vec::new() };
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let objects = clause.objects(at);
    if vg.passive || vg.bare && !ing && objects.is_empty() {
        return clause.subject(at);
    }
    objects
}

/// The objects of a verb, or of the one that "and" joins to it: "killing and wounding a number of them".
pub(super) fn shared_objects(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let own = clause.objects(at);
    let joined = matches!(clause.chunk(at + 1), Some(Chunk::Conj(_)))
        && clause.vg(at + 2).is_some_and(|vg| !vg.passive && !vg.infinitive)
        && clause.lexicon.effect_of_verb(clause.lemma(at + 2)).is_some();
    if own.is_empty() && joined { clause.objects(at + 2) } else { own }
}
