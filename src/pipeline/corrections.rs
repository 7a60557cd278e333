//! What editors corrected of what earlier issues told: for the next issue of those who were sent the wrong text (B-59).

use std::collections::BTreeSet;

use super::digests::whole;
use super::{Pipeline, PipelineError};
use crate::model::decision::Correction;
use crate::model::event::Event;
use crate::model::id::{ClaimId, EventId};
use crate::model::issue::Edition;
use crate::model::situation::{Corrected, Frozen};
use crate::model::time::Window;
use crate::store::{events, issues};

/// How many earlier issues are looked through for what was told.
const ISSUES: u32 = 60;

impl Pipeline {
    /// What was corrected in `window` of what earlier issues of the edition told, newest issue first.
    pub(super) async fn corrected(
        &self,
        edition: &Edition,
        window: Window,
    ) -> Result<Vec<Corrected>, PipelineError> {
        let changed = events::in_window(&self.db, window).await?;
        let made = |event: &Event| event.corrections.iter().any(|it| window.contains(it.at));
        let corrected: Vec<Event> = changed.into_iter().filter(made).collect();
        let mut all = Vec::new();
        if corrected.is_empty() {
            return Ok(all);
        }
        let mut known: BTreeSet<EventId> = BTreeSet::new();
        for issue in issues::frozen_until(&self.db, &edition.id, window.from, ISSUES).await? {
            let points = self.key_points(&issue, edition);
            for told in &issue.events {
                let now = corrected.iter().find(|event| shares_a_claim(event, told));
                let Some(now) = now.filter(|_| known.insert(told.id.clone())) else { continue };
                let known = |one: &&Correction| told.corrections.contains(one);
                let made = now.corrections.iter().filter(|it| window.contains(it.at));
                // what was corrected before the issue went out, its readers were never told otherwise
                let made = made.filter(|one| !known(one));
                all.extend(made.map(|correction| Corrected {
                    told: Event::clone(told),
                    told_at: issue.window.to,
                    key_point: points.contains(&told.id),
                    correction: correction.clone(),
                }));
            }
        }
        Ok(all)
    }

    /// The key points of an issue as its edition told them.
    pub(super) fn key_points(&self, issue: &Frozen, edition: &Edition) -> Vec<EventId> {
        self.told_of(issue, edition, &whole(edition, "UTC")).situation.key_points
    }
}

/// An event keeps its claims when its id changes.
pub(super) fn shares_a_claim(now: &Event, told: &Event) -> bool {
    let claims: BTreeSet<&ClaimId> = now.reports.iter().map(|report| &report.claim).collect();
    told.reports.iter().any(|report| claims.contains(&report.claim))
}
