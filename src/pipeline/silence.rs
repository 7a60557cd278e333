//! What fell silent: key points of earlier issues of which nothing more is reported (section 6 of a digest).

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::corrections::shares_a_claim;
use super::{Pipeline, PipelineError};
use crate::model::event::Event;
use crate::model::issue::Edition;
use crate::model::time::Window;
use crate::store::{events, issues};

/// After so long without a report a reader is told so once.
const SILENCE: SignedDuration = SignedDuration::from_hours(72);
/// How long before the window an issue may lie whose key points are looked at.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How many issues at most.
const ISSUES: u32 = 60;

impl Pipeline {
    /// The key points of earlier issues that became three days without a report in `window`, as they are now.
    pub(super) async fn silent(
        &self,
        edition: &Edition,
        window: Window,
    ) -> Result<Vec<Event>, PipelineError> {
        let due = Window { from: window.from - SILENCE, to: window.to - SILENCE };
        let from = window.from - LOOKED_BACK;
        let known = events::in_window(&self.db, Window { from, to: window.from }).await?;
        let quiet = |event: &Event| last_seen(event).is_some_and(|seen| due.contains(seen));
        let mut quiet: Vec<Event> = known.into_iter().filter(quiet).collect();
        if quiet.is_empty() {
            return Ok(quiet);
        }
        let mut told: Vec<Arc<Event>> = Vec::new();
        for issue in issues::frozen_until(&self.db, &edition.id, window.from, ISSUES).await? {
            if issue.window.to > from {
                let points = self.key_points(&issue, edition);
                told.extend(issue.events.into_iter().filter(|event| points.contains(&event.id)));
            }
        }
        quiet.retain(|event| told.iter().any(|told| shares_a_claim(event, told)));
        Ok(quiet)
    }
}

/// When the last report of an event was seen.
fn last_seen(event: &Event) -> Option<Timestamp> {
    event.reports.iter().map(|report| report.article.first_seen).max()
}
