//! Rules that drop a candidate: other senses, plans and threats, disasters, crime, sport, background.

mod practice;

use std::ops::Range;

use super::event::clause::Clause;
use super::event::trigger::Trigger;
use super::language::{Family, Form, Lexicon, Rule};
use super::parse::chunk::Chunk;
use super::parse::token::Token;
use super::reader::deed_of;
use practice::{is_general, is_habit, is_in_flight, is_practice, would_be};

/// The name of a rule, as `explain` prints it.
pub fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::OtherSense => "other_sense",
        Rule::Disaster => "disaster",
        Rule::Accident => "accident",
        Rule::Crime => "crime",
        Rule::Sport => "sport",
        Rule::Business => "business",
        Rule::Fiction => "fiction",
        Rule::Exercise => "exercise",
        Rule::Diplomacy => "diplomacy",
        Rule::Hypothetical => "hypothetical",
        Rule::Failed => "not_carried_out",
        Rule::Background => "background",
        Rule::Bare => "no_deed",
    }
}

/// The rule that drops a candidate by the words around its triggers.
pub fn candidate(
    clause: &Clause<'_, '_>,
    range: &Range<usize>,
    triggers: &[Trigger],
) -> Option<Rule> {
    if triggers.is_empty() {
        return None;
    }
    if asks(clause) {
        return Some(Rule::Hypothetical);
    }
    if is_measure(clause, range.start) {
        return Some(Rule::Background);
    }
    let other = |trigger: &Trigger| other_sense(clause, trigger);
    if triggers.iter().all(other) {
        return Some(Rule::OtherSense);
    }
    let unreal: Vec<Option<Rule>> = triggers
        .iter()
        .filter(|trigger| !other(trigger))
        .map(|trigger| unreal(clause, trigger))
        .collect();
    if let Some(Some(rule)) = unreal.first().filter(|_| unreal.iter().all(Option::is_some)) {
        return Some(*rule);
    }
    let (first, last) = span(clause, range);
    if has(clause.lexicon, Rule::Exercise, &clause.parsed.tokens[first..last]) {
        return Some(Rule::Exercise);
    }
    None
}

/// "the worst fighting since the battle for Aleppo last year": by what something else is measured.
fn is_measure(clause: &Clause<'_, '_>, at: usize) -> bool {
    let deed = |at: usize| clause.entity(at).is_some_and(|entity| deed_of(entity).is_some());
    clause.is_prep(at) && clause.word(at) == "since" && (at + 1..at + 3).any(deed)
}

/// A question says nothing that happened.
fn asks(clause: &Clause<'_, '_>) -> bool {
    let range = &clause.sentence.range;
    clause.parsed.tokens[range.clone()]
        .iter()
        .rev()
        .find(|token| !matches!(token.norm.as_str(), "\"" | ")" | "]"))
        .is_some_and(|token| token.is("?"))
}

/// The triggers that say something that happened.
pub fn real(clause: &Clause<'_, '_>, triggers: Vec<Trigger>) -> Vec<Trigger> {
    let kept: Vec<Trigger> = triggers
        .iter()
        .filter(|trigger| !other_sense(clause, trigger) && unreal(clause, trigger).is_none())
        .cloned()
        .collect();
    let own: Vec<Trigger> =
        kept.iter().filter(|trigger| !is_answered(clause, trigger)).cloned().collect();
    match () {
        () if !own.is_empty() => own,
        () if !kept.is_empty() => kept,
        () => triggers,
    }
}

/// "responded to a rebel offensive with air strikes": what is answered is why, where the answer is told too.
fn is_answered(clause: &Clause<'_, '_>, trigger: &Trigger) -> bool {
    let answered = |(verb, word): (usize, &str)| {
        word == "to" && matches!(clause.lemma(verb), "respond" | "react" | "reply" | "retaliate")
    };
    !trigger.verbal && clause.governor(trigger.chunk).is_some_and(answered)
}

fn span(clause: &Clause<'_, '_>, range: &Range<usize>) -> (usize, usize) {
    let first = clause.chunk(range.start).map_or(0, Chunk::first);
    let last = range.end.checked_sub(1).and_then(|at| clause.chunk(at)).map_or(first, Chunk::last);
    (first, last)
}

pub(super) fn has(lexicon: &Lexicon, rule: Rule, tokens: &[Token]) -> bool {
    lexicon.rule(rule).is_some_and(|phrases| phrases.stands_in(tokens))
}

/// The deed word is part of a phrase with another sense.
fn other_sense(clause: &Clause<'_, '_>, trigger: &Trigger) -> bool {
    let Some(phrases) = clause.lexicon.rule(Rule::OtherSense) else { return false };
    let (tokens, at) = (&clause.parsed.tokens, trigger.token);
    (at.saturating_sub(3)..=at)
        .any(|start| phrases.find(tokens, start).is_some_and(|(length, ())| start + length > at))
}

/// Why the trigger says nothing that happened.
fn unreal(clause: &Clause<'_, '_>, trigger: &Trigger) -> Option<Rule> {
    if trigger.verbal {
        unreal_verb(clause, trigger.chunk)
    } else {
        unreal_noun(clause, trigger.chunk, trigger.family)
    }
}

fn unreal_verb(clause: &Clause<'_, '_>, at: usize) -> Option<Rule> {
    let vg = clause.vg(at)?;
    if vg.negated || nobody(clause, at) || nobody_says(clause, vg.head) {
        return Some(Rule::Failed);
    }
    if at > 0 && vg.bare && clause.word(at - 1) == "without" {
        return Some(Rule::Failed);
    }
    if vg.modal && !vg.perfect {
        return Some(Rule::Hypothetical);
    }
    if is_in_words(clause, at) {
        return Some(Rule::OtherSense);
    }
    // "had not left, as had been agreed": told before
    if at > 0 && clause.word(at - 1) == "as" && clause.lemma(at) == "agree" {
        return Some(Rule::Background);
    }
    if of_an_accused(clause, at) {
        return Some(Rule::Background);
    }
    // "accused of targeting and killing civilians"
    let first = gerunds(clause, at);
    if first != at {
        return unreal_verb(clause, first);
    }
    if vg.infinitive || gerund_after_preposition(clause, at) {
        return before(clause, at, vg.infinitive);
    }
    if would_be(clause, at) {
        return Some(Rule::Hypothetical);
    }
    // "would go on attacking"
    let goes_on = vg.bare
        && at > 1
        && clause.word(at - 1) == "on"
        && clause.vg(at - 2).is_some_and(|vg| vg.modal && !vg.perfect);
    if goes_on || is_habit(clause, at) {
        return Some(Rule::Hypothetical);
    }
    if is_practice(clause, at) || is_general(clause, at) || is_in_flight(clause, at) {
        return Some(Rule::Background);
    }
    let stopped = vg.bare && at > 0 && is_stop(clause.lemma(at - 1));
    (stopped || conditional(clause, at)).then_some(Rule::Hypothetical)
}

/// "attacked the deal in a speech".
fn is_in_words(clause: &Clause<'_, '_>, at: usize) -> bool {
    let utterance = |np: &usize| {
        clause.np(*np).is_some_and(|np| clause.lexicon.utterances.has(clause.parsed.norm(np.head)))
    };
    matches!(clause.lemma(at), "attack" | "assail" | "hit" | "target" | "slam")
        && clause
            .phrases(at)
            .iter()
            .any(|(word, list)| matches!(*word, "in" | "during") && list.iter().any(utterance))
}

/// "massing troops for an attack".
fn gathers(clause: &Clause<'_, '_>, verb: usize) -> bool {
    matches!(
        clause.lemma(verb),
        "mass" | "gather" | "assemble" | "prepare" | "train" | "amass" | "reinforce"
    )
}

/// The first of gerunds that "and" joins, where that follows a preposition; else the verb itself.
fn gerunds(clause: &Clause<'_, '_>, at: usize) -> usize {
    let gerund = |at: usize| {
        clause
            .vg(at)
            .is_some_and(|vg| vg.bare && vg.verb.is_some_and(|verb| verb.form == Form::Ing))
    };
    let joined = at > 1 && gerund(at) && matches!(clause.chunk(at - 1), Some(Chunk::Conj(_)));
    let before = (at.saturating_sub(5)..at.saturating_sub(1)).rev();
    let first = before.into_iter().find(|verb| clause.vg(*verb).is_some());
    first
        .filter(|first| joined && gerund(*first) && gerund_after_preposition(clause, *first))
        .unwrap_or(at)
}

/// "agreed to stop fighting".
fn is_stop(lemma: &str) -> bool {
    matches!(lemma, "stop" | "cease" | "halt" | "quit" | "end")
}

/// "neither A nor B did", "no group did".
fn nobody(clause: &Clause<'_, '_>, verb: usize) -> bool {
    clause.subject(verb).iter().filter_map(|np| clause.np(*np)).any(|np| {
        let before = np.first.checked_sub(1).map_or("", |at| clause.parsed.norm(at));
        matches!(clause.parsed.norm(np.first), "neither" | "nor" | "no" | "nobody" | "none")
            || matches!(before, "neither" | "nor")
    })
}

/// "No one has said that they carried out the attack": whoever "they" are, nobody said so.
fn nobody_says(clause: &Clause<'_, '_>, verb: usize) -> bool {
    let tokens = &clause.parsed.tokens[clause.sentence.range.start..verb];
    let is = |at: usize, words: &[&str]| {
        tokens.get(at).is_some_and(|token| words.contains(&token.norm.as_str()))
    };
    (0..tokens.len()).any(|at| {
        let nobody = is(at, &["nobody"])
            || is(at, &["no"]) && is(at + 1, &["one", "group", "side", "party", "faction"]);
        nobody
            && (at + 1..at + 5)
                .any(|after| is(after, &["said", "claimed", "say", "says", "claim", "claims"]))
    })
}

/// "the home of a man accused of killing a soldier": why something else happened to him.
pub(super) fn of_an_accused(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(verb) = at.checked_sub(2).filter(|_| gerund_after_preposition(clause, at)) else {
        return false;
    };
    let who = verb.checked_sub(1).filter(|who| clause.np(*who).is_some());
    // of whom the sentence is not about: "the home of a man accused", not "a man accused of it was tried"
    who.is_some_and(|who| who > 0 && (clause.is_prep(who - 1) || clause.vg(who - 1).is_some()))
        && clause.vg(verb).is_some_and(|vg| vg.bare)
        && matches!(clause.lemma(verb), "accuse" | "suspect" | "convict" | "charge")
}

fn gerund_after_preposition(clause: &Clause<'_, '_>, at: usize) -> bool {
    at > 0
        && clause.vg(at).is_some_and(|vg| vg.bare)
        && (matches!(clause.word(at - 1), "for" | "of" | "from" | "against")
            // "strikes aimed at driving them out"
            || clause.word(at - 1) == "at" && at > 1 && clause.lemma(at - 2) == "aim")
}

/// "if the army attacks".
fn conditional(clause: &Clause<'_, '_>, at: usize) -> bool {
    (at.saturating_sub(14)..at)
        .rev()
        .find(|before| matches!(clause.chunk(*before), Some(Chunk::Sub(_))))
        .is_some_and(|before| matches!(clause.word(before), "if" | "unless" | "whether"))
}

/// What governs an infinitive: a plan, a threat, a failure; a purpose is no event either.
fn before(clause: &Clause<'_, '_>, at: usize, infinitive: bool) -> Option<Rule> {
    let governing = (at.saturating_sub(4)..at).rev().find(|verb| clause.vg(*verb).is_some());
    if governing.is_some_and(|verb| is_practice(clause, verb)) {
        return Some(Rule::Background);
    }
    let first = clause.chunk(at)?.first();
    let window =
        &clause.parsed.tokens[first.saturating_sub(7).max(clause.sentence.range.start)..first];
    if has(clause.lexicon, Rule::Failed, window) {
        return Some(Rule::Failed);
    }
    if window.iter().any(|token| {
        clause.lexicon.rule(Rule::Hypothetical).is_some_and(|phrases| phrases.has(&token.norm))
    }) {
        return Some(Rule::Hypothetical);
    }
    let real = window.iter().rev().take(3).any(|token| {
        matches!(
            token.norm.as_str(),
            "managed"
                | "able"
                | "continue"
                | "continued"
                | "continues"
                | "began"
                | "begun"
                | "started"
                | "used"
                | "went"
        )
    });
    (infinitive && !real).then_some(Rule::Hypothetical)
}

/// "will discuss who is responsible for the use of chemical weapons": a question that is still open.
fn asks_who(clause: &Clause<'_, '_>, at: usize) -> bool {
    let word = |at: usize| clause.parsed.norm(at);
    let from = at.saturating_sub(8).max(clause.sentence.range.start);
    (from..at).any(|at| {
        matches!(word(at), "who" | "whoever")
            && matches!(word(at + 1), "is" | "was" | "are" | "were")
            && matches!(word(at + 2), "responsible" | "behind")
            && at > 0
            && !matches!(word(at - 1), "," | "those" | "people" | "men")
    })
}

/// "trying to flee the fighting", "they are backed by air strikes", "repeatedly targeted in raids": in what something else
/// takes place.
fn is_setting(clause: &Clause<'_, '_>, verb: usize, word: &str) -> bool {
    let Some(vg) = clause.vg(verb) else { return false };
    let lemma = clause.lemma(verb);
    let going_on = vg.infinitive || vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let present = matches!(clause.parsed.norm(vg.first), "is" | "are");
    let flees = matches!(lemma, "flee" | "escape" | "avoid") && matches!(word, "" | "from");
    let backs = matches!(lemma, "back" | "support") && word == "by";
    flees && going_on
        || backs && vg.passive && present
        || matches!(word, "in" | "by" | "with" | "during") && is_practice(clause, verb)
        || matches!(word, "" | "out") && is_general(clause, verb)
}

#[expect(clippy::too_many_lines, reason = "one list of rules, read from top to bottom")]
fn unreal_noun(clause: &Clause<'_, '_>, at: usize, family: Family) -> Option<Rule> {
    let np = clause.np(at)?;
    let tokens = &clause.parsed.tokens;
    let hypothetical = clause.lexicon.rule(Rule::Hypothetical)?;
    // "tactics that have included the use of chemical weapons"
    let practice = |(verb, _): (usize, &str)| {
        clause.lemma(verb) == "include" && clause.vg(verb).is_some_and(|vg| vg.perfect)
    };
    if clause.governor(at).is_some_and(practice) {
        return Some(Rule::Background);
    }
    if clause.governor(at).is_some_and(|(verb, word)| is_setting(clause, verb, word)) {
        return Some(Rule::Background);
    }
    if asks_who(clause, np.first) {
        return Some(Rule::Background);
    }
    if matches!(family, Family::Chemical) {
        return None;
    }
    let within = tokens[np.first..np.head].iter().any(|token| {
        matches!(
            token.norm.as_str(),
            "possible"
                | "potential"
                | "planned"
                | "imminent"
                | "future"
                | "threatened"
                | "any"
                | "no"
                | "attempted"
                | "impending"
                | "alleged"
                | "proposed"
        ) && token.norm != "alleged"
    });
    // "Any" goes with a negation: "did not carry out any attack".
    let denied = |(verb, word): (usize, &str)| {
        // "nobody was hurt in the shelling": it took place
        if matches!(word, "in" | "during" | "after" | "from" | "by" | "at" | "amid" | "following") {
            return false;
        }
        let said_by_none = |head| nobody_says(clause, head);
        clause.vg(verb).is_some_and(|vg| vg.negated || said_by_none(vg.head))
            || nobody(clause, verb)
    };
    if clause.governor(at).is_some_and(denied) {
        return Some(Rule::Failed);
    }
    if within && tokens[np.first].norm != "no" {
        return Some(Rule::Hypothetical);
    }
    if tokens[np.first].norm == "no" {
        return Some(Rule::Failed);
    }
    let to_come = clause.predicate(at).and_then(|verb| clause.vg(verb));
    if to_come.is_some_and(|vg| vg.modal && !vg.perfect) {
        return Some(Rule::Hypothetical);
    }
    let massed = at >= 3
        && clause.word(at - 1) == "for"
        && clause.np(at - 2).is_some()
        && gathers(clause, at - 3);
    if massed {
        return Some(Rule::Hypothetical);
    }
    if let Some((verb, word)) = clause.governor(at) {
        let vg = clause.vg(verb)?;
        let gathers = gathers(clause, verb);
        let stops = vg.infinitive && is_stop(clause.lemma(verb));
        if word == "for" && gathers || stops {
            return Some(Rule::Hypothetical);
        }
        let ended = matches!(
            clause.lemma(verb),
            "disperse" | "break up" | "suppress" | "quell" | "crush" | "halt"
        );
        if ended && matches!(family, Family::Protest | Family::Riot) {
            return None;
        }
        let word = tokens.get(vg.head).map_or("", |token| token.norm.as_str());
        let unreal = vg.modal && !vg.perfect || hypothetical.has(word);
        if unreal && !matches!(family, Family::Agree | Family::Protest) {
            return Some(Rule::Hypothetical);
        }
        if vg.infinitive {
            return before(clause, verb, true);
        }
    }
    let ahead = (np.first.saturating_sub(3)..np.first)
        .filter(|token| *token >= clause.sentence.range.start);
    let feared = ahead.into_iter().any(|token| {
        matches!(
            tokens[token].norm.as_str(),
            "threat"
                | "threats"
                | "risk"
                | "fear"
                | "fears"
                | "prevent"
                | "avoid"
                | "possibility"
                | "against"
                | "plan"
                | "plans"
                | "planning"
                | "threatened"
                | "prepare"
                | "preparing"
                | "preparations"
                | "suspension"
                | "cessation"
                | "halt"
                | "moratorium"
                | "freeze"
                | "pause"
                | "lull"
        ) && tokens[token].norm != "against"
    });
    feared.then_some(Rule::Hypothetical)
}
