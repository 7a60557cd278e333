//! Letters about a reader's own subscription: what they say follows from their row of the outbox, so a letter that is
//! sent again has the same bytes (D-31).

use jiff::SignedDuration;

use super::{Pipeline, PipelineError};
use crate::deliver::SharedBody;
use crate::deliver::token::Purpose;
use crate::model::delivery::{Delivery, DeliveryKind, DeliveryState};
use crate::model::id::{DeliveryId, DigestId};
use crate::model::subscriber::Subscriber;
use crate::render::{self, LetterKind};
use crate::store::outbox;

/// What a letter of a kind says, what its link is good for and how long it is worth sending.
fn shape(kind: DeliveryKind) -> Option<(LetterKind, Purpose, SignedDuration, &'static str)> {
    match kind {
        DeliveryKind::Confirmation => {
            let life = SignedDuration::from_hours(24);
            Some((LetterKind::Confirmation, Purpose::Confirm, life, "confirm"))
        }
        DeliveryKind::Preferences => {
            let life = SignedDuration::from_mins(10);
            Some((LetterKind::Preferences, Purpose::Manage, life, "preferences"))
        }
        _ => None,
    }
}

impl Pipeline {
    /// Queues a letter to somebody; it goes out with the next look at the outbox.
    pub(super) async fn queue_letter(
        &self,
        kind: DeliveryKind,
        to: &Subscriber,
    ) -> Result<(), PipelineError> {
        let Some((_, _, life, name)) = shape(kind) else { return Ok(()) };
        let (id, now) = (DeliveryId::next(&*self.clock), self.clock.now());
        let reference = format!("{name}-{id}");
        let delivery = Delivery {
            id,
            kind,
            subscriber: to.id,
            state: DeliveryState::Queued,
            message_id: self.mailer.message_id(&DigestId::new(reference.as_str()), &to.id),
            reference,
            dated: now,
            due_at: now,
            expires_at: now.saturating_add(life).unwrap_or(now),
            attempts: 0,
            reply: None,
        };
        outbox::enqueue(&self.db, &[delivery]).await?;
        Ok(())
    }

    /// The body of a message that is a letter; none of any other, and where there is no site to link to any more.
    pub(super) fn letter(&self, delivery: &Delivery) -> Result<Option<SharedBody>, PipelineError> {
        let (Some((kind, purpose, _, path)), Some(site)) =
            (shape(delivery.kind), self.config.web.site())
        else {
            return Ok(None);
        };
        let token = self.mailer.tokens().make(purpose, delivery.subscriber.0, delivery.dated);
        let link = format!("{site}/{path}/{token}");
        let letter = render::letter(kind, &self.config.look, &link)?;
        let reference = &delivery.reference;
        Ok(Some(self.mailer.letter(reference, &letter.subject, &letter.text, &letter.html)))
    }
}
