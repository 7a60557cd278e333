//! Where to look for the cluster that a claim belongs to, so that clustering stays near-linear.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::family::Family;
use super::fold::{Hashed, hash, spread};
use super::landmark::{MANY, SEVERAL, killed};
use super::matching::{DAYS, DENIAL_DAYS};
use super::nearness::{NEAR_KM, Site};
use super::profile::Profile;
use super::sketch::Sketch;
use crate::model::kind::SubType;
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::time::DatePrecision;

/// Kilometres of one degree of latitude.
const KM_PER_DEGREE: f64 = 111.0;
/// The height and width of a cell in degrees: what is within reach of a point lies mostly in one or two.
const CELL: f64 = 0.5;
/// Stands for whatever day.
const ANY_DAY: i32 = i32::MIN;
/// Longer spans are kept apart by their first day alone.
const LONGEST: i32 = 14;

/// Clusters by where they may be looked for: by family, area and span of eight days, mixed into one number. Each stands
/// under the days and places about its own too, so that a claim, of which there are more, is looked up under its own alone.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    by_key: HashMap<u64, Block, BuildHasherDefault<Hashed>>,
    /// The clusters of a block after its first, by its number.
    more: Vec<Vec<Entry>>,
    searches: u32,
    /// One of each cluster, by its number.
    sketches: Vec<Sketch>,
}

/// The clusters of one block. Most hold one alone, and there are many: so this is small.
#[derive(Debug, Clone, Copy)]
struct Block {
    first: Entry,
    /// Where the others are, counted from 1; 0 where there are none.
    more: u32,
}

/// A cluster in a block.
#[derive(Debug, Clone, Copy)]
struct Entry {
    cluster: u32,
    /// The days of the block under which it stands.
    days: u8,
}

impl Blocks {
    /// Makes a cluster findable.
    pub(super) fn insert(&mut self, profile: &Profile<'_>, cluster: usize) {
        self.redraw(profile, cluster);
        let Ok(cluster) = u32::try_from(cluster) else { return };
        let days = days(profile, if profile.denial { DENIAL_DAYS } else { DAYS });
        let areas = areas(profile);
        let tolls = tolls(profile, &days, Toll::stored);
        for (key, days) in keys(profile.family, &days, &areas).chain(tolls) {
            self.add(key, Entry { cluster, days });
        }
    }

    fn add(&mut self, key: u64, entry: Entry) {
        let block = self.by_key.entry(key).or_insert(Block { first: entry, more: 0 });
        let more = (block.more as usize).checked_sub(1).and_then(|at| self.more.get_mut(at));
        match more {
            None if block.first.cluster == entry.cluster => block.first.days |= entry.days,
            None => {
                self.more.push(vec![entry]);
                block.more = u32::try_from(self.more.len()).unwrap_or(0);
            }
            Some(more) => match more.last_mut() {
                Some(last) if last.cluster == entry.cluster => last.days |= entry.days,
                _ => more.push(entry),
            },
        }
    }

    /// Draws a cluster anew that has taken up a claim.
    pub(super) fn redraw(&mut self, profile: &Profile<'_>, cluster: usize) {
        let sketch = Sketch::of(profile);
        match self.sketches.get_mut(cluster) {
            Some(known) => *known = sketch,
            None => self.sketches.push(sketch),
        }
    }

    /// The clusters that a claim may belong to, in the order in which they were made. In a district where much happens
    /// most of those found are told apart by their sketches.
    pub(super) fn candidates(&mut self, profile: &Profile<'_>) -> Vec<usize> {
        let (areas, sketch) = (looked_up(profile), Sketch::of(profile));
        let days = days(profile, if profile.denial { DENIAL_DAYS - DAYS } else { 0 });
        let tolls = tolls(profile, &days, Toll::looked_up);
        self.searches += 1;
        let mut found: Vec<usize> = Vec::new();
        for (key, days) in keys(profile.family, &days, &areas).chain(tolls) {
            let Some(block) = self.by_key.get(&key) else { continue };
            let others = (block.more as usize).checked_sub(1).and_then(|at| self.more.get(at));
            let all = std::iter::once(&block.first).chain(others.into_iter().flatten());
            for entry in all.filter(|entry| entry.days & days != 0) {
                let at = entry.cluster as usize;
                let Some(known) = self.sketches.get_mut(at) else { continue };
                let is_first = std::mem::replace(&mut known.met, self.searches) != self.searches;
                if is_first && known.may_hold(&sketch, profile) {
                    found.push(at);
                }
            }
        }
        found.sort_unstable();
        found
    }
}

/// What is found under these areas on these days: the key of each block, with the days of it.
fn keys(family: Family, days: &Days, areas: &[u64]) -> impl Iterator<Item = (u64, u8)> {
    let keys =
        move |span: (i32, u8)| areas.iter().map(move |area| (key(family, span.0, *area), span.1));
    spans(days).flat_map(keys)
}

/// The spans of eight days in which these lie, by number, each with a bit for each of the days.
fn spans(days: &Days) -> impl Iterator<Item = (i32, u8)> + use<> {
    let (from, to) = (*days.start(), *days.end());
    let bit = |day: i32| 1_u8 << (day & 7);
    let days_of = move |span: i32| (from.max(span << 3)..=to.min(span << 3 | 7)).map(bit);
    (from >> 3..=to >> 3).map(move |span| (span, days_of(span).fold(0, |all, bit| all | bit)))
}

/// How a mass killing is told that stands under its toll and division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Toll {
    /// To the day, at a place that can be located.
    Located,
    /// To the day, at a place that cannot.
    Unlocated,
    /// Over more days than stand one by one.
    Vague,
}

impl Toll {
    fn of(profile: &Profile<'_>) -> Self {
        match profile.site {
            _ if is_vague(profile) => Self::Vague,
            Some(site) if site.is_located() => Self::Located,
            _ => Self::Unlocated,
        }
    }

    /// Under what it is kept, and whether that is by day.
    fn stored(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Located => &[("located toll", true), ("toll", false)],
            Self::Unlocated => &[("unlocated toll", true), ("toll", false)],
            Self::Vague => &[("vague toll", false), ("toll", false)],
        }
    }

    /// Where another report of it is looked for: two that are located and dated are found by place and day.
    fn looked_up(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Located => &[("unlocated toll", true), ("vague toll", false)],
            Self::Unlocated => {
                &[("located toll", true), ("unlocated toll", true), ("vague toll", false)]
            }
            Self::Vague => &[("toll", false)],
        }
    }
}

/// The tolls by which a mass killing is found wherever in its division a text has it, and whenever in its month.
fn tolls(
    profile: &Profile<'_>,
    days: &Days,
    under: fn(Toll) -> &'static [(&'static str, bool)],
) -> impl Iterator<Item = (u64, u8)> {
    let violent = profile.site.filter(|_| profile.family == Family::Violence);
    let division = violent.map(|site| site.division());
    let many = killed(profile).filter(|dead| *dead >= SEVERAL);
    let areas = many.filter_map(move |dead| Some((u64::from(dead), division?)));
    let under = under(Toll::of(profile));
    areas.flat_map(move |(dead, [country, admin1])| {
        let days = days.clone();
        let stands = move |(kind, by_day): &(&str, bool)| {
            let area = area(kind, &[country, admin1, dead]);
            let days = if *by_day { days.clone() } else { ANY_DAY..=ANY_DAY };
            spans(&days).map(move |(span, days)| (key(Family::Violence, span, area), days))
        };
        under.iter().flat_map(stands)
    })
}

fn key(family: Family, span: i32, area: u64) -> u64 {
    let family = match family {
        Family::Violence => 1,
        Family::Demonstration => 2,
        Family::Talks => 3,
        Family::Development(kind) => 4 + kind as u64,
    };
    spread(area.rotate_left(11) ^ spread((family << 32) | u64::from(span.cast_unsigned())))
}

/// Days by their numbers.
type Days = std::ops::RangeInclusive<i32>;

/// The days under which a profile stands, widened on both sides. Talks stand under none: they go on for weeks.
fn days(profile: &Profile<'_>, widen: i32) -> Days {
    let (from, to) = profile.days;
    match profile.family {
        Family::Talks => 0..=0,
        _ if is_vague(profile) => from - widen..=from + widen,
        _ => from - widen..=to + widen,
    }
}

/// Whether its days are too many to stand under each.
fn is_vague(profile: &Profile<'_>) -> bool {
    let (from, to) = profile.days;
    profile.span.precision >= DatePrecision::Month || to - from > LONGEST
}

/// Of a kind, the area that these numbers make out.
fn area(kind: &str, parts: &[u64]) -> u64 {
    let mix = |all: u64, part: &u64| spread(all.rotate_left(7) ^ part);
    parts.iter().fold(hash(kind.as_bytes()), mix)
}

/// The areas in which a cluster is found.
fn areas(profile: &Profile<'_>) -> Vec<u64> {
    let mut areas = parties(profile, if is_placed(profile) { "party" } else { "unplaced" });
    areas.extend(rare(profile));
    let Some(site) = profile.site.filter(|_| profile.family != Family::Talks) else {
        return areas;
    };
    areas.extend(cells_around(site.place));
    areas.push(named(&site));
    areas.extend(district(profile, &site));
    let only = site.place.precision == PlacePrecision::Admin1;
    areas.extend(division(if only { "only" } else { "in" }, &site));
    areas
}

/// The areas in which the cluster of a claim is looked for.
fn looked_up(profile: &Profile<'_>) -> Vec<u64> {
    let mut areas = parties(profile, "unplaced");
    areas.extend(rare(profile));
    if !is_placed(profile) {
        areas.extend(parties(profile, "party"));
    }
    let Some(site) = profile.site.filter(|_| profile.family != Family::Talks) else {
        return areas;
    };
    areas.extend(cell(site.place));
    areas.push(named(&site));
    areas.extend(district(profile, &site));
    areas.extend(division("only", &site));
    if site.place.precision == PlacePrecision::Admin1 {
        areas.extend(division("in", &site));
    }
    areas
}

/// Talks are looked for by their parties wherever they are; other claims only without a place.
fn is_placed(profile: &Profile<'_>) -> bool {
    let placed = profile.place().is_some_and(|place| place.precision < PlacePrecision::Country);
    placed && profile.family != Family::Talks
}

fn parties(profile: &Profile<'_>, kind: &str) -> Vec<u64> {
    profile.sides.iter().map(|side| area(kind, &[side.line.under()])).collect()
}

/// What is done so rarely that it is found without its place: chemical weapons by the day alone, suicide bombings that kill
/// several by their division too.
fn rare(profile: &Profile<'_>) -> Option<u64> {
    match profile.kind {
        SubType::ChemicalWeapon => Some(area("chemicals", &[])),
        SubType::SuicideBomb if killed(profile).any(|dead| dead >= SEVERAL) => {
            profile.site.and_then(|site| division("suicide", &site))
        }
        _ => None,
    }
}

/// By name.
fn named(site: &Site<'_>) -> u64 {
    area("name", &[site.name()])
}

/// By second-order division and party, as what happened at two places of one division is one by a party in common; where
/// many died by the division alone, and where no party is named too.
fn district(profile: &Profile<'_>, site: &Site<'_>) -> Vec<u64> {
    let Some([country, admin1, admin2]) = site.district() else { return Vec::new() };
    let of = |whom: u64| area("admin2", &[country, admin1, admin2, whom]);
    let mut areas: Vec<u64> = profile.sides.iter().map(|side| of(side.line.under())).collect();
    if areas.is_empty() || killed(profile).any(|dead| dead >= MANY) {
        areas.push(of(0));
    }
    areas
}

fn division(kind: &str, site: &Site<'_>) -> Option<u64> {
    site.place.admin1.as_ref().map(|_| area(kind, &site.division()))
}

fn cell(place: &ClaimPlace) -> Option<u64> {
    let (lat, lon) = point(place)?;
    Some(cell_area(grid(lat), grid(lon)))
}

fn point(place: &ClaimPlace) -> Option<(f64, f64)> {
    let precise = place.precision == PlacePrecision::Place;
    place.lat.filter(|_| precise).zip(place.lon)
}

#[expect(clippy::cast_possible_truncation, reason = "degrees over a half lie within ±720")]
fn grid(degrees: f64) -> i32 {
    (degrees.clamp(-360.0, 360.0) / CELL).floor() as i32
}

fn cell_area(lat: i32, lon: i32) -> u64 {
    let mix = |all: u64, part: i32| spread(all.rotate_left(7) ^ u64::from(part.cast_unsigned()));
    mix(mix(hash(b"cell"), lat), lon)
}

/// The cells within reach: more of them side by side the nearer the pole.
fn cells_around(place: &ClaimPlace) -> Vec<u64> {
    let Some((lat, lon)) = point(place) else { return Vec::new() };
    let up = NEAR_KM / KM_PER_DEGREE;
    let aside = up / (lat.abs() + up).to_radians().cos().max(0.05);
    (grid(lat - up)..=grid(lat + up))
        .flat_map(|row| (grid(lon - aside)..=grid(lon + aside)).map(move |it| cell_area(row, it)))
        .collect()
}
