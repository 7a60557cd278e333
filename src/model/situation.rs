//! Everything that one digest says, computed from the events of a window and a filter.
//!
//! It holds no sentence: `render` words it. Events are named by id and stand once, in `events`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::claim::Phase;
use super::decision::Correction;
use super::digest::{DayOutcome, Variant};
use super::event::{Event, Measure};
use super::faction::Faction;
use super::filter::Filter;
use super::id::{EventId, FactionId, SourceId};
use super::pack::{PackHead, Region};
use super::time::Window;

/// How the sources fared in a window.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Articles read.
    pub articles: u32,
    /// Articles kept unread, by language.
    pub unread: BTreeMap<String, u32>,
    /// Sources that were read and gave something.
    pub sources_read: u32,
    /// Sources that were read and gave nothing.
    pub sources_empty: u32,
    /// Sources that failed: name and one line of why.
    pub failed: Vec<(String, String)>,
    /// Since when sources have been read.
    pub read_since: Option<Timestamp>,
    /// Sources read on each of the days before, newest first, as far back as 28 days; empty when not kept.
    #[serde(default)]
    pub read_before: Vec<u32>,
    /// Whether a source was added or removed inside the window: trends are not compared then (B-53).
    #[serde(default)]
    pub sources_changed: bool,
    /// Whether other rules or packs read the days before: trends are not compared then, unless they are read again (B-53).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub method_changed: bool,
}

impl Coverage {
    /// The share of sources that could be read, in percent; 100 without sources.
    pub fn percent(&self) -> u32 {
        let read = self.sources_read + self.sources_empty;
        let all = read + u32::try_from(self.failed.len()).unwrap_or(u32::MAX);
        (read * 100).checked_div(all).unwrap_or(100)
    }
}

/// What an issue is computed from, kept as it was when the issue closed, so that it can be computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The display name of the edition, or of the request.
    pub title: String,
    /// What it covers.
    pub window: Window,
    /// By first report (an issue) or by event date (on demand).
    pub by_event_date: bool,
    /// The events of the window; all variants of a digest share them.
    pub events: Vec<Arc<Event>>,
    /// The events of the previous issue, as they were told; none for a first issue.
    pub previous: Option<Vec<Arc<Event>>>,
    /// Counted events of each of the days before the window, newest first, as far back as 28 days.
    pub daily_counts: Vec<u32>,
    /// How the sources fared.
    pub coverage: Coverage,
    /// When the next issue closes.
    pub next_close: Option<Timestamp>,
    /// Key points of earlier issues of which the last report was seen three days before an instant of this window.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<Event>,
    /// What editors corrected in the window of what earlier issues of this edition told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<Corrected>,
    /// With what it was computed, of an issue; a request is computed with what is known now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<Setting>,
}

/// What an issue is computed with beside its events: names, regions and the filter as they were when it closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Version of the packs.
    pub packs: String,
    /// The factions that the issue names, and all that these belong to.
    pub factions: Vec<Faction>,
    /// The regions of all packs.
    pub regions: Vec<Region>,
    /// The packs themselves: theatres, and names of countries.
    pub heads: Vec<PackHead>,
    /// What the edition was about.
    pub filter: Filter,
}

/// An event as an earlier issue told it, and what an editor corrected about it since (B-59).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    /// The event as it was told.
    pub told: Event,
    /// When the issue closed that told it so.
    pub told_at: Timestamp,
    /// Whether it was among that issue's key points.
    pub key_point: bool,
    /// What was corrected, and why.
    pub correction: Correction,
}

/// The span of the same length before an on-demand digest's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// That span.
    pub window: Window,
    /// What it held; none where sources were not read from its start on.
    pub held: Option<Held>,
}

/// What a span held, for comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its events.
    pub events: Tally,
    /// Its countable dead, low and high; none without a figure.
    pub killed: Option<(u32, u32)>,
}

/// A total as it is printed (B-34).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Total {
    /// Sum of lows and sum of highs over figures from outside the fighting and of own losses; none when there is none.
    pub counted: Option<(u32, u32)>,
    /// Said by one side of its opponent, not added.
    pub one_sided: Vec<OneSided>,
}

/// A figure that is shown with its speaker and never added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneSided {
    /// The event.
    pub event: EventId,
    /// How many.
    pub low: u32,
    /// At most, where it differs.
    pub high: u32,
    /// Whose.
    pub side: String,
    /// Who says so.
    pub speaker: String,
}

/// The trend of a count against its own past (B-50 to B-53).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "trend")]
pub enum Trend {
    /// Fewer than 28 days of data.
    NoBaseline {
        /// The day of the count that this one is, from 1; 0 where no counts are kept for this selection or span.
        days: u32,
    },
    /// Too few events to compare.
    TooFew,
    /// Coverage changed.
    NotCompared,
    /// Rules or packs changed, and the days before were not read again.
    MethodChanged,
    /// Within the band.
    Near,
    /// +10 to +25 %.
    Above,
    /// Over +25 %.
    WellAbove,
    /// Under -25 %.
    Below,
}

/// Section 3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    /// Events from outside or with more than one side behind them.
    pub events: u32,
    /// Events that are one-sided or denied.
    pub bracketed: u32,
    /// Totals by measure.
    pub totals: BTreeMap<Measure, Total>,
    /// Events that target civilians, bracketed ones excluded.
    pub targeting_civilians: u32,
    /// Distinct places.
    pub places: u32,
    /// Distinct armed actors by roll-up.
    pub armed_actors: u32,
    /// The trend of `events`.
    pub trend: Trend,
    /// Mean of the seven days before.
    pub mean7_tenths: Option<u32>,
    /// The last day on which there were as many events, where today's count is the highest for a week or more and
    /// there are two weeks of data (B-52); the first day of data where there never were as many.
    #[serde(default)]
    pub highest_since: Option<Date>,
}

/// A count with its bracketed part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Outside the brackets.
    pub counted: u32,
    /// One-sided or denied.
    pub bracketed: u32,
}

/// Attacked, was attacked, clashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Activity {
    /// As initiator.
    pub attacked: Tally,
    /// As target.
    pub was_attacked: Tally,
    /// As participant of a symmetric clash.
    pub clashed: Tally,
}

/// A row of factions: a registry faction by roll-up, a named group in no pack, or "Unidentified".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactionRow {
    /// The registry id; none for a group in no pack and for the unidentified.
    pub faction: Option<FactionId>,
    /// The display name.
    pub name: String,
    /// A short form for tables.
    pub short: String,
    /// Whether the name is in a pack.
    pub in_registry: bool,
    /// Over all regions.
    pub activity: Activity,
    /// By column of the matrix.
    pub cells: Vec<Activity>,
    /// The events it takes part in, most important first.
    pub events: Vec<EventId>,
    /// The regions of those events.
    pub regions: Vec<String>,
}

/// Section 5.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Matrix {
    /// At most four, the last may be "Other".
    pub columns: Vec<String>,
    /// At most eight, the last may be "Other".
    pub rows: Vec<FactionRow>,
}

/// What changed since the reader's last issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// First reported in this window.
    New {
        /// Which.
        event: EventId,
    },
    /// A counted figure is another now.
    FigureRevised {
        /// Which.
        event: EventId,
        /// What is counted.
        measure: Measure,
        /// Whose.
        side: String,
        /// Low and high before.
        was: (u32, u32),
        /// Low and high now.
        now: (u32, u32),
        /// Who gave the new figure.
        by: String,
    },
    /// Someone denies it now.
    NowDenied {
        /// Which.
        event: EventId,
    },
    /// Independent reports stand behind it now.
    NowCorroborated {
        /// Which.
        event: EventId,
    },
    /// One owner from outside reports it now, where only its parties did.
    NowFromOutside {
        /// Which.
        event: EventId,
    },
    /// An agreement got further: it came into force, broke or ended.
    TalksChanged {
        /// Which.
        event: EventId,
        /// How far it got.
        now: Phase,
    },
    /// A key point of an earlier issue of which nothing new was reported for three days.
    NoFurtherReports {
        /// Which; it stands in `silent`.
        event: EventId,
    },
    /// What happened is graver than was told, by its kind: a clash in which a place was taken.
    Escalated {
        /// Which.
        event: EventId,
    },
    /// An editor took it back.
    Retracted {
        /// Which, as it was told.
        event: EventId,
    },
}

/// The events of one region or faction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The heading.
    pub name: String,
    /// Told in full, most important first.
    pub full: Vec<EventId>,
    /// Told in one short line.
    pub short: Vec<EventId>,
    /// Only counted.
    pub more: u32,
}

/// A source that a mail refers to by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// The number in the mail, from 1.
    pub number: u32,
    /// Its id.
    pub id: SourceId,
    /// Its display name.
    pub name: String,
    /// The article.
    pub title: String,
    /// Its address.
    pub url: String,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// Whether its alignment is configured.
    pub alignment_known: bool,
    /// A repost.
    pub republishes: bool,
}

/// Everything that one digest says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Situation {
    /// Version of this form; raised when a key changes its meaning.
    pub schema: u32,
    /// The display name of the edition or request.
    pub title: String,
    /// What it covers.
    pub window: Window,
    /// By first report or by event date.
    pub by_event_date: bool,
    /// For whom it was computed.
    pub variant: Variant,
    /// What kind of day it is.
    pub outcome: DayOutcome,
    /// How the sources fared.
    pub coverage: Coverage,
    /// When the next issue closes.
    pub next_close: Option<Timestamp>,
    /// The event of the subject line (B-12).
    pub lead: Option<EventId>,
    /// Section 2.
    pub key_points: Vec<EventId>,
    /// Section 3.
    pub glance: Glance,
    /// Section 4.
    pub factions: Vec<FactionRow>,
    /// Section 5; dropped with fewer than two factions.
    pub matrix: Option<Matrix>,
    /// Section 6; none for a first issue.
    pub changes: Option<Vec<Change>>,
    /// Section 7.
    pub access: Vec<EventId>,
    /// Section 8.
    pub talks: Vec<EventId>,
    /// Section 9.
    pub groups: Vec<Group>,
    /// Section 10.
    pub disputed: Vec<EventId>,
    /// Section 11: in no total, matrix or trend.
    pub earlier: Vec<EventId>,
    /// Section 12.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Corrected>,
    /// The events of section 6 that are in no other: nothing more was reported of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<Event>,
    /// On demand: the span before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// Whether factions are counted by themselves, without roll-up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exact_faction: bool,
    /// Every event named above.
    pub events: BTreeMap<EventId, Arc<Event>>,
    /// The articles referred to.
    pub sources: Vec<SourceRef>,
}

impl Situation {
    /// An event named in it.
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.events.get(id).map(|event| &**event)
    }

    /// The events named in it, by id.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values().map(|event| &**event)
    }

    /// Every event in it: also those of which nothing more was reported, and as they were told before a correction.
    pub fn every_event(&self) -> impl Iterator<Item = &Event> {
        let told = self.corrections.iter().map(|corrected| &corrected.told);
        self.events().chain(&self.silent).chain(told)
    }

    /// The same, to change them.
    pub fn every_event_mut(&mut self) -> impl Iterator<Item = &mut Event> {
        let told = self.corrections.iter_mut().map(|corrected| &mut corrected.told);
        self.events.values_mut().map(Arc::make_mut).chain(&mut self.silent).chain(told)
    }

    /// Whether there is little or nothing to tell although the sources could be read (B-58).
    pub fn is_quiet(&self) -> bool {
        self.outcome == DayOutcome::Quiet
    }

    /// Whether there is no issue before it to compare with.
    pub fn is_first_issue(&self) -> bool {
        self.changes.is_none() && !self.by_event_date
    }
}
