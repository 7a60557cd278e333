//! Whether a claim tells what other claims tell, and how well it fits.

use super::family::{Family, likeness};
use super::landmark;
use super::nearness::{Nearness, nearness, same_division};
use super::profile::Profile;
use super::sides::{Accord, accord};
use crate::model::actor::Role;
use crate::model::claim::Phase;
use crate::model::event::Measure;
use crate::model::kind::EventType;
use crate::model::time::DatePrecision;

/// Reports agree on the date within so many days (B-40).
pub(super) const DAYS: i32 = 1;
/// A denial is often dated by the day on which it was spoken.
pub(super) const DENIAL_DAYS: i32 = 3;
/// An agreement and what becomes of it are one matter for so many days.
const TALKS_DAYS: i32 = 30;

/// How well `claim` fits to `cluster`; none where they are two different happenings.
///
/// They are one where family, place (25 km, one name or one second-order division), date (one day more or less) and
/// parties agree; neighbouring places under two names need both parties, equal figures or one thing hit (a hospital, an aid
/// convoy) too. The less one of these tells, the more the others must: without a common party place and kind must be the
/// same, and a place known only by its first-order division needs equal figures or both parties.
pub(super) fn fit(cluster: &Profile<'_>, claim: &Profile<'_>) -> Option<i32> {
    if cluster.family != claim.family {
        return None;
    }
    if claim.family == Family::Talks {
        talks_fit(cluster, claim)
    } else {
        event_fit(cluster, claim).or_else(|| landmark::fit(cluster, claim))
    }
}

/// How well a claim fits to a cluster that has another claim of its article; none where they are two happenings, as
/// they mostly are.
pub(super) fn fit_again(cluster: &Profile<'_>, claim: &Profile<'_>) -> Option<i32> {
    landmark::fit_again(cluster, claim)
}

fn event_fit(cluster: &Profile<'_>, claim: &Profile<'_>) -> Option<i32> {
    if matches!(claim.family, Family::Development(_)) && !same_objects(cluster, claim) {
        return None;
    }
    let points = Points::of(cluster, claim)?;
    points.join().then(|| points.sum())
}

/// Developments about roads, checkpoints or aid are one only if they are about the same sort of thing, and it was not
/// opened in the one and closed in the other.
fn same_objects(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let mut pairs = a.objects.iter().flat_map(|x| b.objects.iter().map(move |y| (x, y)));
    let opposite = pairs.clone().any(|(x, y)| {
        x.0 == y.0 && matches!((x.1, y.1), (Some(opened), Some(other)) if opened != other)
    });
    let untold = a.objects.is_empty() || b.objects.is_empty();
    !opposite && (untold || pairs.any(|(x, y)| x.0 == y.0))
}

/// Both name an attacker, and not the same, for what is else one attack: each side blames the other. At least one
/// of the two must be told by a party or carry a contradiction.
fn blames_another(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let others = |profile: &Profile<'_>| -> Vec<_> {
        profile.sides.iter().filter(|side| side.role != Role::Initiator).cloned().collect()
    };
    a.kind.event_type() != EventType::Battles
        && (a.contested || b.contested)
        && accord(&others(a), &others(b), false) != Accord::Conflict
}

/// What speaks for and against.
struct Points {
    accord: Accord,
    near: Nearness,
    likeness: i32,
    figures: i32,
    dates: Dates,
    denial: bool,
    same_quote: bool,
    /// The same sort of building or convoy was hit, by the same kind of attack, on the same day.
    same_target: bool,
}

/// How the dates of two claims agree.
struct Dates {
    /// They have a day in common.
    shared: bool,
    /// Both are told to the day.
    exact: bool,
}

impl Points {
    fn of(cluster: &Profile<'_>, claim: &Profile<'_>) -> Option<Self> {
        let clash = |profile: &Profile<'_>| profile.kind.event_type() == EventType::Battles;
        let denial = cluster.denial != claim.denial;
        let days = if denial { DENIAL_DAYS } else { DAYS };
        let dates = dates(cluster, claim, days)?;
        let near = nearness(cluster.site.as_ref(), claim.site.as_ref());
        if near == Nearness::Apart {
            return None;
        }
        let swappable = (clash(cluster) && clash(claim)) || denial;
        let mut accord = accord(&cluster.sides, &claim.sides, swappable);
        if accord == Accord::Conflict && blames_another(cluster, claim) && dates.shared {
            accord = Accord::Open;
        }
        (accord != Accord::Conflict).then(|| Self {
            accord,
            near,
            likeness: likeness(cluster.kind, claim.kind),
            figures: figures(&cluster.figures, &claim.figures),
            same_target: dates.exact && dates.shared && same_target(cluster, claim),
            dates,
            denial,
            same_quote: claim.quotes.iter().any(|quote| cluster.quotes.contains(quote)),
        })
    }

    fn join(&self) -> bool {
        let alike = self.likeness > 0 || self.figures > 0 || self.denial;
        let full = self.accord == Accord::Full;
        if self.same_quote {
            return self.likeness > 0;
        }
        match self.near {
            Nearness::Spot | Nearness::Near if self.same_target => true,
            Nearness::Spot if self.accord == Accord::Open => self.join_unnamed(),
            Nearness::Spot => self.accord >= Accord::Shared && alike,
            Nearness::Near | Nearness::District => {
                let agree = self.figures > 0 || self.denial;
                alike && (full || (self.accord == Accord::Shared && agree))
            }
            Nearness::Region if full => alike && (self.figures > 0 || self.dates.shared),
            Nearness::Region => {
                self.accord == Accord::Shared && (self.denial || self.figures > 0) && alike
            }
            Nearness::Open => full && alike && (self.denial || self.figures > 0),
            Nearness::Apart => false,
        }
    }

    /// Nobody in common: one of the two names no one.
    fn join_unnamed(&self) -> bool {
        (self.likeness == 2 && self.figures >= 0 && self.dates.exact) || self.denial
    }

    fn sum(&self) -> i32 {
        let near = match self.near {
            Nearness::Spot => 4,
            Nearness::Near | Nearness::District => 3,
            Nearness::Region => 1,
            Nearness::Open | Nearness::Apart => 0,
        };
        let accord = match self.accord {
            Accord::Full => 5,
            Accord::Shared => 3,
            Accord::Open | Accord::Conflict => 0,
        };
        near + accord
            + self.likeness
            + 2 * self.figures
            + 2 * i32::from(self.dates.shared)
            + 8 * i32::from(self.same_quote)
    }
}

/// What is hit so rarely that two reports of one kind of attack, of one day and neighbourhood, mean the same, however far
/// apart their tolls are.
const TARGETS: &[&str] = &["aid", "camp", "hospital", "market", "school", "worship"];

fn same_target(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let hit = |profile: &Profile<'_>, kind: &str| profile.objects.iter().any(|it| it.0 == kind);
    a.family == Family::Violence
        && a.kind == b.kind
        && TARGETS.iter().any(|kind| hit(a, kind) && hit(b, kind))
}

/// None where the dates are too far apart.
fn dates(a: &Profile<'_>, b: &Profile<'_>, days: i32) -> Option<Dates> {
    let coarse = |profile: &Profile<'_>| profile.span.precision >= DatePrecision::Month;
    let exact = [a, b].iter().all(|profile| profile.span.precision == DatePrecision::Day);
    if coarse(a) || coarse(b) {
        return (a.span == b.span).then_some(Dates { shared: true, exact });
    }
    a.meets(b, days).then(|| Dates { shared: a.meets(b, 0), exact })
}

/// 1 where a number is the same, -1 where numbers differ by more than 2 times and more than 10, else 0.
fn figures(a: &[(Measure, u32)], b: &[(Measure, u32)]) -> i32 {
    if a.iter().any(|figure| b.contains(figure)) {
        return 1;
    }
    let far = |x: u32, y: u32| x.max(y) > 2 * x.min(y) && x.abs_diff(y) > 10;
    let mut pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    -i32::from(pairs.any(|(x, y)| x.0 == y.0 && far(x.1, y.1)))
}

/// Whether two claims of copies of one text can be one: the same kind, and no different parties.
pub(super) fn is_same_text(cluster: &Profile<'_>, claim: &Profile<'_>) -> bool {
    cluster.kind == claim.kind
        && accord(&cluster.sides, &claim.sides, true) != Accord::Conflict
        && same_objects(cluster, claim)
        && cluster.meets(claim, DENIAL_DAYS)
}

/// Truces and talks are known by their parties: what becomes of an agreement is the same matter, until a new one
/// follows one that ended.
fn talks_fit(cluster: &Profile<'_>, claim: &Profile<'_>) -> Option<i32> {
    let near = nearness(cluster.site.as_ref(), claim.site.as_ref());
    let apart = !same_division(cluster.place(), claim.place());
    let accord = accord(&cluster.sides, &claim.sides, true);
    let soon = cluster.meets(claim, TALKS_DAYS);
    if cluster.exchange != claim.exchange
        || apart
        || accord < Accord::Shared
        || !soon
        || is_new_round(cluster, claim)
    {
        return None;
    }
    let close = cluster.meets(claim, DAYS) && near >= Nearness::Region;
    (accord == Accord::Full || close)
        .then(|| 5 + i32::from(close) + i32::from(accord == Accord::Full))
}

fn is_new_round(cluster: &Profile<'_>, claim: &Profile<'_>) -> bool {
    let over = matches!(cluster.phase, Some(Phase::Broken | Phase::Ended));
    let opens = !matches!(claim.phase, Some(Phase::Broken | Phase::Ended));
    over && opens && claim.span.from > cluster.span.from
}
