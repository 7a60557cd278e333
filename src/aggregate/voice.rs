//! Who speaks, and whether they are a party to the event: decided per event, upward through parents and coalitions.

use std::rc::Rc;

use jiff::civil::Date;

use super::fold::fold;
use super::kin::{Kin, Line};
use super::origins::Origin;
use super::sides::Side;
use crate::model::actor::Role;
use crate::model::claim::{Speaker, SpeakerKind, Status};
use crate::model::event::{ReportedClaim, SourceProfile};
use crate::model::id::FactionId;
use crate::model::source::SourceRole;

/// The named actors of an event on its day.
#[derive(Debug)]
pub(super) struct Parties<'a> {
    kin: &'a Kin<'a>,
    day: Option<Date>,
    lines: Vec<Rc<Line>>,
    initiators: Vec<Rc<Line>>,
    targets: Vec<Rc<Line>>,
}

impl<'a> Parties<'a> {
    /// Nobody yet.
    pub(super) fn none(day: Option<Date>, kin: &'a Kin<'a>) -> Self {
        Self { kin, day, lines: vec![], initiators: vec![], targets: vec![] }
    }

    /// Takes these sides in; whether one was new, or new in its role.
    pub(super) fn take_up<'s>(&mut self, sides: impl IntoIterator<Item = &'s Side>) -> bool {
        let mut new = false;
        for side in sides {
            new |= add(&mut self.lines, side);
            new |= match side.role {
                Role::Initiator => add(&mut self.initiators, side),
                Role::Target => add(&mut self.targets, side),
                Role::Participant => false,
            };
        }
        new
    }

    /// The day of the event.
    pub(super) fn day(&self) -> Option<Date> {
        self.day
    }

    /// Whether one of these factions is said to have begun it, and none to have been its target.
    pub(super) fn accused(&self, lines: &[Rc<Line>]) -> bool {
        let among = |sides: &[Rc<Line>]| {
            sides.iter().any(|side| lines.iter().any(|line| line.is_kin(side)))
        };
        among(&self.initiators) && !among(&self.targets)
    }

    /// Whether this faction is one of them.
    pub(super) fn include(&self, line: &Line) -> bool {
        self.lines.iter().any(|party| party.is_kin(line))
    }

    /// Whether a speaker is one of them, or somebody who speaks for one.
    pub(super) fn include_speaker(&self, speaker: &Speaker) -> bool {
        let unnamed_party = speaker.kind == SpeakerKind::Party && speaker.faction.is_none();
        unnamed_party || self.speaker_lines(speaker).iter().any(|line| self.include(line))
    }

    /// The factions that a speaker is or speaks for.
    pub(super) fn speaker_lines(&self, speaker: &Speaker) -> Vec<Rc<Line>> {
        let outlet = self.kin.outlet(&speaker.name);
        self.lines_of(speaker.faction.iter().chain(outlet))
    }

    /// The factions that an article's originator or outlet speaks for.
    pub(super) fn origin_lines(&self, origin: &Origin) -> Vec<Rc<Line>> {
        self.lines_of(origin.voice.iter())
    }

    fn lines_of<'f>(&self, factions: impl Iterator<Item = &'f FactionId>) -> Vec<Rc<Line>> {
        factions.map(|faction| self.kin.line(faction, self.day)).collect()
    }

    /// Whether the one who reports the event in this claim is a party to it.
    pub(super) fn reported_by_party(&self, reported: &ReportedClaim, origin: &Origin) -> bool {
        let claim = &reported.claim;
        let said = || claim.attribution.iter();
        if self.origin_lines(origin).iter().any(|line| self.include(line)) {
            return true;
        }
        match claim.status {
            Status::Claimed => !self.is_said_by_others(&claim.attribution),
            Status::Asserted => {
                let mut parties = said().filter(|it| self.include_speaker(it)).peekable();
                parties.peek().is_some() && {
                    let mut told = Parties::none(self.day, self.kin);
                    told.take_up(&Side::all(&claim.actors, self.day, self.kin));
                    parties.any(|speaker| !told.include_speaker(speaker))
                }
            }
            Status::Disputed if self.is_vouched_for(reported) => false,
            Status::Disputed | Status::Denied => {
                said().last().is_some_and(|speaker| self.include_speaker(speaker))
            }
        }
    }

    /// Whether all who say it speak for factions that have no part in the event.
    fn is_said_by_others(&self, speakers: &[Speaker]) -> bool {
        let other = |speaker: &Speaker| {
            !self.speaker_lines(speaker).is_empty() && !self.include_speaker(speaker)
        };
        !speakers.is_empty() && speakers.iter().all(other)
    }

    /// Whether somebody from outside stands for a contested claim beside the party that accuses another in it: people
    /// who saw it or were called to it, or whoever gives its toll.
    fn is_vouched_for(&self, reported: &ReportedClaim) -> bool {
        let claim = &reported.claim;
        let on_the_spot = |speaker: &&Speaker| {
            matches!(speaker.kind, SpeakerKind::Witness | SpeakerKind::Ngo | SpeakerKind::Un)
        };
        let tolls = claim.casualties.iter().filter_map(|losses| losses.speakers.last());
        let mut all = claim.attribution.iter().filter(on_the_spot).chain(tolls);
        all.any(|speaker| !self.include_speaker(speaker))
    }

    /// The name under which a speaker is shown: the registry's for a party, the text's for its outlets and others.
    pub(super) fn display(&self, speaker: &Speaker) -> String {
        let is_outlet = !self.kin.outlet(&speaker.name).is_empty();
        let id =
            speaker.faction.as_ref().filter(|_| speaker.kind == SpeakerKind::Party && !is_outlet);
        self.kin.name_on(id, &speaker.name, self.day)
    }
}

fn add(lines: &mut Vec<Rc<Line>>, side: &Side) -> bool {
    let new = !lines.iter().any(|line| line.id == side.line.id);
    if new {
        lines.push(Rc::clone(&side.line));
    }
    new
}

/// Whether a text means its own outlet: "the Monitor" of the Levant Conflict Monitor.
fn is_itself(speaker: &Speaker, origin: &Origin) -> bool {
    if speaker.faction.is_some() {
        return false;
    }
    let name = fold(&speaker.name);
    let mut words = name.split(' ').filter(|word| *word != "the").peekable();
    words.peek().is_some() && words.all(|word| origin.words.iter().any(|it| it == word))
}

/// The speaker of a figure: none where it is the text's own outlet.
pub(super) fn figure_speaker<'a>(
    speakers: &'a [Speaker],
    told: Option<&'a Speaker>,
    origin: &Origin,
) -> Option<&'a Speaker> {
    speakers.last().or(told).filter(|speaker| !is_itself(speaker, origin))
}

/// Who gives the claim in the text: the last one in the chain, of a party's claim the last who is known to be of one
/// ("the group"); the article itself where the extractor found that attributions stand only for details.
pub(super) fn teller<'a>(
    reported: &'a ReportedClaim,
    parties: &Parties<'_>,
) -> Option<&'a Speaker> {
    let chain = &reported.claim.attribution;
    let known = chain.iter().rev().find(|speaker| speaker.faction.is_some());
    let claimed = reported.claim.status == Status::Claimed;
    let said = known.filter(|_| claimed).or(chain.last())?;
    let detail = reported.claim.status == Status::Asserted && parties.include_speaker(said);
    (!detail).then_some(said)
}

/// The outlet as a speaker: for a denial in its own voice.
pub(super) fn outlet_speaker(source: &SourceProfile, origin: &Origin) -> Speaker {
    let kind = match source.role {
        _ if !origin.voice.is_empty() => SpeakerKind::Party,
        SourceRole::Media => SpeakerKind::Media,
        SourceRole::Monitor => SpeakerKind::Monitor,
        SourceRole::Un => SpeakerKind::Un,
        SourceRole::Ngo => SpeakerKind::Ngo,
        SourceRole::Official => SpeakerKind::Official,
        SourceRole::Witness => SpeakerKind::Witness,
    };
    Speaker { name: origin.name.clone(), faction: None, kind }
}

/// By what two figures are recognised as one speaker's: the name, and for unnamed witnesses the article's owner too.
pub(super) fn identity(speaker: Option<&Speaker>, origin: &Origin) -> String {
    let owner = origin.owner.as_deref().unwrap_or(&origin.name);
    match speaker {
        None => format!("owner:{owner}"),
        Some(speaker) if speaker.kind == SpeakerKind::Witness => {
            format!("{}:{owner}", fold(&speaker.name))
        }
        Some(speaker) => match &speaker.faction {
            Some(faction) => format!("faction:{faction}"),
            None => fold(&speaker.name),
        },
    }
}
