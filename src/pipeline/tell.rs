//! Telling the operator each turn once, and the monitor each issue that is accounted for.

use jiff::SignedDuration;

use super::{Pipeline, PipelineError};
use crate::deliver::Alert;
use crate::model::notice::Notice;
use crate::store::{issues, leases, notices};

/// Of several machines one tells at a time; a dead one's turn ends after this.
const TURN: SignedDuration = SignedDuration::from_mins(2);
/// The name of the lease.
const LEASE: &str = "alert";
/// An issue that was accounted for longer ago is no sign of life.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

impl Pipeline {
    /// Tells the operator what nobody was told of, and beats the heart. What cannot be told now is told later.
    pub async fn tell(&self) -> Result<(), PipelineError> {
        let now = self.clock.now();
        let silent = self.alarm.is_silent() && !self.alarm.has_heartbeat();
        if silent || !leases::take(&self.db, LEASE, &self.worker, now + TURN, now).await? {
            return Ok(());
        }
        let told = self.tell_all().await;
        leases::release(&self.db, LEASE, &self.worker).await?;
        told
    }

    async fn tell_all(&self) -> Result<(), PipelineError> {
        let now = self.clock.now();
        if !self.alarm.is_silent() {
            for notice in notices::untold(&self.db).await? {
                match self.alarm.tell(&alert(&notice), &self.transport).await {
                    Ok(()) => drop(notices::told(&self.db, &notice, now).await?),
                    Err(why) => tracing::error!(why, "the operator could not be told"),
                }
            }
        }
        if self.alarm.has_heartbeat() && issues::wants_heartbeat(&self.db, now - FRESH).await? {
            match self.alarm.beat().await {
                Ok(()) => issues::beaten(&self.db, now).await?,
                Err(why) => tracing::error!(why, "the monitor could not be told"),
            }
        }
        Ok(())
    }
}

fn alert(notice: &Notice) -> Alert {
    let turn = if notice.kind.is_bad() { "trouble" } else { "well again" };
    let kind = serde_json::to_string(&notice.kind).unwrap_or_default().replace('"', "");
    Alert {
        subject: format!(
            "sitrep: {turn}: {}",
            notice.subject.chars().take(120).collect::<String>()
        ),
        text: format!("{}\n", notice.text),
        kind,
        at: notice.at,
    }
}
