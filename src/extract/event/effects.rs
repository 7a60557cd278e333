//! What befell people and things: counts of dead, wounded and captured; equipment with its fate; objects.

use super::clause::Clause;
use super::entity::{Entity, What};
use crate::extract::language::{Effect, Form};
use crate::extract::parse::chunk::{Chunk, Np};
use crate::model::casualty::Figure;

/// A count of people and what befell them.
#[derive(Debug, Clone)]
pub struct Loss {
    /// Dead, wounded or captured.
    pub effect: Effect,
    /// How many; none where the text gives no number.
    pub figure: Option<Figure>,
    /// Who.
    pub entity: Entity,
    /// The chunk that says who.
    pub chunk: usize,
    /// The chunk that says what befell them.
    pub trigger: usize,
    /// One more than those named before.
    pub ordinal: bool,
    /// A new figure for the toll of an event named before.
    pub total: bool,
}

/// Words that open a subset: those after them are already counted.
const SUBSET: &[&str] = &["including", "among", "amongst", "excluding", "like"];

/// Every loss in the sentence.
pub fn losses(clause: &Clause<'_, '_>) -> Vec<Loss> {
    let mut out = Vec::new();
    for at in 0..clause.sentence.chunks.len() {
        match clause.chunk(at) {
            Some(Chunk::Vg(_)) => by_verb(clause, at, &mut out),
            Some(Chunk::Np(np)) => by_noun(clause, at, np, &mut out),
            _ => {}
        }
    }
    settle(&mut out);
    out
}

/// Whether the phrase at `at` only details a count already given.
pub fn is_subset(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(mut before) = at.checked_sub(1) else { return false };
    while before > 0 && matches!(clause.chunk(before), Some(Chunk::Adv(_) | Chunk::Comma(_))) {
        if matches!(clause.word(before), "mostly" | "mainly" | "most") {
            return true;
        }
        before -= 1;
    }
    if SUBSET.contains(&clause.word(before)) && matches!(clause.chunk(before), Some(Chunk::Prep(_)))
    {
        return true;
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

fn add(clause: &Clause<'_, '_>, effect: Effect, chunk: usize, trigger: usize, out: &mut Vec<Loss>) {
    let Some(entity) = clause.entity(chunk) else { return };
    if is_subset(clause, chunk)
        || out.iter().any(|loss| loss.chunk == chunk && loss.effect == effect)
    {
        return;
    }
    let bare_count = entity.what == What::Other
        && clause.np(chunk).is_some_and(|np| {
            np.count.as_ref().is_some_and(|count| np.head < count.last)
                || matches!(clause.parsed.norm(np.head), "others" | "one" | "more")
        });
    let people = matches!(entity.what, What::Force | What::Civilians | What::Person | What::Name)
        || bare_count
        || entity.what == What::Pronoun;
    if !people {
        return;
    }
    let name_alone = entity.what == What::Force
        && entity.named
        && entity.count.is_none()
        && entity.class.is_none();
    if entity.what == What::Pronoun
        && !matches!(clause.parsed.norm(entity.head), "one" | "others" | "himself" | "themselves")
        || name_alone && effect != Effect::Captured
    {
        return;
    }
    let figure = entity.count.clone().or_else(|| plural(clause, entity));
    out.push(Loss {
        effect,
        figure,
        entity: entity.clone(),
        chunk,
        trigger,
        ordinal: entity.ordinal,
        total: false,
    });
}

/// People in the plural without a number: some.
fn plural(clause: &Clause<'_, '_>, entity: &Entity) -> Option<Figure> {
    match entity.what {
        What::Name | What::Person => Some(Figure::exact(1)),
        What::Civilians | What::Force if !entity.named => {
            let vague = ["many", "several", "others", "some", "numerous", "number", "civilians"]
                .into_iter()
                .find(|word| {
                    (entity.first.saturating_sub(3)..entity.last)
                        .any(|at| clause.parsed.norm(at) == *word)
                });
            Some(Figure {
                min: None,
                max: None,
                vague: Some(vague.unwrap_or("unspecified").to_owned()),
            })
        }
        _ => None,
    }
}

fn by_verb(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let Some(vg) = clause.vg(at) else { return };
    if vg.negated {
        return;
    }
    if clause.lemma(at) == "leave" || clause.lemma(at) == "cause" || clause.lemma(at) == "report" {
        left(clause, at, out);
    }
    if clause.lemma(at) == "claim" && claims_lives(clause, at, out) {
        return;
    }
    if matches!(clause.lemma(at), "suffer" | "sustain" | "receive") {
        suffered(clause, at, out);
    }
    if clause.lemma(at) == "lose" {
        lost(clause, at, out);
    }
    let Some(effect) = clause.lexicon.effect_of_verb(clause.lemma(at)) else { return };
    let dies = clause.lexicon.died.has(clause.lemma(at));
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    if dies || vg.passive {
        if effect == Effect::Captured && clause.lemma(at) == "free" {
            return;
        }
        clause.subject(at).into_iter().for_each(|np| add(clause, effect, np, at, out));
        return;
    }
    let objects = clause.objects(at);
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
        while first >= 2 && clause.word(first - 1) == "of" && clause.np(first - 2).is_some() {
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
    if matches!(clause.chunk(at - 1), Some(Chunk::Conj(_)))
        && at >= 2
        && clause.vg(at - 2).is_some_and(|vg| vg.passive || vg.bare)
    {
        clause.subject(at - 2).into_iter().for_each(|np| add(clause, effect, np, at, out));
    }
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
    out.push(Loss {
        effect,
        figure: entity.count.clone(),
        entity: entity.clone(),
        chunk: np,
        trigger: at,
        ordinal: false,
        total: false,
    });
}

/// "left 12 people dead and another 150 wounded".
fn left(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    for np in clause.objects(at) {
        if let Some(effect) = effect_after(clause, np) {
            add(clause, effect, np, at, out);
        }
    }
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
    let Some(of) = clause.of(lives) else { return false };
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

/// "lost 5 fighters".
fn lost(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    for np in clause.objects(at) {
        let counted = clause.entity(np).is_some_and(|entity| {
            entity.count.is_some() && matches!(entity.what, What::Force | What::Civilians)
        });
        if counted {
            add(clause, Effect::Killed, np, at, out);
        }
    }
}

fn by_noun(clause: &Clause<'_, '_>, at: usize, np: &Np, out: &mut Vec<Loss>) {
    let head = clause.parsed.norm(np.head);
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
    if matches!(head, "toll" | "count") {
        return toll(clause, at, out);
    }
    let Some(effect) = clause.lexicon.effect_of_noun(head) else { return };
    if let Some(of) = clause.of(at) {
        clause.list(of).into_iter().for_each(|np| add(clause, effect, np, at, out));
    }
}

/// A count whose head is itself the effect: people of whom nothing is said, unless "of" says it.
fn push_bare(
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
    out.push(Loss { effect, figure, entity, chunk: at, trigger: at, ordinal: false, total: false });
}

/// "raised the death toll to 61", "death toll of 12".
fn toll(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let found = clause
        .phrases(at)
        .into_iter()
        .filter(|(word, _)| matches!(*word, "to" | "of" | "at"))
        .find_map(|(_, list)| {
            list.into_iter()
                .find(|np| clause.entity(*np).is_some_and(|entity| entity.count.is_some()))
        });
    let number = found.or_else(|| {
        (at + 1..at + 5).find(|next| clause.np(*next).is_some_and(|np| np.count.is_some()))
    });
    let Some(entity) = number.and_then(|np| clause.entity(np)) else { return };
    let mut whole = entity.clone();
    if !matches!(whole.what, What::Force | What::Civilians) {
        whole.what = What::Other;
    }
    out.push(Loss {
        effect: Effect::Killed,
        figure: entity.count.clone(),
        entity: whole,
        chunk: number.unwrap_or(at),
        trigger: at,
        ordinal: false,
        total: true,
    });
}

/// "a third one", "15 others": of the kind named before.
fn settle(losses: &mut [Loss]) {
    for index in 1..losses.len() {
        let (before, rest) = losses.split_at_mut(index);
        let (Some(previous), Some(loss)) = (before.last(), rest.first_mut()) else { continue };
        let kindless = matches!(loss.entity.what, What::Other | What::Pronoun)
            || (loss.entity.what == What::Civilians && loss.entity.class.is_none());
        if kindless && matches!(previous.entity.what, What::Force | What::Civilians | What::Person)
        {
            let (count, chunk) = (loss.entity.count.clone(), loss.chunk);
            loss.entity = Entity { count, ..previous.entity.clone() };
            loss.chunk = chunk;
        }
    }
}
