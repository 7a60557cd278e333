//! Happenings so rare or so grave that two reports of one day mean the same, however differently they are told.
//!
//! Whoever reports them disagrees about who did it, names a town, a plain or only the country, and gives tolls that
//! are far apart. Counting each telling would multiply the dead.

use super::family::Family;
use super::nearness::{Nearness, nearness, same_division};
use super::profile::Profile;
use super::sides::{Accord, accord};
use crate::model::event::Measure;
use crate::model::kind::SubType;
use crate::model::time::DatePrecision;

/// From so many dead on, two attacks of one day at one place are one, whatever weapon is named.
pub(super) const MANY: u32 = 20;
/// From so many dead on, the same number told twice in one article is one toll.
pub(super) const SEVERAL: u32 = 10;
/// Chemical weapons used on one day within so many kilometres were used once.
const WIDE_KM: f64 = 40.0;
/// Places of one article at most so many kilometres apart can be those of one bomb: where it went off, and where its
/// victims came from.
const STAGES_KM: f64 = 60.0;
/// How well a landmark fits, beside the points of other matches.
const POINTS: i32 = 6;

/// How well a claim fits to a cluster that tells a landmark; none where it is another happening.
pub(super) fn fit(cluster: &Profile<'_>, claim: &Profile<'_>) -> Option<i32> {
    let one = is_one_use_of_chemicals(cluster, claim)
        || is_one_mass_killing(cluster, claim)
        || is_one_suicide_bombing(cluster, claim)
        || is_one_vague_toll(cluster, claim)
        || is_one_toll_of_a_division(cluster, claim);
    one.then_some(POINTS)
}

/// The same for a claim of an article that the cluster has already: the use of chemical weapons, or one toll told again
/// in other words.
pub(super) fn fit_again(cluster: &Profile<'_>, claim: &Profile<'_>) -> Option<i32> {
    let one = is_one_use_of_chemicals(cluster, claim)
        || is_one_toll(cluster, claim)
        || is_one_toll_told_by_day(cluster, claim)
        || is_one_toll_of_an_article(cluster, claim)
        || is_one_toll_in_stages(cluster, claim);
    one.then_some(POINTS)
}

/// Chemical weapons, on one day, in one division or within reach, or at places of which one cannot be located. Who used
/// them is what the texts disagree on.
fn is_one_use_of_chemicals(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    a.kind == SubType::ChemicalWeapon && b.kind == a.kind && share_a_day(a, b) && in_one_area(a, b)
}

fn in_one_area(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    if near(a, b) > Nearness::Apart {
        return true;
    }
    let (Some(x), Some(y)) = (a.site, b.site) else { return true };
    let told = x.place.country.is_some() && x.place.country == y.place.country;
    let divided = x.place.admin1.is_some() && same_division(a.place(), b.place());
    told && (divided || x.is_within(WIDE_KM, &y).unwrap_or(true))
}

fn is_one_mass_killing(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let many = |profile: &Profile<'_>| killed(profile).any(|dead| dead >= MANY);
    many(a) && many(b) && is_one_place_and_day(a, b)
}

/// Suicide bombings that killed several, as many by both reports or not more than twice as many by one, on one day in one
/// first-order division: one text names the city, another the quarter.
fn is_one_suicide_bombing(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let most = |profile: &Profile<'_>| killed(profile).max().filter(|dead| *dead >= SEVERAL);
    let (Some(x), Some(y)) = (most(a), most(b)) else { return false };
    let divided = a.place().is_some_and(|place| place.admin1.is_some());
    a.kind == SubType::SuicideBomb
        && b.kind == a.kind
        && x.max(y) <= 2 * x.min(y)
        && share_a_day(a, b)
        && divided
        && same_division(a.place(), b.place())
        && agree(a, b)
}

/// The same number of dead on one day in one division, told twice in one article of places that cannot both be located.
fn is_one_toll_of_an_article(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    a.family == Family::Violence
        && b.family == a.family
        && same_toll(a, b)
        && share_a_day(a, b)
        && in_one_division(a, b)
        && agree(a, b)
}

/// The same number of dead on the same day in the same place.
fn is_one_toll(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    same_toll(a, b) && is_one_place_and_day(a, b)
}

/// The same number of dead by the same kind of attack in the same place on two days of which one follows the other: "on
/// Monday", and the day of the report.
fn is_one_toll_told_by_day(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    same_toll(a, b)
        && a.kind == b.kind
        && a.family == Family::Violence
        && is_fine(a, b)
        && a.meets(b, 1)
        && near(a, b) >= Nearness::District
        && agree(a, b)
}

/// Two stages of one toll in one article: "rises to 112", and the 43 of the day before. Both are many, by one sort of
/// bomb, within a day, and not told of places far apart.
fn is_one_toll_in_stages(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let many = |profile: &Profile<'_>| killed(profile).any(|dead| dead >= MANY);
    let sort = |profile: &Profile<'_>| match profile.kind {
        SubType::SuicideBomb => SubType::RemoteExplosiveLandmineIed,
        kind => kind,
    };
    let apart = || {
        let (Some(x), Some(y)) = (a.site, b.site) else { return false };
        near(a, b) < Nearness::Region && x.is_within(STAGES_KM, &y) == Some(false)
    };
    sort(a) == SubType::RemoteExplosiveLandmineIed
        && sort(b) == sort(a)
        && many(a)
        && many(b)
        && is_fine(a, b)
        && a.meets(b, 1)
        && agree(a, b)
        && !apart()
}

/// The same number of dead at one spot, where a text tells no more than the month: "16 killed in July".
fn is_one_vague_toll(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let vague =
        a.span.precision >= DatePrecision::Month || b.span.precision >= DatePrecision::Month;
    let families = a.family == Family::Violence && b.family == a.family;
    let one = vague && families && a.meets(b, 0) && same_toll(a, b);
    one && near(a, b) == Nearness::Spot && agree(a, b)
}

/// The same number of dead by the same kind of attack on one day, with a party in common, in one first-order division of
/// which one text names a place that cannot be located: a quarter, or another village.
fn is_one_toll_of_a_division(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let violent = a.family == Family::Violence && a.kind == b.kind;
    violent
        && same_toll(a, b)
        && share_a_day(a, b)
        && in_one_division(a, b)
        && accord(&a.sides, &b.sides, true) >= Accord::Shared
}

fn in_one_division(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let (Some(x), Some(y)) = (a.site, b.site) else { return false };
    let division = x.place.admin1.is_some() && x.place.admin1 == y.place.admin1;
    division && x.place.country == y.place.country && x.is_within(WIDE_KM, &y).is_none()
}

fn same_toll(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    killed(a).any(|dead| dead >= SEVERAL && killed(b).any(|other| other == dead))
}

fn agree(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    accord(&a.sides, &b.sides, true) != Accord::Conflict
}

fn is_one_place_and_day(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    a.family == Family::Violence
        && b.family == a.family
        && share_a_day(a, b)
        && near(a, b) >= Nearness::District
        && agree(a, b)
}

fn share_a_day(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    is_fine(a, b) && a.meets(b, 0)
}

/// Whether both are told more finely than by the month.
fn is_fine(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    [a, b].iter().all(|profile| profile.span.precision < DatePrecision::Month)
}

fn near(a: &Profile<'_>, b: &Profile<'_>) -> Nearness {
    nearness(a.site.as_ref(), b.site.as_ref())
}

/// The numbers of dead that a profile gives.
pub(super) fn killed<'p>(profile: &'p Profile<'_>) -> impl Iterator<Item = u32> + 'p {
    let figures = profile.figures.iter().filter(|(measure, _)| *measure == Measure::Killed);
    figures.map(|(_, dead)| *dead)
}
