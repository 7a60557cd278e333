//! Two tellings of one happening as one: parties, tolls, places and kinds joined.

use super::merge::{Event, Merger, actors};
use crate::extract::event::candidate::{Candidate, Party, Toll};
use crate::extract::event::entity::What;
use crate::extract::reader::Spot;
use crate::model::casualty::Figure;
use crate::model::kind::{EventType, SubType};
use crate::model::place::PlacePrecision;

/// One of the lists of parties of a candidate.
type List = fn(&mut Candidate) -> &mut Vec<Party>;

pub(super) fn join_parties(merger: &Merger<'_, '_>, x: &mut Candidate, y: &Candidate) {
    let known = |x: &Candidate, party: &Party| actors(x).any(|known| merger.alike(known, party));
    let generic = |list: &[Party]| list.iter().all(|party| party.faction.is_none());
    let lists: [(List, &Vec<Party>); 3] = [
        (|c| &mut c.initiators, &y.initiators),
        (|c| &mut c.targets, &y.targets),
        (|c| &mut c.participants, &y.participants),
    ];
    for (list, more) in lists {
        for party in more {
            let mine = list(x);
            if party.faction.is_some()
                && !mine.is_empty()
                && generic(mine)
                && mine.iter().all(fights)
            {
                mine.clear();
            }
            let adds_nothing = party.faction.is_none()
                && !is_another_person(list(x), party)
                && list(x).iter().any(|known| fights(known) == fights(party));
            if !known(x, party) && !adds_nothing {
                list(x).push(party.clone());
            }
        }
    }
}

/// Fighters or aircraft.
fn fights(party: &Party) -> bool {
    party.is_armed() || party.air
}

/// A named person who is none of those known.
fn is_another_person(known: &[Party], party: &Party) -> bool {
    let word = |party: &Party| {
        party.name.split_whitespace().next_back().unwrap_or_default().to_lowercase()
    };
    let last = word(party);
    party.what == What::Name
        && known.iter().all(|known| {
            known.what == What::Name
                && word(known) != last
                && !known.name.to_lowercase().contains(&last)
        })
}

pub(super) fn join_toll(merger: &Merger<'_, '_>, tolls: &mut Vec<Toll>, toll: Toll, update: bool) {
    let civil = |toll: &Toll| toll.side.is_civil();
    let place = tolls
        .iter()
        .position(|known| merger.alike(&known.side, &toll.side))
        .or_else(|| tolls.iter().position(|known| civil(known) && civil(&toll)))
        .or((toll.unsaid && tolls.len() == 1).then_some(0));
    let Some(known) = place.and_then(|at| tolls.get_mut(at)) else {
        let subsumed = tolls.first().is_some_and(|first| {
            first.unsaid
                && tolls.len() == 1
                && first.killed == toll.killed
                && toll.wounded.is_none()
        });
        if subsumed {
            tolls.clear();
        }
        tolls.push(toll);
        return;
    };
    if known.unsaid && !toll.unsaid {
        known.side = toll.side.clone();
        known.unsaid = false;
    }
    merge_figures(known, toll, update);
}

/// Two tolls of one side in one; an update takes the place of the figure before.
pub(super) fn merge_figures(known: &mut Toll, toll: Toll, update: bool) {
    let apart = differ(known, &toll);
    for speaker in toll.speakers {
        if !known.speakers.contains(&speaker) {
            known.speakers.push(speaker);
        }
    }
    known.killed = if update && toll.killed.is_some() {
        toll.killed
    } else {
        either(known.killed.take(), toll.killed, apart)
    };
    known.wounded = reconcile(known.wounded.take(), toll.wounded);
    known.captured = reconcile(known.captured.take(), toll.captured);
}

/// Whether each of two figures has a speaker, and not the same one: neither is nearer the truth.
fn differ(a: &Toll, b: &Toll) -> bool {
    let speaks = !a.speakers.is_empty() && !b.speakers.is_empty();
    speaks && !a.speakers.iter().any(|speaker| b.speakers.contains(speaker))
}

/// Two figures for one thing, however far from each other where two speakers differ.
fn either(a: Option<Figure>, b: Option<Figure>, differ: bool) -> Option<Figure> {
    let exact = |figure: &Figure| figure.min.filter(|_| figure.vague.is_none());
    let range = a.as_ref().and_then(exact).zip(b.as_ref().and_then(exact)).filter(|_| differ);
    range.map_or_else(
        || reconcile(a, b),
        |(x, y)| Some(Figure { min: Some(x.min(y)), max: Some(x.max(y)), vague: None }),
    )
}

/// Whether what a title counts is counted already, by side, in what it is the title of.
pub(super) fn is_told(tolls: &[Toll], toll: &Toll) -> bool {
    (toll.unsaid || toll.side.is_civil() || toll.side.faction.is_none())
        && tolls.iter().any(|known| {
            has_number(toll.killed.as_ref(), known.killed.as_ref())
                || has_number(toll.wounded.as_ref(), known.wounded.as_ref())
                || has_number(toll.captured.as_ref(), known.captured.as_ref())
        })
}

/// Whether a figure is told where there is one already, with a number if it has one.
fn has_number(figure: Option<&Figure>, known: Option<&Figure>) -> bool {
    let number = |figure: &Figure| figure.min.is_some();
    match (figure, known) {
        (Some(figure), Some(known)) => number(known) || !number(figure),
        _ => false,
    }
}

/// Two figures for one thing: an exact one beats a vague one, near ones make a range, far ones leave the first.
fn reconcile(a: Option<Figure>, b: Option<Figure>) -> Option<Figure> {
    let (Some(a), Some(b)) = (&a, &b) else { return a.or(b) };
    match (a.min, b.min, a.vague.is_some(), b.vague.is_some()) {
        (None, Some(_), ..) | (Some(_), Some(_), true, false) => Some(b.clone()),
        (_, None, ..) | (Some(_), Some(_), false, true) => Some(a.clone()),
        (Some(x), Some(y), ..) => {
            let (low, high) = (x.min(y), x.max(y));
            if high > low.saturating_mul(2) {
                return Some(a.clone());
            }
            let open = a.max.is_none() && b.max.is_none() && low == high;
            let top = a.max.unwrap_or(x).max(b.max.unwrap_or(y));
            Some(Figure { min: Some(low), max: if open { None } else { Some(top) }, vague: None })
        }
    }
}

pub(super) fn join_spots(spots: &mut Vec<Spot>, more: Vec<Spot>, own: bool, theirs: bool) {
    if !own && theirs {
        *spots = more;
        return;
    }
    if own && !theirs {
        return;
    }
    for spot in more {
        let known = spots.iter().any(|known| {
            known.place.name.eq_ignore_ascii_case(&spot.place.name)
                || known.place.canonical.is_some() && known.place.canonical == spot.place.canonical
        });
        if !known {
            spots.push(spot);
        }
    }
    spots.sort_by_key(|spot| match spot.place.precision {
        _ if spot.broad => 1,
        PlacePrecision::Place => 0,
        PlacePrecision::Admin2 => 1,
        PlacePrecision::Admin1 => 2,
        PlacePrecision::Country => 3,
    });
}

/// Whether the words say that ground forces met: shells that fell there too do not make it shelling.
fn fought(candidate: &Candidate) -> bool {
    const MELEE: &[&str] =
        &["storm", "raid", "ambush", "clash", "fighting", "clashes", "battle", "overrun"];
    candidate.sub_hint.iter().any(|hint| MELEE.contains(&hint.as_str()))
}

/// The more telling sub-type wins: a means over none, the first over later ones.
pub(super) fn join_kind(a: &mut Event, b: &Candidate, kind: SubType) {
    let weak = |event_kind: SubType, candidate: &Candidate| {
        candidate.effects_only
            || event_kind == SubType::Attack
            || event_kind == SubType::ArmedClash && !fought(candidate)
    };
    let stronger = matches!(
        kind,
        SubType::ExcessiveForceAgainstProtesters
            | SubType::ProtestWithIntervention
            | SubType::ViolentDemonstration
            | SubType::ChemicalWeapon
            | SubType::SuicideBomb
    ) && matches!(
        a.kind.event_type(),
        EventType::Protests | EventType::ExplosionsRemoteViolence
    );
    // ground told of first as seized and then as given up without a fight was given up
    let given_up = kind == SubType::NonViolentTransferOfTerritory
        && matches!(
            a.kind,
            SubType::GovernmentRegainsTerritory | SubType::NonStateActorOvertakesTerritory
        )
        && !fought(&a.whole);
    let stronger = stronger || given_up;
    if a.weak && !matches!(kind, SubType::Attack | SubType::ArmedClash) {
        (a.kind, a.weak) = (kind, false);
        return;
    }
    if (weak(a.kind, &a.whole) && !weak(kind, b))
        || (a.whole.effects_only && !b.effects_only)
        || stronger
    {
        a.kind = kind;
    }
}
