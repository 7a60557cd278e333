//! From events to claims.

use super::merge::{Event, actors};
use super::status::{self, Origin};
use crate::extract::event::candidate::{Item, Party, Toll, Whose};
use crate::extract::event::entity::What;
use crate::extract::event::party::same;
use crate::extract::language::Lexicon;
use crate::extract::names::Roster;
use crate::extract::names::person::full_name;
use crate::extract::reader::{Parsed, Spot};
use crate::model::actor::{Actor, ActorKind, Role};
use crate::model::casualty::{Casualties, CasualtyGroup, Fate, Figure, Materiel, Object};
use crate::model::claim::{Claim, Confidence, Evidence, Field, Speaker};
use crate::model::kind::{EventType, Kind, SubType};
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::time::DateSpan;

/// The most places that one claim lists.
const MOST_PLACES: usize = 4;

/// The display name of people who do not fight.
const CIVILIANS: &str = "civilians";

/// The display name of the dead and hurt of whom the text does not say which side they were on.
const UNKNOWN: &str = "unknown";

/// Makes claims of one document.
pub struct Writer<'w, 'a> {
    /// The factions.
    pub roster: &'w Roster,
    /// The words of the language.
    pub lexicon: &'w Lexicon,
    /// The title.
    pub title: Option<&'w Parsed<'a>>,
    /// The body.
    pub body: &'w Parsed<'a>,
    /// Origin.
    pub origin: &'w Origin,
    /// The day of an event that the text does not date.
    pub undated: Option<DateSpan>,
}

impl Writer<'_, '_> {
    /// The claim of an event.
    pub fn claim(&self, event: &Event) -> Claim {
        let status = status::status(event, self.origin, self.roster);
        let mut attribution = event.whole.speakers.clone();
        if let Some(outlet) = &self.origin.speaker
            && !attribution.iter().any(|speaker| speaker.name == outlet.name)
        {
            attribution.insert(0, outlet.clone());
        }
        Claim {
            kind: Kind(event.kind),
            date: event.whole.date.or(self.undated),
            places: places(&event.spots),
            actors: self.actors(event),
            casualties: event.whole.tolls.iter().map(|toll| self.casualties(event, toll)).collect(),
            materiel: self.materiel(event),
            objects: objects(event),
            attribution,
            denials: event.whole.denials.clone(),
            status,
            phase: event.whole.phase,
            confidence: confidence(event),
            evidence: self.evidence(event),
        }
    }

    fn actors(&self, event: &Event) -> Vec<Actor> {
        let whole = &event.whole;
        let lists = [
            (&whole.initiators, Role::Initiator),
            (&whole.targets, Role::Target),
            (&whole.participants, Role::Participant),
        ];
        let mut out: Vec<Actor> = Vec::new();
        for (list, role) in lists {
            for party in list {
                self.push(&mut out, party, role);
            }
        }
        self.implied(event, &mut out);
        self.victims(event, &mut out);
        out
    }

    fn push(&self, out: &mut Vec<Actor>, party: &Party, role: Role) {
        let actor = self.actor(party, role);
        let known = out.iter().any(|known| {
            let one = known.kind == ActorKind::Person
                && known.canonical.as_deref().is_some_and(|name| name != CIVILIANS)
                && known.canonical == actor.canonical;
            known.faction == actor.faction
                && (known.faction.is_some() || known.name == actor.name || one)
        });
        if !known {
            out.push(actor);
        }
    }

    fn actor(&self, party: &Party, role: Role) -> Actor {
        let known = party.faction.map(|faction| self.roster.party(faction));
        let kind = match party.what {
            _ if known.is_some() => ActorKind::Organisation,
            What::Force if party.named => ActorKind::Organisation,
            What::Person | What::Name => ActorKind::Person,
            _ if party.one => ActorKind::Person,
            _ => ActorKind::Group,
        };
        let civil = known.is_none() && party.what == What::Civilians;
        Actor {
            faction: known.map(|known| known.id.clone()),
            canonical: known
                .map(|known| known.name.clone())
                .or_else(|| self.person(party))
                .or_else(|| civil.then(|| CIVILIANS.to_owned())),
            name: party.name.clone(),
            kind,
            role,
            generic: known.is_none() && !party.named && !matches!(party.what, What::Name),
        }
    }

    /// The full name of a single person.
    fn person(&self, party: &Party) -> Option<String> {
        let person = party.one || matches!(party.what, What::Person | What::Name);
        let full = person.then(|| full_name(self.body, self.lexicon, &party.name)).flatten();
        full.filter(|full| *full != party.name)
    }

    /// Aircraft that the text does not own still act: "air strikes killed".
    fn implied(&self, event: &Event, out: &mut Vec<Actor>) {
        let nobody =
            !out.iter().any(|actor| matches!(actor.role, Role::Initiator | Role::Participant));
        if nobody && event.kind == SubType::AirDroneStrike {
            let parsed = if event.whole.field == Field::Title {
                self.title.unwrap_or(self.body)
            } else {
                self.body
            };
            let name = parsed.slice(event.whole.trigger, event.whole.trigger + 1).to_owned();
            if self.lexicon.deeds.word(parsed.norm(event.whole.trigger)).is_none() {
                return;
            }
            let canonical = Some("unidentified aircraft".to_owned());
            out.push(Actor {
                faction: None,
                canonical,
                name,
                kind: ActorKind::Group,
                role: Role::Initiator,
                generic: true,
            });
        }
    }

    /// The dead and hurt were targets or took part.
    fn victims(&self, event: &Event, out: &mut Vec<Actor>) {
        for toll in &event.whole.tolls {
            let known = actors(&event.whole).any(|party| {
                same(party, &toll.side)
                    || matches!((party.faction, toll.side.faction), (Some(x), Some(y)) if self.roster.related(x, y))
                    || (toll.side.is_civil() && party.is_civil() && party.what != What::Name)
            });
            let beside = toll.side.is_armed()
                && toll.side.faction.is_none()
                && actors(&event.whole).any(|party| party.is_armed() && party.faction.is_some());
            if known || beside || toll.side.name.is_empty() {
                continue;
            }
            if toll.unsaid && group(event, toll) == CasualtyGroup::Unknown {
                continue;
            }
            let role = if toll.side.is_armed() && !event.whole.participants.is_empty() {
                Role::Participant
            } else {
                Role::Target
            };
            self.push(out, &toll.side, role);
        }
    }

    fn casualties(&self, event: &Event, toll: &Toll) -> Casualties {
        let known = toll.side.faction.map(|faction| self.roster.party(faction));
        let side = group(event, toll);
        Casualties {
            faction: known.map(|known| known.id.clone()),
            canonical: known
                .map(|known| known.name.clone())
                .or_else(|| (side == CasualtyGroup::Unknown).then(|| UNKNOWN.to_owned())),
            name: toll.side.name.clone(),
            group: side,
            killed: toll.killed.clone(),
            wounded: toll.wounded.clone(),
            captured: toll.captured.clone(),
            speakers: tellers(event, toll),
        }
    }

    fn materiel(&self, event: &Event) -> Vec<Materiel> {
        let armed = |item: &&Item| {
            item.thing.entity.what == What::Materiel
                && !matches!(
                    item.thing.fate,
                    Fate::Opened | Fate::Closed | Fate::Established | Fate::Removed
                )
                && (item.owner.is_some()
                    || item.thing.entity.count.is_some()
                    || !item.name.ends_with('s')
                    || event.kind == SubType::DisruptedWeaponsUse)
        };
        event.whole.items.iter().filter(armed).map(|item| self.one_materiel(item)).collect()
    }

    fn one_materiel(&self, item: &Item) -> Materiel {
        let owner = item.owner.map(|faction| self.roster.party(faction));
        Materiel {
            faction: owner.map(|owner| owner.id.clone()),
            canonical: owner.map(|owner| owner.name.clone()),
            item: singular(&item.name),
            count: item
                .thing
                .entity
                .count
                .clone()
                .or_else(|| (!item.name.ends_with('s')).then(|| Figure::exact(1))),
            fate: item.thing.fate,
        }
    }

    fn evidence(&self, event: &Event) -> Vec<Evidence> {
        let mut said = event.places_said.clone();
        said.sort_by_key(|(field, first, _)| (*field == Field::Title, *first));
        said.dedup();
        said.iter()
            .take(4)
            .filter_map(|(field, first, last)| self.quote(*field, *first, *last))
            .collect()
    }

    fn quote(&self, field: Field, first: usize, last: usize) -> Option<Evidence> {
        let parsed = match (field, self.title) {
            (Field::Title, Some(title)) => title,
            _ => self.body,
        };
        let (start, end) =
            (parsed.tokens.get(first)?.start, parsed.tokens.get(last.checked_sub(1)?)?.end);
        let quote = parsed.text.get(start..end)?.to_owned();
        Some(Evidence { field, start, end, quote })
    }
}

/// The places of an event: without the regions and countries in which the finer ones of them lie.
fn places(spots: &[Spot]) -> Vec<ClaimPlace> {
    let holds = |wide: &ClaimPlace, fine: &ClaimPlace| match wide.precision {
        PlacePrecision::Country => fine.country == wide.country,
        PlacePrecision::Admin1 => fine.admin1.is_some() && fine.admin1 == wide.admin1,
        PlacePrecision::Place | PlacePrecision::Admin2 => false,
    };
    let finer = |wide: &ClaimPlace, fine: &ClaimPlace| {
        fine.precision != wide.precision
            && matches!(
                fine.precision,
                PlacePrecision::Place | PlacePrecision::Admin2 | PlacePrecision::Admin1
            )
            && !(wide.precision == PlacePrecision::Admin1
                && fine.precision == PlacePrecision::Country)
    };
    spots
        .iter()
        .map(|spot| &spot.place)
        .filter(|wide| {
            !spots.iter().any(|spot| finer(wide, &spot.place) && holds(wide, &spot.place))
        })
        .take(MOST_PLACES)
        .cloned()
        .collect()
}

/// Who gives a figure, where not all who report the event do.
fn tellers(event: &Event, toll: &Toll) -> Vec<Speaker> {
    let all = &event.whole.speakers;
    let every = all.iter().all(|speaker| toll.speakers.contains(speaker));
    if every { Vec::new() } else { toll.speakers.clone() }
}

/// An item in the singular: "battle tanks" is "battle tank".
fn singular(name: &str) -> String {
    let name = name.to_lowercase();
    match name.strip_suffix('s') {
        Some(stem)
            if name.len() > 3
                && !name.ends_with("ss")
                && !matches!(
                    name.as_str(),
                    "arms" | "explosives" | "headquarters" | "munitions"
                ) =>
        {
            stem.to_owned()
        }
        _ => name,
    }
}

fn objects(event: &Event) -> Vec<Object> {
    let mut out: Vec<Object> = Vec::new();
    let items = event
        .whole
        .items
        .iter()
        .map(|item| (&item.thing.entity, item.name.clone(), Some(item.thing.fate)));
    let hit =
        event.whole.objects.iter().map(|(entity, name)| (entity, name.clone(), Some(Fate::Hit)));
    for (entity, name, fate) in items.chain(hit) {
        let What::Object(kind) = &entity.what else { continue };
        if !entity.factions.is_empty()
            || out.iter().any(|known| known.name.eq_ignore_ascii_case(&name))
        {
            continue;
        }
        out.push(Object { name, kind: kind.clone(), fate });
    }
    out
}

/// High where every slot stands in the clause, medium where one was carried over, low where several were guessed.
fn confidence(event: &Event) -> Confidence {
    let place = event.whole.own_place
        && event.spots.iter().any(|spot| spot.place.precision != PlacePrecision::Country);
    let parties =
        actors(&event.whole).count() > 0 && actors(&event.whole).all(|party| !party.carried);
    let missing = [place, event.whole.own_date, parties].into_iter().filter(|there| !there).count();
    match missing {
        0 => Confidence::High,
        1 => Confidence::Medium,
        _ => Confidence::Low,
    }
}

/// Fighters, people who do not fight, or unsaid.
fn group(event: &Event, toll: &Toll) -> CasualtyGroup {
    if toll.side.is_armed() {
        return CasualtyGroup::Combatant;
    }
    let battle = event.kind.event_type() == EventType::Battles;
    let both = event.whole.targets.iter().any(Party::is_armed)
        && event.whole.targets.iter().any(|party| party.is_civil() && party.class.is_some());
    let open = toll.unsaid && (battle && toll.whose != Whose::Folk || both);
    if open || toll.whose == Whose::Mixed {
        CasualtyGroup::Unknown
    } else {
        CasualtyGroup::Civilian
    }
}
