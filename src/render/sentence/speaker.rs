//! Who says so: the chain from outlet to speaker (B-40).

use super::grammar::{is_plural, with_article, with_indefinite};
use super::names::faction_name;
use crate::model::claim::Speaker;
use crate::model::event::{Event, Report};
use crate::model::id::FactionId;
use crate::render::desk::Desk;
use crate::render::wording::takes_no_side;

/// Speakers that are no names.
const COMMON: &[&str] = &[
    "activists",
    "commander",
    "doctors",
    "hospital",
    "journalists",
    "locals",
    "media",
    "medics",
    "ministry",
    "monitor",
    "monitors",
    "officials",
    "people",
    "police",
    "rescuers",
    "residents",
    "sources",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "statement",
    "villagers",
    "witnesses",
];

/// Somebody who says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Says {
    /// Display name with its article.
    pub(crate) name: String,
    /// The faction that they are or speak for.
    pub(crate) faction: Option<FactionId>,
    /// The outlet that cites them, where that is another.
    pub(crate) via: Option<String>,
    /// The faction speaks itself, so `it` is clear.
    pub(crate) itself: bool,
}

impl Says {
    /// `NFL says`, `local sources say`: the one attribution verb (B-62).
    pub(crate) fn says(&self) -> String {
        says(&self.name)
    }

    /// The faction whose own deed is told with `it`.
    pub(crate) fn speaks_as(&self) -> Option<&FactionId> {
        self.faction.as_ref().filter(|_| self.itself)
    }

    /// With the outlet: `Amaq, cited by X, says`.
    pub(crate) fn says_with_chain(&self) -> String {
        let verb = if is_plural(&self.name) { "say" } else { "says" };
        match &self.via {
            Some(via) => format!("{}, cited by {via}, {verb}", self.name),
            None => self.says(),
        }
    }
}

/// `NFL says`, `residents say`.
pub(crate) fn says(name: &str) -> String {
    let name = with_indefinite(&uncapped(neutral(name)));
    format!("{name} {}", if is_plural(&name) { "say" } else { "says" })
}

/// The name of a speaker, or none where it takes a side.
pub(super) fn neutral(name: &str) -> &str {
    if takes_no_side(name) { name } else { "a speaker" }
}

/// The speaker whom a one-sided or denied event is told by: a party's before any other.
pub(crate) fn one_side(desk: &Desk<'_>, event: &Event) -> Option<Says> {
    let report = event.reports.iter().find(|report| report.by_party).or(event.reports.first())?;
    Some(of_report(desk, report))
}

/// Who says what a report holds, from the inside out: the speaker, else the outlet.
pub(crate) fn of_report(desk: &Desk<'_>, report: &Report) -> Says {
    let party = report.speakers.iter().rev().find(|speaker| speaker.faction.is_some());
    match party.or(report.speakers.last()) {
        Some(speaker) => {
            let name = speaker_name(desk, speaker);
            Says {
                itself: name == with_article(&faction_name(desk, speaker.faction.as_ref(), "")),
                name,
                faction: speaker.faction.clone(),
                via: Some(report.source.name.clone()).filter(|outlet| *outlet != speaker.name),
            }
        }
        None => Says {
            name: report.source.name.clone(),
            faction: report.source.aligned_with.iter().flatten().next().cloned(),
            via: None,
            itself: false,
        },
    }
}

/// What a text calls a speaker; the registry's name where that is an alias or takes a side.
pub(crate) fn speaker_name(desk: &Desk<'_>, speaker: &Speaker) -> String {
    let faction = speaker.faction.as_ref().and_then(|id| desk.registry.faction(id));
    let is_alias = faction.is_some_and(|faction| {
        faction.name == speaker.name || faction.aliases.contains(&speaker.name)
    });
    if is_alias || !takes_no_side(&speaker.name) {
        let other = neutral(&speaker.name);
        return with_article(&faction_name(desk, speaker.faction.as_ref(), other));
    }
    with_indefinite(&uncapped(&with_article(&speaker.name)))
}

/// A common noun that stood at the beginning of a sentence, in lower case.
fn uncapped(name: &str) -> String {
    let lower = name.to_lowercase();
    if COMMON.contains(&lower.as_str()) { lower } else { name.to_owned() }
}
