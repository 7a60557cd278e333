//! One casualty figure as one claim gives it.

use std::cmp::Reverse;

use jiff::Timestamp;
use jiff::civil::Date;

use super::fold::fold;
use super::kin::Kin;
use super::member::Member;
use super::voice::{Parties, figure_speaker, identity};
use crate::model::casualty::{Casualties, CasualtyGroup, Figure};
use crate::model::claim::Speaker;
use crate::model::event::{FigureReport, Measure, Standing};
use crate::model::id::{ClaimId, FactionId};

/// Whose losses they are, as far as reports can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SideKey {
    /// A party and all that counts under it.
    Party(FactionId),
    /// People who do not fight.
    Civilians,
    /// Fighters of nobody in particular.
    Fighters,
    /// The text does not say whose.
    People,
}

impl SideKey {
    /// Whether a figure of this vague side can be one of that side.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        match self {
            Self::Fighters => matches!(other, Self::Party(_)),
            Self::People => *other != Self::People,
            Self::Party(_) | Self::Civilians => false,
        }
    }
}

/// A figure with its speaker.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    /// Whose, for comparison.
    pub(super) key: SideKey,
    /// Whether the text names the side.
    pub(super) named: bool,
    /// Whose, by registry.
    pub(super) faction: Option<&'a FactionId>,
    /// Whose, to show.
    pub(super) side: String,
    /// Fighters or not.
    pub(super) group: CasualtyGroup,
    /// What is counted.
    pub(super) measure: Measure,
    /// How many.
    pub(super) figure: Figure,
    /// Who says so, to show.
    pub(super) speaker: String,
    /// Who says so, to compare.
    pub(super) speaker_key: String,
    /// How they stand to the event.
    pub(super) standing: Standing,
    /// Whether it counts a part of those whom another number counts.
    pub(super) part: bool,
    /// Whether the text says who gives it.
    attributed: bool,
    /// The claim.
    pub(super) claim: &'a ClaimId,
    /// When it was reported.
    pub(super) at: Timestamp,
}

impl Row<'_> {
    /// The form that an event keeps.
    pub(super) fn report(&self) -> FigureReport {
        FigureReport {
            figure: self.figure.clone(),
            speaker: self.speaker.clone(),
            standing: self.standing,
            claim: self.claim.clone(),
            at: self.at,
        }
    }
}

/// A claim with who tells it, among the parties of its event.
pub(super) struct Account<'c, 'a> {
    /// The claim.
    pub(super) member: &'c Member<'a>,
    /// Who gives it in the text; none where the article itself does.
    pub(super) said: Option<&'a Speaker>,
    /// Whether the one who reports it is a party.
    pub(super) by_party: bool,
    /// The parties.
    pub(super) parties: &'c Parties<'c>,
    /// Who belongs to whom.
    pub(super) kin: &'c Kin<'c>,
}

impl<'a> Account<'_, 'a> {
    /// All its figures; those about one side are added.
    pub(super) fn rows(&self) -> Vec<Row<'a>> {
        let mut told = Vec::new();
        for losses in &self.member.reported.claim.casualties {
            for (measure, figure) in measures(losses) {
                add(&mut told, self.row(losses, measure, figure));
            }
        }
        told_once(told)
    }

    fn row(&self, losses: &'a Casualties, measure: Measure, figure: &Figure) -> Row<'a> {
        let Self { member, parties, kin, .. } = self;
        let (day, origin) = (Some(self.day()), &member.origin);
        let speaker = figure_speaker(&losses.speakers, self.said, origin);
        let name = speaker.map(|speaker| parties.display(speaker));
        Row {
            key: self.key(losses),
            named: losses.faction.is_some(),
            faction: losses.faction.as_ref(),
            side: kin.name_on(losses.faction.as_ref(), side_name(losses), day),
            group: losses.group,
            measure,
            part: figure.min.is_some_and(|min| member.parts.contains(&min)),
            figure: figure.clone(),
            speaker: name.unwrap_or_else(|| origin.name.clone()),
            speaker_key: identity(speaker, origin),
            standing: self.standing(losses),
            attributed: !losses.speakers.is_empty(),
            claim: &member.reported.id,
            at: member.at(),
        }
    }

    fn day(&self) -> Date {
        self.member.profile.span.to
    }

    fn key(&self, losses: &Casualties) -> SideKey {
        match (&losses.faction, losses.group) {
            (_, CasualtyGroup::Civilian) => SideKey::Civilians,
            (Some(faction), _) if self.kin.is_civilian(faction) => SideKey::Civilians,
            (Some(faction), _) => {
                SideKey::Party(self.kin.line(faction, Some(self.day())).top.clone())
            }
            (None, _) => self.unregistered(losses),
        }
    }

    /// A group in no pack is a side by its name where the claim has it as an actor too; "gunmen" and "people" are not.
    fn unregistered(&self, losses: &Casualties) -> SideKey {
        let name = format!("name:{}", fold(&losses.name));
        let mut sides = self.member.profile.sides.iter();
        match (sides.find(|side| side.line.id.as_str() == name), losses.group) {
            (Some(side), _) => SideKey::Party(side.line.top.clone()),
            (None, CasualtyGroup::Combatant) => SideKey::Fighters,
            (None, _) => SideKey::People,
        }
    }

    /// Outside if nobody in the chain from outlet to speaker is a party; own if the parties among them are the side
    /// whose losses these are; else a party's word about its opponent, or about people who are not its own.
    fn standing(&self, losses: &Casualties) -> Standing {
        let parties = self.parties;
        let own_voice = losses.speakers.is_empty();
        let told = self.said.filter(|_| own_voice);
        let speakers: Vec<&Speaker> = losses.speakers.iter().chain(told).collect();
        let mut lines = parties.origin_lines(&self.member.origin);
        lines.extend(speakers.iter().flat_map(|speaker| parties.speaker_lines(speaker)));
        lines.retain(|line| parties.include(line));
        let unnamed = speakers.iter().any(|speaker| parties.include_speaker(speaker));
        let by_party = unnamed || !lines.is_empty() || (own_voice && self.by_party);
        let side = losses.faction.as_ref().map(|faction| self.kin.line(faction, Some(self.day())));
        let own = side.is_some_and(|side| lines.iter().all(|line| line.is_kin(&side)));
        match (by_party, own && !lines.is_empty()) {
            (false, _) => Standing::Outside,
            (true, true) => Standing::Own,
            (true, false) => Standing::Opponent,
        }
    }
}

/// From so many on, one number for a party and for unnamed people is one toll that was told of both.
const ALIKE: u32 = 10;

/// The rows of one claim without those that give one toll again for people whose party another names; what is given
/// with its speaker stays.
fn told_once(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let again = |row: &Row<'_>, other: &Row<'_>| {
        let alike = row.figure.min == other.figure.min && row.figure.min >= Some(ALIKE);
        let parties = [row, other].iter().all(|row| matches!(row.key, SideKey::Party(_)));
        row.measure == other.measure && row.key != other.key && alike && !parties
    };
    let rank = |at: usize| (rows[at].attributed, Reverse(at));
    let stands = |at: &usize| {
        !(0..rows.len()).any(|other| again(&rows[*at], &rows[other]) && rank(other) > rank(*at))
    };
    let standing: Vec<usize> = (0..rows.len()).filter(stands).collect();
    let numbered = rows.into_iter().enumerate();
    numbered.filter(|(at, _)| standing.contains(at)).map(|(_, row)| row).collect()
}

/// Adds a row to those of its claim; what is a part of a number that is there already adds nothing.
fn add<'a>(rows: &mut Vec<Row<'a>>, row: Row<'a>) {
    let same = |known: &&mut Row<'_>| {
        known.measure == row.measure && known.key == row.key && known.speaker_key == row.speaker_key
    };
    match rows.iter_mut().find(same) {
        Some(known) if known.part && !row.part => *known = row,
        Some(known) if row.part && !known.part => {}
        Some(known) => known.figure = sum(&known.figure, &row.figure),
        None => rows.push(row),
    }
}

fn sum(a: &Figure, b: &Figure) -> Figure {
    let both = |x: Option<u32>, y: Option<u32>| Some(x?.saturating_add(y?));
    let vague = a.vague.clone().or_else(|| b.vague.clone());
    Figure { min: both(a.min, b.min).or(a.min).or(b.min), max: both(a.max, b.max), vague }
}

fn measures(losses: &Casualties) -> impl Iterator<Item = (Measure, &Figure)> {
    let all = [
        (Measure::Killed, &losses.killed),
        (Measure::Injured, &losses.wounded),
        (Measure::Captured, &losses.captured),
    ];
    all.into_iter().filter_map(|(measure, figure)| figure.as_ref().map(|figure| (measure, figure)))
}

fn side_name(losses: &Casualties) -> &str {
    losses.canonical.as_deref().unwrap_or(&losses.name)
}
