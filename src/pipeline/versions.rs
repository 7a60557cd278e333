//! Versions of articles: what an edited article says now takes the place of what it said before.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::id::SourceId;
use crate::store::claims::StoredClaim;

/// The claims of the latest versions. A claim that tells what an earlier version told keeps that one's identity and
/// time, so that nothing is news twice; where it tells it otherwise, it is a revision, and shows as a change.
pub(super) fn latest(stored: Vec<StoredClaim>) -> Vec<StoredClaim> {
    let mut earlier: BTreeMap<(SourceId, String), Vec<StoredClaim>> = BTreeMap::new();
    let mut latest = Vec::new();
    for claim in stored {
        if claim.latest {
            latest.push(claim);
        } else {
            let address = (claim.source.clone(), claim.article.url.clone());
            earlier.entry(address).or_default().push(claim);
        }
    }
    for versions in earlier.values_mut() {
        versions.sort_by_key(|claim| claim.version);
    }
    for claim in latest.iter_mut().filter(|claim| claim.version > 1) {
        let address = (claim.source.clone(), claim.article.url.clone());
        if let Some(versions) = earlier.get_mut(&address) {
            inherit(claim, versions);
        }
    }
    latest
}

/// Gives `claim` the identity of the claim that told the same first, and takes all its forms out of `versions`, since
/// no other claim can be the same.
fn inherit(claim: &mut StoredClaim, versions: &mut Vec<StoredClaim>) {
    let mut forms = Vec::new();
    for version in 1..claim.version {
        let same = versions.iter().position(|old| old.version == version && is_same(old, claim));
        forms.extend(same.map(|at| versions.remove(at)));
    }
    let seen = claim.article.first_seen;
    forms.retain(|form| form.article.first_seen < seen);
    let Some(first) = forms.first() else { return };
    let (id, first_seen) = (first.id.clone(), first.article.first_seen);
    let revised_at = revised_at(forms.iter().chain([&*claim]));
    let article = Arc::make_mut(&mut claim.article);
    (article.first_seen, article.revised_at) = (first_seen, revised_at);
    claim.id = id;
}

/// When the form was seen that first told it as the last one does; none where all tell the same.
fn revised_at<'a>(forms: impl Iterator<Item = &'a StoredClaim>) -> Option<Timestamp> {
    let (mut revised, mut told) = (None, None::<&StoredClaim>);
    for form in forms {
        if told.is_some_and(|before| !tells_as(before, form)) {
            revised = Some(form.article.first_seen);
        }
        told = Some(form);
    }
    revised
}

fn tells_as(a: &StoredClaim, b: &StoredClaim) -> bool {
    let (a, b) = (&a.claim, &b.claim);
    a.casualties == b.casualties
        && a.actors == b.actors
        && a.status == b.status
        && a.phase == b.phase
        && a.denials == b.denials
}

/// Whether two claims of one article tell one happening: its kind and its place.
fn is_same(a: &StoredClaim, b: &StoredClaim) -> bool {
    let place = |claim: &StoredClaim| claim.claim.places.first().map(|place| place.name.clone());
    a.claim.kind == b.claim.kind && place(a) == place(b)
}
