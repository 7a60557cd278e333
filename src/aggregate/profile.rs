//! What of a claim, or of the claims gathered so far, decides whether another belongs to it.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::family::Family;
use super::fold::hash;
use super::kin::Kin;
use super::landmark::SEVERAL;
use super::nearness::{Nearness, Site, nearness};
use super::sides::Side;
use crate::model::agreement::AgreementKind;
use crate::model::casualty::{Fate, Figure};
use crate::model::claim::{Claim, Phase, Status};
use crate::model::event::{Measure, ReportedClaim};
use crate::model::kind::SubType;
use crate::model::place::ClaimPlace;
use crate::model::time::DateSpan;

/// A claim or a cluster, as the matcher sees it.
#[derive(Debug, Clone)]
pub(super) struct Profile<'a> {
    /// Its family.
    pub(super) family: Family,
    /// Its kind.
    pub(super) kind: SubType,
    /// When: as told, else about the article's day.
    pub(super) span: DateSpan,
    /// The first and the last of these days, as numbers.
    pub(super) days: (i32, i32),
    /// Its named sides.
    pub(super) sides: Vec<Side>,
    /// Where.
    pub(super) site: Option<Site<'a>>,
    /// The numbers it gives.
    pub(super) figures: Vec<(Measure, u32)>,
    /// Hashes of the sentences it rests on.
    pub(super) quotes: Vec<u64>,
    /// It only says that something did not happen.
    pub(super) denial: bool,
    /// How far it got.
    pub(super) phase: Option<Phase>,
    /// Only parties, or texts that carry a contradiction, tell it.
    pub(super) contested: bool,
    /// Prisoners change hands: no truce, whoever the parties are.
    pub(super) exchange: bool,
    /// Roads, checkpoints and other objects: their class, and whether they were opened or closed.
    pub(super) objects: Vec<(&'a str, Option<bool>)>,
}

impl<'a> Profile<'a> {
    /// The profile of one claim.
    pub(super) fn of(reported: &'a ReportedClaim, kin: &Kin<'_>) -> Self {
        let claim = &reported.claim;
        let span = claim.date.unwrap_or_else(|| article_span(reported));
        let family = Family::of(claim.kind.0, claim.phase, &claim.objects);
        let quotes: Vec<&str> =
            claim.evidence.iter().map(|evidence| evidence.quote.as_str()).collect();
        let talks = family == Family::Talks;
        Self {
            family,
            exchange: talks && AgreementKind::of(quotes.iter().copied()).is_exchange(),
            quotes: quotes.into_iter().map(|quote| hash(quote.as_bytes())).collect(),
            kind: claim.kind.0,
            span,
            days: (day_number(span.from), day_number(span.to)),
            sides: Side::all(&claim.actors, Some(span.to), kin),
            site: claim.places.first().map(Site::of),
            figures: figures(claim).collect(),
            denial: claim.status == Status::Denied,
            phase: claim.phase,
            contested: matches!(claim.status, Status::Claimed | Status::Disputed),
            objects: claim.objects.iter().map(|it| (it.kind.as_str(), opened(it.fate))).collect(),
        }
    }

    /// Takes up what `other` adds: sides, numbers, a finer place. Date and kind stay those of the first claim, so
    /// that a chain of days does not become one event. Gives back whether it can now be found elsewhere too.
    pub(super) fn take_up(&mut self, other: &Self) -> bool {
        let mut moved = is_finer(other.place(), self.place());
        if moved {
            self.site = other.site;
        }
        for side in &other.sides {
            if !self.sides.iter().any(|known| known.line.id == side.line.id) {
                self.sides.push(side.clone());
                moved = true;
            }
        }
        if !other.denial {
            let known = self.figures.len();
            add_new(&mut self.figures, &other.figures);
            let new = self.figures.iter().skip(known);
            moved |=
                new.copied().any(|(what, number)| what == Measure::Killed && number >= SEVERAL);
        }
        add_new(&mut self.quotes, &other.quotes);
        add_new(&mut self.objects, &other.objects);
        self.denial &= other.denial;
        self.contested &= other.contested;
        if self.family == Family::Talks {
            self.phase = other.phase.or(self.phase);
            self.span.to = self.span.to.max(other.span.to);
            self.days.1 = self.days.1.max(other.days.1);
        }
        moved
    }

    /// Whether it is about truces and talks.
    pub(super) fn is_talks(&self) -> bool {
        self.family == Family::Talks
    }

    /// Where.
    pub(super) fn place(&self) -> Option<&'a ClaimPlace> {
        self.site.map(|site| site.place)
    }

    /// Whether the two have a day in common when each is widened by `days` on both sides.
    pub(super) fn meets(&self, other: &Self, days: i32) -> bool {
        meet(self.days, other.days, days)
    }
}

/// Where and when an event was, by its claims together: what [`Profile::take_up`] makes of them.
pub(super) struct Whole<'a> {
    site: Option<Site<'a>>,
    days: (i32, i32),
}

impl<'a> Whole<'a> {
    /// The finest place, and the days of the first; none without a claim.
    pub(super) fn of<'p>(profiles: impl IntoIterator<Item = &'p Profile<'a>>) -> Option<Self>
    where
        'a: 'p,
    {
        let mut profiles = profiles.into_iter();
        let first = profiles.next()?;
        let mut whole = Self { site: first.site, days: first.days };
        for profile in profiles {
            if is_finer(profile.place(), whole.site.map(|site| site.place)) {
                whole.site = profile.site;
            }
            if first.is_talks() {
                whole.days.1 = whole.days.1.max(profile.days.1);
            }
        }
        Some(whole)
    }

    /// Whether a claim has the same place, as far as it gives one, and day.
    pub(super) fn agrees(&self, claim: &Profile<'_>) -> bool {
        let near = nearness(claim.site.as_ref(), self.site.as_ref());
        let placed = near >= Nearness::District || claim.is_talks();
        placed && meet(claim.days, self.days, 1)
    }
}

fn meet(a: (i32, i32), b: (i32, i32), days: i32) -> bool {
    a.0 - days <= b.1 && b.0 <= a.1 + days
}

/// Days since the first of January 1970.
fn day_number(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// Whether a way was opened or closed by what happened to it.
fn opened(fate: Option<Fate>) -> Option<bool> {
    match fate? {
        Fate::Opened | Fate::Removed => Some(true),
        Fate::Closed | Fate::Established | Fate::Blocked => Some(false),
        _ => None,
    }
}

fn add_new<T: Copy + PartialEq>(known: &mut Vec<T>, new: &[T]) {
    for item in new {
        if !known.contains(item) {
            known.push(*item);
        }
    }
}

/// Whether `a` is known more finely than `b`.
pub(super) fn is_finer(a: Option<&ClaimPlace>, b: Option<&ClaimPlace>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a.precision, a.lat.is_none()) < (b.precision, b.lat.is_none()),
        (a, b) => a.is_some() && b.is_none(),
    }
}

/// The day of an undated claim, for matching alone: the article's, or the day before.
fn article_span(reported: &ReportedClaim) -> DateSpan {
    let at = reported.article.published.unwrap_or(reported.article.first_seen);
    let day = at.to_zoned(TimeZone::UTC).date();
    DateSpan { from: day.checked_sub(1.day()).unwrap_or(day), ..DateSpan::day(day) }
}

fn figures(claim: &Claim) -> impl Iterator<Item = (Measure, u32)> {
    claim.casualties.iter().flat_map(|side| {
        let of = |measure, figure: &Option<_>| number(measure, figure.as_ref());
        [
            of(Measure::Killed, &side.killed),
            of(Measure::Injured, &side.wounded),
            of(Measure::Captured, &side.captured),
        ]
        .into_iter()
        .flatten()
    })
}

fn number(measure: Measure, figure: Option<&Figure>) -> Option<(Measure, u32)> {
    figure?.min.filter(|min| *min > 0).map(|min| (measure, min))
}
