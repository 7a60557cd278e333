//! Merging inside a document: candidates that say the same happening become one event.

use std::cmp::Reverse;

use super::join::{is_told, join_kind, join_parties, join_spots, join_toll};
use super::likeness::{is_update, weak};
use crate::extract::event::candidate::{Candidate, Party};
use crate::extract::event::kind;
use crate::extract::names::Roster;
use crate::extract::reader::{Parsed, Spot};
use crate::model::claim::Field;
use crate::model::kind::SubType;
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
        let mut kind = kind::sub_type(&candidate, self.roster);
        if kind == SubType::GovernmentRegainsTerritory && self.is_abroad(&candidate, &spots) {
            kind = SubType::NonStateActorOvertakesTerritory;
        }
        Event {
            places_said: vec![(candidate.field, candidate.tokens.0, candidate.tokens.1)],
            headline: candidate.field == Field::Title,
            kind,
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

    /// Whether the forces of another state took the ground, and not on the side of the state whose it is: ACLED's "foreign
    /// state actor" overtakes it as a group does.
    fn is_abroad(&self, candidate: &Candidate, spots: &[Spot]) -> bool {
        let home = spots.iter().find_map(|spot| spot.place.country.as_deref());
        let Some(state) = home.and_then(|country| self.roster.state_of(country)) else {
            return false;
        };
        let foreign = |party: &Party| {
            party.faction.is_some_and(|faction| !self.roster.same_side(faction, state))
        };
        !candidate.initiators.is_empty() && candidate.initiators.iter().all(foreign)
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

/// Whether somebody can deny having done it.
pub fn is_contestable(kind: SubType) -> bool {
    kind::is_violent(kind)
        || matches!(
            kind,
            SubType::ExcessiveForceAgainstProtesters | SubType::LootingPropertyDestruction
        )
}
