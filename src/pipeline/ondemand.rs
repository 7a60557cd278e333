//! Digests on demand that readers make on the site (S-14): made once an hour for one question, kept for its link.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Pipeline, PipelineError, Request};
use crate::model::digest::{Digest, Variant};
use crate::model::id::{DigestId, SubscriberId};
use crate::model::situation::Situation;
use crate::model::subscriber::Subscriber;
use crate::model::time::Window;
use crate::render::{self, WebDigest};
use crate::store::limits::Limit;
use crate::store::requests::{self, StoredRequest};
use crate::store::{digests, limits};

/// New digests that a reader may have made a day, and as many that are mailed to them (S-14).
const A_DAY: u32 = 5;
/// How long the link to one is good, in days.
const KEPT_DAYS: i64 = 90;

/// What became of a reader's question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// The digest with this id answers it.
    Digest(DigestId),
    /// The reader had as many as there are a day.
    TooMany,
}

/// A digest that was asked for, as it is kept.
#[derive(Debug, Clone)]
pub struct OnDemand {
    /// What was asked.
    pub request: Request,
    /// The page.
    pub page: WebDigest,
    /// When it was made.
    pub asked_at: Timestamp,
}

/// A request as it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    title: String,
    window: Window,
    variant: Variant,
}

impl Pipeline {
    /// Has the digest of a reader's question made, unless it was made within this hour.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::answer`]: for a span that is too long, and for names that no pack knows.
    pub async fn answer_for(
        &self,
        reader: SubscriberId,
        request: &Request,
    ) -> Result<Answered, PipelineError> {
        self.answer_within(&format!("digest/made/{reader}"), A_DAY, request).await
    }

    /// Has the digest of a question made, unless it was made within this hour, for somebody who is counted under `key`
    /// and may have `most` a day.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::answer`]: for a span that is too long, and for names that no pack knows.
    pub async fn answer_within(
        &self,
        key: &str,
        most: u32,
        request: &Request,
    ) -> Result<Answered, PipelineError> {
        super::request::check_span(request.window)?;
        self.check_names(&request.variant.filter)?;
        let (id, now) = (self.id_of(request), self.clock.now());
        if requests::get(&self.db, &id).await?.is_some() {
            return Ok(Answered::Digest(id));
        }
        if !limits::take(&self.db, &[Limit::hours(key, most, 24)], now).await? {
            return Ok(Answered::TooMany);
        }
        let situation = self.answer(request).await?;
        let told = self.told_now(situation, None);
        digests::insert(&self.db, &self.rendered(id.clone(), None, &told)?).await?;
        let page = render::web_digest(&told.situation, &told.registry, &told.look)?;
        let Request { title, window, variant } = request.clone();
        let body = render::text_of(&Kept { title, window, variant })?;
        let stored = StoredRequest { body, page: render::text_of(&page)?, asked_at: now };
        requests::put(&self.db, &id, &stored).await?;
        Ok(Answered::Digest(id))
    }

    /// A digest that was made on the site; none where there is no such one, or its time is over.
    pub async fn on_demand(&self, id: &DigestId) -> Result<Option<OnDemand>, PipelineError> {
        let Some(stored) = requests::get(&self.db, id).await? else { return Ok(None) };
        let Kept { title, window, variant } = render::read_text(&stored.body)?;
        let page = render::read_text(&stored.page)?;
        let request = Request { title, window, variant };
        Ok(Some(OnDemand { request, page, asked_at: stored.asked_at }))
    }

    /// What it answers now, for formats that are not kept.
    pub async fn situation_of(&self, asked: &OnDemand) -> Result<Situation, PipelineError> {
        self.answer(&asked.request).await
    }

    /// Its mail.
    pub async fn digest_by_id(&self, id: &DigestId) -> Result<Option<Digest>, PipelineError> {
        Ok(digests::get(&self.db, id).await?)
    }

    /// Mails it to the reader who asks; the same one goes out once. Says whether it did: not beyond so many a day.
    pub async fn mail_on_demand(
        &self,
        id: &DigestId,
        reader: &Subscriber,
    ) -> Result<bool, PipelineError> {
        let Some(digest) = digests::get(&self.db, id).await? else { return Ok(false) };
        let limit = Limit::hours(format!("digest/mailed/{}", reader.id), A_DAY, 24);
        if !limits::take(&self.db, &[limit], self.clock.now()).await? {
            return Ok(false);
        }
        self.enqueue_one(&digest, reader).await?;
        Ok(true)
    }

    /// Forgets what was asked long ago.
    pub(super) async fn forget_requests(&self) -> Result<u64, PipelineError> {
        let before = self.clock.now() - SignedDuration::from_hours(24 * KEPT_DAYS);
        Ok(requests::forget(&self.db, before).await?)
    }

    /// The same question within an hour is the same digest.
    fn id_of(&self, request: &Request) -> DigestId {
        let mut reference = format!("request/{}/", request.title);
        let Window { from, to } = request.window;
        let hour = self.clock.now().as_second() / 3600;
        let _ = write!(reference, "{}/{}/{hour}", from.as_microsecond(), to.as_microsecond());
        DigestId::of(&reference, &request.variant.key())
    }
}
