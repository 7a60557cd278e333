//! Our clock against those of the servers that we fetch from.

use jiff::SignedDuration;

use super::{Collector, PipelineError};
use crate::model::notice::{Notice, NoticeKind};
use crate::model::time::{CLOCK_ALERT, middle};
use crate::store::notices;

/// The subject of notices about the clock.
const CLOCK: &str = "clock";

impl Collector<'_> {
    /// Takes in by how much the servers of a run were ahead of our clock, and notes where that turns bad or good.
    /// Gives the middle one.
    pub(super) async fn compare_clocks(
        &self,
        ahead: &[SignedDuration],
    ) -> Result<Option<SignedDuration>, PipelineError> {
        let Some(off) = middle(ahead) else { return Ok(None) };
        let (kind, text) = if off.abs() > CLOCK_ALERT {
            tracing::warn!(%off, "the machine's clock is off");
            (NoticeKind::ClockOff, clock_warning(off))
        } else {
            (NoticeKind::ClockRight, "the machine's clock is right again".to_owned())
        };
        let notice = Notice::new(CLOCK.to_owned(), self.clock.now(), kind, text);
        notices::put(self.db, &notice).await?;
        Ok(Some(off))
    }
}

/// One line for an editor: how far the clock is off and what to do.
pub fn clock_warning(off: SignedDuration) -> String {
    let minutes = off.abs().as_secs() / 60;
    let side = if off.is_negative() { "ahead of" } else { "behind" };
    format!(
        "the machine's clock is {minutes} min {side} the servers that we fetch from: set it, or let NTP do so; over \
         an hour nothing is closed or sent by schedule"
    )
}
