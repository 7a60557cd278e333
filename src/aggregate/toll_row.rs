//! One casualty figure as one claim gives it.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::fold::fold;
use super::kin::Kin;
use super::member::Member;
use super::voice::{Parties, figure_speaker, identity, teller};
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
pub(super) struct Row {
    /// Whose, for comparison.
    pub(super) key: SideKey,
    /// Whether the text names the side.
    pub(super) named: bool,
    /// Whose, by registry.
    pub(super) faction: Option<FactionId>,
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
    pub(super) claim: ClaimId,
    /// When it was reported.
    pub(super) at: Timestamp,
}

impl Row {
    /// The form that an event keeps.
    pub(super) fn into_report(self) -> FigureReport {
        let Self { figure, speaker, standing, claim, at, .. } = self;
        FigureReport { figure, speaker, standing, claim, at }
    }
}

/// All figures of the members, in the order of report; those of one claim about one side are added.
pub(super) fn rows(members: &[&Member<'_>], parties: &Parties<'_>, kin: &Kin<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for member in members {
        let mut told = Vec::new();
        for losses in &member.reported.claim.casualties {
            for (measure, figure) in measures(losses) {
                add(&mut told, row(member, losses, (measure, figure), parties, kin));
            }
        }
        rows.extend(told_once(told));
    }
    rows.sort_by(|a, b| (a.at, &a.claim).cmp(&(b.at, &b.claim)));
    rows
}

/// From so many on, one number for a party and for unnamed people is one toll that was told of both.
const ALIKE: u32 = 10;

/// The rows of one claim without those that give one toll again for people whose party another names; what is given
/// with its speaker stays.
fn told_once(rows: Vec<Row>) -> Vec<Row> {
    let again = |row: &Row, other: &Row| {
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
fn add(rows: &mut Vec<Row>, row: Row) {
    let same = |known: &&mut Row| {
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

fn row(
    member: &Member<'_>,
    losses: &Casualties,
    (measure, figure): (Measure, &Figure),
    parties: &Parties<'_>,
    kin: &Kin<'_>,
) -> Row {
    let day = Some(member.profile.span.to);
    let origin = &member.origin;
    let speaker = figure_speaker(&losses.speakers, teller(member.reported, parties), origin);
    Row {
        key: key(losses, member, kin),
        named: losses.faction.is_some(),
        faction: losses.faction.clone(),
        side: kin.name_on(losses.faction.as_ref(), side_name(losses), day),
        group: losses.group,
        measure,
        part: figure.min.is_some_and(|min| member.parts.contains(&min)),
        figure: figure.clone(),
        speaker: speaker.map_or_else(|| origin.name.clone(), |speaker| parties.display(speaker)),
        speaker_key: identity(speaker, origin),
        standing: standing(member, losses, parties, kin),
        attributed: !losses.speakers.is_empty(),
        claim: member.reported.id.clone(),
        at: member.at(),
    }
}

fn side_name(losses: &Casualties) -> &str {
    losses.canonical.as_deref().unwrap_or(&losses.name)
}

fn key(losses: &Casualties, member: &Member<'_>, kin: &Kin<'_>) -> SideKey {
    let day = Some(member.profile.span.to);
    match (&losses.faction, losses.group) {
        (_, CasualtyGroup::Civilian) => SideKey::Civilians,
        (Some(faction), _) if kin.is_civilian(faction) => SideKey::Civilians,
        (Some(faction), _) => SideKey::Party(kin.line(faction, day).top.clone()),
        (None, _) => unregistered(losses, member),
    }
}

/// A group in no pack is a side by its name where the claim has it as an actor too; "gunmen" and "people" are not.
fn unregistered(losses: &Casualties, member: &Member<'_>) -> SideKey {
    let name = format!("name:{}", fold(&losses.name));
    let own = member.profile.sides.iter().find(|side| side.line.id.as_str() == name);
    match (own, losses.group) {
        (Some(side), _) => SideKey::Party(side.line.top.clone()),
        (None, CasualtyGroup::Combatant) => SideKey::Fighters,
        (None, _) => SideKey::People,
    }
}

/// Outside if nobody in the chain from outlet to speaker is a party; own if the parties among them are the side
/// whose losses these are; else a party's word about its opponent, or about people who are not its own.
fn standing(
    member: &Member<'_>,
    losses: &Casualties,
    parties: &Parties<'_>,
    kin: &Kin<'_>,
) -> Standing {
    let day = Some(member.profile.span.to);
    let own_voice = losses.speakers.is_empty();
    let told = teller(member.reported, parties).filter(|_| own_voice);
    let speakers: Vec<&Speaker> = losses.speakers.iter().chain(told).collect();
    let mut lines = parties.origin_lines(&member.origin);
    lines.extend(speakers.iter().flat_map(|speaker| parties.speaker_lines(speaker)));
    lines.retain(|line| parties.include(line));
    let unnamed = speakers.iter().any(|speaker| parties.include_speaker(speaker));
    let by_party = unnamed || !lines.is_empty() || (own_voice && claimed(member, parties));
    let side = losses.faction.as_ref().map(|faction| kin.line(faction, day));
    let own = side.is_some_and(|side| lines.iter().all(|line| line.is_kin(&side)));
    match (by_party, own && !lines.is_empty()) {
        (false, _) => Standing::Outside,
        (true, true) => Standing::Own,
        (true, false) => Standing::Opponent,
    }
}

fn claimed(member: &Member<'_>, parties: &Parties<'_>) -> bool {
    parties.reported_by_party(member.reported, &member.origin)
}
