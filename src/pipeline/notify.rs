//! Telling those at once who were sent the wrong text: one notice each, threaded to what they got (B-59).

use std::collections::BTreeSet;

use super::corrections::shares_a_claim;
use super::{Pipeline, PipelineError};
use crate::model::decision::Correction;
use crate::model::delivery::{Delivery, DeliveryKind};
use crate::model::digest::Digest;
use crate::model::event::Event;
use crate::model::id::{DigestId, IssueId, SubscriberId};
use crate::model::issue::Edition;
use crate::model::situation::{Corrected, Frozen, Situation};
use crate::model::time::Window;
use crate::render;
use crate::store::{digests, issues, outbox, subscribers};

/// How many earlier issues of each edition are looked through.
const ISSUES: u32 = 60;

impl Pipeline {
    /// Queues a notice for everyone who was sent a digest that told the event as it was; gives how many are new.
    pub async fn notify(
        &self,
        event: &Event,
        correction: &Correction,
    ) -> Result<u32, PipelineError> {
        let (mut queued, mut known) = (0, BTreeSet::new());
        for name in self.config.edition.keys() {
            let edition = self.edition(name)?;
            let now = self.clock.now();
            for frozen in issues::frozen_until(&self.db, &edition.id, now, ISSUES).await? {
                let Some(told) = frozen.events.iter().find(|told| shares_a_claim(event, told))
                else {
                    continue;
                };
                let Window { from, to } = frozen.window;
                let issue = IssueId::of(&edition.id, from.as_microsecond(), to.as_microsecond());
                for digest in digests::of_issue(&self.db, &issue).await? {
                    if digest.text.contains(&format!("#{}", told.id.short())) {
                        let notice = self.notice(&edition, &digest, &frozen, told, correction)?;
                        queued += self.enqueue_notice(&digest, &notice, &mut known).await?;
                    }
                }
            }
        }
        Ok(queued)
    }

    /// The notice for those who were sent one digest.
    fn notice(
        &self,
        edition: &Edition,
        original: &Digest,
        issue: &Frozen,
        told: &Event,
        correction: &Correction,
    ) -> Result<Digest, PipelineError> {
        let situation = self.corrected_situation(original, issue, told, correction);
        let footer = self.footer(&situation);
        let look = self.look(Some(edition));
        let rendered = render::notice(&situation, &self.registry_of(issue), &look, &footer)?;
        let reference = format!("correction/{}/{}", told.id, correction.at.as_microsecond());
        Ok(Digest {
            id: DigestId::of(&reference, original.id.as_str()),
            issue: None,
            replies_to: Some(original.id.clone()),
            variant: original.variant.clone(),
            outcome: original.outcome,
            subject: rendered.subject,
            html: rendered.html,
            text: rendered.text,
            map: None,
            rendered_at: self.clock.now(),
        })
    }

    fn corrected_situation(
        &self,
        original: &Digest,
        issue: &Frozen,
        told: &Event,
        correction: &Correction,
    ) -> Situation {
        let mut situation = self.of_one(told.clone(), &original.variant.zone);
        situation.title.clone_from(&issue.title);
        situation.variant.clone_from(&original.variant);
        situation.window = Window { from: issue.window.from, to: self.clock.now() };
        situation.corrections = vec![Corrected {
            told: told.clone(),
            told_at: issue.window.to,
            key_point: false,
            correction: correction.clone(),
        }];
        situation
    }

    /// One notice for each subscriber, about the latest digest that told it to them.
    async fn enqueue_notice(
        &self,
        original: &Digest,
        notice: &Digest,
        known: &mut BTreeSet<SubscriberId>,
    ) -> Result<u32, PipelineError> {
        let mut deliveries = Vec::new();
        for id in outbox::recipients(&self.db, original.id.as_str()).await? {
            let reader = subscribers::get(&self.db, id).await?;
            let Some(reader) = reader.filter(|_| known.insert(id)) else { continue };
            deliveries.push(Delivery {
                kind: DeliveryKind::Correction,
                message_id: self.mailer.message_id(&notice.id, &reader.id),
                ..self.delivery(&notice.id, &reader, self.clock.now())
            });
        }
        if deliveries.is_empty() {
            return Ok(0);
        }
        digests::insert(&self.db, notice).await?;
        Ok(outbox::enqueue(&self.db, &deliveries).await?)
    }
}
