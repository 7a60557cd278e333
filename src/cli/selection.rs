//! The options by which a digest on demand and a list of events pick what they are about.

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::span;
use crate::model::filter::{Filter, FilterRole};
use crate::model::id::{FactionId, RegionId};
use crate::model::kind::KindName;
use crate::model::time::Window;

/// Which events.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Only events of this faction, in any role; more than once for several
    #[arg(long)]
    faction: Vec<String>,
    /// Take and count each faction by itself, without those that roll up to it
    #[arg(long)]
    exact_faction: bool,
    /// Only where the factions have this role
    #[arg(long, value_enum, requires = "faction")]
    role: Option<Role>,
    /// Only events in the countries of this pack; more than once for several
    #[arg(long, value_name = "PACK")]
    theatre: Vec<String>,
    /// Only this region: an id, CC or CC/Admin1; more than once for several
    #[arg(long)]
    region: Vec<String>,
    /// Only this type or sub-type (`battles`, `air_drone_strike`); more than once for several
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<KindName>,
    /// Only what is at least so severe, 0 to 17: by kind up to 4, civilians 1, and 2 for each step of the toll
    /// (1, 5, 10, 25, 100, 500 dead)
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_severity: u32,
    /// From when, by event date: 2026-11-01, 2026-11-01T12:00, 7d, last-month
    #[arg(long)]
    since: Option<String>,
    /// Until when; a date is inclusive
    #[arg(long)]
    until: Option<String>,
    /// The zone of these times and of the masthead
    #[arg(long, default_value = "UTC")]
    pub(super) zone: String,
}

/// How an actor takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    Initiator,
    Target,
    Speaker,
}

impl Selection {
    /// What it is about.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            theatres: self.theatre.clone(),
            factions: self.faction.iter().map(|id| FactionId::new(id.as_str())).collect(),
            role: self.role.map(|role| match role {
                Role::Initiator => FilterRole::Initiator,
                Role::Target => FilterRole::Target,
                Role::Speaker => FilterRole::Speaker,
            }),
            regions: self.region.iter().map(|id| RegionId::new(id.as_str())).collect(),
            types: self.types.clone(),
            min_severity: self.min_severity,
            exact_faction: self.exact_faction,
        }
    }

    /// Whether a span of time is asked for.
    pub(super) fn has_span(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// The span asked for, the last week where none is.
    pub(super) fn window(&self, now: Timestamp) -> anyhow::Result<Window> {
        let zone = TimeZone::get(&self.zone)
            .with_context(|| format!("`{}` is no time zone", self.zone))?;
        span::window(self.since.as_deref(), self.until.as_deref(), now, &zone)
    }
}
