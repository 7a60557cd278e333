//! Whether two events of a document can be one said twice, and how much they have in common.

use super::merge::{Event, Merger, actors};
use crate::extract::event::candidate::{Candidate, Party, Toll};
use crate::extract::event::entity::What;
use crate::extract::event::kind;
use crate::extract::event::party::same;
use crate::extract::language::{Family, Means};
use crate::extract::reader::{Parsed, Spot};
use crate::model::claim::Field;
use crate::model::kind::{EventType, SubType};
use crate::model::place::PlacePrecision;

impl Merger<'_, '_> {
    /// Whether the later event can be the earlier one said again.
    pub(in crate::extract) fn compatible(&self, a: &Event, b: &Event) -> bool {
        // what was done and what it answers are two
        let answers = a.whole.aside != b.whole.aside && a.sentences.contains(&b.whole.sentence);
        !b.whole.another
            && !answers
            && kinds(a, b)
            && dates(a, b)
            && places(a, b)
            && self.sides(a, b)
            && figures(self, a, b)
            && !others(a, b)
    }

    /// How much the two have in common: with several hosts the likest wins, then the latest.
    pub(super) fn affinity(&self, a: &Event, b: &Event) -> (usize, usize) {
        if b.whole.definite && !b.whole.own_place && b.whole.field == Field::Text {
            // "the attack" is the one told last
            return (0, a.sentences.last().map_or(0, |last| last + 1));
        }
        let place = usize::from(shared_place(&a.spots, &b.spots)) * 2;
        let actors =
            actors(&a.whole).filter(|x| actors(&b.whole).any(|y| self.alike(x, y))).count();
        let kind = usize::from(a.kind == b.kind) * 2;
        let figures = a
            .whole
            .tolls
            .iter()
            .filter(|x| b.whole.tolls.iter().any(|y| x.killed.is_some() && x.killed == y.killed))
            .count()
            * 3;
        let last = a.sentences.last().copied().unwrap_or(0);
        (place + actors + kind + figures, last)
    }

    /// Whether their parties do not contradict each other.
    fn sides(&self, a: &Event, b: &Event) -> bool {
        if is_crew_of(a, b) || is_crew_of(b, a) {
            return true;
        }
        if matches!(a.kind, SubType::ArmedClash) && matches!(b.kind, SubType::ArmedClash) {
            let mixed =
                |x: &Event| actors(&x.whole).filter_map(|party| party.faction).collect::<Vec<_>>();
            let (x, y) = (mixed(a), mixed(b));
            return x.is_empty()
                || y.is_empty()
                || x.iter().any(|p| y.iter().any(|q| self.roster.related(*p, *q)));
        }
        let known =
            |list: &[Party]| list.iter().filter_map(|party| party.faction).collect::<Vec<_>>();
        let agree = |x: Vec<usize>, y: Vec<usize>| {
            x.is_empty()
                || y.is_empty()
                || x.iter().any(|p| y.iter().any(|q| self.roster.same_side(*p, *q)))
        };
        if b.whole.effects_only && b.whole.initiators.is_empty() {
            // whose the dead are, the attacked or the attackers, says nothing against it
            let all: Vec<usize> = actors(&a.whole).filter_map(|party| party.faction).collect();
            return agree(all, known(&b.whole.targets));
        }
        let state = |event: &Event| {
            let doers = &event.whole.initiators;
            !doers.is_empty() && doers.iter().all(|party| kind::is_state(party, self.roster))
        };
        let gunmen = |event: &Event| {
            let doers = &event.whole.initiators;
            let own = |party: &Party| party.faction.is_none() && !party.carried;
            !doers.is_empty() && doers.iter().all(|party| own(party) && party.is_rebel_class())
        };
        let strangers = state(a) && gunmen(b) || state(b) && gunmen(a);
        !strangers
            && agree(known(&a.whole.initiators), known(&b.whole.initiators))
            && agree(known(&a.whole.targets), known(&b.whole.targets))
            && !self.crossed(a, b)
    }

    /// The doer of one is the victim of the other.
    pub(super) fn crossed(&self, a: &Event, b: &Event) -> bool {
        let hits = |x: &[Party], y: &[Party]| {
            x.iter().any(|p| y.iter().any(|q| matches!((p.faction, q.faction), (Some(p), Some(q)) if self.roster.same_side(p, q))))
        };
        !a.whole.initiators.is_empty()
            && !b.whole.initiators.is_empty()
            && hits(&a.whole.initiators, &b.whole.targets)
    }

    pub(super) fn alike(&self, a: &Party, b: &Party) -> bool {
        match (a.faction, b.faction) {
            (Some(x), Some(y)) => self.roster.related(x, y),
            _ => same(a, b),
        }
    }
}

/// "shot down a helicopter", and "its two pilots were killed": an aircraft of which no owner is told, and who sat in it.
fn is_crew_of(crew: &Event, downed: &Event) -> bool {
    let aircraft = |party: &Party| party.air && party.faction.is_none();
    let sits = |party: &Party| {
        let words = party.name.split_whitespace();
        words.last().is_some_and(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "pilot" | "pilots" | "crew" | "crewmen" | "airmen"
            )
        })
    };
    let all = |list: &[Party], is: &dyn Fn(&Party) -> bool| !list.is_empty() && list.iter().all(is);
    crew.whole.initiators.is_empty()
        && all(&crew.whole.targets, &sits)
        && all(&downed.whole.targets, &aircraft)
}

/// Each tells of a deed done to one named person, and not the same one: "the murder of A came a month after that of B".
fn others(a: &Event, b: &Event) -> bool {
    let named = |event: &Event| -> Vec<String> {
        let one = |party: &&Party| {
            party.faction.is_none() && matches!(party.what, What::Name | What::Person)
        };
        let targets = event.whole.targets.iter();
        let names = targets.filter(one).flat_map(|party| party.name.split_whitespace());
        names
            .filter(|word| word.len() > 2 && word.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .collect()
    };
    let deed = !b.whole.effects_only && b.whole.targets.len() == 1;
    let (x, y) = (named(a), named(b));
    deed && !x.is_empty() && !y.is_empty() && !x.iter().any(|word| y.contains(word))
}

/// Whether both are told of one day and one place, or one of a province or country in which the other lies: two towns are
/// two places even where one gives its name to the district of the other.
pub(in crate::extract) fn meet(a: &Event, b: &Event) -> bool {
    let town = |spot: &&Spot| {
        !spot.broad
            && matches!(spot.place.precision, PlacePrecision::Place | PlacePrecision::Admin2)
    };
    let towns = |event: &Event| -> Vec<String> {
        let towns = event.spots.iter().filter(town).map(|spot| &spot.place);
        towns.map(|place| place.canonical.as_ref().unwrap_or(&place.name).to_lowercase()).collect()
    };
    let (mine, theirs) = (towns(a), towns(b));
    let apart =
        !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|town| theirs.contains(town));
    dates(a, b) && !apart && shared_place(&a.spots, &b.spots)
}

/// "bombing", "explosions": words that are used of air strikes and shells too.
pub(super) fn weak(candidate: &Candidate, parsed: &Parsed<'_>) -> bool {
    let word = parsed.norm(candidate.trigger);
    let bomb = candidate.sub_hint.iter().any(|hint| {
        matches!(hint.as_str(), "car" | "suicide" | "roadside" | "landmine" | "mine" | "ied")
    });
    matches!(
        word,
        "bombing"
            | "bombings"
            | "explosion"
            | "explosions"
            | "blasts"
            | "bombardment"
            | "bombs"
            | "bomb"
            | "bombed"
    ) && !bomb
        && !candidate.means.iter().any(|means| matches!(means, Means::Air | Means::Shell))
        && candidate.initiators.iter().all(|party| !party.air)
}

/// Sub-types that reports use for one happening.
fn close(a: SubType, b: SubType) -> bool {
    use SubType::{
        ArmedClash, GovernmentRegainsTerritory, Grenade, NonStateActorOvertakesTerritory,
        RemoteExplosiveLandmineIed, SuicideBomb,
    };
    let pair = |x: SubType, y: SubType| (a == x && b == y) || (a == y && b == x);
    pair(RemoteExplosiveLandmineIed, SuicideBomb)
        || pair(Grenade, RemoteExplosiveLandmineIed)
        || pair(GovernmentRegainsTerritory, ArmedClash)
        || pair(NonStateActorOvertakesTerritory, ArmedClash)
}

/// A new figure for the toll of what was told before.
pub(super) fn is_update(candidate: &Candidate) -> bool {
    candidate.losses.iter().any(|loss| loss.total)
}

fn dates(a: &Event, b: &Event) -> bool {
    match (a.whole.date, b.whole.date) {
        (Some(x), Some(y)) if a.whole.own_date && b.whole.own_date && !is_update(&b.whole) => {
            x.meets(&y, 0)
        }
        _ => true,
    }
}

/// Whether they share a place, or one lies in the other.
fn shared_place(a: &[Spot], b: &[Spot]) -> bool {
    let name = |spot: &Spot| spot.place.name.to_lowercase();
    let known = |spot: &Spot| spot.place.canonical.as_ref().map(|name| name.to_lowercase());
    let same =
        |x: &Spot, y: &Spot| name(x) == name(y) || (known(x).is_some() && known(x) == known(y));
    let point = |spot: &&Spot| spot.place.precision == PlacePrecision::Place && !spot.broad;
    let mine: Vec<&Spot> = a.iter().filter(point).collect();
    let theirs: Vec<&Spot> = b.iter().filter(point).collect();
    if !mine.is_empty() && !theirs.is_empty() {
        return mine.iter().any(|x| theirs.iter().any(|y| same(x, y)));
    }
    let within = |x: &Spot, y: &Spot| {
        let broad =
            y.broad || matches!(y.place.precision, PlacePrecision::Admin1 | PlacePrecision::Admin2);
        broad && x.place.admin1.is_some() && x.place.admin1 == y.place.admin1
    };
    a.iter().any(|x| b.iter().any(|y| same(x, y) || within(x, y) || within(y, x)))
}

/// Counts of one side's dead that are far apart are different happenings.
fn figures(merger: &Merger<'_, '_>, a: &Event, b: &Event) -> bool {
    let dead = |toll: &Toll| toll.killed.as_ref().and_then(|figure| figure.min);
    let pairs: Vec<(u32, u32)> = a
        .whole
        .tolls
        .iter()
        .flat_map(|x| b.whole.tolls.iter().map(move |y| (x, y)))
        .filter(|(x, y)| {
            // the losses of another side belong to the deed told before, unless a deed of their own is told
            !b.whole.effects_only || x.unsaid || y.unsaid || merger.alike(&x.side, &y.side)
        })
        .filter_map(|(x, y)| Some((dead(x)?, dead(y)?)))
        .collect();
    let far = |(x, y): &(u32, u32)| {
        let (low, high) = (*x.min(y), *x.max(y));
        high > low.saturating_add(low / 2).saturating_add(3)
    };
    // "killed 20 soldiers, but the army said that three had died": two counts of one happening
    let beside = b.whole.effects_only
        && b.whole.field == Field::Text
        && !b.whole.own_place
        && a.sentences.contains(&b.whole.sentence);
    let update = beside || is_update(&b.whole) || a.headline || b.headline || b.whole.definite;
    update || pairs.is_empty() || !pairs.iter().all(far)
}

fn kinds(a: &Event, b: &Event) -> bool {
    if a.kind == b.kind {
        return a.kind != SubType::Other || same_thing(a, b);
    }
    let violent = kind::is_violent(a.kind) && kind::is_violent(b.kind);
    let ground = |event: &Event| event.whole.families.first() == Some(&Family::Seize);
    if ground(a) && ground(b) {
        return true;
    }
    if !violent {
        return a.kind.event_type() == b.kind.event_type()
            && matches!(a.kind.event_type(), EventType::Protests | EventType::Riots)
            || (matches!(a.kind.event_type(), EventType::Protests | EventType::Riots)
                && matches!(b.kind.event_type(), EventType::Protests | EventType::Riots));
    }
    if (a.weak || b.weak)
        && a.kind.event_type() == EventType::ExplosionsRemoteViolence
        && b.kind.event_type() == EventType::ExplosionsRemoteViolence
    {
        return true;
    }
    let general = |event: &Event| {
        let plain = matches!(event.kind, SubType::Attack | SubType::ArmedClash);
        let families = &event.whole.families;
        event.whole.effects_only
            || plain
                && families.iter().all(|family| matches!(family, Family::Assault | Family::Kill))
    };
    general(a) && !matches!(b.kind, SubType::AbductionForcedDisappearance)
        || general(b) && !matches!(a.kind, SubType::AbductionForcedDisappearance)
        || close(a.kind, b.kind)
}

/// Roads, checkpoints, convoys: two developments are one only if they are about the same sort of thing.
fn same_thing(a: &Event, b: &Event) -> bool {
    let kinds = |event: &Event| -> Vec<What> {
        event.whole.objects.iter().map(|(entity, _)| entity.what.clone()).collect()
    };
    let (x, y) = (kinds(a), kinds(b));
    x.is_empty() || y.is_empty() || x.iter().any(|kind| y.contains(kind))
}

fn places(a: &Event, b: &Event) -> bool {
    // shots told where the last deed lay are no bomb that went off elsewhere
    let shots = ["open fire", "shoot", "shoot dead", "gun down"];
    let shot = !b.whole.initiators.is_empty()
        && b.whole.sub_hint.iter().any(|hint| shots.contains(&hint.as_str()))
        && matches!(a.kind, SubType::SuicideBomb | SubType::RemoteExplosiveLandmineIed);
    let placed = shot || a.whole.own_place && b.whole.own_place;
    if !placed {
        return true;
    }
    let fine = |event: &Event| {
        event.spots.iter().any(|spot| spot.place.precision != PlacePrecision::Country)
    };
    !(fine(a) && fine(b)) || shared_place(&a.spots, &b.spots)
}
