//! Merging inside a document: candidates that say the same happening become one event.

use std::cmp::Reverse;

use super::likeness::{is_update, weak};
use crate::extract::event::candidate::{Candidate, Party, Toll};
use crate::extract::event::entity::What;
use crate::extract::event::kind;
use crate::extract::names::Roster;
use crate::extract::reader::{Parsed, Spot};
use crate::model::casualty::Figure;
use crate::model::claim::Field;
use crate::model::kind::{EventType, SubType};
use crate::model::place::PlacePrecision;

/// An event of the document: its candidates merged, the first one leading.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of how it is told")]
pub struct Event {
    /// The merged candidate.
    pub whole: Candidate,
    /// Where it is said: field and tokens, first mention first.
    pub places_said: Vec<(Field, usize, usize)>,
    /// The headline says it.
    pub headline: bool,
    /// Its sub-type, kept from the most telling candidate.
    pub kind: SubType,
    /// Its places.
    pub spots: Vec<Spot>,
    /// Sentences of the body that say it.
    pub sentences: Vec<usize>,
    /// The article says it in its own voice: the deed with its place, not only what more is known of it.
    pub own_voice: bool,
    /// The article tells it only as denied.
    pub denied: bool,
    /// The sub-type rests on a word that means several ("bombing").
    pub weak: bool,
}

/// What merging looks at.
pub struct Merger<'m, 'a> {
    /// The factions.
    pub roster: &'m Roster,
    /// The title.
    pub title: Option<&'m Parsed<'a>>,
    /// The body.
    pub body: &'m Parsed<'a>,
}

impl Merger<'_, '_> {
    /// The events of the candidates, in the order in which the body says them; what only the title says comes last. The
    /// title says shortly, and often of several events at once, what the body says in full: it joins them, not they it.
    pub fn merge(&self, candidates: Vec<Candidate>) -> Vec<Event> {
        let (title, body): (Vec<Candidate>, Vec<Candidate>) =
            candidates.into_iter().partition(|candidate| candidate.field == Field::Title);
        let mut events: Vec<Event> = Vec::new();
        for candidate in body {
            let event = self.event(candidate);
            let host = (0..events.len())
                .rev()
                .filter(|at| self.compatible(&events[*at], &event))
                .max_by_key(|at| self.affinity(&events[*at], &event));
            match host {
                Some(at) => self.join(&mut events[at], event),
                None => events.push(event),
            }
        }
        for candidate in title {
            let event = self.event(candidate);
            let host = (0..events.len())
                .filter(|at| self.compatible(&events[*at], &event))
                .max_by_key(|at| (self.affinity(&events[*at], &event).0, Reverse(*at)));
            match host {
                Some(at) => self.join(&mut events[at], event),
                None => events.push(event),
            }
        }
        events
    }

    fn parsed(&self, field: Field) -> &Parsed<'_> {
        match (field, self.title) {
            (Field::Title, Some(title)) => title,
            _ => self.body,
        }
    }

    /// The event that one candidate tells.
    pub(in crate::extract) fn event(&self, candidate: Candidate) -> Event {
        let parsed = self.parsed(candidate.field);
        let mut spots: Vec<Spot> = Vec::new();
        for spot in candidate.spots.iter().filter_map(|index| parsed.spots.get(*index)) {
            if !spots.iter().any(|known| known.place.name.eq_ignore_ascii_case(&spot.place.name)) {
                spots.push(spot.clone());
            }
        }
        Event {
            places_said: vec![(candidate.field, candidate.tokens.0, candidate.tokens.1)],
            headline: candidate.field == Field::Title,
            kind: kind::sub_type(&candidate, self.roster),
            spots,
            sentences: if candidate.field == Field::Text {
                vec![candidate.sentence]
            } else {
                Vec::new()
            },
            own_voice: candidate.field == Field::Text
                && candidate.speakers.is_empty()
                && !candidate.definite
                && !candidate.effects_only
                && candidate.own_place,
            denied: false,
            weak: weak(&candidate, parsed),
            whole: candidate,
        }
    }

    fn join(&self, a: &mut Event, b: Event) {
        a.headline |= b.headline;
        a.own_voice |= b.own_voice;
        let mut b = b;
        if a.kind == SubType::ArmedClash && self.crossed(a, &b) {
            std::mem::swap(&mut b.whole.initiators, &mut b.whole.targets);
        }
        self.direct(&mut a.whole, &mut b.whole);
        let b = b;
        a.places_said.extend(b.places_said);
        a.sentences.extend(b.sentences);
        join_kind(a, &b.whole, b.kind);
        let title_only = a.whole.field == Field::Title;
        let b_is_title = b.whole.field == Field::Title;
        let (x, y) = (&mut a.whole, b.whole);
        join_parties(self, x, &y);
        let update = is_update(&y);
        for toll in y.tolls.iter().cloned() {
            if !b_is_title || !is_told(&x.tolls, &toll) {
                join_toll(self, &mut x.tolls, toll, update);
            }
        }
        for item in y.items {
            let known = x.items.iter().any(|known| {
                known
                    .name
                    .trim_end_matches('s')
                    .eq_ignore_ascii_case(item.name.trim_end_matches('s'))
                    && known.thing.fate == item.thing.fate
            });
            if !known {
                x.items.push(item);
            }
        }
        for (entity, name) in y.objects {
            let known = x.objects.iter().any(|(_, known)| known.eq_ignore_ascii_case(&name));
            if !known {
                x.objects.push((entity, name));
            }
        }
        if y.own_date && !update && (!x.own_date || title_only) || x.date.is_none() {
            x.date = y.date.or(x.date);
            x.own_date |= y.own_date;
        }
        if !b_is_title || a.spots.iter().all(|spot| spot.place.precision == PlacePrecision::Country)
        {
            join_spots(&mut a.spots, b.spots, x.own_place, y.own_place);
        }
        x.own_place |= y.own_place;
        if !b_is_title {
            x.origins.extend(y.origins);
        }
        x.means.extend(y.means);
        for speaker in y.speakers {
            if !x.speakers.contains(&speaker) {
                x.speakers.push(speaker);
            }
        }
        x.denials.extend(y.denials);
        x.accused |= y.accused;
        x.suspected |= y.suspected;
        x.phase = x.phase.or(y.phase);
        x.effects_only &= y.effects_only;
        if title_only {
            (x.field, x.tokens, x.trigger, x.sentence, x.paragraph) =
                (y.field, y.tokens, y.trigger, y.sentence, y.paragraph);
        }
        x.families.extend(y.families);
    }

    /// A clash of which one clause says who began it is no longer even: the even parties that it names go.
    fn direct(&self, a: &mut Candidate, b: &mut Candidate) {
        let directed = |c: &Candidate| {
            c.participants.is_empty()
                && c.initiators.iter().any(|party| party.faction.is_some())
                && c.targets.iter().any(|party| party.faction.is_some())
        };
        let (even, other) = if directed(a) && !b.participants.is_empty() {
            (&mut *b, &*a)
        } else if directed(b) && !a.participants.is_empty() {
            (&mut *a, &*b)
        } else {
            return;
        };
        let named: Vec<Party> = actors(other).cloned().collect();
        even.participants.retain(|party| !named.iter().any(|known| self.alike(known, party)));
    }
}

/// The parties of a candidate.
pub fn actors(candidate: &Candidate) -> impl Iterator<Item = &Party> {
    candidate.initiators.iter().chain(&candidate.targets).chain(&candidate.participants)
}

/// One of the lists of parties of a candidate.
type List = fn(&mut Candidate) -> &mut Vec<Party>;

fn join_parties(merger: &Merger<'_, '_>, x: &mut Candidate, y: &Candidate) {
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
                && mine.iter().all(Party::is_armed)
            {
                mine.clear();
            }
            let adds_nothing = party.faction.is_none()
                && !is_another_person(list(x), party)
                && list(x).iter().any(|known| known.is_armed() == party.is_armed());
            if !known(x, party) && !adds_nothing {
                list(x).push(party.clone());
            }
        }
    }
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

fn join_toll(merger: &Merger<'_, '_>, tolls: &mut Vec<Toll>, toll: Toll, update: bool) {
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
    for speaker in toll.speakers {
        if !known.speakers.contains(&speaker) {
            known.speakers.push(speaker);
        }
    }
    known.killed = if update && toll.killed.is_some() {
        toll.killed
    } else {
        reconcile(known.killed.take(), toll.killed)
    };
    known.wounded = reconcile(known.wounded.take(), toll.wounded);
    known.captured = reconcile(known.captured.take(), toll.captured);
}

/// Whether what a title counts is counted already, by side, in what it is the title of.
fn is_told(tolls: &[Toll], toll: &Toll) -> bool {
    (toll.unsaid || toll.side.is_civil() || toll.side.faction.is_none())
        && tolls.iter().any(|known| {
            toll.killed.is_some() && known.killed.is_some()
                || toll.wounded.is_some() && known.wounded.is_some()
                || toll.captured.is_some() && known.captured.is_some()
        })
}

/// Two figures for one thing: an exact one beats a vague one, near ones make a range, far ones leave the first.
pub(super) fn reconcile(a: Option<Figure>, b: Option<Figure>) -> Option<Figure> {
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

fn join_spots(spots: &mut Vec<Spot>, more: Vec<Spot>, own: bool, theirs: bool) {
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

/// Whether somebody can deny having done it.
pub fn is_contestable(kind: SubType) -> bool {
    kind::is_violent(kind)
        || matches!(
            kind,
            SubType::ExcessiveForceAgainstProtesters | SubType::LootingPropertyDestruction
        )
}

/// Whether the words say that ground forces met: shells that fell there too do not make it shelling.
fn fought(candidate: &Candidate) -> bool {
    const MELEE: &[&str] =
        &["storm", "raid", "ambush", "clash", "fighting", "clashes", "battle", "overrun"];
    candidate.sub_hint.iter().any(|hint| MELEE.contains(&hint.as_str()))
}

/// The more telling sub-type wins: a means over none, the first over later ones.
fn join_kind(a: &mut Event, b: &Candidate, kind: SubType) {
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
