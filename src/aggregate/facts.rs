//! What, when and where: the facts of an event from those of its claims.

use super::fold::fold;
use super::heard::Heard;
use super::nearness::place_name;
use super::profile::is_finer;
use super::voice::Parties;
use crate::model::casualty::{Materiel, Object};
use crate::model::claim::Phase;
use crate::model::event::ReportedMateriel;
use crate::model::kind::{Kind, SubType};
use crate::model::place::ClaimPlace;
use crate::model::time::{DatePrecision, DateSpan};

/// The kind that most claims give, of equals the one reported first.
pub(super) fn kind(told: &[&Heard<'_, '_>]) -> Kind {
    let mut votes: Vec<(SubType, u32)> = Vec::new();
    for kind in told.iter().map(|heard| heard.member.profile.kind) {
        match votes.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, votes)) => *votes += 1,
            None => votes.push((kind, 1)),
        }
    }
    let most = votes.iter().map(|(_, votes)| *votes).max();
    let kind = votes.iter().find(|(_, votes)| Some(*votes) == most);
    Kind(kind.map_or(SubType::Other, |(kind, _)| *kind))
}

/// The days that all dated claims have in common; where there are none, those of the first report. An agreement
/// runs from the day on which it was made to the last day of which something is reported.
pub(super) fn date(told: &[&Heard<'_, '_>]) -> Option<DateSpan> {
    let dated = || told.iter().filter_map(|heard| heard.member.reported.claim.date);
    let finest = dated().map(|span| span.precision).min()?;
    let mut spans = dated().filter(|span| span.precision == finest);
    let first = spans.next()?;
    if told.first().is_some_and(|heard| heard.member.profile.is_talks()) {
        let last = dated().map(|span| span.to).max();
        return Some(DateSpan { to: last.map_or(first.to, |last| last.max(first.to)), ..first });
    }
    let common = spans.fold(first, |all, span| DateSpan {
        from: all.from.max(span.from),
        to: all.to.min(span.to),
        precision: DatePrecision::min(all.precision, span.precision),
    });
    Some(if common.from <= common.to { common } else { first })
}

/// All places once, the finest of the claims' own places first.
pub(super) fn places(told: &[&Heard<'_, '_>]) -> Vec<ClaimPlace> {
    let claims = || told.iter().map(|heard| &heard.member.reported.claim);
    let mut best: Option<&ClaimPlace> = None;
    for place in claims().filter_map(|claim| claim.places.first()) {
        if is_finer(Some(place), best) {
            best = Some(place);
        }
    }
    let all = claims().flat_map(|claim| &claim.places);
    let mut places: Vec<ClaimPlace> = Vec::new();
    for place in best.into_iter().chain(all) {
        let known = |known: &ClaimPlace| same_name(known, place);
        let coarser = best.is_some_and(|best| is_around(place, best));
        if !coarser && !places.iter().any(known) {
            places.push(place.clone());
        }
    }
    places
}

/// Whether two places have one name; most are written alike, which takes no folding.
fn same_name(a: &ClaimPlace, b: &ClaimPlace) -> bool {
    (&a.canonical, &a.name) == (&b.canonical, &b.name) || place_name(a) == place_name(b)
}

/// Whether `outer` only names the division in which `inner` lies.
fn is_around(outer: &ClaimPlace, inner: &ClaimPlace) -> bool {
    outer.precision > inner.precision
        && outer.country == inner.country
        && (outer.admin1.is_none() || outer.admin1 == inner.admin1)
        && (outer.admin2.is_none() || outer.admin2 == inner.admin2)
}

/// How far it got, by the latest report that says so; a report of later events wins over a later report, and of
/// agreements what is said from outside over what one of the parties says of the same day.
pub(super) fn phase(told: &[&Heard<'_, '_>]) -> Option<Phase> {
    let phased = told.iter().filter(|heard| heard.member.profile.phase.is_some());
    let last = phased.max_by_key(|heard| {
        let Heard { member, by_party, .. } = heard;
        let day = member.profile.is_talks().then_some((member.profile.span.to, !by_party));
        (day, member.at(), &member.reported.id)
    });
    last.and_then(|heard| heard.member.profile.phase)
}

/// Materiel once per owner, item and fate, as somebody from outside says it if anybody does.
pub(super) fn materiel(told: &[&Heard<'_, '_>], parties: &Parties<'_>) -> Vec<ReportedMateriel> {
    let mut all: Vec<ReportedMateriel> = Vec::new();
    for heard in told.iter().filter(|heard| !heard.member.reported.claim.materiel.is_empty()) {
        let speaker = speaker(heard, parties);
        for item in &heard.member.reported.claim.materiel {
            let new = ReportedMateriel { materiel: item.clone(), speaker: speaker.clone() };
            match all.iter_mut().find(|known| same_item(&known.materiel, item)) {
                Some(known) if known.speaker.is_some() && speaker.is_none() => *known = new,
                Some(_) => {}
                None => all.push(new),
            }
        }
    }
    all
}

fn same_item(a: &Materiel, b: &Materiel) -> bool {
    a.faction == b.faction && a.fate == b.fate && fold(&a.item) == fold(&b.item)
}

/// Who says so, where it is a party: of the event, or of this detail alone; none for what is told from outside.
fn speaker(heard: &Heard<'_, '_>, parties: &Parties<'_>) -> Option<String> {
    let said = heard.member.reported.claim.attribution.last();
    let party = heard.by_party || said.is_some_and(|speaker| parties.include_speaker(speaker));
    let outlet = || heard.member.origin.name.clone();
    party.then(|| said.map_or_else(outlet, |said| parties.display(said)))
}

/// Objects once per class and name, with the fate reported last.
pub(super) fn objects(told: &[&Heard<'_, '_>]) -> Vec<Object> {
    let mut all: Vec<Object> = Vec::new();
    for object in told.iter().flat_map(|heard| &heard.member.reported.claim.objects) {
        let same = |known: &&mut Object| {
            known.kind == object.kind && fold(&known.name) == fold(&object.name)
        };
        match all.iter_mut().find(same) {
            Some(known) => known.fate = object.fate.or(known.fate),
            None => all.push(object.clone()),
        }
    }
    all
}
