//! The editor's hand: decisions about events, which take effect at once and outlive every other reading.

use super::{Pipeline, PipelineError};
use crate::model::decision::{Amendment, Anchor, Correction, Decision, Verdict};
use crate::model::event::{Event, Report};
use crate::model::id::DecisionId;
use crate::store::decisions;

impl Pipeline {
    /// Takes an event back.
    pub async fn retract(&self, event: &Event, reason: &str) -> Result<Correction, PipelineError> {
        self.decide(event, reason, Verdict::Retract { claims: Anchor::all(event) }).await
    }

    /// Says how an event is otherwise than its claims say.
    pub async fn amend(
        &self,
        event: &Event,
        amendment: Amendment,
        reason: &str,
    ) -> Result<Correction, PipelineError> {
        let (claims, amendment) = (Anchor::all(event), Box::new(amendment));
        self.decide(event, reason, Verdict::Amend { claims, amendment }).await
    }

    /// Makes one event of two.
    pub async fn merge(
        &self,
        event: &Event,
        other: &Event,
        reason: &str,
    ) -> Result<Correction, PipelineError> {
        let claims = [Anchor::all(event), Anchor::all(other)].concat();
        let earlier = if event.first_seen <= other.first_seen { event } else { other };
        self.decide(earlier, reason, Verdict::Merge { claims }).await
    }

    /// Makes two events of one: the reports of a source, by its id, tell another.
    pub async fn split(
        &self,
        event: &Event,
        source: &str,
        reason: &str,
    ) -> Result<Correction, PipelineError> {
        let (apart, rest): (Vec<&Report>, Vec<&Report>) =
            event.reports.iter().partition(|report| report.source.id.as_str() == source);
        let refused = |why| PipelineError::Split {
            event: event.id.short().to_owned(),
            by: source.to_owned(),
            why,
        };
        if apart.is_empty() {
            return Err(refused(
                "no report of it is by that source; `sitrep event show` lists them",
            ));
        }
        if rest.is_empty() {
            return Err(refused("all its reports are by that source; nothing would be left"));
        }
        let anchors = |reports: Vec<&Report>| -> Vec<Anchor> {
            reports.into_iter().map(|report| Anchor::of(report, event)).collect()
        };
        let (apart, rest) = (anchors(apart), anchors(rest));
        self.decide(event, reason, Verdict::Split { apart, rest }).await
    }

    async fn decide(
        &self,
        event: &Event,
        reason: &str,
        verdict: Verdict,
    ) -> Result<Correction, PipelineError> {
        let decision = Decision {
            id: DecisionId::next(&*self.clock),
            event: event.id.clone(),
            at: self.clock.now(),
            reason: reason.trim().to_owned(),
            verdict,
        };
        decisions::insert(&self.db, &decision).await?;
        self.refresh_since(event.first_seen).await?;
        Ok(Correction::from(&decision))
    }
}
