//! Noun phrases joined by "of", "from" and "belonging to": whose it is, what is counted, where it lies.

use super::clause::Clause;
use super::entity::{Entity, What};
use crate::extract::language::Armed;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Chunk;
use crate::model::place::PlacePrecision;

/// Joins noun phrases with what their "of", "from" and "belonging to" name; from the last to the first.
pub fn join(entities: &mut [Option<Entity>], clause: &Clause<'_, '_>) {
    for at in (0..entities.len()).rev() {
        let Some(np) = clause.np(at) else { continue };
        let Some((inner, word)) = inner(clause, at) else { continue };
        let list: Vec<Entity> = whole_list(clause, inner, word)
            .into_iter()
            .filter_map(|index| entities.get(index).cloned().flatten())
            .collect();
        // "gunmen of A and soldiers of B": the soldiers stand beside the gunmen
        let people = |entity: &Entity| entity.class.is_some() && !entity.named;
        let beside = outer_is_people(entities, at)
            .then(|| list.iter().skip(1).position(people).map(|at| at + 1))
            .flatten();
        let mut list = list;
        list.truncate(beside.unwrap_or(usize::MAX));
        let led = clause.np(inner).and_then(|np| clause.parsed.leader_in(np.first, np.last));
        let Some(outer) = entities.get_mut(at).and_then(Option::as_mut) else { continue };
        // "two soldiers of the Northern Front": a name says whose they are, whatever the word alone means
        let mut words = clause.parsed.named_within(np.first, np.last).peekable();
        let common = words.peek().is_some() && words.all(|named| named.kind == AliasKind::Generic);
        let whose = list.iter().any(|entity| entity.what == What::Force && entity.named);
        if common && whose && outer.what == What::Force {
            outer.factions.clear();
        }
        let bare_count = np.count.as_ref().is_some_and(|count| np.head < count.last);
        let partitive = bare_count || clause.lexicon.partitives.has(clause.parsed.norm(np.head));
        take(outer, &list, partitive && word == "of", word);
        // "troops loyal to Putin"
        let open = common || outer.factions.is_empty();
        if let Some(leader) = led.filter(|_| open && outer.what == What::Force) {
            outer.factions = vec![leader.forces];
        }
    }
}

/// Whether the phrase at a chunk is people by its own word: "gunmen", "soldiers".
fn outer_is_people(entities: &[Option<Entity>], at: usize) -> bool {
    let outer = entities.get(at).and_then(Option::as_ref);
    outer.is_some_and(|entity| entity.class.is_some_and(|class| class.armed.is_some()))
}

/// The list after a preposition, also where it says it again: "fighters of A and of B".
fn whole_list(clause: &Clause<'_, '_>, inner: usize, word: &str) -> Vec<usize> {
    let mut list = clause.list(inner);
    while let Some(last) = list.last().map(|last| clause.chain_end(*last)) {
        let again = clause.np(last + 3).is_some()
            && matches!(clause.chunk(last + 1), Some(Chunk::Conj(_)))
            && clause.word(last + 2) == word;
        if !again {
            break;
        }
        list.push(last + 3);
    }
    list
}

/// What a phrase belongs to: where it stands and by which word.
fn inner(clause: &Clause<'_, '_>, at: usize) -> Option<(usize, &'static str)> {
    if let Some(of) = clause.of(at) {
        return Some((of, "of"));
    }
    if clause.word(at + 1) == "from" && clause.np(at + 2).is_some() {
        return (!is_origin(clause, at, at + 2)).then_some((at + 2, "from"));
    }
    let verb = at + 1;
    let lemma = clause.lemma(verb);
    let bare = clause.vg(verb).is_some_and(|vg| vg.bare);
    if bare
        && clause.lexicon.held.has(lemma)
        && clause.word(at + 2) == "by"
        && clause.np(at + 3).is_some()
    {
        return Some((at + 3, "held"));
    }
    let to = matches!(clause.word(at + 2), "to" | "with" | "as");
    if bare && clause.lexicon.tied.has(lemma) && to && clause.np(at + 3).is_some() {
        return Some((at + 3, "belonging"));
    }
    if clause.word(at + 1) == "loyal" && clause.word(at + 2) == "to" && clause.np(at + 3).is_some()
    {
        return Some((at + 3, "belonging"));
    }
    believed(clause, at).map(|np| (np, "belonging"))
}

/// "mercenaries from Qalat and Zubar": where they come from, not whose they are; "soldiers from Qalat" are its own.
fn is_origin(clause: &Clause<'_, '_>, people: usize, country: usize) -> bool {
    let head = clause.np(people).map_or("", |np| clause.parsed.norm(np.head));
    let class = clause.lexicon.people.word(head);
    let state = class.is_some_and(|class| class.armed == Some(Armed::State));
    let spot = clause.np(country).and_then(|np| clause.parsed.place_in(np.first, np.last));
    let spot = spot.and_then(|spot| clause.parsed.spots.get(spot));
    !state && spot.is_some_and(|spot| spot.place.precision == PlacePrecision::Country)
}

/// "gunmen believed to belong to A", "men suspected of being members of A".
pub(super) fn believed(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let supposed = matches!(clause.lemma(at + 1), "believe" | "suspect" | "think" | "say" | "know");
    if !supposed || !clause.vg(at + 1).is_some_and(|vg| vg.bare) {
        return None;
    }
    let belongs = matches!(clause.lemma(at + 2), "belong" | "be" | "link")
        || clause.vg(at + 2).is_some_and(|vg| vg.copula || vg.infinitive);
    let from = if belongs { at + 3 } else { at + 2 };
    (from..from + 3)
        .take_while(|next| clause.vg(*next).is_none())
        .find(|next| clause.np(*next).is_some())
        .filter(|_| belongs)
}

fn take(outer: &mut Entity, list: &[Entity], partitive: bool, word: &str) {
    let Some(first) = list.first() else { return };
    if partitive
        && !matches!(first.what, What::Other | What::Pronoun)
        && !(outer.what == What::Person)
    {
        let (count, ordinal, start) = (outer.count.take(), outer.ordinal, outer.first);
        let keeps = outer.what == What::Force && outer.class.is_some();
        let class = outer.class;
        *outer = Entity { ordinal, ..first.clone() };
        if keeps && first.what == What::Force {
            (outer.first, outer.class) =
                (start.min(first.first), class.filter(|class| class.armed.is_some()));
        }
        // "15 of the 350 hostages" is 15
        outer.count = count.or_else(|| first.count.clone());
        return;
    }
    let held = word == "held";
    if held && !matches!(outer.what, What::Position | What::Materiel | What::Object(_)) {
        return;
    }
    let owns = matches!(
        outer.what,
        What::Force | What::Position | What::Materiel | What::Person | What::Object(_)
    ) || (outer.what == What::Area && outer.place.is_none());
    if owns && outer.factions.is_empty() {
        let armed = list.iter().filter(|entity| entity.what == What::Force);
        outer.factions.extend(armed.flat_map(|entity| entity.factions.iter().copied()));
    }
    if outer.place.is_none()
        && matches!(outer.what, What::Area | What::Object(_) | What::Position)
        && word == "of"
    {
        outer.place = first.place;
    }
}
