//! Stopping a run that does more harm than good (D-17), and holding each digest's messages against their number (D-33).

use jiff::SignedDuration;

use super::SendSummary;
use super::feed::Feed;
use crate::model::delivery::DeliveryState;
use crate::model::notice::{Notice, NoticeKind};
use crate::pipeline::{Pipeline, PipelineError};
use crate::store::notices;
use crate::store::outbox::{self, Harm};

/// 5 % of the first 200.
const BAD_ADDRESSES: u32 = 10;
/// So many refusals for policy, one after the other.
const POLICY: u32 = 20;
/// Complaints over 1,000 messages: 0.3 %.
const COMPLAINTS: u32 = 4;
/// A run is what was settled within so many hours: as long as a digest lives.
const RUN_HOURS: i64 = 12;

impl Pipeline {
    /// Puts the brake on where the last messages call for it; then the run ends here, and digests wait until
    /// `sitrep delivery resume`.
    pub(super) async fn brake_if_needed(&self, feed: &Feed<'_>) -> Result<(), PipelineError> {
        let now = self.clock.now();
        let harm = outbox::harm(&self.db, now - SignedDuration::from_hours(RUN_HOURS)).await?;
        let Some(why) = reason(harm) else { return Ok(()) };
        feed.stop().await?;
        if outbox::put_brake(&self.db, &why, now).await? {
            tracing::error!(why, "sending is stopped");
            let kind = NoticeKind::DeliveryTrouble;
            notices::put(&self.db, &Notice::new("delivery".to_owned(), now, kind, why)).await?;
        }
        Ok(())
    }

    /// Lets digests go out again. Says whether they were held.
    pub async fn resume_sending(&self) -> Result<bool, PipelineError> {
        let now = self.clock.now();
        let held = outbox::release_brake(&self.db, now).await?;
        let (kind, text) = (NoticeKind::DeliveryWell, "sending goes on".to_owned());
        notices::put(&self.db, &Notice::new("delivery".to_owned(), now, kind, text)).await?;
        Ok(held)
    }

    /// Candidates must be accepted, failed, suppressed, expired or still under way; anything else is a fault of ours
    /// that is told.
    pub(super) async fn account(&self, summary: &SendSummary) -> Result<(), PipelineError> {
        for reference in &summary.references {
            let accounting = outbox::accounting(&self.db, reference).await?;
            let candidates = outbox::candidates(&self.db, reference).await?;
            if accounting.candidates() == candidates {
                continue;
            }
            let text = format!(
                "digest `{reference}`: {candidates} messages were queued and {} are accounted for",
                accounting.candidates()
            );
            tracing::error!(text, "the outbox does not add up");
            let subject = format!("accounting/{reference}");
            let kind = NoticeKind::DeliveryTrouble;
            let notice = Notice::new(subject, self.clock.now(), kind, text);
            notices::put(&self.db, &notice).await?;
        }
        if summary.count(DeliveryState::Unknown) > 0 {
            tracing::warn!("some messages are in doubt; they are sent once more");
        }
        Ok(())
    }
}

fn reason(harm: Harm) -> Option<String> {
    let resume = "look at `sitrep delivery list`, then `sitrep delivery resume`";
    if harm.bad_addresses >= BAD_ADDRESSES {
        return Some(format!(
            "{} of the first 200 addresses do not exist; nothing more is sent: {resume}",
            harm.bad_addresses
        ));
    }
    if harm.policy_in_a_row >= POLICY {
        return Some(format!("{POLICY} messages in a row were refused for policy; {resume}"));
    }
    let many = harm.settled >= 1_000 && harm.complaints >= COMPLAINTS;
    many.then(|| format!("{} of 1,000 readers complained; {resume}", harm.complaints))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d_17_each_of_the_three_findings_brakes_at_its_threshold_and_not_before() {
        let fine = Harm { bad_addresses: 9, policy_in_a_row: 19, complaints: 3, settled: 1_000 };
        assert_eq!(reason(fine), None);
        for harm in [
            Harm { bad_addresses: 10, ..fine },
            Harm { policy_in_a_row: 20, ..fine },
            Harm { complaints: 4, ..fine },
        ] {
            assert!(reason(harm).unwrap().contains("sitrep delivery resume"), "{harm:?}");
        }
        assert_eq!(reason(Harm { complaints: 4, settled: 999, ..fine }), None);
    }
}
