//! What befell people and things: counts of dead, wounded and captured; equipment with its fate; objects.

use super::clause::Clause;
use super::entity::{Entity, What};
use super::toll;
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
    drop_counted(clause, &mut out);
    settle(&mut out);
    toll::share_out(clause, &mut out);
    out
}

/// A toll says of the people that it counts no more than its figure.
fn drop_counted(clause: &Clause<'_, '_>, losses: &mut Vec<Loss>) {
    let tolls: Vec<(usize, usize)> =
        losses.iter().filter(|loss| loss.total).map(|loss| (loss.trigger, loss.chunk)).collect();
    losses.retain(|loss| {
        let told = loss.figure.as_ref().is_some_and(|figure| figure.min.is_some());
        loss.total
            || told
            || !tolls.iter().any(|(first, last)| (*first..*last).contains(&loss.chunk))
    });
    losses.retain(|loss| loss.total || !toll::of_the_counted(clause, loss.chunk));
}

/// Whether the phrase at `at` only details a count already given.
pub fn is_subset(clause: &Clause<'_, '_>, at: usize) -> bool {
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
        for np in clause.subject(at) {
            match toll::nth_victim(clause, np, at).filter(|_| dies) {
                Some(loss) => out.push(loss),
                None => add(clause, effect, np, at, out),
            }
        }
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

/// "lost 5 fighters": its own.
fn lost(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Loss>) {
    let owner = clause
        .subject(at)
        .into_iter()
        .filter_map(|np| clause.entity(np))
        .find(|entity| !entity.factions.is_empty());
    for np in clause.objects(at) {
        let counted = clause.entity(np).is_some_and(|entity| {
            entity.count.is_some() && matches!(entity.what, What::Force | What::Civilians)
        });
        if counted {
            add(clause, Effect::Killed, np, at, out);
            if let (Some(owner), Some(loss)) = (owner, out.last_mut())
                && loss.chunk == np
                && loss.entity.factions.is_empty()
                && loss.entity.what == What::Force
            {
                loss.entity.factions.clone_from(&owner.factions);
            }
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
    if let Some(loss) = toll::total(clause, at).or_else(|| toll::who_they_were(clause, at)) {
        out.push(loss);
        return;
    }
    if matches!(head, "toll" | "count") {
        return;
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
