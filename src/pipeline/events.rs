//! Events: the claims of the last weeks, aggregated anew, and what changed kept as a new version.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::profile::Profiles;
use super::{Pipeline, PipelineError, versions};
use crate::aggregate::cluster;
use crate::model::event::ReportedClaim;
use crate::model::time::Window;
use crate::store::claims::{self, StoredClaim};
use crate::store::{decisions, events};

/// How far back claims are aggregated anew, in days: reports of one event spread over a few days.
const REACH_DAYS: i64 = 21;

impl Pipeline {
    /// Aggregates the claims of the last weeks and keeps what changed; gives how many events did.
    pub async fn refresh_events(&self) -> Result<u32, PipelineError> {
        self.refresh_since(self.clock.now()).await
    }

    /// Aggregates the claims from some weeks before `at` on.
    pub(super) async fn refresh_since(&self, at: Timestamp) -> Result<u32, PipelineError> {
        let now = self.clock.now();
        let since = at.min(now) - SignedDuration::from_hours(24 * REACH_DAYS);
        let profiles = self.profiles().await?;
        let stored = claims::claims_since(&self.db, since).await?;
        let latest = versions::latest(stored);
        let reported: Vec<_> = latest.into_iter().map(|claim| reported(claim, &profiles)).collect();
        let decisions = decisions::list(&self.db).await?;
        let registry = self.registry();
        let aggregate = move || cluster::decided(&reported, &decisions, &registry);
        let made = tokio::task::spawn_blocking(aggregate).await?;
        let gone = Window { from: since, to: Timestamp::MAX };
        let kept: BTreeSet<_> = made.iter().map(|event| event.id.clone()).collect();
        for event in events::first_seen_in(&self.db, gone).await? {
            if !kept.contains(&event.id) {
                events::remove(&self.db, &event.id).await?;
            }
        }
        Ok(events::upsert(&self.db, &made, now).await?)
    }
}

/// What a first run or a backfill found is no news: it counts as seen when it was published.
fn reported(claim: StoredClaim, profiles: &Profiles) -> ReportedClaim {
    let StoredClaim { id, claim: told, mut article, fingerprint, source, counts, .. } = claim;
    if !counts {
        let head = Arc::make_mut(&mut article);
        head.first_seen = head.published.unwrap_or(head.first_seen).min(head.first_seen);
        head.revised_at = None;
    }
    ReportedClaim { id, claim: told, article, fingerprint, source: profiles.of(&source) }
}
