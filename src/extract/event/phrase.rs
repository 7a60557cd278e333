//! Noun phrases joined by "of", "from" and "belonging to": whose it is, what is counted, where it lies.

use super::clause::Clause;
use super::entity::{Entity, What};

/// Words before "of" that only measure or part what follows.
const PARTITIVE: &[&str] = &[
    "number",
    "group",
    "groups",
    "member",
    "members",
    "unit",
    "units",
    "element",
    "elements",
    "most",
    "some",
    "majority",
    "rest",
    "handful",
    "total",
    "team",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "tens",
    "crowd",
    "crowds",
    "couple",
    "leader",
    "leaders",
    "remnants",
    "parts",
    "part",
    "front",
    "use",
    "mass",
    "several",
    "many",
    "all",
    "both",
    "one",
    "two",
    "column",
    "pair",
    "series",
    "wave",
    "spate",
    "string",
    "bodies",
    "corpses",
    "lives",
    "half",
    "amount",
    "quantity",
    "quantities",
    "stash",
    "haul",
    "batch",
    "load",
    "variety",
    "swathe",
    "swath",
    "pile",
    "stockpile",
];

/// Joins noun phrases with what their "of", "from" and "belonging to" name; from the last to the first.
pub fn join(entities: &mut [Option<Entity>], clause: &Clause<'_, '_>) {
    for at in (0..entities.len()).rev() {
        let Some(np) = clause.np(at) else { continue };
        let Some((inner, word)) = inner(clause, at) else { continue };
        let list: Vec<Entity> = clause
            .list(inner)
            .into_iter()
            .filter_map(|index| entities.get(index).cloned().flatten())
            .collect();
        let Some(outer) = entities.get_mut(at).and_then(Option::as_mut) else { continue };
        let bare_count = np.count.as_ref().is_some_and(|count| np.head < count.last);
        let partitive = bare_count || PARTITIVE.contains(&clause.parsed.norm(np.head));
        take(outer, &list, partitive && word == "of", word);
    }
}

fn inner(clause: &Clause<'_, '_>, at: usize) -> Option<(usize, &'static str)> {
    if let Some(of) = clause.of(at) {
        return Some((of, "of"));
    }
    if clause.word(at + 1) == "from" && clause.np(at + 2).is_some() {
        return Some((at + 2, "from"));
    }
    let belongs = matches!(clause.lemma(at + 1), "belong")
        && clause.word(at + 2) == "to"
        && clause.np(at + 3).is_some();
    belongs.then_some((at + 3, "belonging"))
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
