//! How a claim stands: asserted, claimed, disputed, denied.

use super::merge::{Event, actors};
use crate::extract::names::Roster;
use crate::model::claim::{Speaker, SpeakerKind, Status};

/// Whom the document's outlet speaks for.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Factions whose organ it is, or to which it leans.
    pub factions: Vec<usize>,
    /// In which countries one of them fights besides its own.
    pub wars: Vec<(String, usize)>,
    /// The outlet as a speaker, where it speaks for a party.
    pub speaker: Option<Speaker>,
}

/// The status of an event. *asserted*: in the article's own voice or said by someone who is no party; *claimed*: only a
/// party says it, or the outlet speaks for one; *disputed*: the article carries a contradiction; *denied*: only that.
pub fn status(event: &Event, origin: &Origin, roster: &Roster) -> Status {
    let speakers = &event.whole.speakers;
    if event.denied {
        return Status::Denied;
    }
    if !event.whole.denials.is_empty() {
        return Status::Disputed;
    }
    // a state's agency is a party's organ where that state is one, and an outlet like others elsewhere
    let organ = origin.factions.iter().any(|faction| belligerent(*faction, event, origin, roster));
    if speakers.iter().any(|speaker| independent(speaker, event, organ, roster))
        || event.own_voice && !organ
    {
        return Status::Asserted;
    }
    let party = speakers.iter().any(|speaker| is_party(speaker, event, roster));
    if party || organ { Status::Claimed } else { Status::Asserted }
}

/// Whether a faction is a party where the event happened: to the event itself, at home, or by a pack's words for it there.
fn belligerent(faction: usize, event: &Event, origin: &Origin, roster: &Roster) -> bool {
    let involved = actors(&event.whole)
        .filter_map(|party| party.faction)
        .any(|actor| roster.same_side(actor, faction));
    let party = roster.party(faction);
    let country = event.spots.iter().find_map(|spot| spot.place.country.as_deref());
    let home = party.country.is_some() && party.country.as_deref() == country;
    let fights = |(at, state): &(String, usize)| *state == faction && country == Some(at.as_str());
    involved || !is_state(faction, roster) || home || origin.wars.iter().any(fights)
}

/// Whether the speaker is no party: monitors, UN, aid groups; media and witnesses where the outlet itself is no party's.
fn independent(speaker: &Speaker, event: &Event, organ: bool, roster: &Roster) -> bool {
    match speaker.kind {
        SpeakerKind::Monitor | SpeakerKind::Un | SpeakerKind::Ngo => true,
        SpeakerKind::Media | SpeakerKind::Witness | SpeakerKind::Official => {
            !organ && !is_party(speaker, event, roster)
        }
        SpeakerKind::Party => false,
    }
}

/// Whether the speaker is a party to the event, or speaks for one.
fn is_party(speaker: &Speaker, event: &Event, roster: &Roster) -> bool {
    let Some(faction) = speaker.faction.as_ref().and_then(|id| roster.by_id(id.as_str())) else {
        return speaker.kind == SpeakerKind::Party;
    };
    let involved = actors(&event.whole)
        .filter_map(|party| party.faction)
        .any(|actor| roster.same_side(actor, faction));
    involved
        || speaker.kind == SpeakerKind::Party
        || !is_state(faction, roster)
        || is_invaded(faction, event, roster)
}

/// Whether the forces of another state act on the ground of the speaker's own.
fn is_invaded(faction: usize, event: &Event, roster: &Roster) -> bool {
    let home = roster.party(faction).country.as_deref();
    let here = event.spots.iter().any(|spot| spot.place.country.as_deref() == home);
    let foreign = event
        .whole
        .initiators
        .iter()
        .filter_map(|party| party.faction)
        .any(|actor| is_state(actor, roster) && roster.party(actor).country.as_deref() != home);
    home.is_some() && here && foreign
}

fn is_state(faction: usize, roster: &Roster) -> bool {
    roster.party(faction).kind == crate::model::faction::FactionKind::StateForces
}
