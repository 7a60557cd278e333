//! Digests: an issue rendered once for each variant that somebody wants.

use super::{Pipeline, PipelineError};
use crate::aggregate::situation::situation;
use crate::model::digest::{Digest, Variant};
use crate::model::filter::Filter;
use crate::model::id::{DigestId, IssueId};
use crate::model::issue::Edition;
use crate::model::situation::{Frozen, Situation};
use crate::render::{self, Footer};
use crate::store::{digests, issues};

impl Pipeline {
    /// The stored digest of an issue for a variant, rendered now if nobody wanted it before.
    pub(super) async fn digest_of(
        &self,
        issue: &IssueId,
        stored_issue: bool,
        frozen: &Frozen,
        filter: &Filter,
        variant: &Variant,
    ) -> Result<Digest, PipelineError> {
        let id = DigestId::of(issue.as_str(), &variant.key());
        if let Some(digest) = digests::get(&self.db, &id).await? {
            return Ok(digest);
        }
        let situation = situation(frozen, variant, &self.registry, filter);
        let issue = stored_issue.then(|| issue.clone());
        let digest = self.rendered(id, issue, &situation)?;
        digests::insert(&self.db, &digest).await?;
        Ok(digest)
    }

    /// The situation of an edition's last issue for a variant; none when it has not closed yet.
    pub async fn last_issue(
        &self,
        edition: &Edition,
        variant: &Variant,
    ) -> Result<Option<Situation>, PipelineError> {
        let Some(issue) = issues::last(&self.db, &edition.id).await? else { return Ok(None) };
        let frozen = issues::frozen(&self.db, &issue.id).await?;
        Ok(frozen.map(|frozen| situation(&frozen, variant, &self.registry, &edition.filter)))
    }

    /// A situation as subject, HTML and text.
    pub fn rendered(
        &self,
        id: DigestId,
        issue: Option<IssueId>,
        situation: &Situation,
    ) -> Result<Digest, PipelineError> {
        let rendered =
            render::digest(situation, &self.registry, &self.config.look, &self.footer(situation))?;
        Ok(Digest {
            id,
            issue,
            replies_to: None,
            variant: situation.variant.clone(),
            outcome: situation.outcome,
            subject: rendered.subject,
            html: rendered.html,
            text: rendered.text,
            rendered_at: self.clock.now(),
        })
    }

    /// What the footer may promise is what this installation can honour.
    pub(super) fn footer(&self, situation: &Situation) -> Footer {
        let deliver = &self.config.deliver;
        let contact = deliver.reply_to.clone().unwrap_or_else(|| deliver.from.clone());
        let leave_to = deliver.unsubscribe_to.as_ref().map(ToString::to_string);
        let language = &situation.variant.language;
        Footer::subscribed(language, &situation.title, leave_to.as_deref(), &contact)
    }
}
