//! What a digest is computed from, gathered from the store once, so that it can be computed again.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Pipeline, PipelineError};
use crate::aggregate::selection::selected;
use crate::aggregate::setting::setting;
use crate::model::event::Event;
use crate::model::filter::Filter;
use crate::model::issue::Edition;
use crate::model::registry::Registry;
use crate::model::situation::Frozen;
use crate::model::time::Window;
use crate::store::{events, issues};

/// Days of the trend's baseline (B-50).
pub(super) const BASELINE_DAYS: i64 = 28;

impl Pipeline {
    /// What the window of an edition holds: events first seen, or materially changed, in it.
    pub(super) async fn freeze(
        &self,
        edition: &Edition,
        window: Window,
        next_close: Option<Timestamp>,
    ) -> Result<Frozen, PipelineError> {
        let events = events::in_window(&self.db, window).await?;
        let mut frozen = Frozen {
            title: edition.title.clone(),
            window,
            by_event_date: false,
            events: events.into_iter().map(Arc::new).collect(),
            previous: self.previous(edition, window).await?,
            daily_counts: self.daily_counts(&edition.filter, window.from).await?,
            coverage: self.coverage(window).await?,
            next_close,
            silent: self.silent(edition, window).await?,
            corrected: self.corrected(edition, window).await?,
            setting: None,
        };
        let (filter, known) = (&edition.filter, self.packs.now());
        frozen.setting = Some(setting(&frozen, filter, &known.registry, &known.version));
        Ok(frozen)
    }

    /// The registry with which an issue was computed: today's where the packs are the same.
    pub(super) fn registry_of(&self, frozen: &Frozen) -> Arc<Registry> {
        let known = self.packs.now();
        match &frozen.setting {
            Some(then) if then.packs != known.version => {
                Arc::new(known.registry.with(&then.factions, &then.regions, &then.heads))
            }
            _ => Arc::clone(&known.registry),
        }
    }

    /// The events of the last issue that ended before the window begins.
    async fn previous(
        &self,
        edition: &Edition,
        window: Window,
    ) -> Result<Option<Vec<Arc<Event>>>, PipelineError> {
        let Some(last) = issues::last_told(&self.db, &edition.id).await? else { return Ok(None) };
        if last.window.to > window.from {
            return Ok(None);
        }
        Ok(issues::frozen(&self.db, &last.id).await?.map(|frozen| frozen.events))
    }

    /// Counted events of each day before `until`, newest first, as far back as sources have been read.
    async fn daily_counts(
        &self,
        filter: &Filter,
        until: Timestamp,
    ) -> Result<Vec<u32>, PipelineError> {
        let day = SignedDuration::from_hours(24);
        let window =
            Window { from: until - day * i32::try_from(BASELINE_DAYS).unwrap_or(28), to: until };
        let since = crate::store::coverage::gathered(&self.db, window).await?.read_since;
        let seen = events::first_seen_in(&self.db, window).await?;
        let events = selected(seen, filter, &self.registry());
        let mut counts = Vec::new();
        let mut to = until;
        while counts.len() < 28 && since.is_some_and(|since| since <= to - day) {
            let one = Window { from: to - day, to };
            let counted = |event: &&Event| {
                one.contains(event.first_seen) && !event.in_brackets() && !event.is_retracted()
            };
            counts.push(u32::try_from(events.iter().filter(counted).count()).unwrap_or(u32::MAX));
            to -= day;
        }
        Ok(counts)
    }
}
